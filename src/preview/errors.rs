//! Errors in the form shown on pages: location, message, source line and suggestion.

use super::page;
use crate::diagnostic::{Diagnostic, Lang, Location, Severity, Sources, Span, say};
use serde::Serialize;

/// Maximum number of listed errors; more would not fit on the screen.
const MAX_SHOWN: usize = 20;

/// Maximum number of characters of a message, of the marked part of a line, and of the text on either side of it. A
/// paragraph is one line of perhaps a megabyte, and is sent to every open page.
const MAX_QUOTED: usize = 400;

/// Content of the error overlay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ErrorOverlay {
    /// Heading with the number of errors.
    pub(super) title: String,
    /// Explanation that the page below shows an earlier state.
    pub(super) note: String,
    /// The first errors, at most [`MAX_SHOWN`].
    pub(super) list: Vec<OverlayError>,
    /// Number of further errors as a text; `None` if all are listed.
    pub(super) more: Option<String>,
    /// Label of the button that closes the overlay.
    pub(super) close: String,
    /// Language code of these texts.
    pub(super) lang: &'static str,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OverlayError {
    /// Message.
    pub(super) message: String,
    /// Suggested correction.
    pub(super) help: Option<String>,
    /// Location; `None` if it is unknown.
    pub(super) location: Option<ErrorLocation>,
}

/// Location of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ErrorLocation {
    /// Path below the content folder.
    pub(super) path: String,
    /// Source line; `None` if the error concerns the whole file.
    pub(super) line: Option<ErrorLine>,
}

/// Source line of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ErrorLine {
    /// Line number, from 1.
    pub(super) number: usize,
    /// Text of the line: before the span, in the span, and after it.
    pub(super) text: [String; 3],
}

impl ErrorOverlay {
    /// Creates the overlay of all `errors`; `None` if there are none.
    pub(super) fn new(errors: &[OverlayError], lang: Lang) -> Option<Self> {
        let n = errors.len();
        let title = say!(ja: "原稿に誤りが {n} 件あります", en: "Errors in the content: {n}");
        let note = say!(
            ja: "下のページは、誤りがなかったときの内容です。誤りを修正して保存すると、この表示は消えます。",
            en: "The page below shows the last version without errors. This message disappears once the errors are corrected and the files saved."
        );
        let rest = n.saturating_sub(MAX_SHOWN);
        let more = say!(ja: "ほかに {rest} 件", en: "and {rest} more");
        let in_lang = |text: crate::diagnostic::Bilingual| text.get(lang).to_owned();
        (n > 0).then(|| Self {
            title: in_lang(title),
            note: in_lang(note),
            list: errors.iter().take(MAX_SHOWN).cloned().collect(),
            more: (rest > 0).then(|| in_lang(more)),
            close: in_lang(say!(ja: "閉じる", en: "Close")),
            lang: page::lang_code(lang),
        })
    }

    /// Removes the list, whose messages quote the content; the number of errors remains.
    pub(super) fn without_messages(self) -> Self {
        Self { list: Vec::new(), more: None, ..self }
    }
}

impl OverlayError {
    /// The errors among `diagnostics`.
    pub(super) fn all(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang) -> Vec<Self> {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        errors.map(|error| Self::new(error, sources, lang)).collect()
    }

    fn new(error: &Diagnostic, sources: &Sources, lang: Lang) -> Self {
        Self {
            message: truncate_end(error.message.get(lang)),
            help: error.help.as_ref().map(|help| truncate_end(help.get(lang))),
            location: ErrorLocation::new(&error.location, sources),
        }
    }
}

impl ErrorLocation {
    fn new(location: &Location, sources: &Sources) -> Option<Self> {
        let path = location.path(sources).filter(|path| !path.is_empty())?.to_owned();
        let line = match location {
            // An empty span at the start of a file denotes the whole file, for example if its name is wrong.
            Location::Span(span) if span.range() == (0..0) => None,
            Location::Span(span) => ErrorLine::new(*span, sources),
            Location::Path(_) | Location::Cell(_) | Location::Unknown => None,
        };
        Some(Self { path, line })
    }
}

