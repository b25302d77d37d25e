//! One edition as a whole: its document, its marks, and what changed since the one before.

use super::change::{ChangesView, changes};
use super::document::EditionView;
use super::here::Here;
use super::layout::Layout;
use super::reference::RefView;
use super::spread::{SpreadView, spreads};
use crate::model::{EditionIx, Kind, NodeId, StrategyIx};
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
    pub spreads: Vec<SpreadView<'a>>,
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
    pub here: bool,
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
    here: &Here<'a>,
    ix: StrategyIx,
    at: EditionIx,
    order: &Order,
) -> Option<EditionPageView<'a>> {
    let strategy = here.report.strategy(ix);
    let edition = here.edition(ix, at)?;
    let editions = strategy.shown_editions().rev().map(|(place, edition)| EditionLink {
        label: &edition.label,
        href: here.link(&address::edition(strategy, edition)),
        here: place == at,
    });
    // Nodes are called as they were printed in this edition.
    let within = &Here { only: Some(at), ..*here };
    let sheets = Kind::ALL.into_iter().filter_map(|kind| {
        let of_kind = order.of_kind(kind).iter();
        let nodes = of_kind.filter_map(|id| sheet_link(within, *id, at));
        let nodes: Vec<RefView<'a>> = nodes.collect();
        (!nodes.is_empty()).then_some(SheetsOfKind { label: strategy.label(kind), nodes })
    });
    Some(EditionPageView {
        layout: Layout::of_overview(here, ix),
        edition: EditionView::new(here, ix, edition),
        editions: editions.collect(),
        spreads: spreads(within, ix, order),
        changes: changes(within, ix, at, &order.all()),
        sheets: sheets.collect(),
    })
}

/// A link to what an edition says of a node: its lasting page, or else the running one.
fn sheet_link<'a>(here: &Here<'a>, id: NodeId, at: EditionIx) -> Option<RefView<'a>> {
    let sheet = here.report.node(id).sheet(at)?;
    let url = address::sheet(here.report, id, sheet).unwrap_or_else(|| address::node(here.report, id));
    Some(here.node(id.strategy, id).with_href(here.link(&url)))
}
