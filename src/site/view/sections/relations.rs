//! How a node is tied to others, told at both ends.

use crate::model::NodeId;
use crate::site::view::context::ViewContext;
use crate::site::view::values::reference::RefView;
use serde::Serialize;

/// Everything to which a node is tied, but what lies above and below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelationsView<'a> {
    /// What the report names as related.
    pub links: Vec<RefView<'a>>,
    /// The printed answer where there is none: `該当なし`.
    pub links_none: Option<&'a str>,
    /// Nodes that name this one as related.
    pub linked_from: Vec<RefView<'a>>,
    /// What the words mention.
    pub mentions: Vec<RefView<'a>>,
    /// Nodes whose words mention this one.
    pub mentioned_by: Vec<RefView<'a>>,
    /// What was split or merged into this node.
    pub succeeds: Vec<RefView<'a>>,
    /// What this node was split or merged into.
    pub succeeded_by: Vec<RefView<'a>>,
}

/// The ties of a node. `None` if it has none.
pub(crate) fn relations<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<RelationsView<'a>> {
    let relations = context.report.relations(id);
    let of = id.strategy;
    let view = RelationsView {
        links: RefView::of_targets(context, of, &relations.links),
        links_none: context.report.node(id).links_none.as_deref(),
        linked_from: RefView::of_nodes(context, of, &relations.linked_from),
        mentions: RefView::of_targets(context, of, &relations.mentions),
        mentioned_by: RefView::of_nodes(context, of, &relations.mentioned_by),
        succeeds: RefView::of_nodes(context, of, &relations.succeeds),
        succeeded_by: RefView::of_nodes(context, of, &relations.succeeded_by),
    };
    let tied = view.links_none.is_some()
        || [&view.links, &view.linked_from, &view.mentions, &view.mentioned_by, &view.succeeds, &view.succeeded_by]
            .iter()
            .any(|refs| !refs.is_empty());
    tied.then_some(view)
}
