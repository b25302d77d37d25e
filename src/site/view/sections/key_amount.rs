//! The newest sum of money of a strategy, and the goal or policy with the largest part of it.

use crate::model::{AmountKindIx, AmountTable, NodeId, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column;
use crate::site::view::sections::sums::{SumKey, SumKind, SumView};
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, STRATEGY_KEY};
use crate::site::view::values::time::YearView;
use serde::Serialize;

/// Newest sum of a strategy: the last settlement, or else the last phase of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyAmountView<'a> {
    /// Title of the phase: `決算額`.
    pub title: &'a str,
    /// Fiscal year.
    pub year: YearView,
    /// Unit: `千円`.
    pub unit: &'a str,
    /// Sum with each program counted once.
    pub sum: SumView,
    /// True if programs are repeated (再掲), so that `sum` is less than that of all rows.
    pub without_repeats: bool,
    /// Goal or policy without children whose rows have the largest sum. `None` if only one has any amount, if several are
    /// equal, and if programs are repeated: the page of money then states the largest part without repeats, which may be
    /// another one.
    pub largest: Option<LargestPart<'a>>,
}

/// Goal or policy with its sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LargestPart<'a> {
    /// Goal or policy.
    pub node: RefView<'a>,
    /// Sum of all its rows.
    pub sum: SumView,
}

/// Builds the newest sum of a strategy. `None` if no row has an amount that counts.
pub(crate) fn strategy_amount<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> Option<StrategyAmountView<'a>> {
    let report = context.report;
    let sums = context.sums(ix);
    let column = amount_column::newest_sum(report, ix, AmountKindIx::BASE, &sums.whole)?;
    let (year, key) = column;
    let sum = sums.whole.get(&key)?.get(&year)?;
    let mut parts: Vec<_> = leaves(context, ix)
        .into_iter()
        .filter_map(|id| Some((id, *sums.below(id).get(&key)?.get(&year)?)))
        .filter(|(_, sum)| sum.rows > 0)
        .collect();
    parts.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.gross));
    let largest = match &parts[..] {
        [(id, first), (_, second), ..] if first.gross > second.gross && sum.gross == sum.net => {
            let subject = statement::node_key(context, *id);
            SumView::new(context, ix, first, SumKind::Gross, SumKey { subject: &subject, column })
                .map(|sum| LargestPart { node: RefView::of_node(context, ix, *id), sum })
        }
        _ => None,
    };
    Some(StrategyAmountView {
        title: amount_column::phase_title(context, ix, AmountTable::Money, key.phase),
        year: context.year(year),
        unit: amount_column::unit(context, ix, key),
        sum: SumView::new(context, ix, sum, SumKind::Net, SumKey { subject: STRATEGY_KEY, column })?,
        without_repeats: sum.gross != sum.net,
        largest,
    })
}

/// Goals and policies without children, in tree order.
fn leaves(context: &ViewContext<'_>, ix: StrategyIx) -> Vec<NodeId> {
    let mut stack: Vec<NodeId> = context.report.roots(ix).iter().rev().copied().collect();
    let mut leaves = Vec::new();
    while let Some(id) = stack.pop() {
        let children = &context.report.relations(id).children;
        if children.is_empty() {
            leaves.push(id);
        }
        stack.extend(children.iter().rev());
    }
    leaves
}
