//! Layout data: everything that a page shows around its own content.

use crate::model::{NodeId, Owner, ReferenceTarget, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::downloads::DownloadsView;
use crate::site::view::sections::page_code::PageCodeView;
use crate::site::view::values::reference::RefView;
use crate::site::{ReadingOrder, Summary, Url, address};
use serde::Serialize;

/// Layout data shared by all kinds of pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layout<'a> {
    /// Link to the home page of the site.
    pub home: String,
    /// File name of the page's template.
    #[serde(skip)]
    pub(crate) template: &'static str,
    /// Path from the page to the root of the site: empty, or `../` repeated; on the error page, the base path if
    /// `site.toml` declares a base address. Files of the theme are in `assets/` below it.
    pub root: String,
    /// Absolute address of the page. `None` if `site.toml` declares no base address, and for redirects and the error
    /// page, which search engines must not index.
    pub address: Option<String>,
    /// Address of the page as a QR code, for paper. `None` if `site.toml` declares no base address, and for pages other
    /// than those of nodes and print documents.
    pub page_code: Option<PageCodeView>,
    /// Link to the Atom feed of the strategy of the page or, on site-level pages, of the whole site. `None` if it has no
    /// entries, and if `site.toml` declares no base address.
    pub feed: Option<String>,
    /// True if the page shows a breadcrumb; false only for the home page.
    pub has_breadcrumb: bool,
    /// Description of the page for search engines, as plain text; `None` if there is none.
    pub description: Option<String>,
    /// Language tag of the content. `None` if it is the language of the site, or Japanese, which is recognized by its
    /// characters.
    pub lang: Option<&'a str>,
    /// Breadcrumb, without the home page and the page itself; empty for pages directly below the home page.
    pub breadcrumb: Vec<RefView<'a>>,
    /// Strategy of the page; `None` for site-level pages.
    pub strategy: Option<StrategyNav<'a>>,
    /// Sources and data of the figures of the page, for saving its tables and charts; `None` for site-level pages and
    /// print documents.
    pub downloads: Option<DownloadsView<'a>>,
    /// Link to the glossary; `None` if the site has none.
    pub glossary: Option<String>,
    /// True if the page may contain Japanese within text of another language.
    #[serde(skip)]
    pub(crate) mixes_languages: bool,
    /// Link to the search page; `None` on the search page itself, and if the site has no search.
    pub search: Option<String>,
    /// Labels of the draft editions whose sheets are shown on the page; always empty in a published site.
    pub drafts: Vec<&'a str>,
    /// Previous node of the same kind; `None` on the first, and on pages other than the current pages of nodes.
    pub previous: Option<RefView<'a>>,
    /// Next node of the same kind; `None` on the last, and on pages other than the current pages of nodes.
    pub next: Option<RefView<'a>>,
}

/// Fields of a [`Layout`] that are the same for pages of a strategy in one folder: those that fragments of a theme can use.
/// [`Layout`] describes each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SharedLayout<'l> {
    pub(crate) home: &'l str,
    pub(crate) root: &'l str,
    pub(crate) feed: Option<&'l str>,
    pub(crate) lang: Option<&'l str>,
    pub(crate) strategy: Option<&'l StrategyNav<'l>>,
    pub(crate) downloads: Option<&'l DownloadsView<'l>>,
    pub(crate) glossary: Option<&'l str>,
    pub(crate) search: Option<&'l str>,
}

/// Strategy of a page, with links to its overviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyNav<'a> {
    /// Id of the strategy. A search started from one of its pages lists its results first.
    pub id: &'a str,
    /// Title of the strategy.
    pub title: &'a str,
    /// Name of the municipality.
    pub publisher: &'a str,
    /// Page of the strategy.
    pub overview: NavLink,
    /// Overview of indicators; `None` if the strategy has no indicators.
    pub indicators: Option<NavLink>,
    /// Name of the program level in the report: `事務事業`.
    pub program_label: &'a str,
    /// Overview of programs; `None` if the strategy has no programs.
    pub programs: Option<NavLink>,
    /// Amounts by goal and policy; `None` if the strategy has no amounts.
    pub spending: Option<NavLink>,
    /// Overview of departments; `None` if the strategy names no department.
    pub departments: Option<NavLink>,
    /// Link to the page about its data; `None` if it has none.
    pub data: Option<String>,
}

/// Navigation link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavLink {
    /// Link.
    pub href: String,
    /// True if the link leads to the page itself.
    pub current: bool,
}

impl NavLink {
    fn new(context: &ViewContext<'_>, to: &Url) -> Self {
        Self { href: context.link(to), current: context.url == to }
    }
}

