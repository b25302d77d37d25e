//! What this site computes of an indicator: by the declared method, and plain differences.
//!
//! Both are ours, not the report's, and templates say so.

use crate::assess::{Agreement, Assessment, Difference, Input, Measure, MethodOutcome, NotComputable, Operand};
use crate::model::{Better, Bound, Column, Estimate, Indicator, NodeId, Period, Strategy, Value};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::MarkView;
use crate::site::view::sections::method_result;
use crate::site::view::values::facts;
use crate::site::view::values::facts::Attributes;
use crate::site::view::values::html::Html;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::figure_and_unit;
use crate::texts::Texts;
use serde::Serialize;
use std::cmp::Ordering;

/// The result of the declared method, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComputedView<'a> {
    /// What is computed: `達成率`.
    pub name: String,
    /// The result: `97.4%`, `維持`.
    pub result: Option<String>,
    /// Why there is no result, in a sentence.
    pub reason: Option<String>,
    /// The formula with its figures and its result; without a result, in words alone.
    pub line: String,
    /// Whether the target is reached, in a sentence, where that is known.
    pub reached: Option<String>,
    /// The values of the formula, the actual value first.
    pub inputs: Vec<InputView>,
    /// The mark that the method gives.
    pub mark: Option<MarkView<'a>>,
    /// Whether that is the published mark, in a sentence.
    pub agreement: Option<String>,
    /// What must be read with it.
    pub remarks: Vec<String>,
    /// What the content says of the method.
    pub method_note: Option<String>,
    /// Whose method it is and who computed, in a sentence.
    pub origin: String,
    /// What it says, as attributes for tests.
    pub facts: Html,
}

/// One value of a formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputView {
    /// What it is: `実績値`.
    pub role: String,
    /// The year of its column; none for the start and the end of the plan.
    pub year: Option<YearView>,
    /// Whether it is the start of the plan.
    pub start: bool,
    /// The period in which it was measured, where the cell says so.
    pub measured: Option<String>,
    /// As printed.
    pub printed: String,
    /// Its unit, where the cell bears none.
    pub unit: Option<String>,
    /// The edition that printed it.
    pub edition: String,
    /// The note that stays with it.
    pub note: Option<String>,
}

/// How the newest actual value differs from another value. Values between which nothing
/// certain can be said have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// What the other value is: `target`, `baseline`, `previous`.
    pub from: &'static str,
    /// How the actual value lies: `short` of a target that it should reach, `over` a target
    /// that it should come down to, `met` where a bound holds, `same`, `less`, `more`.
    pub lies: &'static str,
    /// When the actual value was measured.
    pub when: String,
    /// The actual value with its unit.
    pub actual: String,
    /// Of which year or period the other value is, where that was printed and is another.
    pub other_when: Option<String>,
    /// Whether the other value is of the very year of the actual value.
    pub same_year: bool,
    /// The other value with its unit.
    pub other: String,
    /// How much they differ, with the unit: `154千人`, `16.7ポイント`.
    pub gap: String,
    /// The word by which the publisher calls one of them an estimate: `推計`.
    pub estimated: Option<String>,
    /// Whether both are of windows of several years, and not of the same.
    pub windows: bool,
    /// What it says, as attributes for tests.
    pub facts: Html,
    /// The part of these that the title of a chart states too.
    #[serde(skip)]
    pub(crate) relation: Attributes,
    /// The column in which an older measurement was printed.
    pub carried_to: Option<YearView>,
}

