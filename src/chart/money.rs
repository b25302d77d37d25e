//! Chart of amounts, with one bar per fiscal year and phase.

use super::Context;
use super::UNIT;
use super::axis::ValueAxis;
use super::element::Datum;
use super::horizontal_axis::{AXIS, HALF_BAR, bar_from_zero, draw_axis, draw_zero, plot};
use super::legend::truncate;
use super::points::plain;
use super::role::Role;
use super::svg::{LINE, Svg, SvgHeader, WIDTH, document, text_width};
use super::wording::{Wording, short_year};
use crate::model::{AmountKey, AmountSeries, Cell, Column, Decimal, FiscalYear, Phase, PhaseKind, Value, YearKind};
use plotters::coord::CoordTranslate;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::collections::BTreeMap;

/// Height of a row.
pub(super) const ROW: i32 = 18 * UNIT;
/// Space between two years.
const YEAR_GAP: i32 = 7 * UNIT;
/// Space between the texts of a row and its bar.
pub(super) const GUTTER: i32 = 6 * UNIT;
/// Minimum width of the plot in which bars are comparable.
pub(super) const MIN_PLOT_WIDTH: i32 = 80 * UNIT;

type Amount<'a> = (AmountKey, Cell<'a, FiscalYear>);

/// Draws `amounts`. `None` if fewer than two are numbers, or without a legible axis.
pub(super) fn draw<'t>(
    amounts: &AmountSeries<'_>,
    phase_title: &dyn Fn(Phase) -> &'t str,
    unit: &str,
    context: &Context<'_>,
) -> Option<String> {
    let wording = Wording::new(context.texts, YearKind::Fiscal);
    let years = by_year(amounts);
    let all = || years.values().flatten();
    let numbers: Vec<Decimal> = all().filter_map(|(_, cell)| cell.value.decimal()).collect();
    if numbers.len() < 2 {
        return None;
    }
    let axis = ValueAxis::for_bars(numbers)?;

    let year_width = years.keys().flat_map(|year| short_year(*year)).map(|line| text_width(&line)).max()?;
    let name_left = year_width + GUTTER;
    let left = name_left + amounts.keys().map(|key| text_width(phase_title(key.phase))).max()? + GUTTER;
    let label_width = all().map(|(_, cell)| text_width(&label(cell.value))).max()?;
    let right = (WIDTH - GUTTER).saturating_sub(label_width).max(left + MIN_PLOT_WIDTH);

    let rows = |amounts: &[Amount<'_>]| amounts.iter().fold(0, |height, _| height + ROW).max(2 * LINE);
    let bottom = years.values().fold(0, |height, amounts| height + rows(amounts) + YEAR_GAP);
    let title = context.title.unwrap_or(wording.text("chart_money_title"));
    let description = description(amounts, phase_title, unit, context);
    let head = SvgHeader { kind: "money", id: context.id, title, description: &description, height: bottom + AXIS };
    Some(document(&head, |svg| {
        let plot = plot(&axis, left..right, bottom);
        draw_zero(svg, &plot, [0, bottom]);
        draw_axis(svg, &plot, &axis, bottom, Some(unit), &wording);
        let mut top = YEAR_GAP / 2;
        for (year, amounts) in &years {
            draw_year(svg, &short_year(*year), top);
            for (i, (key, cell)) in (0..).zip(amounts) {
                let middle = top + i * ROW + ROW / 2;
                let name = phase_title(key.phase);
                svg.text(name, Role::Name, (name_left, middle), Pos::new(HPos::Left, VPos::Center));
                let number = cell.value.decimal();
                if let Some(number) = number {
                    let datum = Some(Datum::Value(Column::Year(*year), number));
                    svg.bar(bar_from_zero(&plot, number, middle), HALF_BAR, role(key.phase.kind), datum);
                }
                let end = number.unwrap_or_default().max(Decimal::ZERO);
                let (x, y) = plot.translate(&(end, middle));
                let room = WIDTH - x - GUTTER;
                let (text, role) = match number {
                    Some(_) => (label(cell.value).into(), Role::Label),
                    None => (truncate(cell.value.printed_without_period(), room), Role::Missing),
                };
                if text_width(&text) <= room {
                    svg.text(&text, role, (x + GUTTER, y), Pos::new(HPos::Left, VPos::Center));
                }
            }
            top += rows(amounts) + YEAR_GAP;
        }
    }))
}

/// Draws a year in two lines, to the left of its rows.
fn draw_year(svg: &mut Svg, lines: &[String; 2], top: i32) {
    for (i, line) in (0..).zip(lines).filter(|(_, line)| !line.is_empty()) {
        svg.text(line, Role::Year, (0, top + i * LINE), Pos::new(HPos::Left, VPos::Top));
    }
}

/// Amounts by year and, within a year, by phase. Phases without a cell in a year are omitted.
fn by_year<'a>(amounts: &AmountSeries<'a>) -> BTreeMap<FiscalYear, Vec<Amount<'a>>> {
    let mut years: BTreeMap<FiscalYear, Vec<Amount<'a>>> = BTreeMap::new();
    for (key, row) in amounts {
        for (year, cell) in row {
            years.entry(*year).or_default().push((*key, *cell));
        }
    }
    years
}

/// Label of an amount: as printed, or the plain number if the printed text is long; empty for a missing amount.
pub(super) fn label(value: &Value) -> String {
    let printed = value.printed_without_period();
    match value.decimal() {
        Some(number) if text_width(printed) > WIDTH / 3 => plain(number),
        Some(_) => printed.to_owned(),
        None => String::new(),
    }
}

const fn role(kind: PhaseKind) -> Role {
    match kind {
        PhaseKind::Budget => Role::Budget,
        PhaseKind::Settlement => Role::Settlement,
        PhaseKind::Plan => Role::Plan,
    }
}

fn description<'t>(
    amounts: &AmountSeries<'_>,
    phase_title: &dyn Fn(Phase) -> &'t str,
    unit: &str,
    context: &Context<'_>,
) -> String {
    let wording = Wording::new(context.texts, YearKind::Fiscal);
    let mut out = wording.named("chart_of_bars", wording.text("chart_money_title"));
    for (key, row) in amounts {
        let numeric = row.iter().filter(|(_, cell)| cell.value.decimal().is_some());
        let values = numeric.map(|(year, cell)| (Column::Year(*year), cell.value.printed.trim()));
        out.push_str(&wording.series(phase_title(key.phase), values));
    }
    out + &wording.unit(unit)
}
