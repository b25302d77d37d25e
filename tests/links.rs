//! The five reports as one site: every link and fragment leads somewhere, and nothing is far.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use scraper::Selector;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::LazyLock;
use support::{copy, page, resolve, root, temporary, tree, write};

/// The pages of the site: their ids, and what they link to; and the data of its strategies.
struct Crawl {
    ids: BTreeMap<String, BTreeSet<String>>,
    links: BTreeMap<String, Vec<String>>,
    files: BTreeSet<String>,
    reports: Vec<Value>,
}

/// The whole site, built and read once for all tests.
static SITE: LazyLock<Crawl> = LazyLock::new(|| crawl(&root().join("content"), &[]));

/// Builds `strategies` of `content`, or all of it, and reads the site.
fn crawl(content: &Path, strategies: &[&str]) -> Crawl {
    let (_guard, output) = temporary();
    let mut command = support::shirube(&["build"]);
    command.arg("--content").arg(content).arg("--output").arg(&output);
    strategies.iter().for_each(|id| {
        command.args(["--strategy", id]);
    });
    assert!(command.output().expect("runs").status.success());
    let (any_id, any_link) = (selector("[id]"), selector("[href], [src], [action]"));
    let mut crawl = Crawl { ids: BTreeMap::new(), links: BTreeMap::new(), files: BTreeSet::new(), reports: Vec::new() };
    for (path, bytes) in tree(&output) {
        if path.ends_with(".html") {
            let page = page(&bytes);
            let ids: Vec<_> = page.select(&any_id).filter_map(|e| e.attr("id")).map(str::to_owned).collect();
            let unique: BTreeSet<String> = ids.iter().cloned().collect();
            assert_eq!(ids.len(), unique.len(), "{path}: an id stands twice");
            let links = page.select(&any_link).filter_map(|e| e.attr("href").or(e.attr("src")).or(e.attr("action")));
            crawl.links.insert(path.clone(), links.map(str::to_owned).collect());
            crawl.ids.insert(path.clone(), unique);
        } else if path.ends_with("report.json") {
            crawl.reports.push(serde_json::from_slice(&bytes).expect("is JSON"));
        }
        crawl.files.insert(path);
    }
    crawl
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("is CSS")
}

fn is_elsewhere(href: &str) -> bool {
    ["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme))
}

impl Crawl {
    fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (from, hrefs) in &self.links {
            for href in hrefs.iter().filter(|href| !is_elsewhere(href)) {
                let (file, fragment) = resolve(from, href);
                let there = self.files.contains(&file);
                let inside = fragment.is_none_or(|id| self.ids.get(&file).is_some_and(|ids| ids.contains(&id)));
                if !there || !inside {
                    broken.push(format!("{from}: {href}"));
                }
            }
        }
        broken
    }

    /// How many clicks each page is from the first.
    fn clicks(&self) -> BTreeMap<String, usize> {
        let mut clicks = BTreeMap::from([("index.html".to_owned(), 0)]);
        let mut ahead = VecDeque::from(["index.html".to_owned()]);
        while let Some(from) = ahead.pop_front() {
            for href in self.links[&from].iter().filter(|href| !is_elsewhere(href)) {
                let (file, _) = resolve(&from, href);
                if self.links.contains_key(&file) && !clicks.contains_key(&file) {
                    clicks.insert(file.clone(), clicks[&from] + 1);
                    ahead.push_back(file);
                }
            }
        }
        clicks
    }
}

#[test]
fn every_link_leads_somewhere_and_every_policy_is_near() {
    let crawl = &*SITE;
    assert!(crawl.links.len() > 300, "the five reports are there");
    assert_eq!(crawl.broken(), Vec::<String>::new());
    let clicks = crawl.clicks();
    for path in crawl.links.keys().filter(|path| *path != "404.html") {
        let steps: Vec<&str> = path.split('/').collect();
        let running = !matches!(steps.as_slice(), [.., "policies" | "programs" | "goals", _, _]);
        let furthest = match steps.as_slice() {
            [.., "policies", _] => 2,
            [.., "programs", _] if running => 3,
            _ => 4,
        };
        let reached = clicks.get(path);
        assert!(reached.is_some_and(|n| *n <= furthest), "{path} is {reached:?} clicks away, not {furthest}");
    }
}

/// Which pages must lead to which, by the data of a strategy: from one to the other.
#[derive(Default)]
struct Ways(Vec<(String, String)>);

impl Ways {
    fn one(&mut self, from: &str, to: &str) {
        self.0.push((from.to_owned(), to.to_owned()));
    }

    fn both(&mut self, one: &str, other: &str) {
        self.one(one, other);
        self.one(other, one);
    }

