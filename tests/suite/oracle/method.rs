//! Declared methods. `src/model/method.rs` defines their formulas, `src/assess/not_computable.rs` the conditions under
//! which they give no result. If several of these conditions hold, the rules do not determine which one a page states.

use super::figures::*;
use super::model::*;
use super::statement::Expected;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// The result of a method.
enum Outcome {
    /// A fraction: 1 is 100%.
    Rate(BigRational),
    Step(&'static str),
}

/// The statement of the method of an indicator; `None` if nothing is computed.
pub(crate) fn statement(name: &str, subject: Subject<'_>) -> Option<Expected> {
    let method = subject.city.method(subject.indicator)?;
    if method.kind == "declared" {
        return None;
    }
    let statement = Expected::new("method").with("indicator", name).with("method", &method.id);
    let mut guards = BTreeSet::new();
    let outcome = compute(subject, method, &mut guards);
    let Some(outcome) = outcome.filter(|_| guards.is_empty()) else {
        return Some(statement.one_of("guard", &guards));
    };
    let result = match &outcome {
        Outcome::Rate(rate) => percent(rate),
        Outcome::Step(step) => (*step).to_owned(),
    };
    let mut statement = statement.with("result", result);
    // For totals the sum is compared with the target, which the rate expresses.
    let reached = match &outcome {
        Outcome::Rate(rate) if method.kind == "cumulative" => reached_by(subject, rate),
        _ => reached(subject),
    };
    if let Some(reached) = reached {
        statement = statement.with_optional("reached", if reached { "yes" } else { "no" });
    }
    if let Some(mark) = mark(subject, method, &outcome) {
        statement = statement.with("mark", mark.to_string());
        if let Some((published, certain)) = published(subject, method) {
            let agreement = if published == [mark] { "same" } else { "differs" };
            statement = if certain {
                statement.with("agreement", agreement)
            } else {
                statement.with_optional("agreement", agreement)
            };
        }
    }
    Some(statement)
}

/// A rate in percent with one decimal place, rounded half away from zero.
fn percent(rate: &BigRational) -> String {
    let thousand = BigRational::from_integer(BigInt::from(1000));
    let tenths = (rate.abs() * thousand + BigRational::new(BigInt::one(), BigInt::from(2))).floor().to_integer();
    let sign = if rate.is_negative() && !tenths.is_zero() { "−" } else { "" };
    format!("{sign}{}%", digits(&tenths, 1))
}

/// The direction of improvement: that of the target's bound, else of the indicator.
fn direction(subject: Subject<'_>, target: Option<&Number>) -> Option<Better> {
    let of_bound = target.and_then(|target| match target.bound {
        Bound::AtLeast | Bound::Above => Some(Better::Higher),
        Bound::AtMost | Bound::Below => Some(Better::Lower),
        Bound::Exact | Bound::About => None,
    });
    of_bound.or(subject.indicator.better)
}

/// Returns true if a number reaches the target; `None` if that is undefined.
fn as_good(number: &BigRational, target: &Number, direction: Option<Better>) -> Option<bool> {
    let aim = target.decimal.fraction();
    Some(match (target.bound, direction?) {
        (Bound::About, _) => return None,
        (Bound::Above, _) => *number > aim,
        (Bound::Below, _) => *number < aim,
        (_, Better::Higher) => *number >= aim,
        (_, Better::Lower) => *number <= aim,
        (_, Better::Maintain) => return None,
    })
}

fn reached(subject: Subject<'_>) -> Option<bool> {
    let latest = subject.latest()?.cell.value.number()?;
    let target = subject.applicable_target()?.value.number()?;
    as_good(&latest.decimal.fraction(), target, direction(subject, Some(target)))
}

/// Returns true if a sum reaches the target, with `rate` as its ratio to the target.
fn reached_by(subject: Subject<'_>, rate: &BigRational) -> Option<bool> {
    let target = subject.applicable_target()?.value.number()?;
    as_good(&(rate * target.decimal.fraction()), target, direction(subject, Some(target)))
}

fn compute(subject: Subject<'_>, method: &Method, guards: &mut BTreeSet<&'static str>) -> Option<Outcome> {
    let kind = method.kind;
    let asks = |band: &Band| matches!(band.condition, Condition::When("reached"));
    let needs_target = match kind {
        "maintain" => false,
        "versus-baseline" => method.bands.is_empty() || method.bands.iter().any(asks),
        _ => true,
    };
    let needs_baseline = matches!(kind, "progress" | "prorated" | "path" | "versus-baseline" | "maintain" | "cagr");
    let Some(latest) = subject.latest() else {
        guards.insert("no-actual");
        return None;
    };
    let actual_year = subject.year(latest.cell);
    guards.extend(shape_fails(latest.cell.value));
    if latest.interim {
        guards.insert("interim");
    }
    if latest.cell.value.number().is_some_and(|number| number.bound != Bound::Exact) {
        guards.insert("not-exact");
    }
    if let Some(Column::Year(baseline)) = subject.indicator.baseline
        && latest.cell.column <= Column::Year(baseline)
    {
        guards.insert("nothing-since-baseline");
    }
    if !matches!(kind, "path" | "cagr")
        && let Column::Year(column) = latest.cell.column
        && column - actual_year >= subject.indicator.interval.map_or(1, |years| years as i32)
    {
        guards.insert("carried-forward");
    }

    let target = needs_target.then(|| subject.applicable_target()).flatten();
    // The report may print a placeholder for the target of the same year.
    let unset = subject.series.target.get(&latest.cell.column).is_some_and(|target| target.value.missing());
    let target = target.filter(|_| !unset);
    if needs_target && target.is_none() {
        guards.extend(["no-target", "missing"]);
    }
    if let Some(target) = target {
        let mut reasons = subject.against_target(latest, target);
        if kind == "cumulative" {
            reasons.remove("annual-against-cumulative");
            reasons.remove("windows-differ");
        }
        guards.extend(reasons);
    }
    let aim = target.and_then(|target| target.value.number());
    let contradicts = aim.is_some_and(|aim| {
        matches!(
            (aim.bound, subject.indicator.better),
            (Bound::AtLeast | Bound::Above, Some(Better::Lower)) | (Bound::AtMost | Bound::Below, Some(Better::Higher))
        )
    });
    if contradicts {
        guards.insert("directions-differ");
    }
    let direction = direction(subject, aim);
    let of_direction =
        matches!(kind, "progress" | "path" | "prorated" | "cagr" | "versus-baseline" | "threshold" | "maintain");
    if of_direction && direction.is_none() {
        guards.insert("no-direction");
    }
    if kind != "maintain" && direction == Some(Better::Maintain) {
        guards.insert("not-for-maintain");
    }
    if kind == "inverse-ratio" && direction == Some(Better::Higher) {
        guards.insert("not-lower");
    }
    let about = aim.is_some_and(|aim| aim.bound == Bound::About);
    if about && kind == "threshold" {
        guards.insert("not-exact");
    }

    if kind == "cumulative" {
        if subject.indicator.target_total_from.is_none() {
            guards.insert("no-cumulative-start");
        }
        if subject.indicator.actual_total_from.is_some() {
            guards.insert("already-total");
        }
    }
    let mut start = None;
    if needs_baseline {
        let cell = subject.indicator.baseline.and_then(|column| subject.series.actual.get(&column)).copied();
        match cell {
            None => {
                guards.insert("no-baseline");
            }
            Some(cell) => {
                let reasons = subject.against_earlier(latest, cell);
                guards.extend(reasons);
                if subject.year(cell) >= actual_year {
                    guards.insert("nothing-since-baseline");
                }
                if let Some(target) = target {
                    guards.extend(subject.against_target(Latest { cell, interim: false }, target));
                }
                start = Some(cell);
            }
        }
    }

    let a = latest.cell.value.number()?.decimal.fraction();
    let t = aim.map(|aim| aim.decimal.fraction());
    let b = start.and_then(|start| start.value.number()).map(|number| number.decimal.fraction());
    if needs_target && t.is_none() || needs_baseline && b.is_none() {
        return None;
    }
    let t = t.unwrap_or_else(BigRational::zero);
    let b = b.unwrap_or_else(BigRational::zero);
    let lower = direction == Some(Better::Lower);
    let quotient = |part: &BigRational, whole: &BigRational| {
        if whole.is_zero() { None } else { Some(Outcome::Rate(part / whole)) }
    };
    let beaten = if lower { b < t } else { b > t };
    let mut guard = |holds: bool, name: &'static str| {
        if holds {
            guards.insert(name);
        }
    };
    match kind {
        "ratio" => {
            guard(t.is_zero(), "zero-target");
            guard(a.is_negative() || t.is_negative(), "signs-change");
            quotient(&a, &t)
        }
        "inverse-ratio" => {
            guard(a.is_zero(), "zero-actual");
            guard(a.is_negative() || t.is_negative(), "signs-change");
            quotient(&t, &a)
        }
        "milestone" => {
            let step = |number: &BigRational| number.is_integer() && !number.is_negative();
            guard(!step(&a) || !step(&t), "not-steps");
            guard(t.is_zero(), "zero-target");
            quotient(&a, &t)
        }
        "progress" => {
            guard(t == b, "target-is-baseline");
            guard(beaten, "baseline-beats-target");
            quotient(&(&a - &b), &(&t - &b))
        }
        "prorated" | "path" => {
            let target_year = target.map_or(i32::MAX, |target| subject.year(target));
            let start_year = start.map_or(i32::MIN, |start| subject.year(start));
            let (passed, all) = match (kind, subject.city.period) {
                ("path", _) => {
                    let known = start_year > i32::MIN && target_year < i32::MAX && target_year > start_year;
                    guard(!known, "no-years");
                    if !known {
                        return None;
                    }
                    (actual_year - start_year, target_year - start_year)
                }
                (_, None) => {
                    guard(true, "no-plan-years");
                    return None;
                }
                (_, Some((from, to))) => {
                    let up_to = |column: Column| match column {
                        Column::Start => 0,
                        Column::Year(year) => year - from + 1,
                        Column::End => to - from + 1,
                    };
                    (up_to(latest.cell.column), target.map_or(0, |target| up_to(target.column)))
                }
            };
            guard(all < 1, "no-plan-years");
            if all < 1 {
                return None;
            }
            let share = BigRational::new(BigInt::from(passed.min(all)), BigInt::from(all));
            let expected = &b + (&t - &b) * share;
            guard(b.is_negative() || a.is_negative() || t.is_negative() || expected.is_negative(), "signs-change");
            guard(!lower && expected.is_zero(), "zero-expected");
            guard(lower && a.is_zero(), "zero-actual");
            guard(passed < 1, "nothing-since-baseline");
            if lower { quotient(&expected, &a) } else { quotient(&a, &expected) }
        }
        "cumulative" => {
            let from = subject.indicator.target_total_from?;
            let Column::Year(to) = latest.cell.column else { return None };
            guard(subject.indicator.breaks.iter().any(|at| from < *at && *at <= to), "series-breaks");
            let mut sum = BigRational::zero();
            for year in from..=to {
                let Some(cell) = subject.series.actual.get(&Column::Year(year)) else {
                    guard(true, "gap-in-sum");
                    continue;
                };
                let (first, last) = cell.value.measured.unwrap_or((year, year));
                guard(first != last, "window-in-sum");
                guard(last < year, "carried-forward");
                shape_fails(cell.value).into_iter().for_each(|reason| guard(true, reason));
                guard(cell.value.missing(), "gap-in-sum");
                guard(subject.status(*cell) != Status::Settled, "interim");
                if let Some(number) = cell.value.number() {
                    guard(number.bound != Bound::Exact, "not-exact");
                    sum += number.decimal.fraction();
                }
            }
            // A sum over no years is undefined, not 0.
            guard(from > to, "gap-in-sum");
            guard(t.is_zero(), "zero-target");
            guard(t.is_negative() || sum.is_negative(), "signs-change");
            quotient(&sum, &t)
        }
        "versus-baseline" => {
            guard(beaten && needs_target, "baseline-beats-target");
            let reached = aim.and_then(|aim| as_good(&a, aim, direction)) == Some(true);
            let better = if lower { a < b } else { a > b };
            let step = if reached {
                "reached"
            } else if better {
                "better"
            } else if (&a - &b).abs() <= width(method, &b) {
                "kept"
            } else {
                "worse"
            };
            Some(Outcome::Step(step))
        }
        "maintain" => {
            let better = match direction {
                Some(Better::Lower) => a <= b,
                Some(Better::Higher) => a >= b,
                _ => false,
            };
            let kept = better || (&a - &b).abs() <= width(method, &b);
            Some(Outcome::Step(if kept { "kept" } else { "worse" }))
        }
        "threshold" => Some(Outcome::Step(if as_good(&a, aim?, direction)? { "reached" } else { "missed" })),
        "cagr" => {
            let target_year = target.map_or(i32::MAX, |target| subject.year(target));
            let start_year = start.map_or(i32::MIN, |start| subject.year(start));
            let known = start_year > i32::MIN && target_year < i32::MAX && target_year > start_year;
            guard(!known, "no-years");
            guard(b.is_zero(), "zero-baseline");
            guard(a.is_negative() || b.is_negative() || t.is_negative(), "signs-change");
            guard(t == b, "target-is-baseline");
            guard(beaten, "baseline-beats-target");
            if !known || b.is_zero() || !guards.is_empty() {
                return None;
            }
            let growth = |to: &BigRational, years: i32| root(&(to / &b), years as u32) - BigRational::one();
            quotient(&growth(&a, actual_year - start_year), &growth(&t, target_year - start_year))
        }
        _ => None,
    }
}

