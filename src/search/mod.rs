//! The index of the search: what is searched, and the files that hold it.
//!
//! The index holds the words of each page as they were drawn, so that a reader finds what
//! he could read, in a theme of the site's own too. It is divided into shards: one for each
//! strategy with its running pages, one for each edition with its lasting pages, one for
//! the glossary. A shard is a script and not data to be fetched: scripts may be loaded from
//! `file://` as well. It keeps the words as printed; `assets/search.js` alone makes width,
//! case and kana equal, in the text as in what is asked for, so that the two cannot differ.

mod words;

pub use words::Section;

use crate::model::{EditionIx, Kind, Node, NodeId, Report, StrategyIx};
use crate::site::{Order, Page, PageKind, Url, address};
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
pub struct Entry {
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
    /// Its words.
    pub sections: Vec<Section>,
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

/// The shard that belongs to no strategy.
pub fn shard_around(report: &Report) -> Option<Shard> {
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

    /// The file: a script that hands `entries` to the search.
    ///
    /// # Errors
    /// None are known: entries are texts.
    pub fn script(self, report: &Report, entries: &[Cow<'_, Entry>]) -> serde_json::Result<Vec<u8>> {
        let url = self.url(report).map(|url| url.to_string()).unwrap_or_default();
        let mut script = format!("shirube.index({}, [", serde_json::to_string(&url)?).into_bytes();
        for (place, entry) in entries.iter().enumerate() {
            script.extend(if place == 0 { b"\n".as_slice() } else { b",\n" });
            serde_json::to_writer(&mut script, entry)?;
        }
        script.extend(b"\n]);\n");
        Ok(script)
    }
}

/// What can be found of `page`, which was drawn as `html`. `None` if it is not searched.
pub fn entry(report: &Report, page: &Page, html: &str) -> Option<Entry> {
    Shard::of(page).filter(|_| report.site.search)?;
    let mut sections = words::sections(html);
    let url = page.url.clone();
    let (kind, label, name, reading) = match page.kind {
        PageKind::Strategy(ix) => {
            let strategy = report.strategy(ix);
            ("strategy", strategy.publisher.clone(), &strategy.title, &strategy.reading)
        }
        PageKind::Node(id) | PageKind::Sheet(id, _) => {
            let node = report.node(id);
            (node.kind.key(), label(report, id, node), &node.name, &node.reading)
        }
        _ => return None,
    };
    // The label stands beside the name already.
    if let Some(head) = sections.first_mut().filter(|section| section.heading.is_none()) {
        head.lines.retain(|line| *line != label);
    }
    sections.retain(|section| section.heading.is_some() || !section.lines.is_empty());
    Some(Entry { url, kind, label: Some(label), name: name.clone(), reading: reading.clone(), sections })
}

/// What can be found in the glossary.
pub fn terms(report: &Report) -> impl Iterator<Item = Entry> {
    let entry = |term: &crate::model::GlossaryTerm| Entry {
        url: address::glossary().at(address::term_anchor(&term.term)),
        kind: "term",
        label: None,
        name: term.term.clone(),
        reading: term.reading.clone(),
        sections: vec![Section {
            lines: std::iter::once(&term.meaning).chain(&term.also).cloned().collect(),
            ..Section::default()
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
fn label(report: &Report, id: NodeId, node: &Node) -> String {
    let label = node.label.as_deref().unwrap_or_else(|| report.strategy(id.strategy).label(node.kind));
    match node.number.as_deref() {
        None => label.to_owned(),
        Some(number) if number.contains(label) => number.to_owned(),
        Some(number) => format!("{label} {number}"),
    }
}

fn as_link<S: serde::Serializer>(url: &Url, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(url)
}
