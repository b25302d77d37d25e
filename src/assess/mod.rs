//! Progress, measured by the method that the strategy declares, and by no other.
//!
//! What is computed is computed exactly, in fractions, and decided before it is rounded.
//! Where a formula would give a number that says nothing, a [`NotComputable`] says why in its place.
//! Plain differences need no method; they are ours, and the pages say so.
//!
//! - this file: which indicators are assessed, from which sheets;
//! - [`exact`]: fractions, and how they are shown;
//! - [`input`]: the actual value, the target and the baseline that are compared;
//! - [`not_computable`]: why there is no number;
//! - [`formula`]: the methods; [`outcome`]: what they give;
//! - [`marks`]: marks from bands, beside those that were published;
//! - [`difference`]: plain differences;
//! - [`operand`]: what the values of a formula are.
//!
//! Nothing is worded here: pages do so with the texts of the theme (`site/view/sections/method_result.rs`).

mod difference;
mod exact;
mod formula;
mod input;
mod marks;
mod not_computable;
mod operand;
mod outcome;

#[cfg(test)]
pub(crate) mod tests;

pub use difference::Difference;
pub use input::Input;
pub use not_computable::NotComputable;
pub use operand::Operand;
pub use outcome::{Agreement, MarkComparison, Measure, MethodOutcome};

use crate::model::{EditionIx, Indicator, IndicatorId, IndicatorKind, Report, Sheet, Strategy, StrategyIx};
use input::AssessmentInput;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The assessments of a report: of every indicator in numbers, and of every other that names a method.
///
/// Those of each strategy are computed when one of them is first asked for: a single page needs
/// those of one strategy, where there are hundreds; and where no sheet has a page of its own,
/// those of single editions are never asked for.
#[derive(Debug)]
pub struct Assessments<'r> {
    report: &'r Report,
    merged: Vec<OnceLock<BTreeMap<IndicatorId, Assessment>>>,
    of_editions: Vec<OnceLock<BTreeMap<(IndicatorId, EditionIx), Assessment>>>,
}

/// What is computed of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The result of the declared method, as a place in [`Strategy::methods`] with what it
    /// gave. `None` where no method is declared, or one by which nothing is computed.
    pub result: Option<(usize, Result<MethodOutcome, NotComputable>)>,
    /// Plain differences of the newest actual value to the target, to the baseline and to
    /// the value before it; of these, what the report prints.
    pub differences: Vec<Difference>,
}

impl<'r> Assessments<'r> {
    /// Those of `report`, none of which is computed yet.
    pub fn new(report: &'r Report) -> Self {
        let strategies = report.strategies().count();
        let (merged, of_editions) = (vec![OnceLock::new(); strategies], vec![OnceLock::new(); strategies]);
        Self { report, merged, of_editions }
    }

    /// Of an indicator, from all its editions merged.
    pub fn of(&self, id: IndicatorId) -> Option<&Assessment> {
        let ix = id.node.strategy;
        let compute = || {
            let strategy = self.report.strategy(ix);
            let all = assessed(self.report, ix);
            all.map(|(id, indicator, sheets)| (id, assessment(strategy, id, indicator, sheets))).collect()
        };
        self.merged.get(ix.0 as usize)?.get_or_init(compute).get(&id)
    }

    /// Of an indicator, from what one edition printed: for the permanent page of its sheet.
    pub fn in_edition(&self, id: IndicatorId, edition: EditionIx) -> Option<&Assessment> {
        let ix = id.node.strategy;
        let compute = || {
            let strategy = self.report.strategy(ix);
            let all = assessed(self.report, ix).flat_map(|(id, indicator, sheets)| {
                let sheets = sheets.iter().filter(move |sheet| sheet.figures.contains_key(&place(id)));
                let alone = move |sheet| assessment(strategy, id, indicator, std::slice::from_ref(sheet));
                sheets.map(move |sheet| ((id, sheet.edition), alone(sheet)))
            });
            all.collect()
        };
        self.of_editions.get(ix.0 as usize)?.get_or_init(compute).get(&(id, edition))
    }
}

/// The indicators of a strategy that are assessed, with the sheets of their nodes.
fn assessed(report: &Report, ix: StrategyIx) -> impl Iterator<Item = (IndicatorId, &Indicator, &[Sheet])> {
    report.nodes(ix).flat_map(|(id, node)| {
        let indicators = (0..).zip(&node.indicators);
        let assessed = indicators.filter(|(_, it)| it.kind == IndicatorKind::Number || it.method.is_some());
        assessed.map(move |(number, it)| (IndicatorId { node: id, indicator: number }, it, node.sheets.as_slice()))
    })
}

/// The place of an indicator in its node.
fn place(id: IndicatorId) -> usize {
    id.indicator as usize
}

/// What is computed of an indicator from `sheets` of its node.
fn assessment(strategy: &Strategy, id: IndicatorId, indicator: &Indicator, sheets: &[Sheet]) -> Assessment {
    let given = AssessmentInput::new(strategy, indicator, place(id), sheets);
    let method = strategy.method(indicator);
    let index = method.and_then(|method| strategy.methods.iter().position(|known| known.id == method.id));
    let outcome = method.and_then(|method| formula::outcome(&given, method));
    Assessment { result: index.zip(outcome), differences: difference::differences(&given) }
}
