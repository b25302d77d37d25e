//! One-line summary of an indicator: its latest value, its target and its marks.

use crate::model::{Figure, IndicatorId, KeyFigures, NodeId, ReferenceTarget, Series};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::MarkView;
use crate::site::view::sections::key_figures::{incomparable, last_incomparable, reached};
use crate::site::view::sections::mark_columns;
use crate::site::view::sections::sparkline::sparkline;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;

/// Indicator in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorSummaryView<'a> {
    /// Statement attributes of its key figures (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
    /// Link to the indicator.
    pub indicator: RefView<'a>,
    /// Name of this type of indicator in the report: `数値目標`, `KPI`. `None` if not given.
    pub role: Option<&'a str>,
    /// Unit of its numbers; `None` if it has none.
    pub unit: Option<&'a str>,
    /// Latest value: the newest final one, or the newest interim one if no value is final. `None` if there is neither;
    /// projected values are never the latest.
    pub latest: Option<ValueView<'a>>,
    /// Year of the column of the latest value; `None` if `latest` is `None`.
    pub latest_year: Option<YearView>,
    /// True if each actual value is a total since a year (累計).
    pub running_total: bool,
    /// Applicable target: that of the year of the latest value, or else the next one. The last target if there is no
    /// latest value; `None` if there is no such target.
    pub target: Option<ValueView<'a>>,
    /// Year of that target; `None` for the end of the plan, and if `target` is `None`.
    pub target_year: Option<YearView>,
    /// Last target; `None` if it is `target`, or if there is no target.
    pub last_target: Option<ValueView<'a>>,
    /// Year of the last target; `None` for the end of the plan, and if `last_target` is `None`.
    pub last_target_year: Option<YearView>,
    /// Interim value of a year after that of `latest`; `None` if there is none, or if `latest` is itself interim.
    pub interim: Option<ValueView<'a>>,
    /// Year of the interim value; `None` if `interim` is `None`.
    pub interim_year: Option<YearView>,
    /// Reason, as a sentence, why `latest` and `target` cannot be compared. `None` unless they count different things.
    pub incomparable: Option<String>,
    /// Reason, as a sentence, why `latest` and `last_target` cannot be compared. `None` unless they count different
    /// things for a reason other than `incomparable`.
    pub last_incomparable: Option<String>,
    /// Sentence stating whether the latest state is at or beyond that of the target. `None` unless both are states.
    pub reached: Option<String>,
    /// Marks given in the current edition; empty if it gives none.
    pub marks: Vec<MarkView<'a>>,
    /// Sparkline; `None` if a sparkline would not be informative.
    pub sparkline: Option<&'a ChartView>,
}

/// Builds the summaries of all indicators of a node.
pub(crate) fn indicator_summaries<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<IndicatorSummaryView<'a>> {
    (0..context.report.node(id).indicators.len()).filter_map(|index| indicator_summary(context, id, index)).collect()
}

/// Builds the summary of the indicator at `index` of a node; `None` if the node has no such indicator.
pub(crate) fn indicator_summary<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    index: usize,
) -> Option<IndicatorSummaryView<'a>> {
    let indicator = context.report.node(id).indicators.get(index)?;
    let series = Series::from_sheets(context.sheets(id), index);
    let target_id = IndicatorId::new(id, index);
    let key_figures = KeyFigures::from_series(context.report.strategy(id.strategy).edition_context(), &series);
    let value = |figure: Option<Figure<'a>>| {
        figure.map(|figure| ValueView::of_figure(context, id.strategy, indicator.year_kind, &figure))
    };
    let year = |figure: Option<Figure<'a>>| context.column(indicator, figure?.column);
    Some(IndicatorSummaryView {
        statement: statement::key_figures(context, id, indicator, &key_figures),
        indicator: RefView::new(context, id.strategy, ReferenceTarget::Indicator(target_id)),
        role: indicator.role.as_deref(),
        unit: indicator.unit.as_deref(),
        latest: value(key_figures.latest),
        latest_year: year(key_figures.latest),
        running_total: indicator.actual_total_from.is_some(),
        target: value(key_figures.target),
        target_year: year(key_figures.target),
        last_target: value(key_figures.last_target),
        last_target_year: year(key_figures.last_target),
        interim: value(key_figures.interim),
        interim_year: year(key_figures.interim),
        incomparable: incomparable(context, indicator, &key_figures),
        last_incomparable: last_incomparable(context, indicator, &key_figures),
        reached: reached(context, indicator, &key_figures),
        marks: mark_columns::marks_of_indicator(context, id, index),
        sparkline: sparkline(context, target_id),
    })
}
