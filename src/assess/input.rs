//! Inputs of formulas: the latest actual value, its target and its baseline as numbers.

use super::direction::direction;
use super::exact::fraction;
use super::not_computable::NotComputable;
use super::operand::Operand;
use crate::model::{
    Bound, Cell, Column, Decimal, Direction, EditionIx, Figure, FiscalYear, Incomparable, Indicator, Judgement,
    KeyFigures, MethodTarget, Period, Series, Sheet, Status, Strategy, Value, ValueContent, baseline, break_between,
    comparable, ensure_same_measure, previous,
};
use num_rational::BigRational;

/// A number used in a formula, with the provenance that is shown next to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaValue {
    /// Role in the formula.
    pub operand: Operand,
    /// Column in which the value is printed.
    pub column: Column,
    /// Column for comparisons in time; see [`Figure::effective_column`].
    pub effective_column: Column,
    /// Fiscal year that the value describes; `None` if unknown.
    pub year: Option<FiscalYear>,
    /// Edition that printed the value.
    pub edition: EditionIx,
    /// Value as printed, with its note.
    pub value: Value,
    /// Numeric value.
    pub number: Decimal,
    /// Kind of bound: exact, 以上, 未満, ….
    pub bound: Bound,
}

/// Indicator to assess, with all data that formulas read.
pub(super) struct AssessmentContext<'r> {
    pub(super) strategy: &'r Strategy,
    pub(super) indicator: &'r Indicator,
    /// Index of the indicator in its node.
    pub(super) indicator_index: usize,
    /// Sheets from which the indicator is assessed, oldest first.
    pub(super) sheets: &'r [Sheet],
    pub(super) series: Series<'r>,
    /// Latest value and applicable target of the series.
    pub(super) key_figures: KeyFigures<'r>,
}

impl FormulaValue {
    /// Measurement periods of both values if both span several years and differ; otherwise `None`.
    pub fn differing_windows(&self, other: &FormulaValue) -> Option<(Period, Period)> {
        let window = |value: &FormulaValue| value.value.measured.filter(|period| period.spans_several_years());
        window(self).zip(window(other)).filter(|(one, other)| one != other)
    }

    pub(super) fn fraction(&self) -> BigRational {
        fraction(self.number)
    }
}

impl<'r> AssessmentContext<'r> {
    pub(super) fn new(
        strategy: &'r Strategy,
        indicator: &'r Indicator,
        indicator_index: usize,
        sheets: &'r [Sheet],
    ) -> Self {
        Self::with_series(strategy, indicator, indicator_index, sheets, Series::from_sheets(sheets, indicator_index))
    }

    /// Context with `series` in place of all values of the sheets.
    pub(super) fn with_series(
        strategy: &'r Strategy,
        indicator: &'r Indicator,
        indicator_index: usize,
        sheets: &'r [Sheet],
        series: Series<'r>,
    ) -> Self {
        let key_figures = KeyFigures::from_series(strategy.edition_context(), &series);
        Self { strategy, indicator, indicator_index, sheets, series, key_figures }
    }

    /// Judgements of the indicator by edition, newest first.
    pub(super) fn judgements_by_edition(&self) -> impl Iterator<Item = (EditionIx, &'r [Judgement])> {
        let judgements =
            |sheet: &'r Sheet| sheet.figures.get(&self.indicator_index).map_or(&[][..], |figures| &figures.judgements);
        self.sheets.iter().rev().map(move |sheet| (sheet.edition, judgements(sheet)))
    }

