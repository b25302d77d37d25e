//! What the program has to say about the content: mistakes and warnings as values.
//!
//! Every phase returns diagnostics beside its result instead of printing or stopping, so
//! that one run shows all mistakes. They are sorted and drawn in [`crate::cli`], and
//! nowhere else.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

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
/// Made by [`say!`](crate::say); which of the two is shown is decided at the edge.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bilingual {
    /// The Japanese text.
    pub ja: String,
    /// The English text.
    pub en: String,
}

impl Bilingual {
    /// The text in the language `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

/// Formats one message in both languages: `say!(ja: "…{name}…", en: "…{name}…")`.
#[macro_export]
macro_rules! say {
    (ja: $ja:literal, en: $en:literal $(, $name:ident = $value:expr)* $(,)?) => {
        match ($($value,)*) {
            ($($name,)*) => $crate::diagnostic::Bilingual { ja: format!($ja), en: format!($en) },
        }
    };
}

/// Which file a [`Span`] points into: an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub u32);

/// A stretch of one source file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `source`. Files over 4 GiB are never read, so `u32` holds.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { source, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The span as a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One text file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path as shown to users: relative to the folder that holds it, with `/`.
    pub path: String,
    /// The whole text; of a file that is not UTF-8, with `\u{fffd}` for what is none.
    pub text: Arc<str>,
    /// Where the first byte stands that is not UTF-8, if there is one.
    pub not_utf8: Option<usize>,
    /// Where the first line ends with a carriage return alone, if one does. In the text it is a line feed, so that
    /// lines are counted and shown as the author sees them.
    pub lone_return: Option<usize>,
}

impl Source {
    fn of_bytes(path: String, bytes: Vec<u8>) -> Self {
        let mut bytes = bytes;
        let returns: Vec<usize> = lone_returns(&bytes).collect();
        for at in &returns {
            if let Some(byte) = bytes.get_mut(*at) {
                *byte = b'\n';
            }
        }
        let lone_return = returns.first().copied();
        let (text, not_utf8) = match str::from_utf8(&bytes) {
            Ok(text) => (text.into(), None),
            Err(error) => (String::from_utf8_lossy(&bytes).into(), Some(error.valid_up_to())),
        };
        Self { path, text, not_utf8, lone_return }
    }

    /// Whether it was read from `bytes` as they are.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.not_utf8.is_none() && self.lone_return.is_none() && self.text.as_bytes() == bytes
    }

    /// The line and the column of a byte, both from 1; columns are counted in characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let end = self.text.floor_char_boundary(byte);
        let before = self.text.get(..end).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().trim_start_matches('\u{feff}').chars().count() + 1;
        (line, column)
    }
}

/// Where the carriage returns stand that no line feed follows.
fn lone_returns(bytes: &[u8]) -> impl Iterator<Item = usize> {
    (0..bytes.len()).filter(|at| bytes.get(*at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n'))
}

/// All text files of one run, so that a [`Span`] can be drawn with its line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        self.push(Source { path: path.into(), text: text.into(), not_utf8: None, lone_return: None })
    }

    /// Adds a file that may or may not be UTF-8.
    pub fn add_bytes(&mut self, path: impl Into<String>, bytes: Vec<u8>) -> SourceId {
        self.push(Source::of_bytes(path.into(), bytes))
    }

    /// Adds a file that was among other sources.
    pub fn push(&mut self, source: Source) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(source);
        id
    }

    /// The file `id`, if it belongs to this run.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// A place as `path:line:column`; the empty text for a file that does not belong to this run.
    pub fn place(&self, span: Span) -> String {
        let Some(source) = self.get(span.source) else { return String::new() };
        let (line, column) = source.line_column(span.start as usize);
        format!("{}:{line}:{column}", source.path)
    }

    /// Adds those files of `others` to which `diagnostics` point, and points them there.
    pub fn merge_from(&mut self, others: &Sources, diagnostics: &mut [Diagnostic]) {
        let mut merged: BTreeMap<SourceId, SourceId> = BTreeMap::new();
        for span in diagnostics.iter_mut().filter_map(|diagnostic| diagnostic.span.as_mut()) {
            if let Some(file) = others.get(span.source) {
                span.source = *merged.entry(span.source).or_insert_with(|| self.push(file.clone()));
            }
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// All files with their ids, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.files.iter().enumerate().map(|(i, s)| (SourceId(i as u32), s))
    }
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The content cannot be published as it stands.
    Error,
    /// Published, but staff should know.
    Warning,
}

