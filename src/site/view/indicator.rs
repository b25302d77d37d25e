//! Indicators: the chart, and beside it the table of the same values.

use super::assessment::{ComputedView, DifferenceView, computed, differences};
use super::here::Here;
use super::html::Html;
use super::judgement::{JudgementView, judgements};
use super::key::{KeyView, key};
use super::seen::{self, Seen};
use super::spark::spark;
use super::time::YearView;
use super::value::ValueView;
use crate::chart;
use crate::model::{Cell, Column, EditionIx, Figures, FiscalYear, IndicatorId, NodeId, Revision, Series, Sheet};
use crate::site::address;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// An indicator with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorView<'a> {
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
    /// How many years lie between two surveys.
    pub interval: Option<u32>,
    /// The first years of a new definition or survey: values are not compared across them.
    pub breaks: Vec<YearView>,
    /// The first year that counts towards a target which adds the years up.
    pub cumulative_from: Option<YearView>,
    /// What readers must know of the whole series.
    pub note: Option<&'a str>,
    /// The marks that the newest edition gives it.
    pub judgements: Vec<JudgementView<'a>>,
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
    /// The newest actual value.
    pub latest: Option<LineView<'a>>,
    /// The last target.
    pub goal: Option<LineView<'a>>,
    /// Values printed in no column.
    pub unplaced: Vec<ValueView<'a>>,
    /// What a later edition printed differently.
    pub revisions: Vec<RevisionView<'a>>,
    /// What single editions say of it.
    pub notes: Vec<EditionNote<'a>>,
    /// The editions from which the values come.
    pub editions: Vec<&'a str>,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartView {
    /// The drawing.
    pub svg: Html,
    /// What is seen, statement by statement; none of a sparkline.
    pub title: Vec<String>,
    /// How many differences of its indicator the title tells, from the first.
    pub tells: usize,
}

/// The values of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView<'a> {
    /// The year; none for the end of the plan.
    pub year: Option<YearView>,
    /// Whether targets were set against the actual value of this year.
    pub baseline: bool,
    /// The actual value.
    pub actual: Option<ValueView<'a>>,
    /// The target.
    pub target: Option<ValueView<'a>>,
}

/// A value that a later edition printed differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevisionView<'a> {
    /// Whether it is a target.
    pub of_target: bool,
    /// The year; none for the end of the plan.
    pub year: Option<YearView>,
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
pub(crate) fn indicators<'a>(here: &Here<'a>, id: NodeId) -> Vec<IndicatorView<'a>> {
    let sheets = here.sheets(id);
    (0..here.report.node(id).indicators.len()).filter_map(|place| indicator(here, id, place, &sheets)).collect()
}

