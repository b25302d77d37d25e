//! Link checker for built sites.

use super::sites::{Site, pages};
use super::{page, selector};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The ids and links of all pages of a site.
pub(crate) struct Crawl {
    ids: BTreeMap<String, BTreeSet<String>>,
    /// Links and loaded resources by page, as written in the HTML.
    pub(crate) links: BTreeMap<String, Vec<String>>,
    pub(crate) files: BTreeSet<String>,
}

impl Crawl {
    /// Parses all pages of a site; asserts that ids are unique on each.
    pub(crate) fn new(site: &Site) -> Self {
        let (any_id, any_link) = (selector("[id]"), selector("[href], [src], [action]"));
        let pages: Vec<_> = pages(site).collect();
        let read = |(path, bytes): (&str, &[u8])| {
            let page = page(bytes);
            let ids: Vec<_> = page.select(&any_id).filter_map(|e| e.attr("id")).map(str::to_owned).collect();
            let unique: BTreeSet<String> = ids.iter().cloned().collect();
            assert_eq!(ids.len(), unique.len(), "{path}: duplicate id");
            let links = page.select(&any_link).filter_map(|e| e.attr("href").or(e.attr("src")).or(e.attr("action")));
            (path.to_owned(), unique, links.map(str::to_owned).collect::<Vec<_>>())
        };
        let mut crawl = Self { ids: BTreeMap::new(), links: BTreeMap::new(), files: site.keys().cloned().collect() };
        for (path, ids, links) in pages.into_par_iter().map(read).collect::<Vec<_>>() {
            crawl.ids.insert(path.clone(), ids);
            crawl.links.insert(path, links);
        }
        crawl
    }

    /// Links to missing files or fragments, as `page: href`.
    pub(crate) fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (from, hrefs) in &self.links {
            for href in hrefs.iter().filter(|href| !is_external(href)) {
                let (file, fragment) = resolve(from, href);
                let file_exists = self.files.contains(&file);
                let fragment_exists =
                    fragment.is_none_or(|id| self.ids.get(&file).is_some_and(|ids| ids.contains(&id)));
                if !file_exists || !fragment_exists {
                    broken.push(format!("{from}: {href}"));
                }
            }
        }
        broken
    }

    /// Links to missing files on pages reachable from the home page, as `page: href`.
    pub(crate) fn reachable_broken_links(&self) -> Vec<String> {
        let reachable = if self.links.contains_key("index.html") { self.click_distances() } else { BTreeMap::new() };
        let links = reachable.keys().flat_map(|from| self.links[from].iter().map(move |href| (from, href)));
        let internal = links.filter(|(_, href)| !is_external(href));
        let broken = internal.filter(|(from, href)| !self.files.contains(&resolve(from, href).0));
        broken.map(|(from, href)| format!("{from}: {href}")).collect()
    }

    /// The number of clicks from the home page to each reachable page.
    pub(crate) fn click_distances(&self) -> BTreeMap<String, usize> {
        let mut click_distances = BTreeMap::from([("index.html".to_owned(), 0)]);
        let mut queue = VecDeque::from(["index.html".to_owned()]);
        while let Some(from) = queue.pop_front() {
            for href in self.links[&from].iter().filter(|href| !is_external(href)) {
                let (file, _) = resolve(&from, href);
                if self.links.contains_key(&file) && !click_distances.contains_key(&file) {
                    click_distances.insert(file.clone(), click_distances[&from] + 1);
                    queue.push_back(file);
                }
            }
        }
        click_distances
    }
}

/// Returns true if a link points outside of the site.
pub(crate) fn is_external(href: &str) -> bool {
    ["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme))
}

/// Resolves `href` on the page `from` to a file and an optional fragment.
pub(crate) fn resolve(from: &str, href: &str) -> (String, Option<String>) {
    let (path, fragment) = href.split_once('#').map_or((href, None), |(path, id)| (path, Some(id)));
    // Addresses of assets contain their version.
    let path = path.split_once("?v=").map_or(path, |(path, _)| path);
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut steps: Vec<&str> = from.split('/').collect();
    if !path.is_empty() {
        steps.pop();
    }
    for step in path.split('/').filter(|step| !step.is_empty()) {
        match step {
            "." => {}
            ".." => assert!(steps.pop().is_some(), "{from}: {href} is above the root of the site"),
            step => steps.push(step),
        }
    }
    (decode(&steps.join("/")), fragment.map(decode))
}
