//! Counts of marks lead to the entries that they count, on pages of the five reports and of the fixtures of cities.

use crate::support::sites::{REPORTS, Site, pages};
use crate::support::{build, page, root, selector, temp_dir, tree};
use scraper::{ElementRef, Html};
use std::collections::BTreeMap;

/// Folder of the cities whose reports have other forms than the five.
const CITIES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Path of the relative address `href` on the page at `path`.
fn resolved(path: &str, href: &str) -> String {
    let mut folder: Vec<&str> = path.split('/').collect();
    folder.pop();
    for step in href.split('/') {
        if step == ".." { folder.pop().map(drop).unwrap() } else { folder.push(step) }
    }
    folder.join("/")
}

/// Links to groups of lists: page, path of the list, anchor and count of the link.
fn counted_links(site: &Site) -> Vec<(String, String, String, usize)> {
    let mut links = Vec::new();
    for (path, bytes) in pages(site) {
        let html = page(bytes);
        for link in html.select(&selector("a[href*='#group-']")) {
            let (list, anchor) = link.attr("href").unwrap().split_once('#').unwrap();
            let list = if list.is_empty() { path.to_owned() } else { resolved(path, list) };
            let text: String = link.text().collect();
            let count = text.trim().trim_end_matches('件').rsplit(|char: char| !char.is_ascii_digit()).next().unwrap();
            links.push((path.to_owned(), list, anchor.to_owned(), count.parse().expect(&text)));
        }
    }
    links
}

/// Number of entries below the heading with the id `anchor`, where readers without scripts arrive.
fn listed(list: &Html, anchor: &str) -> Option<usize> {
    let heading = list.select(&selector(&format!("h4[id='{anchor}']"))).next()?;
    let entries = heading.next_siblings().find_map(ElementRef::wrap)?;
    Some(entries.select(&selector("li")).count())
}

/// Number of rows that the filter of `anchor` leaves, as lists.js reads them.
fn filtered(list: &Html, anchor: &str) -> Option<usize> {
    let (column, key) = anchor.strip_prefix("group-")?.rsplit_once('-')?;
    let heads: Vec<ElementRef<'_>> = list.select(&selector("table[data-list] thead th")).collect();
    let index = heads.iter().position(|head| head.attr("data-filter") == Some(column))?;
    let option = heads[index].select(&selector(&format!("[data-key='{key}']"))).next()?.attr("data-option")?;
    let rows = selector("table[data-list] tbody tr");
    let has_value = |row: &ElementRef<'_>| {
        let cell = row.child_elements().nth(index).unwrap();
        cell.select(&selector("[data-value]")).any(|part| part.attr("data-value") == Some(option))
    };
    Some(list.select(&rows).filter(has_value).count())
}

/// Asserts that every count leads to as many entries, in the section and by the filter; returns the number of links.
fn assert_counts_lead_to_entries(site: &Site) -> usize {
    let links = counted_links(site);
    let mut lists: BTreeMap<&str, Html> = BTreeMap::new();
    for (from, path, anchor, count) in &links {
        let list = lists.entry(path).or_insert_with(|| page(&site[path]));
        assert_eq!(listed(list, anchor), Some(*count), "{from}: section {path}#{anchor}");
        assert_eq!(filtered(list, anchor), Some(*count), "{from}: filter {path}#{anchor}");
    }
    links.len()
}

#[test]
fn counts_of_marks_lead_to_as_many_entries() {
    assert!(assert_counts_lead_to_entries(&REPORTS) > 20);
    let cities = CITIES.map(|city| {
        let (_guard, output) = temp_dir();
        build(&root().join("tests/fixtures/cities").join(city).join("content"), &output);
        assert_counts_lead_to_entries(&tree(&output))
    });
    assert!(cities.iter().sum::<usize>() > 10, "{cities:?}");
}

#[test]
fn programs_with_a_poor_mark_quote_the_reason() {
    let list = page(&REPORTS["kitakami/programs.html"]);
    let of_late = selector("tbody tr:has(.tone-poor) .reason");
    let reasons: Vec<String> = list.select(&of_late).map(|reason| reason.text().collect()).collect();
    assert_eq!(reasons.len(), 5);
    assert!(reasons.iter().all(|reason| reason.starts_with("達成状況の分析・問題点・課題等：")), "{reasons:?}");
}

#[test]
fn lists_say_so_if_no_mark_names_a_failure() {
    let statements = |path: &str| page(&REPORTS[path]).select(&selector("[data-statement='no-failure']")).count();
    assert_eq!(statements("hokuto/programs.html"), 1, "its marks name kinds");
    assert_eq!(statements("kitakami/programs.html"), 0);
    assert_eq!(statements("ueda/programs.html"), 0, "its marks are lost");
}
