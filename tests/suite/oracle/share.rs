//! Shares of the indicators of a node that reached their targets (`kind = "share-reached"`): §3 of `docs/statements.md`.

use super::figures::{self, Subject};
use super::indicator::state_reached;
use super::marks::decisive;
use super::method::{self, percent};
use super::model::*;
use super::statement::Expected;
use num_bigint::BigInt;
use num_rational::BigRational;

/// The statement on the share of a node on a page of `editions`; `None` if no method assesses it.
pub(crate) fn statement(strategy: &Strategy, node: &Node, name: &str, editions: &[usize]) -> Option<Expected> {
    let method = strategy.shares.iter().find(|method| method.kinds.contains(&node.kind))?;
    if node.indicators.is_empty() {
        return None;
    }
    let reaches = (0..node.indicators.len()).map(|index| reaches_target(strategy, node, index, editions, method));
    let reaches: Vec<Option<bool>> = reaches.collect();
    let count = |answer: bool| reaches.iter().filter(|reached| **reached == Some(answer)).count();
    let (reached, counted) = (count(true), count(true) + count(false));
    let statement = Expected::new("share").with("node", name).with("method", &method.id);
    let statement = statement.with("reached", reached.to_string()).with("counted", counted.to_string());
    if counted == 0 {
        return Some(statement.with("guard", "no-decided-indicator"));
    }
    let rate = BigRational::new(BigInt::from(reached), BigInt::from(counted));
    let statement = statement.with("result", percent(&rate));
    let hundred = BigInt::from(100);
    let applies = |band: &&Band| match &band.condition {
        Condition::From(from) => &rate * &hundred >= from.fraction(),
        Condition::To(_) | Condition::When(_) => false,
        Condition::Rest => true,
    };
    let Some(mark) = method.bands.iter().find(applies).map(|band| band.mark) else { return Some(statement) };
    let statement = statement.with("mark", mark.to_string());
    let all_decided = counted == reaches.len();
    Some(match published(strategy, node, method, editions).filter(|_| all_decided) {
        Some(marks) => statement.with("agreement", if marks == [mark] { "same" } else { "differs" }),
        None => statement,
    })
}

/// Whether an indicator reached its target; `None` if neither can be said.
fn reaches_target(
    strategy: &Strategy,
    node: &Node,
    index: usize,
    editions: &[usize],
    method: &ShareMethod,
) -> Option<bool> {
    let indicator = &node.indicators[index];
    let series = &figures::merged(node, index, editions);
    let subject = Subject { strategy, node, index, indicator, editions, series };
    if indicator.words {
        return None;
    }
    if indicator.states.is_empty() {
        return method::threshold(subject, method.target);
    }
    state_reached(subject, subject.latest()?, method::target_by(subject, method.target)?)
}

/// The marks of the newest sheet of a final edition: those for its year, else those without a year.
fn published(strategy: &Strategy, node: &Node, method: &ShareMethod, editions: &[usize]) -> Option<Vec<usize>> {
    let scale = method.scale?;
    let newest = editions.iter().rev().find(|edition| node.sheets.contains_key(edition))?;
    let edition = &strategy.editions[*newest];
    if edition.stage != Stage::Final {
        return None;
    }
    let judgements = decisive(&node.sheets[newest].judgements);
    let given =
        |year: Option<i32>| judgements.iter().find(|judgement| judgement.scale == scale && judgement.year == year);
    let judgement = edition.year.and_then(|year| given(Some(year))).or_else(|| given(None))?;
    match &judgement.verdict {
        Verdict::Marks(marks) => Some(marks.clone()),
        Verdict::Points(_) | Verdict::Missing | Verdict::Lost => None,
    }
}
