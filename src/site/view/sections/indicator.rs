//! Indicators: the chart, and the table of the same values.

use crate::chart::{self, Chart};
use crate::model::{
    Cell, CellKey, Column, DataSource, EditionIx, Figure, Figures, FiscalYear, Indicator, IndicatorId, KeyFigures,
    NodeId, Revision, Series, SeriesKind, Sheet, Step, StrategyIx, TotalFrom, YearKind,
};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::assessment::{ComputedView, DifferenceView, computed, differences};
use crate::site::view::sections::chart_title::{self, ChartTitle};
use crate::site::view::sections::embed::EmbedView;
use crate::site::view::sections::judgement::{JudgementView, judgements};
use crate::site::view::sections::key_figures::{KeyFiguresView, key_figures};
use crate::site::view::values::chart::ChartView;
use crate::site::view::values::corrected::{CorrectedPlaceView, corrected_places};
use crate::site::view::values::html::Html;
use crate::site::view::values::statement;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;
use std::collections::BTreeSet;

/// Indicator with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorView<'a> {
    /// Statement attributes of its key figures (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
    /// Id of its section on the page.
    pub anchor: String,
    /// Link to its section on the current page of its node.
    pub href: String,
    /// Name of the indicator.
    pub name: &'a str,
    /// Corrections (訂正) of its name and unit; usually empty.
    pub corrected: Vec<CorrectedPlaceView<'a>>,
    /// Name of this type of indicator in the report: `数値目標`, `KPI`. `None` if not given.
    pub role: Option<&'a str>,
    /// Kind of its values: `number`, `words` or `state`.
    pub kind: &'static str,
    /// All states in the order in which they are reached; empty unless its kind is `state`.
    pub states: &'a [String],
    /// Definition of what is measured; `None` if not given.
    pub definition: Option<&'a str>,
    /// How the publisher computes it (算式). `None` if not given.
    pub formula: Option<&'a str>,
    /// Survey or statistics from which the values are taken: `国勢調査`. `None` if not given.
    pub source: Option<&'a str>,
    /// Address of the web page of `source`. `None` if not given.
    pub source_url: Option<&'a str>,
    /// Unit of its numbers; `None` if it has none.
    pub unit: Option<&'a str>,
    /// Desired direction: `higher`, `lower` or `maintain`. `None` if the report does not state it.
    pub better: Option<&'static str>,
    /// True if its years are calendar years (暦年) rather than fiscal years.
    pub calendar: bool,
    /// Its place in the chain from means to effects: `input`, `activity`, `output`, `outcome` or `impact`. `None` if not
    /// given.
    pub step: Option<&'static str>,
    /// Number of years between two surveys; `None` if not declared.
    pub interval: Option<u32>,
    /// First years of a new definition or survey; values before and after are never compared. Usually empty.
    pub breaks: Vec<YearView>,
    /// True if each actual value is a running total (累計).
    pub actual_total: bool,
    /// First year that counts towards the running total. `None` if it counts from the start of the plan, or if
    /// `actual_total` is false.
    pub actual_total_from: Option<YearView>,
    /// First year that counts towards targets that are a total of several years; `None` for other targets.
    pub target_total_from: Option<YearView>,
    /// Note on the whole series; `None` if there is none.
    pub note: Option<&'a str>,
    /// Marks given in the current edition; if that gives none, the newest marks. Empty if no edition gives any.
    pub judgements: Vec<JudgementView<'a>>,
    /// Label of the edition that gave the marks. `None` on permalink pages, if the node has a single sheet, or if there
    /// are no marks.
    pub judged_in: Option<&'a str>,
    /// Result of the declared method, computed by the site; `None` if no method is declared, or one that computes
    /// nothing.
    pub computed: Option<ComputedView<'a>>,
    /// Plain differences, computed by the site. Empty on permalink pages, and if no figures can be compared.
    pub differences: Vec<DifferenceView>,
    /// Chart; `None` if there are too few values.
    pub chart: Option<ChartView>,
    /// How to embed the chart in other websites. `None` without a chart, on all pages but the current page of the node
    /// and that of the chart, and unless `site.toml` offers it.
    pub embed: Option<EmbedView>,
    /// Latest value and target. `None` for a textual indicator, and if it has neither.
    pub key_figures: Option<KeyFiguresView<'a>>,
    /// True if any target was printed.
    pub has_target: bool,
    /// True if any actual, interim or forecast value was printed.
    pub has_value_other_than_target: bool,
    /// True if any year has both a target and another value, so that the table needs two columns.
    pub two_columns: bool,
    /// True if any rate of achievement (達成率) was printed; the table then has a column for it.
    pub has_rate: bool,
    /// True if any of these rates is a number without a unit: a percentage.
    pub rate_in_percent: bool,
    /// True if any rank (順位) was printed; the table then has a column for it.
    pub has_rank: bool,
    /// The same quantity elsewhere, with a column each in the table. Usually empty.
    pub comparisons: Vec<ComparisonView<'a>>,
    /// The same quantity by group, in a table of its own. `None` if the report prints none.
    pub breakdown: Option<BreakdownView<'a>>,
    /// Table with one row for each [`Column`] that has a value: the start of the plan, the years, oldest first, and the
    /// end of the plan. Empty if no value was printed in a column.
    pub lines: Vec<LineView<'a>>,
    /// Values printed outside any column; usually empty.
    pub unplaced: Vec<ValueView<'a>>,
    /// Values that a later edition printed differently; empty if there are none.
    pub revisions: Vec<RevisionView<'a>>,
    /// Notes of single editions on the indicator; empty if there are none.
    pub notes: Vec<EditionNote<'a>>,
    /// Labels of the editions from which the values are taken, oldest first.
    pub editions: Vec<&'a str>,
}

