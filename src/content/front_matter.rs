//! A content file split at its `+++` lines, and its TOML parsed.

use super::syntax;
use super::table::{File, Table};
use crate::diagnostic::{Diagnostic, SourceId, Sources, Span};
use crate::model::Prose;
use crate::say;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;

/// The TOML of one file.
pub(super) struct Toml<'s> {
    tree: Spanned<DeTable<'s>>,
    source: SourceId,
    /// Where the TOML begins in the file.
    offset: usize,
    /// Whether the file has a place for TOML at all.
    pub(super) stands: bool,
    /// What keeps the file from being read; while there is any, other mistakes of the file
    /// are not reported, for they may come of these.
    errors: Vec<Diagnostic>,
}

impl<'s> Toml<'s> {
    /// Parses a whole file as TOML.
    pub(super) fn whole(source: SourceId, sources: &'s Sources) -> Self {
        if let Some(error) = not_utf8(source, sources) {
            return Self::unreadable(source, error);
        }
        let text = sources.get(source).map_or("", |s| &*s.text);
        Self::parse(text, source, bom(text)..text.len())
    }

    fn parse(text: &'s str, source: SourceId, range: Range<usize>) -> Self {
        let offset = range.start;
        let toml = text.get(range).unwrap_or_default();
        let (tree, found) = DeTable::parse_recoverable(toml);
        let errors = syntax::errors(toml, &found, source, offset);
        Self { tree, source, offset, stands: true, errors }
    }

    fn unreadable(source: SourceId, error: Diagnostic) -> Self {
        Self { errors: vec![error], ..Self::parse("", source, 0..0) }
    }

    /// Lets `read` take what it knows from the table, and returns what it made with the
    /// mistakes that were found: those of the syntax or, if there are none, of the keys.
    pub(super) fn read<T>(self, read: impl FnOnce(&Table<'_>) -> T) -> (T, Vec<Diagnostic>) {
        let file = File::new(self.source, self.offset);
        let made = read(&Table::new(&file, self.tree.get_ref(), self.tree.span()));
        let found = file.into_diagnostics();
        (made, if self.errors.is_empty() { found } else { self.errors })
    }
}

/// The words of a file, below its front matter.
#[derive(Clone, Copy)]
pub(super) struct Words<'s> {
    pub(super) text: &'s str,
    span: Span,
}

impl Words<'_> {
    /// All of them.
    pub(super) fn prose(self) -> Prose {
        Prose::new(self.text.to_owned(), self.span)
    }

    /// A part of them.
    pub(super) fn part(self, range: Range<usize>) -> Prose {
        Prose::new(self.text.get(range.clone()).unwrap_or_default().to_owned(), self.at(range))
    }

    /// A part of them as a span of the file.
    pub(super) fn at(self, range: Range<usize>) -> Span {
        let start = self.span.start as usize;
        Span::new(self.span.source, start + range.start..start + range.end)
    }
}

/// Splits a Markdown file into its front matter and the words below it.
///
/// A file whose first line that is not blank is no `+++` has no front matter; then no later line may be
/// one, for what stands before it would be published as words.
pub(super) fn split(source: SourceId, sources: &Sources) -> (Toml<'_>, Words<'_>) {
    let text = sources.get(source).map_or("", |s| &*s.text);
    let words = |range: Range<usize>| Words {
        text: text.get(range.clone()).unwrap_or_default(),
        span: Span::new(source, range),
    };
    let no_words = words(text.len()..text.len());
    if let Some(error) = not_utf8(source, sources) {
        return (Toml::unreadable(source, error), no_words);
    }
    let start = bom(text);
    let line = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().trim();
    let mut lines = line_ranges(text, start).skip_while(|range| line(range).is_empty());
    let first = lines.next().unwrap_or(start..start);
    match line(&first) {
        "+++" => {}
        fence @ ("---" | "```" | "```toml" | "＋＋＋" | "++" | "++++") => {
            return (Toml::unreadable(source, wrong_fence(fence, Span::new(source, first))), no_words);
        }
        _ if lines.any(|range| line(&range) == "+++") => {
            return (Toml::unreadable(source, unopened(Span::new(source, first))), no_words);
        }
        _ => {
            let toml = Toml { stands: false, ..Toml::parse(text, source, start..start) };
            return (toml, words(start..text.len()));
        }
    }
    match lines.find(|range| line(range) == "+++") {
        Some(last) => (Toml::parse(text, source, first.end..last.start), words(last.end..text.len())),
        None => (Toml::unreadable(source, unclosed(Span::new(source, first.start..first.start + 3))), no_words),
    }
}

/// The length of a byte order mark at the start of `text`.
fn bom(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The lines of `text` from `start` on, each with its line end.
fn line_ranges(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    text.get(start..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let range = at..at + line.len();
        at = range.end;
        range
    })
}

fn not_utf8(source: SourceId, sources: &Sources) -> Option<Diagnostic> {
    let at = sources.get(source)?.not_utf8?;
    let message = say!(ja: "文字コードが UTF-8 ではありません", en: "the file is not encoded in UTF-8");
    let help = say!(ja: "エディターで UTF-8 として保存し直してください", en: "save it as UTF-8 in your editor");
    Some(Diagnostic::error("not-utf8", Span::new(source, at..at), message).help(help))
}

fn wrong_fence(fence: &str, span: Span) -> Diagnostic {
    let message = say!(
        ja: "「{fence}」では、TOML の始まりになりません",
        en: "`{fence}` does not begin the TOML"
    );
    Diagnostic::error("no-front-matter", span, message).help(say!(
        ja: "TOML は、半角の `+++` だけの行二つではさんでください",
        en: "put the TOML between two lines with just `+++`"
    ))
}

fn unopened(span: Span) -> Diagnostic {
    let message = say!(
        ja: "先頭に `+++` の行がありません",
        en: "the file does not begin with a `+++` line, but has one further down"
    );
    Diagnostic::error("no-front-matter", span, message).help(say!(
        ja: "TOML は `+++` だけの行二つではさみ、一つ目の前には何も書かないでください",
        en: "put the TOML between two lines with just `+++`, and nothing before the first"
    ))
}

fn unclosed(span: Span) -> Diagnostic {
    let message = say!(ja: "`+++` の行が閉じられていません", en: "the `+++` line is never closed");
    Diagnostic::error("unclosed-front-matter", span, message).help(say!(
        ja: "TOML のあとに、もう一度 `+++` だけの行を書いてください",
        en: "write another line with just `+++` after the TOML"
    ))
}
