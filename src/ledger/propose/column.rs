//! Columns of a table with their statistics.

use super::words::{ends, has, is_generic, is_missing, is_number, plain, year_in};
use crate::content::is_id;
use crate::diagnostic::Span;
use crate::ledger::column::normalized;
use crate::model::{Decimal, Value};
use crate::spreadsheet::{CellProblem, CellRef, Worksheet, column_name};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// Zero-based index.
    pub index: u32,
    /// Heading on one line.
    pub heading: String,
    /// Heading and the labels above it, without blanks, from the top.
    pub label: String,
    /// Labels above the heading, from the top; each is the nearest one to the left.
    pub above: Vec<String>,
    /// Cells, one for each row of the table.
    pub cells: Vec<Content>,
    /// Number of cells that are not blank.
    pub filled: usize,
    /// Different texts with their numbers, most frequent first, then in the order of the rows.
    pub distinct: Vec<(String, usize)>,
    /// Number of cells with numbers.
    pub numbers: usize,
    /// Number of cells with marks of missing values.
    pub missing: usize,
    /// Number of formulas.
    pub formulas: usize,
    /// Length of the longest text, in characters.
    pub longest: usize,
}

/// What stands above the row of the headings.
#[derive(Debug, Default)]
pub struct Upper {
    /// Zero-based rows of labels, from the top, with their columns and texts.
    pub rows: Vec<(u32, Vec<(u32, String)>)>,
    /// Headings that begin above: column, row, text.
    pub spanning: Vec<(u32, u32, String)>,
}

/// Content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// No text.
    Blank,
    /// Text, with its number.
    Text(String, Option<Decimal>),
    /// The displayed text is not certain.
    Problem(CellProblem),
}

impl Column {
    /// Reads the cells of a column in the given rows.
    pub fn read(sheet: &Worksheet, index: u32, header: u32, upper: &Upper, rows: &[u32]) -> Self {
        let cell = |row| sheet.cells.get(&CellRef::new(row, index));
        let own = cell(header).and_then(|cell| cell.text.as_ref().ok()).map_or_else(String::new, |t| normalized(t));
        let begins = upper.spanning.iter().find(|(column, ..)| *column == index);
        let heading = begins.map_or(own, |(_, _, heading)| heading.clone());
        let first = begins.map_or(header, |(_, row, _)| *row);
        let above = upper.labels(index, first);
        let mut label = plain(&format!("{}{heading}", above.concat()));
        if is_cost_of_staff(&heading, above.last()) {
            label.push_str("人件費");
        }
        let mut column = Self {
            index,
            heading,
            label,
            above,
            cells: Vec::with_capacity(rows.len()),
            filled: 0,
            distinct: Vec::new(),
            numbers: 0,
            missing: 0,
            formulas: 0,
            longest: 0,
        };
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows {
            let Some(cell) = cell(*row) else {
                column.cells.push(Content::Blank);
                continue;
            };
            column.formulas += usize::from(cell.is_formula);
            let content = match &cell.text {
                Ok(text) if text.trim().is_empty() => Content::Blank,
                Ok(text) => {
                    let text = text.trim();
                    let number = Value::parse(text, Span::default()).and_then(|value| value.exact());
                    let number = number.filter(|_| is_number(text));
                    column.numbers += usize::from(number.is_some());
                    column.missing += usize::from(is_missing(text));
                    column.longest = column.longest.max(text.chars().count());
                    match seen.get(text).and_then(|at| column.distinct.get_mut(*at)) {
                        Some((_, count)) => *count += 1,
                        None => {
                            seen.insert(text, column.distinct.len());
                            column.distinct.push((text.to_owned(), 1));
                        }
                    }
                    Content::Text(text.to_owned(), number)
                }
                Err(problem) => {
                    column.numbers += usize::from(matches!(problem, CellProblem::LongDecimal { .. }));
                    Content::Problem(problem.clone())
                }
            };
            column.filled += usize::from(content != Content::Blank);
            column.cells.push(content);
        }
        column.distinct.sort_by(|(_, a), (_, b)| b.cmp(a));
        column
    }

    /// Letters of the column.
    pub fn letters(&self) -> String {
        column_name(self.index)
    }

    /// Heading; the label above it if it has none.
    pub fn title(&self) -> String {
        if self.heading.is_empty() { self.above.last().cloned().unwrap_or_default() } else { self.heading.clone() }
    }

