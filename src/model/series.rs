//! The running series of an indicator: its editions merged.

use super::edition::EditionIx;
use super::fiscal_year::FiscalYear;
use super::money::Amounts;
use super::node::Node;
use super::sheet::{Column, Sheet};
use super::value::Value;
use std::collections::BTreeMap;

/// An indicator's values over all editions: for each column the latest edition wins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series<'a> {
    /// 実績値, oldest first.
    pub actual: Vec<Cell<'a, FiscalYear>>,
    /// 目標値, by year, the end of the plan last.
    pub target: Vec<Cell<'a, Column>>,
    /// Where a later edition printed another value than an earlier one, in order of the editions.
    pub revisions: Vec<Revision<'a>>,
}

/// A value with its column and the edition that printed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a, C> {
    /// The column in which it stands.
    pub column: C,
    /// The value.
    pub value: &'a Value,
    /// The edition that printed it.
    pub edition: EditionIx,
}

/// A value that a later edition printed differently (改定).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision<'a> {
    /// Whether a target was changed, not an actual value.
    pub of_target: bool,
    /// The column.
    pub column: Column,
    /// The value as it had been.
    pub before: Cell<'a, Column>,
    /// The value as it is now.
    pub after: Cell<'a, Column>,
}

impl<'a> Series<'a> {
    /// Merges all editions of the indicator at `indicator` in [`Node::indicators`].
    pub fn merged(node: &'a Node, indicator: usize) -> Self {
        Self::of_sheets(&node.sheets, indicator)
    }

    /// What one sheet alone printed of the indicator.
    pub fn of_sheet(sheet: &'a Sheet, indicator: usize) -> Self {
        Self::of_sheets(std::slice::from_ref(sheet), indicator)
    }

    /// Merges what `sheets`, in the order of their editions, printed of the indicator.
    pub fn of_sheets(sheets: impl IntoIterator<Item = &'a Sheet>, indicator: usize) -> Self {
        let mut actual = BTreeMap::new();
        let mut target = BTreeMap::new();
        let mut revisions = Vec::new();
        for sheet in sheets {
            let Some(figures) = sheet.figures.get(&indicator) else { continue };
            let printed = figures.actual.iter().map(|(year, value)| (false, Column::Year(*year), value));
            let aimed = figures.target.iter().map(|(column, value)| (true, *column, value));
            for (of_target, column, value) in printed.chain(aimed) {
                let after = Cell { column, value, edition: sheet.edition };
                let merged = if of_target { &mut target } else { &mut actual };
                if let Some(before) = merged.insert(column, after) {
                    let before: Cell<'a, Column> = before;
                    if !before.value.same_figure(value) {
                        revisions.push(Revision { of_target, column, before, after });
                    }
                }
            }
        }
        let actual = actual.into_values().filter_map(Cell::in_year).collect();
        Self { actual, target: target.into_values().collect(), revisions }
    }

    /// The newest actual value that is not missing.
    pub fn latest(&self) -> Option<Cell<'a, FiscalYear>> {
        self.actual.iter().rev().find(|cell| !cell.value.is_missing()).copied()
    }

    /// The actual value of `year`.
    pub fn actual_of(&self, year: FiscalYear) -> Option<Cell<'a, FiscalYear>> {
        self.actual.iter().find(|cell| cell.column == year).copied()
    }
}

/// Amounts of a node over all editions: by kind and fiscal year, the latest edition wins.
pub type AmountSeries<'a, K> = BTreeMap<K, BTreeMap<FiscalYear, Cell<'a, FiscalYear>>>;

/// Merges one table of amounts over `sheets`: `merged_amounts(&node.sheets, |s| &s.money)`.
pub fn merged_amounts<'a, K: Ord + Copy + 'a>(
    sheets: impl IntoIterator<Item = &'a Sheet>,
    table: impl Fn(&'a Sheet) -> &'a Amounts<K>,
) -> AmountSeries<'a, K> {
    let mut merged = AmountSeries::new();
    for sheet in sheets {
        for (kind, years) in table(sheet) {
            let row: &mut BTreeMap<_, _> = merged.entry(*kind).or_default();
            row.extend(
                years.iter().map(|(year, value)| (*year, Cell { column: *year, value, edition: sheet.edition })),
            );
        }
    }
    merged
}

impl<'a> Cell<'a, Column> {
    fn in_year(self) -> Option<Cell<'a, FiscalYear>> {
        match self.column {
            Column::Year(column) => Some(Cell { column, value: self.value, edition: self.edition }),
            Column::End => None,
        }
    }
}

impl Cell<'_, FiscalYear> {
    /// The year in which the value was measured: its own column unless the cell says otherwise.
    /// Of a window, its last year.
    pub fn measured(&self) -> FiscalYear {
        self.value.measured.map_or(self.column, |period| period.to)
    }

    /// Whether an older measurement was carried forward into this column.
    pub fn carried_forward(&self) -> bool {
        self.measured() < self.column
    }
}
