//! Invented reports, each modelled on a real kind of report: no printed cell is lost, none needs a workaround.
//!
//! `tests/fixtures/cities/<letter>/cells.tsv` lists every cell of the invented document: the file and key in which it is
//! written, the printed text, the page that shows it, and its place in `report.json`. Places are paths with selectors:
//! `nodes[kind=program,id=bus].sheets[edition=2024].money[series=budget,fiscal_year=2024].printed`.

use crate::support::crawl::Crawl;
use crate::support::{build, page_text, root, shirube, temp_dir, tree, write_tree};
use serde_json::Value;
use shirube::internals::FiscalYear;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// One line of `cells.tsv`.
struct Cell {
    line: String,
    printed: String,
    page: String,
    json: String,
}

fn cities() -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures/cities");
    let mut cities: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    cities.retain(|path| path.join("cells.tsv").is_file());
    cities.sort();
    cities
}

fn cells(city: &Path) -> Vec<Cell> {
    let table = std::fs::read_to_string(city.join("cells.tsv")).unwrap();
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("file\tkey\tprinted\tpage\tjson"));
    let cell = |line: &str| {
        let [file, key, printed, page, json] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line}")
        };
        let [printed, page, json] = [printed, page, json].map(str::to_owned);
        Cell { line: format!("{file} {key}"), printed, page, json }
    };
    lines.map(cell).collect()
}

/// The value at a path with selectors, with its path by indices.
fn at<'v>(report: &'v Value, path: &str) -> Option<(String, &'v Value)> {
    let (mut value, mut indices) = (report, String::new());
    for step in steps(path) {
        let (name, selector) = step.split_once('[').map_or((step, None), |(name, rest)| (name, rest.strip_suffix(']')));
        value = value.get(name)?;
        indices.push_str(&format!("/{name}"));
        let Some(selector) = selector else { continue };
        let index = match selector.parse::<usize>() {
            Ok(index) => index,
            Err(_) => value.as_array()?.iter().position(|item| matches(item, selector))?,
        };
        value = value.get(index)?;
        indices.push_str(&format!("/{index}"));
    }
    Some((indices, value))
}

/// The steps of a path, which dots separate outside brackets.
fn steps(path: &str) -> Vec<&str> {
    let mut depth = 0;
    let is_separator = |c: char| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == '.' && depth == 0
    };
    path.split(is_separator).collect()
}

