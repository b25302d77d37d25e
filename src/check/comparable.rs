//! When two figures of an indicator can be compared, and which of them is better.

use crate::model::{Better, Bound, Decimal, Indicator, Number};

/// Which way is better: as a target's bound says (`90%以上`), or the indicator. `None` where
/// neither says so, or they contradict each other.
pub(super) fn direction(indicator: &Indicator, target: &Number) -> Option<Better> {
    let bound = match target.bound {
        Bound::AtLeast | Bound::Above => Some(Better::Higher),
        Bound::AtMost | Bound::Below => Some(Better::Lower),
        Bound::Exact | Bound::About => None,
    };
    match (bound, indicator.better) {
        (Some(bound), Some(better)) if bound != better => None,
        (bound, better) => bound.or(better),
    }
}

/// Whether `one` is better than `other`; never where the aim is to keep a level.
pub(super) fn is_better(better: Better, one: Decimal, other: Decimal) -> bool {
    match better {
        Better::Higher => one > other,
        Better::Lower => one < other,
        Better::Maintain => false,
    }
}
