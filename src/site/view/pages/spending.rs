//! Amounts by goal and policy: gross as printed, and net with each program counted once.
//!
//! The sums are computed by the site, not printed in the report, and templates say so.

use crate::model::{
    AmountKey, AmountSeries, AmountTable, Decimal, FundingIx, NodeId, Owner, StrategyIx, merged_amounts,
};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column::{self, ColumnKey, columns};
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::sums::{SumKey, SumKind, SumView};
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, STRATEGY_KEY};
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use crate::site::{address, lists};
use crate::totals::{self, FundingSums, Sum, SumsByColumn};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Amounts of a strategy by goal and policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Unit of all amounts: `千円`.
    pub unit: &'a str,
    /// Links to the tables of a large strategy, which have pages of their own; `tables` is then empty.
    pub links: Vec<SpendingLink<'a>>,
    /// Link to the page of money as a whole, if this is the page of one table; else `None`.
    pub whole: Option<String>,
    /// One table for each year, kind of money and phase with an amount, oldest year first.
    pub tables: Vec<SpendingTable<'a>>,
}

/// Link to the page of a table, with its sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingLink<'a> {
    /// Title: `決算額`, `人件費（決算額）`.
    pub title: Cow<'a, str>,
    /// Unit, if it differs from [`SpendingView::unit`].
    pub unit: Option<&'a str>,
    /// Fiscal year.
    pub year: YearView,
    /// Sum of all rows.
    pub gross: SumView,
    /// Sum with each program counted once; `None`, not 0, if no row counts towards it.
    pub net: Option<SumView>,
    /// Link to the page.
    pub href: String,
}

/// One phase of a kind of money in one year, by goal and policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingTable<'a> {
    /// Id of the table's section on the page.
    pub anchor: String,
    /// Id of the phase: `budget`, `settlement`, `plan`, or a declared one.
    pub phase: &'a str,
    /// Id of the kind of money; `None` for what `[money]` itself holds.
    pub money: Option<&'a str>,
    /// Title: `決算額`, `人件費（決算額）`.
    pub title: Cow<'a, str>,
    /// Unit, if it differs from [`SpendingView::unit`].
    pub unit: Option<&'a str>,
    /// Fiscal year.
    pub year: YearView,
    /// Sum of all rows.
    pub gross: SumView,
    /// Sum with each program counted once; `None`, not 0, if no row counts towards it.
    pub net: Option<SumView>,
    /// Difference of `gross` and `net`; `None` if they are equal.
    pub repeated: Option<SumView>,
    /// Number of rows for which the report prints that there is no amount (`-`).
    pub without_amount: usize,
    /// True if the report prints a total for any line.
    pub has_printed: bool,
    /// Goals and policies in tree order, then the rows directly under the strategy if there are any.
    pub lines: Vec<SpendingLine<'a>>,
    /// Titles of the sources of funding (財源) that any row states, in printed order; empty if there are none.
    pub sources: Vec<&'a str>,
}

/// Amounts of a goal or policy with everything below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingLine<'a> {
    /// Goal or policy; `None` for the rows directly under the strategy.
    pub node: Option<RefView<'a>>,
    /// Number of goals above the node.
    pub depth: usize,
    /// True if the node has children, so that its sums contain those of their lines.
    pub has_children: bool,
    /// Total as printed; `None` if the report prints none.
    pub printed: Option<ValueView<'a>>,
    /// Sum of all rows; `None` if no row has an amount.
    pub gross: Option<SumView>,
    /// Sum with each program counted once, at its home row; `None` if no row counts towards it.
    pub net: Option<SumView>,
    /// Sums of all rows by source, one entry for each of [`SpendingTable::sources`]; `None` if no row states any.
    pub funding: Vec<Option<SumView>>,
    /// Lengths of the bars; `None` if the node has children, if the unit is another one, or if there is no sum that a bar
    /// can show.
    pub bar: Option<SpendingBar>,
}

/// Lengths of two bars, in thousandths of the longest bar on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SpendingBar {
    /// Sum of all rows.
    pub gross: u32,
    /// Sum with each program counted once.
    pub net: u32,
}

