//! One edition as a whole: its document, its marks, and what changed since the one before.

use super::document::EditionView;
use super::here::Here;
use super::judgement::{GivenView, MarkView};
use super::layout::Layout;
use super::list::{self, ColumnKey, Given, JudgedColumn};
use super::reference::RefView;
use super::time::YearView;
use super::value::ValueView;
use crate::model::{
    Cell, Column, Edition, EditionIx, Judgement, Kind, MoneyKind, Node, NodeId, Series, Sheet, Stage, StrategyIx,
    Verdict,
};
use crate::site::{Order, address};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One edition of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionPageView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// The edition and its document.
    pub edition: EditionView<'a>,
    /// The editions of the strategy, newest first.
    pub editions: Vec<EditionLink<'a>>,
    /// How often each mark was given.
    pub counts: Vec<MarkCounts<'a>>,
    /// What changed since the edition before; none in the first.
    pub changes: Option<ChangesView<'a>>,
    /// What the edition says something of, by kind.
    pub sheets: Vec<SheetsOfKind<'a>>,
}

/// A link to an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionLink<'a> {
    /// Its label.
    pub label: &'a str,
    /// The link.
    pub href: String,
    /// Whether it is the one on whose page the link stands.
    pub here: bool,
}

/// How often the marks of one scale were given to one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkCounts<'a> {
    /// The scale.
    pub column: JudgedColumn<'a>,
    /// The marks of the scale with how often each was given, 0 among them; none where all
    /// are lost.
    pub marks: Vec<MarkCount<'a>>,
    /// How often it was printed that none was given.
    pub missing: usize,
    /// How many marks cannot be read.
    pub lost: usize,
}

/// How often a mark was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkCount<'a> {
    /// The mark.
    pub mark: MarkView<'a>,
    /// How often.
    pub count: usize,
}

/// The sheets of one kind of node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetsOfKind<'a> {
    /// What the report calls them.
    pub label: &'a str,
    /// The nodes, with links to what the edition says of them.
    pub nodes: Vec<RefView<'a>>,
}

/// What changed from one edition to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangesView<'a> {
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
    /// The year; none for the end of the plan.
    pub year: Option<YearView>,
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

/// `None` where the strategy declares no such edition.
pub(crate) fn edition<'a>(
    here: &Here<'a>,
    ix: StrategyIx,
    at: EditionIx,
    order: &Order,
) -> Option<EditionPageView<'a>> {
    let strategy = here.report.strategy(ix);
    let edition = here.edition(ix, at)?;
    let nodes: Vec<NodeId> = Kind::ALL.into_iter().flat_map(|kind| order.of_kind(kind)).copied().collect();
    let editions = strategy.shown_editions().rev().map(|(place, edition)| EditionLink {
        label: &edition.label,
        href: here.link(&address::edition(strategy, edition)),
        here: place == at,
    });
    let before = strategy.shown_editions().rfind(|(place, _)| *place < at).map(|(_, edition)| edition);
    let alike = strategy.shown_editions().rfind(|(place, other)| *place < at && other.stage == edition.stage);
    // An edition that holds no programs at all says nothing of which are new.
    let programs = order.of_kind(Kind::Program);
    let holds_programs = |at: EditionIx| programs.iter().any(|id| here.report.node(*id).sheet(at).is_some());
    let alike = alike.filter(|(alike, _)| holds_programs(*alike) && holds_programs(at));
    let sheets = Kind::ALL.into_iter().filter_map(|kind| {
        let of_kind = order.of_kind(kind).iter();
        let nodes = of_kind.filter_map(|id| sheet_link(here, *id, at));
        let nodes: Vec<RefView<'a>> = nodes.collect();
        (!nodes.is_empty()).then_some(SheetsOfKind { label: strategy.label(kind), nodes })
    });
    Some(EditionPageView {
        layout: Layout::of_overview(here, ix),
        edition: EditionView::new(here, ix, edition),
        editions: editions.collect(),
        counts: counts(here, ix, at, &nodes),
        changes: before.map(|before| changes(here, at, before, alike, &nodes)),
        sheets: sheets.collect(),
    })
}

/// A link to what an edition says of a node: its lasting page, or else the running one.
fn sheet_link<'a>(here: &Here<'a>, id: NodeId, at: EditionIx) -> Option<RefView<'a>> {
    let sheet = here.report.node(id).sheet(at)?;
    let url = address::sheet(here.report, id, sheet).unwrap_or_else(|| address::node(here.report, id));
    Some(RefView { href: Some(here.link(&url)), ..here.node(id.strategy, id) })
}

