//! Reading of workbooks (`.xlsx`, `.xlsm`).

use super::number_format::NumberFormat;
use super::package::Package;
use super::sanitize::CleanWorkbook;
use super::scan::{self, Counts, SheetScan, Stored, Strings};
use super::styles::Styles;
use super::text::{trimmed, without_controls};
use super::workbook::{self, SheetPart};
use super::xml::damaged;
use super::{Cell, CellProblem, CellRef, MAX_TEXT, Workbook, Worksheet, too_many_cells};
use crate::diagnostic::Bilingual;
use calamine::{DataRef, Reader as _, Xlsx, XlsxCellReader};
use std::collections::BTreeMap;
use std::io::{Read, Seek};

/// Reads the cells of the workbook with the contents `bytes`.
///
/// # Errors
/// If it is not a workbook in the format of Excel, is encrypted, damaged or too large.
pub fn read_xlsx(bytes: &[u8]) -> Result<Workbook, Bilingual> {
    let mut package = Package::open(bytes)?;
    let structure = workbook::read(&mut package)?;
    let styles = match &structure.styles {
        Some(path) => package.part(path)?.map(|text| Styles::read(path, &text)).transpose()?,
        None => None,
    };
    let text = match &structure.strings {
        Some(path) => package.part(path)?.map(|text| (path, text)),
        None => None,
    };
    let (strings, mut clean) = match text {
        Some((path, text)) => {
            let strings = scan::strings(path, &text)?;
            let clean = CleanWorkbook::new(text.get(strings.content.clone()).unwrap_or_default())?;
            (strings, clean)
        }
        None => (Strings::default(), CleanWorkbook::new("")?),
    };
    let mut counts = Counts::default();
    let mut scans = Vec::new();
    for SheetPart { path, .. } in &structure.sheets {
        let text = package.part(path)?.ok_or_else(|| damaged(path, "missing"))?;
        let scan = scan::sheet(path, &text, &strings, &mut counts)?;
        clean.add_sheet(text.get(scan.content.clone()).unwrap_or_default())?;
        scans.push(scan);
    }
    let mut library = Xlsx::new(clean.finish()?).map_err(|error| damaged("zip", error))?;
    let mut cells =
        CellReader { styles: styles.unwrap_or_else(Styles::none), is_1904: structure.is_1904, size_of_texts: 0 };
    let mut sheets = Vec::new();
    for (index, (SheetPart { name, hidden, path }, scan)) in structure.sheets.into_iter().zip(scans).enumerate() {
        let reader = library.worksheet_cells_reader(&index.to_string()).map_err(|error| damaged(&path, error))?;
        let cells = cells.read(&path, reader, &scan)?;
        let mut hidden_rows: Vec<u32> =
            cells.keys().map(|at| at.row).filter(|row| scan.hidden_rows.contains(row)).collect();
        hidden_rows.dedup();
        sheets.push(Worksheet { name, hidden, cells, hidden_rows });
    }
    Ok(Workbook { sheets })
}

/// Reader of the cells of a workbook.
struct CellReader {
    styles: Styles,
    is_1904: bool,
    /// Size of all texts so far, in bytes.
    size_of_texts: usize,
}

impl CellReader {
    /// The cells of the worksheet in the part `path`, of which `reader` has the values and `scan` the properties.
    fn read<R: Read + Seek>(
        &mut self,
        path: &str,
        mut reader: XlsxCellReader<R>,
        scan: &SheetScan,
    ) -> Result<BTreeMap<CellRef, Cell>, Bilingual> {
        let mut cells = BTreeMap::new();
        let mut next = 0;
        for scanned in &scan.cells {
            let at = scanned.at;
            let invalid = |detail: &dyn std::fmt::Display| damaged(path, format!("{at}: {detail}"));
            let mut stored = None;
            while next <= scanned.ordinal {
                stored = reader.next_cell().transpose();
                next += 1;
            }
            let (format, has_struck_out_font) =
                self.styles.get(scanned.style).ok_or_else(|| invalid(&format!("s=\"{}\"", scanned.style)))?;
            let text = match scanned.stored {
                Stored::Nothing | Stored::EmptyText => Err(CellProblem::NoResult),
                // Names of errors that the library does not know are an error of the library.
                Stored::Error => Err(CellProblem::Error(scan.errors.get(&at).cloned().unwrap_or_default())),
                Stored::Value => match stored {
                    Some(Ok(cell)) => displayed(cell.get_value(), format, self.is_1904)
                        .ok_or_else(|| invalid(&format!("{:?}", cell.get_value())))?,
                    Some(Err(error)) => return Err(invalid(&error)),
                    None => return Err(invalid(&"missing")),
                },
            };
            if text.as_ref().is_ok_and(String::is_empty) {
                continue;
            }
            self.size_of_texts += size(&text);
            if self.size_of_texts > MAX_TEXT {
                return Err(too_many_cells());
            }
            let is_struck_out = scanned.is_struck_out || has_struck_out_font;
            if cells.insert(at, Cell { text, is_formula: scanned.is_formula, is_struck_out }).is_some() {
                return Err(invalid(&"<c> twice"));
            }
        }
        Ok(cells)
    }
}

/// The text that a cell displays for `value`; `None` for a value that no cell has.
fn displayed(value: &DataRef, format: &NumberFormat, is_1904: bool) -> Option<Result<String, CellProblem>> {
    let text = |text: &str| without_controls(trimmed(text)).and_then(|text| format.text(text));
    Some(match value {
        DataRef::Float(number) => format.number(*number, is_1904).map(|text| trimmed(&text)),
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Bool(value) => Err(CellProblem::Bool(*value)),
        DataRef::DateTimeIso(value) => Err(CellProblem::Date { shown: trimmed(value), written: None }),
        _ => return None,
    })
}

/// Size of the texts of a cell, in bytes.
fn size(text: &Result<String, CellProblem>) -> usize {
    match text {
        Ok(text) => text.len(),
        Err(CellProblem::NumberFormat { number, format }) => number.len() + format.len(),
        Err(CellProblem::Control { text, .. }) => text.len(),
        Err(_) => 0,
    }
}
