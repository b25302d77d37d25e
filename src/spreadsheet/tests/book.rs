//! Builder of minimal workbooks from XML.

use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Workbook of hand-made parts.
#[derive(Clone, Default)]
pub(super) struct Book {
    /// Content of the rows of each sheet, and attributes of its tab.
    pub(super) sheets: Vec<(String, String)>,
    /// Content of `sst`, and its attributes.
    pub(super) strings: (String, String),
    /// Content of `styleSheet`.
    pub(super) styles: String,
    /// Content of `workbook` before the sheets.
    pub(super) properties: String,
    /// Other parts, which replace those of the same path.
    pub(super) parts: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// Workbook with a sheet that has the `rows`: `<row>…</row>`.
    pub(super) fn new(rows: &str) -> Self {
        Self { sheets: vec![(rows.to_owned(), String::new())], ..Self::default() }
    }

    /// Workbook with the `cells` in a row: `<c>…</c>`.
    pub(super) fn row(cells: &str) -> Self {
        Self::new(&format!("<row r=\"1\">{cells}</row>"))
    }

    /// The workbook with texts that cells share: `<si>…</si>`.
    pub(super) fn strings(mut self, strings: &str) -> Self {
        self.strings.0 = strings.to_owned();
        self
    }

    /// The workbook with the number formats `codes`, of the styles 1, 2 …
    pub(super) fn formats(mut self, codes: &[&str]) -> Self {
        let code = |code: &str| code.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        let formats: String = (164..)
            .zip(codes)
            .map(|(id, text)| format!("<numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>", code(text)))
            .collect();
        let styles: String = (164..).zip(codes).map(|(id, _)| format!("<xf numFmtId=\"{id}\"/>")).collect();
        self.styles = format!("<numFmts>{formats}</numFmts><cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs>");
        self
    }

    /// The workbook with the built-in number formats `ids`, of the styles 1, 2 …
    pub(super) fn built_in(mut self, ids: &[u32]) -> Self {
        let styles: String = ids.iter().map(|id| format!("<xf numFmtId=\"{id}\"/>")).collect();
        self.styles = format!("<cellXfs><xf/>{styles}</cellXfs>");
        self
    }

    /// The workbook with another part, or another content of a part.
    pub(super) fn part(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.push((path.to_owned(), content.into()));
        self
    }

    /// Paths and contents of all parts.
    pub(super) fn parts(&self) -> Vec<(String, Vec<u8>)> {
        let mut sheets = String::new();
        let mut relationships = format!(
            "<Relationship Id=\"s\" Type=\"{TYPE}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
             <Relationship Id=\"t\" Type=\"{TYPE}/styles\" Target=\"/xl/styles.xml\"/>"
        );
        let mut parts = Vec::new();
        for (index, (rows, attributes)) in (1..).zip(&self.sheets) {
            sheets += &format!("<sheet name=\"Sheet{index}\" sheetId=\"{index}\" r:id=\"r{index}\" {attributes}/>");
            relationships += &format!(
                "<Relationship Id=\"r{index}\" Type=\"{TYPE}/worksheet\" Target=\"worksheets/sheet{index}.xml\"/>"
            );
            let path = format!("xl/worksheets/sheet{index}.xml");
            parts.push((path, format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")));
        }
        let (strings, attributes) = &self.strings;
        parts.extend([
            (
                "_rels/.rels".to_owned(),
                format!(
                    "<Relationships><Relationship Id=\"r\" Type=\"{TYPE}/officeDocument\" Target=\"xl/workbook.xml\"/>\
                     </Relationships>"
                ),
            ),
            (
                "xl/workbook.xml".to_owned(),
                format!("<workbook xmlns:r=\"{TYPE}\">{}<sheets>{sheets}</sheets></workbook>", self.properties),
            ),
            ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relationships}</Relationships>")),
            ("xl/sharedStrings.xml".to_owned(), format!("<sst {attributes}>{strings}</sst>")),
            ("xl/styles.xml".to_owned(), format!("<styleSheet>{}</styleSheet>", self.styles)),
        ]);
        let mut parts: Vec<(String, Vec<u8>)> =
            parts.into_iter().map(|(path, text)| (path, format!("<?xml version=\"1.0\"?>\n{text}").into())).collect();
        for (path, content) in &self.parts {
            parts.retain(|(other, _)| other != path);
            parts.push((path.clone(), content.clone()));
        }
        parts
    }

    /// The workbook as a file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        zip(&self.parts())
    }
}

/// Zip file of the `parts`.
pub(super) fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in parts {
        zip.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
