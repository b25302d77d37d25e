//! The five reports as one site: every link and fragment leads somewhere, and nothing is far.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use scraper::Selector;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use support::{build, page, resolve, root, temporary, tree};

/// The pages of the site: their ids, and what they link to.
struct Crawl {
    ids: BTreeMap<String, BTreeSet<String>>,
    links: BTreeMap<String, Vec<String>>,
    files: BTreeSet<String>,
}

fn crawl(strategies: &[&str]) -> Crawl {
    let (_guard, output) = temporary();
    if strategies.is_empty() {
        build(&root().join("content"), &output);
    } else {
        let mut command = support::shirube(&["build"]);
        command.arg("--output").arg(&output);
        strategies.iter().for_each(|id| {
            command.args(["--strategy", id]);
        });
        assert!(command.output().expect("runs").status.success());
    }
    let (any_id, any_link) = (selector("[id]"), selector("[href], [src]"));
    let mut crawl = Crawl { ids: BTreeMap::new(), links: BTreeMap::new(), files: BTreeSet::new() };
    for (path, bytes) in tree(&output) {
        if path.ends_with(".html") {
            let page = page(&bytes);
            let ids: Vec<_> = page.select(&any_id).filter_map(|e| e.attr("id")).map(str::to_owned).collect();
            let unique: BTreeSet<String> = ids.iter().cloned().collect();
            assert_eq!(ids.len(), unique.len(), "{path}: an id stands twice");
            let links = page.select(&any_link).filter_map(|e| e.attr("href").or(e.attr("src"))).map(str::to_owned);
            crawl.links.insert(path.clone(), links.collect());
            crawl.ids.insert(path.clone(), unique);
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
    let crawl = crawl(&[]);
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

#[test]
fn each_unit_builds_alone() {
    for unit in ["kitakami", "kaminoyama", "hokuto", "memuro", "ueda"] {
        let crawl = crawl(&[unit]);
        assert_eq!(crawl.broken(), Vec::<String>::new(), "{unit}");
        let foreign = crawl
            .files
            .iter()
            .find(|file| file.contains('/') && !file.starts_with("assets/") && !file.starts_with(unit));
        assert_eq!(foreign, None, "{unit} brings nothing of others");
    }
}
