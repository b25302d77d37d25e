//! Tree of the goals and policies.

use crate::model::{Indicator, IndicatorId, Kind, NodeId, Owner, ReferenceTarget, Report, Series};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::{JudgementView, MarkView, listed_judgements};
use crate::site::view::sections::key_figures::{KeyFiguresView, key_figures};
use crate::site::view::sections::mark_columns::{LastIncluded, marks_of_indicator};
use crate::site::view::sections::sparkline::sparkline;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::reference::RefView;
use serde::Serialize;

/// Goal or policy with everything below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TreeView<'a> {
    /// Goal or policy.
    pub node: RefView<'a>,
    /// Last edition with a sheet of the node; `None` if the current edition has one, or if no edition does.
    pub last_included: Option<LastIncluded<'a>>,
    /// Marks given in the current edition; empty if it gives none.
    pub judgements: Vec<JudgementView<'a>>,
    /// Indicators of the node; empty if it has none.
    pub indicators: Vec<TreeIndicator<'a>>,
    /// Number of rows of programs.
    pub programs: usize,
    /// Name of the program level in the report: `事務事業`.
    pub program_label: &'a str,
    /// Goals and policies directly below the node; empty if there are none.
    pub children: Vec<TreeView<'a>>,
}

/// Indicator in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TreeIndicator<'a> {
    /// Link to the indicator.
    pub indicator: RefView<'a>,
    /// Marks given in the current edition; empty if it gives none.
    pub marks: Vec<MarkView<'a>>,
    /// Latest value and target. `None` for a textual indicator, and if it has neither.
    pub key_figures: Option<KeyFiguresView<'a>>,
    /// Sparkline; `None` if a sparkline would not be informative.
    pub sparkline: Option<&'a ChartView>,
}

/// Depth at which a tree is truncated. No plan is that deep, and recursion must not exhaust the call stack.
const MAX_DEPTH: usize = 32;

/// Builds the trees below `roots`.
pub(crate) fn trees<'a>(context: &ViewContext<'a>, roots: &[NodeId]) -> Vec<TreeView<'a>> {
    trees_at_depth(context, roots, 0)
}

fn trees_at_depth<'a>(context: &ViewContext<'a>, ids: &[NodeId], depth: usize) -> Vec<TreeView<'a>> {
    if depth == MAX_DEPTH {
        return Vec::new();
    }
    ids.iter().map(|id| tree(context, *id, depth)).collect()
}

fn tree<'a>(context: &ViewContext<'a>, id: NodeId, depth: usize) -> TreeView<'a> {
    let node = context.report.node(id);
    TreeView {
        node: RefView::of_node(context, id.strategy, id),
        last_included: LastIncluded::new(context, id),
        judgements: context
            .current_sheet(id)
            .map_or_else(Vec::new, |sheet| listed_judgements(context, id.strategy, node.kind.key(), &sheet.judgements)),
        indicators: indicators(context, id),
        programs: context.report.rows(Owner::Node(id)).count(),
        program_label: context.report.strategy(id.strategy).label(Kind::Program),
        children: trees_at_depth(context, &context.report.relations(id).children, depth + 1),
    }
}

fn indicators<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<TreeIndicator<'a>> {
    let report: &'a Report = context.report;
    let sheets = context.sheets(id);
    let view = |(index, indicator): (usize, &'a Indicator)| {
        let target = IndicatorId::new(id, index);
        let series = Series::from_sheets(sheets.iter().copied(), index);
        TreeIndicator {
            indicator: RefView::new(context, id.strategy, ReferenceTarget::Indicator(target)),
            marks: marks_of_indicator(context, id, index),
            key_figures: key_figures(context, id.strategy, indicator, &series),
            sparkline: sparkline(context, target),
        }
    };
    report.node(id).indicators.iter().enumerate().map(view).collect()
}
