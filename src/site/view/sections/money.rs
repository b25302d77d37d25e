//! Tables of money and staff.

use crate::chart;
use crate::model::{
    AmountKey, AmountKind, AmountKindIx, AmountSeries, AmountTable, Amounts, Cell, FiscalYear, FundingIx, FundingShare,
    NodeId, Owner, Phase, Sheet, SubItem, funding_of, merged_amounts,
};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column::{kind_title, phase_title, title};
use crate::site::view::sections::chart_title;
use crate::site::view::sections::key_figures::newest;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::html::Html;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Amounts by year, kind and phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountsView<'a> {
    /// Title of the table: `事業費`, `従事人工`.
    pub title: &'a str,
    /// Unit of all amounts without a unit of their own: `千円`.
    pub unit: &'a str,
    /// Phases with any amount, in column order.
    pub phases: Vec<PhaseView<'a>>,
    /// True if there are amounts of several kinds, which are then named in each line.
    pub has_kinds: bool,
    /// Fiscal years, oldest first, then the amounts over all years.
    pub years: Vec<AmountYear<'a>>,
    /// Chart; `None` for staff, and if there are too few amounts.
    pub chart: Option<ChartView>,
}

/// Phase: a column of amounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseView<'a> {
    /// Id: `budget`, `settlement`, `plan`, or a declared one.
    pub id: &'a str,
    /// Title: `決算額`.
    pub title: &'a str,
}

/// Amounts of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountYear<'a> {
    /// Fiscal year; `None` for the amounts over all years.
    pub year: Option<YearView>,
    /// One line for each kind with an amount in the year; never empty.
    pub lines: Vec<AmountLine<'a>>,
}

/// Amounts of one kind in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountLine<'a> {
    /// Title of the kind: `人件費`.
    pub kind: &'a str,
    /// Unit, if it differs from that of the table.
    pub unit: Option<&'a str>,
    /// Amounts, one for each of [`AmountsView::phases`]; `None` if none was printed.
    pub cells: Vec<Option<ValueView<'a>>>,
}

/// Amounts by source of funding (財源).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundingView<'a> {
    /// Unit of all amounts: `千円`.
    pub unit: &'a str,
    /// Titles of the sources with any amount, in printed order.
    pub sources: Vec<&'a str>,
    /// Amounts with sources, oldest year first.
    pub lines: Vec<FundingLine<'a>>,
    /// Chart of the newest amount; `None` if there are too few sources.
    pub chart: Option<FundingChart>,
}

/// Bars of the sources of one amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundingChart {
    /// Title: `令和6年度の決算額の財源`.
    pub title: String,
    /// SVG.
    pub svg: Html,
}

/// One amount with its sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundingLine<'a> {
    /// Fiscal year; `None` for an amount over all years.
    pub year: Option<YearView>,
    /// Title of the amount: `決算額`, `人件費（決算額）`.
    pub title: Cow<'a, str>,
    /// The amount.
    pub amount: ValueView<'a>,
    /// What each of [`FundingView::sources`] funds; `None` if nothing was printed.
    pub cells: Vec<Option<ValueView<'a>>>,
}

/// Amounts of one sub-item (細事業).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubItemView<'a> {
    /// Name as printed.
    pub name: &'a str,
    /// Its amounts.
    pub money: AmountsView<'a>,
}

/// Cell of a table of amounts; the year is `None` for amounts over all years.
type Cells<'a> = BTreeMap<(AmountKey, Option<FiscalYear>), Cell<'a, Option<FiscalYear>>>;

/// Amounts of the newest edition in each cell.
fn merged<'a>(sheets: &[&'a Sheet], amounts_of: impl Fn(&'a Sheet) -> Option<&'a Amounts>) -> Cells<'a> {
    let mut cells = Cells::new();
    for sheet in sheets {
        let Some(amounts) = amounts_of(sheet) else { continue };
        cells.extend(
            amounts.all().map(|(key, year, value)| ((key, year), Cell { column: year, value, edition: sheet.edition })),
        );
    }
    cells
}

/// Table of the money of a node. `None` if no amount was printed.
pub(crate) fn money<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<AmountsView<'a>> {
    let cells = merged(&context.sheets(id), |sheet| Some(&sheet.money));
    let view = table(context, id, AmountTable::Money, &cells)?;
    Some(AmountsView { chart: chart_of_money(context, id), ..view })
}

