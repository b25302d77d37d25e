//! Robust statistics of figures of one magnitude: the median, and the median deviation of ratios.
//!
//! A figure is compared with the median of the figures beside it. The measure of dispersion is the median of the ratios to
//! that median, which is the exponential of the median absolute deviation (MAD) of the logarithms: one wrong figure among
//! the others changes neither (Hampel, *The influence curve and its role in robust estimation*, 1974). A ratio is an outlier
//! beyond 3.5 standard deviations, estimated as 1.4826 MAD (Iglewicz and Hoaglin, *How to detect and handle outliers*,
//! 1993): 3.5 × 1.4826 ≈ 5, so that the limit of the ratio is the fifth power of the median ratio. Logarithms
//! themselves are not needed, and all numbers remain exact decimals.

use crate::model::Decimal;

/// Multiple of the median absolute deviation of logarithms beyond which a figure is an outlier.
const LIMIT: u32 = 5;

/// Maximum factor between the value with its decimal point moved and the median.
const FIT: Decimal = Decimal::TWO;
/// The same for a value of a single digit, such as 0.1 or 400, which is similar to another one by chance.
const FIT_OF_ONE_DIGIT: Decimal = Decimal::from_parts(11, 0, 0, false, 1);

/// Centre and dispersion of positive figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Centre {
    /// The median; the lower one of an even number of figures.
    pub(super) median: Decimal,
    /// Median of the ratios to the median, at least 1; the upper one of an even number of ratios.
    pub(super) spread: Decimal,
    /// Lowest figure.
    pub(super) min: Decimal,
    /// Highest figure.
    pub(super) max: Decimal,
}

impl Centre {
    /// Centre of `figures`; `None` if there are none, or any is not positive.
    pub(super) fn of(figures: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let mut figures: Vec<Decimal> = figures.into_iter().collect();
        figures.sort_unstable();
        let median = *figures.get(figures.len().checked_sub(1)? / 2)?;
        let mut ratios: Vec<Decimal> =
            figures.iter().map(|figure| ratio(*figure, median)).collect::<Option<Vec<_>>>()?;
        ratios.sort_unstable();
        let spread = *ratios.get(ratios.len() / 2)?;
        Some(Self { median, spread, min: *figures.first()?, max: *figures.last()? })
    }

    /// Ratio to the median, at least 1, beyond which a figure is an outlier.
    pub(super) fn limit(&self) -> Decimal {
        (1..LIMIT).fold(self.spread, |power, _| power.saturating_mul(self.spread))
    }
}

/// Ratio of the greater to the smaller of two positive figures; `None` if either is not positive.
pub(super) fn ratio(one: Decimal, other: Decimal) -> Option<Decimal> {
    let (greater, smaller) = (one.max(other), one.min(other));
    if smaller > Decimal::ZERO { greater.checked_div(smaller) } else { None }
}

/// The number with its decimal point moved so that it is similar to the median; `None` if no shift makes it so.
pub(super) fn shifted(number: Decimal, median: Decimal) -> Option<Decimal> {
    let has_one_digit = number.mantissa().unsigned_abs().to_string().trim_end_matches('0').len() < 2;
    let fit = if has_one_digit { FIT_OF_ONE_DIGIT } else { FIT };
    let mut shifted = number;
    for _ in 0..6 {
        shifted =
            if number > median { shifted.checked_div(Decimal::TEN)? } else { shifted.checked_mul(Decimal::TEN)? };
        if ratio(shifted, median).is_some_and(|ratio| ratio <= fit) {
            return Some(shifted);
        }
    }
    None
}

/// Returns true if two numbers have the same digits, apart from zeros at the end, and enough of them that this is no chance.
pub(super) fn has_same_digits(one: Decimal, other: Decimal) -> bool {
    let digits =
        |number: Decimal| number.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').to_owned();
    let minimum = if one.scale() > 0 || other.scale() > 0 { 2 } else { 3 };
    let digits_of_one = digits(one);
    digits_of_one.len() >= minimum && digits_of_one == digits(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centre(figures: &[i64]) -> Option<Centre> {
        Centre::of(figures.iter().map(|figure| Decimal::from(*figure)))
    }

    #[test]
    fn one_outlier_changes_neither_centre_nor_spread_much() {
        let clean = centre(&[100, 100, 110, 120, 121]).unwrap();
        let mixed = centre(&[100, 100, 110, 120, 1210]).unwrap();
        assert_eq!(clean.median, mixed.median);
        assert_eq!(clean.spread, mixed.spread);
        assert_eq!(clean.spread, Decimal::new(11, 1));
    }

    #[test]
    fn the_limit_grows_with_the_spread() {
        assert_eq!(centre(&[7, 7, 7]).unwrap().limit(), Decimal::ONE);
        assert_eq!(centre(&[1, 2, 4]).unwrap().limit(), Decimal::from(32));
    }

    #[test]
    fn has_no_centre_without_positive_figures() {
        assert_eq!(centre(&[]), None);
        assert_eq!(centre(&[0, 1]), None);
        assert_eq!(centre(&[-1, 1, 2]), None);
    }
}
