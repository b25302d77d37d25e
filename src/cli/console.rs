//! What the user sees: diagnostics with the line they stand in, and what a command has to say.
//!
//! Standard output carries the result of a command; what there is to say about the content goes
//! to standard error. With `--format json` the result is the diagnostics, one object per line,
//! and nothing else is said.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use clap::ValueEnum;
use serde::Serialize;
use unicode_width::UnicodeWidthChar;

use super::Ending;
use crate::build::{Acknowledged, CommandError};
use crate::diagnostic::{self, Bilingual, Diagnostic, Lang, Location, Severity, Sources, Span, say};

/// The width of a page of text where there is no terminal.
const WIDTH: usize = 100;

/// The severity of what was acknowledged, as programs read it.
const ACKNOWLEDGED: &str = "acknowledged";

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    // With the line they stand in, for people.
    #[default]
    Text,
    // One line each, for editors: `path:line:column: error[rule]: message`.
    Short,
    // One JSON object per line, for programs.
    Json,
    // One workflow command each: notes beside the changed lines of a pull request.
    Github,
}

/// Where a command speaks to its user.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    pub(super) lang: Lang,
    pub(super) format: Format,
}

impl Console {
    /// Shows all diagnostics in the order of their places, and how many there are. `folder` holds the
    /// sources; with it before them, their paths can be clicked on.
    pub(super) fn report(self, diagnostics: &mut [Diagnostic], sources: &Sources, folder: &Path) {
        diagnostic::sort(diagnostics, sources);
        self.print(&self.draw(diagnostics, &LocatedSources { sources, folder }, &renderer()));
    }

    /// Shows findings that were acknowledged, each with its reason, in the order of their places.
    pub(super) fn acknowledged(self, findings: &[Acknowledged], sources: &Sources, folder: &Path) {
        let shelf = LocatedSources { sources, folder };
        let entries =
            findings.iter().map(|Acknowledged { diagnostic, reason }| Reported { diagnostic, reason: Some(reason) });
        self.print(&entries.map(|entry| self.entry(&entry, &shelf, &renderer())).collect::<String>());
    }

    fn print(self, text: &str) {
        match self.format {
            // The runner reads its commands from standard output.
            Format::Json | Format::Github => to_stdout(text),
            Format::Text | Format::Short => to_stderr(text),
        }
    }

    /// Says why a command failed where no content is to blame.
    pub(super) fn fail(self, message: &Bilingual) {
        self.remark(Severity::Error, message);
    }

    /// Says why a command failed, and how it therefore ends.
    pub(super) fn end(self, failure: &CommandError) -> Ending {
        self.fail(&failure.message());
        Ending::of(failure)
    }

    /// Says something the user should know, which is no fault of the content.
    pub(super) fn warn(self, message: &Bilingual) {
        self.remark(Severity::Warning, message);
    }

    /// The closing line of a command.
    pub(super) fn done(self, message: &Bilingual) {
        if self.format != Format::Json {
            to_stdout(&format!("{}\n", escaped(message.get(self.lang))));
        }
    }

    fn remark(self, severity: Severity, message: &Bilingual) {
        let message = &*escaped(message.get(self.lang));
        match self.format {
            Format::Json => to_stdout(&Record { severity: word(severity), message, ..Record::default() }.line()),
            Format::Github => to_stdout(&format!("::{}::{}\n", word(severity), github::message(message))),
            Format::Text | Format::Short => {
                let title = level(severity, self.lang).primary_title(message);
                to_stderr(&format!("{}\n", Renderer::styled().render(&[Group::with_title(title)])));
            }
        }
    }

    fn draw(self, diagnostics: &[Diagnostic], shelf: &LocatedSources<'_>, renderer: &Renderer) -> String {
        let entry = |diagnostic| Reported { diagnostic, reason: None };
        let each = diagnostics.iter().map(|diagnostic| self.entry(&entry(diagnostic), shelf, renderer));
        let mut drawn: String = each.collect();
        if self.format != Format::Json && !diagnostics.is_empty() {
            drawn.push_str(count(diagnostics).get(self.lang));
            drawn.push('\n');
        }
        drawn
    }

    fn entry(self, entry: &Reported<'_>, shelf: &LocatedSources<'_>, renderer: &Renderer) -> String {
        match self.format {
            Format::Text => text(entry, shelf, renderer, self.lang),
            Format::Short => short(entry, shelf, self.lang),
            Format::Json => json(entry, shelf, self.lang),
            Format::Github => github::command(entry, shelf, self.lang),
        }
    }
}

/// Draws on the width of the terminal.
fn renderer() -> Renderer {
    let width = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0));
    Renderer::styled().term_width(width.unwrap_or(WIDTH))
}

