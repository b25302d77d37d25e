//! Progress, measured by the method that the strategy declares, and by no other.
//!
//! What is computed is computed exactly, in fractions, and decided before it is rounded.
//! Where a formula would give a number that says nothing, a [`Guard`] says why in its place.
//! Plain differences need no method; they are ours, and the pages say so.
//!
//! - this file: which indicators are assessed, from which sheets;
//! - [`exact`]: fractions, and how they are shown;
//! - [`input`]: the actual value, the target and the baseline that are compared;
//! - [`guard`]: why there is no number;
//! - [`formula`]: the methods;
//! - [`verdict`]: marks from bands, beside those that were published;
//! - [`difference`]: plain differences;
//! - [`words`]: what the methods are called;
//! - [`explanation`]: all of it in words, for pages.

mod difference;
mod exact;
mod explanation;
mod formula;
mod guard;
mod input;
mod verdict;
mod words;

#[cfg(test)]
mod tests;

pub use difference::{Amount, Difference};
pub use exact::{Rate, Shown};
pub use explanation::{Explanation, InputLine, MarkLine};
pub use formula::{Formula, Measure, Outcome};
pub use guard::Guard;
pub use input::{Input, Role};
pub use verdict::{Agreement, Verdict};

use crate::model::{
    EditionIx, Indicator, IndicatorId, IndicatorKind, Judgement, Node, NodeId, Report, Series, Sheet, Strategy,
    StrategyIx,
};
use input::Given;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What is computed of all indicators: over all editions, and from each edition alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assessments {
    running: BTreeMap<IndicatorId, Assessment>,
    editions: BTreeMap<(IndicatorId, EditionIx), Assessment>,
}

/// What is computed of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The result of the declared method, as a place in [`Strategy::methods`] with what it
    /// gave. `None` where no method is declared, or one by which nothing is computed.
    pub result: Option<(usize, Result<Outcome, Guard>)>,
    /// Plain differences of the newest actual value to the target, to the baseline and to
    /// the value before it; of these, what the report prints.
    pub differences: Vec<Difference>,
}

impl Assessments {
    /// Of an indicator, from all its editions merged.
    pub fn of(&self, indicator: IndicatorId) -> Option<&Assessment> {
        self.running.get(&indicator)
    }

    /// Of an indicator, from what one edition printed: for the permanent page of its sheet.
    pub fn in_edition(&self, indicator: IndicatorId, edition: EditionIx) -> Option<&Assessment> {
        self.editions.get(&(indicator, edition))
    }

    /// All running assessments, in the order of the report.
    pub fn iter(&self) -> impl Iterator<Item = (IndicatorId, &Assessment)> {
        self.running.iter().map(|(id, assessment)| (*id, assessment))
    }
}

/// The assessments of a report, those of each strategy computed when one of them is first asked
/// for: a single page needs those of one strategy, where there are hundreds.
#[derive(Debug)]
pub struct OnDemand<'r> {
    report: &'r Report,
    strategies: Vec<OnceLock<Assessments>>,
}

impl<'r> OnDemand<'r> {
    /// Those of `report`, none of which is computed yet.
    pub fn new(report: &'r Report) -> Self {
        Self { report, strategies: report.strategies().map(|_| OnceLock::new()).collect() }
    }

    /// As [`Assessments::of`].
    pub fn of(&self, indicator: IndicatorId) -> Option<&Assessment> {
        self.strategy(indicator.node.strategy)?.of(indicator)
    }

    /// As [`Assessments::in_edition`].
    pub fn in_edition(&self, indicator: IndicatorId, edition: EditionIx) -> Option<&Assessment> {
        self.strategy(indicator.node.strategy)?.in_edition(indicator, edition)
    }

    fn strategy(&self, ix: StrategyIx) -> Option<&Assessments> {
        let assess = || {
            let mut assessments = Assessments::default();
            assessments.add_strategy(self.report, ix);
            assessments
        };
        Some(self.strategies.get(ix.0 as usize)?.get_or_init(assess))
    }
}

/// Assesses every indicator in numbers, and every other that names a method.
pub fn assess(report: &Report) -> Assessments {
    let mut assessments = Assessments::default();
    report.strategies().for_each(|(ix, _)| assessments.add_strategy(report, ix));
    assessments
}

impl Assessments {
    fn add_strategy(&mut self, report: &Report, ix: StrategyIx) {
        let strategy = report.strategy(ix);
        for (id, node) in report.nodes(ix) {
            for (place, indicator) in node.indicators.iter().enumerate() {
                if indicator.kind == IndicatorKind::Number || indicator.method.is_some() {
                    self.add(strategy, id, node, place, indicator);
                }
            }
        }
    }

    fn add(&mut self, strategy: &Strategy, node_id: NodeId, node: &Node, place: usize, indicator: &Indicator) {
        let Ok(number) = u32::try_from(place) else { return };
        let id = IndicatorId { node: node_id, indicator: number };
        let judged = |edition: EditionIx| {
            let sheet = node.sheets.iter().find(|sheet| sheet.edition == edition);
            sheet.map_or(&[][..], |sheet| judgements(sheet, place))
        };
        let series = Series::merged(node, place);
        self.running.insert(id, assessment(&Given { strategy, indicator, series: &series, judged: &judged }));
        for sheet in node.sheets.iter().filter(|sheet| sheet.figures.contains_key(&place)) {
            let series = Series::of_sheet(sheet, place);
            let judged = |_| judgements(sheet, place);
            let given = Given { strategy, indicator, series: &series, judged: &judged };
            self.editions.insert((id, sheet.edition), assessment(&given));
        }
    }
}

fn judgements(sheet: &Sheet, place: usize) -> &[Judgement] {
    sheet.figures.get(&place).map_or(&[], |figures| &figures.judgements)
}

fn assessment(given: &Given<'_>) -> Assessment {
    let methods = &given.strategy.methods;
    let method = given.strategy.method(given.indicator);
    let place = method.and_then(|method| methods.iter().position(|known| known.id == method.id));
    let outcome = method.and_then(|method| formula::outcome(given, method));
    Assessment { result: place.zip(outcome), differences: difference::differences(given) }
}
