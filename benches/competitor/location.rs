//! Paths of pages and relative links between them.

use super::{Address, Page, title};
use crate::corpus::{City, Goal, Policy, Program};
use serde_json::{Map, Value, json};
use shirube::internals::Url;

/// The location of a page, from which links are relative.
pub struct Location<'a> {
    path: String,
    /// `None` for the home page.
    city: Option<&'a City>,
    address: Address,
}

impl<'a> Location<'a> {
    pub fn home(address: Address) -> Self {
        Self { path: String::new(), city: None, address }
    }

    /// The location of the page at `path` relative to the strategy, such as `/goals/1`.
    pub fn new(city: &'a City, path: &str, address: Address) -> Self {
        Self { path: format!("{}{path}", city.id), city: Some(city), address }
    }

    /// The page at this location with its data and the links that all pages have.
    pub fn page(&self, kind: &'static str, title: &str, data: Value) -> Page {
        let links = json!({
            "root": self.relative(""), "home": self.to(""), "strategy": self.city.map(|_| self.overview()),
        });
        let all =
            [data, links].into_iter().filter_map(|data| if let Value::Object(data) = data { Some(data) } else { None });
        let data: Map<String, Value> = all.flatten().filter(|(_, value)| !value.is_null()).collect();
        Page { path: self.path.clone(), kind, title: title.to_owned(), data, words: String::new() }
    }

    /// The link to the page at another path.
    pub fn to(&self, path: &str) -> String {
        self.relative(&(self.address)(path))
    }

    fn relative(&self, address: &str) -> String {
        Url::new(address).relative_to(&Url::new((self.address)(&self.path)))
    }

    /// The link to a goal, policy or program of the same city.
    pub fn of(&self, kind: &str, id: &str) -> String {
        self.to(&format!("{}/{kind}/{id}", self.city.map_or("", |city| &city.id)))
    }

    pub fn link(&self, name: &str, kind: &str, id: &str) -> Value {
        json!({ "name": name, "href": self.of(kind, id) })
    }

    pub fn overview(&self) -> Value {
        self.city.map_or(Value::Null, |city| json!({ "name": title(city), "href": self.to(&city.id) }))
    }

    pub fn goal(&self, goal: &Goal) -> Value {
        self.link(&format!("基本目標 {} {}", goal.id, goal.name), "goals", &goal.id)
    }

    pub fn policy(&self, policy: &Policy) -> Value {
        self.link(&format!("施策 {} {}", policy.id, policy.name), "policies", &policy.id)
    }

    /// The link to a policy without the word 施策, for lists of policies.
    pub fn numbered(&self, policy: &Policy) -> Value {
        self.link(&format!("{} {}", policy.id, policy.name), "policies", &policy.id)
    }

    pub fn program(&self, program: &Program) -> Value {
        self.link(&program.name, "programs", &program.id)
    }
}
