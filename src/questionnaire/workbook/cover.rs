//! The cover of a workbook with instructions and the numbers of answers, and its sheet for requests.

use super::formats::{A4, Formats, LINE_POINTS, lines, protection};
use super::{COVER, Layout, Part, REQUESTS, SheetContext};
use rust_xlsxwriter::{Formula, IgnoreError, Url, Worksheet, XlsxError};

/// Instructions, for the person who fills in the workbook.
fn instructions(layout: Layout) -> [&'static str; 8] {
    let previous = match layout {
        Layout::Form => "黄色の欄に、資料に記載するとおりに記入してください。「前回」は前回の記載です。",
        Layout::List => "黄色の欄に、資料に記載するとおりに記入してください。その左の灰色の欄は前回の記載です。",
    };
    let keys = match layout {
        Layout::Form => "左端の細い列（照合用）は変更しないでください。行の並べ替えや、行の高さの変更はかまいません。",
        Layout::List => "左端の細い列と 1 行目（照合用）は変更しないでください。行や列の並べ替えはかまいません。",
    };
    [
        previous,
        "値がない場合は、空欄にせず、資料の表記（「-」など）を記入してください。空欄は「未記入」として扱います。",
        "数に言葉が添えられている場合は 16「全国16位」のように、言葉だけの場合は「現状維持」のように、表記を「」で囲みます。範囲は 10～20、見込みは 1,234（見込み）と記入します。",
        "すでに記入のある欄は、改める場合だけ書き直してください。記載を削除する場合は「消す」と記入してください。",
        "値についての補足（速報値、調査方法の変更など）は「注記」の欄に記入してください。",
        keys,
        "数式や色は読み取りません。セルの結合はしないでください。",
        "指標の追加や名称の変更などの希望は「申し出」に記入してください。",
    ]
}

/// Width of the column of instructions, in digits.
const COVER_WIDTH: f64 = 64.0;

/// The cover.
pub(super) fn cover(context: &SheetContext<'_>, parts: &[Part]) -> Result<Worksheet, XlsxError> {
    let SheetContext { content, formats, .. } = context;
    let mut sheet = Worksheet::new();
    sheet.set_name(COVER)?.set_active(true);
    sheet.set_column_width(0, 4)?.set_column_width(1, COVER_WIDTH)?.set_column_width(2, 10)?.set_column_width(3, 10)?;
    sheet.write_string_with_format(0, 1, content.strategy_title, &formats.title)?;
    let about = format!("{}　{}", content.edition_label, content.department.unwrap_or("担当課なし"));
    sheet.write_string_with_format(1, 1, about, &formats.aside)?;
    let mut row = 3;
    for (number, line) in (1..).zip(instructions(content.layout)) {
        sheet.write_string_with_format(row, 0, number.to_string(), &formats.plain)?;
        sheet.write_string_with_format(row, 1, line, &formats.plain)?;
        sheet.set_row_height(row, f64::from(lines(line, COVER_WIDTH)) * LINE_POINTS)?;
        row += 1;
    }
    row += 1;
    for (column, header) in (1..).zip(["調書", "記入済み", "欄の数"]) {
        sheet.write_string_with_format(row, column, header, &formats.header)?;
    }
    for part in parts {
        row += 1;
        let link = Url::new(format!("internal:'{}'!A1", part.sheet)).set_text(&part.title);
        sheet.write_url_with_format(row, 1, link, &formats.label)?;
        let formula = Formula::new(&part.count).set_result(part.answered.to_string());
        sheet.write_formula_with_format(row, 2, formula, &formats.label)?;
        sheet.write_string_with_format(row, 3, part.questions.to_string(), &formats.label)?;
    }
    sheet.ignore_error_range(0, 0, row, 3, IgnoreError::NumberStoredAsText)?;
    sheet.protect_with_options(&protection()).set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

/// Sheet for requests, which are listed when the workbook is read, but not applied.
pub(super) fn requests(formats: &Formats) -> Result<Worksheet, XlsxError> {
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
