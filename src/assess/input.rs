//! The values that are compared, as numbers: the latest value, its target, its baseline.

use super::exact::fraction;
use super::not_computable::NotComputable;
use super::operand::Operand;
use crate::model::{
    Better, Bound, Cell, Column, Content, Decimal, EditionIx, Figure, FiscalYear, Incomparable, Indicator, Judgement,
    MethodTarget, Period, Series, Sheet, Standing, Status, Strategy, Value, baseline, break_between, comparable,
    countable_together, previous,
};
use num_rational::BigRational;

/// A number that went into a formula, with what must be shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is in the formula.
    pub operand: Operand,
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
pub(super) struct AssessmentInput<'r> {
    pub(super) strategy: &'r Strategy,
    pub(super) indicator: &'r Indicator,
    /// Its place in its node.
    pub(super) place: usize,
    /// The sheets from which it is assessed, oldest first.
    pub(super) sheets: &'r [Sheet],
    pub(super) series: Series<'r>,
    /// The figures of the series that matter.
    pub(super) standing: Standing<'r>,
}

impl Input {
    /// The windows of years of the two, where both are of windows and not of the same.
    pub fn other_windows(&self, other: &Input) -> Option<(Period, Period)> {
        let window = |input: &Input| input.value.measured.filter(|period| period.is_window());
        window(self).zip(window(other)).filter(|(one, other)| one != other)
    }

    pub(super) fn fraction(&self) -> BigRational {
        fraction(self.number)
    }
}

impl<'r> AssessmentInput<'r> {
    pub(super) fn new(strategy: &'r Strategy, indicator: &'r Indicator, place: usize, sheets: &'r [Sheet]) -> Self {
        let series = Series::of_sheets(sheets, place);
        let standing = Standing::of(strategy.timeline(), &series);
        Self { strategy, indicator, place, sheets, series, standing }
    }

    /// The judgements that each edition gives the indicator, newest first.
    pub(super) fn judged(&self) -> impl Iterator<Item = (EditionIx, &'r [Judgement])> {
        let judgements = |sheet: &'r Sheet| sheet.figures.get(&self.place).map_or(&[][..], |of| &of.judgements);
        self.sheets.iter().rev().map(move |sheet| (sheet.edition, judgements(sheet)))
    }

