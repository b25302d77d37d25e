//! Properties of cells that the library for reading workbooks does not provide: hidden rows, text that is struck out,
//! formulas, and the names of errors. Also refuses everything that the library would read otherwise than Excel.

use super::xml::Xml;
use super::{CellRef, MAX_CELLS, MAX_COLUMNS, MAX_FILLED_CELLS, column_index, too_many_cells};
use crate::diagnostic::Bilingual;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Maximum number of texts that cells share.
const MAX_STRINGS: usize = 2_000_000;

/// Maximum length of a text, in bytes. Excel permits 32,767 characters.
const MAX_LENGTH: usize = 1 << 20;

/// Maximum number of rows, as in Excel.
const MAX_ROWS: u32 = 1_048_576;

/// Texts that cells share.
#[derive(Default)]
pub(super) struct Strings {
    pub(super) count: usize,
    /// Indices of those that are struck out, at least in part.
    struck_out: BTreeSet<usize>,
    /// Position of the elements in the part.
    pub(super) content: Range<usize>,
}

/// Cells of a worksheet.
pub(super) struct SheetScan {
    /// Cells that are not blank, in the order of the file.
    pub(super) cells: Vec<ScannedCell>,
    /// Names of errors, such as `#REF!`.
    pub(super) errors: BTreeMap<CellRef, String>,
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Position of the rows in the part.
    pub(super) content: Range<usize>,
}

/// Cell that is not blank.
pub(super) struct ScannedCell {
    /// Index among all cells of the sheet, including blank ones.
    pub(super) ordinal: usize,
    pub(super) at: CellRef,
    pub(super) style: u32,
    pub(super) is_formula: bool,
    pub(super) is_struck_out: bool,
    pub(super) stored: Stored,
}

/// What is stored in a cell beside its formula.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    Nothing,
    /// Text without characters, which is the result of a formula.
    EmptyText,
    Error,
    Value,
}

/// Scans the part `path` with the texts that cells share.
pub(super) fn strings(path: &str, text: &str) -> Result<Strings, Bilingual> {
    let mut xml = Xml::new(path, text);
    start_of(&mut xml, "sst")?;
    let mut strings = Strings { content: xml.position()..0, ..Strings::default() };
    loop {
        strings.content.end = xml.position();
        match xml.next_within()? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {
                if RichText::read(&mut xml, "si")?.is_struck_out {
                    strings.struck_out.insert(strings.count);
                }
                strings.count += 1;
                if strings.count > MAX_STRINGS {
                    return Err(too_many_cells());
                }
            }
            Event::End(element) if element.local_name().as_ref() == "sst" => return Ok(strings),
            _ => {}
        }
    }
}

/// Numbers of cells of all worksheets so far.
#[derive(Default)]
pub(super) struct Counts {
    all: usize,
    filled: usize,
}

/// Scans the worksheet in the part `path`.
pub(super) fn sheet(path: &str, text: &str, strings: &Strings, counts: &mut Counts) -> Result<SheetScan, Bilingual> {
    let starts = ["<c>", "<c ", "<c/"].map(|start| memchr::memmem::find_iter(text.as_bytes(), start).count());
    if starts.iter().sum::<usize>().saturating_add(counts.all) > MAX_CELLS {
        return Err(too_many_cells());
    }
    let mut xml = Xml::new(path, text);
    start_of(&mut xml, "sheetData")?;
    let scan = SheetScan {
        cells: Vec::new(),
        errors: BTreeMap::new(),
        hidden_rows: BTreeSet::new(),
        content: xml.position()..0,
    };
    let mut scanner = Scanner { xml, strings, scan, row: 0, column: 0, ordinal: 0, counts };
    scanner.rows()?;
    Ok(scanner.scan)
}

/// Reads to the start of the element `name`.
fn start_of(xml: &mut Xml, name: &str) -> Result<(), Bilingual> {
    loop {
        match xml.next()? {
            Some(Event::Start(element)) if element.local_name().as_ref() == name => return Ok(()),
            Some(_) => {}
            None => return Err(xml.damaged(format!("<{name}> is missing"))),
        }
    }
}