    /// Series as of an edition: the values on which that edition based its judgement.
    pub(super) fn as_of(&self, edition: EditionIx) -> Series<'r> {
        Series::from_sheets(self.sheets.iter().filter(|sheet| sheet.edition <= edition), self.indicator_index)
    }

    /// Latest actual value, which must be exact, final for its year and newer than the baseline.
    pub(super) fn actual(&self) -> Result<FormulaValue, NotComputable> {
        let latest = self.key_figures.latest.ok_or(NotComputable::NoActual)?;
        let actual = exact_value(Operand::Actual, &latest)?;
        if latest.status != Status::Final {
            return Err(latest.year_cell().map_or(NotComputable::NoActual, |cell| NotComputable::Interim(cell.column)));
        }
        match self.indicator.baseline {
            Some(baseline) if latest.column <= baseline.column() => Err(NotComputable::NothingSinceBaseline),
            _ => Ok(actual),
        }
    }

    /// Target of a method that adds up the values of single years.
    pub(super) fn target_for_sum(
        &self,
        actual: &FormulaValue,
        choice: Option<MethodTarget>,
    ) -> Result<FormulaValue, NotComputable> {
        let (figure, target) = self.chosen_target(choice)?;
        if let Some(latest) = &self.key_figures.latest {
            ensure_same_measure(self.indicator, latest, &figure).map_err(|why| not_comparable(why, actual, &target))?;
        }
        Ok(target)
    }

    /// Target that the latest value is compared with.
    pub(super) fn target(
        &self,
        actual: &FormulaValue,
        choice: Option<MethodTarget>,
    ) -> Result<FormulaValue, NotComputable> {
        let (figure, target) = self.chosen_target(choice)?;
        self.if_comparable(actual, &figure, target)
    }

    /// Target of plain differences: the applicable one.
    pub(super) fn applicable_target(&self, actual: &FormulaValue) -> Option<FormulaValue> {
        let figure = self.key_figures.target?;
        self.if_comparable(actual, &figure, formula_value(Operand::Target, &figure).ok()?).ok()
    }

    /// Target that the method selects. Unless the choice is `next` or `end`, a target that is
    /// printed as missing for the year is not replaced by a later one.
    pub(super) fn chosen_figure(&self, choice: Option<MethodTarget>) -> Result<Figure<'_>, NotComputable> {
        if let (None | Some(MethodTarget::Year), Some(unset)) = (choice, self.reason_if_target_unset()) {
            return Err(unset);
        }
        let context = self.strategy.edition_context();
        self.key_figures.target_of(context, &self.series, choice).ok_or(NotComputable::NoTarget)
    }

    /// Target that the method selects, as a value of a formula.
    fn chosen_target(&self, choice: Option<MethodTarget>) -> Result<(Figure<'_>, FormulaValue), NotComputable> {
        let figure = self.chosen_figure(choice)?;
        Ok((figure, formula_value(Operand::Target, &figure)?))
    }

    /// Reason for a missing result if the target for the year of the latest value is printed as missing.
    fn reason_if_target_unset(&self) -> Option<NotComputable> {
        let latest = self.key_figures.latest?;
        let cell = self.series.target.iter().find(|cell| cell.column == latest.column)?;
        cell.value.is_missing().then(|| NotComputable::Missing(Operand::Target, cell.value.printed.clone()))
    }

    /// Baseline, which must be exact, earlier than the actual value and comparable with it.
    pub(super) fn baseline(&self, actual: &FormulaValue) -> Result<FormulaValue, NotComputable> {
        let figure =
            baseline(self.strategy.edition_context(), self.indicator, &self.series).ok_or(NotComputable::NoBaseline)?;
        let baseline = exact_value(Operand::Baseline, &figure)?;
        if actual.effective_column <= figure.effective_column {
            return Err(NotComputable::NothingSinceBaseline);
        }
        self.if_comparable(actual, &figure, baseline)
    }

    /// Actual value of the measurement before the latest one.
    pub(super) fn previous(&self, actual: &FormulaValue) -> Option<FormulaValue> {
        let figure = previous(self.strategy.edition_context(), &self.series, &self.key_figures.latest?)?;
        self.if_comparable(actual, &figure, exact_value(Operand::Previous, &figure).ok()?).ok()
    }

    /// Returns `other` if `figure`, from which it was read, may be compared with the latest value.
    fn if_comparable(
        &self,
        actual: &FormulaValue,
        figure: &Figure<'_>,
        other: FormulaValue,
    ) -> Result<FormulaValue, NotComputable> {
        let latest = self.key_figures.latest.ok_or(NotComputable::NoActual)?;
        match comparable(self.indicator, &latest, figure) {
            Ok(()) => Ok(other),
            Err(why) => Err(not_comparable(why, actual, &other)),
        }
    }

    /// Actual value of a year, which must be final and exact.
    pub(super) fn final_value(&self, cell: Cell<'_, FiscalYear>) -> Result<FormulaValue, NotComputable> {
        let figure = Figure::actual(self.strategy.edition_context(), cell.to_column_cell());
        let input = exact_value(Operand::Actual, &figure)?;
        if figure.status == Status::Final { Ok(input) } else { Err(NotComputable::Interim(cell.column)) }
    }

    /// Checks that the definition of the indicator did not change after `from` and up to `to`.
    pub(super) fn ensure_no_break(&self, from: FiscalYear, to: Column) -> Result<(), NotComputable> {
        match break_between(self.indicator, Column::Year(from), to) {
            Some(year) => Err(NotComputable::SeriesBreaks(year)),
            None => Ok(()),
        }
    }

    /// Checks that the actual value was measured in the year of its column, or less than
    /// [`Indicator::interval`] years before it for surveys that are not annual.
    pub(super) fn ensure_measured_in_time(&self, actual: &FormulaValue) -> Result<(), NotComputable> {
        let (Column::Year(printed_for), Some(measured)) = (actual.column, actual.year) else { return Ok(()) };
        let interval = i64::from(self.indicator.interval.unwrap_or(1).max(1));
        match i64::from(printed_for.0) - i64::from(measured.0) < interval {
            true => Ok(()),
            false => Err(NotComputable::CarriedForward { measured, printed_for }),
        }
    }

    /// Direction of improvement, for methods that measure progress in a direction; see [`direction`].
    pub(super) fn direction(&self, target: Option<&FormulaValue>) -> Result<Option<Direction>, NotComputable> {
        direction(self.indicator, target.map(|target| target.bound))
    }

    /// Like [`direction`](Self::direction), but an unknown direction is an error.
    pub(super) fn known_direction(&self, target: Option<&FormulaValue>) -> Result<Direction, NotComputable> {
        self.direction(target)?.ok_or(NotComputable::NoDirection)
    }
}

