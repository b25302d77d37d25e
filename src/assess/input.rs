//! Which values are compared: the newest actual value, its target, its baseline.

use super::exact::fraction;
use super::guard::Guard;
use crate::diagnostic::Bilingual;
use crate::model::{
    Better, Bound, Cell, Column, Content, Decimal, EditionIx, FiscalYear, Indicator, Judgement, Period, Series, Stage,
    Strategy, Value,
};
use crate::say;
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
    /// The year that it is of: the year measured, else the year of its column, else the end
    /// of the plan; of a window, its last year.
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
    /// The judgements that an edition gives the indicator.
    pub(super) judged: &'r dyn Fn(EditionIx) -> &'r [Judgement],
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

    /// How many years it counts: more than one only where a window is printed.
    fn years(&self) -> i64 {
        self.value.measured.map_or(1, |Period { from, to }| i64::from(to.0) - i64::from(from.0) + 1)
    }
}

impl Given<'_> {
    /// The newest actual value: a whole year's, and newer than the baseline's.
    pub(super) fn actual(&self) -> Result<Input, Guard> {
        let cell = self.series.latest().ok_or(Guard::NoActual)?;
        let actual = self.in_year(Role::Actual, cell)?;
        let edition = self.strategy.editions.get(actual.edition.0);
        let of_own_year = edition.is_some_and(|e| e.stage != Stage::Final && e.year == Some(cell.column));
        if actual.value.as_of.is_some() || of_own_year {
            return Err(Guard::Interim(cell.column));
        }
        match self.indicator.baseline {
            Some(baseline) if cell.column <= baseline => Err(Guard::NothingSinceBaseline),
            _ => Ok(actual),
        }
    }

    /// The target against which the actual value counts: that of its own year if there is
    /// one, else that of the end of the plan, else that of the next year that has one.
    pub(super) fn target(&self, actual: &Input) -> Result<Input, Guard> {
        let targets = &self.series.target;
        let in_column = |column| targets.iter().find(|cell| cell.column == column);
        let given = |cell: &&Cell<'_, Column>| !cell.value.is_missing();
        let later = || targets.iter().find(|cell| cell.column > actual.column && given(cell));
        let cell = in_column(actual.column)
            .or_else(|| in_column(Column::End).filter(given))
            .or_else(later)
            .ok_or(Guard::NoTarget)?;
        let of_plan = || match cell.column {
            Column::Year(year) => Some(year),
            Column::End => self.strategy.period.map(|period| period.to),
        };
        let year = cell.value.measured.map(|period| period.to).or_else(of_plan);
        let target = input(Role::Target, cell.column, year, cell.edition, cell.value)?;
        same_unit(self.indicator, actual, &target)?;
        let declared = self.strategy.editions.get(cell.edition.0).and_then(|edition| edition.year);
        self.unbroken(declared, actual.year)?;
        Ok(target)
    }

    /// The target, where it counts as many years as the actual value.
    pub(super) fn like_target(&self, actual: &Input) -> Result<Input, Guard> {
        let target = self.target(actual)?;
        match self.indicator.cumulative_from {
            Some(from) => Err(Guard::AnnualAgainstCumulative(from)),
            None => same_years(actual, &target).map(|()| target),
        }
    }

    /// The baseline, where it counts as many years as the actual value.
    pub(super) fn baseline(&self, actual: &Input) -> Result<Input, Guard> {
        let year = self.indicator.baseline.ok_or(Guard::NoBaseline)?;
        let cell = self.series.actual_of(year).ok_or(Guard::NoBaseline)?;
        let baseline = self.in_year(Role::Baseline, cell)?;
        if actual.year <= baseline.year {
            return Err(Guard::NothingSinceBaseline);
        }
        self.comparable(actual, baseline)
    }

    /// The actual value before the newest, of another measurement.
    pub(super) fn previous(&self, actual: &Input) -> Result<Input, Guard> {
        let earlier = |cell: &&Cell<'_, FiscalYear>| {
            Some(cell.measured()) < actual.year && !cell.value.is_missing() && Column::Year(cell.column) < actual.column
        };
        let cell = self.series.actual.iter().rev().find(earlier).ok_or(Guard::NoPrevious)?;
        let previous = self.in_year(Role::Previous, *cell)?;
        self.comparable(actual, previous)
    }

    fn comparable(&self, actual: &Input, other: Input) -> Result<Input, Guard> {
        same_unit(self.indicator, actual, &other)?;
        same_years(actual, &other)?;
        self.unbroken(other.year, actual.year)?;
        Ok(other)
    }

    /// An actual value as a number that is exactly meant.
    pub(super) fn in_year(&self, role: Role, cell: Cell<'_, FiscalYear>) -> Result<Input, Guard> {
        let input = input(role, Column::Year(cell.column), Some(cell.measured()), cell.edition, cell.value)?;
        match input.bound {
            Bound::Exact => Ok(input),
            _ => Err(Guard::NotExact(role, input.value.printed)),
        }
    }

    /// That what is counted did not change after `from`, up to `to`.
    pub(super) fn unbroken(&self, from: Option<FiscalYear>, to: Option<FiscalYear>) -> Result<(), Guard> {
        let between = |year: &&FiscalYear| from < Some(**year) && Some(**year) <= to;
        match self.indicator.breaks.iter().find(between).filter(|_| from.is_some()) {
            Some(year) => Err(Guard::SeriesBreaks(*year)),
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

fn input(
    role: Role,
    column: Column,
    year: Option<FiscalYear>,
    edition: EditionIx,
    value: &Value,
) -> Result<Input, Guard> {
    let printed = value.printed.clone();
    match &value.content {
        Content::Number(number) => {
            let (number, bound) = (number.decimal, number.bound);
            Ok(Input { role, column, year, edition, value: value.clone(), number, bound })
        }
        Content::Missing => Err(Guard::Missing(role, printed)),
        Content::Words => Err(Guard::Words(role, printed)),
        Content::Range(..) => Err(Guard::Range(role, printed)),
    }
}

fn same_years(one: &Input, other: &Input) -> Result<(), Guard> {
    match (one.years(), other.years()) {
        (one, other) if one != other => Err(Guard::WindowsDiffer(one, other)),
        _ => Ok(()),
    }
}

fn same_unit(indicator: &Indicator, one: &Input, other: &Input) -> Result<(), Guard> {
    let unit = |input: &Input| {
        let own = input.value.number().and_then(|number| number.unit.as_deref());
        own.or(indicator.unit.as_deref()).map(|unit| unit.replace('％', "%"))
    };
    match (unit(one), unit(other)) {
        (Some(one), Some(other)) if one != other => Err(Guard::UnitsDiffer(one, other)),
        _ => Ok(()),
    }
}
