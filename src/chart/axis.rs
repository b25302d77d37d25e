//! Value axis with round ticks, computed in exact decimals.

use super::wording::Wording;
use crate::model::{Decimal, grouped};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};
use rust_decimal::prelude::ToPrimitive;
use std::ops::Range;

/// Value axis from its lowest to its highest tick. Implements [`Ranged`], so that plotters can map values with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ValueAxis {
    low: Decimal,
    high: Decimal,
    step: Decimal,
    /// Distance from `low` to `high`, the divisor for mapping.
    length: f64,
}

/// Powers of ten permitted for the step of an axis. Larger or finer axes would be illegible.
const POWERS: std::ops::RangeInclusive<i32> = -6..=14;
/// Maximum number of steps into which the range of values is divided.
const STEPS: i64 = 3;

impl ValueAxis {
    /// Axis for a line. Includes zero if the values then still span at least half of the height. `None` without values,
    /// or if they are too large for a legible axis.
    pub(super) fn for_line(values: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let (min, max) = extremes(values)?;
        let span = max.checked_sub(min)?;
        let magnitude = max.abs().max(min.abs());
        if span.is_zero() || span >= magnitude / Decimal::TWO {
            return Self::between(min.min(Decimal::ZERO), max.max(Decimal::ZERO));
        }
        Self::between(min, max)
    }

    /// Axis for bars, which always includes zero. `None` as for [`for_line`](Self::for_line).
    pub(super) fn for_bars(values: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let (min, max) = extremes(values)?;
        Self::between(min.min(Decimal::ZERO), max.max(Decimal::ZERO))
    }

    /// Axis without ticks that spans exactly the smallest to the largest value, so that the values use all available
    /// space. `None` as for [`for_line`](Self::for_line).
    pub(super) fn tight(values: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let (low, high) = extremes(values)?;
        // Equal values are centred.
        let (low, high) = if low == high { (low - Decimal::ONE, high + Decimal::ONE) } else { (low, high) };
        // The only ticks are the ends.
        let step = high.checked_sub(low)?;
        Some(Self::new(low, high, step))
    }

    fn new(low: Decimal, high: Decimal, step: Decimal) -> Self {
        Self { low, high, step, length: distance(low, high) }
    }

    fn between(min: Decimal, max: Decimal) -> Option<Self> {
        let span = max.checked_sub(min)?;
        if span.is_zero() {
            return Some(Self::new(Decimal::ZERO, Decimal::ONE, Decimal::ONE));
        }
        let min_step = span.checked_div(Decimal::from(STEPS))?;
        let digits = min_step.mantissa().unsigned_abs().checked_ilog10().unwrap_or_default();
        // Exponent of the largest power of ten that does not exceed `min_step`.
        let power = digits as i32 - min_step.scale() as i32;
        let steps =
            (power.max(*POWERS.start())..=*POWERS.end()).flat_map(|power| [1, 2, 5].map(|digit| (digit, power)));
        let step = steps.map(|(digit, power)| decimal(digit, power)).find(|step| *step >= min_step)?;
        let low = min.checked_div(step)?.floor().checked_mul(step)?;
        let high = max.checked_div(step)?.ceil().checked_mul(step)?;
        Some(Self::new(low, high, step))
    }

    /// Ticks in ascending order.
    pub(super) fn ticks(&self) -> impl Iterator<Item = Decimal> {
        let (high, step) = (self.high, self.step);
        std::iter::successors(Some(self.low), move |tick| tick.checked_add(step).filter(|next| *next <= high))
    }

    /// Returns true if the axis includes zero.
    pub(super) fn includes_zero(&self) -> bool {
        self.low <= Decimal::ZERO && self.high >= Decimal::ZERO
    }

    /// Label of a tick, abbreviated with the large units of the language (億, 万) if long.
    ///
    /// Numbers whose unit is a multiple itself, such as 千円, are not abbreviated.
    pub(super) fn label(&self, tick: Decimal, unit: Option<&str>, wording: &Wording<'_>) -> String {
        if tick.is_zero() {
            return "0".to_owned();
        }
        let magnitude = self.high.abs().max(self.low.abs());
        let unit_is_multiple = unit.is_some_and(|unit| unit.starts_with(['十', '百', '千', '万', '億']));
        let short = (!unit_is_multiple && magnitude >= decimal(1, 6)).then(|| {
            let mut names = wording.large_units();
            names.find(|(power, _)| magnitude >= decimal(1, *power) && self.step >= decimal(1, power - 1))
        });
        let (divisor, name) = match short.flatten() {
            Some((power, name)) => (decimal(1, power), name),
            None => (Decimal::ONE, ""),
        };
        let digits = if divisor == Decimal::ONE { tick.abs() } else { (tick.abs() / divisor).normalize() };
        let sign = if tick < Decimal::ZERO { "−" } else { "" };
        [sign, &grouped(digits), name].concat()
    }
}

impl Ranged for ValueAxis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = Decimal;

    fn map(&self, value: &Decimal, (start, end): (i32, i32)) -> i32 {
        let share = distance(self.low, *value) / self.length;
        start + (f64::from(end - start) * share).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<Decimal> {
        self.ticks().collect()
    }

    fn range(&self) -> Range<Decimal> {
        self.low..self.high
    }
}

/// Signed distance between two values.
fn distance(from: Decimal, to: Decimal) -> f64 {
    to.checked_sub(from).and_then(|distance| distance.to_f64()).unwrap_or_default()
}

/// Smallest and largest value; `None` without values or if the magnitude of any exceeds [`POWERS`].
fn extremes(values: impl IntoIterator<Item = Decimal>) -> Option<(Decimal, Decimal)> {
    let limit = decimal(1, *POWERS.end());
    let mut extremes: Option<(Decimal, Decimal)> = None;
    for value in values {
        if value.abs() > limit {
            return None;
        }
        let (min, max) = extremes.unwrap_or((value, value));
        extremes = Some((min.min(value), max.max(value)));
    }
    extremes
}

/// `digit` × 10^`power`, for powers near [`POWERS`].
fn decimal(digit: i64, power: i32) -> Decimal {
    match u32::try_from(power) {
        Ok(power) => Decimal::from(10_i64.saturating_pow(power).saturating_mul(digit)),
        Err(_) => Decimal::new(digit, power.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tight_axis_has_ticks_at_its_ends_only() {
        let ticks = |values: &[i64]| {
            let axis = ValueAxis::tight(values.iter().map(|value| Decimal::from(*value))).unwrap();
            axis.ticks().take(5).collect::<Vec<_>>()
        };
        assert_eq!(ticks(&[5, 5]), [4, 6].map(Decimal::from));
        assert_eq!(ticks(&[5, 9, 7]), [5, 9].map(Decimal::from));
    }
}
