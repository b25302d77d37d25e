//! Overview pages of a strategy: edition, indicators, programs and money.

use super::location::Location;
use super::{Address, Page};
use crate::corpus::{City, EDITION, Indicator, Money};
use serde_json::{Value, json};
use shirube::internals::grouped;

/// Selects an amount of a year.
type Amount = fn(&Money) -> u64;

/// The names of the amounts in lists.
const AMOUNTS: [(&str, Amount); 2] = [("予算額", |money| money.budget), ("決算額", |money| money.settlement)];

pub fn all(city: &City, address: Address) -> [Page; 4] {
    let list = |path: &str, kind, title, data: fn(&City, &Location<'_>) -> Value| {
        let here = Location::new(city, path, address);
        let mut data = data(city, &here);
        data["trail"] = json!([here.overview()]);
        here.page(kind, title, data)
    };
    [
        list(&format!("/editions/{}", EDITION.0), "edition", EDITION.1, edition),
        list("/indicators", "indicators", "指標", indicators),
        list("/programs", "programs", "事務事業", programs),
        list("/money", "money", "事業費", money),
    ]
}

fn edition(city: &City, here: &Location<'_>) -> Value {
    let policies: Value = city.policies.iter().map(|policy| here.numbered(policy)).collect();
    let programs: Value = city.programs.iter().map(|program| here.program(program)).collect();
    json!({ "sheets": [{ "label": "施策", "nodes": policies }, { "label": "事務事業", "nodes": programs }] })
}

fn indicators(city: &City, here: &Location<'_>) -> Value {
    let line = |indicator: &Indicator, name: &str, kind: &str, id: &str| {
        json!({
            "name": indicator.name, "href": format!("{}#indicator-{}", here.of(kind, id), indicator.id),
            "unit": indicator.unit, "actual": indicator.actual.last().map(|(_, printed)| printed),
            "target": indicator.target.1, "node": here.link(name, kind, id),
        })
    };
    let mut lines = Vec::new();
    for policy in &city.policies {
        lines.extend(policy.indicators.iter().map(|indicator| line(indicator, &policy.name, "policies", &policy.id)));
    }
    lines.extend(city.programs.iter().map(|of| line(&of.indicator, &of.name, "programs", &of.id)));
    json!({ "indicators": lines })
}

fn programs(city: &City, here: &Location<'_>) -> Value {
    let programs = city.programs.iter().map(|program| {
        let newest = program.money.last();
        let places = program.policies.iter().map(|policy| here.numbered(&city.policies[*policy]));
        let mut line = here.program(program);
        line["places"] = places.collect();
        line["amounts"] = json!(AMOUNTS.map(|(_, amount)| newest.map(|money| grouped(amount(money)))));
        line
    });
    let newest = city.programs[0].money.last().map(|money| money.year.japanese_in_full()).unwrap_or_default();
    let columns = AMOUNTS.map(|(name, _)| format!("{newest}の{name}"));
    json!({ "programs": programs.collect::<Value>(), "amounts": columns })
}

/// A table for each year and amount, with the sum of each goal and policy.
fn money(city: &City, here: &Location<'_>) -> Value {
    let tables = city.programs[0].money.iter().enumerate().flat_map(|(nth, money)| {
        AMOUNTS.map(|(name, amount)| {
            let sum = |policy: usize| {
                let rows = city.policies[policy].rows.iter();
                rows.map(|row| amount(&city.programs[row.program].money[nth])).sum::<u64>()
            };
            json!({ "name": format!("{}の{name}", money.year.japanese_in_full()), "lines": lines(city, here, sum) })
        })
    });
    json!({ "tables": tables.collect::<Value>() })
}

fn lines(city: &City, here: &Location<'_>, sum: impl Fn(usize) -> u64) -> Vec<Value> {
    let with_sum = |mut link: Value, sum| {
        link["sum"] = grouped(sum).into();
        link
    };
    let mut lines = Vec::new();
    for (at, goal) in city.goals.iter().enumerate() {
        let below = || city.policies.iter().enumerate().filter(|(_, policy)| policy.goal == at);
        let link = here.link(&format!("{} {}", goal.id, goal.name), "goals", &goal.id);
        lines.push(with_sum(link, below().map(|(index, _)| sum(index)).sum::<u64>()));
        lines.extend(below().map(|(index, policy)| with_sum(here.numbered(policy), sum(index))));
    }
    lines
}
