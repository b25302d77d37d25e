//! Fractions without rounding, and the one place in which they are rounded to be shown.

use crate::model::{Decimal, grouped};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Decimals to which a root is taken that is no fraction: far more than printed figures have.
const ROOT_DECIMALS: u32 = 40;

/// An exact rate: 1 is 100%.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(BigRational);

/// A rate as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// In percent with one decimal: `97.4%`, `−122.2%`.
    pub text: String,
    /// Whether it was rounded to that decimal, half away from zero (四捨五入).
    pub rounded: bool,
}

impl Rate {
    /// `part` ÷ `whole`; `None` where `whole` is 0.
    pub(super) fn new(part: &BigRational, whole: &BigRational) -> Option<Self> {
        (!whole.is_zero()).then(|| Self(part / whole))
    }

    /// Whether it is at least `percent`, exactly.
    pub fn at_least(&self, percent: Decimal) -> bool {
        self.0 >= fraction(percent) / hundred()
    }

    /// Whether it is at most `percent`, exactly.
    pub fn at_most(&self, percent: Decimal) -> bool {
        self.0 <= fraction(percent) / hundred()
    }

    /// In percent with one decimal.
    pub fn shown(&self) -> Shown {
        let tenths = &self.0 * hundred() * whole(10);
        let rounded = tenths.round();
        let text = format!("{}%", decimal_text(&(&rounded / whole(10)), 1));
        Shown { text, rounded: rounded != tenths }
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

/// A figure as a formula shows it: `18,104`, `−124`; its decimals as printed.
pub(super) fn figure(decimal: Decimal) -> String {
    decimal_text(&fraction(decimal), decimal.scale())
}

/// A fraction with so many decimals, which it must not exceed.
pub(super) fn decimal_text(number: &BigRational, decimals: u32) -> String {
    scaled_text(&(number * BigRational::from_integer(BigInt::from(10).pow(decimals))).round().to_integer(), decimals)
}

/// `one` less `other`: in units of so many decimals as the finer of them has.
pub(super) fn difference(one: Decimal, other: Decimal) -> (BigInt, u32) {
    let decimals = one.scale().max(other.scale());
    let scaled = |number: Decimal| BigInt::from(number.mantissa()) * BigInt::from(10).pow(decimals - number.scale());
    (scaled(one) - scaled(other), decimals)
}

/// A number that counts in units of so many decimals.
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

/// The `degree`th root of a fraction that is not negative: exact where it is a fraction
/// itself, else cut after [`ROOT_DECIMALS`].
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

/// Growth in a year, from 1, that makes `times` in so many years; 0 is none.
pub(super) fn growth(times: &BigRational, years: u32) -> Option<BigRational> {
    Some(root(times, years)? - BigRational::one())
}
