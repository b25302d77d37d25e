//! Workbook with nothing but the parts that are read: texts and rows, without the attributes by which the library
//! reserves memory, and without references to other parts.

use super::package::MAX_UNPACKED;
use super::xml::damaged;
use crate::diagnostic::Bilingual;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Writer of the workbook, whose worksheets are named by their index.
pub(super) struct CleanWorkbook {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    sheets: usize,
}

impl CleanWorkbook {
    /// Workbook without worksheets, with the `strings` that cells share: `<si>…</si>`.
    pub(super) fn new(strings: &str) -> Result<Self, Bilingual> {
        // Memory that is not written to is not taken.
        let bytes = Vec::with_capacity(MAX_UNPACKED);
        let mut workbook = Self { zip: ZipWriter::new(Cursor::new(bytes)), sheets: 0 };
        workbook.part("xl/sharedStrings.xml", ["<sst>", strings, "</sst>"])?;
        Ok(workbook)
    }

    /// Adds a worksheet with the `rows`: `<row>…</row>`.
    pub(super) fn add_sheet(&mut self, rows: &str) -> Result<(), Bilingual> {
        let path = format!("xl/worksheets/{}.xml", self.sheets);
        self.sheets += 1;
        self.part(&path, ["<worksheet><sheetData>", rows, "</sheetData></worksheet>"])
    }

    /// The bytes of the workbook.
    pub(super) fn finish(mut self) -> Result<Cursor<Vec<u8>>, Bilingual> {
        const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let (mut sheets, mut relationships) = (String::new(), String::new());
        for sheet in 0..self.sheets {
            let _ = write!(sheets, r#"<sheet name="{sheet}" sheetId="{sheet}" id="r{sheet}"/>"#);
            let _ = write!(
                relationships,
                r#"<Relationship Id="r{sheet}" Type="{TYPE}/worksheet" Target="worksheets/{sheet}.xml"/>"#
            );
        }
        let root = format!(r#"<Relationship Id="r" Type="{TYPE}/officeDocument" Target="xl/workbook.xml"/>"#);
        self.part("_rels/.rels", ["<Relationships>", &root, "</Relationships>"])?;
        self.part("xl/_rels/workbook.xml.rels", ["<Relationships>", &relationships, "</Relationships>"])?;
        self.part("xl/workbook.xml", ["<workbook><sheets>", &sheets, "</sheets></workbook>"])?;
        self.zip.finish().map_err(|error| damaged("zip", error))
    }

    fn part(&mut self, path: &str, texts: [&str; 3]) -> Result<(), Bilingual> {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        self.zip.start_file(path, options).map_err(|error| damaged(path, error))?;
        texts.iter().try_for_each(|text| self.zip.write_all(text.as_bytes())).map_err(|error| damaged(path, error))
    }
}
