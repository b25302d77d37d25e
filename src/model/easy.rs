//! Texts in easy Japanese.

use super::acknowledgement::Acknowledgement;
use super::sheet::Prose;
use crate::diagnostic::Span;

/// Text in easy Japanese (やさしい日本語) about a strategy or node: `strategy.easy.md`, `policy.easy.md`. It explains the
/// current page and belongs to no edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EasyText {
    /// `title`: title of the page instead of the name, with ruby notation; `None` if not given.
    pub title: Option<String>,
    /// Span of the title, or else of the file.
    pub title_span: Span,
    /// Text below the front matter, with ruby notation.
    pub prose: Prose,
    /// `[[acknowledge]]`: acknowledged findings of `shirube check`.
    pub acknowledged: Vec<Acknowledgement>,
    /// Beginning of the file.
    pub span: Span,
}
