//! Parsed files of a strategy itself, which are the context for parsing its nodes.

use crate::diagnostic::Diagnostic;
use crate::model::{Kind, Node, Strategy};
use std::sync::Arc;

/// Result of parsing `strategy.toml`, `editions/` and `strategy.md`.
#[derive(Debug)]
pub(super) struct ParsedDeclarations {
    /// The strategy, without its nodes.
    pub(super) strategy: Strategy,
    /// Goals declared by `[[goal]]` in `strategy.toml`.
    pub(super) inline_goals: Vec<Arc<Node>>,
    /// True if `strategy.toml` and `editions/` have no errors.
    pub(super) is_valid: bool,
    /// Diagnostics of `strategy.toml`, `editions/` and `strategy.md`.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl ParsedDeclarations {
    /// The node of `kind` with this id, if `strategy.toml` declares it.
    pub(super) fn inline_goal(&self, kind: Kind, id: &str) -> Option<&Node> {
        self.inline_goals.iter().find(|node| node.kind == kind && node.id == id).map(Arc::as_ref)
    }
}
