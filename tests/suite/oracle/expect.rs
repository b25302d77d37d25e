//! Expected statements of each page of a strategy.

use super::figures::{self, Subject};
use super::model::*;
use super::statement::{Expected, Fact};
use super::{amount, beside, correction, department, indicator, marks, share, strategy};
use std::collections::{BTreeMap, BTreeSet};

/// The expected statements of all pages, by path relative to the folder of the strategy.
pub(crate) fn pages(strategy: &Strategy) -> BTreeMap<String, Vec<Expected>> {
    let mut pages: BTreeMap<String, Vec<Expected>> = BTreeMap::new();
    let published = figures::published_editions(strategy);
    for (index, node) in strategy.nodes.iter().enumerate() {
        let folder = node.kind.folder();
        let editions: Vec<usize> =
            published.iter().copied().filter(|edition| node.sheets.contains_key(edition)).collect();
        let page = pages.entry(format!("{folder}/{}.html", node.id)).or_default();
        page.extend(node_page(strategy, index, &editions));
        for edition in editions {
            let path = format!("{folder}/{}/{}.html", node.id, strategy.editions[edition].id);
            let mut statements = printed_in(strategy, node, &[edition], indicator::permalink);
            if !node.sheets[&edition].figures.is_empty() {
                statements.extend(share::statement(strategy, node, &name_of(node), &[edition]));
            }
            statements.extend(beside::node(strategy, node, &[edition]));
            statements.extend(marks::rows(strategy, node, Some(edition)));
            statements.extend(amount::newest(strategy, node, &name_of(node), &[edition]));
            pages.entry(path).or_default().extend(statements);
        }
    }
    pages.insert("index.html".to_owned(), strategy_page(strategy, &published));
    pages.insert("indicators.html".to_owned(), indicators_page(strategy, &published));
    let mut programs = strategy::left_out(strategy, Kind::Program, &|_| true);
    programs.extend(strategy::no_failure(strategy, ScaleSubject::Node(Kind::Program)));
    pages.insert("programs.html".to_owned(), programs);
    pages.insert("money.html".to_owned(), money_page(strategy, &published));
    pages.insert("departments.html".to_owned(), department::statements(strategy, &published));
    for (index, survey) in strategy.surveys.iter().enumerate() {
        let path = format!("surveys/{}.html", survey.id);
        pages.insert(path, beside::survey(strategy, &published, index));
    }
    let corrections = strategy.nodes.iter().flat_map(|node| correction::statements(strategy, node, &published));
    let corrections: Vec<Expected> = corrections.collect();
    if !corrections.is_empty() {
        pages.insert("corrections.html".to_owned(), corrections);
    }
    for edition in published {
        let mut statements = marks::counts(strategy, &|_| Some(edition));
        statements.extend(strategy::changes(strategy, edition, &|_| true));
        statements.extend(marks::sheets(strategy, edition));
        pages.insert(format!("editions/{}.html", strategy.editions[edition].id), statements);
    }
    pages
}

