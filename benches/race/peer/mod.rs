//! The corpus as the pages of another generator, so that the race has peers: the same pages,
//! words, tables and charts as those of `race/plain`, page by page.
//!
//! What helps a peer is given to it: links in explicit lists (queries for the other ends of
//! links are quadratic in templates), sums, amounts in words, and numbers beside printed
//! figures. How a page is written down, and at which address it lies, is a peer's own.

mod figures;
mod lists;
mod place;

use crate::corpus::{self, City, EDITION, Policy};
use place::Place;
use serde_json::{Map, Value, json};
use std::fs;
use std::io;
use std::path::Path;

/// A page of a peer's site.
pub struct Page {
    /// Where it lies, without an ending: `city-0001/goals/1`; empty for the first page.
    pub place: String,
    /// What it is: `home`, `strategy`, `node`, `edition`, `indicators`, `programs` or `money`.
    pub kind: &'static str,
    pub title: String,
    /// What its template shows.
    pub data: Map<String, Value>,
    /// Its words in Markdown.
    pub words: String,
}

/// The address that a peer gives to the page at a place: `city-0001/goals/1.html`.
pub type Address = fn(place: &str) -> String;

const TITLE: &str = "見本の国の総合戦略";

/// Gives the pages of `cities` cities to `write`, one after the other.
pub fn each(cities: usize, address: Address, mut write: impl FnMut(&Page) -> io::Result<()>) -> io::Result<()> {
    let home = Place::home(address);
    let mut strategies = Vec::with_capacity(cities);
    for number in 1..=cities {
        let city = corpus::city(number);
        strategies.push(json!({
            "name": title(&city), "href": home.to(&city.id), "publisher": city.name, "description": lead(&city),
        }));
        of_city(&city, address).iter().try_for_each(&mut write)?;
    }
    let mut data = home.data();
    data.insert("description".into(), "測るために作った市町村の総合戦略。".into());
    data.insert("strategies".into(), strategies.into());
    write(&Page { place: String::new(), kind: "home", title: TITLE.into(), data, words: String::new() })
}

/// Writes what lies beside the pages into the folder that a peer copies as it is.
pub fn write_assets(folder: &Path) -> io::Result<()> {
    let assets = folder.join("assets");
    fs::create_dir_all(&assets)?;
    fs::write(assets.join("style.css"), include_str!("../../../themes/default/assets/style.css"))
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
    let here = Place::strategy(city, address);
    let goals = city.goals.iter().enumerate().map(|(at, goal)| {
        let mut goal = here.goal(goal);
        goal["policies"] = counted(city, at, &here);
        goal
    });
    let mut data = here.data();
    data.insert("description".into(), lead(city).into());
    data.insert("goals".into(), goals.collect());
    data.insert("edition".into(), EDITION.1.into());
    here.page("strategy", title(city), data)
}

fn goal(city: &City, at: usize, address: Address) -> Page {
    let goal = &city.goals[at];
    let here = Place::below(city, "goals", &goal.id, address);
    let mut data =
        frame(&here, "基本目標", Some(&goal.id), at, |at| Some((&city.goals.get(at)?.name, &city.goals[at].id)));
    data.insert("children".into(), counted(city, at, &here));
    here.page("node", goal.name.clone(), data)
}

fn policy(city: &City, at: usize, address: Address) -> Page {
    let policy = &city.policies[at];
    let here = Place::below(city, "policies", &policy.id, address);
    let rows = policy.rows.iter().map(|row| {
        let program = &city.programs[row.program];
        json!({ "name": program.name, "href": here.of("programs", &program.id), "repeat": row.repeat })
    });
    let linked_from = city.policies.iter().filter(|other| other.links.contains(&at));
    let mut data =
        frame(&here, "施策", Some(&policy.id), at, |at| Some((&city.policies.get(at)?.name, &city.policies[at].id)));
    data.insert("trail".into(), json!([here.overview(), here.goal(&city.goals[policy.goal])]));
    data.insert("description".into(), figures::description(&policy.words));
    data.insert("indicators".into(), policy.indicators.iter().map(figures::indicator).collect());
    data.insert("rows".into(), rows.collect());
    data.insert("related".into(), policy.links.iter().map(|link| here.numbered(&city.policies[*link])).collect());
    data.insert("linked_from".into(), linked_from.map(|other| here.numbered(other)).collect());
    data.insert("edition".into(), EDITION.1.into());
    let words = corpus::words(city, &policy.words, |program| here.of("programs", &program.id));
    Page { words, ..here.page("node", policy.name.clone(), data) }
}

fn program(city: &City, at: usize, address: Address) -> Page {
    let program = &city.programs[at];
    let here = Place::below(city, "programs", &program.id, address);
    let places = program.policies.iter().enumerate().map(|(nth, policy)| {
        let mut place = here.numbered(&city.policies[*policy]);
        place["repeat"] = (nth > 0).into();
        place
    });
    let mut trail = vec![here.overview()];
    for policy in program.policies.iter().take(1).map(|policy| &city.policies[*policy]) {
        trail.extend([here.goal(&city.goals[policy.goal]), here.policy(policy)]);
    }
    let mut data =
        frame(&here, "事務事業", None, at, |at| Some((&city.programs.get(at)?.name, &city.programs[at].id)));
    data.insert("trail".into(), trail.into());
    data.insert("description".into(), figures::description(&program.words));
    data.insert("indicators".into(), json!([figures::indicator(&program.indicator)]));
    data.insert("money".into(), program.money.iter().map(figures::money).collect());
    data.insert("places".into(), places.collect());
    data.insert("edition".into(), EDITION.1.into());
    let words = corpus::words(city, &program.words, |program| here.of("programs", &program.id));
    Page { words, ..here.page("node", program.name.clone(), data) }
}

/// What every page of a goal, policy or program has; `named` gives the name and the id of one.
fn frame<'a>(
    here: &Place<'_>,
    label: &str,
    number: Option<&str>,
    at: usize,
    named: impl Fn(usize) -> Option<(&'a String, &'a String)>,
) -> Map<String, Value> {
    let link = |at: usize| named(at).map(|(name, id)| json!({ "name": name, "href": here.beside(id) }));
    let mut data = here.data();
    data.insert("trail".into(), json!([here.overview()]));
    data.insert("label".into(), label.into());
    let around =
        [("number", number.map(Value::from)), ("previous", at.checked_sub(1).and_then(link)), ("next", link(at + 1))];
    data.extend(around.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    data
}

/// The policies of the goal at `goal`, each with the number of its programs.
fn counted(city: &City, goal: usize, here: &Place<'_>) -> Value {
    let policies = city.policies.iter().filter(|policy: &&Policy| policy.goal == goal);
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
