//! Home page of the site: the municipalities, their strategies, and entry points to each.
//!
//! Nothing is ranked or summed across municipalities, because their marks are not comparable.

use crate::model::FiscalYear;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::layout::Layout;
use crate::site::view::values::time::YearView;
use crate::site::{Summary, address, enclosing_period};
use serde::Serialize;

/// Home page of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomeView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Title of the site.
    pub title: &'a str,
    /// Description of the site from `site.toml`; `None` if there is none.
    pub description: Option<&'a str>,
    /// Number of strategies.
    pub count: usize,
    /// Period from the first to the last year that any edition reports on; `None` if no edition has a year.
    pub years: Option<String>,
    /// Strategies, grouped by municipality.
    pub publishers: Vec<PublisherView<'a>>,
    /// Link to the glossary; `None` if the site has none.
    pub glossary: Option<String>,
}

/// Municipality with its strategies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublisherView<'a> {
    /// Name of the municipality.
    pub name: &'a str,
    /// Strategies of the municipality; never empty.
    pub strategies: Vec<StrategyCard<'a>>,
}

/// Strategy in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyCard<'a> {
    /// Link to the page of the strategy.
    pub href: String,
    /// Title of the strategy.
    pub title: &'a str,
    /// Description of the strategy; `None` if there is none.
    pub description: Option<&'a str>,
    /// Years of the plan; `None` if not declared.
    pub period: Option<String>,
    /// True if only an outline is published, without editions.
    pub outline: bool,
    /// Newest edition; `None` if the strategy has no edition.
    pub edition: Option<CardEdition<'a>>,
    /// Numbers of nodes by the name of their level.
    pub counts: Vec<CountView<'a>>,
    /// Link to the overview of indicators; `None` if the strategy has no indicators.
    pub indicators: Option<String>,
    /// Name of the program level in the report: `事務事業`.
    pub program_label: &'a str,
    /// Link to the overview of programs; `None` if the strategy has no programs.
    pub programs: Option<String>,
    /// Link to the amounts by goal and policy; `None` if the strategy has no amounts.
    pub spending: Option<String>,
}

/// Newest edition of a strategy in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardEdition<'a> {
    /// Label of the edition.
    pub label: &'a str,
    /// Fiscal year that the edition reports on; `None` if the document prints none.
    pub year: Option<YearView>,
}

/// Number of nodes of one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountView<'a> {
    /// Name of the level in the report: `施策`.
    pub label: &'a str,
    /// Number of nodes.
    pub count: usize,
}

/// Builds the home page from the summaries of all strategies.
pub(crate) fn home<'a>(context: &ViewContext<'a>) -> HomeView<'a> {
    let (report, summaries) = (context.report, context.summaries);
    let site = &report.site;
    // Municipalities of different prefectures may have the same name.
    let same_publisher =
        |a: &Summary, b: &Summary| (&a.publisher, a.municipality()) == (&b.publisher, b.municipality());
    let publishers = summaries.chunk_by(same_publisher).filter_map(|strategies| {
        let name = &strategies.first()?.publisher;
        Some(PublisherView { name, strategies: strategies.iter().map(|summary| card(context, summary)).collect() })
    });
    let publishers = publishers.collect();
    let years = summaries.iter().filter_map(|summary| summary.years).reduce(enclosing_period);
    HomeView {
        layout: Layout { description: site.description.clone(), ..Layout::of_site(context) },
        title: &site.title,
        description: site.description.as_deref(),
        count: summaries.len(),
        years: years.map(|period| context.texts.period_in_full(period)),
        publishers,
        glossary: (!report.glossary.is_empty()).then(|| context.link(&address::glossary())),
    }
}

fn card<'a>(context: &ViewContext<'a>, summary: &'a Summary) -> StrategyCard<'a> {
    let overviews = summary.overviews;
    let edition = |(label, year): &'a (String, Option<FiscalYear>)| CardEdition {
        label,
        year: year.map(|year| context.year(year)),
    };
    StrategyCard {
        href: context.link(&address::strategy(summary)),
        title: &summary.title,
        description: summary.description.as_deref(),
        period: summary.period.map(|period| context.texts.period_in_full(period)),
        outline: summary.outline,
        edition: summary.newest.as_ref().map(edition),
        counts: counts(summary),
        indicators: overviews.indicators.then(|| context.link(&address::indicators(summary))),
        program_label: &summary.program_label,
        programs: overviews.programs.then(|| context.link(&address::programs(summary))),
        spending: overviews.spending.then(|| context.link(&address::spending(summary))),
    }
}

/// Numbers of nodes by the name of their level, in the order of the summary.
pub(crate) fn counts(summary: &Summary) -> Vec<CountView<'_>> {
    summary.counts.iter().map(|(label, count)| CountView { label, count: *count }).collect()
}
