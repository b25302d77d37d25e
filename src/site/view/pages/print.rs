//! All of a strategy as one document, for paper: the same parts as on its pages, in the order in
//! which a report is read. Ids of a part begin with that of the part.

use crate::model::{NodeId, Owner, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::pages::node::{NodeView, node};
use crate::site::view::pages::strategy::{StrategyView, strategy};
use crate::site::view::sections::layout::Layout;
use crate::site::{Order, address};
use serde::Serialize;
use std::collections::HashSet;

/// All of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// What its own page shows.
    pub strategy: StrategyView<'a>,
    /// Its goals, policies and programs in the order in which they are read: programs after
    /// the policy where they are at home.
    pub parts: Vec<PrintPart<'a>>,
}

/// A goal, policy or program in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintPart<'a> {
    /// The id of its place: `policy.3`.
    pub anchor: String,
    /// The prefix of all ids in it: `policy.3.`. Those of its view have it, those of templates need it.
    pub ids: String,
    /// How many goals and policies stand above it.
    pub depth: usize,
    /// What its own page shows.
    pub node: NodeView<'a>,
}

pub(crate) fn print<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &Order) -> PrintView<'a> {
    let parts = in_order(context, ix, order).into_iter().map(|(id, depth)| {
        let context = &ViewContext { part: Some(id), terms: None, ..*context };
        let anchor = address::part_anchor(context.report.node(id));
        PrintPart { anchor, ids: context.id(""), depth, node: node(context, id, order) }
    });
    let strategy = strategy(&ViewContext { terms: None, ..*context }, ix, order);
    PrintView { layout: Layout::of_overview(context, ix), strategy, parts: parts.collect() }
}

/// All nodes, each once, with their depth. What stands nowhere comes last.
fn in_order(context: &ViewContext<'_>, ix: StrategyIx, order: &Order) -> Vec<(NodeId, usize)> {
    let report = context.report;
    let mut nodes = Vec::new();
    let programs = |owner: Owner, depth: usize, nodes: &mut Vec<(NodeId, usize)>| {
        for (row, (_, program)) in report.rows(owner).enumerate() {
            let places = &report.relations(program).places;
            if places.iter().any(|place| place.counts && place.owner == owner && place.row == row) {
                nodes.push((program, depth));
            }
        }
    };
    programs(Owner::Strategy(ix), 0, &mut nodes);
    let mut ahead: Vec<(NodeId, usize)> = report.roots(ix).iter().rev().map(|root| (*root, 0)).collect();
    while let Some((id, depth)) = ahead.pop() {
        nodes.push((id, depth));
        programs(Owner::Node(id), depth + 1, &mut nodes);
        ahead.extend(report.relations(id).children.iter().rev().map(|child| (*child, depth + 1)));
    }
    let listed: HashSet<NodeId> = nodes.iter().map(|(id, _)| *id).collect();
    nodes.extend(order.all().into_iter().filter(|id| !listed.contains(id)).map(|id| (id, 0)));
    nodes
}
