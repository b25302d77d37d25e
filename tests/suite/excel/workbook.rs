//! Workbooks as their recipients change them: cells are replaced in the XML, everything else stays.

use std::collections::{BTreeMap, BTreeSet};
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
    /// Columns of the answer and, if there is one, of its note.
    column: String,
    note: Option<String>,
    /// Text of the answer.
    pub(super) answer: String,
    /// Allowed answers; empty if there is no drop-down list.
    pub(super) choices: Vec<String>,
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
        let lists = self.lists(&strings);
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
            let text = |row: u32, column: &str| cells.get(&(row, column.to_owned())).cloned().unwrap_or_default();
            let mut insert = |address: String, row: u32, column: &str, note: Option<String>| {
                let (answer, choices) = (text(row, column), choices(&sheet, row, column, &lists));
                let question =
                    QuestionRow { part: part.clone(), row, column: column.to_owned(), note, answer, choices };
                assert!(questions.insert(address.clone(), question).is_none(), "{address} twice");
            };
            let of_column_a = cells.iter().filter(|((_, column), _)| column == "A");
            if let Some(((corner, _), _)) = cells.iter().find(|(_, text)| *text == "照合用（一覧）") {
                let keys: BTreeMap<&String, &String> = cells
                    .iter()
                    .filter(|((row, _), _)| row == corner)
                    .map(|((_, column), key)| (key, column))
                    .collect();
                let blank = blank_inputs(&sheet, &self.parts["xl/styles.xml"]);
                for ((row, _), key) in of_column_a.filter(|((row, _), key)| row > corner && key.contains('/')) {
                    for (column_key, column) in &keys {
                        let is_question = !column_key.starts_with("note:")
                            && **column_key != "照合用（一覧）"
                            && blank.contains(&format!("{column}{row}"));
                        let separator = if key.contains('#') { '.' } else { '#' };
                        if is_question {
                            let note = keys.get(&format!("note:{column_key}")).map(|note| (*note).clone());
                            insert(format!("{key}{separator}{column_key}"), *row, column, note);
                        }
                    }
                }
            // The hidden sheet repeats the addresses, without headers.
            } else if cells.values().any(|text| text == "今回の記入") {
                for ((row, _), address) in of_column_a.filter(|(_, text)| text.contains('#')) {
                    insert(address.clone(), *row, "E", Some("F".to_owned()));
                }
            }
        }
        questions
    }

    /// Texts of the drop-down lists, by their defined names.
    fn lists(&self, strings: &[String]) -> BTreeMap<String, Vec<String>> {
        let workbook = roxmltree::Document::parse(&self.parts["xl/workbook.xml"]).unwrap();
        let named = |tag: &'static str| workbook.descendants().filter(move |node| node.has_tag_name(name(tag)));
        let Some(index) = named("sheet").position(|node| node.attribute("name") == Some("_lists")) else {
            return BTreeMap::new();
        };
        let sheet = roxmltree::Document::parse(&self.parts[&format!("xl/worksheets/sheet{}.xml", index + 1)]).unwrap();
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for cell in sheet.descendants().filter(|node| node.has_tag_name(name("c"))) {
            let text = cell.descendants().find_map(|node| node.text()).unwrap();
            let column = split(cell.attribute("r").unwrap()).0;
            columns.entry(column).or_default().push(strings[text.parse::<usize>().unwrap()].clone());
        }
        let list = |node: roxmltree::Node<'_, '_>| {
            let range = node.text().unwrap().rsplit('!').next().unwrap().replace('$', "");
            let column = split(range.split(':').next().unwrap()).0;
            (node.attribute("name").unwrap().to_owned(), columns.get(&column).cloned().unwrap_or_default())
        };
        named("definedName").filter(|node| node.attribute("name").unwrap().starts_with("choices_")).map(list).collect()
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
        let question = self.questions()[address].clone();
        self.answer_in(&question, text);
    }

    /// Enters a text as the answer in the row of a question.
    pub(super) fn answer_in(&mut self, question: &QuestionRow, text: &str) {
        let text = format!("<is><t xml:space=\"preserve\">{}</t></is>", escaped(text));
        self.set_cell(&question.part, &format!("{}{}", question.column, question.row), "inlineStr", &text);
    }

    /// Enters a text as a note.
    pub(super) fn note(&mut self, address: &str, text: &str) {
        let column = self.questions()[address].note.clone().unwrap();
        self.set(address, &column, "inlineStr", &format!("<is><t>{}</t></is>", escaped(text)));
    }

    /// Replaces a text wherever cells share it.
    pub(super) fn replace_text(&mut self, text: &str, by: &str) {
        let shared = self.parts.get_mut("xl/sharedStrings.xml").unwrap();
        let (old, new) = (format!(">{}</t>", escaped(text)), format!(">{}</t>", escaped(by)));
        assert!(shared.contains(&old), "{text}");
        *shared = shared.replace(&old, &new);
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
            let cells = row.split("<c r=\"").enumerate().map(|(index, cell)| match cell.split_once('"') {
                Some((address, rest)) if index > 0 => format!("<c r=\"{}{to}\"{rest}", split(address).0),
                _ => cell.to_owned(),
            });
            cells.collect::<String>()
        };
        let (upper, lower) = (moved(text, second, first), moved(text, first, second));
        let (first, second) = (range(text, first), range(text, second));
        text.replace_range(second, &lower);
        text.replace_range(first, &upper);
    }

    /// Exchanges the columns of the answers to two questions of the same sheet of a list, with their keys and names.
    pub(super) fn swap_columns(&mut self, one: &str, other: &str) {
        let questions = self.questions();
        let (one, other) = (&questions[one], &questions[other]);
        assert_eq!(one.part, other.part);
        let swapped = |cell: &str| {
            let (address, rest) = cell.split_once('"').unwrap();
            let (column, row) = split(address);
            let column = match () {
                () if column == one.column => other.column.clone(),
                () if column == other.column => one.column.clone(),
                () => column,
            };
            ((column.len(), column.clone()), format!("<c r=\"{column}{row}\"{rest}"))
        };
        let text = self.parts.get_mut(&one.part).unwrap();
        let (start, end) = (text.find("<sheetData>").unwrap(), text.find("</sheetData>").unwrap());
        let rows = text[start..end].split_inclusive("</row>").map(|row| {
            let Some(first) = row.find("<c r=\"") else { return row.to_owned() };
            let last = row.find("</row>").unwrap();
            let mut cells: Vec<_> = row[first..last].split("<c r=\"").skip(1).map(swapped).collect();
            cells.sort();
            let cells: String = cells.into_iter().map(|(_, cell)| cell).collect();
            [&row[..first], &cells, &row[last..]].concat()
        });
        let rows: String = rows.collect();
        text.replace_range(start..end, &rows);
    }

    /// Deletes the row of a question.
    pub(super) fn delete_row(&mut self, address: &str) {
        let QuestionRow { part, row, .. } = &self.questions()[address];
        let text = self.parts.get_mut(part).unwrap();
        let start = text.find(&format!("<row r=\"{row}\"")).unwrap();
        let end = start + text[start..].find("</row>").unwrap() + "</row>".len();
        text.replace_range(start..end, "");
    }

    /// Deletes the sheet of a question.
    pub(super) fn delete_sheet(&mut self, address: &str) {
        let part = self.questions()[address].part.clone();
        let index = part.trim_start_matches("xl/worksheets/sheet").trim_end_matches(".xml");
        self.delete_tab(&format!("sheetId=\"{index}\""));
    }

    /// Gives a cell in the row of a question a style of its own, with a number format.
    pub(super) fn format(&mut self, address: &str, column: &str, code: &str) {
        let styles = self.parts.get_mut("xl/styles.xml").unwrap();
        let code = escaped(code).replace('"', "&quot;");
        let id = 200 + styles.matches("<numFmt ").count();
        let format = format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
        match styles.find("</numFmts>") {
            Some(end) => styles.insert_str(end, &format),
            None => {
                let fonts = styles.find("<fonts").unwrap();
                styles.insert_str(fonts, &format!("<numFmts count=\"1\">{format}</numFmts>"));
            }
        }
        let (start, end) = (styles.find("<cellXfs").unwrap(), styles.find("</cellXfs>").unwrap());
        let index = styles[start..end].matches("<xf ").count();
        let style = format!("<xf numFmtId=\"{id}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>");
        styles.insert_str(end, &style);
        let question = &self.questions()[address];
        let text = self.parts.get_mut(&question.part).unwrap();
        let start = text.find(&format!("<c r=\"{column}{}\"", question.row)).unwrap();
        let style = start + text[start..].find(" s=\"").unwrap() + 4;
        let end = style + text[style..].find('"').unwrap();
        text.replace_range(style..end, &index.to_string());
    }

    /// Replaces the attributes of the row of a question.
    pub(super) fn set_row(&mut self, address: &str, attributes: &str) {
        let QuestionRow { part, row, .. } = &self.questions()[address];
        let text = self.parts.get_mut(part).unwrap();
        let start = text.find(&format!("<row r=\"{row}\"")).unwrap();
        let end = start + text[start..].find('>').unwrap();
        text.replace_range(start..end, &format!("<row r=\"{row}\" {attributes}"));
    }

    pub(super) fn count_dates_from_1904(&mut self) {
        let workbook = self.parts.get_mut("xl/workbook.xml").unwrap();
        assert!(workbook.contains("<workbookPr "));
        *workbook = workbook.replace("<workbookPr ", "<workbookPr date1904=\"1\" ");
    }

    /// Reverses the order of the tabs.
    pub(super) fn reverse_sheets(&mut self) {
        let workbook = self.parts.get_mut("xl/workbook.xml").unwrap();
        let (start, end) = (workbook.find("<sheets>").unwrap() + "<sheets>".len(), workbook.find("</sheets>").unwrap());
        let tabs: Vec<&str> = workbook[start..end].split_inclusive("/>").collect();
        let reversed: String = tabs.into_iter().rev().collect();
        workbook.replace_range(start..end, &reversed);
    }

    /// Deletes the hidden sheet with the choices of the drop-down lists.
    pub(super) fn delete_lists(&mut self) {
        self.delete_tab("name=\"_lists\"");
    }

    /// Deletes the hidden sheet with the state of the draft.
    pub(super) fn delete_state(&mut self) {
        self.delete_tab("name=\"_shirube\"");
    }

    fn delete_tab(&mut self, attribute: &str) {
        let workbook = self.parts.get_mut("xl/workbook.xml").unwrap();
        let start = workbook.find(attribute).unwrap();
        let start = workbook[..start].rfind("<sheet ").unwrap();
        let end = start + workbook[start..].find("/>").unwrap() + 2;
        workbook.replace_range(start..end, "");
    }
}

