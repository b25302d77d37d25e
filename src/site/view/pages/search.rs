//! Search page: the strategies that can be searched, and the addresses of their indexes.
//!
//! The search script takes the addresses of the index files from the page. Without the script, the page is still a
//! useful list of the strategies.

use crate::model::Kind;
use crate::site::search_grams::GramIndex;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::layout::{Layout, StrategyNav};
use crate::site::{Summary, address};
use serde::Serialize;

/// Search page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Kinds of nodes that occur in any strategy, in this order: `goal`, `policy`, `program`.
    pub kinds: Vec<&'static str>,
    /// True if any strategy has permalink pages.
    pub has_permalinks: bool,
    /// Strategies, in the order of the home page.
    pub strategies: Vec<SearchStrategy<'a>>,
    /// Link to the search index of the glossary; `None` if the site has no glossary.
    pub glossary_index: Option<String>,
    /// True if the index has a first level: the site has many strategies.
    pub has_grams: bool,
}

/// Strategy that can be searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchStrategy<'a> {
    /// Links to its pages.
    pub nav: StrategyNav<'a>,
    /// Language tag of its content: `ja`.
    pub lang: &'a str,
    /// Link to the search index of its current pages.
    pub index: String,
    /// Editions with permalink pages, newest first; empty if the site has no permalink pages.
    pub editions: Vec<SearchEdition<'a>>,
}

/// Edition whose permalink pages can be searched. Its index is loaded only on request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchEdition<'a> {
    /// Id of the edition: `2019`.
    pub id: &'a str,
    /// Label of the edition: `検証シート 令和元年度`.
    pub label: &'a str,
    /// Link to the search index of its permalink pages.
    pub index: String,
}

/// Builds the search page.
pub(crate) fn search<'a>(context: &ViewContext<'a>) -> SearchView<'a> {
    let strategies: Vec<SearchStrategy<'a>> =
        context.summaries.iter().map(|summary| strategy(context, summary)).collect();
    let has = |kind: &Kind| context.summaries.iter().any(|summary| summary.kinds.contains(kind));
    SearchView {
        layout: Layout::of_site(context),
        kinds: Kind::ALL.iter().filter(|kind| has(kind)).map(|kind| kind.key()).collect(),
        has_permalinks: strategies.iter().any(|strategy| !strategy.editions.is_empty()),
        strategies,
        has_grams: GramIndex::is_needed(context.summaries),
        glossary_index: (!context.report.glossary.is_empty()).then(|| context.link(&address::glossary_search_index())),
    }
}

fn strategy<'a>(context: &ViewContext<'a>, strategy: &'a Summary) -> SearchStrategy<'a> {
    let edition = |(id, label): &'a (String, String)| SearchEdition {
        id,
        label,
        index: context.link(&address::edition_search_index(strategy, id, 0)),
    };
    SearchStrategy {
        nav: StrategyNav::new(context, strategy),
        lang: &strategy.lang,
        index: context.link(&address::search_index(strategy, 0)),
        editions: strategy.permalinks.iter().rev().map(edition).collect(),
    }
}
