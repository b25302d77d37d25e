//! Tables of a worksheet: headings, rows, and what stands above, between and below them.

use super::column::{Column, Upper};
use super::private::is_personal;
use super::words::{ends, is_missing, is_number, is_unit, plain, stated_unit, year_in};
use crate::ledger::column::{normalized, spanning};
use crate::spreadsheet::{CellRef, Worksheet};
use std::collections::{BTreeMap, BTreeSet};

/// A table.
#[derive(Debug)]
pub struct Table<'a> {
    /// File name.
    pub file: &'a str,
    /// Worksheet; `None` for CSV.
    pub sheet: Option<&'a str>,
    /// Name of the encoding of a CSV file.
    pub encoding: Option<&'static str>,
    /// Zero-based row of the headings.
    pub header: u32,
    /// Zero-based rows.
    pub rows: Vec<u32>,
    /// Rows within or below the table that are not read, with the reasons.
    pub skipped: Vec<(u32, &'static str)>,
    /// Columns with a heading or cells.
    pub columns: Vec<Column>,
    /// Texts above the headings that are not headings.
    pub titles: Vec<String>,
}

/// Rows of a worksheet that are not blank: columns with texts; `None` for a text that is not certain.
type Lines = BTreeMap<u32, Vec<(u32, Option<String>)>>;

/// Kinds of columns, from the rows below the headings.
struct Shape {
    /// Columns with figures.
    numeric: BTreeSet<u32>,
    /// Columns that are nearly always filled.
    usual: BTreeSet<u32>,
}

/// Maximum number of rows of headings.
const MAX_HEADING_ROWS: usize = 4;

/// Maximum number of rows to search for headings.
const MAX_ROWS_ABOVE: usize = 40;

/// Finds the tables of a worksheet, from top to bottom.
pub fn tables<'a>(file: &'a str, sheet: &'a Worksheet, encoding: Option<&'static str>) -> Vec<Table<'a>> {
    let mut lines = Lines::new();
    for (at, cell) in &sheet.cells {
        let text = cell.text.as_ref().ok().map(|text| normalized(text));
        if text.as_deref() != Some("") {
            lines.entry(at.row).or_default().push((at.column, text));
        }
    }
    let mut tables = Vec::new();
    let mut start = 0;
    while let Some((table, end)) = next_table(file, sheet, &lines, start) {
        let name = (!sheet.name.is_empty()).then_some(sheet.name.as_str());
        tables.push(Table { sheet: name, encoding, ..table });
        start = end;
    }
    tables
}

fn next_table<'a>(file: &'a str, sheet: &'a Worksheet, lines: &Lines, start: u32) -> Option<(Table<'a>, u32)> {
    let header = header(lines, start)?;
    let shape = Shape::new(lines, header);
    let header = lowest_header(lines, header, &shape);
    let mut table = Table {
        file,
        sheet: None,
        encoding: None,
        header,
        rows: vec![],
        skipped: vec![],
        columns: vec![],
        titles: vec![],
    };
    let mut previous = header;
    for (row, line) in lines.range(header + 1..) {
        let is_apart = *row > previous + 1;
        previous = *row;
        if let Some(reason) = shape.reason_to_skip(line, table.rows.is_empty()) {
            table.skipped.push((*row, reason));
        } else if is_apart && !table.rows.is_empty() && !shape.is_row(line) {
            break;
        } else {
            table.rows.push(*row);
        }
    }
    let end = table.rows.iter().chain(table.skipped.iter().map(|(row, _)| row)).max().copied().unwrap_or(header) + 1;
    if table.rows.is_empty() {
        return None;
    }
    let above: Vec<(u32, &Vec<_>)> = lines.range(start..header).map(|(row, line)| (*row, line)).collect();
    let mut upper = Upper { spanning: spanning(sheet, header), ..Upper::default() };
    let mut expected = header;
    for (row, line) in above.iter().rev() {
        let is_label = row + 1 == expected && line.len() > 1;
        let texts = line.iter().filter_map(|(column, text)| Some((*column, text.clone()?)));
        let texts: Vec<(u32, String)> = texts.filter(|(_, text)| !is_personal(text)).collect();
        if is_label {
            expected = *row;
            // Titles and notes may stand side by side.
            let is_note = texts.len() <= 3 && texts.iter().any(|(_, text)| is_title(text));
            let (notes, labels): (Vec<_>, Vec<_>) =
                texts.into_iter().partition(|(_, text)| is_note || is_date(text) || is_unit_note(text));
            table.titles.extend(notes.into_iter().map(|(_, text)| text));
            match labels.as_slice() {
                [] => {}
                [(_, only)] => table.titles.push(only.clone()),
                _ => upper.rows.push((*row, labels)),
            }
        } else {
            table.titles.extend(texts.into_iter().map(|(_, text)| text));
        }
    }
    upper.rows.reverse();
    upper.spanning.retain(|(_, row, text)| *row >= start && !is_personal(text));
    let range = |row: &u32| sheet.cells.range(CellRef::new(*row, 0)..=CellRef::new(*row, u32::MAX));
    let columns: BTreeSet<u32> =
        table.rows.iter().chain([&header]).flat_map(|row| range(row).map(|(at, _)| at.column)).collect();
    table.columns =
        columns.into_iter().map(|column| Column::read(sheet, column, header, &upper, &table.rows)).collect();
    table.columns.retain(|column| column.filled > 0 || !column.heading.is_empty());
    Some((table, end))
}

