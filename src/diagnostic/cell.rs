//! Addresses of cells in spreadsheets, as locations of diagnostics.

use super::{Bilingual, Diagnostic, Rule, shortened};
use std::fmt;

/// Cell of a spreadsheet as the location of a diagnostic. Ordered by file, sheet, row and column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellLocation {
    /// Path or name of the file.
    pub file: String,
    /// Name of the sheet; empty for CSV.
    pub sheet: String,
    /// Address of the cell.
    pub cell: CellRef,
    /// Heading of the cell, or what it asks; empty if that is unknown.
    pub label: String,
}

impl CellLocation {
    /// The cell of a sheet, without a label.
    pub fn new(file: &str, sheet: &str, cell: CellRef) -> Self {
        Self { file: file.to_owned(), sheet: sheet.to_owned(), cell, label: String::new() }
    }

    /// Creates a diagnostic at the cell. `label` is what the cell asks; empty if that is unknown.
    pub fn diagnostic(&self, rule: Rule, label: &str, message: Bilingual) -> Diagnostic {
        Diagnostic::new(rule, Self { label: label.to_owned(), ..self.clone() }, message)
    }
}

/// Formats the location as `調書.xlsx › 01 介護 › E14（利用者数）`.
impl fmt::Display for CellLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, sheet, cell, label } = self;
        f.write_str(file)?;
        if !sheet.is_empty() {
            write!(f, " › {sheet}")?;
        }
        write!(f, " › {cell}")?;
        if label.is_empty() { Ok(()) } else { write!(f, "（{}）", shortened(label)) }
    }
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
