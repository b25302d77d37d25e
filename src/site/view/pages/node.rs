//! The running page of a goal, policy or program, and the lasting page of one of its sheets.
//!
//! Both are made of the same parts; they differ in the editions that count: all of them
//! with the newest words, or one alone.

use crate::markdown::{self, Passage};
use crate::model::{EditionIx, Kind, NodeId, Owner};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::change::{ChangesView, since_last};
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::node_header::NodeHeaderView;
use crate::site::view::sections::prose::{Speaker, prose};
use crate::site::view::sections::relations::{RelationsView, relations};
use crate::site::view::sections::row::{RowsView, rows};
use crate::site::view::sections::sheet_content::SheetContentView;
use crate::site::view::sections::sums::{SumsView, of_goal};
use crate::site::view::sections::tree::{TreeView, trees};
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use crate::site::{Order, address};
use serde::Serialize;

/// A goal, policy or program as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// Its name and what stands beside it.
    pub head: NodeHeaderView<'a>,
    /// The words that stay: plan, purpose, outline.
    pub body: Option<Html>,
    /// The same as plain text, for the search.
    #[serde(skip)]
    pub(crate) passages: Vec<Passage>,
    /// What its editions say, merged.
    pub said: SheetContentView<'a>,
    /// What the newest edition changed since the one before.
    pub changes: Option<ChangesView<'a>>,
    /// The goals and policies below it.
    pub children: Vec<TreeView<'a>>,
    /// Its programs.
    pub rows: Option<RowsView<'a>>,
    /// Of a goal: our sums over all below it, beside what was printed.
    pub sums: Option<SumsView<'a>>,
    /// The address to cite.
    pub address: String,
    /// How it is tied to others.
    pub relations: Option<RelationsView<'a>>,
    /// The lasting pages of its sheets, newest first.
    pub sheets: Vec<SheetLink<'a>>,
    /// What readers should know of the source.
    pub remarks: Vec<&'a str>,
}

/// What one edition printed of a goal, policy or program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// Its name and what stands beside it.
    pub head: NodeHeaderView<'a>,
    /// The edition.
    pub edition: EditionView<'a>,
    /// The address to cite.
    pub address: String,
    /// The link to the running page.
    pub running: String,
    /// What the edition says.
    pub said: SheetContentView<'a>,
    /// The programs, with what the edition says of them.
    pub rows: Option<RowsView<'a>>,
    /// The lasting pages of the other sheets, newest first.
    pub sheets: Vec<SheetLink<'a>>,
}

/// A link to the lasting page of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetLink<'a> {
    /// The label of the edition.
    pub edition: &'a str,
    /// The link.
    pub href: String,
    /// The address to cite.
    pub address: String,
}

pub(crate) fn node<'a>(context: &ViewContext<'a>, id: NodeId, order: &Order) -> NodeView<'a> {
    let node = context.report.node(id);
    let mut page = context.page_state();
    let body = prose(context, Speaker::Node(id), &node.body, (&context.id("about"), 3), &mut page);
    let (body, passages) = body.unzip();
    let said = SheetContentView::new(context, id, &mut page);
    NodeView {
        layout: Layout { description: description(context, id), ..Layout::of_node(context, id, order) },
        head: NodeHeaderView::new(context, id),
        body,
        passages: passages.unwrap_or_default(),
        said,
        changes: since_last(context, id),
        children: trees(context, &context.report.relations(id).children),
        rows: rows(context, id.strategy, Owner::Node(id)),
        sums: (node.kind == Kind::Goal).then(|| of_goal(context, id)).flatten(),
        address: context.address(context.page),
        relations: relations(context, id),
        sheets: sheets(context, id, None),
        remarks: node.remarks.iter().map(|remark| remark.text.as_str()).collect(),
    }
}

/// `None` where the strategy declares no such edition.
pub(crate) fn sheet<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    edition: EditionIx,
    order: &Order,
) -> Option<SheetView<'a>> {
    let context = &ViewContext { only: Some(edition), ..*context };
    let mut layout = Layout::of_node(context, id, order);
    layout.trail.push(RefView::of_node(context, id.strategy, id));
    let (previous, next) = (None, None);
    Some(SheetView {
        layout: Layout { description: description(context, id), previous, next, ..layout },
        head: NodeHeaderView::new(context, id),
        edition: EditionView::new(context, id.strategy, context.edition(id.strategy, edition)?),
        address: context.address(context.page),
        running: context.link(&address::node(context.report, id)),
        said: SheetContentView::new(context, id, &mut context.page_state()),
        rows: rows(context, id.strategy, Owner::Node(id)),
        sheets: sheets(context, id, Some(edition)),
    })
}

fn sheets<'a>(context: &ViewContext<'a>, id: NodeId, but: Option<EditionIx>) -> Vec<SheetLink<'a>> {
    let links = context.report.node(id).sheets.iter().filter(|sheet| Some(sheet.edition) != but).filter_map(|sheet| {
        let url = address::sheet(context.report, id, sheet)?;
        let edition = &context.edition(id.strategy, sheet.edition)?.label;
        Some(SheetLink { edition, href: context.link(&url), address: context.address(&url) })
    });
    links.rev().collect()
}

/// The first words of a page, cut to what search engines show.
fn description(context: &ViewContext<'_>, id: NodeId) -> Option<String> {
    const LONGEST: usize = 110;
    let stays = Some(&context.report.node(id).body).filter(|_| context.only.is_none());
    let said =
        context.sheets(id).into_iter().rev().flat_map(|sheet| sheet.sections.iter().map(|section| &section.prose));
    let prose = stays.into_iter().chain(said).filter(|prose| !prose.is_empty());
    prose.map(|prose| markdown::first_words(&prose.markdown, LONGEST)).find(|words| !words.is_empty())
}
