//! Key figures: the newest value of an indicator and its target, and the newest amounts of a node.

use crate::assess::NotComputable;
use crate::model::{
    AmountKey, AmountSeries, AmountTable, Figure, FiscalYear, Indicator, IndicatorKind, KeyFigures, NodeId, Owner,
    PhaseKind, Series, StrategyIx, comparable, merged_amounts, state_reached,
};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::amount_column;
use crate::site::view::sections::method_result::not_computable;
use crate::site::view::values::html::Html;
use crate::site::view::values::statement::{self, Attributes};
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::{QualifiersView, ValueView, figure_and_unit};
use serde::Serialize;
use std::collections::BTreeMap;

/// Latest value of an indicator and the targets relevant to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFiguresView<'a> {
    /// Latest value: the newest final one, or the newest interim one if no value is final. `None` if there is neither;
    /// projected values are never the latest.
    pub latest: Option<KeyFigure<'a>>,
    /// Applicable target: that of the year of the latest value, or else the next one. The last target if there is no
    /// latest value; `None` if there is no such target.
    pub target: Option<KeyFigure<'a>>,
    /// Last target; `None` if it is `target`, or if there is no target.
    pub last_target: Option<KeyFigure<'a>>,
    /// Interim value of a year after that of `latest`; `None` if there is none, or if `latest` is itself interim.
    pub interim: Option<KeyFigure<'a>>,
    /// Reason, as a sentence, why `latest` and `target` cannot be compared. `None` unless they count different things.
    pub incomparable: Option<String>,
    /// Typed form of `incomparable`, for the title of a chart.
    #[serde(skip)]
    pub(crate) incomparable_reason: Option<NotComputable>,
    /// Reason, as a sentence, why `latest` and `last_target` cannot be compared. `None` unless they count different
    /// things for a reason other than `incomparable`.
    pub last_incomparable: Option<String>,
    /// Sentence stating whether the latest state is at or beyond that of the target. `None` unless both are states.
    pub reached: Option<String>,
    /// True if each actual value is a running total (累計).
    pub total: bool,
    /// True if a figure is qualified, for instance by a note, or if there is a sentence on their comparison.
    pub has_remarks: bool,
}

/// Figure shown on its own, in large type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFigure<'a> {
    /// Figure as printed, without the year in which it was measured.
    pub figure: &'a str,
    /// Unit, followed by the bound if there is one: `回以上`. `None` if the cell contains the unit, or if the figure has
    /// none.
    pub unit: Option<String>,
    /// Year or period in which the value was measured, or else the year of its column. `None` for the start and the end
    /// of the plan.
    pub when: Option<String>,
    /// Value with its qualifiers.
    pub value: ValueView<'a>,
    /// Markup of the figure and its unit.
    pub markup: Html,
}

impl<'a> KeyFigure<'a> {
    fn new((figure, unit): (&'a str, Option<String>), when: Option<String>, value: ValueView<'a>) -> Self {
        let class = if value.words { "words" } else { "figure" };
        let markup = Html::default().span(class, figure);
        let markup = match unit.as_deref().filter(|_| !value.words) {
            Some(unit) => markup.span("unit", unit),
            None => markup,
        };
        Self { figure, unit, when, value, markup }
    }
}

/// Key amounts: the cost of a program, or the printed totals of the programs of a policy or goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyMoney<'a> {
    /// Id of the section with all amounts.
    pub anchor: String,
    /// Each phase of `[money]` itself in the newest year with a number, oldest year first; never empty.
    pub amounts: Vec<KeyAmount<'a>>,
}

/// Amount shown on its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyAmount<'a> {
    /// Id of the phase: `budget`, `settlement`, `plan`, or a declared one.
    pub phase: &'a str,
    /// Title: `決算額`.
    pub title: &'a str,
    /// Fiscal year.
    pub year: YearView,
    /// Amount with its unit.
    pub figure: KeyFigure<'a>,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Key amounts of a node: its own, or else the printed totals of its rows. `None` if no number was printed.
pub(crate) fn key_money<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<KeyMoney<'a>> {
    let key_money = |series: AmountSeries<'a>, anchor: &str| {
        let amounts: Vec<KeyAmount<'a>> = newest(context, id, &series).into_iter().map(|(_, amount)| amount).collect();
        (!amounts.is_empty()).then(|| KeyMoney { anchor: context.id(anchor), amounts })
    };
    let has_rows = !context.rows(id.strategy, Owner::Node(id)).is_empty();
    key_money(merged_amounts(context.sheets(id), |sheet| &sheet.money), "costs").or_else(|| {
        let totals = merged_amounts(context.sheets(id), |sheet| &sheet.total);
        key_money(totals, if has_rows { "programs" } else { "costs" })
    })
}

