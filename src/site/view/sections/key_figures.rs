//! Key figures: an indicator at a glance, its newest value against its target.

use crate::assess::NotComputable;
use crate::model::{
    AmountSeries, Figure, FiscalYear, Indicator, IndicatorKind, MoneyKind, NodeId, Series, Standing, StrategyIx,
    comparable, merged_amounts,
};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::method_result::not_computable;
use crate::site::view::values::html::Html;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::{ValueView, figure_and_unit};
use serde::Serialize;

/// The latest value of an indicator and the target that it is held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyView<'a> {
    /// The latest value; none where none was printed.
    pub now: Option<KeyFigure<'a>>,
    /// The applicable target; without a value, the last one.
    pub goal: Option<KeyFigure<'a>>,
    /// The last target, where it is another.
    pub last_goal: Option<KeyFigure<'a>>,
    /// A value within a later year.
    pub interim: Option<KeyFigure<'a>>,
    /// Why value and target may not be compared, in a sentence, where they count different things.
    pub incomparable: Option<String>,
    /// The same reason for the title of a chart.
    #[serde(skip)]
    pub(crate) guard: Option<NotComputable>,
    /// The same of the last target, where that is another reason.
    pub last_incomparable: Option<String>,
    /// Whether the value is a running total.
    pub total: bool,
}

/// A figure that stands alone, in large type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFigure<'a> {
    /// As printed, without the year in which it was measured.
    pub figure: &'a str,
    /// The unit, where the cell bears none; behind it the word of a bound.
    pub unit: Option<String>,
    /// The year or period in which it was measured, or else the year of its column; none for
    /// a target of the end of the plan.
    pub when: Option<String>,
    /// The value with all that must stay with it.
    pub value: ValueView<'a>,
    /// The markup of the figure and its unit.
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

/// What a program cost, or all programs of a policy or goal as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyMoney<'a> {
    /// The id of the place on the page where all amounts stand.
    pub anchor: String,
    /// Each kind of money in the newest year for which an amount was printed, oldest year first.
    pub amounts: Vec<KeyAmount<'a>>,
}

/// An amount that stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyAmount<'a> {
    /// `budget`, `settlement` or `plan`.
    pub kind: &'static str,
    /// The text that names the kind: `budget`, `settlement`, `planned`.
    pub title: &'static str,
    /// The year.
    pub year: YearView,
    /// The amount.
    pub figure: KeyFigure<'a>,
}

/// The key amounts of a node: its own, or else the printed totals of its rows. `None` where
/// no number was printed.
pub(crate) fn key_money<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<KeyMoney<'a>> {
    let own = merged_amounts(context.sheets(id), |sheet| &sheet.money);
    let (series, anchor) = match own.is_empty() {
        true => (merged_amounts(context.sheets(id), |sheet| &sheet.total), "programs"),
        false => (own, "costs"),
    };
    let amounts: Vec<KeyAmount<'a>> =
        newest(context, id.strategy, &series).into_iter().map(|(_, amount)| amount).collect();
    (!amounts.is_empty()).then_some(KeyMoney { anchor: context.id(anchor), amounts })
}

/// Each kind of money in the newest year for which a number was printed, oldest year first.
pub(crate) fn newest<'a>(
    context: &ViewContext<'a>,
    of: StrategyIx,
    series: &AmountSeries<'a, MoneyKind>,
) -> Vec<(MoneyKind, KeyAmount<'a>)> {
    let unit = &context.report.strategy(of).money_unit;
    let newest = series.iter().filter_map(|(kind, years)| {
        let (year, cell) = years.iter().rev().find(|(_, cell)| cell.value.decimal().is_some())?;
        let year_view = context.year(*year);
        let value = ValueView::of_money(context, of, *kind, *cell);
        let figure = figure_and_unit(cell.value, Some(unit));
        let figure = KeyFigure::new(figure, Some(year_view.name.clone()), value);
        Some((*year, (*kind, KeyAmount { kind: kind.key(), title: kind.title(), year: year_view, figure })))
    });
    let mut newest: Vec<(FiscalYear, (MoneyKind, KeyAmount<'a>))> = newest.collect();
    newest.sort_by_key(|(year, _)| *year);
    newest.into_iter().map(|(_, amount)| amount).collect()
}

/// The key figures of an indicator in numbers. `None` where it has none at all.
pub(crate) fn key<'a>(
    context: &ViewContext<'a>,
    of: StrategyIx,
    indicator: &'a Indicator,
    series: &Series<'a>,
) -> Option<KeyView<'a>> {
    if indicator.kind == IndicatorKind::Words {
        return None;
    }
    let timeline = context.report.strategy(of).timeline();
    let standing = Standing::of(timeline, series);
    let view = |figure: Option<Figure<'a>>| figure.map(|figure| key_figure(context, of, indicator, &figure));
    let (now, goal) = (view(standing.latest), view(standing.target));
    (now.is_some() || goal.is_some()).then(|| KeyView {
        now,
        goal,
        last_goal: view(standing.last_target),
        interim: view(standing.interim),
        incomparable: incomparable(context, indicator, &standing),
        guard: guard(indicator, &standing),
        last_incomparable: last_incomparable(context, indicator, &standing),
        total: indicator.actual_total_from.is_some(),
    })
}

/// Why the latest value and its target may not be compared, in a sentence, where they count different things.
pub(crate) fn incomparable(
    context: &ViewContext<'_>,
    indicator: &Indicator,
    standing: &Standing<'_>,
) -> Option<String> {
    Some(not_computable(context.texts, indicator.year_kind, &guard(indicator, standing)?))
}

/// Why the latest value and the last target may not be compared, where that is not told of the applicable one.
pub(crate) fn last_incomparable(
    context: &ViewContext<'_>,
    indicator: &Indicator,
    standing: &Standing<'_>,
) -> Option<String> {
    Some(not_computable(context.texts, indicator.year_kind, &last_guard(indicator, standing)?))
}

/// The same as a guard.
pub(crate) fn last_guard(indicator: &Indicator, standing: &Standing<'_>) -> Option<NotComputable> {
    let last = Standing { target: standing.last_target, ..*standing };
    let told = guard(indicator, standing);
    guard(indicator, &last).filter(|last| told.as_ref() != Some(last))
}

/// Why the latest value and its target may not be compared.
pub(crate) fn guard(indicator: &Indicator, standing: &Standing<'_>) -> Option<NotComputable> {
    let (latest, target) = standing.latest.zip(standing.target)?;
    NotComputable::of(&comparable(indicator, &latest, &target).err()?)
}

fn key_figure<'a>(
    context: &ViewContext<'a>,
    of: StrategyIx,
    indicator: &'a Indicator,
    figure: &Figure<'a>,
) -> KeyFigure<'a> {
    let measured = figure.value.measured.map(|period| context.texts.period(period, indicator.year_kind));
    let when = measured.or_else(|| context.column(indicator, figure.column).map(|year| year.name.clone()));
    let value = ValueView::of_figure(context, of, indicator.year_kind, figure);
    KeyFigure::new(figure_and_unit(figure.value, indicator.unit.as_deref()), when, value)
}