impl ErrorLine {
    /// First line of the span; a longer span is cut at the end of that line.
    fn new(span: Span, sources: &Sources) -> Option<Self> {
        let source = sources.get(span.source)?;
        let start = source.text.floor_char_boundary(span.range().start);
        let end = source.text.ceil_char_boundary(span.range().end);
        let (before, after) = source.text.split_at_checked(start)?;
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.lines().next().unwrap_or_default();
        let (marked, rest) = after.split_at_checked(end.saturating_sub(start)).unwrap_or((after, ""));
        let (number, _) = source.line_column(start);
        let text = [truncate_start(before.trim_start_matches('\u{feff}')), truncate_end(marked), truncate_end(rest)];
        Some(Self { number, text })
    }
}

/// The first [`MAX_QUOTED`] characters of the text, followed by `…` if it is longer.
fn truncate_end(text: &str) -> String {
    let cut = text.char_indices().nth(MAX_QUOTED).and_then(|(at, _)| text.get(..at));
    cut.map_or_else(|| text.to_owned(), |cut| format!("{cut}…"))
}

/// The last [`MAX_QUOTED`] characters of the text, preceded by `…` if it is longer.
fn truncate_start(text: &str) -> String {
    let cut = text.char_indices().nth_back(MAX_QUOTED).and_then(|(at, c)| text.get(at + c.len_utf8()..));
    cut.map_or_else(|| text.to_owned(), |cut| format!("…{cut}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;

    fn quoted_line(text: &str, range: std::ops::Range<usize>) -> (usize, [String; 3]) {
        let mut sources = Sources::default();
        let id = sources.add("a.md", text);
        let line = ErrorLocation::new(&Span::new(id, range).into(), &sources).unwrap().line.unwrap();
        (line.number, line.text)
    }

    #[test]
    fn splits_the_line_at_the_span() {
        let expected = |line, text: [&str; 3]| (line, text.map(str::to_owned));
        assert_eq!(quoted_line("a = 1\nb = 22 # 註\n", 10..12), expected(2, ["b = ", "22", " # 註"]));
        assert_eq!(quoted_line("\u{feff}a = 1\r\n", 3..4), expected(1, ["", "a", " = 1"]));
        assert_eq!(quoted_line("一行\n二行", 3..9), expected(1, ["一", "行", ""]));
        assert_eq!(quoted_line("短い", 90..99), expected(1, ["短い", "", ""]));
    }

    #[test]
    fn shortens_a_long_line_around_the_span() {
        let long = "あ".repeat(MAX_QUOTED);
        let length = long.len();
        assert_eq!(
            quoted_line(&format!("{long}x{long}"), length..length + 1),
            (1, [long.clone(), "x".into(), long.clone()])
        );
        let text = format!("い{long}x{long}い");
        let expected = [format!("…{long}"), "x".to_owned(), format!("{long}…")];
        assert_eq!(quoted_line(&text, length + 3..length + 4), (1, expected));
    }

    #[test]
    fn error_of_a_whole_file_has_only_a_path() {
        let whole_file = |path: &str| ErrorLocation::new(&Location::Path(path.to_owned()), &Sources::default());
        assert_eq!(whole_file("a/2024.md.txt"), Some(ErrorLocation { path: "a/2024.md.txt".to_owned(), line: None }));
        assert_eq!(whole_file(""), None, "the content folder itself has no path");
        let mut sources = Sources::default();
        let id = sources.add("a/2024.md", "+++\n+++\n");
        let location = Span::new(id, 0..0).into();
        assert_eq!(ErrorLocation::new(&location, &sources), whole_file("a/2024.md"));
    }

    #[test]
    fn lists_only_errors_and_only_the_first_of_them() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "x");
        let span = Span::new(id, 0..1);
        let warning = Diagnostic::new(Rule::TotalSum, span, say!(ja: "変", en: "odd"));
        let overlay = |diagnostics: &[Diagnostic]| {
            ErrorOverlay::new(&OverlayError::all(diagnostics, &sources, Lang::Ja), Lang::Ja)
        };
        assert_eq!(overlay(std::slice::from_ref(&warning)), None);
        let error =
            Diagnostic::new(Rule::NotAValue, span, say!(ja: "誤", en: "wrong")).help(say!(ja: "直", en: "correct"));
        let mut diagnostics = vec![error; 23];
        diagnostics.push(warning);
        let errors = overlay(&diagnostics).unwrap();
        assert_eq!(errors.title, "原稿に誤りが 23 件あります");
        assert_eq!(errors.list.len(), MAX_SHOWN);
        assert_eq!(errors.more.as_deref(), Some("ほかに 3 件"));
        let first = errors.list.first().unwrap();
        assert_eq!((first.message.as_str(), first.help.as_deref()), ("誤", Some("直")));
    }
}