    /// Heading in compatibility form, with the label above it if it says little by itself: `今後の方向性区分`.
    pub fn name(&self) -> String {
        let label = self.above.last().filter(|_| is_generic(&self.heading));
        plain(&format!("{}{}", label.map_or("", String::as_str), self.heading))
    }

    /// Text in a row of the table.
    pub fn text(&self, row: usize) -> Option<&str> {
        match self.cells.get(row)? {
            Content::Text(text, _) => Some(text),
            _ => None,
        }
    }

    /// Number in a row of the table.
    pub fn number(&self, row: usize) -> Option<Decimal> {
        match self.cells.get(row)? {
            Content::Text(_, number) => *number,
            _ => None,
        }
    }

    /// True if nearly all cells are figures.
    pub fn is_numeric(&self) -> bool {
        self.numbers > 0 && (self.numbers + self.missing) * 10 >= self.filled * 8
    }

    /// True if all cells can be parts of ids, and contain digits or are Roman numerals.
    pub fn is_code(&self) -> bool {
        let is_code = |text: &str| {
            let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
            is_id(&text) && text.len() <= 16 && text.bytes().any(|b| b.is_ascii_digit())
        };
        let is_code = |text: &str| is_code(text) || is_roman(text);
        self.filled > 0
            && self.distinct.iter().map(|(_, count)| count).sum::<usize>() == self.filled
            && self.distinct.iter().all(|(text, _)| is_code(text))
    }

    /// True if a text has several lines or sentences, or is long.
    pub fn is_prose(&self) -> bool {
        let is_long = |text: &str| text.contains(['\n', '。']) || text.chars().count() > 40;
        let prose: usize = self.distinct.iter().filter(|(text, _)| is_long(text)).map(|(_, count)| count).sum();
        !self.is_numeric() && prose * 5 >= self.filled && prose > 0
    }

    /// True if no text occurs twice, and no cell is blank.
    pub fn is_key(&self) -> bool {
        self.distinct.len() == self.cells.len()
    }

    /// True if the texts are 1, 2, 3, … in the order of the rows.
    pub fn is_running(&self) -> bool {
        self.cells.len() > 1 && (0..self.cells.len()).all(|row| self.text(row) == Some((row + 1).to_string().as_str()))
    }

    /// The text that all cells have.
    pub fn constant(&self) -> Option<&str> {
        match self.distinct.as_slice() {
            [(text, count)] if *count == self.cells.len() && *count > 1 => Some(text),
            _ => None,
        }
    }
}

/// True for staff below a label of costs: `正職員` below `人件費（千円）`.
pub fn is_cost_of_staff(heading: &str, above: Option<&String>) -> bool {
    let above = above.map(|label| plain(label)).unwrap_or_default();
    let is_cost = has(&above, &["人件費", "円)", "費用", "コスト"]) && year_in(&above).is_none();
    is_cost && ends(&plain(heading), &["職員", "任用", "常勤", "正規", "嘱託", "会計年度"])
}

/// True for a numeral such as `Ⅱ`.
fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| ('\u{2160}'..='\u{217f}').contains(&c))
}

impl Upper {
    /// The labels above a heading in a row of a column, from the top. A label that begins to the left of the one above
    /// it belongs to other columns.
    fn labels(&self, column: u32, heading: u32) -> Vec<String> {
        let mut labels = Vec::new();
        let mut from = 0;
        for row in self.rows.iter().filter(|(row, _)| *row < heading) {
            if let Some((at, label)) = self.label_at(row, column).filter(|(at, _)| *at >= from) {
                // A row of one or two texts is no row of groups: a title, a note.
                from = if row.1.len() > 2 { at } else { from };
                labels.push(label.to_owned());
            }
        }
        labels
    }

    /// The label of a row above the headings that covers a column: the nearest one to the left, unless that is the
    /// heading of its own column.
    fn label_at<'u>(&'u self, (row, labels): &'u (u32, Vec<(u32, String)>), column: u32) -> Option<(u32, &'u str)> {
        let (at, label) = labels.iter().rev().find(|(at, _)| *at <= column)?;
        let is_heading = self.spanning.iter().any(|(of, from, _)| of == at && from == row);
        (!is_heading).then_some((*at, label.as_str()))
    }
}
