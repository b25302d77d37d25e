//! Indicators and amounts in the columns of a row.

use super::cell::{Figure, FigureKind, Origin};
use super::error::Place;
use super::facts::{AmountFact, AmountKey, Counts, IndicatorFact, NodeFact};
use super::heading::{plain, stated_unit};
use super::mapping::{AmountKind, AmountSpec, AmountYear, IndicatorSpec, NameSource, Series};
use super::series::{YearSeries, phase};
use super::table::Grid;
use crate::diagnostic::{say, shortened};
use crate::model::FiscalYear;
use crate::spreadsheet::CellRef;
use std::collections::BTreeSet;

/// Columns of an indicator.
pub struct IndicatorColumns<'a> {
    spec: &'a IndicatorSpec,
    name: Option<u32>,
    unit: Option<u32>,
    series: Vec<(Series, YearSeries)>,
}

impl<'a> IndicatorColumns<'a> {
    /// Resolves the columns of an indicator; `None` after an error.
    pub fn resolve(grid: &Grid<'_>, spec: &'a IndicatorSpec) -> Option<Self> {
        let name = match &spec.name {
            NameSource::Column(reference) => Some(grid.column(reference)?),
            NameSource::Fixed(_) => None,
        };
        let unit = spec.unit.as_ref().map(|unit| grid.column(unit));
        let year = spec.year.map(AmountYear::Year);
        let resolve = |columns: &Option<_>| {
            columns.as_ref().and_then(|columns| YearSeries::resolve(grid, columns, year, spec.line))
        };
        let (mut actual, mut target) = (resolve(&spec.actual), resolve(&spec.target));
        // The same column holds results of past years and targets of later ones.
        let columns = |series: &Option<YearSeries>| series.as_ref().map(|series| series.columns.clone());
        if columns(&actual) == columns(&target)
            && let Some(past) = actual.as_ref().and_then(|actual| actual.past)
        {
            let is_past = |year| matches!(year, Some(AmountYear::Year(year)) if past.contains(year));
            actual.iter_mut().for_each(|series| series.columns.retain(|column| is_past(column.year)));
            target.iter_mut().for_each(|series| series.columns.retain(|column| !is_past(column.year)));
        }
        let series = [(Series::Actual, actual), (Series::Target, target), (Series::Rate, resolve(&spec.rate))];
        let series = series.into_iter().filter_map(|(kind, series)| Some((kind, series?))).collect();
        Some(Self { spec, name, unit: unit.flatten(), series })
    }

    /// Records the indicator of a row, if it has one. A row without a name must not have values.
    pub fn read(
        &self,
        grid: &Grid<'_>,
        row: u32,
        row_year: Option<FiscalYear>,
        node: &mut NodeFact,
        counts: &mut Counts,
    ) {
        let cells: Vec<(Series, FiscalYear, CellRef)> = self
            .series
            .iter()
            .flat_map(|(kind, series)| {
                series.columns.iter().filter_map(move |column| match column.year {
                    Some(AmountYear::Year(year)) => Some((*kind, year, CellRef::new(row, column.column))),
                    Some(AmountYear::All) => None,
                    None => Some((*kind, row_year?, CellRef::new(row, column.column))),
                })
            })
            .collect();
        let is_absent = |text: &str| self.spec.absent.iter().any(|absent| absent.trim() == text);
        let name = match (&self.spec.name, self.name) {
            (NameSource::Fixed(title), _) => {
                let first = cells.iter().find(|(_, _, at)| matches!(grid.text(*at), Ok(Some(_)) | Err(_)));
                first.map(|(_, _, at)| (title.clone(), Origin { table: grid.index, cell: *at }))
            }
            (NameSource::Column(_), column) => {
                let Ok(shown) = grid.text(CellRef::new(row, column.unwrap_or_default())) else { return };
                shown
                    .filter(|shown| !is_absent(&shown.text))
                    .map(|shown| (super::nodes::one_line(&shown.text), shown.origin))
            }
        };
        let Some((name, origin)) = name else {
            cells.iter().for_each(|(_, _, at)| self.must_be_missing(grid, *at));
            return;
        };
        let unit = self.unit.and_then(|unit| grid.text(CellRef::new(row, unit)).ok().flatten());
        let unit = unit.map(|unit| super::nodes::one_line(&unit.text)).filter(|unit| !is_absent(unit));
        let index = node.indicators.iter().position(|known| known.id == self.spec.id);
        let index = index.unwrap_or_else(|| {
            counts.indicators += 1;
            counts.without_unit += usize::from(unit.is_none());
            let spec = self.spec;
            let (id, role, better) = (spec.id.clone(), spec.role.clone(), spec.better.clone());
            let figures = std::collections::BTreeMap::new();
            node.indicators.push(IndicatorFact { id, role, name: name.clone(), unit, better, origin, figures });
            node.indicators.len().saturating_sub(1)
        });
        let Some(indicator) = node.indicators.get_mut(index) else { return };
        let unit = indicator.unit.clone().unwrap_or_default();
        must_be_called(grid, indicator, &name, origin);
        for (series, year, at) in cells {
            let unit = (series != Series::Rate).then_some(&*unit);
            let Ok(figure) = grid.figure(at, self.spec.decimals, unit) else { continue };
            counts.figures.add(figure.as_ref());
            if let Some(figure) = figure {
                record(grid, indicator, (series, year), figure);
            }
        }
    }

