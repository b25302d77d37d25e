//! Formats, sizes and protection of the cells of a workbook.

use super::MAX_TEXT;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, ProtectionOptions, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// Cell formats.
pub(super) struct Formats {
    pub(super) normal: Format,
    pub(super) title: Format,
    pub(super) aside: Format,
    pub(super) address: Format,
    pub(super) header: Format,
    pub(super) group: Format,
    pub(super) label: Format,
    pub(super) input: Format,
    pub(super) previous: Format,
    pub(super) plain: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
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
            previous: framed(locked.clone()).set_background_color(Color::RGB(0xF2_F2_F2)).set_text_wrap(),
            plain: locked.set_text_wrap(),
            normal,
        }
    }
}

/// Height of a row in the default font, in pixels.
pub(super) const DEFAULT_ROW_PIXELS: u32 = 25;
/// Height of a line of text, in points.
pub(super) const LINE_POINTS: f64 = 18.75;
/// Number of lines of a text in a column. Rows need an explicit height: programs adapt it to wrapped text only after a
/// change.
pub(super) fn lines(text: &str, width: f64) -> u32 {
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
pub(super) const PROSE_LINES: u32 = 5;

/// Maximum number of lines to which a row is enlarged; Excel allows 409 points.
pub(super) const MAX_LINES: u32 = 20;

/// Index of the built-in number format `@`, in which Excel keeps every entry as text.
pub(super) const TEXT: u8 = 49;

/// Paper size A4 in the numbering of Excel.
pub(super) const A4: u8 = 9;

/// Writes the text of an input cell. A text that is too long for a cell is left out; reading treats the cell as
/// unanswered.
pub(super) fn write_input(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() || text.encode_utf16().count() > MAX_TEXT {
        sheet.write_blank(row, column, format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A text for information, at most as long as a cell can hold.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(MAX_TEXT / 2).collect()
}

pub(super) fn protection() -> ProtectionOptions {
    ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    }
}