impl SpendingBar {
    /// Bars of a sum. `None` for sums that a bar cannot show, such as negative ones.
    pub(crate) fn new(sum: Sum, longest: Decimal) -> Option<Self> {
        Some(Self { gross: length(sum.gross, longest)?, net: length(sum.net, longest)? })
    }
}

/// Goal or policy with its sums in all columns.
struct Line<'a> {
    /// Statement key of the node, or of the rows directly under the strategy.
    subject: String,
    node: Option<RefView<'a>>,
    depth: usize,
    has_children: bool,
    printed: AmountSeries<'a>,
    sums: SumsByColumn,
    funding: FundingSums,
}

/// Builds the page of the amounts of a strategy.
pub(crate) fn spending<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> SpendingView<'a> {
    let view = view(context, ix, None);
    if !lists::is_large(context.report, ix) {
        return view;
    }
    let links = view.tables.into_iter().map(|table| SpendingLink {
        href: context.link(&address::spending_table(context.report.strategy(ix), &table.anchor)),
        title: table.title,
        unit: table.unit,
        year: table.year,
        gross: table.gross,
        net: table.net,
    });
    SpendingView { links: links.collect(), tables: Vec::new(), ..view }
}

/// Builds the page of one table of a large strategy.
pub(crate) fn spending_table<'a>(context: &ViewContext<'a>, ix: StrategyIx, column: ColumnKey) -> SpendingView<'a> {
    let mut layout = Layout::of_overview(context, ix);
    let whole = context.link(&address::spending(context.report.strategy(ix)));
    layout.breadcrumb.push(RefView::of_page(context.texts.get("spending"), whole.clone()));
    SpendingView { layout, whole: Some(whole), ..view(context, ix, Some(column)) }
}

/// Builds the tables of all columns, or of `only` one.
fn view<'a>(context: &ViewContext<'a>, ix: StrategyIx, only: Option<ColumnKey>) -> SpendingView<'a> {
    let report = context.report;
    let strategy_totals = totals::sum_strategy(report, ix);
    let keys: BTreeSet<ColumnKey> = columns(&strategy_totals).collect();
    let has_funding = !report.strategy(ix).amounts.funding.is_empty();
    let mut lines = Vec::new();
    let mut stack: Vec<(NodeId, usize)> = report.roots(ix).iter().rev().map(|root| (*root, 0)).collect();
    while let Some((id, depth)) = stack.pop() {
        let children = &report.relations(id).children;
        stack.extend(children.iter().rev().map(|child| (*child, depth + 1)));
        lines.push(Line {
            subject: statement::node_key(context, id),
            node: Some(RefView::of_node(context, ix, id)),
            depth,
            has_children: !children.is_empty(),
            printed: merged_amounts(context.sheets(id), |sheet| &sheet.total),
            sums: totals::sum_node(report, id),
            funding: if has_funding { totals::funding_of_node(report, id) } else { FundingSums::new() },
        });
    }
    let own_rows = totals::sum_rows(report, Owner::Strategy(ix));
    if !own_rows.is_empty() {
        let subject = statement::rows_key(context, Owner::Strategy(ix));
        lines.push(Line {
            subject,
            node: None,
            depth: 0,
            has_children: false,
            printed: AmountSeries::new(),
            sums: own_rows,
            funding: totals::funding_of_rows(report, Owner::Strategy(ix)),
        });
    }
    // All tables share one scale, so that the bars of different years can be compared.
    let leaves = lines.iter().filter(|line| !line.has_children);
    let in_money_unit = |(key, _): &(&AmountKey, _)| own_unit(context, ix, **key).is_none();
    let amounts = leaves.flat_map(|line| line.sums.iter().filter(in_money_unit).flat_map(|(_, years)| years.values()));
    let longest = amounts.map(|sum| sum.gross).max().unwrap_or_default();
    let keys = keys.into_iter().filter(|key| only.is_none_or(|only| only == *key));
    let tables = keys.filter_map(|key| table(context, ix, key, &strategy_totals, &lines, longest));
    SpendingView {
        layout: Layout::of_overview(context, ix),
        unit: &report.strategy(ix).money_unit,
        links: Vec::new(),
        whole: None,
        tables: tables.collect(),
    }
}

