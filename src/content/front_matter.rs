//! Front matter: splitting of content files at their `+++` lines, and parsing of the TOML between them.

use super::syntax;
use super::table::{Keys, TomlReader, TomlTable};
use crate::diagnostic::{Diagnostic, Rule, SourceId, Sources, Span, say};
use crate::markdown;
use crate::model::Prose;
use crate::schema::FileKind;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;

/// Prefixes of the conflict marker lines of git and other version control systems.
const OURS: &str = "<<<<<<<";
const THEIRS: &str = ">>>>>>>";

/// Maximum size of a file in bytes: a thousand printed pages. Memory use grows with the number of words and cells, and
/// is several hundred times the size of a table with short cells.
const MAX_SIZE: usize = 2 << 20;

/// The TOML of one file.
pub(super) struct Toml<'s> {
    tree: Spanned<DeTable<'s>>,
    source: SourceId,
    kind: &'static FileKind,
    /// Byte offset of the TOML in the file.
    offset: usize,
    /// True if the file has front matter or is a TOML file.
    pub(super) has_front_matter: bool,
    /// Errors of encoding and syntax. Unless empty, other errors of the file are not reported,
    /// because they may be consequences of these.
    errors: Vec<Diagnostic>,
}

impl<'s> Toml<'s> {
    /// Parses a whole file of this kind as TOML.
    pub(super) fn whole(kind: &'static FileKind, source: SourceId, sources: &'s Sources) -> Self {
        if let Some(errors) = fatal_errors(source, sources) {
            return Self::with_errors(kind, source, errors);
        }
        let text = sources.get(source).map_or("", |s| &*s.text);
        Self::parse(text, kind, source, bom_len(text)..text.len())
    }

    fn parse(text: &'s str, kind: &'static FileKind, source: SourceId, range: Range<usize>) -> Self {
        let offset = range.start;
        let toml = text.get(range).unwrap_or_default();
        let (tree, errors) = DeTable::parse_recoverable(toml);
        let errors = syntax::errors(toml, kind, &errors, source, offset);
        Self { tree, source, kind, offset, has_front_matter: true, errors }
    }

    fn with_errors(kind: &'static FileKind, source: SourceId, errors: Vec<Diagnostic>) -> Self {
        Self { errors, ..Self::parse("", kind, source, 0..0) }
    }

    /// Calls `read` with the root table. Adds the syntax errors to `diagnostics` or, if there are
    /// none, the errors of the keys and values.
    pub(super) fn read<T>(self, diagnostics: &mut Vec<Diagnostic>, read: impl FnOnce(&TomlTable<'_>) -> T) -> T {
        let file = TomlReader::new(self.source, self.kind, self.offset);
        let keys = Keys::Declared(self.kind.root);
        let result = read(&TomlTable::new(&file, self.tree.get_ref(), keys, self.tree.span()));
        let key_errors = file.into_diagnostics();
        diagnostics.extend(if self.errors.is_empty() { key_errors } else { self.errors });
        result
    }
}

/// Markdown below the front matter of a file.
#[derive(Clone, Copy)]
pub(super) struct MarkdownBody<'s> {
    pub(super) text: &'s str,
    span: Span,
}

fn prose(text: &str, span: Span) -> Prose {
    Prose { markdown: text.to_owned(), links: markdown::links(text), span }
}

impl MarkdownBody<'_> {
    /// The whole body.
    pub(super) fn prose(self) -> Prose {
        prose(self.text, self.span)
    }

    /// The part of the body in `range`.
    pub(super) fn part(self, range: Range<usize>) -> Prose {
        prose(self.text.get(range.clone()).unwrap_or_default(), self.at(range))
    }

    /// Span in the file of the `range` of the body.
    pub(super) fn at(self, range: Range<usize>) -> Span {
        let start = self.span.start as usize;
        Span::new(self.span.source, start + range.start..start + range.end)
    }
}

