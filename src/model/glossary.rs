//! Words that citizens may not know.

use crate::diagnostic::Span;

/// A word explained: `[[term]]` in `glossary.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// `term`: the word.
    pub term: String,
    /// `reading`: in kana.
    pub reading: Option<String>,
    /// `meaning`: one or two plain sentences.
    pub meaning: String,
    /// `also`: other spellings that mean the same.
    pub also: Vec<String>,
    /// Where it stands.
    pub span: Span,
}
