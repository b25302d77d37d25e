//! The corpus as source files of other generators, with the same pages, texts, tables and charts as
//! `comparison/minimal`.
//!
//! Competitors receive precomputed data: explicit lists of links (backlink queries in templates are quadratic), sums,
//! amounts in large units (億・万円), and numbers in addition to printed figures. Each competitor defines its own file
//! format and addresses.

mod figures;
pub mod hugo;
mod lists;
mod location;
pub mod zola;

use crate::corpus::{self, City, EDITION};
use location::Location;
use serde_json::{Map, Value, json};
use shirube::internals::{InterfaceTexts, excerpt};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use walkdir::WalkDir;

/// Another site generator.
pub struct Competitor {
    pub name: &'static str,
    pub program: PathBuf,
    /// Writes the sources of a site with the given number of cities to a folder.
    pub write: fn(&Path, usize) -> io::Result<()>,
    /// The command that builds a site: program, source folder, output folder.
    pub build: fn(&Path, &Path, &Path) -> Command,
}

/// A page of a competitor's site.
pub struct Page {
    /// Path without extension, such as `city-0001/goals/1`; empty for the home page.
    path: String,
    /// The kind: `home`, `strategy`, `node`, `edition`, `indicators`, `programs` or `money`.
    kind: &'static str,
    title: String,
    /// Data for the template.
    data: Map<String, Value>,
    /// Body text in Markdown.
    words: String,
}

/// The address of the page at a path in the form of a competitor, such as `city-0001/goals/1.html`.
type Address = fn(path: &str) -> String;

/// Copies a folder of `benches/` and adds the style sheet of the default theme as a static file.
fn write_files(folder: &str, root: &Path) -> io::Result<()> {
    copy(folder, root)?;
    let assets = root.join("static/assets");
    fs::create_dir_all(&assets)?;
    fs::write(assets.join("style.css"), include_str!("../../themes/default/assets/style.css"))
}