fn width(method: &Method, baseline: &BigRational) -> BigRational {
    match method.tolerance {
        None => BigRational::zero(),
        Some(Tolerance::Absolute(width)) => width.fraction(),
        Some(Tolerance::Percent(width)) => width.fraction() * baseline.abs() / BigInt::from(100),
    }
}

/// A root with sixty decimal places; exact if numerator and denominator are perfect powers.
fn root(number: &BigRational, degree: u32) -> BigRational {
    let whole = |number: &BigInt| number.magnitude().nth_root(degree);
    let (part, below) = (whole(number.numer()), whole(number.denom()));
    if part.pow(degree) == *number.numer().magnitude() && below.pow(degree) == *number.denom().magnitude() {
        return BigRational::new(BigInt::from(part), BigInt::from(below));
    }
    let scale = BigUint::from(10_u32).pow(60);
    let scaled = number.numer().magnitude() * scale.pow(degree) / number.denom().magnitude();
    BigRational::new(BigInt::from(scaled.nth_root(degree)), BigInt::from(scale))
}

/// Index of the mark that the bands assign.
fn mark(subject: Subject<'_>, method: &Method, outcome: &Outcome) -> Option<usize> {
    let target = subject.applicable_target().and_then(|target| target.value.number());
    let falls = matches!(method.kind, "ratio" | "cumulative" | "milestone")
        && direction(subject, target) == Some(Better::Lower);
    let reversed = method.bands.iter().any(|band| match band.condition {
        Condition::From(_) => falls,
        Condition::To(_) => !falls,
        Condition::When(_) | Condition::Rest => false,
    });
    if reversed {
        return None;
    }
    let hundredth = BigRational::new(BigInt::one(), BigInt::from(100));
    let takes = |band: &&Band| match (&band.condition, outcome) {
        (Condition::Rest, _) => true,
        (Condition::From(from), Outcome::Rate(rate)) => *rate >= from.fraction() * &hundredth,
        (Condition::To(to), Outcome::Rate(rate)) => *rate <= to.fraction() * &hundredth,
        (Condition::When(when), Outcome::Step(step)) => when == step,
        _ => false,
    };
    method.bands.iter().find(takes).map(|band| band.mark)
}

