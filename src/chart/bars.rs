//! Bullet chart of the latest value and its targets, for indicators with too few points for a line. Values are bars,
//! targets are ticks; the tick of the applicable target is repeated on the bars of the values that it is compared with.

use super::Context;
use super::UNIT;
use super::axis::ValueAxis;
use super::element::Datum;
use super::horizontal_axis::{AXIS, HALF_BAR, bar_from_zero, draw_axis, draw_zero, plot, vertical_line};
use super::legend::truncate;
use super::points::{Point, Points};
use super::role::Role;
use super::svg::{LINE, Svg, SvgHeader, WIDTH, document, text_width};
use super::wording::Wording;
use crate::model::{Column, EditionContext, Figure, Indicator, KeyFigures, Status, comparable};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::borrow::Cow;

/// Height of a row: text, bar and the space to the next row.
const ROW: i32 = LINE + 2 * UNIT + 2 * HALF_BAR + 7 * UNIT;
/// Space above the first row.
const TOP_MARGIN: i32 = 5 * UNIT;
/// Margin between bars and edges, which leaves room for outlines.
const INSET: i32 = 2 * UNIT;
/// Length by which the mark of the target extends beyond a bar.
const OVERHANG: i32 = 2 * UNIT;
/// Half the height of the bar of the baseline, which is thinner than those of later values.
const HALF_BASELINE: i32 = 4 * UNIT;

/// Bar with its text.
pub(super) struct LabelledBar<'a> {
    pub point: Point<'a>,
    pub role: Role,
    /// Table column of the value.
    pub(super) column: Column,
    /// True if the applicable target is marked on the bar.
    has_target_mark: bool,
}

