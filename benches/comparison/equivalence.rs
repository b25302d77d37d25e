//! Equivalence of the pages of all generators: every page of the first city, and the home page.
//!
//! The comparison covers all elements in order, all text up to whitespace, the targets of links, and the content of
//! charts: texts and marks with their values, in any order. It excludes classes, ids and the coordinates of charts.
//! Where labels of close values would overlap, Shirube omits some and the competitors write all; such labels are
//! counted, and their figures are in the table on the page.

use scraper::{ElementRef, Html};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A built site with the name of its generator.
pub struct Site {
    name: &'static str,
    folder: PathBuf,
    /// Files by path; pages without extension.
    files: BTreeMap<String, PathBuf>,
}

/// The city whose pages are compared, besides the home page.
const COMPARED: &str = "city-0001";
/// Maximum number of listed differences.
const LISTED: usize = 20;
/// Prefix of the line of a value label in a chart.
const LABEL: &str = "text.chart-label";

impl Site {
    /// Lists the files of a site, and prints their number and size.
    pub fn new(name: &'static str, folder: PathBuf) -> io::Result<Self> {
        let (mut files, mut bytes) = (BTreeMap::new(), 0);
        for entry in WalkDir::new(&folder).into_iter().filter_entry(|entry| entry.file_name() != ".shirube") {
            let entry = entry?;
            if entry.file_type().is_file() {
                bytes += entry.metadata()?.len();
                let path = entry.path().strip_prefix(&folder).map_err(io::Error::other)?;
                files.insert(normalized_path(&path.to_string_lossy()), path.to_owned());
            }
        }
        let pages = files.values().filter(|path| is_page(path)).count();
        eprintln!("{name}: {} files, {pages} of them pages; {:.1} MB", files.len(), bytes as f64 / 1e6);
        Ok(Self { name, folder, files })
    }

    /// The comparable content of a page, one line per element, text or mark.
    fn content_lines(&self, page: &str) -> io::Result<Vec<String>> {
        let Some(path) = self.files.get(page) else { return Ok(Vec::new()) };
        let html = Html::parse_document(&fs::read_to_string(self.folder.join(path))?);
        let mut lines = Vec::new();
        walk(html.root_element(), path, &mut lines);
        Ok(lines)
    }
}

/// Compares every competitor with `ours`; fails if any pages differ.
pub fn check(ours: &Site, theirs: &[Site]) -> io::Result<()> {
    let is_compared = |page: &str| page.is_empty() || page.split('/').next() == Some(COMPARED);
    let pages = ours.files.iter().filter(|(page, path)| is_page(path) && is_compared(page));
    let pages: Vec<&String> = pages.map(|(page, _)| page).collect();
    let mut differences = Vec::new();
    for theirs in theirs {
        let (mut lines, mut labels) = (0, 0);
        for page in &pages {
            let content_lines = ours.content_lines(page)?;
            lines += content_lines.len();
            match difference(&content_lines, &theirs.content_lines(page)?) {
                Ok(more) => labels += more,
                Err(difference) => differences.push(format!("\n{page}: {} {difference}", theirs.name)),
            }
        }
        let (name, pages) = (theirs.name, pages.len());
        eprintln!("{name}: {lines} elements, texts and marks of {pages} pages; {labels} additional labels");
    }
    if differences.is_empty() {
        return Ok(());
    }
    let first: String = differences.iter().take(LISTED).map(String::as_str).collect();
    Err(io::Error::other(format!("{} pages differ:{first}", differences.len())))
}

/// The number of additional chart labels on a competitor's page, or the first pair of lines that differ otherwise.
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

/// Adds the lines of an element, its content and its end.
fn walk(element: ElementRef<'_>, page: &Path, lines: &mut Vec<String>) {
    let tag = element.value();
    match tag.name() {
        "svg" => return chart(element, lines),
        "meta" if tag.attr("name") == Some("description") => {
            lines.push(text_line("description", tag.attr("content").unwrap_or_default()));
        }
        "a" => lines.push(format!("<a> to {}", target(page, tag.attr("href").unwrap_or_default()))),
        name => lines.push(format!("<{name}>")),
    }
    for child in element.children() {
        if let Some(text) = child.value().as_text().filter(|text| !text.trim().is_empty()) {
            lines.push(text_line(tag.name(), text));
        }
        ElementRef::wrap(child).into_iter().for_each(|child| walk(child, page, lines));
    }
    lines.push(format!("</{}>", tag.name()));
}

/// Adds the texts and marks of a chart in sorted order.
fn chart(svg: ElementRef<'_>, lines: &mut Vec<String>) {
    let mut parts: Vec<String> = Vec::new();
    for part in svg.descendent_elements().skip(1) {
        let tag = part.value();
        let kind = format!("{}.{}", tag.name(), tag.attr("class").unwrap_or_default());
        let data = ["data-year", "data-tick", "data-value"].map(|name| tag.attr(name).map(str::parse::<f64>));
        parts.push(text_line(&format!("{kind} {data:?}"), &part.text().collect::<String>()));
    }
    parts.sort();
    lines.push("<svg>".to_owned());
    lines.extend(parts);
}

fn text_line(kind: &str, text: &str) -> String {
    format!("{kind}: {}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The resolved target of a link on a page, with fragment.
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
    format!("{}#{fragment}", normalized_path(&steps.join("/")))
}

/// Normalizes the path of a page: without `index.html`, extension and trailing slash.
fn normalized_path(path: &str) -> String {
    match path.strip_suffix(".html") {
        Some(page) => page.strip_suffix("index").unwrap_or(page).trim_end_matches('/').to_owned(),
        None => path.trim_end_matches('/').to_owned(),
    }
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "html")
}
