//! Answers of returned workbooks: the cells next to the addresses of questions.

use super::question::Address;
use super::sheet_reader::SheetReader;
use super::workbook::{COVER, FORMAT, LISTS, REQUESTS, STATE};
use crate::diagnostic::{CellLocation, Diagnostic, Location, Rule, say};
use crate::spreadsheet::{CellRef, Workbook, Worksheet};
use std::collections::BTreeMap;

/// Answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Question.
    pub address: Address,
    /// Displayed text; empty if the cell is blank.
    pub text: String,
    /// Displayed note; empty if the cell is blank.
    pub note: String,
    /// Cell of the answer.
    pub place: CellLocation,
    /// Cell of the note; that of the answer if the sheet has no column of notes.
    pub note_place: CellLocation,
    /// Text and note with which the workbook was written; `None` if the workbook no longer contains them.
    pub base: Option<(String, String)>,
}

/// Request that is not an answer: a row of the sheet 申し出.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its cells, joined.
    pub text: String,
    /// Its first cell.
    pub place: CellLocation,
}

/// Content of a returned workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// Name of the file.
    pub file: String,
    /// Ids of the strategy and edition; `None` if the sheet with the state was removed.
    pub edition: Option<(String, String)>,
    /// Answers, in the order of the sheets and rows.
    pub answers: Vec<Answer>,
    /// Questions of its sheets.
    pub questions: Vec<Address>,
    /// Questions with which the workbook was written and whose rows it does not contain.
    pub missing: Vec<Address>,
    /// Requests.
    pub requests: Vec<Request>,
}

/// Reads the answers of a workbook, and reports everything that cannot be an answer.
pub fn answers(file: &str, workbook: &Workbook, diagnostics: &mut Vec<Diagnostic>) -> Returned {
    let state = workbook.sheets.iter().find(|sheet| sheet.name == STATE).map(State::new);
    let mut returned = Returned { file: file.to_owned(), ..Returned::default() };
    if let Some(state) = &state {
        if state.format != FORMAT {
            diagnostics.push(newer_format(file));
            return returned;
        }
        returned.edition = Some((state.strategy.clone(), state.edition.clone()));
    }
    let mut reader = SheetReader::new(file, state.as_ref(), diagnostics);
    for sheet in &workbook.sheets {
        match sheet.name.as_str() {
            REQUESTS => returned.requests.extend(requests(file, sheet)),
            COVER | LISTS | STATE => {}
            _ => returned.answers.extend(reader.answers(sheet)),
        }
    }
    if let Some((questions, missing)) = reader.questions() {
        if questions.is_empty() {
            diagnostics.push(not_a_questionnaire(file));
        }
        (returned.questions, returned.missing) = (questions, missing);
    }
    returned
}

/// The state of the draft when the workbook was written.
pub(super) struct State {
    format: String,
    strategy: String,
    edition: String,
    /// Text and note of each question.
    pub(super) base: BTreeMap<String, (String, String)>,
}

impl State {
    fn new(sheet: &Worksheet) -> Self {
        let text = |row: u32, column: u32| {
            let cell = sheet.cells.get(&CellRef::new(row, column))?;
            cell.text.as_ref().ok().cloned()
        };
        let last = sheet.cells.keys().map(|at| at.row).max().unwrap_or_default();
        let mut state =
            Self { format: String::new(), strategy: String::new(), edition: String::new(), base: BTreeMap::new() };
        for row in 0..=last {
            let Some(key) = text(row, 0) else { continue };
            let value = text(row, 1).unwrap_or_default();
            match key.as_str() {
                "format" => state.format = value,
                "strategy" => state.strategy = value,
                "edition" => state.edition = value,
                _ => {
                    state.base.insert(key, (value, text(row, 2).unwrap_or_default()));
                }
            }
        }
        state
    }
}

fn requests(file: &str, sheet: &Worksheet) -> Vec<Request> {
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (at, cell) in sheet.cells.iter().filter(|(at, _)| at.row > 0) {
        let text = cell.text.clone().unwrap_or_else(|problem| problem.stored());
        rows.entry(at.row).or_default().push(text);
    }
    let request = |(row, cells): (u32, Vec<String>)| Request {
        text: cells.join("　"),
        place: CellLocation::new(file, &sheet.name, CellRef::new(row, 0)),
    };
    rows.into_iter().map(request).collect()
}

pub(super) fn duplicate(place: &CellLocation, first: &CellLocation) -> Diagnostic {
    let first = first.cell;
    place
        .diagnostic(
            Rule::WorkbookMismatch,
            "",
            say!(ja: "同じ欄の行が {first} にもあります", en: "the row of the same question is also at {first}"),
        )
        .help(say!(ja: "行を複写した場合は、一方を削除してください", en: "delete one of the rows"))
}

fn newer_format(file: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::WorkbookMismatch,
        Location::Path(file.to_owned()),
        say!(
            ja: "別の版の shirube で作成された調書のため、読み取れません",
            en: "the workbook was written by another version of shirube"
        ),
    )
    .help(say!(
        ja: "この版の `shirube excel write` で調書を作成し直してください",
        en: "write it again with `shirube excel write` of this version"
    ))
}

fn not_a_questionnaire(file: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::WorkbookMismatch,
        Location::Path(file.to_owned()),
        say!(ja: "調書の欄が見つかりません", en: "the workbook contains no questions"),
    )
    .help(say!(
        ja: "`shirube excel write` で作成した調書かどうか確認してください。左端の「照合用」の列を削除すると読み取れません",
        en: "check that `shirube excel write` wrote it; the narrow first column must not be deleted"
    ))
}
