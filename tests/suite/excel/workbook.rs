//! Workbooks as their recipients change them: cells are replaced in the XML, everything else stays.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;

/// Parts of a workbook.
#[derive(Clone)]
pub(super) struct Book {
    parts: BTreeMap<String, String>,
}

/// Row of a question.
#[derive(Debug, Clone)]
pub(super) struct QuestionRow {
    part: String,
    row: u32,
    /// Text of the answer.
    pub(super) answer: String,
}

impl Book {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..archive.len()).map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        });
        Self { parts: parts.collect() }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &self.parts {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Rows of all questions, by address.
    pub(super) fn questions(&self) -> BTreeMap<String, QuestionRow> {
        let strings = self.shared_strings();
        let mut questions = BTreeMap::new();
        for (part, text) in self.parts.iter().filter(|(part, _)| part.starts_with("xl/worksheets/sheet")) {
            let sheet = roxmltree::Document::parse(text).unwrap();
            let mut cells: BTreeMap<(u32, String), String> = BTreeMap::new();
            for cell in sheet.descendants().filter(|node| node.has_tag_name(name("c"))) {
                let (column, row) = split(cell.attribute("r").unwrap());
                let text = cell.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text());
                let text: String = text.collect();
                let text = match cell.attribute("t") {
                    Some("s") => strings[text.parse::<usize>().unwrap()].clone(),
                    _ => text,
                };
                cells.insert((row, column), text);
            }
            // The hidden sheet repeats the addresses, without headers.
            if !cells.values().any(|text| text == "今回の記入") {
                continue;
            }
            let text = |row: u32, column: &str| cells.get(&(row, column.to_owned())).cloned().unwrap_or_default();
            for (row, address) in cells
                .iter()
                .filter(|((_, column), text)| column == "A" && text.contains('#'))
                .map(|((row, _), text)| (*row, text))
            {
                let question = QuestionRow { part: part.clone(), row, answer: text(row, "E") };
                assert!(questions.insert(address.clone(), question).is_none(), "{address} twice");
            }
        }
        questions
    }

    fn shared_strings(&self) -> Vec<String> {
        let shared = roxmltree::Document::parse(&self.parts["xl/sharedStrings.xml"]).unwrap();
        let items = shared.root_element().children().filter(roxmltree::Node::is_element);
        items
            .map(|item| item.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect())
            .collect()
    }

    /// Enters a text as an answer.
    pub(super) fn answer(&mut self, address: &str, text: &str) {
        self.set(address, "E", "inlineStr", &format!("<is><t xml:space=\"preserve\">{}</t></is>", escaped(text)));
    }

    /// Enters a text as a note.
    pub(super) fn note(&mut self, address: &str, text: &str) {
        self.set(address, "F", "inlineStr", &format!("<is><t>{}</t></is>", escaped(text)));
    }

    /// Replaces the content of a cell in the row of a question by XML, with a value of the attribute `t`.
    pub(super) fn set(&mut self, address: &str, column: &str, kind: &str, content: &str) {
        let question = self.questions()[address].clone();
        self.set_cell(&question.part, &format!("{column}{}", question.row), kind, content);
    }

    fn set_cell(&mut self, part: &str, cell: &str, kind: &str, content: &str) {
        let text = self.parts.get_mut(part).unwrap();
        let start = text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell} in {part}"));
        let tag_end = start + text[start..].find('>').unwrap() + 1;
        let end = if text[start..tag_end].ends_with("/>") {
            tag_end
        } else {
            tag_end + text[tag_end..].find("</c>").unwrap() + "</c>".len()
        };
        let style = text[start..tag_end].split("s=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
        text.replace_range(start..end, &format!("<c r=\"{cell}\"{style} t=\"{kind}\">{content}</c>"));
    }

    /// Exchanges the positions of the rows of two questions of the same sheet.
    pub(super) fn swap(&mut self, one: &str, other: &str) {
        let questions = self.questions();
        let (one, other) = (&questions[one], &questions[other]);
        assert_eq!(one.part, other.part);
        let text = self.parts.get_mut(&one.part).unwrap();
        let range = |text: &str, row: u32| {
            let start = text.find(&format!("<row r=\"{row}\"")).unwrap();
            start..start + text[start..].find("</row>").unwrap() + "</row>".len()
        };
        let (first, second) = (one.row.min(other.row), one.row.max(other.row));
        let moved = |text: &str, from: u32, to: u32| {
            let row = text[range(text, from)].replace(&format!("<row r=\"{from}\""), &format!("<row r=\"{to}\""));
            ('A'..='G')
                .fold(row, |row, column| row.replace(&format!("r=\"{column}{from}\""), &format!("r=\"{column}{to}\"")))
        };
        let (upper, lower) = (moved(text, second, first), moved(text, first, second));
        let (first, second) = (range(text, first), range(text, second));
        text.replace_range(second, &lower);
        text.replace_range(first, &upper);
    }

    /// Deletes the hidden sheet with the state of the draft.
    pub(super) fn delete_state(&mut self) {
        let workbook = self.parts.get_mut("xl/workbook.xml").unwrap();
        let start = workbook.find("<sheet name=\"_shirube\"").unwrap();
        let end = start + workbook[start..].find("/>").unwrap() + 2;
        workbook.replace_range(start..end, "");
    }
}

fn name(local: &'static str) -> (&'static str, &'static str) {
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", local)
}

/// Column and row of an address in A1 notation.
fn split(cell: &str) -> (String, u32) {
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap();
    (cell[..digits].to_owned(), cell[digits..].parse().unwrap())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
