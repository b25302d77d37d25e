//! The pages that list what a strategy holds: its edition, its indicators, programs and money.

use super::place::Place;
use super::{Address, Page};
use crate::corpus::{City, EDITION, Indicator, Money, grouped};
use serde_json::{Map, Value, json};

/// Picks an amount of a year.
type Amount = fn(&Money) -> u64;

/// The amounts that lists show.
const AMOUNTS: [(&str, Amount); 2] = [("予算額", |money| money.budget), ("決算額", |money| money.settlement)];

pub fn all(city: &City, address: Address) -> [Page; 4] {
    let edition = Place::below(city, "editions", EDITION.0, address);
    let [indicators, programs, money] =
        ["indicators", "programs", "money"].map(|name| Place::list(city, name, address));
    [
        edition.page("edition", EDITION.1.into(), with_trail(&edition, "sheets", sheets(city, &edition))),
        indicators.page("indicators", "指標".into(), with_trail(&indicators, "indicators", listed(city, &indicators))),
        programs.page("programs", "事務事業".into(), {
            let mut data = with_trail(&programs, "programs", listed_programs(city, &programs));
            data.insert("amounts".into(), columns(city));
            data
        }),
        money.page("money", "事業費".into(), with_trail(&money, "tables", tables(city, &money))),
    ]
}

fn with_trail(here: &Place<'_>, key: &str, value: Value) -> Map<String, Value> {
    let mut data = here.data();
    data.insert("trail".into(), json!([here.overview()]));
    data.insert(key.into(), value);
    data
}

fn sheets(city: &City, here: &Place<'_>) -> Value {
    let policies: Value = city.policies.iter().map(|policy| here.numbered(policy)).collect();
    let programs = city.programs.iter();
    let programs: Value =
        programs.map(|program| json!({ "name": program.name, "href": here.of("programs", &program.id) })).collect();
    json!([{ "label": "施策", "nodes": policies }, { "label": "事務事業", "nodes": programs }])
}

fn listed(city: &City, here: &Place<'_>) -> Value {
    let policies = city.policies.iter().flat_map(|policy| {
        let href = here.of("policies", &policy.id);
        policy.indicators.iter().map(move |indicator| listed_indicator(indicator, &policy.name, &href))
    });
    let programs = city
        .programs
        .iter()
        .map(|program| listed_indicator(&program.indicator, &program.name, &here.of("programs", &program.id)));
    policies.chain(programs).collect()
}

fn listed_indicator(indicator: &Indicator, name: &str, href: &str) -> Value {
    json!({
        "name": indicator.name, "href": format!("{href}#indicator-{}", indicator.id), "unit": indicator.unit,
        "actual": indicator.actual.last().map(|(_, printed)| printed), "target": indicator.target.1,
        "node": { "name": name, "href": href },
    })
}

fn listed_programs(city: &City, here: &Place<'_>) -> Value {
    let programs = city.programs.iter().map(|program| {
        let newest = program.money.last();
        json!({
            "name": program.name, "href": here.of("programs", &program.id),
            "places": program.policies.iter().map(|policy| here.numbered(&city.policies[*policy])).collect::<Vec<_>>(),
            "amounts": AMOUNTS.map(|(_, amount)| newest.map(|money| grouped(amount(money)))),
        })
    });
    programs.collect()
}

/// The names of the columns of amounts: each in the newest year.
fn columns(city: &City) -> Value {
    let newest = city.programs.iter().find_map(|program| program.money.last());
    let year = newest.map(|money| money.year.japanese()).unwrap_or_default();
    AMOUNTS.iter().map(|(name, _)| Value::from(format!("{year}の{name}"))).collect()
}

/// A table for each year and amount, with the sum of each goal and policy.
fn tables(city: &City, here: &Place<'_>) -> Value {
    let years = city.programs.first().map(|program| program.money.as_slice()).unwrap_or_default();
    let tables = years.iter().enumerate().flat_map(|(nth, money)| {
        AMOUNTS.map(|(name, amount)| {
            let sum = |policy: usize| {
                let rows = city.policies[policy].rows.iter();
                rows.filter_map(|row| city.programs[row.program].money.get(nth)).map(amount).sum::<u64>()
            };
            json!({ "name": format!("{}の{name}", money.year.japanese()), "lines": lines(city, here, sum) })
        })
    });
    tables.collect()
}

fn lines(city: &City, here: &Place<'_>, sum: impl Fn(usize) -> u64) -> Vec<Value> {
    let mut lines = Vec::new();
    for (at, goal) in city.goals.iter().enumerate() {
        let below = || city.policies.iter().enumerate().filter(|(_, policy)| policy.goal == at);
        let total: u64 = below().map(|(place, _)| sum(place)).sum();
        lines.push(json!({
            "name": format!("{} {}", goal.id, goal.name), "href": here.of("goals", &goal.id), "sum": grouped(total),
        }));
        lines.extend(below().map(|(place, policy)| {
            let mut line = here.numbered(policy);
            line["sum"] = grouped(sum(place)).into();
            line
        }));
    }
    lines
}
