//! Exact fractions, and their only rounding, for display.

use crate::model::{Decimal, grouped};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Number of decimals of an irrational root: far more than printed figures have.
const ROOT_DECIMALS: u32 = 40;

/// An exact rate: 1 is 100%.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(BigRational);

/// A rate formatted for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormattedRate {
    /// Percentage with one decimal: `97.4%`, `−122.2%`.
    pub text: String,
    /// True if the text is rounded, half away from zero (四捨五入).
    pub rounded: bool,
}

impl Rate {
    /// Computes `part` ÷ `whole`; `None` if `whole` is 0.
    pub(super) fn new(part: &BigRational, whole: &BigRational) -> Option<Self> {
        (!whole.is_zero()).then(|| Self(part / whole))
    }

    /// Returns true if the unrounded rate is at least `percent`.
    pub fn at_least(&self, percent: Decimal) -> bool {
        self.0 >= fraction(percent) / hundred()
    }

    /// Returns true if the unrounded rate is at most `percent`.
    pub fn at_most(&self, percent: Decimal) -> bool {
        self.0 <= fraction(percent) / hundred()
    }

    /// Formats the rate as a percentage with one decimal.
    pub fn shown(&self) -> FormattedRate {
        let tenths = &self.0 * hundred() * whole(10);
        let rounded = tenths.round();
        let text = format!("{}%", decimal_text(&(&rounded / whole(10)), 1));
        FormattedRate { text, rounded: rounded != tenths }
    }
}

/// A decimal as a fraction.
pub(super) fn fraction(decimal: Decimal) -> BigRational {
    BigRational::new(BigInt::from(decimal.mantissa()), BigInt::from(10).pow(decimal.scale()))
}

/// A whole number as a fraction.
pub(super) fn whole(number: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

fn hundred() -> BigRational {
    whole(100)
}

/// Formats a figure for a formula: `18,104`, `−124`, with its decimals as printed.
pub(super) fn figure(decimal: Decimal) -> String {
    decimal_text(&fraction(decimal), decimal.scale())
}

/// Formats a fraction that has at most `decimals` decimals.
pub(super) fn decimal_text(number: &BigRational, decimals: u32) -> String {
    scaled_text(&(number * BigRational::from_integer(BigInt::from(10).pow(decimals))).round().to_integer(), decimals)
}

/// Exact `one` − `other` as a scaled integer, and its number of decimals.
pub(super) fn difference(one: Decimal, other: Decimal) -> (BigInt, u32) {
    let decimals = one.scale().max(other.scale());
    let scaled = |number: Decimal| BigInt::from(number.mantissa()) * BigInt::from(10).pow(decimals - number.scale());
    (scaled(one) - scaled(other), decimals)
}

/// Formats an integer scaled by 10^`decimals`.
pub(super) fn scaled_text(scaled: &BigInt, decimals: u32) -> String {
    let sign = if scaled.is_negative() { "−" } else { "" };
    let mut digits = scaled.magnitude().to_string();
    let decimals = decimals as usize;
    if digits.len() <= decimals {
        digits.insert_str(0, &"0".repeat(decimals + 1 - digits.len()));
    }
    if decimals > 0 {
        digits.insert(digits.len() - decimals, '.');
    }
    [sign, &grouped(&digits)].concat()
}

/// The `degree`th root of a non-negative fraction: exact if rational, else truncated to [`ROOT_DECIMALS`]
/// decimals. `None` for negative fractions and degree 0.
pub(super) fn root(number: &BigRational, degree: u32) -> Option<BigRational> {
    if degree == 0 || number.is_negative() {
        return None;
    }
    let (part, whole) = (number.numer().nth_root(degree), number.denom().nth_root(degree));
    if part.pow(degree) == *number.numer() && whole.pow(degree) == *number.denom() {
        return Some(BigRational::new(part, whole));
    }
    let scale = BigInt::from(10).pow(ROOT_DECIMALS);
    let scaled = number.numer() * scale.pow(degree) / number.denom();
    Some(BigRational::new(scaled.nth_root(degree), scale))
}

/// Annual growth rate that compounds to the factor `times` in `years`; 0 is no growth.
pub(super) fn growth(times: &BigRational, years: u32) -> Option<BigRational> {
    Some(root(times, years)? - BigRational::one())
}
