//! Tests of the import of ledgers, and worksheets in memory for them.

mod administrative;
mod attribution;
mod cells;
mod descriptions;
mod funding;
mod groups;
mod headings;
mod joint;
mod kinds;
mod mappings;
mod programs;
mod proposals;
mod recognition;
mod roles;
mod rows;
mod shapes;
mod sums;
mod units;
mod wide;

use super::{LedgerFiles, Mapping, Outcome, read};
use crate::spreadsheet::{Cell, CellProblem, CellRef, Workbook, Worksheet};

/// Worksheet with the texts of its rows; blank texts are blank cells.
pub fn sheet(rows: &[&[&str]]) -> Worksheet {
    let mut sheet = Worksheet { name: "台帳".to_owned(), ..Worksheet::default() };
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*texts) {
            set(&mut sheet, CellRef::new(row, column), text);
        }
    }
    sheet
}

/// Sets the text of a cell.
fn set(sheet: &mut Worksheet, at: CellRef, text: &str) {
    let cell = Cell { text: Ok(text.to_owned()), is_formula: false, is_struck_out: false };
    if text.is_empty() {
        sheet.cells.remove(&at)
    } else {
        sheet.cells.insert(at, cell)
    };
}

/// Sets a cell whose displayed text is uncertain.
fn set_problem(sheet: &mut Worksheet, at: CellRef, problem: CellProblem) {
    sheet.cells.insert(at, Cell { text: Err(problem), is_formula: false, is_struck_out: false });
}

/// Files of a ledger with one worksheet each.
fn files(sheets: impl IntoIterator<Item = (&'static str, Worksheet)>) -> LedgerFiles {
    let workbook = |sheet| Ok(Workbook { sheets: vec![sheet] });
    sheets.into_iter().map(|(file, sheet)| (file.to_owned(), workbook(sheet))).collect()
}

/// Reads the file `t.xlsx` with the worksheet `sheet` by a mapping.
fn read_sheet(mapping: &str, sheet: Worksheet) -> Outcome {
    read(&Mapping::parse(mapping).unwrap(), &files([("t.xlsx", sheet)]))
}

/// Errors in the form `place: message / help`, in Japanese.
fn shown(outcome: &Outcome) -> Vec<String> {
    let shown = outcome.errors.iter().map(|error| {
        let (place, message, help) = (error.place.describe("map.toml"), &error.message.ja, &error.help.ja);
        format!("{place}: {message} / {help}")
    });
    shown.collect()
}

/// Text of a generated file.
fn text<'o>(outcome: &'o Outcome, path: &str) -> &'o str {
    let found = outcome.proposal.files.iter().find(|(known, _)| known == path);
    &found.unwrap_or_else(|| panic!("no {path}: {:#?}", shown(outcome))).1
}

/// Asserts that the errors are those expected: each contains the text at its position.
fn assert_errors(outcome: &Outcome, expect: &[&str]) {
    let errors = shown(outcome);
    let is_expected = errors.len() == expect.len() && errors.iter().zip(expect).all(|(e, part)| e.contains(part));
    assert!(is_expected, "expected {expect:#?}, found {errors:#?}");
}
