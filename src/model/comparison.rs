//! Comparability and selection of the figures of an indicator: latest value, applicable target, baseline.
//!
//! Used by cards, titles, charts, differences, methods and checks alike. Implements the rules of `docs/statements.md`.

use super::edition::{Edition, EditionIx, Stage};
use super::fiscal_year::{FiscalYear, Period};
use super::indicator::{Indicator, TotalFrom};
use super::method::MethodTarget;
use super::series::{Cell, Series};
use super::sheet::{Column, SeriesKind};
use super::value::{Bound, Estimate, Number, Value, ValueContent};

/// Finality of a value at the time it was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// A final result.
    Final,
    /// A value as of a date within its year.
    Interim,
    /// An expectation: a forecast, 見込み, or a value for a year after that of its edition.
    Projected,
}

/// Editions and period of a strategy, by which its figures are interpreted.
#[derive(Debug, Clone, Copy)]
pub struct EditionContext<'a> {
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
    /// Column for comparisons in time: that of the last measured year if one is printed, else the column of the figure;
    /// for the end of the plan, that of its last year if it is known.
    pub effective_column: Column,
}

/// Reason why two figures may not be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomparable {
    /// One of the figures is not a single number.
    NotANumber,
    /// An actual value is not final.
    NotFinal,
    /// An actual value is a bound or an approximation.
    NotExact,
    /// They cover different numbers of years: the two numbers.
    DifferentLengths(i64, i64),
    /// Their units differ: the two units.
    Units(String, String),
    /// A break of the indicator in this year separates them: a different definition or survey.
    Break(FiscalYear),
    /// The target is a total since this year; the actual value is not a total since the same year.
    Totals(FiscalYear),
}

/// Key figures of an indicator: those that cards, titles and lists show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyFigures<'a> {
    /// Newest final actual value; without one, the newest interim value.
    pub latest: Option<Figure<'a>>,
    /// Newest interim value in a later column than the latest value, if the latter is final.
    pub interim: Option<Figure<'a>>,
    /// Applicable target: the one in the column of the latest value, else the next one; without a latest
    /// value, the last one.
    pub target: Option<Figure<'a>>,
    /// Last target; `None` if it is the applicable one.
    pub last_target: Option<Figure<'a>>,
}

impl<'a> Figure<'a> {
    /// Figure of `cell` in `series`.
    pub fn new(context: EditionContext<'_>, series: SeriesKind, cell: Cell<'a, Column>) -> Self {
        let edition = context.editions.get(cell.edition.0);
        Self {
            series,
            column: cell.column,
            value: cell.value,
            edition: cell.edition,
            status: Status::from_cell(series, cell, edition),
            effective_column: effective_column(cell, context.period),
        }
    }

    /// Figure of an actual value, including `start`.
    pub fn actual(context: EditionContext<'_>, cell: Cell<'a, Column>) -> Self {
        Self::new(context, SeriesKind::Actual, cell)
    }

    /// Figure of a target.
    pub fn target(context: EditionContext<'_>, cell: Cell<'a, Column>) -> Self {
        Self::new(context, SeriesKind::Target, cell)
    }

    /// Cell of the figure in its series.
    pub fn cell(&self) -> Cell<'a, Column> {
        Cell { column: self.column, value: self.value, edition: self.edition }
    }

    /// Cell of the figure by year; `None` in columns without a year.
    pub fn year_cell(&self) -> Option<Cell<'a, FiscalYear>> {
        match self.column {
            Column::Year(column) => Some(Cell { column, value: self.value, edition: self.edition }),
            Column::Start | Column::End => None,
        }
    }

    /// Year of the figure; `None` if it is unknown.
    pub fn year(&self) -> Option<FiscalYear> {
        match self.effective_column {
            Column::Year(year) => Some(year),
            Column::Start | Column::End => None,
        }
    }

    /// Returns true if the value is an older measurement carried forward into its column.
    pub fn carried_forward(&self) -> bool {
        // The end of the plan is not a year, so its effective column always precedes it.
        matches!(self.column, Column::Year(_)) && self.effective_column < self.column
    }

    /// Returns true if it is a target.
    fn is_target(&self) -> bool {
        self.series == SeriesKind::Target
    }

    /// Number of years it covers: more than one only if a range of years is printed.
    fn years(&self) -> i64 {
        self.value.measured.map_or(1, |Period { from, to }| i64::from(to.0) - i64::from(from.0) + 1)
    }

    fn number(&self) -> Result<&'a Number, Incomparable> {
        match &self.value.content {
            ValueContent::Number(number) => Ok(number),
            ValueContent::Range(..) | ValueContent::Text | ValueContent::State(_) | ValueContent::Missing => {
                Err(Incomparable::NotANumber)
            }
        }
    }
}