/// Table row for one [`Column`]: a year, the start or the end of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView<'a> {
    /// Year of the column; `None` for the start and the end of the plan.
    pub year: Option<YearView>,
    /// True if the column is the start of the plan: a baseline without a year.
    pub start: bool,
    /// True if targets were set against the actual value of this column.
    pub baseline: bool,
    /// Actual value; `None` if none was printed.
    pub actual: Option<ValueView<'a>>,
    /// Interim value of the year; `None` if none was printed.
    pub interim: Option<ValueView<'a>>,
    /// Value that the publisher expects for the year; `None` if none was printed.
    pub forecast: Option<ValueView<'a>>,
    /// Target; `None` if none was printed.
    pub target: Option<ValueView<'a>>,
    /// Rate of achievement as printed; `None` if none was printed.
    pub rate: Option<ValueView<'a>>,
    /// Rank as printed; `None` if none was printed.
    pub rank: Option<ValueView<'a>>,
    /// Values of [`IndicatorView::comparisons`], in their order; `None` if none was printed.
    pub comparisons: Vec<Option<ValueView<'a>>>,
}

/// The same quantity elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparisonView<'a> {
    /// Name: `県平均`.
    pub name: &'a str,
    /// Survey or statistics; `None` if not given.
    pub source: Option<&'a str>,
    /// Address of the web page of `source`. `None` if not given.
    pub source_url: Option<&'a str>,
}

/// Table of the same quantity by group: a row per group, a column per year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BreakdownView<'a> {
    /// Years, oldest first.
    pub years: Vec<YearView>,
    /// Groups in printed order.
    pub groups: Vec<GroupView<'a>>,
}

/// Row of a [`BreakdownView`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView<'a> {
    /// Name: `男性`.
    pub name: &'a str,
    /// Values by year; `None` if none was printed.
    pub cells: Vec<Option<ValueView<'a>>>,
}

/// Value that a later edition printed differently (改定).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevisionView<'a> {
    /// Series of the value: `actual`, `target`, `forecast`, `interim`, `rate`, `rank`,
    /// `comparison`, `breakdown`.
    pub series: &'static str,
    /// Name of the comparison or group; `None` for the other series.
    pub name: Option<&'a str>,
    /// Year of the column; `None` for the start and the end of the plan.
    pub year: Option<YearView>,
    /// True if the column is the start of the plan.
    pub start: bool,
    /// Earlier value.
    pub before: ValueView<'a>,
    /// Label of the edition that printed the earlier value.
    pub before_edition: &'a str,
    /// Later value.
    pub after: ValueView<'a>,
    /// Label of the edition that printed the later value.
    pub after_edition: &'a str,
}

