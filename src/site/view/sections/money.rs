//! Tables of money and staff.

use crate::chart;
use crate::model::{AmountSeries, Cell, FiscalYear, NodeId, StaffKind, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::chart_title;
use crate::site::view::sections::key_figures::newest;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::html::Html;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;
use std::collections::BTreeSet;

/// Amounts by year and kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountsView<'a> {
    /// Unit of all amounts: `千円`. `None` for staff.
    pub unit: Option<&'a str>,
    /// Kinds with any amount, in column order: `budget`, `settlement`, `actual`, `plan`.
    pub kinds: Vec<&'static str>,
    /// Keys of the column titles in the texts of the theme: `settlement`, `staff_actual`.
    pub title_keys: Vec<&'static str>,
    /// One line for each fiscal year, oldest first.
    pub lines: Vec<AmountLine<'a>>,
    /// Chart; `None` for staff, and if there are too few amounts.
    pub chart: Option<ChartView>,
}

/// Amounts of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountLine<'a> {
    /// Fiscal year.
    pub year: YearView,
    /// Amounts, one for each of [`AmountsView::kinds`].
    pub cells: Vec<AmountCell<'a>>,
}

/// Amount of one kind in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountCell<'a> {
    /// Kind.
    pub kind: &'static str,
    /// Amount as printed; `None` if none was printed.
    pub value: Option<ValueView<'a>>,
}

/// Table of the money of a node. `None` if no amount was printed.
pub(crate) fn money<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<AmountsView<'a>> {
    let series = merged_amounts(context.sheets(id), |sheet| &sheet.money);
    let strategy = context.report.strategy(id.strategy);
    let texts = context.texts;
    let title = chart_title::of_money(&newest(context, id.strategy, &series), context.texts);
    let sentence = chart_title::sentence(&title, context.texts);
    let chart_context = chart::Context {
        id: &context.id("money"),
        title: sentence.as_deref(),
        texts,
        editions: strategy.edition_context(),
    };
    let svg = chart::money(&series, &strategy.money_unit, &chart_context).map(|chart| Html(chart.svg));
    let chart = svg.map(|svg| ChartView { svg, title, stated_differences: 0, statement: Html::default() });
    let view = table(
        &series,
        |kind, cell| ValueView::of_money(context, id.strategy, kind, cell),
        context,
        |kind| (kind.key(), kind.title_key()),
    )?;
    Some(AmountsView { unit: Some(&strategy.money_unit), chart, ..view })
}

/// Table of the staff of a node in full-time equivalents. `None` if no number was printed.
pub(crate) fn staff<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<AmountsView<'a>> {
    let series = merged_amounts(context.sheets(id), |sheet| &sheet.staff);
    let value = |kind: StaffKind, cell| ValueView::of_amount(context, id.strategy, kind.is_result(), cell);
    let title = |kind: StaffKind| match kind {
        StaffKind::Budget => "staff_budget",
        StaffKind::Actual => "staff_actual",
        StaffKind::Plan => "staff_planned",
    };
    table(&series, value, context, |kind| (kind.key(), title(kind)))
}

fn table<'a, K: Copy + Ord>(
    series: &AmountSeries<'a, K>,
    value: impl Fn(K, Cell<'a, FiscalYear>) -> ValueView<'a>,
    context: &ViewContext<'a>,
    names: impl Fn(K) -> (&'static str, &'static str),
) -> Option<AmountsView<'a>> {
    let years: BTreeSet<FiscalYear> = series.values().flat_map(|years| years.keys().copied()).collect();
    let kinds: Vec<K> = series.iter().filter(|(_, years)| !years.is_empty()).map(|(kind, _)| *kind).collect();
    let cell = |kind: K, year: FiscalYear| {
        let cell = series.get(&kind).and_then(|years| years.get(&year));
        AmountCell { kind: names(kind).0, value: cell.map(|cell| value(kind, *cell)) }
    };
    let line = |year: FiscalYear| AmountLine {
        year: context.year(year),
        cells: kinds.iter().map(|kind| cell(*kind, year)).collect(),
    };
    let lines: Vec<AmountLine<'a>> = years.into_iter().map(line).collect();
    let (kinds, title_keys) = kinds.iter().map(|kind| names(*kind)).unzip();
    (!lines.is_empty()).then_some(AmountsView { unit: None, kinds, title_keys, lines, chart: None })
}
