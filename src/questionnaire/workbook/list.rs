//! Sheets of a list: a row for each goal, policy and program, and for each indicator; a column for each question.
//!
//! The address of a cell is the key of its row, in the first column, and the key of its column, in the first row. A
//! column with answers follows a locked one with the previous answers; that with notes follows it.

use super::formats::{A4, LINE_POINTS, lines, protection, shortened, write_input};
use super::{LIST_HEADER, NOTE_HEADER, NOTE_PREFIX, Part, SheetContext};
use crate::questionnaire::question::{Address, Form, Question};
use crate::spreadsheet::column_name;
use rust_xlsxwriter::{IgnoreError, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// Sheet of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Values of goals, policies and programs themselves.
    Nodes,
    /// Values of indicators.
    Indicators,
    /// Values of everything else within a goal, policy or program.
    Parts,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Nodes, Self::Indicators, Self::Parts];

    fn sheet(self) -> &'static str {
        match self {
            Self::Nodes => "事業",
            Self::Indicators => "指標",
            Self::Parts => "明細",
        }
    }

    /// Headers of the columns that identify a row, with their widths in digits.
    fn headers(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::Nodes => &[("基本目標・施策・事業", 30.0)],
            Self::Indicators => &[("基本目標・施策・事業", 22.0), ("指標", 26.0), ("単位", 7.0)],
            Self::Parts => &[("基本目標・施策・事業", 22.0), ("内容", 26.0)],
        }
    }
}

/// Place of a question in a list.
struct ListKey<'q> {
    kind: Kind,
    row: String,
    column: &'q str,
}

impl<'q> ListKey<'q> {
    fn new(form: &Form, question: &'q Question) -> Self {
        let path = question.cell.path.as_slice();
        let within = |address: &'q Address| address.0.get(form.node.len() + 1..).unwrap_or_default();
        let path_text = within(&question.address);
        let (kind, id) = match path {
            [root, id, _, ..] => match root.as_str() {
                "indicator" => (Kind::Indicators, Some(id)),
                "program" | "item" | "survey" | "response" => (Kind::Parts, Some(id)),
                _ => (Kind::Nodes, None),
            },
            _ => (Kind::Nodes, None),
        };
        let split = id.and_then(|id| {
            let end = path.first()?.len() + 1 + id.len();
            Some((path_text.get(..end)?, path_text.get(end + 1..)?))
        });
        match split {
            Some((part, column)) => Self { kind, row: format!("{}#{part}", form.node), column },
            None => Self { kind: Kind::Nodes, row: form.node.clone(), column: path_text },
        }
    }
}

/// Row of a list.
struct Row<'q> {
    key: String,
    form: &'q Form,
    questions: BTreeMap<&'q str, &'q Question>,
}

/// Column of a list.
struct Column<'q> {
    key: &'q str,
    /// First question of the column.
    question: &'q Question,
    takes_notes: bool,
}

/// Sheet of a list before it is written.
#[derive(Default)]
struct List<'q> {
    rows: Vec<Row<'q>>,
    columns: Vec<Column<'q>>,
}

impl<'q> List<'q> {
    fn add(&mut self, form: &'q Form, question: &'q Question, key: ListKey<'q>) {
        match self.rows.last_mut().filter(|row| row.key == key.row) {
            Some(row) => drop(row.questions.insert(key.column, question)),
            None => self.rows.push(Row { key: key.row, form, questions: BTreeMap::from([(key.column, question)]) }),
        }
    }

    /// Columns in the order of the rows: one that earlier rows lack follows that of the question before it.
    fn arrange(&mut self, order: &[(usize, &'q str, &'q Question)]) {
        let mut columns: Vec<Column<'q>> = Vec::new();
        let mut before: Option<(usize, usize)> = None;
        for (row, key, question) in order {
            let at = match columns.iter().position(|column| column.key == *key) {
                Some(at) => {
                    if let Some(column) = columns.get_mut(at) {
                        column.takes_notes |= question.takes_note();
                    }
                    at
                }
                None => {
                    let at = match before {
                        Some((same, at)) if same == *row => at + 1,
                        _ if columns.is_empty() || before.is_none() => 0,
                        _ => columns.len(),
                    };
                    columns.insert(at, Column { key, question, takes_notes: question.takes_note() });
                    at
                }
            };
            before = Some((*row, at));
        }
        self.columns = columns;
    }
}

