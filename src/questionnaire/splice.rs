//! Changes of a draft as replacements of byte ranges of its files. All other bytes stay.

use super::draft::{DraftCell, Slot};
use super::merge::Change;
use super::notation::Written;
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
    let written = change.text.as_ref().map(|text| change.question.written(text));
    match cell.slot {
        Slot::Plain(key) => vec![Edit { range: cell.range.clone(), text: value(key, written, change, file) }],
        Slot::InTable | Slot::InTableKeys => {
            let mut edits: Vec<Edit> = written.map(|written| in_table(cell, written)).into_iter().collect();
            match (&change.note, &cell.note) {
                (Some(note), Some((_, range))) => edits.push(Edit { range: range.clone(), text: quoted(note) }),
                (Some(note), None) => {
                    let end = cell.keys.end;
                    edits.push(Edit { range: end..end, text: format!(", note = {}", quoted(note)) });
                }
                (None, _) => {}
            }
            edits
        }
        Slot::Text | Slot::Section | Slot::Heading(_) | Slot::NewHeading(_) | Slot::NewHeadingText => {
            // A place without keys holds any answer as it is, and its parser refuses it.
            let text = match (written, &change.text) {
                (Some(Written::Text(text)), _) => text,
                (Some(Written::Table(_)), Some(answer)) => answer.clone(),
                _ => return Vec::new(),
            };
            let text = match cell.slot {
                Slot::Section => section(&text, cell.text.is_empty(), &cell.range, file),
                Slot::NewHeading(_) => format!("{}## {text}\n", line_end(file)),
                Slot::NewHeadingText => format!("\n{text}\n"),
                Slot::Heading(_) => text,
                _ => quoted(&text),
            };
            let text = if file.contains("\r\n") { text.replace('\n', "\r\n") } else { text };
            vec![Edit { range: cell.range.clone(), text }]
        }
    }
}

/// TOML of a value that stands alone. With a note or several keys it becomes an inline table, in which `key` is the key of
/// the value.
fn value(key: &str, written: Option<Written>, change: &Change<'_>, file: &str) -> String {
    let note = change.note.as_deref().filter(|note| !note.is_empty());
    let note = note.map(|note| format!("note = {}", quoted(note)));
    let value = match written {
        Some(Written::Table(keys)) => {
            return format!("{{ {} }}", [Some(keys.toml()), note].into_iter().flatten().collect::<Vec<_>>().join(", "));
        }
        Some(Written::Text(text)) => quoted(&text),
        None => file.get(change.question.cell.range.clone()).unwrap_or_default().to_owned(),
    };
    match note {
        Some(note) => format!("{{ {key} = {value}, {note} }}"),
        None => value,
    }
}

/// Replacement of a value within an inline table.
fn in_table(cell: &DraftCell, written: Written) -> Edit {
    let (range, text) = match (written, cell.slot) {
        (Written::Table(keys), _) => (&cell.keys, keys.toml()),
        (Written::Text(text), Slot::InTableKeys) => (&cell.keys, format!("value = {}", quoted(&text))),
        (Written::Text(text), _) => (&cell.range, quoted(&text)),
    };
    Edit { range: range.clone(), text }
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
    let end = file.trim_end_matches(['\r', '\n']).len();
    match file.get(end..).unwrap_or_default().matches('\n').count() {
        0 => "\n\n",
        1 => "\n",
        _ => "",
    }
}
