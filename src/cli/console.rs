//! Output to the terminal: diagnostics with their source lines, and messages of the commands.
//!
//! Results of a command go to standard output, diagnostics to standard error. With `--format json`,
//! diagnostics, errors and warnings are the result, one object per line, and all other messages are
//! omitted.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use clap::ValueEnum;
use serde::Serialize;
use unicode_width::UnicodeWidthChar;

use super::Exit;
use crate::build::{Acknowledged, CommandError};
use crate::check::Lint;
use crate::diagnostic::{
    self, Bilingual, CellLocation, Confidence, Diagnostic, Lang, Location, Severity, Sources, Span, say,
};
use crate::model::grouped;

/// Width in columns if there is no terminal.
const WIDTH: usize = 100;

/// Severity of acknowledged findings in machine-readable formats.
const ACKNOWLEDGED: &str = "acknowledged";

/// Output format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    // With the source line, for people.
    #[default]
    Text,
    // One line each, for editors: `path:line:column: error[rule]: message`.
    Short,
    // One JSON object per line, for programs.
    Json,
    // One workflow command each: annotations of the changed lines of a pull request.
    Github,
    // Only for `shirube diff`: `[[correction]]` tables.
    #[value(hide = true)]
    Toml,
    // Only for `shirube diff`: tables for a paper.
    #[value(hide = true)]
    Markdown,
}

impl Format {
    /// Returns true if only `shirube diff` has the format.
    pub(super) fn is_of_diff(self) -> bool {
        matches!(self, Self::Toml | Self::Markdown)
    }
}

/// Writer of diagnostics and messages, in one language and format.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    pub(super) lang: Lang,
    pub(super) format: Format,
}

impl Console {
    /// Prints all diagnostics, sorted by location, and their number. `folder` is the content folder: paths are prefixed
    /// with it, so that terminals and editors can open them.
    pub(super) fn report(self, diagnostics: &mut [Diagnostic], sources: &Sources, folder: &Path) {
        diagnostic::sort(diagnostics, sources);
        self.emit(&self.render(diagnostics, &LocatedSources { sources, folder }, &renderer()));
    }

    /// Prints acknowledged findings with their reasons, in the order given.
    pub(super) fn acknowledged(self, findings: &[Acknowledged], sources: &Sources, folder: &Path) {
        let sources = LocatedSources { sources, folder };
        let entries =
            findings.iter().map(|Acknowledged { diagnostic, reason }| Entry { diagnostic, reason: Some(reason) });
        self.emit(&entries.map(|entry| self.entry(&entry, &sources, &renderer())).collect::<String>());
    }

    fn emit(self, text: &str) {
        match self.format {
            // GitHub's runner reads workflow commands from standard output.
            Format::Json | Format::Github => to_stdout(text),
            Format::Text | Format::Short | Format::Toml | Format::Markdown => to_stderr(text),
        }
    }

    /// Prints an error that is not about the content.
    pub(super) fn error(self, message: &Bilingual) {
        self.message(Severity::Error, message);
    }

    /// Prints the error that made a command fail, and returns its exit code.
    pub(super) fn fail(self, error: &CommandError) -> Exit {
        self.error(&error.message());
        Exit::from(error)
    }

    /// Prints a warning that is not about the content.
    pub(super) fn warn(self, message: &Bilingual) {
        self.message(Severity::Warning, message);
    }

    /// Prints a line to standard output, except with `--format json`.
    pub(super) fn print(self, message: &Bilingual) {
        if self.format != Format::Json {
            to_stdout(&format!("{}\n", escaped(message.get(self.lang))));
        }
    }

    /// Prints the result of a command, which is its output in every format.
    pub(super) fn result(self, text: &Bilingual) {
        to_stdout(&format!("{}\n", escaped(text.get(self.lang))));
    }

    fn message(self, severity: Severity, message: &Bilingual) {
        let message = &*escaped(message.get(self.lang));
        match self.format {
            Format::Json => to_stdout(&Record { severity: keyword(severity), message, ..Record::default() }.line()),
            Format::Github => to_stdout(&format!("::{}::{}\n", keyword(severity), github::message(message))),
            Format::Text | Format::Short | Format::Toml | Format::Markdown => {
                let title = level(severity, self.lang).primary_title(message);
                to_stderr(&format!("{}\n", Renderer::styled().render(&[Group::with_title(title)])));
            }
        }
    }

