//! Rendering of prose: Markdown converted to HTML, with links by node name resolved.

use crate::markdown::{self, PageState, Passage, RenderOptions, Resolved};
use crate::model::{
    CellKey, JudgedSubject, JudgementKey, Kind, NodeId, Prose, Reference, ReferenceTarget, Section, Sheet, StrategyIx,
};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::MarkView;
use crate::site::view::values::corrected::CorrectedView;
use crate::site::view::values::html::Html;
use crate::site::view::values::reference::RefView;
use serde::Serialize;

/// Text of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProseView<'a> {
    /// Label of the edition.
    pub edition: &'a str,
    /// Sections of the text, by heading; empty if there are only variants.
    pub sections: Vec<SectionView<'a>>,
    /// Text that differs under policies that repeat the program; usually empty.
    pub variants: Vec<ProseVariantView<'a>>,
}

/// Text under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView<'a> {
    /// Id of the heading.
    pub anchor: String,
    /// Heading.
    pub title: &'a str,
    /// Mark given by the heading. `None` unless the strategy declares headings that are marks of a scale and this
    /// heading is one of them.
    pub mark: Option<MarkView<'a>>,
    /// Correction (訂正) of the mark given by the heading, or else of the text; `None` if neither was corrected.
    pub corrected: Option<CorrectedView<'a>>,
    /// Text as HTML; empty if the section has none.
    pub html: Html,
    /// Plain text of the section, for the search index.
    #[serde(skip)]
    pub(crate) passages: Vec<Passage>,
}

/// Text that differs under a policy that repeats the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProseVariantView<'a> {
    /// Policy under which this text was printed; `None` if it cannot be resolved.
    pub policy: Option<RefView<'a>>,
    /// Sections of the text, by heading.
    pub sections: Vec<SectionView<'a>>,
    /// Remarks on the difference; empty if there are none.
    pub remarks: Vec<&'a str>,
}

/// Owner of a piece of prose, against which its links are resolved.
#[derive(Clone, Copy)]
pub(crate) enum ProseOwner {
    /// Strategy, with the text of `strategy.md`.
    Strategy(StrategyIx),
    /// Node, with its own text and that of its sheets.
    Node(NodeId),
}

impl ProseOwner {
    fn strategy(self) -> StrategyIx {
        match self {
            ProseOwner::Strategy(ix) => ix,
            ProseOwner::Node(id) => id.strategy,
        }
    }
}

/// Renders the text of the section `anchor` as HTML with headings starting at level `top`, and as plain text if the
/// page is indexed. `None` if the text is empty.
pub(crate) fn render(
    context: &ViewContext<'_>,
    owner: ProseOwner,
    prose: &Prose,
    (anchor, top): (&str, u8),
    page: &mut PageState<'_>,
) -> Option<(Html, Vec<Passage>)> {
    render_with(context, owner, prose, (anchor, top), page, false)
}

/// Renders a text in easy Japanese, with ruby and headings starting at level 2. `None` if the text is empty.
pub(crate) fn render_easy(
    context: &ViewContext<'_>,
    owner: ProseOwner,
    prose: &Prose,
    page: &mut PageState<'_>,
) -> Option<(Html, Vec<Passage>)> {
    render_with(context, owner, prose, ("easy", 2), page, true)
}

fn render_with(
    context: &ViewContext<'_>,
    owner: ProseOwner,
    prose: &Prose,
    (anchor, top): (&str, u8),
    page: &mut PageState<'_>,
    ruby: bool,
) -> Option<(Html, Vec<Passage>)> {
    if prose.is_empty() {
        return None;
    }
    let resolve = |written: &str| resolve(context, owner, written);
    let prefix = format!("{anchor}-");
    let top = top + u8::from(context.print_part.is_some());
    let options = RenderOptions { top_heading: top, id_prefix: &prefix, resolve: &resolve, texts: context.texts, ruby };
    let html = Html(markdown::to_html(&prose.markdown, &options, page));
    Some((html, page.passages.as_mut().map(std::mem::take).unwrap_or_default()))
}