type MakeStatements = fn(&str, Subject<'_>) -> Vec<Expected>;

/// Statements on all indicators of a node, with series merged over `editions`.
fn all_indicators(
    strategy: &Strategy,
    node: &Node,
    editions: &[usize],
    statements_of: MakeStatements,
) -> Vec<Expected> {
    selected_indicators(strategy, node, editions, &|_| true, statements_of)
}

/// Statements on those indicators of a node that `editions` print, with series merged over `editions`.
fn printed_in(strategy: &Strategy, node: &Node, editions: &[usize], statements_of: MakeStatements) -> Vec<Expected> {
    let prints =
        |edition: &usize, index| node.sheets.get(edition).is_some_and(|sheet| sheet.figures.contains_key(&index));
    selected_indicators(
        strategy,
        node,
        editions,
        &|index| editions.iter().any(|edition| prints(edition, index)),
        statements_of,
    )
}

fn selected_indicators(
    strategy: &Strategy,
    node: &Node,
    editions: &[usize],
    includes: &dyn Fn(usize) -> bool,
    statements_of: MakeStatements,
) -> Vec<Expected> {
    let mut statements = Vec::new();
    for (index, indicator) in node.indicators.iter().enumerate().filter(|(index, _)| includes(*index)) {
        let series = &figures::merged(node, index, editions);
        let subject = Subject { strategy, node, index, indicator, editions, series };
        statements.extend(statements_of(&format!("{}/{}/{}", node.kind.key(), node.id, indicator.id), subject));
    }
    statements
}

fn node_page(strategy: &Strategy, index: usize, editions: &[usize]) -> Vec<Expected> {
    let node = &strategy.nodes[index];
    let mut statements = all_indicators(strategy, node, editions, indicator::current);
    let name = name_of(node);
    statements.extend(share::statement(strategy, node, &name, editions));
    statements.extend(beside::node(strategy, node, editions));
    statements.extend(beside::chains(strategy, index));
    statements.extend(marks::rows(strategy, node, None));
    statements.extend(amount::newest(strategy, node, &name, editions));
    statements.extend(row_sums(strategy, Some(index), &name));
    if node.kind == Kind::Goal {
        let subtree = amount::subtree(strategy, index);
        let in_tree =
            |other: &Node| subtree.iter().any(|node| *node != index && std::ptr::eq(&strategy.nodes[*node], other));
        // A goal with others below it is a heading.
        statements.extend(strategy::left_out(strategy, Kind::Goal, &in_tree).into_iter().map(Expected::optional));
        statements.extend(strategy::left_out(strategy, Kind::Policy, &in_tree));
        let sums = sums_below(strategy, index);
        let shown = amount::summary(strategy, sums.keys().copied(), amount::totals(strategy, node).into_iter());
        statements.extend(amount::statements(strategy, &name, &sums, &|column| shown.contains(column)));
        statements.extend(below(strategy, &subtree, index, &name, &sums));
    }
    let rows: Vec<&str> = node.rows.iter().map(|row| row.program.as_str()).collect();
    statements.extend(strategy::left_out(strategy, Kind::Program, &|node| rows.contains(&node.id.as_str())));
    if let [.., _, newest] = editions {
        let includes = |other: &Node| {
            std::ptr::eq(other, node) || other.kind == Kind::Program && rows.contains(&other.id.as_str())
        };
        statements.extend(strategy::changes(strategy, *newest, &includes));
    }
    statements
}

/// The table of what is below a goal.
fn below(
    strategy: &Strategy,
    subtree: &BTreeSet<usize>,
    goal: usize,
    name: &str,
    sums: &BTreeMap<amount::MoneyColumn, amount::Sums>,
) -> Vec<Expected> {
    let published = figures::published_editions(strategy);
    let mut statements = Vec::new();
    let mut leaves = Vec::new();
    for index in subtree.iter().copied().filter(|index| *index != goal) {
        let node = &strategy.nodes[index];
        let sums = sums_below(strategy, index);
        // The table has room for the newest amounts.
        let shown = amount::statements(strategy, &name_of(node), &sums, &|_| true);
        statements.extend(shown.into_iter().map(Expected::optional));
        statements
            .extend(all_indicators(strategy, node, &published, |name, subject| vec![indicator::key(name, subject)]));
        if amount::children(strategy, index).is_empty() {
            leaves.push((name_of(node), sums));
        }
    }
    let own = subtree.iter().map(|index| amount::sums(strategy, &published, &|owner| owner == Some(*index)));
    let own: Vec<_> = own.collect();
    statements.extend(amount::shares_of_goal(strategy, name, sums, &own, &leaves));
    statements
}

fn strategy_page(strategy: &Strategy, published: &[usize]) -> Vec<Expected> {
    let mut statements = marks::counts(strategy, &|kind| strategy::current(strategy, kind));
    if !statements.iter().any(counts_marked_indicators) {
        statements.extend(targets(strategy, published));
    }
    if let Some(newest) = published.last() {
        statements.extend(strategy::changes(strategy, *newest, &|_| true));
    }
    statements.extend(marks::over_time(strategy, published));
    let sums = amount::sums(strategy, published, &|_| true);
    let shown = amount::summary(strategy, sums.keys().copied(), std::iter::empty());
    statements.extend(amount::statements(strategy, "strategy", &sums, &|column| shown.contains(column)));
    let rows: Vec<&str> = strategy.rows.iter().map(|row| row.program.as_str()).collect();
    statements.extend(strategy::left_out(strategy, Kind::Program, &|node| rows.contains(&node.id.as_str())));
    statements.extend(strategy::left_out(strategy, Kind::Policy, &|_| true));
    // A top-level goal is a heading without marks.
    statements.extend(strategy::left_out(strategy, Kind::Goal, &|_| true).into_iter().map(Expected::optional));
    // The table of rows has room for few amounts.
    statements.extend(row_sums(strategy, None, "strategy").into_iter().map(Expected::optional));
    for (index, node) in strategy.nodes.iter().enumerate().filter(|(_, node)| node.kind != Kind::Program) {
        let sums = amount::statements(strategy, &name_of(node), &sums_below(strategy, index), &|_| true);
        // The table of the tree has room for the newest amounts.
        statements.extend(sums.into_iter().map(Expected::optional));
        let keys = all_indicators(strategy, node, published, |name, subject| vec![indicator::key(name, subject)]);
        statements.extend(keys);
    }
    statements
}

/// The expected statements of the card of a strategy on the home page, except counts of marks.
pub(crate) fn card(strategy: &Strategy) -> Vec<Expected> {
    let published = &figures::published_editions(strategy);
    let counts = marks::counts(strategy, &|kind| strategy::current(strategy, kind));
    let compares = !counts.iter().any(counts_marked_indicators);
    let compared = targets(strategy, published).filter(|_| compares);
    let sum = amount::newest_net(strategy, &amount::sums(strategy, published, &|_| true));
    compared.into_iter().chain(sum).collect()
}

/// Whether a statement counts indicators with a mark, rather than without one.
fn counts_marked_indicators(count: &Expected) -> bool {
    let fact = |name: &str| match count.facts.get(name) {
        Some(Fact::Is(fact)) => fact.as_str(),
        _ => "",
    };
    fact("of") == "indicator" && fact("mark").parse::<usize>().is_ok() && fact("count") != "0"
}

/// How the indicators of all nodes compare with the targets of the same year; `None` if none does.
fn targets(strategy: &Strategy, published: &[usize]) -> Option<Expected> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for node in &strategy.nodes {
        for (index, indicator) in node.indicators.iter().enumerate() {
            let series = &figures::merged(node, index, published);
            let subject = Subject { strategy, node, index, indicator, editions: published, series };
            if let Some(relation) = indicator::against_target(subject) {
                *counts.entry(relation).or_default() += 1;
            }
        }
    }
    let total = strategy.nodes.iter().map(|node| node.indicators.len()).sum::<usize>();
    let statement = Expected::new("targets").with("total", total.to_string());
    let statement =
        counts.iter().fold(statement, |statement, (relation, count)| statement.with(relation, count.to_string()));
    (!counts.is_empty()).then_some(statement)
}

