//! Context in which a view is built: the page, its language, and the editions taken into account.

use crate::assess::Assessments;
use crate::exchange::package::Packages;
use crate::markdown::{PageIds, PageState, TermIndex, TermLinks};
use crate::model::{
    Column, Edition, EditionIx, FiscalYear, Indicator, Kind, NodeId, Owner, Report, Row, Sheet, StrategyIx,
};
use crate::site::address::Anchors;
use crate::site::lists::{DividedList, ListKind};
use crate::site::view::values::chart::SparklineCache;
use crate::site::view::values::time::{YearCache, YearView};
use crate::site::{ReadingOrder, Summary, Url, address};
use crate::texts::InterfaceTexts;
use crate::totals::StrategySums;
use std::sync::OnceLock;

/// Divided lists of a strategy by [`ListKind`]; `None` for those that fit on one page.
pub(crate) type Lists = [Option<DividedList>; 2];

/// Context shared by all parts of one page.
#[derive(Clone, Copy)]
pub(crate) struct ViewContext<'a> {
    /// File name of the page's template.
    pub(crate) template: &'static str,
    /// Linked content of the build.
    pub(crate) report: &'a Report,
    /// Cache of the sparklines of all indicators.
    pub(crate) sparklines: &'a SparklineCache,
    /// Computed results of all indicators.
    pub(crate) assessments: &'a Assessments<'a>,
    /// Summaries of the strategies listed on the home page. Indexed by [`StrategyIx`], except where the home page lists
    /// strategies that are not part of `report`.
    pub(crate) summaries: &'a [Summary],
    /// Glossary terms to link in prose. `None` if the glossary is empty, and within the print page.
    pub(crate) terms: Option<&'a TermIndex>,
    /// Anchors of the departments of each strategy, assigned on first use. Indexed by [`StrategyIx`].
    pub(crate) department_anchors: &'a [OnceLock<Anchors>],
    /// Sums of money of each strategy, computed on first use. Indexed by [`StrategyIx`].
    pub(crate) sums: &'a [OnceLock<StrategySums>],
    /// Divided lists of each strategy, computed on first use. Indexed by [`StrategyIx`].
    pub(crate) lists: &'a [OnceLock<Lists>],
    /// Address of the page, to which its links are relative.
    pub(crate) url: &'a Url,
    /// True if the page is included in a search index.
    pub(crate) indexed: bool,
    /// Edition to which the page is restricted; `None` if all editions are taken into account.
    pub(crate) only_edition: Option<EditionIx>,
    /// Node whose part of the print page is being built; `None` on all other pages.
    pub(crate) print_part: Option<NodeId>,
    /// Texts of the site.
    pub(crate) texts: &'a InterfaceTexts,
    /// Cache of years formatted in the language of the site.
    pub(crate) year_cache: &'a YearCache<'a>,
    /// Data packages of the strategies.
    pub(crate) packages: &'a Packages,
}

impl<'a> ViewContext<'a> {
    /// Converts `id` to an element id that is unique on the page. On the print page, each part repeats the same ids,
    /// which are therefore prefixed with the anchor of the part.
    pub(crate) fn id(&self, id: &str) -> String {
        match self.print_part {
            Some(part) => format!("{}.{id}", address::part_anchor(self.report.node(part))),
            None => id.to_owned(),
        }
    }

