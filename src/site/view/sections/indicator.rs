//! Indicators: the chart, and beside it the table of the same values.

use crate::chart;
use crate::model::{
    Cell, Column, EditionIx, Figure, Figures, Indicator, IndicatorId, NodeId, Revision, Series, SeriesKind, Sheet,
    Standing, StrategyIx, TotalFrom, YearKind,
};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::assessment::{ComputedView, DifferenceView, computed, differences};
use crate::site::view::sections::chart_title::{self, ChartTitle};
use crate::site::view::sections::judgement::{JudgementView, judgements};
use crate::site::view::sections::key_figures::{KeyView, key};
use crate::site::view::sections::sparkline::spark;
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::facts;
use crate::site::view::values::html::Html;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// An indicator with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorView<'a> {
    /// What its key figures say, as attributes for tests.
    pub facts: Html,
    /// The id of its place on the page.
    pub anchor: String,
    /// The link to that place.
    pub href: String,
    /// Its name.
    pub name: &'a str,
    /// What the report calls it: `数値目標`, `KPI`.
    pub role: Option<&'a str>,
    /// `number` or `words`.
    pub kind: &'static str,
    /// What is counted.
    pub definition: Option<&'a str>,
    /// The survey or statistics.
    pub source: Option<&'a str>,
    /// The unit of its numbers.
    pub unit: Option<&'a str>,
    /// `higher`, `lower` or `maintain`.
    pub better: Option<&'static str>,
    /// Whether its years are calendar years.
    pub calendar: bool,
    /// How many years lie between two surveys.
    pub interval: Option<u32>,
    /// The first years of a new definition or survey: values are not compared across them.
    pub breaks: Vec<YearView>,
    /// Whether each actual value is a running total.
    pub actual_total: bool,
    /// The first year that counts towards it; none where it counts from the start of the plan.
    pub actual_total_from: Option<YearView>,
    /// The first year that counts towards a target which adds the years up.
    pub target_total_from: Option<YearView>,
    /// What readers must know of the whole series.
    pub note: Option<&'a str>,
    /// The marks that the edition that counts gives it or, where that has none, its newest marks.
    pub judgements: Vec<JudgementView<'a>>,
    /// The edition that gave the marks, where the node has sheets of several.
    pub judged_in: Option<&'a str>,
    /// What the declared method gives, if there is one. Ours, not the report's.
    pub computed: Option<ComputedView<'a>>,
    /// Plain differences, on running pages alone. Ours, not the report's.
    pub differences: Vec<DifferenceView>,
    /// The chart, where there is enough to draw.
    pub chart: Option<ChartView>,
    /// The same as a sparkline, where it says anything.
    pub spark: Option<Cow<'a, ChartView>>,
    /// The newest value and its target, of an indicator in numbers.
    pub key: Option<KeyView<'a>>,
    /// Whether any target was printed.
    pub has_target: bool,
    /// Whether any actual value was printed.
    pub has_actual: bool,
    /// Whether some year has both an actual value and a target, so that each needs a column.
    pub two_columns: bool,
    /// The table: a line for each year, oldest first; the end of the plan last.
    pub lines: Vec<LineView<'a>>,
    /// Values printed in no column.
    pub unplaced: Vec<ValueView<'a>>,
    /// What a later edition printed differently.
    pub revisions: Vec<RevisionView<'a>>,
    /// What single editions say of it.
    pub notes: Vec<EditionNote<'a>>,
    /// The editions from which the values come.
    pub editions: Vec<&'a str>,
}

/// The values of one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView<'a> {
    /// The year; none for the start and the end of the plan.
    pub year: Option<YearView>,
    /// Whether it is the start of the plan: a baseline without a year.
    pub start: bool,
    /// Whether targets were set against the actual value of this year.
    pub baseline: bool,
    /// The actual value.
    pub actual: Option<ValueView<'a>>,
    /// A value within the year.
    pub interim: Option<ValueView<'a>>,
    /// What is expected of the year.
    pub forecast: Option<ValueView<'a>>,
    /// The target.
    pub target: Option<ValueView<'a>>,
}

