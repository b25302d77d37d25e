//! Tests of the links of a real site during publishing: before each change to the disk, since the program may be killed
//! there, and for a reader who follows links at the same time.

use super::*;
use crate::build::{BuildOptions, build};
use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};
use std::collections::HashMap;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Name of a change to the content, and a function that applies it to the content folder.
type Change = (&'static str, fn(&Path));

const CHANGES: [Change; 5] = [
    ("another title on all pages", |content| {
        edit(content, "site.toml", "title = \"", "title = \"新・");
        edit(content, "kazan/strategy.toml", "title = \"", "title = \"新・");
    }),
    ("a new edition", |content| {
        let edition = "\n[[edition]]\nid = \"2023\"\nyear = \"R5\"\nlabel = \"令和5年度 検証シート\"\n";
        edit(content, "kazan/strategy.toml", "\n[[scale]]", &format!("{edition}\n[[scale]]"));
        for sheet in ["policies/iju", "programs/otameshi"] {
            fs::write(content.join(format!("kazan/{sheet}/2023.md")), "+++\n+++\n").unwrap();
        }
    }),
    ("a renamed program", |content| {
        fs::rename(content.join("kazan/programs/sodan-madoguchi"), content.join("kazan/programs/madoguchi")).unwrap();
        edit(content, "kazan/policies/iju/policy.md", "sodan-madoguchi", "madoguchi");
        edit(content, "kazan/programs/madoguchi/program.md", "+++\n", "+++\nformerly = [\"sodan-madoguchi\"]\n");
    }),
    ("one municipality instead of another", |content| {
        fs::rename(content.join("umi"), content.join("minato")).unwrap();
        edit(content, "minato/strategy.toml", "title = \"", "title = \"港の");
    }),
    ("removed programs and a removed sheet", |content| {
        for (program, list, entry) in [
            ("umi/programs/minato", "umi/strategy.toml", "[[program]]\nid = \"minato\"\n"),
            (
                "kazan/programs/otameshi",
                "kazan/policies/iju/policy.md",
                "[[program]]\nid = \"otameshi\"\nyears = [\"R4\"]\nmarker.R4 = \"新規\"\n",
            ),
        ] {
            edit(content, list, entry, "");
            fs::remove_dir_all(content.join(program)).unwrap();
        }
        fs::remove_file(content.join("kazan/policies/iju/2020.md")).unwrap();
    }),
];

fn edit(content: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(content.join(file)).unwrap();
    assert!(text.contains(from), "{file} does not contain {from}");
    fs::write(content.join(file), text.replacen(from, to, 1)).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(|entry| entry.unwrap()) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Builds the site of a content folder with three municipalities, after a change.
fn site(change: impl Fn(&Path)) -> Files {
    let folder = output();
    let (content, output) = (folder.path().join("content"), folder.path().join("output"));
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    copy(&fixtures.join("error-free"), &content);
    copy(&fixtures.join("editions/sato"), &content.join("kazan"));
    change(&content);
    let outcome =
        build(&BuildOptions { content: &content, output: &output, only: &[], against: None, strict: false }, &|_| ())
            .unwrap();
    let errors: Vec<_> =
        outcome.diagnostics.iter().map(|diagnostic| (&diagnostic.message.en, &diagnostic.help)).collect();
    assert!(outcome.stats.is_some(), "{errors:?}");
    read(&output)
}

/// Ids of a page, and the targets in the site that it links to or loads, with their fragments.
struct PageLinks {
    ids: BTreeSet<String>,
    targets: Vec<(String, Option<String>)>,
}

/// Cache of parsed pages, by path and text.
#[derive(Default)]
struct Links(HashMap<(String, String), Arc<PageLinks>>);

impl Links {
    fn page(&mut self, path: &str, html: &str) -> Arc<PageLinks> {
        let key = (path.to_owned(), html.to_owned());
        Arc::clone(self.0.entry(key).or_insert_with(|| Arc::new(PageLinks::parse(path, html))))
    }

    /// Links to missing files on reachable pages, and the number of links to missing fragments.
    fn dead(&mut self, site: &Files) -> (Vec<String>, usize) {
        let is_page = |path: &str| path.ends_with(".html");
        let html = site.iter().filter(|(path, _)| is_page(path));
        let pages: HashMap<&str, Arc<PageLinks>> =
            html.map(|(path, html)| (path.as_str(), self.page(path, html))).collect();
        let (mut dead, mut fragments) = (Vec::new(), 0);
        let mut known = BTreeSet::from(["index.html"]);
        let mut queue = VecDeque::from(["index.html"]);
        while let Some(path) = queue.pop_front() {
            let Some(page) = pages.get(path) else { continue };
            for (target, fragment) in &page.targets {
                let Some((target, _)) = site.get_key_value(target) else {
                    dead.push(format!("{path}: {target}"));
                    continue;
                };
                let has_id = |id: &String| pages.get(target.as_str()).is_some_and(|page| page.ids.contains(id));
                if fragment.as_ref().is_some_and(|id| !has_id(id)) {
                    fragments += 1;
                }
                if known.insert(target) {
                    queue.push_back(target);
                }
            }
        }
        (dead, fragments)
    }
}

impl PageLinks {
    fn parse(path: &str, html: &str) -> Self {
        let html = Html::parse_document(html);
        let (any_id, any_link) = (Selector::parse("[id]").unwrap(), Selector::parse("[href], [src]").unwrap());
        let ids = html.select(&any_id).filter_map(|element| element.attr("id")).map(str::to_owned).collect();
        let links = html.select(&any_link).filter_map(|element| element.attr("href").or(element.attr("src")));
        let internal = links.filter(|link| !["http", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme)));
        Self { ids, targets: internal.map(|link| resolve(path, link)).collect() }
    }
}

fn resolve(from: &str, link: &str) -> (String, Option<String>) {
    let decode = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let (path, fragment) = link.split_once('#').map_or((link, None), |(path, id)| (path, Some(decode(id))));
    let path = path.split('?').next().unwrap();
    if path.is_empty() {
        return (from.to_owned(), fragment);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (decode(&parts.join("/")), fragment)
}

/// Publishes `new` over `old`, and checks the links before every change to the disk.
fn check(links: &mut Links, old: &Files, new: &Files) {
    assert_eq!(links.dead(old), (Vec::new(), 0));
    assert_eq!(links.dead(new), (Vec::new(), 0));
    let output = output();
    publish(output.path(), old).unwrap();
    let (disk, faults) = faulty(output.path(), Fault::Never);
    let seen: Arc<Mutex<Vec<Files>>> = Arc::default();
    let (root, states) = (output.path().to_owned(), Arc::clone(&seen));
    faults.observe(move || {
        let mut states = states.lock().unwrap();
        let state = read(&root);
        if states.last() != Some(&state) {
            states.push(state);
        }
    });
    publish_on(disk, new).unwrap();
    let states = std::mem::take(&mut *seen.lock().unwrap());
    let mut fragments = 0;
    for (n, state) in states.iter().enumerate() {
        let (dead, missing) = links.dead(state);
        assert_eq!(dead, Vec::<String>::new(), "state {n} of {}", states.len());
        fragments += missing;
    }
    println!("{} states, {fragments} links with missing fragments", states.len());
    assert!(states.len() > 3, "{}", states.len());
    assert_eq!(read(output.path()), *new);
}

#[test]
fn no_link_is_dead_during_any_change() {
    let (mut links, base) = (Links::default(), site(|_| ()));
    check(&mut links, &files(&[]), &base);
    for (name, change) in CHANGES {
        let changed = site(change);
        println!("{name}, and back");
        check(&mut links, &base, &changed);
        check(&mut links, &changed, &base);
    }
}

#[test]
fn a_concurrent_reader_finds_no_dead_link() {
    let sites: Vec<Files> = [CHANGES[1], CHANGES[3], CHANGES[4]].iter().map(|(_, change)| site(change)).collect();
    let output = output();
    publish(output.path(), &sites[0]).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut reader, mut crawls) = (Reader::new(output.path()), 0);
            while !done.load(Ordering::Relaxed) {
                reader.crawl();
                crawls += 1;
            }
            (crawls, reader.dead)
        });
        for n in 1..=40 {
            publish(output.path(), &sites[n % sites.len()]).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        let (crawls, dead) = reader.join().unwrap();
        assert!(crawls > 0);
        assert_eq!(dead, Vec::<String>::new());
    });
}

