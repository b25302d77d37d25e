//! Home page of the site: the municipalities, their strategies, and entry points to each.
//!
//! A site with a single strategy shows its goals and links to its overviews. All comes from summaries, so that a portal of
//! units that were built elsewhere is the same.
//!
//! Nothing is ranked or summed across municipalities, because their marks are not comparable.

use crate::model::{Decimal, FiscalYear, PhaseKind, Tone, grouped};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::judgement::MarkView;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_distribution::{DistributionBar, SHADES, bar};
use crate::site::view::sections::sums::SumView;
use crate::site::view::sections::target_comparison::{is_undirected, targets_statement};
use crate::site::view::values::html::Html;
use crate::site::view::values::statement::{Attributes, STRATEGY_KEY};
use crate::site::view::values::time::YearView;
use crate::site::{MarkCount, MarkCounts, NewestSum, Summary, TargetCounts, TopNode, Url, address, enclosing_period};
use serde::Serialize;

/// Number of words to search for.
const WORDS: usize = 4;

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
    /// True if the site has a single strategy, which is not an outline.
    pub only: bool,
    /// Words to search for; empty without a search.
    pub words: Vec<&'a str>,
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
    /// Comparison of the indicators with their targets; `None` if an indicator has a mark, or if none can be compared.
    pub targets: Option<CardTargets<'a>>,
    /// Newest sum of money; `None` if there is none.
    pub amount: Option<CardAmount<'a>>,
    /// Goals and policies at the top of the tree; empty if the site has several strategies, or if they are too many.
    pub goals: Vec<GoalLink<'a>>,
    /// Link to the overview of indicators; `None` if the strategy has no indicators.
    pub indicators: Option<String>,
    /// Name of the program level in the report: `事務事業`.
    pub program_label: &'a str,
    /// Link to the overview of programs; `None` if the strategy has no programs.
    pub programs: Option<String>,
    /// Link to the amounts by goal and policy; `None` if the strategy has no amounts.
    pub spending: Option<String>,
    /// Link to the overview of departments; `None` if the strategy names none.
    pub departments: Option<String>,
}

/// Numbers of indicators by the relation to their targets, as on the page of the strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardTargets<'a> {
    /// Number of all indicators of the strategy.
    pub total: usize,
    /// Number of indicators in `parts`.
    pub compared: usize,
    /// Relations that occur.
    pub parts: Vec<CardTarget<'a>>,
    /// True if the direction of improvement of an indicator is unknown, so that only the numbers are compared.
    pub undirected: bool,
    /// Statement attributes (`docs/statements.md`, section 5), for tests.
    pub statement: Html,
}

/// Number of indicators with one relation to their targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardTarget<'a> {
    /// Relation: `reached`, `more`, `same`, `less` or `missed`.
    pub relation: &'a str,
    /// Number of indicators.
    pub count: usize,
    /// Its part of the bar.
    pub bar: DistributionBar,
    /// Lightness of its part of the bar (0 to 5).
    pub shade: usize,
}

/// Newest sum of a strategy, with each program counted once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardAmount<'a> {
    /// Title of the phase: `決算額`.
    pub title: &'a str,
    /// Fiscal year.
    pub year: YearView,
    /// Unit: `千円`.
    pub unit: &'a str,
    /// The sum.
    pub sum: SumView,
    /// True if programs are repeated (再掲), so that `sum` is less than that of all rows.
    pub without_repeats: bool,
}

