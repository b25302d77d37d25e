//! One edition as a whole: its document, its marks, and what changed since the one before.

use super::change::{ChangesView, changes, judged};
use super::document::EditionView;
use super::here::Here;
use super::judgement::MarkView;
use super::layout::Layout;
use super::list::{self, ColumnKey, JudgedColumn};
use super::reference::RefView;
use crate::model::{EditionIx, Kind, NodeId, StrategyIx, Verdict};
use crate::site::{Order, address};
use serde::Serialize;
use std::collections::BTreeMap;

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
        changes: changes(here, ix, at, &nodes),
        sheets: sheets.collect(),
    })
}

/// A link to what an edition says of a node: its lasting page, or else the running one.
fn sheet_link<'a>(here: &Here<'a>, id: NodeId, at: EditionIx) -> Option<RefView<'a>> {
    let sheet = here.report.node(id).sheet(at)?;
    let url = address::sheet(here.report, id, sheet).unwrap_or_else(|| address::node(here.report, id));
    Some(RefView { href: Some(here.link(&url)), ..here.node(id.strategy, id) })
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