    fn render(self, diagnostics: &[Diagnostic], sources: &LocatedSources<'_>, renderer: &Renderer) -> String {
        let entries = diagnostics.iter().map(|diagnostic| Entry { diagnostic, reason: None });
        let mut rendered: String = entries.map(|entry| self.entry(&entry, sources, renderer)).collect();
        if self.format != Format::Json && !diagnostics.is_empty() {
            rendered.push_str(count(diagnostics).get(self.lang));
            rendered.push('\n');
        }
        rendered
    }

    fn entry(self, entry: &Entry<'_>, sources: &LocatedSources<'_>, renderer: &Renderer) -> String {
        match self.format {
            Format::Text | Format::Toml | Format::Markdown => text(entry, sources, renderer, self.lang),
            Format::Short => short(entry, sources, self.lang),
            Format::Json => json(entry, sources, self.lang),
            Format::Github => github::command(entry, sources, self.lang),
        }
    }
}

/// Renderer for the width of the terminal.
fn renderer() -> Renderer {
    let width = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0));
    Renderer::styled().term_width(width.unwrap_or(WIDTH))
}

/// Number of errors and warnings.
fn count(diagnostics: &[Diagnostic]) -> Bilingual {
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let (counted_errors, counted_warnings) = (counted(errors, "error"), counted(warnings, "warning"));
    say!(ja: "エラー{errors}件、警告{warnings}件", en: "{counted_errors}, {counted_warnings}")
}

/// The number `n`, its digits grouped, followed by the English `noun` in the singular or plural: `1 page`, `1,200 pages`.
pub(super) fn counted(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// Sources with the folder that they were read from.
struct LocatedSources<'a> {
    sources: &'a Sources,
    folder: &'a Path,
}

impl LocatedSources<'_> {
    /// Path of a content file relative to the working directory; `""` is the content folder itself.
    fn path(&self, path: &str) -> String {
        let path = if path.is_empty() { self.folder.to_owned() } else { self.folder.join(path) };
        path.display().to_string()
    }
}

/// Location of a diagnostic as shown to people.
struct ResolvedLocation<'a> {
    path: String,
    position: Option<Position<'a>>,
    cell: Option<&'a CellLocation>,
}

/// Position of a span in a text. Lines and columns count from 1; columns count characters.
struct Position<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// First line of the span, without the line break.
    text: &'a str,
    /// Range of `text` to underline, in bytes.
    marked: std::ops::Range<usize>,
}

impl<'a> ResolvedLocation<'a> {
    fn find(location: &'a Location, sources: &LocatedSources<'a>) -> Option<Self> {
        let path = sources.path(location.path(sources.sources)?);
        let position = match location {
            Location::Span(span) => Position::find(*span, sources.sources),
            Location::Path(_) | Location::Cell(_) | Location::Unknown => None,
        };
        Some(Self { path, position, cell: location.cell() })
    }

    /// Path and cell, without the position in a text.
    fn place(&self) -> String {
        match self.cell {
            Some(cell) => CellLocation { file: self.path.clone(), ..cell.clone() }.to_string(),
            None => self.path.clone(),
        }
    }
}

impl<'a> Position<'a> {
    /// Position of `span`, clamped to the file and to whole characters; `None` without a source.
    fn find(span: Span, sources: &'a Sources) -> Option<Self> {
        let source = sources.get(span.source)?;
        let file: &str = &source.text;
        let start = file.floor_char_boundary(span.range().start);
        let end = file.ceil_char_boundary(span.range().end).max(start);
        let (before, after) = file.split_at_checked(start)?;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_end = after.find('\n').map_or(file.len(), |at| start + at);
        let text = file.get(line_start..line_end)?;
        let text = text.strip_suffix('\r').unwrap_or(text);
        let marked = (start - line_start).min(text.len())..(end - line_start).min(text.len());
        let (line, column) = source.line_column(start);
        let (end_line, end_column) = source.line_column(end);
        Some(Self { line, column, end_line, end_column, text, marked })
    }