struct Scanner<'a> {
    xml: Xml<'a>,
    strings: &'a Strings,
    scan: SheetScan,
    /// Next row and column.
    row: u32,
    column: u32,
    /// Number of cells of this sheet so far.
    ordinal: usize,
    counts: &'a mut Counts,
}

impl Scanner<'_> {
    fn rows(&mut self) -> Result<(), Bilingual> {
        loop {
            self.scan.content.end = self.xml.position();
            match self.xml.next_within()? {
                Event::Start(element) if element.local_name().as_ref() == "row" => self.row(&element)?,
                Event::Start(element) => return Err(self.unexpected(&element)),
                Event::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: &BytesStart) -> Result<(), Bilingual> {
        if let Some(number) = self.xml.number(row, "r")? {
            self.row = number.checked_sub(1).ok_or_else(|| self.xml.damaged("<row r=\"0\">"))?;
        }
        if self.row >= MAX_ROWS {
            return Err(self.xml.damaged(format!("<row r=\"{}\">", self.row)));
        }
        let height = self.xml.attribute(row, "ht")?;
        let is_flat = height.is_some_and(|height| height.parse::<f64>().is_ok_and(|height| height <= 0.0));
        if is_flat || self.xml.flag(row, "hidden", false)? {
            self.scan.hidden_rows.insert(self.row);
        }
        self.column = 0;
        loop {
            match self.xml.next_within()? {
                Event::Start(element) if element.local_name().as_ref() == "c" => self.cell(&element)?,
                Event::Start(element) => return Err(self.unexpected(&element)),
                Event::End(_) => break,
                _ => {}
            }
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, element: &BytesStart) -> Result<(), Bilingual> {
        self.counts.all += 1;
        if self.counts.all > MAX_CELLS {
            return Err(too_many_cells());
        }
        let [name, style, kind] = self.xml.attributes(element, ["r", "s", "t"])?;
        let at = match name {
            Some(name) => cell_ref(&name).ok_or_else(|| self.xml.damaged(format!("<c r=\"{name}\">")))?,
            None if self.column < MAX_COLUMNS => CellRef::new(self.row, self.column),
            None => return Err(self.xml.damaged("too many columns")),
        };
        let style = style.map_or(Ok(0), |style| self.xml.parsed("s", &style))?;
        let kind = kind.as_deref().unwrap_or("n");
        self.column = at.column + 1;
        let ordinal = self.ordinal;
        self.ordinal += 1;
        let mut cell =
            ScannedCell { ordinal, at, style, is_formula: false, is_struck_out: false, stored: Stored::Nothing };
        let mut has_value = false;
        loop {
            match self.xml.next_within()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "f" if !has_value => {
                        cell.is_formula = true;
                        self.text()?;
                    }
                    "v" if !has_value && kind != "inlineStr" => {
                        has_value = true;
                        self.value(kind, &mut cell)?;
                    }
                    "is" if !has_value && kind == "inlineStr" => {
                        has_value = true;
                        let text = RichText::read(&mut self.xml, "is")?;
                        cell.is_struck_out = text.is_struck_out;
                        if text.is_filled {
                            cell.stored = Stored::Value;
                        }
                    }
                    _ => return Err(self.at(at, format!("<{}>", element.local_name().as_ref()))),
                },
                Event::End(_) => break,
                _ => {}
            }
        }
        if cell.stored == Stored::EmptyText || (cell.stored == Stored::Nothing && !cell.is_formula) {
            return Ok(());
        }
        self.counts.filled += 1;
        if self.counts.filled > MAX_FILLED_CELLS {
            return Err(too_many_cells());
        }
        self.scan.cells.push(cell);
        Ok(())
    }

    /// Reads the value of a cell of the `kind`.
    fn value(&mut self, kind: &str, cell: &mut ScannedCell) -> Result<(), Bilingual> {
        let Text { text, parts } = self.text()?;
        let invalid = |scanner: &Self| Err(scanner.at(cell.at, format!("t=\"{kind}\" {text}")));
        if text.is_empty() {
            if kind == "str" {
                cell.stored = Stored::EmptyText;
            }
            return Ok(());
        }
        cell.stored = Stored::Value;
        // The library reads only the first part of other values than texts.
        let is_plain = parts == 1;
        match kind {
            "n" if is_plain && is_number(&text) => {}
            "b" if is_plain && matches!(text.as_str(), "0" | "1") => {}
            "s" if is_plain => match text.parse::<usize>() {
                Ok(index) if index < self.strings.count => {
                    cell.is_struck_out = self.strings.struck_out.contains(&index);
                }
                _ => return invalid(self),
            },
            "e" => {
                cell.stored = Stored::Error;
                self.scan.errors.insert(cell.at, text.chars().take(40).collect());
            }
            "str" | "d" => {}
            _ => return invalid(self),
        }
        Ok(())
    }

    /// Reads to the end of the current element, which must not contain elements.
    fn text(&mut self) -> Result<Text, Bilingual> {
        let mut text = Text::default();
        loop {
            match self.xml.next_within()? {
                Event::Text(part) => text.text.push_str(&part),
                Event::GeneralRef(part) => text.text.push_str(&part),
                Event::End(_) => return Ok(text),
                Event::Comment(_) => {}
                _ => return Err(self.xml.damaged(format!("{}", CellRef::new(self.row, self.column)))),
            }
            text.parts += 1;
            if text.text.len() > MAX_LENGTH {
                return Err(too_many_cells());
            }
        }
    }

    fn unexpected(&self, element: &BytesStart) -> Bilingual {
        self.xml.damaged(format!("<{}>", element.local_name().as_ref()))
    }

    fn at(&self, at: CellRef, detail: String) -> Bilingual {
        self.xml.damaged(format!("{at}: {detail}"))
    }
}

