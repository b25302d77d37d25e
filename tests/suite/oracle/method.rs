//! Declared methods. `src/model/method.rs` defines their formulas, `src/assess/not_computable.rs` the conditions under
//! which they give no result. If several of these conditions hold, the rules do not determine which one a page states.

use super::figures::*;
use super::marks::decisive;
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
    Category(&'static str),
}

/// The statement of the method of an indicator; `None` if nothing is computed.
pub(crate) fn statement(name: &str, subject: Subject<'_>) -> Option<Expected> {
    let method = subject.strategy.method(subject.indicator)?;
    if method.kind == "declared" {
        return None;
    }
    let statement = Expected::new("method").with("indicator", name).with("method", &method.id);
    let mut reasons = BTreeSet::new();
    let outcome = compute(subject, method, &mut reasons);
    let Some(outcome) = outcome.filter(|_| reasons.is_empty()) else {
        return Some(statement.one_of("guard", &reasons));
    };
    let result = match &outcome {
        Outcome::Rate(rate) => percent(rate),
        Outcome::Category(category) => (*category).to_owned(),
    };
    let mut statement = statement.with("result", result);
    // For a cumulative method the sum is compared with the target; the rate is their ratio.
    let reached = match &outcome {
        Outcome::Rate(rate) if method.kind == "cumulative" => reached_by(subject, method, rate),
        _ => reached(subject, method),
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
pub(crate) fn percent(rate: &BigRational) -> String {
    let thousand = BigRational::from_integer(BigInt::from(1000));
    let tenths = (rate.abs() * thousand + BigRational::new(BigInt::one(), BigInt::from(2))).floor().to_integer();
    let sign = if rate.is_negative() && !tenths.is_zero() { "−" } else { "" };
    format!("{sign}{}%", digits(&tenths, 1))
}

/// The direction of improvement: that of the target's bound, else of the indicator.
fn direction(subject: Subject<'_>, target: Option<&Number>) -> Option<Better> {
    let bound_direction = target.and_then(|target| match target.bound {
        Bound::AtLeast | Bound::Above => Some(Better::Higher),
        Bound::AtMost | Bound::Below => Some(Better::Lower),
        Bound::Exact | Bound::About => None,
    });
    bound_direction.or(subject.indicator.better)
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

/// Whether the latest value reaches its target, as the method `threshold` finds; `None` if it gives no result.
pub(crate) fn threshold(subject: Subject<'_>, target: Option<&'static str>) -> Option<bool> {
    let method = Method {
        id: String::new(),
        kind: "threshold",
        default: false,
        scale: None,
        bands: Vec::new(),
        tolerance: None,
        excludes_end: false,
        from_zero: false,
        target,
    };
    let mut reasons = BTreeSet::new();
    match compute(subject, &method, &mut reasons).filter(|_| reasons.is_empty())? {
        Outcome::Category(category) => Some(category == "reached"),
        Outcome::Rate(_) => None,
    }
}

fn chosen_target<'a>(subject: Subject<'a>, method: &Method) -> Option<Cell<'a>> {
    target_by(subject, method.target)
}

/// The target that `target` of a method selects.
pub(crate) fn target_by<'a>(subject: Subject<'a>, target: Option<&'static str>) -> Option<Cell<'a>> {
    let latest = subject.latest()?.cell.column;
    let at_latest = subject.series.target.get(&latest);
    match target {
        Some("next") => subject.targets().into_iter().find(|target| target.column > latest),
        Some("end") => subject.last_target(),
        // The report may print a placeholder for the target of the same year.
        _ if at_latest.is_some_and(|target| target.value.missing()) => None,
        Some(_) => at_latest.copied(),
        None => subject.applicable_target(),
    }
}

fn reached(subject: Subject<'_>, method: &Method) -> Option<bool> {
    let latest = subject.latest()?.cell.value.number()?;
    let target = chosen_target(subject, method)?.value.number()?;
    as_good(&latest.decimal.fraction(), target, direction(subject, Some(target)))
}

/// Returns true if a sum reaches the target, with `rate` as its ratio to the target.
fn reached_by(subject: Subject<'_>, method: &Method, rate: &BigRational) -> Option<bool> {
    let target = chosen_target(subject, method)?.value.number()?;
    as_good(&(rate * target.decimal.fraction()), target, direction(subject, Some(target)))
}

fn asks_for(method: &Method, category: &str) -> bool {
    method.bands.iter().any(|band| matches!(band.condition, Condition::When(when) if when == category))
}

fn needs_target(method: &Method) -> bool {
    match method.kind {
        "maintain" => false,
        "versus-baseline" => method.bands.is_empty() || asks_for(method, "on-path") || asks_for(method, "reached"),
        _ => true,
    }
}

fn needs_baseline(method: &Method) -> bool {
    let kinds = ["progress", "prorated", "path", "versus-baseline", "maintain", "cagr"];
    kinds.contains(&method.kind) && !method.from_zero
}

/// The figures on which the result of the method of an indicator depends, with the names of their series; empty if there is
/// no result.
pub(crate) fn inputs(subject: Subject<'_>) -> Vec<(&'static str, Cell<'_>)> {
    let has_result = statement("", subject).is_some_and(|statement| statement.facts.contains_key("result"));
    let Some(method) = subject.strategy.method(subject.indicator).filter(|_| has_result) else { return Vec::new() };
    let latest = subject.latest().map(|latest| latest.cell);
    let actual: Vec<Cell<'_>> = match (method.kind, subject.indicator.target_total_from) {
        ("cumulative", Some(from)) => {
            let last = latest.map_or(Column::Start, |cell| cell.column);
            subject.series.actual.range(Column::Year(from)..=last).map(|(_, cell)| *cell).collect()
        }
        _ => latest.into_iter().collect(),
    };
    let baseline = subject.indicator.baseline.filter(|_| needs_baseline(method));
    let baseline = baseline.and_then(|column| subject.series.actual.get(&column)).copied();
    let target = chosen_target(subject, method).filter(|_| needs_target(method));
    let of_series = |series| move |cell| (series, cell);
    let actual = actual.into_iter().chain(baseline).map(of_series("actual"));
    actual.chain(target.into_iter().map(of_series("target"))).collect()
}