/// The sheets of the list; a sheet without questions is left out.
pub(super) fn sheets(context: &SheetContext<'_>) -> Result<Vec<(Worksheet, Part)>, XlsxError> {
    let mut sheets = Vec::new();
    for kind in Kind::ALL {
        let mut list = List::default();
        let mut order = Vec::new();
        for form in &context.content.forms {
            for question in &form.questions {
                let key = ListKey::new(form, question);
                if key.kind == kind {
                    let column = key.column;
                    list.add(form, question, key);
                    order.push((list.rows.len(), column, question));
                }
            }
        }
        list.arrange(&order);
        if !list.rows.is_empty() {
            sheets.push(sheet(context, kind, &list)?);
        }
    }
    Ok(sheets)
}

/// Row with the names of the columns.
const NAMES: u32 = 1;
/// Widths of the columns of values and of texts, in digits.
const VALUE_WIDTH: f64 = 16.0;
const TEXT_WIDTH: f64 = 40.0;
/// Maximum number of lines to which a row is enlarged.
const MAX_LINES: u32 = 6;

fn sheet(context: &SheetContext<'_>, kind: Kind, list: &List<'_>) -> Result<(Worksheet, Part), XlsxError> {
    let formats = context.formats;
    let mut sheet = Worksheet::new();
    sheet.set_name(kind.sheet())?.set_column_width(0, 1.5)?;
    sheet.write_string_with_format(0, 0, LIST_HEADER, &formats.address)?;
    sheet.set_row_height(0, 9)?;
    sheet.write_blank(NAMES, 0, &formats.header)?;
    let mut fixed: u16 = 1;
    for (header, width) in kind.headers() {
        sheet.set_column_width(fixed, *width)?;
        sheet.write_string_with_format(NAMES, fixed, *header, &formats.header)?;
        fixed += 1;
    }
    let last_row = NAMES + u32::try_from(list.rows.len()).unwrap_or(u32::MAX - NAMES);
    for (row, line) in (NAMES + 1..).zip(&list.rows) {
        row_head(&mut sheet, context, kind, row, line)?;
    }
    let mut heights: Vec<u32> = list.rows.iter().map(|row| lines(&row.form.title, 22.0)).collect();
    let (mut at, mut header_lines) = (fixed, 1);
    for column in &list.columns {
        header_lines = header_lines.max(column_head(&mut sheet, context, kind, at, column)?);
        for (index, (row, line)) in (NAMES + 1..).zip(&list.rows).enumerate() {
            let height = cells(&mut sheet, context, (row, at), column, line.questions.get(column.key).copied())?;
            if let Some(known) = heights.get_mut(index) {
                *known = (*known).max(height);
            }
        }
        validations(&mut sheet, context, at + 1, column, &list.rows)?;
        at += if column.takes_notes { 3 } else { 2 };
    }
    sheet.set_row_height(NAMES, f64::from(header_lines.min(MAX_LINES)) * LINE_POINTS)?;
    for (row, height) in (NAMES + 1..).zip(heights) {
        if height > 1 {
            sheet.set_row_height(row, f64::from(height.min(MAX_LINES)) * LINE_POINTS)?;
        }
    }
    let last_column = at - 1;
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    sheet.set_freeze_panes(NAMES + 1, fixed)?.autofilter(NAMES, 1, last_row, last_column)?;
    sheet.protect_with_options(&protection()).set_landscape().set_paper_size(A4);
    sheet.set_repeat_rows(0, NAMES)?.set_repeat_columns(0, fixed - 1)?;
    let questions = list.rows.iter().flat_map(|row| row.questions.values().copied());
    let (name, first, last) = (kind.sheet(), column_name(u32::from(fixed)), column_name(u32::from(last_column)));
    let keys = format!("'{name}'!${first}$1:${last}$1");
    let count = format!(
        "=SUMPRODUCT(('{name}'!${first}${}:${last}${}<>\"\")*({keys}<>\"\")*(LEFT({keys},{})<>\"{NOTE_PREFIX}\"))",
        NAMES + 2,
        last_row + 1,
        NOTE_PREFIX.len(),
    );
    let part = Part::new(name, name, count, questions);
    Ok((sheet, part))
}