/// First row from `start` that can be the headings of the rows below it, else the last of several rows that can be so
/// together.
fn header(lines: &Lines, start: u32) -> Option<u32> {
    let candidates = || lines.range(start..).take(MAX_ROWS_ABOVE);
    let usual_below = |row: u32| {
        let mut below: Vec<usize> = lines.range(row + 1..).take(20).map(|(_, line)| line.len()).collect();
        below.sort_unstable();
        below.get(below.len() / 2).copied().unwrap_or_default()
    };
    let has_headings = |line: &[(u32, Option<String>)]| {
        let texts: BTreeSet<&str> = line.iter().filter_map(|(_, text)| text.as_deref()).collect();
        let headings = line.iter().filter(|(_, text)| text.as_deref().is_some_and(is_heading)).count();
        line.len() > 1
            && headings * 10 >= line.len() * 9
            && texts.len() * 5 >= line.len()
            && !texts.iter().any(|text| is_personal(text))
    };
    let covers = |columns: usize, row: u32| {
        let usual = usual_below(row);
        usual > 1 && columns * 10 >= usual * 6
    };
    let single = candidates().find(|(row, line)| has_headings(line) && covers(line.len(), **row));
    let joint = || {
        candidates().find(|(row, line)| {
            let above = lines.range(start..=**row).rev().zip((0..=**row).rev()).take(MAX_HEADING_ROWS);
            let rows = above.take_while(|((at, line), expected)| *at == expected && has_headings(line));
            let columns: BTreeSet<u32> =
                rows.flat_map(|((_, line), _)| line.iter().map(|(column, _)| *column)).collect();
            has_headings(line) && covers(columns.len(), **row)
        })
    };
    single.or_else(joint).map(|(row, _)| *row)
}

/// True for the title of a table: `事務事業一覧`.
fn is_title(text: &str) -> bool {
    ends(&plain(text), &["一覧", "一覧表", "台帳", "集計表", "総括表", "調書", "評価表", "シート", "調査票", "データ"])
}

/// True for a note that states nothing but a unit: `（単位：千円）`.
fn is_unit_note(text: &str) -> bool {
    let text = plain(text);
    let is_apart = text.starts_with('(') && text.ends_with(')') || text.starts_with("単位") || text.starts_with("金額");
    is_apart && (text.contains("単位:") || text.contains("単位") && stated_unit(&text).is_some())
}

/// True for a note on when the table was made: `令和7年5月30日現在`.
fn is_date(text: &str) -> bool {
    let text = plain(text);
    let is_day = text.split_once('月').is_some_and(|(_, day)| {
        day.split_once('日').is_some_and(|(day, _)| !day.is_empty() && day.chars().all(|c| c.is_ascii_digit()))
    });
    is_day && text.contains('年')
}

/// True if a text can be a heading: it is no number other than a year.
fn is_heading(text: &str) -> bool {
    !is_number(text) || year_in(text).is_some_and(|label| label.year.is_some())
}

/// The last of several rows of headings.
fn lowest_header(lines: &Lines, mut header: u32, shape: &Shape) -> u32 {
    while let Some(line) = lines.get(&(header + 1)) {
        if !is_lower_header(lines, header, line, shape) {
            break;
        }
        header += 1;
    }
    header
}

/// True if the row below a row of headings has further headings: where figures stand below it, it has texts that are
/// neither figures nor repeated below.
fn is_lower_header(lines: &Lines, header: u32, line: &[(u32, Option<String>)], shape: &Shape) -> bool {
    let texts = || line.iter().filter_map(|(column, text)| Some((*column, text.as_deref()?)));
    if texts().any(|(_, text)| is_personal(text)) {
        return false;
    }
    let is_numeric = |column: &u32| shape.numeric.contains(column);
    let is_text =
        |text: &str| is_heading(text) && !is_missing(text) && !is_unit(text.trim_matches(['（', '）', '(', ')']));
    // Headings may be repeated on each page.
    let below: Vec<_> = lines
        .range(header + 2..)
        .map(|(_, other)| other.as_slice())
        .filter(|o| *o != line)
        .take(MAX_ROWS_ABOVE)
        .collect();
    let is_data = |column: u32, text: &str| !is_heading(text) || is_repeated(&below, column, text);
    let numeric = line.iter().filter(|(column, _)| is_numeric(column)).count();
    let headings: Vec<&str> = texts()
        .filter(|(column, text)| is_numeric(column) && is_text(text) && !is_data(*column, text))
        .map(|(_, text)| text)
        .collect();
    let has_figures = texts().any(|(column, text)| is_numeric(&column) && !is_heading(text));
    let data = texts().filter(|(column, text)| !is_missing(text) && is_data(*column, text)).count();
    // A note in place of figures, such as 集計中, below headings of all columns.
    let is_note = headings.iter().all(|text| headings.first() == Some(text))
        && shape.is_filled(line)
        && lines.get(&header).is_some_and(|upper| {
            let texts: BTreeSet<_> = upper.iter().map(|(_, text)| text).collect();
            texts.len() == upper.len() && line.iter().all(|(column, _)| upper.iter().any(|(at, _)| at == column))
        });
    !headings.is_empty() && headings.len() * 2 >= numeric && !has_figures && data * 2 < line.len() && !is_note
}

