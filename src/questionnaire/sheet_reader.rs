//! Answers on the sheets of a returned workbook: the cells that belong to the addresses of questions.
//!
//! A form has an address in each row; in a list, the keys of a row and of a column are an address. Rows, columns and
//! sheets may be in any order.

use super::answers::{Answer, State, duplicate};
use super::question::Address;
use super::workbook::{ADDRESS_HEADER, ANSWER_HEADER, LIST_HEADER, NOTE_HEADER, NOTE_PREFIX, REQUESTS};
use crate::diagnostic::{CellLocation, Diagnostic, Rule, say};
use crate::spreadsheet::{Cell, CellRef, Worksheet};
use std::collections::{BTreeMap, BTreeSet};

/// Reader of the sheets of a workbook.
pub(super) struct SheetReader<'r> {
    file: &'r str,
    state: Option<&'r State>,
    /// Cells of the addresses that were read.
    seen: BTreeMap<String, CellLocation>,
    /// True if the cells of the answers of a sheet are unknown, which was reported.
    lacks_headers: bool,
    diagnostics: &'r mut Vec<Diagnostic>,
}

/// Question of a sheet and its cells.
struct Located {
    address: String,
    /// Cell that names the question.
    key: CellRef,
    answer: CellRef,
    note: Option<CellRef>,
}

impl<'r> SheetReader<'r> {
    pub(super) fn new(file: &'r str, state: Option<&'r State>, diagnostics: &'r mut Vec<Diagnostic>) -> Self {
        Self { file, state, seen: BTreeMap::new(), lacks_headers: false, diagnostics }
    }

    /// The questions of all sheets; and those with which the workbook was written, but which no sheet had.
    ///
    /// `None` if a sheet lacks its headers.
    pub(super) fn questions(self) -> Option<(Vec<Address>, Vec<Address>)> {
        let base = self.state.iter().flat_map(|state| state.base.keys());
        let missing = base.filter(|address| !self.seen.contains_key(*address)).cloned().map(Address).collect();
        (!self.lacks_headers).then(|| (self.seen.into_keys().map(Address).collect(), missing))
    }

    /// Answers of a sheet.
    pub(super) fn answers(&mut self, sheet: &Worksheet) -> Vec<Answer> {
        let corner = sheet.cells.iter().find(|(_, cell)| cell.text.as_deref() == Ok(LIST_HEADER));
        let located = match corner {
            Some((corner, _)) => self.list(sheet, *corner),
            None => self.form(sheet),
        };
        let mut hidden = BTreeSet::new();
        let mut answers = Vec::new();
        for question in located {
            let row = question.answer.row;
            if sheet.hidden_rows.contains(&row) && hidden.insert(row) {
                let remark = say!(ja: "非表示の行にある記入を読みました", en: "the answer is in a hidden row");
                self.diagnostics.push(self.place(sheet, question.answer).diagnostic(Rule::AnswerRemark, "", remark));
            }
            let text = self.text(sheet, question.answer);
            let note = question.note.map_or(Some(String::new()), |note| self.text(sheet, note));
            let (Some(text), Some(note)) = (text, note) else { continue };
            let base = self.state.map(|state| state.base.get(&question.address).cloned().unwrap_or_default());
            let place = self.place(sheet, question.answer);
            let note_place = self.place(sheet, question.note.unwrap_or(question.answer));
            answers.push(Answer { address: Address(question.address), text, note, place, note_place, base });
        }
        answers
    }

    fn place(&self, sheet: &Worksheet, cell: CellRef) -> CellLocation {
        CellLocation::new(self.file, &sheet.name, cell)
    }

    /// Questions of a form: one for each address in the column of addresses.
    fn form(&mut self, sheet: &Worksheet) -> Vec<Located> {
        let header = |wanted: &str| {
            let mut cells = sheet.cells.iter();
            cells.find(|(_, cell)| cell.text.as_deref() == Ok(wanted)).map(|(at, _)| *at)
        };
        let with_text = |wanted: &str| header(wanted).map(|at| at.column);
        let mut addresses: Vec<(CellRef, &String)> = sheet
            .cells
            .iter()
            .filter_map(|(at, cell)| Some((*at, cell.text.as_ref().ok().filter(|text| is_address(text))?)))
            .collect();
        // Answers may look like addresses; those of the questions are in one column.
        let leftmost = || addresses.iter().map(|(at, _)| at.column).min();
        let address_column = with_text(ADDRESS_HEADER).or_else(leftmost);
        addresses.retain(|(at, _)| Some(at.column) == address_column);
        // A list without its corner has only keys of nodes.
        let nodes = || sheet.cells.iter().find(|(_, cell)| cell.text.as_ref().is_ok_and(|text| is_node(text)));
        let Some(first) = addresses.first().map(|(at, _)| *at).or_else(|| nodes().map(|(at, _)| *at)) else {
            return Vec::new();
        };
        let Some(CellRef { row: header_row, column }) = header(ANSWER_HEADER) else {
            self.lacks_headers = true;
            self.diagnostics.push(self.place(sheet, first).diagnostic(
                Rule::WorkbookMismatch,
                "",
                say!(
                    ja: "「{ANSWER_HEADER}」（一覧の場合は左上の「{LIST_HEADER}」）の見出しがないため、回答の欄が分かりません。見出しを元に戻してください",
                    en: "the cells of answers are unknown without the header `{ANSWER_HEADER}`, or `{LIST_HEADER}` in the corner of a list; restore it"
                ),
            ));
            return Vec::new();
        };
        let notes = with_text(NOTE_HEADER);
        let columns: Vec<u32> = [Some(column), notes].into_iter().flatten().collect();
        self.report_without_address(sheet, CellRef::new(header_row, first.column), &columns);
        let located = |(at, address): (CellRef, &String)| Located {
            address: address.clone(),
            key: at,
            answer: CellRef::new(at.row, column),
            note: notes.map(|column| CellRef::new(at.row, column)),
        };
        addresses
            .into_iter()
            .map(located)
            .filter(|question| self.is_first(sheet, &question.address, question.key))
            .collect()
    }