/// What a sheet judges: the node itself, and its indicators by place.
fn judged(sheet: &Sheet, kind: Kind) -> Vec<(Option<usize>, &'static str, &[Judgement])> {
    let own = (None, kind.key(), &sheet.judgements[..]);
    let figures = sheet.figures.iter().map(|(place, figures)| (Some(*place), "indicator", &figures.judgements[..]));
    std::iter::once(own).chain(figures).collect()
}

fn counts<'a>(here: &Here<'a>, ix: StrategyIx, at: EditionIx, nodes: &[NodeId]) -> Vec<MarkCounts<'a>> {
    #[derive(Default)]
    struct Count {
        marks: BTreeMap<usize, usize>,
        missing: usize,
        lost: usize,
    }
    let strategy = here.report.strategy(ix);
    let mut columns: BTreeMap<ColumnKey, Count> = BTreeMap::new();
    for id in nodes {
        let node = here.report.node(*id);
        let Some(sheet) = node.sheet(at) else { continue };
        for (_, of, judgements) in judged(sheet, node.kind) {
            for judgement in judgements {
                let count = columns.entry((judgement.scale.0, judgement.year)).or_default();
                if let Verdict::Marks(places) = &judgement.verdict {
                    places.iter().for_each(|place| *count.marks.entry(*place).or_default() += 1);
                }
            }
            for (key, given) in list::given(here, ix, of, judgements) {
                let count = columns.entry(key).or_default();
                count.missing += usize::from(given.missing.is_some());
                count.lost += usize::from(given.lost.is_some());
            }
        }
    }
    let counted = columns.into_iter().filter_map(|(key, count)| {
        let marks = strategy.scales.get(key.0)?.marks.iter().enumerate().map(|(place, mark)| MarkCount {
            mark: MarkView::new(mark),
            count: count.marks.get(&place).copied().unwrap_or_default(),
        });
        // Where all are lost, nobody knows that a mark was given 0 times.
        let marks = marks.filter(|_| count.lost == 0 || !count.marks.is_empty()).collect();
        let column = list::column(here, strategy, key)?;
        Some(MarkCounts { column, marks, missing: count.missing, lost: count.lost })
    });
    counted.collect()
}

fn changes<'a>(
    here: &Here<'a>,
    at: EditionIx,
    before: &'a Edition,
    alike: Option<(EditionIx, &'a Edition)>,
    nodes: &[NodeId],
) -> ChangesView<'a> {
    let mut changes = ChangesView {
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
        let node = here.report.node(*id);
        if let Some(sheet) = node.sheet(at) {
            let earlier: Vec<&'a Sheet> = node.sheets.iter().filter(|other| other.edition < at).collect();
            figures(here, *id, node, at, &mut changes);
            amounts(here, *id, sheet, &earlier, &mut changes);
            marks(here, *id, sheet, &earlier, &mut changes);
        }
        if let Some((alike, _)) = alike {
            coming_and_going(here, *id, node, (alike, at), &mut changes);
            renamed(here, *id, node, (alike, at), &mut changes);
        }
    }
    changes
}

/// What this edition prints otherwise than the latest that printed it before.
fn figures<'a>(here: &Here<'a>, id: NodeId, node: &'a Node, at: EditionIx, changes: &mut ChangesView<'a>) {
    let label = |edition: EditionIx| here.edition(id.strategy, edition).map_or("", |edition| edition.label.as_str());
    let up_to_now = || node.sheets.iter().filter(|sheet| sheet.edition <= at);
    for place in 0..node.indicators.len() {
        let series = Series::of_sheets(up_to_now(), place);
        for revision in series.revisions.iter().filter(|revision| revision.after.edition == at) {
            let change = FigureChange {
                indicator: RefView::new(here, id.strategy, super::indicator_id(id, place)),
                year: match revision.column {
                    Column::Year(year) => Some(here.year(year)),
                    Column::End => None,
                },
                before: ValueView::new(here, revision.before.value),
                before_edition: label(revision.before.edition),
                after: ValueView::new(here, revision.after.value),
            };
            if revision.of_target {
                changes.targets.push(change);
            } else if of_running_year(here, id.strategy, &revision.before)
                && !of_running_year(here, id.strategy, &revision.after)
            {
                changes.completed.push(change);
            } else {
                changes.figures.push(change);
            }
        }
    }
}

