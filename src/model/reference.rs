//! References by id: `program:kaigo-yosei`, `kaminoyama/sosei/goal:2`, `indicator:policy/3/matching`.

use super::kind::Kind;
use crate::diagnostic::Span;
use std::fmt;

/// A reference as written, not yet resolved.
///
/// ```text
/// reference = [strategy "/"] kind ":" id        the strategy is omitted within the same strategy
/// kind      = goal | policy | program
///           | indicator                         id = kind "/" node id "/" indicator id
///           | strategy                          id = the strategy's path
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Path of the referenced strategy; `None` for the strategy that contains the reference.
    pub strategy: Option<String>,
    /// Kind of the target.
    pub kind: ReferenceKind,
    /// Id of the node, or path of the strategy.
    pub id: String,
    /// Span of the reference.
    pub span: Span,
}

/// Kind of the target of a reference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// A whole strategy.
    Strategy,
    /// A goal, policy or program.
    Node(Kind),
    /// An indicator of a node: the kind of the node and the id of the indicator.
    Indicator(Kind, String),
}

impl Reference {
    /// Parses a reference; `None` if `text` does not match the grammar.
    pub fn parse(text: &str, span: Span) -> Option<Self> {
        let (head, id) = text.split_once(':')?;
        let (strategy, word) = match head.rsplit_once('/') {
            Some((strategy, word)) => (Some(strategy.to_owned()), word),
            None => (None, head),
        };
        let (kind, id) = match word {
            "strategy" if strategy.is_none() => (ReferenceKind::Strategy, id),
            "indicator" => {
                let mut segments = id.splitn(3, '/');
                let kind = Kind::from_key(segments.next()?)?;
                let node = segments.next()?;
                (ReferenceKind::Indicator(kind, segments.next()?.to_owned()), node)
            }
            word => (ReferenceKind::Node(Kind::from_key(word)?), id),
        };
        (!id.is_empty()).then(|| Self { strategy, kind, id: id.to_owned(), span })
    }

    /// Reference to a node of the same strategy.
    pub fn node(kind: Kind, id: impl Into<String>, span: Span) -> Self {
        Self { strategy: None, kind: ReferenceKind::Node(kind), id: id.into(), span }
    }
}

/// Formats the reference in the syntax of content files.
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
