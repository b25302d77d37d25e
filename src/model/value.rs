//! A value as it was printed, and the small grammar in which cells are written.
//!
//! ```text
//! value  = [約] [sign] digits [unit] [bound] [period]
//! sign   = + ＋ - － − ▲ △
//! digits = 1,234   12.50   １２３          decimals are kept as printed
//! unit   = anything without digits, brackets or the words of a bound: %  ツアー  人
//! bound  = 以上 以下 未満 超 程度
//! period = a measured year or window in any bracket: (H27) 【H32】 [H28] （H22 ～26）
//! ```
//!
//! The forms in a file:
//!
//! ```toml
//! actual.H27 = "18,104 (H27)"     # as printed
//! actual.H28 = 23                 # short for a plain number; shown with separators
//! actual.R1 = "-"                 # missing, in a spelling that strategy.missing lists
//! actual.H27 = { missing = "H28 開始" }
//! actual.H29 = { value = "7", note = "相談件数 73件" }
//! actual.H30 = { value = 16, printed = "全国16位" }    # a number with words around it
//! target.H29 = { printed = "前年度比10%増" }     # words where a number was expected
//! ```
//! Further keys of the table: `printed` (where it differs from `value`), `measured`
//! (`"H27"`, `"H22/H26"`), `from` and `to` (a range), `bound` (`at-least` …), `estimated`
//! (`true` for 見込み, or the printed word: `"推計"`), `as_of`, `parts`, `sic` (printed just so, though
//! it looks wrong).

use super::fiscal_year::{Period, half_width};
use super::keyed::keyed;
use crate::diagnostic::Span;
use rust_decimal::Decimal;

/// One cell of a report, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value {
    /// Exactly what was printed, brackets and signs included.
    pub printed: String,
    /// What it means.
    pub content: Content,
    /// The year or window in which it was measured, where the cell says so.
    pub measured: Option<Period>,
    /// What is said of this value and must stay with it.
    pub note: Option<String>,
    /// The day up to which an interim value counts, as printed or `2017-09-30`.
    pub as_of: Option<String>,
    /// `estimated`: set where the publisher calls it an estimate.
    pub estimated: Option<Estimate>,
    /// Whether it was printed just so although it looks wrong.
    pub sic: bool,
    /// What it is made of, where the report says so.
    pub parts: Vec<ValuePart>,
    /// Where it stands in the content.
    pub span: Span,
}

/// How the publisher calls an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Estimate {
    /// `estimated = true`: 見込み, printed before the figure was known. Never the newest value of a
    /// series, and never judged.
    Expected,
    /// `estimated = "推計"`: a result that was estimated, in the printed word.
    Worded(String),
}

/// What a value means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Content {
    /// A number.
    Number(Number),
    /// From one number to another, both included: `3名から4名`.
    Range(Decimal, Decimal),
    /// Words: the state that a qualitative target describes, or a relative target.
    Words,
    /// No value was given; `printed` is the placeholder as printed (`-`, `―`). Never 0.
    #[default]
    Missing,
}

/// A number with what stood beside it in the cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The exact decimal, with the decimal places that were printed.
    pub decimal: Decimal,
    /// The unit that stood in the cell itself, `ツアー`.
    pub unit: Option<String>,
    /// Whether it is a bound: `90%以上`.
    pub bound: Bound,
}

keyed! {
    /// Whether a number is meant exactly.
    pub enum Bound {
        /// Just this.
        Exact = "exact",
        /// 以上.
        AtLeast = "at-least",
        /// 以下.
        AtMost = "at-most",
        /// 超.
        Above = "above",
        /// 未満.
        Below = "below",
        /// 約, 程度.
        About = "about",
    }
}

/// One part of a value that is made of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuePart {
    /// What the part is.
    pub name: String,
    /// How much it is, in the unit of the whole.
    pub value: Value,
}

impl Value {
    /// Reads a printed cell by the grammar of this module. `None` if it does not fit.
    ///
    /// Missing values and words are not of the grammar: they are known only from the
    /// strategy and from the kind of the indicator.
    pub fn parse(printed: &str, span: Span) -> Option<Self> {
        let trimmed = printed.trim();
        let (body, measured) = split_period(trimmed)?;
        let number = parse_number(body)?;
        Some(Self { measured, ..Self::plain(trimmed.to_owned(), Content::Number(number), span) })
    }

