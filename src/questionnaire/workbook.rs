//! Workbooks of a questionnaire: one sheet per form, a cover with instructions, and free rows for other requests.
//!
//! The same questionnaire always has the same bytes. The address of a question is in a narrow column that is visible,
//! because programs that inspect documents delete hidden columns. Input cells have the text format, so that `5-1` and
//! `12.50` stay as entered; nothing but the drop-down lists is validated in the workbook, because pasting removes
//! validations.

use super::question::{Form, Question};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, IgnoreError, ProtectionOptions, Url, Workbook, Worksheet, XlsxError,
};
use std::collections::{BTreeMap, BTreeSet};
use unicode_width::UnicodeWidthStr;

/// Header of the column of addresses.
pub(super) const ADDRESS_HEADER: &str = "照合用";
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
}

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
    let names = sheet_names(&content.forms);
    // The cover counts answers by formulas whose results are those of the rows below.
    let mut sheets = vec![Worksheet::new()];
    let mut extents = Vec::new();
    for (form, name) in content.forms.iter().zip(&names) {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        extents.push(form_sheet(&mut sheet, content, form, &formats, &lists)?);
        sheets.push(sheet);
    }
    if let Some(first) = sheets.first_mut() {
        cover(first, content, &names, &extents, &formats)?;
    }
    sheets.push(requests(&formats)?);
    sheets.push(lists.sheet(&formats)?);
    sheets.push(state(content, &formats)?);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    for (index, choices) in lists.all.iter().enumerate() {
        let column = crate::spreadsheet::column_name(u32::try_from(index).unwrap_or(u32::MAX));
        let range = format!("={LISTS}!${column}$1:${column}${}", choices.len());
        workbook.define_name(Lists::name(index), &range)?;
    }
    workbook.save_to_buffer()
}

fn properties(content: &WorkbookContent<'_>) -> Result<DocProperties, XlsxError> {
    // A fixed date, so that the same questionnaire has the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = format!("{} {}", content.strategy_title, content.edition_label);
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&created))
}

/// Cell formats.
struct Formats {
    normal: Format,
    title: Format,
    aside: Format,
    address: Format,
    header: Format,
    group: Format,
    label: Format,
    input: Format,
    prose: Format,
    plain: Format,
}

impl Formats {
    fn new() -> Self {
        // Unlocked: pasted cells have the normal style, and would otherwise be locked.
        let normal = Format::new().set_font_name("游ゴシック").set_font_size(11).set_font_charset(128).set_unlocked();
        let text = |format: Format| format.set_num_format_index(TEXT).set_align(FormatAlign::Top);
        let locked = text(normal.clone().set_locked());
        let framed = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBF_BF_BF));
        let input = framed(text(normal.clone())).set_background_color(Color::RGB(0xFF_FB_E6)).set_text_wrap();
        Self {
            title: locked.clone().set_bold().set_font_size(14),
            aside: locked.clone().set_font_color(Color::RGB(0x59_59_59)),
            address: locked.clone().set_font_size(6).set_font_color(Color::RGB(0xA6_A6_A6)),
            header: framed(locked.clone()).set_bold().set_background_color(Color::RGB(0xF2_F2_F2)).set_text_wrap(),
            group: locked.clone().set_bold(),
            label: framed(locked.clone()).set_text_wrap(),
            input,
            prose: framed(text(normal.clone())).set_background_color(Color::RGB(0xFF_FB_E6)).set_text_wrap(),
            plain: locked.set_text_wrap(),
            normal,
        }
    }
}

/// Height of a row in the default font, in pixels.
const DEFAULT_ROW_PIXELS: u32 = 25;
/// Height of a line of text, in points.
const LINE_POINTS: f64 = 18.75;
/// Widths of the columns of a form, in digits.
const WIDTHS: [f64; 7] = [1.5, 30.0, 8.0, 24.0, 30.0, 18.0, 30.0];

fn width_of(column: u16) -> f64 {
    WIDTHS.get(usize::from(column)).copied().unwrap_or(8.0)
}

