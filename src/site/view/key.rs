//! Key figures: an indicator at a glance, its newest value against its target.

use super::here::Here;
use super::time::{YearView, period_short};
use super::value::{ValueView, figure_and_unit};
use crate::model::{
    AmountSeries, Cell, Column, FiscalYear, Indicator, IndicatorKind, MoneyKind, NodeId, Series, StrategyIx, Value,
    merged_amounts,
};
use serde::Serialize;

/// The newest value of an indicator and the target that it is held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyView<'a> {
    /// The newest actual value; none where none was printed.
    pub now: Option<KeyFigure<'a>>,
    /// The target of the same year, or else the last one.
    pub goal: Option<KeyFigure<'a>>,
}

/// A figure that stands alone, in large type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFigure<'a> {
    /// As printed, without the year in which it was measured.
    pub figure: &'a str,
    /// The unit, where the cell bears none; behind it the word of a bound.
    pub unit: Option<String>,
    /// The year or period in which it was measured, or else the year of its column; none for
    /// a target of the end of the plan.
    pub when: Option<String>,
    /// The value with all that must stay with it.
    pub value: ValueView<'a>,
}

/// What a program cost, or all programs of a policy or goal as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyMoney<'a> {
    /// The id of the place on the page where all amounts stand.
    pub anchor: &'static str,
    /// Each kind of money in the newest year for which an amount was printed, oldest year first.
    pub amounts: Vec<KeyAmount<'a>>,
}

/// An amount that stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyAmount<'a> {
    /// `budget`, `settlement` or `plan`.
    pub kind: &'static str,
    /// The year.
    pub year: YearView,
    /// The amount.
    pub figure: KeyFigure<'a>,
}

/// The key amounts of a node: its own, or else the printed totals of its rows. `None` where
/// no number was printed.
pub(crate) fn key_money<'a>(here: &Here<'a>, id: NodeId) -> Option<KeyMoney<'a>> {
    let own = merged_amounts(here.sheets(id), |sheet| &sheet.money);
    let (series, anchor) = match own.is_empty() {
        true => (merged_amounts(here.sheets(id), |sheet| &sheet.total), "programs"),
        false => (own, "costs"),
    };
    let amounts: Vec<KeyAmount<'a>> =
        newest(here, id.strategy, &series).into_iter().map(|(_, amount)| amount).collect();
    (!amounts.is_empty()).then_some(KeyMoney { anchor, amounts })
}

/// Each kind of money in the newest year for which a number was printed, oldest year first.
pub(super) fn newest<'a>(
    here: &Here<'a>,
    of: StrategyIx,
    series: &AmountSeries<'a, MoneyKind>,
) -> Vec<(MoneyKind, KeyAmount<'a>)> {
    let unit = &here.report.strategy(of).money_unit;
    let newest = series.iter().filter_map(|(kind, years)| {
        let (year, cell) = years.iter().rev().find(|(_, cell)| cell.value.decimal().is_some())?;
        let (figure, unit) = figure_and_unit(cell.value, Some(unit));
        let year_view = here.year(*year);
        // Charts say it in words, whatever else the page shows.
        let value = ValueView::of_money_in_words(here, of, *cell);
        let figure = KeyFigure { figure, unit, when: Some(year_view.name.clone()), value };
        Some((*year, (*kind, KeyAmount { kind: kind.key(), year: year_view, figure })))
    });
    let mut newest: Vec<(FiscalYear, (MoneyKind, KeyAmount<'a>))> = newest.collect();
    newest.sort_by_key(|(year, _)| *year);
    newest.into_iter().map(|(_, amount)| amount).collect()
}

/// The key figures of an indicator in numbers. `None` where it has none at all.
pub(crate) fn key<'a>(
    here: &Here<'a>,
    of: StrategyIx,
    indicator: &'a Indicator,
    series: &Series<'a>,
) -> Option<KeyView<'a>> {
    if indicator.kind == IndicatorKind::Words {
        return None;
    }
    let given = |cell: &&Cell<'a, Column>| !cell.value.is_missing();
    let latest = series.latest();
    let of_year = latest.and_then(|latest| {
        let year = Column::Year(latest.column);
        series.target.iter().filter(given).find(|target| target.column == year)
    });
    let goal = of_year.or_else(|| series.target.iter().rev().find(given));
    let now = latest.map(|cell| actual(here, of, indicator, cell));
    let goal = goal.map(|cell| target(here, indicator, *cell));
    (now.is_some() || goal.is_some()).then_some(KeyView { now, goal })
}

fn actual<'a>(here: &Here<'a>, of: StrategyIx, indicator: &'a Indicator, cell: Cell<'a, FiscalYear>) -> KeyFigure<'a> {
    figure(here, indicator, cell.value, Some(here.year(cell.column)), ValueView::of_actual(here, of, cell))
}

fn target<'a>(here: &Here<'a>, indicator: &'a Indicator, cell: Cell<'a, Column>) -> KeyFigure<'a> {
    let year = match cell.column {
        Column::Year(year) => Some(here.year(year)),
        Column::End => None,
    };
    figure(here, indicator, cell.value, year, ValueView::of_target(here, cell))
}

fn figure<'a>(
    here: &Here<'a>,
    indicator: &'a Indicator,
    value: &'a Value,
    year: Option<YearView>,
    view: ValueView<'a>,
) -> KeyFigure<'a> {
    let (figure, unit) = figure_and_unit(value, indicator.unit.as_deref());
    let measured = value.measured.map(|period| period_short(period, here.words.lang));
    KeyFigure { figure, unit, when: measured.or_else(|| year.map(|year| year.name.clone())), value: view }
}
