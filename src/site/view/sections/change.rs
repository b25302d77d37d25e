//! Changes from one edition to the next, of single nodes or of a whole strategy.

use crate::model::{
    AmountTable, Cell, Column, EditionIx, Figure, FiscalYear, Judgement, Kind, Node, NodeId, Owner, Revision, Series,
    SeriesKind, Sheet, Stage, StrategyIx, Value,
};
use crate::site::view::context::ViewContext;
use crate::site::view::indicator_target;
use crate::site::view::sections::amount_column;
use crate::site::view::sections::judgement::VerdictView;
use crate::site::view::sections::mark_columns::{self, MarkColumn, MarkColumnKey};
use crate::site::view::sections::node_header;
use crate::site::view::values::reference::RefView;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Changes from one edition to the next. Lists without changes are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangesView<'a> {
    /// Id of the later edition.
    pub edition: &'a str,
    /// Label of the previous edition.
    pub before: &'a str,
    /// Label of the edition with which the programs are compared: the last earlier one of the same stage, because an
    /// interim report may leave programs out. `None` if there is none, or if one of the two has no sheets of programs;
    /// `new`, `gone` and `renamed` are then empty.
    pub compared: Option<&'a str>,
    /// Figures that an earlier edition printed differently.
    pub figures: Vec<FigureChange<'a>>,
    /// Interim figures that were replaced by figures of the completed year.
    pub completed: Vec<FigureChange<'a>>,
    /// Targets that an earlier edition printed differently.
    pub targets: Vec<FigureChange<'a>>,
    /// Amounts that an earlier edition printed differently.
    pub amounts: Vec<AmountChange<'a>>,
    /// Marks that differ from the latest earlier ones.
    pub marks: Vec<MarkChange<'a>>,
    /// Programs printed for the first time, with their predecessors.
    pub new: Vec<NewProgram<'a>>,
    /// Programs that are no longer printed, with their successors.
    pub gone: Vec<GoneProgram<'a>>,
    /// Nodes with a different name.
    pub renamed: Vec<Renamed<'a>>,
    /// Facts beside the names of nodes that differ from those in the last earlier edition with a sheet of the node:
    /// departments, period, fields.
    pub facts: Vec<FactChange<'a>>,
    /// True if all lists are empty.
    pub is_empty: bool,
}

/// Changed figure of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureChange<'a> {
    /// Indicator.
    pub indicator: RefView<'a>,
    /// Series: `actual`, `target`, `forecast`, `interim`.
    pub series: &'static str,
    /// Year of the column; `None` for the start and the end of the plan.
    pub year: Option<YearView>,
    /// True if the column is the start of the plan.
    pub start: bool,
    /// Earlier figure.
    pub before: ValueView<'a>,
    /// Label of the edition that printed the earlier figure.
    pub before_edition: &'a str,
    /// Later figure.
    pub after: ValueView<'a>,
}

/// Changed amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountChange<'a> {
    /// Node to which the amount belongs.
    pub node: RefView<'a>,
    /// Id of the phase: `budget`, `settlement`, `plan`, or a declared one.
    pub phase: &'a str,
    /// Id of the kind of money; `None` for what `[money]` itself holds.
    pub money: Option<&'a str>,
    /// Title: `決算額`, `人件費（決算額）`.
    pub title: Cow<'a, str>,
    /// Fiscal year; `None` for an amount over all years.
    pub year: Option<YearView>,
    /// Earlier amount.
    pub before: ValueView<'a>,
    /// Label of the edition that printed the earlier amount.
    pub before_edition: &'a str,
    /// Later amount.
    pub after: ValueView<'a>,
}

/// Changed mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkChange<'a> {
    /// Node or indicator with the mark.
    pub of: RefView<'a>,
    /// Scale, and year if the marks of the scale are given by year.
    pub column: MarkColumn<'a>,
    /// Earlier mark.
    pub before: VerdictView<'a>,
    /// Label of the edition that gave the earlier mark.
    pub before_edition: &'a str,
    /// Later mark.
    pub after: VerdictView<'a>,
}

/// Program printed for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewProgram<'a> {
    /// Program.
    pub program: RefView<'a>,
    /// Programs that were split or merged into it; empty if there are none.
    pub succeeds: Vec<RefView<'a>>,
}

/// Program that is no longer printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoneProgram<'a> {
    /// Program.
    pub program: RefView<'a>,
    /// Programs with a sheet in the later edition into which it was split or merged; empty if there are none.
    pub succeeded_by: Vec<RefView<'a>>,
}

