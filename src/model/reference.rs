//! Links by name: `program:kaigo-yosei`, `kaminoyama/sosei/goal:2`, `indicator:policy/3/matching`.

use super::kind::Kind;
use crate::diagnostic::Span;
use std::fmt;

/// A link as it was written, not yet resolved.
///
/// ```text
/// reference = [strategy "/"] kind ":" id        the strategy is left out for one's own
/// kind      = goal | policy | program
///           | indicator                         id = kind "/" node id "/" indicator id
///           | strategy                          id = the strategy's path
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The path of the strategy that is meant; `None` for the strategy that says it.
    pub strategy: Option<String>,
    /// What is meant.
    pub kind: ReferenceKind,
    /// The id of the node, or the path of the strategy.
    pub id: String,
    /// Where it was written.
    pub span: Span,
}

/// What a reference points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// A whole strategy.
    Strategy,
    /// A goal, policy or program.
    Node(Kind),
    /// An indicator of a node: the node's kind, and the indicator's id.
    Indicator(Kind, String),
}

impl Reference {
    /// Reads a reference; `None` if `text` is not written as one.
    pub fn parse(text: &str, span: Span) -> Option<Self> {
        let (head, id) = text.split_once(':')?;
        let (strategy, word) = match head.rsplit_once('/') {
            Some((strategy, word)) => (Some(strategy.to_owned()), word),
            None => (None, head),
        };
        let (kind, id) = match word {
            "strategy" if strategy.is_none() => (ReferenceKind::Strategy, id),
            "indicator" => {
                let mut steps = id.splitn(3, '/');
                let kind = Kind::from_key(steps.next()?)?;
                let node = steps.next()?;
                (ReferenceKind::Indicator(kind, steps.next()?.to_owned()), node)
            }
            word => (ReferenceKind::Node(Kind::from_key(word)?), id),
        };
        (!id.is_empty()).then(|| Self { strategy, kind, id: id.to_owned(), span })
    }

    /// A reference to a node of one's own strategy.
    pub fn node(kind: Kind, id: impl Into<String>, span: Span) -> Self {
        Self { strategy: None, kind: ReferenceKind::Node(kind), id: id.into(), span }
    }
}

/// Writes the reference as an author would.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(strategy) = &self.strategy {
            write!(f, "{strategy}/")?;
        }
        match &self.kind {
            ReferenceKind::Strategy => write!(f, "strategy:{}", self.id),
            ReferenceKind::Node(kind) => write!(f, "{}:{}", kind.key(), self.id),
            ReferenceKind::Indicator(kind, indicator) => {
                write!(f, "indicator:{}/{}/{indicator}", kind.key(), self.id)
            }
        }
    }
}
