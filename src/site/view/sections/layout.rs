//! What every page shows around its own matter.

use crate::model::{NodeId, StrategyIx, Target};
use crate::site::view::context::ViewContext;
use crate::site::view::values::reference::RefView;
use crate::site::{Order, Summary, Url, address};
use serde::Serialize;

/// The frame of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layout<'a> {
    /// The link to the first page of the site.
    pub home: String,
    /// The template of the page.
    #[serde(skip)]
    pub(crate) template: &'static str,
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
    pub(crate) mixed: bool,
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
    pub current: bool,
}

impl NavLink {
    fn new(context: &ViewContext<'_>, to: &Url) -> Self {
        Self { href: context.link(to), current: context.page == to }
    }
}

impl<'a> Layout<'a> {
    /// The frame of a page that belongs to no strategy.
    pub(crate) fn of_site(context: &ViewContext<'a>) -> Self {
        Self {
            template: context.template,
            home: context.link(&address::home()),
            root: context.root(),
            address: context.whole_address(),
            inner: *context.page != address::home(),
            description: None,
            lang: None,
            mixed: context.texts.lang() != "ja",
            trail: Vec::new(),
            strategy: None,
            glossary: context.terms.map(|_| context.link(&address::glossary())),
            search: (context.report.site.search && *context.page != address::search())
                .then(|| context.link(&address::search())),
            drafts: Vec::new(),
            previous: None,
            next: None,
        }
    }

    /// The frame of a page of a strategy.
    pub(crate) fn of_strategy(context: &ViewContext<'a>, ix: StrategyIx) -> Self {
        let strategy = context.report.strategy(ix);
        let lang = Some(strategy.lang.as_str()).filter(|lang| *lang != context.report.site.lang && *lang != "ja");
        let mixed = lang.is_some() || context.texts.lang() != "ja";
        let drafts = strategy.shown_editions().map(|(_, edition)| edition).filter(|edition| edition.draft);
        let drafts = drafts.map(|edition| edition.label.as_str()).collect();
        Self {
            lang,
            mixed,
            strategy: context.summary(ix).map(|summary| StrategyNav::new(context, summary)),
            drafts,
            ..Self::of_site(context)
        }
    }

    /// The frame of an overview below a strategy.
    pub(crate) fn of_overview(context: &ViewContext<'a>, ix: StrategyIx) -> Self {
        Self { trail: vec![RefView::new(context, ix, Target::Strategy(ix))], ..Self::of_strategy(context, ix) }
    }

    /// The frame of a page of a node.
    pub(crate) fn of_node(context: &ViewContext<'a>, id: NodeId, order: &Order) -> Self {
        let (before, after) = order.around(context.report.node(id).kind, id);
        let node = |id: NodeId| RefView::of_node(context, id.strategy, id);
        let editions = context.sheets(id).into_iter().filter_map(|sheet| context.edition(id.strategy, sheet.edition));
        let drafts = editions.filter(|edition| edition.draft).map(|edition| edition.label.as_str()).collect();
        Self { drafts, previous: before.map(node), next: after.map(node), ..Self::of_overview(context, id.strategy) }
            .with_trail(context, id)
    }

    /// Adds the goals above a node; above a program, those of its home.
    fn with_trail(mut self, context: &ViewContext<'a>, id: NodeId) -> Self {
        let report = context.report;
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
        self.trail.extend(above.into_iter().rev().map(|node| RefView::of_node(context, id.strategy, node)));
        self
    }
}

impl<'a> StrategyNav<'a> {
    /// The way to the overviews of a strategy.
    pub(crate) fn new(context: &ViewContext<'a>, strategy: &'a Summary) -> Self {
        let (overviews, link) = (strategy.overviews, |url: Url| NavLink::new(context, &url));
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
