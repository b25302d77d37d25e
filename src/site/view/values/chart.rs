//! Charts in views, and the cache of sparklines shared by the pages of a report.

use crate::model::{IndicatorId, Node, NodeId, Report};
use crate::site::view::values::html::Html;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Chart or sparkline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartView {
    /// Inline `<svg>` element.
    pub svg: Html,
    /// True if the value axis starts at another number than zero.
    pub cut_axis: bool,
    /// Statements of the title, to be joined into one sentence; empty for a sparkline.
    pub title: Vec<String>,
    /// Number of differences of the indicator, counted from the first, that the title already states.
    pub stated_differences: usize,
    /// Statement attributes of the title (`docs/statements.md`, section 5), for tests. Empty unless the chart is of
    /// an indicator with key figures.
    pub statement: Html,
}

/// Sparklines of a report, each rendered on first use. `None` inside the cell if the indicator has no sparkline.
pub(crate) struct SparklineCache(pub(crate) BTreeMap<IndicatorId, OnceLock<Option<ChartView>>>);

impl SparklineCache {
    /// Creates a cache for all indicators of `report` with nothing rendered.
    pub(crate) fn new(report: &Report) -> Self {
        let nodes = report.strategies().flat_map(|(ix, _)| report.nodes(ix));
        let cells_of_node = |(id, node): (NodeId, &Node)| {
            let indexes = (0..).take(node.indicators.len());
            indexes.map(move |indicator| (IndicatorId { node: id, indicator }, OnceLock::new()))
        };
        Self(nodes.flat_map(cells_of_node).collect())
    }
}
