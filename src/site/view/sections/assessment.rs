//! Results that the site computes for an indicator: by the declared method, and plain differences.
//!
//! They are not printed in the report, and templates say so.

use crate::assess::{Agreement, Assessment, Difference, FormulaValue, Measure, MethodOutcome, NotComputable, Operand};
use crate::model::{Bound, Column, Direction, Estimate, Indicator, NodeId, Period, Strategy, Value};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::MarkView;
use crate::site::view::sections::method_result;
use crate::site::view::values::html::Html;
use crate::site::view::values::statement;
use crate::site::view::values::statement::Attributes;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::figure_and_unit;
use crate::texts::InterfaceTexts;
use serde::Serialize;
use std::cmp::Ordering;

/// Result of the declared method, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComputedView<'a> {
    /// Name of what is computed: `達成率`.
    pub name: String,
    /// Result: `97.4%`, `維持`. `None` if it cannot be computed.
    pub result: Option<String>,
    /// Reason, as a sentence, why there is no result; `None` if there is one.
    pub reason: Option<String>,
    /// Formula with its figures and its result; without a result, the formula without figures.
    pub formula: String,
    /// Sentence stating whether the target is reached. `None` if that is not known.
    pub reached: Option<String>,
    /// Values of the formula, the actual value first; empty if there is no result.
    pub inputs: Vec<InputView>,
    /// Mark that the method gives; `None` if there is no result, if the method has no bands, or if no band applies.
    pub mark: Option<MarkView<'a>>,
    /// Sentence stating whether `mark` is the published mark. `None` if either is missing.
    pub agreement: Option<String>,
    /// Qualifications of the result, as sentences: rounding, direction, bounds, periods, estimates, and the reason for
    /// a missing mark. Empty if there are none.
    pub remarks: Vec<String>,
    /// Note on the method from the content; `None` if there is none.
    pub method_note: Option<String>,
    /// Sentence stating that the publisher's method was used and that the site computed the result.
    pub origin: String,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Value of a formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputView {
    /// Role in the formula: `実績値`.
    pub role: String,
    /// Year of its column; `None` for the start and the end of the plan.
    pub year: Option<YearView>,
    /// True if its column is the start of the plan.
    pub start: bool,
    /// Period in which it was measured; `None` if the cell prints none.
    pub measured: Option<String>,
    /// Value as printed.
    pub printed: String,
    /// Unit; `None` if the cell contains the unit, or if the indicator has none.
    pub unit: Option<String>,
    /// Label of the edition that printed it.
    pub edition: String,
    /// Note on the value; `None` if there is none.
    pub note: Option<String>,
}

/// Difference of the latest actual value to another value. There is no view for values that cannot be compared with
/// certainty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// Role of the other value: `target`, `baseline` or `previous`.
    pub from: &'static str,
    /// Year or period in which the actual value was measured.
    pub when: String,
    /// Actual value with its unit.
    pub actual: String,
    /// The difference in a sentence: `この年度の目標の1,960千人まで、あと154千人です。`
    pub sentence: String,
    /// The sentence where no year precedes it: `目標の1,960千人まで、あと154千人です。`
    pub sentence_alone: String,
    /// Word by which the publisher marks one of the two values as an estimate: `推計`. `None` if neither is one.
    pub estimated: Option<String>,
    /// True if both values cover windows of several years, but not the same window.
    pub windows: bool,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
    /// Relation of the actual value to the other: `short` of a target that it should rise to, `over` a target that it
    /// should fall to, `met` if a bound holds, or `same`, `less`, `more`.
    #[serde(skip)]
    pub(crate) relation: &'static str,
    /// Year or period of the other value; `None` if none was printed, or if it equals `when`.
    #[serde(skip)]
    pub(crate) other_when: Option<String>,
    /// Other value with its unit.
    #[serde(skip)]
    pub(crate) other: String,
    /// Absolute difference with its unit: `154千人`, `16.7ポイント`.
    #[serde(skip)]
    pub(crate) gap: String,
    /// Part of `statement` that the title of a chart also states.
    #[serde(skip)]
    pub(crate) relation_attributes: Attributes,
    /// Column in which the report prints an actual value measured in an earlier year; `None` if the value was measured
    /// in the year of its column.
    pub carried_to: Option<YearView>,
}

