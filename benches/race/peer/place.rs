//! Where a page lies, and its links to others.

use super::{Address, Page, title};
use crate::corpus::{City, Goal, Policy};
use serde_json::{Map, Value, json};

/// The place of a page, from which it links to others.
pub struct Place<'a> {
    place: String,
    city: Option<&'a City>,
    address: Address,
}

impl<'a> Place<'a> {
    pub fn home(address: Address) -> Self {
        Self { place: String::new(), city: None, address }
    }

    pub fn strategy(city: &'a City, address: Address) -> Self {
        Self { place: city.id.clone(), city: Some(city), address }
    }

    /// A page directly below that of the strategy, such as a list.
    pub fn list(city: &'a City, name: &str, address: Address) -> Self {
        Self { place: format!("{}/{name}", city.id), city: Some(city), address }
    }

    pub fn below(city: &'a City, kind: &str, id: &str, address: Address) -> Self {
        Self::list(city, &format!("{kind}/{id}"), address)
    }

    pub fn page(&self, kind: &'static str, title: String, data: Map<String, Value>) -> Page {
        Page { place: self.place.clone(), kind, title, data, words: String::new() }
    }

    /// What every page has: the way to the root, to the first page, and to its strategy.
    pub fn data(&self) -> Map<String, Value> {
        let root = relative(&(self.address)(&self.place), "assets/style.css").replace("assets/style.css", "");
        let mut data = Map::new();
        data.insert("root".into(), root.into());
        data.insert("home".into(), self.to("").into());
        data.extend(self.city.map(|_| ("strategy".to_owned(), self.overview())));
        data
    }

    /// The link to another place.
    pub fn to(&self, place: &str) -> String {
        relative(&(self.address)(&self.place), &(self.address)(place))
    }

    /// The link to a goal, policy or program of the same city.
    pub fn of(&self, kind: &str, id: &str) -> String {
        self.to(&format!("{}/{kind}/{id}", self.city.map_or("", |city| &city.id)))
    }

    /// The link to another page of the same kind.
    pub fn beside(&self, id: &str) -> String {
        self.to(&format!("{}/{id}", self.place.rsplit_once('/').map_or("", |(kind, _)| kind)))
    }

    pub fn overview(&self) -> Value {
        self.city.map_or(Value::Null, |city| json!({ "name": title(city), "href": self.to(&city.id) }))
    }

    pub fn goal(&self, goal: &Goal) -> Value {
        json!({ "name": format!("基本目標 {} {}", goal.id, goal.name), "href": self.of("goals", &goal.id) })
    }

    pub fn policy(&self, policy: &Policy) -> Value {
        json!({ "name": format!("施策 {} {}", policy.id, policy.name), "href": self.of("policies", &policy.id) })
    }

    /// A policy where it is clear that it is one.
    pub fn numbered(&self, policy: &Policy) -> Value {
        json!({ "name": format!("{} {}", policy.id, policy.name), "href": self.of("policies", &policy.id) })
    }
}

/// The link from one address to another.
fn relative(from: &str, to: &str) -> String {
    let (mut down, mut back) = (to, from);
    while let (Some((ours, below)), Some((theirs, other))) = (down.split_once('/'), back.split_once('/'))
        && ours == theirs
    {
        (down, back) = (below, other);
    }
    let link = "../".repeat(back.matches('/').count()) + down;
    if link.is_empty() { "./".to_owned() } else { link }
}
