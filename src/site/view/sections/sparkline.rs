//! Sparklines. They appear on several pages and are therefore rendered once and cached.

use crate::chart;
use crate::model::{IndicatorId, Series};
use crate::site::view::context::ViewContext;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::html::Html;

/// Sparkline of an indicator, from the sheets of all editions. `None` if it would not be informative.
pub(crate) fn sparkline<'a>(context: &ViewContext<'a>, id: IndicatorId) -> Option<&'a ChartView> {
    context.sparklines.0.get(&id)?.get_or_init(|| draw(context, id)).as_ref()
}

fn draw(context: &ViewContext<'_>, id: IndicatorId) -> Option<ChartView> {
    let index = usize::try_from(id.indicator).ok()?;
    let indicator = context.report.node(id.node).indicators.get(index)?;
    let series = Series::from_sheets(&context.report.node(id.node).sheets, index);
    let editions = context.report.strategy(id.node.strategy).edition_context();
    chart::sparkline(indicator, &series, editions).map(|svg| ChartView {
        svg: Html(svg),
        cut_axis: false,
        title: Vec::new(),
        stated_differences: 0,
        statement: Html::default(),
    })
}
