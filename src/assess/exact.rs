//! Exact fractions, rounded only for display; irrational roots are truncated to [`ROOT_PLACES`].

use crate::model::{Decimal, grouped};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Number of decimal places of an irrational root: far more than printed figures have.
const ROOT_PLACES: u32 = 40;

/// An exact rate: 1 is 100%.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(BigRational);

/// A rate formatted for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormattedRate {
    /// Percentage with one decimal place: `97.4%`, `−122.2%`.
    pub text: String,
    /// True if rounding (half away from zero, 四捨五入) changed the value.
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

    /// Returns true if `percent` is the rate rounded to the decimal places of `percent`, up or down.
    pub fn prints_as(&self, percent: Decimal) -> bool {
        let distance = &self.0 * hundred() - fraction(percent);
        distance.abs() < BigRational::new(BigInt::one(), BigInt::from(10).pow(percent.scale()))
    }

    /// Formats the rate as a percentage with one decimal place.
    pub fn format(&self) -> FormattedRate {
        let tenths = &self.0 * hundred() * integer(10);
        let rounded = tenths.round();
        let text = format!("{}%", decimal_text(&(&rounded / integer(10)), 1));
        FormattedRate { text, rounded: rounded != tenths }
    }
}

/// A decimal as a fraction.
pub(super) fn fraction(decimal: Decimal) -> BigRational {
    BigRational::new(BigInt::from(decimal.mantissa()), BigInt::from(10).pow(decimal.scale()))
}

/// A whole number as a fraction.
pub(super) fn integer(number: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

fn hundred() -> BigRational {
    integer(100)
}

/// Formats a number for a formula, with its decimal places as printed: `18,104`, `−124`.
pub(super) fn format_decimal(decimal: Decimal) -> String {
    decimal_text(&fraction(decimal), decimal.scale())
}

/// Formats a fraction that has at most `places` decimal places.
pub(super) fn decimal_text(number: &BigRational, places: u32) -> String {
    scaled_text(&(number * BigRational::from_integer(BigInt::from(10).pow(places))).round().to_integer(), places)
}

/// Exact `one` − `other` as a scaled integer, and its number of decimal places.
pub(super) fn difference(one: Decimal, other: Decimal) -> (BigInt, u32) {
    let places = one.scale().max(other.scale());
    let scaled = |number: Decimal| BigInt::from(number.mantissa()) * BigInt::from(10).pow(places - number.scale());
    (scaled(one) - scaled(other), places)
}

/// Formats an integer scaled by 10^`places`.
pub(super) fn scaled_text(scaled: &BigInt, places: u32) -> String {
    let sign = if scaled.is_negative() { "−" } else { "" };
    let mut digits = scaled.magnitude().to_string();
    let places = places as usize;
    if digits.len() <= places {
        digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
    }
    if places > 0 {
        digits.insert(digits.len() - places, '.');
    }
    [sign, &grouped(&digits)].concat()
}

/// The `degree`th root of a non-negative fraction: exact if rational, else truncated to [`ROOT_PLACES`]
/// decimal places. `None` for negative fractions and degree 0.
pub(super) fn root(number: &BigRational, degree: u32) -> Option<BigRational> {
    if degree == 0 || number.is_negative() {
        return None;
    }
    let (part, whole) = (number.numer().nth_root(degree), number.denom().nth_root(degree));
    if part.pow(degree) == *number.numer() && whole.pow(degree) == *number.denom() {
        return Some(BigRational::new(part, whole));
    }
    let scale = BigInt::from(10).pow(ROOT_PLACES);
    let scaled = number.numer() * scale.pow(degree) / number.denom();
    Some(BigRational::new(scaled.nth_root(degree), scale))
}

/// Compound annual growth rate for the growth factor `factor` over `years`; 0 is no growth.
pub(super) fn growth(factor: &BigRational, years: u32) -> Option<BigRational> {
    Some(root(factor, years)? - BigRational::one())
}