/// Builds the result of the declared method. `None` if no method is declared.
pub(crate) fn computed<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    indicator: &'a Indicator,
    assessment: &Assessment,
) -> Option<ComputedView<'a>> {
    let (method, result) = assessment.result.as_ref()?;
    let strategy = context.report.strategy(id.strategy);
    let method = strategy.methods.get(*method)?;
    let (texts, year_kind) = (context.texts, indicator.year_kind);
    let outcome = result.as_ref().ok();
    let shown = outcome.map(|outcome| method_result::result(texts, &outcome.measure));
    let better = outcome.map_or(indicator.better, |outcome| outcome.direction);
    let marks = outcome.and_then(|outcome| outcome.marks.as_ref());
    let mark_index = marks.and_then(|marks| marks.mark.as_ref().ok().copied().flatten());
    let scale = method.scale.and_then(|scale| strategy.scales.get(scale.0));
    let mark = scale.zip(mark_index).and_then(|(scale, index)| scale.marks.get(index));
    let reached = |reached| texts.get(if reached { "target_reached" } else { "target_not_reached" }).to_owned();
    let inputs = outcome.map_or(&[][..], |outcome| &outcome.inputs);
    Some(ComputedView {
        name: method_result::name(texts, method.kind).to_owned(),
        reason: result.as_ref().err().map(|why| method_result::not_computable(texts, year_kind, why)),
        formula: method_result::formula(texts, method, better, outcome.zip(shown.as_deref())),
        result: shown,
        reached: outcome.and_then(|outcome| outcome.reached).map(reached),
        inputs: inputs.iter().map(|value| input(context, strategy, indicator, value)).collect(),
        mark: mark.map(MarkView::new),
        agreement: marks.zip(scale).and_then(|(marks, scale)| method_result::agreement(texts, marks, scale)),
        remarks: outcome.map_or_else(Vec::new, |outcome| method_result::remarks(texts, year_kind, method, outcome)),
        method_note: method.note.clone(),
        origin: texts.fill("method_origin", &[("publisher", &strategy.publisher)]),
        statement: Attributes::statement("method")
            .with("indicator", &statement::indicator_key(context, id, indicator))
            .with("method", &method.id)
            .extend(&outcome_attributes(result))
            .with_optional("mark", mark_index.map(|index| index.to_string()).as_deref())
            .html(),
    })
}

/// Attributes of the outcome of a method: the result or the reason for its absence, the agreement with the published
/// mark, and whether the target is reached.
fn outcome_attributes(result: &Result<MethodOutcome, NotComputable>) -> Attributes {
    let outcome = result.as_ref().ok();
    let yes_or_no = |yes: bool| if yes { "yes" } else { "no" };
    let shown = outcome.map(|outcome| match &outcome.measure {
        Measure::Rate(rate) => rate.format().text,
        Measure::Qualitative(step) => step.key().to_owned(),
    });
    let agreement = outcome.and_then(|outcome| outcome.marks.as_ref()?.agreement);
    Attributes::default()
        .with_optional("result", shown.as_deref())
        .with_optional("guard", result.as_ref().err().map(NotComputable::code))
        .with_optional("agreement", agreement.map(Agreement::key))
        .with_optional("reached", outcome.and_then(|outcome| outcome.reached).map(yes_or_no))
}

fn input(context: &ViewContext<'_>, strategy: &Strategy, indicator: &Indicator, input: &FormulaValue) -> InputView {
    let Value { printed, measured, note, .. } = &input.value;
    let (_, unit) = figure_and_unit(&input.value, indicator.unit.as_deref());
    let edition = strategy.editions.get(input.edition.0);
    InputView {
        role: method_result::operand(context.texts, input.operand).to_owned(),
        year: context.column(indicator, input.column),
        start: input.column == Column::Start,
        measured: measured.map(|period| context.texts.period(period, indicator.year_kind)),
        printed: printed.clone(),
        unit: unit.and(indicator.unit.clone()),
        edition: edition.map(|edition| edition.label.clone()).unwrap_or_default(),
        note: note.clone(),
    }
}

/// Builds the differences of the latest actual value to the target, the baseline and the previous value.
pub(crate) fn differences(
    context: &ViewContext<'_>,
    id: NodeId,
    indicator: &Indicator,
    assessment: &Assessment,
) -> Vec<DifferenceView> {
    let mut distinct: Vec<&Difference> = Vec::new();
    for difference in &assessment.differences {
        // The previous value is often the baseline itself.
        let same_value = |earlier: &&Difference| {
            (earlier.other.year, earlier.other.number) == (difference.other.year, difference.other.number)
        };
        if difference.other.operand != Operand::Previous
            || !distinct.iter().any(|earlier| earlier.other.operand == Operand::Baseline && same_value(earlier))
        {
            distinct.push(difference);
        }
    }
    distinct.into_iter().filter_map(|difference| view(context, id, indicator, difference)).collect()
}

