//! Comparability and selection of the figures of an indicator: latest value, applicable target, baseline.
//!
//! Used by cards, titles, charts, differences, methods, checks and data exports alike. Implements the rules of
//! `docs/statements.md`.

use super::edition::{Edition, EditionIx, Stage};
use super::fiscal_year::{FiscalYear, Period};
use super::indicator::{Indicator, TotalFrom};
use super::method::MethodTarget;
use super::series::{Cell, Series};
use super::sheet::{Column, SeriesKind};
use super::value::{Bound, Content, Estimate, Number, Value};

/// Finality of a value at the time it was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// A final result.
    Settled,
    /// A value as of a date within its year.
    Interim,
    /// An expectation: a forecast, 見込み, or a value for a year after that of its edition.
    Projected,
}

/// Context of a strategy for interpreting its figures.
#[derive(Debug, Clone, Copy)]
pub struct Timeline<'a> {
    /// Editions of the strategy.
    pub editions: &'a [Edition],
    /// Years of the plan.
    pub period: Option<Period>,
}

/// Figure of an indicator, with the properties that determine its comparability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure<'a> {
    /// Series of the figure.
    pub series: SeriesKind,
    /// Column of the figure.
    pub column: Column,
    /// The value.
    pub value: &'a Value,
    /// The edition that printed it.
    pub edition: EditionIx,
    /// Finality of the value.
    pub status: Status,
    /// Time of the figure: the last measured year, else the column; for the end of the plan, the last
    /// year of the plan if it is known.
    pub time: Column,
}

/// Reason why two figures may not be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomparable {
    /// One of the figures is not a single number.
    NotANumber,
    /// An actual value is not final.
    NotSettled,
    /// An actual value is a bound or an approximation.
    NotExact,
    /// Their periods differ in length: the numbers of years of both.
    Windows(i64, i64),
    /// Their units differ: the units of both.
    Units(String, String),
    /// A break of the indicator in this year separates them: a different definition or survey.
    Break(FiscalYear),
    /// The target is a total since this year, the actual value is not.
    Totals(FiscalYear),
}

/// Key figures of an indicator: those that cards, titles and lists show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyFigures<'a> {
    /// Newest settled actual value; without one, the newest interim value.
    pub latest: Option<Figure<'a>>,
    /// Newest interim value in a later column than the latest value, if the latter is settled.
    pub interim: Option<Figure<'a>>,
    /// Applicable target: the one in the column of the latest value, else the next one; without a latest
    /// value, the last one.
    pub target: Option<Figure<'a>>,
    /// Last target; `None` if it is the applicable one.
    pub last_target: Option<Figure<'a>>,
}

impl<'a> Figure<'a> {
    /// Figure of any series.
    pub fn new(timeline: Timeline<'_>, series: SeriesKind, cell: Cell<'a, Column>) -> Self {
        let edition = timeline.editions.get(cell.edition.0);
        Self {
            series,
            column: cell.column,
            value: cell.value,
            edition: cell.edition,
            status: Status::of(series, cell, edition),
            time: time(cell, timeline.period),
        }
    }

    /// Figure of an actual value, including `start`.
    pub fn actual(timeline: Timeline<'_>, cell: Cell<'a, Column>) -> Self {
        Self::new(timeline, SeriesKind::Actual, cell)
    }

    /// Figure of a target.
    pub fn target(timeline: Timeline<'_>, cell: Cell<'a, Column>) -> Self {
        Self::new(timeline, SeriesKind::Target, cell)
    }