/// Chart of what `[money]` itself holds: other kinds have units and magnitudes of their own.
fn chart_of_money(context: &ViewContext<'_>, id: NodeId) -> Option<ChartView> {
    let strategy = context.report.strategy(id.strategy);
    let mut series: AmountSeries<'_> = merged_amounts(context.sheets(id), |sheet| &sheet.money);
    series.retain(|key, _| key.is_base());
    let title = chart_title::of_money(&newest(context, id, &series), context.texts);
    let sentence = chart_title::sentence(&title, context.texts);
    let chart_context = chart::Context {
        id: &context.id("money"),
        title: sentence.as_deref(),
        texts: context.texts,
        editions: strategy.edition_context(),
    };
    let phase_title = |phase: Phase| phase_title(context, id.strategy, AmountTable::Money, phase);
    let chart = chart::money(&series, phase_title, &strategy.money_unit, &chart_context)?;
    Some(ChartView {
        svg: Html(chart.svg),
        cut_axis: chart.cut_axis,
        title,
        stated_differences: 0,
        statement: Html::default(),
    })
}

/// Table of the printed totals of kinds of money other than what `[money]` itself holds, and over all years. `None` if
/// no such total was printed. Other totals are in the table of rows, or in this table if the node has no rows.
pub(crate) fn totals_of_kinds<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<AmountsView<'a>> {
    let mut cells = merged(&context.sheets(id), |sheet| Some(&sheet.total));
    if cells.is_empty() {
        return None;
    }
    let has_rows = !context.rows(id.strategy, Owner::Node(id)).is_empty();
    cells.retain(|(key, year), _| !has_rows || !key.is_base() || year.is_none());
    table(context, id, AmountTable::Total, &cells)
}

/// Table of the staff of a node. `None` if no number was printed.
pub(crate) fn staff<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<AmountsView<'a>> {
    table(context, id, AmountTable::Staff, &merged(&context.sheets(id), |sheet| Some(&sheet.staff)))
}

/// Sub-items of a program with an amount.
pub(crate) fn sub_items<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<SubItemView<'a>> {
    let sheets = context.sheets(id);
    let items = context.report.node(id).items.iter().enumerate();
    let view = |(index, item): (usize, &'a SubItem)| {
        let cells = merged(&sheets, |sheet| sheet.items.get(&index));
        Some(SubItemView { name: &item.name, money: table(context, id, AmountTable::Money, &cells)? })
    };
    items.filter_map(view).collect()
}

fn table<'a>(context: &ViewContext<'a>, id: NodeId, table: AmountTable, cells: &Cells<'a>) -> Option<AmountsView<'a>> {
    let strategy = context.report.strategy(id.strategy);
    let phases: BTreeSet<Phase> = cells.keys().map(|(key, _)| key.phase).collect();
    let kinds: BTreeSet<AmountKindIx> = cells.keys().map(|(key, _)| key.kind).collect();
    let mut years: Vec<Option<FiscalYear>> = cells.keys().map(|(_, year)| *year).collect();
    years.sort_by_key(|year| (year.is_none(), *year));
    years.dedup();
    let line = |year: Option<FiscalYear>, ix: AmountKindIx, kind: &'a AmountKind| {
        let cell = |phase: &Phase| {
            let key = AmountKey { kind: ix, phase: *phase };
            Some(value(context, id, table, key, *cells.get(&(key, year))?))
        };
        let cells: Vec<_> = phases.iter().map(cell).collect();
        let is_printed = cells.iter().any(Option::is_some);
        is_printed.then(|| AmountLine { kind: kind_title(context, table, kind), unit: kind.unit.as_deref(), cells })
    };
    let year = |year: &Option<FiscalYear>| {
        let declared = kinds.iter().filter_map(|ix| Some((*ix, strategy.amounts.kind(table, *ix)?)));
        AmountYear {
            year: year.map(|year| context.year(year)),
            lines: declared.filter_map(|(ix, kind)| line(*year, ix, kind)).collect(),
        }
    };
    let phase = |phase: &Phase| PhaseView {
        id: strategy.amounts.phase_key(table, *phase),
        title: phase_title(context, id.strategy, table, *phase),
    };
    let base = strategy.amounts.kind(table, AmountKindIx::BASE)?;
    let has_kinds = kinds.iter().any(|kind| *kind != AmountKindIx::BASE);
    let unit = match table {
        AmountTable::Money | AmountTable::Total => strategy.money_unit.as_str(),
        AmountTable::Staff => context.texts.get("staff_unit"),
    };
    let title_of_table = match table {
        AmountTable::Money => context.texts.get("money"),
        AmountTable::Staff => context.texts.get("staff"),
        AmountTable::Total if has_kinds => context.texts.get("totals_of_kinds"),
        AmountTable::Total => context.texts.get("total_printed"),
    };
    (!cells.is_empty()).then(|| AmountsView {
        // A table of a single kind is about that kind.
        title: base.title.as_deref().filter(|_| !has_kinds).unwrap_or(title_of_table),
        unit: base.unit.as_deref().filter(|_| !has_kinds).unwrap_or(unit),
        phases: phases.iter().map(phase).collect(),
        has_kinds,
        years: years.iter().map(year).collect(),
        chart: None,
    })
}

