//! What changed from one edition to the next, in single nodes or in a whole strategy.

use crate::model::{
    Cell, Column, EditionIx, Figure, Judgement, Kind, MoneyKind, Node, NodeId, Owner, Series, SeriesKind, Sheet, Stage,
    StrategyIx, Value,
};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::GivenView;
use crate::site::view::sections::list::{self, GivenByColumn, JudgedColumn};
use crate::site::view::values::reference::RefView;
use crate::site::view::values::time::YearView;
use crate::site::view::values::value::ValueView;
use serde::Serialize;
use std::collections::BTreeSet;

/// What changed from one edition to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangesView<'a> {
    /// The id of the edition that made the changes.
    pub edition: &'a str,
    /// The label of the edition before.
    pub before: &'a str,
    /// The label of the edition with which the programs are compared: the last one of the
    /// same stage, for an interim report may leave programs out.
    pub compared: Option<&'a str>,
    /// Figures that had been printed differently.
    pub figures: Vec<FigureChange<'a>>,
    /// Interim figures whose year is over now.
    pub completed: Vec<FigureChange<'a>>,
    /// Targets that had been printed differently.
    pub targets: Vec<FigureChange<'a>>,
    /// Amounts that had been printed differently.
    pub amounts: Vec<AmountChange<'a>>,
    /// Marks that are others than before.
    pub marks: Vec<MarkChange<'a>>,
    /// Programs that are printed for the first time, with what they succeed.
    pub new: Vec<NewProgram<'a>>,
    /// Programs that are not printed any more, with what succeeds them.
    pub gone: Vec<GoneProgram<'a>>,
    /// Nodes that bear another name.
    pub renamed: Vec<Renamed<'a>>,
}

/// A figure of an indicator that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureChange<'a> {
    /// The indicator.
    pub indicator: RefView<'a>,
    /// The year; none for the start and the end of the plan.
    pub year: Option<YearView>,
    /// Whether it is the start of the plan.
    pub start: bool,
    /// As it had been.
    pub before: ValueView<'a>,
    /// The edition that printed it.
    pub before_edition: &'a str,
    /// As it is now.
    pub after: ValueView<'a>,
}

/// An amount that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountChange<'a> {
    /// Whose amount it is.
    pub node: RefView<'a>,
    /// `budget`, `settlement` or `plan`.
    pub kind: &'static str,
    /// The key of its title in the texts of the theme: `budget`, `settlement` or `planned`.
    pub title: &'static str,
    /// The year.
    pub year: YearView,
    /// As it had been.
    pub before: ValueView<'a>,
    /// As it is now.
    pub after: ValueView<'a>,
}

/// A mark that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkChange<'a> {
    /// What bears it: a node or an indicator.
    pub of: RefView<'a>,
    /// The scale.
    pub column: JudgedColumn<'a>,
    /// As it had been.
    pub before: GivenView<'a>,
    /// As it is now.
    pub after: GivenView<'a>,
}

/// A program that is printed for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewProgram<'a> {
    /// The program.
    pub program: RefView<'a>,
    /// What was split or merged into it.
    pub succeeds: Vec<RefView<'a>>,
}

/// A program that is not printed any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoneProgram<'a> {
    /// The program.
    pub program: RefView<'a>,
    /// What it was split or merged into.
    pub succeeded_by: Vec<RefView<'a>>,
}

/// A node that bears another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renamed<'a> {
    /// The node.
    pub node: RefView<'a>,
    /// Its name in the edition before.
    pub before: &'a str,
    /// Its name in this edition.
    pub after: &'a str,
}

