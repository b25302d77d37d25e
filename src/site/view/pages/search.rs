//! The page on which the site is searched: what is searched, and where its index lies.
//!
//! The script reads from the page itself which files to load, so that the page is a useful
//! list without it.

use crate::model::Kind;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::layout::{Layout, StrategyNav};
use crate::site::{Summary, address};
use serde::Serialize;

/// Where the site is searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchView<'a> {
    /// The frame.
    pub layout: Layout<'a>,
    /// The kinds of nodes that there are, from the general to the particular: `goal`,
    /// `policy`, `program`.
    pub kinds: Vec<&'static str>,
    /// Whether any strategy has editions of its own pages.
    pub has_editions: bool,
    /// The strategies.
    pub strategies: Vec<SearchStrategy<'a>>,
    /// The index of the glossary, if there is a glossary.
    pub glossary_index: Option<String>,
}

/// A strategy that is searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchStrategy<'a> {
    /// The way to its pages.
    pub nav: StrategyNav<'a>,
    /// The language of its words.
    pub lang: &'a str,
    /// The link to the index of its pages as they stand.
    pub index: String,
    /// Its editions that have pages, newest first.
    pub editions: Vec<SearchEdition<'a>>,
}

/// An edition that is searched when it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchEdition<'a> {
    /// Its id.
    pub id: &'a str,
    /// What readers see.
    pub label: &'a str,
    /// The link to the index of its pages.
    pub index: String,
}

pub(crate) fn search<'a>(context: &ViewContext<'a>) -> SearchView<'a> {
    let strategies: Vec<SearchStrategy<'a>> =
        context.summaries.iter().map(|summary| strategy(context, summary)).collect();
    let has = |kind: &Kind| context.summaries.iter().any(|summary| summary.kinds.contains(kind));
    SearchView {
        layout: Layout::of_site(context),
        kinds: Kind::ALL.iter().filter(|kind| has(kind)).map(|kind| kind.key()).collect(),
        has_editions: strategies.iter().any(|strategy| !strategy.editions.is_empty()),
        strategies,
        glossary_index: (!context.report.glossary.is_empty())
            .then(|| context.link(&address::search_index_of_glossary())),
    }
}

fn strategy<'a>(context: &ViewContext<'a>, strategy: &'a Summary) -> SearchStrategy<'a> {
    let edition = |(id, label): &'a (String, String)| SearchEdition {
        id,
        label,
        index: context.link(&address::search_index_of(strategy, id)),
    };
    SearchStrategy {
        nav: StrategyNav::new(context, strategy),
        lang: &strategy.lang,
        index: context.link(&address::search_index(strategy)),
        editions: strategy.permalinks.iter().rev().map(edition).collect(),
    }
}
