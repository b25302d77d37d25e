//! Parts of a long list: its entries by goal, and by policy within a goal that is still too long.

use super::MAX_ROWS;
use crate::model::{Kind, NodeId, Owner, Report, StrategyIx};
use std::collections::HashMap;

/// Goal or policy whose entries a part of a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Branch {
    /// A goal or policy with everything below it.
    Node(NodeId),
    /// What is directly under a goal whose children have parts of their own.
    Direct(NodeId),
    /// What is under no goal or policy.
    Rest,
}

impl Branch {
    /// Goal or policy of the branch.
    pub fn node(self) -> Option<NodeId> {
        match self {
            Branch::Node(id) | Branch::Direct(id) => Some(id),
            Branch::Rest => None,
        }
    }
}

/// Part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<E> {
    /// Goal or policy of the entries.
    pub branch: Branch,
    /// Top-level goal above the branch; `None` if the branch is itself at the top.
    pub top: Option<NodeId>,
    /// Number of the part, from 1, and position of its first entry, if the entries of the branch fill several parts.
    pub portion: Option<(usize, usize)>,
    /// Entries, in tree order; never empty.
    pub entries: Vec<E>,
}

impl<E> Part<E> {
    /// Path of the part below the folder of its list, unique within it: `goal-1`, `policy-1-2/3`.
    pub fn path(&self, report: &Report) -> String {
        let key = |id: NodeId| format!("{}-{}", report.node(id).kind.key(), report.node(id).id);
        let branch = match self.branch {
            Branch::Node(id) => key(id),
            Branch::Direct(id) => format!("direct-{}", key(id)),
            Branch::Rest => "rest".to_owned(),
        };
        match self.portion {
            Some((number, _)) => format!("{branch}/{number}"),
            None => branch,
        }
    }
}

/// Divides the entries of a list, each with the node to which it belongs, into parts of at most [`MAX_ROWS`].
pub fn divide<E>(report: &Report, ix: StrategyIx, entries: impl IntoIterator<Item = (NodeId, E)>) -> Vec<Part<E>> {
    let mut own: HashMap<Option<NodeId>, Vec<E>> = HashMap::new();
    for (node, entry) in entries {
        own.entry(branch_of(report, node)).or_default().push(entry);
    }
    let tree = tree(report, ix);
    // Sums up from the leaves: every node follows its parent.
    let mut counts: HashMap<NodeId, usize> = HashMap::new();
    for (id, _, _) in tree.iter().rev() {
        let children = report.relations(*id).children.iter().filter_map(|child| counts.get(child));
        let count = own.get(&Some(*id)).map_or(0, Vec::len) + children.sum::<usize>();
        counts.insert(*id, count);
    }
    let mut parts = Vec::new();
    // The branch whose part is being filled, and its depth.
    let mut filled: Option<(Part<E>, usize)> = None;
    for (id, depth, top) in tree {
        if filled.as_ref().is_some_and(|(_, branch_depth)| depth <= *branch_depth) {
            parts.extend(filled.take().map(|(part, _)| part));
        }
        let entries = own.remove(&Some(id)).unwrap_or_default();
        let count = counts.get(&id).copied().unwrap_or_default();
        let top = Some(top).filter(|top| *top != id);
        match &mut filled {
            Some((part, _)) => part.entries.extend(entries),
            None if count <= MAX_ROWS => {
                filled = Some((Part { branch: Branch::Node(id), top, portion: None, entries }, depth));
            }
            None => {
                let branch = if entries.len() == count { Branch::Node(id) } else { Branch::Direct(id) };
                parts.extend(portions(Part { branch, top, portion: None, entries }));
            }
        }
    }
    parts.extend(filled.map(|(part, _)| part));
    let mut rest: Vec<(Option<NodeId>, Vec<E>)> = own.into_iter().collect();
    rest.sort_by_key(|(node, _)| *node);
    let entries = rest.into_iter().flat_map(|(_, entries)| entries).collect();
    parts.extend(portions(Part { branch: Branch::Rest, top: None, portion: None, entries }));
    parts.retain(|part| !part.entries.is_empty());
    parts
}

/// Cuts a part with more than [`MAX_ROWS`] entries, which cannot be divided by goal or policy.
fn portions<E>(part: Part<E>) -> Vec<Part<E>> {
    if part.entries.len() <= MAX_ROWS {
        return vec![part];
    }
    let (branch, top) = (part.branch, part.top);
    let mut entries = part.entries.into_iter();
    let portion = |number: usize| {
        let entries: Vec<E> = entries.by_ref().take(MAX_ROWS).collect();
        let portion = Some((number, (number - 1) * MAX_ROWS + 1));
        (!entries.is_empty()).then_some(Part { branch, top, portion, entries })
    };
    (1..).map_while(portion).collect()
}

/// Goal or policy under which a node is listed: itself, or for a program the owner of the row in which it counts.
/// `None` for a program under no goal or policy.
fn branch_of(report: &Report, id: NodeId) -> Option<NodeId> {
    if report.node(id).kind != Kind::Program {
        return Some(id);
    }
    match report.relations(id).places.iter().find(|place| place.counts)?.owner {
        Owner::Node(owner) => Some(owner),
        Owner::Strategy(_) => None,
    }
}

/// Goals and policies of a strategy in tree order, each with its depth and the top-level node above it.
pub(super) fn tree(report: &Report, ix: StrategyIx) -> Vec<(NodeId, usize, NodeId)> {
    let mut tree = Vec::new();
    let mut stack: Vec<(NodeId, usize, NodeId)> = report.roots(ix).iter().rev().map(|root| (*root, 0, *root)).collect();
    while let Some((id, depth, top)) = stack.pop() {
        tree.push((id, depth, top));
        stack.extend(report.relations(id).children.iter().rev().map(|child| (*child, depth + 1, top)));
    }
    tree
}
