//! The first page of the site: whose strategies there are, of when, and the ways into them.
//!
//! Nothing is ranked or summed up across municipalities: their marks do not mean the same.

use super::here::Here;
use super::layout::Layout;
use super::time::{self, YearView};
use crate::model::{Kind, Period, Report, Strategy, StrategyIx};
use crate::site::address;
use serde::Serialize;

/// The first page of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomeView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// The name of the site.
    pub title: &'a str,
    /// What it is.
    pub description: Option<&'a str>,
    /// How many strategies there are.
    pub count: usize,
    /// The years on which their editions report, as far as any is printed.
    pub years: Option<String>,
    /// The strategies, municipality by municipality.
    pub publishers: Vec<PublisherView<'a>>,
    /// The link to the glossary, if there is one.
    pub glossary: Option<String>,
}

/// A municipality with its strategies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublisherView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its strategies.
    pub strategies: Vec<StrategyCard<'a>>,
}

/// A strategy in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyCard<'a> {
    /// The link to it.
    pub href: String,
    /// Its title.
    pub title: &'a str,
    /// What it is.
    pub description: Option<&'a str>,
    /// The years of the plan.
    pub period: Option<String>,
    /// Whether only an outline is kept.
    pub outline: bool,
    /// Its newest edition.
    pub edition: Option<CardEdition<'a>>,
    /// What it is made of: how many of each.
    pub counts: Vec<CountView<'a>>,
    /// The link to its indicators, if there are any.
    pub indicators: Option<String>,
    /// What the report calls programs.
    pub program_label: &'a str,
    /// The link to its programs, if there are any.
    pub programs: Option<String>,
    /// The link to what it costs, if there is any money.
    pub spending: Option<String>,
}

/// The newest edition of a strategy in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardEdition<'a> {
    /// Its label.
    pub label: &'a str,
    /// The year on which it reports; none where the document prints none.
    pub year: Option<YearView>,
}

/// How many of something there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountView<'a> {
    /// What the report calls it.
    pub label: &'a str,
    /// How many.
    pub count: usize,
}

pub(crate) fn home<'a>(here: &Here<'a>) -> HomeView<'a> {
    let report = here.report;
    let site = &report.site;
    let mut publishers: Vec<PublisherView<'a>> = Vec::new();
    for (ix, strategy) in report.strategies() {
        let card = card(here, ix, strategy);
        match publishers.last_mut().filter(|last| last.name == strategy.publisher) {
            Some(publisher) => publisher.strategies.push(card),
            None => publishers.push(PublisherView { name: &strategy.publisher, strategies: vec![card] }),
        }
    }
    HomeView {
        layout: Layout { description: site.description.clone(), ..Layout::of_site(here) },
        title: &site.title,
        description: site.description.as_deref(),
        count: report.strategies.len(),
        years: years(report).map(|period| time::period(period, here.words.lang)),
        publishers,
        glossary: (!report.glossary.is_empty()).then(|| here.link(&address::glossary())),
    }
}

fn card<'a>(here: &Here<'a>, ix: StrategyIx, strategy: &'a Strategy) -> StrategyCard<'a> {
    let newest = strategy.shown_editions().next_back().map(|(_, edition)| edition);
    let nav = Layout::of_strategy(here, ix).strategy;
    let nav = nav.as_ref();
    let link = |link: Option<&super::NavLink>| link.map(|link| link.href.clone());
    StrategyCard {
        href: here.link(&address::strategy(strategy)),
        title: &strategy.title,
        description: strategy.description.as_deref(),
        period: strategy.period.map(|period| time::period(period, here.words.lang)),
        outline: strategy.outline,
        edition: newest
            .map(|edition| CardEdition { label: &edition.label, year: edition.year.map(|year| here.year(year)) }),
        counts: counts(here, ix),
        indicators: link(nav.and_then(|nav| nav.indicators.as_ref())),
        program_label: strategy.label(Kind::Program),
        programs: link(nav.and_then(|nav| nav.programs.as_ref())),
        spending: link(nav.and_then(|nav| nav.spending.as_ref())),
    }
}

/// How many a strategy has of what it calls by one name: goals above goals often have names
/// of their own.
pub(super) fn counts<'a>(here: &Here<'a>, ix: StrategyIx) -> Vec<CountView<'a>> {
    let strategy = here.report.strategy(ix);
    let mut counts: Vec<CountView<'a>> = Vec::new();
    for (_, node) in here.report.nodes(ix) {
        let label = node.label.as_deref().unwrap_or_else(|| strategy.label(node.kind));
        match counts.iter_mut().find(|count| count.label == label) {
            Some(count) => count.count += 1,
            None => counts.push(CountView { label, count: 1 }),
        }
    }
    counts
}

/// From the first to the last year on which any edition reports.
fn years(report: &Report) -> Option<Period> {
    let editions = || report.strategies.iter().flat_map(|strategy| strategy.shown_editions());
    let years = || editions().filter_map(|(_, edition)| edition.year);
    Some(Period { from: years().min()?, to: years().max()? })
}
