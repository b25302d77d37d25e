//! Which figures of an indicator may be compared, and which of them matter: the latest value, the
//! applicable target, the baseline.
//!
//! Cards, titles, charts, differences, methods, checks and data exports all ask here. The rules are those of
//! `docs/statements.md`.

use super::edition::{Edition, EditionIx, Stage};
use super::fiscal_year::{FiscalYear, Period};
use super::indicator::{Indicator, TotalFrom};
use super::method::MethodTarget;
use super::series::{Cell, Series};
use super::sheet::{Column, SeriesKind};
use super::value::{Bound, Content, Estimate, Number, Value};

/// How far a value had come when it was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// A result.
    Settled,
    /// A value within its year.
    Interim,
    /// An expectation: a forecast, 見込み, or a value of a year after that of its edition.
    Projected,
}

/// What of a strategy decides how its figures are read.
#[derive(Debug, Clone, Copy)]
pub struct Timeline<'a> {
    /// Its editions.
    pub editions: &'a [Edition],
    /// The years of the plan.
    pub period: Option<Period>,
}

/// A figure of an indicator with what decides whether it may be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure<'a> {
    /// The series in which it stands.
    pub series: SeriesKind,
    /// The column in which it stands.
    pub column: Column,
    /// The value.
    pub value: &'a Value,
    /// The edition that printed it.
    pub edition: EditionIx,
    /// How far it had come.
    pub status: Status,
    /// The time that it is of: its last measured year, else its column; of the end of the plan, the
    /// last year of the plan if that is known.
    pub time: Column,
}

/// Why two figures may not be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomparable {
    /// One of them is no single number.
    NotANumber,
    /// An actual value is not final.
    NotSettled,
    /// An actual value is a bound or an approximation.
    NotExact,
    /// Both periods have this number of years.
    Windows(i64, i64),
    /// They have different units.
    Units(String, String),
    /// From this year on something else is counted.
    Break(FiscalYear),
    /// The target counts all years since this one together, the actual value does not.
    Totals(FiscalYear),
}

/// The figures of an indicator that matter: what cards, titles and lists show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing<'a> {
    /// The newest actual value that is settled; without one, the newest interim value.
    pub latest: Option<Figure<'a>>,
    /// An interim value of a later year than that of the latest value, if that one is settled.
    pub interim: Option<Figure<'a>>,
    /// The applicable target: that of the year of the latest value, else the next one; without a latest
    /// value, the last one.
    pub target: Option<Figure<'a>>,
    /// The last target, where it is another.
    pub last_target: Option<Figure<'a>>,
}

impl<'a> Figure<'a> {
    /// A value of any series.
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

    /// An actual value, one of `start` included.
    pub fn actual(timeline: Timeline<'_>, cell: Cell<'a, Column>) -> Self {
        Self::new(timeline, SeriesKind::Actual, cell)
    }

    /// A target.
    pub fn target(timeline: Timeline<'_>, cell: Cell<'a, Column>) -> Self {
        Self::new(timeline, SeriesKind::Target, cell)
    }

