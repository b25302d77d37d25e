//! Direction of improvement, and comparison of two numbers by it.

use super::not_computable::NotComputable;
use crate::model::{Better, Bound, Indicator};

/// Direction of improvement from a target's bound (`90%以上`), or else from the indicator; `None` if neither declares
/// one. An error if they contradict each other, or if the aim is only to maintain the level.
pub fn direction(indicator: &Indicator, bound: Option<Bound>) -> Result<Option<Better>, NotComputable> {
    let of_bound = bound.and_then(|bound| match bound {
        Bound::AtLeast | Bound::Above => Some(Better::Higher),
        Bound::AtMost | Bound::Below => Some(Better::Lower),
        Bound::Exact | Bound::About => None,
    });
    match (of_bound, indicator.better) {
        (Some(Better::Higher), Some(Better::Lower)) | (Some(Better::Lower), Some(Better::Higher)) => {
            Err(NotComputable::DirectionsDiffer)
        }
        (None, Some(Better::Maintain)) => Err(NotComputable::AimIsToMaintain),
        (of_bound, declared) => Ok(of_bound.or(declared)),
    }
}

/// Returns true if `one` is better than `other`; always `false` if the aim is to maintain a level.
pub fn is_better<T: PartialOrd>(direction: Better, one: &T, other: &T) -> bool {
    match direction {
        Better::Higher => one > other,
        Better::Lower => one < other,
        Better::Maintain => false,
    }
}