fn indicators_page(strategy: &Strategy, published: &[usize]) -> Vec<Expected> {
    let keys =
        |node: &Node| all_indicators(strategy, node, published, |name, subject| vec![indicator::key(name, subject)]);
    let keys = strategy.nodes.iter().flat_map(keys);
    keys.chain(strategy::no_failure(strategy, ScaleSubject::Indicator)).collect()
}

/// All sums and sources of funding.
fn money_page(strategy: &Strategy, published: &[usize]) -> Vec<Expected> {
    let all = amount::sums(strategy, published, &|_| true);
    let mut statements = amount::statements(strategy, "strategy", &all, &|_| true);
    let mut add = |subject: &str, sums: &BTreeMap<amount::MoneyColumn, amount::Sums>| {
        statements.extend(amount::statements(strategy, subject, sums, &|_| true));
        // There is no table for a column without any number.
        let tabulated = sums.iter().filter(|(column, _)| all.get(column).is_some_and(|sums| sums.gross.rows > 0));
        let tabulated = tabulated.map(|(column, sums)| (*column, sums.clone())).collect();
        statements.extend(amount::funding_statements(strategy, subject, &tabulated));
    };
    let rows = amount::sums(strategy, published, &|owner| owner.is_none());
    let mut below = vec![("strategy".to_owned(), all.clone()), ("strategy/rows".to_owned(), rows.clone())];
    let mut own = vec![(None, rows)];
    let mut nodes = Vec::new();
    for (index, node) in strategy.nodes.iter().enumerate().filter(|(_, node)| node.kind != Kind::Program) {
        let is_leaf = amount::children(strategy, index).is_empty();
        own.push((is_leaf.then(|| name_of(node)), amount::sums(strategy, published, &|owner| owner == Some(index))));
        let sums = sums_below(strategy, index);
        below.push((name_of(node), sums.clone()));
        nodes.push((node, sums));
    }
    below.iter().skip(1).for_each(|(name, sums)| add(name, sums));
    let of_all = amount::funding_statements(strategy, "strategy", &all);
    // There is no table for a column without any number.
    statements.extend(of_all.into_iter().map(Expected::optional));
    for (name, sums) in &below {
        statements.extend(amount::differences(strategy, &all, name, sums));
    }
    statements.extend(amount::shares(strategy, &all, &below, &own));
    statements.extend(amount::printed_totals(strategy, &all, &nodes));
    statements
}

/// The sums of the rows of `owner` alone, with the columns of their table.
fn row_sums(strategy: &Strategy, owner: amount::Owner, name: &str) -> Vec<Expected> {
    let published = figures::published_editions(strategy);
    let sums = amount::sums(strategy, &published, &|other| other == owner);
    let totals = owner.map(|index| amount::totals(strategy, &strategy.nodes[index])).unwrap_or_default();
    let columns = amount::columns_of_rows(strategy, owner, &published);
    let shown = amount::summary(strategy, columns.into_iter(), totals.into_iter());
    amount::statements(strategy, &format!("{name}/rows"), &sums, &|column| shown.contains(column))
}

/// The sums of the rows of a node and of everything below it.
fn sums_below(strategy: &Strategy, index: usize) -> BTreeMap<amount::MoneyColumn, amount::Sums> {
    let subtree = amount::subtree(strategy, index);
    let is_below = |owner: amount::Owner| owner.is_some_and(|owner| subtree.contains(&owner));
    amount::sums(strategy, &figures::published_editions(strategy), &is_below)
}

fn name_of(node: &Node) -> String {
    format!("{}/{}", node.kind.key(), node.id)
}
