//! Horizontal value axis below rows of bars, shared by charts of indicators and of money.

use super::UNIT;
use super::axis::ValueAxis;
use super::element::Datum;
use super::labels::LabelRow;
use super::role::Role;
use super::svg::{LINE, Pixel, Svg, WIDTH, text_width};
use super::wording::Wording;
use crate::model::Decimal;
use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordi32;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::ops::Range;

/// Horizontal axis of values, and vertical positions in canvas pixels.
pub(super) type Plot = Cartesian2d<ValueAxis, RangedCoordi32>;

/// Half the height of a bar.
pub(super) const HALF_BAR: i32 = 7 * UNIT;
/// Length of the ticks below the bars; the labels begin where they end.
const TICK: i32 = 4 * UNIT;
/// Height of the axis with its labels.
pub(super) const AXIS: i32 = TICK + LINE;

/// Coordinate system of bars in the horizontal range `across`, above `bottom`.
pub(super) fn plot(axis: &ValueAxis, across: Range<i32>, bottom: i32) -> Plot {
    Cartesian2d::new(axis.clone(), 0..bottom, (across, 0..bottom))
}

/// Draws the zero line between two vertical positions.
pub(super) fn draw_zero(svg: &mut Svg, plot: &Plot, ends: [i32; 2]) {
    svg.path(&vertical_line(plot, Decimal::ZERO, ends), Role::Zero, None);
}

/// Vertical line at a value, between two vertical positions.
pub(super) fn vertical_line(plot: &Plot, value: Decimal, ends: [i32; 2]) -> [Pixel; 2] {
    ends.map(|y| plot.translate(&(value, y)))
}

/// End points of the centre line of a bar from zero to a value, at the vertical position `middle`.
pub(super) fn bar_from_zero(plot: &Plot, value: Decimal, middle: i32) -> [Pixel; 2] {
    [Decimal::ZERO, value].map(|value| plot.translate(&(value, middle)))
}

/// Draws the ticks below `bottom`. Zero and both ends are labelled first, other ticks if there is space.
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
    let by_priority = std::iter::once(&Decimal::ZERO).chain(ends).chain(&ticks);
    let mut row = LabelRow::default();
    let mut seen = Vec::with_capacity(ticks.len());
    for tick in by_priority {
        if seen.contains(&tick) {
            continue;
        }
        seen.push(tick);
        let (x, _) = plot.translate(&(*tick, 0));
        svg.path(&[(x, bottom), (x, bottom + TICK)], Role::Axis, Some(Datum::Tick(*tick)));
        let label = axis.label(*tick, unit, wording);
        let width = text_width(&label);
        if let Some(left) = row.place(x, width, (0, WIDTH)) {
            let position = (left + width / 2, bottom + TICK);
            svg.text(&label, Role::Tick, position, Pos::new(HPos::Center, VPos::Top));
        }
    }
}
