//! Series of an indicator, merged over all editions.

use super::amount::{AmountKey, Amounts, FundingShare};
use super::edition::EditionIx;
use super::fiscal_year::FiscalYear;
use super::node::Node;
use super::sheet::{Column, SeriesKind, Sheet};
use super::value::Value;
use std::collections::BTreeMap;

/// Values of an indicator over all editions: in each column, the latest edition takes precedence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series<'a> {
    /// 実績値 by year, oldest first.
    pub actual: Vec<Cell<'a, FiscalYear>>,
    /// Baseline printed without a year.
    pub start: Option<Cell<'a, Column>>,
    /// 見込, oldest first.
    pub forecast: Vec<Cell<'a, FiscalYear>>,
    /// Values as of a date within a year, in addition to those of the year itself, oldest first.
    pub interim: Vec<Cell<'a, FiscalYear>>,
    /// 達成率 as printed, oldest first.
    pub rate: Vec<Cell<'a, FiscalYear>>,
    /// 順位 as printed, oldest first.
    pub rank: Vec<Cell<'a, FiscalYear>>,
    /// Values elsewhere, by index in [`Indicator::comparisons`](super::Indicator::comparisons), oldest first.
    pub comparisons: BTreeMap<usize, Vec<Cell<'a, FiscalYear>>>,
    /// Values of groups, by index in [`Indicator::breakdowns`](super::Indicator::breakdowns), oldest first.
    pub breakdowns: BTreeMap<usize, Vec<Cell<'a, FiscalYear>>>,
    /// 目標値, by year, with the end of the plan last.
    pub target: Vec<Cell<'a, Column>>,
    /// Values that a later edition printed differently, in order of the editions.
    pub revisions: Vec<Revision<'a>>,
}

/// A value with its column and the edition that printed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a, C> {
    /// Column of the value.
    pub column: C,
    /// The value.
    pub value: &'a Value,
    /// The edition that printed it.
    pub edition: EditionIx,
}

/// A value that a later edition printed differently (改定).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision<'a> {
    /// Series of the value.
    pub series: SeriesKind,
    /// Column of the value.
    pub column: Column,
    /// The earlier value.
    pub before: Cell<'a, Column>,
    /// The later value.
    pub after: Cell<'a, Column>,
}

impl<'a> Series<'a> {
    /// Merges all editions of the indicator at index `indicator` of [`Node::indicators`].
    pub fn merged(node: &'a Node, indicator: usize) -> Self {
        Self::from_sheets(&node.sheets, indicator)
    }

    /// Values of the indicator in one sheet alone.
    pub fn from_sheet(sheet: &'a Sheet, indicator: usize) -> Self {
        Self::from_sheets(std::slice::from_ref(sheet), indicator)
    }

    /// Merges the values of the indicator in `sheets`, which must be in order of their editions.
    pub fn from_sheets(sheets: impl IntoIterator<Item = &'a Sheet>, indicator: usize) -> Self {
        let mut merged: BTreeMap<(SeriesKind, Column), Cell<'a, Column>> = BTreeMap::new();
        let mut revisions = Vec::new();
        for sheet in sheets {
            let Some(figures) = sheet.figures.get(&indicator) else { continue };
            for (series, column, value) in figures.values() {
                let after = Cell { column, value, edition: sheet.edition };
                if let Some(before) = merged.insert((series, column), after)
                    && !before.value.prints_same(value)
                {
                    revisions.push(Revision { series, column, before, after });
                }
            }
        }
        let mut all = Self { revisions, ..Self::default() };
        for ((series, _), cell) in merged {
            match (series, cell.to_year_cell()) {
                (SeriesKind::Target, _) => all.target.push(cell),
                (SeriesKind::Actual, Some(cell)) => all.actual.push(cell),
                (SeriesKind::Actual, None) => all.start = Some(cell),
                (SeriesKind::Forecast, cell) => all.forecast.extend(cell),
                (SeriesKind::Interim, cell) => all.interim.extend(cell),
                (SeriesKind::Rate, cell) => all.rate.extend(cell),
                (SeriesKind::Rank, cell) => all.rank.extend(cell),
                (SeriesKind::Comparison(index), cell) => all.comparisons.entry(index).or_default().extend(cell),
                (SeriesKind::Breakdown(index), cell) => all.breakdowns.entry(index).or_default().extend(cell),
            }
        }
        all
    }