/// Builds the table of one column. `None` if no row has an amount in it.
fn table<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    column @ (year, key): ColumnKey,
    strategy_totals: &SumsByColumn,
    lines: &[Line<'a>],
    longest: Decimal,
) -> Option<SpendingTable<'a>> {
    let in_column = |sums: &SumsByColumn| sums.get(&key)?.get(&year).copied().filter(|sum: &Sum| sum.rows > 0);
    let sum = in_column(strategy_totals)?;
    let strategy = context.report.strategy(ix);
    let view = |sum: &Sum, sum_kind: SumKind, subject: &str| {
        SumView::new(context, ix, sum, sum_kind, SumKey { subject, column })
    };
    let (own_unit, unit) = (own_unit(context, ix, key), amount_column::unit(context, ix, key));
    let declared = &strategy.amounts.funding;
    let is_used = |funding: &FundingIx| lines.iter().any(|line| share(line, column, *funding).is_some());
    let used: Vec<FundingIx> = (0..declared.len()).map(FundingIx).filter(is_used).collect();
    let sources = used.iter().filter_map(|ix| declared.get(ix.0)).map(|source| source.title.as_str()).collect();
    let line = |line: &Line<'a>| {
        let funding = used.iter().map(|funding| {
            let (id, amount) = (&declared.get(funding.0)?.id, share(line, column, *funding)?);
            Some(SumView::of_funding(context, ix, id, amount, SumKey { subject: &line.subject, column }))
        });
        let sum = in_column(&line.sums);
        let printed = line.printed.get(&key).and_then(|years| years.get(&year));
        SpendingLine {
            node: line.node.clone(),
            depth: line.depth,
            has_children: line.has_children,
            printed: printed.map(|cell| ValueView::of_money(context, ix, key, *cell)),
            gross: sum.and_then(|sum| view(&sum, SumKind::Gross, &line.subject)),
            net: sum.and_then(|sum| view(&sum, SumKind::Net, &line.subject)),
            funding: funding.collect(),
            bar: sum
                .filter(|_| !line.has_children && own_unit.is_none())
                .and_then(|sum| SpendingBar::new(sum, longest)),
        }
    };
    let lines: Vec<SpendingLine<'a>> = lines.iter().map(line).collect();
    let repeated = sum.gross.saturating_sub(sum.net);
    Some(SpendingTable {
        anchor: lists::spending_anchor(strategy, column),
        phase: amount_column::phase_id(context, ix, key.phase),
        money: amount_column::money_id(context, ix, key),
        title: amount_column::title(context, ix, AmountTable::Money, key),
        unit: own_unit,
        year: context.year(year),
        gross: view(&sum, SumKind::Gross, STRATEGY_KEY)?,
        net: view(&sum, SumKind::Net, STRATEGY_KEY),
        repeated: (!repeated.is_zero()).then(|| SumView::of_amount(context, unit, repeated, sum.interim > 0)),
        without_amount: sum.without_amount,
        sources,
        has_printed: lines.iter().any(|line| line.printed.is_some()),
        lines,
    })
}

/// Unit of a kind of money, if it differs from that of the strategy.
fn own_unit<'a>(context: &ViewContext<'a>, ix: StrategyIx, key: AmountKey) -> Option<&'a str> {
    context.report.strategy(ix).amounts.kind(AmountTable::Money, key.kind)?.unit.as_deref()
}

/// Sum of what a source funds of the rows of a line. `None` if no row states any.
fn share(line: &Line<'_>, column: ColumnKey, funding: FundingIx) -> Option<Decimal> {
    line.funding.get(&column)?.get(&funding).copied()
}

/// Length of a bar in thousandths of the longest. `None` for amounts that a bar cannot show.
fn length(amount: Decimal, longest: Decimal) -> Option<u32> {
    let part = amount.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(longest)?;
    part.round().to_u32()
}