/// Resolves a link in prose: a file in the node's own folder, or else a node by name.
fn resolve(context: &ViewContext<'_>, owner: ProseOwner, written: &str) -> Option<Resolved> {
    let report = context.report;
    if let ProseOwner::Node(id) = owner {
        let node = report.node(id);
        if let Some(file) = node.assets.iter().find(|file| file.is_linked_as(written)) {
            let url = address::file_of_node(report.strategy(id.strategy), node.kind, &node.id, &file.name);
            let size = file.image.and_then(|image| image.size);
            return Some(Resolved { href: context.link(&url), title: None, size });
        }
    }
    let target = report.resolve(owner.strategy(), &Reference::parse(written, Default::default())?)?;
    let url = address::target(report, target)?;
    let view = RefView::new(context, owner.strategy(), target);
    Some(Resolved { href: context.link(&url), title: view.name.map(str::to_owned), size: None })
}

/// Text of a sheet, with headings starting at level `top`. `None` if the sheet has no text.
pub(crate) fn sheet_prose<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    sheet: &'a Sheet,
    top: u8,
    page: &mut PageState<'_>,
) -> Option<ProseView<'a>> {
    if sheet.sections.is_empty() && sheet.variants.is_empty() {
        return None;
    }
    let main = sections(context, id, (&sheet.sections, Some(sheet)), top, page);
    let variants = sheet.variants.iter().map(|variant| {
        let policy = Reference::node(Kind::Policy, &variant.policy, variant.span);
        let policy = context.report.resolve(id.strategy, &policy);
        ProseVariantView {
            policy: policy.map(|target: ReferenceTarget| RefView::new(context, id.strategy, target)),
            sections: sections(context, id, (&variant.sections, None), top + 1, page),
            remarks: variant.remarks.iter().map(|remark| remark.text.as_str()).collect(),
        }
    });
    Some(ProseView {
        edition: &context.edition(id.strategy, sheet.edition)?.label,
        sections: main,
        variants: variants.collect(),
    })
}

/// Views of sections with headings starting at level `top`. `sheet` is the sheet whose corrections can be about them; `None`
/// for variants.
fn sections<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    (sections, sheet): (&'a [Section], Option<&'a Sheet>),
    top: u8,
    page: &mut PageState<'_>,
) -> Vec<SectionView<'a>> {
    let strategy = context.report.strategy(id.strategy);
    let kind = context.report.node(id).kind;
    let scales = strategy.sections.iter().filter(|rule| rule.applies_to.contains(&kind)).filter_map(|rule| rule.scale);
    let scales: Vec<_> = scales.filter_map(|ix| Some((ix, strategy.scales.get(ix.0)?))).collect();
    let mark_of = |title: &str| {
        let marks = scales.iter().flat_map(|(ix, scale)| scale.marks.iter().map(|mark| (*ix, mark)));
        marks.into_iter().find(|(_, mark)| mark.printed == title)
    };
    let corrected = |about: &CellKey| CorrectedView::of_sheet(context, id, sheet?, about);
    let mut views = Vec::with_capacity(sections.len());
    for section in sections {
        let anchor = page.ids.unique(&context.id(&section.title));
        let rendered = render(context, ProseOwner::Node(id), &section.prose, (&anchor, top + 1), page);
        let (html, passages) = rendered.unwrap_or_default();
        let mark = mark_of(&section.title);
        let judgement =
            mark.map(|(scale, _)| JudgementKey { subject: JudgedSubject::Node, scale, judge: None, year: None });
        views.push(SectionView {
            anchor,
            title: &section.title,
            corrected: judgement
                .and_then(|key| corrected(&CellKey::Judgement(key)))
                .or_else(|| corrected(&CellKey::Section(section.title.clone()))),
            mark: mark.map(|(_, mark)| MarkView::new(mark)),
            html,
            passages,
        });
    }
    views
}
