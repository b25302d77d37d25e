//! Marks of goals, policies and their indicators over all editions: one table for each scale.

use crate::model::{EditionIx, FiscalYear, Judgement, Kind, NodeId, ScaleIx, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::indicator_target;
use crate::site::view::sections::judgement::{MarkView, VerdictView, title_in_lists};
use crate::site::view::sections::mark_columns::verdicts_by_column;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::statement::{self, Attributes};
use crate::site::view::values::time::YearView;
use crate::site::{ReadingOrder, address};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Marks given on one scale, by subject and by edition or year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkHistoryView<'a> {
    /// Id of the table on the page.
    pub anchor: String,
    /// Name of the level of the subjects: `施策`. `None` for indicators.
    pub label: Option<&'a str>,
    /// Title of the scale.
    pub scale: Cow<'a, str>,
    /// Link to the explanation of the scale.
    pub href: String,
    /// Columns in order of time; at least two.
    pub columns: Vec<HistoryColumn<'a>>,
    /// Subjects with any judgement in these columns, in tree order.
    pub lines: Vec<HistoryLine<'a>>,
}

/// Column of a table of marks: an edition, or the year for which marks were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryColumn<'a> {
    /// Year of the edition, or for which the marks were given; `None` if the edition has none.
    pub year: Option<YearView>,
    /// Label of the edition; `None` if the marks of the scale are given by year.
    pub edition: Option<&'a str>,
    /// Stage of the edition: `final`, `interim` or `plan`; `None` if there is no edition.
    pub stage: Option<&'static str>,
    /// Link to the page of the edition; `None` if there is no edition.
    pub href: Option<String>,
}

/// Marks of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryLine<'a> {
    /// Goal, policy or indicator.
    pub of: RefView<'a>,
    /// Judgements, one entry for each column; `None` if none was printed.
    pub given: Vec<Option<VerdictView<'a>>>,
}

/// Number of indicators from which their marks are not tabulated.
const MAX_INDICATORS: usize = 100;

/// Column of a table, in order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Edition(EditionIx),
    Year(FiscalYear),
}

/// Subject of judgements.
struct Subject<'a> {
    of: RefView<'a>,
    /// Key in statements.
    key: String,
    /// Judgements by edition, oldest first.
    given: Vec<(EditionIx, &'a [Judgement])>,
}

/// Builds the tables of all scales on which goals, policies or their indicators were given marks in at least two editions,
/// or for at least two years.
pub(crate) fn mark_histories<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    order: &ReadingOrder,
) -> Vec<MarkHistoryView<'a>> {
    if context.report.strategy(ix).shown_editions().nth(1).is_none() {
        return Vec::new();
    }
    let mut all = Vec::new();
    let mut of_indicators = Vec::new();
    for kind in [Kind::Goal, Kind::Policy] {
        let nodes = order.of_kind(kind);
        let label = Some(context.report.strategy(ix).label(kind));
        let subjects: Vec<Subject<'a>> = nodes.iter().map(|id| of_node(context, *id)).collect();
        all.extend(of_subjects(context, ix, (kind.key(), label), &subjects));
        of_indicators.extend(nodes.iter().flat_map(|id| indicators(context, *id)));
    }
    if of_indicators.len() < MAX_INDICATORS {
        all.extend(of_subjects(context, ix, ("indicator", None), &of_indicators));
    }
    all
}

fn of_node<'a>(context: &ViewContext<'a>, id: NodeId) -> Subject<'a> {
    let sheets = context.sheets(id).into_iter();
    Subject {
        of: RefView::of_node(context, id.strategy, id),
        key: statement::node_key(context, id),
        given: sheets.map(|sheet| (sheet.edition, &sheet.judgements[..])).collect(),
    }
}