/// Node with a different name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renamed<'a> {
    /// Node.
    pub node: RefView<'a>,
    /// Name in the earlier edition.
    pub before: &'a str,
    /// Name in the later edition.
    pub after: &'a str,
}

/// Changed fact beside the name of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactChange<'a> {
    /// Node.
    pub node: RefView<'a>,
    /// Title of the fact: `担当`, `実施方法`.
    pub title: &'a str,
    /// Earlier words.
    pub before: String,
    /// Label of the edition that printed the earlier words.
    pub before_edition: &'a str,
    /// Later words.
    pub after: String,
}

impl ChangesView<'_> {
    /// Number of all changes.
    pub(crate) fn count(&self) -> usize {
        let figures = self.figures.len() + self.completed.len() + self.targets.len();
        let programs = self.new.len() + self.gone.len() + self.renamed.len();
        figures + self.amounts.len() + self.marks.len() + self.facts.len() + programs
    }
}

/// Changes in `nodes` made by the edition `edition_ix` since the previous one. `None` for the first edition.
pub(crate) fn changes<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    edition_ix: EditionIx,
    nodes: &[NodeId],
) -> Option<ChangesView<'a>> {
    let strategy = context.report.strategy(ix);
    let edition = context.edition(ix, edition_ix)?;
    let (_, before) = strategy.shown_editions().rfind(|(earlier, _)| *earlier < edition_ix)?;
    let comparable_edition =
        strategy.shown_editions().rfind(|(earlier, other)| *earlier < edition_ix && other.stage == edition.stage);
    // An edition without sheets of programs does not show which programs are new.
    let programs = || context.report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program);
    let has_programs = |edition: EditionIx| programs().any(|(_, node)| node.sheet(edition).is_some());
    let comparable_edition =
        comparable_edition.filter(|(earlier, _)| has_programs(*earlier) && has_programs(edition_ix));
    let mut changes = ChangesView {
        edition: &edition.id,
        before: &before.label,
        compared: comparable_edition.map(|(_, edition)| edition.label.as_str()),
        figures: Vec::new(),
        completed: Vec::new(),
        targets: Vec::new(),
        amounts: Vec::new(),
        marks: Vec::new(),
        new: Vec::new(),
        gone: Vec::new(),
        renamed: Vec::new(),
        facts: Vec::new(),
        is_empty: false,
    };
    for id in nodes {
        let node = context.report.node(*id);
        if let Some(sheet) = node.sheet(edition_ix) {
            let earlier: Vec<&'a Sheet> = node.sheets.iter().filter(|other| other.edition < edition_ix).collect();
            figures(context, *id, node, edition_ix, &mut changes);
            amounts(context, *id, sheet, &earlier, &mut changes);
            marks(context, *id, sheet, &earlier, &mut changes);
            facts(context, *id, sheet, &earlier, &mut changes);
        }
        if let Some((comparable_ix, _)) = comparable_edition {
            program_changes(context, *id, node, (comparable_ix, edition_ix), &mut changes);
            renamed(context, *id, node, (comparable_ix, edition_ix), &mut changes);
        }
    }
    changes.is_empty = changes.count() == 0;
    Some(changes)
}

/// Changes in a node and in the programs of its rows in the newest edition of the node, since the last earlier edition
/// with a sheet of any of them. `None` if the node has fewer than two sheets.
pub(crate) fn changes_since_previous<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<ChangesView<'a>> {
    let [.., _, newest] = &context.report.node(id).sheets[..] else { return None };
    let programs = context.report.rows(Owner::Node(id)).map(|(_, program)| program);
    let nodes: Vec<NodeId> = std::iter::once(id).chain(programs).collect();
    let sheets = nodes.iter().flat_map(|id| &context.report.node(*id).sheets);
    let before = sheets.map(|sheet| sheet.edition).filter(|edition| *edition < newest.edition).max();
    let before = before.and_then(|before| context.edition(id.strategy, before));
    let changes = changes(context, id.strategy, newest.edition, &nodes)?;
    Some(ChangesView { before: before.map_or(changes.before, |edition| &edition.label), ..changes })
}

/// Judgements of a sheet by subject: the index of the indicator, or `None` for the node itself; the kind of the
/// subject; and its judgements.
pub(crate) fn judgements_by_subject(sheet: &Sheet, kind: Kind) -> Vec<(Option<usize>, &'static str, &[Judgement])> {
    let node_judgements = (None, kind.key(), &sheet.judgements[..]);
    let figures = sheet.figures.iter();
    let indicator_judgements = figures.map(|(index, figures)| (Some(*index), "indicator", &figures.judgements[..]));
    std::iter::once(node_judgements).chain(indicator_judgements).collect()
}

