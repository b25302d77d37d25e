//! Departments: the programs of each, and the sums of their amounts (§4 of `docs/statements.md`).

use super::amount::{Like, Money, MoneyColumn, Sum, merged};
use super::model::*;
use super::random::Rng;
use super::statement::Expected;
use std::collections::BTreeMap;

/// Names of departments.
const NAMES: [&str; 4] = ["企画政策課", "福祉部", "建設管理室", "教育委員会事務局"];

/// Puts departments in charge of nodes, in half of all strategies.
pub(crate) fn declare(rng: &mut Rng, strategy: &mut Strategy) {
    if !rng.percent(50) {
        return;
    }
    for node in &mut strategy.nodes {
        node.departments = NAMES.into_iter().filter(|_| rng.percent(30)).map(str::to_owned).collect();
    }
}

/// Statements on the page of departments.
pub(crate) fn statements(strategy: &Strategy, editions: &[usize]) -> Vec<Expected> {
    let mut statements = Vec::new();
    let columns = columns(strategy, editions);
    for name in NAMES {
        let is_in_charge = |node: &&Node| node.departments.iter().any(|department| department == name);
        if !strategy.nodes.iter().any(|node| is_in_charge(&node)) {
            continue;
        }
        let programs: Vec<&Node> = strategy.of_kind(Kind::Program).filter(is_in_charge).collect();
        let shared = programs.iter().filter(|program| program.departments.len() > 1).count();
        let statement = Expected::new("department").with("department", name);
        let statement = statement.with("programs", programs.len().to_string());
        statements.push(statement.with("shared", shared.to_string()));
        for (money, year) in &columns {
            statements.extend(sum(strategy, name, &programs, (*money, *year), editions));
        }
    }
    statements
}

/// The columns of amounts: of what `[money]` itself holds, for each kind of phase the newest year with any amount of a program,
/// even a missing one, and the most important phase in it.
fn columns(strategy: &Strategy, editions: &[usize]) -> Vec<MoneyColumn> {
    let mut newest: BTreeMap<Like, MoneyColumn> = BTreeMap::new();
    let rank = |(money, year): MoneyColumn| (year, strategy.amounts.importance(money.phase));
    for program in strategy.of_kind(Kind::Program) {
        for (money, year) in merged(program, editions, |sheet| &sheet.money).into_keys() {
            let (Money { kind: 0, .. }, Some(year)) = (money, year) else { continue };
            let best = newest.entry(strategy.amounts.like(money)).or_insert((money, year));
            if rank((money, year)) > rank(*best) {
                *best = (money, year);
            }
        }
    }
    newest.into_values().collect()
}

fn sum(
    strategy: &Strategy,
    name: &str,
    programs: &[&Node],
    (money, year): MoneyColumn,
    editions: &[usize],
) -> Option<Expected> {
    if !strategy.amounts.money[0].additive {
        return None;
    }
    let (mut sum, mut interim) = (Sum::zero(), false);
    for program in programs {
        let amounts = merged(program, editions, |sheet| &sheet.money);
        let Some(print) = amounts.get(&(money, Some(year))) else { continue };
        let Some(number) = print.value.number() else { continue };
        sum.add(number.decimal);
        let edition = &strategy.editions[print.edition];
        interim |= strategy.amounts.like(money) == Like::Settlement
            && edition.stage == Stage::Interim
            && edition.year == Some(year);
    }
    let statement = Expected::new("department-sum").with("department", name);
    let statement = statement.with("money", strategy.amounts.key(money)).with("year", year.to_string());
    let statement = if interim { statement.with("interim", "yes") } else { statement };
    (sum.rows > 0).then(|| statement.with("sum", sum.text()))
}
