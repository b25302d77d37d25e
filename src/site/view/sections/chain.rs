//! Chain of the indicators of a node (ロジックモデル): what they lead to, as a nested list.

use crate::model::{IndicatorId, NodeId, ReferenceTarget, Step};
use crate::site::view::context::ViewContext;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, Attributes};
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
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
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
        let previous = chains.previous(first);
        let from = previous.iter().map(|previous| reference(context, id, *previous)).collect();
        let keys = previous.iter().filter_map(|previous| key(context, *previous)).collect::<Vec<_>>().join(" ");
        let place = Some(("from", keys)).filter(|(_, keys)| !keys.is_empty());
        ChainView { from, ..view(context, id, first, 0, place, &mut listed) }
    });
    views.collect()
}

/// `place` is the attribute that names the indicators before it.
fn view<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    indicator: IndicatorId,
    depth: usize,
    place: Option<(&str, String)>,
    listed: &mut BTreeSet<IndicatorId>,
) -> ChainView<'a> {
    let next = context.report.chains().next(indicator);
    let is_new = listed.insert(indicator);
    let step = context.report.node(indicator.node).indicators.get(indicator.indicator as usize);
    let next_views = match is_new && depth < MAX_DEPTH {
        true => {
            let place = || Some(("after", key(context, indicator)?));
            next.iter().map(|next| view(context, id, *next, depth + 1, place(), listed)).collect()
        }
        false => Vec::new(),
    };
    let step = step.and_then(|indicator| indicator.step).map(Step::key);
    let listed_above = !is_new && !next.is_empty();
    let attributes = Attributes::statement("chain").with_optional("indicator", key(context, indicator).as_deref());
    let attributes = match place {
        Some((name, key)) => attributes.with(name, &key),
        None => attributes,
    };
    let attributes =
        attributes.with_optional("step", step).with_optional("listed-above", listed_above.then_some("yes"));
    ChainView {
        indicator: reference(context, id, indicator),
        step,
        from: Vec::new(),
        next: next_views,
        listed_above,
        statement: attributes.html(),
    }
}

/// Key of an indicator in statements.
fn key(context: &ViewContext<'_>, id: IndicatorId) -> Option<String> {
    let indicator = context.report.node(id.node).indicators.get(id.indicator as usize)?;
    Some(statement::indicator_key(context, id.node, indicator))
}

/// Reference to an indicator from a page of the node `id`.
fn reference<'a>(context: &ViewContext<'a>, id: NodeId, indicator: IndicatorId) -> RefView<'a> {
    let view = RefView::new(context, id.strategy, ReferenceTarget::Indicator(indicator));
    RefView { of: view.of.filter(|_| indicator.node != id), ..view }
}