fn value<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    table: AmountTable,
    key: AmountKey,
    cell: Cell<'a, Option<FiscalYear>>,
) -> ValueView<'a> {
    match (cell.column, table) {
        (None, _) => ValueView::of_share(context, id.strategy, key, cell.value),
        (Some(column), AmountTable::Staff) => {
            let cell = Cell { column, value: cell.value, edition: cell.edition };
            ValueView::of_amount(context, id.strategy, key.is_result(), cell)
        }
        (Some(column), AmountTable::Money | AmountTable::Total) => {
            let cell = Cell { column, value: cell.value, edition: cell.edition };
            ValueView::of_money(context, id.strategy, key, cell)
        }
    }
}

/// Sources of the money of a node, or of the totals of its rows. `None` if none was printed.
pub(crate) fn funding<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<FundingView<'a>> {
    let strategy = context.report.strategy(id.strategy);
    if strategy.amounts.funding.is_empty() {
        return None;
    }
    let sheets = context.sheets(id);
    let money = merged(&sheets, |sheet| Some(&sheet.money));
    let table: fn(&Sheet) -> &Amounts = if money.is_empty() { |sheet| &sheet.total } else { |sheet| &sheet.money };
    let mut cells = merged(&sheets, |sheet| Some(table(sheet)));
    let funding = |key, year| funding_of(sheets.iter().copied(), table, key, year);
    cells.retain(|(key, year), _| !funding(*key, *year).is_empty());
    let used: BTreeSet<FundingIx> =
        cells.keys().flat_map(|(key, year)| funding(*key, *year)).map(|share| share.funding).collect();
    let mut ordered: Vec<_> = cells.iter().collect();
    ordered.sort_by_key(|((key, year), _)| (year.is_none(), *year, *key));
    let line = |((key, year), cell): (&(AmountKey, Option<FiscalYear>), &Cell<'a, Option<FiscalYear>>)| {
        let shares = funding(*key, *year);
        let share = |funding: &FundingIx| shares.iter().find(|share| share.funding == *funding);
        let share = |funding: &FundingIx| Some(ValueView::of_share(context, id.strategy, *key, &share(funding)?.value));
        FundingLine {
            year: year.map(|year| context.year(year)),
            title: title(context, id.strategy, AmountTable::Money, *key),
            amount: value(context, id, AmountTable::Money, *key, *cell),
            cells: used.iter().map(share).collect(),
        }
    };
    let newest = ordered.iter().rev().find(|((key, year), _)| key.is_base() && year.is_some());
    let chart = newest.and_then(|((key, year), _)| chart_of_funding(context, id, *key, (*year)?, funding(*key, *year)));
    let source = |ix: &FundingIx| strategy.amounts.funding.get(ix.0).map(|source| source.title.as_str());
    (!cells.is_empty()).then(|| FundingView {
        unit: &strategy.money_unit,
        sources: used.iter().filter_map(source).collect(),
        lines: ordered.into_iter().map(line).collect(),
        chart,
    })
}

/// Bars of the sources of one amount.
fn chart_of_funding(
    context: &ViewContext<'_>,
    id: NodeId,
    key: AmountKey,
    year: FiscalYear,
    shares: &[FundingShare],
) -> Option<FundingChart> {
    let strategy = context.report.strategy(id.strategy);
    let name = title(context, id.strategy, AmountTable::Money, key);
    let title = context.texts.fill("title_funding", &[("amount", &name), ("year", &context.year(year).name)]);
    let chart_context = chart::Context {
        id: &context.id("funding"),
        title: Some(&title),
        texts: context.texts,
        editions: strategy.edition_context(),
    };
    let source = |share: &FundingShare| strategy.amounts.funding.get(share.funding.0);
    let bars = shares.iter().filter_map(|share| Some((source(share)?.title.as_str(), &share.value)));
    let chart = chart::funding(&bars.collect::<Vec<_>>(), &strategy.money_unit, &chart_context)?;
    Some(FundingChart { title, svg: Html(chart.svg) })
}
