//! Share of the indicators of a node that reached their targets, computed by the method that its strategy declares.

use crate::assess::{Agreement, NotComputable, ShareAssessment, assess_share};
use crate::model::{NodeId, YearKind};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::assessment::ComputedView;
use crate::site::view::sections::judgement::MarkView;
use crate::site::view::sections::method_result;
use crate::site::view::values::statement::{self, Attributes};
use serde::Serialize;

/// Numbers of the indicators of a node in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ShareCount {
    /// Number of indicators that reached their targets.
    pub reached: usize,
    /// Number of indicators for which it is known whether they did.
    pub counted: usize,
}

impl ShareCount {
    /// Counts the indicators of a node. `None` if no method assesses it, or if nothing is known of any indicator.
    pub(crate) fn new(context: &ViewContext<'_>, id: NodeId) -> Option<Self> {
        let share = assess_share(context.report, id, context.only_edition)?;
        let counted = share.reached.len() + share.missed.len();
        (counted > 0).then_some(Self { reached: share.reached.len(), counted })
    }
}

/// Builds the result of the method of a node. `None` if no method assesses it, and on the page of a single edition that
/// has no figures.
pub(crate) fn share<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<ComputedView<'a>> {
    let (texts, report) = (context.texts, context.report);
    let (strategy, node) = (report.strategy(id.strategy), report.node(id));
    // Indicators without figures may be listed on the page of a single edition too, but nothing is assessed there.
    if context.only_edition.is_some() && context.sheets(id).iter().all(|sheet| sheet.figures.is_empty()) {
        return None;
    }
    let ShareAssessment { method, reached, missed, undecided, result } =
        assess_share(report, id, context.only_edition)?;
    let (reached_count, counted) = (reached.len().to_string(), (reached.len() + missed.len()).to_string());
    let operation = texts.get("formula_share_reached");
    let rate = result.as_ref().ok().map(|(rate, _)| rate.format());
    let marks = result.as_ref().ok().and_then(|(_, marks)| marks.as_ref());
    let mark_index = marks.and_then(|marks| marks.mark.as_ref().ok().copied().flatten());
    let scale = method.scale.and_then(|scale| strategy.scales.get(scale.0));
    let mark = scale.zip(mark_index).and_then(|(scale, index)| scale.marks.get(index));
    let names = |key: &str, indices: &[usize]| {
        let names: Vec<&str> =
            indices.iter().filter_map(|index| node.indicators.get(*index)).map(|it| it.name.as_str()).collect();
        (!names.is_empty()).then(|| texts.fill(key, &[("names", &names.join(texts.get("separator")))]))
    };
    let of_indicators = [("share_reached", &reached), ("share_missed", &missed), ("share_undecided", &undecided)];
    let mut remarks: Vec<String> = of_indicators.into_iter().filter_map(|(key, indices)| names(key, indices)).collect();
    remarks.extend(rate.as_ref().filter(|rate| rate.rounded).map(|_| texts.get("remark_rounded").to_owned()));
    let unmarked = marks.and_then(|marks| marks.mark.as_ref().err());
    remarks.extend(unmarked.map(|why| method_result::not_computable(texts, YearKind::Fiscal, why)));
    let shown = rate.as_ref().map(|rate| {
        texts.fill("share_result", &[("reached", &reached_count), ("counted", &counted), ("rate", &rate.text)])
    });
    Some(ComputedView {
        name: method_result::name(texts, method.kind).to_owned(),
        reason: result.as_ref().err().map(|why| method_result::not_computable(texts, YearKind::Fiscal, why)),
        formula: match &rate {
            Some(rate) => format!("{operation} = {reached_count} ÷ {counted} = {}", rate.text),
            None => operation.to_owned(),
        },
        result: shown,
        reached: None,
        inputs: Vec::new(),
        mark: mark.map(MarkView::new),
        agreement: marks.zip(scale).and_then(|(marks, scale)| method_result::agreement(texts, marks, scale)),
        remarks,
        method_note: method.note.clone(),
        origin: texts.fill("method_origin", &[("publisher", &strategy.publisher)]),
        statement: Attributes::statement("share")
            .with("node", &statement::node_key(context, id))
            .with("method", &method.id)
            .with("reached", &reached_count)
            .with("counted", &counted)
            .with_optional("result", rate.as_ref().map(|rate| rate.text.as_str()))
            .with_optional("guard", result.as_ref().err().map(NotComputable::code))
            .with_optional("agreement", marks.and_then(|marks| marks.agreement).map(Agreement::key))
            .with_optional("mark", mark_index.map(|index| index.to_string()).as_deref())
            .html(),
    })
}
