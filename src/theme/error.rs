//! Mistakes in a theme as diagnostics at their place.

use crate::diagnostic::{Diagnostic, Severity, SourceId, Span};
use crate::say;
use std::ops::Range;
use tera::ErrorKind;

/// An error in a file of a theme. A file of the default theme has no source to point into.
fn at(path: &str, message: &str, place: Option<(SourceId, Range<usize>)>) -> Diagnostic {
    let span = place.map(|(source, range)| Span::new(source, range));
    let message = say!(ja: "テーマのファイル{path}: {message}", en: "theme file {path}: {message}");
    Diagnostic { severity: Severity::Error, rule: "theme", span, message, help: None }
}

/// What is wrong with a file of texts.
pub(super) fn of_toml(path: &str, reason: &toml::de::Error, source: Option<SourceId>) -> Diagnostic {
    at(path, reason.message(), source.map(|source| (source, reason.span().unwrap_or_default())))
}

/// What Tera says of a template. Its own drawing is not used: it places carets by
/// characters, which is wrong after Japanese text.
pub(super) fn of_tera(error: &tera::Error, source_of: impl Fn(&str) -> Option<SourceId>) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let source = source_of(report.filename());
            let place = source.map(|source| (source, report.span().range.clone()));
            let line = report.span().start_line;
            let message = match place {
                Some(_) => report.message().to_owned(),
                None => format!("{} (line {line})", report.message()),
            };
            at(report.filename(), &message, place)
        }
        _ => {
            let message = say!(ja: "テーマ: {error}", en: "theme: {error}");
            Diagnostic { severity: Severity::Error, rule: "theme", span: None, message, help: None }
        }
    }
}

/// A file of a theme that should be text but is not.
pub(super) fn not_text(path: &str) -> Diagnostic {
    let message = say!(ja: "テーマのファイル{path}がUTF-8ではない", en: "theme file {path} is not UTF-8");
    Diagnostic { severity: Severity::Error, rule: "theme", span: None, message, help: None }
}

/// A file of a theme that stands where nothing is looked for.
pub(super) fn not_of_theme(path: &str) -> Diagnostic {
    let message = say!(
        ja: "テーマのファイル{path}はtemplates/、assets/、texts/のどれにもない",
        en: "theme file {path} is in none of templates/, assets/ and texts/"
    );
    Diagnostic { severity: Severity::Error, rule: "theme", span: None, message, help: None }
}