    /// Cell of the figure in its series.
    pub fn cell(&self) -> Cell<'a, Column> {
        Cell { column: self.column, value: self.value, edition: self.edition }
    }

    /// Cell of the figure by year; `None` in columns without a year.
    pub fn cell_of_year(&self) -> Option<Cell<'a, FiscalYear>> {
        match self.column {
            Column::Year(column) => Some(Cell { column, value: self.value, edition: self.edition }),
            Column::Start | Column::End => None,
        }
    }

    /// Year of the figure; `None` if it is unknown.
    pub fn year(&self) -> Option<FiscalYear> {
        match self.time {
            Column::Year(year) => Some(year),
            Column::Start | Column::End => None,
        }
    }

    /// Returns true if the value is an older measurement carried forward into its column.
    pub fn carried_forward(&self) -> bool {
        self.time < self.column
    }

    /// Returns true if it is a target.
    fn is_target(&self) -> bool {
        self.series == SeriesKind::Target
    }

    /// Number of years it covers: more than one only if a window is printed.
    fn years(&self) -> i64 {
        self.value.measured.map_or(1, |Period { from, to }| i64::from(to.0) - i64::from(from.0) + 1)
    }

    fn number(&self) -> Result<&'a Number, Incomparable> {
        match &self.value.content {
            Content::Number(number) => Ok(number),
            Content::Range(..) | Content::Words | Content::Missing => Err(Incomparable::NotANumber),
        }
    }
}

impl Status {
    fn of(series: SeriesKind, cell: Cell<'_, Column>, edition: Option<&Edition>) -> Self {
        let reported = edition.and_then(|edition| edition.year).map(Column::Year);
        let stage = edition.map(|edition| edition.stage);
        let is_ahead = |year: Column| match stage {
            Some(Stage::Plan) => cell.column >= year,
            _ => cell.column > year,
        };
        let carried = time(cell, None) < cell.column;
        match series {
            SeriesKind::Target => Self::Settled,
            SeriesKind::Forecast => Self::Projected,
            SeriesKind::Interim => Self::Interim,
            SeriesKind::Actual if cell.value.estimated == Some(Estimate::Expected) => Self::Projected,
            SeriesKind::Actual if reported.is_some_and(is_ahead) => Self::Projected,
            SeriesKind::Actual if cell.value.as_of.is_some() => Self::Interim,
            SeriesKind::Actual if stage == Some(Stage::Interim) && reported == Some(cell.column) && !carried => {
                Self::Interim
            }
            SeriesKind::Actual => Self::Settled,
        }
    }
}

fn time(cell: Cell<'_, Column>, plan: Option<Period>) -> Column {
    let measured = cell.value.measured.map(|period| period.to);
    let of_plan = || plan.map(|plan| plan.to).filter(|_| cell.column == Column::End);
    measured.or_else(of_plan).map_or(cell.column, Column::Year)
}

/// Checks whether two figures of `indicator` may be compared. Differences in what they count take precedence over
/// values that are not final, since only the latter are temporary.
pub fn comparable(indicator: &Indicator, one: &Figure<'_>, other: &Figure<'_>) -> Result<(), Incomparable> {
    let (one_number, other_number) = (one.number()?, other.number()?);
    ensure_same_measure(indicator, one, other)?;
    let (one_years, other_years) = (one.years(), other.years());
    if one_years != other_years {
        return Err(Incomparable::Windows(one_years, other_years));
    }
    if one.is_target() != other.is_target() {
        ensure_same_accumulation(indicator)?;
    }
    for (figure, number) in [(one, one_number), (other, other_number)] {
        if !figure.is_target() && figure.status != Status::Settled {
            return Err(Incomparable::NotSettled);
        }
        if !figure.is_target() && number.bound != Bound::Exact {
            return Err(Incomparable::NotExact);
        }
    }
    Ok(())
}

/// Checks whether targets and actual values accumulate from the same year. Without `target_total_from`, targets
/// accumulate like actual values.
pub(crate) fn ensure_same_accumulation(indicator: &Indicator) -> Result<(), Incomparable> {
    match (indicator.target_total_from, indicator.actual_total_from) {
        (Some(target), Some(TotalFrom::Year(actual))) if target == actual => Ok(()),
        (Some(target), _) => Err(Incomparable::Totals(target)),
        (None, _) => Ok(()),
    }
}

/// Checks whether two figures have the same definition and unit, regardless of the number of years they cover: the
/// requirement for comparing a sum of yearly values with its target.
pub(crate) fn ensure_same_measure(
    indicator: &Indicator,
    one: &Figure<'_>,
    other: &Figure<'_>,
) -> Result<(), Incomparable> {
    let unit = |number: &Number| number.unit.as_deref().or(indicator.unit.as_deref()).map(|u| u.replace('％', "%"));
    match (unit(one.number()?), unit(other.number()?)) {
        (Some(one), Some(other)) if one != other => return Err(Incomparable::Units(one, other)),
        _ => {}
    }
    match break_between(indicator, one.time, other.time) {
        Some(year) => Err(Incomparable::Break(year)),
        None => Ok(()),
    }
}