/// How many errors and warnings there are.
fn count(diagnostics: &[Diagnostic]) -> Bilingual {
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let (s, z) = (plural(errors), plural(warnings));
    say!(ja: "エラー {errors} 件、警告 {warnings} 件", en: "{errors} error{s}, {warnings} warning{z}")
}

/// The ending of an English noun that is counted.
pub(super) fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// The sources with the folder they were read from.
struct LocatedSources<'a> {
    sources: &'a Sources,
    folder: &'a Path,
}

impl LocatedSources<'_> {
    /// The path of a file as it can be clicked on; `""` is the folder.
    fn path(&self, path: &str) -> String {
        let path = if path.is_empty() { self.folder.to_owned() } else { self.folder.join(path) };
        path.display().to_string()
    }
}

/// Location of a diagnostic as shown to people.
struct ResolvedLocation<'a> {
    path: String,
    position: Option<Position<'a>>,
}

/// A place within a text: lines and columns count from 1, columns in characters.
struct Position<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// The first line of the span, without its end.
    text: &'a str,
    /// The bytes of `text` that are meant.
    marked: std::ops::Range<usize>,
}

impl<'a> ResolvedLocation<'a> {
    fn find(place: &Location, shelf: &LocatedSources<'a>) -> Option<Self> {
        let path = shelf.path(place.path(shelf.sources)?);
        let position = match place {
            Location::Span(span) => Position::find(*span, shelf.sources),
            Location::Path(_) | Location::Unknown => None,
        };
        Some(Self { path, position })
    }
}

impl<'a> Position<'a> {
    /// A span that reaches out of the file or into a character is cut to what is there.
    fn find(span: Span, sources: &'a Sources) -> Option<Self> {
        let source = sources.get(span.source)?;
        let whole: &str = &source.text;
        let start = whole.floor_char_boundary(span.range().start);
        let end = whole.ceil_char_boundary(span.range().end).max(start);
        let (before, from) = whole.split_at_checked(start)?;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = from.find('\n').map_or(whole.len(), |at| start + at);
        let text = whole.get(line_start..rest)?;
        let text = text.strip_suffix('\r').unwrap_or(text);
        let marked = (start - line_start).min(text.len())..(end - line_start).min(text.len());
        let (line, column) = source.line_column(start);
        let (end_line, end_column) = source.line_column(end);
        Some(Self { line, column, end_line, end_column, text, marked })
    }

    /// The line without terminal control characters, and the range of bytes to underline. Each control character is
    /// replaced by one character, here or by the renderer, so that columns remain correct.
    fn printable(&self) -> (String, std::ops::Range<usize>) {
        let marked = fitting(self.text, self.marked.clone(), WIDTH / 2);
        let is_refused = |c: char| is_command(c) && !c.is_ascii();
        let part =
            |range: std::ops::Range<usize>| self.text.get(range).unwrap_or_default().replace(is_refused, "\u{fffd}");
        let (before, meant, after) = (part(0..marked.start), part(marked.clone()), part(marked.end..self.text.len()));
        let range = before.len()..before.len() + meant.len();
        ([before, meant, after].concat(), range)
    }
}

/// The text with control characters and bidirectional formatting characters escaped, as in `\u{1b}`. Line breaks and
/// tabs are kept.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_command) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| if is_command(c) { c.escape_unicode().to_string() } else { c.to_string() };
    Cow::Owned(text.chars().map(escape).collect())
}

fn is_command(c: char) -> bool {
    let is_bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && !matches!(c, '\n' | '\t')) || is_bidi
}

/// The start of `range` in `text` that fills at most `width` columns, so that a whole paragraph
/// that is meant is shown by its beginning.
fn fitting(text: &str, range: std::ops::Range<usize>, width: usize) -> std::ops::Range<usize> {
    let marked = text.get(range.clone()).unwrap_or_default();
    let mut filled = 0;
    let too_far = marked.char_indices().find(|(_, c)| {
        filled += c.width().unwrap_or(1);
        filled > width
    });
    range.start..too_far.map_or(range.end, |(at, _)| range.start + at)
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let Bilingual { ja, en } = severity.name();
    level.with_name(match lang {
        Lang::Ja => ja,
        Lang::En => en,
    })
}

/// The severity as programs read it, the same in every language.
fn word(severity: Severity) -> &'static str {
    severity.name().en
}

/// A diagnostic as it is shown.
struct Reported<'a> {
    diagnostic: &'a Diagnostic,
    /// The reason with which it was acknowledged.
    reason: Option<&'a str>,
}

