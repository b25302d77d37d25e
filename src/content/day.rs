//! Dates, kept as printed. A date in a numeric form must exist in the calendar.

use super::item::Item;
use crate::diagnostic::{Rule, say};
use crate::model::{FiscalYear, days_of_month, half_width, one_or_two_digits};

impl Item<'_> {
    /// The value as printed: a day, a month or other text. Reports a date that does not exist.
    pub(super) fn date(self) -> Option<String> {
        let written = self.text()?;
        if !is_possible(&written) {
            self.report(
                Rule::NotADay,
                say!(ja: "「{written}」という日付はありません", en: "the date `{written}` does not exist"),
                say!(
                    ja: "年・月・日を資料で確かめ、`2024-03-31` のように書いてください",
                    en: "compare year, month and day with the source, and write them like `2024-03-31`"
                ),
            );
        }
        Some(written)
    }
}

/// Returns true if `written` is an existing day or month, or not a numeric date.
fn is_possible(written: &str) -> bool {
    let normalized: String = written.trim().chars().map(half_width).collect();
    let trimmed = normalized.strip_suffix('日').or_else(|| normalized.strip_suffix('月')).unwrap_or(&normalized);
    let mut parts = trimmed.split(['-', '/', '.', '年', '月']);
    let Some(written) = parts.next() else { return true };
    let Some(year) = FiscalYear::parse(written) else { return true };
    let Some(rest) = parts.map(one_or_two_digits).collect::<Option<Vec<u32>>>() else { return true };
    match *rest.as_slice() {
        // `2017-18` and `H29-30` are spans of two years.
        [month] => (1..=12).contains(&month) || month == last_two_digits(written) + 1,
        [month, day] => (1..=12).contains(&month) && (1..=days_of_month(year.0, month)).contains(&day),
        _ => true,
    }
}

/// The last two digits of a year, in the Gregorian calendar or within its era: 17 of `2017`, 29 of `H29`, 1 of `令和元`.
fn last_two_digits(year: &str) -> u32 {
    let digits = year.trim().rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.get(digits.len().saturating_sub(2)..).and_then(|digits| digits.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_only_existing_dates() {
        for possible in [
            "2024-03-31",
            "2024-02-29",
            "2000-02-29",
            "2024-3",
            "2024/3/31",
            "R6.3",
            "R6.3.31",
            "Ｒ６．３．３１",
            "H31.4.30",
            "令和6年9月",
            "令和元年5月1日",
            "2017-18",
            "H30-31",
            "平成29-30",
        ] {
            assert!(is_possible(possible), "{possible}");
        }
        for impossible in [
            "2023-13-45",
            "2024-13-40",
            "2024-04-31",
            "2023-02-29",
            "1900-02-29",
            "2024-00-10",
            "2024-13",
            "2024/3/32",
            "R6.13",
            "H29-31",
            "令和6年13月",
            "令和6年9月31日",
        ] {
            assert!(!is_possible(impossible), "{impossible}");
        }
    }

    #[test]
    fn accepts_any_text_that_is_not_a_numeric_date() {
        for printed in ["9月末", "令和6年度", "H29.9の記載", "2023-2024", "2024年春", "毎月", "13-45", ""]
        {
            assert!(is_possible(printed), "{printed}");
        }
    }
}
