//! The running page of a goal, policy or program, and the lasting page of one of its sheets.
//!
//! Both are made of the same parts; they differ in the editions that count: all of them
//! with the newest words, or one alone.

use super::change::{ChangesView, since_last};
use super::document::EditionView;
use super::head::HeadView;
use super::here::Here;
use super::html::Html;
use super::layout::Layout;
use super::prose::{Speaker, prose};
use super::reference::RefView;
use super::relations::{RelationsView, relations};
use super::row::{RowsView, rows};
use super::said::SaidView;
use super::sums::{SumsView, of_goal};
use super::tree::{TreeView, trees};
use crate::markdown::{self, Passage};
use crate::model::{EditionIx, Kind, NodeId, Owner};
use crate::site::{Order, address};
use serde::Serialize;

/// A goal, policy or program as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// Its name and what stands beside it.
    pub head: HeadView<'a>,
    /// The words that stay: plan, purpose, outline.
    pub body: Option<Html>,
    /// The same as plain text, for the search.
    #[serde(skip)]
    pub(crate) passages: Vec<Passage>,
    /// What its editions say, merged.
    pub said: SaidView<'a>,
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
    pub head: HeadView<'a>,
    /// The edition.
    pub edition: EditionView<'a>,
    /// The address to cite.
    pub address: String,
    /// The link to the running page.
    pub running: String,
    /// What the edition says.
    pub said: SaidView<'a>,
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

pub(crate) fn node<'a>(here: &Here<'a>, id: NodeId, order: &Order) -> NodeView<'a> {
    let node = here.report.node(id);
    let mut page = here.page_state();
    let body = prose(here, Speaker::Node(id), &node.body, (&here.id("about"), 3), &mut page);
    let (body, passages) = body.unzip();
    let said = SaidView::new(here, id, &mut page);
    NodeView {
        layout: Layout { description: description(here, id), ..Layout::of_node(here, id, order) },
        head: HeadView::new(here, id),
        body,
        passages: passages.unwrap_or_default(),
        said,
        changes: since_last(here, id),
        children: trees(here, &here.report.relations(id).children),
        rows: rows(here, id.strategy, Owner::Node(id)),
        sums: (node.kind == Kind::Goal).then(|| of_goal(here, id)).flatten(),
        address: here.address(here.page),
        relations: relations(here, id),
        sheets: sheets(here, id, None),
        remarks: node.remarks.iter().map(|remark| remark.text.as_str()).collect(),
    }
}

/// `None` where the strategy declares no such edition.
pub(crate) fn sheet<'a>(here: &Here<'a>, id: NodeId, edition: EditionIx, order: &Order) -> Option<SheetView<'a>> {
    let here = &Here { only: Some(edition), ..*here };
    let mut layout = Layout::of_node(here, id, order);
    layout.trail.push(RefView::of_node(here, id.strategy, id));
    let (previous, next) = (None, None);
    Some(SheetView {
        layout: Layout { description: description(here, id), previous, next, ..layout },
        head: HeadView::new(here, id),
        edition: EditionView::new(here, id.strategy, here.edition(id.strategy, edition)?),
        address: here.address(here.page),
        running: here.link(&address::node(here.report, id)),
        said: SaidView::new(here, id, &mut here.page_state()),
        rows: rows(here, id.strategy, Owner::Node(id)),
        sheets: sheets(here, id, Some(edition)),
    })
}

fn sheets<'a>(here: &Here<'a>, id: NodeId, but: Option<EditionIx>) -> Vec<SheetLink<'a>> {
    let links = here.report.node(id).sheets.iter().filter(|sheet| Some(sheet.edition) != but).filter_map(|sheet| {
        let url = address::sheet(here.report, id, sheet)?;
        let edition = &here.edition(id.strategy, sheet.edition)?.label;
        Some(SheetLink { edition, href: here.link(&url), address: here.address(&url) })
    });
    links.rev().collect()
}

/// The first words of a page, cut to what search engines show.
fn description(here: &Here<'_>, id: NodeId) -> Option<String> {
    const LONGEST: usize = 110;
    let stays = Some(&here.report.node(id).body).filter(|_| here.only.is_none());
    let said = here.sheets(id).into_iter().rev().flat_map(|sheet| sheet.sections.iter().map(|section| &section.prose));
    let prose = stays.into_iter().chain(said).filter(|prose| !prose.is_empty());
    prose.map(|prose| markdown::first_words(&prose.markdown, LONGEST)).find(|words| !words.is_empty())
}
