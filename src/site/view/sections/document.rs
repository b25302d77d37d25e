//! Editions, and the documents from which they were taken.

use crate::model::{Edition, Href, StrategyIx};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::values::time::YearView;
use serde::Serialize;

/// One publication of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionView<'a> {
    /// The link to its page.
    pub href: String,
    /// What readers see: `検証シート 令和元年度`.
    pub label: &'a str,
    /// The year on which it reports.
    pub year: Option<YearView>,
    /// `final`, `interim` or `plan`.
    pub stage: &'static str,
    /// The day up to which it counts.
    pub as_of: Option<String>,
    /// Whether that day was inferred.
    pub as_of_estimated: bool,
    /// From what it was inferred.
    pub as_of_note: Option<&'a str>,
    /// Who gave the grades.
    pub judged_by: Option<&'a str>,
    /// What readers must know of it.
    pub note: Option<&'a str>,
    /// Where its figures come from.
    pub document: Option<DocumentView<'a>>,
}

/// A document of the publisher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentView<'a> {
    /// Its title.
    pub title: &'a str,
    /// Where the publisher keeps it.
    pub url: Option<&'a str>,
    /// The day it was published.
    pub published: Option<String>,
    /// Whether the sentences of the site were written anew from it.
    pub summary: bool,
    /// What readers must know of it.
    pub note: Option<&'a str>,
}

impl<'a> EditionView<'a> {
    pub(crate) fn new(context: &ViewContext<'a>, of: StrategyIx, edition: &'a Edition) -> Self {
        let document = edition.document.as_ref().map(|document| DocumentView {
            title: &document.title,
            url: document.url.as_ref().map(Href::as_str),
            published: document.published.as_deref().map(|date| context.texts.day(date)),
            summary: document.summary,
            note: document.note.as_deref(),
        });
        Self {
            href: context.link(&address::edition(context.report.strategy(of), edition)),
            label: &edition.label,
            year: edition.year.map(|year| context.year(year)),
            stage: edition.stage.key(),
            as_of: edition.as_of.as_deref().map(|date| context.texts.day(date)),
            as_of_estimated: edition.as_of_estimated,
            as_of_note: edition.as_of_note.as_deref(),
            judged_by: edition.judged_by.as_deref(),
            note: edition.note.as_deref(),
            document,
        }
    }
}
