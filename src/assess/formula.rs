//! Formulas of the methods: values to a rate or a qualitative result, or to the reason why there is none.

use super::exact::{Rate, decimal_text, figure, fraction, growth, whole};
use super::input::{AssessmentInput, Input};
use super::marks;
use super::not_computable::NotComputable;
use super::operand::Operand;
use super::outcome::{MethodOutcome, reached};
use crate::model::{
    BandCondition, Bound, Column, Direction, FiscalYear, Method, MethodKind, QualitativeResult, Tolerance,
};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// Maximum degree of a root, more years than any plan or survey spans.
const MAX_YEARS: i64 = 100;

/// Maximum number of decimals with which a tolerance is shown; percentages of printed figures need few.
const MAX_TOLERANCE_DECIMALS: u32 = 12;

/// Result of `method` for the indicator; `None` for methods without computation.
pub(super) fn outcome(given: &AssessmentInput<'_>, method: &Method) -> Option<Result<MethodOutcome, NotComputable>> {
    let formula: fn(&AssessmentInput<'_>, Input, &Method) -> Result<MethodOutcome, NotComputable> = match method.kind {
        MethodKind::Ratio | MethodKind::InverseRatio | MethodKind::Milestone => quotient,
        MethodKind::Cumulative => cumulative,
        MethodKind::Progress => progress,
        MethodKind::Prorated | MethodKind::Path => expected,
        MethodKind::Cagr => cagr,
        MethodKind::VersusBaseline => versus_baseline,
        MethodKind::Maintain => maintain,
        MethodKind::Threshold => threshold,
        MethodKind::Declared => return None,
    };
    let outcome = given.actual().and_then(|actual| formula(given, actual, method));
    Some(outcome.map(|outcome| MethodOutcome { marks: marks::compare(given, method, &outcome), ..outcome }))
}

/// A ÷ T and T ÷ A.
fn quotient(given: &AssessmentInput<'_>, actual: Input, method: &Method) -> Result<MethodOutcome, NotComputable> {
    let target = given.target(&actual, method.target)?;
    given.ensure_measured_in_time(&actual)?;
    let direction = given.direction(Some(&target))?;
    let (a, t) = (actual.fraction(), target.fraction());
    let (rate, figures) = match method.kind {
        MethodKind::InverseRatio if direction == Some(Direction::Higher) => return Err(NotComputable::NotLower),
        MethodKind::InverseRatio => {
            (divide(&t, &a, NotComputable::ZeroActual)?, [&target, &actual].map(shown).join(" ÷ "))
        }
        MethodKind::Milestone if !(steps(&a) && steps(&t)) => return Err(NotComputable::NotSteps),
        _ => (divide(&a, &t, NotComputable::ZeroTarget)?, [&actual, &target].map(shown).join(" ÷ ")),
    };
    Ok(MethodOutcome::rate(rate, figures, vec![actual, target], direction))
}

fn steps(number: &BigRational) -> bool {
    number.is_integer() && !number.is_negative()
}

/// ΣA ÷ T.
fn cumulative(given: &AssessmentInput<'_>, actual: Input, method: &Method) -> Result<MethodOutcome, NotComputable> {
    let from = given.indicator.target_total_from.ok_or(NotComputable::NoCumulativeStart)?;
    if given.indicator.actual_total_from.is_some() {
        return Err(NotComputable::AlreadyTotal);
    }
    let target = given.target_of_sum(&actual, method.target)?;
    let direction = given.direction(Some(&target))?;
    given.ensure_no_break(from, actual.effective_column)?;
    let values_to_sum = values_to_sum(given, from, &actual)?;
    let sum: BigRational = values_to_sum.iter().map(Input::fraction).sum();
    let rate = divide(&sum, &target.fraction(), NotComputable::ZeroTarget)?;
    let figures = format!("({}) ÷ {}", values_to_sum.iter().map(shown).collect::<Vec<_>>().join(" + "), shown(&target));
    let inputs = values_to_sum.into_iter().rev().chain([target]).collect();
    Ok(MethodOutcome::rate(rate, figures, inputs, direction))
}