/// Adds the figures that `edition` printed differently from an earlier edition.
fn figures<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    node: &'a Node,
    edition: EditionIx,
    changes: &mut ChangesView<'a>,
) {
    let timeline = context.report.strategy(id.strategy).edition_context();
    let up_to_now = || node.sheets.iter().filter(|sheet| sheet.edition <= edition);
    for (index, indicator) in node.indicators.iter().enumerate() {
        let series = Series::from_sheets(up_to_now(), index);
        let is_listed = |revision: &&Revision<'_>| revision.after.edition == edition && revision.series.is_own();
        for revision in series.revisions.iter().filter(is_listed) {
            let figure = |cell: &Cell<'a, Column>| Figure::new(timeline, revision.series, *cell);
            let change = FigureChange {
                indicator: RefView::new(context, id.strategy, indicator_target(id, index)),
                series: revision.series.key(),
                year: context.column(indicator, revision.column),
                start: revision.column == Column::Start,
                before: ValueView::of_figure(context, id.strategy, indicator.year_kind, &figure(&revision.before)),
                before_edition: label(context, id.strategy, revision.before.edition),
                after: ValueView::of_figure(context, id.strategy, indicator.year_kind, &figure(&revision.after)),
            };
            if revision.series == SeriesKind::Target {
                changes.targets.push(change);
            } else if is_interim_for_own_year(context, id.strategy, &revision.before)
                && !is_interim_for_own_year(context, id.strategy, &revision.after)
            {
                changes.completed.push(change);
            } else {
                changes.figures.push(change);
            }
        }
    }
}

fn label<'a>(context: &ViewContext<'a>, ix: StrategyIx, edition: EditionIx) -> &'a str {
    context.edition(ix, edition).map_or("", |edition| edition.label.as_str())
}

/// Returns true if an interim edition printed the value for its own year.
fn is_interim_for_own_year(context: &ViewContext<'_>, ix: StrategyIx, cell: &Cell<'_, Column>) -> bool {
    context
        .edition(ix, cell.edition)
        .is_some_and(|edition| edition.stage == Stage::Interim && edition.year.map(Column::Year) == Some(cell.column))
}

fn amounts<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    sheet: &'a Sheet,
    earlier: &[&'a Sheet],
    changes: &mut ChangesView<'a>,
) {
    for (key, year, after) in sheet.money.all() {
        let amount = |edition: EditionIx, value: &'a Value| match year {
            Some(column) => {
                let cell = Cell { column, value, edition };
                ValueView::of_amount(context, id.strategy, key.is_result(), cell)
            }
            None => ValueView::of_share(context, id.strategy, key, value),
        };
        let mut printed = earlier.iter().rev().filter_map(|sheet| Some((sheet.edition, sheet.money.get(key, year)?)));
        let is_change = |(edition, before): &(EditionIx, &Value)| {
            // A placeholder for a year that is not over yet announces an amount; the amount is new.
            let is_announced =
                before.is_missing() && year.is_some_and(|year| !is_over(context, id.strategy, *edition, year));
            !is_announced && !before.prints_same(after)
        };
        if let Some((edition, before)) = printed.next().filter(is_change) {
            changes.amounts.push(AmountChange {
                node: RefView::of_node(context, id.strategy, id),
                phase: amount_column::phase_id(context, id.strategy, key.phase),
                money: amount_column::money_id(context, id.strategy, key),
                title: amount_column::title(context, id.strategy, AmountTable::Money, key),
                year: year.map(|year| context.year(year)),
                before: amount(edition, before),
                before_edition: label(context, id.strategy, edition),
                after: amount(sheet.edition, after),
            });
        }
    }
}

/// Returns true if `year` is before the year of an edition, or if the latter is unknown.
fn is_over(context: &ViewContext<'_>, ix: StrategyIx, edition: EditionIx, year: FiscalYear) -> bool {
    context.edition(ix, edition).and_then(|edition| edition.year).is_none_or(|reported| year < reported)
}