    /// The figure as a cell of its series.
    pub fn cell(&self) -> Cell<'a, Column> {
        Cell { column: self.column, value: self.value, edition: self.edition }
    }

    /// The figure as a cell of a year; `None` in the columns without a year.
    pub fn cell_of_year(&self) -> Option<Cell<'a, FiscalYear>> {
        match self.column {
            Column::Year(column) => Some(Cell { column, value: self.value, edition: self.edition }),
            Column::Start | Column::End => None,
        }
    }

    /// The year that it is of; `None` if nobody knows.
    pub fn year(&self) -> Option<FiscalYear> {
        match self.time {
            Column::Year(year) => Some(year),
            Column::Start | Column::End => None,
        }
    }

    /// Whether an older measurement was carried forward into its column.
    pub fn carried_forward(&self) -> bool {
        self.time < self.column
    }

    /// Whether it is a target.
    fn is_target(&self) -> bool {
        self.series == SeriesKind::Target
    }

    /// How many years it counts: more than one only where a window is printed.
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
        let within = |year: Column| match stage {
            Some(Stage::Plan) => cell.column >= year,
            _ => cell.column > year,
        };
        let carried = time(cell, None) < cell.column;
        match series {
            SeriesKind::Target => Self::Settled,
            SeriesKind::Forecast => Self::Projected,
            SeriesKind::Interim => Self::Interim,
            SeriesKind::Actual if cell.value.estimated == Some(Estimate::Expected) => Self::Projected,
            SeriesKind::Actual if reported.is_some_and(within) => Self::Projected,
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

/// Whether two figures of `indicator` may be compared. That they count different things is said before that
/// one of them is not final: it stays so.
pub fn comparable(indicator: &Indicator, one: &Figure<'_>, other: &Figure<'_>) -> Result<(), Incomparable> {
    let (one_number, other_number) = (one.number()?, other.number()?);
    countable_together(indicator, one, other)?;
    let (one_years, other_years) = (one.years(), other.years());
    if one_years != other_years {
        return Err(Incomparable::Windows(one_years, other_years));
    }
    if one.is_target() != other.is_target() {
        accumulate_alike(indicator)?;
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

/// Whether targets and actual values count from the same year on. Without a total of its own a target
/// counts as actual values do.
pub(crate) fn accumulate_alike(indicator: &Indicator) -> Result<(), Incomparable> {
    match (indicator.target_total_from, indicator.actual_total_from) {
        (Some(target), Some(TotalFrom::Year(actual))) if target == actual => Ok(()),
        (Some(target), _) => Err(Incomparable::Totals(target)),
        (None, _) => Ok(()),
    }
}

/// Whether two figures count the same thing in the same unit: what a sum of yearly values and its target
/// must do, which count different numbers of years.
pub(crate) fn countable_together(
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

/// The first year between two times, the later included, from which something else is counted.
pub(crate) fn break_between(indicator: &Indicator, one: Column, other: Column) -> Option<FiscalYear> {
    let (earlier, later) = (one.min(other), one.max(other));
    indicator.breaks.iter().copied().filter(|year| earlier < Column::Year(*year) && Column::Year(*year) <= later).min()
}

impl<'a> Standing<'a> {
    /// The figures that matter of `series`, an indicator of `strategy`.
    pub fn of(timeline: Timeline<'_>, series: &Series<'a>) -> Self {
        let actual = || series.actual.iter().map(|cell| Figure::actual(timeline, cell.in_column()));
        let within = series.interim.iter().map(|cell| Figure::new(timeline, SeriesKind::Interim, cell.in_column()));
        let given = |figure: &Figure<'a>| !figure.value.is_missing();
        let settled = actual().rfind(|figure| given(figure) && figure.status == Status::Settled);
        let interim = within.chain(actual().filter(|figure| figure.status == Status::Interim)).filter(given);
        // Of a column that has both, the actual value comes last.
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

    /// The target that a method chooses for the latest value.
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

/// The targets that were given, in order of their columns.
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

/// The baseline of `indicator`, where it was printed.
pub(crate) fn baseline<'a>(timeline: Timeline<'_>, indicator: &Indicator, series: &Series<'a>) -> Option<Figure<'a>> {
    let cell = series.actual_in(indicator.baseline?.column())?;
    Some(Figure::actual(timeline, cell))
}

/// The settled number before `latest`, of an earlier measurement.
pub(crate) fn previous<'a>(timeline: Timeline<'_>, series: &Series<'a>, latest: &Figure<'_>) -> Option<Figure<'a>> {
    let earlier = |figure: &Figure<'_>| {
        figure.status == Status::Settled
            && figure.column < latest.column
            && figure.time < latest.time
            && figure.number().is_ok()
    };
    series.actual.iter().rev().map(|cell| Figure::actual(timeline, cell.in_column())).find(earlier)
}
