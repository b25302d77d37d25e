//! Assessment of a node by the share of its indicators that reached their targets (`kind = "share-reached"`).

use super::exact::{Rate, integer};
use super::formula;
use super::input::AssessmentContext;
use super::marks;
use super::not_computable::NotComputable;
use super::outcome::{Agreement, MarkComparison, Measure, PublishedJudgement};
use crate::model::{
    EditionIx, IndicatorKind, KeyFigures, Method, Node, NodeId, Report, ScaleIx, Sheet, Stage, Strategy, Verdict,
    decisive, state_reached,
};

/// Result of the method of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareAssessment<'r> {
    /// The method.
    pub method: &'r Method,
    /// Indices of the indicators that reached their targets.
    pub reached: Vec<usize>,
    /// Indices of the indicators that did not reach their targets.
    pub missed: Vec<usize>,
    /// Indices of the other indicators, for which neither can be said.
    pub undecided: Vec<usize>,
    /// Share of `reached` in `reached` and `missed`, with its mark; an error if both are empty.
    pub result: Result<(Rate, Option<MarkComparison>), NotComputable>,
}

/// Assesses a node by the default method of its kind, from the sheet of one `edition` or, without one, from all sheets.
/// `None` if its strategy declares no such method, or if the node has no indicators.
pub fn assess_share(report: &Report, id: NodeId, edition: Option<EditionIx>) -> Option<ShareAssessment<'_>> {
    let (strategy, node) = (report.strategy(id.strategy), report.node(id));
    let method = strategy.method_of_nodes(node.kind).filter(|_| !node.indicators.is_empty())?;
    let sheets = match edition {
        Some(edition) => node.sheet(edition).map(std::slice::from_ref).unwrap_or_default(),
        None => &node.sheets,
    };
    let (mut reached, mut missed, mut undecided) = (Vec::new(), Vec::new(), Vec::new());
    for index in 0..node.indicators.len() {
        let group = match reaches_target(strategy, node, index, sheets, method) {
            Some(true) => &mut reached,
            Some(false) => &mut missed,
            None => &mut undecided,
        };
        group.push(index);
    }
    let counted = |count: usize| integer(i64::try_from(count).unwrap_or(i64::MAX));
    let rate = Rate::new(&counted(reached.len()), &counted(reached.len() + missed.len()));
    let result = rate.ok_or(NotComputable::NoDecidedIndicator).map(|rate| {
        let scale = method.scale.filter(|_| !method.bands.is_empty());
        let marks = scale.map(|scale| {
            let mark = marks::mark(method, &Measure::Rate(rate.clone()), None);
            compare(mark, published(strategy, sheets, scale).filter(|_| undecided.is_empty()))
        });
        (rate, marks)
    });
    Some(ShareAssessment { method, reached, missed, undecided, result })
}

/// Whether an indicator reached its target; `None` if neither can be said.
fn reaches_target(strategy: &Strategy, node: &Node, index: usize, sheets: &[Sheet], method: &Method) -> Option<bool> {
    let indicator = node.indicators.get(index)?;
    let context = AssessmentContext::new(strategy, indicator, index, sheets);
    match indicator.kind {
        IndicatorKind::Number => formula::reaches_target(&context, method).ok(),
        IndicatorKind::State => {
            let target = context.chosen_figure(method.target).ok();
            state_reached(indicator, &KeyFigures { target, ..context.key_figures })
        }
        IndicatorKind::Text => None,
    }
}

/// Marks of the newest of `sheets` on a scale, if its edition is final: by year if there are any for the year of the
/// edition.
fn published(strategy: &Strategy, sheets: &[Sheet], scale: ScaleIx) -> Option<(PublishedJudgement, Vec<usize>)> {
    let sheet = sheets.last()?;
    let edition = strategy.editions.get(sheet.edition.0).filter(|edition| edition.stage == Stage::Final)?;
    let of_scale = || decisive(&sheet.judgements).filter(|judgement| judgement.scale == scale);
    let of_year = edition.year.and_then(|year| of_scale().find(|judgement| judgement.year == Some(year)));
    let judgement = of_year.or_else(|| of_scale().find(|judgement| judgement.year.is_none()))?;
    let Verdict::Marks(marks) = &judgement.verdict else { return None };
    let index = sheet.judgements.iter().position(|other| std::ptr::eq(other, judgement))?;
    Some((PublishedJudgement { edition: sheet.edition, index }, marks.clone()))
}

fn compare(
    mark: Result<Option<usize>, NotComputable>,
    published: Option<(PublishedJudgement, Vec<usize>)>,
) -> MarkComparison {
    let (judgement, published) = published.map_or((None, Vec::new()), |(at, marks)| (Some(at), marks));
    let agreement = Agreement::of(&mark, &published);
    MarkComparison { mark, published, judgement, agreement }
}
