//! The corpus as a site for Hugo, so that the race has a peer: the same pages, words, tables
//! and charts.
//!
//! What helps Hugo is given to it: links in explicit lists (queries for the other ends of
//! links are quadratic in templates), front matter in JSON, numbers beside printed figures.

use crate::corpus::{self, City, EDITION, GRADES, Indicator, Money, Policy, Program, Section};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::Path;

const LAYOUTS: [(&str, &str); 6] = [
    ("baseof.html", include_str!("hugo/baseof.html")),
    ("home.html", include_str!("hugo/home.html")),
    ("strategy.html", include_str!("hugo/strategy.html")),
    ("node.html", include_str!("hugo/node.html")),
    ("_partials/line.html", include_str!("hugo/line.html")),
    ("_partials/money.html", include_str!("hugo/money.html")),
];
/// Only what the site has: no feeds, no lists of tags, addresses as Shirube writes them.
const SETTINGS: &str = r#"
title = "見本の国の総合戦略"
baseURL = "https://example.org/"
languageCode = "ja"
uglyURLs = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
"#;

/// Writes the site of `cities` cities into the folder `root`.
pub fn write(root: &Path, cities: usize) -> io::Result<()> {
    let layouts = root.join("layouts");
    fs::create_dir_all(layouts.join("_partials"))?;
    for (name, text) in LAYOUTS {
        fs::write(layouts.join(name), text)?;
    }
    fs::write(root.join("hugo.toml"), SETTINGS)?;
    let assets = root.join("static/assets");
    fs::create_dir_all(&assets)?;
    fs::write(assets.join("style.css"), include_str!("../../themes/default/assets/style.css"))?;

    let content = root.join("content");
    let mut strategies = Vec::with_capacity(cities);
    for number in 1..=cities {
        let city = corpus::city(number);
        strategies.push(json!({
            "name": title(&city), "href": format!("{}/index.html", city.id),
            "publisher": city.name, "description": lead(&city),
        }));
        write_city(&content, &city)?;
    }
    let head = json!({
        "title": "見本の国の総合戦略", "description": "測るために作った市町村の総合戦略。",
        "root": "", "strategies": strategies,
    });
    page(&content.join("_index.md"), &head, "")
}

fn write_city(content: &Path, city: &City) -> io::Result<()> {
    let folder = content.join(&city.id);
    for kind in ["goals", "policies", "programs"] {
        fs::create_dir_all(folder.join(kind))?;
    }
    let goals = city.goals.iter().enumerate().map(|(place, goal)| {
        let policies = city.policies.iter().filter(|policy| policy.goal == place);
        let policies: Vec<Value> = policies.map(|policy| counted(policy, "policies/")).collect();
        json!({
            "name": format!("基本目標 {} {}", goal.id, goal.name),
            "href": format!("goals/{}.html", goal.id), "policies": policies,
        })
    });
    let head = json!({
        "title": title(city), "description": lead(city), "lead": lead(city), "layout": "strategy", "root": "../",
        "strategy": { "name": title(city), "href": "index.html" }, "edition": EDITION.1,
        "goals": goals.collect::<Vec<_>>(),
    });
    page(&folder.join("_index.md"), &head, "")?;
    (0..city.goals.len()).try_for_each(|place| write_goal(&folder, city, place))?;
    (0..city.policies.len()).try_for_each(|place| write_policy(&folder, city, place))?;
    (0..city.programs.len()).try_for_each(|place| write_program(&folder, city, place))
}

fn write_goal(folder: &Path, city: &City, place: usize) -> io::Result<()> {
    let goal = &city.goals[place];
    let link = |at: usize| city.goals.get(at).map(|goal| (goal.name.as_str(), format!("{}.html", goal.id)));
    let children = city.policies.iter().filter(|policy| policy.goal == place);
    let mut head = frame(city, "基本目標", Some(&goal.id), &goal.name, around(place, link));
    head["trail"] = json!(trail(city, &[]));
    head["children"] = children.map(|policy| counted(policy, "../policies/")).collect();
    page(&folder.join("goals").join(format!("{}.md", goal.id)), &head, "")
}

fn write_policy(folder: &Path, city: &City, place: usize) -> io::Result<()> {
    let policy = &city.policies[place];
    let link = |at: usize| city.policies.get(at).map(|policy| (policy.name.as_str(), format!("{}.html", policy.id)));
    let rows = policy.rows.iter().map(|row| {
        let program = &city.programs[row.program];
        json!({ "name": program.name, "href": format!("../programs/{}.html", program.id), "repeat": row.repeat })
    });
    let linked_from = city.policies.iter().filter(|other| other.links.contains(&place));
    let mut head = frame(city, "施策", Some(&policy.id), &policy.name, around(place, link));
    head["trail"] = json!(trail(city, &[policy.goal]));
    head["description"] = description(&policy.words);
    head["indicators"] = policy.indicators.iter().map(indicator).collect();
    head["rows"] = rows.collect();
    head["related"] = policy.links.iter().map(|link| named(&city.policies[*link], "")).collect();
    head["linked_from"] = linked_from.map(|other| named(other, "")).collect();
    head["edition"] = EDITION.1.into();
    page(&folder.join("policies").join(format!("{}.md", policy.id)), &head, &words(city, &policy.words))
}