/// Reader who follows the links of a site, starting at the home page.
struct Reader<'a> {
    root: &'a Path,
    links: Links,
    dead: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(root: &'a Path) -> Self {
        Self { root, links: Links::default(), dead: Vec::new() }
    }

    /// Targets of a page in its current form; empty if it no longer exists.
    fn targets(&mut self, path: &str) -> Vec<String> {
        let html = fs::read_to_string(self.root.join(path)).ok().filter(|_| path.ends_with(".html"));
        let page = html.map(|html| self.links.page(path, &html));
        page.map_or_else(Vec::new, |page| page.targets.iter().map(|(target, _)| target.clone()).collect())
    }

    fn crawl(&mut self) {
        // The pages found so far, each with the page that links to it.
        let mut parents: BTreeMap<String, Option<String>> = BTreeMap::from([("index.html".to_owned(), None)]);
        let mut queue = VecDeque::from(["index.html".to_owned()]);
        while let Some(path) = queue.pop_front() {
            for target in self.targets(&path) {
                if !self.root.join(&target).exists() && self.is_dead_link(&parents, &path, &target) {
                    self.dead.push(format!("{path}: {target}"));
                }
                if !parents.contains_key(&target) {
                    parents.insert(target.clone(), Some(path.clone()));
                    queue.push_back(target);
                }
            }
        }
    }

    /// Returns true if each page on the way from the home page to the missing `target` still links to the
    /// next one, and `target` is still missing. Otherwise a page was changed or deleted in the meantime,
    /// which no order of changes can prevent.
    fn is_dead_link(&mut self, parents: &BTreeMap<String, Option<String>>, path: &str, target: &str) -> bool {
        let (mut page, mut next) = (path.to_owned(), target.to_owned());
        loop {
            if !self.targets(&page).contains(&next) {
                return false;
            }
            match &parents[&page] {
                Some(parent) => next = std::mem::replace(&mut page, parent.clone()),
                None => return !self.root.join(target).exists(),
            }
        }
    }
}