    /// Questions of a list whose keys are in the row and column of `corner`.
    fn list(&mut self, sheet: &Worksheet, corner: CellRef) -> Vec<Located> {
        let text = |cell: &Cell| cell.text.as_ref().ok().cloned();
        let keys = |is_in: &dyn Fn(&CellRef) -> bool| -> Vec<(CellRef, String)> {
            let cells = sheet.cells.iter().filter(|(at, _)| is_in(at) && **at != corner);
            cells.filter_map(|(at, cell)| Some((*at, text(cell)?))).collect()
        };
        let rows = keys(&|at| at.column == corner.column && at.row > corner.row);
        let columns = keys(&|at| at.row == corner.row && at.column > corner.column);
        let (rows, columns) = (self.distinct(sheet, rows), self.distinct(sheet, columns));
        let notes: BTreeMap<&str, u32> =
            columns.iter().filter_map(|(at, key)| Some((key.strip_prefix(NOTE_PREFIX)?, at.column))).collect();
        let mut located = Vec::new();
        for (row, row_key) in rows.iter().filter(|(_, key)| is_node(key)) {
            for (column, key) in columns.iter().filter(|(_, key)| !key.starts_with(NOTE_PREFIX)) {
                let Address(address) = Address::in_list(row_key, key);
                let answer = CellRef::new(row.row, column.column);
                let note = notes.get(key.as_str()).map(|column| CellRef::new(row.row, *column));
                // Not every row has every column; cells between are left blank.
                let is_blank = |cell: &CellRef| !sheet.cells.contains_key(cell);
                let is_asked = self.state.is_some_and(|state| state.base.contains_key(&address));
                let is_no_question = !is_asked && is_blank(&answer) && note.as_ref().is_none_or(is_blank);
                if !is_no_question && self.is_first(sheet, &address, *row) {
                    located.push(Located { address, key: *row, answer, note });
                }
            }
        }
        located
    }

    /// Reports answers and notes, in `columns`, in rows below the header whose address was deleted.
    fn report_without_address(&mut self, sheet: &Worksheet, header: CellRef, columns: &[u32]) {
        let cells = sheet.cells.keys().filter(|at| at.row > header.row && columns.contains(&at.column));
        let has_address = |row: u32| {
            let cell = sheet.cells.get(&CellRef::new(row, header.column));
            cell.is_some_and(|cell| cell.text.as_ref().is_ok_and(|text| is_address(text)))
        };
        for at in cells.filter(|at| !has_address(at.row)) {
            let place = self.place(sheet, *at);
            let message = say!(
                ja: "「{ADDRESS_HEADER}」の列が空欄か書き換えられているため、どの欄の記入か分かりません",
                en: "the question of this answer is unknown, because the first column of the row is blank or changed"
            );
            let help = say!(
                ja: "配布した調書から「{ADDRESS_HEADER}」の列を写してください。欄にない事項は「{REQUESTS}」のシートに記入してください",
                en: "restore the first column from the original workbook; enter other requests in the sheet {REQUESTS}"
            );
            self.diagnostics.push(place.diagnostic(Rule::WorkbookMismatch, "", message).help(help));
        }
    }

    /// Keys without those that stand twice, which are reported.
    fn distinct(&mut self, sheet: &Worksheet, keys: Vec<(CellRef, String)>) -> Vec<(CellRef, String)> {
        let mut first: BTreeMap<String, CellRef> = BTreeMap::new();
        let mut distinct = Vec::new();
        for (at, key) in keys {
            match first.get(&key) {
                Some(other) => {
                    let diagnostic = duplicate(&self.place(sheet, at), &self.place(sheet, *other));
                    self.diagnostics.push(diagnostic);
                }
                None => {
                    first.insert(key.clone(), at);
                    distinct.push((at, key));
                }
            }
        }
        distinct
    }

    /// Returns true for the first row of a question in the workbook. Another one is reported.
    fn is_first(&mut self, sheet: &Worksheet, address: &str, key: CellRef) -> bool {
        let place = self.place(sheet, key);
        match self.seen.get(address) {
            Some(first) => {
                self.diagnostics.push(duplicate(&place, first));
                false
            }
            None => {
                self.seen.insert(address.to_owned(), place);
                true
            }
        }
    }

    /// Displayed text of a cell. `None` if it is not certain, which is reported.
    fn text(&mut self, sheet: &Worksheet, at: CellRef) -> Option<String> {
        let Some(cell) = sheet.cells.get(&at) else { return Some(String::new()) };
        let place = self.place(sheet, at);
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
    text.split_once('#').is_some_and(|(node, path)| is_node(node) && !path.is_empty())
}

/// Returns true if a text begins with the key of a node.
fn is_node(text: &str) -> bool {
    let node = text.split_once('#').map_or(text, |(node, _)| node);
    let has_kind = ["goal/", "policy/", "program/"].iter().any(|kind| node.starts_with(kind));
    has_kind && !node.contains(char::is_whitespace)
}
