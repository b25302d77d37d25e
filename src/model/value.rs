//! Values as printed, and the grammar of the cells in which they are written.
//!
//! ```text
//! value  = [約] [sign] digits [unit] [bound] [period]
//! sign   = + ＋ - － − ▲ △
//! digits = 1,234   12.50   １２３          decimal places are kept as printed
//! unit   = any text without digits, brackets or the words of a bound: %  ツアー  人
//! bound  = 以上 以下 未満 超 程度           after 約 only 程度
//! period = measured year or range of years in any kind of bracket: (H27) 【H32】 [H28] （H22 ～26）
//! ```
//!
//! Forms in content files:
//!
//! ```toml
//! actual.H27 = "18,104 (H27)"     # as printed
//! actual.H28 = 23                 # short for a plain number; shown with thousands separators
//! actual.R1 = "-"                 # missing, with a placeholder listed in strategy.missing
//! actual.H27 = { missing = "H28 開始" }
//! actual.H29 = { value = "7", note = "相談件数 73件" }
//! actual.H30 = { value = 16, printed = "全国16位" }    # a number with text around it
//! target.H29 = { printed = "前年度比10%増" }     # text in place of a number
//! ```
//! Further keys of the table: `printed` (if it differs from `value`), `measured`
//! (`"H27"`, `"H22/H26"`), `from` and `to` (a range), `bound` (`at-least` …), `estimated`
//! (`true` for 見込み, or the printed word: `"推計"`), `as_of`, `parts`, `sic` (printed exactly like this although
//! it looks wrong).

use super::amount::FundingShare;
use super::correction::Corrected;
use super::fiscal_year::{Period, half_width};
use super::keyword_enum::keyword_enum;
use crate::diagnostic::Span;
use rust_decimal::Decimal;

/// One cell of a report, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value {
    /// Exactly what was printed, brackets and signs included.
    pub printed: String,
    /// Parsed content.
    pub content: ValueContent,
    /// `measured`: year or years in which it was measured; `None` if the cell does not state one.
    pub measured: Option<Period>,
    /// `note`: note that must accompany the value.
    pub note: Option<String>,
    /// `as_of`: reference date of an interim value, as printed or `2017-09-30`.
    pub as_of: Option<String>,
    /// `estimated`: set if the publisher calls it an estimate.
    pub estimated: Option<Estimate>,
    /// `sic`: whether it is printed exactly like this although it looks wrong.
    pub sic: bool,
    /// `parts`: components that the report prints for the value.
    pub parts: Vec<ValuePart>,
    /// `funding`: sources of an amount of money (財源), in the order of their declaration.
    pub funding: Vec<FundingShare>,
    /// Last correction (訂正) of the cell; `None` if it was not corrected.
    pub corrected: Option<Box<Corrected>>,
    /// Span of the cell.
    pub span: Span,
}

/// Kind of estimate, as declared by the publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Estimate {
    /// `estimated = true`: 見込み, printed before the figure was known. Never the latest value of a
    /// series, and never evaluated.
    Expected,
    /// `estimated = "推計"`: an estimated result, with the printed label.
    Labelled(String),
}

/// Parsed content of a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ValueContent {
    /// A number.
    Number(Number),
    /// A range, inclusive at both ends: `3名から4名`.
    Range(Decimal, Decimal),
    /// Text: the state described by a qualitative target, or a relative target.
    Text,
    /// The state at this index of [`Indicator::states`](super::Indicator::states).
    State(usize),
    /// No value; `printed` is the placeholder as printed (`-`, `―`). Never equivalent to 0.
    #[default]
    Missing,
}

/// A number with the unit and bound of its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The exact decimal, with the decimal places as printed.
    pub decimal: Decimal,
    /// Unit printed in the cell itself, `ツアー`; `None` if the unit of the indicator or table applies.
    pub unit: Option<String>,
    /// Kind of bound: `90%以上`.
    pub bound: Bound,
}