/// Goal or policy at the top of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalLink<'a> {
    /// Link to its page.
    pub href: String,
    /// Name of its level in the report: `基本目標`.
    pub label: &'a str,
    /// Number as printed; `None` if it has none.
    pub number: Option<&'a str>,
    /// Name.
    pub name: &'a str,
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
    let mut publishers: Vec<PublisherView<'a>> = publishers.collect();
    let only = matches!(summaries, [only] if !only.outline);
    if let ([publisher], true) = (&mut publishers[..], only) {
        let strategies = publisher.strategies.iter_mut().zip(summaries);
        strategies.for_each(|(card, summary)| card.goals = goals(context, summary));
    }
    let searched = if site.search { summaries } else { &[] };
    let years = summaries.iter().filter_map(|summary| summary.years).reduce(enclosing_period);
    HomeView {
        layout: Layout { description: site.description.clone(), ..Layout::of_site(context) },
        title: &site.title,
        description: site.description.as_deref(),
        count: summaries.len(),
        years: years.map(|period| context.texts.period_in_full(period)),
        publishers,
        only,
        words: words(searched),
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
        targets: summary.targets.as_ref().and_then(card_targets),
        amount: summary.amount.as_ref().and_then(|amount| card_amount(context, amount)),
        goals: Vec::new(),
        indicators: overviews.indicators.then(|| context.link(&address::indicators(summary))),
        program_label: &summary.program_label,
        programs: overviews.programs.then(|| context.link(&address::programs(summary))),
        spending: overviews.spending.then(|| context.link(&address::spending(summary))),
        departments: overviews.departments.then(|| context.link(&address::departments(summary))),
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

fn card_targets(counts: &TargetCounts) -> Option<CardTargets<'_>> {
    let compared = counts.counts.iter().map(|(_, count)| count).sum();
    if compared == 0 {
        return None;
    }
    let mut from = 0;
    let mut parts = Vec::new();
    for (index, (relation, count)) in counts.counts.iter().enumerate() {
        let bar = bar(None, *count, from, compared);
        parts.push(CardTarget { relation, count: *count, bar, shade: index % SHADES });
        from += count;
    }
    let keys = || counts.counts.iter().map(|(relation, count)| (relation.as_str(), *count));
    Some(CardTargets {
        total: counts.total,
        compared,
        parts,
        undirected: is_undirected(keys().map(|(relation, _)| relation)),
        statement: targets_statement(keys(), counts.total),
    })
}

/// View of a sum in a summary; `None` if it is not a number, which no unit writes.
fn card_amount<'a>(context: &ViewContext<'a>, newest: &'a NewestSum) -> Option<CardAmount<'a>> {
    let net: Decimal = newest.net.parse().ok()?;
    let statement = Attributes::statement("sum")
        .with("of", STRATEGY_KEY)
        .with("money", &newest.money)
        .with("year", &newest.year.0.to_string())
        .with_optional("interim", newest.interim.then_some("yes"))
        .with("net", &grouped(net));
    let sum = SumView::of_amount(context, &newest.unit, net, newest.interim);
    let phase = PhaseKind::ALL.into_iter().map(PhaseKind::title_key).find(|key| *key == newest.phase)?;
    Some(CardAmount {
        title: newest.title.as_deref().unwrap_or_else(|| context.texts.get(phase)),
        year: context.year(newest.year),
        unit: &newest.unit,
        sum: SumView { statement: statement.html(), ..sum },
        without_repeats: newest.without_repeats,
    })
}

fn goals<'a>(context: &ViewContext<'a>, summary: &'a Summary) -> Vec<GoalLink<'a>> {
    let goals = summary.goals.iter().map(|TopNode { path, label, number, name }| GoalLink {
        href: context.link(&Url::new(path)),
        label,
        number: number.as_deref(),
        name,
    });
    goals.collect()
}

/// Words to search for: of each strategy the same number.
fn words(summaries: &[Summary]) -> Vec<&str> {
    let each = (WORDS / summaries.len().max(1)).max(1);
    let words = summaries.iter().flat_map(|summary| summary.words.iter().take(each));
    words.take(WORDS).map(String::as_str).collect()
}

/// Numbers of nodes by the name of their level, in the order of the summary.
pub(crate) fn counts(summary: &Summary) -> Vec<CountView<'_>> {
    summary.counts.iter().map(|(label, count)| CountView { label, count: *count }).collect()
}