fn marks<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    sheet: &'a Sheet,
    earlier: &[&'a Sheet],
    changes: &mut ChangesView<'a>,
) {
    let strategy = context.report.strategy(id.strategy);
    let kind = context.report.node(id).kind;
    for (indicator, subject_kind, judgements) in judgements_by_subject(sheet, kind) {
        let verdicts = mark_columns::verdicts_by_judge(context, id.strategy, subject_kind, judgements);
        let earlier = earlier.iter().rev().filter_map(|sheet| match indicator {
            None => Some((sheet.edition, &sheet.judgements[..])),
            Some(index) => sheet.figures.get(&index).map(|figures| (sheet.edition, &figures.judgements[..])),
        });
        let mut before: BTreeMap<MarkColumnKey, (EditionIx, VerdictView<'a>)> = BTreeMap::new();
        for (edition, judgements) in earlier {
            for (key, verdict) in mark_columns::verdicts_by_judge(context, id.strategy, subject_kind, judgements) {
                if !is_not_judged_by(key, &verdict) {
                    before.entry(key).or_insert((edition, verdict));
                }
            }
        }
        let subject = match indicator {
            None => RefView::of_node(context, id.strategy, id),
            Some(index) => RefView::new(context, id.strategy, indicator_target(id, index)),
        };
        for (key, after) in verdicts.into_iter().filter(|(key, after)| !is_not_judged_by(*key, after)) {
            let before = before.remove(&key).filter(|(_, before)| !same_mark(before, &after));
            let Some((edition, before)) = before else { continue };
            let Some(column) = mark_columns::mark_column(context, strategy, key) else { continue };
            let before_edition = label(context, id.strategy, edition);
            changes.marks.push(MarkChange { of: subject.clone(), column, before, before_edition, after });
        }
    }
}

/// Returns true if one of several judges gave no mark: judges need not judge in every edition.
fn is_not_judged_by(key: MarkColumnKey, verdict: &VerdictView<'_>) -> bool {
    key.judge().is_some() && verdict.missing.is_some()
}

fn same_mark(one: &VerdictView<'_>, other: &VerdictView<'_>) -> bool {
    (&one.marks, &one.points, one.missing, one.lost) == (&other.marks, &other.points, other.missing, other.lost)
}

/// Adds the facts that `sheet` prints differently from the last earlier sheet. A fact that one of the two leaves out is
/// no change.
fn facts<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    sheet: &'a Sheet,
    earlier: &[&'a Sheet],
    changes: &mut ChangesView<'a>,
) {
    let Some(last) = earlier.last() else { return };
    let before_edition = label(context, id.strategy, last.edition);
    let mut before = node_header::facts_in(context, id, last);
    for (title, after) in node_header::facts_in(context, id, sheet) {
        let Some(before) = before.remove(title).filter(|before| *before != after) else { continue };
        let node = RefView::of_node(context, id.strategy, id);
        changes.facts.push(FactChange { node, title, before, before_edition, after });
    }
}

fn program_changes<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    node: &Node,
    (before, after): (EditionIx, EditionIx),
    changes: &mut ChangesView<'a>,
) {
    if node.kind != Kind::Program {
        return;
    }
    let relations = context.report.relations(id);
    let (was_printed, is_printed) = (node.sheet(before).is_some(), node.sheet(after).is_some());
    let printed_earlier = node.sheets.iter().any(|sheet| sheet.edition < after);
    let program = RefView::of_node(context, id.strategy, id);
    if is_printed && !printed_earlier {
        changes
            .new
            .push(NewProgram { program, succeeds: RefView::of_nodes(context, id.strategy, &relations.succeeds) });
    } else if was_printed && !is_printed {
        let printed = relations.succeeded_by.iter().filter(|other| context.report.node(**other).sheet(after).is_some());
        let successors: BTreeSet<NodeId> = printed.copied().collect();
        let successors: Vec<NodeId> = successors.into_iter().collect();
        changes.gone.push(GoneProgram { program, succeeded_by: RefView::of_nodes(context, id.strategy, &successors) });
    }
}

/// Adds the node if its names in the years of the two editions differ.
fn renamed<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    node: &'a Node,
    (before, after): (EditionIx, EditionIx),
    changes: &mut ChangesView<'a>,
) {
    let name = |edition: EditionIx| {
        node.sheet(edition)?;
        let year = context.edition(id.strategy, edition)?.year?;
        let printed = node.printed.iter().find(|(printed, _)| *printed == year);
        Some(printed.map_or(node.name.as_str(), |(_, printed)| printed.name.as_str()))
    };
    let (Some(before), Some(after)) = (name(before), name(after)) else { return };
    if before != after {
        changes.renamed.push(Renamed { node: RefView::of_node(context, id.strategy, id), before, after });
    }
}