/// Value of a figure that must be an exact number.
fn exact_value(operand: Operand, figure: &Figure<'_>) -> Result<FormulaValue, NotComputable> {
    let input = formula_value(operand, figure)?;
    match input.bound {
        Bound::Exact => Ok(input),
        _ => Err(NotComputable::NotExact(operand, input.value.printed)),
    }
}

fn formula_value(operand: Operand, figure: &Figure<'_>) -> Result<FormulaValue, NotComputable> {
    let Figure { value, column, edition, effective_column, .. } = *figure;
    let printed = value.printed.clone();
    match &value.content {
        ValueContent::Number(number) => {
            let (number, bound) = (number.decimal, number.bound);
            let year = figure.year();
            Ok(FormulaValue { operand, column, effective_column, year, edition, value: value.clone(), number, bound })
        }
        ValueContent::Missing => Err(NotComputable::Missing(operand, printed)),
        ValueContent::Text | ValueContent::State(_) => Err(NotComputable::Text(operand, printed)),
        ValueContent::Range(..) => Err(NotComputable::Range(operand, printed)),
    }
}

/// Converts [`Incomparable`] to [`NotComputable`].
fn not_comparable(why: Incomparable, actual: &FormulaValue, other: &FormulaValue) -> NotComputable {
    if let Some(why) = NotComputable::of(&why) {
        return why;
    }
    match (why, actual.column) {
        (Incomparable::NotFinal, _) if other.operand != Operand::Target => NotComputable::BaselineNotFinal,
        (Incomparable::NotFinal, Column::Year(year)) => NotComputable::Interim(year),
        (Incomparable::NotFinal, Column::Start | Column::End) => NotComputable::NoActual,
        _ if other.bound != Bound::Exact => NotComputable::NotExact(other.operand, other.value.printed.clone()),
        _ => NotComputable::NotExact(actual.operand, actual.value.printed.clone()),
    }
}
