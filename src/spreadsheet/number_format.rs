//! Number formats: the text that a cell displays for its number.
//!
//! Only formats whose result is certain are rendered; all others are a problem of the cell.

use super::CellProblem;
use super::date::DateFormat;
use rust_decimal::{Decimal, RoundingStrategy};

mod parse;

/// Most decimal places that a cell displays in the general format, for which it has eleven characters.
const GENERAL_DECIMALS: usize = 6;
const GENERAL_LENGTH: usize = 11;

/// Characters one of which marks a negative number.
const SIGNS: [char; 9] = ['-', '−', '－', '‐', '▲', '△', '▼', '(', '（'];

/// Number format of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberFormat {
    code: String,
    /// Of all numbers; or of positive numbers and zero, and of negative ones; or of positive ones, negative ones, and
    /// zero.
    sections: Vec<Section>,
    /// True if a text is displayed otherwise than it is.
    changes_text: bool,
}

/// Format of numbers of a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Section {
    /// As many decimal places as the number has, with texts before and after it.
    General { before: String, after: String },
    /// Fixed number of decimal places.
    Fixed(Fixed),
    /// Date or time.
    Date(DateFormat),
    /// Any other format.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Fixed {
    before: String,
    /// Minimum number of digits before the decimal point.
    digits: usize,
    /// Groups of three digits are separated by commas.
    grouped: bool,
    decimals: u32,
    /// The number is displayed in hundredths. The sign `%` is in `after`.
    percent: bool,
    after: String,
}

impl NumberFormat {
    /// Number format that displays negative numbers and zero in a form that depends on the language of Excel.
    pub(super) fn for_positive_numbers(code: &str) -> Self {
        let mut format = Self::parse(code);
        format.sections.extend([Section::Other, Section::Other]);
        format
    }

    /// Number format that is not rendered.
    pub(super) fn unknown(code: String) -> Self {
        Self { code, sections: vec![Section::Other], changes_text: false }
    }

    /// The text that a cell displays for `text`.
    pub(super) fn text(&self, text: String) -> Result<String, CellProblem> {
        if self.changes_text {
            Err(CellProblem::NumberFormat { number: text, format: self.code.clone() })
        } else {
            Ok(text)
        }
    }

    /// The text that a cell displays for `number`. Dates are counted from 1904 if `is_1904`, else from 1900.
    pub(super) fn number(&self, number: f64, is_1904: bool) -> Result<String, CellProblem> {
        let unknown = || CellProblem::NumberFormat { number: stored(number), format: self.code.clone() };
        let (section, sign) = match self.sections.as_slice() {
            [all] => (all, if number < 0.0 { "-" } else { "" }),
            [_, negative, ..] if number < 0.0 => (negative, ""),
            [positive, _] => (positive, ""),
            [positive, _, _] if number > 0.0 => (positive, ""),
            _ => return Err(unknown()),
        };
        if let Section::Date(format) = section {
            return Err(format.problem(number, is_1904).unwrap_or_else(unknown));
        }
        let decimal = decimal(number).ok_or_else(unknown)?;
        let (before, digits, after) = match section {
            Section::General { before, after } => (before, general(decimal.abs())?, after),
            Section::Fixed(fixed) => (&fixed.before, fixed.digits(decimal.abs()).ok_or_else(unknown)?, &fixed.after),
            Section::Date(_) | Section::Other => return Err(unknown()),
        };
        let is_zero = !digits.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        // Whether a negative number that is rounded to zero has a sign depends on the program; one that is only
        // coloured has none.
        let is_signed = [sign, before, after].iter().any(|text| text.contains(SIGNS));
        if number < 0.0 && (is_zero || !is_signed) {
            return Err(unknown());
        }
        Ok(format!("{sign}{before}{digits}{after}"))
    }
}

impl Fixed {
    /// The digits of `number`, which is not negative; `None` if they are uncertain.
    fn digits(&self, number: Decimal) -> Option<String> {
        let number = if self.percent { number.checked_mul(Decimal::ONE_HUNDRED)? } else { number };
        let rounded = number.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero);
        let text = format!("{rounded:.*}", usize::try_from(self.decimals).ok()?);
        let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
        if self.digits == 0 && whole == "0" {
            return None;
        }
        let mut whole = format!("{whole:0>width$}", width = self.digits);
        if self.grouped {
            for position in
                (1..whole.len()).rev().filter(|position| (whole.len() - position) % 3 == 0).collect::<Vec<_>>()
            {
                whole.insert(position, ',');
            }
        }
        Some(match decimals {
            Some(decimals) => format!("{whole}.{decimals}"),
            None => whole,
        })
    }
}

/// The number with the 15 significant digits that spreadsheet programs store; `None` if it is too large or too small
/// for them to display all its digits.
fn decimal(number: f64) -> Option<Decimal> {
    let size = number.abs();
    if number == 0.0 {
        Some(Decimal::ZERO)
    } else if (1e-12..1e15).contains(&size) {
        Decimal::from_scientific(&format!("{number:.14e}")).ok().map(|number| number.normalize())
    } else {
        None
    }
}

/// `number`, which is not negative, in the general format.
fn general(number: Decimal) -> Result<String, CellProblem> {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() > GENERAL_DECIMALS || text.len() > GENERAL_LENGTH => {
            Err(CellProblem::LongDecimal { number: text })
        }
        _ => Ok(text),
    }
}

/// The number that is stored, for messages.
fn stored(number: f64) -> String {
    decimal(number).map_or_else(|| format!("{number:E}"), |number| number.to_string())
}