/// What `at` changed in `nodes` since the edition before it. `None` in the first edition.
pub(crate) fn changes<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    at: EditionIx,
    nodes: &[NodeId],
) -> Option<ChangesView<'a>> {
    let strategy = context.report.strategy(ix);
    let edition = context.edition(ix, at)?;
    let (_, before) = strategy.shown_editions().rfind(|(place, _)| *place < at)?;
    let alike = strategy.shown_editions().rfind(|(place, other)| *place < at && other.stage == edition.stage);
    // An edition that holds no programs at all says nothing of which are new.
    let programs = || context.report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program);
    let holds_programs = |at: EditionIx| programs().any(|(_, node)| node.sheet(at).is_some());
    let alike = alike.filter(|(alike, _)| holds_programs(*alike) && holds_programs(at));
    let mut changes = ChangesView {
        edition: &edition.id,
        before: &before.label,
        compared: alike.map(|(_, edition)| edition.label.as_str()),
        figures: Vec::new(),
        completed: Vec::new(),
        targets: Vec::new(),
        amounts: Vec::new(),
        marks: Vec::new(),
        new: Vec::new(),
        gone: Vec::new(),
        renamed: Vec::new(),
    };
    for id in nodes {
        let node = context.report.node(*id);
        if let Some(sheet) = node.sheet(at) {
            let earlier: Vec<&'a Sheet> = node.sheets.iter().filter(|other| other.edition < at).collect();
            figures(context, *id, node, at, &mut changes);
            amounts(context, *id, sheet, &earlier, &mut changes);
            marks(context, *id, sheet, &earlier, &mut changes);
        }
        if let Some((alike, _)) = alike {
            coming_and_going(context, *id, node, (alike, at), &mut changes);
            renamed(context, *id, node, (alike, at), &mut changes);
        }
    }
    Some(changes)
}

/// What the newest edition of a node changed in it, and in the programs of its rows, since the
/// edition before that told of any of them. `None` where it has no two.
pub(crate) fn since_last<'a>(context: &ViewContext<'a>, id: NodeId) -> Option<ChangesView<'a>> {
    let [.., _, newest] = &context.report.node(id).sheets[..] else { return None };
    let programs = context.report.rows(Owner::Node(id)).map(|(_, program)| program);
    let nodes: Vec<NodeId> = std::iter::once(id).chain(programs).collect();
    let sheets = nodes.iter().flat_map(|id| &context.report.node(*id).sheets);
    let before = sheets.map(|sheet| sheet.edition).filter(|edition| *edition < newest.edition).max();
    let before = before.and_then(|before| context.edition(id.strategy, before));
    let changes = changes(context, id.strategy, newest.edition, &nodes)?;
    Some(ChangesView { before: before.map_or(changes.before, |edition| &edition.label), ..changes })
}

/// What a sheet judges: the node itself, and its indicators by place.
pub(crate) fn judged(sheet: &Sheet, kind: Kind) -> Vec<(Option<usize>, &'static str, &[Judgement])> {
    let own = (None, kind.key(), &sheet.judgements[..]);
    let figures = sheet.figures.iter().map(|(place, figures)| (Some(*place), "indicator", &figures.judgements[..]));
    std::iter::once(own).chain(figures).collect()
}

/// What this edition prints otherwise than the latest that printed it before.
fn figures<'a>(context: &ViewContext<'a>, id: NodeId, node: &'a Node, at: EditionIx, changes: &mut ChangesView<'a>) {
    let label = |edition: EditionIx| context.edition(id.strategy, edition).map_or("", |edition| edition.label.as_str());
    let timeline = context.report.strategy(id.strategy).timeline();
    let up_to_now = || node.sheets.iter().filter(|sheet| sheet.edition <= at);
    for (place, indicator) in node.indicators.iter().enumerate() {
        let series = Series::of_sheets(up_to_now(), place);
        for revision in series.revisions.iter().filter(|revision| revision.after.edition == at) {
            let figure = |cell: &Cell<'a, Column>| Figure::new(timeline, revision.series, *cell);
            let change = FigureChange {
                indicator: RefView::new(context, id.strategy, crate::site::view::indicator_id(id, place)),
                year: context.column(indicator, revision.column),
                start: revision.column == Column::Start,
                before: ValueView::of_figure(context, id.strategy, indicator.year_kind, &figure(&revision.before)),
                before_edition: label(revision.before.edition),
                after: ValueView::of_figure(context, id.strategy, indicator.year_kind, &figure(&revision.after)),
            };
            if revision.series == SeriesKind::Target {
                changes.targets.push(change);
            } else if of_running_year(context, id.strategy, &revision.before)
                && !of_running_year(context, id.strategy, &revision.after)
            {
                changes.completed.push(change);
            } else {
                changes.figures.push(change);
            }
        }
    }
}

