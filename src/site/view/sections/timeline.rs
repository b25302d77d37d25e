//! Editions of a strategy in order of time.

use crate::model::{EditionIx, StrategyIx};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::values::time::YearView;
use serde::Serialize;

/// Link to the page of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionLink<'a> {
    /// Label of the edition.
    pub label: &'a str,
    /// Fiscal year of the report; `None` if it is not printed.
    pub year: Option<YearView>,
    /// Stage: `final`, `interim` or `plan`.
    pub stage: &'static str,
    /// Link to its page.
    pub href: String,
    /// True if the page is about the edition.
    pub current: bool,
    /// True for the newest edition.
    pub newest: bool,
}

/// All editions of a strategy, oldest first, with `current` marked; empty if there is only one.
pub(crate) fn timeline<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    current: Option<EditionIx>,
) -> Vec<EditionLink<'a>> {
    let strategy = context.report.strategy(ix);
    let newest = strategy.shown_editions().next_back().map(|(newest, _)| newest);
    let links = strategy.shown_editions().map(|(edition_ix, edition)| EditionLink {
        label: &edition.label,
        year: edition.year.map(|year| context.year(year)),
        stage: edition.stage.key(),
        href: context.link(&address::edition(strategy, edition)),
        current: current == Some(edition_ix),
        newest: newest == Some(edition_ix),
    });
    let links: Vec<EditionLink<'a>> = links.collect();
    if links.len() > 1 { links } else { Vec::new() }
}
