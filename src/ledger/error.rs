//! Errors of a mapping file or a ledger, with their places: file › sheet › cell (heading).

use crate::diagnostic::{Bilingual, CellLocation, Diagnostic, Location, Rule, SourceId, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// Error with its place and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerError {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: Bilingual,
    /// How to correct it.
    pub help: Bilingual,
}

/// Place of an error.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Line of the mapping file, from 1.
    Mapping {
        /// The line.
        line: usize,
    },
    /// A whole file or worksheet.
    Sheet {
        /// File name.
        file: String,
        /// Name of the worksheet; empty for CSV.
        sheet: String,
    },
    /// A cell, with the heading of its column.
    Cell(CellLocation),
    /// A generated file that could not be read back.
    Generated {
        /// Path below the content folder.
        path: String,
        /// Line, from 1.
        line: usize,
    },
}

impl LedgerError {
    /// Creates an error.
    pub fn new(place: Place, message: Bilingual, help: Bilingual) -> Self {
        Self { place, message, help }
    }

    /// The error as a diagnostic. `text` is the mapping file with the id `source`.
    pub fn diagnostic(self, source: SourceId, text: &str) -> Diagnostic {
        let Self { place, message, help } = self;
        let (rule, location) = match place {
            Place::Mapping { line } => (Rule::MappingInvalid, Span::new(source, line_range(text, line)).into()),
            Place::Cell(cell) => (Rule::LedgerInvalid, cell.into()),
            Place::Sheet { .. } | Place::Generated { .. } => (Rule::LedgerInvalid, Location::Path(place.describe(""))),
        };
        let diagnostic = Diagnostic::new(rule, location, message);
        if help.ja.is_empty() { diagnostic } else { diagnostic.help(help) }
    }
}

/// Bytes of a line, from 1, without blanks at its ends.
fn line_range(text: &str, line: usize) -> Range<usize> {
    let mut start = 0;
    for (number, line_text) in (1..).zip(text.split_inclusive('\n')) {
        if number == line {
            let start = start + line_text.len() - line_text.trim_start().len();
            return start..start + line_text.trim().len();
        }
        start += line_text.len();
    }
    text.len()..text.len()
}

impl Place {
    /// The place in messages; `mapping` is the name of the mapping file.
    pub fn describe(&self, mapping: &str) -> String {
        match self {
            Self::Mapping { line } => format!("{mapping}:{line}"),
            Self::Sheet { file, sheet } if sheet.is_empty() => file.clone(),
            Self::Sheet { file, sheet } => format!("{file} › {sheet}"),
            Self::Cell(cell) => cell.to_string(),
            Self::Generated { path, line } => format!("{path}:{line}"),
        }
    }
}

/// Sorts errors by place and removes repetitions, which arise when a cell is used twice.
pub fn sorted(errors: Vec<LedgerError>) -> Vec<LedgerError> {
    let mut seen = BTreeSet::new();
    let mut errors: Vec<LedgerError> =
        errors.into_iter().filter(|error| seen.insert((error.place.clone(), error.message.ja.clone()))).collect();
    errors.sort_by(|a, b| a.place.cmp(&b.place));
    errors
}