/// What the declared method gives. `None` where none is declared.
pub(crate) fn computed<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    indicator: &'a Indicator,
    assessment: &Assessment,
) -> Option<ComputedView<'a>> {
    let (place, result) = assessment.result.as_ref()?;
    let strategy = context.report.strategy(id.strategy);
    let method = strategy.methods.get(*place)?;
    let (texts, years) = (context.texts, indicator.year_kind);
    let outcome = result.as_ref().ok();
    let shown = outcome.map(|outcome| method_result::result(texts, &outcome.measure));
    let better = outcome.map_or(indicator.better, |outcome| outcome.direction);
    let marks = outcome.and_then(|outcome| outcome.marks.as_ref());
    let place = marks.and_then(|marks| marks.mark.as_ref().ok().copied().flatten());
    let scale = method.scale.and_then(|scale| strategy.scales.get(scale.0));
    let mark = scale.zip(place).and_then(|(scale, place)| scale.marks.get(place));
    let reached = |reached| texts.get(if reached { "target_reached" } else { "target_not_reached" }).to_owned();
    let inputs = outcome.map_or(&[][..], |outcome| &outcome.inputs);
    Some(ComputedView {
        name: method_result::name(texts, method.kind).to_owned(),
        reason: result.as_ref().err().map(|why| method_result::not_computable(texts, years, why)),
        line: method_result::line(texts, method.kind, better, outcome.zip(shown.as_deref())),
        result: shown,
        reached: outcome.and_then(|outcome| outcome.reached).map(reached),
        inputs: inputs.iter().map(|of| input(context, strategy, indicator, of)).collect(),
        mark: mark.map(MarkView::new),
        agreement: marks.zip(scale).and_then(|(marks, scale)| method_result::agreement(texts, marks, scale)),
        remarks: outcome.map_or_else(Vec::new, |outcome| method_result::remarks(texts, years, method, outcome)),
        method_note: method.note.clone(),
        origin: texts.fill("method_origin", &[("publisher", &strategy.publisher)]),
        facts: Attributes::statement("method")
            .with("indicator", &facts::indicator_key(context, id, indicator))
            .with("method", &method.id)
            .and(&outcome_facts(result))
            .with_any("mark", place.map(|place| place.to_string()).as_deref())
            .html(),
    })
}

/// The result of a method or the guard in its place, its agreement with the published mark, and whether the
/// target is reached.
fn outcome_facts(result: &Result<MethodOutcome, NotComputable>) -> Attributes {
    let outcome = result.as_ref().ok();
    let yes_or_no = |yes: bool| if yes { "yes" } else { "no" };
    let shown = outcome.map(|outcome| match &outcome.measure {
        Measure::Rate(rate) => rate.shown().text,
        Measure::Step(step) => step.key().to_owned(),
    });
    let agreement = outcome.and_then(|outcome| outcome.marks.as_ref()?.agreement);
    Attributes::default()
        .with_any("result", shown.as_deref())
        .with_any("guard", result.as_ref().err().map(NotComputable::code))
        .with_any("agreement", agreement.map(Agreement::key))
        .with_any("reached", outcome.and_then(|outcome| outcome.reached).map(yes_or_no))
}

fn input(context: &ViewContext<'_>, strategy: &Strategy, indicator: &Indicator, input: &Input) -> InputView {
    let Value { printed, measured, note, .. } = &input.value;
    let own_unit = input.value.number().is_some_and(|number| number.unit.is_some());
    let edition = strategy.editions.get(input.edition.0);
    InputView {
        role: method_result::operand(context.texts, input.operand).to_owned(),
        year: context.column(indicator, input.column),
        start: input.column == Column::Start,
        measured: measured.map(|period| context.texts.period(period, indicator.year_kind)),
        printed: printed.clone(),
        unit: indicator.unit.clone().filter(|_| !own_unit),
        edition: edition.map(|edition| edition.label.clone()).unwrap_or_default(),
        note: note.clone(),
    }
}

/// The differences of the newest actual value to the target, the baseline and the value
/// before it.
pub(crate) fn differences(
    context: &ViewContext<'_>,
    id: NodeId,
    indicator: &Indicator,
    assessment: &Assessment,
) -> Vec<DifferenceView> {
    let mut said: Vec<&Difference> = Vec::new();
    for amount in &assessment.differences {
        // The value before is often the baseline itself.
        let again = |earlier: &&Difference| {
            (earlier.other.year, earlier.other.number) == (amount.other.year, amount.other.number)
        };
        if amount.other.operand != Operand::Previous
            || !said.iter().any(|earlier| earlier.other.operand == Operand::Baseline && again(earlier))
        {
            said.push(amount);
        }
    }
    said.into_iter().filter_map(|amount| view(context, id, indicator, amount)).collect()
}

