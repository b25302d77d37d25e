//! Formulas of the methods. Each computes a rate or a qualitative result ([`QualitativeResult`]),
//! or fails with the reason ([`NotComputable`]).
//!
//! A is the actual value, T the target and B the baseline, as in [`MethodKind`].

use super::direction::is_better;
use super::exact::{Rate, decimal_text, format_decimal, fraction, growth, integer};
use super::input::{AssessmentContext, FormulaValue};
use super::marks;
use super::not_computable::NotComputable;
use super::operand::Operand;
use super::outcome::{Measure, MethodOutcome, reached};
use crate::model::{
    BandCondition, Bound, Column, Direction, FiscalYear, Method, MethodKind, MethodTarget, QualitativeResult,
    Tolerance, ToleranceWidth,
};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// Maximum degree of a root, more years than any plan or survey spans.
const MAX_YEARS: i64 = 100;

/// Maximum number of decimal places of a displayed tolerance; percentages of figures need few.
const MAX_TOLERANCE_PLACES: u32 = 12;

/// Result of `method` for the indicator; `None` for methods without computation.
pub(super) fn outcome(
    context: &AssessmentContext<'_>,
    method: &Method,
) -> Option<Result<MethodOutcome, NotComputable>> {
    let formula: fn(&AssessmentContext<'_>, FormulaValue, &Method) -> Result<MethodOutcome, NotComputable> =
        match method.kind {
            MethodKind::Ratio | MethodKind::InverseRatio | MethodKind::Milestone => quotient,
            MethodKind::Cumulative => cumulative,
            MethodKind::Progress => progress,
            MethodKind::Prorated | MethodKind::Path => relative_to_path,
            MethodKind::Cagr => cagr,
            MethodKind::VersusBaseline => versus_baseline,
            MethodKind::Maintain => maintain,
            MethodKind::Threshold => threshold,
            // Nodes are assessed by `share`, not by a formula.
            MethodKind::Declared | MethodKind::ShareReached => return None,
        };
    let outcome = context.actual().and_then(|actual| formula(context, actual, method));
    Some(outcome.map(|outcome| MethodOutcome { marks: marks::compare(context, method, &outcome), ..outcome }))
}

/// A ÷ T or T ÷ A.
fn quotient(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    quotient_of_kind(context, actual, method.kind, method.target)
}

/// A ÷ T, for strategies that declare no method.
pub(super) fn actual_by_target(context: &AssessmentContext<'_>) -> Result<MethodOutcome, NotComputable> {
    context.actual().and_then(|actual| quotient_of_kind(context, actual, MethodKind::Ratio, None))
}

fn quotient_of_kind(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    kind: MethodKind,
    choice: Option<MethodTarget>,
) -> Result<MethodOutcome, NotComputable> {
    let target = context.target(&actual, choice)?;
    context.ensure_measured_in_time(&actual)?;
    let direction = context.direction(Some(&target))?;
    let (a, t) = (actual.fraction(), target.fraction());
    let (rate, expression) = match kind {
        MethodKind::InverseRatio if direction == Some(Direction::Higher) => {
            return Err(NotComputable::RequiresLowerIsBetter);
        }
        MethodKind::InverseRatio => {
            (divide(&t, &a, NotComputable::ZeroActual)?, [&target, &actual].map(format_number).join(" ÷ "))
        }
        MethodKind::Milestone if !(is_milestone_count(&a) && is_milestone_count(&t)) => {
            return Err(NotComputable::NotMilestoneCounts);
        }
        _ => (divide(&a, &t, NotComputable::ZeroTarget)?, [&actual, &target].map(format_number).join(" ÷ ")),
    };
    Ok(MethodOutcome::rate(rate, expression, vec![actual, target], direction))
}

fn is_milestone_count(number: &BigRational) -> bool {
    number.is_integer() && !number.is_negative()
}

/// ΣA ÷ T.
fn cumulative(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    let from = context.indicator.target_total_from.ok_or(NotComputable::NoCumulativeStart)?;
    if context.indicator.actual_total_from.is_some() {
        return Err(NotComputable::AlreadyTotal);
    }
    let target = context.target_for_sum(&actual, method.target)?;
    let direction = context.direction(Some(&target))?;
    context.ensure_no_break(from, actual.effective_column)?;
    let values_to_sum = values_to_sum(context, from, &actual)?;
    let sum: BigRational = values_to_sum.iter().map(FormulaValue::fraction).sum();
    let rate = divide(&sum, &target.fraction(), NotComputable::ZeroTarget)?;
    let expression = format!(
        "({}) ÷ {}",
        values_to_sum.iter().map(format_number).collect::<Vec<_>>().join(" + "),
        format_number(&target)
    );
    let inputs = values_to_sum.into_iter().rev().chain([target]).collect();
    Ok(MethodOutcome::rate(rate, expression, inputs, direction))
}

/// Actual values of all years since `from`, oldest first. None of them may be missing, be carried
/// forward or cover several years.
fn values_to_sum(
    context: &AssessmentContext<'_>,
    from: FiscalYear,
    actual: &FormulaValue,
) -> Result<Vec<FormulaValue>, NotComputable> {
    let mut next = from;
    let mut values_to_sum = Vec::new();
    let in_range = |column| column >= from && Column::Year(column) <= actual.column;
    for cell in context.series.actual.iter().filter(|cell| in_range(cell.column)) {
        if cell.column != next || cell.value.is_missing() {
            return Err(NotComputable::GapInSum(next));
        }
        let input = context.final_value(*cell)?;
        if cell.value.measured.is_some_and(|period| period.spans_several_years()) {
            return Err(NotComputable::WindowInSum(cell.column));
        }
        if cell.carried_forward() {
            return Err(NotComputable::CarriedForward { measured: cell.measured(), printed_for: cell.column });
        }
        values_to_sum.push(input);
        next = FiscalYear(cell.column.0.saturating_add(1));
    }
    if values_to_sum.is_empty() { Err(NotComputable::GapInSum(from)) } else { Ok(values_to_sum) }
}

/// (A − B) ÷ (T − B).
fn progress(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    let target = context.target(&actual, method.target)?;
    let baseline = context.baseline(&actual)?;
    context.ensure_measured_in_time(&actual)?;
    let direction = direction_to_target(context, &baseline, &target)?;
    let (a, t, b) = (actual.fraction(), target.fraction(), baseline.fraction());
    let rate = Rate::new(&(&a - &b), &(&t - &b)).ok_or(NotComputable::TargetIsBaseline)?;
    let expression = format!(
        "({} − {}) ÷ ({} − {})",
        format_number(&actual),
        format_number(&baseline),
        format_number(&target),
        format_number(&baseline)
    );
    Ok(MethodOutcome::rate(rate, expression, vec![actual, target, baseline], Some(direction)))
}

/// A relative to the value expected in the same year on the linear path from B to T.
fn relative_to_path(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    let target = context.target(&actual, method.target)?;
    let baseline = if method.from_zero { None } else { Some(context.baseline(&actual)?) };
    let years = match &baseline {
        Some(baseline) if method.kind == MethodKind::Path => years_of_path(baseline, &actual, &target)?,
        _ => {
            context.ensure_measured_in_time(&actual)?;
            years_of_plan(context, &actual, &target)?
        }
    };
    let direction = context.known_direction(Some(&target))?;
    let (a, t) = (actual.fraction(), target.fraction());
    let b = baseline.as_ref().map_or_else(BigRational::zero, FormulaValue::fraction);
    ensure_non_negative([&a, &t, &b])?;
    let expected = expected(&b, &t, years);
    let expected_expression = format_expected(baseline.as_ref(), &target, years);
    let (rate, expression) = match direction {
        Direction::Lower => (
            divide(&expected, &a, NotComputable::ZeroActual)?,
            format!("{expected_expression} ÷ {}", format_number(&actual)),
        ),
        _ => (
            divide(&a, &expected, NotComputable::ZeroExpected)?,
            format!("{} ÷ {expected_expression}", format_number(&actual)),
        ),
    };
    let inputs = [Some(actual), Some(target), baseline].into_iter().flatten().collect();
    Ok(MethodOutcome::rate(rate, expression, inputs, Some(direction)))
}

/// Value expected after some of the years from B to T; never beyond T.
fn expected(baseline: &BigRational, target: &BigRational, (elapsed, total): (i64, i64)) -> BigRational {
    baseline + (target - baseline) * integer(elapsed.min(total)) / integer(total)
}

/// Formula of [`expected`], from zero without a baseline: `(20 + (50 − 20) × 2 ÷ 4)`, `(50 × 2 ÷ 4)`.
fn format_expected(baseline: Option<&FormulaValue>, target: &FormulaValue, (elapsed, total): (i64, i64)) -> String {
    let (target, elapsed) = (format_number(target), elapsed.min(total));
    match baseline.map(format_number) {
        Some(baseline) => format!("({baseline} + ({target} − {baseline}) × {elapsed} ÷ {total})"),
        None => format!("({target} × {elapsed} ÷ {total})"),
    }
}

/// Years from the baseline to the measurement of the actual value, and to the target.
fn years_of_path(
    baseline: &FormulaValue,
    actual: &FormulaValue,
    target: &FormulaValue,
) -> Result<(i64, i64), NotComputable> {
    let since = |value: &FormulaValue| years_between(baseline.year, value.year).ok_or(NotComputable::UnknownYears);
    Ok((since(actual)?, since(target)?))
}

/// Years of the plan up to the actual value's year, and up to the target's year, both inclusive.
fn years_of_plan(
    context: &AssessmentContext<'_>,
    actual: &FormulaValue,
    target: &FormulaValue,
) -> Result<(i64, i64), NotComputable> {
    let plan = context.strategy.period.ok_or(NotComputable::UnknownPlanYears)?;
    let up_to = |column: Column| match column {
        Column::Year(year) => i64::from(year.0) - i64::from(plan.from.0) + 1,
        Column::Start => 0,
        Column::End => i64::from(plan.to.0) - i64::from(plan.from.0) + 1,
    };
    match (up_to(actual.column), up_to(target.column)) {
        (_, total) if total <= 0 => Err(NotComputable::UnknownPlanYears),
        (elapsed, _) if elapsed <= 0 => Err(NotComputable::NothingSinceBaseline),
        years => Ok(years),
    }
}

/// Annual growth achieved ÷ annual growth required.
fn cagr(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    let target = context.target(&actual, method.target)?;
    let baseline = context.baseline(&actual)?;
    let direction = direction_to_target(context, &baseline, &target)?;
    let (a, t, b) = (actual.fraction(), target.fraction(), baseline.fraction());
    ensure_non_negative([&a, &t, &b])?;
    if b.is_zero() {
        return Err(NotComputable::ZeroBaseline);
    }
    let growth_to = |input: &FormulaValue| {
        let years = years_between(baseline.year, input.year).filter(|years| *years <= MAX_YEARS)?;
        let growth = growth(&(input.fraction() / &b), u32::try_from(years).ok()?)?;
        Some((growth, format!("(({} ÷ {})^(1/{years}) − 1)", format_number(input), format_number(&baseline))))
    };
    let (achieved, achieved_expression) = growth_to(&actual).ok_or(NotComputable::UnknownYears)?;
    let (required, required_expression) = growth_to(&target).ok_or(NotComputable::UnknownYears)?;
    let rate = Rate::new(&achieved, &required).ok_or(NotComputable::TargetIsBaseline)?;
    let expression = format!("{achieved_expression} ÷ {required_expression}");
    Ok(MethodOutcome::rate(rate, expression, vec![actual, target, baseline], Some(direction)))
}

/// Qualitative result: T reached, better than B, kept at B, or worse.
fn versus_baseline(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    let needs_target = method.bands.is_empty()
        || method.asks_for_path()
        || method.bands.iter().any(|b| b.condition == BandCondition::When(QualitativeResult::Reached));
    let target = if needs_target { Some(context.target(&actual, method.target)?) } else { None };
    let baseline = context.baseline(&actual)?;
    context.ensure_measured_in_time(&actual)?;
    let direction = context.known_direction(target.as_ref())?;
    let (a, b) = (actual.fraction(), baseline.fraction());
    // A plan may expect a decline, such as that of a population.
    let declining = target.as_ref().filter(|target| is_better(direction, &b, &target.fraction()));
    if let Some(target) = declining.filter(|_| !method.asks_for_path()) {
        return Err(NotComputable::BaselineBeatsTarget(baseline.value.printed, target.value.printed.clone()));
    }
    let path = match target.as_ref().filter(|_| method.asks_for_path()) {
        Some(target) => Some((target, years_of_path(&baseline, &actual, target)?)),
        None => None,
    };
    let expected = path.map(|(target, years)| expected(&b, &target.fraction(), years));
    // A lower level is reached only when the decline is over.
    let too_early = declining.is_some() && path.is_some_and(|(_, (elapsed, total))| elapsed < total);
    let reached_target = target.as_ref().filter(|target| reached(&a, target, Some(direction)) == Some(true));
    let result = match reached_target.filter(|_| !too_early) {
        Some(_) => QualitativeResult::Reached,
        None if is_better(direction, &a, &b) => QualitativeResult::Better,
        None if expected.as_ref().is_some_and(|expected| !is_better(direction, expected, &a)) => {
            QualitativeResult::OnPath
        }
        None if within(&a, &b, method.tolerance) => QualitativeResult::Kept,
        None => QualitativeResult::Worse,
    };
    let expression = match (result, path, expected) {
        (QualitativeResult::OnPath | QualitativeResult::Worse, Some((target, years)), Some(expected)) => {
            let symbol = symbol_of(&a, &expected);
            format!("{} {symbol} {}", format_number(&actual), format_expected(Some(&baseline), target, years))
        }
        (QualitativeResult::Reached, ..) => format_comparison(&actual, reached_target.unwrap_or(&baseline)),
        _ => format_comparison(&actual, &baseline),
    };
    let inputs = [Some(actual), target, Some(baseline)].into_iter().flatten().collect();
    let outcome = MethodOutcome::qualitative(result, expression, inputs, Some(direction));
    Ok(MethodOutcome { reached: outcome.reached.filter(|_| !too_early), ..outcome })
}

/// Qualitative result: kept at B, or worse.
fn maintain(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    let baseline = context.baseline(&actual)?;
    context.ensure_measured_in_time(&actual)?;
    let direction = context.indicator.better.ok_or(NotComputable::NoDirection)?;
    let (a, b) = (actual.fraction(), baseline.fraction());
    let better = is_better(direction, &a, &b);
    let kept = within(&a, &b, method.tolerance) || better;
    let result = if kept { QualitativeResult::Kept } else { QualitativeResult::Worse };
    let expression = match better {
        true => format_comparison(&actual, &baseline),
        false => format_distance(&actual, &baseline, method.tolerance),
    };
    Ok(MethodOutcome::qualitative(result, expression, vec![actual, baseline], Some(direction)))
}

/// Whether the latest value reaches the target of `method`, as `threshold` finds.
pub(super) fn reaches_target(context: &AssessmentContext<'_>, method: &Method) -> Result<bool, NotComputable> {
    let outcome = context.actual().and_then(|actual| threshold(context, actual, method))?;
    Ok(outcome.measure == Measure::Qualitative(QualitativeResult::Reached))
}

/// Qualitative result: T reached, or missed.
fn threshold(
    context: &AssessmentContext<'_>,
    actual: FormulaValue,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    let target = context.target(&actual, method.target)?;
    context.ensure_measured_in_time(&actual)?;
    let direction = context.direction(Some(&target))?;
    if target.bound == Bound::About {
        return Err(NotComputable::NotExact(Operand::Target, target.value.printed));
    }
    let reached = reached(&actual.fraction(), &target, direction).ok_or(NotComputable::NoDirection)?;
    let result = if reached { QualitativeResult::Reached } else { QualitativeResult::Missed };
    let expression = format_comparison(&actual, &target);
    Ok(MethodOutcome::qualitative(result, expression, vec![actual, target], direction))
}

/// Direction of improvement; an error unless the target is better than the baseline.
fn direction_to_target(
    context: &AssessmentContext<'_>,
    baseline: &FormulaValue,
    target: &FormulaValue,
) -> Result<Direction, NotComputable> {
    let direction = context.known_direction(Some(target))?;
    let (b, t) = (baseline.fraction(), target.fraction());
    if b == t {
        return Err(NotComputable::TargetIsBaseline);
    }
    if is_better(direction, &b, &t) {
        return Err(NotComputable::BaselineBeatsTarget(baseline.value.printed.clone(), target.value.printed.clone()));
    }
    Ok(direction)
}

/// Checks that no value is negative, which would make quotients meaningless.
fn ensure_non_negative<const N: usize>(values: [&BigRational; N]) -> Result<(), NotComputable> {
    if values.into_iter().any(Signed::is_negative) { Err(NotComputable::NegativeValues) } else { Ok(()) }
}

/// Quotient of two non-negative values; `if_zero` is the error for a zero divisor.
fn divide(part: &BigRational, divisor: &BigRational, if_zero: NotComputable) -> Result<Rate, NotComputable> {
    ensure_non_negative([part, divisor])?;
    Rate::new(part, divisor).ok_or(if_zero)
}

/// Returns true if A is within the tolerance of B.
fn within(actual: &BigRational, baseline: &BigRational, tolerance: Option<Tolerance>) -> bool {
    let distance = (actual - baseline).abs();
    let width = absolute_tolerance(tolerance, baseline);
    // Without any distance, a value is kept even if the tolerance excludes its end.
    match tolerance.is_some_and(|tolerance| tolerance.exclusive) && !distance.is_zero() {
        true => distance < width,
        false => distance <= width,
    }
}

fn absolute_tolerance(tolerance: Option<Tolerance>, baseline: &BigRational) -> BigRational {
    match tolerance.map(|tolerance| tolerance.width) {
        Some(ToleranceWidth::Absolute(tolerance)) => fraction(tolerance),
        Some(ToleranceWidth::Percent(percent)) => baseline.abs() * fraction(percent) / integer(100),
        None => BigRational::zero(),
    }
}

/// Number of years from one year to a later one; `None` if unknown or not later.
fn years_between(from: Option<FiscalYear>, to: Option<FiscalYear>) -> Option<i64> {
    let years = i64::from(to?.0) - i64::from(from?.0);
    (years > 0).then_some(years)
}

/// Number of an input, in parentheses if negative.
fn format_number(input: &FormulaValue) -> String {
    let number = format_decimal(input.number);
    if number.starts_with('−') { format!("({number})") } else { number }
}

/// Comparison of the distance between two inputs with the tolerance: `|0.45 − 0.40| ≤ 0.05`. The
/// same as [`format_comparison`] if the inputs are equal, or if the tolerance is 0 or has too many
/// decimal places.
fn format_distance(one: &FormulaValue, other: &FormulaValue, tolerance: Option<Tolerance>) -> String {
    let width = absolute_tolerance(tolerance, &other.fraction());
    let is_exact = |places: &u32| (&width * integer(10).pow(*places as i32)).is_integer();
    let Some(places) = (0..=MAX_TOLERANCE_PLACES).find(is_exact).filter(|_| !width.is_zero()) else {
        return format_comparison(one, other);
    };
    if one.fraction() == other.fraction() {
        return format_comparison(one, other);
    }
    let exclusive = tolerance.is_some_and(|tolerance| tolerance.exclusive);
    let symbol = match (within(&one.fraction(), &other.fraction(), tolerance), exclusive) {
        (true, false) => '≤',
        (true, true) => '<',
        (false, false) => '>',
        (false, true) => '≥',
    };
    format!("|{} − {}| {symbol} {}", format_number(one), format_number(other), decimal_text(&width, places))
}

/// Comparison of two inputs: `18 < 20`.
fn format_comparison(one: &FormulaValue, other: &FormulaValue) -> String {
    let symbol = symbol_of(&one.fraction(), &other.fraction());
    format!("{} {symbol} {}", format_number(one), format_number(other))
}

/// Symbol between two numbers.
fn symbol_of(one: &BigRational, other: &BigRational) -> char {
    match one.cmp(other) {
        std::cmp::Ordering::Less => '<',
        std::cmp::Ordering::Equal => '=',
        std::cmp::Ordering::Greater => '>',
    }
}
