//! Columns of a table: references, repeated blocks, and columns that nothing maps.

use super::Grid;
use crate::diagnostic::{CellLocation, say, shortened};
use crate::ledger::column::{ColumnRef, Strictness};
use crate::ledger::error::Place;
use crate::ledger::mapping::{BlockSpec, IgnoreSpec};
use crate::ledger::year::stated_year;
use crate::model::FiscalYear;
use crate::spreadsheet::{CellRef, column_name};
use std::collections::BTreeSet;

impl<'a> Grid<'a> {
    /// Headings of the repeated blocks must be those of the first.
    pub(super) fn check_block(&self, block: &BlockSpec, first: u32) {
        for offset in 0..block.every {
            let original = self.headings.get(first + offset);
            let columns = (1_u32..).zip(block.years.iter().skip(1));
            let repeats: BTreeSet<&str> = columns
                .map(|(repeat, _)| first.saturating_add(offset).saturating_add(repeat.saturating_mul(block.every)))
                .map(|column| self.headings.get(column))
                .collect();
            if block.years.len() > 2 && repeats.len() == 1 && !repeats.contains(original) {
                // All others agree: the heading of the first block has changed.
                let other = repeats.iter().copied().map(shortened).collect::<String>();
                self.findings.report(
                    self.place(CellRef::new(self.spec.header, first + offset)),
                    say!(
                        ja: "最初の列の見出しが、繰り返しの列の「{other}」と違います",
                        en: "the heading differs from that of the repeated columns: `{other}`"
                    ),
                    say!(ja: "どちらが正しいか確認してください", en: "check which of them is right"),
                );
                continue;
            }
            for (repeat, _) in (0_u32..).zip(&block.years).skip(1) {
                let column = first.saturating_add(offset).saturating_add(repeat.saturating_mul(block.every));
                if self.headings.get(column) != original {
                    let (letters, original) = (column_name(first + offset), shortened(original));
                    self.findings.report(
                        self.place(CellRef::new(self.spec.header, column)),
                        say!(
                            ja: "繰り返しの列の見出しが、最初の {letters} 列の「{original}」と違います",
                            en: "the heading differs from that of column {letters} of the first block: `{original}`"
                        ),
                        say!(
                            ja: "対応表の `every`（列数）と `years`（年度の数）を確認してください",
                            en: "check `every` (columns) and `years` (number of years) in the mapping"
                        ),
                    );
                }
            }
        }
    }

    /// Column of a reference, which counts as mapped.
    pub fn column(&self, reference: &ColumnRef) -> Option<u32> {
        let column = self.resolve(reference, Strictness::LetterAndHeading)?;
        self.used.borrow_mut().extend(
            self.repeats(column)
                .map_or_else(|| vec![column], |(columns, _)| columns.into_iter().map(|(_, column)| column).collect()),
        );
        Some(column)
    }

    /// Columns of references, or an error if one of them is wrong.
    pub fn columns(&self, references: &[ColumnRef]) -> Option<Vec<u32>> {
        let columns: Vec<Option<u32>> = references.iter().map(|reference| self.column(reference)).collect();
        columns.into_iter().collect()
    }

    /// Marks a column as mapped.
    pub fn mark_used(&self, column: u32) {
        self.used.borrow_mut().insert(column);
    }

    pub(super) fn resolve(&self, reference: &ColumnRef, strictness: Strictness) -> Option<u32> {
        let resolved = self.headings.resolve(reference, strictness);
        resolved.map_err(|(message, help)| self.findings.report(self.reference_place(reference), message, help)).ok()
    }

    /// Place of a wrong reference: the heading that it names by letters, else its line in the mapping.
    fn reference_place(&self, reference: &ColumnRef) -> Place {
        let letters = reference.written.split_whitespace().next().unwrap_or_default();
        match crate::spreadsheet::column_index(letters) {
            Some(column) => {
                let cell = CellRef::new(self.spec.header, column);
                Place::Cell(CellLocation::new(&self.spec.file, &self.sheet.name, cell))
            }
            None => Place::Mapping { line: reference.line },
        }
    }

