//! Cells of a ledger: their texts and figures, and what is found while they are read.

use super::error::{LedgerError, Place};
use crate::diagnostic::Bilingual;
use crate::model::Decimal;
use crate::spreadsheet::CellRef;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Errors and remarks, collected while tables are read.
#[derive(Debug, Default)]
pub struct Findings {
    /// Errors.
    pub errors: RefCell<Vec<LedgerError>>,
    /// Cells whose numbers were rounded to `decimals`: place, stored number, text used.
    pub rounded: RefCell<BTreeMap<Place, (String, String)>>,
    /// Cells whose texts are stored results of formulas.
    pub formulas: RefCell<BTreeSet<Origin>>,
    /// Lines of the corrections that were applied.
    pub applied: RefCell<BTreeSet<usize>>,
    /// Cells that contain struck-out text.
    pub struck_out: RefCell<BTreeSet<Place>>,
}

impl Findings {
    /// Records an error.
    pub fn report(&self, place: Place, message: Bilingual, help: Bilingual) {
        self.errors.borrow_mut().push(LedgerError::new(place, message, help));
    }
}

/// An error was reported, so there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported;

/// Cell of one of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Index of the table in the mapping.
    pub table: usize,
    /// Address.
    pub cell: CellRef,
}

/// Text of a cell that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text as displayed, or as corrected.
    pub text: String,
    /// Note of the correction.
    pub note: Option<String>,
    /// True if a correction declares it to be words in place of a number.
    pub is_words: bool,
    /// True if a correction confirms or replaces the text.
    pub is_fixed: bool,
    /// The cell.
    pub origin: Origin,
}

/// Figure of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Text of the cell.
    pub shown: Shown,
    /// What it is.
    pub kind: FigureKind,
}

/// Kind of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureKind {
    /// A number, exact unless it has a bound.
    Number(Option<Decimal>),
    /// A placeholder for a missing value.
    Missing,
    /// Words, declared by a correction.
    Words,
}

impl Figure {
    /// The exact number.
    pub fn exact(&self) -> Option<Decimal> {
        match self.kind {
            FigureKind::Number(number) => number,
            FigureKind::Missing | FigureKind::Words => None,
        }
    }
}
