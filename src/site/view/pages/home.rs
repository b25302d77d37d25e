//! The first page of the site: whose strategies there are, of when, and the ways into them.
//!
//! Nothing is ranked or summed up across municipalities: their marks do not mean the same.

use crate::model::FiscalYear;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::layout::Layout;
use crate::site::view::values::time::YearView;
use crate::site::{Summary, address, hull};
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

pub(crate) fn home<'a>(context: &ViewContext<'a>) -> HomeView<'a> {
    let (report, summaries) = (context.report, context.summaries);
    let site = &report.site;
    let mut publishers: Vec<PublisherView<'a>> = Vec::new();
    for summary in summaries {
        let card = card(context, summary);
        match publishers.last_mut().filter(|last| last.name == summary.publisher) {
            Some(publisher) => publisher.strategies.push(card),
            None => publishers.push(PublisherView { name: &summary.publisher, strategies: vec![card] }),
        }
    }
    let years = summaries.iter().filter_map(|summary| summary.years).reduce(hull);
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

/// How many a strategy has of what it calls by one name.
pub(crate) fn counts(summary: &Summary) -> Vec<CountView<'_>> {
    summary.counts.iter().map(|(label, count)| CountView { label, count: *count }).collect()
}
