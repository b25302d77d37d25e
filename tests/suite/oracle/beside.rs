//! What pages show beside the name of a node: period, fields, places in surveys, chains of indicators (§4 of
//! `docs/statements.md`).

use super::correction;
use super::model::*;
use super::sheet::printed_fields;
use super::statement::Expected;
use std::collections::BTreeSet;

/// Statements on the period, the fields, the places in surveys and the corrections of a node, from its sheets of `editions`.
pub(crate) fn node(strategy: &Strategy, node: &Node, editions: &[usize]) -> Vec<Expected> {
    let name = key(node);
    let newest = editions.last().and_then(|edition| node.sheets.get(edition));
    let mut statements = Vec::new();
    if let Some((from, to)) = newest.and_then(|sheet| sheet.period).or(node.period) {
        let statement = Expected::new("period").with("of", &name);
        let statement = with_year(statement, "from", from);
        statements.push(with_year(statement, "to", to));
    }
    for (field, values) in printed_fields(node, newest) {
        let statement = Expected::new("field").with("of", &name).with("field", &strategy.fields[field].id);
        statements.push(statement.with("values", values.join(" ")));
    }
    let places = (0..strategy.surveys.len()).filter_map(|survey| place(strategy, node, editions, survey));
    statements.extend(places);
    statements.extend(correction::statements(strategy, node, editions));
    statements
}

/// Statements on the page of a survey.
pub(crate) fn survey(strategy: &Strategy, published: &[usize], survey: usize) -> Vec<Expected> {
    strategy.nodes.iter().filter_map(|node| place(strategy, node, published, survey)).collect()
}

/// The place of a node in a survey: the whole entry of the newest sheet that has one.
fn place(strategy: &Strategy, node: &Node, editions: &[usize], survey: usize) -> Option<Expected> {
    let entries = editions.iter().rev().filter_map(|edition| node.sheets.get(edition)?.surveys.get(&survey));
    let place = entries.into_iter().next()?;
    let mut statement = Expected::new("place").with("survey", &strategy.surveys[survey].id).with("of", key(node));
    for (name, value) in [("x", &place.x), ("y", &place.y)] {
        if let Some(value) = value {
            statement = statement.with(name, &value.printed);
        }
    }
    Some(match place.quadrant {
        Some(quadrant) => statement.with("quadrant", quadrant),
        None => statement,
    })
}

fn with_year(statement: Expected, name: &'static str, year: Option<i32>) -> Expected {
    match year {
        Some(year) => statement.with(name, year.to_string()),
        None => statement,
    }
}

/// Statements on the chains that begin at the indicators of a node, or continue there.
pub(crate) fn chains(strategy: &Strategy, node: usize) -> Vec<Expected> {
    let previous = |indicator: IndicatorKey| -> Vec<IndicatorKey> {
        all(strategy).filter(|other| next(strategy, *other).contains(&indicator)).collect()
    };
    let mut statements = Vec::new();
    let mut listed = BTreeSet::new();
    for first in (0..strategy.nodes[node].indicators.len()).map(|index| (node, index)) {
        let before = previous(first);
        let is_linked = !before.is_empty() || !next(strategy, first).is_empty();
        if is_linked && before.iter().all(|(other, _)| *other != node) {
            let from: Vec<String> = before.iter().map(|indicator| name(strategy, *indicator)).collect();
            let statement = Expected::new("chain").with("indicator", name(strategy, first));
            let statement = if from.is_empty() { statement } else { statement.with("from", from.join(" ")) };
            follow(strategy, first, statement, &mut listed, &mut statements);
        }
    }
    statements
}

/// Adds the `statement` on an indicator, and statements on those that it leads to unless they are `listed` already.
fn follow(
    strategy: &Strategy,
    indicator: IndicatorKey,
    statement: Expected,
    listed: &mut BTreeSet<IndicatorKey>,
    statements: &mut Vec<Expected>,
) {
    let step = strategy.nodes[indicator.0].indicators[indicator.1].step;
    let statement = match step {
        Some(step) => statement.with("step", STEPS[step]),
        None => statement,
    };
    let next = next(strategy, indicator);
    if !listed.insert(indicator) {
        statements.push(if next.is_empty() { statement } else { statement.with("listed-above", "yes") });
        return;
    }
    statements.push(statement);
    for to in next {
        let statement = Expected::new("chain").with("indicator", name(strategy, *to));
        let statement = statement.with("after", name(strategy, indicator));
        follow(strategy, *to, statement, listed, statements);
    }
}

fn all(strategy: &Strategy) -> impl Iterator<Item = IndicatorKey> {
    let nodes = strategy.nodes.iter().enumerate();
    nodes.flat_map(|(node, declared)| (0..declared.indicators.len()).map(move |index| (node, index)))
}

fn next(strategy: &Strategy, (node, index): IndicatorKey) -> &[IndicatorKey] {
    &strategy.nodes[node].indicators[index].leads_to
}

fn name(strategy: &Strategy, (node, index): IndicatorKey) -> String {
    format!("{}/{}", key(&strategy.nodes[node]), strategy.nodes[node].indicators[index].id)
}

fn key(node: &Node) -> String {
    format!("{}/{}", node.kind.key(), node.id)
}
