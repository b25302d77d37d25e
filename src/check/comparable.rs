//! Direction of improvement, and comparison of two numbers by it.

use crate::model::{Bound, Decimal, Direction, Indicator, Number};

/// Direction of improvement, from a target's bound (`90%以上`) or the indicator. `None` if neither
/// declares one, or they contradict each other.
pub(super) fn direction(indicator: &Indicator, target: &Number) -> Option<Direction> {
    let bound = match target.bound {
        Bound::AtLeast | Bound::Above => Some(Direction::Higher),
        Bound::AtMost | Bound::Below => Some(Direction::Lower),
        Bound::Exact | Bound::About => None,
    };
    match (bound, indicator.better) {
        (Some(bound), Some(better)) if bound != better => None,
        (bound, better) => bound.or(better),
    }
}

/// Returns true if `one` is better than `other`; always `false` if the aim is to maintain a level.
pub(super) fn is_better(better: Direction, one: Decimal, other: Decimal) -> bool {
    match better {
        Direction::Higher => one > other,
        Direction::Lower => one < other,
        Direction::Maintain => false,
    }
}
