//! Editions and their source documents.

use crate::model::{Edition, Href, StrategyIx};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::values::time::YearView;
use serde::Serialize;

/// Edition: one publication of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionView<'a> {
    /// Link to the page of the edition.
    pub href: String,
    /// Label: `検証シート 令和元年度`.
    pub label: &'a str,
    /// Fiscal year that the edition reports on; `None` if the document prints none.
    pub year: Option<YearView>,
    /// Stage: `final`, `interim` or `plan`.
    pub stage: &'static str,
    /// Reference date of an interim edition: `平成29年9月30日`. `None` if not given.
    pub as_of: Option<String>,
    /// True if `as_of` was inferred rather than printed.
    pub as_of_inferred: bool,
    /// Basis of the inference; `None` if not given.
    pub as_of_note: Option<&'a str>,
    /// Evaluator who gave the marks: `市による自己評価`. `None` if not declared.
    pub judged_by: Option<&'a str>,
    /// Note on the whole edition; `None` if there is none.
    pub note: Option<&'a str>,
    /// Source document of the figures; `None` if not declared.
    pub document: Option<DocumentView<'a>>,
}

/// Source document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentView<'a> {
    /// Title, as printed.
    pub title: &'a str,
    /// Address at which the publisher provides the document; `None` if not declared.
    pub url: Option<&'a str>,
    /// Date of publication; `None` if not declared.
    pub published: Option<String>,
    /// True if the text on this site paraphrases the document instead of quoting it.
    pub summary: bool,
    /// Note on the document; `None` if there is none.
    pub note: Option<&'a str>,
}

impl<'a> EditionView<'a> {
    /// Builds the view of an edition of the strategy `ix`.
    pub(crate) fn new(context: &ViewContext<'a>, ix: StrategyIx, edition: &'a Edition) -> Self {
        let document = edition.document.as_ref().map(|document| DocumentView {
            title: &document.title,
            url: document.url.as_ref().map(Href::as_str),
            published: document.published.as_ref().map(|date| context.texts.date(&date.printed)),
            summary: document.summary,
            note: document.note.as_deref(),
        });
        Self {
            href: context.link(&address::edition(context.report.strategy(ix), edition)),
            label: &edition.label,
            year: edition.year.map(|year| context.year(year)),
            stage: edition.stage.key(),
            as_of: edition.as_of.as_deref().map(|date| context.texts.date(date)),
            as_of_inferred: edition.as_of_estimated,
            as_of_note: edition.as_of_note.as_deref(),
            judged_by: edition.judged_by.as_deref(),
            note: edition.note.as_deref(),
            document,
        }
    }
}
