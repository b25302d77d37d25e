//! The values that are compared, as numbers: the latest value, its target, its baseline.

use super::exact::fraction;
use super::guard::Guard;
use crate::diagnostic::{Bilingual, say};
use crate::model::{
    Better, Bound, Cell, Column, Content, Decimal, EditionIx, Figure, FiscalYear, Incomparable, Indicator, Judgement,
    MethodTarget, Series, Standing, Status, Strategy, Value, baseline, break_between, comparable, countable_together,
    previous,
};
use num_rational::BigRational;

/// What a value is in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// 実績値.
    Actual,
    /// 目標値.
    Target,
    /// 基準値.
    Baseline,
    /// The actual value before the newest.
    Previous,
}

/// A number that went into a formula, with what must be shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is in the formula.
    pub role: Role,
    /// The column in which it stands.
    pub column: Column,
    /// The time that it is of; see [`Figure::time`].
    pub time: Column,
    /// The year that it is of, where that is known.
    pub year: Option<FiscalYear>,
    /// The edition that printed it.
    pub edition: EditionIx,
    /// The value as printed, with its note.
    pub value: Value,
    /// Its number.
    pub number: Decimal,
    /// Whether the number is a bound.
    pub bound: Bound,
}

/// One indicator with its values.
pub(super) struct Given<'r> {
    pub(super) strategy: &'r Strategy,
    pub(super) indicator: &'r Indicator,
    pub(super) series: &'r Series<'r>,
    /// The figures of the series that matter.
    pub(super) standing: Standing<'r>,
    /// The judgements that each edition gives the indicator, oldest first.
    pub(super) judged: &'r [(EditionIx, &'r [Judgement])],
    /// The series as it was when an edition appeared: what that edition judged.
    pub(super) as_of: &'r dyn Fn(EditionIx) -> Series<'r>,
}

impl Role {
    /// What readers call it.
    pub fn name(self) -> Bilingual {
        match self {
            Role::Actual => say!(ja: "実績値", en: "actual value"),
            Role::Target => say!(ja: "目標値", en: "target"),
            Role::Baseline => say!(ja: "基準値", en: "baseline"),
            Role::Previous => say!(ja: "前回の値", en: "earlier value"),
        }
    }
}

impl Input {
    pub(super) fn fraction(&self) -> BigRational {
        fraction(self.number)
    }
}