/// The marks that the report gives for the latest value, and whether they were certainly based on the same figures as
/// the method. `None` without such marks, or if the latest value was revised after they were given.
fn published(subject: Subject<'_>, method: &Method) -> Option<(Vec<usize>, bool)> {
    let scale = method.scale?;
    let latest = subject.latest()?.cell;
    let given = |edition: usize, year: Option<i32>| {
        let figures = subject.node.sheets.get(&edition)?.figures.get(&subject.place)?;
        figures.judgements.iter().find(|given| given.scale == scale && given.year == year)
    };
    let Column::Year(year) = latest.column else { return None };
    let newest_first = || subject.editions.iter().rev();
    let by_year = newest_first().find_map(|edition| Some((*edition, given(*edition, Some(year))?)));
    let reporting = |edition: &&usize| match subject.city.editions[**edition].year {
        Some(reported) => reported == year && subject.city.editions[**edition].stage == Stage::Final,
        None => **edition == latest.edition,
    };
    let without_year = || newest_first().filter(reporting).find_map(|edition| Some((*edition, given(*edition, None)?)));
    let (edition, given) = by_year.or_else(without_year)?;
    let earlier: Vec<usize> = subject.editions.iter().copied().filter(|other| *other <= edition).collect();
    let then = merged(subject.node, subject.place, &earlier);
    let print = |cell: Option<&Cell<'_>>| {
        cell.map(|cell| format!("{:?} {:?} {:?}", cell.value.printed, cell.value.content, cell.value.measured))
    };
    let now = subject.series;
    if print(then.actual.get(&latest.column)) != print(now.actual.get(&latest.column)) {
        return None;
    }
    let same = |now: &BTreeMap<Column, Cell<'_>>, then: &BTreeMap<Column, Cell<'_>>| {
        now.iter().all(|(column, cell)| print(then.get(column)) == print(Some(cell)))
    };
    let certain = same(&now.actual, &then.actual) && same(&now.target, &then.target);
    match &given.verdict {
        Verdict::Marks(marks) => Some((marks.clone(), certain)),
        Verdict::Missing | Verdict::Lost => None,
    }
}
