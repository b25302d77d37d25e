//! Chart of the sources of an amount of money (財源), with one labelled bar each.

use super::Context;
use super::axis::ValueAxis;
use super::element::Datum;
use super::horizontal_axis::{AXIS, HALF_BAR, bar_from_zero, draw_axis, draw_zero, plot};
use super::legend::truncate;
use super::money::{GUTTER, MIN_PLOT_WIDTH, ROW, label};
use super::role::Role;
use super::svg::{SvgHeader, WIDTH, document, text_width};
use super::wording::Wording;
use crate::model::{Decimal, Value, YearKind};
use plotters::coord::CoordTranslate;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Draws `sources`, each a title with its amount. `None` if fewer than two are numbers, or without a legible axis.
pub(super) fn draw(sources: &[(&str, &Value)], unit: &str, context: &Context<'_>) -> Option<String> {
    let wording = Wording::new(context.texts, YearKind::Fiscal);
    let numbers: Vec<Decimal> = sources.iter().filter_map(|(_, value)| value.decimal()).collect();
    if numbers.len() < 2 {
        return None;
    }
    let axis = ValueAxis::for_bars(numbers)?;
    let name_width = WIDTH / 3;
    let left = sources.iter().map(|(title, _)| text_width(title)).max()?.min(name_width) + GUTTER;
    let label_width = sources.iter().map(|(_, value)| text_width(&label(value))).max()?;
    let right = (WIDTH - GUTTER).saturating_sub(label_width).max(left + MIN_PLOT_WIDTH);
    let bottom = sources.iter().fold(0, |height, _| height + ROW);
    let title = context.title.unwrap_or(wording.text("chart_money_title"));
    let description = description(sources, unit, title, &wording);
    let head = SvgHeader { kind: "funding", id: context.id, title, description: &description, height: bottom + AXIS };
    Some(document(&head, |svg| {
        let plot = plot(&axis, left..right, bottom);
        draw_zero(svg, &plot, [0, bottom]);
        draw_axis(svg, &plot, &axis, bottom, Some(unit), &wording);
        for (i, (title, value)) in (0..).zip(sources) {
            let middle = i * ROW + ROW / 2;
            svg.text(&truncate(title, name_width), Role::Name, (0, middle), Pos::new(HPos::Left, VPos::Center));
            let number = value.decimal();
            if let Some(number) = number {
                svg.bar(bar_from_zero(&plot, number, middle), HALF_BAR, Role::Settlement, None::<Datum>);
            }
            let (x, y) = plot.translate(&(number.unwrap_or_default().max(Decimal::ZERO), middle));
            let (text, role) = match number {
                Some(_) => (label(value).into(), Role::Label),
                None => (truncate(value.printed_without_period(), WIDTH - x - GUTTER), Role::Missing),
            };
            svg.text(&text, role, (x + GUTTER, y), Pos::new(HPos::Left, VPos::Center));
        }
    }))
}

fn description(sources: &[(&str, &Value)], unit: &str, title: &str, wording: &Wording<'_>) -> String {
    let mut out = wording.named("chart_of_bars", title);
    for (title, value) in sources.iter().filter(|(_, value)| value.decimal().is_some()) {
        out.push_str(&wording.value(title, value.printed.trim()));
    }
    out + &wording.unit(unit)
}
