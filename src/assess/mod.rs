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
pub use explanation::{Explanation, InputLine};
pub use formula::{Measure, Outcome};
pub use guard::Guard;
pub use input::Role;
pub use verdict::Agreement;

use crate::model::{
    EditionIx, Indicator, IndicatorId, IndicatorKind, Judgement, Node, Report, Series, Sheet, Standing, StrategyIx,
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
    /// The result of the declared method, as a place in [`Strategy::methods`](crate::model::Strategy::methods) with what it
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
}

/// The assessments of a report, those of each strategy computed when one of them is first asked
/// for: a single page needs those of one strategy, where there are hundreds; and where no sheet has a
/// page of its own, those of single editions are never asked for.
#[derive(Debug)]
pub struct OnDemand<'r> {
    report: &'r Report,
    running: Vec<OnceLock<Assessments>>,
    editions: Vec<OnceLock<Assessments>>,
}

impl<'r> OnDemand<'r> {
    /// Those of `report`, none of which is computed yet.
    pub fn new(report: &'r Report) -> Self {
        let none = || report.strategies().map(|_| OnceLock::new()).collect();
        Self { report, running: none(), editions: none() }
    }

    /// As [`Assessments::of`].
    pub fn of(&self, indicator: IndicatorId) -> Option<&Assessment> {
        let ix = indicator.node.strategy;
        let all = self.running.get(ix.0 as usize)?;
        all.get_or_init(|| Assessments::running(self.report, ix)).of(indicator)
    }

    /// As [`Assessments::in_edition`].
    pub fn in_edition(&self, indicator: IndicatorId, edition: EditionIx) -> Option<&Assessment> {
        let ix = indicator.node.strategy;
        let all = self.editions.get(ix.0 as usize)?;
        all.get_or_init(|| Assessments::by_edition(self.report, ix)).in_edition(indicator, edition)
    }
}

/// Assesses every indicator in numbers, and every other that names a method.
pub fn assess(report: &Report) -> Assessments {
    let mut assessments = Assessments::default();
    for (ix, _) in report.strategies() {
        assessments.running.append(&mut Assessments::running(report, ix).running);
        assessments.editions.append(&mut Assessments::by_edition(report, ix).editions);
    }
    assessments
}

impl Assessments {
    /// Those of one strategy from all its editions merged.
    fn running(report: &Report, ix: StrategyIx) -> Self {
        let strategy = report.strategy(ix);
        let assess = |Place { id, node, place, indicator }: Place<'_>| {
            let judged: Vec<_> = node.sheets.iter().map(|sheet| (sheet.edition, judgements(sheet, place))).collect();
            let series = Series::merged(node, place);
            let standing = Standing::of(strategy.timeline(), &series);
            let as_of = |edition: EditionIx| {
                Series::of_sheets(node.sheets.iter().filter(|sheet| sheet.edition <= edition), place)
            };
            let given = Given { strategy, indicator, series: &series, standing, judged: &judged, as_of: &as_of };
            (id, assessment(&given))
        };
        Self { running: assessed(report, ix).map(assess).collect(), ..Self::default() }
    }

    /// Those of one strategy from each edition alone.
    fn by_edition<'r>(report: &'r Report, ix: StrategyIx) -> Self {
        let strategy = report.strategy(ix);
        let assess = |Place { id, node, place, indicator }: Place<'r>| {
            let sheets = node.sheets.iter().filter(move |sheet| sheet.figures.contains_key(&place));
            sheets.map(move |sheet| {
                let series = Series::of_sheet(sheet, place);
                let judged = [(sheet.edition, judgements(sheet, place))];
                let standing = Standing::of(strategy.timeline(), &series);
                let as_of = |_| Series::of_sheet(sheet, place);
                let given = Given { strategy, indicator, series: &series, standing, judged: &judged, as_of: &as_of };
                ((id, sheet.edition), assessment(&given))
            })
        };
        Self { editions: assessed(report, ix).flat_map(assess).collect(), ..Self::default() }
    }
}

/// Where an indicator stands.
struct Place<'r> {
    id: IndicatorId,
    node: &'r Node,
    /// In the node.
    place: usize,
    indicator: &'r Indicator,
}

/// The indicators of a strategy that are assessed.
fn assessed(report: &Report, ix: StrategyIx) -> impl Iterator<Item = Place<'_>> {
    report.nodes(ix).flat_map(|(node_id, node)| {
        let places = (0..).zip(node.indicators.iter().enumerate());
        let assessed = places.filter(|(_, (_, it))| it.kind == IndicatorKind::Number || it.method.is_some());
        assessed.map(move |(number, (place, indicator))| Place {
            id: IndicatorId { node: node_id, indicator: number },
            node,
            place,
            indicator,
        })
    })
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
