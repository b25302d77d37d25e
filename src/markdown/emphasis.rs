//! Preprocessing for emphasis next to Japanese: `**「重要」**です`, `これは**（重要）**です`, `**100%**を達成`.
//!
//! CommonMark decides by the adjacent characters whether a run of `*` is left- or right-flanking.
//! Between punctuation and a letter, the run attaches to the letter, which suits languages that put
//! spaces between words but not those that do not. Workaround: if a run is between punctuation and
//! a letter and one of them is Chinese, Japanese or Korean, a marker character that CommonMark
//! treats as punctuation is inserted between the run and the letter before parsing, so that the run
//! can both open and close. The marker is inserted on the side of the letter, where it is adjacent
//! to no other syntax. The text neither contains the marker nor encodes it as a character reference,
//! so it can be removed from all events after parsing.

use memchr::{memchr, memchr2};
use pulldown_cmark::CowStr;
use std::borrow::Cow;
use std::ops::RangeInclusive;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Candidate markers: Byzantine musical symbols, which CommonMark treats as punctuation. A text that
/// contains all 246 of them is parsed without the workaround.
const MARKERS: RangeInclusive<char> = '\u{1D000}'..='\u{1D0F5}';

/// A text with markers inserted, ready for parsing.
pub(super) struct MarkedText<'a> {
    text: Cow<'a, str>,
    marker: char,
    /// Offsets of the markers in `text`, ascending.
    marker_offsets: Vec<usize>,
}

impl<'a> MarkedText<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let marker_offsets = marker_offsets(text);
        let is_referenced = |marker: char| references(text).any(|char| char == marker);
        let is_free = |marker: &char| !text.contains(*marker) && !is_referenced(*marker);
        let marker = if marker_offsets.is_empty() { None } else { MARKERS.into_iter().find(is_free) };
        match marker {
            Some(marker) => Self::insert(text, marker, marker_offsets),
            None => Self { text: Cow::Borrowed(text), marker: *MARKERS.start(), marker_offsets: Vec::new() },
        }
    }

    fn insert(text: &str, marker: char, mut marker_offsets: Vec<usize>) -> Self {
        let mut marked = String::with_capacity(text.len() + marker_offsets.len() * marker.len_utf8());
        let (mut rest, mut copied) = (text, 0);
        for offset in &mut marker_offsets {
            let (before, after) = rest.split_at(*offset - copied);
            marked.push_str(before);
            (rest, copied) = (after, *offset);
            *offset = marked.len();
            marked.push(marker);
        }
        marked.push_str(rest);
        Self { text: Cow::Owned(marked), marker, marker_offsets }
    }

    /// The text with its markers.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Maps an offset in the marked text to the original text.
    pub(super) fn original(&self, offset: usize) -> usize {
        offset - self.marker.len_utf8() * self.marker_offsets.partition_point(|marker| *marker < offset)
    }

    /// Removes all markers from `text`.
    pub(super) fn strip<'t>(&self, text: CowStr<'t>) -> CowStr<'t> {
        if self.marker_offsets.is_empty() || !text.contains(self.marker) {
            return text;
        }
        text.replace(self.marker, "").into()
    }
}

/// Offsets at which the text needs a marker.
fn marker_offsets(text: &str) -> Vec<usize> {
    let mut marker_offsets = Vec::new();
    if memchr(b'*', text.as_bytes()).is_none() {
        return marker_offsets;
    }
    let (mut before, mut from) = (' ', 0);
    while let Some(rest) = text.get(from..)
        && let Some(offset) = memchr2(b'*', b'\\', rest.as_bytes())
    {
        let (skipped, found) = rest.split_at(offset);
        before = skipped.chars().next_back().unwrap_or(before);
        let start = from + offset;
        let run = found.len() - found.trim_start_matches('*').len();
        let end = start + run.max(1);
        let after = text.get(end..).and_then(|rest| rest.chars().next());
        (before, from) = match after {
            Some(escaped) if run == 0 && escaped.is_ascii_punctuation() => (escaped, end + escaped.len_utf8()),
            _ if run == 0 => ('\\', end),
            _ => {
                if let Some(after) = after
                    && needs_marker(before, after)
                {
                    marker_offsets.push(if is_punctuation(before) { end } else { start });
                }
                ('*', end)
            }
        };
    }
    marker_offsets
}

/// Characters that the text encodes as numeric character references: `&#x1D000;`.
fn references(text: &str) -> impl Iterator<Item = char> {
    text.split("&#").skip(1).filter_map(|rest| {
        let (number, _) = rest.split_once(';')?;
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        char::from_u32(number.ok()?)
    })
}

/// Returns true if exactly one of the characters around a run of `*` is punctuation, and at least one is CJK.
fn needs_marker(before: char, after: char) -> bool {
    (is_cjk(before) || is_cjk(after))
        && !before.is_whitespace()
        && !after.is_whitespace()
        && is_punctuation(before) != is_punctuation(after)
}

/// Punctuation in the sense of CommonMark: general categories P and S.
fn is_punctuation(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_punctuation();
    }
    matches!(char.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol)
}

/// Returns true if a character is a Chinese, Japanese or Korean letter or punctuation mark: wide
/// characters of these scripts, those with a half-width form, and variation selectors (葛󠄀); not emoji.
pub(super) fn is_cjk(char: char) -> bool {
    matches!(char,
        '\u{1100}'..='\u{11FF}' | '\u{20A9}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{A4CF}'
        | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FFEE}'
        | '\u{16FE0}'..='\u{18DFF}' | '\u{1AFF0}'..='\u{1B2FF}' | '\u{20000}'..='\u{3FFFD}'
        | '\u{E0100}'..='\u{E01EF}')
}