keyword_enum! {
    /// Relation of the actual quantity to the printed number.
    pub enum Bound {
        /// Equal.
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

/// Component of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuePart {
    /// Name of the component.
    pub name: String,
    /// Its value, in the unit of the whole.
    pub value: Value,
}

impl Value {
    /// Parses a printed cell according to the grammar of this module; `None` if it does not match.
    ///
    /// Missing values and text are not part of the grammar: recognizing them requires the
    /// strategy and the kind of the indicator.
    pub fn parse(printed: &str, span: Span) -> Option<Self> {
        let trimmed = printed.trim();
        let (body, measured) = split_period(trimmed)?;
        let number = parse_number(body)?;
        Some(Self { measured, ..Self::new(trimmed.to_owned(), ValueContent::Number(number), span) })
    }

    /// A value without measured period, note or other annotations.
    pub fn new(printed: String, content: ValueContent, span: Span) -> Self {
        Self { printed, content, span, ..Self::default() }
    }

    /// The number; `None` for any other content.
    pub fn number(&self) -> Option<&Number> {
        match &self.content {
            ValueContent::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The decimal of the number; `None` for any other content.
    pub fn decimal(&self) -> Option<Decimal> {
        self.number().map(|n| n.decimal)
    }

    /// The decimal of a number without a bound, which can be added exactly; `None` for any other content.
    pub fn exact(&self) -> Option<Decimal> {
        self.number().filter(|number| number.bound == Bound::Exact).map(|number| number.decimal)
    }

    /// The printed text without the bracket that contains the measured period; any other bracket is kept.
    pub fn printed_without_period(&self) -> &str {
        let printed = self.printed.trim();
        match split_period(printed) {
            Some((body, Some(period))) if self.measured == Some(period) && !body.is_empty() => body,
            _ => printed,
        }
    }

    /// Splits a printed figure from a bracket with a year or period at its end: `7` and ` (H29)`. The bracket is empty
    /// if there is none.
    pub fn split_period_bracket(figure: &str) -> (&str, &str) {
        match split_period(figure) {
            Some((body, Some(_))) if !body.is_empty() => figure.split_at(body.len()),
            _ => (figure, ""),
        }
    }

    /// Returns true if the value is missing.
    pub fn is_missing(&self) -> bool {
        self.content == ValueContent::Missing
    }

    /// Returns true if both print the same figure, regardless of span and annotations.
    pub fn prints_same(&self, other: &Self) -> bool {
        self.printed == other.printed && self.content == other.content && self.measured == other.measured
    }
}

/// Pairs of brackets that may enclose a measured year.
const BRACKETS: [(char, char); 6] = [('(', ')'), ('（', '）'), ('[', ']'), ('［', '］'), ('【', '】'), ('〔', '〕')];

/// Suffixes that make a number a bound.
const BOUNDS: [(&str, Bound); 5] = [
    ("以上", Bound::AtLeast),
    ("以下", Bound::AtMost),
    ("未満", Bound::Below),
    ("超", Bound::Above),
    ("程度", Bound::About),
];

/// Splits off the measured year or range of years: `18,104 (H27)` → `18,104`, H27.
///
/// `None` if the text ends with a bracket that contains no year.
fn split_period(text: &str) -> Option<(&str, Option<Period>)> {
    let last = text.chars().next_back();
    let Some((open, close)) = BRACKETS.into_iter().find(|(_, close)| Some(*close) == last) else {
        return Some((text, None));
    };
    let (body, period) = text.strip_suffix(close)?.rsplit_once(open)?;
    Some((body.trim_end(), Some(Period::parse(period)?)))
}

fn parse_number(text: &str) -> Option<Number> {
    let (rest, mut bound) = match text.strip_prefix('約') {
        Some(rest) => (rest.trim_start(), Bound::About),
        None => (text, Bound::Exact),
    };
    let suffix = BOUNDS.into_iter().find_map(|(word, meaning)| Some((rest.strip_suffix(word)?, meaning)));
    let rest = match suffix {
        // A number has a single bound.
        Some((_, meaning)) if bound == Bound::About && meaning != Bound::About => return None,
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

/// Returns true if the text after the digits can be a unit. Text with digits, brackets or the words of a bound carries
/// more information than the grammar can represent (`7組、14名`, `1以上のアカウント`), and text that starts with a
/// sign belongs to another construct (`10～`).
fn is_unit(text: &str) -> bool {
    const SIGNS: &str = "-+－＋−▲△~～〜/／:：、,，。.";
    let has_digits_or_brackets = text
        .chars()
        .any(|c| half_width(c).is_ascii_digit() || BRACKETS.iter().any(|(open, close)| c == *open || c == *close));
    let bound = BOUNDS.iter().any(|(word, _)| text.contains(word));
    !has_digits_or_brackets && !bound && !text.starts_with(|c| SIGNS.contains(c))
}

/// Parses digits with optional thousands separators, which must group exactly three digits.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_approximations_with_another_bound_out_of_the_grammar() {
        let bound = |printed: &str| Some(Value::parse(printed, Span::default())?.number()?.bound);
        assert_eq!(bound("約90%"), Some(Bound::About));
        assert_eq!(bound("約90程度"), Some(Bound::About));
        assert_eq!(bound("約90%以上"), None);
        assert_eq!(bound("90%以上"), Some(Bound::AtLeast));
    }

    #[test]
    fn removes_only_the_bracket_of_the_measured_period() {
        let check = |printed: &str, measured: Option<&str>, expect: &str| {
            let measured = measured.map(|period| Period::parse(period).unwrap());
            let value = Value { printed: printed.to_owned(), measured, ..Value::default() };
            assert_eq!(value.printed_without_period(), expect, "{printed}");
        };
        check("18,104 (H27)", Some("H27"), "18,104");
        check("865（H22 ～26）", Some("H22/H26"), "865");
        check("10,000 (累計) (H27)", Some("H27"), "10,000 (累計)");
        check("10,000 (累計)", Some("H27"), "10,000 (累計)");
        check("7 (H29)", Some("H28"), "7 (H29)");
        check("18,104 (H27)", None, "18,104 (H27)");
        check("18,104", Some("H27"), "18,104");
        check("(H27)", Some("H27"), "(H27)");
    }
}