    /// Line without terminal control characters, and the range of bytes to underline. Each control character is
    /// replaced by exactly one character, here or by the renderer, so that columns remain correct.
    fn printable(&self) -> (String, std::ops::Range<usize>) {
        let marked = clamp_to_width(self.text, self.marked.clone(), WIDTH / 2);
        let is_replaced = |c: char| is_control(c) && !c.is_ascii();
        let part =
            |range: std::ops::Range<usize>| self.text.get(range).unwrap_or_default().replace(is_replaced, "\u{fffd}");
        let (before, middle, after) = (part(0..marked.start), part(marked.clone()), part(marked.end..self.text.len()));
        let range = before.len()..before.len() + middle.len();
        ([before, middle, after].concat(), range)
    }
}

/// Text with control characters and bidirectional formatting characters escaped, as in `\u{1b}`. Line breaks and tabs
/// are kept.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| if is_control(c) { c.escape_unicode().to_string() } else { c.to_string() };
    Cow::Owned(text.chars().map(escape).collect())
}

/// Returns true if terminals may interpret `c` instead of showing it.
fn is_control(c: char) -> bool {
    let is_bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && !matches!(c, '\n' | '\t')) || is_bidi
}

/// Prefix of `range` in `text` that fills at most `width` columns, so that only the beginning of a
/// long paragraph is underlined.
fn clamp_to_width(text: &str, range: std::ops::Range<usize>, width: usize) -> std::ops::Range<usize> {
    let marked = text.get(range.clone()).unwrap_or_default();
    let mut filled = 0;
    let overflow = marked.char_indices().find(|(_, c)| {
        filled += c.width().unwrap_or(1);
        filled > width
    });
    range.start..overflow.map_or(range.end, |(at, _)| range.start + at)
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

/// Severity in machine-readable formats, independent of the language.
fn keyword(severity: Severity) -> &'static str {
    severity.name().en
}

/// Diagnostic to print, acknowledged or not.
struct Entry<'a> {
    diagnostic: &'a Diagnostic,
    /// Reason of the acknowledgement; `None` if it is not acknowledged.
    reason: Option<&'a str>,
}

impl Entry<'_> {
    fn level(&self, lang: Lang) -> Level<'static> {
        match (self.reason, lang) {
            (None, _) => level(self.diagnostic.severity(), lang),
            (Some(_), Lang::Ja) => Level::NOTE.with_name("確認済み"),
            (Some(_), Lang::En) => Level::NOTE.with_name(ACKNOWLEDGED),
        }
    }

    /// Confidence of a finding of `check`; `None` for errors and other warnings.
    fn confidence(&self) -> Option<Confidence> {
        let is_finding = Lint::of(self.diagnostic.rule).is_some();
        is_finding.then_some(self.diagnostic.confidence)
    }

    /// Severity in machine-readable formats.
    fn keyword(&self) -> &'static str {
        self.reason.map_or(keyword(self.diagnostic.severity()), |_| ACKNOWLEDGED)
    }

    /// Note below the message, with its label: the reason of the acknowledgement, or else the help.
    fn note(&self, lang: Lang) -> Option<(Level<'static>, &str)> {
        let (level, ja) = match self.reason {
            Some(_) => (Level::NOTE.with_name("reason"), "理由"),
            None => (Level::HELP, "ヒント"),
        };
        let text = self.reason.or(self.diagnostic.help.as_ref().map(|help| help.get(lang)))?;
        Some((if lang == Lang::Ja { level.with_name(ja) } else { level }, text))
    }
}

