//! Errors of a mapping file or a ledger, with their places: file › sheet › cell (heading).

use crate::diagnostic::{Bilingual, CellLocation, Diagnostic, Location, Rule, SourceId, Span, say};
use crate::spreadsheet::CellRef;
use std::collections::{BTreeMap, BTreeSet};
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

/// Cells of an error that are listed.
const LISTED: usize = 5;

/// Cells of a column up to which each has an error of its own.
const SINGLE: usize = 3;

/// Sorts errors by place and removes repetitions, which arise when a cell is used twice. Errors of one kind in many cells
/// of a column become one.
pub fn sorted(errors: Vec<LedgerError>) -> Vec<LedgerError> {
    let mut seen = BTreeSet::new();
    let mut errors: Vec<LedgerError> =
        errors.into_iter().filter(|error| seen.insert((error.place.clone(), error.message.ja.clone()))).collect();
    errors.sort_by(|a, b| a.place.cmp(&b.place));
    let mut cells: BTreeMap<Kind, Vec<CellRef>> = BTreeMap::new();
    for error in &errors {
        if let Some((kind, cell)) = error.kind() {
            cells.entry(kind).or_default().push(cell);
        }
    }
    let mut grouped = Vec::new();
    for error in errors {
        let all = error.kind().and_then(|(kind, cell)| Some((cells.get(&kind)?, cell)));
        match all {
            Some((all, cell)) if all.len() > SINGLE => {
                grouped.extend((all.first() == Some(&cell)).then(|| error.of(all)))
            }
            _ => grouped.push(error),
        }
    }
    grouped
}

/// What errors have in common if one remark answers them: file, worksheet, column, message without its texts, remedy.
type Kind = (String, String, u32, String, String);

impl LedgerError {
    /// The kind of an error of a cell, and the cell.
    fn kind(&self) -> Option<(Kind, CellRef)> {
        let Place::Cell(place) = &self.place else { return None };
        let mut depth = 0_usize;
        let mut words = String::new();
        for c in self.message.ja.chars() {
            match c {
                '「' => depth += 1,
                '」' => depth = depth.saturating_sub(1),
                c if depth == 0 && !c.is_ascii() => words.push(c),
                _ => {}
            }
        }
        let (file, sheet) = (place.file.clone(), place.sheet.clone());
        Some(((file, sheet, place.cell.column, words, self.help.ja.clone()), place.cell))
    }

    /// The error of the first cell, said of all.
    fn of(self, cells: &[CellRef]) -> Self {
        let n = cells.len();
        let listed: Vec<String> = cells.iter().take(LISTED).map(ToString::to_string).collect();
        let (listed_ja, listed) = (listed.join("、"), listed.join(", "));
        let more = if n > LISTED { (" など", ", …") } else { ("", "") };
        let (more_ja, more) = more;
        let Bilingual { ja, en } = self.message;
        let message = say!(
            ja: "{ja}（この列の {n} セル: {listed_ja}{more_ja}）",
            en: "{en} (cells of this column: {n}: {listed}{more})"
        );
        Self { message, ..self }
    }
}