    /// Rendering state of a page, or of a part of the print page, with no heading ids or glossary terms used yet.
    pub(crate) fn page_state(&self) -> PageState<'a> {
        PageState {
            ids: PageIds::with_prefix(self.id("")),
            terms: self.terms.map(|terms| TermLinks::new(terms, self.link(&address::glossary()))),
            passages: self.indexed.then(Vec::new),
        }
    }

    /// Link from this page to `url`. Relative, except on the error page for addresses that do not exist: a server may
    /// return that page at any depth, so its links contain the base path if `site.toml` declares a base address.
    pub(crate) fn link(&self, url: &Url) -> String {
        match self.report.site.base.as_ref().filter(|_| *self.url == address::not_found()) {
            Some(base) => format!("{}{url}", base.path()),
            None => url.relative_to(self.url),
        }
    }

    /// Relative path from this page to the root of the site: empty, or `../` repeated. On the error page, the base path
    /// if `site.toml` declares a base address.
    pub(crate) fn root(&self) -> String {
        match self.report.site.base.as_ref().filter(|_| *self.url == address::not_found()) {
            Some(base) => base.path().to_owned(),
            None => "../".repeat(self.url.path().matches('/').count()),
        }
    }

    /// Absolute address of this page; `None` if `site.toml` declares no base address.
    pub(crate) fn absolute_address(&self) -> Option<String> {
        let base = self.report.site.base.as_ref()?;
        Some(format!("{}{}", base.as_str(), self.url))
    }

    /// Address by which a page is cited: absolute, or relative to the site root if `site.toml` declares no base
    /// address.
    pub(crate) fn citation_address(&self, url: &Url) -> String {
        match &self.report.site.base {
            Some(base) => format!("{}{url}", base.as_str()),
            None => url.to_string(),
        }
    }

    /// Sheets of a node that the page takes into account, oldest first.
    pub(crate) fn sheets(&self, id: NodeId) -> Vec<&'a Sheet> {
        let sheets = self.report.node(id).sheets.iter();
        sheets.filter(|sheet| self.only_edition.is_none_or(|only| only == sheet.edition)).collect()
    }

    /// Rows of `owner`, which belongs to the strategy `ix`, with their programs. On a page restricted to one edition,
    /// only the rows that apply in the year of the edition, and those whose program has a sheet in the edition.
    pub(crate) fn rows(&self, ix: StrategyIx, owner: Owner) -> Vec<(&'a Row, NodeId)> {
        let year = self.only_edition.and_then(|only| self.edition(ix, only)).and_then(|edition| edition.year);
        let has_sheet =
            |program: NodeId| self.only_edition.is_some_and(|only| self.report.node(program).sheet(only).is_some());
        let applies = |row: &Row, program: NodeId| year.is_none_or(|year| row.applies_in(year)) || has_sheet(program);
        self.report.rows(owner).filter(|(row, program)| applies(row, *program)).collect()
    }

    /// Current edition for nodes of `kind`, from which marks are taken: the edition to which the page is restricted, or
    /// else [`Strategy::current_edition`](crate::model::Strategy::current_edition).
    pub(crate) fn current_edition(&self, strategy: StrategyIx, kind: Kind) -> Option<EditionIx> {
        self.only_edition.or_else(|| self.report.current_edition(strategy, kind))
    }

    /// Sheet of a node in the current edition for its kind.
    pub(crate) fn current_sheet(&self, id: NodeId) -> Option<&'a Sheet> {
        let node = self.report.node(id);
        node.sheet(self.current_edition(id.strategy, node.kind)?)
    }

    /// Last edition that has a sheet of a node. `None` if the current edition has one, or if the page is restricted to
    /// one edition.
    pub(crate) fn last_edition_with_sheet(&self, id: NodeId) -> Option<&'a Edition> {
        let last = self.report.node(id).sheets.last().filter(|_| self.only_edition.is_none())?;
        if self.current_sheet(id).is_some() { None } else { self.edition(id.strategy, last.edition) }
    }

    /// Returns true if the last sheet of a node is newer than the current edition for its kind.
    pub(crate) fn last_sheet_is_newer(&self, id: NodeId) -> bool {
        let node = self.report.node(id);
        let current = self.current_edition(id.strategy, node.kind);
        node.sheets.last().is_some_and(|last| current.is_some_and(|current| current < last.edition))
    }

    /// Name of a node on a page of the strategy `ix`. On a page restricted to one edition of that strategy, the name as
    /// printed in the year of the edition.
    pub(crate) fn name(&self, ix: StrategyIx, id: NodeId) -> &'a str {
        let node = self.report.node(id);
        let edition = self.only_edition.filter(|_| ix == id.strategy).and_then(|only| self.edition(ix, only));
        let year = edition.and_then(|edition| edition.year);
        let printed = node.printed.iter().find(|(printed, _)| Some(*printed) == year);
        printed.map_or(&node.name, |(_, printed)| &printed.name)
    }

    /// Summary of a strategy.
    pub(crate) fn summary(&self, strategy: StrategyIx) -> Option<&'a Summary> {
        self.summaries.get(strategy.0 as usize)
    }

    /// Edition of a strategy.
    pub(crate) fn edition(&self, strategy: StrategyIx, edition: EditionIx) -> Option<&'a Edition> {
        self.report.strategy(strategy).editions.get(edition.0)
    }

    /// Formats a year of an indicator, which may be a calendar year.
    pub(crate) fn year_of(&self, indicator: &Indicator, year: FiscalYear) -> YearView {
        self.year_cache.of_kind(year, indicator.year_kind)
    }

    /// Formats the year of a column of an indicator. `None` for the start and the end of the plan.
    pub(crate) fn column(&self, indicator: &Indicator, column: Column) -> Option<YearView> {
        match column {
            Column::Year(year) => Some(self.year_of(indicator, year)),
            Column::Start | Column::End => None,
        }
    }

    /// Formats a fiscal year.
    pub(crate) fn year(&self, year: FiscalYear) -> YearView {
        self.year_cache.fiscal(year)
    }

    /// Formats several fiscal years; empty for `None`.
    pub(crate) fn years(&self, years: Option<&Vec<FiscalYear>>) -> Vec<YearView> {
        years.into_iter().flatten().map(|year| self.year(*year)).collect()
    }

    /// Anchors of the departments of a strategy on its overview of departments.
    pub(crate) fn department_anchors(&self, ix: StrategyIx) -> Option<&'a Anchors> {
        let anchors = self.department_anchors.get(ix.0 as usize)?;
        Some(anchors.get_or_init(|| address::department_anchors(self.report, ix)))
    }

    /// Sums of money of a strategy.
    pub(crate) fn sums(&self, ix: StrategyIx) -> &'a StrategySums {
        const NONE: &StrategySums = &StrategySums::NONE;
        let sums = self.sums.get(ix.0 as usize);
        sums.map_or(NONE, |sums| sums.get_or_init(|| StrategySums::new(self.report, ix)))
    }

    /// Divided list of a strategy; `None` if it fits on one page.
    pub(crate) fn divided_list(&self, ix: StrategyIx, kind: ListKind) -> Option<&'a DividedList> {
        let report = self.report;
        let lists = self.lists.get(ix.0 as usize)?.get_or_init(|| {
            ListKind::ALL.map(|kind| DividedList::new(report, ix, kind, || ReadingOrder::new(report, ix)))
        });
        lists.iter().flatten().find(|list| list.kind == kind)
    }

    /// Link to a department of the strategy `ix` on its overview of departments.
    pub(crate) fn department_link(&self, ix: StrategyIx, name: &str) -> String {
        let strategy = self.report.strategy(ix);
        self.link(&match self.department_anchors(ix) {
            Some(anchors) => address::department(strategy, anchors, name),
            None => address::departments(strategy),
        })
    }
}
