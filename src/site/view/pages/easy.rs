//! Page in easy Japanese (やさしい日本語) of a strategy or node.
//!
//! Its text is written by the authors. Figures and marks below it are those of the full page, so that they are never
//! written twice.

use crate::markdown::{self, Passage, ruby};
use crate::model::{EasyText, Owner};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::indicator_summary::{IndicatorSummaryView, indicator_summaries};
use crate::site::view::sections::judgement::ScaleLegend;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::prose::{self, ProseOwner};
use crate::site::view::sections::sheet_content::{EditionJudgementsView, judgements_by_edition, scales_of};
use crate::site::view::values::html::Html;
use crate::site::view::values::reading::ReadingView;
use crate::site::view::values::reference::{RefView, numbered};
use crate::site::{ReadingOrder, address};
use serde::Serialize;

/// Page in easy Japanese of a strategy, goal, policy or program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EasyView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Kind of the full page: `strategy`, `goal`, `policy` or `program`.
    pub kind: &'static str,
    /// Name of its level in the report with the number: `施策 2`; the publisher of a strategy.
    pub label: String,
    /// Name of the strategy or node.
    pub name: &'a str,
    /// Title of the page, as plain text: its own, or else the name.
    pub title: String,
    /// Title of the page with ruby.
    pub heading: Html,
    /// Reading to be shown below the heading; `None` if there is none, or if the heading has ruby.
    pub reading_below: Option<&'a str>,
    /// True if the title is not the name.
    pub has_own_title: bool,
    /// Link to the full page.
    pub full_page: String,
    /// Text.
    pub body: Html,
    /// Plain text of `body`, for the search index.
    #[serde(skip)]
    pub(crate) passages: Vec<Passage>,
    /// Reading of the name, for the search index.
    #[serde(skip)]
    pub(crate) reading: Option<&'a str>,
    /// Indicators with their newest figures; empty if there are none, and for a strategy.
    pub indicators: Vec<IndicatorSummaryView<'a>>,
    /// Marks of the node by edition, newest first; empty if there are none, and for a strategy.
    pub judgements: Vec<EditionJudgementsView<'a>>,
    /// Scales of the marks in `judgements`.
    pub scales: Vec<ScaleLegend<'a>>,
}

/// Builds the page in easy Japanese of `owner`; `None` if it has none.
pub(crate) fn easy<'a>(context: &ViewContext<'a>, owner: Owner, order: &ReadingOrder) -> Option<EasyView<'a>> {
    const MAX_CHARS: usize = 110;
    let text = context.report.easy(owner)?;
    // Links to the glossary would lead to explanations that are not in easy Japanese.
    let context = &ViewContext { terms: None, ..*context };
    let mut page = context.page_state();
    // The id of the section below the text.
    page.ids.unique("figures");
    let prose_owner = match owner {
        Owner::Strategy(ix) => ProseOwner::Strategy(ix),
        Owner::Node(id) => ProseOwner::Node(id),
    };
    let (body, passages) = prose::render_easy(context, prose_owner, &text.prose, &mut page)?;
    let excerpt = markdown::excerpt(&markdown::without_readings(&text.prose.markdown), MAX_CHARS);
    let description = Some(excerpt).filter(|excerpt| !excerpt.is_empty());
    Some(match owner {
        Owner::Strategy(ix) => {
            let strategy = context.report.strategy(ix);
            let layout = Layout { description, ..Layout::of_overview(context, ix) };
            let view = EasyView::new(layout, text, &strategy.title, strategy.reading.as_deref());
            let full_page = context.link(&address::strategy(strategy));
            let (kind, label) = ("strategy", strategy.publisher.clone());
            EasyView { kind, label, full_page, body, passages, ..view }
        }
        Owner::Node(id) => {
            let (strategy, node) = (context.report.strategy(id.strategy), context.report.node(id));
            let mut layout = Layout { description, ..Layout::of_node(context, id, order) };
            layout.breadcrumb.push(RefView::of_node(context, id.strategy, id));
            (layout.previous, layout.next) = (None, None);
            let level = node.label.as_deref().unwrap_or_else(|| strategy.label(node.kind));
            let number = node.number.as_deref().filter(|number| *number != node.name);
            let judgements = judgements_by_edition(context, id);
            EasyView {
                kind: node.kind.key(),
                label: number.map_or_else(|| level.to_owned(), |number| numbered(Some(level), number).into_owned()),
                full_page: context.link(&address::node(context.report, id)),
                body,
                passages,
                indicators: indicator_summaries(context, id),
                scales: scales_of(context, id.strategy, &judgements),
                judgements,
                ..EasyView::new(layout, text, &node.name, node.reading.as_deref())
            }
        }
    })
}

impl<'a> EasyView<'a> {
    /// A page with the title of `text`, or else `name`; everything else is empty.
    fn new(layout: Layout<'a>, text: &'a EasyText, name: &'a str, reading: Option<&'a str>) -> Self {
        let (title, heading, below) = match &text.title {
            Some(title) => (markdown::without_readings(title).into_owned(), Html(ruby::line_to_html(title)), None),
            None => {
                let ReadingView { ruby, below } = ReadingView::new(name, reading);
                (name.to_owned(), ruby.unwrap_or_else(|| Html::default().text(name)), below)
            }
        };
        Self {
            layout,
            kind: "",
            label: String::new(),
            name,
            has_own_title: text.title.is_some(),
            title,
            heading,
            reading_below: below,
            reading,
            full_page: String::new(),
            body: Html::default(),
            passages: Vec::new(),
            indicators: Vec::new(),
            judgements: Vec::new(),
            scales: Vec::new(),
        }
    }
}
