//! A reader who follows the links of a site while it is being published.

use crate::support::crawl::{is_external, resolve};
use crate::support::sites::Site;
use crate::support::{page, selector};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The whole contents that files of a site may have, by path and hash.
#[derive(Default)]
pub(crate) struct Versions(BTreeSet<(String, u64)>);

impl Versions {
    pub(crate) fn of<'s>(sites: impl IntoIterator<Item = &'s Site>) -> Self {
        Self(sites.into_iter().flatten().map(|(path, bytes)| (path.clone(), hash(bytes))).collect())
    }

    fn contains(&self, path: &str, bytes: &[u8]) -> bool {
        self.0.contains(&(path.to_owned(), hash(bytes)))
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// The reader. Pages are parsed once for each version.
pub(crate) struct Reader<'a> {
    root: &'a Path,
    versions: &'a Versions,
    targets: HashMap<(String, u64), Arc<Vec<String>>>,
    /// Number of pages and other files that were read.
    pub(crate) files: usize,
    /// Torn files and dead links.
    pub(crate) faults: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(root: &'a Path, versions: &'a Versions) -> Self {
        Self { root, versions, targets: HashMap::new(), files: 0, faults: Vec::new() }
    }

    /// Reads the site again and again until `done`; returns the number of files read.
    pub(crate) fn read_until(mut self, done: &AtomicBool) -> (usize, Vec<String>) {
        loop {
            let last = done.load(Ordering::Relaxed);
            self.crawl();
            if last {
                return (self.files, self.faults);
            }
        }
    }

    /// The internal targets of a file in its current form; none if it does not exist.
    fn read(&mut self, path: &str) -> Arc<Vec<String>> {
        let Ok(bytes) = std::fs::read(self.root.join(path)) else { return Arc::default() };
        self.files += 1;
        if !self.versions.contains(path, &bytes) {
            self.faults.push(format!("{path} has {} bytes, as no version of it", bytes.len()));
        }
        if !path.ends_with(".html") {
            return Arc::default();
        }
        let parse = || {
            let page = page(&bytes);
            let links = selector("[href], [src]");
            let links = page.select(&links).filter_map(|element| element.attr("href").or(element.attr("src")));
            let targets: BTreeSet<String> =
                links.filter(|link| !is_external(link)).map(|link| resolve(path, link).0).collect();
            Arc::new(targets.into_iter().collect())
        };
        Arc::clone(self.targets.entry((path.to_owned(), hash(&bytes))).or_insert_with(parse))
    }

    /// Follows all links from the home page.
    pub(crate) fn crawl(&mut self) {
        // Each file found so far, with the page that links to it.
        let mut parents: BTreeMap<String, Option<String>> = BTreeMap::from([("index.html".to_owned(), None)]);
        let mut queue = VecDeque::from(["index.html".to_owned()]);
        while let Some(path) = queue.pop_front() {
            for target in &*self.read(&path) {
                if !self.root.join(target).exists() && self.is_dead(&parents, &path, target) {
                    self.faults.push(format!("{path}: dead link to {target}"));
                }
                if !parents.contains_key(target) {
                    parents.insert(target.clone(), Some(path.clone()));
                    queue.push_back(target.clone());
                }
            }
        }
    }

    /// Returns true if every page on the way to the missing `target` still links to the next one, and the target is
    /// still missing. Otherwise a page was changed after it was read, which no order of publishing can prevent.
    fn is_dead(&mut self, parents: &BTreeMap<String, Option<String>>, path: &str, target: &str) -> bool {
        let (mut page, mut next) = (path.to_owned(), target.to_owned());
        while self.read(&page).contains(&next) {
            match &parents[&page] {
                Some(parent) => next = std::mem::replace(&mut page, parent.clone()),
                None => return !self.root.join(target).exists(),
            }
        }
        false
    }
}
