//! Columns of figures with their years: repeated blocks, a column per year, or one column with the year of its row.

use super::error::Place;
use super::mapping::{AmountSpec, AmountYear, YearColumns, YearRange};
use super::table::Grid;
use crate::diagnostic::say;
use crate::model::FiscalYear;

/// A column and the year of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearColumn {
    /// The year; `None` for that of the row.
    pub year: Option<AmountYear>,
    /// Zero-based column.
    pub column: u32,
    /// Columns to the right of the corresponding one of the first block.
    pub shift: u32,
}

/// Columns of a series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct YearSeries {
    /// The columns.
    pub columns: Vec<YearColumn>,
    /// Years with results, if the columns belong to a block.
    pub past: Option<YearRange>,
}

impl YearSeries {
    /// Resolves the columns of a series. `year` is the year of a single column.
    pub fn resolve(grid: &Grid<'_>, columns: &YearColumns, year: Option<AmountYear>, line: usize) -> Option<Self> {
        let reference = match columns {
            YearColumns::ByYear(years) => {
                let column = |(year, reference): &(FiscalYear, _)| {
                    Some(YearColumn { year: Some(AmountYear::Year(*year)), column: grid.column(reference)?, shift: 0 })
                };
                return Some(Self { columns: years.iter().filter_map(column).collect(), past: None });
            }
            YearColumns::One(reference) => reference,
        };
        let column = grid.column(reference)?;
        if let Some((repeats, block)) = grid.repeats(column) {
            let columns = repeats.into_iter().map(|(year, repeated)| YearColumn {
                year: Some(AmountYear::Year(year)),
                column: repeated,
                shift: repeated.saturating_sub(column),
            });
            return Some(Self { columns: columns.collect(), past: Some(block.past) });
        }
        if year.is_none() && grid.spec.year.is_none() {
            grid.findings.report(
                Place::Mapping { line },
                say!(ja: "この列の年度がわかりません", en: "the year of this column is not stated"),
                say!(
                    ja: "`year = \"R6\"`、年度ごとの列の表、または `[[table.block]]` で示してください",
                    en: "state it with `year = \"R6\"`, a table of columns by year, or a `[[table.block]]`"
                ),
            );
            return None;
        }
        Some(Self { columns: vec![YearColumn { year, column, shift: 0 }], past: None })
    }

    /// True if results and later figures share the columns, so that the year decides which of them a cell is.
    pub fn is_past(&self, year: FiscalYear) -> Option<bool> {
        self.past.map(|past| past.contains(year))
    }
}

/// Phase of an amount in a year; `None` if the mapping does not state it.
pub fn phase<'s>(spec: &'s AmountSpec, series: &YearSeries, year: AmountYear) -> Option<&'s str> {
    let by_year = || match year {
        AmountYear::Year(year) if series.is_past(year)? => spec.past.as_deref(),
        AmountYear::Year(_) => spec.later.as_deref(),
        AmountYear::All => None,
    };
    spec.phase.as_deref().or_else(by_year)
}
