//! Cells of spreadsheets and their addresses.

use std::collections::BTreeMap;
use std::fmt;

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

/// Reason why the displayed text of a cell is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellProblem {
    /// Date or time. `shown` is it in ISO 8601, `written` the text that was probably entered: `5-1`.
    Date {
        /// Date in ISO 8601.
        shown: String,
        /// Text that was probably entered before the spreadsheet program converted it.
        written: Option<String>,
    },
    /// Number in a format that is not rendered, such as one that displays thousands.
    NumberFormat {
        /// Stored number.
        number: String,
        /// Format code of the cell.
        format: String,
    },
    /// Number with more decimal places than a cell displays in the general format.
    LongDecimal {
        /// Stored number.
        number: String,
    },
    /// Error value such as `#REF!`.
    Error(String),
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// Formula without a stored result.
    NoResult,
}

/// Address of a cell in its worksheet. Ordered by row, then column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRef {
    /// Zero-based index of the row.
    pub row: u32,
    /// Zero-based index of the column.
    pub column: u32,
}

impl CellRef {
    /// Address of the cell in the zero-based `row` and `column`.
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }
}

/// Formats the address in A1 notation: `E14`.
impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.column), self.row.saturating_add(1))
    }
}

/// Letters of a zero-based column: `A`, `AB`.
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

/// Zero-based column of its letters, in upper case: `AB` → 27. `None` if they name no column of a worksheet.
pub fn column_index(letters: &str) -> Option<u32> {
    const LAST: u32 = 16_383;
    let digit = |letter: u8| letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1);
    let number = letters.bytes().try_fold(0_u32, |sum, letter| sum.checked_mul(26)?.checked_add(digit(letter)?))?;
    number.checked_sub(1).filter(|index| *index <= LAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_in_a1_notation() {
        for (row, column, expect) in
            [(0, 0, "A1"), (13, 4, "E14"), (0, 25, "Z1"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(CellRef::new(row, column).to_string(), expect);
        }
    }

    #[test]
    fn columns_are_numbered_by_their_letters() {
        for column in [0, 1, 25, 26, 51, 52, 701, 702, 16_383] {
            assert_eq!(column_index(&column_name(column)), Some(column));
        }
        for none in ["", "a", "A1", "XFE", "AAAAAAAAAA"] {
            assert_eq!(column_index(none), None, "{none}");
        }
    }
}