impl Given<'_> {
    /// The latest value: a whole year's, and newer than the baseline's.
    pub(super) fn actual(&self) -> Result<Input, Guard> {
        let latest = self.standing.latest.ok_or(Guard::NoActual)?;
        let actual = exact(Role::Actual, &latest)?;
        if latest.status != Status::Settled {
            return Err(latest.cell_of_year().map_or(Guard::NoActual, |cell| Guard::Interim(cell.column)));
        }
        match self.indicator.baseline {
            Some(baseline) if latest.column <= baseline.column() => Err(Guard::NothingSinceBaseline),
            _ => Ok(actual),
        }
    }

    /// The target of a method whose values of single years are added up.
    pub(super) fn target_of_sum(&self, actual: &Input, choice: Option<MethodTarget>) -> Result<Input, Guard> {
        let (figure, target) = self.chosen_target(choice)?;
        if let Some(latest) = &self.standing.latest {
            countable_together(self.indicator, latest, &figure).map_err(|why| guard(why, actual, &target))?;
        }
        Ok(target)
    }

    /// The target against which the latest value is measured.
    pub(super) fn target(&self, actual: &Input, choice: Option<MethodTarget>) -> Result<Input, Guard> {
        let (figure, target) = self.chosen_target(choice)?;
        self.comparable(actual, &figure, target)
    }

    /// The target of plain comparisons: the applicable one.
    pub(super) fn applicable_target(&self, actual: &Input) -> Result<Input, Guard> {
        let figure = self.standing.target.ok_or_else(|| self.unset_target().unwrap_or(Guard::NoTarget))?;
        self.comparable(actual, &figure, input(Role::Target, &figure)?)
    }

    /// Where the report prints that no target was set for the year, nothing is measured against another one.
    fn chosen_target(&self, choice: Option<MethodTarget>) -> Result<(Figure<'_>, Input), Guard> {
        if let (None | Some(MethodTarget::Year), Some(unset)) = (choice, self.unset_target()) {
            return Err(unset);
        }
        let figure = self.standing.target_of(self.strategy.timeline(), self.series, choice).ok_or(Guard::NoTarget)?;
        Ok((figure, input(Role::Target, &figure)?))
    }

    /// Set where the target of the year of the latest value is printed as missing.
    fn unset_target(&self) -> Option<Guard> {
        let latest = self.standing.latest?;
        let cell = self.series.target.iter().find(|cell| cell.column == latest.column)?;
        cell.value.is_missing().then(|| Guard::Missing(Role::Target, cell.value.printed.clone()))
    }

    /// The baseline, where it counts as many years as the actual value.
    pub(super) fn baseline(&self, actual: &Input) -> Result<Input, Guard> {
        let figure = baseline(self.strategy.timeline(), self.indicator, self.series).ok_or(Guard::NoBaseline)?;
        let baseline = exact(Role::Baseline, &figure)?;
        if actual.time <= figure.time {
            return Err(Guard::NothingSinceBaseline);
        }
        self.comparable(actual, &figure, baseline)
    }

    /// The actual value before the latest, of another measurement.
    pub(super) fn previous(&self, actual: &Input) -> Result<Input, Guard> {
        let latest = self.standing.latest.ok_or(Guard::NoPrevious)?;
        let figure = previous(self.strategy.timeline(), self.series, &latest).ok_or(Guard::NoPrevious)?;
        self.comparable(actual, &figure, exact(Role::Previous, &figure)?)
    }

    fn comparable(&self, actual: &Input, figure: &Figure<'_>, other: Input) -> Result<Input, Guard> {
        let latest = self.standing.latest.ok_or(Guard::NoActual)?;
        match comparable(self.indicator, &latest, figure) {
            Ok(()) => Ok(other),
            Err(why) => Err(guard(why, actual, &other)),
        }
    }

    /// The settled actual value of a year, as a number that is exactly meant.
    pub(super) fn in_year(&self, cell: Cell<'_, FiscalYear>) -> Result<Input, Guard> {
        let figure = Figure::actual(self.strategy.timeline(), cell.in_column());
        let input = exact(Role::Actual, &figure)?;
        if figure.status == Status::Settled { Ok(input) } else { Err(Guard::Interim(cell.column)) }
    }

    /// That what is counted did not change after `from`, up to `to`.
    pub(super) fn unbroken(&self, from: FiscalYear, to: Column) -> Result<(), Guard> {
        match break_between(self.indicator, Column::Year(from), to) {
            Some(year) => Err(Guard::SeriesBreaks(year)),
            None => Ok(()),
        }
    }

    /// That the actual value is not older than its column, but for surveys that are held
    /// only every [`Indicator::interval`] years, none of which was due since.
    pub(super) fn fresh(&self, actual: &Input) -> Result<(), Guard> {
        let (Column::Year(printed_for), Some(measured)) = (actual.column, actual.year) else { return Ok(()) };
        let interval = i64::from(self.indicator.interval.unwrap_or(1).max(1));
        match i64::from(printed_for.0) - i64::from(measured.0) < interval {
            true => Ok(()),
            false => Err(Guard::CarriedForward { measured, printed_for }),
        }
    }

    /// Which way is better, as the target says or else the indicator. `None` if neither does.
    pub(super) fn direction(&self, target: Option<&Input>) -> Result<Option<Better>, Guard> {
        let bound = target.and_then(|target| match target.bound {
            Bound::AtLeast | Bound::Above => Some(Better::Higher),
            Bound::AtMost | Bound::Below => Some(Better::Lower),
            Bound::Exact | Bound::About => None,
        });
        match (bound, self.indicator.better) {
            (Some(Better::Higher), Some(Better::Lower)) | (Some(Better::Lower), Some(Better::Higher)) => {
                Err(Guard::DirectionsDiffer)
            }
            (bound, better) => Ok(bound.or(better)),
        }
    }
}

/// An actual value as a number that is exactly meant.
fn exact(role: Role, figure: &Figure<'_>) -> Result<Input, Guard> {
    let input = input(role, figure)?;
    match input.bound {
        Bound::Exact => Ok(input),
        _ => Err(Guard::NotExact(role, input.value.printed)),
    }
}

fn input(role: Role, figure: &Figure<'_>) -> Result<Input, Guard> {
    let Figure { value, column, edition, time, .. } = *figure;
    let printed = value.printed.clone();
    match &value.content {
        Content::Number(number) => {
            let (number, bound) = (number.decimal, number.bound);
            let year = figure.year();
            Ok(Input { role, column, time, year, edition, value: value.clone(), number, bound })
        }
        Content::Missing => Err(Guard::Missing(role, printed)),
        Content::Words => Err(Guard::Words(role, printed)),
        Content::Range(..) => Err(Guard::Range(role, printed)),
    }
}

/// Why two inputs may not be compared, in the words of this phase.
fn guard(why: Incomparable, actual: &Input, other: &Input) -> Guard {
    if let Some(guard) = Guard::of(&why) {
        return guard;
    }
    match (why, actual.column) {
        (Incomparable::NotSettled, _) if other.role != Role::Target => Guard::BaselineNotFinal,
        (Incomparable::NotSettled, Column::Year(year)) => Guard::Interim(year),
        (Incomparable::NotSettled, Column::Start | Column::End) => Guard::NoActual,
        _ if other.bound != Bound::Exact => Guard::NotExact(other.role, other.value.printed.clone()),
        _ => Guard::NotExact(actual.role, actual.value.printed.clone()),
    }
}