/// Text of an element, with entities as written, and the number of its parts.
#[derive(Default)]
struct Text {
    text: String,
    parts: usize,
}

/// What is known of a text with formats.
#[derive(Default)]
struct RichText {
    is_struck_out: bool,
    /// It contains other characters than blanks.
    is_filled: bool,
}

impl RichText {
    /// Reads to the end of the element `name`.
    fn read(xml: &mut Xml, name: &str) -> Result<Self, Bilingual> {
        let (mut text, mut length) = (Self::default(), 0);
        let (mut is_text, mut is_run_struck_out) = (false, false);
        loop {
            match xml.next_within()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "t" => is_text = true,
                    "strike" => is_run_struck_out = xml.flag(&element, "val", true)?,
                    inner if inner == name => return Err(xml.damaged(format!("<{name}>"))),
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "t" => is_text = false,
                    "r" => is_run_struck_out = false,
                    end if end == name => return Ok(text),
                    _ => {}
                },
                event @ (Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)) if is_text => {
                    let (is_blank, size) = match event {
                        Event::Text(part) => (part.trim().is_empty(), part.len()),
                        Event::CData(part) => (part.trim().is_empty(), part.len()),
                        _ => (false, 1),
                    };
                    length += size;
                    if length > MAX_LENGTH {
                        return Err(too_many_cells());
                    }
                    text.is_filled |= !is_blank;
                    text.is_struck_out |= !is_blank && is_run_struck_out;
                }
                _ => {}
            }
        }
    }
}

/// The address of a cell in A1 notation.
fn cell_ref(name: &str) -> Option<CellRef> {
    let (letters, digits) = name.split_at_checked(name.find(|char: char| char.is_ascii_digit())?)?;
    let row = if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse::<u32>().ok()? } else { return None };
    Some(CellRef::new(row.checked_sub(1).filter(|row| *row < MAX_ROWS)?, column_index(letters)?))
}

/// True if `text` is a finite number as workbooks contain it.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
        && !text.starts_with('+')
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}
