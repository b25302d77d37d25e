//! Plain differences: what anyone can subtract. They need no declared method, and are ours.

use super::exact::{self, scaled_text};
use super::input::{AssessmentInput, Input};
use num_bigint::BigInt;
use num_traits::Signed;
use std::cmp::Ordering;

/// How much the newest actual value differs from another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The actual value.
    pub actual: Input,
    /// The other: the target, the baseline, or the value before.
    pub other: Input,
    /// Whether the actual value is the greater.
    pub order: Ordering,
    /// The exact difference without a sign, `1.9`.
    pub text: String,
    /// The unit of the two values.
    pub unit: Option<String>,
}

/// The differences between what is printed, as far as that can be compared.
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
