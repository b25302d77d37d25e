//! The corpus as the pages of another generator: the same pages, words, tables and charts as those of
//! `competitive/minimal`, page by page.
//!
//! What helps a competitor is given to it: links in explicit lists (queries for the other ends of
//! links are quadratic in templates), sums, amounts in words, and numbers beside printed figures.
//! How a page is written down, and at which address it lies, is a competitor's own.

mod figures;
pub mod hugo;
mod lists;
mod place;
pub mod zola;

use crate::corpus::{self, City, EDITION};
use place::Place;
use serde_json::{Map, Value, json};
use shirube::internals::{Texts, excerpt};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use walkdir::WalkDir;

/// Another generator, with a site of the same pages.
pub struct Competitor {
    pub name: &'static str,
    pub program: PathBuf,
    /// Writes a site with the given number of cities into a folder.
    pub write: fn(&Path, usize) -> io::Result<()>,
    /// The command with which the program builds the site in a folder into another.
    pub build: fn(&Path, &Path, &Path) -> Command,
}

/// A page of a competitor's site.
pub struct Page {
    /// Where it lies, without an ending: `city-0001/goals/1`; empty for the first page.
    path: String,
    /// What it is: `home`, `strategy`, `node`, `edition`, `indicators`, `programs` or `money`.
    kind: &'static str,
    title: String,
    /// What its template shows.
    data: Map<String, Value>,
    /// Its words in Markdown.
    words: String,
}

/// The address that a competitor gives to the page at a path: `city-0001/goals/1.html`.
type Address = fn(path: &str) -> String;

/// Copies a folder of `benches/`, and adds the style sheet that a site serves as it is.
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

/// Gives the pages of `cities` cities to `write`, one after the other.
fn each(cities: usize, address: Address, mut write: impl FnMut(Page) -> io::Result<()>) -> io::Result<()> {
    let home = Place::home(address);
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
    let here = Place::new(city, "", address);
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
    let here = Place::new(city, &format!("/goals/{}", goal.id), address);
    let [previous, next] = around(&city.goals, at, |goal| here.link(&goal.name, "goals", &goal.id));
    let data = json!({
        "trail": [here.overview()], "previous": previous, "next": next, "label": "基本目標", "number": goal.id,
        "children": counted(city, at, &here),
    });
    here.page("node", &goal.name, data)
}

fn policy(city: &City, at: usize, address: Address) -> Page {
    let policy = &city.policies[at];
    let here = Place::new(city, &format!("/policies/{}", policy.id), address);
    let [previous, next] = around(&city.policies, at, |policy| here.link(&policy.name, "policies", &policy.id));
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
    let here = Place::new(city, &format!("/programs/{}", program.id), address);
    let [previous, next] = around(&city.programs, at, |program| here.program(program));
    let places = program.policies.iter().enumerate().map(|(nth, policy)| {
        let mut link = here.numbered(&city.policies[*policy]);
        link["repeat"] = (nth > 0).into();
        link
    });
    let home = &city.policies[program.policies[0]];
    let texts = Texts::embedded("ja").unwrap();
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

/// The links to what stands before and after a place.
fn around<T>(all: &[T], at: usize, link: impl Fn(&T) -> Value) -> [Option<Value>; 2] {
    [at.checked_sub(1), Some(at + 1)].map(|at| at.and_then(|at| all.get(at)).map(&link))
}

/// The policies of the goal at `goal`, each with the number of its programs.
fn counted(city: &City, goal: usize, here: &Place<'_>) -> Value {
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

/// The first words, as many as Shirube gives to search engines.
fn description(sections: &[corpus::Section]) -> Option<String> {
    sections.first().map(|section| excerpt(&section.markdown, 110))
}
