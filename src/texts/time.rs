//! Years, periods and dates in the language of the texts.

use super::InterfaceTexts;
use crate::model::{Day, FiscalYear, OpenPeriod, Period, YearKind};

impl InterfaceTexts {
    /// Name of a year: `令和元年度`, `FY2019`.
    pub fn year(&self, year: FiscalYear, kind: YearKind) -> String {
        let kind = kind.key();
        let western = year.0.to_string();
        let Some((era, count)) = year.era() else {
            return self.fill(&format!("year_{kind}_without_era"), &[("year", &western)]);
        };
        let count = self.year_of_era(count);
        self.fill(&format!("year_{kind}"), &[("era", era.name), ("count", &count), ("year", &western)])
    }

    /// Name of a year in the other calendar, to be appended to [`year`](Self::year): `（2019年度）`, ` (R1)`. Empty for
    /// years without an era.
    pub fn year_aside(&self, year: FiscalYear, kind: YearKind) -> String {
        if year.era().is_none() {
            return String::new();
        }
        self.fill(&format!("year_{}_aside", kind.key()), &[("year", &year.0.to_string()), ("short", &year.short())])
    }

    /// Name of a year in both calendars: `令和元年度（2019年度）`, `FY2019 (R1)`.
    pub fn year_in_full(&self, year: FiscalYear, kind: YearKind) -> String {
        self.year(year, kind) + &self.year_aside(year, kind)
    }

    /// One year or the range from the first to the last, with years in both calendars.
    pub fn period_in_full(&self, period: Period) -> String {
        self.range(period, |year| self.year_in_full(year, YearKind::Fiscal))
    }

    /// One year or the range from the first to the last: `平成22年度～平成26年度`.
    pub fn period(&self, period: Period, kind: YearKind) -> String {
        self.range(period, |year| self.year(year, kind))
    }

    fn range(&self, period: Period, name: impl Fn(FiscalYear) -> String) -> String {
        if !period.spans_several_years() {
            return name(period.from);
        }
        self.fill("year_range", &[("from", &name(period.from)), ("to", &name(period.to))])
    }

    /// A period that may be open, in both calendars: `平成13年度（2001年度）～`. The printed text takes precedence.
    pub fn open_period(&self, period: &OpenPeriod) -> String {
        let year = |year: FiscalYear| self.year_in_full(year, YearKind::Fiscal);
        match (&period.printed, period.from, period.to) {
            (Some(printed), ..) => printed.clone(),
            (None, Some(from), Some(to)) => self.period_in_full(Period { from, to }),
            (None, Some(from), None) => self.fill("year_from", &[("from", &year(from))]),
            (None, None, Some(to)) => self.fill("year_until", &[("to", &year(to))]),
            (None, None, None) => String::new(),
        }
    }

    /// Formats a date such as `2017-09-30` in the language of the texts: `平成29年9月30日`. Anything else is returned
    /// unchanged, also a date in the words of a document.
    pub fn date(&self, printed: &str) -> String {
        let is_numeric = printed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let Some(date) = Day::parse(printed).filter(|_| is_numeric) else { return printed.to_owned() };
        let [year, month, day] = [date.year().to_string(), date.month().to_string(), date.day().to_string()];
        let (key, era, count) = match date.era() {
            Some((era, count)) => ("day", era.name, self.year_of_era(count)),
            None => ("day_without_era", "", String::new()),
        };
        let western = [("date", printed), ("year", &year), ("month", &month), ("day", &day)];
        self.fill(key, &[&western[..], &[("era", era), ("count", &count)]].concat())
    }

    /// Year within an era: `元`, `2`.
    fn year_of_era(&self, count: i32) -> String {
        if count == 1 { self.get("year_first_of_era").to_owned() } else { count.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lang: &str) -> InterfaceTexts {
        InterfaceTexts::embedded(lang).unwrap()
    }

    #[test]
    fn names_years_in_both_calendars() {
        let check = |year: i32, kind: YearKind, ja: &str, en: &str| {
            assert_eq!(texts("ja").year_in_full(FiscalYear(year), kind), ja);
            assert_eq!(texts("en").year_in_full(FiscalYear(year), kind), en);
        };
        check(2019, YearKind::Fiscal, "令和元年度（2019年度）", "FY2019 (R1)");
        check(2024, YearKind::Fiscal, "令和6年度（2024年度）", "FY2024 (R6)");
        check(2019, YearKind::Calendar, "令和元年（2019年）", "2019 (R1)");
        check(1920, YearKind::Fiscal, "1920年度", "FY1920");
        check(1920, YearKind::Calendar, "1920年", "1920");
    }

    #[test]
    fn names_the_known_ends_of_an_open_period() {
        let check = |written: &str, ja: &str, en: &str| {
            let period = OpenPeriod::parse(written).unwrap();
            assert_eq!(
                (texts("ja").open_period(&period).as_str(), texts("en").open_period(&period).as_str()),
                (ja, en)
            );
        };
        check("H18/R8", "平成18年度（2006年度）～令和8年度（2026年度）", "FY2006 (H18) to FY2026 (R8)");
        check("H13/", "平成13年度（2001年度）～", "from FY2001 (H13)");
        check("/R8", "～令和8年度（2026年度）", "until FY2026 (R8)");
        let printed = OpenPeriod::new(None, None, Some("昭和40年頃～".to_owned())).unwrap();
        assert_eq!(texts("ja").open_period(&printed), "昭和40年頃～");
    }

    #[test]
    fn names_both_ends_of_a_period() {
        let window = Period { from: FiscalYear(2010), to: FiscalYear(2014) };
        assert_eq!(texts("ja").period_in_full(window), "平成22年度（2010年度）～平成26年度（2014年度）");
        assert_eq!(texts("en").period_in_full(Period::year(FiscalYear(2010))), "FY2010 (H22)");
        assert_eq!(texts("ja").period(window, YearKind::Fiscal), "平成22年度～平成26年度");
    }

    #[test]
    fn names_days_in_the_era_that_includes_them() {
        let check = |day: &str, ja: &str| {
            assert_eq!(texts("ja").date(day), ja);
            assert_eq!(texts("en").date(day), day);
        };
        check("2017-09-30", "平成29年9月30日");
        check("2025-09-12", "令和7年9月12日");
        check("2019-04-30", "平成31年4月30日");
        check("2019-05-01", "令和元年5月1日");
        check("1989-01-07", "昭和64年1月7日");
        check("1989-01-08", "平成元年1月8日");
        check("1926-12-25", "昭和元年12月25日");
        check("1926-12-24", "1926年12月24日");
    }

    #[test]
    fn rewrites_only_whole_dates() {
        for printed in ["令和2年9月", "令和2年9月30日", "H29.9.30", "9-30", "2023-02-29", "2017-09-30 現在", ""]
        {
            assert_eq!(texts("ja").date(printed), printed);
        }
    }
}
