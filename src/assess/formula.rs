//! The methods: from values to a rate or a step, or to the guard that forbids it.

use super::exact::{Rate, decimal_text, figure, fraction, growth, whole};
use super::guard::Guard;
use super::input::{Given, Input, Role};
use super::verdict::{Verdict, verdict};
use super::words;
use crate::diagnostic::Bilingual;
use crate::model::{Better, Bound, Column, FiscalYear, Method, MethodKind, Step, Takes, Tolerance};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// More years than any plan or survey has; a root of higher degree is not taken.
const MOST_YEARS: i64 = 100;

/// A tolerance of more decimals is not shown: those of a percentage end soon.
const MOST_DECIMALS: u32 = 12;

/// What a method gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The rate or the step.
    pub measure: Measure,
    /// How it was computed.
    pub formula: Formula,
    /// From which values, the actual value first.
    pub inputs: Vec<Input>,
    /// Whether the actual value is as good as the target, bounds such as 未満 respected;
    /// `None` where there is no target or nobody says which way is better.
    pub reached: Option<bool>,
    /// Which way is better, as the target's bound or the indicator says.
    pub direction: Option<Better>,
    /// The mark that the bands give it; `None` where the method has no bands.
    pub verdict: Option<Verdict>,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// An exact rate.
    Rate(Rate),
    /// A step of a method that gives no rate.
    Step(Step),
}

/// A formula, in words and with its figures: 達成率 = 実績値 ÷ 目標値 = 18,104 ÷ 18,590.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// What is computed: 達成率.
    pub name: Bilingual,
    /// How: 実績値 ÷ 目標値.
    pub words: Bilingual,
    /// The same with figures, the same in all languages.
    pub figures: String,
}

/// What the formula of one method gave, before bands.
struct Computed {
    measure: Measure,
    figures: String,
    inputs: Vec<Input>,
    direction: Option<Better>,
    reached: Option<bool>,
}

