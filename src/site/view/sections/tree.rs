//! The tree of goals and policies.

use crate::model::{Indicator, IndicatorId, Kind, NodeId, Owner, Report, Series, Target, Verdict};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::{JudgementView, MarkView, judgements};
use crate::site::view::sections::key_figures::{KeyView, key};
use crate::site::view::sections::list::{LeftOut, judgements_of_indicator};
use crate::site::view::sections::sparkline::spark;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::reference::RefView;
use serde::Serialize;
use std::borrow::Cow;

/// A goal or policy with what lies below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TreeView<'a> {
    /// The node.
    pub node: RefView<'a>,
    /// The edition that last had a sheet of it, where the one that counts has none.
    pub left_out_since: Option<LeftOut<'a>>,
    /// The marks that the edition that counts gives it.
    pub judgements: Vec<JudgementView<'a>>,
    /// Its indicators with the marks of the edition that counts.
    pub indicators: Vec<TreeIndicator<'a>>,
    /// How many rows of programs it has.
    pub programs: usize,
    /// What the report calls programs.
    pub program_label: &'a str,
    /// What lies below it.
    pub children: Vec<TreeView<'a>>,
}

/// An indicator in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TreeIndicator<'a> {
    /// The indicator.
    pub indicator: RefView<'a>,
    /// Its marks.
    pub marks: Vec<MarkView<'a>>,
    /// Its newest value and its target, of an indicator in numbers.
    pub key: Option<KeyView<'a>>,
    /// Its course as a sparkline, where that says anything.
    pub spark: Option<Cow<'a, ChartView>>,
}

/// Deeper trees than this are not drawn: no plan has such, and a stack is finite.
const DEEPEST: usize = 32;

/// The trees below `roots`.
pub(crate) fn trees<'a>(context: &ViewContext<'a>, roots: &[NodeId]) -> Vec<TreeView<'a>> {
    below(context, roots, 0)
}

fn below<'a>(context: &ViewContext<'a>, ids: &[NodeId], depth: usize) -> Vec<TreeView<'a>> {
    if depth == DEEPEST {
        return Vec::new();
    }
    ids.iter().map(|id| tree(context, *id, depth)).collect()
}

fn tree<'a>(context: &ViewContext<'a>, id: NodeId, depth: usize) -> TreeView<'a> {
    let node = context.report.node(id);
    TreeView {
        node: RefView::of_node(context, id.strategy, id),
        left_out_since: LeftOut::of(context, id),
        judgements: context
            .current_sheet(id)
            .map_or_else(Vec::new, |sheet| judgements(context, id.strategy, node.kind.key(), &sheet.judgements)),
        indicators: indicators(context, id),
        programs: context.report.rows(Owner::Node(id)).count(),
        program_label: context.report.strategy(id.strategy).label(Kind::Program),
        children: below(context, &context.report.relations(id).children, depth + 1),
    }
}

fn indicators<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<TreeIndicator<'a>> {
    let report: &'a Report = context.report;
    let scales = &report.strategy(id.strategy).scales;
    let sheets = context.sheets(id);
    let marks = |place: usize| -> Vec<MarkView<'a>> {
        let judged = judgements_of_indicator(context, id, place).iter();
        let marks = judged.filter_map(|judgement| match &judgement.verdict {
            Verdict::Marks(marks) => Some((scales.get(judgement.scale.0)?, marks)),
            Verdict::Missing(_) | Verdict::Lost => None,
        });
        marks
            .flat_map(|(scale, marks)| marks.iter().filter_map(|mark| scale.marks.get(*mark)))
            .map(MarkView::new)
            .collect()
    };
    let view = |(place, declared): (usize, &'a Indicator)| {
        let target = IndicatorId { node: id, indicator: u32::try_from(place).unwrap_or(u32::MAX) };
        let series = Series::of_sheets(sheets.iter().copied(), place);
        TreeIndicator {
            indicator: RefView::new(context, id.strategy, Target::Indicator(target)),
            marks: marks(place),
            key: key(context, id.strategy, declared, &series),
            spark: spark(context, target),
        }
    };
    report.node(id).indicators.iter().enumerate().map(view).collect()
}
