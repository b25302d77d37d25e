//! Indicators in rows: one row for each, for each of its series with a column per year, or for each of its years. Names
//! may stand in another table.

use super::cell::{FigureKind, Origin, Shown};
use super::error::Place;
use super::facts::{Counts, Facts, IndicatorFact, NodeFact};
use super::figures::{must_be_called, record};
use super::mapping::{AmountYear, LongSpec, Series};
use super::nodes::one_line;
use super::series::{YearColumn, YearSeries};
use super::table::Grid;
use crate::diagnostic::{say, shortened};
use crate::model::FiscalYear;
use crate::spreadsheet::CellRef;
use std::collections::BTreeMap;

/// Columns of indicators in rows.
pub struct LongColumns<'a> {
    spec: &'a LongSpec,
    row: Option<u32>,
    group: Vec<u32>,
    name: Option<u32>,
    unit: Option<u32>,
    role: Option<u32>,
    better: Option<u32>,
    /// Columns by year, where the kind is in rows.
    years: Vec<(FiscalYear, u32)>,
    /// Columns by series, where it is not.
    series: Vec<(Series, YearSeries)>,
}

impl<'a> LongColumns<'a> {
    /// Resolves the columns; `None` after an error.
    pub fn resolve(grid: &Grid<'_>, spec: &'a LongSpec) -> Option<Self> {
        let optional = |reference: &Option<_>| reference.as_ref().map(|reference| grid.column(reference));
        let (row, group, name) = (optional(&spec.row), grid.columns(&spec.group), optional(&spec.name));
        let (unit, role) = (optional(&spec.unit).flatten(), optional(&spec.role).flatten());
        let better = spec.better.as_ref().and_then(|(reference, _)| grid.column(reference));
        let years = spec.years.map_or_else(Vec::new, |(from, to)| years(grid, spec, from, to));
        let year = spec.year.map(AmountYear::Year);
        let series = spec
            .series
            .iter()
            .filter_map(|(series, columns)| Some((*series, YearSeries::resolve(grid, columns, year, spec.line)?)));
        let series = series.collect();
        let is_known = |column: Option<Option<u32>>| column != Some(None);
        (is_known(row) && is_known(name)).then_some(())?;
        let (row, name) = (row.flatten(), name.flatten());
        Some(Self { spec, row, group: group?, name, unit, role, better, years, series })
    }

    /// Records the figures of a row of the node at `index`.
    pub fn read(&self, grid: &Grid<'_>, row: u32, row_year: Option<FiscalYear>, index: usize, facts: &mut Facts) {
        let text = |column: u32| grid.text(CellRef::new(row, column)).ok().flatten();
        let Some(cells) = self.cells(grid, row, row_year) else { return };
        let group: Vec<String> =
            self.group.iter().map(|column| text(*column).map_or_else(String::new, |shown| shown.text)).collect();
        let in_rows = facts.in_rows.entry(self.spec.id.clone()).or_default();
        let Some(node) = facts.nodes.get_mut(index) else { return };
        let known = in_rows.ids.get(&(index, group.clone())).cloned();
        let position = known.and_then(|id| node.indicators.iter().position(|known| known.id == id));
        let name = self.name.and_then(text);
        let position = match (position, name) {
            (Some(position), name) => {
                if let Some((name, known)) = name.zip(node.indicators.get(position)) {
                    must_be_called(grid, known, &one_line(&name.text), name.origin);
                }
                position
            }
            (None, Some(name)) => {
                let number = in_rows.counted.entry(index).or_default();
                *number += 1;
                let id = format!("{}-{number}", self.spec.id);
                in_rows.ids.insert((index, group), id.clone());
                self.declare(grid, row, id, &name, node, &mut facts.counts)
            }
            (None, None) => return self.without_name(grid, row, &cells),
        };
        let Some(indicator) = node.indicators.get_mut(position) else { return };
        let unit = indicator.unit.clone().unwrap_or_default();
        for (series, year, at) in cells {
            let unit = (series != Series::Rate).then_some(&*unit);
            let Ok(figure) = grid.figure(at, self.spec.decimals, unit) else { continue };
            facts.counts.figures.add(figure.as_ref());
            if let Some(figure) = figure {
                record(grid, indicator, (series, year), figure);
            }
        }
    }

    /// Cells with figures of a row; `None` if it is ignored, or its kind is unknown and reported.
    fn cells(
        &self,
        grid: &Grid<'_>,
        row: u32,
        row_year: Option<FiscalYear>,
    ) -> Option<Vec<(Series, FiscalYear, CellRef)>> {
        if let Some(column) = self.row {
            let series = self.kind(grid, CellRef::new(row, column))?;
            return Some(self.years.iter().map(|(year, column)| (series, *year, CellRef::new(row, *column))).collect());
        }
        let cell = |(series, columns): &(Series, YearSeries)| {
            let series = *series;
            let of_year = |column: &YearColumn| match column.year {
                Some(AmountYear::Year(year)) => Some((series, year, CellRef::new(row, column.column))),
                Some(AmountYear::All) => None,
                None => Some((series, row_year?, CellRef::new(row, column.column))),
            };
            columns.columns.iter().filter_map(of_year).collect::<Vec<_>>()
        };
        Some(self.series.iter().flat_map(cell).collect())
    }

