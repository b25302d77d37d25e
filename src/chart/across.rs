//! An axis of values that runs across, under rows of bars: what bars and money share.

use super::axis::ValueAxis;
use super::element::Datum;
use super::labels::Row;
use super::role::Role;
use super::svg::{LINE, Pixel, Svg, UNIT, WIDTH, text_width};
use super::wording::Wording;
use crate::model::Decimal;
use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordi32;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::ops::Range;

/// Values across, and rows down in pixels of the canvas.
pub(super) type Plot = Cartesian2d<ValueAxis, RangedCoordi32>;

/// Half the height of a bar.
pub(super) const HALF: i32 = 7 * UNIT;
/// The ticks below the bars, and the way from them to their labels.
const TICK: i32 = 4 * UNIT;
/// The height of the axis with its labels.
pub(super) const AXIS: i32 = TICK + LINE;

/// The coordinates of bars that lie within `across` and above `bottom`.
pub(super) fn plot(axis: &ValueAxis, across: Range<i32>, bottom: i32) -> Plot {
    Cartesian2d::new(axis.clone(), 0..bottom, (across, 0..bottom))
}

/// Draws the line of zero from `top` to `bottom`.
pub(super) fn draw_zero(svg: &mut Svg, plot: &Plot, ends: [i32; 2]) {
    svg.path(&upright(plot, Decimal::ZERO, ends), Role::Zero, None);
}

/// A rule at a value from one row to another.
pub(super) fn upright(plot: &Plot, value: Decimal, ends: [i32; 2]) -> [Pixel; 2] {
    ends.map(|y| plot.translate(&(value, y)))
}

/// A bar in the `middle` of its row from zero to a value.
pub(super) fn from_zero(plot: &Plot, value: Decimal, middle: i32) -> [Pixel; 2] {
    [Decimal::ZERO, value].map(|value| plot.translate(&(value, middle)))
}

/// Draws the ticks below `bottom`: zero and the ends first, then as many as have room.
pub(super) fn draw_axis(
    svg: &mut Svg,
    plot: &Plot,
    axis: &ValueAxis,
    bottom: i32,
    unit: Option<&str>,
    wording: &Wording<'_>,
) {
    let ticks: Vec<Decimal> = axis.ticks().collect();
    let ends = [ticks.first(), ticks.last()].into_iter().flatten();
    let by_need = std::iter::once(&Decimal::ZERO).chain(ends).chain(&ticks);
    let mut row = Row::default();
    let mut seen = Vec::with_capacity(ticks.len());
    for tick in by_need {
        if seen.contains(&tick) {
            continue;
        }
        seen.push(tick);
        let (x, _) = plot.translate(&(*tick, 0));
        svg.path(&[(x, bottom), (x, bottom + TICK)], Role::Axis, Some(Datum::Tick(*tick)));
        let label = axis.label(*tick, unit, wording);
        let width = text_width(&label);
        if let Some(left) = row.place(x, width, (0, WIDTH)) {
            let at = (left + width / 2, bottom + TICK);
            svg.text(&label, Role::Tick, at, Pos::new(HPos::Center, VPos::Top));
        }
    }
}
