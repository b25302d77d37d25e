//! A large city, whose lists, print document and search index are divided over several pages and files.

use crate::support::corpus::large::CITY;
use crate::support::crawl::{Crawl, is_external, resolve};
use crate::support::sites::{LARGE, pages};
use crate::support::{page, selector};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of the list on a page: the pages to which they link.
fn rows(path: &str) -> Vec<String> {
    let link = selector("table[data-list] tbody th a");
    page(&LARGE[path]).select(&link).map(|link| resolve(path, link.attr("href").unwrap()).0).collect()
}

/// Links of the counts on a page, with their numbers.
fn counts(path: &str) -> Vec<(String, usize)> {
    let (link, count) = (selector(".counts a"), selector(".count"));
    let page = page(&LARGE[path]);
    let number = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
    let counts = page.select(&link).map(|link| {
        let text: String = link.select(&count).next().unwrap().text().collect();
        (resolve(path, link.attr("href").unwrap()).0, number(text))
    });
    counts.collect()
}

/// Entries of a page: its rows, or those of the parts into which it is divided.
fn entries(path: &str) -> Vec<String> {
    match rows(path) {
        rows if rows.is_empty() => parts(path).into_iter().flat_map(|(part, _)| rows_of(&part)).collect(),
        rows => rows,
    }
}

fn rows_of(path: &str) -> Vec<String> {
    let rows = rows(path);
    assert!(!rows.is_empty() && rows.len() <= 200, "{path} has {} rows", rows.len());
    rows
}

/// Links of a page to the parts into which its entries are divided.
fn parts(path: &str) -> Vec<(String, usize)> {
    let folder = match path.strip_suffix(".html").unwrap() {
        whole if whole.contains("/lists/") => whole.to_owned(),
        whole => format!("{}/all", whole.replace(CITY, &format!("{CITY}/lists"))),
    };
    counts(path).into_iter().filter(|(part, _)| part.starts_with(&format!("{folder}/"))).collect()
}

#[test]
fn every_entry_is_on_exactly_one_part_of_a_list() {
    for (list, total) in [("programs", 301), ("indicators", 301 + 101 + 38)] {
        let first = format!("{CITY}/{list}.html");
        assert_eq!(rows(&first).len(), 0);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let names = parts(&first);
        let numbers: usize = names.iter().map(|(_, count)| count).sum();
        assert_eq!(numbers, total, "{list}");
        for (part, count) in names {
            let rows = rows_of(&part);
            assert_eq!(rows.len(), count, "{part}");
            rows.into_iter().for_each(|row| *seen.entry(row).or_default() += 1);
        }
        if list == "programs" {
            let programs = LARGE.keys().filter(|path| path.starts_with(&format!("{CITY}/programs/")));
            let programs: BTreeSet<&String> = programs.filter(|path| path.split('/').count() == 3).collect();
            assert_eq!(seen.keys().collect::<BTreeSet<_>>(), programs);
            assert!(seen.values().all(|times| *times == 1));
        }
    }
}

#[test]
fn rows_link_the_print_document_with_their_sheet() {
    let (row, mut checked) = (selector("tbody tr[data-id]"), 0);
    for (part, count) in parts(&format!("{CITY}/programs.html")) {
        for row in page(&LARGE[&part]).select(&row) {
            let (document, _) = resolve(&part, row.attr("data-print").unwrap());
            let sheet = format!("id=\"program.{}\"", row.attr("data-id").unwrap());
            assert!(String::from_utf8_lossy(&LARGE[&document]).contains(&sheet), "{document} has no {sheet}");
        }
        assert!(page(&LARGE[&part]).select(&selector("table[data-part]")).next().is_some());
        checked += count;
    }
    assert_eq!(checked, 301);
}

