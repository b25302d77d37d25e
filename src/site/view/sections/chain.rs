//! Chain of the indicators of a node (ロジックモデル): what they lead to, as a nested list.

use crate::model::{IndicatorId, NodeId, ReferenceTarget, Step};
use crate::site::view::context::ViewContext;
use crate::site::view::values::reference::RefView;
use serde::Serialize;
use std::collections::BTreeSet;

/// Maximum depth of the list; deeper indicators are on the pages of those listed.
const MAX_DEPTH: usize = 12;

/// Indicator in a chain, with those that it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainView<'a> {
    /// Link to the indicator; names its node if that is another one.
    pub indicator: RefView<'a>,
    /// Its place in the chain: `input`, `activity`, `output`, `outcome` or `impact`. `None` if not given.
    pub step: Option<&'static str>,
    /// Indicators of other nodes that lead to it; only for the first indicator of a chain.
    pub from: Vec<RefView<'a>>,
    /// Indicators that it leads to. Empty if they are listed above, or if there are none.
    pub next: Vec<ChainView<'a>>,
    /// True if the indicators that it leads to are listed above.
    pub listed_above: bool,
}

/// Chains that begin at an indicator of the node, or continue there from other nodes. Empty if its indicators are not
/// linked.
pub(crate) fn chains<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<ChainView<'a>> {
    let chains = context.report.chains();
    if chains.is_empty() {
        return Vec::new();
    }
    let mut listed = BTreeSet::new();
    let indicators = (0..context.report.node(id).indicators.len()).map(|index| IndicatorId::new(id, index));
    let is_first = |indicator: &IndicatorId| {
        let is_linked = !chains.next(*indicator).is_empty() || !chains.previous(*indicator).is_empty();
        is_linked && chains.previous(*indicator).iter().all(|previous| previous.node != id)
    };
    let views = indicators.filter(is_first).map(|first| {
        let from = chains.previous(first).iter().map(|previous| reference(context, id, *previous)).collect();
        ChainView { from, ..view(context, id, first, 0, &mut listed) }
    });
    views.collect()
}

fn view<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    indicator: IndicatorId,
    depth: usize,
    listed: &mut BTreeSet<IndicatorId>,
) -> ChainView<'a> {
    let next = context.report.chains().next(indicator);
    let is_new = listed.insert(indicator);
    let step = context.report.node(indicator.node).indicators.get(indicator.indicator as usize);
    let next_views = match is_new && depth < MAX_DEPTH {
        true => next.iter().map(|next| view(context, id, *next, depth + 1, listed)).collect(),
        false => Vec::new(),
    };
    ChainView {
        indicator: reference(context, id, indicator),
        step: step.and_then(|indicator| indicator.step).map(Step::key),
        from: Vec::new(),
        next: next_views,
        listed_above: !is_new && !next.is_empty(),
    }
}

/// Reference to an indicator from a page of the node `id`.
fn reference<'a>(context: &ViewContext<'a>, id: NodeId, indicator: IndicatorId) -> RefView<'a> {
    let view = RefView::new(context, id.strategy, ReferenceTarget::Indicator(indicator));
    RefView { of: view.of.filter(|_| indicator.node != id), ..view }
}