/// First break of `indicator` after the earlier and up to the later of two times.
pub(crate) fn break_between(indicator: &Indicator, one: Column, other: Column) -> Option<FiscalYear> {
    let (earlier, later) = (one.min(other), one.max(other));
    indicator.breaks.iter().copied().filter(|year| earlier < Column::Year(*year) && Column::Year(*year) <= later).min()
}

impl<'a> KeyFigures<'a> {
    /// Key figures of `series`.
    pub fn of(timeline: Timeline<'_>, series: &Series<'a>) -> Self {
        let actual = || series.actual.iter().map(|cell| Figure::actual(timeline, cell.in_column()));
        let interim = series.interim.iter().map(|cell| Figure::new(timeline, SeriesKind::Interim, cell.in_column()));
        let given = |figure: &Figure<'a>| !figure.value.is_missing();
        let settled = actual().rfind(|figure| given(figure) && figure.status == Status::Settled);
        let interim = interim.chain(actual().filter(|figure| figure.status == Status::Interim)).filter(given);
        // In a column with both, the actual value takes precedence: `max_by_key` returns the last maximum.
        let interim = interim.max_by_key(|figure| figure.column);
        let latest = settled.or(interim);
        let target = match latest {
            Some(latest) => target_from(timeline, series, latest.column),
            None => last_target(timeline, series),
        };
        Self {
            latest,
            interim: interim.filter(|interim| settled.is_some_and(|settled| settled.column < interim.column)),
            target,
            last_target: last_target(timeline, series)
                .filter(|last| target.is_some_and(|target| target.column != last.column)),
        }
    }

    /// Target for the latest value according to the `target` key of a method.
    pub fn target_of(
        &self,
        timeline: Timeline<'_>,
        series: &Series<'a>,
        choice: Option<MethodTarget>,
    ) -> Option<Figure<'a>> {
        let latest = self.latest?.column;
        match choice {
            None => self.target,
            Some(MethodTarget::Year) => self.target.filter(|target| target.column == latest),
            Some(MethodTarget::Next) => targets(timeline, series).find(|target| target.column > latest),
            Some(MethodTarget::End) => last_target(timeline, series),
        }
    }
}

/// Targets that are not missing, in order of their columns.
fn targets<'s, 'a: 's>(
    timeline: Timeline<'s>,
    series: &'s Series<'a>,
) -> impl DoubleEndedIterator<Item = Figure<'a>> + 's {
    let given = series.target.iter().filter(|cell| !cell.value.is_missing());
    given.map(move |cell| Figure::target(timeline, *cell))
}

fn target_from<'a>(timeline: Timeline<'_>, series: &Series<'a>, column: Column) -> Option<Figure<'a>> {
    targets(timeline, series).find(|target| target.column >= column)
}

fn last_target<'a>(timeline: Timeline<'_>, series: &Series<'a>) -> Option<Figure<'a>> {
    targets(timeline, series).next_back()
}

/// Baseline of `indicator`; `None` if none is declared or no edition printed its value.
pub(crate) fn baseline<'a>(timeline: Timeline<'_>, indicator: &Indicator, series: &Series<'a>) -> Option<Figure<'a>> {
    let cell = series.actual_in(indicator.baseline?.column())?;
    Some(Figure::actual(timeline, cell))
}

/// Newest settled number before `latest` that was also measured earlier.
pub(crate) fn previous<'a>(timeline: Timeline<'_>, series: &Series<'a>, latest: &Figure<'_>) -> Option<Figure<'a>> {
    let earlier = |figure: &Figure<'_>| {
        figure.status == Status::Settled
            && figure.column < latest.column
            && figure.time < latest.time
            && figure.number().is_ok()
    };
    series.actual.iter().rev().map(|cell| Figure::actual(timeline, cell.in_column())).find(earlier)
}