/// True if a column has a text again in the lines below it, or if the text is a year in a column of years.
fn is_repeated(below: &[&[(u32, Option<String>)]], column: u32, text: &str) -> bool {
    let below: Vec<&str> =
        below.iter().filter_map(|line| line.iter().find(|(at, _)| *at == column)?.1.as_deref()).collect();
    let years = below.iter().filter(|text| is_number(text) && is_heading(text)).count();
    below.contains(&text) || is_number(text) && is_heading(text) && years * 2 > below.len()
}

impl Shape {
    fn new(lines: &Lines, header: u32) -> Self {
        let block: Vec<(&u32, &Vec<_>)> = {
            let mut previous = header;
            let connected = lines.range(header + 1..).take_while(|(row, _)| {
                let is_connected = **row == previous + 1;
                previous = **row;
                is_connected
            });
            let connected: Vec<_> = connected.take(40).collect();
            if connected.len() > 3 { connected } else { lines.range(header + 1..).take(12).collect() }
        };
        let mut filled: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (_, line) in &block {
            for (column, text) in line.iter() {
                let (all, numbers) = filled.entry(*column).or_default();
                *all += 1;
                let is_number = |text: &str| is_number(text) || is_missing(text);
                *numbers += usize::from(text.as_deref().is_none_or(is_number));
            }
        }
        let numeric = filled.iter().filter(|(_, (all, numbers))| numbers * 10 >= all * 6).map(|(c, _)| *c).collect();
        let usual = filled.iter().filter(|(_, (all, _))| all * 10 >= block.len() * 6).map(|(c, _)| *c).collect();
        Self { numeric, usual }
    }

    /// True if a row is filled as the rows of the table are.
    fn is_row(&self, line: &[(u32, Option<String>)]) -> bool {
        let numeric: Vec<_> = line.iter().filter(|(column, _)| self.numeric.contains(column)).collect();
        let texts = numeric.iter().filter(|(_, text)| text.as_deref().is_some_and(|t| is_heading(t) && !is_missing(t)));
        self.is_filled(line) && texts.count() * 2 <= numeric.len()
    }

    /// True if a row has cells in at least half of the columns that are nearly always filled.
    fn is_filled(&self, line: &[(u32, Option<String>)]) -> bool {
        line.iter().filter(|(column, _)| self.usual.contains(column)).count() * 2 >= self.usual.len()
    }

    /// Why a row is no row of the table: totals, notes, units.
    fn reason_to_skip(&self, line: &[(u32, Option<String>)], is_first: bool) -> Option<&'static str> {
        let texts: Vec<String> = line
            .iter()
            .filter(|(c, _)| !self.numeric.contains(c))
            .filter_map(|(_, text)| Some(plain(text.as_deref()?)))
            .collect();
        let first = line.first().and_then(|(_, text)| text.as_deref()).map(plain).unwrap_or_default();
        let is_total = |text: &String| {
            matches!(text.as_str(), "計" | "合計" | "総計" | "小計" | "総合計" | "再掲")
                || text.chars().count() < 12 && text.ends_with("合計")
        };
        // The row of a program has other texts too.
        let usual = self.usual.iter().filter(|column| !self.numeric.contains(column)).count();
        let is_sparse = texts.len() * 2 <= usual.max(2);
        let mut words = texts.iter().take(if is_sparse { texts.len() } else { 1 }).chain([&first]);
        if words.any(is_total) {
            return Some("合計の行");
        }
        if line.len() < 3 && (first.starts_with('※') || first.starts_with("注") || first.starts_with("(注")) {
            return Some("注の行");
        }
        let is_unit_text = |(_, text): &(u32, Option<String>)| {
            text.as_deref().is_some_and(|text| is_unit(plain(text).trim_matches(['(', ')'])))
        };
        if is_first && line.iter().all(is_unit_text) {
            return Some("単位の行");
        }
        let has_texts = self.usual.iter().any(|column| !self.numeric.contains(column));
        (has_texts && texts.is_empty() && line.len() > 1 && line.iter().all(|(c, _)| self.numeric.contains(c)))
            .then_some("見出しのない合計の行")
            .filter(|_| self.usual.first().is_some_and(|usual| line.iter().all(|(column, _)| column != usual)))
    }
}