/// Builds the view of a difference. `None` if a page may not state it.
fn view(
    context: &ViewContext<'_>,
    id: NodeId,
    indicator: &Indicator,
    difference: &Difference,
) -> Option<DifferenceView> {
    let (actual, other) = (&difference.actual, &difference.other);
    let relation = stated_relation(indicator, difference)?;
    let year = |column: Column| match column {
        Column::Year(year) => Some(context.year_of(indicator, year)),
        Column::Start | Column::End => None,
    };
    let measured = |value: &Value| value.measured.map(|period| context.texts.period(period, indicator.year_kind));
    let when = measured(&actual.value).or_else(|| Some(year(actual.column)?.name.clone()))?;
    let other_when = measured(&other.value).or_else(|| Some(year(other.column)?.name.clone()));
    let same_year =
        other_when.as_ref() == Some(&when) && !other.value.measured.is_some_and(Period::spans_several_years);
    let (from, gap) = (other.operand.key(), gap(context.texts, difference));
    let relation_attributes = Attributes::default()
        .with("from", from)
        .with("relation", relation)
        .with_cell("other", other.column, &other.value.printed)
        .with_optional("gap", Some(gap.as_str()).filter(|_| !["met", "same"].contains(&relation)));
    let attributes = Attributes::statement("difference")
        .with("indicator", &statement::indicator_key(context, id, indicator))
        .with_cell("actual", actual.column, &actual.value.printed)
        .extend(&relation_attributes);
    let (other_value, other_when) = (with_unit(&other.value, indicator), other_when.filter(|other| *other != when));
    let sentence = |other: &str| {
        let when = other_when.as_deref().unwrap_or_default();
        let other = context.texts.fill(other, &[("value", &other_value), ("when", when)]);
        context.texts.fill(&["difference_", relation].concat(), &[("other", &other), ("gap", &gap)])
    };
    let dated = if other_when.is_some() { "_in" } else { "" };
    let sentence_alone = sentence(&["of_", from, dated].concat());
    Some(DifferenceView {
        from,
        sentence: match other.operand {
            Operand::Target if same_year && other_when.is_none() => sentence("of_target_then"),
            _ => sentence_alone.clone(),
        },
        sentence_alone,
        statement: attributes.html(),
        relation,
        relation_attributes,
        actual: with_unit(&actual.value, indicator),
        other: other_value,
        other_when,
        gap,
        estimated: [&actual.value, &other.value].into_iter().find_map(|value| match &value.estimated {
            Some(Estimate::Labelled(word)) => Some(word.clone()),
            Some(Estimate::Expected) | None => None,
        }),
        windows: actual.differing_windows(other).is_some(),
        carried_to: match (actual.column, actual.year) {
            (Column::Year(column), Some(measured)) if measured < column => Some(context.year_of(indicator, column)),
            _ => None,
        },
        when,
    })
}

/// Absolute difference with its unit. Values in percent differ by percentage points.
fn gap(texts: &InterfaceTexts, Difference { text, unit, .. }: &Difference) -> String {
    match unit.as_deref() {
        None => text.clone(),
        Some("%" | "％" | "パーセント") => texts.fill("gap_in_points", &[("number", text)]),
        Some("‰" | "パーミル") => texts.fill("gap_in_per_mille_points", &[("number", text)]),
        Some(unit) => texts.fill("number_and_unit", &[("number", text), ("unit", unit)]),
    }
}

/// Relation that a page may state. `None` if the difference alone would mislead: the note on a value may state that it
/// counts something else, and an approximate value has no exact difference.
pub(crate) fn stated_relation(indicator: &Indicator, difference: &Difference) -> Option<&'static str> {
    let inputs = [&difference.actual, &difference.other];
    let unclear = inputs.into_iter().any(|input| input.value.note.is_some() || input.bound == Bound::About);
    if unclear { None } else { relation(indicator, difference) }
}

/// Relation of the actual value to the other. Compared with the target of its own year, a value is less or more, not
/// short or over, because that year has ended. `None` if no relation can be stated.
fn relation(indicator: &Indicator, difference: &Difference) -> Option<&'static str> {
    let plain = match difference.order {
        Ordering::Less => "less",
        Ordering::Equal => "same",
        Ordering::Greater => "more",
    };
    if difference.other.operand != Operand::Target {
        return Some(plain);
    }
    let better = match difference.other.bound {
        Bound::AtLeast | Bound::Above => Some(Direction::Higher),
        Bound::AtMost | Bound::Below => Some(Direction::Lower),
        Bound::Exact | Bound::About => None,
    };
    // A bound that contradicts the declared direction, such as 以上 with `lower`, leaves the direction unknown.
    // A target to be maintained may have either bound.
    let contradicts = |declared| declared != Direction::Maintain && Some(declared) != better;
    if better.is_some() && indicator.better.is_some_and(contradicts) {
        return None;
    }
    // The end of the plan is a year as well, although its column has none.
    let same_year = difference.actual.year.is_some() && difference.actual.year == difference.other.year;
    let strict = matches!(difference.other.bound, Bound::Above | Bound::Below);
    match (better.or(indicator.better), difference.order) {
        (_, Ordering::Equal) if strict => None,
        (Some(Direction::Higher), Ordering::Less) if !strict && !same_year => Some("short"),
        (Some(Direction::Lower), Ordering::Greater) if !strict && !same_year => Some("over"),
        (Some(Direction::Higher), Ordering::Greater | Ordering::Equal) if better.is_some() => Some("met"),
        (Some(Direction::Lower), Ordering::Less | Ordering::Equal) if better.is_some() => Some("met"),
        _ if strict => None,
        _ => Some(plain),
    }
}

/// Printed figure with the unit of its indicator, unless the cell contains a unit: `12回以上`. A space that a cell may
/// contain before its unit (`34 地区`) is removed.
fn with_unit(value: &Value, indicator: &Indicator) -> String {
    let (figure, unit) = figure_and_unit(value, indicator.unit.as_deref());
    match value.number().and_then(|number| number.unit.as_deref()) {
        Some(unit) => figure.replacen(&format!(" {unit}"), unit, 1),
        None => format!("{figure}{}", unit.unwrap_or_default()),
    }
}