    /// A value without any of what can stand beside one.
    pub fn plain(printed: String, content: Content, span: Span) -> Self {
        Self { printed, content, span, ..Self::default() }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<&Number> {
        match &self.content {
            Content::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The decimal, if it is a number.
    pub fn decimal(&self) -> Option<Decimal> {
        self.number().map(|n| n.decimal)
    }

    /// As printed, without the bracket in which the measured year stands.
    pub fn figure(&self) -> &str {
        let printed = self.printed.trim();
        if self.measured.is_none() || !printed.ends_with([')', '）', ']', '］', '】', '〕']) {
            return printed;
        }
        match printed.rfind(['(', '（', '[', '［', '【', '〔']) {
            Some(open) if open > 0 => printed.get(..open).unwrap_or(printed).trim_end(),
            _ => printed,
        }
    }

    /// Whether no value was given.
    pub fn is_missing(&self) -> bool {
        self.content == Content::Missing
    }

    /// Whether both say the same figure; where they stand in the content does not matter.
    pub fn same_figure(&self, other: &Self) -> bool {
        self.printed == other.printed && self.content == other.content && self.measured == other.measured
    }
}

/// The brackets in which a measured year may stand.
const BRACKETS: [(char, char); 6] = [('(', ')'), ('（', '）'), ('[', ']'), ('［', '］'), ('【', '】'), ('〔', '〕')];

/// The words that make a number a bound, after it.
const BOUNDS: [(&str, Bound); 5] = [
    ("以上", Bound::AtLeast),
    ("以下", Bound::AtMost),
    ("未満", Bound::Below),
    ("超", Bound::Above),
    ("程度", Bound::About),
];

/// Splits the measured year or window off the end: `18,104 (H27)` → `18,104`, H27.
///
/// `None` when there is a bracket at the end that holds no year.
fn split_period(text: &str) -> Option<(&str, Option<Period>)> {
    for (open, close) in BRACKETS {
        if let Some(inner) = text.strip_suffix(close) {
            let (body, period) = inner.rsplit_once(open)?;
            return Some((body.trim_end(), Some(Period::parse(period)?)));
        }
    }
    Some((text, None))
}

fn parse_number(text: &str) -> Option<Number> {
    let (rest, mut bound) = match text.strip_prefix('約') {
        Some(rest) => (rest.trim_start(), Bound::About),
        None => (text, Bound::Exact),
    };
    let suffix = BOUNDS.into_iter().find_map(|(word, meaning)| Some((rest.strip_suffix(word)?, meaning)));
    let rest = match suffix {
        Some((body, meaning)) => {
            bound = meaning;
            body.trim_end()
        }
        None => rest,
    };
    let (negative, rest) = match rest.strip_prefix(['-', '－', '−', '▲', '△']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest.strip_prefix(['+', '＋']).unwrap_or(rest).trim_start()),
    };
    let end = rest.find(|c| !matches!(half_width(c), '0'..='9' | ',' | '.')).unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    let unit = unit.trim();
    if !unit.is_empty() && !is_unit(unit) {
        return None;
    }
    let mut decimal = parse_digits(digits)?;
    decimal.set_sign_negative(negative && !decimal.is_zero());
    Some(Number { decimal, unit: (!unit.is_empty()).then(|| unit.to_owned()), bound })
}

/// Whether what stands after the digits can be a unit. What has digits, brackets or the words
/// of a bound in it says more than the grammar holds (`7組、14名`, `1以上のアカウント`), and what
/// begins with a sign is the rest of something else (`10～`).
fn is_unit(text: &str) -> bool {
    const SIGNS: &str = "-+－＋−▲△~～〜/／:：、,，。.";
    let says_more = text
        .chars()
        .any(|c| half_width(c).is_ascii_digit() || BRACKETS.iter().any(|(open, close)| c == *open || c == *close));
    let bound = BOUNDS.iter().any(|(word, _)| text.contains(word));
    !says_more && !bound && !text.starts_with(|c| SIGNS.contains(c))
}

/// Digits with optional thousands separators, which must stand every three digits.
fn parse_digits(text: &str) -> Option<Decimal> {
    let text: String = text.chars().map(half_width).collect();
    let (whole, fraction) = text.split_once('.').map_or((&*text, None), |(w, f)| (w, Some(f)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let well_grouped = !first.is_empty() && (!grouped || first.len() <= 3) && groups.all(|g| g.len() == 3);
    let fraction_ok = fraction.is_none_or(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    if !well_grouped || !fraction_ok {
        return None;
    }
    Decimal::from_str_exact(&text.replace(',', "")).ok()
}
