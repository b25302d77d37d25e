//! Reading of hand-made files: one test per property of workbooks that a reader may get wrong.

mod book;
mod cells;
mod csv;
pub(crate) mod fuzz;
mod hostile;
mod numbers;

use super::{Cell, CellProblem, Workbook};
use book::Book;

/// Cells as text, one per line: `A1 text`, with `=` before results of formulas and `~` before text that is struck out.
fn cells(workbook: &Workbook) -> String {
    let mut text = String::new();
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        if index > 0 {
            text += "---\n";
        }
        for (at, cell) in &sheet.cells {
            text += &format!("{at} {}\n", described(cell));
        }
    }
    text
}

fn described(cell: &Cell) -> String {
    let formula = if cell.is_formula { "=" } else { "" };
    let struck_out = if cell.is_struck_out { "~" } else { "" };
    let text = match &cell.text {
        Ok(text) => text.escape_debug().to_string().replace("\\u{3000}", "　"),
        Err(CellProblem::Date { shown, written: None }) => format!("<date {shown}>"),
        Err(CellProblem::Date { shown, written: Some(written) }) => format!("<date {shown}, {written}>"),
        Err(CellProblem::NumberFormat { number, format }) => format!("<{number} in {format}>"),
        Err(CellProblem::LongDecimal { number }) => format!("<long {number}>"),
        Err(CellProblem::Error(name)) => format!("<error {name}>"),
        Err(CellProblem::Bool(value)) => format!("<{value}>"),
        Err(CellProblem::Control { character, text }) => format!("<{character} in {text}>"),
        Err(CellProblem::NoResult) => "<no result>".to_owned(),
    };
    format!("{formula}{struck_out}{text}")
}

/// Checks the cells of a workbook.
#[track_caller]
fn check(book: &Book, expect: &str) {
    let workbook = super::read_xlsx(&book.bytes()).unwrap_or_else(|error| panic!("{}", error.en));
    let expect: String = expect.lines().map(|line| format!("{}\n", line.trim())).collect();
    assert_eq!(cells(&workbook), expect);
}

/// Checks that the file is refused, with `ja` and `en` in the messages.
#[track_caller]
fn check_refused(bytes: &[u8], ja: &str, en: &str) {
    let error = super::read_xlsx(bytes).map(|workbook| cells(&workbook)).unwrap_err();
    assert!(error.ja.contains(ja) && error.en.contains(en), "{error:?}");
}
