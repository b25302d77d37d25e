//! Reading of CSV files.

use super::text::{trimmed, without_controls};
use super::{Cell, CellRef, MAX_COLUMNS, MAX_FILLED_CELLS, Workbook, Worksheet, too_many_cells};
use crate::diagnostic::{Bilingual, say};
use encoding_rs::{DecoderResult, SHIFT_JIS};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Maximum size of a file, in bytes.
const MAX_FILE: usize = 50 << 20;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Encoding of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[strum(serialize = "utf-8")]
    Utf8,
    /// CP932, the Shift_JIS of Windows.
    Cp932,
}

/// Reads the cells of a CSV file with the contents `bytes`, in the declared encoding, or else in UTF-8 or CP932, whichever
/// it can be decoded in. Returns the encoding too. Columns are separated by commas, or by tabs if the first line has tabs
/// and no comma.
///
/// # Errors
/// If it is in another encoding, contains an unclosed quotation mark, or is too large.
pub fn read_csv(bytes: &[u8], declared: Option<Encoding>) -> Result<(Workbook, Encoding), Bilingual> {
    if bytes.len() > MAX_FILE {
        return Err(too_many_cells());
    }
    let (text, encoding) = match declared {
        None => decoded(bytes)?,
        Some(Encoding::Utf8) => (utf8(bytes)?, Encoding::Utf8),
        Some(Encoding::Cp932) => (cp932(bytes).map_err(|at| not_in("CP932", bytes, at))?, Encoding::Cp932),
    };
    cells(&text).map(|workbook| (workbook, encoding))
}

fn cells(text: &str) -> Result<Workbook, Bilingual> {
    let first_line = text.lines().next().unwrap_or_default();
    let delimiter = if first_line.contains('\t') && !first_line.contains(',') { b'\t' } else { b',' };
    if let Some(line) = unclosed_quote(text.as_bytes(), delimiter) {
        return Err(say!(
            ja: "{line} 行目の引用符（\"）が閉じられていません。表計算ソフトで開き、CSV として保存し直してください",
            en: "the quotation mark in line {line} is not closed; open the file in a spreadsheet program and save it again as CSV"
        ));
    }
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = ::csv::StringRecord::new();
    let mut cells = BTreeMap::new();
    let mut next_row = 0;
    while reader.read_record(&mut record).map_err(|error| unreadable(&error))? {
        // The library skips empty lines, which are rows.
        let start = record.position().map_or(0, ::csv::Position::byte);
        let row = next_row + empty_lines(text.as_bytes(), usize::try_from(start).unwrap_or(usize::MAX));
        next_row = row + 1;
        for (column, field) in record.iter().enumerate() {
            let text = trimmed(field);
            if text.is_empty() {
                continue;
            }
            let column = u32::try_from(column).ok().filter(|column| *column < MAX_COLUMNS);
            let at = CellRef::new(row, column.ok_or_else(too_many_cells)?);
            cells.insert(at, Cell { text: without_controls(text), is_formula: false, is_struck_out: false });
            if cells.len() > MAX_FILLED_CELLS {
                return Err(too_many_cells());
            }
        }
    }
    Ok(Workbook { sheets: vec![Worksheet { cells, ..Worksheet::default() }] })
}

/// The text of a file that is declared to be in UTF-8.
fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Bilingual> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let decoded = std::str::from_utf8(text);
    decoded.map(Cow::Borrowed).map_err(|error| not_in("UTF-8", bytes, bytes.len() - text.len() + error.valid_up_to()))
}

/// The text of a file in CP932, or the offset of the first byte that is not.
fn cp932(bytes: &[u8]) -> Result<Cow<'static, str>, usize> {
    let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
    let size = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or_default();
    let mut decoded = String::with_capacity(size);
    match decoder.decode_to_string_without_replacement(bytes, &mut decoded, true) {
        (DecoderResult::InputEmpty, _) => Ok(Cow::Owned(decoded)),
        (DecoderResult::Malformed(length, after), read) => {
            Err(read.saturating_sub(usize::from(length) + usize::from(after)))
        }
        (DecoderResult::OutputFull, read) => Err(read),
    }
}

/// The text of a file in UTF-8, with or without a byte order mark, or else in CP932.
fn decoded(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Bilingual> {
    let (text, has_mark) = bytes.strip_prefix(BYTE_ORDER_MARK).map_or((bytes, false), |text| (text, true));
    let error = match std::str::from_utf8(text) {
        Ok(text) => return Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(error) => error.valid_up_to(),
    };
    // A damaged file in UTF-8 must not be read as CP932, by which it would be garbled. Japanese characters in UTF-8
    // have three bytes; the Japanese of a file in CP932 is very unlikely to begin with three bytes that are one.
    let first = text.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    if has_mark || error >= first + 3 {
        return Err(undecodable(bytes, bytes.len() - text.len() + error));
    }
    cp932(text).map(|text| (text, Encoding::Cp932)).map_err(|offset| undecodable(bytes, offset))
}

/// Number of empty lines of `text` from the byte `start`, which follows a line.
fn empty_lines(text: &[u8], start: usize) -> u32 {
    let mut previous = start.checked_sub(1).and_then(|index| text.get(index)).copied();
    let mut lines = 0;
    for byte in text.get(start..).unwrap_or_default() {
        match byte {
            b'\n' if previous == Some(b'\r') => {}
            b'\n' | b'\r' => lines += 1,
            _ => break,
        }
        previous = Some(*byte);
    }
    lines
}

/// Number of the line with a quotation mark that is not closed. The library reads it as if it were closed at the end.
fn unclosed_quote(text: &[u8], delimiter: u8) -> Option<usize> {
    let (mut line, mut opened) = (1, None);
    let mut is_start_of_field = true;
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        line += usize::from(byte == b'\n' || (byte == b'\r' && bytes.peek() != Some(&b'\n')));
        if opened.is_some() {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                opened = None;
            }
        } else if byte == b'"' && is_start_of_field {
            opened = Some(line);
        }
        is_start_of_field = byte == delimiter || byte == b'\n' || byte == b'\r';
    }
    opened
}

fn undecodable(bytes: &[u8], offset: usize) -> Bilingual {
    let line = 1 + bytes.iter().take(offset).filter(|byte| **byte == b'\n').count();
    let byte = bytes.get(offset).copied().unwrap_or_default();
    say!(
        ja: "文字コードが UTF-8 でも CP932（シフト JIS）でもありません（{line} 行目、先頭から {offset} バイト目の 0x{byte:02X}）。Excel で開き、「CSV UTF-8」として保存してください",
        en: "the file is neither in UTF-8 nor in CP932 (Shift_JIS): line {line}, byte {offset} is 0x{byte:02X}; open it in Excel and save it as CSV UTF-8"
    )
}

fn not_in(encoding: &str, bytes: &[u8], offset: usize) -> Bilingual {
    let line = 1 + bytes.iter().take(offset).filter(|byte| **byte == b'\n').count();
    let byte = bytes.get(offset).copied().unwrap_or_default();
    say!(
        ja: "文字コードが {encoding} ではありません（{line} 行目、先頭から {offset} バイト目の 0x{byte:02X}）。対応表の `encoding` を確認してください",
        en: "the file is not in {encoding}: line {line}, byte {offset} is 0x{byte:02X}; check `encoding` in the mapping"
    )
}

fn unreadable(error: &::csv::Error) -> Bilingual {
    say!(
        ja: "CSV として読み取れません（{error}）。表計算ソフトで開き、CSV として保存し直してください",
        en: "the file cannot be read as CSV ({error}); open it in a spreadsheet program and save it again as CSV"
    )
}