    /// All cells with their series.
    pub fn cells(&self) -> impl Iterator<Item = (SeriesKind, Cell<'a, Column>)> {
        let in_years = |kind, cells: &[Cell<'a, FiscalYear>]| -> Vec<_> {
            cells.iter().map(|cell| (kind, cell.to_column_cell())).collect()
        };
        let comparisons = self.comparisons.iter();
        let comparisons = comparisons.flat_map(move |(index, cells)| in_years(SeriesKind::Comparison(*index), cells));
        let groups = self.breakdowns.iter();
        let groups = groups.flat_map(move |(index, cells)| in_years(SeriesKind::Breakdown(*index), cells));
        let actual = self.start.map(|cell| (SeriesKind::Actual, cell)).into_iter();
        actual
            .chain(in_years(SeriesKind::Actual, &self.actual))
            .chain(self.target.iter().map(|cell| (SeriesKind::Target, *cell)))
            .chain(in_years(SeriesKind::Forecast, &self.forecast))
            .chain(in_years(SeriesKind::Interim, &self.interim))
            .chain(in_years(SeriesKind::Rate, &self.rate))
            .chain(in_years(SeriesKind::Rank, &self.rank))
            .chain(comparisons)
            .chain(groups)
    }

    /// Actual value of `year`; `None` if no edition printed one.
    pub fn actual_at_year(&self, year: FiscalYear) -> Option<Cell<'a, FiscalYear>> {
        self.actual.iter().find(|cell| cell.column == year).copied()
    }

    /// Actual value in `column`; `None` if no edition printed one.
    pub fn actual_at_column(&self, column: Column) -> Option<Cell<'a, Column>> {
        match column {
            Column::Start => self.start,
            Column::Year(year) => self.actual_at_year(year).map(|cell| cell.to_column_cell()),
            Column::End => None,
        }
    }
}

/// Amounts of a node over all editions, by key and fiscal year; the latest edition takes precedence.
pub type AmountSeries<'a> = BTreeMap<AmountKey, BTreeMap<FiscalYear, Cell<'a, FiscalYear>>>;

/// Merges one table of amounts over `sheets`: `merged_amounts(&node.sheets, |s| &s.money)`.
pub fn merged_amounts<'a>(
    sheets: impl IntoIterator<Item = &'a Sheet>,
    table: impl Fn(&'a Sheet) -> &'a Amounts,
) -> AmountSeries<'a> {
    let mut merged = AmountSeries::new();
    for sheet in sheets {
        for (key, years) in &table(sheet).by_year {
            let row: &mut BTreeMap<_, _> = merged.entry(*key).or_default();
            row.extend(
                years.iter().map(|(year, value)| (*year, Cell { column: *year, value, edition: sheet.edition })),
            );
        }
    }
    merged
}

/// Sources of the amount in a cell: those that the newest edition prints with the same amount. A later edition may print
/// an amount again without its sources.
pub fn funding_of<'a>(
    sheets: impl DoubleEndedIterator<Item = &'a Sheet>,
    table: impl Fn(&'a Sheet) -> &'a Amounts,
    key: AmountKey,
    year: Option<FiscalYear>,
) -> &'a [FundingShare] {
    let printed = sheets.rev().filter_map(|sheet| table(sheet).get(key, year));
    let mut newest = None;
    let mut same = printed.take_while(|value| newest.get_or_insert(*value).prints_same(value));
    same.find(|value| !value.funding.is_empty()).map_or(&[], |value| &value.funding)
}

impl<'a> Cell<'a, Column> {
    fn to_year_cell(self) -> Option<Cell<'a, FiscalYear>> {
        match self.column {
            Column::Year(column) => Some(Cell { column, value: self.value, edition: self.edition }),
            Column::Start | Column::End => None,
        }
    }
}

impl<'a> Cell<'a, FiscalYear> {
    /// The same cell with its year as a [`Column`].
    pub fn to_column_cell(self) -> Cell<'a, Column> {
        Cell { column: Column::Year(self.column), value: self.value, edition: self.edition }
    }
}

impl Cell<'_, FiscalYear> {
    /// Year in which the value was measured: its column unless the cell states another one. The
    /// last year of a range of years.
    pub fn measured(&self) -> FiscalYear {
        self.value.measured.map_or(self.column, |period| period.to)
    }

    /// Returns true if the value is an older measurement carried forward into this column.
    pub fn carried_forward(&self) -> bool {
        self.measured() < self.column
    }
}
