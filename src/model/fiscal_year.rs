//! Japanese fiscal years and eras.

use super::keyword_enum::keyword_enum;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Fiscal year from April to March, numbered by the western year in which it begins; for indicators with
/// [`YearKind::Calendar`], a calendar year.
///
/// H31, R1, 平成31年度, 令和元年度 and 2019 denote the same year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FiscalYear(pub i32);

keyword_enum! {
    /// Kind of year: from April to March, or from January to December.
    #[derive(Default)]
    pub enum YearKind {
        /// 年度, from April to March.
        #[default]
        Fiscal = "fiscal",
        /// 暦年, from January to December. Each [`FiscalYear`] of the indicator is then a calendar year.
        Calendar = "calendar",
    }
}

/// Japanese era.
#[derive(Debug, PartialEq, Eq)]
pub struct Era {
    /// Name: `令和`.
    pub name: &'static str,
    /// Letter of the short form: `R`.
    pub letter: char,
    /// Western year before the first year of the era.
    offset: i32,
    /// First day of the era: month and day of its first year.
    start: (u32, u32),
    /// Last year accepted in reports. Plans from before 2019 continue to count in Heisei (`H32` for 2020); Showa ended
    /// long before any of these reports: its last fiscal year is 63 (1988), its last calendar year 64 (1989).
    last: i32,
}

const REIWA: Era = Era { name: "令和", letter: 'R', offset: 2018, start: (5, 1), last: 99 };

const ERAS: &[Era] = &[
    Era { name: "昭和", letter: 'S', offset: 1925, start: (12, 25), last: 64 },
    Era { name: "平成", letter: 'H', offset: 1988, start: (1, 8), last: 60 },
    REIWA,
];

impl FiscalYear {
    /// Parses a year in any form used by reports: `H31`, `R1`, `R01`, `Ｒ４`, `令和元年度`, `平成31`, `2019`.
    ///
    /// Returns `None` for anything else, such as `昭和99`, `99` or `-`.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(half_width).collect();
        let text = text.strip_suffix("年度").or_else(|| text.strip_suffix('年')).unwrap_or(&text);
        for era in ERAS {
            let rest = text.strip_prefix(era.name).or_else(|| text.strip_prefix(era.letter));
            let Some(rest) = rest else { continue };
            let rest = rest.trim();
            let count = if rest == "元" { Some(1) } else { digits(rest, 2) };
            return count.filter(|n| (1..=era.last).contains(n)).map(|n| Self(era.offset + n));
        }
        digits(text, 4).filter(|n| (1900..=REIWA.offset + REIWA.last).contains(n)).map(Self)
    }

    /// Era name in use today for the year, and the year within the era: 2019 is R1, not H31. `None` before 1926.
    pub fn era(self) -> Option<(&'static Era, i32)> {
        ERAS.iter().rev().find(|era| self.0 > era.offset).map(|era| (era, self.0 - era.offset))
    }

    /// Era of a day, and the year within the era: 30 April 2019 is in Heisei 31, the next day in Reiwa 1. `None` before
    /// Showa.
    pub(super) fn era_on(self, month: u32, day: u32) -> Option<(&'static Era, i32)> {
        let started = |era: &&Era| (self.0, (month, day)) >= (era.offset + 1, era.start);
        ERAS.iter().rev().find(started).map(|era| (era, self.0 - era.offset))
    }

    /// Fiscal year of a month of a calendar year. It begins in April.
    pub fn of_month(year: i32, month: u32) -> Self {
        Self(year.saturating_sub(i32::from(month < 4)))
    }

    /// Short form for keys and narrow columns: `R1`; `1920` before 1926.
    pub fn short(self) -> String {
        self.era().map_or_else(|| self.0.to_string(), |(era, n)| format!("{}{n}", era.letter))
    }

    /// Japanese name: `令和元年度`; `1920年度` before 1926.
    pub fn japanese(self) -> String {
        match self.era() {
            None => format!("{}年度", self.0),
            Some((era, 1)) => format!("{}元年度", era.name),
            Some((era, n)) => format!("{}{n}年度", era.name),
        }
    }

    /// Full Japanese name with the western year: `令和元年度（2019年度）`; `1920年度` before 1926.
    pub fn japanese_in_full(self) -> String {
        let name = self.japanese();
        if self.era().is_some() { format!("{name}（{}年度）", self.0) } else { name }
    }
}

