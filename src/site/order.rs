//! Reading order of the nodes of a strategy, for lists and for links to the previous and next page.

use crate::model::{Kind, NodeId, Owner, Report, StrategyIx};
use std::collections::HashSet;

/// Nodes of a strategy by kind, each kind in tree order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadingOrder {
    goals: Vec<NodeId>,
    policies: Vec<NodeId>,
    programs: Vec<NodeId>,
}

impl ReadingOrder {
    /// Empty order, for pages outside any strategy.
    pub(crate) const NONE: Self = Self { goals: Vec::new(), policies: Vec::new(), programs: Vec::new() };

    /// Computes the reading order of a strategy.
    ///
    /// Programs are sorted by the row in which their amounts count ([`Place::counts`](crate::model::Place::counts)).
    /// Programs without a row and nodes not reachable from any root come last.
    pub fn new(report: &Report, strategy: StrategyIx) -> Self {
        let mut order = Self::default();
        let mut stack: Vec<NodeId> = report.roots(strategy).iter().rev().copied().collect();
        let mut owners = vec![Owner::Strategy(strategy)];
        while let Some(id) = stack.pop() {
            order.of_kind_mut(report.node(id).kind).push(id);
            owners.push(Owner::Node(id));
            stack.extend(report.relations(id).children.iter().rev());
        }
        for owner in owners {
            order.programs.extend(report.counted_programs(owner));
        }
        let lists = [&order.goals, &order.policies, &order.programs];
        let listed: HashSet<NodeId> = lists.into_iter().flatten().copied().collect();
        for (id, node) in report.nodes(strategy).filter(|(id, _)| !listed.contains(id)) {
            order.of_kind_mut(node.kind).push(id);
        }
        order
    }

    /// Nodes of one kind, in reading order.
    pub fn of_kind(&self, kind: Kind) -> &[NodeId] {
        match kind {
            Kind::Goal => &self.goals,
            Kind::Policy => &self.policies,
            Kind::Program => &self.programs,
        }
    }

    /// All nodes: goals first, then policies, then programs.
    pub fn all(&self) -> Vec<NodeId> {
        [&self.goals[..], &self.policies, &self.programs].concat()
    }

    fn of_kind_mut(&mut self, kind: Kind) -> &mut Vec<NodeId> {
        match kind {
            Kind::Goal => &mut self.goals,
            Kind::Policy => &mut self.policies,
            Kind::Program => &mut self.programs,
        }
    }

    /// Previous and next node of the same kind; `None` at either end of the list.
    pub fn neighbours(&self, kind: Kind, id: NodeId) -> (Option<NodeId>, Option<NodeId>) {
        let list = self.of_kind(kind);
        let Some(index) = list.iter().position(|other| *other == id) else { return (None, None) };
        let before = index.checked_sub(1).and_then(|i| list.get(i)).copied();
        (before, list.get(index + 1).copied())
    }
}