/// Renders a diagnostic with its source line, the span underlined, and the help.
fn text(entry: &Entry<'_>, sources: &LocatedSources<'_>, renderer: &Renderer, lang: Lang) -> String {
    let diagnostic = entry.diagnostic;
    let message = escaped(diagnostic.message.get(lang));
    let mut group = Group::with_title(entry.level(lang).primary_title(message).id(diagnostic.rule.code()));
    if let Some(location) = ResolvedLocation::find(&diagnostic.location, sources) {
        let path = escaped(&location.place()).into_owned();
        group = match location.position {
            Some(position) => {
                let (text, marked) = position.printable();
                let snippet = Snippet::source(text).line_start(position.line).path(path);
                group.element(snippet.annotation(AnnotationKind::Primary.span(marked)))
            }
            None => group.element(Origin::path(path)),
        };
    }
    if let Some(confidence) = entry.confidence() {
        let (label, word) = match lang {
            Lang::Ja => ("確度", confidence.label().ja),
            Lang::En => ("confidence", confidence.label().en),
        };
        group = group.element(Level::NOTE.with_name(label).message(word));
    }
    if let Some((level, note)) = entry.note(lang) {
        group = group.element(level.message(normalize_untrusted_str(&escaped(note))));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

fn short(entry: &Entry<'_>, sources: &LocatedSources<'_>, lang: Lang) -> String {
    let diagnostic = entry.diagnostic;
    let prefix = match ResolvedLocation::find(&diagnostic.location, sources) {
        Some(ResolvedLocation { path, position: Some(at), .. }) => format!("{path}:{}:{}: ", at.line, at.column),
        Some(location) => format!("{}: ", location.place()),
        None => String::new(),
    };
    let message = diagnostic.message.get(lang);
    let message = match (entry.confidence(), lang) {
        (None, _) => message.to_owned(),
        (Some(confidence), Lang::Ja) => format!("{message}（{}）", confidence.label().ja),
        (Some(confidence), Lang::En) => format!("{message} ({})", confidence.label().en),
    };
    let message = match (entry.reason, lang) {
        (None, _) => message,
        (Some(reason), Lang::Ja) => format!("{message}（理由: {reason}）"),
        (Some(reason), Lang::En) => format!("{message} (reason: {reason})"),
    };
    let line = format!("{prefix}{}[{}]: {message}", entry.keyword(), diagnostic.rule);
    escaped(&line).replace(['\n', '\t'], " ") + "\n"
}

/// Diagnostic as a JSON object. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Serialize, Default)]
struct Record<'a> {
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    /// Sheet and address of a cell; absent in diagnostics about text files.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    severity: &'static str,
    rule: Option<&'static str>,
    /// Confidence of a finding; absent in other diagnostics.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    /// Strategy of a finding; absent in other diagnostics.
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<&'a str>,
    /// Department that answers for a finding; absent in other diagnostics and if none is printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
    /// Reason of the acknowledgement; absent in other diagnostics.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl Record<'_> {
    fn line(&self) -> String {
        // Serialization of strings and numbers does not fail.
        let line = serde_json::to_string(self).unwrap_or_default();
        // serde_json escapes C0 controls; others occur only in strings, where `\u009b` is valid.
        let escape = |c: char| if is_control(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
        if line.contains(is_control) { line.chars().map(escape).collect::<String>() + "\n" } else { line + "\n" }
    }
}

fn json(entry: &Entry<'_>, sources: &LocatedSources<'_>, lang: Lang) -> String {
    let diagnostic = entry.diagnostic;
    let location = ResolvedLocation::find(&diagnostic.location, sources);
    let position = location.as_ref().and_then(|location| location.position.as_ref());
    let cell = location.as_ref().and_then(|location| location.cell);
    let record = Record {
        path: location.as_ref().map(|location| location.path.as_str()),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        end_line: position.map(|position| position.end_line),
        end_column: position.map(|position| position.end_column),
        sheet: cell.map(|cell| cell.sheet.as_str()),
        cell: cell.map(|cell| cell.cell.to_string()),
        severity: entry.keyword(),
        rule: Some(diagnostic.rule.code()),
        confidence: entry.confidence().map(Confidence::code),
        strategy: diagnostic.assignee.as_ref().map(|assignee| assignee.strategy.as_str()),
        department: diagnostic.assignee.as_ref().and_then(|assignee| assignee.department.as_deref()),
        message: diagnostic.message.get(lang),
        help: diagnostic.help.as_ref().map(|help| help.get(lang)),
        reason: entry.reason,
    };
    record.line()
}

/// Writes to standard output. Errors are ignored: a closed pipe (`| head`) is no failure.
fn to_stdout(text: &str) {
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error. Errors are ignored.
pub(super) fn to_stderr(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

mod github;
#[cfg(test)]
pub(super) mod tests;
