//! Relations of a node to others, shown at both ends.

use crate::model::NodeId;
use crate::site::view::context::ViewContext;
use crate::site::view::values::reference::RefView;
use serde::Serialize;

/// Relations of a node, except those to its parent and children. Lists without entries are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelationsView<'a> {
    /// Nodes and indicators that the report names as related.
    pub links: Vec<RefView<'a>>,
    /// Answer printed in place of related nodes: `該当なし`. `None` if none was printed.
    pub links_none: Option<&'a str>,
    /// Nodes that name this node as related.
    pub linked_from: Vec<RefView<'a>>,
    /// Strategies, nodes and indicators mentioned in the text of the node.
    pub mentions: Vec<RefView<'a>>,
    /// Nodes whose text mentions this node.
    pub mentioned_by: Vec<RefView<'a>>,
    /// Nodes that were split or merged into this one.
    pub succeeds: Vec<RefView<'a>>,
    /// Nodes into which this one was split or merged.
    pub succeeded_by: Vec<RefView<'a>>,
}

/// Relations of a node. `None` if it has none.
pub(crate) fn relations<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<RelationsView<'a>> {
    let relations = context.report.relations(id);
    let ix = id.strategy;
    let view = RelationsView {
        links: RefView::of_targets(context, ix, &relations.links),
        links_none: context.report.node(id).links_none.as_deref(),
        linked_from: RefView::of_nodes(context, ix, &relations.linked_from),
        mentions: RefView::of_targets(context, ix, &relations.mentions),
        mentioned_by: RefView::of_nodes(context, ix, &relations.mentioned_by),
        succeeds: RefView::of_nodes(context, ix, &relations.succeeds),
        succeeded_by: RefView::of_nodes(context, ix, &relations.succeeded_by),
    };
    let has_relations = view.links_none.is_some()
        || [&view.links, &view.linked_from, &view.mentions, &view.mentioned_by, &view.succeeds, &view.succeeded_by]
            .iter()
            .any(|refs| !refs.is_empty());
    has_relations.then_some(view)
}