/// Splits a Markdown file of this kind into its front matter and its body.
///
/// A file has no front matter if its first non-blank line is not `+++`. Then no later line may be `+++` either, because
/// the text before it would be published as body.
pub(super) fn split<'s>(
    kind: &'static FileKind,
    source: SourceId,
    sources: &'s Sources,
) -> (Toml<'s>, MarkdownBody<'s>) {
    let text = sources.get(source).map_or("", |s| &*s.text);
    let parts = match fatal_errors(source, sources) {
        Some(errors) => Err(errors),
        None => parts(text, source),
    };
    let (toml, body) = match parts {
        Ok(Parts { toml: Some(toml), body }) => (Toml::parse(text, kind, source, toml), body),
        Ok(Parts { toml: None, body }) => {
            (Toml { has_front_matter: false, ..Toml::parse(text, kind, source, body.start..body.start) }, body)
        }
        Err(errors) => (Toml::with_errors(kind, source, errors), text.len()..text.len()),
    };
    (toml, MarkdownBody { text: text.get(body.clone()).unwrap_or_default(), span: Span::new(source, body) })
}

/// Byte ranges of the TOML and the body of a file with front matter.
pub(crate) struct FrontMatterRegions {
    /// TOML between the `+++` lines.
    pub(crate) toml: Range<usize>,
    /// Markdown below the second `+++` line.
    pub(crate) body: Range<usize>,
}

/// The regions of a file; `None` if it has no front matter or none that can be told apart.
pub(crate) fn front_matter_regions(text: &str) -> Option<FrontMatterRegions> {
    let parts = parts(text, SourceId::default()).ok()?;
    Some(FrontMatterRegions { toml: parts.toml?, body: parts.body })
}

/// Byte ranges of the front matter, if any, and the body.
struct Parts {
    toml: Option<Range<usize>>,
    body: Range<usize>,
}

fn parts(text: &str, source: SourceId) -> Result<Parts, Vec<Diagnostic>> {
    let start = bom_len(text);
    let line = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().trim();
    let mut lines = line_ranges(text, start).skip_while(|range| line(range).is_empty());
    let first = lines.next().unwrap_or(start..start);
    match line(&first) {
        "+++" => {}
        fence @ ("---" | "```" | "```toml" | "＋＋＋" | "++" | "++++") => {
            return Err(vec![wrong_fence(fence, Span::new(source, first))]);
        }
        _ if lines.any(|range| line(&range) == "+++") => return Err(vec![unopened(Span::new(source, first))]),
        _ => {
            let misplaced = misplaced(text, source, start);
            let whole_body = Parts { toml: None, body: start..text.len() };
            return misplaced.map_or(Ok(whole_body), |line| Err(vec![no_fence(line)]));
        }
    }
    let Some(last) = lines.find(|range| line(range) == "+++") else {
        return Err(vec![unclosed(Span::new(source, first.start..first.start + 3))]);
    };
    match misplaced(text, source, last.end) {
        Some(Misplaced::Fence(span)) => Err(vec![second_front_matter(span)]),
        Some(Misplaced::Toml(span)) => Err(vec![toml_below_fence(span)]),
        None => Ok(Parts { toml: Some(first.end..last.start), body: last.end..text.len() }),
    }
}

/// Length in bytes of the byte order mark at the start of `text`; 0 without one.
fn bom_len(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Byte ranges of the lines of `text` from `start` on, each including its line end.
fn line_ranges(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    text.get(start..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let range = at..at + line.len();
        at = range.end;
        range
    })
}

/// Errors that prevent parsing of a file regardless of its format. `None` if there are none.
fn fatal_errors(source: SourceId, sources: &Sources) -> Option<Vec<Diagnostic>> {
    let first = || unreadable(source, sources).or_else(|| too_large(source, sources));
    let first = || first().or_else(|| not_utf8(source, sources));
    if let Some(error) = first().or_else(|| lone_return(source, sources)) {
        return Some(vec![error]);
    }
    let conflicts = conflicts(source, &sources.get(source)?.text);
    (!conflicts.is_empty()).then_some(conflicts)
}

