//! Statements on one indicator: §3 of `docs/statements.md`.

use super::figures::*;
use super::method;
use super::model::*;
use super::statement::Expected;
use std::collections::BTreeSet;

/// All statements on an indicator on the current page of a node.
pub(crate) fn current(name: &str, subject: Subject<'_>) -> Vec<Expected> {
    let mut statements = vec![title(name, subject, true)];
    statements.extend(card(name, subject));
    statements.extend(differences(name, subject, &statements[0]));
    statements.extend(method::statement(name, subject));
    statements
}

/// All statements on an indicator on the permalink page of a sheet: no comparisons over time.
pub(crate) fn permalink(name: &str, subject: Subject<'_>) -> Vec<Expected> {
    let mut statements = vec![title(name, subject, false)];
    statements.extend(card(name, subject));
    statements.extend(method::statement(name, subject));
    statements
}

/// Reasons for which two figures measure different things.
const INCOMPATIBLE: [&str; 4] = ["units-differ", "windows-differ", "annual-against-cumulative", "series-breaks"];

/// Reasons for which the latest value and a target measure different things; empty unless both are numbers.
fn incompatibilities(subject: Subject<'_>, latest: Latest<'_>, target: Cell<'_>) -> BTreeSet<&'static str> {
    if latest.cell.value.number().is_none() || target.value.number().is_none() {
        return BTreeSet::new();
    }
    let mut reasons = subject.reasons_against_target(latest, target);
    reasons.retain(|reason| INCOMPATIBLE.contains(reason));
    reasons
}

/// The key figures on a card: only for numbers and states with a latest value or target.
fn card(name: &str, subject: Subject<'_>) -> Option<Expected> {
    let any = subject.latest().is_some() || subject.applicable_target().is_some();
    (any && !subject.indicator.words).then(|| key(name, subject))
}

/// The key figures of an indicator.
pub(crate) fn key(name: &str, subject: Subject<'_>) -> Expected {
    let mut key = Expected::new("key").with("indicator", name);
    let latest = subject.latest();
    if let Some(Latest { cell, interim }) = latest {
        key = key.with("latest-year", cell.column.key()).with("latest", &cell.value.printed);
        if interim {
            key = key.with("status", "interim");
        }
    }
    let target = subject.applicable_target();
    if let Some(target) = target {
        key = key.with("target-year", target.column.key()).with("target", &target.value.printed);
    }
    if let (Some(target), Some(last)) = (target, subject.last_target())
        && target.column != last.column
    {
        key = key.with("last-target-year", last.column.key()).with("last-target", &last.value.printed);
    }
    if let Some(interim) = subject.accompanying_interim() {
        key = key.with("interim-year", interim.column.key()).with("interim", &interim.value.printed);
    }
    if let (Some(latest), Some(target)) = (latest, target) {
        let reasons = incompatibilities(subject, latest, target);
        if !reasons.is_empty() {
            key = key.one_of("incomparable", &reasons);
        }
        let last = subject.last_target().filter(|last| last.column != target.column);
        let last_reasons = last.map(|last| incompatibilities(subject, latest, last)).unwrap_or_default();
        // The last target is explained by a reason other than that of the applicable one; no reason is stated twice.
        if !last_reasons.is_empty() {
            key = match last_reasons.is_disjoint(&reasons) {
                true => key.one_of("last-incomparable", &last_reasons),
                false => key.optional_one_of("last-incomparable", &last_reasons),
            };
        }
        if let Some(reached) = state_reached(subject, latest, target) {
            key = key.with("reached", if reached { "yes" } else { "no" });
        }
    }
    key
}

/// Whether the latest state is at or beyond that of the target; `None` if that is not stated.
pub(crate) fn state_reached(subject: Subject<'_>, latest: Latest<'_>, target: Cell<'_>) -> Option<bool> {
    let (Content::State(actual), Content::State(aim)) = (&latest.cell.value.content, &target.value.content) else {
        return None;
    };
    (!latest.interim && !subject.break_between(latest.cell, target)).then_some(actual >= aim)
}

/// A difference between the latest value and another figure.
struct Difference<'a> {
    from: &'static str,
    relation: &'static str,
    actual: Cell<'a>,
    other: Cell<'a>,
    gap: Option<String>,
}

impl Difference<'_> {
    /// Adds the facts of the difference to `statement`.
    fn add_facts(&self, statement: Expected) -> Expected {
        let statement = statement.with("from", self.from).with("relation", self.relation);
        let statement = statement.with("other-year", self.other.column.key()).with("other", &self.other.value.printed);
        match &self.gap {
            Some(gap) => statement.with("gap", gap),
            None => statement,
        }
    }
}

