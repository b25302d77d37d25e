//! A content file split at its `+++` lines, and its TOML parsed.

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
    /// Syntax errors; while there are any, other mistakes of the file are not reported,
    /// for they may come of these.
    errors: Vec<Diagnostic>,
}

impl<'s> Toml<'s> {
    /// Parses a whole file as TOML.
    pub(super) fn whole(source: SourceId, sources: &'s Sources) -> Self {
        let text = sources.get(source).map_or("", |s| &*s.text);
        Self::parse(text, source, bom(text)..text.len(), Vec::new())
    }

    fn parse(text: &'s str, source: SourceId, range: Range<usize>, mut errors: Vec<Diagnostic>) -> Self {
        let offset = range.start;
        let (tree, found) = DeTable::parse_recoverable(&text[range]);
        errors.extend(found.iter().map(|error| syntax_error(error, source, offset)));
        Self { tree, source, offset, errors }
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

/// Splits a Markdown file into its front matter and the words below it.
///
/// A file that does not begin with a `+++` line has no front matter.
pub(super) fn split(source: SourceId, sources: &Sources) -> (Toml<'_>, Prose) {
    let text = sources.get(source).map_or("", |s| &*s.text);
    let prose =
        |range: Range<usize>| Prose { markdown: text[range.clone()].to_owned(), span: Span::new(source, range) };
    let start = bom(text);
    let mut lines = line_ranges(text, start);
    let Some(first) = lines.next().filter(|line| text[line.clone()].trim_end() == "+++") else {
        return (Toml::parse(text, source, start..start, Vec::new()), prose(start..text.len()));
    };
    match lines.find(|line| text[line.clone()].trim_end() == "+++") {
        Some(last) => (Toml::parse(text, source, first.end..last.start, Vec::new()), prose(last.end..text.len())),
        None => {
            let message = say!(ja: "`+++` の行が閉じられていません", en: "the `+++` line is never closed");
            let help = say!(
                ja: "TOML のあとに、もう一度 `+++` だけの行を書いてください",
                en: "write another line with just `+++` after the TOML"
            );
            let at = Span::new(source, first.start..first.start + 3);
            let error = Diagnostic::error("unclosed-front-matter", at, message).help(help);
            (Toml::parse(text, source, first.end..first.end, vec![error]), prose(text.len()..text.len()))
        }
    }
}

/// The length of a byte order mark at the start of `text`.
fn bom(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The lines of `text` from `start` on, each with its line end.
fn line_ranges(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    text[start..].split_inclusive('\n').map(move |line| {
        let range = at..at + line.len();
        at = range.end;
        range
    })
}

fn syntax_error(error: &toml::de::Error, source: SourceId, offset: usize) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let detail = error.message().trim();
    let span = Span::new(source, range.start + offset..range.end + offset);
    let message = say!(ja: "TOML の書き方が正しくありません（{detail}）", en: "this is not valid TOML ({detail})");
    let diagnostic = Diagnostic::error("toml-syntax", span, message);
    if detail.contains("duplicate key") {
        diagnostic.help(say!(
            ja: "同じ表の中に同じキーは一度しか書けません",
            en: "a key can stand only once in a table"
        ))
    } else {
        diagnostic.help(say!(
            ja: "`キー = 値` の形で、文字は \" \" で囲んで書いてください",
            en: "write `key = value`, with texts in quotation marks"
        ))
    }
}
