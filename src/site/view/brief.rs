//! An indicator in one line: its newest value against its target, and its marks.

use super::here::Here;
use super::indicator::ChartView;
use super::judgement::MarkView;
use super::list;
use super::reference::RefView;
use super::spark::spark;
use super::time::YearView;
use super::value::ValueView;
use crate::model::{Column, IndicatorId, NodeId, Series, Target, Verdict};
use serde::Serialize;
use std::borrow::Cow;

/// An indicator in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BriefView<'a> {
    /// The indicator.
    pub indicator: RefView<'a>,
    /// What the report calls it: `数値目標`, `KPI`.
    pub role: Option<&'a str>,
    /// The unit of its numbers.
    pub unit: Option<&'a str>,
    /// The newest actual value.
    pub latest: Option<ValueView<'a>>,
    /// The year in whose column it stands.
    pub latest_year: Option<YearView>,
    /// The last target.
    pub target: Option<ValueView<'a>>,
    /// The year of that target; none for the end of the plan.
    pub target_year: Option<YearView>,
    /// The marks that the newest edition gives it.
    pub marks: Vec<MarkView<'a>>,
    /// Its course, where there is enough to draw.
    pub spark: Option<Cow<'a, ChartView>>,
}

/// All indicators of a node.
pub(crate) fn briefs<'a>(here: &Here<'a>, id: NodeId) -> Vec<BriefView<'a>> {
    (0..here.report.node(id).indicators.len()).filter_map(|place| brief(here, id, place)).collect()
}

fn brief<'a>(here: &Here<'a>, id: NodeId, place: usize) -> Option<BriefView<'a>> {
    let indicator = here.report.node(id).indicators.get(place)?;
    let series = Series::of_sheets(here.sheets(id), place);
    let target_id = IndicatorId { node: id, indicator: u32::try_from(place).ok()? };
    let latest = series.latest();
    let target = series.target.iter().rev().find(|cell| !cell.value.is_missing());
    let scales = &here.report.strategy(id.strategy).scales;
    let given = list::newest_of_indicator(here, id, place).iter();
    let marks = given.filter_map(|judgement| match &judgement.verdict {
        Verdict::Marks(marks) => Some((scales.get(judgement.scale.0)?, marks)),
        Verdict::Missing(_) | Verdict::Lost => None,
    });
    let marks = marks.flat_map(|(scale, marks)| marks.iter().filter_map(|mark| scale.marks.get(*mark)));
    Some(BriefView {
        indicator: RefView::new(here, id.strategy, Target::Indicator(target_id)),
        role: indicator.role.as_deref(),
        unit: indicator.unit.as_deref(),
        latest: latest.map(|cell| ValueView::of_actual(here, id.strategy, cell)),
        latest_year: latest.map(|cell| here.year(cell.column)),
        target: target.map(|cell| ValueView::of_target(here, *cell)),
        target_year: target.and_then(|cell| match cell.column {
            Column::Year(year) => Some(here.year(year)),
            Column::End => None,
        }),
        marks: marks.map(MarkView::new).collect(),
        spark: if here.shows("spark") { spark(here, target_id) } else { None },
    })
}
