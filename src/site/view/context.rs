//! Where a view is made: on which page, in which language, from which editions.

use crate::assess::Assessments;
use crate::markdown::{HeadingIds, PageState, TermLinks, Terms};
use crate::model::{
    Column, Edition, EditionIx, FiscalYear, Indicator, Kind, NodeId, Owner, Report, Row, Sheet, StrategyIx,
};
use crate::site::view::values::chart::Sparks;
use crate::site::view::values::time::{YearView, Years};
use crate::site::{Summary, Url, address};
use crate::texts::Texts;

/// What the parts of a view need to know of the page on which they stand.
#[derive(Clone, Copy)]
pub(crate) struct ViewContext<'a> {
    /// The template of the page.
    pub(crate) template: &'static str,
    /// Everything there is.
    pub(crate) report: &'a Report,
    /// The small charts of its indicators.
    pub(crate) sparks: &'a Sparks,
    /// What is computed of its indicators.
    pub(crate) assessments: &'a Assessments<'a>,
    /// What the site says of each strategy.
    pub(crate) summaries: &'a [Summary],
    /// The words of the glossary, if there is one.
    pub(crate) terms: Option<&'a Terms>,
    /// The page from which links are written.
    pub(crate) page: &'a Url,
    /// Whether the page is searched.
    pub(crate) searched: bool,
    /// The only edition that counts; `None` where all do.
    pub(crate) only: Option<EditionIx>,
    /// The node whose part of the print document is made; `None` on any other page.
    pub(crate) part: Option<NodeId>,
    /// The texts of the site.
    pub(crate) texts: &'a Texts,
    /// The years in its language.
    pub(crate) calendar: &'a Years<'a>,
}

impl<'a> ViewContext<'a> {
    /// `id` as it is written on the page: in a part of the print document with a prefix, since each part has it.
    pub(crate) fn id(&self, id: &str) -> String {
        match self.part {
            Some(part) => format!("{}.{id}", address::part_anchor(self.report.node(part))),
            None => id.to_owned(),
        }
    }