/// Reports the unresolved merge conflicts of a file.
fn conflicts(source: SourceId, text: &str) -> Vec<Diagnostic> {
    let has = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    if !has(OURS) && !has(THEIRS) {
        return Vec::new();
    }
    let marked = |mark: &'static str| {
        let lines = line_ranges(text, bom_len(text));
        lines.filter(move |range| {
            let rest = text.get(range.clone()).and_then(|line| line.strip_prefix(mark));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
        })
    };
    let mut markers: Vec<_> = marked(OURS).collect();
    if markers.is_empty() {
        markers.extend(marked(THEIRS).next());
    }
    markers.into_iter().map(|range| merge_conflict(Span::new(source, range.start..range.start + OURS.len()))).collect()
}

/// A line in the body that belongs to the front matter.
enum Misplaced {
    /// A `+++` line, such as the start of a second front matter.
    Fence(Span),
    /// A line of TOML.
    Toml(Span),
}

/// The first misplaced `+++` line in the body from `start` on, outside of code blocks; otherwise the first misplaced
/// line of TOML.
fn misplaced(text: &str, source: SourceId, start: usize) -> Option<Misplaced> {
    let body = text.get(start..).unwrap_or_default();
    let has_toml = memchr::memchr2(b'=', b'[', body.as_bytes()).is_some();
    if !has_toml && memchr::memmem::find(body.as_bytes(), b"+++").is_none() {
        return None;
    }
    let mut code_fence = None;
    let mut toml = None;
    for range in line_ranges(text, start) {
        let line = text.get(range.clone()).unwrap_or_default();
        let written = line.trim();
        let was_in_code = code_fence.is_some();
        code_fence = fence_after(written, code_fence);
        let begin = range.start + (line.len() - line.trim_start().len());
        let span = Span::new(source, begin..begin + written.len());
        if was_in_code || code_fence.is_some() {
        } else if written == "+++" {
            return Some(Misplaced::Fence(span));
        } else if toml.is_none() && !line.starts_with("    ") && is_toml(written) {
            toml = Some(Misplaced::Toml(span));
        }
    }
    toml
}

/// Character and length of the code fence that is open after the trimmed `line`. `open` is the
/// fence that was open before it. As in CommonMark, a block is closed only by a fence of the same
/// character that is at least as long and has no text after it. Deeper indentation is allowed,
/// because the block may be in a list.
fn fence_after(line: &str, open: Option<(char, usize)>) -> Option<(char, usize)> {
    let fence = line.chars().next().filter(|c| ['`', '~'].contains(c)).and_then(|c| {
        let info = line.trim_start_matches(c);
        let length = line.len() - info.len();
        (length >= 3).then_some((c, length, info))
    });
    match (open, fence) {
        (Some((open_char, open_length)), Some((c, length, ""))) if c == open_char && length >= open_length => None,
        (Some(open), _) => Some(open),
        (None, Some(('`', _, info))) if info.contains('`') => None,
        (None, fence) => fence.map(|(c, length, _)| (c, length)),
    }
}

