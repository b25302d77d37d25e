//! Sparklines. Those of the running pages stand on several, and each is drawn once for all of them.

use super::chart_view::ChartView;
use super::here::Here;
use super::html::Html;
use crate::chart;
use crate::model::{IndicatorId, Series};
use std::borrow::Cow;

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
