//! The axis of values: a range that round ticks divide, exact in decimals.

use super::wording::Wording;
use crate::model::{Decimal, grouped};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};
use rust_decimal::prelude::ToPrimitive;
use std::ops::Range;

/// An axis from one tick to another. It maps through [`Ranged`], so plotters can use it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ValueAxis {
    low: Decimal,
    high: Decimal,
    step: Decimal,
    /// From the lowest to the highest, to divide by.
    length: f64,
}

/// Powers of ten between which the steps of an axis lie. Beyond them no axis can be read.
const POWERS: std::ops::RangeInclusive<i32> = -6..=14;
/// Into how many steps the values are divided at most.
const STEPS: i64 = 3;

impl ValueAxis {
    /// An axis for a line: it begins at zero where that leaves at least half the height to
    /// the values. `None` without values, or where they are too great or too fine to be read.
    pub(super) fn for_line(values: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let (min, max) = extremes(values)?;
        let span = max.checked_sub(min)?;
        let reach = max.abs().max(min.abs());
        if span.is_zero() || span >= reach / Decimal::TWO {
            return Self::between(min.min(Decimal::ZERO), max.max(Decimal::ZERO));
        }
        Self::between(min, max)
    }

    /// An axis for bars: it always holds zero. `None` as above.
    pub(super) fn for_bars(values: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let (min, max) = extremes(values)?;
        Self::between(min.min(Decimal::ZERO), max.max(Decimal::ZERO))
    }

    /// An axis without ticks, from the least value to the greatest and no further: all the
    /// room is for the values. `None` as above.
    pub(super) fn tight(values: impl IntoIterator<Item = Decimal>) -> Option<Self> {
        let (low, high) = extremes(values)?;
        let step = high.checked_sub(low)?;
        // Equal values lie in the middle.
        let (low, high) = if step.is_zero() { (low - Decimal::ONE, high + Decimal::ONE) } else { (low, high) };
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
        let least = span.checked_div(Decimal::from(STEPS))?;
        let digits = least.mantissa().unsigned_abs().checked_ilog10().unwrap_or_default();
        // The power of ten that is not above it.
        let power = digits as i32 - least.scale() as i32;
        let steps =
            (power.max(*POWERS.start())..=*POWERS.end()).flat_map(|power| [1, 2, 5].map(|digit| (digit, power)));
        let step = steps.map(|(digit, power)| decimal(digit, power)).find(|step| *step >= least)?;
        let low = min.checked_div(step)?.floor().checked_mul(step)?;
        let high = max.checked_div(step)?.ceil().checked_mul(step)?;
        Some(Self::new(low, high, step))
    }

    /// The ticks, from the lowest to the highest.
    pub(super) fn ticks(&self) -> impl Iterator<Item = Decimal> {
        let (high, step) = (self.high, self.step);
        std::iter::successors(Some(self.low), move |tick| tick.checked_add(step).filter(|next| *next <= high))
    }

    /// Whether zero lies on the axis at all.
    pub(super) fn holds_zero(&self) -> bool {
        self.low <= Decimal::ZERO && self.high >= Decimal::ZERO
    }

    /// A tick as it is written: short, in the great numbers of the language where it is long.
    ///
    /// A unit that counts in thousands itself is never counted in myriads again.
    pub(super) fn label(&self, tick: Decimal, unit: Option<&str>, wording: &Wording<'_>) -> String {
        if tick.is_zero() {
            return "0".to_owned();
        }
        let reach = self.high.abs().max(self.low.abs());
        let unit_counts = unit.is_some_and(|unit| unit.starts_with(['十', '百', '千', '万', '億']));
        let short = (!unit_counts && reach >= decimal(1, 6)).then(|| {
            let mut names = wording.large_units();
            names.find(|(power, _)| reach >= decimal(1, *power) && self.step >= decimal(1, power - 1))
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

/// From one value to another; its sign tells which is greater.
fn distance(from: Decimal, to: Decimal) -> f64 {
    to.checked_sub(from).and_then(|distance| distance.to_f64()).unwrap_or_default()
}

/// The least and the greatest, if all are of a size that an axis can bear.
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
