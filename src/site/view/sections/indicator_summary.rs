//! An indicator in one line: its newest value against its target, and its marks.

use crate::model::{Figure, IndicatorId, NodeId, Series, Standing, Target, Verdict};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::MarkView;
use crate::site::view::sections::key_figures::{incomparable, last_incomparable};
use crate::site::view::sections::list;
use crate::site::view::sections::sparkline::spark;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::facts;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;
use std::borrow::Cow;

/// An indicator in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorSummaryView<'a> {
    /// What it says, as attributes for tests.
    pub facts: Html,
    /// The indicator.
    pub indicator: RefView<'a>,
    /// What the report calls it: `数値目標`, `KPI`.
    pub role: Option<&'a str>,
    /// The unit of its numbers.
    pub unit: Option<&'a str>,
    /// The latest value.
    pub latest: Option<ValueView<'a>>,
    /// The year in whose column it stands.
    pub latest_year: Option<YearView>,
    /// The applicable target; without a value, the last one.
    pub target: Option<ValueView<'a>>,
    /// The year of that target; none for the end of the plan.
    pub target_year: Option<YearView>,
    /// The last target, where it is another.
    pub last_target: Option<ValueView<'a>>,
    /// The year of the last target; none for the end of the plan.
    pub last_target_year: Option<YearView>,
    /// A value within a later year.
    pub interim: Option<ValueView<'a>>,
    /// The year of that value.
    pub interim_year: Option<YearView>,
    /// Why value and target may not be compared, in a sentence, where they count different things.
    pub incomparable: Option<String>,
    /// The same of the last target, where that is another reason.
    pub last_incomparable: Option<String>,
    /// The marks that the newest edition gives it.
    pub marks: Vec<MarkView<'a>>,
    /// Its course, where there is enough to draw.
    pub spark: Option<Cow<'a, ChartView>>,
}

/// All indicators of a node.
pub(crate) fn briefs<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<IndicatorSummaryView<'a>> {
    (0..context.report.node(id).indicators.len()).filter_map(|place| brief(context, id, place)).collect()
}

fn brief<'a>(context: &ViewContext<'a>, id: NodeId, place: usize) -> Option<IndicatorSummaryView<'a>> {
    let indicator = context.report.node(id).indicators.get(place)?;
    let series = Series::of_sheets(context.sheets(id), place);
    let target_id = IndicatorId { node: id, indicator: u32::try_from(place).ok()? };
    let standing = Standing::of(context.report.strategy(id.strategy).timeline(), &series);
    let value = |figure: Option<Figure<'a>>| {
        figure.map(|figure| ValueView::of_figure(context, id.strategy, indicator.year_kind, &figure))
    };
    let year = |figure: Option<Figure<'a>>| context.column(indicator, figure?.column);
    let scales = &context.report.strategy(id.strategy).scales;
    let given = list::judgements_of_indicator(context, id, place).iter();
    let marks = given.filter_map(|judgement| match &judgement.verdict {
        Verdict::Marks(marks) => Some((scales.get(judgement.scale.0)?, marks)),
        Verdict::Missing(_) | Verdict::Lost => None,
    });
    let marks = marks.flat_map(|(scale, marks)| marks.iter().filter_map(|mark| scale.marks.get(*mark)));
    Some(IndicatorSummaryView {
        facts: facts::key(context, id, indicator, &standing),
        indicator: RefView::new(context, id.strategy, Target::Indicator(target_id)),
        role: indicator.role.as_deref(),
        unit: indicator.unit.as_deref(),
        latest: value(standing.latest),
        latest_year: year(standing.latest),
        target: value(standing.target),
        target_year: year(standing.target),
        last_target: value(standing.last_target),
        last_target_year: year(standing.last_target),
        interim: value(standing.interim),
        interim_year: year(standing.interim),
        incomparable: incomparable(context, indicator, &standing),
        last_incomparable: last_incomparable(context, indicator, &standing),
        marks: marks.map(MarkView::new).collect(),
        spark: spark(context, target_id),
    })
}
