//! Changes of a draft as replacements of byte ranges of its files. All other bytes stay.

use super::draft::Slot;
use super::merge::Change;
use super::question::Edit;
use crate::content::quoted;
use std::collections::BTreeMap;
use std::ops::Range;

/// New text of a file, with the ranges of the changes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spliced {
    /// Whole text.
    pub(super) text: String,
    /// For each edit, its range in the new text and the index of its change.
    pub(super) ranges: Vec<(Range<usize>, usize)>,
}

/// Applies `changes` to the files of their forms. Returns the new texts by path.
pub(super) fn splice<'t>(
    changes: &[Change<'_>],
    text_of: impl Fn(&str) -> Option<&'t str>,
) -> BTreeMap<String, Spliced> {
    let mut by_path: BTreeMap<&str, Vec<(Edit, usize)>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        let Some(text) = text_of(&change.form.path) else { continue };
        let edits = edits(change, text).into_iter().map(|edit| (edit, index));
        by_path.entry(&change.form.path).or_default().extend(edits);
    }
    let spliced = by_path.into_iter().filter_map(|(path, mut edits)| {
        // Stable, so that several insertions at one position keep the order of their questions.
        edits.sort_by_key(|(edit, _)| (edit.range.start, edit.range.end));
        Some((path.to_owned(), apply(text_of(path)?, &edits)))
    });
    spliced.collect()
}

fn apply(text: &str, edits: &[(Edit, usize)]) -> Spliced {
    let mut spliced = Spliced { text: String::with_capacity(text.len()), ranges: Vec::new() };
    let mut at = 0;
    for (edit, change) in edits {
        spliced.text.push_str(text.get(at..edit.range.start).unwrap_or_default());
        let start = spliced.text.len();
        spliced.text.push_str(&edit.text);
        spliced.ranges.push((start..spliced.text.len(), *change));
        at = edit.range.end;
    }
    spliced.text.push_str(text.get(at..).unwrap_or_default());
    spliced
}

/// Replacements for one change.
fn edits(change: &Change<'_>, file: &str) -> Vec<Edit> {
    let cell = &change.question.cell;
    let text = change.text.as_ref().map(|text| change.question.content_of(text));
    let replace = |text: String| vec![Edit { range: cell.range.clone(), text }];
    let value = |text: &Option<String>| text.as_deref().map(quoted);
    match cell.slot {
        Slot::Text => value(&text).map(replace).unwrap_or_default(),
        Slot::Plain(key) => {
            let value = value(&text).unwrap_or_else(|| file.get(cell.range.clone()).unwrap_or_default().to_owned());
            match change.note.as_deref().filter(|note| !note.is_empty()) {
                Some(note) => replace(format!("{{ {key} = {value}, note = {} }}", quoted(note))),
                None => replace(value),
            }
        }
        Slot::InTable => {
            let mut edits: Vec<Edit> = value(&text).map(replace).unwrap_or_default();
            match (&change.note, &cell.note) {
                (Some(note), Some((_, range))) => edits.push(Edit { range: range.clone(), text: quoted(note) }),
                (Some(note), None) => {
                    let end = cell.range.end;
                    edits.push(Edit { range: end..end, text: format!(", note = {}", quoted(note)) });
                }
                (None, _) => {}
            }
            edits
        }
        Slot::Section => {
            text.map(|text| replace(section(&text, cell.text.is_empty(), &cell.range, file))).unwrap_or_default()
        }
        Slot::Heading(_) => text.map(replace).unwrap_or_default(),
        Slot::NewHeading(_) => text.map(|mark| replace(format!("{}## {mark}\n", line_end(file)))).unwrap_or_default(),
        Slot::NewHeadingText => text.map(|text| replace(format!("\n{text}\n"))).unwrap_or_default(),
    }
}

/// Text of a section: as it is if it replaces another, with blank lines around it if the section was empty.
fn section(text: &str, was_empty: bool, range: &Range<usize>, file: &str) -> String {
    if !was_empty {
        return text.to_owned();
    }
    let before = if file.get(..range.start).unwrap_or_default().ends_with('\n') { "" } else { "\n" };
    let after = if range.end < file.len() { "\n" } else { "" };
    format!("{before}\n{text}\n{after}")
}

/// Line breaks before a new heading at the end of `file`.
fn line_end(file: &str) -> &'static str {
    match file {
        file if file.ends_with("\n\n") => "",
        file if file.ends_with('\n') => "\n",
        _ => "\n\n",
    }
}
