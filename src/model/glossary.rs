//! Glossary of terms that citizens may not know.

use crate::diagnostic::Span;

/// Glossary term: `[[term]]` in `glossary.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// `term`: the term.
    pub term: String,
    /// `reading`: term in kana.
    pub reading: Option<String>,
    /// `meaning`: explanation in one or two plain sentences.
    pub meaning: String,
    /// `also`: synonyms and alternative spellings.
    pub also: Vec<String>,
    /// Span of the declaration.
    pub span: Span,
}