fn indicator<'a>(here: &Here<'a>, id: NodeId, place: usize, sheets: &[&'a Sheet]) -> Option<IndicatorView<'a>> {
    let indicator = here.report.node(id).indicators.get(place)?;
    let series = Series::of_sheets(sheets.iter().copied(), place);
    let figures: Vec<(&'a Sheet, &'a Figures)> =
        sheets.iter().filter_map(|sheet| Some((*sheet, sheet.figures.get(&place)?))).collect();
    if here.only.is_some() && figures.is_empty() {
        return None;
    }
    let label = |edition| here.edition(id.strategy, edition).map_or("", |edition| edition.label.as_str());
    let anchor = address::indicator_anchor(&indicator.id);
    let url = address::node(here.report, id).at(anchor.clone());

    let editions: BTreeSet<_> =
        series.actual.iter().map(|cell| cell.edition).chain(series.target.iter().map(|cell| cell.edition)).collect();
    let several = editions.len() > 1;
    let from = |edition: EditionIx| several.then(|| label(edition));
    let actual =
        |cell: Cell<'a, FiscalYear>| ValueView::of_actual(here, id.strategy, cell).printed_in(from(cell.edition));
    let target = |cell: Cell<'a, Column>| ValueView::of_target(here, cell).printed_in(from(cell.edition));
    let line = |column: Column| LineView {
        year: year_of(here, column),
        baseline: matches!(column, Column::Year(year) if Some(year) == indicator.baseline),
        actual: series.actual.iter().find(|cell| Column::Year(cell.column) == column).map(|cell| actual(*cell)),
        target: series.target.iter().find(|cell| cell.column == column).map(|cell| target(*cell)),
    };
    let columns: BTreeSet<Column> = series
        .actual
        .iter()
        .map(|cell| Column::Year(cell.column))
        .chain(series.target.iter().map(|cell| cell.column))
        .collect();

    let lines: Vec<LineView<'a>> = columns.into_iter().map(line).collect();

    let judged = figures.iter().rev().find(|(_, figures)| !figures.judgements.is_empty());
    let judged = judged.or(figures.last()).map_or(&[][..], |(_, figures)| &figures.judgements[..]);
    let has_sheet = !figures.is_empty();
    let target = IndicatorId { node: id, indicator: u32::try_from(place).ok()? };
    let assessment = match here.only {
        Some(edition) => here.assessments.in_edition(target, edition),
        None => here.assessments.of(target),
    };
    let running = assessment.filter(|_| here.only.is_none());
    let differences = running.map_or_else(Vec::new, |assessment| differences(here, indicator, assessment));
    let key = key(here, id.strategy, indicator, &series);
    let seen = seen::of_indicator(indicator, key.as_ref(), &differences, here.words.lang);
    let sentence = seen.as_ref().and_then(|seen| seen::sentence(&seen.title, here.words.lang));
    let context = chart::Context {
        id: &anchor,
        title: sentence.as_deref(),
        texts: &here.words.chart,
        editions: &here.report.strategy(id.strategy).editions,
    };
    let svg = chart::indicator(indicator, &series, &context).map(|chart| Html(chart.svg));
    let Seen { title, tells } = seen.unwrap_or_default();
    let chart = svg.map(|svg| ChartView { svg, title, tells });
    Some(IndicatorView {
        href: here.link(&url),
        name: &indicator.name,
        role: indicator.role.as_deref(),
        kind: indicator.kind.key(),
        definition: indicator.definition.as_deref(),
        source: indicator.source.as_deref(),
        unit: indicator.unit.as_deref(),
        better: indicator.better.map(|better| better.key()),
        interval: indicator.interval,
        breaks: here.years(Some(&indicator.breaks)),
        cumulative_from: indicator.cumulative_from.map(|year| here.year(year)),
        note: indicator.note.as_deref(),
        judgements: if has_sheet { judgements(here, id.strategy, "indicator", judged) } else { Vec::new() },
        computed: assessment.and_then(|assessment| computed(here, id.strategy, indicator, assessment)),
        differences,
        spark: if here.shows("spark") { spark(here, target) } else { None },
        chart,
        key,
        has_target: !series.target.is_empty(),
        has_actual: !series.actual.is_empty(),
        two_columns: lines.iter().any(|line| line.actual.is_some() && line.target.is_some()),
        latest: series.latest().filter(|_| here.shows("latest")).map(|cell| line(Column::Year(cell.column))),
        goal: series
            .target
            .iter()
            .rev()
            .find(|cell| here.shows("goal") && !cell.value.is_missing())
            .map(|cell| line(cell.column)),
        lines,
        unplaced: figures.iter().flat_map(|(_, f)| &f.unplaced).map(|value| ValueView::new(here, value)).collect(),
        revisions: series.revisions.iter().map(|revision| revision_view(here, revision, &label)).collect(),
        notes: figures
            .iter()
            .filter_map(|(sheet, f)| Some(EditionNote { edition: label(sheet.edition), note: f.note.as_deref()? }))
            .collect(),
        editions: editions.into_iter().map(label).collect(),
        anchor,
    })
}

fn year_of(here: &Here<'_>, column: Column) -> Option<YearView> {
    match column {
        Column::Year(year) => Some(here.year(year)),
        Column::End => None,
    }
}

fn revision_view<'a>(
    here: &Here<'a>,
    revision: &Revision<'a>,
    label: &impl Fn(crate::model::EditionIx) -> &'a str,
) -> RevisionView<'a> {
    RevisionView {
        of_target: revision.of_target,
        year: year_of(here, revision.column),
        before: ValueView::new(here, revision.before.value),
        before_edition: label(revision.before.edition),
        after: ValueView::new(here, revision.after.value),
        after_edition: label(revision.after.edition),
    }
}