impl Status {
    fn from_cell(series: SeriesKind, cell: Cell<'_, Column>, edition: Option<&Edition>) -> Self {
        let report_year = edition.and_then(|edition| edition.year).map(Column::Year);
        let stage = edition.map(|edition| edition.stage);
        let is_ahead = |year: Column| match stage {
            Some(Stage::Plan) => cell.column >= year,
            _ => cell.column > year,
        };
        let carried_forward = effective_column(cell, None) < cell.column;
        match series {
            SeriesKind::Forecast => Self::Projected,
            SeriesKind::Interim => Self::Interim,
            SeriesKind::Actual if cell.value.estimated == Some(Estimate::Expected) => Self::Projected,
            SeriesKind::Actual if report_year.is_some_and(is_ahead) => Self::Projected,
            SeriesKind::Actual if cell.value.as_of.is_some() => Self::Interim,
            SeriesKind::Actual
                if stage == Some(Stage::Interim) && report_year == Some(cell.column) && !carried_forward =>
            {
                Self::Interim
            }
            SeriesKind::Actual
            | SeriesKind::Target
            | SeriesKind::Rate
            | SeriesKind::Rank
            | SeriesKind::Comparison(_)
            | SeriesKind::Breakdown(_) => Self::Final,
        }
    }
}

fn effective_column(cell: Cell<'_, Column>, plan: Option<Period>) -> Column {
    let measured = cell.value.measured.map(|period| period.to);
    let end_of_plan = || plan.map(|plan| plan.to).filter(|_| cell.column == Column::End);
    measured.or_else(end_of_plan).map_or(cell.column, Column::Year)
}

