//! Long lists of a strategy, divided over several pages.
//!
//! A list of at most [`MAX_ROWS`] rows is one page, as in most cities. A longer one keeps its address, which then shows
//! how many entries there are by goal and policy ([`parts`]) and by mark, account, department and so on ([`groups`]).
//! Every count links to a page of its own with exactly these entries; a group that is itself too long is divided in the
//! same way. The division depends on the content only.

mod document;
mod groups;
mod parts;

pub use document::{
    Document, document_of, documents, edition_parts, in_order, is_large, spending_anchor, spending_columns,
};
pub use groups::{Facet, Group, GroupValue, by_mark};
pub use parts::{Branch, Part, divide};

use super::ReadingOrder;
use super::address;
use super::url::Url;
use crate::model::{Kind, NodeId, Report, Strategy, StrategyIx};

/// Number of rows above which a list is divided. Rows of real reports have 1.7 to 2.3 kB, so that no page of a list is
/// larger than 500 kB.
pub const MAX_ROWS: usize = 200;

/// Lists of a strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListKind {
    /// All programs.
    Programs,
    /// All indicators.
    Indicators,
}

impl ListKind {
    /// Both lists.
    pub const ALL: [Self; 2] = [ListKind::Programs, ListKind::Indicators];

    /// Kind of the entries: `program` or `indicator`.
    pub fn subject(self) -> &'static str {
        match self {
            ListKind::Programs => Kind::Program.key(),
            ListKind::Indicators => "indicator",
        }
    }
}

/// Entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry {
    /// Program, or node of the indicator.
    pub node: NodeId,
    /// Index of the indicator; `None` for a program.
    pub indicator: Option<usize>,
}

/// Page of a divided list, other than its first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ListPageId {
    /// The list.
    pub kind: ListKind,
    /// Index into [`DividedList::groups`]; `None` for all entries.
    pub group: Option<usize>,
    /// Index into the parts of the group, or of all entries; `None` for the group as a whole.
    pub part: Option<usize>,
}

/// List that is too long for one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DividedList {
    /// The list.
    pub kind: ListKind,
    /// Number of entries.
    pub total: usize,
    /// Parts of the list; together they have all entries, each once.
    pub parts: Vec<Part<Entry>>,
    /// Groups of entries, each with its own page.
    pub groups: Vec<DividedGroup>,
}

/// Group of entries with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DividedGroup {
    /// The group.
    pub group: Group<Entry>,
    /// Parts; empty if the group fits on one page.
    pub parts: Vec<Part<Entry>>,
}

impl DividedList {
    /// Divides a list of a strategy; `None` if it fits on one page.
    pub fn new(report: &Report, ix: StrategyIx, kind: ListKind, order: impl FnOnce() -> ReadingOrder) -> Option<Self> {
        if count(report, ix, kind) <= MAX_ROWS {
            return None;
        }
        let entries = entries(report, kind, &order());
        let parts = |entries: &[Entry]| divide(report, ix, entries.iter().map(|entry| (entry.node, *entry)));
        let groups = groups::groups(report, ix, kind.subject(), &entries).into_iter().map(|group| DividedGroup {
            parts: if group.entries.len() > MAX_ROWS { parts(&group.entries) } else { Vec::new() },
            group,
        });
        Some(Self { kind, total: entries.len(), parts: parts(&entries), groups: groups.collect() })
    }

    /// All pages except the first one.
    pub fn pages(&self) -> impl Iterator<Item = ListPageId> {
        let page = |group, part| ListPageId { kind: self.kind, group, part };
        let parts = (0..self.parts.len()).map(move |part| page(None, Some(part)));
        let groups = self.groups.iter().enumerate().flat_map(move |(index, group)| {
            let parts = (0..group.parts.len()).map(move |part| page(Some(index), Some(part)));
            std::iter::once(page(Some(index), None)).chain(parts)
        });
        parts.chain(groups)
    }

    /// Group of a page; `None` for pages of all entries.
    pub fn group(&self, page: ListPageId) -> Option<&DividedGroup> {
        self.groups.get(page.group?)
    }

    /// Parts among which a page is chosen: those of its group, or of all entries.
    pub fn parts_of(&self, page: ListPageId) -> &[Part<Entry>] {
        self.group(page).map_or(&self.parts, |group| &group.parts)
    }

    /// Part that a page holds; `None` for a group as a whole.
    pub fn part(&self, page: ListPageId) -> Option<&Part<Entry>> {
        self.parts_of(page).get(page.part?)
    }

    /// Rows of a page; empty if its entries are divided further.
    pub fn rows(&self, page: ListPageId) -> &[Entry] {
        match (self.part(page), self.group(page)) {
            (Some(part), _) => &part.entries,
            (None, Some(group)) if group.parts.is_empty() => &group.group.entries,
            (None, _) => &[],
        }
    }

    /// Address of a page.
    pub fn url(&self, report: &Report, ix: StrategyIx, page: ListPageId) -> Url {
        let strategy = report.strategy(ix);
        let group = self.group(page).map_or_else(|| "all".to_owned(), |group| group.group.path(strategy));
        let part = self.part(page).map(|part| part.path(report));
        let path = std::iter::once(group).chain(part).collect::<Vec<_>>().join("/");
        address::list_page(strategy, self.kind, &path)
    }
}

/// First page of a list: the whole list, or the counts of a divided one.
pub fn first_page(strategy: &Strategy, kind: ListKind) -> Url {
    match kind {
        ListKind::Programs => address::programs(strategy),
        ListKind::Indicators => address::indicators(strategy),
    }
}

/// Number of entries of a list.
fn count(report: &Report, ix: StrategyIx, kind: ListKind) -> usize {
    let nodes = report.nodes(ix).map(|(_, node)| node);
    match kind {
        ListKind::Programs => nodes.filter(|node| node.kind == Kind::Program).count(),
        ListKind::Indicators => nodes.map(|node| node.indicators.len()).sum(),
    }
}

fn entries(report: &Report, kind: ListKind, order: &ReadingOrder) -> Vec<Entry> {
    match kind {
        ListKind::Programs => {
            order.of_kind(Kind::Program).iter().map(|id| Entry { node: *id, indicator: None }).collect()
        }
        ListKind::Indicators => {
            let indexes = |node: NodeId| (0..report.node(node).indicators.len()).map(move |index| (node, Some(index)));
            let all = order.all().into_iter().flat_map(indexes);
            all.map(|(node, indicator)| Entry { node, indicator }).collect()
        }
    }
}