/// Cells of a sheet with the background of input cells.
fn blank_inputs(sheet: &roxmltree::Document<'_>, styles: &str) -> BTreeSet<String> {
    let styles = roxmltree::Document::parse(styles).unwrap();
    let children = |tag: &'static str| {
        let list = styles.descendants().find(|node| node.has_tag_name(name(tag))).unwrap();
        list.children().filter(roxmltree::Node::is_element).collect::<Vec<_>>()
    };
    let fills = children("fills");
    let is_input = |xf: &roxmltree::Node<'_, '_>| {
        let fill = fills[xf.attribute("fillId").unwrap().parse::<usize>().unwrap()];
        fill.descendants().any(|node| node.attribute("rgb") == Some("FFFFFBE6"))
    };
    let inputs: Vec<bool> = children("cellXfs").iter().map(is_input).collect();
    let cells = sheet.descendants().filter(|node| node.has_tag_name(name("c")));
    let style = |cell: &roxmltree::Node<'_, '_>| cell.attribute("s").map_or(0, |style| style.parse::<usize>().unwrap());
    cells.filter(|cell| inputs[style(cell)]).map(|cell| cell.attribute("r").unwrap().to_owned()).collect()
}

/// Choices of the drop-down list of the answer in a row.
fn choices(
    sheet: &roxmltree::Document<'_>,
    row: u32,
    column: &str,
    lists: &BTreeMap<String, Vec<String>>,
) -> Vec<String> {
    let is_own = |node: &roxmltree::Node<'_, '_>| {
        let mut ranges = node.attribute("sqref").unwrap().split(' ');
        ranges.any(|range| {
            let (first, last) = range.split_once(':').unwrap_or((range, range));
            split(first).0 == column && (split(first).1..=split(last).1).contains(&row)
        })
    };
    let validations = sheet.descendants().filter(|node| node.has_tag_name(name("dataValidation")));
    let Some(validation) = validations.into_iter().find(is_own) else { return Vec::new() };
    let list = validation.descendants().find_map(|node| node.text().filter(|text| text.starts_with("choices_")));
    lists[list.unwrap()].clone()
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