/// Returns true if a line is unmistakably TOML: a lower-case key with a value, or a table header.
fn is_toml(line: &str) -> bool {
    let is_key_char = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_name = |key: &str| {
        let mut parts = key.split('.');
        let first = parts.next().unwrap_or_default();
        // A single letter may be a variable in prose: n = 120.
        let is_named = first.len() > 1 && first.starts_with(|c: char| c.is_ascii_lowercase());
        is_named
            && first.chars().all(|c| is_key_char(c) && !c.is_ascii_uppercase())
            && parts.all(|part| !part.is_empty() && part.chars().all(is_key_char))
    };
    let header = line.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let header = header.or_else(|| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')));
    if let Some(name) = header {
        return is_name(name.trim());
    }
    let Some((key, value)) = line.split_once('=') else { return false };
    let is_multi_line = ["[", "{", "\"\"\"", "'''"].contains(&value.trim());
    is_name(key.trim()) && (is_multi_line || DeTable::parse(line).is_ok())
}

/// Reports lone carriage returns, the line ends of old systems.
fn lone_return(source: SourceId, sources: &Sources) -> Option<Diagnostic> {
    let at = sources.get(source)?.lone_return?;
    let message = say!(
        ja: "改行が古い形式（CR）です",
        en: "lines end with a lone carriage return (CR), an outdated format"
    );
    Some(Diagnostic::new(Rule::LoneReturn, Span::new(source, at..at), message).rule_help())
}

/// Reports a file that cannot be read.
pub(super) fn unreadable(source: SourceId, sources: &Sources) -> Option<Diagnostic> {
    let source = sources.get(source)?;
    Some(super::source::unreadable(&source.path, source.unreadable.as_ref()?))
}

/// Reports a file that is larger than [`MAX_SIZE`].
fn too_large(source: SourceId, sources: &Sources) -> Option<Diagnostic> {
    let size = sources.get(source)?.text.len();
    let megabytes = |size: usize| format!("{}.{}", size >> 20, ((size & 0xf_ffff) * 10) >> 20);
    (size > MAX_SIZE).then(|| {
        let (size, limit) = (megabytes(size), MAX_SIZE >> 20);
        let message = say!(
            ja: "ファイルが大きすぎます（{size}MB。{limit}MBまで）",
            en: "the file is too large ({size} MB; the limit is {limit} MB)"
        );
        Diagnostic::new(Rule::FileTooLarge, Span::new(source, 0..0), message).rule_help()
    })
}

/// Reports a file that is not valid UTF-8.
pub(super) fn not_utf8(source: SourceId, sources: &Sources) -> Option<Diagnostic> {
    let at = sources.get(source)?.not_utf8?;
    let message = say!(ja: "文字コードが UTF-8 ではありません", en: "the file is not encoded in UTF-8");
    let help = say!(ja: "エディターで UTF-8 として保存し直してください", en: "save it as UTF-8 in your editor");
    Some(Diagnostic::new(Rule::NotUtf8, Span::new(source, at..at), message).help(help))
}

fn wrong_fence(fence: &str, span: Span) -> Diagnostic {
    let message = say!(
        ja: "「{fence}」は、TOML の始まりの行として使えません",
        en: "`{fence}` cannot begin the TOML"
    );
    Diagnostic::new(Rule::NoFrontMatter, span, message).help(say!(
        ja: "TOML は、半角の `+++` だけの行二つではさんでください",
        en: "put the TOML between two lines consisting only of `+++`"
    ))
}

fn unopened(span: Span) -> Diagnostic {
    let message = say!(
        ja: "先頭に `+++` の行がありません",
        en: "the file does not begin with a `+++` line, but has one further down"
    );
    Diagnostic::new(Rule::NoFrontMatter, span, message).rule_help()
}

fn unclosed(span: Span) -> Diagnostic {
    let message = say!(ja: "TOML の終わりの `+++` の行がありません", en: "the front matter has no closing `+++` line");
    Diagnostic::new(Rule::UnclosedFrontMatter, span, message).rule_help()
}

fn merge_conflict(span: Span) -> Diagnostic {
    let message = say!(
        ja: "二つの版の食い違いが解消されずに残っています",
        en: "this file contains an unresolved merge conflict"
    );
    Diagnostic::new(Rule::MergeConflict, span, message).rule_help()
}

fn second_front_matter(span: Span) -> Diagnostic {
    let message = say!(
        ja: "文章の中に `+++` の行があります",
        en: "there is a `+++` line in the body text"
    );
    Diagnostic::new(Rule::SecondFrontMatter, span, message).rule_help()
}

fn toml_below_fence(span: Span) -> Diagnostic {
    let message = say!(
        ja: "TOML の行が `+++` より下にあり、文章として表示されます",
        en: "this line of TOML is below the `+++`, where it would be shown as text"
    );
    Diagnostic::new(Rule::TomlBelow, span, message).rule_help()
}

fn no_fence(line: Misplaced) -> Diagnostic {
    let (Misplaced::Fence(span) | Misplaced::Toml(span)) = line;
    let message = say!(ja: "先頭に `+++` の行がありません", en: "the file does not begin with a `+++` line");
    Diagnostic::new(Rule::NoFrontMatter, span, message).help(say!(
        ja: "TOML は、`+++` だけの行二つではさんでください",
        en: "put the TOML between two lines consisting only of `+++`"
    ))
}
