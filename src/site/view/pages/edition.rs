//! Page of an edition as a whole: its document, the distribution of its marks, and the changes since the previous
//! edition.

use crate::model::{EditionIx, Kind, NodeId, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::change::{ChangesView, changes};
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_distribution::{MarkDistributionView, mark_distributions};
use crate::site::view::values::reference::RefView;
use crate::site::{ReadingOrder, address};
use serde::Serialize;

/// Page of one edition of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionPageView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Edition and its document.
    pub edition: EditionView<'a>,
    /// All editions of the strategy, newest first, including this one.
    pub editions: Vec<EditionLink<'a>>,
    /// Distributions of the marks given in this edition, one for each scale, year and kind of subject; empty if it
    /// gives none.
    pub distributions: Vec<MarkDistributionView<'a>>,
    /// Changes since the previous edition; `None` for the first edition.
    pub changes: Option<ChangesView<'a>>,
    /// Nodes that have a sheet in this edition, by kind: goals, policies, programs. Kinds without sheets are left out.
    pub sheets: Vec<SheetsOfKind<'a>>,
}

/// Link to the page of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionLink<'a> {
    /// Label of the edition.
    pub label: &'a str,
    /// Link to its page.
    pub href: String,
    /// True if the edition is that of the page.
    pub current: bool,
}

/// Sheets of one kind of node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetsOfKind<'a> {
    /// Name of this level in the report: `施策`.
    pub label: &'a str,
    /// Nodes, each linked to the permalink page of its sheet, or to its current page if the site has no permalink
    /// pages.
    pub nodes: Vec<RefView<'a>>,
}

/// Builds the page of an edition. `None` if the strategy declares no such edition.
pub(crate) fn edition<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    edition_ix: EditionIx,
    order: &ReadingOrder,
) -> Option<EditionPageView<'a>> {
    let strategy = context.report.strategy(ix);
    let edition = context.edition(ix, edition_ix)?;
    let editions = strategy.shown_editions().rev().map(|(other, edition)| EditionLink {
        label: &edition.label,
        href: context.link(&address::edition(strategy, edition)),
        current: other == edition_ix,
    });
    // Nodes have the names that were printed in this edition.
    let edition_context = &ViewContext { only_edition: Some(edition_ix), ..*context };
    let sheets = Kind::ALL.into_iter().filter_map(|kind| {
        let nodes = order.of_kind(kind).iter().filter_map(|id| sheet_link(edition_context, *id, edition_ix));
        let nodes: Vec<RefView<'a>> = nodes.collect();
        (!nodes.is_empty()).then_some(SheetsOfKind { label: strategy.label(kind), nodes })
    });
    Some(EditionPageView {
        layout: Layout::of_overview(context, ix),
        edition: EditionView::new(context, ix, edition),
        editions: editions.collect(),
        distributions: mark_distributions(edition_context, ix, order),
        changes: changes(edition_context, ix, edition_ix, &order.all()),
        sheets: sheets.collect(),
    })
}

/// Link to the permalink page of a sheet, or to the current page of the node if the site has no permalink pages. `None`
/// if the node has no sheet in the edition.
fn sheet_link<'a>(context: &ViewContext<'a>, id: NodeId, edition: EditionIx) -> Option<RefView<'a>> {
    let sheet = context.report.node(id).sheet(edition)?;
    let url = address::sheet(context.report, id, sheet).unwrap_or_else(|| address::node(context.report, id));
    Some(RefView::of_node(context, id.strategy, id).with_href(context.link(&url)))
}
