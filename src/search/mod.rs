//! Search index: entries of pages and the script files that contain them.
//!
//! Entries are built from the views, as plain sentences. Results therefore do not depend on templates, and no page is
//! rendered for the index. There is an index for each strategy with its current pages, one for each edition with its
//! permalink pages, and one for the glossary. Its files are scripts rather than data to be fetched, because scripts can
//! also be loaded from `file://`. It contains the texts as printed. Only `assets/search.js` normalizes
//! width, case and kana, in texts and in queries alike, so that the two cannot differ.

mod sections;
mod sentences;

pub use sections::EntrySection;

pub use crate::site::search_files::{Index, IndexFiles, Shard, site_level_shard};
pub use crate::site::search_grams::{FILES as GRAM_FILES, GramIndex, GramSet};

use crate::model::Report;
use crate::site::view::{NodeHeaderView, numbered};
use crate::site::{Page, Url, View, address};
use crate::texts::InterfaceTexts;
use serde::Serialize;
use std::borrow::Cow;

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

impl SearchEntry {
    /// All texts that are searched, line by line.
    fn lines(&self) -> impl Iterator<Item = &str> {
        let title = self.label.iter().chain([&self.name]).chain(&self.reading);
        let sections = self.sections.iter().flat_map(|section| section.heading.iter().chain(&section.lines));
        title.chain(sections).map(String::as_str)
    }
}

/// Search entry in the forms in which the index files contain it.
///
/// Entries are kept until all pages of a strategy are rendered. Three strings for each, instead of one for each of its lines,
/// leave less fragmented memory to the next pages: a clean build takes 4 % less CPU time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedEntry {
    /// Address relative to the site root.
    pub url: Url,
    /// The entry as JSON.
    json: String,
    /// The entry without its texts as JSON.
    json_of_name: String,
    /// All texts that are searched, one per line.
    text: String,
}

impl EncodedEntry {
    /// Encodes an entry.
    pub fn new(entry: SearchEntry) -> Self {
        let full = json(&entry);
        let text = entry.lines().collect::<Vec<_>>().join("\n");
        let entry = SearchEntry { sections: Vec::new(), ..entry };
        Self { json: full, json_of_name: json(&entry), text, url: entry.url }
    }

    /// All texts that are searched, line by line.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n')
    }
}

fn json(entry: &SearchEntry) -> String {
    let json = serde_json::to_string(entry);
    debug_assert!(json.is_ok(), "an entry consists of strings: {json:?}");
    json.unwrap_or_default()
}

/// Index file at `url`: a script that passes `entries` and the addresses of `further` files to the search. If there are
/// further files, the entries are those of names only.
///
/// # Errors
/// None in practice: addresses are strings.
pub fn script(url: &Url, entries: &[Cow<'_, EncodedEntry>], further: &[Url]) -> serde_json::Result<Vec<u8>> {
    let mut script = format!("shirube.index({}, [", serde_json::to_string(&url.to_string())?).into_bytes();
    for (i, entry) in entries.iter().enumerate() {
        script.extend(if i == 0 { b"\n".as_slice() } else { b",\n" });
        script.extend(if further.is_empty() { &entry.json } else { &entry.json_of_name }.as_bytes());
    }
    script.extend(b"\n]");
    if !further.is_empty() {
        script.extend(b", ");
        serde_json::to_writer(&mut script, &further.iter().map(Url::to_string).collect::<Vec<_>>())?;
    }
    script.extend(b");\n");
    Ok(script)
}

/// File of the first level at `url`: a script that passes the `rows` of some grams to the search.
///
/// # Errors
/// None in practice: the rows are strings.
pub fn gram_script(url: &Url, rows: &str) -> serde_json::Result<Vec<u8>> {
    let (url, rows) = (serde_json::to_string(&url.to_string())?, serde_json::to_string(rows)?);
    Ok(format!("shirube.grams({url}, {rows});\n").into_bytes())
}

/// Search entry of `page`, built from its `view`; `None` if the page is not indexed or the search is disabled.
pub fn entry(report: &Report, page: &Page, view: &View<'_>, texts: &InterfaceTexts) -> Option<SearchEntry> {
    Index::of(page).filter(|_| report.site.search)?;
    let head_fields =
        |head: &NodeHeaderView<'_>| (head.kind, label(head), head.name.to_owned(), head.reading.map(str::to_owned));
    let ((kind, label, name, reading), sections) = match view {
        View::Strategy(view) => {
            let reading = view.reading.map(str::to_owned);
            let fields = ("strategy", view.publisher.to_owned(), view.title.to_owned(), reading);
            (fields, sections::of_strategy(view, texts))
        }
        View::Node(view) => (head_fields(&view.head), sections::of_node(view, texts)),
        View::Easy(view) => {
            let name = [view.title.as_str(), &texts.fill("in_brackets", &[("words", texts.get("easy"))])].concat();
            let fields = (view.kind, view.label.clone(), name, view.reading.map(str::to_owned));
            (fields, sections::of_easy(view, texts))
        }
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