    /// The series as it was when an edition appeared: what that edition judged.
    pub(super) fn as_of(&self, edition: EditionIx) -> Series<'r> {
        Series::of_sheets(self.sheets.iter().filter(|sheet| sheet.edition <= edition), self.place)
    }

    /// The latest value: a whole year's, and newer than the baseline's.
    pub(super) fn actual(&self) -> Result<Input, NotComputable> {
        let latest = self.standing.latest.ok_or(NotComputable::NoActual)?;
        let actual = exact(Operand::Actual, &latest)?;
        if latest.status != Status::Settled {
            return Err(latest
                .cell_of_year()
                .map_or(NotComputable::NoActual, |cell| NotComputable::Interim(cell.column)));
        }
        match self.indicator.baseline {
            Some(baseline) if latest.column <= baseline.column() => Err(NotComputable::NothingSinceBaseline),
            _ => Ok(actual),
        }
    }

    /// The target of a method whose values of single years are added up.
    pub(super) fn target_of_sum(&self, actual: &Input, choice: Option<MethodTarget>) -> Result<Input, NotComputable> {
        let (figure, target) = self.chosen_target(choice)?;
        if let Some(latest) = &self.standing.latest {
            countable_together(self.indicator, latest, &figure).map_err(|why| not_comparable(why, actual, &target))?;
        }
        Ok(target)
    }

    /// The target against which the latest value is measured.
    pub(super) fn target(&self, actual: &Input, choice: Option<MethodTarget>) -> Result<Input, NotComputable> {
        let (figure, target) = self.chosen_target(choice)?;
        self.comparable(actual, &figure, target)
    }

    /// The target of plain comparisons: the applicable one.
    pub(super) fn applicable_target(&self, actual: &Input) -> Option<Input> {
        let figure = self.standing.target?;
        self.comparable(actual, &figure, input(Operand::Target, &figure).ok()?).ok()
    }

    /// Where the report prints that no target was set for the year, nothing is measured against another one.
    fn chosen_target(&self, choice: Option<MethodTarget>) -> Result<(Figure<'_>, Input), NotComputable> {
        if let (None | Some(MethodTarget::Year), Some(unset)) = (choice, self.unset_target()) {
            return Err(unset);
        }
        let figure =
            self.standing.target_of(self.strategy.timeline(), &self.series, choice).ok_or(NotComputable::NoTarget)?;
        Ok((figure, input(Operand::Target, &figure)?))
    }

    /// Set where the target of the year of the latest value is printed as missing.
    fn unset_target(&self) -> Option<NotComputable> {
        let latest = self.standing.latest?;
        let cell = self.series.target.iter().find(|cell| cell.column == latest.column)?;
        cell.value.is_missing().then(|| NotComputable::Missing(Operand::Target, cell.value.printed.clone()))
    }

    /// The baseline, where it counts as many years as the actual value.
    pub(super) fn baseline(&self, actual: &Input) -> Result<Input, NotComputable> {
        let figure =
            baseline(self.strategy.timeline(), self.indicator, &self.series).ok_or(NotComputable::NoBaseline)?;
        let baseline = exact(Operand::Baseline, &figure)?;
        if actual.time <= figure.time {
            return Err(NotComputable::NothingSinceBaseline);
        }
        self.comparable(actual, &figure, baseline)
    }

    /// The actual value before the latest, of another measurement.
    pub(super) fn previous(&self, actual: &Input) -> Option<Input> {
        let figure = previous(self.strategy.timeline(), &self.series, &self.standing.latest?)?;
        self.comparable(actual, &figure, exact(Operand::Previous, &figure).ok()?).ok()
    }

    fn comparable(&self, actual: &Input, figure: &Figure<'_>, other: Input) -> Result<Input, NotComputable> {
        let latest = self.standing.latest.ok_or(NotComputable::NoActual)?;
        match comparable(self.indicator, &latest, figure) {
            Ok(()) => Ok(other),
            Err(why) => Err(not_comparable(why, actual, &other)),
        }
    }

    /// The settled actual value of a year, as a number that is exactly meant.
    pub(super) fn in_year(&self, cell: Cell<'_, FiscalYear>) -> Result<Input, NotComputable> {
        let figure = Figure::actual(self.strategy.timeline(), cell.in_column());
        let input = exact(Operand::Actual, &figure)?;
        if figure.status == Status::Settled { Ok(input) } else { Err(NotComputable::Interim(cell.column)) }
    }

    /// That what is counted did not change after `from`, up to `to`.
    pub(super) fn unbroken(&self, from: FiscalYear, to: Column) -> Result<(), NotComputable> {
        match break_between(self.indicator, Column::Year(from), to) {
            Some(year) => Err(NotComputable::SeriesBreaks(year)),
            None => Ok(()),
        }
    }

    /// That the actual value is not older than its column, but for surveys that are held
    /// only every [`Indicator::interval`] years, none of which was due since.
    pub(super) fn fresh(&self, actual: &Input) -> Result<(), NotComputable> {
        let (Column::Year(printed_for), Some(measured)) = (actual.column, actual.year) else { return Ok(()) };
        let interval = i64::from(self.indicator.interval.unwrap_or(1).max(1));
        match i64::from(printed_for.0) - i64::from(measured.0) < interval {
            true => Ok(()),
            false => Err(NotComputable::CarriedForward { measured, printed_for }),
        }
    }

    /// Which way is better, as the target says or else the indicator; `None` if neither does. For methods that
    /// measure an advance.
    pub(super) fn direction(&self, target: Option<&Input>) -> Result<Option<Better>, NotComputable> {
        let bound = target.and_then(|target| match target.bound {
            Bound::AtLeast | Bound::Above => Some(Better::Higher),
            Bound::AtMost | Bound::Below => Some(Better::Lower),
            Bound::Exact | Bound::About => None,
        });
        match (bound, self.indicator.better) {
            (Some(Better::Higher), Some(Better::Lower)) | (Some(Better::Lower), Some(Better::Higher)) => {
                Err(NotComputable::DirectionsDiffer)
            }
            (None, Some(Better::Maintain)) => Err(NotComputable::NotForMaintain),
            (bound, better) => Ok(bound.or(better)),
        }
    }

    /// As [`direction`](Self::direction), which must be known.
    pub(super) fn known_direction(&self, target: Option<&Input>) -> Result<Better, NotComputable> {
        self.direction(target)?.ok_or(NotComputable::NoDirection)
    }
}

/// An actual value as a number that is exactly meant.
fn exact(operand: Operand, figure: &Figure<'_>) -> Result<Input, NotComputable> {
    let input = input(operand, figure)?;
    match input.bound {
        Bound::Exact => Ok(input),
        _ => Err(NotComputable::NotExact(operand, input.value.printed)),
    }
}

fn input(operand: Operand, figure: &Figure<'_>) -> Result<Input, NotComputable> {
    let Figure { value, column, edition, time, .. } = *figure;
    let printed = value.printed.clone();
    match &value.content {
        Content::Number(number) => {
            let (number, bound) = (number.decimal, number.bound);
            let year = figure.year();
            Ok(Input { operand, column, time, year, edition, value: value.clone(), number, bound })
        }
        Content::Missing => Err(NotComputable::Missing(operand, printed)),
        Content::Words => Err(NotComputable::Words(operand, printed)),
        Content::Range(..) => Err(NotComputable::Range(operand, printed)),
    }
}

/// Why two inputs may not be compared, in the words of this phase.
fn not_comparable(why: Incomparable, actual: &Input, other: &Input) -> NotComputable {
    if let Some(why) = NotComputable::of(&why) {
        return why;
    }
    match (why, actual.column) {
        (Incomparable::NotSettled, _) if other.operand != Operand::Target => NotComputable::BaselineNotFinal,
        (Incomparable::NotSettled, Column::Year(year)) => NotComputable::Interim(year),
        (Incomparable::NotSettled, Column::Start | Column::End) => NotComputable::NoActual,
        _ if other.bound != Bound::Exact => NotComputable::NotExact(other.operand, other.value.printed.clone()),
        _ => NotComputable::NotExact(actual.operand, actual.value.printed.clone()),
    }
}