/// Number of lines of a text in a column. Rows need an explicit height: programs adapt it to wrapped text only after a
/// change.
fn lines(text: &str, width: f64) -> u32 {
    let lines_of = |line: &str| {
        let wanted = f64::from(u32::try_from(line.width_cjk()).unwrap_or(u32::MAX)) * 1.1;
        let mut lines = 1;
        while f64::from(lines) * width < wanted {
            lines += 1;
        }
        lines
    };
    text.lines().map(lines_of).sum::<u32>().clamp(1, MAX_LINES)
}

/// Number of lines of an empty cell for text.
const PROSE_LINES: u32 = 5;

/// Maximum number of lines to which a row is enlarged; Excel allows 409 points.
const MAX_LINES: u32 = 20;

/// Index of the built-in number format `@`, in which Excel keeps every entry as text.
const TEXT: u8 = 49;

/// Lists of choices, each once.
struct Lists {
    all: Vec<Vec<String>>,
}

impl Lists {
    fn new(forms: &[&Form]) -> Self {
        let choices = forms.iter().flat_map(|form| &form.questions).map(|question| &question.choices);
        let distinct: BTreeSet<&Vec<String>> = choices.filter(|choices| !choices.is_empty()).collect();
        Self { all: distinct.into_iter().cloned().collect() }
    }

    fn name(index: usize) -> String {
        format!("choices_{}", index + 1)
    }

    fn name_of(&self, choices: &[String]) -> Option<String> {
        self.all.iter().position(|list| list == choices).map(Self::name)
    }

    /// Drop-down list of `choices`. Its message names them, since the list is not shown on a phone.
    fn validation(&self, choices: &[String]) -> Result<Option<DataValidation>, XlsxError> {
        let Some(name) = self.name_of(choices) else { return Ok(None) };
        let message: String = format!("次から選んでください: {}", choices.join("、")).chars().take(250).collect();
        let validation = DataValidation::new()
            .allow_list_formula(Formula::new(format!("={name}")))
            .set_error_title("選択肢にありません")?
            .set_error_message(message)?
            .set_error_style(DataValidationErrorStyle::Stop);
        Ok(Some(validation))
    }

    fn sheet(&self, formats: &Formats) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(LISTS)?.set_very_hidden(true);
        for (column, choices) in (0..).zip(&self.all) {
            for (row, choice) in (0..).zip(choices) {
                sheet.write_string_with_format(row, column, choice, &formats.plain)?;
            }
        }
        Ok(sheet)
    }
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

/// Rows of the questions of a form, and the number of those that are filled in.
struct Extent {
    first: u32,
    last: u32,
    questions: usize,
    answered: usize,
}

fn form_sheet(
    sheet: &mut Worksheet,
    content: &WorkbookContent<'_>,
    form: &Form,
    formats: &Formats,
    lists: &Lists,
) -> Result<Extent, XlsxError> {
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
        question_row(sheet, row, question, formats, lists)?;
    }
    sheet.ignore_error_range(HEADER_ROW, 0, row, column::HELP, IgnoreError::NumberStoredAsText)?;
    sheet.protect_with_options(&protection()).set_freeze_panes(HEADER_ROW + 1, 0)?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    sheet.set_print_area(0, column::LABEL, row, column::HELP)?.set_footer("&C&P / &N");
    let answered = form.questions.iter().filter(|question| !question.text.is_empty()).count();
    Ok(Extent { first: HEADER_ROW + 1, last: row, questions: form.questions.len(), answered })
}

/// Paper size A4 in the numbering of Excel.
const A4: u8 = 9;

