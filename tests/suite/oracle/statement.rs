//! Statements as pages expose them, and expected statements to match them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A statement on a page: its kind, and its facts by name (§5 of `docs/statements.md`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Statement {
    pub kind: String,
    pub facts: BTreeMap<String, String>,
}

/// An expected statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Expected {
    pub kind: &'static str,
    pub facts: BTreeMap<&'static str, Fact>,
    /// An alternative with the same meaning.
    pub or: Option<Box<Expected>>,
    /// True if it must be present; `false` if pages may omit it for lack of room.
    pub required: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fact {
    Is(String),
    /// One of several true facts; the rules do not determine which.
    OneOf(BTreeSet<String>),
    /// An optional fact.
    Optional(String),
    /// One of several true facts, or none.
    OptionalOneOf(BTreeSet<String>),
}

impl Expected {
    pub(crate) fn new(kind: &'static str) -> Self {
        Self { kind, facts: BTreeMap::new(), or: None, required: true }
    }

    pub(crate) fn with(mut self, name: &'static str, fact: impl Into<String>) -> Self {
        self.facts.insert(name, Fact::Is(fact.into()));
        self
    }

    pub(crate) fn with_optional(mut self, name: &'static str, fact: impl Into<String>) -> Self {
        self.facts.insert(name, Fact::Optional(fact.into()));
        self
    }

    pub(crate) fn one_of(mut self, name: &'static str, facts: &BTreeSet<&str>) -> Self {
        self.facts.insert(name, Fact::OneOf(facts.iter().map(|fact| (*fact).to_owned()).collect()));
        self
    }

    pub(crate) fn optional_one_of(mut self, name: &'static str, facts: &BTreeSet<&str>) -> Self {
        self.facts.insert(name, Fact::OptionalOneOf(facts.iter().map(|fact| (*fact).to_owned()).collect()));
        self
    }

    pub(crate) fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// Accepts `other` instead.
    pub(crate) fn or(mut self, other: Expected) -> Self {
        self.or = Some(Box::new(other));
        self
    }

    /// Returns true if this statement or its alternative is among `statements`.
    pub(crate) fn matches_any<'s>(&self, mut statements: impl Iterator<Item = &'s Statement>) -> bool {
        statements.any(|statement| self.matches(statement) || self.or.as_ref().is_some_and(|or| or.matches(statement)))
    }

    /// Returns true if `statement` matches this statement without its alternative.
    pub(crate) fn matches(&self, statement: &Statement) -> bool {
        let fits = |(name, fact): (&&'static str, &Fact)| match (fact, statement.facts.get(*name)) {
            (Fact::Is(expected) | Fact::Optional(expected), Some(actual)) => expected == actual,
            (Fact::OneOf(all) | Fact::OptionalOneOf(all), Some(actual)) => all.contains(actual),
            (fact, None) => matches!(fact, Fact::Optional(_) | Fact::OptionalOneOf(_)),
        };
        self.kind == statement.kind
            && self.facts.iter().all(fits)
            && statement.facts.keys().all(|name| self.facts.contains_key(name.as_str()))
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        self.facts.iter().try_for_each(|(name, fact)| write!(f, " {name}={fact:?}"))
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        for (name, expected) in &self.facts {
            match expected {
                Fact::Is(fact) => write!(f, " {name}={fact:?}")?,
                Fact::OneOf(all) => write!(f, " {name}=one of {all:?}")?,
                Fact::Optional(fact) => write!(f, " ({name}={fact:?})")?,
                Fact::OptionalOneOf(all) => write!(f, " ({name}=one of {all:?})")?,
            }
        }
        Ok(())
    }
}
