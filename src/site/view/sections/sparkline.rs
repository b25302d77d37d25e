//! Sparklines. Those of the running pages stand on several, and each is drawn once for all of them.

use crate::chart;
use crate::model::{IndicatorId, Series};
use crate::site::view::context::ViewContext;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::html::Html;
use std::borrow::Cow;

/// The sparkline of an indicator, from the sheets that count here. `None` where it would say
/// nothing.
pub(crate) fn spark<'a>(context: &ViewContext<'a>, id: IndicatorId) -> Option<Cow<'a, ChartView>> {
    match context.sparks.0.get(&id).filter(|_| context.only.is_none()) {
        Some(shared) => shared.get_or_init(|| draw(context, id)).as_ref().map(Cow::Borrowed),
        None => draw(context, id).map(Cow::Owned),
    }
}

fn draw(context: &ViewContext<'_>, id: IndicatorId) -> Option<ChartView> {
    let place = usize::try_from(id.indicator).ok()?;
    let indicator = context.report.node(id.node).indicators.get(place)?;
    let series = Series::of_sheets(context.sheets(id.node), place);
    let timeline = context.report.strategy(id.node.strategy).timeline();
    chart::sparkline(indicator, &series, timeline).map(|svg| ChartView {
        svg: Html(svg),
        title: Vec::new(),
        tells: 0,
        facts: Html::default(),
    })
}