/// Actual values of all years since `from`, oldest first. None of them may be missing, carried forward or
/// cover several years.
fn values_to_sum(given: &AssessmentInput<'_>, from: FiscalYear, actual: &Input) -> Result<Vec<Input>, NotComputable> {
    let mut next = from;
    let mut values_to_sum = Vec::new();
    let in_time = |column| column >= from && Column::Year(column) <= actual.column;
    for cell in given.series.actual.iter().filter(|cell| in_time(cell.column)) {
        if cell.column != next || cell.value.is_missing() {
            return Err(NotComputable::GapInSum(next));
        }
        let input = given.in_year(*cell)?;
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
fn progress(given: &AssessmentInput<'_>, actual: Input, method: &Method) -> Result<MethodOutcome, NotComputable> {
    let target = given.target(&actual, method.target)?;
    let baseline = given.baseline(&actual)?;
    given.ensure_measured_in_time(&actual)?;
    let direction = direction_to_target(given, &baseline, &target)?;
    let (a, t, b) = (actual.fraction(), target.fraction(), baseline.fraction());
    let rate = Rate::new(&(&a - &b), &(&t - &b)).ok_or(NotComputable::TargetIsBaseline)?;
    let figures = format!("({} − {}) ÷ ({} − {})", shown(&actual), shown(&baseline), shown(&target), shown(&baseline));
    Ok(MethodOutcome::rate(rate, figures, vec![actual, target, baseline], Some(direction)))
}

/// A relative to the value expected by now on the linear path from B to T.
fn expected(given: &AssessmentInput<'_>, actual: Input, method: &Method) -> Result<MethodOutcome, NotComputable> {
    let target = given.target(&actual, method.target)?;
    let baseline = given.baseline(&actual)?;
    let (done, all) = if method.kind == MethodKind::Path {
        let since = |year: Option<FiscalYear>| years_between(baseline.year, year).ok_or(NotComputable::NoYears);
        (since(actual.year)?, since(target.year)?)
    } else {
        given.ensure_measured_in_time(&actual)?;
        years_of_plan(given, &actual, &target)?
    };
    let direction = given.known_direction(Some(&target))?;
    let (a, t, b) = (actual.fraction(), target.fraction(), baseline.fraction());
    ensure_no_negative([&a, &t, &b])?;
    let done = done.min(all);
    let expected = &b + (&t - &b) * whole(done) / whole(all);
    let way = format!("({1} + ({0} − {1}) × {done} ÷ {all})", shown(&target), shown(&baseline));
    let (rate, figures) = match direction {
        Direction::Lower => (divide(&expected, &a, NotComputable::ZeroActual)?, format!("{way} ÷ {}", shown(&actual))),
        _ => (divide(&a, &expected, NotComputable::ZeroExpected)?, format!("{} ÷ {way}", shown(&actual))),
    };
    Ok(MethodOutcome::rate(rate, figures, vec![actual, target, baseline], Some(direction)))
}

/// Years of the plan up to the actual value's year, and up to the target's year, both inclusive.
fn years_of_plan(given: &AssessmentInput<'_>, actual: &Input, target: &Input) -> Result<(i64, i64), NotComputable> {
    let plan = given.strategy.period.ok_or(NotComputable::NoPlanYears)?;
    let upto = |column: Column| match column {
        Column::Year(year) => i64::from(year.0) - i64::from(plan.from.0) + 1,
        Column::Start => 0,
        Column::End => i64::from(plan.to.0) - i64::from(plan.from.0) + 1,
    };
    match (upto(actual.column), upto(target.column)) {
        (_, all) if all <= 0 => Err(NotComputable::NoPlanYears),
        (done, _) if done <= 0 => Err(NotComputable::NothingSinceBaseline),
        years => Ok(years),
    }
}

/// Annual growth achieved ÷ annual growth required.
fn cagr(given: &AssessmentInput<'_>, actual: Input, method: &Method) -> Result<MethodOutcome, NotComputable> {
    let target = given.target(&actual, method.target)?;
    let baseline = given.baseline(&actual)?;
    let direction = direction_to_target(given, &baseline, &target)?;
    let (a, t, b) = (actual.fraction(), target.fraction(), baseline.fraction());
    ensure_no_negative([&a, &t, &b])?;
    if b.is_zero() {
        return Err(NotComputable::ZeroBaseline);
    }
    let growth_to = |input: &Input| {
        let years = years_between(baseline.year, input.year).filter(|years| *years <= MAX_YEARS)?;
        let growth = growth(&(input.fraction() / &b), u32::try_from(years).ok()?)?;
        Some((growth, format!("(({} ÷ {})^(1/{years}) − 1)", shown(input), shown(&baseline))))
    };
    let (reached, of_actual) = growth_to(&actual).ok_or(NotComputable::NoYears)?;
    let (needed, of_target) = growth_to(&target).ok_or(NotComputable::NoYears)?;
    let rate = Rate::new(&reached, &needed).ok_or(NotComputable::TargetIsBaseline)?;
    let figures = format!("{of_actual} ÷ {of_target}");
    Ok(MethodOutcome::rate(rate, figures, vec![actual, target, baseline], Some(direction)))
}

/// Qualitative result: T reached, better than B, kept at B, or worse.
fn versus_baseline(
    given: &AssessmentInput<'_>,
    actual: Input,
    method: &Method,
) -> Result<MethodOutcome, NotComputable> {
    let needs_target = method.bands.is_empty()
        || method.bands.iter().any(|b| b.condition == BandCondition::When(QualitativeResult::Reached));
    let target = if needs_target { Some(given.target(&actual, method.target)?) } else { None };
    let baseline = given.baseline(&actual)?;
    given.ensure_measured_in_time(&actual)?;
    let direction = given.known_direction(target.as_ref())?;
    if let Some(target) = &target
        && exceeds(&baseline.fraction(), &target.fraction(), direction)
    {
        return Err(NotComputable::BaselineBeatsTarget(baseline.value.printed, target.value.printed.clone()));
    }
    let (a, b) = (actual.fraction(), baseline.fraction());
    let reached = target.as_ref().filter(|target| reached(&a, target, Some(direction)) == Some(true));
    let result = match reached {
        Some(_) => QualitativeResult::Reached,
        None if exceeds(&a, &b, direction) => QualitativeResult::Better,
        None if (&a - &b).abs() <= width(method.tolerance, &b) => QualitativeResult::Kept,
        None => QualitativeResult::Worse,
    };
    let figures = sign(&actual, reached.unwrap_or(&baseline));
    let inputs = [Some(actual), target, Some(baseline)].into_iter().flatten().collect();
    Ok(MethodOutcome::qualitative(result, figures, inputs, Some(direction)))
}

/// Qualitative result: kept at B, or worse.
fn maintain(given: &AssessmentInput<'_>, actual: Input, method: &Method) -> Result<MethodOutcome, NotComputable> {
    let baseline = given.baseline(&actual)?;
    given.ensure_measured_in_time(&actual)?;
    let direction = given.indicator.better.ok_or(NotComputable::NoDirection)?;
    let (a, b) = (actual.fraction(), baseline.fraction());
    let width = width(method.tolerance, &b);
    let better = exceeds(&a, &b, direction);
    let kept = (&a - &b).abs() <= width || better;
    let result = if kept { QualitativeResult::Kept } else { QualitativeResult::Worse };
    let figures = match better {
        true => sign(&actual, &baseline),
        false => within(&actual, &baseline, &width),
    };
    Ok(MethodOutcome::qualitative(result, figures, vec![actual, baseline], Some(direction)))
}

/// Qualitative result: T reached, or missed.
fn threshold(given: &AssessmentInput<'_>, actual: Input, method: &Method) -> Result<MethodOutcome, NotComputable> {
    let target = given.target(&actual, method.target)?;
    given.ensure_measured_in_time(&actual)?;
    let direction = given.direction(Some(&target))?;
    if target.bound == Bound::About {
        return Err(NotComputable::NotExact(Operand::Target, target.value.printed));
    }
    let reached = reached(&actual.fraction(), &target, direction).ok_or(NotComputable::NoDirection)?;
    let result = if reached { QualitativeResult::Reached } else { QualitativeResult::Missed };
    let figures = sign(&actual, &target);
    Ok(MethodOutcome::qualitative(result, figures, vec![actual, target], direction))
}

/// Direction of improvement, in which the target must differ from the baseline.
fn direction_to_target(
    given: &AssessmentInput<'_>,
    baseline: &Input,
    target: &Input,
) -> Result<Direction, NotComputable> {
    let direction = given.known_direction(Some(target))?;
    let (b, t) = (baseline.fraction(), target.fraction());
    if b == t {
        return Err(NotComputable::TargetIsBaseline);
    }
    if exceeds(&b, &t, direction) {
        return Err(NotComputable::BaselineBeatsTarget(baseline.value.printed.clone(), target.value.printed.clone()));
    }
    Ok(direction)
}

/// Returns true if `one` is better than `other`; always `false` if the aim is to maintain a level.
fn exceeds(one: &BigRational, other: &BigRational, direction: Direction) -> bool {
    match direction {
        Direction::Higher => one > other,
        Direction::Lower => one < other,
        Direction::Maintain => false,
    }
}

/// Checks that no value is negative, which would make quotients meaningless.
fn ensure_no_negative<const N: usize>(values: [&BigRational; N]) -> Result<(), NotComputable> {
    if values.into_iter().any(Signed::is_negative) { Err(NotComputable::SignsChange) } else { Ok(()) }
}

/// Quotient of two non-negative values; `zero` is the error for a zero divisor.
fn divide(part: &BigRational, whole: &BigRational, zero: NotComputable) -> Result<Rate, NotComputable> {
    ensure_no_negative([part, whole])?;
    Rate::new(part, whole).ok_or(zero)
}

fn width(tolerance: Option<Tolerance>, baseline: &BigRational) -> BigRational {
    match tolerance {
        Some(Tolerance::Absolute(width)) => fraction(width),
        Some(Tolerance::Percent(percent)) => baseline.abs() * fraction(percent) / whole(100),
        None => BigRational::zero(),
    }
}

/// Number of years from one year to a later one; `None` if unknown or not later.
fn years_between(from: Option<FiscalYear>, to: Option<FiscalYear>) -> Option<i64> {
    let years = i64::from(to?.0) - i64::from(from?.0);
    (years > 0).then_some(years)
}

/// Number of an input, in parentheses if negative.
fn shown(input: &Input) -> String {
    let figure = figure(input.number);
    if figure.starts_with('−') { format!("({figure})") } else { figure }
}

/// Comparison of the distance between two inputs with the tolerance: `|0.45 − 0.40| ≤ 0.05`; without a tolerance,
/// like [`sign`].
fn within(one: &Input, other: &Input, width: &BigRational) -> String {
    let exact = |decimals: &u32| (width * whole(10).pow(*decimals as i32)).is_integer();
    let Some(decimals) = (0..=MAX_TOLERANCE_DECIMALS).find(exact).filter(|_| !width.is_zero()) else {
        return sign(one, other);
    };
    if one.fraction() == other.fraction() {
        return sign(one, other);
    }
    let apart = (one.fraction() - other.fraction()).abs();
    let sign = if apart <= *width { '≤' } else { '>' };
    format!("|{} − {}| {sign} {}", shown(one), shown(other), decimal_text(width, decimals))
}

/// Comparison of two inputs: `18 < 20`.
fn sign(one: &Input, other: &Input) -> String {
    let sign = match one.fraction().cmp(&other.fraction()) {
        std::cmp::Ordering::Less => '<',
        std::cmp::Ordering::Equal => '=',
        std::cmp::Ordering::Greater => '>',
    };
    format!("{} {sign} {}", shown(one), shown(other))
}