/// Key and names of a row.
fn row_head(
    sheet: &mut Worksheet,
    context: &SheetContext<'_>,
    kind: Kind,
    row: u32,
    line: &Row<'_>,
) -> Result<(), XlsxError> {
    let formats = context.formats;
    sheet.write_string_with_format(row, 0, &line.key, &formats.address)?;
    sheet.write_string_with_format(row, 1, shortened(&line.form.title), &formats.label)?;
    let Some(question) = line.questions.values().next() else { return Ok(()) };
    match kind {
        Kind::Nodes => {}
        Kind::Indicators => {
            let unit = line.questions.values().map(|question| question.unit.as_str()).find(|unit| !unit.is_empty());
            sheet.write_string_with_format(row, 2, shortened(&question.group), &formats.label)?;
            sheet.write_string_with_format(row, 3, unit.unwrap_or_default(), &formats.label)?;
        }
        Kind::Parts => {
            sheet.write_string_with_format(row, 2, shortened(question.subject()), &formats.label)?;
        }
    }
    Ok(())
}

/// Keys and names of the columns for a question, the first of which is `at`. Returns the number of lines of the name.
fn column_head(
    sheet: &mut Worksheet,
    context: &SheetContext<'_>,
    kind: Kind,
    at: u16,
    column: &Column<'_>,
) -> Result<u32, XlsxError> {
    let formats = context.formats;
    let question = column.question;
    let name = match kind {
        Kind::Nodes if question.unit.is_empty() => question.title(),
        Kind::Nodes => format!("{}（{}）", question.title(), question.unit),
        Kind::Indicators | Kind::Parts => question.column.trim().to_owned(),
    };
    let width = if question.is_prose() { TEXT_WIDTH } else { VALUE_WIDTH };
    sheet.set_column_width(at, width)?.set_column_width(at + 1, width)?;
    sheet.write_string_with_format(NAMES, at, format!("前回: {name}"), &formats.header)?;
    sheet.write_string_with_format(0, at + 1, column.key, &formats.address)?;
    sheet.write_string_with_format(NAMES, at + 1, &name, &formats.header)?;
    if column.takes_notes {
        sheet.set_column_width(at + 2, VALUE_WIDTH)?;
        sheet.write_string_with_format(0, at + 2, format!("{NOTE_PREFIX}{}", column.key), &formats.address)?;
        sheet.write_string_with_format(NAMES, at + 2, format!("{NOTE_HEADER}: {name}"), &formats.header)?;
    }
    Ok(lines(&format!("{NOTE_HEADER}: {name}"), width))
}

/// Cells of a question, or locked ones if the row does not have it. Returns the number of lines.
fn cells(
    sheet: &mut Worksheet,
    context: &SheetContext<'_>,
    (row, at): (u32, u16),
    column: &Column<'_>,
    question: Option<&Question>,
) -> Result<u32, XlsxError> {
    let formats = context.formats;
    let Some(question) = question else {
        for column in at..=at + 1 + u16::from(column.takes_notes) {
            sheet.write_blank(row, column, &formats.previous)?;
        }
        return Ok(1);
    };
    sheet.write_string_with_format(row, at, shortened(&question.previous), &formats.previous)?;
    write_input(sheet, row, at + 1, &question.text, &formats.input)?;
    match (column.takes_notes, question.takes_note()) {
        (true, true) => write_input(sheet, row, at + 2, question.note(), &formats.input)?,
        (true, false) => drop(sheet.write_blank(row, at + 2, &formats.previous)?),
        (false, _) => {}
    }
    let width = if question.is_prose() { TEXT_WIDTH } else { VALUE_WIDTH };
    Ok(lines(&question.previous, width).max(lines(&question.text, width)).max(if question.is_prose() { 3 } else { 1 }))
}

/// Drop-down lists of a column, one for each run of rows with the same choices.
fn validations(
    sheet: &mut Worksheet,
    context: &SheetContext<'_>,
    at: u16,
    column: &Column<'_>,
    rows: &[Row<'_>],
) -> Result<(), XlsxError> {
    let choices = |row: &Row<'_>| row.questions.get(column.key).map(|question| question.choices.clone());
    let mut first = NAMES + 1;
    for run in rows.chunk_by(|one, other| choices(one) == choices(other)) {
        let last = first + u32::try_from(run.len()).unwrap_or(1) - 1;
        let validation = match run.first().and_then(choices) {
            Some(choices) => context.lists.validation(&choices)?,
            None => None,
        };
        if let Some(validation) = validation {
            sheet.add_data_validation(first, at, last, at, &validation)?;
        }
        first = last + 1;
    }
    Ok(())
}
