//! Comparison of all indicators of a strategy with the targets of the same year. It is computed by the site, and stands
//! where the report prints no marks of indicators.

use crate::assess::{Assessment, Assessments, Difference, Operand};
use crate::model::{
    Bound, Direction, Indicator, IndicatorId, IndicatorKind, KeyFigures, Kind, NodeId, Report, Series, StrategyIx,
    state_reached,
};
use crate::site::ReadingOrder;
use crate::site::lists::MAX_ROWS;
use crate::site::view::context::ViewContext;
use crate::site::view::indicator_target;
use crate::site::view::sections::assessment::stated_relation;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::Attributes;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Indicators of a strategy by the relation of their latest values to the targets of the same year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetComparisonView<'a> {
    /// Number of all indicators of the strategy.
    pub total: usize,
    /// Number of indicators in `groups`; never 0.
    pub compared: usize,
    /// Relations that occur, with their indicators.
    pub groups: Vec<TargetGroup<'a>>,
    /// True if the direction of improvement of an indicator is unknown, so that only the numbers are compared.
    pub undirected: bool,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Indicators with one relation to their targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetGroup<'a> {
    /// Relation: `reached`, `more`, `same`, `less` or `missed`.
    pub relation: &'static str,
    /// Number of indicators; never 0.
    pub count: usize,
    /// Its indicators in reading order; empty if the indicators of the strategy do not fit on one page.
    pub members: Vec<RefView<'a>>,
}

/// Relation of a latest value to the target of its year. Only a direction of improvement makes it an achievement;
/// without one, the two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TargetRelation {
    /// At or beyond the target.
    Reached,
    /// Greater than a target without a direction.
    More,
    /// Equal to it.
    Same,
    /// Less than it.
    Less,
    /// Not at the target.
    Missed,
}

impl TargetRelation {
    /// Name in statements and summaries.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::More => "more",
            Self::Same => "same",
            Self::Less => "less",
            Self::Missed => "missed",
        }
    }

    fn from_reached(reached: bool) -> Self {
        if reached { Self::Reached } else { Self::Missed }
    }
}

/// Compares the indicators of a strategy with their targets. `None` if none of them has a target of the same year with
/// which it may be compared.
pub(crate) fn target_comparison<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    order: &ReadingOrder,
) -> Option<TargetComparisonView<'a>> {
    let nodes = Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)).copied();
    let (total, groups) = by_relation(context.report, context.assessments, nodes);
    let compared = groups.values().map(Vec::len).sum();
    if compared == 0 {
        return None;
    }
    let counts = groups.iter().map(|(relation, members)| (relation.key(), members.len()));
    let fits = compared <= MAX_ROWS;
    Some(TargetComparisonView {
        total,
        compared,
        undirected: is_undirected(groups.keys().map(|relation| relation.key())),
        statement: targets_statement(counts, total),
        groups: groups
            .into_iter()
            .map(|(relation, members)| TargetGroup {
                relation: relation.key(),
                count: members.len(),
                members: members
                    .into_iter()
                    .filter(|_| fits)
                    .map(|(id, index)| RefView::new(context, ix, indicator_target(id, index)))
                    .collect(),
            })
            .collect(),
    })
}

/// Statement attributes of a comparison: the number of indicators with each relation, and of all.
pub(crate) fn targets_statement<'c>(counts: impl Iterator<Item = (&'c str, usize)>, total: usize) -> Html {
    let attributes = counts.fold(Attributes::statement("targets"), |attributes, (relation, count)| {
        attributes.with(relation, &count.to_string())
    });
    attributes.with("total", &total.to_string()).html()
}

/// Returns true if one of the relations only compares two numbers, and does not say whether the target was reached.
pub(crate) fn is_undirected<'k>(mut relations: impl Iterator<Item = &'k str>) -> bool {
    let directed = [TargetRelation::Reached.key(), TargetRelation::Missed.key()];
    relations.any(|relation| !directed.contains(&relation))
}

/// Number of the indicators of `nodes`, and those that may be compared with a target, by their relation to it.
pub(crate) fn by_relation(
    report: &Report,
    assessments: &Assessments<'_>,
    nodes: impl Iterator<Item = NodeId>,
) -> (usize, BTreeMap<TargetRelation, Vec<(NodeId, usize)>>) {
    let mut groups: BTreeMap<TargetRelation, Vec<(NodeId, usize)>> = BTreeMap::new();
    let mut total = 0;
    for id in nodes {
        for (index, indicator) in report.node(id).indicators.iter().enumerate() {
            total += 1;
            if let Some(relation) = relation(report, assessments, id, index, indicator) {
                groups.entry(relation).or_default().push((id, index));
            }
        }
    }
    (total, groups)
}

/// Relation of an indicator; `None` if it has no target of the year of its latest value, or may not be compared with it.
fn relation(
    report: &Report,
    assessments: &Assessments<'_>,
    id: NodeId,
    index: usize,
    indicator: &Indicator,
) -> Option<TargetRelation> {
    let target = IndicatorId::new(id, index);
    match indicator.kind {
        IndicatorKind::Number => of_number(indicator, assessments.assessment(target)?),
        IndicatorKind::State => {
            let timeline = report.strategy(id.strategy).edition_context();
            let key_figures = KeyFigures::from_series(timeline, &Series::from_sheets(&report.node(id).sheets, index));
            let year = key_figures.latest?.year().filter(|_| key_figures.target.is_some())?;
            if key_figures.target?.year() != Some(year) {
                return None;
            }
            state_reached(indicator, &key_figures).map(TargetRelation::from_reached)
        }
        IndicatorKind::Text => None,
    }
}

fn of_number(indicator: &Indicator, assessment: &Assessment) -> Option<TargetRelation> {
    let difference = assessment.differences.first()?;
    // A relation to a target is stated or not independently of its wording.
    stated_relation(indicator, difference).filter(|_| is_of_target_year(difference))?;
    let direction = match difference.other.bound {
        Bound::AtLeast | Bound::Above => Some(Direction::Higher),
        Bound::AtMost | Bound::Below => Some(Direction::Lower),
        Bound::Exact | Bound::About => indicator.better,
    };
    Some(match (direction, difference.order) {
        (Some(Direction::Higher), order) => TargetRelation::from_reached(order != Ordering::Less),
        (Some(Direction::Lower), order) => TargetRelation::from_reached(order != Ordering::Greater),
        (Some(Direction::Maintain) | None, Ordering::Greater) => TargetRelation::More,
        (Some(Direction::Maintain) | None, Ordering::Equal) => TargetRelation::Same,
        (Some(Direction::Maintain) | None, Ordering::Less) => TargetRelation::Less,
    })
}

fn is_of_target_year(Difference { actual, other, .. }: &Difference) -> bool {
    other.operand == Operand::Target && actual.year.is_some() && actual.year == other.year
}