fn write_program(folder: &Path, city: &City, place: usize) -> io::Result<()> {
    let program = &city.programs[place];
    let link = |at: usize| city.programs.get(at).map(|program| (program.name.as_str(), format!("{}.html", program.id)));
    let places = program.policies.iter().enumerate().map(|(nth, policy)| {
        let mut place = named(&city.policies[*policy], "../policies/");
        place["repeat"] = (nth > 0).into();
        place
    });
    let home: Vec<&Policy> = program.policies.iter().take(1).map(|policy| &city.policies[*policy]).collect();
    let mut trail = trail(city, &home.iter().map(|policy| policy.goal).collect::<Vec<_>>());
    trail.extend(home.iter().map(|policy| {
        json!({ "name": format!("施策 {} {}", policy.id, policy.name), "href": format!("../policies/{}.html", policy.id) })
    }));
    let Program { id, name, .. } = program;
    let mut head = frame(city, "事務事業", None, name, around(place, link));
    head["trail"] = json!(trail);
    head["description"] = description(&program.words);
    head["indicators"] = json!([indicator(&program.indicator)]);
    head["money"] = program.money.iter().map(money).collect();
    head["places"] = places.collect();
    head["edition"] = EDITION.1.into();
    page(&folder.join("programs").join(format!("{id}.md")), &head, &words(city, &program.words))
}

fn page(path: &Path, head: &Value, words: &str) -> io::Result<()> {
    fs::write(path, format!("{head:#}\n\n{words}"))
}

/// What every page of a goal, policy or program has.
fn frame(city: &City, label: &str, number: Option<&str>, name: &str, around: [Option<Value>; 2]) -> Value {
    let [previous, next] = around;
    json!({
        "title": name, "label": label, "number": number, "layout": "node", "root": "../../",
        "strategy": { "name": title(city), "href": "../index.html" }, "previous": previous, "next": next,
    })
}

/// The pages before and after the one at `place`.
fn around<'a>(place: usize, link: impl Fn(usize) -> Option<(&'a str, String)>) -> [Option<Value>; 2] {
    let value = |(name, href): (&str, String)| json!({ "name": name, "href": href });
    [place.checked_sub(1).and_then(&link).map(value), link(place + 1).map(value)]
}

/// The way down: the strategy, and the goals at `goals`.
fn trail(city: &City, goals: &[usize]) -> Vec<Value> {
    let goals = goals.iter().map(|place| &city.goals[*place]).map(|goal| {
        json!({ "name": format!("基本目標 {} {}", goal.id, goal.name), "href": format!("../goals/{}.html", goal.id) })
    });
    std::iter::once(json!({ "name": title(city), "href": "../index.html" })).chain(goals).collect()
}

fn named(policy: &Policy, folder: &str) -> Value {
    json!({ "name": format!("{} {}", policy.id, policy.name), "href": format!("{folder}{}.html", policy.id) })
}

fn counted(policy: &Policy, folder: &str) -> Value {
    json!({
        "name": format!("施策 {} {}", policy.id, policy.name), "href": format!("{folder}{}.html", policy.id),
        "programs": policy.rows.len(),
    })
}

fn indicator(indicator: &Indicator) -> Value {
    let line = |(year, printed): &(corpus::Year, String), of: &str| {
        json!({
            "year": year.japanese(), "short": year.short(), "western": year.western(),
            of: printed, "value": number(printed),
        })
    };
    let actual = indicator.actual.iter().map(|cell| line(cell, "actual"));
    let tone = |mark: &str| GRADES.iter().find(|(grade, _)| *grade == mark).map(|(_, tone)| *tone);
    json!({
        "id": indicator.id, "name": indicator.name, "definition": indicator.definition, "unit": indicator.unit,
        "grade": indicator.grade.map(|mark| json!({ "mark": mark, "tone": tone(mark) })),
        "lines": actual.chain([line(&indicator.target, "target")]).collect::<Vec<_>>(),
    })
}

fn money(money: &Money) -> Value {
    let year = money.year;
    json!({
        "year": year.japanese(), "short": year.short(), "western": year.western(),
        "budget": corpus::grouped(money.budget), "budget_value": money.budget as f64,
        "settlement": corpus::grouped(money.settlement), "settlement_value": money.settlement as f64,
    })
}

fn number(printed: &str) -> f64 {
    printed.replace(',', "").parse().unwrap_or_default()
}

/// The first words, cut as Shirube cuts them.
fn description(sections: &[Section]) -> Value {
    let text = sections.first().map(|section| section.markdown.replace(['*', '\n'], "")).unwrap_or_default();
    format!("{}…", text.chars().take(110).collect::<String>()).into()
}

fn words(city: &City, sections: &[Section]) -> String {
    corpus::words(city, sections, |program| format!("../programs/{}.html", program.id))
}

fn title(city: &City) -> String {
    format!("{}総合戦略", city.name)
}

fn lead(city: &City) -> String {
    format!("{}の四つの基本目標と、その下の施策と事務事業。", city.name)
}
