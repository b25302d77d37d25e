//! Expected statements of each page of a strategy.

use super::figures::{self, Subject};
use super::model::*;
use super::statement::Expected;
use super::{indicator, strategy};
use std::collections::BTreeMap;

/// The expected statements of all pages, by path relative to the folder of the strategy.
pub(crate) fn pages(city: &City) -> BTreeMap<String, Vec<Expected>> {
    let mut pages: BTreeMap<String, Vec<Expected>> = BTreeMap::new();
    let shown = figures::shown(city);
    for (at, node) in city.nodes.iter().enumerate() {
        let folder = node.kind.folder();
        let editions: Vec<usize> = shown.iter().copied().filter(|place| node.sheets.contains_key(place)).collect();
        let page = pages.entry(format!("{folder}/{}.html", node.id)).or_default();
        page.extend(of_node(city, at, &editions));
        for edition in editions {
            let path = format!("{folder}/{}/{}.html", node.id, city.editions[edition].id);
            let statements = printed_in(city, node, &[edition], indicator::permanent);
            pages.entry(path).or_default().extend(statements);
        }
    }
    pages.insert("index.html".to_owned(), of_strategy(city, &shown));
    pages.insert("indicators.html".to_owned(), all_indicators(city, &shown));
    pages.insert("programs.html".to_owned(), strategy::left_out(city, Kind::Program, &|_| true));
    pages.insert("money.html".to_owned(), of_money(city));
    for edition in shown {
        let mut statements = strategy::counts(city, &|_| Some(edition));
        statements.extend(strategy::changes(city, edition, &|_| true));
        pages.insert(format!("editions/{}.html", city.editions[edition].id), statements);
    }
    pages
}

type MakeStatements = fn(&str, Subject<'_>) -> Vec<Expected>;

/// Statements on all indicators of a node, with series merged over `editions`.
fn in_editions(city: &City, node: &Node, editions: &[usize], says: MakeStatements) -> Vec<Expected> {
    of_indicators(city, node, editions, &|_| true, says)
}

/// Statements on those indicators of a node that `editions` print, with series merged over `editions`.
fn printed_in(city: &City, node: &Node, editions: &[usize], says: MakeStatements) -> Vec<Expected> {
    let prints =
        |edition: &usize, place| node.sheets.get(edition).is_some_and(|sheet| sheet.figures.contains_key(&place));
    of_indicators(city, node, editions, &|place| editions.iter().any(|edition| prints(edition, place)), says)
}

fn of_indicators(
    city: &City,
    node: &Node,
    editions: &[usize],
    counts: &dyn Fn(usize) -> bool,
    says: MakeStatements,
) -> Vec<Expected> {
    let mut statements = Vec::new();
    for (place, indicator) in node.indicators.iter().enumerate().filter(|(place, _)| counts(*place)) {
        let series = &figures::merged(node, place, editions);
        let subject = Subject { city, node, place, indicator, editions, series };
        statements.extend(says(&format!("{}/{}/{}", node.kind.key(), node.id, indicator.id), subject));
    }
    statements
}

fn of_node(city: &City, at: usize, editions: &[usize]) -> Vec<Expected> {
    let node = &city.nodes[at];
    let mut statements = in_editions(city, node, editions, indicator::running);
    let name = format!("{}/{}", node.kind.key(), node.id);
    statements.extend(strategy::sum_statements(city, &format!("{name}/rows"), &|owner| owner == Some(at)));
    if node.kind == Kind::Goal {
        let below = strategy::subtree(city, at);
        let in_tree = |other: &Node| below.iter().any(|place| *place != at && std::ptr::eq(&city.nodes[*place], other));
        statements.extend(strategy::left_out(city, Kind::Goal, &in_tree));
        statements.extend(strategy::left_out(city, Kind::Policy, &in_tree));
        let of_below = |owner: Option<usize>| owner.is_some_and(|owner| below.contains(&owner));
        statements.extend(strategy::sum_statements(city, &name, &of_below));
    }
    let rows: Vec<&str> = node.rows.iter().map(|row| row.program.as_str()).collect();
    statements.extend(strategy::left_out(city, Kind::Program, &|node| rows.contains(&node.id.as_str())));
    if let [.., _, newest] = editions {
        let counts = |other: &Node| {
            std::ptr::eq(other, node) || other.kind == Kind::Program && rows.contains(&other.id.as_str())
        };
        statements.extend(strategy::changes(city, *newest, &counts));
    }
    statements
}

fn of_strategy(city: &City, shown: &[usize]) -> Vec<Expected> {
    let mut statements = strategy::counts(city, &|kind| strategy::current(city, kind));
    if let Some(newest) = shown.last() {
        statements.extend(strategy::changes(city, *newest, &|_| true));
    }
    statements.extend(strategy::sum_statements(city, "strategy", &|_| true));
    let rows: Vec<&str> = city.rows.iter().map(|row| row.program.as_str()).collect();
    statements.extend(strategy::left_out(city, Kind::Program, &|node| rows.contains(&node.id.as_str())));
    statements.extend(strategy::left_out(city, Kind::Policy, &|_| true));
    // A top-level goal is a heading without marks.
    statements.extend(strategy::left_out(city, Kind::Goal, &|_| true).into_iter().map(Expected::optional));
    // The table of rows has room for few amounts.
    let sums = strategy::sum_statements(city, "strategy/rows", &|owner| owner.is_none());
    statements.extend(sums.into_iter().map(Expected::optional));
    for (at, node) in city.nodes.iter().enumerate().filter(|(_, node)| node.kind != Kind::Program) {
        let below = strategy::subtree(city, at);
        let of_below = |owner: Option<usize>| owner.is_some_and(|owner| below.contains(&owner));
        let sums = strategy::sum_statements(city, &format!("{}/{}", node.kind.key(), node.id), &of_below);
        // The table of the tree has room for the newest amounts.
        statements.extend(sums.into_iter().map(Expected::optional));
        let keys = in_editions(city, node, shown, |name, subject| vec![indicator::key(name, subject)]);
        statements.extend(keys);
    }
    statements
}

fn all_indicators(city: &City, shown: &[usize]) -> Vec<Expected> {
    let keys = |node: &Node| in_editions(city, node, shown, |name, subject| vec![indicator::key(name, subject)]);
    city.nodes.iter().flat_map(keys).collect()
}

fn of_money(city: &City) -> Vec<Expected> {
    let mut statements = strategy::sum_statements(city, "strategy", &|_| true);
    statements.extend(strategy::sum_statements(city, "strategy/rows", &|owner| owner.is_none()));
    for (at, node) in city.nodes.iter().enumerate().filter(|(_, node)| node.kind != Kind::Program) {
        let below = strategy::subtree(city, at);
        let of_below = |owner: Option<usize>| owner.is_some_and(|owner| below.contains(&owner));
        statements.extend(strategy::sum_statements(city, &format!("{}/{}", node.kind.key(), node.id), &of_below));
    }
    statements
}