/// What `method` gives of the indicator; `None` where nothing is computed.
pub(super) fn outcome(given: &Given<'_>, method: &Method) -> Option<Result<Outcome, Guard>> {
    let formula: fn(&Given<'_>, Input, &Method) -> Result<Computed, Guard> = match method.kind {
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
    let computed = given.actual().and_then(|actual| formula(given, actual, method));
    Some(computed.map(|computed| completed(given, method, computed)))
}

fn completed(given: &Given<'_>, method: &Method, computed: Computed) -> Outcome {
    let (name, words) = words::formula(method.kind, computed.direction);
    Outcome {
        verdict: verdict(given, method, &computed.measure, computed.direction, &computed.inputs),
        measure: computed.measure,
        formula: Formula { name, words, figures: computed.figures },
        inputs: computed.inputs,
        reached: computed.reached,
        direction: computed.direction,
    }
}

/// A ÷ T and T ÷ A.
fn quotient(given: &Given<'_>, actual: Input, method: &Method) -> Result<Computed, Guard> {
    let target = given.target(&actual, method.target)?;
    given.fresh(&actual)?;
    let direction = given.direction(Some(&target))?;
    not_maintain(direction)?;
    let (a, t) = (actual.fraction(), target.fraction());
    let (rate, figures) = match method.kind {
        MethodKind::InverseRatio if direction == Some(Better::Higher) => return Err(Guard::NotLower),
        MethodKind::InverseRatio => (divide(&t, &a, Guard::ZeroActual)?, [&target, &actual].map(shown).join(" ÷ ")),
        MethodKind::Milestone if !(steps(&a) && steps(&t)) => return Err(Guard::NotSteps),
        _ => (divide(&a, &t, Guard::ZeroTarget)?, [&actual, &target].map(shown).join(" ÷ ")),
    };
    let reached = reached(&actual, &target, direction);
    Ok(Computed { measure: Measure::Rate(rate), figures, inputs: vec![actual, target], direction, reached })
}

fn steps(number: &BigRational) -> bool {
    number.is_integer() && !number.is_negative()
}

/// ΣA ÷ T.
fn cumulative(given: &Given<'_>, actual: Input, method: &Method) -> Result<Computed, Guard> {
    let from = given.indicator.target_total_from.ok_or(Guard::NoCumulativeStart)?;
    if given.indicator.actual_total_from.is_some() {
        return Err(Guard::AlreadyTotal);
    }
    let target = given.target_of_sum(&actual, method.target)?;
    let direction = given.direction(Some(&target))?;
    not_maintain(direction)?;
    given.unbroken(from, actual.time)?;
    let counted = counted(given, from, &actual)?;
    let sum: BigRational = counted.iter().map(Input::fraction).sum();
    let rate = divide(&sum, &target.fraction(), Guard::ZeroTarget)?;
    let figures = format!("({}) ÷ {}", counted.iter().map(shown).collect::<Vec<_>>().join(" + "), shown(&target));
    let reached = compare(&sum, &target, direction);
    let inputs = counted.into_iter().rev().chain([target]).collect();
    Ok(Computed { measure: Measure::Rate(rate), figures, inputs, direction, reached })
}

/// The actual values of all years from `from` on, oldest first, none of which may be
/// missing, old, or count other years too.
fn counted(given: &Given<'_>, from: FiscalYear, actual: &Input) -> Result<Vec<Input>, Guard> {
    let mut next = from;
    let mut counted = Vec::new();
    let in_time = |column| column >= from && Column::Year(column) <= actual.column;
    for cell in given.series.actual.iter().filter(|cell| in_time(cell.column)) {
        if cell.column != next || cell.value.is_missing() {
            return Err(Guard::GapInSum(next));
        }
        let input = given.in_year(*cell)?;
        if cell.value.measured.is_some_and(|period| period.is_window()) {
            return Err(Guard::WindowInSum(cell.column));
        }
        if cell.carried_forward() {
            return Err(Guard::CarriedForward { measured: cell.measured(), printed_for: cell.column });
        }
        counted.push(input);
        next = FiscalYear(cell.column.0.saturating_add(1));
    }
    if counted.is_empty() { Err(Guard::GapInSum(from)) } else { Ok(counted) }
}

/// (A − B) ÷ (T − B).
fn progress(given: &Given<'_>, actual: Input, method: &Method) -> Result<Computed, Guard> {
    let target = given.target(&actual, method.target)?;
    let baseline = given.baseline(&actual)?;
    given.fresh(&actual)?;
    let direction = ahead(given, &baseline, &target)?;
    let (a, t, b) = (actual.fraction(), target.fraction(), baseline.fraction());
    let rate = Rate::new(&(&a - &b), &(&t - &b)).ok_or(Guard::TargetIsBaseline)?;
    let figures = format!("({} − {}) ÷ ({} − {})", shown(&actual), shown(&baseline), shown(&target), shown(&baseline));
    let reached = reached(&actual, &target, Some(direction));
    let inputs = vec![actual, target, baseline];
    Ok(Computed { measure: Measure::Rate(rate), figures, inputs, direction: Some(direction), reached })
}

/// A against the value that the way from B to T lets expect by now.
fn expected(given: &Given<'_>, actual: Input, method: &Method) -> Result<Computed, Guard> {
    let target = given.target(&actual, method.target)?;
    let baseline = given.baseline(&actual)?;
    let (done, all) = if method.kind == MethodKind::Path {
        let since = |year: Option<FiscalYear>| years_between(baseline.year, year).ok_or(Guard::NoYears);
        (since(actual.year)?, since(target.year)?)
    } else {
        given.fresh(&actual)?;
        years_of_plan(given, &actual, &target)?
    };
    let direction = given.direction(Some(&target))?;
    not_maintain(direction)?;
    let direction = direction.ok_or(Guard::NoDirection)?;
    let (a, t, b) = (actual.fraction(), target.fraction(), baseline.fraction());
    if [&a, &t, &b].iter().any(|value| value.is_negative()) {
        return Err(Guard::SignsChange);
    }
    let done = done.min(all);
    let expected = &b + (&t - &b) * whole(done) / whole(all);
    let way = format!("({1} + ({0} − {1}) × {done} ÷ {all})", shown(&target), shown(&baseline));
    let (rate, figures) = match direction {
        Better::Lower => (divide(&expected, &a, Guard::ZeroActual)?, format!("{way} ÷ {}", shown(&actual))),
        _ => (divide(&a, &expected, Guard::ZeroExpected)?, format!("{} ÷ {way}", shown(&actual))),
    };
    let reached = reached(&actual, &target, Some(direction));
    let inputs = vec![actual, target, baseline];
    Ok(Computed { measure: Measure::Rate(rate), figures, inputs, direction: Some(direction), reached })
}

/// Years passed of the plan at the end of the actual value's year, and all its years up to
/// the target's.
fn years_of_plan(given: &Given<'_>, actual: &Input, target: &Input) -> Result<(i64, i64), Guard> {
    let plan = given.strategy.period.ok_or(Guard::NoPlanYears)?;
    let upto = |column: Column| match column {
        Column::Year(year) => i64::from(year.0) - i64::from(plan.from.0) + 1,
        Column::Start => 0,
        Column::End => i64::from(plan.to.0) - i64::from(plan.from.0) + 1,
    };
    match (upto(actual.column), upto(target.column)) {
        (_, all) if all <= 0 => Err(Guard::NoPlanYears),
        (done, _) if done <= 0 => Err(Guard::NothingSinceBaseline),
        years => Ok(years),
    }
}

/// Growth reached ÷ growth needed, yearly.
fn cagr(given: &Given<'_>, actual: Input, method: &Method) -> Result<Computed, Guard> {
    let target = given.target(&actual, method.target)?;
    let baseline = given.baseline(&actual)?;
    let direction = ahead(given, &baseline, &target)?;
    let (a, t, b) = (actual.fraction(), target.fraction(), baseline.fraction());
    if [&a, &t, &b].iter().any(|value| value.is_negative()) {
        return Err(Guard::SignsChange);
    }
    if b.is_zero() {
        return Err(Guard::ZeroBaseline);
    }
    let rate_to = |value: &BigRational, year: Option<FiscalYear>| {
        let years = years_between(baseline.year, year).filter(|years| *years <= MOST_YEARS).ok_or(Guard::NoYears)?;
        let grown = growth(&(value / &b), u32::try_from(years).map_err(|_| Guard::NoYears)?).ok_or(Guard::NoYears)?;
        Ok((grown, format!("(({} ÷ {})^(1/{years}) − 1)", figure_of(value, &actual, &target), shown(&baseline))))
    };
    let (reached_growth, of_actual) = rate_to(&a, actual.year)?;
    let (needed_growth, of_target) = rate_to(&t, target.year)?;
    let rate = Rate::new(&reached_growth, &needed_growth).ok_or(Guard::TargetIsBaseline)?;
    let reached = reached(&actual, &target, Some(direction));
    Ok(Computed {
        measure: Measure::Rate(rate),
        figures: format!("{of_actual} ÷ {of_target}"),
        inputs: vec![actual, target, baseline],
        direction: Some(direction),
        reached,
    })
}

fn figure_of(value: &BigRational, actual: &Input, target: &Input) -> String {
    if *value == actual.fraction() { shown(actual) } else { shown(target) }
}

/// As good as T, better than B, kept at B, or worse.
fn versus_baseline(given: &Given<'_>, actual: Input, method: &Method) -> Result<Computed, Guard> {
    let asks_target = method.bands.is_empty() || method.bands.iter().any(|b| b.takes == Takes::When(Step::Reached));
    let target = if asks_target { Some(given.target(&actual, method.target)?) } else { None };
    let baseline = given.baseline(&actual)?;
    given.fresh(&actual)?;
    let direction = given.direction(target.as_ref())?;
    not_maintain(direction)?;
    let direction = direction.ok_or(Guard::NoDirection)?;
    if let Some(target) = &target
        && beats(&baseline.fraction(), &target.fraction(), direction)
    {
        return Err(Guard::BaselineBeatsTarget(baseline.value.printed, target.value.printed.clone()));
    }
    let (a, b) = (actual.fraction(), baseline.fraction());
    let reached = target.as_ref().and_then(|target| reached(&actual, target, Some(direction)));
    let step = if reached == Some(true) {
        Step::Reached
    } else if beats(&a, &b, direction) {
        Step::Better
    } else if (&a - &b).abs() <= width(method.tolerance, &b) {
        Step::Kept
    } else {
        Step::Worse
    };
    let figures = match step {
        Step::Reached => target.as_ref().map(|target| sign(&actual, target)),
        _ => None,
    };
    let figures = figures.unwrap_or_else(|| sign(&actual, &baseline));
    let inputs = [Some(actual), target, Some(baseline)].into_iter().flatten().collect();
    Ok(Computed { measure: Measure::Step(step), figures, inputs, direction: Some(direction), reached })
}

/// Kept at B, or worse.
fn maintain(given: &Given<'_>, actual: Input, method: &Method) -> Result<Computed, Guard> {
    let baseline = given.baseline(&actual)?;
    given.fresh(&actual)?;
    let direction = given.indicator.better.ok_or(Guard::NoDirection)?;
    let (a, b) = (actual.fraction(), baseline.fraction());
    let width = width(method.tolerance, &b);
    let better = beats(&a, &b, direction);
    let kept = (&a - &b).abs() <= width || better;
    let step = if kept { Step::Kept } else { Step::Worse };
    let figures = match better {
        true => sign(&actual, &baseline),
        false => within(&actual, &baseline, &width),
    };
    let inputs = vec![actual, baseline];
    Ok(Computed { measure: Measure::Step(step), figures, inputs, direction: Some(direction), reached: None })
}

/// T reached, or missed.
fn threshold(given: &Given<'_>, actual: Input, method: &Method) -> Result<Computed, Guard> {
    let target = given.target(&actual, method.target)?;
    given.fresh(&actual)?;
    let direction = given.direction(Some(&target))?;
    not_maintain(direction)?;
    if target.bound == Bound::About {
        return Err(Guard::NotExact(Role::Target, target.value.printed));
    }
    let reached = reached(&actual, &target, direction).ok_or(Guard::NoDirection)?;
    let step = if reached { Step::Reached } else { Step::Missed };
    let figures = sign(&actual, &target);
    let inputs = vec![actual, target];
    Ok(Computed { measure: Measure::Step(step), figures, inputs, direction, reached: Some(reached) })
}

/// Which way is better, where the target lies that way from the baseline.
fn ahead(given: &Given<'_>, baseline: &Input, target: &Input) -> Result<Better, Guard> {
    let direction = given.direction(Some(target))?;
    not_maintain(direction)?;
    let direction = direction.ok_or(Guard::NoDirection)?;
    let (b, t) = (baseline.fraction(), target.fraction());
    if b == t {
        return Err(Guard::TargetIsBaseline);
    }
    if beats(&b, &t, direction) {
        return Err(Guard::BaselineBeatsTarget(baseline.value.printed.clone(), target.value.printed.clone()));
    }
    Ok(direction)
}

/// Whether `one` is better than `other`; nothing is, where the aim is to keep it.
fn beats(one: &BigRational, other: &BigRational, direction: Better) -> bool {
    match direction {
        Better::Higher => one > other,
        Better::Lower => one < other,
        Better::Maintain => false,
    }
}

fn reached(actual: &Input, target: &Input, direction: Option<Better>) -> Option<bool> {
    compare(&actual.fraction(), target, direction)
}

fn compare(actual: &BigRational, target: &Input, direction: Option<Better>) -> Option<bool> {
    let aim = target.fraction();
    match (target.bound, direction) {
        (Bound::AtLeast, _) | (Bound::Exact, Some(Better::Higher)) => Some(*actual >= aim),
        (Bound::AtMost, _) | (Bound::Exact, Some(Better::Lower)) => Some(*actual <= aim),
        (Bound::Above, _) => Some(*actual > aim),
        (Bound::Below, _) => Some(*actual < aim),
        (Bound::About | Bound::Exact, _) => None,
    }
}

fn not_maintain(direction: Option<Better>) -> Result<(), Guard> {
    if direction == Some(Better::Maintain) { Err(Guard::NotForMaintain) } else { Ok(()) }
}

/// A quotient of two values that mean something only without signs.
fn divide(part: &BigRational, whole: &BigRational, zero: Guard) -> Result<Rate, Guard> {
    if part.is_negative() || whole.is_negative() {
        return Err(Guard::SignsChange);
    }
    Rate::new(part, whole).ok_or(zero)
}

fn width(tolerance: Option<Tolerance>, baseline: &BigRational) -> BigRational {
    match tolerance {
        Some(Tolerance::Absolute(width)) => fraction(width),
        Some(Tolerance::Percent(percent)) => baseline.abs() * fraction(percent) / whole(100),
        None => BigRational::zero(),
    }
}

/// The years from one to another, where there are any.
fn years_between(from: Option<FiscalYear>, to: Option<FiscalYear>) -> Option<i64> {
    let years = i64::from(to?.0) - i64::from(from?.0);
    (years > 0).then_some(years)
}

/// An input's number, in brackets where it bears a sign.
fn shown(input: &Input) -> String {
    let figure = figure(input.number);
    if figure.starts_with('−') { format!("({figure})") } else { figure }
}

/// How far two inputs lie apart against the tolerance: `|0.45 − 0.40| ≤ 0.05`; without any, as [`sign`].
fn within(one: &Input, other: &Input, width: &BigRational) -> String {
    let exact = |decimals: &u32| (width * whole(10).pow(*decimals as i32)).is_integer();
    let Some(decimals) = (0..=MOST_DECIMALS).find(exact).filter(|_| !width.is_zero()) else { return sign(one, other) };
    if one.fraction() == other.fraction() {
        return sign(one, other);
    }
    let apart = (one.fraction() - other.fraction()).abs();
    let sign = if apart <= *width { '≤' } else { '>' };
    format!("|{} − {}| {sign} {}", shown(one), shown(other), decimal_text(width, decimals))
}

/// Two inputs with the sign between them: `18 < 20`.
fn sign(one: &Input, other: &Input) -> String {
    let sign = match one.fraction().cmp(&other.fraction()) {
        std::cmp::Ordering::Less => '<',
        std::cmp::Ordering::Equal => '=',
        std::cmp::Ordering::Greater => '>',
    };
    format!("{} {sign} {}", shown(one), shown(other))
}
