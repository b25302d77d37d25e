//! Search index: entries of pages and the script files that contain them.
//!
//! Entries are built from the views, as plain sentences. Results therefore do not depend on templates, and no page is
//! rendered for the index. The index is divided into shards: one per strategy with its current pages, one per edition
//! with its permalink pages, and one for the glossary. A shard is a script rather than data to be fetched, because
//! scripts can also be loaded from `file://`. It contains the texts as printed. Only `assets/search.js` normalizes
//! width, case and kana, in texts and in queries alike, so that the two cannot differ.

mod sections;
mod sentences;

pub use sections::EntrySection;

use crate::model::{EditionIx, Kind, NodeId, Report, StrategyIx};
use crate::site::view::{NodeHeaderView, numbered};
use crate::site::{Page, PageKind, ReadingOrder, Url, View, address};
use crate::texts::InterfaceTexts;
use serde::Serialize;
use std::borrow::Cow;

/// Part of the index that is stored in one file and loaded as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shard {
    /// Page of a strategy and current pages of its nodes.
    Strategy(StrategyIx),
    /// Permalink pages of the sheets of one edition.
    Edition(StrategyIx, EditionIx),
    /// Terms of the glossary.
    Glossary,
}

/// Search entry: a page or a term on the glossary page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchEntry {
    /// Address relative to the site root.
    #[serde(serialize_with = "as_link")]
    pub url: Url,
    /// `strategy`, `goal`, `policy`, `program` or `term`.
    pub kind: &'static str,
    /// Label in front of the name: `施策 3`, or the publisher of a strategy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Name of the node, strategy or term.
    pub name: String,
    /// Reading of the name in kana.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
    /// Texts and figures by heading.
    pub sections: Vec<EntrySection>,
}

/// Shards of all strategies, in an order that depends only on the content; empty if the search is disabled.
pub fn shards(report: &Report) -> impl Iterator<Item = Shard> {
    report.strategies().filter(|_| report.site.search).flat_map(|(ix, _)| {
        let editions = address::editions_with_sheets(report, ix);
        let editions = editions.map(move |(edition, _)| Shard::Edition(ix, edition));
        std::iter::once(Shard::Strategy(ix)).chain(editions)
    })
}

/// Shard of the site-level pages; `None` if the search is disabled or the glossary empty.
pub fn site_level_shard(report: &Report) -> Option<Shard> {
    (report.site.search && !report.glossary.is_empty()).then_some(Shard::Glossary)
}

impl Shard {
    /// Address of the file of the shard; `None` if the edition is not declared.
    pub fn url(self, report: &Report) -> Option<Url> {
        match self {
            Shard::Strategy(ix) => Some(address::search_index(report.strategy(ix))),
            Shard::Edition(ix, edition) => {
                let strategy = report.strategy(ix);
                Some(address::edition_search_index(strategy, &strategy.editions.get(edition.0)?.id))
            }
            Shard::Glossary => Some(address::glossary_search_index()),
        }
    }

    /// Shard that contains the entry of a page; `None` for overviews, which repeat the content of other pages.
    pub fn of(page: &Page) -> Option<Self> {
        match page.kind {
            PageKind::Strategy(ix) => Some(Shard::Strategy(ix)),
            PageKind::Node(id) => Some(Shard::Strategy(id.strategy)),
            PageKind::Sheet(id, edition) => Some(Shard::Edition(id.strategy, edition)),
            _ => None,
        }
    }
}

/// File of the shard at `url`: a script that passes `entries` to the search.
///
/// # Errors
/// None in practice: entries consist of strings.
pub fn script(url: &Url, entries: &[Cow<'_, SearchEntry>]) -> serde_json::Result<Vec<u8>> {
    let mut script = format!("shirube.index({}, [", serde_json::to_string(&url.to_string())?).into_bytes();
    for (i, entry) in entries.iter().enumerate() {
        script.extend(if i == 0 { b"\n".as_slice() } else { b",\n" });
        serde_json::to_writer(&mut script, entry)?;
    }
    script.extend(b"\n]);\n");
    Ok(script)
}

/// Search entry of `page`, built from its `view`; `None` if the page is not indexed or the search is disabled.
pub fn entry(report: &Report, page: &Page, view: &View<'_>, texts: &InterfaceTexts) -> Option<SearchEntry> {
    Shard::of(page).filter(|_| report.site.search)?;
    let head_fields =
        |head: &NodeHeaderView<'_>| (head.kind, label(head), head.name.to_owned(), head.reading.map(str::to_owned));
    let ((kind, label, name, reading), sections) = match view {
        View::Strategy(view) => {
            let reading = view.reading.map(str::to_owned);
            let fields = ("strategy", view.publisher.to_owned(), view.title.to_owned(), reading);
            (fields, sections::of_strategy(view, texts))
        }
        View::Node(view) => (head_fields(&view.head), sections::of_node(view, texts)),
        View::Sheet(view) => (head_fields(&view.head), sections::of_sheet(view, texts)),
        _ => return None,
    };
    Some(SearchEntry { url: page.url.clone(), kind, label: Some(label), name, reading, sections })
}

/// Search entries of the terms in the glossary.
pub fn terms(report: &Report) -> impl Iterator<Item = SearchEntry> {
    let anchors = address::term_anchors(&report.glossary);
    let entry = move |term: &crate::model::GlossaryTerm| SearchEntry {
        url: address::term(&anchors, &term.term),
        kind: "term",
        label: None,
        name: term.term.clone(),
        reading: term.reading.clone(),
        sections: vec![EntrySection {
            lines: std::iter::once(&term.meaning).chain(&term.also).cloned().collect(),
            ..EntrySection::default()
        }],
    };
    report.glossary.iter().map(entry)
}

/// Pages of one shard in reading order: strategy, goals, policies, programs.
pub fn pages<'p>(report: &Report, shard: Shard, plan: &[&'p Page]) -> Vec<&'p Page> {
    let mut pages: Vec<&Page> = plan.iter().copied().filter(|page| Shard::of(page) == Some(shard)).collect();
    let (Shard::Strategy(ix) | Shard::Edition(ix, _)) = shard else { return pages };
    let order = ReadingOrder::new(report, ix);
    let nodes = Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)).enumerate();
    let positions: std::collections::HashMap<NodeId, usize> = nodes.map(|(position, id)| (*id, position)).collect();
    pages.sort_by_key(|page| match page.kind {
        PageKind::Node(id) | PageKind::Sheet(id, _) => positions.get(&id).copied(),
        _ => None,
    });
    pages
}

/// Label in front of the name of a node: label and number, or the number alone if it contains the label.
fn label(head: &NodeHeaderView<'_>) -> String {
    match head.number {
        None => head.label.to_owned(),
        Some(number) => numbered(Some(head.label), number).into_owned(),
    }
}

fn as_link<S: serde::Serializer>(url: &Url, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(url)
}
