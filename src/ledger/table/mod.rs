//! One table of a ledger: its rows, its [`columns`], and the texts of its [`cells`] after the corrections of the mapping
//! file.

mod cells;
mod columns;

use super::cell::Findings;
use super::column::{Headings, Strictness};
use super::error::Place;
use super::fix;
use super::mapping::{BlockSpec, Fix, Mapping, Rows, TableSpec};
use crate::diagnostic::{CellLocation, say};
use crate::spreadsheet::{CellRef, Worksheet};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A table with its worksheet.
pub struct Grid<'a> {
    /// Index of the table in the mapping.
    pub index: usize,
    /// Its mapping.
    pub spec: &'a TableSpec,
    /// Findings of all tables.
    pub findings: &'a Findings,
    /// Unit of amounts of money.
    pub money_unit: &'a str,
    sheet: &'a Worksheet,
    headings: Headings,
    fixes: BTreeMap<CellRef, &'a Fix>,
    missing: &'a [String],
    used: RefCell<BTreeSet<u32>>,
    blocks: Vec<Block<'a>>,
    /// Results of [`Self::padded_width`].
    padded_widths: RefCell<BTreeMap<u32, Option<usize>>>,
}

/// A resolved block.
struct Block<'a> {
    spec: &'a BlockSpec,
    first: u32,
}

impl<'a> Grid<'a> {
    /// The table at `index` of the mapping, on its worksheet.
    pub fn new(
        index: usize,
        spec: &'a TableSpec,
        sheet: &'a Worksheet,
        mapping: &'a Mapping,
        findings: &'a Findings,
    ) -> Self {
        let mut grid = Self {
            index,
            spec,
            findings,
            money_unit: &mapping.money_unit,
            sheet,
            headings: Headings::new(sheet, spec.header),
            fixes: BTreeMap::new(),
            missing: &mapping.missing,
            used: RefCell::default(),
            blocks: Vec::new(),
            padded_widths: RefCell::default(),
        };
        grid.fixes = fix::of_table(mapping, spec, sheet, findings, |cell| grid.place(cell));
        for block in &spec.blocks {
            if let Some(first) = grid.resolve(&block.first, Strictness::LetterAndHeading) {
                grid.check_block(block, first);
                grid.blocks.push(Block { spec: block, first });
            }
        }
        grid
    }

    /// Place of a cell.
    pub fn place(&self, cell: CellRef) -> Place {
        let label = self.headings.get(cell.column).to_owned();
        Place::Cell(CellLocation { label, ..CellLocation::new(&self.spec.file, &self.sheet.name, cell) })
    }

    /// Place of the table as a whole.
    pub fn sheet_place(&self) -> Place {
        Place::Sheet { file: self.spec.file.clone(), sheet: self.sheet.name.clone() }
    }

    /// True for a placeholder of a missing value.
    pub fn is_missing(&self, text: &str) -> bool {
        self.missing.iter().any(|missing| missing == text)
    }

    /// Number of hidden rows.
    pub fn hidden_rows(&self) -> usize {
        self.sheet.hidden_rows.len()
    }

    /// Heading of a column.
    pub fn heading(&self, column: u32) -> &str {
        self.headings.get(column)
    }

    /// Number of digits of the numbers with a leading zero in a column, such as 4 for `0101`. `None` if there are none,
    /// or if their lengths differ.
    pub fn padded_width(&self, column: u32) -> Option<usize> {
        *self.padded_widths.borrow_mut().entry(column).or_insert_with(|| {
            let in_column = self.sheet.cells.iter().filter(|(at, _)| at.column == column && at.row > self.spec.header);
            let texts = in_column.filter_map(|(_, cell)| cell.text.as_deref().ok());
            let is_padded = |text: &&str| text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
            let widths: BTreeSet<usize> = texts.filter(is_padded).map(str::len).collect();
            widths.first().copied().filter(|_| widths.len() == 1)
        })
    }

    /// Rows of the table that satisfy its conditions, by the columns of their key.
    pub fn rows(&self, key: &[u32]) -> Vec<u32> {
        let conditions: Vec<(u32, &[String])> = self
            .spec
            .conditions
            .iter()
            .filter_map(|(reference, texts)| Some((self.column(reference)?, texts.as_slice())))
            .collect();
        let text = |row, column| {
            self.text(CellRef::new(row, column)).ok().flatten().map_or_else(String::new, |shown| shown.text)
        };
        let has_key = |row: u32| {
            key.iter().any(|column| {
                let at = CellRef::new(row, *column);
                self.fixes.contains_key(&at)
                    || self.sheet.cells.get(&at).is_some_and(|cell| cell.text.as_ref() != Ok(&String::new()))
            })
        };
        let last = self.sheet.cells.keys().next_back().map_or(0, |cell| cell.row);
        let all: Vec<u32> = match &self.spec.rows {
            Rows::Ranges(ranges) => {
                let rows = ranges.iter().flat_map(|(from, to)| *from..=(*to).min(last.max(*from)));
                rows.filter(|row| !self.is_blank(*row)).collect()
            }
            Rows::From(from) => {
                let from = *from;
                let rows: Vec<u32> = (from..=last).take_while(|row| has_key(*row)).collect();
                let end = from.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX));
                if let Some(row) = (end..=last).find(|row| has_key(*row)) {
                    self.report_gap(end, row, key);
                }
                rows
            }
        };
        let rows: Vec<u32> = all
            .into_iter()
            .filter(|row| conditions.iter().all(|(column, texts)| texts.contains(&text(*row, *column))))
            .collect();
        if rows.is_empty() {
            self.findings.report(
                self.sheet_place(),
                say!(ja: "読み取る行がありません", en: "there are no rows to read"),
                say!(ja: "対応表の `header`・`rows`・`where` を確認してください", en: "check `header`, `rows` and `where` in the mapping"),
            );
        } else if let Some(expect) = self.spec.expect.filter(|expect| usize::try_from(*expect) != Ok(rows.len())) {
            let n = rows.len();
            self.findings.report(
                self.sheet_place(),
                say!(ja: "行数が {expect} のはずですが、{n} です", en: "there are {n} rows instead of {expect}"),
                say!(
                    ja: "対応表の `rows`・`where`・`expect` と、台帳の行を確認してください",
                    en: "check `rows`, `where` and `expect` in the mapping, and the rows of the ledger"
                ),
            );
        }
        rows
    }

    /// True if a row has no cell, nor a correction of one.
    fn is_blank(&self, row: u32) -> bool {
        let row = CellRef::new(row, 0)..=CellRef::new(row, u32::MAX);
        self.sheet.cells.range(row.clone()).next().is_none() && self.fixes.range(row).next().is_none()
    }

    fn report_gap(&self, end: u32, row: u32, key: &[u32]) {
        let (end, next) = (end.saturating_add(1), row.saturating_add(1));
        let at = CellRef::new(row, key.first().copied().unwrap_or_default());
        self.findings.report(
            self.place(at),
            say!(
                ja: "表は {end} 行目の空欄で終わるはずですが、{next} 行目にも番号があります",
                en: "the table ends at the blank key in row {end}, but row {next} has a key too"
            ),
            say!(
                ja: "`rows = \"3..409\"` のように、表の最後の行も対応表に書いてください",
                en: "state the last row of the table in the mapping too, as in `rows = \"3..409\"`"
            ),
        );
    }
}
