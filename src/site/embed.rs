//! Charts that are also published on their own, for other websites to embed.

use crate::chart;
use crate::model::{IndicatorId, Report, Series};
use crate::texts::InterfaceTexts;

/// All indicators with a chart that other websites may embed; none unless the site offers it.
///
/// Whether there is a chart is only known by drawing it. A theme with much longer names of large numbers may still leave
/// a chart out; the page of such a chart is the not-found page.
pub(super) fn charts(report: &Report) -> Vec<IndicatorId> {
    if !report.site.embed {
        return Vec::new();
    }
    let texts = InterfaceTexts::for_site(&report.site);
    let nodes = report.strategies().flat_map(|(ix, _)| report.nodes(ix));
    let indicators =
        nodes.flat_map(|(id, node)| (0..node.indicators.len()).map(move |index| IndicatorId::new(id, index)));
    indicators.filter(|id| has_chart(report, *id, &texts)).collect()
}

/// Returns true if the current page of its node shows a chart of an indicator.
fn has_chart(report: &Report, id: IndicatorId, texts: &InterfaceTexts) -> bool {
    let (node, index) = (report.node(id.node), id.indicator as usize);
    let series = Series::from_sheets(node.sheets.iter(), index);
    let editions = report.strategy(id.node.strategy).edition_context();
    let context = chart::Context { id: "", title: None, texts, editions };
    node.indicators.get(index).is_some_and(|indicator| chart::indicator(indicator, &series, &context).is_some())
}