    /// Column of a heading that is a year.
    pub fn year_columns(&self, from: FiscalYear, to: FiscalYear) -> Vec<(FiscalYear, u32)> {
        let years = self.headings.columns().filter_map(|column| {
            let year = stated_year(self.headings.get(column))?;
            (from..=to).contains(&year).then_some((year, column))
        });
        years.collect()
    }

    /// The columns that a column of a first block stands for, with their years, and the block; `None` outside blocks.
    pub fn repeats(&self, column: u32) -> Option<(Vec<(FiscalYear, u32)>, &'a BlockSpec)> {
        let block = self.blocks.iter().find(|block| (block.first..block.first + block.spec.every).contains(&column))?;
        let columns =
            (0_u32..).zip(&block.spec.years).map(|(repeat, year)| (*year, column + repeat * block.spec.every));
        Some((columns.collect(), block.spec))
    }

    /// Reports the columns that are neither mapped nor ignored. The cells themselves are never quoted: they may hold
    /// personal data.
    pub fn report_leftover_columns(&self) {
        for ignored in &self.spec.ignored {
            self.ignore(ignored);
        }
        let used = self.used.borrow();
        let in_rows = self.sheet.cells.keys().filter(|cell| cell.row >= self.spec.header).map(|cell| cell.column);
        let leftover: BTreeSet<u32> = in_rows.filter(|column| !used.contains(column)).collect();
        let errors = self.findings.errors.borrow().iter().map(|error| error.place.clone()).collect::<BTreeSet<_>>();
        for column in leftover {
            if errors.contains(&self.place(CellRef::new(self.spec.header, column))) {
                continue;
            }
            if self.headings.get(column).is_empty() {
                self.report_without_heading(column);
                continue;
            }
            let (letters, heading) = (column_name(column), shortened(self.headings.get(column)));
            self.findings.report(
                self.place(CellRef::new(self.spec.header, column)),
                say!(
                    ja: "{letters} 列「{heading}」の扱いが対応表にありません",
                    en: "column {letters} `{heading}` is neither mapped nor ignored"
                ),
                say!(
                    ja: "読み取る列として記載するか、`[table.ignore]` に理由を書いてください",
                    en: "map it, or state in `[table.ignore]` why it is not used"
                ),
            );
        }
    }

    /// Reports cells beyond the headings at the first of them: in a CSV file, a row with too many fields.
    fn report_without_heading(&self, column: u32) {
        let cells = || self.sheet.cells.keys().filter(|at| at.column == column && at.row > self.spec.header);
        let Some(first) = cells().next() else { return };
        let rows = cells().count();
        self.findings.report(
            self.place(*first),
            say!(
                ja: "見出しのない列にセルがあります（{rows}行）",
                en: "a column without a heading has cells (rows: {rows})"
            ),
            say!(
                ja: "行の途中の区切り（CSV では、値の中のコンマ）によって列がずれていないか確認してください。使わない列であれば、`[table.ignore]` に列の記号で記載してください",
                en: "check that the columns of the row have not shifted, as by a comma in a value of a CSV file; list the column by its letters in `[table.ignore]` if it is not used"
            ),
        );
    }

    fn ignore(&self, spec: &IgnoreSpec) {
        for (first, last) in &spec.columns {
            let Some(from) = self.resolve(first, Strictness::LetterIsEnough) else { continue };
            let to = last.as_ref().map_or(Some(from), |last| self.resolve(last, Strictness::LetterIsEnough));
            for column in from..=to.unwrap_or(from) {
                let mut used = self.used.borrow_mut();
                let columns = self.repeats(column).map_or_else(
                    || vec![column],
                    |(columns, _)| columns.into_iter().map(|(_, column)| column).collect(),
                );
                for column in columns {
                    if !used.insert(column) && from == to.unwrap_or(from) {
                        let letters = column_name(column);
                        self.findings.report(
                            Place::Mapping { line: spec.line },
                            say!(
                                ja: "{letters} 列は、読み取る列としても書かれています",
                                en: "column {letters} is mapped as well as ignored"
                            ),
                            say!(ja: "どちらか一つにしてください", en: "keep one of them"),
                        );
                    }
                }
            }
        }
    }
}
