//! Diagnostics as values: errors and warnings about the content, with place and remedy.
//!
//! Every phase returns diagnostics beside its result instead of printing or stopping, so
//! that one run shows all errors.

mod reason;
mod rule;
mod source;
mod suggest;

pub use reason::reason;
pub use rule::{Rule, RuleText, Severity};
pub use source::{Location, SourceId, Sources, Span};
pub use suggest::closest;

/// The language in which the program speaks to its users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// A text in both languages of the program, written side by side where it arises.
///
/// Messages are made by [`say!`], fixed texts are `Bilingual<&'static str>`. Which language is shown
/// is decided at the edge.
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

/// One error or warning, with its place and remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that is broken; it decides the severity.
    pub rule: Rule,
    /// Where.
    pub place: Location,
    /// What is wrong.
    pub message: Bilingual,
    /// What to write instead.
    pub help: Option<Bilingual>,
}

impl Diagnostic {
    /// A diagnostic without a remedy.
    pub fn new(rule: Rule, place: impl Into<Location>, message: Bilingual) -> Self {
        Self { rule, place: place.into(), message, help: None }
    }

    /// The bytes that it is about, if it is about a part of a text.
    pub fn span(&self) -> Option<Span> {
        match self.place {
            Location::Span(span) => Some(span),
            Location::Path(_) | Location::Unknown => None,
        }
    }

    /// The severity of its rule.
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// Adds what to write instead.
    pub fn help(mut self, help: Bilingual) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds the remedy of the rule.
    pub fn remedy(self) -> Self {
        let help = self.rule.help();
        Self { help, ..self }
    }

    /// Replaces the help by "did you mean …" if one of `candidates` is close to `written`.
    pub fn suggest<'a>(self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(written, candidates) {
            Some(near) => self.help(say!(ja: "もしかして: {near}", en: "did you mean `{near}`?")),
            None => self,
        }
    }
}

/// The file path, place and code of a diagnostic, by which they are sorted.
pub fn sort_key(diagnostic: &Diagnostic, sources: &Sources) -> impl Ord + use<> {
    let span = diagnostic.span().unwrap_or_default();
    (diagnostic.place.path(sources).map(str::to_owned), span.start, span.end, diagnostic.rule.code())
}

/// Sorts diagnostics by file path, place and code.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &Sources) {
    diagnostics.sort_by_cached_key(|diagnostic| sort_key(diagnostic, sources));
}

/// Whether the content can be published: no diagnostic is an error.
pub fn publishable(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().all(|d| d.severity() != Severity::Error)
}
