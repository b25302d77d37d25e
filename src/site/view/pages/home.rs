//! Home page of the site: the municipalities, their strategies, and entry points to each.
//!
//! Nothing is ranked or summed across municipalities, because their marks are not comparable.

use crate::model::{FiscalYear, Tone};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::MarkView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_distribution::{DistributionBar, SHADES, bar};
use crate::site::view::values::html::Html;
use crate::site::view::values::statement::Attributes;
use crate::site::view::values::time::YearView;
use crate::site::{MarkCount, MarkCounts, Summary, address, enclosing_period};
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
    /// Numbers of evaluative marks; empty if the report has none.
    pub marks: Vec<CardMarks<'a>>,
    /// Link to the overview of indicators; `None` if the strategy has no indicators.
    pub indicators: Option<String>,
    /// Name of the program level in the report: `事務事業`.
    pub program_label: &'a str,
    /// Link to the overview of programs; `None` if the strategy has no programs.
    pub programs: Option<String>,
    /// Link to the amounts by goal and policy; `None` if the strategy has no amounts.
    pub spending: Option<String>,
}

/// Numbers of the marks of one scale, as on the page of the strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardMarks<'a> {
    /// Name in the report of the level that is judged: `施策`. `None` for indicators.
    pub label: Option<&'a str>,
    /// Title of the scale.
    pub scale: &'a str,
    /// Fiscal year; `None` if marks of the scale are not given by year.
    pub year: Option<YearView>,
    /// Number of subjects.
    pub total: usize,
    /// Marks that occur, in the order of the scale, then the subjects without a mark.
    pub parts: Vec<CardMark<'a>>,
}

/// Number of subjects with one mark, or without a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardMark<'a> {
    /// The mark; `None` for subjects without one.
    pub mark: Option<MarkView<'a>>,
    /// Why there is no mark: `missing`, `lost` or `none`; the index of the mark otherwise.
    pub key: &'a str,
    /// Number of subjects.
    pub count: usize,
    /// Its part of the bar.
    pub bar: DistributionBar,
    /// Lightness of its part of the bar (0 to 5), distinguishing it from other parts of the same tone.
    pub shade: usize,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
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
        marks: summary.marks.iter().map(|counts| card_marks(context, counts)).collect(),
        indicators: overviews.indicators.then(|| context.link(&address::indicators(summary))),
        program_label: &summary.program_label,
        programs: overviews.programs.then(|| context.link(&address::programs(summary))),
        spending: overviews.spending.then(|| context.link(&address::spending(summary))),
    }
}

fn card_marks<'a>(context: &ViewContext<'a>, counts: &'a MarkCounts) -> CardMarks<'a> {
    let (mut from, mut tones) = (0, Vec::new());
    let part = |MarkCount { key, mark, spoken, tone, count }: &'a MarkCount| {
        let tone = tone.as_deref().and_then(|key| Tone::ALL.into_iter().find(|tone| tone.key() == key));
        let shade = tones.iter().filter(|other| **other == tone).count() % SHADES;
        tones.push(tone);
        let statement = Attributes::statement("count")
            .with("of", &counts.of)
            .with("scale", &counts.scale)
            .with_optional("year", counts.year.map(|year| year.0.to_string()).as_deref())
            .with("mark", key)
            .with("count", &count.to_string())
            .with("total", &counts.total.to_string());
        let bar = bar(mark.as_deref(), *count, from, counts.total);
        from += count;
        let mark = mark.as_deref().zip(tone);
        let mark = mark.map(|(mark, tone)| MarkView::of(mark, None, spoken.as_deref(), tone));
        let statement = statement.with("width", &bar.width).html();
        CardMark { mark, key, count: *count, bar, shade, statement }
    };
    let parts: Vec<CardMark<'a>> = counts.counts.iter().map(part).collect();
    CardMarks {
        label: counts.label.as_deref(),
        scale: &counts.title,
        year: counts.year.map(|year| context.year(year)),
        total: counts.total,
        parts: parts.into_iter().filter(|part| part.count > 0).collect(),
    }
}

/// Numbers of nodes by the name of their level, in the order of the summary.
pub(crate) fn counts(summary: &Summary) -> Vec<CountView<'_>> {
    summary.counts.iter().map(|(label, count)| CountView { label, count: *count }).collect()
}