    /// Reports a value of an indicator that has no name.
    fn must_be_missing(&self, grid: &Grid<'_>, at: CellRef) {
        let Ok(Some(figure)) = grid.figure(at, self.spec.decimals, None) else { return };
        if figure.kind == FigureKind::Missing {
            return;
        }
        let text = shortened(&figure.shown.text);
        grid.findings.report(
            grid.place(at),
            say!(
                ja: "指標の名称がないのに、値「{text}」があります",
                en: "there is a value `{text}`, but the indicator has no name"
            ),
            say!(
                ja: "名称を `[[fix]]` に書くか、値が不要なら `to = \"\"` で空欄にしてください",
                en: "write the name in a `[[fix]]`, or blank the value with `to = \"\"`"
            ),
        );
    }
}

/// Reports a name of an indicator that differs from that in an earlier row.
pub fn must_be_called(grid: &Grid<'_>, indicator: &IndicatorFact, name: &str, origin: Origin) {
    if indicator.name == name {
        return;
    }
    let (name, known) = (shortened(name), shortened(&indicator.name));
    grid.findings.report(
        grid.place(origin.cell),
        say!(
            ja: "指標の名称が「{name}」です。前の行では「{known}」でした",
            en: "the indicator is called `{name}` here, but `{known}` in an earlier row"
        ),
        say!(
            ja: "どちらかを `[[fix]]` で訂正してください。1 事業に複数の指標がある表には `[[table.long]]` を用います",
            en: "correct one of them with a `[[fix]]`; use `[[table.long]]` for a table with several indicators of a program"
        ),
    );
}

/// Records a figure of an indicator. Reports a second one of the same year.
pub fn record(grid: &Grid<'_>, indicator: &mut IndicatorFact, key: (Series, FiscalYear), figure: Figure) {
    let at = figure.shown.origin.cell;
    if let Some(earlier) = indicator.figures.insert(key, figure) {
        twice(grid, at, key.1, earlier.shown.origin);
    }
}

fn twice(grid: &Grid<'_>, at: CellRef, year: FiscalYear, earlier: Origin) {
    let (year_ja, year, earlier) = (year.japanese(), year.short(), earlier.cell);
    grid.findings.report(
        grid.place(at),
        say!(ja: "{year_ja}の値は {earlier} にもあります", en: "the value of {year} is also given in {earlier}"),
        say!(
            ja: "`where` や `years` で、どちらか一つを読むようにしてください",
            en: "select one of them with `where` or `years`"
        ),
    );
}

/// Columns of an amount.
pub struct AmountColumns<'a> {
    spec: &'a AmountSpec,
    series: YearSeries,
    funding: Vec<(String, u32)>,
}

impl<'a> AmountColumns<'a> {
    /// Resolves the columns of an amount; `None` after an error.
    pub fn resolve(grid: &Grid<'_>, spec: &'a AmountSpec) -> Option<Self> {
        let funding = spec.funding.iter().filter_map(|(id, column)| Some((id.clone(), grid.column(column)?))).collect();
        let series = YearSeries::resolve(grid, &spec.column, spec.year, spec.line)?;
        for column in &series.columns {
            let Some(year) = column.year.or(spec.phase.is_none().then_some(AmountYear::All)) else { continue };
            if phase(spec, &series, year).is_none() {
                grid.findings.report(
                    Place::Mapping { line: spec.line },
                    say!(ja: "決算か予算か、段階が書かれていない年度があります", en: "the phase of some years is not stated"),
                    say!(
                        ja: "`phase`、または区切りのある列では `past` と `later` に、budget・settlement（職員数では actual）・plan などを書いてください",
                        en: "state it as `phase`, or in blocks as `past` and `later`: budget, settlement (actual for staff), plan"
                    ),
                );
                return None;
            }
        }
        let columns = Self { spec, series, funding };
        columns.check_stated_units(grid);
        Some(columns)
    }