/// Copies a folder of `benches/`.
pub fn copy(folder: &str, into: &Path) -> io::Result<()> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join(folder);
    for entry in WalkDir::new(&from) {
        let entry = entry?;
        let target = into.join(entry.path().strip_prefix(&from).map_err(io::Error::other)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Calls `write` for every page of `cities` cities and for the home page.
fn each(cities: usize, address: Address, mut write: impl FnMut(Page) -> io::Result<()>) -> io::Result<()> {
    let home = Location::home(address);
    let mut strategies = Vec::with_capacity(cities);
    for number in 1..=cities {
        let city = corpus::city(number);
        strategies.push(json!({
            "name": title(&city), "href": home.to(&city.id), "publisher": city.name, "description": lead(&city),
        }));
        of_city(&city, address).into_iter().try_for_each(&mut write)?;
    }
    let data = json!({ "description": "測るために作った市町村の総合戦略。", "strategies": strategies });
    write(home.page("home", "見本の国の総合戦略", data))
}

fn of_city(city: &City, address: Address) -> Vec<Page> {
    let mut pages = vec![strategy(city, address)];
    pages.extend((0..city.goals.len()).map(|at| goal(city, at, address)));
    pages.extend((0..city.policies.len()).map(|at| policy(city, at, address)));
    pages.extend((0..city.programs.len()).map(|at| program(city, at, address)));
    pages.extend(lists::all(city, address));
    pages
}

fn strategy(city: &City, address: Address) -> Page {
    let here = Location::new(city, "", address);
    let goals = city.goals.iter().enumerate().map(|(at, goal)| {
        let mut link = here.goal(goal);
        link["policies"] = counted(city, at, &here);
        link
    });
    let goals: Value = goals.collect();
    here.page("strategy", &title(city), json!({ "description": lead(city), "goals": goals, "edition": EDITION.1 }))
}

fn goal(city: &City, at: usize, address: Address) -> Page {
    let goal = &city.goals[at];
    let here = Location::new(city, &format!("/goals/{}", goal.id), address);
    let [previous, next] = neighbours(&city.goals, at, |goal| here.link(&goal.name, "goals", &goal.id));
    let data = json!({
        "trail": [here.overview()], "previous": previous, "next": next, "label": "基本目標", "number": goal.id,
        "children": counted(city, at, &here),
    });
    here.page("node", &goal.name, data)
}

fn policy(city: &City, at: usize, address: Address) -> Page {
    let policy = &city.policies[at];
    let here = Location::new(city, &format!("/policies/{}", policy.id), address);
    let [previous, next] = neighbours(&city.policies, at, |policy| here.link(&policy.name, "policies", &policy.id));
    let rows = policy.rows.iter().map(|row| {
        let mut link = here.program(&city.programs[row.program]);
        link["repeat"] = row.repeat.into();
        link
    });
    let linked_from = city.policies.iter().filter(|other| other.links.contains(&at));
    let data = json!({
        "trail": [here.overview(), here.goal(&city.goals[policy.goal])], "previous": previous, "next": next,
        "label": "施策", "number": policy.id, "description": description(&policy.words),
        "indicators": policy.indicators.iter().map(figures::indicator).collect::<Value>(),
        "rows": rows.collect::<Value>(),
        "related": policy.links.map(|link| here.numbered(&city.policies[link])),
        "linked_from": linked_from.map(|other| here.numbered(other)).collect::<Value>(),
        "edition": EDITION.1,
    });
    let words = corpus::words(city, &policy.words, |program| here.of("programs", &program.id));
    Page { words, ..here.page("node", &policy.name, data) }
}

fn program(city: &City, at: usize, address: Address) -> Page {
    let program = &city.programs[at];
    let here = Location::new(city, &format!("/programs/{}", program.id), address);
    let [previous, next] = neighbours(&city.programs, at, |program| here.program(program));
    let places = program.policies.iter().enumerate().map(|(nth, policy)| {
        let mut link = here.numbered(&city.policies[*policy]);
        link["repeat"] = (nth > 0).into();
        link
    });
    let home = &city.policies[program.policies[0]];
    let texts = InterfaceTexts::embedded("ja").unwrap();
    let data = json!({
        "trail": [here.overview(), here.goal(&city.goals[home.goal]), here.policy(home)],
        "previous": previous, "next": next, "label": "事務事業", "description": description(&program.words),
        "indicators": [figures::indicator(&program.indicator)],
        "money": program.money.iter().map(|money| figures::money(&texts, money)).collect::<Value>(),
        "places": places.collect::<Value>(),
        "edition": EDITION.1,
    });
    let words = corpus::words(city, &program.words, |program| here.of("programs", &program.id));
    Page { words, ..here.page("node", &program.name, data) }
}

/// The links to the previous and next item.
fn neighbours<T>(all: &[T], at: usize, link: impl Fn(&T) -> Value) -> [Option<Value>; 2] {
    [at.checked_sub(1), Some(at + 1)].map(|at| at.and_then(|at| all.get(at)).map(&link))
}

/// The policies of the goal with index `goal`, each with the number of its programs.
fn counted(city: &City, goal: usize, here: &Location<'_>) -> Value {
    let policies = city.policies.iter().filter(|policy| policy.goal == goal);
    let counted = policies.map(|policy| {
        let mut link = here.policy(policy);
        link["programs"] = policy.rows.len().into();
        link
    });
    counted.collect()
}

fn title(city: &City) -> String {
    format!("{}総合戦略", city.name)
}

fn lead(city: &City) -> String {
    format!("{}の四つの基本目標と、その下の施策と事務事業。", city.name)
}

/// The meta description, of the same length as in Shirube.
fn description(sections: &[corpus::Section]) -> Option<String> {
    sections.first().map(|section| excerpt(&section.markdown, 110))
}