fn indicators<'a>(context: &ViewContext<'a>, id: NodeId) -> Vec<Subject<'a>> {
    let sheets = context.sheets(id);
    let indicators = context.report.node(id).indicators.iter().enumerate();
    let subject = |(index, indicator)| Subject {
        of: RefView::new(context, id.strategy, indicator_target(id, index)),
        key: statement::indicator_key(context, id, indicator),
        given: sheets
            .iter()
            .filter_map(|sheet| Some((sheet.edition, &sheet.figures.get(&index)?.judgements[..])))
            .collect(),
    };
    indicators.map(subject).collect()
}

fn of_subjects<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    (kind, label): (&str, Option<&'a str>),
    subjects: &[Subject<'a>],
) -> Vec<MarkHistoryView<'a>> {
    let strategy = context.report.strategy(ix);
    // By scale, and whether its marks are given by year: verdicts by subject and column.
    let mut tables: BTreeMap<(ScaleIx, bool), BTreeMap<(usize, Column), VerdictView<'a>>> = BTreeMap::new();
    for (index, subject) in subjects.iter().enumerate() {
        for (edition, judgements) in &subject.given {
            for (key, verdict) in verdicts_by_column(context, ix, kind, judgements) {
                let column = key.year().map_or(Column::Edition(*edition), Column::Year);
                let table = tables.entry((key.scale(), key.year().is_some())).or_default();
                // The meanings of marks, repeated in every cell, would hide the pattern.
                let brief = |mark: MarkView<'a>| MarkView {
                    silent: mark.silent || mark.meaning.is_some() && mark.tone != "neutral",
                    meaning: None,
                    ..mark
                };
                let verdict = VerdictView { marks: verdict.marks.into_iter().map(brief).collect(), ..verdict };
                // Of several editions that give marks for the same year, the latest takes precedence.
                table.insert((index, column), verdict);
            }
        }
    }
    let table = |((scale_ix, _), mut verdicts): ((ScaleIx, bool), BTreeMap<(usize, Column), VerdictView<'a>>)| {
        let scale = strategy.scales.get(scale_ix.0)?;
        let marked = verdicts.iter().filter(|(_, verdict)| !verdict.marks.is_empty());
        let columns: BTreeSet<Column> = marked.map(|((_, column), _)| *column).collect();
        if columns.len() < 2 {
            return None;
        }
        let lines = subjects.iter().enumerate().filter_map(|(index, subject)| {
            let given = columns.iter().map(|column| {
                let verdict = verdicts.remove(&(index, *column))?;
                Some(verdict.with_statement(attributes(context, ix, &subject.key, &scale.id, *column)))
            });
            let given: Vec<_> = given.collect();
            given.iter().any(Option::is_some).then(|| HistoryLine { of: subject.of.clone(), given })
        });
        Some(MarkHistoryView {
            lines: lines.collect(),
            anchor: format!("history-{kind}-{}", scale.id),
            label,
            scale: title_in_lists(context, scale),
            href: context.link(&address::scale(strategy, &scale.id)),
            columns: columns.iter().filter_map(|column| column_view(context, ix, *column)).collect(),
        })
    };
    tables.into_iter().filter_map(table).collect()
}

fn attributes(context: &ViewContext<'_>, ix: StrategyIx, subject: &str, scale: &str, column: Column) -> Attributes {
    let edition = match column {
        Column::Edition(edition) => context.edition(ix, edition).map(|edition| edition.id.as_str()),
        Column::Year(_) => None,
    };
    Attributes::statement("grade").with("of", subject).with("scale", scale).with_optional("edition", edition)
}

fn column_view<'a>(context: &ViewContext<'a>, ix: StrategyIx, column: Column) -> Option<HistoryColumn<'a>> {
    Some(match column {
        Column::Edition(edition) => {
            let edition = context.edition(ix, edition)?;
            HistoryColumn {
                year: edition.year.map(|year| context.year(year)),
                edition: Some(&edition.label),
                stage: Some(edition.stage.key()),
                href: Some(context.link(&address::edition(context.report.strategy(ix), edition))),
            }
        }
        Column::Year(year) => HistoryColumn { year: Some(context.year(year)), edition: None, stage: None, href: None },
    })
}