/// One mistake or warning, with the place and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// The name of the rule, in kebab case; it never changes: `unknown-key`.
    pub rule: &'static str,
    /// Where it stands; `None` for what belongs to no file.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: Bilingual,
    /// What to write instead.
    pub help: Option<Bilingual>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(rule: &'static str, span: Span, message: Bilingual) -> Self {
        Self { severity: Severity::Error, rule, span: Some(span), message, help: None }
    }

    /// A warning at `span`.
    pub fn warning(rule: &'static str, span: Span, message: Bilingual) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, span, message) }
    }

    /// The same with a line that says what to write instead.
    pub fn help(mut self, help: Bilingual) -> Self {
        self.help = Some(help);
        self
    }

    /// The same with "did you mean …", if one of `candidates` is close to `written`.
    pub fn suggest<'a>(self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(written, candidates) {
            Some(near) => self.help(say!(ja: "もしかして: {near}", en: "did you mean `{near}`?")),
            None => self,
        }
    }
}

/// So many of what there is are named; a longer list would help nobody.
const LISTED: usize = 12;

impl Bilingual {
    /// The same after what there is, by ids and names: `あるのは 1（くらし）です。…`.
    pub fn after_those_there_are<'a>(self, ids: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let all: Vec<_> = ids.into_iter().collect();
        if all.is_empty() || all.len() > LISTED {
            return self;
        }
        let Self { ja, en } = self;
        let listed_ja = all.iter().map(|(id, name)| format!("{id}（{name}）")).collect::<Vec<_>>().join("、");
        let listed = all.iter().map(|(id, name)| format!("`{id}` ({name})")).collect::<Vec<_>>().join(", ");
        say!(ja: "あるのは {listed_ja}です。{ja}", en: "there are {listed}; {en}")
    }
}

/// The candidate that is most like `written`, if any is like it at all.
///
/// Ties go to the candidate that comes first, so the answer depends on no hash order.
pub fn closest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        if let Some(likeness) = likeness(written, candidate)
            && best.is_none_or(|(top, _)| likeness > top)
        {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How like two words are, if at all: a slip in every third letter, or the same beginning. Words that
/// share no letter are not alike, nor is one number a slip of another.
fn likeness(written: &str, candidate: &str) -> Option<f64> {
    if written.eq_ignore_ascii_case(candidate) {
        return Some(1.0);
    }
    let is_number = |word: &str| word.bytes().all(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii());
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    if is_number(written) && is_number(candidate) {
        return (digits(written) == digits(candidate)).then_some(1.0);
    }
    let letters = written.chars().count().max(candidate.chars().count());
    let slips = strsim::damerau_levenshtein(written, candidate);
    let begins_alike = written.chars().next() == candidate.chars().next();
    let winkler = strsim::jaro_winkler(written, candidate);
    if slips <= (letters / 3).max(1) && slips < letters {
        Some(strsim::normalized_damerau_levenshtein(written, candidate).max(winkler - 0.25))
    } else {
        (begins_alike && winkler >= 0.85).then_some(winkler - 0.25)
    }
}

/// Sorts diagnostics by file path and place, so that their order depends on nothing else.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &Sources) {
    let key = |d: &Diagnostic| {
        let span = d.span.unwrap_or_default();
        let path = d.span.and_then(|s| sources.get(s.source)).map(|s| s.path.clone());
        (path, span.start, span.end, d.rule)
    };
    diagnostics.sort_by_cached_key(key);
}

/// Whether the content can be published: no diagnostic is an error.
pub fn publishable(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().all(|d| d.severity != Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_alike_is_suggested() {
        let check = |written, candidates: &[&str], expect: Option<&str>| {
            assert_eq!(closest(written, candidates.iter().copied()), expect, "{written}");
        };
        check("progam", &["goal", "policy", "program"], Some("program"));
        check("b", &["A", "B"], Some("B"));
        check("順長", &["順調", "遅れ"], Some("順調"));
        check("◎", &["A", "B", "C"], None);
        check("2", &["1", "3"], None);
        check("2024", &["2022", "2023"], None);
        check("211", &["2-1", "2-1-1"], Some("2-1-1"));
        check("r5", &["R4", "R5"], Some("R5"));
    }
}
