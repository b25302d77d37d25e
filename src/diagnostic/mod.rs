//! Diagnostics: errors and warnings about the content, with location and help.
//!
//! Every phase returns diagnostics together with its result instead of printing or stopping, so
//! that one run reports all errors.

mod assignee;
mod cell;
mod confidence;
mod io_error;
mod rule;
mod shortened;
mod source;
mod suggest;

pub use assignee::Assignee;
pub use cell::{CellLocation, CellRef, column_index, column_name};
pub use confidence::Confidence;
pub use io_error::io_error_text;
pub use rule::{Rule, RuleText, Severity};
pub use shortened::shortened;
pub use source::{Location, SourceId, Sources, Span};
pub use suggest::closest;

use std::sync::Arc;

/// Language of messages and interface texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// A text in both languages of the program, defined where it is produced.
///
/// Messages are formatted by [`say!`], fixed texts are `Bilingual<&'static str>`. The language is selected
/// only on output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Bilingual<S = String> {
    /// The Japanese text.
    pub ja: S,
    /// The English text.
    pub en: S,
}

impl<S: AsRef<str>> Bilingual<S> {
    /// The text in the language `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => self.ja.as_ref(),
            Lang::En => self.en.as_ref(),
        }
    }
}

/// Formats one message in both languages: `say!(ja: "…{name}…", en: "…{name}…")`.
macro_rules! say {
    (ja: $ja:literal, en: $en:literal $(, $name:ident = $value:expr)* $(,)?) => {
        match ($($value,)*) {
            ($($name,)*) => $crate::diagnostic::Bilingual { ja: format!($ja), en: format!($en) },
        }
    };
}
pub(crate) use say;

/// An error or warning with its location and help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Violated rule, which determines the severity.
    pub rule: Rule,
    /// Location in the content.
    pub location: Location,
    /// Description of the problem.
    pub message: Bilingual,
    /// Help: how to correct it. `None` if that is obvious from the message.
    pub help: Option<Bilingual>,
    /// True for a warning that prevents publication because the user asked for it.
    pub strict: bool,
    /// Confidence that the content is wrong; [`Confidence::Certain`] for errors.
    pub confidence: Confidence,
    /// Who answers for a finding of [`crate::check`]; `None` for all other diagnostics.
    pub assignee: Option<Arc<Assignee>>,
}

impl Diagnostic {
    /// Creates a diagnostic without help.
    pub fn new(rule: Rule, location: impl Into<Location>, message: Bilingual) -> Self {
        Self {
            rule,
            location: location.into(),
            message,
            help: None,
            strict: false,
            confidence: Confidence::Certain,
            assignee: None,
        }
    }

    /// Span of the diagnostic; `None` if it is about a whole file or has no location.
    pub fn span(&self) -> Option<Span> {
        match self.location {
            Location::Span(span) => Some(span),
            Location::Path(_) | Location::Cell(_) | Location::Unknown => None,
        }
    }

    /// The severity of its rule; an error if it is strict.
    pub fn severity(&self) -> Severity {
        if self.strict { Severity::Error } else { self.rule.severity() }
    }

    /// Sets the confidence.
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// Sets the help.
    pub fn help(mut self, help: Bilingual) -> Self {
        self.help = Some(help);
        self
    }

    /// Sets the help to that of the rule; see [`Rule::help`].
    pub fn rule_help(self) -> Self {
        let help = self.rule.help();
        Self { help, ..self }
    }

    /// Replaces the help with "did you mean …" if one of `candidates` is similar to `written`. For a help text that lists
    /// the allowed values, see [`Self::suggest_first`].
    pub fn suggest<'a>(self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(written, candidates) {
            Some(near) => self.help(say!(ja: "もしかして: {near}", en: "did you mean `{near}`?")),
            None => self,
        }
    }

    /// Like [`Self::suggest`], but keeps the help, which lists the allowed values, after the suggestion.
    pub fn suggest_first<'a>(self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match (closest(written, candidates), &self.help) {
            (Some(near), Some(Bilingual { ja, en })) => {
                let help = say!(ja: "もしかして: {near}。{ja}", en: "did you mean `{near}`? {en}");
                self.help(help)
            }
            (Some(near), None) => self.suggest(near, [near]),
            (None, _) => self,
        }
    }
}

/// Sort key of a diagnostic: file path, cell or span, code.
pub fn sort_key(diagnostic: &Diagnostic, sources: &Sources) -> impl Ord + use<> {
    let span = diagnostic.span().unwrap_or_default();
    let cell = diagnostic.location.cell().map(|cell| (cell.sheet.clone(), cell.cell));
    (diagnostic.location.path(sources).map(str::to_owned), cell, span.start, span.end, diagnostic.rule.code())
}

/// Sorts diagnostics by file path, cell or span, and code.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &Sources) {
    diagnostics.sort_by_cached_key(|diagnostic| sort_key(diagnostic, sources));
}

/// Returns true if any diagnostic is an error, so that the content cannot be published.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity() == Severity::Error)
}
