//! Workbooks of a questionnaire: forms or a list, a cover with instructions, and free rows for other requests.
//!
//! The same questionnaire always has the same bytes. The address of a question is in narrow cells that are visible,
//! because programs that inspect documents delete hidden columns. Input cells have the text format, so that `5-1` and
//! `12.50` stay as entered; nothing but the drop-down lists is validated in the workbook, because pasting removes
//! validations.

mod choices;
mod cover;
mod form;
mod formats;
mod list;

use super::question::{Form, Question};
use choices::Lists;
use formats::{DEFAULT_ROW_PIXELS, Formats, write_input};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// Header of the column of addresses.
pub(super) const ADDRESS_HEADER: &str = "照合用";
/// Header of the row and column of addresses of a list, in their corner.
pub(super) const LIST_HEADER: &str = "照合用（一覧）";
/// Start of the key of a column of notes in a list.
pub(super) const NOTE_PREFIX: &str = "note:";
/// Header of the column of answers.
pub(super) const ANSWER_HEADER: &str = "今回の記入";
/// Header of the column of notes.
pub(super) const NOTE_HEADER: &str = "注記";
/// Name of the sheet with instructions.
pub(super) const COVER: &str = "はじめに";
/// Name of the sheet for requests that are not answers.
pub(super) const REQUESTS: &str = "申し出";
/// Name of the sheet with the state of the draft when the workbook was written.
pub(super) const STATE: &str = "_shirube";
/// Name of the sheet with the choices of the drop-down lists.
pub(super) const LISTS: &str = "_lists";
/// Version of the layout of workbooks.
pub(super) const FORMAT: &str = "1";
/// Longest text of a cell in Excel, in UTF-16 units.
pub(super) const MAX_TEXT: usize = 32_767;

/// Contents of the workbook of one department.
#[derive(Debug, Clone)]
pub struct WorkbookContent<'q> {
    /// Id of the strategy.
    pub strategy: &'q str,
    /// Title of the strategy.
    pub strategy_title: &'q str,
    /// Id of the edition.
    pub edition: &'q str,
    /// Label of the edition.
    pub edition_label: &'q str,
    /// Name of the department; `None` for forms without one.
    pub department: Option<&'q str>,
    /// Forms, in order.
    pub forms: Vec<&'q Form>,
    /// Arrangement of the questions.
    pub layout: Layout,
}

/// Arrangement of the questions in sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A sheet for each goal, policy and program, with a row for each question.
    Form,
    /// A row for each goal, policy and program, and for each indicator, with a column for each question.
    List,
}

/// Writes a workbook.
///
/// # Errors
/// Fails if the content exceeds a limit of Excel, such as the number of rows of a sheet.
pub fn write(content: &WorkbookContent<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let formats = Formats::new();
    workbook.set_default_format(&formats.normal, DEFAULT_ROW_PIXELS, 72)?;
    workbook.set_properties(&properties(content)?);
    let lists = Lists::new(&content.forms);
    let context = SheetContext { content, formats: &formats, lists: &lists };
    let (questions, parts): (Vec<Worksheet>, Vec<Part>) = match content.layout {
        Layout::Form => form::sheets(&context)?,
        Layout::List => list::sheets(&context)?,
    }
    .into_iter()
    .unzip();
    let mut sheets = vec![cover::cover(&context, &parts)?];
    sheets.extend(questions);
    sheets.push(cover::requests(&formats)?);
    sheets.push(lists.sheet(&formats)?);
    sheets.push(state(content, &formats)?);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    lists.define_names(&mut workbook)?;
    workbook.save_to_buffer()
}

fn properties(content: &WorkbookContent<'_>) -> Result<DocProperties, XlsxError> {
    // A fixed date, so that the same questionnaire has the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = format!("{} {}", content.strategy_title, content.edition_label);
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&created))
}

/// What the sheets of questions are written with.
struct SheetContext<'a> {
    content: &'a WorkbookContent<'a>,
    formats: &'a Formats,
    lists: &'a Lists,
}

/// Sheet of questions, as the cover lists it.
struct Part {
    /// Name of the sheet.
    sheet: String,
    /// Title on the cover.
    title: String,
    /// Formula that counts the cells with an answer.
    count: String,
    /// Number of questions.
    questions: usize,
    /// Number of answered questions.
    answered: usize,
}

impl Part {
    fn new<'q>(sheet: &str, title: &str, count: String, questions: impl Iterator<Item = &'q Question> + Clone) -> Self {
        let answered = questions.clone().filter(|question| !question.text.is_empty()).count();
        let (sheet, title) = (sheet.to_owned(), title.to_owned());
        Self { sheet, title, count, questions: questions.count(), answered }
    }
}

/// Identification of the workbook, and the answers that it was written with.
fn state(content: &WorkbookContent<'_>, formats: &Formats) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(STATE)?.set_very_hidden(true);
    let facts = [("format", FORMAT), ("strategy", content.strategy), ("edition", content.edition)];
    let mut row = 0;
    for (key, value) in facts {
        sheet.write_string_with_format(row, 0, key, &formats.plain)?;
        sheet.write_string_with_format(row, 1, value, &formats.plain)?;
        row += 1;
    }
    for question in content.forms.iter().flat_map(|form| &form.questions) {
        sheet.write_string_with_format(row, 0, question.address.to_string(), &formats.plain)?;
        write_input(&mut sheet, row, 1, &question.text, &formats.plain)?;
        write_input(&mut sheet, row, 2, question.note(), &formats.plain)?;
        row += 1;
    }
    Ok(sheet)
}

/// Forms by department, those without one last.
pub fn by_department<'q>(forms: impl IntoIterator<Item = &'q Form>) -> Vec<(Option<&'q str>, Vec<&'q Form>)> {
    let mut departments: BTreeMap<(bool, &str), Vec<&Form>> = BTreeMap::new();
    for form in forms {
        let name = form.department.as_deref();
        departments.entry((name.is_none(), name.unwrap_or_default())).or_default().push(form);
    }
    departments.into_iter().map(|((is_none, name), forms)| ((!is_none).then_some(name), forms)).collect()
}
