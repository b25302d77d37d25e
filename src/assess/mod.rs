//! Assessment of indicators and nodes by the methods that strategies declare; no other method is applied.
//!
//! Computation is exact, in fractions, and thresholds are applied before rounding. If a formula would give a
//! meaningless number, the result is a [`NotComputable`] with the reason. Plain differences need no declared
//! method; they are computed by this program and labelled as such on pages.
//!
//! - this file: which indicators are assessed, from which sheets;
//! - [`direction`](mod@direction): direction of improvement;
//! - [`exact`]: fractions and their formatting;
//! - [`input`]: selection of the actual value, the target and the baseline;
//! - [`not_computable`]: reasons for missing results;
//! - [`formula`]: the methods; [`outcome`]: their results;
//! - [`published_rate`](mod@published_rate): rates of single years, for comparison with published ones;
//! - [`share`]: assessment of nodes by the share of indicators that reached their targets;
//! - [`marks`]: marks from bands, compared with published marks;
//! - [`difference`]: plain differences;
//! - [`operand`]: roles of values in a formula.
//!
//! This module contains no user-visible text: pages format results with the texts of the theme
//! (`site/view/sections/method_result.rs`).

mod difference;
mod direction;
mod exact;
mod formula;
mod input;
mod marks;
mod not_computable;
mod operand;
mod outcome;
mod published_rate;
mod share;

#[cfg(test)]
pub(crate) mod tests;

pub use difference::Difference;
pub use direction::{direction, is_better};
pub use input::FormulaValue;
pub use not_computable::NotComputable;
pub use operand::Operand;
pub use outcome::{Agreement, MarkComparison, Measure, MethodOutcome, PublishedJudgement};
pub use published_rate::{RateOfYear, rate_of_year};
pub use share::{ShareAssessment, assess_share};

use crate::model::{EditionIx, Indicator, IndicatorId, IndicatorKind, Report, Sheet, Strategy, StrategyIx};
use input::AssessmentContext;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Lazily computed assessments of all numeric indicators, and of other indicators that name a method.
///
/// The assessments of a strategy are computed on first access: rendering a single page needs those of one
/// strategy out of possibly hundreds, and assessments of single editions are not needed if no sheet has a
/// permalink page.
#[derive(Debug)]
pub struct Assessments<'r> {
    report: &'r Report,
    merged: Vec<OnceLock<BTreeMap<IndicatorId, Assessment>>>,
    by_edition: Vec<OnceLock<BTreeMap<(IndicatorId, EditionIx), Assessment>>>,
}

/// Computed results of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Index of the declared method in [`Strategy::methods`], and its result. `None` if no method is
    /// declared, or one without computation ([`MethodKind::Declared`](crate::model::MethodKind::Declared)).
    pub result: Option<(usize, Result<MethodOutcome, NotComputable>)>,
    /// Plain differences of the latest actual value to the target, the baseline and the previous value,
    /// as far as these are printed and comparable.
    pub differences: Vec<Difference>,
}

impl<'r> Assessments<'r> {
    /// Assessments of `report`; nothing is computed yet.
    pub fn new(report: &'r Report) -> Self {
        let strategies = report.strategies().count();
        let (merged, by_edition) = (vec![OnceLock::new(); strategies], vec![OnceLock::new(); strategies]);
        Self { report, merged, by_edition }
    }

    /// Assessment of an indicator from all its editions merged; `None` if it is not assessed.
    pub fn assessment(&self, id: IndicatorId) -> Option<&Assessment> {
        let ix = id.node.strategy;
        let compute = || {
            let strategy = self.report.strategy(ix);
            let all = assessed(self.report, ix);
            all.map(|(id, indicator, sheets)| (id, assess(strategy, id, indicator, sheets))).collect()
        };
        self.merged.get(ix.0 as usize)?.get_or_init(compute).get(&id)
    }

    /// Assessment of an indicator from the figures of one edition alone, for the permalink page of its sheet.
    pub fn assessment_in_edition(&self, id: IndicatorId, edition: EditionIx) -> Option<&Assessment> {
        let ix = id.node.strategy;
        let compute = || {
            let strategy = self.report.strategy(ix);
            let all = assessed(self.report, ix).flat_map(|(id, indicator, sheets)| {
                let sheets = sheets.iter().filter(move |sheet| sheet.figures.contains_key(&indicator_index(id)));
                let assess_sheet = move |sheet| assess(strategy, id, indicator, std::slice::from_ref(sheet));
                sheets.map(move |sheet| ((id, sheet.edition), assess_sheet(sheet)))
            });
            all.collect()
        };
        self.by_edition.get(ix.0 as usize)?.get_or_init(compute).get(&(id, edition))
    }
}

/// Assessed indicators of a strategy, with the sheets of their nodes.
fn assessed(report: &Report, ix: StrategyIx) -> impl Iterator<Item = (IndicatorId, &Indicator, &[Sheet])> {
    report.nodes(ix).flat_map(|(id, node)| {
        let indicators = (0..).zip(&node.indicators);
        let assessed = indicators.filter(|(_, it)| it.kind == IndicatorKind::Number || it.method.is_some());
        assessed.map(move |(number, it)| (IndicatorId { node: id, indicator: number }, it, node.sheets.as_slice()))
    })
}

/// Index of an indicator in its node.
fn indicator_index(id: IndicatorId) -> usize {
    id.indicator as usize
}

/// Assesses an indicator from `sheets` of its node.
fn assess(strategy: &Strategy, id: IndicatorId, indicator: &Indicator, sheets: &[Sheet]) -> Assessment {
    let context = AssessmentContext::new(strategy, indicator, indicator_index(id), sheets);
    let method = strategy.method(indicator);
    let index = method.and_then(|method| strategy.methods.iter().position(|known| known.id == method.id));
    let outcome = method.and_then(|method| formula::outcome(&context, method));
    Assessment { result: index.zip(outcome), differences: difference::differences(&context) }
}
