//! Plain differences between values. They need no declared method and are computed by this program.

use super::exact::{self, scaled_text};
use super::input::{AssessmentContext, FormulaValue};
use num_bigint::BigInt;
use num_traits::Signed;
use std::cmp::Ordering;

/// Difference between the latest actual value and another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Latest actual value.
    pub actual: FormulaValue,
    /// Target, baseline or previous value.
    pub other: FormulaValue,
    /// Order of the actual value relative to the other.
    pub order: Ordering,
    /// Exact absolute difference: `1.9`.
    pub text: String,
    /// Unit of both values: the printed one, or else that of the indicator.
    pub unit: Option<String>,
}

/// Differences to the target, the baseline and the previous value, as far as these are comparable.
pub(super) fn differences(context: &AssessmentContext<'_>) -> Vec<Difference> {
    let Ok(actual) = context.actual() else { return Vec::new() };
    let others = [context.applicable_target(&actual), context.baseline(&actual).ok(), context.previous(&actual)];
    others.into_iter().flatten().map(|other| difference(context, actual.clone(), other)).collect()
}

fn difference(context: &AssessmentContext<'_>, actual: FormulaValue, other: FormulaValue) -> Difference {
    let (difference, places) = exact::difference(actual.number, other.number);
    let order = difference.cmp(&BigInt::ZERO);
    let text = scaled_text(&difference.abs(), places);
    let printed = [&actual, &other].into_iter().find_map(|input| input.value.number()?.unit.clone());
    let unit = printed.or_else(|| context.indicator.unit.clone());
    Difference { actual, other, order, text, unit }
}
