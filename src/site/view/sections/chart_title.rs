//! Titles of charts: what a chart shows, in one sentence. A title consists of printed figures and of the plain
//! differences that the page states anyway; it adds no evaluation.

use crate::assess::NotComputable;
use crate::model::{AmountKey, Indicator, PhaseKind, ensure_same_accumulation};
use crate::site::view::sections::assessment::DifferenceView;
use crate::site::view::sections::key_figures::{KeyAmount, KeyFigure, KeyFiguresView};
use crate::site::view::values::value::QualifiersView;
use crate::texts::InterfaceTexts;

/// Title of a chart, and what the page need not repeat next to it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ChartTitle {
    /// Statements of the title, without a full stop.
    pub title: Vec<String>,
    /// Number of differences, counted from the first, that the title states.
    pub stated_differences: usize,
    /// True if the title names the target without relating the value to it.
    pub names_target: bool,
}

/// Maximum length, in characters, of a textual target in a title.
const MAX_TARGET_CHARS: usize = 24;

/// Title for the chart of an indicator: the latest value, and its difference to the target, or only the target if there
/// is no such difference. `None` if there is no actual value.
pub(crate) fn of_indicator(
    indicator: &Indicator,
    key_figures: Option<&KeyFiguresView<'_>>,
    differences: &[DifferenceView],
    texts: &InterfaceTexts,
) -> Option<ChartTitle> {
    let key_figures = key_figures?;
    let latest = key_figures.latest.as_ref()?;
    let first_difference = differences.first();
    let value = |when: &str, figure: &str| texts.fill("title_value", &[("when", when), ("figure", figure)]);
    let fits = |target: &&KeyFigure<'_>| !target.value.words || target.figure.chars().count() <= MAX_TARGET_CHARS;
    let (value_statement, target) = match first_difference {
        // The difference may concern a value other than the latest one. The title then states that value.
        Some(first) if latest.when.as_ref() != Some(&first.when) => (value(&first.when, &first.actual), None),
        _ => {
            let total = key_figures.total.then(|| texts.get("title_total"));
            (value(latest.when.as_deref()?, &figure(latest, total, texts)), key_figures.target.as_ref().filter(fits))
        }
    };
    // A target that counts something else is not named next to the value, except a total, which is named as such.
    let cumulative = ensure_same_accumulation(indicator).is_err();
    let reason = key_figures.incomparable_reason.as_ref();
    let target =
        target.filter(|_| reason.is_none_or(|reason| matches!(reason, NotComputable::AnnualAgainstCumulative(_))));
    let (comparison, stated_differences) = match (first_difference, target) {
        (Some(first), _) if first.from == "target" => (Some(difference_statement(first, texts)), 1),
        (_, Some(target)) => (Some(target_statement(target, latest, cumulative, texts)), 0),
        (Some(first), None) => (Some(difference_statement(first, texts)), 1),
        (None, None) => (None, 0),
    };
    let names_target = comparison.is_some() && stated_differences == 0;
    let title = std::iter::once(value_statement).chain(comparison).collect();
    Some(ChartTitle { title, stated_differences, names_target })
}

/// Title for the chart of money: each phase in its newest year.
pub(crate) fn of_money(amounts: &[(AmountKey, KeyAmount<'_>)], texts: &InterfaceTexts) -> Vec<String> {
    // Planned amounts are left out of a title that states both a budget and a settlement.
    let is_stated = |(key, _): &&(AmountKey, KeyAmount<'_>)| key.phase.kind != PhaseKind::Plan || amounts.len() < 3;
    let mut previous = None;
    let statements = amounts.iter().filter(is_stated).map(|(_, amount)| {
        let year = amount.year.name.as_str();
        let key = if previous.replace(year) == Some(year) { "title_money_same_year" } else { "title_money" };
        let figure = figure(&amount.figure, amount.figure.value.yen.as_deref(), texts);
        texts.fill(key, &[("kind", amount.title), ("year", year), ("figure", &figure)])
    });
    statements.collect()
}

/// Joins the statements of a title into one sentence. `None` if there are none.
pub(crate) fn sentence(title: &[String], texts: &InterfaceTexts) -> Option<String> {
    (!title.is_empty()).then(|| title.join(texts.get("statements")))
}

/// Statement of a target: 目標（計画期間末）は400人.
fn target_statement(
    target: &KeyFigure<'_>,
    latest: &KeyFigure<'_>,
    cumulative: bool,
    texts: &InterfaceTexts,
) -> String {
    let (key, end) = match cumulative {
        false if target.when == latest.when => ("title_target_now", ""),
        false => ("title_target", "title_target_end"),
        true => ("title_target_total", "title_target_total_end"),
    };
    let when = target.when.as_deref().unwrap_or_else(|| texts.get(end));
    texts.fill(key, &[("when", when), ("figure", &figure(target, None, texts))])
}

/// Figure with its unit, followed by its qualifiers in brackets.
fn figure(figure: &KeyFigure<'_>, first_qualifier: Option<&str>, texts: &InterfaceTexts) -> String {
    let unit = figure.unit.as_deref().unwrap_or_default();
    let QualifiersView { interim, estimated, estimate_word, as_of, .. } = &figure.value.qualifiers;
    let as_of = as_of.as_deref().map(|day| texts.fill("as_of", &[("date", day)]));
    let estimate = estimated.then(|| estimate_word.unwrap_or_else(|| texts.get("estimated")));
    let qualifiers = [first_qualifier, interim.then(|| texts.get("interim_value")), as_of.as_deref(), estimate];
    let qualifiers = qualifiers.into_iter().flatten().collect::<Vec<_>>().join(texts.get("separator"));
    let qualifiers =
        if qualifiers.is_empty() { qualifiers } else { texts.fill("in_brackets", &[("words", &qualifiers)]) };
    format!("{}{unit}{qualifiers}", without_space(figure.figure))
}

/// Figure without the space that a cell may contain before its unit: 34 地区 → 34地区.
fn without_space(figure: &str) -> String {
    match figure.split_once(' ') {
        Some((digits, unit)) if digits.ends_with(|c: char| c.is_ascii_digit()) && !unit.contains(' ') => {
            format!("{digits}{unit}")
        }
        _ => figure.to_owned(),
    }
}

/// Statement of a difference: 目標（令和2年度）の1,960千人まであと154千人.
fn difference_statement(difference: &DifferenceView, texts: &InterfaceTexts) -> String {
    let DifferenceView { from, relation, other_when, other, gap, .. } = difference;
    let dated = if other_when.is_some() { "_in" } else { "" };
    let when = other_when.as_deref().unwrap_or_default();
    let other = texts.fill(&["title_of_", from, dated].concat(), &[("when", when), ("value", other)]);
    texts.fill(&["title_", relation].concat(), &[("other", &other), ("gap", gap)])
}