/// `None` where the difference alone would mislead: the note of a value may say that it
/// counts something else, and what is only about so much has no exact difference.
fn view(context: &ViewContext<'_>, id: NodeId, indicator: &Indicator, amount: &Difference) -> Option<DifferenceView> {
    let (actual, other) = (&amount.actual, &amount.other);
    let unclear = [actual, other].into_iter().any(|input| input.value.note.is_some() || input.bound == Bound::About);
    if unclear {
        return None;
    }
    let year = |column: Column| match column {
        Column::Year(year) => Some(context.year_of(indicator, year)),
        Column::Start | Column::End => None,
    };
    let measured = |value: &Value| value.measured.map(|period| context.texts.period(period, indicator.year_kind));
    let when = measured(&actual.value).or_else(|| Some(year(actual.column)?.name.clone()))?;
    let other_when = measured(&other.value).or_else(|| Some(year(other.column)?.name.clone()));
    let same_year = other_when.as_ref() == Some(&when) && !other.value.measured.is_some_and(Period::is_window);
    let (from, lies, gap) = (other.operand.key(), lies(indicator, amount)?, gap(context.texts, amount));
    let relation = Attributes::default()
        .with("from", from)
        .with("relation", lies)
        .with_cell("other", other.column, &other.value.printed)
        .with_any("gap", Some(gap.as_str()).filter(|_| !["met", "same"].contains(&lies)));
    let facts = Attributes::statement("difference")
        .with("indicator", &facts::indicator_key(context, id, indicator))
        .with_cell("actual", actual.column, &actual.value.printed)
        .and(&relation);
    Some(DifferenceView {
        from,
        lies,
        facts: facts.html(),
        relation,
        actual: with_unit(&actual.value, indicator),
        other: with_unit(&other.value, indicator),
        same_year,
        other_when: other_when.filter(|other| *other != when),
        gap,
        estimated: [&actual.value, &other.value].into_iter().find_map(|value| match &value.estimated {
            Some(Estimate::Worded(word)) => Some(word.clone()),
            Some(Estimate::Expected) | None => None,
        }),
        windows: actual.other_windows(other).is_some(),
        carried_to: match (actual.column, actual.year) {
            (Column::Year(column), Some(measured)) if measured < column => Some(context.year_of(indicator, column)),
            _ => None,
        },
        when,
    })
}

/// How much two values differ, with the unit; those of percentages differ by points.
fn gap(texts: &Texts, Difference { text, unit, .. }: &Difference) -> String {
    match unit.as_deref() {
        None => text.clone(),
        Some("%" | "％" | "パーセント") => texts.fill("gap_in_points", &[("number", text)]),
        Some("‰" | "パーミル") => texts.fill("gap_in_per_mille_points", &[("number", text)]),
        Some(unit) => texts.fill("number_and_unit", &[("number", text), ("unit", unit)]),
    }
}

/// A year that is over has no way left to go: against its own target a value is less or more.
fn lies(indicator: &Indicator, amount: &Difference) -> Option<&'static str> {
    let plain = match amount.order {
        Ordering::Less => "less",
        Ordering::Equal => "same",
        Ordering::Greater => "more",
    };
    if amount.other.operand != Operand::Target {
        return Some(plain);
    }
    let better = match amount.other.bound {
        Bound::AtLeast | Bound::Above => Some(Better::Higher),
        Bound::AtMost | Bound::Below => Some(Better::Lower),
        Bound::Exact | Bound::About => None,
    };
    // A target of 以上 where less is better: which way to go is not known. What is to be kept may have any bound.
    let contradicts = |declared| declared != Better::Maintain && Some(declared) != better;
    if better.is_some() && indicator.better.is_some_and(contradicts) {
        return None;
    }
    // The end of the plan is a year too, though its column bears none.
    let same_year = amount.actual.year.is_some() && amount.actual.year == amount.other.year;
    let strict = matches!(amount.other.bound, Bound::Above | Bound::Below);
    match (better.or(indicator.better), amount.order) {
        (_, Ordering::Equal) if strict => None,
        (Some(Better::Higher), Ordering::Less) if !strict && !same_year => Some("short"),
        (Some(Better::Lower), Ordering::Greater) if !strict && !same_year => Some("over"),
        (Some(Better::Higher), Ordering::Greater | Ordering::Equal) if better.is_some() => Some("met"),
        (Some(Better::Lower), Ordering::Less | Ordering::Equal) if better.is_some() => Some("met"),
        _ if strict => None,
        _ => Some(plain),
    }
}

/// A figure as printed with the unit of its indicator, unless the cell bears one: `12回以上`.
/// A sentence has no blank before a unit, which a cell may have: `34 地区`.
fn with_unit(value: &Value, indicator: &Indicator) -> String {
    let (figure, unit) = figure_and_unit(value, indicator.unit.as_deref());
    match value.number().and_then(|number| number.unit.as_deref()) {
        Some(own) => figure.replacen(&format!(" {own}"), own, 1),
        None => format!("{figure}{}", unit.unwrap_or_default()),
    }
}