/// Note of one edition on an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionNote<'a> {
    /// Label of the edition.
    pub edition: &'a str,
    /// Note.
    pub note: &'a str,
}

/// Builds the views of all indicators of a node, from the sheets that the page takes into account. On a page restricted
/// to one edition, indicators without figures in that edition are left out, except steps of a chain that have figures in
/// neither that nor an earlier edition: later editions must not change the page.
pub(crate) fn indicators<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<IndicatorView<'a>> {
    let sheets = context.sheets(id);
    (0..context.report.node(id).indicators.len()).filter_map(|index| indicator(context, id, index, &sheets)).collect()
}

/// Builds the view of a single indicator. `None` if there is no such indicator.
pub(crate) fn single<'a>(context: &ViewContext<'a>, id: IndicatorId) -> Option<IndicatorView<'a>> {
    indicator(context, id.node, id.indicator as usize, &context.sheets(id.node))
}

fn indicator<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    index: usize,
    sheets: &[&'a Sheet],
) -> Option<IndicatorView<'a>> {
    let indicator = context.report.node(id).indicators.get(index)?;
    let series = Series::from_sheets(sheets.iter().copied(), index);
    let figures: Vec<(&'a Sheet, &'a Figures)> =
        sheets.iter().filter_map(|sheet| Some((*sheet, sheet.figures.get(&index)?))).collect();
    // An activity of a chain that has no figures so far is part of every edition.
    let had_figures = |edition| {
        let mut sheets = context.report.node(id).sheets.iter().filter(|sheet| sheet.edition <= edition);
        sheets.any(|sheet| sheet.figures.contains_key(&index))
    };
    if let Some(edition) = context.only_edition
        && figures.is_empty()
        && (indicator.step.is_none() || had_figures(edition))
    {
        return None;
    }
    let label = |edition| context.edition(id.strategy, edition).map_or("", |edition| edition.label.as_str());
    let anchor = context.id(&address::indicator_anchor(&indicator.id));
    let target = IndicatorId::new(id, index);
    let url = address::indicator(context.report, target);

    let edition_context = context.report.strategy(id.strategy).edition_context();
    let cells: Vec<(SeriesKind, Cell<'a, Column>)> = series.cells().collect();
    let editions: BTreeSet<_> = cells.iter().map(|(_, cell)| cell.edition).collect();
    let edition_label = |edition: EditionIx| (editions.len() > 1).then(|| label(edition));
    let view = |series: SeriesKind, cell: Cell<'a, Column>| {
        let figure = Figure::new(edition_context, series, cell);
        ValueView::of_figure(context, id.strategy, indicator.year_kind, &figure).printed_in(edition_label(cell.edition))
    };
    let value_in = |kind: SeriesKind, column: Column| {
        let cell = cells.iter().find(|(series, cell)| *series == kind && cell.column == column)?.1;
        Some(view(kind, cell))
    };
    let line = |column: Column| {
        let value = |kind: SeriesKind| value_in(kind, column);
        LineView {
            year: context.column(indicator, column),
            start: column == Column::Start,
            baseline: indicator.baseline.is_some_and(|baseline| baseline.column() == column),
            actual: value(SeriesKind::Actual),
            interim: value(SeriesKind::Interim),
            forecast: value(SeriesKind::Forecast),
            target: value(SeriesKind::Target),
            rate: value(SeriesKind::Rate),
            rank: value(SeriesKind::Rank),
            comparisons: series.comparisons.keys().map(|index| value(SeriesKind::Comparison(*index))).collect(),
        }
    };
    let is_in_table = |series: &SeriesKind| !matches!(series, SeriesKind::Breakdown(_));
    let columns: BTreeSet<Column> =
        cells.iter().filter(|(series, _)| is_in_table(series)).map(|(_, cell)| cell.column).collect();

    let lines: Vec<LineView<'a>> = columns.into_iter().map(line).collect();

    let current_edition = context.current_sheet(id).map(|sheet| sheet.edition);
    let current_figures = figures.iter().find(|(sheet, _)| Some(sheet.edition) == current_edition);
    let has_judgements = |(_, figures): &&(&'a Sheet, &'a Figures)| !figures.judgements.is_empty();
    let judged_figures = current_figures
        .filter(has_judgements)
        .or_else(|| figures.iter().rev().find(has_judgements))
        .or(current_figures)
        .or(figures.last());
    // If a node has several sheets, its indicator may have marks from an edition other than that of the node's header.
    let several_sheets = context.only_edition.is_none() && sheets.len() > 1;
    let judged_in = judged_figures.map(|(sheet, _)| sheet.edition).filter(|_| several_sheets);
    let sheet_judgements = judged_figures.map_or(&[][..], |(_, figures)| &figures.judgements[..]);
    let has_figures = !figures.is_empty();
    let assessment = match context.only_edition {
        Some(edition) => context.assessments.assessment_in_edition(target, edition),
        None => context.assessments.assessment(target),
    };
    let current_assessment = assessment.filter(|_| context.only_edition.is_none());
    let differences =
        current_assessment.map_or_else(Vec::new, |assessment| differences(context, id, indicator, assessment));
    let key_figures_view = key_figures(context, id.strategy, indicator, &series);
    let key_figures = KeyFigures::from_series(edition_context, &series);
    let chart_title = chart_title::of_indicator(indicator, key_figures_view.as_ref(), &differences, context.texts);
    let sentence = chart_title.as_ref().and_then(|title| chart_title::sentence(&title.title, context.texts));
    let chart_context =
        chart::Context { id: &anchor, title: sentence.as_deref(), texts: context.texts, editions: edition_context };
    let drawn = chart::indicator(indicator, &series, &chart_context);
    let ChartTitle { title, stated_differences, names_target } = chart_title.unwrap_or_default();
    let title_attributes = || {
        let attributes = statement::latest("title", context, id, indicator, &key_figures);
        match differences.first().filter(|_| stated_differences > 0) {
            Some(difference) => attributes.extend(&difference.relation_attributes),
            None => attributes.with_figure("target", key_figures.target.filter(|_| names_target)),
        }
    };
    let chart = drawn.map(|Chart { svg, cut_axis, .. }| {
        let statement = key_figures_view.as_ref().map_or_else(Html::default, |_| title_attributes().html());
        ChartView { svg: Html(svg), cut_axis, title, stated_differences, statement }
    });
    let has_frame = context.report.site.embed && context.only_edition.is_none() && context.print_part.is_none();
    let embed = chart
        .as_ref()
        .filter(|_| has_frame)
        .and_then(|chart| EmbedView::new(context, target, chart, key_figures_view.as_ref()));
    Some(IndicatorView {
        statement: statement::key_figures(context, id, indicator, &key_figures),
        href: context.link(&url),
        name: &indicator.name,
        corrected: corrected_places(
            context,
            id,
            &[("corrected_name", CellKey::IndicatorName(index)), ("corrected_unit", CellKey::IndicatorUnit(index))],
        ),
        role: indicator.role.as_deref(),
        kind: indicator.kind.key(),
        states: &indicator.states,
        definition: indicator.definition.as_deref(),
        formula: indicator.formula.as_deref(),
        source: indicator.source.as_ref().map(|source| source.name.as_str()),
        source_url: indicator.source.as_ref().and_then(url_of),
        unit: indicator.unit.as_deref(),
        better: indicator.better.map(|better| better.key()),
        calendar: indicator.year_kind == YearKind::Calendar,
        step: indicator.step.map(Step::key),
        interval: indicator.interval,
        breaks: indicator.breaks.iter().map(|year| context.year_of(indicator, *year)).collect(),
        actual_total: indicator.actual_total_from.is_some(),
        actual_total_from: indicator.actual_total_from.and_then(|from| match from {
            TotalFrom::Start => None,
            TotalFrom::Year(year) => Some(context.year_of(indicator, year)),
        }),
        target_total_from: indicator.target_total_from.map(|year| context.year_of(indicator, year)),
        note: indicator.note.as_deref(),
        judgements: if has_figures {
            judgements(context, id.strategy, "indicator", sheet_judgements)
        } else {
            Vec::new()
        },
        judged_in: judged_in.map(label).filter(|_| !sheet_judgements.is_empty()),
        computed: assessment.and_then(|assessment| computed(context, id, indicator, assessment)),
        differences,
        chart,
        embed,
        key_figures: key_figures_view,
        has_target: !series.target.is_empty(),
        has_value_other_than_target: lines.iter().any(LineView::has_value_other_than_target),
        two_columns: lines.iter().any(|line| line.has_value_other_than_target() && line.target.is_some()),
        has_rate: !series.rate.is_empty(),
        rate_in_percent: series.rate.iter().any(|cell| cell.value.number().is_some_and(|number| number.unit.is_none())),
        has_rank: !series.rank.is_empty(),
        comparisons: series
            .comparisons
            .keys()
            .filter_map(|index| indicator.comparisons.get(*index))
            .map(|comparison| ComparisonView {
                name: &comparison.name,
                source: comparison.source.as_ref().map(|source| source.name.as_str()),
                source_url: comparison.source.as_ref().and_then(url_of),
            })
            .collect(),
        breakdown: breakdown(context, indicator, &series, value_in),
        lines,
        unplaced: figures
            .iter()
            .flat_map(|(_, f)| &f.unplaced)
            .map(|value| ValueView::new(context, id.strategy, indicator.year_kind, value))
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
    /// Returns true if the line has any value other than a target.
    fn has_value_other_than_target(&self) -> bool {
        self.actual.is_some() || self.interim.is_some() || self.forecast.is_some()
    }
}

fn url_of(source: &DataSource) -> Option<&str> {
    source.url.as_ref().map(|url| url.as_str())
}

/// Builds the table of values by group; `None` without such values.
fn breakdown<'a>(
    context: &ViewContext<'a>,
    indicator: &'a Indicator,
    series: &Series<'a>,
    value: impl Fn(SeriesKind, Column) -> Option<ValueView<'a>>,
) -> Option<BreakdownView<'a>> {
    let years: BTreeSet<FiscalYear> = series.breakdowns.values().flatten().map(|cell| cell.column).collect();
    if years.is_empty() {
        return None;
    }
    let groups = series.breakdowns.keys().filter_map(|index| {
        let cells = years.iter().map(|year| value(SeriesKind::Breakdown(*index), Column::Year(*year))).collect();
        Some(GroupView { name: &indicator.breakdowns.get(*index)?.name, cells })
    });
    let groups = groups.collect();
    Some(BreakdownView { years: years.iter().map(|year| context.year_of(indicator, *year)).collect(), groups })
}

fn revision_view<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    indicator: &'a Indicator,
    revision: &Revision<'a>,
    label: &impl Fn(EditionIx) -> &'a str,
) -> RevisionView<'a> {
    // Interim values and forecasts are not marked as such: the name of the series implies it.
    let value = |cell: &Cell<'a, Column>| match revision.series {
        SeriesKind::Actual | SeriesKind::Target => {
            let figure = Figure::new(context.report.strategy(ix).edition_context(), revision.series, *cell);
            ValueView::of_figure(context, ix, indicator.year_kind, &figure)
        }
        _ => ValueView::new(context, ix, indicator.year_kind, cell.value),
    };
    RevisionView {
        series: revision.series.key(),
        name: indicator.series_name(revision.series),
        year: context.column(indicator, revision.column),
        start: revision.column == Column::Start,
        before: value(&revision.before),
        before_edition: label(revision.before.edition),
        after: value(&revision.after),
        after_edition: label(revision.after.edition),
    }
}