/// A value that a later edition printed differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevisionView<'a> {
    /// What it is: `actual`, `target`, `forecast`, `interim`.
    pub series: &'static str,
    /// The year; none for the start and the end of the plan.
    pub year: Option<YearView>,
    /// Whether it is the start of the plan.
    pub start: bool,
    /// The value as it had been.
    pub before: ValueView<'a>,
    /// The edition that printed it.
    pub before_edition: &'a str,
    /// The value as it is now.
    pub after: ValueView<'a>,
    /// The edition that printed it.
    pub after_edition: &'a str,
}

/// What one edition says of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionNote<'a> {
    /// The edition.
    pub edition: &'a str,
    /// What it says.
    pub note: &'a str,
}

/// All indicators of a node, from the sheets that count here.
pub(crate) fn indicators<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<IndicatorView<'a>> {
    let sheets = context.sheets(id);
    (0..context.report.node(id).indicators.len()).filter_map(|place| indicator(context, id, place, &sheets)).collect()
}

fn indicator<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    place: usize,
    sheets: &[&'a Sheet],
) -> Option<IndicatorView<'a>> {
    let indicator = context.report.node(id).indicators.get(place)?;
    let series = Series::of_sheets(sheets.iter().copied(), place);
    let figures: Vec<(&'a Sheet, &'a Figures)> =
        sheets.iter().filter_map(|sheet| Some((*sheet, sheet.figures.get(&place)?))).collect();
    if context.only.is_some() && figures.is_empty() {
        return None;
    }
    let label = |edition| context.edition(id.strategy, edition).map_or("", |edition| edition.label.as_str());
    let anchor = context.id(&address::indicator_anchor(&indicator.id));
    let target = IndicatorId { node: id, indicator: u32::try_from(place).ok()? };
    let url = address::indicator(context.report, target);

    let timeline = context.report.strategy(id.strategy).timeline();
    let cells: Vec<(SeriesKind, Cell<'a, Column>)> = series.cells().collect();
    let editions: BTreeSet<_> = cells.iter().map(|(_, cell)| cell.edition).collect();
    let several = editions.len() > 1;
    let from = |edition: EditionIx| several.then(|| label(edition));
    let view = |series: SeriesKind, cell: Cell<'a, Column>| {
        let figure = Figure::new(timeline, series, cell);
        ValueView::of_figure(context, id.strategy, indicator.year_kind, &figure).printed_in(from(cell.edition))
    };
    let line = |column: Column| {
        let value = |wanted: SeriesKind| {
            let cell = cells.iter().find(|(series, cell)| *series == wanted && cell.column == column)?.1;
            Some(view(wanted, cell))
        };
        LineView {
            year: context.column(indicator, column),
            start: column == Column::Start,
            baseline: indicator.baseline.is_some_and(|baseline| baseline.column() == column),
            actual: value(SeriesKind::Actual),
            interim: value(SeriesKind::Interim),
            forecast: value(SeriesKind::Forecast),
            target: value(SeriesKind::Target),
        }
    };
    let columns: BTreeSet<Column> = cells.iter().map(|(_, cell)| cell.column).collect();

    let lines: Vec<LineView<'a>> = columns.into_iter().map(line).collect();

    let current = context.current_sheet(id).map(|sheet| sheet.edition);
    let of_current = figures.iter().find(|(sheet, _)| Some(sheet.edition) == current);
    let given = |(_, figures): &&(&'a Sheet, &'a Figures)| !figures.judgements.is_empty();
    let judged =
        of_current.filter(given).or_else(|| figures.iter().rev().find(given)).or(of_current).or(figures.last());
    // Where a node has several sheets, its marks may be of another edition than its head's.
    let several_sheets = context.only.is_none() && sheets.len() > 1;
    let judged_in = judged.map(|(sheet, _)| sheet.edition).filter(|_| several_sheets);
    let judged = judged.map_or(&[][..], |(_, figures)| &figures.judgements[..]);
    let has_sheet = !figures.is_empty();
    let assessment = match context.only {
        Some(edition) => context.assessments.in_edition(target, edition),
        None => context.assessments.of(target),
    };
    let running = assessment.filter(|_| context.only.is_none());
    let differences = running.map_or_else(Vec::new, |assessment| differences(context, id, indicator, assessment));
    let key = key(context, id.strategy, indicator, &series);
    let standing = Standing::of(timeline, &series);
    let seen = chart_title::of_indicator(indicator, key.as_ref(), &differences, context.texts);
    let sentence = seen.as_ref().and_then(|seen| chart_title::sentence(&seen.title, context.texts));
    let chart_context = chart::Context { id: &anchor, title: sentence.as_deref(), texts: context.texts, timeline };
    let svg = chart::indicator(indicator, &series, &chart_context).map(|chart| Html(chart.svg));
    let ChartTitle { title, tells, names_goal } = seen.unwrap_or_default();
    let title_facts = || {
        let facts = facts::latest("title", context, id, indicator, &standing);
        match differences.first().filter(|_| tells > 0) {
            Some(difference) => facts.and(&difference.relation),
            None => facts.with_figure("target", standing.target.filter(|_| names_goal)),
        }
    };
    let chart = svg.map(|svg| {
        let facts = key.as_ref().map_or_else(Html::default, |_| title_facts().html());
        ChartView { svg, title, tells, facts }
    });
    Some(IndicatorView {
        facts: facts::key(context, id, indicator, &standing),
        href: context.link(&url),
        name: &indicator.name,
        role: indicator.role.as_deref(),
        kind: indicator.kind.key(),
        definition: indicator.definition.as_deref(),
        source: indicator.source.as_deref(),
        unit: indicator.unit.as_deref(),
        better: indicator.better.map(|better| better.key()),
        calendar: indicator.year_kind == YearKind::Calendar,
        interval: indicator.interval,
        breaks: indicator.breaks.iter().map(|year| context.year_of(indicator, *year)).collect(),
        actual_total: indicator.actual_total_from.is_some(),
        actual_total_from: indicator.actual_total_from.and_then(|from| match from {
            TotalFrom::Start => None,
            TotalFrom::Year(year) => Some(context.year_of(indicator, year)),
        }),
        target_total_from: indicator.target_total_from.map(|year| context.year_of(indicator, year)),
        note: indicator.note.as_deref(),
        judgements: if has_sheet { judgements(context, id.strategy, "indicator", judged) } else { Vec::new() },
        judged_in: judged_in.map(label).filter(|_| !judged.is_empty()),
        computed: assessment.and_then(|assessment| computed(context, id, indicator, assessment)),
        differences,
        spark: spark(context, target),
        chart,
        key,
        has_target: !series.target.is_empty(),
        has_actual: cells.iter().any(|(series, _)| *series != SeriesKind::Target),
        two_columns: lines.iter().any(|line| line.has_actual() && line.target.is_some()),
        lines,
        unplaced: figures
            .iter()
            .flat_map(|(_, f)| &f.unplaced)
            .map(|value| ValueView::new(context, indicator.year_kind, value))
            .collect(),
        revisions: series
            .revisions
            .iter()
            .map(|revision| revision_view(context, id.strategy, indicator, revision, &label))
            .collect(),
        notes: figures
            .iter()
            .filter_map(|(sheet, f)| Some(EditionNote { edition: label(sheet.edition), note: f.note.as_deref()? }))
            .collect(),
        editions: editions.into_iter().map(label).collect(),
        anchor,
    })
}

impl LineView<'_> {
    /// Whether it holds anything but a target.
    fn has_actual(&self) -> bool {
        self.actual.is_some() || self.interim.is_some() || self.forecast.is_some()
    }
}

fn revision_view<'a>(
    context: &ViewContext<'a>,
    of: StrategyIx,
    indicator: &'a Indicator,
    revision: &Revision<'a>,
    label: &impl Fn(EditionIx) -> &'a str,
) -> RevisionView<'a> {
    // Only of an actual value it is not said by the series whether it was expected or of a year not over.
    let value = |cell: &Cell<'a, Column>| match revision.series {
        SeriesKind::Actual => {
            let figure = Figure::actual(context.report.strategy(of).timeline(), *cell);
            ValueView::of_figure(context, of, indicator.year_kind, &figure)
        }
        _ => ValueView::new(context, indicator.year_kind, cell.value),
    };
    RevisionView {
        series: revision.series.key(),
        year: context.column(indicator, revision.column),
        start: revision.column == Column::Start,
        before: value(&revision.before),
        before_edition: label(revision.before.edition),
        after: value(&revision.after),
        after_edition: label(revision.after.edition),
    }
}