fn all_differences<'a>(subject: Subject<'a>) -> Vec<Difference<'a>> {
    let Some(latest) = subject.latest() else { return Vec::new() };
    let actual = latest.cell;
    let mut differences = Vec::new();
    if subject.indicator.baseline.is_some_and(|baseline| actual.column <= baseline) {
        return differences;
    }
    let mut add = |from, relation: &'static str, other: Cell<'a>| {
        let gap = match (relation, actual.value.number(), other.value.number()) {
            ("met" | "same", ..) => None,
            (_, Some(one), Some(another)) => Some(subject.gap(one, another)),
            _ => None,
        };
        differences.push(Difference { from, relation, actual, other, gap });
    };
    if let Some(target) = subject.applicable_target()
        && subject.reasons_against_target(latest, target).is_empty()
        && target.value.number().is_some_and(|number| number.bound != Bound::About)
        && let Some(relation) = subject.relation_to_target(actual, target)
    {
        add("target", relation, target);
    }
    let plain = |other: Cell<'_>| {
        let (one, other) = (actual.value.number()?, other.value.number()?);
        Some(plain_relation(&one.decimal.fraction(), &other.decimal.fraction()))
    };
    let mut stated_baseline = None;
    if let Some(baseline) = baseline(subject)
        && subject.reasons_against_earlier(latest, baseline).is_empty()
        && let Some(relation) = plain(baseline)
    {
        add("baseline", relation, baseline);
        stated_baseline = Some(baseline);
    }
    let figure = |cell: Cell<'_>| (subject.year(cell), cell.value.number().map(|number| number.decimal.fraction()));
    if let Some(previous) = previous(subject, latest)
        && subject.indicator.baseline != Some(previous.column)
        && stated_baseline.map(figure) != Some(figure(previous))
        && subject.reasons_against_earlier(latest, previous).is_empty()
        && let Some(relation) = plain(previous)
    {
        add("previous", relation, previous);
    }
    differences
}

/// How the latest value compares with the target of its year; `None` if that is not stated.
pub(crate) fn against_target(subject: Subject<'_>) -> Option<&'static str> {
    let (latest, target) = (subject.latest()?, subject.applicable_target()?);
    if subject.year(latest.cell) != subject.year(target) || subject.indicator.words {
        return None;
    }
    let judged = |reached: bool| if reached { "reached" } else { "missed" };
    if !subject.indicator.states.is_empty() {
        return state_reached(subject, latest, target).map(judged);
    }
    all_differences(subject).iter().find(|difference| difference.from == "target")?;
    let (actual, target) = (latest.cell.value.number()?, target.value.number()?);
    let relation = plain_relation(&actual.decimal.fraction(), &target.decimal.fraction());
    let better = match target.bound {
        Bound::AtLeast | Bound::Above => Some(Better::Higher),
        Bound::AtMost | Bound::Below => Some(Better::Lower),
        Bound::Exact | Bound::About => subject.indicator.better,
    };
    Some(match better {
        Some(Better::Higher) => judged(relation != "less"),
        Some(Better::Lower) => judged(relation != "more"),
        _ => relation,
    })
}

/// The baseline, if its year is earlier than that of the latest value.
pub(crate) fn baseline<'a>(subject: Subject<'a>) -> Option<Cell<'a>> {
    let latest = subject.latest()?.cell;
    let baseline = *subject.series.actual.get(&subject.indicator.baseline?)?;
    (subject.year(baseline) < subject.year(latest)).then_some(baseline)
}

/// The newest settled number before the latest value.
fn previous<'a>(subject: Subject<'a>, latest: Latest<'a>) -> Option<Cell<'a>> {
    let earlier = |cell: &Cell<'a>| {
        cell.column < latest.cell.column
            && cell.value.number().is_some()
            && subject.status(*cell) == Status::Settled
            && subject.year(*cell) < subject.year(latest.cell)
    };
    subject.series.actual.values().copied().rfind(earlier)
}

/// The differences; the title of the chart may state the first one instead.
fn differences(name: &str, subject: Subject<'_>, title: &Expected) -> Vec<Expected> {
    let all = all_differences(subject);
    let statement_of = |difference: &Difference<'_>| {
        let statement = Expected::new("difference").with("indicator", name);
        let statement = statement
            .with("actual-year", difference.actual.column.key())
            .with("actual", &difference.actual.value.printed);
        let statement = difference.add_facts(statement);
        let in_title = title.facts.get("from") == statement.facts.get("from");
        if in_title { statement.or(title.clone()) } else { statement }
    };
    all.iter().map(statement_of).collect()
}

/// The optional title of the chart; `is_current` is true on current pages.
fn title(name: &str, subject: Subject<'_>, is_current: bool) -> Expected {
    let mut title = Expected::new("title").with("indicator", name).optional();
    let Some(latest) = subject.latest() else { return title };
    title = title.with("latest-year", latest.cell.column.key()).with("latest", &latest.cell.value.printed);
    if latest.interim {
        title = title.with("status", "interim");
    }
    let differences = if is_current { all_differences(subject) } else { Vec::new() };
    let named = |target: &Cell<'_>| {
        incompatibilities(subject, latest, *target).iter().all(|reason| *reason == "annual-against-cumulative")
    };
    match (differences.first(), subject.applicable_target().filter(named)) {
        (Some(first), _) if first.from == "target" => first.add_facts(title),
        (_, Some(target)) => title.with("target-year", target.column.key()).with("target", &target.value.printed),
        (Some(first), None) => first.add_facts(title),
        (None, None) => title,
    }
}
