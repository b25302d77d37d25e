//! What pages say: the elements with `data-statement`, as §5 of `docs/statements.md` names their facts.

use super::statement::Statement;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The pages of one unit with what they say, by their paths below the folder of the unit.
pub(crate) fn read(folder: &Path) -> BTreeMap<String, BTreeSet<Statement>> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("can be read"));
    let pages = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "html"));
    let read = pages.map(|entry| {
        let path = entry.path().strip_prefix(folder).expect("lies below").to_string_lossy().replace('\\', "/");
        (path, statements(&std::fs::read_to_string(entry.path()).expect("is text")))
    });
    read.collect()
}

fn statements(page: &str) -> BTreeSet<Statement> {
    let selector = Selector::parse("[data-statement]").expect("is a selector");
    // Whole pages take long: of each element with a statement, its tag alone is parsed.
    let tags = page.match_indices(" data-statement=").filter_map(|(at, _)| {
        let (before, after) = page.split_at_checked(at)?;
        Some((before.rfind('<')?, at + after.find('>')?))
    });
    let tags: String = tags.filter_map(|(from, to)| Some(format!("{}></g>", page.get(from..to)?))).collect();
    // Rows and cells stand in tables only: their names do not matter here.
    let tags = Html::parse_fragment(&neutral(&tags));
    let said = tags.select(&selector).map(|element| {
        let facts = element.value().attrs().filter_map(|(name, fact)| Some((name.strip_prefix("data-")?, fact)));
        // What tables on phones need is no fact.
        let facts = facts.filter(|(name, _)| !matches!(*name, "statement" | "label" | "order"));
        Statement {
            kind: element.value().attr("data-statement").unwrap_or_default().to_owned(),
            facts: facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).collect(),
        }
    });
    said.collect()
}

/// Every tag under a name that may stand anywhere.
fn neutral(tags: &str) -> String {
    let tag = |tag: &str| match tag.split_once(' ') {
        Some((_, attributes)) => format!("<g {attributes}></g>"),
        None => String::new(),
    };
    tags.split("></g>").map(tag).collect()
}