fn question_row(
    sheet: &mut Worksheet,
    row: u32,
    question: &Question,
    formats: &Formats,
    lists: &Lists,
) -> Result<(), XlsxError> {
    let input = if question.is_prose() { &formats.prose } else { &formats.input };
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
    write_input(sheet, row, column::ANSWER, &question.text, input)?;
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

/// Writes the text of an input cell. A text that is too long for a cell is left out; reading treats the cell as
/// unanswered.
fn write_input(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if text.is_empty() || text.encode_utf16().count() > MAX_TEXT {
        sheet.write_blank(row, column, format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A text for information, at most as long as a cell can hold.
fn shortened(text: &str) -> String {
    text.chars().take(MAX_TEXT / 2).collect()
}

fn protection() -> ProtectionOptions {
    ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    }
}

/// Instructions, for the person who fills in the workbook.
const INSTRUCTIONS: [&str; 8] = [
    "黄色の欄に、資料に記載するとおりに記入してください。「前回」は前回の記載です。",
    "値がない場合は、空欄にせず、資料の表記（「-」など）を記入してください。空欄は「未記入」として扱います。",
    "数に言葉が添えられている場合は 16「全国16位」のように、言葉だけの場合は「現状維持」のように、表記を「」で囲みます。範囲は 10～20、見込みは 1,234（見込み）と記入します。",
    "すでに記入のある欄は、改める場合だけ書き直してください。記載を削除する場合は「消す」と記入してください。",
    "値についての補足（速報値、調査方法の変更など）は「注記」の欄に記入してください。",
    "左端の細い列（照合用）は変更しないでください。行の並べ替えや、行の高さの変更はかまいません。",
    "数式や色は読み取りません。セルの結合はしないでください。",
    "指標の追加や名称の変更などの希望は「申し出」に記入してください。",
];

/// Width of the column of instructions, in digits.
const COVER_WIDTH: f64 = 64.0;

fn cover(
    sheet: &mut Worksheet,
    content: &WorkbookContent<'_>,
    names: &[String],
    extents: &[Extent],
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(COVER)?.set_active(true);
    sheet.set_column_width(0, 4)?.set_column_width(1, COVER_WIDTH)?.set_column_width(2, 10)?.set_column_width(3, 10)?;
    sheet.write_string_with_format(0, 1, content.strategy_title, &formats.title)?;
    let about = format!("{}　{}", content.edition_label, content.department.unwrap_or("担当課なし"));
    sheet.write_string_with_format(1, 1, about, &formats.aside)?;
    let mut row = 3;
    for (number, line) in (1..).zip(INSTRUCTIONS) {
        sheet.write_string_with_format(row, 0, number.to_string(), &formats.plain)?;
        sheet.write_string_with_format(row, 1, line, &formats.plain)?;
        sheet.set_row_height(row, f64::from(lines(line, COVER_WIDTH)) * LINE_POINTS)?;
        row += 1;
    }
    row += 1;
    for (column, header) in (1..).zip(["調書", "記入済み", "欄の数"]) {
        sheet.write_string_with_format(row, column, header, &formats.header)?;
    }
    for ((name, extent), form) in names.iter().zip(extents).zip(&content.forms) {
        row += 1;
        let link = Url::new(format!("internal:'{name}'!A1")).set_text(&form.title);
        sheet.write_url_with_format(row, 1, link, &formats.label)?;
        let answers = crate::spreadsheet::column_name(u32::from(column::ANSWER));
        let range = format!("'{name}'!{answers}{}:{answers}{}", extent.first + 1, extent.last + 1);
        let formula = Formula::new(format!("=COUNTA({range})")).set_result(extent.answered.to_string());
        sheet.write_formula_with_format(row, 2, formula, &formats.label)?;
        sheet.write_string_with_format(row, 3, extent.questions.to_string(), &formats.label)?;
    }
    sheet.ignore_error_range(0, 0, row, 3, IgnoreError::NumberStoredAsText)?;
    sheet.protect_with_options(&protection()).set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Sheet for requests, which are listed when the workbook is read, but not applied.
fn requests(formats: &Formats) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(REQUESTS)?;
    let headers = [("種類（追加・変更・廃止など）", 26.0), ("対象", 30.0), ("内容", 60.0)];
    for (column, (header, width)) in (0..).zip(headers) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, header, &formats.header)?;
        for row in 1..=20 {
            sheet.write_blank(row, column, &formats.input)?;
        }
    }
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(sheet)
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