impl Reported<'_> {
    fn level(&self, lang: Lang) -> Level<'static> {
        match (self.reason, lang) {
            (None, _) => level(self.diagnostic.severity(), lang),
            (Some(_), Lang::Ja) => Level::NOTE.with_name("確認済み"),
            (Some(_), Lang::En) => Level::NOTE.with_name(ACKNOWLEDGED),
        }
    }

    /// Its severity as programs read it.
    fn word(&self) -> &'static str {
        self.reason.map_or(word(self.diagnostic.severity()), |_| ACKNOWLEDGED)
    }

    /// What stands below the message, and its label: the reason of what was acknowledged, else what to write instead.
    fn note(&self, lang: Lang) -> Option<(Level<'static>, &str)> {
        let (level, ja) = match self.reason {
            Some(_) => (Level::NOTE.with_name("reason"), "理由"),
            None => (Level::HELP, "ヒント"),
        };
        let text = self.reason.or(self.diagnostic.help.as_ref().map(|help| help.get(lang)))?;
        Some((if lang == Lang::Ja { level.with_name(ja) } else { level }, text))
    }
}

/// A diagnostic with its line, the place in it underlined, and the help.
fn text(entry: &Reported<'_>, shelf: &LocatedSources<'_>, renderer: &Renderer, lang: Lang) -> String {
    let diagnostic = entry.diagnostic;
    let message = escaped(diagnostic.message.get(lang));
    let mut group = Group::with_title(entry.level(lang).primary_title(message).id(diagnostic.rule.code()));
    if let Some(ResolvedLocation { path, position }) = ResolvedLocation::find(&diagnostic.place, shelf) {
        let path = escaped(&path).into_owned();
        group = match position {
            Some(position) => {
                let (text, marked) = position.printable();
                let snippet = Snippet::source(text).line_start(position.line).path(path);
                group.element(snippet.annotation(AnnotationKind::Primary.span(marked)))
            }
            None => group.element(Origin::path(path)),
        };
    }
    if let Some((level, note)) = entry.note(lang) {
        group = group.element(level.message(normalize_untrusted_str(&escaped(note))));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

fn short(entry: &Reported<'_>, shelf: &LocatedSources<'_>, lang: Lang) -> String {
    let diagnostic = entry.diagnostic;
    let place = match ResolvedLocation::find(&diagnostic.place, shelf) {
        Some(ResolvedLocation { path, position: Some(at) }) => format!("{path}:{}:{}: ", at.line, at.column),
        Some(ResolvedLocation { path, position: None }) => format!("{path}: "),
        None => String::new(),
    };
    let message = diagnostic.message.get(lang);
    let message = match (entry.reason, lang) {
        (None, _) => message.to_owned(),
        (Some(reason), Lang::Ja) => format!("{message}（理由: {reason}）"),
        (Some(reason), Lang::En) => format!("{message} (reason: {reason})"),
    };
    let line = format!("{place}{}[{}]: {message}", entry.word(), diagnostic.rule);
    escaped(&line).replace(['\n', '\t'], " ") + "\n"
}

/// A diagnostic for programs. Columns count characters, from 1; the end is the place after the last.
#[derive(Serialize, Default)]
struct Record<'a> {
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    severity: &'static str,
    rule: Option<&'static str>,
    message: &'a str,
    help: Option<&'a str>,
    /// Only of acknowledged findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl Record<'_> {
    fn line(&self) -> String {
        // Texts and numbers always have a JSON form.
        let line = serde_json::to_string(self).unwrap_or_default();
        // JSON escapes C0 itself; what remains is within strings, where `\u009b` is equivalent.
        let escape = |c: char| if is_command(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
        if line.contains(is_command) { line.chars().map(escape).collect::<String>() + "\n" } else { line + "\n" }
    }
}

fn json(entry: &Reported<'_>, shelf: &LocatedSources<'_>, lang: Lang) -> String {
    let diagnostic = entry.diagnostic;
    let location = ResolvedLocation::find(&diagnostic.place, shelf);
    let position = location.as_ref().and_then(|location| location.position.as_ref());
    let record = Record {
        path: location.as_ref().map(|location| location.path.as_str()),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        end_line: position.map(|position| position.end_line),
        end_column: position.map(|position| position.end_column),
        severity: entry.word(),
        rule: Some(diagnostic.rule.code()),
        message: diagnostic.message.get(lang),
        help: diagnostic.help.as_ref().map(|help| help.get(lang)),
        reason: entry.reason,
    };
    record.line()
}

/// Writes to standard output. When nobody reads it any more (`| head`), nothing is lost.
fn to_stdout(text: &str) {
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error.
pub(super) fn to_stderr(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

mod github;
#[cfg(test)]
mod tests;
