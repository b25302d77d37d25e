//! Parser of the statements on pages: elements with `data-statement` and their facts (§5 of `docs/statements.md`).

use super::statement::Statement;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The statements on all pages of a unit, by path relative to the folder of the unit.
pub(crate) fn read(folder: &Path) -> BTreeMap<String, BTreeSet<Statement>> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("can be read"));
    let pages = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "html"));
    let read = pages.map(|entry| {
        let path =
            entry.path().strip_prefix(folder).expect("is inside the folder").to_string_lossy().replace('\\', "/");
        (path, statements(&std::fs::read_to_string(entry.path()).expect("is UTF-8")))
    });
    read.collect()
}

/// The statements on the home page by the folder of the strategy, except counts of marks. The page has a card for each
/// strategy, or is about a single one.
pub(crate) fn on_home_page(home: &Path) -> BTreeMap<String, BTreeSet<Statement>> {
    let home = std::fs::read_to_string(home).expect("is UTF-8");
    let mut cards: Vec<&str> = home.split("<div class=\"plan").skip(1).collect();
    if cards.is_empty() {
        cards.extend(home.split_once("<main").map(|(_, main)| main));
    }
    let cards = cards.into_iter().filter_map(|card| {
        let (before, _) = card.split_once("/index.html\"")?;
        let (_, id) = before.rsplit_once('"')?;
        Some((id.to_owned(), statements(card).into_iter().filter(|statement| statement.kind != "count").collect()))
    });
    cards.collect()
}

fn statements(page: &str) -> BTreeSet<Statement> {
    let selector = Selector::parse("[data-statement]").expect("valid selector");
    // Parsing whole pages is slow, so only the start tags of elements with statements are parsed.
    let tags = page.match_indices(" data-statement=").filter_map(|(at, _)| {
        let (before, after) = page.split_at_checked(at)?;
        Some((before.rfind('<')?, at + after.find('>')?))
    });
    let tags: String = tags.filter_map(|(from, to)| Some(format!("{}></g>", page.get(from..to)?))).collect();
    // The parser drops rows and cells outside of tables, so all tags are renamed.
    let tags = Html::parse_fragment(&neutral(&tags));
    let statements = tags.select(&selector).map(|element| {
        let facts = element.value().attrs().filter_map(|(name, fact)| Some((name.strip_prefix("data-")?, fact)));
        // `data-label` and `data-order` belong to the layout and sorting of tables.
        let facts = facts.filter(|(name, _)| !matches!(*name, "statement" | "label" | "order"));
        Statement {
            kind: element.value().attr("data-statement").unwrap_or_default().to_owned(),
            facts: facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).collect(),
        }
    });
    statements.collect()
}

/// Renames every tag to one that is allowed everywhere.
fn neutral(tags: &str) -> String {
    let tag = |tag: &str| match tag.split_once(' ') {
        Some((_, attributes)) => format!("<g {attributes}></g>"),
        None => String::new(),
    };
    tags.split("></g>").map(tag).collect()
}
