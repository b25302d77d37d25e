//! One edition as a whole: its document, its marks, and what changed since the one before.

use crate::model::{EditionIx, Kind, NodeId, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::change::{ChangesView, changes};
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_distribution::{MarkDistributionView, spreads};
use crate::site::view::values::reference::RefView;
use crate::site::{Order, address};
use serde::Serialize;

/// One edition of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionPageView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// The edition and its document.
    pub edition: EditionView<'a>,
    /// The editions of the strategy, newest first.
    pub editions: Vec<EditionLink<'a>>,
    /// How the marks are spread.
    pub spreads: Vec<MarkDistributionView<'a>>,
    /// What changed since the edition before; none in the first.
    pub changes: Option<ChangesView<'a>>,
    /// What the edition says something of, by kind.
    pub sheets: Vec<SheetsOfKind<'a>>,
}

/// A link to an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionLink<'a> {
    /// Its label.
    pub label: &'a str,
    /// The link.
    pub href: String,
    /// Whether it is the one on whose page the link stands.
    pub current: bool,
}

/// The sheets of one kind of node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetsOfKind<'a> {
    /// What the report calls them.
    pub label: &'a str,
    /// The nodes, with links to what the edition says of them.
    pub nodes: Vec<RefView<'a>>,
}

/// `None` where the strategy declares no such edition.
pub(crate) fn edition<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    at: EditionIx,
    order: &Order,
) -> Option<EditionPageView<'a>> {
    let strategy = context.report.strategy(ix);
    let edition = context.edition(ix, at)?;
    let editions = strategy.shown_editions().rev().map(|(place, edition)| EditionLink {
        label: &edition.label,
        href: context.link(&address::edition(strategy, edition)),
        current: place == at,
    });
    // Nodes are called as they were printed in this edition.
    let within = &ViewContext { only: Some(at), ..*context };
    let sheets = Kind::ALL.into_iter().filter_map(|kind| {
        let of_kind = order.of_kind(kind).iter();
        let nodes = of_kind.filter_map(|id| sheet_link(within, *id, at));
        let nodes: Vec<RefView<'a>> = nodes.collect();
        (!nodes.is_empty()).then_some(SheetsOfKind { label: strategy.label(kind), nodes })
    });
    Some(EditionPageView {
        layout: Layout::of_overview(context, ix),
        edition: EditionView::new(context, ix, edition),
        editions: editions.collect(),
        spreads: spreads(within, ix, order),
        changes: changes(within, ix, at, &order.all()),
        sheets: sheets.collect(),
    })
}

/// A link to what an edition says of a node: its lasting page, or else the running one.
fn sheet_link<'a>(context: &ViewContext<'a>, id: NodeId, at: EditionIx) -> Option<RefView<'a>> {
    let sheet = context.report.node(id).sheet(at)?;
    let url = address::sheet(context.report, id, sheet).unwrap_or_else(|| address::node(context.report, id));
    Some(RefView::of_node(context, id.strategy, id).with_href(context.link(&url)))
}
