//! What every page shows around its own matter.

use super::here::Here;
use super::reference::RefView;
use crate::diagnostic::Lang;
use crate::model::{NodeId, StrategyIx, Target};
use crate::site::{Order, Summary, Url, address};
use serde::Serialize;

/// The frame of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layout<'a> {
    /// The link to the first page of the site.
    pub home: String,
    /// The template of the page.
    #[serde(skip)]
    pub(super) template: &'static str,
    /// The way to the site's root: empty, `../` several times, or on the page for addresses
    /// that do not exist the whole path, where it is known. Files of the theme lie in
    /// `assets/` below it.
    pub root: String,
    /// The whole address of the page, if `site.toml` says where the site is published; none
    /// for pages that are not to be found by searching.
    pub address: Option<String>,
    /// Whether there is a way down to the page: not on the first page of the site.
    pub inner: bool,
    /// What the page is about, for search engines: plain text.
    pub description: Option<String>,
    /// The language of the content, where it is not that of the site and cannot be told by
    /// its letters, as Japanese can.
    pub lang: Option<&'a str>,
    /// The way down to the page, without the site and the page itself.
    pub trail: Vec<RefView<'a>>,
    /// The page's strategy.
    pub strategy: Option<StrategyNav<'a>>,
    /// The link to the glossary, if there is one.
    pub glossary: Option<String>,
    /// Whether words in Japanese may stand on the page in another language.
    #[serde(skip)]
    pub(super) mixed: bool,
    /// The link to the search; none on its own page, and on a site without a search.
    pub search: Option<String>,
    /// The labels of the drafts whose sheets are shown on the page. There are none where a
    /// site is built to be published.
    pub drafts: Vec<&'a str>,
    /// The page before.
    pub previous: Option<RefView<'a>>,
    /// The page after.
    pub next: Option<RefView<'a>>,
}

/// The strategy to which a page belongs, and the way to its overviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyNav<'a> {
    /// Its id: where the search begins.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Who published it.
    pub publisher: &'a str,
    /// Its page.
    pub overview: NavLink,
    /// Its indicators, if there are any.
    pub indicators: Option<NavLink>,
    /// What the report calls programs.
    pub program_label: &'a str,
    /// Its programs, if there are any.
    pub programs: Option<NavLink>,
    /// What it costs, if there is any money.
    pub spending: Option<NavLink>,
    /// Its departments, if there are any.
    pub departments: Option<NavLink>,
}

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavLink {
    /// The link.
    pub href: String,
    /// Whether it leads to the page on which it stands.
    pub here: bool,
}

impl NavLink {
    fn new(here: &Here<'_>, to: &Url) -> Self {
        Self { href: here.link(to), here: here.page == to }
    }
}

impl<'a> Layout<'a> {
    /// The frame of a page that belongs to no strategy.
    pub(crate) fn of_site(here: &Here<'a>) -> Self {
        Self {
            template: here.template,
            home: here.link(&address::home()),
            root: here.root(),
            address: here.whole_address(),
            inner: *here.page != address::home(),
            description: None,
            lang: None,
            mixed: here.texts.lang() != Lang::Ja,
            trail: Vec::new(),
            strategy: None,
            glossary: here.terms.map(|_| here.link(&address::glossary())),
            search: (here.report.site.search && *here.page != address::search()).then(|| here.link(&address::search())),
            drafts: Vec::new(),
            previous: None,
            next: None,
        }
    }

    /// The frame of a page of a strategy.
    pub(crate) fn of_strategy(here: &Here<'a>, ix: StrategyIx) -> Self {
        let strategy = here.report.strategy(ix);
        let lang = Some(strategy.lang.as_str()).filter(|lang| *lang != here.report.site.lang && *lang != "ja");
        let mixed = lang.is_some() || here.texts.lang() != Lang::Ja;
        let drafts = strategy.shown_editions().map(|(_, edition)| edition).filter(|edition| edition.draft);
        let drafts = drafts.map(|edition| edition.label.as_str()).collect();
        Self {
            lang,
            mixed,
            strategy: here.summary(ix).map(|summary| StrategyNav::new(here, summary)),
            drafts,
            ..Self::of_site(here)
        }
    }

    /// The frame of an overview below a strategy.
    pub(crate) fn of_overview(here: &Here<'a>, ix: StrategyIx) -> Self {
        Self { trail: vec![RefView::new(here, ix, Target::Strategy(ix))], ..Self::of_strategy(here, ix) }
    }

    /// The frame of a page of a node.
    pub(crate) fn of_node(here: &Here<'a>, id: NodeId, order: &Order) -> Self {
        let (before, after) = order.around(here.report.node(id).kind, id);
        let node = |id: NodeId| here.node(id.strategy, id);
        let editions = here.sheets(id).into_iter().filter_map(|sheet| here.edition(id.strategy, sheet.edition));
        let drafts = editions.filter(|edition| edition.draft).map(|edition| edition.label.as_str()).collect();
        Self { drafts, previous: before.map(node), next: after.map(node), ..Self::of_overview(here, id.strategy) }
            .with_trail(here, id)
    }

    /// Adds the goals above a node; above a program, those of its home.
    fn with_trail(mut self, here: &Here<'a>, id: NodeId) -> Self {
        let report = here.report;
        let mut above = Vec::new();
        let home = report.home(id).and_then(|place| match place.owner {
            crate::model::Owner::Node(owner) => Some(owner),
            crate::model::Owner::Strategy(_) => None,
        });
        let mut next = report.relations(id).parent.or(home);
        while let Some(node) = next.filter(|node| !above.contains(node)) {
            above.push(node);
            next = report.relations(node).parent;
        }
        self.trail.extend(above.into_iter().rev().map(|node| here.node(id.strategy, node)));
        self
    }
}

impl<'a> StrategyNav<'a> {
    /// The way to the overviews of a strategy.
    pub(crate) fn new(here: &Here<'a>, strategy: &'a Summary) -> Self {
        let (overviews, link) = (strategy.overviews, |url: Url| NavLink::new(here, &url));
        Self {
            id: &strategy.id,
            title: &strategy.title,
            publisher: &strategy.publisher,
            overview: link(address::strategy(strategy)),
            indicators: overviews.indicators.then(|| link(address::indicators(strategy))),
            program_label: &strategy.program_label,
            programs: overviews.programs.then(|| link(address::programs(strategy))),
            spending: overviews.spending.then(|| link(address::spending(strategy))),
            departments: overviews.departments.then(|| link(address::departments(strategy))),
        }
    }
}