    /// Reports an indicator without a name, unless the row has no figures.
    fn without_name(&self, grid: &Grid<'_>, row: u32, cells: &[(Series, FiscalYear, CellRef)]) {
        let has_figure = |at: CellRef| {
            let figure = grid.figure(at, self.spec.decimals, None);
            matches!(figure, Ok(Some(figure)) if figure.kind != FigureKind::Missing)
        };
        if !cells.iter().any(|(_, _, at)| has_figure(*at)) {
            return;
        }
        if let Some(column) = self.name {
            grid.findings.report(
                grid.place(CellRef::new(row, column)),
                say!(ja: "指標の名称が空欄です", en: "the name of the indicator is blank"),
                say!(ja: "`[[fix]]` に書いてください", en: "write it in a `[[fix]]`"),
            );
            return;
        }
        let prefix = &self.spec.id;
        grid.findings.report(
            grid.place(CellRef::new(row, self.group.first().copied().unwrap_or_default())),
            say!(
                ja: "この指標の名称が、ほかの表にありません",
                en: "no other table has the name of this indicator"
            ),
            say!(
                ja: "名称の列（`name`）を書くか、名称のある表をこの表より前に、同じ `id = {{ counted = \"{prefix}\" }}` と同じ内容の `group` で書いてください",
                en: "write its column as `name`, or put the table with the names before this one, with the same `id = {{ counted = \"{prefix}\" }}` and a `group` of the same texts"
            ),
        );
    }

    /// Adds an indicator to the node and returns its position.
    fn declare(
        &self,
        grid: &Grid<'_>,
        row: u32,
        id: String,
        name: &Shown,
        node: &mut NodeFact,
        counts: &mut Counts,
    ) -> usize {
        let text = |column: Option<u32>| {
            let shown = grid.text(CellRef::new(row, column?)).ok().flatten()?;
            Some(one_line(&shown.text))
        };
        let unit = text(self.unit);
        counts.indicators += 1;
        counts.without_unit += usize::from(unit.is_none());
        node.indicators.push(IndicatorFact {
            id,
            role: text(self.role),
            name: one_line(&name.text),
            unit,
            better: self.direction(grid, row),
            origin: Origin { table: grid.index, cell: name.origin.cell },
            figures: BTreeMap::new(),
        });
        node.indicators.len().saturating_sub(1)
    }

    /// The series that the kind of a row stands for; `None` if it is ignored, or unknown and reported.
    fn kind(&self, grid: &Grid<'_>, at: CellRef) -> Option<Series> {
        let word = grid.text(at).ok()?.map_or_else(String::new, |shown| shown.text);
        if let Some(series) = self.spec.rows.get(&word) {
            return *series;
        }
        let (word, known) = (shortened(&word), self.spec.rows.keys().cloned().collect::<Vec<_>>());
        let (listed_ja, listed) = (known.join("、"), known.join(", "));
        grid.findings.report(
            grid.place(at),
            say!(ja: "行の種類「{word}」が対応表にありません", en: "the kind of row `{word}` is not in the mapping"),
            say!(ja: "`rows` に加えてください（今あるのは {listed_ja}）", en: "add it to `rows`, which has {listed}"),
        );
        None
    }

    /// The direction of improvement in a row.
    fn direction(&self, grid: &Grid<'_>, row: u32) -> Option<String> {
        let (_, words) = self.spec.better.as_ref()?;
        let shown = grid.text(CellRef::new(row, self.better?)).ok()??;
        let direction = words.get(&shown.text);
        if direction.is_none() {
            let word = shortened(&shown.text);
            grid.findings.report(
                grid.place(shown.origin.cell),
                say!(ja: "改善の方向「{word}」が対応表にありません", en: "the direction `{word}` is not in the mapping"),
                say!(
                    ja: "`better` に higher・lower・maintain のどれかで加えてください",
                    en: "add it to `better` as higher, lower or maintain"
                ),
            );
        }
        direction.cloned()
    }
}

/// Columns whose headings are years.
fn years(grid: &Grid<'_>, spec: &LongSpec, from: FiscalYear, to: FiscalYear) -> Vec<(FiscalYear, u32)> {
    let years = grid.year_columns(from, to);
    years.iter().for_each(|(_, column)| grid.mark_used(*column));
    if years.is_empty() {
        let (from, to) = (from.short(), to.short());
        grid.findings.report(
            Place::Mapping { line: spec.line },
            say!(ja: "見出しが {from}〜{to} の列がありません", en: "no column is named by a year from {from} to {to}"),
            say!(ja: "`years` と `header` を確認してください", en: "check `years` and `header`"),
        );
    }
    years
}
