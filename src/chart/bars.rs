//! Bars: where there are too few points for a line, the latest value against the target.

use super::Context;
use super::across::{AXIS, HALF, draw_axis, draw_zero, plot};
use super::axis::ValueAxis;
use super::element::{Bar, Datum, Rule};
use super::legend::clip;
use super::points::{Point, Points, State};
use super::role::Role;
use super::svg::{Canvas, Drawn, Head, LINE, UNIT, WIDTH, document, text, text_width};
use super::texts::Texts;
use crate::model::{Column, Decimal, Indicator, Series};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::borrow::Cow;

/// The height of a row: its words, its bar, and the way to the next.
const ROW: i32 = LINE + 2 * UNIT + 2 * HALF + 7 * UNIT;
/// Above the first row.
const APART: i32 = 5 * UNIT;
/// What the bars keep from the edges, for their outline.
const INSET: i32 = 2 * UNIT;
/// How far the mark of the target reaches beyond a bar.
const BEYOND: i32 = 3 * UNIT;

/// One bar with its words.
pub(super) struct Row<'a> {
    pub point: Point<'a>,
    pub role: Role,
    name: &'a str,
}

/// Draws the baseline, the latest value and the targets that matter to it. `None` where
/// there is no actual value, or no target, or no axis that can bear them.
pub(super) fn draw(
    indicator: &Indicator,
    series: &Series<'_>,
    points: &Points<'_>,
    context: &Context<'_>,
) -> Option<String> {
    let texts = context.texts;
    let rows = rows(points, series, texts)?;
    let aim = rows.iter().find(|row| row.role == Role::Target)?.point;
    let axis = ValueAxis::for_bars(rows.iter().map(|row| row.point.number))?;
    let unit = indicator.unit.as_deref();

    let mut description = texts.bar_chart(&indicator.name);
    rows.iter().for_each(|row| {
        description.push_str(&texts.series(row.name, std::iter::once(row.point.said())));
    });
    unit.iter().for_each(|unit| description.push_str(&texts.unit_sentence(unit)));
    let title = context.title.map_or_else(|| texts.bars_title(&indicator.name).into(), Cow::Borrowed);
    let bottom = (0..).zip(&rows).fold(APART, |bottom, _: (i32, _)| bottom + ROW);
    let head = Head { kind: "bars", id: context.id, title: &title, description: &description, height: bottom + AXIS };
    document(&head, |canvas| {
        let plot = plot(canvas, &axis, INSET..WIDTH - INSET, bottom);
        draw_axis(canvas, &plot, &axis, bottom, unit, texts)?;
        let mut top = APART;
        for row in &rows {
            draw_words(canvas, row, top, texts)?;
            let middle = top + LINE + 2 * UNIT + HALF;
            let Row { point, role, .. } = row;
            let datum = Some(Datum::Value(point.at, point.number));
            plot.draw(&Bar {
                ends: [(Decimal::ZERO, middle), (point.number, middle)],
                half: HALF,
                role: *role,
                datum,
            })?;
            draw_zero(&plot, (middle - HALF - BEYOND, middle + HALF + BEYOND))?;
            if *role != Role::Target {
                let across = [(aim.number, middle - HALF - BEYOND), (aim.number, middle + HALF + BEYOND)];
                plot.draw(&Rule { ends: across, role: Role::TargetLine, datum: None })?;
            }
            top += ROW;
        }
        Ok(())
    })
}

/// The baseline if it is another value, the latest value, the target it is held against,
/// and the target of the end. `None` without a latest value, or without a target.
pub(super) fn rows<'a>(points: &Points<'a>, series: &Series<'a>, texts: &'a Texts) -> Option<Vec<Row<'a>>> {
    let latest = points.latest(series)?;
    let aim = points.targets.iter().find(|target| target.at == latest.at).or(points.targets.last())?;
    let comparable = |point: &Point<'_>| match (point.at, latest.at) {
        (Column::Year(a), Column::Year(b)) => points.comparable(a, b),
        _ => true,
    };
    let baseline =
        points.measured.iter().find(|point| point.baseline && (point.at, point.number) != (latest.at, latest.number));
    let (name, role) = match latest.state {
        State::Final => (texts.actual, Role::Actual),
        State::Interim => (texts.interim, Role::Interim),
        State::Estimated => (texts.estimated, Role::Estimated),
    };
    let final_target = points.targets.last().filter(|target| target.at != aim.at);
    let mut rows = Vec::with_capacity(4);
    rows.extend(baseline.filter(|point| comparable(point)).map(|point| Row {
        point: *point,
        name: texts.baseline,
        role: Role::Baseline,
    }));
    rows.push(Row { point: latest, name, role });
    let targets = [Some(aim), final_target].into_iter().flatten();
    rows.extend(targets.map(|point| Row { point: *point, name: texts.target, role: Role::Target }));
    Some(rows)
}

/// The words above a bar: what it is and of which year, then the value, in bold by the style sheet.
fn draw_words(canvas: &Canvas<'_>, row: &Row<'_>, top: i32, texts: &Texts) -> Drawn {
    let role = if row.role == Role::Target { Role::TargetLabel } else { Role::Label };
    let name = format!("{} {}", row.name, texts.column(row.point.at));
    let name = clip(&name, WIDTH * 2 / 3);
    let left = text_width(&name) + 8 * UNIT;
    text(canvas, &name, Role::Name, (0, top), Pos::new(HPos::Left, VPos::Top))?;
    match row.point.wordings().find(|words| text_width(words) <= WIDTH.saturating_sub(left)) {
        Some(words) => text(canvas, &words, role, (left, top), Pos::new(HPos::Left, VPos::Top)),
        None => Ok(()),
    }
}