/// Checks whether two figures of `indicator` may be compared. A difference in definition is reported before a value
/// that is not final, because only the latter is temporary.
pub fn comparable(indicator: &Indicator, one: &Figure<'_>, other: &Figure<'_>) -> Result<(), Incomparable> {
    let (one_number, other_number) = (one.number()?, other.number()?);
    ensure_same_measure(indicator, one, other)?;
    let (one_years, other_years) = (one.years(), other.years());
    if one_years != other_years {
        return Err(Incomparable::DifferentLengths(one_years, other_years));
    }
    if one.is_target() != other.is_target() {
        ensure_same_accumulation(indicator)?;
    }
    for (figure, number) in [(one, one_number), (other, other_number)] {
        if !figure.is_target() && figure.status != Status::Final {
            return Err(Incomparable::NotFinal);
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
    let (one_number, other_number) = (one.number()?, other.number()?);
    // Without units in the cells, both have that of the indicator.
    if one_number.unit.is_some() || other_number.unit.is_some() {
        let unit = |number: &Number| number.unit.as_deref().or(indicator.unit.as_deref()).map(|u| u.replace('％', "%"));
        match (unit(one_number), unit(other_number)) {
            (Some(one), Some(other)) if one != other => return Err(Incomparable::Units(one, other)),
            _ => {}
        }
    }
    match break_between(indicator, one.effective_column, other.effective_column) {
        Some(year) => Err(Incomparable::Break(year)),
        None => Ok(()),
    }
}

/// First break of `indicator` after the earlier of two columns, up to and including the later one.
pub(crate) fn break_between(indicator: &Indicator, one: Column, other: Column) -> Option<FiscalYear> {
    let (earlier, later) = (one.min(other), one.max(other));
    indicator.breaks.iter().copied().filter(|year| earlier < Column::Year(*year) && Column::Year(*year) <= later).min()
}

impl<'a> KeyFigures<'a> {
    /// Key figures of `series`.
    pub fn from_series(context: EditionContext<'_>, series: &Series<'a>) -> Self {
        let actual = || series.actual.iter().map(|cell| Figure::actual(context, cell.to_column_cell()));
        let interim =
            series.interim.iter().map(|cell| Figure::new(context, SeriesKind::Interim, cell.to_column_cell()));
        let has_value = |figure: &Figure<'a>| !figure.value.is_missing();
        let last_final = actual().rfind(|figure| has_value(figure) && figure.status == Status::Final);
        let interim = interim.chain(actual().filter(|figure| figure.status == Status::Interim)).filter(has_value);
        // In a column with both, the actual value takes precedence: `max_by_key` returns the last maximum.
        let interim = interim.max_by_key(|figure| figure.column);
        let latest = last_final.or(interim);
        let target = match latest {
            Some(latest) => target_from(context, series, latest.column),
            None => last_target(context, series),
        };
        Self {
            latest,
            interim: interim.filter(|interim| last_final.is_some_and(|last_final| last_final.column < interim.column)),
            target,
            last_target: last_target(context, series)
                .filter(|last| target.is_some_and(|target| target.column != last.column)),
        }
    }

    /// Target for the latest value according to the `target` key of a method.
    pub fn target_of(
        &self,
        context: EditionContext<'_>,
        series: &Series<'a>,
        choice: Option<MethodTarget>,
    ) -> Option<Figure<'a>> {
        let latest = self.latest?.column;
        match choice {
            None => self.target,
            Some(MethodTarget::Year) => self.target.filter(|target| target.column == latest),
            Some(MethodTarget::Next) => targets(context, series).find(|target| target.column > latest),
            Some(MethodTarget::End) => last_target(context, series),
        }
    }
}

/// Whether the latest state is at or beyond the state of the applicable target. `None` unless both are states, the
/// latest one is final, and no break separates them.
pub fn state_reached(indicator: &Indicator, key_figures: &KeyFigures<'_>) -> Option<bool> {
    let (latest, target) = key_figures.latest.zip(key_figures.target)?;
    let (ValueContent::State(actual), ValueContent::State(wanted)) = (&latest.value.content, &target.value.content)
    else {
        return None;
    };
    let is_comparable = latest.status == Status::Final
        && break_between(indicator, latest.effective_column, target.effective_column).is_none();
    is_comparable.then_some(actual >= wanted)
}

/// Targets that are not missing, in order of their columns.
fn targets<'s, 'a: 's>(
    context: EditionContext<'s>,
    series: &'s Series<'a>,
) -> impl DoubleEndedIterator<Item = Figure<'a>> + 's {
    let cells = series.target.iter().filter(|cell| !cell.value.is_missing());
    cells.map(move |cell| Figure::target(context, *cell))
}

fn target_from<'a>(context: EditionContext<'_>, series: &Series<'a>, column: Column) -> Option<Figure<'a>> {
    targets(context, series).find(|target| target.column >= column)
}

fn last_target<'a>(context: EditionContext<'_>, series: &Series<'a>) -> Option<Figure<'a>> {
    targets(context, series).next_back()
}

/// Baseline of `indicator`; `None` if none is declared or no edition printed its value.
pub(crate) fn baseline<'a>(
    context: EditionContext<'_>,
    indicator: &Indicator,
    series: &Series<'a>,
) -> Option<Figure<'a>> {
    let cell = series.actual_at_column(indicator.baseline?.column())?;
    Some(Figure::actual(context, cell))
}

/// Newest final number before `latest` that was also measured earlier.
pub(crate) fn previous<'a>(
    context: EditionContext<'_>,
    series: &Series<'a>,
    latest: &Figure<'_>,
) -> Option<Figure<'a>> {
    let earlier = |figure: &Figure<'_>| {
        figure.status == Status::Final
            && figure.column < latest.column
            && figure.effective_column < latest.effective_column
            && figure.number().is_ok()
    };
    series.actual.iter().rev().map(|cell| Figure::actual(context, cell.to_column_cell())).find(earlier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_values_of_a_year_are_carried_forward() {
        let context = EditionContext { editions: &[], period: Period::parse("H27/R2") };
        let carried_forward = |column: Column, printed: &str| {
            let value = Value::parse(printed, crate::diagnostic::Span::default()).unwrap();
            Figure::target(context, Cell { column, value: &value, edition: EditionIx(0) }).carried_forward()
        };
        assert!(carried_forward(Column::Year(FiscalYear(2018)), "7 (H29)"));
        assert!(!carried_forward(Column::Year(FiscalYear(2018)), "7 (H30)"));
        assert!(!carried_forward(Column::End, "7"));
        assert!(!carried_forward(Column::End, "7 (R2)"));
    }
}
