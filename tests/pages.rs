//! What holds for every page of the site, seen on the pages of the five reports.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use shirube::content::Disk;
use shirube::model::Verdict;
use shirube::search;
use shirube::site::{self, PageKind, Viewer};
use shirube::theme::Theme;
use shirube::workspace::{self, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

/// All pages by path, drawn with the default theme; and the paths of what else is published.
type Site = (BTreeMap<String, String>, BTreeSet<String>);

/// The site, drawn once for all tests.
static SITE: LazyLock<Site> = LazyLock::new(drawn);

fn drawn() -> Site {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let report = workspace::analyze(&Disk::new(&content), &[], &Options::default()).unwrap().report;
    let theme = Theme::load(&report.site, &[]).unwrap();
    let viewer = Viewer::new(&report);
    let draw = |page: &site::Page| theme.draw(&viewer.view(page), &mut Vec::new()).unwrap().into_owned();
    let pages = site::plan(&report).iter().map(|page| (page.url.path().to_owned(), draw(page))).collect();
    let files = site::files(&report).into_iter().map(|file| file.url);
    let data = report
        .strategies()
        .flat_map(|(_, strategy)| [site::address::report_json(strategy), site::address::summary_json(strategy)]);
    let others = theme.assets().map(|(url, _)| url).chain(files).chain(data);
    let others = others.map(|url| url.path().to_owned()).collect();
    (pages, others)
}

/// The start tags of a page: names and whole tags.
fn tags(html: &str) -> impl Iterator<Item = (&str, &str)> {
    html.split('<').skip(1).filter_map(|rest| {
        let tag = &rest[..rest.find('>')?];
        let name = tag.split_whitespace().next()?;
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some((name, tag))
    })
}

/// The value of an attribute. The theme writes all of them in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[at..].split('"').next()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = (byte == b'%').then(|| [rest.next(), rest.next()]);
        bytes.push(match hex {
            Some([Some(a), Some(b)]) => u8::from_str_radix(std::str::from_utf8(&[a, b]).unwrap(), 16).unwrap(),
            _ => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// The path that `link` means on the page at `from`.
fn resolved(from: &str, link: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in link.split('/') {
        if step == ".." {
            steps.pop().expect("no link leaves the site");
        } else {
            steps.push(step);
        }
    }
    decoded(&steps.join("/"))
}

#[test]
fn every_link_and_every_place_within_a_page_exists() {
    let (pages, others) = &*SITE;
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, html)| (path.as_str(), tags(html).filter_map(|(_, tag)| attribute(tag, "id")).collect()))
        .collect();
    for (path, html) in pages {
        for (_, tag) in tags(html) {
            let Some(link) = attribute(tag, "href").or_else(|| attribute(tag, "src")) else { continue };
            if link.starts_with("http:") || link.starts_with("https:") || link.starts_with("mailto:") {
                continue;
            }
            let (file, fragment) = link.split_once('#').map_or((link, None), |(f, id)| (f, Some(decoded(id))));
            let target = if file.is_empty() { path.clone() } else { resolved(path, file) };
            match fragment {
                None => assert!(pages.contains_key(&target) || others.contains(&target), "{link} on {path}"),
                Some(id) => assert!(ids.get(&*target).is_some_and(|ids| ids.contains(&*id)), "{link} on {path}"),
            }
        }
    }
}

#[test]
fn nothing_is_requested_from_elsewhere() {
    for (path, html) in &SITE.0 {
        for (name, tag) in tags(html).filter(|(name, _)| *name != "a") {
            for key in ["src", "href", "srcset", "data", "action"] {
                let asked = attribute(tag, key).unwrap_or_default();
                assert!(!asked.contains("//"), "<{name} {key}=\"{asked}\"> on {path}");
            }
        }
    }
}

#[test]
fn ids_are_given_once_and_labels_name_what_is_there() {
    for (path, html) in &SITE.0 {
        let mut ids = BTreeSet::new();
        for id in tags(html).filter_map(|(_, tag)| attribute(tag, "id")) {
            assert!(ids.insert(id), "the id {id} stands twice on {path}");
        }
        let labels = tags(html).filter_map(|(_, tag)| attribute(tag, "aria-labelledby"));
        for label in labels.flat_map(|labels| labels.split(' ')) {
            assert!(ids.contains(label), "nothing is called {label} on {path}");
        }
    }
}

#[test]
fn headings_begin_with_one_h1_and_skip_no_level() {
    for (path, html) in &SITE.0 {
        let levels = tags(html).filter_map(|(name, _)| name.strip_prefix('h')?.parse::<u8>().ok());
        let mut last = 0;
        for level in levels {
            assert!(level <= last + 1, "h{level} after h{last} on {path}");
            assert!((level == 1) == (last == 0), "another h1 on {path}");
            last = level;
        }
        assert_ne!(last, 0, "no heading on {path}");
    }
}

#[test]
fn tables_have_captions_and_their_headers_a_scope() {
    for (path, html) in &SITE.0 {
        for (_, tag) in tags(html).filter(|(name, _)| *name == "th") {
            assert!(matches!(attribute(tag, "scope"), Some("col" | "row" | "rowgroup")), "<{tag}> on {path}");
        }
        let own = html.matches("<table class=").count();
        assert_eq!(own, html.matches("<caption").count(), "{path}");
    }
}

#[test]
fn every_page_has_a_title_of_its_own_and_a_language() {
    let mut titles = BTreeMap::new();
    for (path, html) in &SITE.0 {
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"ja\">"), "{path}");
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        assert!(!title.trim().is_empty());
        if let Some(other) = titles.insert(title.to_owned(), path.clone()) {
            panic!("{other} and {path} are both called {title}");
        }
    }
}

