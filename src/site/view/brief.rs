//! An indicator in one line: its newest value against its target, and its marks.

use super::here::Here;
use super::indicator::ChartView;
use super::judgement::MarkView;
use super::key::{guard, incomparable};
use super::list;
use super::reference::RefView;
use super::spark::spark;
use super::sums;
use super::time::ColumnView;
use super::value::ValueView;
use crate::model::{Figure, IndicatorId, NodeId, Series, Standing, Target, Verdict};
use serde::Serialize;
use std::borrow::Cow;

/// An indicator in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BriefView<'a> {
    /// The indicator as statements name it: `policy/3/matching`.
    pub of: String,
    /// The indicator.
    pub indicator: RefView<'a>,
    /// What the report calls it: `数値目標`, `KPI`.
    pub role: Option<&'a str>,
    /// The unit of its numbers.
    pub unit: Option<&'a str>,
    /// The latest value.
    pub latest: Option<BriefFigure<'a>>,
    /// The applicable target; without a value, the last one.
    pub target: Option<BriefFigure<'a>>,
    /// The last target, where it is another.
    pub last_target: Option<BriefFigure<'a>>,
    /// A value within a later year.
    pub interim: Option<BriefFigure<'a>>,
    /// Why value and target may not be compared, in a sentence, where they count different things.
    pub incomparable: Option<String>,
    /// The same for other programs.
    pub incomparable_code: Option<&'static str>,
    /// The marks that the newest edition gives it.
    pub marks: Vec<MarkView<'a>>,
    /// Its course, where there is enough to draw.
    pub spark: Option<Cow<'a, ChartView>>,
}

/// A value with its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BriefFigure<'a> {
    /// The value.
    pub value: ValueView<'a>,
    /// The column in which it stands.
    pub column: ColumnView,
}

/// All indicators of a node.
pub(crate) fn briefs<'a>(here: &Here<'a>, id: NodeId) -> Vec<BriefView<'a>> {
    (0..here.report.node(id).indicators.len()).filter_map(|place| brief(here, id, place)).collect()
}

fn brief<'a>(here: &Here<'a>, id: NodeId, place: usize) -> Option<BriefView<'a>> {
    let indicator = here.report.node(id).indicators.get(place)?;
    let series = Series::of_sheets(here.sheets(id), place);
    let target_id = IndicatorId { node: id, indicator: u32::try_from(place).ok()? };
    let standing = Standing::of(here.report.strategy(id.strategy).timeline(), &series);
    let figure = |figure: Option<Figure<'a>>| {
        figure.map(|figure| BriefFigure {
            value: ValueView::of_figure(here, id.strategy, indicator.year_kind, &figure),
            column: here.column(indicator, figure.column),
        })
    };
    let scales = &here.report.strategy(id.strategy).scales;
    let given = list::judgements_of_indicator(here, id, place).iter();
    let marks = given.filter_map(|judgement| match &judgement.verdict {
        Verdict::Marks(marks) => Some((scales.get(judgement.scale.0)?, marks)),
        Verdict::Missing(_) | Verdict::Lost => None,
    });
    let marks = marks.flat_map(|(scale, marks)| marks.iter().filter_map(|mark| scale.marks.get(*mark)));
    Some(BriefView {
        of: format!("{}/{}", sums::key(here, id), indicator.id),
        indicator: RefView::new(here, id.strategy, Target::Indicator(target_id)),
        role: indicator.role.as_deref(),
        unit: indicator.unit.as_deref(),
        latest: figure(standing.latest),
        target: figure(standing.target),
        last_target: figure(standing.last_target),
        interim: figure(standing.interim),
        incomparable: incomparable(here, indicator, &standing),
        incomparable_code: guard(indicator, &standing).map(|guard| guard.code()),
        marks: marks.map(MarkView::new).collect(),
        spark: if here.shows("spark") { spark(here, target_id) } else { None },
    })
}
