//! Print page: a whole strategy as one document, with the sections of its pages in reading order.
//!
//! Ids within the part of a node are prefixed with the anchor of the part.

use crate::model::{NodeId, StrategyIx};
use crate::site::lists::{self, Document};
use crate::site::view::context::ViewContext;
use crate::site::view::pages::home::CountView;
use crate::site::view::pages::node::{NodeView, node};
use crate::site::view::pages::strategy::{StrategyView, strategy};
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::page_code::PageCodeView;
use crate::site::view::values::reference::RefView;
use crate::site::{ReadingOrder, address};
use serde::Serialize;

/// Print page of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Content of the strategy's own page.
    pub strategy: StrategyView<'a>,
    /// Documents with the goals, policies and programs of a large strategy, whose `parts` are then empty; empty if this
    /// is the whole document.
    pub documents: Vec<DocumentView<'a>>,
    /// Part of a large strategy that this document holds; `None` for the strategy as a whole.
    pub part: Option<DocumentView<'a>>,
    /// Goals, policies and programs in reading order: programs follow the policy of their home row.
    pub parts: Vec<PrintPart<'a>>,
}

/// Document with a part of a large strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentView<'a> {
    /// Top-level goal or policy; `None` for programs under no goal or policy.
    pub node: Option<RefView<'a>>,
    /// Its size: numbers of nodes by the name of their level.
    pub counts: Vec<CountView<'a>>,
    /// Link to the document.
    pub href: String,
}

/// Goal, policy or program in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintPart<'a> {
    /// Id of the part: `policy.3`.
    pub anchor: String,
    /// Prefix of all ids within the part: `policy.3.`. Ids in `node` already contain it; templates must add it to their
    /// own.
    pub id_prefix: String,
    /// Number of goals and policies above the node.
    pub depth: usize,
    /// Content of the node's current page.
    pub node: NodeView<'a>,
}

/// Builds the print page of a strategy: the whole document, or its summary and the documents into which it is divided.
pub(crate) fn print<'a>(context: &ViewContext<'a>, ix: StrategyIx, order: &ReadingOrder) -> PrintView<'a> {
    let documents = lists::documents(context.report, ix, order);
    let nodes = if documents.is_empty() { lists::in_order(context.report, ix, order) } else { Vec::new() };
    let documents = documents.iter().map(|document| DocumentView::new(context, ix, document));
    PrintView { documents: documents.collect(), ..view(context, ix, order, nodes) }
}

/// Builds the print document at `index` of a divided strategy. `None` if there is no such document.
pub(crate) fn document<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    index: usize,
    order: &ReadingOrder,
) -> Option<PrintView<'a>> {
    let document = lists::documents(context.report, ix, order).into_iter().nth(index)?;
    let part = Some(DocumentView::new(context, ix, &document));
    let whole = address::print(context.report.strategy(ix));
    let mut layout = layout(context, ix);
    layout.breadcrumb.push(RefView::of_page(context.texts.get("print_title"), context.link(&whole)));
    Some(PrintView { part, layout, ..view(context, ix, order, document.nodes) })
}

/// Layout data without the means to save tables, which print documents repeat from other pages, but with the address of
/// the document for paper.
fn layout<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> Layout<'a> {
    Layout { downloads: None, page_code: PageCodeView::new(context), ..Layout::of_overview(context, ix) }
}

fn view<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    order: &ReadingOrder,
    nodes: Vec<(NodeId, usize)>,
) -> PrintView<'a> {
    let parts = nodes.into_iter().map(|(id, depth)| {
        let context = &ViewContext { print_part: Some(id), terms: None, ..*context };
        let anchor = address::part_anchor(context.report.node(id));
        PrintPart { anchor, id_prefix: context.id(""), depth, node: node(context, id, order) }
    });
    let strategy = strategy(&ViewContext { terms: None, ..*context }, ix, order);
    PrintView { layout: layout(context, ix), strategy, documents: Vec::new(), part: None, parts: parts.collect() }
}

impl<'a> DocumentView<'a> {
    fn new(context: &ViewContext<'a>, ix: StrategyIx, document: &Document) -> Self {
        let report = context.report;
        let labels = document.nodes.iter().map(|(id, _)| report.strategy(ix).label(report.node(*id).kind));
        let mut counts: Vec<CountView<'a>> = Vec::new();
        for label in labels {
            match counts.iter_mut().find(|count| count.label == label) {
                Some(count) => count.count += 1,
                None => counts.push(CountView { label, count: 1 }),
            }
        }
        Self {
            node: document.root.map(|root| RefView::of_node(context, ix, root)),
            counts,
            href: context.link(&address::print_document(report.strategy(ix), &document.path(report))),
        }
    }
}