#[test]
fn every_count_links_to_a_page_with_exactly_that_many_entries() {
    let mut checked = 0;
    for (path, _) in pages(&LARGE).filter(|(path, _)| path.contains("/lists/") || path.ends_with("s.html")) {
        for (list, count) in counts(path) {
            assert_eq!(entries(&list).len(), count, "{path} links to {list}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked} counts");
    // Counts of marks on the page of the strategy, which link to anchors where lists are not divided.
    let strategy = format!("{CITY}/index.html");
    let (statement, link) = (selector("[data-statement=count][data-of]"), selector("a"));
    let page = page(&LARGE[&strategy]);
    let listed = |part: &scraper::ElementRef<'_>| matches!(part.attr("data-of"), Some("program" | "indicator"));
    let counts = page.select(&statement).filter(listed);
    let mut linked = 0;
    for part in counts {
        let count: usize = part.attr("data-count").unwrap().parse().unwrap();
        let Some(link) = part.select(&link).next() else { continue };
        let (list, fragment) = resolve(&strategy, link.attr("href").unwrap());
        assert_eq!((entries(&list).len(), fragment), (count, None), "{list}");
        linked += 1;
    }
    assert!(linked > 6, "{linked} counts");
}

#[test]
fn marks_and_departments_have_their_own_pages() {
    let whole = counts(&format!("{CITY}/programs.html"));
    for facet in ["scale-evaluation", "scale-direction", "field-means", "account", "department"] {
        let groups: Vec<&(String, usize)> =
            whole.iter().filter(|(path, _)| path.starts_with(&format!("{CITY}/lists/programs/{facet}/"))).collect();
        assert!(groups.len() > 1, "{facet}: {groups:?}");
    }
    let accounts = whole.iter().filter(|(path, _)| path.contains("/account/")).count();
    assert_eq!(accounts, 16);
}

#[test]
fn other_long_pages_are_divided() {
    let below = |folder: &str| LARGE.keys().filter(|path| path.starts_with(&format!("{CITY}/{folder}/"))).count();
    assert_eq!(below("print"), 12, "one document for each goal");
    assert!(below("money") > 5 && below("editions/2024") >= 12 && below("editions/2023") >= 12);
    let anchors = |path: &str, css: &str| {
        let css = selector(css);
        page(&LARGE[path]).select(&css).count()
    };
    let documents = LARGE.keys().filter(|path| path.starts_with(&format!("{CITY}/print/")));
    let parts: usize = documents.map(|path| anchors(path, ".document-part")).sum();
    assert_eq!(parts, 12 + 38 + 301, "each node is in one document");
    // Counts of the page of an edition are those of the parts to which they link.
    let edition = format!("{CITY}/editions/2024.html");
    let link = selector("table td a");
    for link in page(&LARGE[&edition]).select(&link) {
        let count: String = link.text().next().unwrap().chars().filter(char::is_ascii_digit).collect();
        let (part, fragment) = resolve(&edition, link.attr("href").unwrap());
        let section = format!("section[aria-labelledby={}]", fragment.unwrap());
        let items = anchors(&part, &format!("{section} > ul.refs > li, {section} tbody tr"));
        assert_eq!(items.to_string(), count, "{part}");
    }
}

#[test]
fn index_files_hold_every_page_once() {
    let entries = |path: &str| {
        let script = String::from_utf8_lossy(&LARGE[path]);
        script.lines().filter(|line| line.starts_with('{')).count()
    };
    for index in ["search", "search/2023", "search/2024"] {
        let first = format!("{CITY}/{index}.js");
        let further: Vec<&String> = LARGE
            .keys()
            .filter(|path| {
                path.starts_with(&format!("{CITY}/{index}-")) || path.starts_with(&format!("{CITY}/{index}/"))
            })
            .filter(|path| path.split('/').count() == index.split('/').count() + usize::from(index != "search") + 1)
            .collect();
        assert!(further.len() > 2, "{index}: {further:?}");
        let texts: usize = further.iter().map(|path| entries(path)).sum();
        assert_eq!(texts, entries(&first), "{index}");
    }
    let large = LARGE.iter().filter(|(path, bytes)| path.contains("/search") && bytes.len() > 500_000);
    assert_eq!(large.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn links_resolve() {
    let crawl = Crawl::new(&LARGE);
    assert_eq!(crawl.broken(), Vec::<String>::new());
    let distances = crawl.click_distances();
    let unreachable: Vec<&String> =
        crawl.links.keys().filter(|path| *path != "404.html" && !distances.contains_key(*path)).collect();
    assert_eq!(unreachable, Vec::<&String>::new());
    let external = crawl.links.values().flatten().filter(|href| is_external(href));
    assert_eq!(external.count(), 0);
}
