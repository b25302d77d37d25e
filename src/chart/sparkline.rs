//! Sparklines: small charts of indicators next to their figures.
//!
//! A sparkline has neither text nor axis and is therefore shown only where the newest value and the target are given as
//! text. Lines and bars follow the rules of the full-size charts.

use super::UNIT;
use super::axis::ValueAxis;
use super::element::Shape;
use super::points::{Point, Points};
use super::role::Role;
use super::svg::{Pixel, decoration};
use super::{MIN_LINE_POINTS, bars, horizontal_axis, line};
use crate::model::{Column, EditionContext, Indicator, IndicatorKind, KeyFigures, Series, Status};
use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordi32;
use std::ops::Range;

/// Width of every sparkline.
const WIDTH: i32 = 200 * UNIT;
/// Height of a sparkline with a line.
const HEIGHT: i32 = 56 * UNIT;
/// Margin between marks and edges.
const INSET: i32 = 8 * UNIT;
/// Height of a bar including the space to the next.
const ROW: i32 = 18 * UNIT;
/// Half the height of a bar.
const HALF_BAR: i32 = 6 * UNIT;

/// Draws an indicator as a sparkline, a decoration of figures that are given as text next to it. `None` if the data
/// suit neither a line nor bars.
pub fn sparkline(indicator: &Indicator, series: &Series<'_>, editions: EditionContext<'_>) -> Option<String> {
    if indicator.kind != IndicatorKind::Number {
        return None;
    }
    let points = Points::of(indicator, series, editions);
    let vertices = points.vertices();
    if vertices.len() >= MIN_LINE_POINTS {
        draw_line(&points)
    } else {
        draw_bars(indicator, &KeyFigures::from_series(editions, series), &points, editions)
    }
}

fn draw_line(points: &Points<'_>) -> Option<String> {
    let all = || points.values.iter().chain(&points.carried).chain(&points.targets);
    let axis = ValueAxis::tight(all().map(|point| point.number))?;
    let years = points.years();
    let end = points.targets.iter().any(|target| target.at == Column::End).then(|| line::end_of(&years));
    let start = points.values.iter().any(|point| point.at == Column::Start).then(|| line::start_of(&years));
    let first = start.or(years.first().map(|year| year.0))?;
    let last = end.or(years.last().map(|year| year.0))?;
    let coordinates = |point: &Point<'_>| match point.at {
        Column::Start => (first, point.number),
        Column::Year(year) => (year.0, point.number),
        Column::End => (end.unwrap_or(last), point.number),
    };
    // Reversed, since vertical pixel positions increase downwards.
    let y_range = Range { start: HEIGHT - INSET, end: INSET };
    let plot = Cartesian2d::<RangedCoordi32, ValueAxis>::new(first..last, axis, (INSET..WIDTH - INSET, y_range));
    let pixel = |point: &Point<'_>| plot.translate(&coordinates(point));
    Some(decoration("spark", (WIDTH, HEIGHT), |svg| {
        for targets in points.targets_by_definition() {
            let mut target_line: Vec<Pixel> = targets.iter().map(pixel).collect();
            if let [target] = targets {
                let from = points.definition_start(target).map_or(first, |year| year.0).min(coordinates(target).0);
                let (x, y) = plot.translate(&(from, target.number));
                // The definition may date from before the first year of the chart.
                target_line.insert(0, (x.max(0), y));
            }
            svg.path(&target_line, Role::TargetLine, None);
        }
        let vertices = points.vertices();
        let usual = points.usual_interval(&vertices);
        for run in vertices.chunk_by(|a, b| points.is_connected(a.0, b.0, usual)) {
            if run.len() > 1 {
                let run: Vec<Pixel> = run.iter().map(|(_, point)| pixel(point)).collect();
                svg.path(&run, Role::Series, None);
            }
        }
        for point in &points.carried {
            svg.mark(pixel(point), Shape::Dot, Role::Carried, None);
        }
        let newest = points.values.iter().rfind(|point| point.status == Status::Final);
        for point in &points.values {
            let (shape, role) = match line::shape_and_role(point) {
                (Shape::Circle, role) if Some(point) != newest => (Shape::Dot, role),
                shape_and_role => shape_and_role,
            };
            svg.mark(pixel(point), shape, role, None);
        }
        for target in &points.targets {
            svg.mark(pixel(target), Shape::Diamond, Role::Target, None);
        }
    }))
}

/// Draws the latest value above its applicable target, as bars from zero. `None` if they are not comparable.
fn draw_bars<'a>(
    indicator: &'a Indicator,
    key_figures: &KeyFigures<'a>,
    points: &Points<'a>,
    editions: EditionContext<'a>,
) -> Option<String> {
    let mut rows = bars::rows(indicator, key_figures, points, editions)?;
    let latest = key_figures.latest.map(|figure| figure.column);
    let target = key_figures.target.map(|figure| (figure.value, figure.column));
    // The latest value itself may be an interim one.
    rows.retain(|row| match row.role {
        Role::Baseline => false,
        Role::Interim => Some(row.column) == latest,
        Role::Target => Some((row.point.value, row.column)) == target,
        _ => true,
    });
    if !rows.iter().any(|row| row.role == Role::Target) {
        return None;
    }
    let axis = ValueAxis::for_bars(rows.iter().map(|row| row.point.number))?;
    let height = rows.iter().fold(0, |height, _| height + ROW);
    Some(decoration("spark", (WIDTH, height), |svg| {
        let plot = horizontal_axis::plot(&axis, INSET..WIDTH - INSET, height);
        for (i, row) in (0..).zip(&rows) {
            let middle = i * ROW + ROW / 2;
            svg.bar(horizontal_axis::bar_from_zero(&plot, row.point.number, middle), HALF_BAR, row.role, None);
        }
        horizontal_axis::draw_zero(svg, &plot, [0, height]);
    }))
}
