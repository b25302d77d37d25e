//! Print page: a whole strategy as one document, with the sections of its pages in reading order.
//!
//! Ids within the part of a node are prefixed with the anchor of the part.

use crate::model::{NodeId, Owner, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::pages::node::{NodeView, node};
use crate::site::view::pages::strategy::{StrategyView, strategy};
use crate::site::view::sections::layout::Layout;
use crate::site::{ReadingOrder, address};
use serde::Serialize;
use std::collections::HashSet;

/// Print page of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Content of the strategy's own page.
    pub strategy: StrategyView<'a>,
    /// Goals, policies and programs in reading order: programs follow the policy of their home row.
    pub parts: Vec<PrintPart<'a>>,
}

/// Goal, policy or program in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintPart<'a> {
    /// Id of the part: `policy.3`.
    pub anchor: String,
    /// Prefix of all ids within the part: `policy.3.`. Ids in `node` already contain it; templates must add it to their
    /// own.
    pub id_prefix: String,
    /// Number of goals and policies above the node.
    pub depth: usize,
    /// Content of the node's current page.
    pub node: NodeView<'a>,
}

/// Builds the print page of a strategy.
pub(crate) fn print<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &ReadingOrder) -> PrintView<'a> {
    let parts = in_order(context, ix, order).into_iter().map(|(id, depth)| {
        let context = &ViewContext { print_part: Some(id), terms: None, ..*context };
        let anchor = address::part_anchor(context.report.node(id));
        PrintPart { anchor, id_prefix: context.id(""), depth, node: node(context, id, order) }
    });
    let strategy = strategy(&ViewContext { terms: None, ..*context }, ix, order);
    PrintView { layout: Layout::of_overview(context, ix), strategy, parts: parts.collect() }
}

/// All nodes in reading order, each once, with their depth. Nodes in no row and below no root come last.
fn in_order(context: &ViewContext<'_>, ix: StrategyIx, order: &ReadingOrder) -> Vec<(NodeId, usize)> {
    let report = context.report;
    let mut nodes = Vec::new();
    let programs = |owner: Owner, depth: usize, nodes: &mut Vec<(NodeId, usize)>| {
        nodes.extend(report.counted_programs(owner).map(|program| (program, depth)));
    };
    programs(Owner::Strategy(ix), 0, &mut nodes);
    let mut stack: Vec<(NodeId, usize)> = report.roots(ix).iter().rev().map(|root| (*root, 0)).collect();
    while let Some((id, depth)) = stack.pop() {
        nodes.push((id, depth));
        programs(Owner::Node(id), depth + 1, &mut nodes);
        stack.extend(report.relations(id).children.iter().rev().map(|child| (*child, depth + 1)));
    }
    let listed: HashSet<NodeId> = nodes.iter().map(|(id, _)| *id).collect();
    nodes.extend(order.all().into_iter().filter(|id| !listed.contains(id)).map(|id| (id, 0)));
    nodes
}