impl<'a> LabelledBar<'a> {
    /// Name of the value: its series, or the printed label of an estimate.
    fn name(&self, wording: &Wording<'a>) -> &'a str {
        match self.role {
            Role::Target => wording.text("target"),
            Role::Baseline => wording.text("chart_baseline"),
            Role::Interim => wording.interim(),
            _ => self.point.estimate().unwrap_or_else(|| wording.text("actual")),
        }
    }
}

/// Draws the baseline, the latest value and the targets comparable with it. `None` without such a target or without
/// a legible axis.
pub(super) fn draw(
    indicator: &Indicator,
    key_figures: &KeyFigures<'_>,
    points: &Points<'_>,
    context: &Context<'_>,
) -> Option<String> {
    let wording = Wording::new(context.texts, indicator.year_kind);
    let rows = rows(indicator, key_figures, points, context.editions)?;
    let applicable = key_figures.target.map(|target| (target.value, target.column));
    let target = rows.iter().find(|row| Some((row.point.value, row.column)) == applicable).map(|row| row.point);
    let axis = ValueAxis::for_bars(rows.iter().map(|row| row.point.number))?;
    let unit = indicator.unit.as_deref();

    let mut description = wording.named("chart_of_bars", &indicator.name);
    rows.iter().for_each(|row| {
        description.push_str(&wording.series(row.name(&wording), std::iter::once(row.point.column_and_value())));
    });
    unit.iter().for_each(|unit| description.push_str(&wording.unit(unit)));
    let title = context.title.map_or_else(|| wording.named("chart_bars_title", &indicator.name).into(), Cow::Borrowed);
    let bottom = (0..).zip(&rows).fold(TOP_MARGIN, |bottom, _: (i32, _)| bottom + ROW);
    let head =
        SvgHeader { kind: "bars", id: context.id, title: &title, description: &description, height: bottom + AXIS };
    Some(document(&head, |svg| {
        let plot = plot(&axis, INSET..WIDTH - INSET, bottom);
        draw_axis(svg, &plot, &axis, bottom, unit, &wording);
        let mut top = TOP_MARGIN;
        for row in &rows {
            draw_text(svg, row, top, &wording);
            let middle = top + LINE + 2 * UNIT + HALF_BAR;
            let LabelledBar { point, role, .. } = row;
            let datum = Some(Datum::Value(point.at, point.number));
            let ends = [middle - HALF_BAR - OVERHANG, middle + HALF_BAR + OVERHANG];
            let line = bar_from_zero(&plot, point.number, middle);
            match role {
                Role::Target => {
                    svg.path(&line, Role::Leader, None);
                    svg.path(&vertical_line(&plot, point.number, ends), Role::Target, datum);
                }
                Role::Baseline => svg.bar(line, HALF_BASELINE, *role, datum),
                _ => svg.bar(line, HALF_BAR, *role, datum),
            }
            draw_zero(svg, &plot, ends);
            if let Some(target) = target.filter(|_| row.has_target_mark) {
                svg.path(&vertical_line(&plot, target.number, ends), Role::Target, None);
            }
            top += ROW;
        }
    }))
}

/// Rows from top to bottom: the baseline if it differs from the latest value, the latest value, a later interim value,
/// and every target comparable with the latest value. `None` without such a target.
pub(super) fn rows<'a>(
    indicator: &'a Indicator,
    key_figures: &KeyFigures<'a>,
    points: &Points<'a>,
    editions: EditionContext<'a>,
) -> Option<Vec<LabelledBar<'a>>> {
    let latest = key_figures.latest?;
    let point = |figure: &Figure<'a>| Point::of(figure, indicator, editions);
    let row = |point: Point<'a>, column: Column, role: Role, has_target_mark: bool| LabelledBar {
        point,
        role,
        column,
        has_target_mark,
    };
    let latest_point = point(&latest)?;
    // An interim value is compared as if it were final, so that its targets are drawn. Its bar has
    // no target mark.
    let is_final = latest.status == Status::Final;
    let latest = Figure { status: Status::Final, ..latest };
    let targets = points.targets.iter().filter_map(|target| {
        let figure = Figure::target(editions, target.cell);
        comparable(indicator, &latest, &figure).ok()?;
        Some(row(*target, figure.column, Role::Target, false))
    });
    let targets: Vec<LabelledBar<'a>> = targets.collect();
    if targets.is_empty() {
        return None;
    }
    let baseline = points.baseline.filter(|figure| comparable(indicator, &latest, figure).is_ok());
    let baseline = baseline.and_then(|figure| Some((point(&figure)?, figure.column)));
    let baseline = baseline.filter(|(point, _)| (point.at, point.number) != (latest_point.at, latest_point.number));
    let interim = key_figures.interim.and_then(|figure| Some((point(&figure)?, figure.column)));
    let mut rows = Vec::with_capacity(targets.len() + 3);
    rows.extend(baseline.map(|(point, column)| row(point, column, Role::Baseline, true)));
    let role = match latest_point.estimate() {
        _ if !is_final => Role::Interim,
        Some(_) => Role::Estimated,
        None => Role::Actual,
    };
    rows.push(row(latest_point, latest.column, role, is_final));
    rows.extend(interim.map(|(point, column)| row(point, column, Role::Interim, false)));
    rows.extend(targets);
    Some(rows)
}

/// Draws the text above a bar: name and column, then the value, which the style sheet sets in bold.
fn draw_text<'a>(svg: &mut Svg, row: &LabelledBar<'a>, top: i32, wording: &Wording<'a>) {
    let role = if row.role == Role::Target { Role::TargetLabel } else { Role::Label };
    let name = format!("{} {}", row.name(wording), wording.column(row.point.at));
    let name = truncate(&name, WIDTH * 2 / 3);
    let left = text_width(&name) + 8 * UNIT;
    svg.text(&name, Role::Name, (0, top), Pos::new(HPos::Left, VPos::Top));
    if let Some(text) = row.point.label_texts().find(|text| text_width(text) <= WIDTH.saturating_sub(left)) {
        svg.text(&text, role, (left, top), Pos::new(HPos::Left, VPos::Top));
    }
}
