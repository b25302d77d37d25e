//! Wording of the results of declared methods: the formula, its values and years, and the necessary qualifications.

use crate::assess::{MarkComparison, Measure, MethodOutcome, NotComputable, Operand};
use crate::model::{Bound, Column, Direction, Estimate, FiscalYear, Method, MethodKind, Scale, YearKind};
use crate::texts::InterfaceTexts;

/// Text for a key of the content format or of the machine-readable output, prefixed with `group`:
/// `formula_inverse_ratio`.
fn text<'t>(texts: &'t InterfaceTexts, group: &str, key: &str) -> &'t str {
    texts.get(&format!("{group}_{}", key.replace('-', "_")))
}

/// Name of a value in a formula: 実績値.
pub(crate) fn operand(texts: &InterfaceTexts, operand: Operand) -> &str {
    text(texts, "operand", operand.key())
}

/// Reason for a missing result, as a sentence.
pub(crate) fn not_computable(texts: &InterfaceTexts, year_kind: YearKind, why: &NotComputable) -> String {
    let year_name = |year: &FiscalYear| texts.year(*year, year_kind);
    let key = format!("no_result_{}", why.code().replace('-', "_"));
    let fill = |values: &[(&str, &str)]| texts.fill(&key, values);
    match why {
        NotComputable::Missing(value, printed)
        | NotComputable::Text(value, printed)
        | NotComputable::Range(value, printed)
        | NotComputable::NotExact(value, printed) => fill(&[("operand", operand(texts, *value)), ("printed", printed)]),
        NotComputable::Interim(year)
        | NotComputable::SeriesBreaks(year)
        | NotComputable::AnnualAgainstCumulative(year)
        | NotComputable::GapInSum(year)
        | NotComputable::WindowInSum(year) => fill(&[("year", &year_name(year))]),
        NotComputable::CarriedForward { measured, printed_for } => {
            fill(&[("measured", &year_name(measured)), ("year", &year_name(printed_for))])
        }
        NotComputable::WindowsDiffer(one, other) => fill(&[("one", &one.to_string()), ("other", &other.to_string())]),
        NotComputable::UnitsDiffer(one, other) => fill(&[("one", one), ("other", other)]),
        NotComputable::BaselineBeatsTarget(baseline, target) => fill(&[("baseline", baseline), ("target", target)]),
        _ => fill(&[]),
    }
}

/// Name of what a method computes: 達成率.
pub(crate) fn name(texts: &InterfaceTexts, kind: MethodKind) -> &str {
    texts.get(match kind {
        MethodKind::Ratio | MethodKind::InverseRatio | MethodKind::Milestone | MethodKind::Cumulative => "method_rate",
        MethodKind::Progress | MethodKind::Prorated | MethodKind::Path => "method_progress",
        MethodKind::Cagr => "method_growth",
        MethodKind::ShareReached => "method_share",
        MethodKind::VersusBaseline | MethodKind::Maintain | MethodKind::Threshold | MethodKind::Declared => {
            "method_result"
        }
    })
}

/// Result without the formula: `97.4%`, 維持.
pub(crate) fn result(texts: &InterfaceTexts, measure: &Measure) -> String {
    match measure {
        Measure::Rate(rate) => rate.format().text,
        Measure::Qualitative(step) => text(texts, "step", step.key()).to_owned(),
    }
}

/// Formula with figures and result: 達成率 = 実績値 ÷ 目標値 = 18,104 ÷ 18,590 = 97.4%. Without an outcome, the formula
/// without figures.
pub(crate) fn formula(
    texts: &InterfaceTexts,
    method: &Method,
    better: Option<Direction>,
    outcome: Option<(&MethodOutcome, &str)>,
) -> String {
    let kind = method.kind;
    let variant = match kind {
        MethodKind::Prorated if method.from_zero => "_from_zero",
        MethodKind::VersusBaseline if method.asks_for_path() => "_on_path",
        _ => "",
    };
    let suffix = match kind {
        MethodKind::Prorated | MethodKind::Path if better == Some(Direction::Lower) => "_lower",
        _ => "",
    };
    let name = name(texts, kind);
    let formula = text(texts, "formula", &[kind.key(), variant, suffix].concat());
    match outcome {
        Some((MethodOutcome { measure: Measure::Rate(_), expression, .. }, result)) => {
            format!("{name} = {formula} = {expression} = {result}")
        }
        // 判定: 実績値を基準値と比べる（18 < 20）= 維持
        Some((MethodOutcome { measure: Measure::Qualitative(_), expression, .. }, result)) => {
            let values = [("name", name), ("formula", formula), ("figures", expression), ("result", result)];
            texts.fill("method_compared", &values)
        }
        None => format!("{name} = {formula}"),
    }
}

/// Agreement of the computed mark with the published one, as a sentence. `None` if either is missing.
pub(crate) fn agreement(texts: &InterfaceTexts, marks: &MarkComparison, scale: &Scale) -> Option<String> {
    let mark = |index: &usize| scale.marks.get(*index).map(|mark| mark.printed.as_str());
    let computed = marks.mark.as_ref().ok()?.as_ref().and_then(mark)?;
    let published = marks.published.iter().filter_map(mark).collect::<Vec<_>>().join(texts.get("marks_separator"));
    let key = format!("agreement_{}", marks.agreement?.key());
    Some(texts.fill(&key, &[("computed", computed), ("published", &published)]))
}

/// Qualifications of a result: rounding, direction, bounds, periods, estimates, and the reason for a missing mark.
pub(crate) fn remarks(
    texts: &InterfaceTexts,
    year_kind: YearKind,
    method: &Method,
    outcome: &MethodOutcome,
) -> Vec<String> {
    let year = |year: FiscalYear| texts.year(year, year_kind);
    let input = |operand| outcome.inputs.iter().find(|input| input.operand == operand);
    let (actual, target) = (input(Operand::Actual), input(Operand::Target));
    let mut remarks = Vec::new();
    if matches!(&outcome.measure, Measure::Rate(rate) if rate.format().rounded) {
        remarks.push(texts.get("remark_rounded").to_owned());
    }
    if target.is_some() && method.kind.rate_falls(outcome.direction) {
        remarks.push(texts.get("remark_falling").to_owned());
    }
    if let (Some(actual), Some(target)) = (actual, target) {
        let strict = matches!(target.bound, Bound::Above | Bound::Below) && actual.number == target.number;
        if strict && method.kind != MethodKind::Cumulative {
            remarks.push(texts.fill("remark_strict", &[("printed", &target.value.printed)]));
        }
        if let Some((one, other)) = actual.differing_windows(target) {
            let [from, to, other_from, other_to] = [one.from, one.to, other.from, other.to].map(year);
            let values = [("from", &*from), ("to", &to), ("other_from", &other_from), ("other_to", &other_to)];
            remarks.push(texts.fill("remark_windows", &values));
        }
    }
    if let Some(actual) = actual {
        if let (Column::Year(column), Some(measured)) = (actual.column, actual.year)
            && column != measured
        {
            let values = [("year", &*year(column)), ("measured", &year(measured))];
            remarks.push(texts.fill("remark_measured", &values));
        }
        if let Some(Estimate::Labelled(word)) = &actual.value.estimated {
            remarks.push(texts.fill("remark_estimated", &[("word", word)]));
        }
    }
    let unmarked = outcome.marks.as_ref().and_then(|marks| marks.mark.as_ref().err());
    remarks.extend(unmarked.map(|why| not_computable(texts, year_kind, why)));
    remarks
}
