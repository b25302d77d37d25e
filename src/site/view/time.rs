//! Years, periods and dates as readers see them.

use crate::diagnostic::Lang;
use crate::model::{FiscalYear, Period};
use serde::Serialize;

/// A fiscal year: `令和元年度（2019年度）`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearView {
    /// The whole: `令和元年度（2019年度）`, `FY2019 (R1)`.
    pub label: String,
    /// What stands before the brackets: `令和元年度`.
    pub name: String,
    /// The brackets: `（2019年度）`; empty where the name says it all.
    pub aside: String,
}

impl YearView {
    /// The year in the language `lang`.
    pub fn new(year: FiscalYear, lang: Lang) -> Self {
        let (label, name) = match lang {
            Lang::Ja => (year.japanese_in_full(), year.japanese()),
            Lang::En => (year.english_in_full(), year.english()),
        };
        let aside = label.get(name.len()..).unwrap_or_default().to_owned();
        Self { label, name, aside }
    }
}

/// A period: one year, or the first and the last.
pub(crate) fn period(period: Period, lang: Lang) -> String {
    let from = YearView::new(period.from, lang).label;
    match lang {
        _ if !period.is_window() => from,
        Lang::Ja => format!("{from}～{}", YearView::new(period.to, lang).label),
        Lang::En => format!("{from} to {}", YearView::new(period.to, lang).label),
    }
}

/// A period in few words, for beside a value: era years alone in Japanese.
pub(crate) fn period_short(period: Period, lang: Lang) -> String {
    let name = |year: FiscalYear| YearView::new(year, lang).name;
    match lang {
        _ if !period.is_window() => name(period.from),
        Lang::Ja => format!("{}～{}", name(period.from), name(period.to)),
        Lang::En => format!("{} to {}", name(period.from), name(period.to)),
    }
}

/// A day written `2017-09-30`, for readers; whatever else was printed stays as it is.
pub(crate) fn day(printed: &str, lang: Lang) -> String {
    let steps: Option<Vec<u32>> = printed.split('-').map(|step| step.parse().ok()).collect();
    match (steps.as_deref(), lang) {
        (Some([year, month, day]), Lang::Ja) => format!("{year}年{month}月{day}日"),
        _ => printed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_name_era_and_western_year() {
        assert_eq!(YearView::new(FiscalYear(2019), Lang::Ja).label, "令和元年度（2019年度）");
        assert_eq!(YearView::new(FiscalYear(2019), Lang::En).label, "FY2019 (R1)");
        assert_eq!(YearView::new(FiscalYear(1920), Lang::Ja).label, "1920年度");
    }

    #[test]
    fn a_window_names_both_ends() {
        let window = Period { from: FiscalYear(2010), to: FiscalYear(2014) };
        assert_eq!(period(window, Lang::Ja), "平成22年度（2010年度）～平成26年度（2014年度）");
        assert_eq!(period(Period::year(FiscalYear(2010)), Lang::En), "FY2010 (H22)");
        assert_eq!(period_short(window, Lang::Ja), "平成22年度～平成26年度");
    }

    #[test]
    fn only_whole_dates_are_rewritten() {
        assert_eq!(day("2017-09-30", Lang::Ja), "2017年9月30日");
        assert_eq!(day("2017-09-30", Lang::En), "2017-09-30");
        assert_eq!(day("令和2年9月", Lang::Ja), "令和2年9月");
        assert_eq!(day("9-30", Lang::Ja), "9-30");
    }
}