impl<'a> Layout<'a> {
    /// Layout data of a site-level page.
    pub(crate) fn of_site(context: &ViewContext<'a>) -> Self {
        Self {
            template: context.template,
            home: context.link(&address::home()),
            root: context.root(),
            address: context.absolute_address(),
            page_code: None,
            feed: context
                .summaries
                .iter()
                .any(|summary| !summary.feed.is_empty())
                .then(|| feed_link(context, &address::site_feed()))
                .flatten(),
            has_breadcrumb: *context.url != address::home(),
            description: None,
            lang: None,
            mixes_languages: context.texts.lang() != "ja",
            breadcrumb: Vec::new(),
            strategy: None,
            downloads: None,
            glossary: context.terms.map(|_| context.link(&address::glossary())),
            search: (context.report.site.search && *context.url != address::search())
                .then(|| context.link(&address::search())),
            drafts: Vec::new(),
            previous: None,
            next: None,
        }
    }

    /// Layout data of the page of a strategy.
    pub(crate) fn of_strategy(context: &ViewContext<'a>, ix: StrategyIx) -> Self {
        let strategy = context.report.strategy(ix);
        let lang = Some(strategy.lang.as_str()).filter(|lang| *lang != context.report.site.lang && *lang != "ja");
        let mixes_languages = lang.is_some() || context.texts.lang() != "ja";
        let editions = || strategy.shown_editions().map(|(_, edition)| edition);
        let drafts = editions().filter(|edition| edition.draft).map(|edition| edition.label.as_str()).collect();
        Self {
            lang,
            mixes_languages,
            strategy: context.summary(ix).map(|summary| StrategyNav::new(context, summary)),
            feed: context
                .summary(ix)
                .filter(|summary| !summary.feed.is_empty())
                .and_then(|summary| feed_link(context, &address::feed(summary))),
            downloads: Some(DownloadsView::new(context, ix, editions().rev())),
            drafts,
            ..Self::of_site(context)
        }
    }

    /// Layout data of an overview page of a strategy.
    pub(crate) fn of_overview(context: &ViewContext<'a>, ix: StrategyIx) -> Self {
        Self {
            breadcrumb: vec![RefView::new(context, ix, ReferenceTarget::Strategy(ix))],
            ..Self::of_strategy(context, ix)
        }
    }

    /// Layout data of a page of a node.
    pub(crate) fn of_node(context: &ViewContext<'a>, id: NodeId, order: &ReadingOrder) -> Self {
        let (before, after) = order.neighbours(context.report.node(id).kind, id);
        let node = |id: NodeId| RefView::of_node(context, id.strategy, id);
        let sheets = context.sheets(id);
        let editions = || sheets.iter().filter_map(|sheet| context.edition(id.strategy, sheet.edition));
        let drafts = editions().filter(|edition| edition.draft).map(|edition| edition.label.as_str()).collect();
        Self {
            downloads: Some(DownloadsView::new(context, id.strategy, editions().rev())),
            drafts,
            page_code: PageCodeView::new(context),
            previous: before.map(node),
            next: after.map(node),
            ..Self::of_overview(context, id.strategy)
        }
        .with_breadcrumb(context, id)
    }

    /// The fields that the page shares with others.
    pub(crate) fn shared(&self) -> SharedLayout<'_> {
        SharedLayout {
            home: &self.home,
            root: &self.root,
            feed: self.feed.as_deref(),
            lang: self.lang,
            strategy: self.strategy.as_ref(),
            downloads: self.downloads.as_ref(),
            glossary: self.glossary.as_deref(),
            search: self.search.as_deref(),
        }
    }

    /// Adds the ancestors of a node to the breadcrumb; for a program, the owner of its home row and its ancestors.
    fn with_breadcrumb(mut self, context: &ViewContext<'a>, id: NodeId) -> Self {
        let report = context.report;
        let mut ancestors = Vec::new();
        let home = report.home(id).and_then(|place| match place.owner {
            Owner::Node(owner) => Some(owner),
            Owner::Strategy(_) => None,
        });
        let mut next = report.relations(id).parent.or(home);
        while let Some(node) = next.filter(|node| !ancestors.contains(node)) {
            ancestors.push(node);
            next = report.relations(node).parent;
        }
        self.breadcrumb.extend(ancestors.into_iter().rev().map(|node| RefView::of_node(context, id.strategy, node)));
        self
    }
}

/// Link to a feed; `None` if `site.toml` declares no base address.
fn feed_link(context: &ViewContext<'_>, feed: &Url) -> Option<String> {
    context.report.site.base.as_ref().map(|_| context.link(feed))
}

impl<'a> StrategyNav<'a> {
    /// Builds the links to the overviews of a strategy.
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
            data: (context.report.site.data && !strategy.outline).then(|| context.link(&address::data(strategy))),
        }
    }
}
