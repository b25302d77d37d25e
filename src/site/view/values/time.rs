//! Years, periods and dates, formatted for readers.

use crate::diagnostic::Lang;
use crate::model::{FiscalYear, Period, YearKind};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// Fiscal or calendar year: `令和元年度（2019年度）`.
///
/// Years occur many times on every page. Each is therefore formatted only once, including its template value, and then
/// shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearView(Arc<Year>);

/// Formatted parts of a year. Templates can also access `western` (the western year as digits) and `markup` (`label` as
/// HTML).
#[derive(Debug, PartialEq, Eq)]
pub struct Year {
    /// Full form: `令和元年度（2019年度）`, `FY2019 (R1)`.
    pub label: String,
    /// Part before the brackets: `令和元年度`.
    pub name: String,
    /// Part in brackets, with the brackets: `（2019年度）`. Empty if `name` is the full form.
    pub aside: String,
    /// Template value: a map of all parts, `western` and `markup`.
    value: tera::Value,
}

impl YearView {
    /// Formats a fiscal year in `lang`.
    pub fn new(year: FiscalYear, lang: Lang) -> Self {
        Self::of_kind(year, YearKind::Fiscal, lang)
    }

    /// Formats a fiscal or calendar year in `lang`.
    pub(crate) fn of_kind(year: FiscalYear, kind: YearKind, lang: Lang) -> Self {
        let (label, name) = (year.in_full(kind, lang), year.name(kind, lang));
        let aside = label.get(name.len()..).unwrap_or_default().to_owned();
        let western = year.0.to_string();
        let parts = [("label", label.as_str()), ("name", &name), ("aside", &aside), ("western", &western)];
        let markup = match aside.as_str() {
            "" => format!("<span class=\"year\">{name}</span>"),
            aside => format!("<span class=\"year\">{name}<span class=\"western\">{aside}</span></span>"),
        };
        let parts = parts.map(|(part, text)| (part, tera::Value::from(text)));
        let markup = [("markup", tera::Value::safe_string(&markup))];
        let value = parts.into_iter().chain(markup).collect::<BTreeMap<_, _>>().into();
        Self(Arc::new(Year { label, name, aside, value }))
    }
}

impl Deref for YearView {
    type Target = Year;

    fn deref(&self) -> &Year {
        &self.0
    }
}

impl Serialize for YearView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.value.serialize(serializer)
    }
}

/// Cache of formatted years in one language, each formatted on first use.
pub(crate) struct Years {
    lang: Lang,
    years: Vec<OnceLock<YearView>>,
}

impl Years {
    /// First cached year, 明治元年; no report has an earlier figure.
    const FIRST: i32 = 1868;
    /// Number of cached years.
    const COUNT: usize = 400;

    /// Creates an empty cache for `lang`.
    pub(crate) fn new(lang: Lang) -> Self {
        Self { lang, years: (0..Self::COUNT).map(|_| OnceLock::new()).collect() }
    }

    /// Formatted year of this kind. Calendar years are rare and not cached.
    pub(crate) fn of_kind(&self, year: FiscalYear, kind: YearKind) -> YearView {
        match kind {
            YearKind::Fiscal => self.of(year),
            YearKind::Calendar => YearView::of_kind(year, kind, self.lang),
        }
    }

    /// Formatted fiscal year.
    pub(crate) fn of(&self, year: FiscalYear) -> YearView {
        let make = || YearView::new(year, self.lang);
        let shared = usize::try_from(year.0 - Self::FIRST).ok().and_then(|index| self.years.get(index));
        shared.map_or_else(make, |shared| shared.get_or_init(make).clone())
    }
}

/// Formats a period: a single year, or the first and the last year.
pub(crate) fn period(period: Period, lang: Lang) -> String {
    let from = YearView::new(period.from, lang).label.clone();
    match lang {
        _ if !period.is_window() => from,
        Lang::Ja => format!("{from}～{}", YearView::new(period.to, lang).label),
        Lang::En => format!("{from} to {}", YearView::new(period.to, lang).label),
    }
}

/// Formats a period in short form, for use next to a value; in Japanese only the era years.
pub(crate) fn period_short(period: Period, kind: YearKind, lang: Lang) -> String {
    let name = |year: FiscalYear| YearView::of_kind(year, kind, lang).name.clone();
    match lang {
        _ if !period.is_window() => name(period.from),
        Lang::Ja => format!("{}～{}", name(period.from), name(period.to)),
        Lang::En => format!("{} to {}", name(period.from), name(period.to)),
    }
}

/// Formats an ISO date (`2017-09-30`) for readers; returns any other text unchanged.
pub(crate) fn day(printed: &str, lang: Lang) -> String {
    let parts: Option<Vec<u32>> = printed.split('-').map(|part| part.parse().ok()).collect();
    match (parts.as_deref(), lang) {
        (Some([year, month, day]), Lang::Ja) => format!("{year}年{month}月{day}日"),
        _ => printed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_years_with_era_and_western_year() {
        assert_eq!(YearView::new(FiscalYear(2019), Lang::Ja).label, "令和元年度（2019年度）");
        assert_eq!(YearView::new(FiscalYear(2019), Lang::En).label, "FY2019 (R1)");
        assert_eq!(YearView::new(FiscalYear(1920), Lang::Ja).label, "1920年度");
    }

    #[test]
    fn formats_a_window_with_both_ends() {
        let window = Period { from: FiscalYear(2010), to: FiscalYear(2014) };
        assert_eq!(period(window, Lang::Ja), "平成22年度（2010年度）～平成26年度（2014年度）");
        assert_eq!(period(Period::year(FiscalYear(2010)), Lang::En), "FY2010 (H22)");
        assert_eq!(period_short(window, YearKind::Fiscal, Lang::Ja), "平成22年度～平成26年度");
    }

    #[test]
    fn formats_complete_iso_dates_only() {
        assert_eq!(day("2017-09-30", Lang::Ja), "2017年9月30日");
        assert_eq!(day("2017-09-30", Lang::En), "2017-09-30");
        assert_eq!(day("令和2年9月", Lang::Ja), "令和2年9月");
        assert_eq!(day("9-30", Lang::Ja), "9-30");
    }
}