    /// Unit of the amounts; `None` if it does not matter.
    fn unit<'s>(&'s self, grid: &Grid<'s>) -> Option<&'s str> {
        let is_money = self.spec.kind == AmountKind::Money;
        self.spec.unit.as_deref().or(is_money.then_some(grid.money_unit))
    }

    /// Reports headings that state another unit of money than the mapping.
    fn check_stated_units(&self, grid: &Grid<'_>) {
        let Some(unit) = self.unit(grid) else { return };
        let columns = self.series.columns.iter();
        let columns = columns.flat_map(|at| {
            std::iter::once(at.column).chain(self.funding.iter().map(|(_, source)| source.saturating_add(at.shift)))
        });
        for column in columns.collect::<BTreeSet<u32>>() {
            let Some(stated) = stated_unit(grid.heading(column)) else { continue };
            // `円/人` is stated as 円 for each person.
            if plain(unit) == stated || plain(unit).strip_prefix(stated).is_some_and(|rest| rest.starts_with('/')) {
                continue;
            }
            grid.findings.report(
                grid.place(CellRef::new(grid.spec.header, column)),
                say!(
                    ja: "見出しの単位は「{stated}」ですが、対応表では「{unit}」です",
                    en: "the heading states the unit `{stated}`, but the mapping `{unit}`"
                ),
                say!(
                    ja: "この列の表（`[[table.money]]`）に `unit = \"{stated}\"` と書くか、`money_unit` を改めてください。見出しの誤りであれば、台帳の見出しを直してください",
                    en: "write `unit = \"{stated}\"` in the `[[table.money]]` of this column, or change `money_unit`; correct the heading in the ledger if it is wrong"
                ),
            );
        }
    }

    /// Ids and columns of the sources of funding.
    pub fn funding(&self) -> &[(String, u32)] {
        &self.funding
    }

    /// Records the amounts of a row.
    pub fn read(
        &self,
        grid: &Grid<'_>,
        row: u32,
        row_year: Option<FiscalYear>,
        node: &mut NodeFact,
        counts: &mut Counts,
    ) {
        for column in &self.series.columns {
            let Some(year) = column.year.or(row_year.map(AmountYear::Year)) else { continue };
            if matches!(year, AmountYear::Year(year) if !self.spec.years.contains(year)) {
                continue;
            }
            let Some(phase) = phase(self.spec, &self.series, year) else { continue };
            let at = CellRef::new(row, column.column);
            let unit = self.unit(grid);
            let Ok(figure) = grid.figure(at, self.spec.decimals, unit) else { continue };
            counts.amounts.add(figure.as_ref());
            let mut funding = Vec::new();
            for (id, source) in &self.funding {
                let figure = grid.figure(CellRef::new(row, source + column.shift), self.spec.decimals, unit);
                let Ok(figure) = figure else { continue };
                counts.amounts.add(figure.as_ref());
                funding.extend(figure.map(|figure| (id.clone(), figure)));
            }
            if figure.is_none() && !funding.is_empty() {
                grid.findings.report(
                    grid.place(at),
                    say!(ja: "財源があるのに、金額が空欄です", en: "the amount is blank, but its sources of funding are not"),
                    say!(ja: "台帳に記入するか、`[[fix]]` に書いてください", en: "enter it in the ledger, or write a `[[fix]]`"),
                );
                continue;
            }
            let (kind, id) = (self.spec.kind, self.spec.id.clone());
            let key = AmountKey { kind, id, phase: phase.to_owned(), year };
            let origin = Origin { table: grid.index, cell: at };
            let fact = AmountFact {
                figure,
                origin,
                funding,
                sources: self.funding.len(),
                is_checked: self.spec.is_checked,
                sum: if kind == AmountKind::Money { self.spec.sum.clone() } else { Vec::new() },
            };
            if let Some(earlier) = node.amounts.insert(key, fact)
                && let AmountYear::Year(year) = year
            {
                twice(grid, at, year, earlier.origin);
            }
        }
    }
}
