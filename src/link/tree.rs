//! Linking of goals and policies to their parents.

use super::LinkErrors;
use super::references::resolve_node;
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{Kind, NodeId, Reference, Report, StrategyIx};

/// Sets parents, children and roots. Cycles of parents are reported and broken at their first node.
pub(super) fn link(report: &mut Report, errors: &mut LinkErrors) {
    for ix in (0..report.strategies.len()).map(|i| StrategyIx(i as u32)) {
        let ids: Vec<NodeId> = report.nodes(ix).map(|(id, _)| id).collect();
        for &id in &ids {
            let Some(reference) = report.node(id).parent.clone() else { continue };
            let parent = resolve_node(report, ix, &reference, errors);
            report.relations_mut(id).parent = parent;
        }
        for &id in &ids {
            if is_in_cycle(report, id) {
                errors.diagnostics.extend(report.node(id).parent.as_ref().map(cycle_error));
                report.relations_mut(id).parent = None;
            }
        }
        for id in ids {
            if report.node(id).kind == Kind::Program {
                continue;
            }
            match report.relations(id).parent {
                Some(parent) => report.relations_mut(parent).children.push(id),
                None => report.roots_mut(ix).push(id),
            }
        }
    }
}

/// Returns true if the chain of parents of `id` leads back to it.
fn is_in_cycle(report: &Report, id: NodeId) -> bool {
    let mut ancestor = report.relations(id).parent;
    // Bounds the walk: a chain without a cycle is no longer than the number of nodes.
    for _ in 0..report.strategy(id.strategy).nodes.len() {
        match ancestor {
            Some(node) if node == id => return true,
            Some(node) => ancestor = report.relations(node).parent,
            None => return false,
        }
    }
    false
}

fn cycle_error(reference: &Reference) -> Diagnostic {
    let message = say!(
        ja: "目標の親子関係が循環しています（`{reference}` の上位に、この目標自身があります）",
        en: "the goals form a cycle: this goal is itself an ancestor of `{reference}`"
    );
    Diagnostic::new(Rule::GoalCycle, reference.span, message).rule_help()
}
