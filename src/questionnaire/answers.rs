//! Answers of returned workbooks: the cells next to the addresses of questions.

use super::question::Address;
use super::workbook::{ADDRESS_HEADER, ANSWER_HEADER, COVER, FORMAT, LISTS, NOTE_HEADER, REQUESTS, STATE};
use crate::diagnostic::{CellLocation, Diagnostic, Location, Rule, say};
use crate::spreadsheet::{Cell, CellRef, Workbook, Worksheet};
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
    let mut reader = Reader { file, state: state.as_ref(), seen: BTreeMap::new(), diagnostics };
    for sheet in &workbook.sheets {
        match sheet.name.as_str() {
            REQUESTS => returned.requests.extend(requests(file, sheet)),
            COVER | LISTS | STATE => {}
            _ => reader.sheet(sheet, &mut returned.answers),
        }
    }
    if returned.answers.is_empty() {
        reader.diagnostics.push(not_a_questionnaire(file));
    }
    returned
}

/// The state of the draft when the workbook was written.
struct State {
    format: String,
    strategy: String,
    edition: String,
    base: BTreeMap<String, (String, String)>,
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

struct Reader<'r> {
    file: &'r str,
    state: Option<&'r State>,
    /// Cells of the addresses that were read.
    seen: BTreeMap<String, CellLocation>,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn sheet(&mut self, sheet: &Worksheet, answers: &mut Vec<Answer>) {
        let place = |cell: CellRef| CellLocation::new(self.file, &sheet.name, cell);
        let with_text = |wanted: &str| {
            let mut cells = sheet.cells.iter();
            cells.find(|(_, cell)| cell.text.as_deref() == Ok(wanted)).map(|(at, _)| at.column)
        };
        let mut addresses: Vec<(CellRef, String)> = sheet
            .cells
            .iter()
            .filter_map(|(at, cell)| Some((*at, cell.text.as_ref().ok().filter(|text| is_address(text))?.clone())))
            .collect();
        // Answers may look like addresses; those of the questions are in one column.
        let leftmost = || addresses.iter().map(|(at, _)| at.column).min();
        let address_column = with_text(ADDRESS_HEADER).or_else(leftmost);
        addresses.retain(|(at, _)| Some(at.column) == address_column);
        let Some((first, _)) = addresses.first() else { return };
        let Some(column) = with_text(ANSWER_HEADER) else {
            self.diagnostics.push(place(*first).diagnostic(
                Rule::WorkbookMismatch,
                "",
                say!(
                    ja: "「{ANSWER_HEADER}」の見出しがないため、回答の列が分かりません。見出しの行を元に戻してください",
                    en: "the column of answers is unknown without the header `{ANSWER_HEADER}`; restore the row of headers"
                ),
            ));
            return;
        };
        let notes = with_text(NOTE_HEADER);
        self.report_without_address(sheet, *first, column, notes);
        for (at, address) in addresses {
            let answer_at = CellRef::new(at.row, column);
            if let Some(first) = self.seen.insert(address.clone(), place(at)) {
                self.diagnostics.push(duplicate(&place(at), &first));
                continue;
            }
            if sheet.hidden_rows.contains(&at.row) {
                self.diagnostics.push(place(answer_at).diagnostic(
                    Rule::AnswerRemark,
                    "",
                    say!(ja: "非表示の行にある記入を読みました", en: "the answer is in a hidden row"),
                ));
            }
            let text = self.text(sheet, answer_at);
            let note_at = notes.map_or(answer_at, |column| CellRef::new(at.row, column));
            let note = notes.map_or(Some(String::new()), |_| self.text(sheet, note_at));
            let (Some(text), Some(note)) = (text, note) else { continue };
            let base = self.state.map(|state| state.base.get(&address).cloned().unwrap_or_default());
            let address = Address(address);
            answers.push(Answer { address, text, note, place: place(answer_at), note_place: place(note_at), base });
        }
    }

    /// Reports answers and notes in rows below the first question whose address was deleted.
    fn report_without_address(&mut self, sheet: &Worksheet, first: CellRef, answers: u32, notes: Option<u32>) {
        let is_answer = |at: &CellRef| at.row > first.row && (at.column == answers || Some(at.column) == notes);
        let cells = sheet.cells.keys().filter(|at| is_answer(at));
        for at in cells.filter(|at| !sheet.cells.contains_key(&CellRef::new(at.row, first.column))) {
            let place = CellLocation::new(self.file, &sheet.name, *at);
            let message = say!(
                ja: "「{ADDRESS_HEADER}」の列が空欄のため、どの欄の記入か分かりません",
                en: "the question of this answer is unknown, because the first column of the row is blank"
            );
            let help = say!(
                ja: "配布した調書から「{ADDRESS_HEADER}」の列を写してください。欄にない事項は「{REQUESTS}」のシートに記入してください",
                en: "restore the first column from the original workbook; enter other requests in the sheet {REQUESTS}"
            );
            self.diagnostics.push(place.diagnostic(Rule::WorkbookMismatch, "", message).help(help));
        }
    }

    /// Displayed text of a cell. `None` if it is not certain, which is reported.
    fn text(&mut self, sheet: &Worksheet, at: CellRef) -> Option<String> {
        let Some(cell) = sheet.cells.get(&at) else { return Some(String::new()) };
        let place = CellLocation::new(self.file, &sheet.name, at);
        self.remarks(&place, cell);
        match &cell.text {
            Ok(text) => Some(text.clone()),
            Err(problem) => {
                let diagnostic = place.diagnostic(Rule::AnswerInvalid, "", problem.message());
                self.diagnostics.push(diagnostic.help(problem.help()));
                None
            }
        }
    }

    fn remarks(&mut self, place: &CellLocation, cell: &Cell) {
        let remark = |message| place.diagnostic(Rule::AnswerRemark, "", message);
        if cell.is_formula && cell.text.is_ok() {
            self.diagnostics.push(remark(say!(
                ja: "数式の計算結果を読みました。値が正しいか確認してください",
                en: "the cell contains a formula; its stored result was read"
            )));
        }
        if cell.is_struck_out {
            self.diagnostics.push(remark(say!(
                ja: "取り消し線のある文字も読みました。削除する文字が残っていないか確認してください",
                en: "the cell contains struck-out text, which was read like any other"
            )));
        }
    }
}

/// Returns true if a text has the form of an [`Address`].
fn is_address(text: &str) -> bool {
    let Some((node, path)) = text.split_once('#') else { return false };
    let has_kind = ["goal/", "policy/", "program/"].iter().any(|kind| node.starts_with(kind));
    has_kind && !path.is_empty() && !node.contains(char::is_whitespace)
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

fn duplicate(place: &CellLocation, first: &CellLocation) -> Diagnostic {
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
