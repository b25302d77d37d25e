//! Chart of an indicator on its own, for other websites: as a page, and as an image.

use crate::chart::{self, Caption};
use crate::model::IndicatorId;
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::chart_title;
use crate::site::view::sections::embed::{measured, source};
use crate::site::view::sections::indicator::{IndicatorView, single};
use crate::site::view::sections::layout::Layout;
use serde::Serialize;

/// Page with the chart of an indicator, its key figures and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrameView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// The indicator, which has a chart.
    pub indicator: IndicatorView<'a>,
    /// Name of the goal, policy or program.
    pub name: &'a str,
    /// Link to the indicator on the page of the node.
    pub href: String,
    /// Address of the indicator on the page of the node: absolute, or relative to this page if `site.toml` declares no
    /// base address.
    pub canonical: String,
    /// Source of the values: publisher, strategy and edition.
    pub source: String,
}

/// Builds the page of a chart. `None` if the indicator has none.
pub(crate) fn frame<'a>(context: &ViewContext<'a>, id: IndicatorId) -> Option<FrameView<'a>> {
    let indicator = single(context, id).filter(|indicator| indicator.chart.is_some())?;
    let url = address::indicator(context.report, id);
    let href = context.link(&url);
    let is_absolute = context.report.site.base.is_some();
    Some(FrameView {
        layout: Layout { address: None, ..Layout::of_strategy(context, id.node.strategy) },
        name: &context.report.node(id.node).name,
        canonical: if is_absolute { context.citation_address(&url) } else { href.clone() },
        source: source(context, id),
        indicator,
        href,
    })
}

/// The chart of an indicator as an SVG file with this `style`. `None` if it has none.
pub(crate) fn chart_file(context: &ViewContext<'_>, id: IndicatorId, style: &str) -> Option<String> {
    let drawn = single(context, id)?.chart?;
    let title = chart_title::sentence(&drawn.title, context.texts);
    let (measured, mut source) = (measured(context, id)?, source(context, id));
    if context.report.site.base.is_some() {
        let url = address::indicator(context.report, id);
        source = format!("{source} {}", context.citation_address(&url));
    }
    let caption =
        Caption { title: title.as_deref(), measured: &measured, source: &source, lang: &context.report.site.lang };
    chart::standalone(&drawn.svg.0, &caption, style)
}
