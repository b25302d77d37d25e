//! Files of the search index: which pages each of them contains.
//!
//! The index of a strategy, or of one of its editions, is a single file as long as it is small. A larger one consists of
//! a first file with the names of all pages, so that a name is found at once, and further files with their texts, which
//! are loaded one after the other until there are enough hits. The division depends on the content only.

use super::{Page, PageKind, ReadingOrder, Url, address};
use crate::model::{EditionIx, Kind, NodeId, Owner, Report, Sheet, StrategyIx};
use std::collections::{BTreeMap, HashMap};

/// Index that is searched as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Index {
    /// Page of a strategy, current pages of its nodes, and pages in easy Japanese.
    Strategy(StrategyIx),
    /// Permalink pages of the sheets of one edition.
    Edition(StrategyIx, EditionIx),
    /// Terms of the glossary.
    Glossary,
}

/// File of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Shard {
    /// The index.
    pub index: Index,
    /// Number of a further file, from 1; 0 for the first file.
    pub number: usize,
}

/// Estimated size of a file in bytes. Files are at most half as large again, unless a single page is.
const FILE_SIZE: usize = 280_000;

/// Estimated size of the name of a page, and of a printed value as a sentence.
const NAME: usize = 300;
const VALUE: usize = 90;

/// File of the site-level pages; `None` if the search is disabled or the glossary empty.
pub fn site_level_shard(report: &Report) -> Option<Shard> {
    let shard = Shard { index: Index::Glossary, number: 0 };
    (report.site.search && !report.glossary.is_empty()).then_some(shard)
}

impl Shard {
    /// Address of the file; `None` if the edition is not declared.
    pub fn url(self, report: &Report) -> Option<Url> {
        match self.index {
            Index::Strategy(ix) => Some(address::search_index(report.strategy(ix), self.number)),
            Index::Edition(ix, edition) => {
                let strategy = report.strategy(ix);
                let edition = strategy.editions.get(edition.0)?;
                Some(address::edition_search_index(strategy, &edition.id, self.number))
            }
            Index::Glossary => Some(address::glossary_search_index()),
        }
    }
}

impl Index {
    /// Strategy of the pages; `None` for the glossary.
    pub fn strategy(self) -> Option<StrategyIx> {
        match self {
            Index::Strategy(ix) | Index::Edition(ix, _) => Some(ix),
            Index::Glossary => None,
        }
    }

    /// Index that contains the entry of a page; `None` for overviews, which repeat the content of other pages.
    pub fn of(page: &Page) -> Option<Self> {
        match page.kind {
            PageKind::Strategy(ix) => Some(Index::Strategy(ix)),
            PageKind::Easy(Owner::Strategy(ix)) => Some(Index::Strategy(ix)),
            PageKind::Node(id) | PageKind::Easy(Owner::Node(id)) => Some(Index::Strategy(id.strategy)),
            PageKind::Sheet(id, edition) => Some(Index::Edition(id.strategy, edition)),
            _ => None,
        }
    }
}

/// Files of all indexes of the strategies of a report.
#[derive(Debug, Default)]
pub struct IndexFiles(BTreeMap<Index, Assignment>);

/// Assignment of the pages of an index to its files.
#[derive(Debug)]
struct Assignment {
    /// Position of each node in reading order, from 1, and number of the further file with its text.
    places: HashMap<NodeId, (usize, usize)>,
    /// Number of further files; 0 if the index is a single file.
    further: usize,
}

impl IndexFiles {
    /// Assigns all pages of the strategies; none if the search is disabled.
    pub fn new(report: &Report) -> Self {
        let mut files = Self::default();
        for (ix, _) in report.strategies().filter(|_| report.site.search) {
            let order = ReadingOrder::new(report, ix);
            let editions = address::editions_with_sheets(report, ix);
            let editions = editions.map(|(edition, _)| (Index::Edition(ix, edition), Some(edition)));
            for (index, edition) in std::iter::once((Index::Strategy(ix), None)).chain(editions) {
                files.0.insert(index, Assignment::new(report, &order, edition));
            }
        }
        files
    }

    /// All files, in an order that depends only on the content.
    pub fn shards(&self) -> impl Iterator<Item = Shard> {
        self.0.iter().flat_map(|(index, Assignment { further, .. })| {
            (0..=*further).map(|number| Shard { index: *index, number })
        })
    }

    /// Files that follow the first file of an index; none for any other file.
    pub fn further(&self, shard: Shard) -> impl Iterator<Item = Shard> {
        let further = self.0.get(&shard.index).filter(|_| shard.number == 0).map_or(0, |assignment| assignment.further);
        (1..=further).map(move |number| Shard { number, ..shard })
    }

    /// Pages of a file in reading order: strategy, goals, policies, programs. The first of several files has all pages.
    pub fn pages<'p>(&self, shard: Shard, plan: &[&'p Page]) -> Vec<&'p Page> {
        let Some(assignment) = self.0.get(&shard.index) else { return Vec::new() };
        let place = |page: &Page| match page.kind {
            PageKind::Node(id) | PageKind::Easy(Owner::Node(id)) | PageKind::Sheet(id, _) => {
                assignment.places.get(&id).copied()
            }
            _ => Some((0, 1)),
        };
        let all = plan.iter().filter(|page| Index::of(page) == Some(shard.index));
        let mut pages: Vec<(Option<(usize, usize)>, &'p Page)> = all.map(|page| (place(page), *page)).collect();
        pages.retain(|(place, _)| shard.number == 0 || place.is_some_and(|(_, number)| number == shard.number));
        pages.sort_by_key(|(place, _)| *place);
        pages.into_iter().map(|(_, page)| page).collect()
    }
}

impl Assignment {
    fn new(report: &Report, order: &ReadingOrder, edition: Option<EditionIx>) -> Self {
        let outline = order.of_kind(Kind::Goal).len() + order.of_kind(Kind::Policy).len();
        let (mut number, mut size) = (1, NAME * outline);
        let mut places = HashMap::new();
        for (position, id) in order.all().into_iter().enumerate() {
            let added = estimated_size(report, id, edition);
            if size + added > FILE_SIZE && size > 0 {
                (number, size) = (number + 1, 0);
            }
            size += added;
            places.insert(id, (position + 1, number));
        }
        Self { places, further: if number == 1 { 0 } else { number } }
    }
}

/// Estimated size of the entry of a node, or of its sheet in one edition.
fn estimated_size(report: &Report, id: NodeId, only: Option<EditionIx>) -> usize {
    let node = report.node(id);
    let sheets = || node.sheets.iter().filter(|sheet| only.is_none_or(|only| sheet.edition == only));
    let prose = sheets().flat_map(|sheet| &sheet.sections).map(|section| section.prose.markdown.len());
    let values = sheets().map(|sheet| {
        let totals = sheet.total.all().count();
        amounts(sheet) + totals + 4 * sheet.figures.len() + 3 * sheet.judgements.len()
    });
    let rows = report.rows(Owner::Node(id)).flat_map(|(_, program)| &report.node(program).sheets);
    let rows = rows.filter(|sheet| only.is_none_or(|only| sheet.edition == only)).map(|sheet| 1 + amounts(sheet));
    let easy = node.easy.as_ref().filter(|_| only.is_none()).map_or(0, |easy| NAME + easy.prose.markdown.len());
    let prose = node.body.markdown.len() + prose.sum::<usize>() + easy;
    NAME + prose + VALUE * (values.sum::<usize>() + rows.sum::<usize>())
}

fn amounts(sheet: &Sheet) -> usize {
    sheet.money.all().count()
}
