//! Sheets of forms: one for each goal, policy and program, with a row for each question.

use super::formats::{A4, LINE_POINTS, PROSE_LINES, lines, protection, shortened, write_input};
use super::{ADDRESS_HEADER, ANSWER_HEADER, NOTE_HEADER, Part, SheetContext};
use crate::questionnaire::question::{Form, Question};
use rust_xlsxwriter::{IgnoreError, Worksheet, XlsxError};

/// Columns of a form.
mod column {
    pub(super) const ADDRESS: u16 = 0;
    pub(super) const LABEL: u16 = 1;
    pub(super) const UNIT: u16 = 2;
    pub(super) const PREVIOUS: u16 = 3;
    pub(super) const ANSWER: u16 = 4;
    pub(super) const NOTE: u16 = 5;
    pub(super) const HELP: u16 = 6;
}

/// Row of the column headers of a form.
const HEADER_ROW: u32 = 3;

/// Widths of the columns of a form, in digits.
const WIDTHS: [f64; 7] = [1.5, 30.0, 8.0, 24.0, 30.0, 18.0, 30.0];

fn width_of(column: u16) -> f64 {
    WIDTHS.get(usize::from(column)).copied().unwrap_or(8.0)
}

/// Names of the sheets of forms: number and title, without the characters that Excel does not allow, at most 31 UTF-16
/// units long. The number makes them unique.
fn sheet_names(forms: &[&Form]) -> Vec<String> {
    let digits = forms.len().to_string().len().max(2);
    let name = |(index, form): (usize, &&Form)| {
        let mut name = format!("{:0digits$} ", index + 1);
        let allowed = |c: &char| !r"[]:*?/\'".contains(*c) && !c.is_control();
        for c in form.title.chars().filter(allowed) {
            if name.encode_utf16().count() + c.len_utf16() > 31 {
                break;
            }
            name.push(c);
        }
        name.trim_end().to_owned()
    };
    forms.iter().enumerate().map(name).collect()
}

/// The sheets of all forms.
pub(super) fn sheets(context: &SheetContext<'_>) -> Result<Vec<(Worksheet, Part)>, XlsxError> {
    let names = sheet_names(&context.content.forms);
    context.content.forms.iter().zip(&names).map(|(form, name)| form_sheet(context, form, name)).collect()
}

fn form_sheet(context: &SheetContext<'_>, form: &Form, name: &str) -> Result<(Worksheet, Part), XlsxError> {
    let SheetContext { content, formats, .. } = context;
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    for (column, width) in (column::ADDRESS..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, column::LABEL, &form.title, &formats.title)?;
    let subtitle = format!("{}　{}", content.strategy_title, content.edition_label);
    sheet.write_string_with_format(1, column::LABEL, subtitle, &formats.aside)?;
    let headers = [ADDRESS_HEADER, "項目", "単位", "前回", ANSWER_HEADER, NOTE_HEADER, "説明"];
    for (column, header) in (column::ADDRESS..).zip(headers) {
        let format = if column == column::ADDRESS { &formats.address } else { &formats.header };
        sheet.write_string_with_format(HEADER_ROW, column, header, format)?;
    }
    let mut row = HEADER_ROW;
    let mut group = "";
    for question in &form.questions {
        row += 1;
        if question.group != group {
            group = &question.group;
            sheet.write_string_with_format(row, column::LABEL, group, &formats.group)?;
            row += 1;
        }
        question_row(&mut sheet, row, question, context)?;
    }
    sheet.ignore_error_range(HEADER_ROW, 0, row, column::HELP, IgnoreError::NumberStoredAsText)?;
    sheet.protect_with_options(&protection()).set_freeze_panes(HEADER_ROW + 1, 0)?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    sheet.set_print_area(0, column::LABEL, row, column::HELP)?.set_footer("&C&P / &N");
    let answers = crate::spreadsheet::column_name(u32::from(column::ANSWER));
    let count = format!("=COUNTA('{name}'!{answers}{}:{answers}{})", HEADER_ROW + 2, row + 1);
    let part = Part::new(name, &form.title, count, form.questions.iter());
    Ok((sheet, part))
}

fn question_row(
    sheet: &mut Worksheet,
    row: u32,
    question: &Question,
    context: &SheetContext<'_>,
) -> Result<(), XlsxError> {
    let SheetContext { formats, lists, .. } = context;
    sheet.write_string_with_format(row, column::ADDRESS, question.address.to_string(), &formats.address)?;
    let texts = [
        (column::LABEL, &question.label),
        (column::UNIT, &question.unit),
        (column::PREVIOUS, &question.previous),
        (column::HELP, &question.help),
    ];
    let mut height = lines(&question.text, width_of(column::ANSWER));
    for (column, text) in texts {
        height = height.max(lines(text, width_of(column)));
        sheet.write_string_with_format(row, column, shortened(text), &formats.label)?;
    }
    write_input(sheet, row, column::ANSWER, &question.text, &formats.input)?;
    if question.takes_note() {
        write_input(sheet, row, column::NOTE, question.note(), &formats.input)?;
    } else {
        sheet.write_blank(row, column::NOTE, &formats.label)?;
    }
    if let Some(validation) = lists.validation(&question.choices)? {
        sheet.add_data_validation(row, column::ANSWER, row, column::ANSWER, &validation)?;
    }
    let height = height.max(if question.is_prose() { PROSE_LINES } else { 1 });
    if height > 1 {
        sheet.set_row_height(row, f64::from(height) * LINE_POINTS)?;
    }
    Ok(())
}
