//! Money by goal and policy: gross as printed, and net with each program counted once.
//!
//! The sums are ours, not the report's, and templates say so.

use crate::model::{AmountSeries, Decimal, MoneyKind, NodeId, Owner, StrategyIx, merged_amounts};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::sums::{ColumnKey, SumView, Summed, Way};
use crate::site::view::values::facts::WHOLE;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use crate::totals::{self, Sum, Totals};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a strategy costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// The unit of all amounts.
    pub unit: &'a str,
    /// A table for each kind of money in each year, oldest first.
    pub tables: Vec<SpendingTable<'a>>,
}

/// One kind of money in one year, by goal and policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingTable<'a> {
    /// The id of its place on the page.
    pub anchor: String,
    /// `budget`, `settlement` or `plan`.
    pub kind: &'static str,
    /// The year.
    pub year: YearView,
    /// The sum of all rows.
    pub gross: SumView,
    /// The sum with each program counted once.
    pub net: Option<SumView>,
    /// How much less that is; none where both are the same.
    pub repeated: Option<SumView>,
    /// How many rows have no amount.
    pub without_amount: usize,
    /// Whether any total was printed.
    pub has_printed: bool,
    /// The goals and policies, and what stands directly under the strategy.
    pub lines: Vec<SpendingLine<'a>>,
}

/// What one goal or policy costs, with all below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendingLine<'a> {
    /// The goal or policy; none for the rows directly under the strategy.
    pub node: Option<RefView<'a>>,
    /// How many goals stand above it.
    pub depth: usize,
    /// Whether others stand below it, so that it sums up their lines.
    pub sums_up: bool,
    /// The total as printed.
    pub printed: Option<ValueView<'a>>,
    /// The sum of all its rows; none where there is no amount.
    pub gross: Option<SumView>,
    /// The sum with each program counted once, where it is at home.
    pub net: Option<SumView>,
    /// Bars in thousandths of the longest of all tables; none where others stand below it.
    pub bar: Option<SpendingBar>,
}

/// The lengths of two bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SpendingBar {
    /// The sum of all rows.
    pub gross: u32,
    /// The sum with each program counted once.
    pub net: u32,
}

impl SpendingBar {
    /// The bars of a sum. `None` for what bars cannot show.
    pub(crate) fn new(sum: Sum, longest: Decimal) -> Option<Self> {
        Some(Self { gross: length(sum.gross, longest)?, net: length(sum.net, longest)? })
    }
}

/// A goal or policy with its sums in all columns.
struct Line<'a> {
    of: String,
    node: Option<RefView<'a>>,
    depth: usize,
    sums_up: bool,
    printed: AmountSeries<'a, MoneyKind>,
    sums: Totals,
}

pub(crate) fn spending<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> SpendingView<'a> {
    let report = context.report;
    let whole = totals::of_strategy(report, ix);
    let keys: BTreeSet<ColumnKey> = crate::site::view::sections::sums::columns(&whole).collect();
    let mut lines = Vec::new();
    let mut ahead: Vec<(NodeId, usize)> = report.roots(ix).iter().rev().map(|root| (*root, 0)).collect();
    while let Some((id, depth)) = ahead.pop() {
        let children = &report.relations(id).children;
        ahead.extend(children.iter().rev().map(|child| (*child, depth + 1)));
        lines.push(Line {
            of: crate::site::view::values::facts::node_key(context, id),
            node: Some(RefView::of_node(context, ix, id)),
            depth,
            sums_up: !children.is_empty(),
            printed: merged_amounts(context.sheets(id), |sheet| &sheet.total),
            sums: totals::of_node(report, id),
        });
    }
    let own = totals::of_rows(report, Owner::Strategy(ix));
    if !own.is_empty() {
        let of = crate::site::view::values::facts::rows_key(context, Owner::Strategy(ix));
        lines.push(Line { of, node: None, depth: 0, sums_up: false, printed: AmountSeries::new(), sums: own });
    }
    // One scale for all tables: the bars of two years can be compared.
    let leaves = lines.iter().filter(|line| !line.sums_up);
    let amounts = leaves.flat_map(|line| line.sums.values().flat_map(BTreeMap::values));
    let longest = amounts.map(|sum| sum.gross).max().unwrap_or_default();
    let tables = keys.into_iter().filter_map(|key| table(context, ix, key, &whole, &lines, longest));
    SpendingView {
        layout: Layout::of_overview(context, ix),
        unit: &report.strategy(ix).money_unit,
        tables: tables.collect(),
    }
}

/// `None` where no row has an amount.
fn table<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    (year, kind): ColumnKey,
    whole: &Totals,
    lines: &[Line<'a>],
    longest: Decimal,
) -> Option<SpendingTable<'a>> {
    let in_column = |sums: &Totals| sums.get(&kind)?.get(&year).copied().filter(|sum: &Sum| sum.rows > 0);
    let sum = in_column(whole)?;
    let column = (year, kind);
    let view = |sum: &Sum, way: Way, of: &str| SumView::new(context, ix, sum, way, Summed { of, column });
    let line = |line: &Line<'a>| {
        let sum = in_column(&line.sums);
        let printed = line.printed.get(&kind).and_then(|years| years.get(&year));
        SpendingLine {
            node: line.node.clone(),
            depth: line.depth,
            sums_up: line.sums_up,
            printed: printed.map(|cell| ValueView::of_money(context, ix, kind, *cell)),
            gross: sum.and_then(|sum| view(&sum, Way::Gross, &line.of)),
            net: sum.and_then(|sum| view(&sum, Way::Net, &line.of)),
            bar: sum.filter(|_| !line.sums_up).and_then(|sum| SpendingBar::new(sum, longest)),
        }
    };
    let lines: Vec<SpendingLine<'a>> = lines.iter().map(line).collect();
    let repeated = sum.gross.saturating_sub(sum.net);
    Some(SpendingTable {
        anchor: format!("{}-{}", kind.key(), year.short()),
        kind: kind.key(),
        year: context.year(year),
        gross: view(&sum, Way::Gross, WHOLE)?,
        net: view(&sum, Way::Net, WHOLE),
        repeated: (!repeated.is_zero()).then(|| SumView::of_amount(context, ix, repeated, sum.interim > 0)),
        without_amount: sum.without_amount,
        has_printed: lines.iter().any(|line| line.printed.is_some()),
        lines,
    })
}

/// How long a bar is, in thousandths of the longest. `None` for what a bar cannot show.
fn length(amount: Decimal, longest: Decimal) -> Option<u32> {
    let part = amount.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(longest)?;
    part.round().to_u32()
}
