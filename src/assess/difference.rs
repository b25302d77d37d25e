//! Plain differences between values. They need no declared method and are computed by this program.

use super::exact::{self, scaled_text};
use super::input::{AssessmentInput, Input};
use num_bigint::BigInt;
use num_traits::Signed;
use std::cmp::Ordering;

/// Difference between the latest actual value and another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Latest actual value.
    pub actual: Input,
    /// Target, baseline or previous value.
    pub other: Input,
    /// Order of the actual value relative to the other.
    pub order: Ordering,
    /// Exact absolute difference: `1.9`.
    pub text: String,
    /// Unit of both values, as printed or else that of the indicator.
    pub unit: Option<String>,
}

/// Differences to the target, the baseline and the previous value, as far as these are comparable.
pub(super) fn differences(given: &AssessmentInput<'_>) -> Vec<Difference> {
    let Ok(actual) = given.actual() else { return Vec::new() };
    let others = [given.applicable_target(&actual), given.baseline(&actual).ok(), given.previous(&actual)];
    others.into_iter().flatten().map(|other| difference(given, actual.clone(), other)).collect()
}

fn difference(given: &AssessmentInput<'_>, actual: Input, other: Input) -> Difference {
    let (difference, decimals) = exact::difference(actual.number, other.number);
    let order = difference.cmp(&BigInt::ZERO);
    let text = scaled_text(&difference.abs(), decimals);
    let own = [&actual, &other].into_iter().find_map(|input| input.value.number()?.unit.clone());
    let unit = own.or_else(|| given.indicator.unit.clone());
    Difference { actual, other, order, text, unit }
}
