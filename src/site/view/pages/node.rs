//! Current page of a goal, policy or program, and permalink page of one of its sheets.
//!
//! Both consist of the same sections and differ in the editions taken into account: the current page merges all
//! editions and shows the newest text, the permalink page shows one edition only.

use crate::markdown::{self, Passage};
use crate::model::{EditionIx, Kind, NodeId, Owner};
use crate::site::lists;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::chain::{ChainView, chains};
use crate::site::view::sections::change::{ChangesView, changes_since_previous};
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::goal_table::{GoalTablesView, tables_below};
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::node_header::NodeHeaderView;
use crate::site::view::sections::prose::{self, ProseOwner};
use crate::site::view::sections::relations::{RelationsView, relations};
use crate::site::view::sections::row::{RowsView, rows};
use crate::site::view::sections::sheet_content::SheetContentView;
use crate::site::view::sections::sums::{SumsView, sums_of_goal};
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::{ReadingOrder, address};
use serde::Serialize;

/// Current page of a goal, policy or program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Name and basic facts.
    pub head: NodeHeaderView<'a>,
    /// Text from the node's own file, which applies to all editions: plan, purpose, outline. `None` if there is none.
    pub body: Option<Html>,
    /// Plain text of `body`, for the search index.
    #[serde(skip)]
    pub(crate) passages: Vec<Passage>,
    /// Content of all its sheets, merged.
    pub sheet_content: SheetContentView<'a>,
    /// Changes of its newest edition since the previous one; `None` if the node has fewer than two sheets.
    pub changes: Option<ChangesView<'a>>,
    /// Link to the page with all changes if they may be too many for this one, which then counts them; else `None`.
    pub changes_elsewhere: Option<String>,
    /// Tables of the goals and policies below the node; `None` if there are none.
    pub below: Option<GoalTablesView<'a>>,
    /// Rows of programs; `None` if the node has none.
    pub rows: Option<RowsView<'a>>,
    /// Sums computed by the site over all programs below a goal, with the printed totals. `None` for policies and
    /// programs, and if there are no amounts.
    pub sums: Option<SumsView<'a>>,
    /// Address to cite: absolute, or relative to the site root if `site.toml` declares no base address.
    pub address: String,
    /// Chains of its indicators, from means to effects; empty if they are not linked.
    pub chains: Vec<ChainView<'a>>,
    /// Relations to other nodes; `None` if there are none.
    pub relations: Option<RelationsView<'a>>,
    /// Permalink pages of its sheets, newest first; empty if the site has no permalink pages.
    pub sheets: Vec<SheetLink<'a>>,
    /// Remarks on the source; empty if there are none.
    pub remarks: Vec<&'a str>,
}

/// Permalink page of a sheet: what one edition printed of a goal, policy or program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Name and basic facts.
    pub head: NodeHeaderView<'a>,
    /// Edition of the sheet.
    pub edition: EditionView<'a>,
    /// Address to cite: absolute, or relative to the site root if `site.toml` declares no base address.
    pub address: String,
    /// Link to the current page of the node.
    pub current_page: String,
    /// Content of the sheet.
    pub sheet_content: SheetContentView<'a>,
    /// Rows of programs, with the marks and amounts of this edition; `None` if there are none.
    pub rows: Option<RowsView<'a>>,
    /// Permalink pages of the node's other sheets, newest first; empty if there are none.
    pub sheets: Vec<SheetLink<'a>>,
}

/// Link to the permalink page of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetLink<'a> {
    /// Label of the edition.
    pub edition: &'a str,
    /// Link to the permalink page.
    pub href: String,
    /// Address to cite: absolute, or relative to the site root if `site.toml` declares no base address.
    pub address: String,
}

/// Number of rows above which the page of a node only counts the changes in them.
const MAX_CHANGED_ROWS: usize = 100;