/// Formats the full Japanese name: `令和元年度（2019年度）`.
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.japanese_in_full())
    }
}

/// A single year, or a range of years, inclusive at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// First year.
    pub from: FiscalYear,
    /// Last year; equal to `from` for a single year.
    pub to: FiscalYear,
}

impl Period {
    /// Period of a single year.
    pub const fn year(year: FiscalYear) -> Self {
        Self { from: year, to: year }
    }

    /// Returns true if the period covers several years.
    pub fn spans_several_years(self) -> bool {
        self.from != self.to
    }

    /// Parses `H27`, `H27/R2`, `H22 ～26`, `H27 -R1`: the end may omit the era of the start.
    ///
    /// Returns `None` if either year is invalid or the end is before the start.
    pub fn parse(text: &str) -> Option<Self> {
        const SEPARATORS: [char; 8] = ['/', '～', '〜', '~', '-', '－', '–', '−'];
        let Some((from, to)) = text.split_once(SEPARATORS) else {
            return FiscalYear::parse(text).map(Self::year);
        };
        let from_year = FiscalYear::parse(from)?;
        let to = to.trim();
        let to_year = FiscalYear::parse(to).or_else(|| {
            let era: String =
                from.trim().chars().take_while(|c| !half_width(*c).is_ascii_digit() && *c != '元').collect();
            if era.is_empty() { None } else { FiscalYear::parse(&format!("{era}{to}")) }
        })?;
        (from_year <= to_year).then_some(Self { from: from_year, to: to_year })
    }
}

/// Period whose first or last year may be unknown or not yet decided: the 事業期間 of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPeriod {
    /// First year; `None` if the report does not state it.
    pub from: Option<FiscalYear>,
    /// Last year; `None` if the end is open.
    pub to: Option<FiscalYear>,
    /// `printed`: the printed text, if it says more than the years: `昭和40年代～`.
    pub printed: Option<String>,
}

impl OpenPeriod {
    /// Parses `H18/R8`, `H13/` or `/R8`. `None` if a year is invalid, if both are missing, or if the end is before the
    /// start.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('/')?;
        let year = |text: &str| match text.trim() {
            "" => Some(None),
            written => FiscalYear::parse(written).map(Some),
        };
        Self::new(year(from)?, year(to)?, None)
    }

    /// A period with at least one year or a printed text, whose end is not before its start.
    pub fn new(from: Option<FiscalYear>, to: Option<FiscalYear>, printed: Option<String>) -> Option<Self> {
        let is_empty = from.is_none() && to.is_none() && printed.is_none();
        let is_reversed = from.zip(to).is_some_and(|(from, to)| to < from);
        (!is_empty && !is_reversed).then_some(Self { from, to, printed })
    }

    /// Returns true if the period ends before `year`.
    pub fn ends_before(&self, year: FiscalYear) -> bool {
        self.to.is_some_and(|to| to < year)
    }

    /// Returns true if `year` is neither before the start nor after the end.
    pub fn contains(&self, year: FiscalYear) -> bool {
        self.from.is_none_or(|from| from <= year) && !self.ends_before(year)
    }
}

/// Parses a number of at most `max_len` ASCII digits.
fn digits(text: &str, max_len: usize) -> Option<i32> {
    let is_number = !text.is_empty() && text.len() <= max_len && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// Converts full-width ASCII and the full-width space to ASCII: `Ｒ４` → `R4`.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}