/// One phase of each kind of `[money]` itself in the newest year with a number, oldest year first.
pub(crate) fn newest<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    series: &AmountSeries<'a>,
) -> Vec<(AmountKey, KeyAmount<'a>)> {
    let ix = id.strategy;
    let strategy = context.report.strategy(ix);
    let subject = statement::node_key(context, id);
    let mut by_kind: BTreeMap<PhaseKind, Vec<_>> = BTreeMap::new();
    for (key, years) in series.iter().filter(|(key, _)| key.is_base()) {
        let newest = years.iter().rev().find(|(_, cell)| cell.value.decimal().is_some());
        by_kind.entry(key.phase.kind).or_default().extend(newest.map(|(year, cell)| (*year, *key, cell)));
    }
    let newest = by_kind.into_values().filter_map(|amounts| {
        let by_importance =
            |(year, key, _): &(FiscalYear, AmountKey, _)| (*year, strategy.amounts.importance(key.phase));
        let (year, key, cell) = amounts.into_iter().max_by_key(by_importance)?;
        let year_view = context.year(year);
        let value = ValueView::of_money(context, ix, key, *cell);
        let figure = figure_and_unit(cell.value, Some(&strategy.money_unit));
        let figure = KeyFigure::new(figure, Some(year_view.name.clone()), value);
        let phase = amount_column::phase_id(context, ix, key.phase);
        let title = amount_column::phase_title(context, ix, AmountTable::Money, key.phase);
        let attributes = Attributes::statement("amount").with("of", &subject).with("phase", phase);
        let attributes = attributes.with("year", &year.0.to_string()).with("amount", &cell.value.printed);
        Some((year, (key, KeyAmount { phase, title, year: year_view, figure, statement: attributes.html() })))
    });
    let mut newest: Vec<(FiscalYear, (AmountKey, KeyAmount<'a>))> = newest.collect();
    newest.sort_by_key(|(year, _)| *year);
    newest.into_iter().map(|(_, amount)| amount).collect()
}

/// Key figures of an indicator. `None` for a textual indicator, and if there is neither a latest value nor a target.
pub(crate) fn key_figures<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    indicator: &'a Indicator,
    series: &Series<'a>,
) -> Option<KeyFiguresView<'a>> {
    if indicator.kind == IndicatorKind::Text {
        return None;
    }
    let timeline = context.report.strategy(ix).edition_context();
    let key_figures = KeyFigures::from_series(timeline, series);
    let view = |figure: Option<Figure<'a>>| figure.map(|figure| key_figure(context, ix, indicator, &figure));
    let (latest, target) = (view(key_figures.latest), view(key_figures.target));
    if latest.is_none() && target.is_none() {
        return None;
    }
    let (last_target, interim) = (view(key_figures.last_target), view(key_figures.interim));
    let incomparable = incomparable(context, indicator, &key_figures);
    let last_incomparable = last_incomparable(context, indicator, &key_figures);
    let reached = reached(context, indicator, &key_figures);
    let has_sentence = [&incomparable, &last_incomparable, &reached].into_iter().any(Option::is_some);
    let is_qualified = |figure: &KeyFigure<'_>| figure.value.qualifiers != QualifiersView::default();
    let has_qualifiers = [&latest, &target, &last_target, &interim].into_iter().flatten().any(is_qualified);
    Some(KeyFiguresView {
        has_remarks: has_sentence || has_qualifiers,
        latest,
        target,
        last_target,
        interim,
        incomparable,
        incomparable_reason: incomparable_reason(indicator, &key_figures),
        last_incomparable,
        reached,
        total: indicator.actual_total_from.is_some(),
    })
}

/// Sentence stating whether the latest state is at or beyond that of the target. `None` unless both are states.
pub(crate) fn reached(
    context: &ViewContext<'_>,
    indicator: &Indicator,
    key_figures: &KeyFigures<'_>,
) -> Option<String> {
    let key = if state_reached(indicator, key_figures)? { "state_reached" } else { "state_not_reached" };
    Some(context.texts.get(key).to_owned())
}

/// Reason, as a sentence, why the latest value and its target cannot be compared. `None` unless they count different
/// things.
pub(crate) fn incomparable(
    context: &ViewContext<'_>,
    indicator: &Indicator,
    key_figures: &KeyFigures<'_>,
) -> Option<String> {
    Some(not_computable(context.texts, indicator.year_kind, &incomparable_reason(indicator, key_figures)?))
}

/// Reason, as a sentence, why the latest value and the last target cannot be compared. `None` unless they count
/// different things for a reason other than that of the latest value and the applicable target.
pub(crate) fn last_incomparable(
    context: &ViewContext<'_>,
    indicator: &Indicator,
    key_figures: &KeyFigures<'_>,
) -> Option<String> {
    Some(not_computable(context.texts, indicator.year_kind, &last_incomparable_reason(indicator, key_figures)?))
}

/// Typed form of [`last_incomparable`].
pub(crate) fn last_incomparable_reason(indicator: &Indicator, key_figures: &KeyFigures<'_>) -> Option<NotComputable> {
    let last = KeyFigures { target: key_figures.last_target, ..*key_figures };
    let applicable = incomparable_reason(indicator, key_figures);
    incomparable_reason(indicator, &last).filter(|last| applicable.as_ref() != Some(last))
}

/// Typed form of [`incomparable`].
pub(crate) fn incomparable_reason(indicator: &Indicator, key_figures: &KeyFigures<'_>) -> Option<NotComputable> {
    let (latest, target) = key_figures.latest.zip(key_figures.target)?;
    NotComputable::of(&comparable(indicator, &latest, &target).err()?)
}

fn key_figure<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    indicator: &'a Indicator,
    figure: &Figure<'a>,
) -> KeyFigure<'a> {
    let measured = figure.value.measured.map(|period| context.texts.period(period, indicator.year_kind));
    let when = measured.or_else(|| context.column(indicator, figure.column).map(|year| year.name.clone()));
    let value = ValueView::of_figure(context, ix, indicator.year_kind, figure);
    KeyFigure::new(figure_and_unit(figure.value, indicator.unit.as_deref()), when, value)
}
