//! Division of the other long pages of a strategy: its print document, the pages of its editions, its page of money.

use super::parts::tree;
use super::{MAX_ROWS, Part, divide};
use crate::model::{AmountKey, AmountTable, FiscalYear, Kind, NodeId, Owner, Report, Strategy, StrategyIx};
use crate::site::ReadingOrder;
use crate::totals;
use std::collections::{BTreeSet, HashSet};

/// Document with a part of a strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Top-level goal or policy; `None` for programs under no goal or policy.
    pub root: Option<NodeId>,
    /// Nodes in reading order, with their depth.
    pub nodes: Vec<(NodeId, usize)>,
}

impl Document {
    /// Path of the document below the folder of print documents.
    pub fn path(&self, report: &Report) -> String {
        path(report, self.root)
    }
}

fn path(report: &Report, root: Option<NodeId>) -> String {
    match root {
        Some(root) => format!("{}-{}", report.node(root).kind.key(), report.node(root).id),
        None => "rest".to_owned(),
    }
}

/// Path of the document with a program of a divided strategy, as in [`documents`], without dividing the strategy.
pub fn document_of(report: &Report, program: NodeId) -> String {
    let counted = report.relations(program).places.iter().find(|place| place.counts);
    let mut root = counted.and_then(|place| match place.owner {
        Owner::Node(owner) => Some(owner),
        Owner::Strategy(_) => None,
    });
    let mut seen = Vec::new();
    while let Some(parent) = root.and_then(|node| report.relations(node).parent).filter(|node| !seen.contains(node)) {
        seen.push(parent);
        root = Some(parent);
    }
    path(report, root)
}

/// Returns true if a strategy has more than [`MAX_ROWS`] programs. Its print document, the pages of its editions and its
/// page of money are then divided.
pub fn is_large(report: &Report, ix: StrategyIx) -> bool {
    report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program).nth(MAX_ROWS).is_some()
}

/// Documents of a strategy by top-level goal or policy; empty if the strategy is a single document.
pub fn documents(report: &Report, ix: StrategyIx, order: &ReadingOrder) -> Vec<Document> {
    if !is_large(report, ix) {
        return Vec::new();
    }
    let roots: HashSet<NodeId> = report.roots(ix).iter().copied().collect();
    let (mut documents, mut rest): (Vec<Document>, Vec<(NodeId, usize)>) = (Vec::new(), Vec::new());
    for (id, depth) in in_order(report, ix, order) {
        if roots.contains(&id) {
            documents.push(Document { root: Some(id), nodes: vec![(id, depth)] });
        } else if let Some(document) = documents.last_mut().filter(|_| depth > 0) {
            document.nodes.push((id, depth));
        } else {
            rest.push((id, depth));
        }
    }
    if !rest.is_empty() {
        documents.push(Document { root: None, nodes: rest });
    }
    documents
}

/// Parts of the page of an edition by goal and policy; empty if the page is not divided.
pub fn edition_parts(report: &Report, ix: StrategyIx, order: &ReadingOrder) -> Vec<Part<NodeId>> {
    if !is_large(report, ix) {
        return Vec::new();
    }
    divide(report, ix, order.all().into_iter().map(|id| (id, id)))
}

/// Columns of money of a large strategy, each with a page of its own for its table by goal and policy. Empty if the
/// strategy has a single page of money.
pub fn spending_columns(report: &Report, ix: StrategyIx) -> BTreeSet<(FiscalYear, AmountKey)> {
    if !is_large(report, ix) {
        return BTreeSet::new();
    }
    let sums = totals::sum_strategy(report, ix);
    let columns = sums.iter().flat_map(|(key, years)| years.iter().map(move |(year, sum)| ((*year, *key), sum.rows)));
    columns.filter(|(_, rows)| *rows > 0).map(|(column, _)| column).collect()
}

/// Anchor of the table of a column of money, and name of its own page.
pub fn spending_anchor(strategy: &Strategy, (year, key): (FiscalYear, AmountKey)) -> String {
    format!("{}-{}", strategy.amounts.key(AmountTable::Money, key).replace('.', "-"), year.short())
}

/// All nodes in reading order, each once, with their depth: programs follow the policy of their home row. Nodes in no
/// row and below no root come last.
pub fn in_order(report: &Report, ix: StrategyIx, order: &ReadingOrder) -> Vec<(NodeId, usize)> {
    let mut nodes = Vec::new();
    let programs = |owner: Owner, depth: usize, nodes: &mut Vec<(NodeId, usize)>| {
        nodes.extend(report.counted_programs(owner).map(|program| (program, depth)));
    };
    programs(Owner::Strategy(ix), 0, &mut nodes);
    for (id, depth, _) in tree(report, ix) {
        nodes.push((id, depth));
        programs(Owner::Node(id), depth + 1, &mut nodes);
    }
    let listed: HashSet<NodeId> = nodes.iter().map(|(id, _)| *id).collect();
    nodes.extend(order.all().into_iter().filter(|id| !listed.contains(id)).map(|id| (id, 0)));
    nodes
}
