//! One table of a ledger: its rows, its columns, and the texts of its cells after the corrections of the mapping file.

use super::cell::{Figure, FigureKind, Findings, Origin, Reported, Shown};
use super::column::{ColumnRef, Headings, Strictness};
use super::error::Place;
use super::fix;
use super::mapping::{BlockSpec, Fix, IgnoreSpec, Mapping, Rows, TableSpec};
use super::year::stated_year;
use crate::diagnostic::{Bilingual, CellLocation, say, shortened};
use crate::model::{Decimal, FiscalYear, Value};
use crate::spreadsheet::{CellProblem, CellRef, Worksheet, column_name};
use rust_decimal::RoundingStrategy;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

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

    /// Headings of the repeated blocks must be those of the first.
    fn check_block(&self, block: &BlockSpec, first: u32) {
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

    fn resolve(&self, reference: &ColumnRef, strictness: Strictness) -> Option<u32> {
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

    /// Text of a cell; `None` if it is blank.
    ///
    /// # Errors
    /// Fails if its displayed text is not certain.
    pub fn text(&self, cell: CellRef) -> Result<Option<Shown>, Reported> {
        self.text_with(cell, None)
    }

    fn text_with(&self, at: CellRef, decimals: Option<u32>) -> Result<Option<Shown>, Reported> {
        let origin = Origin { table: self.index, cell: at };
        if let Some(fix) = self.fixes.get(&at) {
            self.findings.applied.borrow_mut().insert(fix.line);
            let shown = || Shown {
                text: fix.to.trim().to_owned(),
                note: fix.note.clone(),
                is_words: fix.is_words,
                is_fixed: true,
                origin,
            };
            return Ok((!fix.to.trim().is_empty()).then(shown));
        }
        let Some(cell) = self.sheet.cells.get(&at) else { return Ok(None) };
        if cell.is_formula {
            self.findings.formulas.borrow_mut().insert(origin);
        }
        if cell.is_struck_out {
            self.findings.struck_out.borrow_mut().insert(self.place(at));
        }
        let text = match (&cell.text, decimals) {
            (Ok(text), _) => text.trim().to_owned(),
            (Err(CellProblem::LongDecimal { number }), Some(decimals)) => self.rounded(at, number, decimals)?,
            (Err(problem), _) => {
                let help = match problem {
                    CellProblem::LongDecimal { .. } => decimals_help(),
                    _ => problem.help(),
                };
                self.findings.report(self.place(at), problem.message(), help);
                return Err(Reported);
            }
        };
        let shown = |text| Shown { text, note: None, is_words: false, is_fixed: false, origin };
        Ok(Some(text).filter(|text| !text.is_empty()).map(shown))
    }

    /// A number with the decimal places that the mapping declares.
    fn rounded(&self, at: CellRef, number: &str, decimals: u32) -> Result<String, Reported> {
        let parsed = Decimal::from_str_exact(number).or_else(|_| Decimal::from_scientific(number));
        let Ok(parsed) = parsed else {
            let problem = CellProblem::LongDecimal { number: number.to_owned() };
            self.findings.report(self.place(at), problem.message(), problem.help());
            return Err(Reported);
        };
        let text =
            parsed.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize().to_string();
        self.findings.rounded.borrow_mut().insert(self.place(at), (number.to_owned(), text.clone()));
        Ok(text)
    }

    /// Figure of a cell; `None` if it is blank. `unit` is the unit of the figure: empty if it has none, `None` if the
    /// unit does not matter.
    ///
    /// # Errors
    /// Fails if it is neither a number nor a placeholder for a missing value, or if it is printed with another unit.
    pub fn figure(&self, at: CellRef, decimals: Option<u32>, unit: Option<&str>) -> Result<Option<Figure>, Reported> {
        let Some(shown) = self.text_with(at, decimals)? else { return Ok(None) };
        let kind = if shown.is_words {
            FigureKind::Words
        } else if self.is_missing(&shown.text) {
            FigureKind::Missing
        } else if let Some(value) = Value::parse(&shown.text, crate::diagnostic::Span::default()) {
            self.check_unit(&shown, &value, unit)?;
            FigureKind::Number(value.exact())
        } else {
            let text = shortened(&shown.text);
            self.findings.report(
                self.place(at),
                say!(ja: "「{text}」は数でも欠測でもありません", en: "`{text}` is neither a number nor a missing value"),
                say!(
                    ja: "欠測を表す記号なら対応表の `missing` に加え、そのほかは `[[fix]]` に正しい値（言葉のままなら `words = true`）を書いてください",
                    en: "add it to `missing` if it stands for a missing value; else write a `[[fix]]` with the value, or with `words = true` to keep it"
                ),
            );
            return Err(Reported);
        };
        Ok(Some(Figure { shown, kind }))
    }

    /// Reports a number that is printed with another unit: `8O` may be a mistyped `80`.
    fn check_unit(&self, shown: &Shown, value: &Value, unit: Option<&str>) -> Result<(), Reported> {
        let written = value.number().and_then(|number| number.unit.as_deref());
        let (Some(unit), Some(written)) = (unit, written) else { return Ok(()) };
        if shown.is_fixed || written.nfkc().eq(unit.nfkc()) {
            return Ok(());
        }
        let text = shortened(&shown.text);
        let message = match unit {
            "" => say!(
                ja: "「{text}」は、数の後に「{written}」がありますが、単位の記載がありません",
                en: "`{text}` ends with `{written}`, but no unit is given"
            ),
            _ => say!(
                ja: "「{text}」の「{written}」は、単位「{unit}」ではありません",
                en: "`{text}` ends with `{written}`, which is not the unit `{unit}`"
            ),
        };
        self.findings.report(
            self.place(shown.origin.cell),
            message,
            say!(
                ja: "台帳を直すか、`[[fix]]` に正しい値（このままなら同じ値）を書いてください",
                en: "correct the ledger, or write a `[[fix]]` with the value, or with the same one to confirm it"
            ),
        );
        Err(Reported)
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

/// Remedy for numbers with more decimal places than the cell may show.
fn decimals_help() -> Bilingual {
    say!(
        ja: "対応表で `decimals` に小数の桁数を指定するか、セルの書式を「文字列」にして入力し直してください",
        en: "specify the number of `decimals` in the mapping, or format the cell as text and enter it again"
    )
}
