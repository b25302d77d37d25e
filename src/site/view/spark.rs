//! Sparklines. Those of the running pages stand on several, and each is drawn once for all of them.

use super::here::Here;
use super::html::Html;
use super::indicator::ChartView;
use crate::chart;
use crate::model::{IndicatorId, NodeId, Report, Series};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The sparklines of a report, drawn when they are first asked for.
pub(crate) struct Sparks(BTreeMap<IndicatorId, OnceLock<Option<ChartView>>>);

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

/// The sparkline of an indicator, from the sheets that count here. `None` where it would say
/// nothing.
pub(crate) fn spark<'a>(here: &Here<'a>, id: IndicatorId) -> Option<Cow<'a, ChartView>> {
    match here.sparks.0.get(&id).filter(|_| here.only.is_none()) {
        Some(shared) => shared.get_or_init(|| draw(here, id)).as_ref().map(Cow::Borrowed),
        None => draw(here, id).map(Cow::Owned),
    }
}

fn draw(here: &Here<'_>, id: IndicatorId) -> Option<ChartView> {
    let place = usize::try_from(id.indicator).ok()?;
    let indicator = here.report.node(id.node).indicators.get(place)?;
    let series = Series::of_sheets(here.sheets(id.node), place);
    let timeline = here.report.strategy(id.node.strategy).timeline();
    chart::sparkline(indicator, &series, timeline).map(|svg| ChartView {
        svg: Html(svg),
        title: Vec::new(),
        tells: 0,
        facts: Html::default(),
    })
}
