//! Linking of indicators to those that they lead to.

use super::LinkErrors;
use super::references::resolve;
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{Chains, IndicatorId, NodeId, Reference, ReferenceTarget, Report, StrategyIx};

/// Sets the chains of indicators. A link that would close a cycle is reported and left out.
pub(super) fn link(report: &mut Report, errors: &mut LinkErrors) {
    let mut chains = Chains::default();
    for ix in (0..report.strategies.len()).map(|i| StrategyIx(i as u32)) {
        for (id, node) in report.nodes(ix) {
            for (index, indicator) in node.indicators.iter().enumerate() {
                for reference in &indicator.leads_to {
                    link_indicator(report, id, index, reference, &mut chains, errors);
                }
            }
        }
    }
    report.chains = chains;
}

fn link_indicator(
    report: &Report,
    id: NodeId,
    index: usize,
    reference: &Reference,
    chains: &mut Chains,
    errors: &mut LinkErrors,
) {
    let from = IndicatorId::new(id, index);
    if let Some(ReferenceTarget::Indicator(to)) = resolve(report, id.strategy, reference, errors)
        && !chains.add(from, to)
    {
        let message = say!(
            ja: "指標のつながりが循環しています（`{reference}` をたどると、この指標に戻ります）",
            en: "the indicators form a cycle: `{reference}` leads back to this indicator"
        );
        errors.add(Diagnostic::new(Rule::IndicatorCycle, reference.span, message).rule_help());
    }
}
