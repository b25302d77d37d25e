//! Links of the five reports as one site: targets, fragments, and distance from the home page.

use crate::support::crawl::{Crawl, is_external, resolve};
use crate::support::json::{items, text};
use crate::support::sites::{REPORTS, Site, with_site_toml};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CRAWL: LazyLock<Crawl> = LazyLock::new(|| Crawl::new(&REPORTS));

#[test]
fn links_resolve_and_pages_are_few_clicks_away() {
    let crawl = &*CRAWL;
    assert!(crawl.links.len() > 300, "the five reports are missing");
    assert_eq!(crawl.broken(), Vec::<String>::new());
    let click_distances = crawl.click_distances();
    for path in crawl.links.keys().filter(|path| *path != "404.html") {
        let steps: Vec<&str> = path.split('/').collect();
        let is_current = !matches!(steps.as_slice(), [.., "policies" | "programs" | "goals", _, _]);
        let furthest = match steps.as_slice() {
            [.., "goals" | "policies", _] => 2,
            [.., "programs", _] if is_current => 3,
            _ => 4,
        };
        let distance = click_distances.get(path);
        assert!(distance.is_some_and(|n| *n <= furthest), "{path} is {distance:?} clicks away, limit {furthest}");
    }
}

#[test]
fn finds_broken_links_and_unreachable_pages() {
    let page = |links: &str| links.as_bytes().to_vec();
    let site = Site::from([
        ("index.html".to_owned(), page("<a href='a/b.html#c'></a><a href='a/b.html#d'></a><a href='no.html'></a>")),
        ("a/b.html".to_owned(), page("<p id='c'><a href='../far.html?q'></a><a href='https://example.jp'></a>")),
        ("far.html".to_owned(), page("<a href='#x'></a>")),
        ("lost.html".to_owned(), page("")),
    ]);
    let crawl = Crawl::new(&site);
    assert_eq!(
        crawl.broken(),
        ["a/b.html: ../far.html?q", "far.html: #x", "index.html: a/b.html#d", "index.html: no.html"]
    );
    assert_eq!(
        crawl.click_distances().into_iter().collect::<Vec<_>>(),
        [("a/b.html".to_owned(), 1), ("index.html".to_owned(), 0)]
    );
}

/// Required links according to `report.json`: pairs of source and target page.
#[derive(Default)]
struct RequiredLinks(Vec<(String, String)>);

impl RequiredLinks {
    fn add(&mut self, from: &str, to: &str) {
        self.0.push((from.to_owned(), to.to_owned()));
    }

    fn add_both(&mut self, one: &str, other: &str) {
        self.add(one, other);
        self.add(other, one);
    }

    fn of_report(report: &Value) -> Self {
        let strategy = text(report, "id");
        let index = format!("{strategy}/index.html");
        let edition_page = |id: &str| format!("{strategy}/editions/{id}.html");
        let outside: Vec<&str> = items(report, "outside").iter().map(|node| text(node, "ref")).collect();
        let mut required = Self::default();
        items(report, "editions")
            .iter()
            .for_each(|edition| required.add_both(&index, &edition_page(text(edition, "id"))));
        let nodes = items(report, "nodes");
        let owners = |program: &str| -> Vec<String> {
            let shows = |owner: &&Value| items(owner, "rows").iter().any(|row| text(row, "program") == program);
            nodes.iter().filter(shows).map(|owner| page_of(strategy, text(owner, "kind"), text(owner, "id"))).collect()
        };
        for row in items(report, "rows") {
            required.add_both(&index, &page_of(strategy, "program", text(row, "program")));
        }
        for node in nodes {
            let (kind, id) = (text(node, "kind"), text(node, "id"));
            let page = page_of(strategy, kind, id);
            let parent = node["parent"].as_str().map(|parent| page_of(strategy, "goal", parent));
            let parents: Vec<String> = match kind {
                "program" => owners(id),
                _ => parent.into_iter().collect(),
            };
            required.add(&page, &index);
            if kind != "program" {
                required.add(&index, &page);
            }
            parents.iter().for_each(|owner| required.add_both(owner, &page));
            for sheet in items(node, "sheets") {
                let edition = text(sheet, "edition");
                let permalink = format!("{}/{edition}.html", page.trim_end_matches(".html"));
                required.add_both(&page, &permalink);
                required.add_both(&edition_page(edition), &permalink);
                required.add(&permalink, &index);
                parents.iter().for_each(|owner| required.add(&permalink, owner));
            }
            for related in items(node, "links").iter().filter_map(Value::as_str) {
                if !outside.contains(&related) {
                    required.add_both(&page, &page_of_reference(strategy, related));
                }
            }
        }
        required
    }
}

fn page_of(strategy: &str, kind: &str, id: &str) -> String {
    let folder = match kind {
        "goal" => "goals",
        "policy" => "policies",
        _ => "programs",
    };
    format!("{strategy}/{folder}/{id}.html")
}

/// The page of a reference such as `policy:35-2`, `kaminoyama/sosei/goal:kite` or `indicator:policy/3/matching`.
fn page_of_reference(strategy: &str, reference: &str) -> String {
    let (node, id) = reference.split_once(':').expect("a reference contains a colon");
    let (strategy, kind) = node.rsplit_once('/').unwrap_or((strategy, node));
    match (kind, id.split('/').collect::<Vec<_>>().as_slice()) {
        ("indicator", [kind, id, _]) => page_of(strategy, kind, id),
        _ => page_of(strategy, kind, id),
    }
}

#[test]
fn related_pages_link_to_each_other() {
    let crawl = &*CRAWL;
    let exists = |(from, to): &(String, String)| crawl.links[from].iter().any(|href| resolve(from, href).0 == *to);
    let reports = REPORTS.iter().filter(|(path, _)| path.ends_with("report.json"));
    let reports = reports.map(|(_, bytes)| serde_json::from_slice::<Value>(bytes).unwrap());
    let required: Vec<_> = reports.flat_map(|report| RequiredLinks::of_report(&report).0).collect();
    assert!(required.len() > 1_000, "the five reports are missing");
    let missing: Vec<_> = required.iter().filter(|link| !exists(link)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn site_without_search_differs_only_in_search() {
    let crawl = Crawl::new(&with_site_toml(|text| format!("search = false\n{text}")));
    assert_eq!(crawl.broken(), Vec::<String>::new());
    let is_search_file = |file: &str| {
        let steps: Vec<&str> = file.split('/').collect();
        matches!(steps.as_slice(), ["glossary.js" | "search.html"] | [.., "search.js"] | [.., "search", _])
    };
    let (gone, remaining): (BTreeSet<String>, BTreeSet<String>) =
        CRAWL.files.iter().cloned().partition(|file| is_search_file(file));
    assert!(gone.len() > 10, "the search files of the five reports are missing");
    assert_eq!(crawl.files, remaining);
    for (from, before) in CRAWL.links.iter().filter(|(page, _)| crawl.files.contains(*page)) {
        let kept: Vec<_> =
            before.iter().filter(|href| is_external(href) || !is_search_file(&resolve(from, href).0)).collect();
        assert_eq!(crawl.links[from].iter().collect::<Vec<_>>(), kept, "{from}");
    }
}
