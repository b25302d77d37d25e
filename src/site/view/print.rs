//! All of a strategy as one document, for paper: the same parts as on its pages, in the order in
//! which a report is read. Ids of a part begin with that of the part.

use super::here::Here;
use super::layout::Layout;
use super::node::{NodeView, node};
use super::strategy::{StrategyView, strategy};
use crate::model::{NodeId, Owner, StrategyIx};
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

pub(crate) fn print<'a>(here: &Here<'a>, ix: StrategyIx, order: &Order) -> PrintView<'a> {
    let parts = in_order(here, ix, order).into_iter().map(|(id, depth)| {
        let here = &Here { part: Some(id), terms: None, ..*here };
        let anchor = address::part_anchor(here.report.node(id));
        PrintPart { anchor, ids: here.id(""), depth, node: node(here, id, order) }
    });
    let strategy = strategy(&Here { terms: None, ..*here }, ix, order);
    PrintView { layout: Layout::of_overview(here, ix), strategy, parts: parts.collect() }
}

/// All nodes, each once, with their depth. What stands nowhere comes last.
fn in_order(here: &Here<'_>, ix: StrategyIx, order: &Order) -> Vec<(NodeId, usize)> {
    let report = here.report;
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