/// Whether an interim edition printed the value for its own year.
fn of_running_year(here: &Here<'_>, ix: StrategyIx, cell: &Cell<'_, Column>) -> bool {
    here.edition(ix, cell.edition)
        .is_some_and(|edition| edition.stage == Stage::Interim && edition.year.map(Column::Year) == Some(cell.column))
}

fn amounts<'a>(here: &Here<'a>, id: NodeId, sheet: &'a Sheet, earlier: &[&'a Sheet], changes: &mut ChangesView<'a>) {
    for (kind, years) in &sheet.money {
        for (year, after) in years {
            let printed = earlier.iter().rev().find_map(|sheet| sheet.money.get(kind)?.get(year));
            if let Some(before) = printed.filter(|before| !before.same_figure(after)) {
                changes.amounts.push(AmountChange {
                    node: here.node(id.strategy, id),
                    kind: MoneyKind::key(*kind),
                    year: here.year(*year),
                    before: ValueView::new(here, before),
                    after: ValueView::new(here, after),
                });
            }
        }
    }
}

fn marks<'a>(here: &Here<'a>, id: NodeId, sheet: &'a Sheet, earlier: &[&'a Sheet], changes: &mut ChangesView<'a>) {
    let strategy = here.report.strategy(id.strategy);
    let kind = here.report.node(id).kind;
    for (place, of, judgements) in judged(sheet, kind) {
        let now = list::given(here, id.strategy, of, judgements);
        let earlier = earlier.iter().rev().filter_map(|sheet| match place {
            None => Some(&sheet.judgements[..]),
            Some(place) => sheet.figures.get(&place).map(|figures| &figures.judgements[..]),
        });
        let mut before = Given::new();
        for judgements in earlier {
            for (key, given) in list::given(here, id.strategy, of, judgements) {
                before.entry(key).or_insert(given);
            }
        }
        let of = match place {
            None => here.node(id.strategy, id),
            Some(place) => RefView::new(here, id.strategy, super::indicator_id(id, place)),
        };
        for (key, after) in now {
            let Some(before) = before.remove(&key).filter(|before| !same_mark(before, &after)) else { continue };
            let Some(column) = list::column(here, strategy, key) else { continue };
            changes.marks.push(MarkChange { of: of.clone(), column, before, after });
        }
    }
}

fn same_mark(one: &GivenView<'_>, other: &GivenView<'_>) -> bool {
    (&one.marks, one.missing, one.lost) == (&other.marks, other.missing, other.lost)
}

fn coming_and_going<'a>(
    here: &Here<'a>,
    id: NodeId,
    node: &Node,
    (before, at): (EditionIx, EditionIx),
    changes: &mut ChangesView<'a>,
) {
    if node.kind != Kind::Program {
        return;
    }
    let relations = here.report.relations(id);
    let (was, is) = (node.sheet(before).is_some(), node.sheet(at).is_some());
    let ever = node.sheets.iter().any(|sheet| sheet.edition < at);
    let program = here.node(id.strategy, id);
    if is && !ever {
        changes.new.push(NewProgram { program, succeeds: here.nodes(id.strategy, &relations.succeeds) });
    } else if was && !is {
        let heirs = relations.succeeded_by.iter().filter(|heir| here.report.node(**heir).sheet(at).is_some());
        let heirs: BTreeSet<NodeId> = heirs.copied().collect();
        let heirs: Vec<NodeId> = heirs.into_iter().collect();
        changes.gone.push(GoneProgram { program, succeeded_by: here.nodes(id.strategy, &heirs) });
    }
}

/// Names as they were printed in the years of the two editions.
fn renamed<'a>(
    here: &Here<'a>,
    id: NodeId,
    node: &'a Node,
    (before, at): (EditionIx, EditionIx),
    changes: &mut ChangesView<'a>,
) {
    let name = |edition: EditionIx| {
        node.sheet(edition)?;
        let year = here.edition(id.strategy, edition)?.year?;
        let printed = node.printed.iter().find(|(printed, _)| *printed == year);
        Some(printed.map_or(node.name.as_str(), |(_, printed)| printed.name.as_str()))
    };
    let (Some(before), Some(after)) = (name(before), name(at)) else { return };
    if before != after {
        changes.renamed.push(Renamed { node: here.node(id.strategy, id), before, after });
    }
}
