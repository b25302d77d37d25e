//! What the files of a strategy itself say, against which those of its nodes are read.

use crate::diagnostic::Diagnostic;
use crate::model::{Kind, Node, Strategy};
use std::sync::Arc;

/// What the files of a strategy itself say.
#[derive(Debug)]
pub(super) struct StrategyFile {
    /// The strategy without nodes.
    pub(super) strategy: Strategy,
    /// The goals that `strategy.toml` outlines.
    pub(super) outline: Vec<Arc<Node>>,
    /// Whether `strategy.toml` is without mistakes.
    pub(super) is_valid: bool,
    pub(super) found: Vec<Diagnostic>,
}

impl StrategyFile {
    /// The node of `kind` with this id, if `strategy.toml` outlines it.
    pub(super) fn inline_goal(&self, kind: Kind, id: &str) -> Option<&Node> {
        self.outline.iter().find(|node| node.kind == kind && node.id == id).map(Arc::as_ref)
    }
}
