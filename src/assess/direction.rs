//! Direction of improvement, and comparison of two numbers by it.

use super::not_computable::NotComputable;
use crate::model::{Bound, Direction, Indicator};

/// Direction of improvement from a target's bound (`90%以上`), or else from the indicator; `None` if neither declares
/// one. An error if they contradict each other, or if the aim is only to maintain the level.
pub fn direction(indicator: &Indicator, bound: Option<Bound>) -> Result<Option<Direction>, NotComputable> {
    let of_bound = bound.and_then(|bound| match bound {
        Bound::AtLeast | Bound::Above => Some(Direction::Higher),
        Bound::AtMost | Bound::Below => Some(Direction::Lower),
        Bound::Exact | Bound::About => None,
    });
    match (of_bound, indicator.better) {
        (Some(Direction::Higher), Some(Direction::Lower)) | (Some(Direction::Lower), Some(Direction::Higher)) => {
            Err(NotComputable::DirectionsDiffer)
        }
        (None, Some(Direction::Maintain)) => Err(NotComputable::AimIsToMaintain),
        (of_bound, declared) => Ok(of_bound.or(declared)),
    }
}

/// Returns true if `one` is better than `other`; always `false` if the aim is to maintain a level.
pub fn is_better<T: PartialOrd>(direction: Direction, one: &T, other: &T) -> bool {
    match direction {
        Direction::Higher => one > other,
        Direction::Lower => one < other,
        Direction::Maintain => false,
    }
}