/// Whether an object has the fields of `selector` and, except for the listed ones, none of those that tell amounts apart.
fn matches(item: &Value, selector: &str) -> bool {
    let fields: BTreeMap<&str, &str> = selector.split(',').filter_map(|field| field.split_once('=')).collect();
    let has = |(name, expected): (&&str, &&str)| text_of(&item[*name]) == **expected;
    let tells_apart = ["money_id", "staff_id", "judge_id", "all_years"];
    let unlisted = tells_apart.iter().any(|name| item.get(name).is_some() && !fields.contains_key(name));
    fields.iter().all(has) && !unlisted
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether the data hold what is printed; years are numbers there, and 再掲 is a flag.
fn is_printed_as(value: &Value, printed: &str) -> bool {
    let year = || Some(i64::from(FiscalYear::parse(printed)?.0));
    text_of(value) == printed
        || *value == Value::Bool(true)
        || value.as_i64().is_some_and(|number| year() == Some(number))
}

/// Paths by indices of all printed values below `value`.
fn printed_values(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| printed_values(item, &format!("{path}/{index}"), found));
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = format!("{path}/{name}");
                match field {
                    Value::String(_) if name == "printed" => drop(found.insert(path)),
                    _ => printed_values(field, &path, found),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_printed_cell_is_on_its_page_and_in_the_data_and_links_resolve() {
    let mut failures = Vec::new();
    let mut count = 0;
    for city in cities() {
        let (_guard, output) = temp_dir();
        build(&city.join("content"), &output);
        let pages = tree(&output);
        let name = city.file_name().unwrap().to_string_lossy().into_owned();
        failures.extend(Crawl::new(&pages).broken().into_iter().map(|link| format!("{name}: broken link {link}")));
        let (id, report) =
            pages.iter().find_map(|(path, bytes)| Some((path.strip_suffix("/report.json")?, bytes))).unwrap();
        let report: Value = serde_json::from_slice(report).unwrap();
        let mut unlisted = BTreeSet::new();
        printed_values(&report["nodes"], "/nodes", &mut unlisted);
        // Accounts are listed by their steps.
        unlisted.retain(|path| !path.contains("/accounts/"));
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for cell in cells(&city) {
            count += 1;
            let path = format!("{id}/{}", cell.page);
            let text = texts
                .entry(path.clone())
                .or_insert_with(|| pages.get(&path).map_or(String::new(), |page| page_text(page)));
            if !text.contains(cell.printed.trim()) {
                failures.push(format!("{name} {}: `{}` is not on {path}", cell.line, cell.printed));
            }
            match at(&report, &cell.json) {
                Some((indices, value)) if is_printed_as(value, &cell.printed) => drop(unlisted.remove(&indices)),
                found => failures
                    .push(format!("{name} {}: `{}` is not at {}: {found:?}", cell.line, cell.printed, cell.json)),
            }
        }
        failures.extend(unlisted.into_iter().map(|path| format!("{name}: {path} is not listed in cells.tsv")));
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    assert!(count > 1_000, "{count} cells");
}

#[test]
fn checks_find_nothing_that_is_not_acknowledged() {
    for city in cities() {
        let done =
            shirube(&["check", "--format", "short"]).arg("--content").arg(city.join("content")).output().unwrap();
        let output = String::from_utf8([done.stderr, done.stdout].concat()).unwrap();
        assert!(done.status.success() && !output.contains("warning["), "{output}");
    }
}

/// An error typed into an invented report, which must be found at its line.
struct SeededError {
    city: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    rule: &'static str,
}

const fn seeded(
    city: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    rule: &'static str,
) -> SeededError {
    SeededError { city, file, from, to, rule }
}

const SEEDED_ERRORS: [SeededError; 10] = [
    seeded("a", "policies/1-1-1/2024.md", "budget.R6 = 302690", "budget.R6 = 302960", "total-sum"),
    seeded("a", "policies/1-1-1/2024.md", "national = 100479", "national = 100749", "money-sum"),
    seeded("a", "programs/taishinka/2024.md", "national = 34907", "national = 34970", "money-sum"),
    seeded("a", "programs/taishinka/2024.md", "plan.R6 = 103680", "plan.R6 = 103860", "money-sum"),
    seeded("b", "policies/1-1/2024.md", "budget.R6 = 2179100", "budget.R6 = 2179105", "total-sum"),
    seeded("b", "policies/1-1/2024.md", "settlement.R6 = 220323", "settlement.R6 = 220332", "total-sum"),
    seeded("b", "programs/minato-futo/2024.md", "fee = ", "fee = 1", "money-sum"),
    seeded("c", "programs/bohanto/2024.md", "points = { primary = 86,", "points = { primary = 87,", "points-sum"),
    seeded("c", "programs/bohanto/2024.md", "effect = { primary = 28,", "effect = { primary = 38,", "points-sum"),
    seeded("c", "programs/bohanto/2024.md", "settlement.R6 = 20956", "settlement.R6 = 20965", "money-sum"),
];

#[test]
fn seeded_errors_in_totals_funding_and_points_are_found_at_their_lines() {
    let mut missed = Vec::new();
    for SeededError { city, file, from, to, rule } in SEEDED_ERRORS {
        let content = root().join("tests/fixtures/cities").join(city).join("content");
        let mut files = tree(&content);
        let (path, text) = files.iter_mut().find(|(path, _)| path.ends_with(file)).unwrap();
        let before = String::from_utf8(text.clone()).unwrap();
        let line = before.lines().position(|line| line.contains(from)).expect("the text to be mistyped") + 1;
        *text = before.replacen(from, to, 1).into_bytes();
        let place = format!("{path}:{line}:");
        let (_guard, folder) = temp_dir();
        write_tree(&files, &folder);
        let done = shirube(&["check", "--format", "short"]).arg("--content").arg(&folder).output().unwrap();
        let output = String::from_utf8([done.stderr, done.stdout].concat()).unwrap();
        let is_found = |line: &str| line.contains(&place) && line.contains(&format!("warning[{rule}]"));
        if !output.lines().any(is_found) {
            missed.push(format!("{place} {rule}\n{output}"));
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), SEEDED_ERRORS.len(), missed.join("\n"));
}
