//! Text files of the content and spans in them.

use super::{Bilingual, CellLocation, Diagnostic};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Id of a text file: an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub u32);

/// A byte range of one text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Text file.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Creates the span of `range` in `source`. Offsets of 4 GiB and more are clamped.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { source, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Location of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Location {
    /// A byte range of a text file.
    Span(Span),
    /// A whole file or folder: path relative to the content folder, with `/`; `""` is the content folder itself.
    Path(String),
    /// A cell of a spreadsheet.
    Cell(Box<CellLocation>),
    /// No location.
    #[default]
    Unknown,
}

impl Location {
    /// Path of the file or folder, in the form of [`Location::Path`], or of the spreadsheet; `None` if unknown.
    pub fn path<'a>(&'a self, sources: &'a Sources) -> Option<&'a str> {
        match self {
            Self::Span(span) => sources.get(span.source).map(|source| source.path.as_str()),
            Self::Path(path) => Some(path),
            Self::Cell(cell) => Some(&cell.file),
            Self::Unknown => None,
        }
    }

    /// The cell, if the location is one.
    pub fn cell(&self) -> Option<&CellLocation> {
        match self {
            Self::Cell(cell) => Some(cell),
            Self::Span(_) | Self::Path(_) | Self::Unknown => None,
        }
    }
}

impl From<Span> for Location {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

impl From<CellLocation> for Location {
    fn from(cell: CellLocation) -> Self {
        Self::Cell(Box::new(cell))
    }
}

impl From<Option<Span>> for Location {
    fn from(span: Option<Span>) -> Self {
        span.map_or(Self::Unknown, Self::Span)
    }
}

/// A text file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// Path as shown to users: relative to the content folder, with `/`.
    pub path: String,
    /// Whole text, with `\u{fffd}` for invalid UTF-8.
    pub text: Arc<str>,
    /// Offset of the first byte that is not UTF-8.
    pub not_utf8: Option<usize>,
    /// Offset of the first carriage return without a line feed. The text has a line feed instead, so that lines are
    /// counted and shown as in an editor.
    pub lone_return: Option<usize>,
    /// Reason why the file could not be read; the text is then empty.
    pub unreadable: Option<Bilingual>,
    line_breaks: LineBreaks,
}

/// Offsets of the line breaks of a text, found on first use: otherwise the location of each of many errors would
/// require counting the lines of the whole text.
#[derive(Debug, Clone, Default)]
struct LineBreaks(OnceLock<Vec<usize>>);

impl LineBreaks {
    /// Number of the line, from 1, that contains the offset `at` of `text`, and the offset of its start.
    fn line_of(&self, text: &str, at: usize) -> (usize, usize) {
        let breaks = self.0.get_or_init(|| memchr::memchr_iter(b'\n', text.as_bytes()).collect());
        let before = breaks.partition_point(|line_break| *line_break < at);
        let last = before.checked_sub(1).and_then(|last| breaks.get(last));
        (before + 1, last.map_or(0, |line_break| line_break + 1))
    }
}

/// Equal for equal texts.
impl PartialEq for LineBreaks {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for LineBreaks {}

impl TextFile {
    fn new(path: String, text: Arc<str>) -> Self {
        Self { path, text, not_utf8: None, lone_return: None, unreadable: None, line_breaks: LineBreaks::default() }
    }

    fn from_bytes(path: String, bytes: Vec<u8>) -> Self {
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
        Self { not_utf8, lone_return, ..Self::new(path, text) }
    }

    /// Returns true if the text is exactly `bytes`, read without replacements.
    pub fn has_bytes(&self, bytes: &[u8]) -> bool {
        let is_lossless = self.not_utf8.is_none() && self.lone_return.is_none() && self.unreadable.is_none();
        is_lossless && self.text.as_bytes() == bytes
    }

    /// Line and column of a byte offset, both starting at 1; columns are counted in characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let end = self.text.floor_char_boundary(byte);
        let (line, line_start) = self.line_breaks.line_of(&self.text, end);
        let before = self.text.get(line_start..end).unwrap_or_default();
        let column = before.trim_start_matches('\u{feff}').chars().count() + 1;
        (line, column)
    }
}

/// Offsets of carriage returns without a line feed.
fn lone_returns(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// All text files of one run, used to show a [`Span`] with its line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<TextFile>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        self.push(TextFile::new(path.into(), text.into()))
    }

    /// Adds a file that may not be UTF-8.
    pub fn add_bytes(&mut self, path: impl Into<String>, bytes: Vec<u8>) -> SourceId {
        self.push(TextFile::from_bytes(path.into(), bytes))
    }

    /// Adds a file that cannot be read, with the reason.
    pub fn add_unreadable(&mut self, path: impl Into<String>, reason: Bilingual) -> SourceId {
        self.push(TextFile { unreadable: Some(reason), ..TextFile::new(path.into(), "".into()) })
    }

    /// Adds a text file, for example from other [`Sources`].
    pub fn push(&mut self, source: TextFile) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(source);
        id
    }

    /// The file `id`.
    pub fn get(&self, id: SourceId) -> Option<&TextFile> {
        self.files.get(id.0 as usize)
    }

    /// Formats a location as `path:line:column`, `path` or `file › sheet › cell`; empty if unknown.
    pub fn format_location(&self, location: &Location) -> String {
        match location {
            Location::Path(path) => path.clone(),
            Location::Cell(cell) => cell.to_string(),
            Location::Unknown => String::new(),
            Location::Span(span) => {
                let Some(source) = self.get(span.source) else { return String::new() };
                let (line, column) = source.line_column(span.start as usize);
                format!("{}:{line}:{column}", source.path)
            }
        }
    }

    /// Adds the files of `others` to which the spans of `diagnostics` refer, and updates these spans.
    pub fn merge_from<'d>(&mut self, others: &Sources, diagnostics: impl IntoIterator<Item = &'d mut Diagnostic>) {
        let mut merged: BTreeMap<SourceId, SourceId> = BTreeMap::new();
        for diagnostic in diagnostics {
            let Location::Span(span) = &mut diagnostic.location else { continue };
            if let Some(file) = others.get(span.source) {
                span.source = *merged.entry(span.source).or_insert_with(|| self.push(file.clone()));
            }
        }
    }

    /// The number of files.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// All files with their ids, in insertion order.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &TextFile)> {
        self.files.iter().enumerate().map(|(i, s)| (SourceId(i as u32), s))
    }
}
