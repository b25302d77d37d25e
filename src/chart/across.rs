//! An axis of values that runs across, under rows of bars: what bars and money share.

use super::axis::ValueAxis;
use super::element::{Datum, Rule};
use super::labels::Row;
use super::role::Role;
use super::svg::{Canvas, Drawn, LINE, Svg, UNIT, WIDTH, text, text_width};
use super::texts::Texts;
use crate::model::Decimal;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordi32;
use plotters::prelude::DrawingArea;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::ops::Range;

/// Values across, and rows down in pixels of the canvas.
pub(super) type Plot<'a> = DrawingArea<Svg<'a>, Cartesian2d<ValueAxis, RangedCoordi32>>;

/// Half the height of a bar.
pub(super) const HALF: i32 = 7 * UNIT;
/// The ticks below the bars, and the way from them to their labels.
const TICK: i32 = 4 * UNIT;
/// The height of the axis with its labels.
pub(super) const AXIS: i32 = TICK + LINE;

/// The coordinates of bars that lie within `across` and above `bottom`.
pub(super) fn plot<'a>(canvas: &Canvas<'a>, axis: &ValueAxis, across: Range<i32>, bottom: i32) -> Plot<'a> {
    canvas.apply_coord_spec(Cartesian2d::new(axis.clone(), 0..bottom, (across, 0..bottom)))
}

/// Draws the line of zero from `top` to `bottom`.
pub(super) fn draw_zero(plot: &Plot<'_>, (top, bottom): (i32, i32)) -> Drawn {
    plot.draw(&Rule { ends: [(Decimal::ZERO, top), (Decimal::ZERO, bottom)], role: Role::Zero, datum: None })
}

/// Draws the ticks below `bottom`: zero and the ends first, then as many as have room.
pub(super) fn draw_axis(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    axis: &ValueAxis,
    bottom: i32,
    unit: Option<&str>,
    texts: &Texts,
) -> Drawn {
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
        let (x, _) = plot.map_coordinate(&(*tick, 0));
        let datum = Some(Datum::Tick(*tick));
        canvas.draw(&Rule { ends: [(x, bottom), (x, bottom + TICK)], role: Role::Axis, datum })?;
        let label = axis.label(*tick, unit, texts);
        let width = text_width(&label);
        if let Some(left) = row.place(x, width, (0, WIDTH)) {
            let at = (left + width / 2, bottom + TICK);
            text(canvas, &label, Role::Tick, at, Pos::new(HPos::Center, VPos::Top))?;
        }
    }
    Ok(())
}
