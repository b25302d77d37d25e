//! The long format: several rows make one indicator, one for each series, with a column per year.

use super::cell::{Origin, Shown};
use super::error::Place;
use super::facts::{Counts, Facts, IndicatorFact, NodeFact};
use super::figures::record;
use super::mapping::{LongSpec, Series};
use super::nodes::one_line;
use super::table::Grid;
use crate::diagnostic::{say, shortened};
use crate::model::FiscalYear;
use crate::spreadsheet::CellRef;
use std::collections::BTreeMap;

/// Columns of indicators in the long format, with the indicators seen so far.
pub struct LongColumns<'a> {
    spec: &'a LongSpec,
    row: u32,
    group: Vec<u32>,
    name: u32,
    unit: Option<u32>,
    role: Option<u32>,
    better: Option<u32>,
    years: Vec<(FiscalYear, u32)>,
    /// Ids by node and texts of the group.
    ids: BTreeMap<(usize, Vec<String>), String>,
    /// Numbers of indicators by node.
    counted: BTreeMap<usize, usize>,
}

impl<'a> LongColumns<'a> {
    /// Resolves the columns; `None` after an error.
    pub fn resolve(grid: &Grid<'_>, spec: &'a LongSpec) -> Option<Self> {
        let optional = |reference: &Option<_>| reference.as_ref().and_then(|reference| grid.column(reference));
        let (row, group, name) = (grid.column(&spec.row), grid.columns(&spec.group), grid.column(&spec.name));
        let (unit, role) = (optional(&spec.unit), optional(&spec.role));
        let better = spec.better.as_ref().and_then(|(reference, _)| grid.column(reference));
        let (from, to) = spec.years;
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
        let (ids, counted) = (BTreeMap::new(), BTreeMap::new());
        Some(Self { spec, row: row?, group: group?, name: name?, unit, role, better, years, ids, counted })
    }

    /// Records the figures of a row of the node at `index`.
    pub fn read(&mut self, grid: &Grid<'_>, row: u32, index: usize, facts: &mut Facts) {
        let text = |column: u32| grid.text(CellRef::new(row, column)).ok().flatten();
        let Some(series) = self.series(grid, row) else { return };
        let group: Vec<String> =
            self.group.iter().map(|column| text(*column).map_or_else(String::new, |shown| shown.text)).collect();
        let (spec, ids, counted) = (self.spec, &mut self.ids, &mut self.counted);
        let id = ids.entry((index, group)).or_insert_with(|| {
            let number = counted.entry(index).or_default();
            *number += 1;
            format!("{}-{number}", spec.id)
        });
        let Some(node) = facts.nodes.get_mut(index) else { return };
        let position = node.indicators.iter().position(|known| known.id == *id);
        let id = id.clone();
        let position = match position {
            Some(position) => position,
            None => {
                let Some(name) = text(self.name) else {
                    grid.findings.report(
                        grid.place(CellRef::new(row, self.name)),
                        say!(ja: "指標の名称が空欄です", en: "the name of the indicator is blank"),
                        say!(ja: "`[[fix]]` に書いてください", en: "write it in a `[[fix]]`"),
                    );
                    return;
                };
                self.declare(grid, row, id, &name, node, &mut facts.counts)
            }
        };
        let Some(indicator) = node.indicators.get_mut(position) else { return };
        let unit = indicator.unit.clone().unwrap_or_default();
        let unit = (series != Series::Rate).then_some(&*unit);
        for (year, column) in &self.years {
            let Ok(figure) = grid.figure(CellRef::new(row, *column), spec.decimals, unit) else { continue };
            facts.counts.figures.add(figure.as_ref());
            if let Some(figure) = figure {
                record(grid, indicator, (series, *year), figure);
            }
        }
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

    /// The series of a row; `None` if it is ignored, or unknown and reported.
    fn series(&self, grid: &Grid<'_>, row: u32) -> Option<Series> {
        let at = CellRef::new(row, self.row);
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
