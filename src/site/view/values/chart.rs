//! Charts as parts of views, and the sparklines that the pages of a report share.

use crate::model::{IndicatorId, NodeId, Report};
use crate::site::view::values::html::Html;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartView {
    /// The drawing.
    pub svg: Html,
    /// What is seen, statement by statement; none of a sparkline.
    pub title: Vec<String>,
    /// How many differences of its indicator the title tells, from the first.
    pub tells: usize,
    /// What the title says, as attributes for tests; none of what it is not a statement.
    pub facts: Html,
}

/// The sparklines of a report, drawn when they are first asked for.
pub(crate) struct Sparks(pub(crate) BTreeMap<IndicatorId, OnceLock<Option<ChartView>>>);

impl Sparks {
    /// Those of all indicators of `report`, none of which is drawn yet.
    pub(crate) fn new(report: &Report) -> Self {
        let nodes = report.strategies().flat_map(|(ix, _)| report.nodes(ix));
        let of_node = |(node, declared): (NodeId, &crate::model::Node)| {
            let places = (0..).take(declared.indicators.len());
            places.map(move |indicator| (IndicatorId { node, indicator }, OnceLock::new()))
        };
        Self(nodes.flat_map(of_node).collect())
    }
}
