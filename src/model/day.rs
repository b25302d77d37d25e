//! Days of the calendar, and dates as documents print them.

use super::fiscal_year::{Era, FiscalYear, half_width};
use crate::diagnostic::Span;
use std::fmt;

/// A day of the Gregorian calendar that exists. Formats as `2020-09-30` (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    year: i32,
    month: u32,
    day: u32,
}

impl Day {
    /// Parses a day in any form used by documents: `2020-09-30`, `2020/9/30`, `R2.9.30`, `令和2年9月30日`,
    /// `令和元年5月1日`, also in full-width digits. `None` for other texts, for months, and for days that do not exist.
    pub fn parse(printed: &str) -> Option<Self> {
        let normalized: String = printed.trim().chars().map(half_width).filter(|c| *c != ' ').collect();
        let text = normalized.strip_suffix('日').unwrap_or(&normalized);
        let mut parts = text.split(['-', '/', '.', '年', '月']);
        let year = FiscalYear::parse(parts.next()?)?.0;
        let (month, day) = (one_or_two_digits(parts.next()?)?, one_or_two_digits(parts.next()?)?);
        let exists = parts.next().is_none() && (1..=days_of_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// The day of the month.
    pub fn day(self) -> u32 {
        self.day
    }

    /// Era that includes the day, and the year within the era. `None` before Showa, which began on 25 December 1926.
    pub fn era(self) -> Option<(&'static Era, i32)> {
        FiscalYear(self.year).era_on(self.month, self.day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Date of publication of a document: `published`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationDate {
    /// Date as printed.
    pub printed: String,
    /// The day: of `date`, or derived from the printed text; `None` if the text names no day, as `令和2年9月`.
    pub day: Option<Day>,
    /// Span of the value.
    pub span: Span,
}

/// Parses one or two digits.
pub(crate) fn one_or_two_digits(text: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// Number of days of a month; 0 if the month does not exist.
pub(crate) fn days_of_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_days_as_documents_print_them() {
        let check = |printed: &str, expect: Option<&str>| {
            assert_eq!(Day::parse(printed).map(|day| day.to_string()).as_deref(), expect, "{printed}");
        };
        check("2020-09-30", Some("2020-09-30"));
        check("2020/9/3", Some("2020-09-03"));
        check("令和2年9月30日", Some("2020-09-30"));
        check("令和２年９月３０日", Some("2020-09-30"));
        check("令和 2 年 9 月 30 日", Some("2020-09-30"));
        check("令和元年5月1日", Some("2019-05-01"));
        check("平成31年4月30日", Some("2019-04-30"));
        check("Ｒ６．３．３１", Some("2024-03-31"));
        check("H31.4.30", Some("2019-04-30"));
        check("2024-02-29", Some("2024-02-29"));
        for printed in ["2023-02-29", "2024-13-01", "2024-00-01", "令和6年9月", "令和6年度", "9月末", "R6.9.30.1", ""]
        {
            check(printed, None);
        }
    }

    #[test]
    fn eras_change_within_a_year() {
        let check = |day: &str, expect: Option<(&str, i32)>| {
            assert_eq!(Day::parse(day).unwrap().era().map(|(era, count)| (era.name, count)), expect, "{day}");
        };
        check("1926-12-24", None);
        check("1926-12-25", Some(("昭和", 1)));
        check("1989-01-07", Some(("昭和", 64)));
        check("1989-01-08", Some(("平成", 1)));
        check("2019-04-30", Some(("平成", 31)));
        check("2019-05-01", Some(("令和", 1)));
        check("2020-01-01", Some(("令和", 2)));
    }
}