/// Whether an interim edition printed the value for its own year.
fn of_running_year(context: &ViewContext<'_>, ix: StrategyIx, cell: &Cell<'_, Column>) -> bool {
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
    for (kind, years) in &sheet.money {
        for (year, after) in years {
            let cell = |sheet: &Sheet, value: &'a Value| Cell { column: *year, value, edition: sheet.edition };
            let amount = |cell| ValueView::of_amount(context, id.strategy, kind.is_result(), cell);
            let mut printed =
                earlier.iter().rev().filter_map(|sheet| Some(cell(sheet, sheet.money.get(kind)?.get(year)?)));
            if let Some(before) = printed.next().filter(|before| !before.value.same_figure(after)) {
                changes.amounts.push(AmountChange {
                    node: RefView::of_node(context, id.strategy, id),
                    kind: MoneyKind::key(*kind),
                    title: kind.title(),
                    year: context.year(*year),
                    before: amount(before),
                    after: amount(cell(sheet, after)),
                });
            }
        }
    }
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
    for (place, of, judgements) in judged(sheet, kind) {
        let now = list::given(context, id.strategy, of, judgements);
        let earlier = earlier.iter().rev().filter_map(|sheet| match place {
            None => Some(&sheet.judgements[..]),
            Some(place) => sheet.figures.get(&place).map(|figures| &figures.judgements[..]),
        });
        let mut before = GivenByColumn::new();
        for judgements in earlier {
            for (key, given) in list::given(context, id.strategy, of, judgements) {
                before.entry(key).or_insert(given);
            }
        }
        let of = match place {
            None => RefView::of_node(context, id.strategy, id),
            Some(place) => RefView::new(context, id.strategy, crate::site::view::indicator_id(id, place)),
        };
        for (key, after) in now {
            let Some(before) = before.remove(&key).filter(|before| !same_mark(before, &after)) else { continue };
            let Some(column) = list::column(context, strategy, key) else { continue };
            changes.marks.push(MarkChange { of: of.clone(), column, before, after });
        }
    }
}

fn same_mark(one: &GivenView<'_>, other: &GivenView<'_>) -> bool {
    (&one.marks, one.missing, one.lost) == (&other.marks, other.missing, other.lost)
}

fn coming_and_going<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    node: &Node,
    (before, at): (EditionIx, EditionIx),
    changes: &mut ChangesView<'a>,
) {
    if node.kind != Kind::Program {
        return;
    }
    let relations = context.report.relations(id);
    let (was, is) = (node.sheet(before).is_some(), node.sheet(at).is_some());
    let ever = node.sheets.iter().any(|sheet| sheet.edition < at);
    let program = RefView::of_node(context, id.strategy, id);
    if is && !ever {
        changes
            .new
            .push(NewProgram { program, succeeds: RefView::of_nodes(context, id.strategy, &relations.succeeds) });
    } else if was && !is {
        let heirs = relations.succeeded_by.iter().filter(|heir| context.report.node(**heir).sheet(at).is_some());
        let heirs: BTreeSet<NodeId> = heirs.copied().collect();
        let heirs: Vec<NodeId> = heirs.into_iter().collect();
        changes.gone.push(GoneProgram { program, succeeded_by: RefView::of_nodes(context, id.strategy, &heirs) });
    }
}

/// Names as they were printed in the years of the two editions.
fn renamed<'a>(
    context: &ViewContext<'a>,
    id: NodeId,
    node: &'a Node,
    (before, at): (EditionIx, EditionIx),
    changes: &mut ChangesView<'a>,
) {
    let name = |edition: EditionIx| {
        node.sheet(edition)?;
        let year = context.edition(id.strategy, edition)?.year?;
        let printed = node.printed.iter().find(|(printed, _)| *printed == year);
        Some(printed.map_or(node.name.as_str(), |(_, printed)| printed.name.as_str()))
    };
    let (Some(before), Some(after)) = (name(before), name(at)) else { return };
    if before != after {
        changes.renamed.push(Renamed { node: RefView::of_node(context, id.strategy, id), before, after });
    }
}