    fn of_report(report: &Value) -> Self {
        let strategy = text(report, "id");
        let index = format!("{strategy}/index.html");
        let edition_page = |id: &str| format!("{strategy}/editions/{id}.html");
        let outside: Vec<&str> = items(report, "outside").iter().map(|node| text(node, "ref")).collect();
        let mut ways = Self::default();
        items(report, "editions").iter().for_each(|edition| ways.both(&index, &edition_page(text(edition, "id"))));
        let nodes = items(report, "nodes");
        let owners = |program: &str| -> Vec<String> {
            let shows = |owner: &&Value| items(owner, "rows").iter().any(|row| text(row, "program") == program);
            nodes.iter().filter(shows).map(|owner| page_of(strategy, text(owner, "kind"), text(owner, "id"))).collect()
        };
        for row in items(report, "rows") {
            ways.both(&index, &page_of(strategy, "program", text(row, "program")));
        }
        for node in nodes {
            let (kind, id) = (text(node, "kind"), text(node, "id"));
            let own = page_of(strategy, kind, id);
            let parent = node["parent"].as_str().map(|parent| page_of(strategy, "goal", parent));
            let above: Vec<String> = match kind {
                "program" => owners(id),
                _ => parent.into_iter().collect(),
            };
            ways.one(&own, &index);
            if kind != "program" {
                ways.one(&index, &own);
            }
            above.iter().for_each(|owner| ways.both(owner, &own));
            for sheet in items(node, "sheets") {
                let edition = text(sheet, "edition");
                let lasting = format!("{}/{edition}.html", own.trim_end_matches(".html"));
                ways.both(&own, &lasting);
                ways.both(&edition_page(edition), &lasting);
                ways.one(&lasting, &index);
                above.iter().for_each(|owner| ways.one(&lasting, owner));
            }
            for related in items(node, "links").iter().filter_map(Value::as_str) {
                if !outside.contains(&related) {
                    ways.both(&own, &page_of_reference(strategy, related));
                }
            }
        }
        ways
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

/// The page to which `policy:35-2`, `kaminoyama/sosei/goal:kite` or `indicator:policy/3/matching` leads.
fn page_of_reference(strategy: &str, reference: &str) -> String {
    let (node, id) = reference.split_once(':').expect("is a reference");
    let (strategy, kind) = node.rsplit_once('/').unwrap_or((strategy, node));
    match (kind, id.split('/').collect::<Vec<_>>().as_slice()) {
        ("indicator", [kind, id, _]) => page_of(strategy, kind, id),
        _ => page_of(strategy, kind, id),
    }
}

fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of[key].as_str().expect("is text")
}

fn items<'v>(of: &'v Value, key: &str) -> &'v [Value] {
    of[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn what_belongs_together_is_one_click_away_in_both_directions() {
    let crawl = &*SITE;
    let leads = |(from, to): &(String, String)| crawl.links[from].iter().any(|href| resolve(from, href).0 == *to);
    let ways: Vec<_> = crawl.reports.iter().flat_map(|report| Ways::of_report(report).0).collect();
    assert!(ways.len() > 1_000, "the five reports are there");
    let missing: Vec<_> = ways.iter().filter(|way| !leads(way)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn each_unit_builds_alone() {
    for unit in ["kitakami", "kaminoyama", "hokuto", "memuro", "ueda"] {
        let crawl = crawl(&root().join("content"), &[unit]);
        assert_eq!(crawl.broken(), Vec::<String>::new(), "{unit}");
        let foreign = crawl
            .files
            .iter()
            .find(|file| file.contains('/') && !file.starts_with("assets/") && !file.starts_with(unit));
        assert_eq!(foreign, None, "{unit} brings nothing of others");
    }
}

#[test]
fn a_site_without_the_search_is_the_same_but_for_it() {
    let (_guard, content) = temporary();
    copy(&root().join("content"), &content);
    let site = std::fs::read_to_string(content.join("site.toml")).unwrap();
    write(&content.join("site.toml"), format!("search = false\n{site}").as_bytes());
    let crawl = crawl(&content, &[]);
    assert_eq!(crawl.broken(), Vec::<String>::new());
    let of_search = |file: &str| {
        let steps: Vec<&str> = file.split('/').collect();
        matches!(steps.as_slice(), ["glossary.js" | "search.html"] | [.., "search.js"] | [.., "search", _])
    };
    let (gone, left): (BTreeSet<String>, BTreeSet<String>) =
        SITE.files.iter().cloned().partition(|file| of_search(file));
    assert!(gone.len() > 10, "the five reports are searched");
    assert_eq!(crawl.files, left);
    for (from, before) in SITE.links.iter().filter(|(page, _)| crawl.files.contains(*page)) {
        let kept: Vec<_> =
            before.iter().filter(|href| is_elsewhere(href) || !of_search(&resolve(from, href).0)).collect();
        assert_eq!(crawl.links[from].iter().collect::<Vec<_>>(), kept, "{from}");
    }
}