    /// The ids and glossary terms of a page, or of a part of the print document, of which none is used yet.
    pub(crate) fn page_state(&self) -> PageState<'a> {
        PageState {
            ids: HeadingIds::with_prefix(self.id("")),
            terms: self.terms.map(|terms| TermLinks::new(terms, self.link(&address::glossary()))),
            passages: self.searched.then(Vec::new),
        }
    }

    /// The link from here to `url`: relative, except on the page for addresses that do not
    /// exist. A server shows that one at any depth.
    pub(crate) fn link(&self, url: &Url) -> String {
        match self.report.site.base.as_ref().filter(|_| *self.page == address::not_found()) {
            Some(base) => format!("{}{url}", base.path()),
            None => url.relative_to(self.page),
        }
    }

    /// The way from here to the root of the site: empty or `../` several times.
    pub(crate) fn root(&self) -> String {
        match self.report.site.base.as_ref().filter(|_| *self.page == address::not_found()) {
            Some(base) => base.path().to_owned(),
            None => "../".repeat(self.page.path().matches('/').count()),
        }
    }

    /// The whole address of this page, if it is known where the site is published.
    pub(crate) fn whole_address(&self) -> Option<String> {
        let base = self.report.site.base.as_ref()?;
        Some(format!("{}{}", base.as_str(), self.page))
    }

    /// The address by which a page is cited: whole, or below the site's root where nobody knows
    /// where that is.
    pub(crate) fn address(&self, url: &Url) -> String {
        match &self.report.site.base {
            Some(base) => format!("{}{url}", base.as_str()),
            None => url.to_string(),
        }
    }

    /// The sheets of a node that count here, oldest first.
    pub(crate) fn sheets(&self, id: NodeId) -> Vec<&'a Sheet> {
        let sheets = self.report.node(id).sheets.iter();
        sheets.filter(|sheet| self.only.is_none_or(|only| only == sheet.edition)).collect()
    }

    /// The rows of `owner`, which belongs to the strategy `of`. On a page of one edition those that stand in its
    /// year, and those of whose programs it has a sheet.
    pub(crate) fn rows(&self, of: StrategyIx, owner: Owner) -> Vec<(&'a Row, NodeId)> {
        let year = self.only.and_then(|only| self.edition(of, only)).and_then(|edition| edition.year);
        let told = |program: NodeId| self.only.is_some_and(|only| self.report.node(program).sheet(only).is_some());
        let stands = |row: &Row, program: NodeId| year.is_none_or(|year| row.stands_in(year)) || told(program);
        self.report.rows(owner).filter(|(row, program)| stands(row, *program)).collect()
    }

    /// The edition whose marks count for nodes of `kind`.
    pub(crate) fn current_edition(&self, strategy: StrategyIx, kind: Kind) -> Option<EditionIx> {
        self.only.or_else(|| self.report.current_edition(strategy, kind))
    }

    /// The sheet of a node in the edition that counts for its kind.
    pub(crate) fn current_sheet(&self, id: NodeId) -> Option<&'a Sheet> {
        let node = self.report.node(id);
        node.sheet(self.current_edition(id.strategy, node.kind)?)
    }

    /// The edition that last had a sheet of a node, where the one that counts has none.
    pub(crate) fn left_out_since(&self, id: NodeId) -> Option<&'a Edition> {
        let last = self.report.node(id).sheets.last().filter(|_| self.only.is_none())?;
        if self.current_sheet(id).is_some() { None } else { self.edition(id.strategy, last.edition) }
    }

    /// Whether the edition that counts for its kind is older than the last sheet of a node.
    pub(crate) fn told_later(&self, id: NodeId) -> bool {
        let node = self.report.node(id);
        let current = self.current_edition(id.strategy, node.kind);
        node.sheets.last().is_some_and(|last| current.is_some_and(|current| current < last.edition))
    }

    /// The name of a node on a page of the strategy `of`: that of the year on a page of one edition.
    pub(crate) fn name(&self, of: StrategyIx, id: NodeId) -> &'a str {
        let node = self.report.node(id);
        let edition = self.only.filter(|_| of == id.strategy).and_then(|only| self.edition(of, only));
        let year = edition.and_then(|edition| edition.year);
        let printed = node.printed.iter().find(|(printed, _)| Some(*printed) == year);
        printed.map_or(&node.name, |(_, printed)| &printed.name)
    }

    /// What the site says of a strategy.
    pub(crate) fn summary(&self, strategy: StrategyIx) -> Option<&'a Summary> {
        self.summaries.get(strategy.0 as usize)
    }

    /// An edition of a strategy.
    pub(crate) fn edition(&self, strategy: StrategyIx, edition: EditionIx) -> Option<&'a Edition> {
        self.report.strategy(strategy).editions.get(edition.0)
    }

    /// A year of an indicator as it is shown here.
    pub(crate) fn year_of(&self, indicator: &Indicator, year: FiscalYear) -> YearView {
        self.calendar.of_kind(year, indicator.year_kind)
    }

    /// The year of a column of an indicator as it is shown here; none for the start and the end of the plan.
    pub(crate) fn column(&self, indicator: &Indicator, column: Column) -> Option<YearView> {
        match column {
            Column::Year(year) => Some(self.year_of(indicator, year)),
            Column::Start | Column::End => None,
        }
    }

    /// A year as it is shown here.
    pub(crate) fn year(&self, year: FiscalYear) -> YearView {
        self.calendar.of(year)
    }

    /// Several years as they are shown here.
    pub(crate) fn years(&self, years: Option<&Vec<FiscalYear>>) -> Vec<YearView> {
        years.into_iter().flatten().map(|year| self.year(*year)).collect()
    }

    /// The link to a department, if it is of a strategy that has a page of them.
    pub(crate) fn department(&self, of: StrategyIx, name: &str) -> String {
        self.link(&address::department(self.report.strategy(of), name))
    }
}
