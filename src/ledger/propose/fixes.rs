//! Cells that the reader refuses: marks of missing values to declare, and corrections to decide on.

use super::column::Content;
use super::draft::{Draft, Line, shown};
use super::words::is_missing;
use crate::content::quoted;
use crate::diagnostic::Span;
use crate::model::Value;
use crate::spreadsheet::{CellProblem, CellRef};
use std::collections::{BTreeMap, BTreeSet};

/// Number of cells from which a word in place of a number is probably a mark of missing values.
const FREQUENT: usize = 5;

/// Maximum number of corrections of a column. If there are more, the column is probably something else.
const MAX_FIXES: usize = 60;

/// Marks of missing values in the cells with figures, and words that may be.
#[derive(Debug, Default)]
pub struct Missing {
    /// Marks with their numbers.
    pub marks: BTreeMap<String, usize>,
    /// Words in place of numbers with their numbers.
    pub words: BTreeMap<String, usize>,
}

impl Missing {
    /// Adds the cells of a table.
    pub fn add(&mut self, draft: &Draft<'_>) {
        for column in draft.figures.iter().filter_map(|index| draft.column(*index)) {
            for (text, count) in &column.distinct {
                if is_missing(text) {
                    *self.marks.entry(text.clone()).or_default() += count;
                } else if Value::parse(text, Span::default()).is_none() && !draft.private.is_in(text) {
                    *self.words.entry(text.clone()).or_default() += count;
                }
            }
        }
    }

    /// Words that occur so often that they are probably no errors.
    pub fn frequent(&self) -> BTreeSet<&str> {
        let is_plain = |text: &str| text.chars().count() <= 8 && !text.chars().any(char::is_numeric);
        self.words.iter().filter(|(text, n)| **n >= FREQUENT && is_plain(text)).map(|(text, _)| text.as_str()).collect()
    }

    /// The line `missing = […]`.
    pub fn line(&self) -> Line {
        let mut listed: Vec<String> = self.marks.keys().map(|mark| quoted(mark)).collect();
        let counts: Vec<String> = self.marks.iter().map(|(mark, n)| format!("{}×{n}", shown(mark))).collect();
        let mut comment = counts.join(" ");
        if comment.is_empty() {
            comment.push_str("数の列に、値がないことを表す記号は見つかりません");
        }
        let frequent = self.frequent();
        if !frequent.is_empty() {
            listed.push("\"?\"".to_owned());
            let words: Vec<String> = frequent.iter().map(|word| shown(word)).collect();
            comment.push_str(&format!(
                " 数の列に{}があります。値がないことを表すなら「?」を替えてください",
                words.join("")
            ));
        }
        Line { text: format!("missing = [{}]", listed.join(", ")), comment: comment.trim().to_owned() }
    }
}

/// Corrections to decide on, for the cells of a table that cannot be read.
pub fn fixes(draft: &Draft<'_>, missing: &Missing, names_file: bool, names_sheet: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let table = draft.table;
    let nameless = nameless(draft);
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    let mut fix = |row: u32, column: u32, is: &str, heading: &str, why: &str| {
        let count = counts.entry(column).or_default();
        *count += 1;
        if *count > MAX_FIXES {
            return;
        }
        let cell = CellRef::new(row, column);
        lines.push(Line { text: "[[fix]]".to_owned(), comment: format!("{heading}: {why}") });
        if names_file {
            lines.push(Line { text: format!("file = {}", quoted(table.file)), comment: String::new() });
        }
        if let Some(sheet) = table.sheet.filter(|_| names_sheet) {
            lines.push(Line { text: format!("sheet = {}", quoted(sheet)), comment: String::new() });
        }
        for text in [
            format!("cell = \"{cell}\""),
            format!("is = {}", quoted(is)),
            "to = \"?\"".to_owned(),
            "why = \"?\"".to_owned(),
        ] {
            lines.push(Line { text, comment: String::new() });
        }
    };
    let frequent = missing.frequent();
    let is_words = |text: &str| {
        let is_number = Value::parse(text, Span::default()).is_some();
        !is_number && !is_missing(text) && !frequent.contains(text) && !draft.private.is_in(text)
    };
    let mut columns: Vec<u32> = draft.figures.iter().chain(&draft.mapped).copied().collect();
    columns.sort_unstable();
    columns.dedup();
    for column in columns.iter().filter_map(|index| draft.column(*index)) {
        let is_figure = draft.figures.contains(&column.index);
        for (row, cell) in table.rows.iter().zip(&column.cells) {
            match cell {
                // A cell is corrected once: without a name, its value has no place whatever it is.
                _ if nameless.contains(&CellRef::new(*row, column.index)) => {}
                Content::Text(text, None) if is_figure && is_words(text) => {
                    let why = "数でも欠測でもない。言葉のままなら to に同じ値と words = true";
                    fix(*row, column.index, text, &column.heading, why);
                }
                Content::Text(text, _) if draft.ids.contains(&column.index) && text == "0" && column.longest > 1 => {
                    fix(*row, column.index, text, &column.heading, "番号が 0。正しい番号を書いてください");
                }
                Content::Blank if draft.ids.contains(&column.index) => {
                    fix(*row, column.index, "", &column.heading, "番号が空欄。正しい番号を書いてください");
                }
                Content::Problem(CellProblem::LongDecimal { .. }) if is_figure => {}
                Content::Problem(problem) if !draft.private.is_in(&problem.stored()) => {
                    fix(*row, column.index, &problem.stored(), &column.heading, &problem.message().ja);
                }
                _ => {}
            }
        }
    }
    for cell in &nameless {
        let Some(column) = draft.column(cell.column) else { continue };
        let at = table.rows.iter().position(|row| *row == cell.row);
        if let Some(text) = at.and_then(|at| column.text(at)) {
            let why = "指標の名称がないのに値がある。不要なら to = \"\"";
            fix(cell.row, cell.column, text, &column.heading, why);
        }
    }
    lines
}

/// Cells with values of indicators that have no name.
fn nameless(draft: &Draft<'_>) -> BTreeSet<CellRef> {
    let mut cells = BTreeSet::new();
    for (name, values) in &draft.named {
        let Some(name) = draft.column(*name) else { continue };
        for (at, row) in draft.table.rows.iter().enumerate() {
            if name.text(at).is_some_and(|text| !draft.absent.contains(text)) {
                continue;
            }
            for column in values.iter().filter_map(|index| draft.column(*index)) {
                if column.text(at).is_some_and(|text| !is_missing(text) && !draft.private.is_in(text)) {
                    cells.insert(CellRef::new(*row, column.index));
                }
            }
        }
    }
    cells
}
