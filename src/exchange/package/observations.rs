//! The table of the values of indicators.

use super::csv_file::{Cell, CsvFile, CsvWriter, NONE, flag, optional, text, year};
use super::nodes::{indicator_key, node_key};
use super::table::OBSERVATION_COLUMNS;
use super::values::{as_of_cell, measured_cells, value_cells};
use crate::model::{
    Column, Edition, EditionIx, Indicator, Node, RegionCode, Report, SeriesKind, StrategyIx, Value, YearKind,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A value of an indicator.
#[derive(Debug)]
pub(super) struct Observation<'r> {
    /// Key of its row: `2019/policy/3/indicator.kpi.actual.2019`.
    pub(super) id: String,
    pub(super) value: &'r Value,
    edition: &'r Edition,
    node: &'r Node,
    indicator: &'r Indicator,
    /// Its series; `None` if it was printed outside any column.
    series: Option<SeriesKind>,
    /// Its column; `None` if it was printed outside any column.
    column: Option<Column>,
    is_latest: bool,
}

impl<'r> Observation<'r> {
    /// Unit of the value unless it has one of its own: none for rates and ranks.
    pub(super) fn unit(&self) -> &'r str {
        let in_unit = self.series.is_none_or(SeriesKind::is_in_unit);
        self.indicator.unit.as_deref().filter(|_| in_unit).unwrap_or("")
    }
}

/// The table [`TableId::Observations`](super::TableId::Observations).
pub(super) fn table(report: &Report, ix: StrategyIx, observations: &[Observation<'_>]) -> CsvFile {
    let mut file = CsvWriter::new(&OBSERVATION_COLUMNS);
    let strategy = report.strategy(ix);
    let region = report.region_code(ix).map(RegionCode::as_str);
    for of in observations {
        let [number, number_to, bound, unit, status] = value_cells(of.value, of.unit());
        let [measured_from, measured_to] = measured_cells(of.value);
        let (fiscal, calendar) = years(of.indicator, of.column);
        file.push([
            text(&of.id),
            optional(region),
            text(&strategy.publisher),
            text(&strategy.id),
            text(&of.edition.id),
            Cow::Owned(node_key(of.node)),
            Cow::Owned(indicator_key(of.node, of.indicator)),
            Cow::Owned(series_code(of.indicator, of.series)),
            fiscal,
            calendar,
            flag(of.column == Some(Column::Start)),
            flag(of.column == Some(Column::End)),
            number,
            number_to,
            bound,
            unit,
            status,
            measured_from,
            measured_to,
            flag(of.value.estimated.is_some()),
            as_of_cell(of.value.as_of.as_deref()),
            flag(of.is_latest),
        ]);
    }
    file.finish()
}

/// Code of a series: `actual`, `comparison:pref`.
fn series_code(indicator: &Indicator, series: Option<SeriesKind>) -> String {
    let Some(series) = series else { return "unplaced".to_owned() };
    match indicator.series_id(series) {
        Some(id) => format!("{}:{id}", series.key()),
        None => series.key().to_owned(),
    }
}

/// The cells `fiscal_year` and `calendar_year`.
fn years(indicator: &Indicator, column: Option<Column>) -> (Cell<'static>, Cell<'static>) {
    match (column, indicator.year_kind) {
        (Some(Column::Year(given)), YearKind::Fiscal) => (year(Some(given)), NONE),
        (Some(Column::Year(given)), YearKind::Calendar) => (NONE, year(Some(given))),
        (Some(Column::Start | Column::End) | None, _) => (NONE, NONE),
    }
}

/// All values, in the order of `report.json`.
pub(super) fn all(report: &Report, ix: StrategyIx) -> Vec<Observation<'_>> {
    let strategy = report.strategy(ix);
    let mut all = Vec::new();
    for (_, node) in report.nodes(ix) {
        let latest = latest_editions(node);
        for sheet in &node.sheets {
            let Some(edition) = strategy.editions.get(sheet.edition.0) else { continue };
            for (index, figures) in &sheet.figures {
                let Some(indicator) = node.indicators.get(*index) else { continue };
                let cell = format!("{}/{}/indicator.{}", edition.id, node_key(node), indicator.id);
                for (series, column, value) in figures.values() {
                    let key = series_code(indicator, Some(series)).replace(':', ".");
                    let id = format!("{cell}.{key}.{}", column_key(column));
                    let is_latest = latest.get(&(*index, Some((series, column)))) == Some(&sheet.edition);
                    let (series, column) = (Some(series), Some(column));
                    all.push(Observation { id, value, edition, node, indicator, series, column, is_latest });
                }
                for (position, value) in figures.unplaced.iter().enumerate() {
                    let id = format!("{cell}.unplaced.{}", position + 1);
                    let is_latest = latest.get(&(*index, None)) == Some(&sheet.edition);
                    let (series, column) = (None, None);
                    all.push(Observation { id, value, edition, node, indicator, series, column, is_latest });
                }
            }
        }
    }
    all
}

/// Last edition that printed each cell of a node, by index of the indicator; `None` for values outside any column.
fn latest_editions(node: &Node) -> BTreeMap<(usize, Option<(SeriesKind, Column)>), EditionIx> {
    let mut latest = BTreeMap::new();
    for sheet in &node.sheets {
        for (index, figures) in &sheet.figures {
            let cells = figures.values().map(|(series, column, _)| Some((series, column)));
            let unplaced = figures.unplaced.first().map(|_| None);
            latest.extend(cells.chain(unplaced).map(|cell| ((*index, cell), sheet.edition)));
        }
    }
    latest
}

fn column_key(column: Column) -> String {
    match column {
        Column::Start => "start".to_owned(),
        Column::Year(year) => year.0.to_string(),
        Column::End => "end".to_owned(),
    }
}
