//! Cells of spreadsheets.

use super::problem::CellProblem;
use crate::diagnostic::CellRef;
use std::collections::BTreeMap;

/// Cells of a workbook or CSV file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workbook {
    /// Worksheets, in the order of their tabs. A CSV file has one, without a name.
    pub sheets: Vec<Worksheet>,
}

/// Worksheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Worksheet {
    /// Name on the tab.
    pub name: String,
    /// True if the tab is hidden.
    pub hidden: bool,
    /// Cells that are not blank.
    pub cells: BTreeMap<CellRef, Cell>,
    /// Zero-based indices of the hidden rows that have cells, in ascending order. Their cells are read like all others.
    pub hidden_rows: Vec<u32>,
}

/// Cell that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Text that the cell displays, without blanks at its ends, with `\n` as the only line break; or the reason why it
    /// is not certain.
    pub text: Result<String, CellProblem>,
    /// True if the text is the stored result of a formula.
    pub is_formula: bool,
    /// True if any of the text is struck out.
    pub is_struck_out: bool,
}