/// What the search reads of a page: its lines, headings first.
fn searched(entry: &search::Entry) -> Vec<&str> {
    let sections = entry.sections.iter();
    sections.flat_map(|section| section.heading.iter().chain(&section.lines)).map(String::as_str).collect()
}

#[test]
fn a_mark_is_found_just_where_it_was_given() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let report = workspace::analyze(&Disk::new(&content), &[], &Options::default()).unwrap().report;
    let mut pages = 0;
    let mut late = BTreeSet::new();
    for page in site::plan(&report) {
        let Some(entry) = search::entry(&report, &page, &SITE.0[page.url.path()]) else { continue };
        let words = searched(&entry);
        if words.iter().any(|line| line.contains("遅れている")) && !matches!(page.kind, PageKind::Sheet(..)) {
            late.insert(page.url.path().to_owned());
        }
        let (ix, given) = match page.kind {
            PageKind::Strategy(ix) => (ix, None),
            PageKind::Node(id) => (id.strategy, report.node(id).sheets.iter().rev().find(|s| !s.judgements.is_empty())),
            PageKind::Sheet(id, edition) => (id.strategy, report.node(id).sheet(edition)),
            _ => continue,
        };
        let scales = report.strategy(ix).scales.iter().enumerate();
        for (place, scale) in scales.filter(|(_, scale)| !scale.of.iter().any(|of| of == "indicator")) {
            let of_scale = given.into_iter().flat_map(|sheet| &sheet.judgements).filter(|j| j.scale.0 == place);
            let marks: Vec<usize> = of_scale
                .flat_map(|judgement| match &judgement.verdict {
                    Verdict::Marks(marks) => marks.as_slice(),
                    _ => &[],
                })
                .copied()
                .collect();
            for (mark, declared) in scale.marks.iter().enumerate() {
                let said = format!("{}：{}", scale.title, declared.mark);
                let found = words.iter().flat_map(|line| line.split(' ')).any(|word| word == said);
                assert_eq!(found, marks.contains(&mark), "{said} on {}", page.url.path());
                pages += usize::from(found);
            }
        }
    }
    assert!(pages > 200, "{pages}");
    let programs = ["chusho-ui-turn", "green-tourism", "internship-kyoka", "nariwai-soshutsu", "shugyo-kigyo-shien"];
    let judged = programs.map(|id| format!("kitakami/programs/{id}.html"));
    // In memuro the words stand in sentences.
    let in_words = ["memuro/index.html", "memuro/programs/senryaku-keikaku.html"].map(str::to_owned);
    assert_eq!(late, judged.into_iter().chain(in_words).collect());
}

#[test]
fn legends_heads_and_captions_of_tables_are_not_searched() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let report = workspace::analyze(&Disk::new(&content), &[], &Options::default()).unwrap().report;
    for page in site::plan(&report) {
        let Some(entry) = search::entry(&report, &page, &SITE.0[page.url.path()]) else { continue };
        for line in searched(&entry) {
            for word in ["実績値と目標値", "計画全体での", "施策ごとの評価と指標", "いちばん新しい版に印刷された"]
            {
                assert!(!line.contains(word), "{word} on {}: {line}", page.url.path());
            }
        }
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    assert!(drawn() == *SITE);
}