fn compute(subject: Subject<'_>, method: &Method, reasons: &mut BTreeSet<&'static str>) -> Option<Outcome> {
    let kind = method.kind;
    let asks_for_path = asks_for(method, "on-path");
    let (needs_target, needs_baseline) = (needs_target(method), needs_baseline(method));
    let Some(latest) = subject.latest() else {
        reasons.insert("no-actual");
        return None;
    };
    let actual_year = subject.year(latest.cell);
    reasons.extend(shape_reasons(latest.cell.value));
    if latest.interim {
        reasons.insert("interim");
    }
    if latest.cell.value.number().is_some_and(|number| number.bound != Bound::Exact) {
        reasons.insert("not-exact");
    }
    if let Some(Column::Year(baseline)) = subject.indicator.baseline
        && latest.cell.column <= Column::Year(baseline)
    {
        reasons.insert("nothing-since-baseline");
    }
    if !matches!(kind, "path" | "cagr")
        && let Column::Year(column) = latest.cell.column
        && column - actual_year >= subject.indicator.interval.map_or(1, |years| years as i32)
    {
        reasons.insert("carried-forward");
    }

    let target = needs_target.then(|| chosen_target(subject, method)).flatten();
    if needs_target && target.is_none() {
        reasons.extend(["no-target", "missing"]);
    }
    if let Some(target) = target {
        let mut target_reasons = subject.reasons_against_target(latest, target);
        if kind == "cumulative" {
            target_reasons.remove("annual-against-cumulative");
            target_reasons.remove("windows-differ");
        }
        reasons.extend(target_reasons);
    }
    let aim = target.and_then(|target| target.value.number());
    let contradicts = aim.is_some_and(|aim| {
        matches!(
            (aim.bound, subject.indicator.better),
            (Bound::AtLeast | Bound::Above, Some(Better::Lower)) | (Bound::AtMost | Bound::Below, Some(Better::Higher))
        )
    });
    if contradicts {
        reasons.insert("directions-differ");
    }
    let direction = direction(subject, aim);
    let needs_direction =
        matches!(kind, "progress" | "path" | "prorated" | "cagr" | "versus-baseline" | "threshold" | "maintain");
    if needs_direction && direction.is_none() {
        reasons.insert("no-direction");
    }
    if kind != "maintain" && direction == Some(Better::Maintain) {
        reasons.insert("not-for-maintain");
    }
    if kind == "inverse-ratio" && direction == Some(Better::Higher) {
        reasons.insert("not-lower");
    }
    let about = aim.is_some_and(|aim| aim.bound == Bound::About);
    if about && kind == "threshold" {
        reasons.insert("not-exact");
    }

    if kind == "cumulative" {
        if subject.indicator.target_total_from.is_none() {
            reasons.insert("no-cumulative-start");
        }
        if subject.indicator.actual_total_from.is_some() {
            reasons.insert("already-total");
        }
    }
    let mut start = None;
    if needs_baseline {
        let cell = subject.indicator.baseline.and_then(|column| subject.series.actual.get(&column)).copied();
        match cell {
            None => {
                reasons.insert("no-baseline");
            }
            Some(cell) => {
                reasons.extend(subject.reasons_against_earlier(latest, cell));
                if subject.year(cell) >= actual_year {
                    reasons.insert("nothing-since-baseline");
                }
                if let Some(target) = target {
                    reasons.extend(subject.reasons_against_target(Latest { cell, interim: false }, target));
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
    let mut reason_if = |holds: bool, name: &'static str| {
        if holds {
            reasons.insert(name);
        }
    };
    match kind {
        "ratio" => {
            reason_if(t.is_zero(), "zero-target");
            reason_if(a.is_negative() || t.is_negative(), "signs-change");
            quotient(&a, &t)
        }
        "inverse-ratio" => {
            reason_if(a.is_zero(), "zero-actual");
            reason_if(a.is_negative() || t.is_negative(), "signs-change");
            quotient(&t, &a)
        }
        "milestone" => {
            let step = |number: &BigRational| number.is_integer() && !number.is_negative();
            reason_if(!step(&a) || !step(&t), "not-steps");
            reason_if(t.is_zero(), "zero-target");
            quotient(&a, &t)
        }
        "progress" => {
            reason_if(t == b, "target-is-baseline");
            reason_if(beaten, "baseline-beats-target");
            quotient(&(&a - &b), &(&t - &b))
        }
        "prorated" | "path" => {
            let target_year = target.map_or(i32::MAX, |target| subject.year(target));
            let start_year = start.map_or(i32::MIN, |start| subject.year(start));
            let (passed, all) = match (kind, subject.strategy.period) {
                ("path", _) => {
                    let known = start_year > i32::MIN && target_year < i32::MAX && target_year > start_year;
                    reason_if(!known, "no-years");
                    if !known {
                        return None;
                    }
                    (actual_year - start_year, target_year - start_year)
                }
                (_, None) => {
                    reason_if(true, "no-plan-years");
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
            reason_if(all < 1, "no-plan-years");
            if all < 1 {
                return None;
            }
            let share = BigRational::new(BigInt::from(passed.min(all)), BigInt::from(all));
            let expected = &b + (&t - &b) * share;
            reason_if(b.is_negative() || a.is_negative() || t.is_negative() || expected.is_negative(), "signs-change");
            reason_if(!lower && expected.is_zero(), "zero-expected");
            reason_if(lower && a.is_zero(), "zero-actual");
            reason_if(passed < 1, "nothing-since-baseline");
            if lower { quotient(&expected, &a) } else { quotient(&a, &expected) }
        }
        "cumulative" => {
            let from = subject.indicator.target_total_from?;
            let Column::Year(to) = latest.cell.column else { return None };
            reason_if(subject.indicator.breaks.iter().any(|at| from < *at && *at <= to), "series-breaks");
            let mut sum = BigRational::zero();
            for year in from..=to {
                let Some(cell) = subject.series.actual.get(&Column::Year(year)) else {
                    reason_if(true, "gap-in-sum");
                    continue;
                };
                let (first, last) = cell.value.measured.unwrap_or((year, year));
                reason_if(first != last, "window-in-sum");
                reason_if(last < year, "carried-forward");
                shape_reasons(cell.value).into_iter().for_each(|reason| reason_if(true, reason));
                reason_if(cell.value.missing(), "gap-in-sum");
                reason_if(subject.status(*cell) != Status::Settled, "interim");
                if let Some(number) = cell.value.number() {
                    reason_if(number.bound != Bound::Exact, "not-exact");
                    sum += number.decimal.fraction();
                }
            }
            // A sum over no years is undefined, not 0.
            reason_if(from > to, "gap-in-sum");
            reason_if(t.is_zero(), "zero-target");
            reason_if(t.is_negative() || sum.is_negative(), "signs-change");
            quotient(&sum, &t)
        }
        "versus-baseline" => {
            reason_if(beaten && needs_target && !asks_for_path, "baseline-beats-target");
            let mut reached = aim.and_then(|aim| as_good(&a, aim, direction)) == Some(true);
            let mut on_path = false;
            if asks_for_path {
                let target_year = target.map_or(i32::MAX, |target| subject.year(target));
                let start_year = start.map_or(i32::MIN, |start| subject.year(start));
                let known = start_year > i32::MIN && target_year < i32::MAX && target_year > start_year;
                reason_if(!known, "no-years");
                if !known {
                    return None;
                }
                let (passed, all) = (actual_year - start_year, target_year - start_year);
                let share = BigRational::new(BigInt::from(passed.min(all)), BigInt::from(all));
                let expected = &b + (&t - &b) * share;
                on_path = if lower { a <= expected } else { a >= expected };
                reached &= !(beaten && passed < all);
            }
            let better = if lower { a < b } else { a > b };
            let category = if reached {
                "reached"
            } else if better {
                "better"
            } else if on_path {
                "on-path"
            } else if within(method, &a, &b) {
                "kept"
            } else {
                "worse"
            };
            Some(Outcome::Category(category))
        }
        "maintain" => {
            let better = match direction {
                Some(Better::Lower) => a <= b,
                Some(Better::Higher) => a >= b,
                _ => false,
            };
            let kept = better || within(method, &a, &b);
            Some(Outcome::Category(if kept { "kept" } else { "worse" }))
        }
        "threshold" => Some(Outcome::Category(if as_good(&a, aim?, direction)? { "reached" } else { "missed" })),
        "cagr" => {
            let target_year = target.map_or(i32::MAX, |target| subject.year(target));
            let start_year = start.map_or(i32::MIN, |start| subject.year(start));
            let known = start_year > i32::MIN && target_year < i32::MAX && target_year > start_year;
            reason_if(!known, "no-years");
            reason_if(b.is_zero(), "zero-baseline");
            reason_if(a.is_negative() || b.is_negative() || t.is_negative(), "signs-change");
            reason_if(t == b, "target-is-baseline");
            reason_if(beaten, "baseline-beats-target");
            if !known || b.is_zero() || !reasons.is_empty() {
                return None;
            }
            let growth = |to: &BigRational, years: i32| root(&(to / &b), years as u32) - BigRational::one();
            quotient(&growth(&a, actual_year - start_year), &growth(&t, target_year - start_year))
        }
        _ => None,
    }
}

/// Returns true if `a` is as far from the baseline as the tolerance allows; an equal number always is.
fn within(method: &Method, a: &BigRational, b: &BigRational) -> bool {
    let (distance, width) = ((a - b).abs(), width(method, b));
    distance.is_zero() || distance < width || distance == width && !method.excludes_end
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
    let (numerator, denominator) = (whole(number.numer()), whole(number.denom()));
    if numerator.pow(degree) == *number.numer().magnitude() && denominator.pow(degree) == *number.denom().magnitude() {
        return BigRational::new(BigInt::from(numerator), BigInt::from(denominator));
    }
    let scale = BigUint::from(10_u32).pow(60);
    let scaled = number.numer().magnitude() * scale.pow(degree) / number.denom().magnitude();
    BigRational::new(BigInt::from(scaled.nth_root(degree)), BigInt::from(scale))
}

/// Index of the mark that the bands assign.
fn mark(subject: Subject<'_>, method: &Method, outcome: &Outcome) -> Option<usize> {
    let target = chosen_target(subject, method).and_then(|target| target.value.number());
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
    let applies = |band: &&Band| match (&band.condition, outcome) {
        (Condition::Rest, _) => true,
        (Condition::From(from), Outcome::Rate(rate)) => *rate >= from.fraction() * &hundredth,
        (Condition::To(to), Outcome::Rate(rate)) => *rate <= to.fraction() * &hundredth,
        (Condition::When(expected), Outcome::Category(category)) => expected == category,
        _ => false,
    };
    method.bands.iter().find(applies).map(|band| band.mark)
}

/// The marks that the report gives for the latest value, and whether they were certainly based on the same figures as
/// the method. `None` without such marks, or if the latest value was revised after they were given.
fn published(subject: Subject<'_>, method: &Method) -> Option<(Vec<usize>, bool)> {
    let scale = method.scale?;
    let latest = subject.latest()?.cell;
    let judgement = |edition: usize, year: Option<i32>| {
        let figures = subject.node.sheets.get(&edition)?.figures.get(&subject.index)?;
        let mut decisive = decisive(&figures.judgements).into_iter();
        decisive.find(|judgement| judgement.scale == scale && judgement.year == year)
    };
    let Column::Year(year) = latest.column else { return None };
    let newest_first = || subject.editions.iter().rev();
    let by_year = newest_first().find_map(|edition| Some((*edition, judgement(*edition, Some(year))?)));
    let reporting = |edition: &&usize| match subject.strategy.editions[**edition].year {
        Some(reported) => reported == year && subject.strategy.editions[**edition].stage == Stage::Final,
        None => **edition == latest.edition,
    };
    let without_year =
        || newest_first().filter(reporting).find_map(|edition| Some((*edition, judgement(*edition, None)?)));
    let (edition, judgement) = by_year.or_else(without_year)?;
    let earlier: Vec<usize> = subject.editions.iter().copied().filter(|other| *other <= edition).collect();
    let then = merged(subject.node, subject.index, &earlier);
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
    match &judgement.verdict {
        Verdict::Marks(marks) => Some((marks.clone(), certain)),
        Verdict::Points(_) | Verdict::Missing | Verdict::Lost => None,
    }
}
