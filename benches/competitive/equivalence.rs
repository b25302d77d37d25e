//! Whether the contestants write the same pages: every page of the first city and the first page
//! of the site, element by element, word by word and figure by figure.
//!
//! Compared are all elements in their order, all words up to white space, what links lead to, and
//! what charts show: their words and their marks with the values that they stand for, in any
//! order. Not compared are classes and ids, and the coordinates of charts. Where values lie so
//! close that labels would cover each other, Shirube writes one of them and the competitors write all:
//! such labels are counted, and their figures are on the page in the table.

use scraper::{ElementRef, Html};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// One site, by the name of who wrote it.
pub struct Site {
    name: &'static str,
    folder: PathBuf,
    /// Its files, each by its place: pages without an ending.
    files: BTreeMap<String, PathBuf>,
}

/// The pages that are compared: those of the first city, and the first page.
const COMPARED: &str = "city-0001";
/// How many differences are listed.
const LISTED: usize = 20;
/// How a label of a value on a chart begins.
const LABEL: &str = "text.chart-label";

impl Site {
    /// Lists the site in a folder, and says how much was written.
    pub fn new(name: &'static str, folder: PathBuf) -> io::Result<Self> {
        let (mut files, mut bytes) = (BTreeMap::new(), 0);
        for entry in WalkDir::new(&folder).into_iter().filter_entry(|entry| entry.file_name() != ".shirube") {
            let entry = entry?;
            if entry.file_type().is_file() {
                bytes += entry.metadata()?.len();
                let path = entry.path().strip_prefix(&folder).map_err(io::Error::other)?;
                files.insert(place(&path.to_string_lossy()), path.to_owned());
            }
        }
        let pages = files.values().filter(|path| is_page(path)).count();
        eprintln!("{name}: {} files, {pages} of them pages; {:.1} MB", files.len(), bytes as f64 / 1e6);
        Ok(Self { name, folder, files })
    }

    /// What the page at a place shows.
    fn shown(&self, place: &str) -> io::Result<Vec<String>> {
        let Some(path) = self.files.get(place) else { return Ok(Vec::new()) };
        let html = Html::parse_document(&fs::read_to_string(self.folder.join(path))?);
        let mut lines = Vec::new();
        walk(html.root_element(), path, &mut lines);
        Ok(lines)
    }
}

/// Holds every competitor against `ours`, and fails where their pages differ.
pub fn check(ours: &Site, theirs: &[Site]) -> io::Result<()> {
    let compared = |place: &str| place.is_empty() || place.split('/').next() == Some(COMPARED);
    let pages = ours.files.iter().filter(|(place, path)| is_page(path) && compared(place));
    let pages: Vec<&String> = pages.map(|(place, _)| place).collect();
    let mut differences = Vec::new();
    for theirs in theirs {
        let (mut lines, mut labels) = (0, 0);
        for place in &pages {
            let shown = ours.shown(place)?;
            lines += shown.len();
            match difference(&shown, &theirs.shown(place)?) {
                Ok(more) => labels += more,
                Err(said) => differences.push(format!("\n{place}: {} {said}", theirs.name)),
            }
        }
        let (name, pages) = (theirs.name, pages.len());
        eprintln!("{name}: {lines} elements, words and figures of {pages} pages; {labels} labels more than ours");
    }
    if differences.is_empty() {
        return Ok(());
    }
    let first: String = differences.iter().take(LISTED).map(String::as_str).collect();
    Err(io::Error::other(format!("{} pages are not equal:{first}", differences.len())))
}

/// How many labels of charts a competitor's page has beside what ours has, or the first lines in which
/// they differ otherwise.
fn difference(ours: &[String], theirs: &[String]) -> Result<usize, String> {
    let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
    let mut labels = 0;
    loop {
        match (ours.peek(), theirs.peek()) {
            (None, None) => return Ok(labels),
            (Some(our), Some(their)) if our == their => drop((ours.next(), theirs.next())),
            (_, Some(their)) if their.starts_with(LABEL) => {
                labels += 1;
                theirs.next();
            }
            (our, their) => return Err(format!("has {their:?} for {our:?}")),
        }
    }
}

/// Puts down an element, what is in it, and its end.
fn walk(element: ElementRef<'_>, page: &Path, lines: &mut Vec<String>) {
    let tag = element.value();
    match tag.name() {
        "svg" => return chart(element, lines),
        "meta" if tag.attr("name") == Some("description") => {
            lines.push(words("description", tag.attr("content").unwrap_or_default()));
        }
        "a" => lines.push(format!("<a> to {}", target(page, tag.attr("href").unwrap_or_default()))),
        name => lines.push(format!("<{name}>")),
    }
    for child in element.children() {
        if let Some(text) = child.value().as_text().filter(|text| !text.trim().is_empty()) {
            lines.push(words(tag.name(), text));
        }
        ElementRef::wrap(child).into_iter().for_each(|child| walk(child, page, lines));
    }
    lines.push(format!("</{}>", tag.name()));
}

/// The words and marks of a chart, in any order.
fn chart(svg: ElementRef<'_>, lines: &mut Vec<String>) {
    let mut parts: Vec<String> = Vec::new();
    for part in svg.descendent_elements().skip(1) {
        let tag = part.value();
        let kind = format!("{}.{}", tag.name(), tag.attr("class").unwrap_or_default());
        let data = ["data-year", "data-tick", "data-value"].map(|name| tag.attr(name).map(str::parse::<f64>));
        parts.push(words(&format!("{kind} {data:?}"), &part.text().collect::<String>()));
    }
    parts.sort();
    lines.push("<svg>".to_owned());
    lines.extend(parts);
}

fn words(kind: &str, text: &str) -> String {
    format!("{kind}: {}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The place to which the link of a page leads.
fn target(page: &Path, href: &str) -> String {
    let mut steps: Vec<String> = page.iter().map(|step| step.to_string_lossy().into_owned()).collect();
    steps.pop();
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    for step in path.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step.to_owned()),
        }
    }
    format!("{}#{fragment}", place(&steps.join("/")))
}

/// Where a page lies, however its address is written.
fn place(path: &str) -> String {
    match path.strip_suffix(".html") {
        Some(page) => page.strip_suffix("index").unwrap_or(page).trim_end_matches('/').to_owned(),
        None => path.trim_end_matches('/').to_owned(),
    }
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "html")
}
