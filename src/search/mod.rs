//! The index of the search: what is searched, and the files that hold it.
//!
//! Entries are made from the views, as plain sentences, so that the same is found whatever the theme
//! shows and no page is rendered for it. The index is divided into shards: one for each
//! strategy with its running pages, one for each edition with its lasting pages, one for
//! the glossary. A shard is a script and not data to be fetched: scripts may be loaded from
//! `file://` as well. It keeps the words as printed; `assets/search.js` alone makes width,
//! case and kana equal, in the text as in what is asked for, so that the two cannot differ.

mod sections;
mod sentences;

pub use sections::EntrySection;

use crate::model::{EditionIx, Kind, NodeId, Report, StrategyIx};
use crate::site::view::NodeHeaderView;
use crate::site::{Order, Page, PageKind, Url, View, address};
use crate::texts::Texts;
use serde::Serialize;
use std::borrow::Cow;

/// What is searched at once, and lies in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shard {
    /// A strategy as it stands: its own page and the running pages of its nodes.
    Strategy(StrategyIx),
    /// What one edition printed: the lasting pages of its sheets.
    Edition(StrategyIx, EditionIx),
    /// The words that readers may not know.
    Glossary,
}

/// Something that can be found: a page or, in the glossary, a place on one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchEntry {
    /// Where it is, from the root of the site.
    #[serde(serialize_with = "as_link")]
    pub url: Url,
    /// `strategy`, `goal`, `policy`, `program` or `term`.
    pub kind: &'static str,
    /// What stands before its name: `施策 3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its name.
    pub name: String,
    /// Its name in kana.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
    /// Its words and figures.
    pub sections: Vec<EntrySection>,
}

/// The shards of all strategies, in an order that depends on the content alone. None of a site
/// without a search.
pub fn shards(report: &Report) -> impl Iterator<Item = Shard> {
    report.strategies().filter(|_| report.site.search).flat_map(|(ix, _)| {
        let editions = address::editions_with_sheets(report, ix);
        let editions = editions.map(move |(edition, _)| Shard::Edition(ix, edition));
        std::iter::once(Shard::Strategy(ix)).chain(editions)
    })
}

/// The shard of the pages that belong to no strategy; `None` for a site without a search or a glossary.
pub fn site_level_shard(report: &Report) -> Option<Shard> {
    (report.site.search && !report.glossary.is_empty()).then_some(Shard::Glossary)
}

impl Shard {
    /// Where its file lies. `None` for an edition that there is not.
    pub fn url(self, report: &Report) -> Option<Url> {
        match self {
            Shard::Strategy(ix) => Some(address::search_index(report.strategy(ix))),
            Shard::Edition(ix, edition) => {
                let strategy = report.strategy(ix);
                Some(address::search_index_of(strategy, &strategy.editions.get(edition.0)?.id))
            }
            Shard::Glossary => Some(address::search_index_of_glossary()),
        }
    }

    /// The shard that a page is searched in. `None` for pages that gather what others say.
    pub fn of(page: &Page) -> Option<Self> {
        match page.kind {
            PageKind::Strategy(ix) => Some(Shard::Strategy(ix)),
            PageKind::Node(id) => Some(Shard::Strategy(id.strategy)),
            PageKind::Sheet(id, edition) => Some(Shard::Edition(id.strategy, edition)),
            _ => None,
        }
    }
}

/// The file of a shard at `url`: a script that hands `entries` to the search.
///
/// # Errors
/// None are known: entries are texts.
pub fn script(url: &Url, entries: &[Cow<'_, SearchEntry>]) -> serde_json::Result<Vec<u8>> {
    let mut script = format!("shirube.index({}, [", serde_json::to_string(&url.to_string())?).into_bytes();
    for (place, entry) in entries.iter().enumerate() {
        script.extend(if place == 0 { b"\n".as_slice() } else { b",\n" });
        serde_json::to_writer(&mut script, entry)?;
    }
    script.extend(b"\n]);\n");
    Ok(script)
}

/// What can be found of `page`, which shows `view`. `None` if it is not searched.
pub fn entry(report: &Report, page: &Page, view: &View<'_>, texts: &Texts) -> Option<SearchEntry> {
    Shard::of(page).filter(|_| report.site.search)?;
    let of_node =
        |head: &NodeHeaderView<'_>| (head.kind, label(head), head.name.to_owned(), head.reading.map(str::to_owned));
    let ((kind, label, name, reading), sections) = match view {
        View::Strategy(view) => {
            let reading = view.reading.map(str::to_owned);
            let named = ("strategy", view.publisher.to_owned(), view.title.to_owned(), reading);
            (named, sections::of_strategy(view, texts))
        }
        View::Node(view) => (of_node(&view.head), sections::of_node(view, texts)),
        View::Sheet(view) => (of_node(&view.head), sections::of_sheet(view, texts)),
        _ => return None,
    };
    Some(SearchEntry { url: page.url.clone(), kind, label: Some(label), name, reading, sections })
}

/// What can be found in the glossary.
pub fn terms(report: &Report) -> impl Iterator<Item = SearchEntry> {
    let entry = |term: &crate::model::GlossaryTerm| SearchEntry {
        url: address::glossary().at(address::term_anchor(&term.term)),
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

/// The pages of one shard in the order in which a report is read: the strategy, goals,
/// policies, programs.
pub fn pages<'p>(report: &Report, shard: Shard, plan: &[&'p Page]) -> Vec<&'p Page> {
    let mut pages: Vec<&Page> = plan.iter().copied().filter(|page| Shard::of(page) == Some(shard)).collect();
    let (Shard::Strategy(ix) | Shard::Edition(ix, _)) = shard else { return pages };
    let order = Order::of(report, ix);
    let nodes = Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)).enumerate();
    let places: std::collections::HashMap<NodeId, usize> = nodes.map(|(place, id)| (*id, place)).collect();
    pages.sort_by_key(|page| match page.kind {
        PageKind::Node(id) | PageKind::Sheet(id, _) => places.get(&id).copied(),
        _ => None,
    });
    pages
}

/// What stands before the name of a node. Where the number says what it is, it says so alone.
fn label(head: &NodeHeaderView<'_>) -> String {
    match head.number {
        None => head.label.to_owned(),
        Some(number) if number.contains(head.label) => number.to_owned(),
        Some(number) => format!("{} {number}", head.label),
    }
}

fn as_link<S: serde::Serializer>(url: &Url, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(url)
}
