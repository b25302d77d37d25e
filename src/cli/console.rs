//! What the user sees: diagnostics with the line they stand in, and what a command has to say.
//!
//! Standard output carries the result of a command; what there is to say about the content goes
//! to standard error. With `--format json` the result is the diagnostics, one object per line,
//! and nothing else is said.

use std::io::Write;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use clap::ValueEnum;
use serde::Serialize;
use unicode_width::UnicodeWidthChar;

use super::Ending;
use crate::build::CommandError;
use crate::diagnostic::{self, Bilingual, Diagnostic, Lang, Severity, Sources, Span, say};

/// The width of a page of text where there is no terminal.
const WIDTH: usize = 100;

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
        let width = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0));
        let renderer = Renderer::styled().term_width(width.unwrap_or(WIDTH));
        let text = self.draw(diagnostics, &LocatedSources { sources, folder }, &renderer);
        match self.format {
            // The runner reads its commands from standard output.
            Format::Json | Format::Github => to_stdout(&text),
            Format::Text | Format::Short => to_stderr(&text),
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
            to_stdout(&format!("{}\n", message.get(self.lang)));
        }
    }

    fn remark(self, severity: Severity, message: &Bilingual) {
        let message = message.get(self.lang);
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
        let each = diagnostics.iter().map(|diagnostic| match self.format {
            Format::Text => text(diagnostic, shelf, renderer, self.lang),
            Format::Short => short(diagnostic, shelf, self.lang),
            Format::Json => json(diagnostic, shelf, self.lang),
            Format::Github => github::command(diagnostic, shelf, self.lang),
        });
        let mut drawn: String = each.collect();
        if self.format != Format::Json && !diagnostics.is_empty() {
            drawn.push_str(count(diagnostics).get(self.lang));
            drawn.push('\n');
        }
        drawn
    }
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

/// Where a diagnostic stands, for people: lines and columns count from 1, columns in characters.
struct Location<'a> {
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// The first line of the span, without its end.
    text: &'a str,
    /// The bytes of `text` that are meant.
    marked: std::ops::Range<usize>,
}

impl<'a> Location<'a> {
    /// A span that reaches out of the file or into a character is cut to what is there.
    fn find(span: Span, shelf: &LocatedSources<'a>) -> Option<Self> {
        let source = shelf.sources.get(span.source)?;
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
        let path = shelf.folder.join(&source.path).display().to_string();
        Some(Self { path, line, column, end_line, end_column, text, marked })
    }
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

/// A diagnostic with its line, the place in it underlined, and the help.
fn text(diagnostic: &Diagnostic, shelf: &LocatedSources<'_>, renderer: &Renderer, lang: Lang) -> String {
    let title =
        level(diagnostic.severity(), lang).primary_title(diagnostic.message.get(lang)).id(diagnostic.rule.code());
    let mut group = Group::with_title(title);
    if let Some(place) = diagnostic.span.and_then(|span| Location::find(span, shelf)) {
        let marked = fitting(place.text, place.marked, WIDTH / 2);
        let snippet = Snippet::source(place.text).line_start(place.line).path(place.path);
        group = group.element(snippet.annotation(AnnotationKind::Primary.span(marked)));
    }
    if let Some(help) = &diagnostic.help {
        let level = match lang {
            Lang::Ja => Level::HELP.with_name("ヒント"),
            Lang::En => Level::HELP,
        };
        group = group.element(level.message(normalize_untrusted_str(help.get(lang))));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

fn short(diagnostic: &Diagnostic, shelf: &LocatedSources<'_>, lang: Lang) -> String {
    let place = diagnostic.span.and_then(|span| Location::find(span, shelf));
    let place = place.map(|place| format!("{}:{}:{}: ", place.path, place.line, place.column)).unwrap_or_default();
    let severity = word(diagnostic.severity());
    let message = diagnostic.message.get(lang).replace(|c: char| c.is_control(), " ");
    format!("{place}{severity}[{}]: {message}\n", diagnostic.rule)
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
}

impl Record<'_> {
    fn line(&self) -> String {
        // Texts and numbers always have a JSON form.
        serde_json::to_string(self).map(|line| line + "\n").unwrap_or_default()
    }
}

fn json(diagnostic: &Diagnostic, shelf: &LocatedSources<'_>, lang: Lang) -> String {
    let place = diagnostic.span.and_then(|span| Location::find(span, shelf));
    let place = place.as_ref();
    let record = Record {
        path: place.map(|place| place.path.as_str()),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        end_line: place.map(|place| place.end_line),
        end_column: place.map(|place| place.end_column),
        severity: word(diagnostic.severity()),
        rule: Some(diagnostic.rule.code()),
        message: diagnostic.message.get(lang),
        help: diagnostic.help.as_ref().map(|help| help.get(lang)),
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