/// Page of the newest edition of a node that lists its changes, if it has too many rows to list them itself.
fn changes_elsewhere(context: &ViewContext<'_>, id: NodeId, order: &ReadingOrder) -> Option<String> {
    let (report, ix) = (context.report, id.strategy);
    let edition = context.edition(ix, report.node(id).sheets.last()?.edition)?;
    report.rows(Owner::Node(id)).nth(MAX_CHANGED_ROWS)?;
    let part = lists::edition_parts(report, ix, order).into_iter().find(|part| part.entries.contains(&id));
    let page = match part {
        Some(part) => address::edition_part(report.strategy(ix), edition, &part.path(report)),
        None => address::edition(report.strategy(ix), edition),
    };
    Some(context.link(&page.with_fragment("changes")))
}

/// Builds the current page of a node.
pub(crate) fn node<'a>(context: &ViewContext<'a>, id: NodeId, order: &ReadingOrder) -> NodeView<'a> {
    let node = context.report.node(id);
    let mut page = context.page_state();
    let body = prose::render(context, ProseOwner::Node(id), &node.body, (&context.id("about"), 3), &mut page);
    let (body, passages) = body.unzip();
    let sheet_content = SheetContentView::new(context, id, &mut page);
    NodeView {
        layout: Layout { description: description(context, id), ..Layout::of_node(context, id, order) },
        head: NodeHeaderView::new(context, id),
        body,
        passages: passages.unwrap_or_default(),
        sheet_content,
        changes: changes_since_previous(context, id),
        changes_elsewhere: changes_elsewhere(context, id, order),
        below: tables_below(context, id),
        rows: rows(context, id.strategy, Owner::Node(id)),
        sums: (node.kind == Kind::Goal).then(|| sums_of_goal(context, id)).flatten(),
        address: context.citation_address(context.url),
        chains: chains(context, id),
        relations: relations(context, id),
        sheets: sheets(context, id, None),
        remarks: node.remarks.iter().map(|remark| remark.text.as_str()).collect(),
    }
}

/// Builds the permalink page of a node in one edition. `None` if the strategy declares no such edition.
pub(crate) fn sheet<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    edition: EditionIx,
    order: &ReadingOrder,
) -> Option<SheetView<'a>> {
    let context = &ViewContext { only_edition: Some(edition), ..*context };
    let mut layout = Layout::of_node(context, id, order);
    layout.breadcrumb.push(RefView::of_node(context, id.strategy, id));
    let (previous, next) = (None, None);
    Some(SheetView {
        layout: Layout { description: description(context, id), previous, next, ..layout },
        head: NodeHeaderView::new(context, id),
        edition: EditionView::new(context, id.strategy, context.edition(id.strategy, edition)?),
        address: context.citation_address(context.url),
        current_page: context.link(&address::node(context.report, id)),
        sheet_content: SheetContentView::new(context, id, &mut context.page_state()),
        rows: rows(context, id.strategy, Owner::Node(id)),
        sheets: sheets(context, id, Some(edition)),
    })
}

/// Links to the permalink pages of a node, newest first, except that of the edition `except`.
fn sheets<'a>(context: &ViewContext<'a>, id: NodeId, except: Option<EditionIx>) -> Vec<SheetLink<'a>> {
    let others = context.report.node(id).sheets.iter().filter(|sheet| Some(sheet.edition) != except);
    let links = others.filter_map(|sheet| {
        let url = address::sheet(context.report, id, sheet)?;
        let edition = &context.edition(id.strategy, sheet.edition)?.label;
        Some(SheetLink { edition, href: context.link(&url), address: context.citation_address(&url) })
    });
    links.rev().collect()
}

/// Beginning of the first text on a page, truncated to the length that search engines show. `None` if the page has no
/// text.
fn description(context: &ViewContext<'_>, id: NodeId) -> Option<String> {
    const MAX_CHARS: usize = 110;
    let body = Some(&context.report.node(id).body).filter(|_| context.only_edition.is_none());
    let sections =
        context.sheets(id).into_iter().rev().flat_map(|sheet| sheet.sections.iter().map(|section| &section.prose));
    let prose = body.into_iter().chain(sections).filter(|prose| !prose.is_empty());
    prose.map(|prose| markdown::excerpt(&prose.markdown, MAX_CHARS)).find(|excerpt| !excerpt.is_empty())
}
