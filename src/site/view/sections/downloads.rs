//! What scripts add to saved tables and charts: the sources to cite, and a link to the data for readers without scripts.

use crate::model::{Edition, StrategyIx};
use crate::site::address;
use crate::site::view::context::ViewContext;
use serde::Serialize;

/// Sources of the figures of a page, and the data of its strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DownloadsView<'a> {
    /// Link to the data of the strategy: its page, or `report.json` if the site has no data packages.
    pub data: String,
    /// Editions that the page takes into account, newest first.
    pub editions: Vec<CitedEdition<'a>>,
}

/// Edition as a source to cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CitedEdition<'a> {
    /// Label: `検証シート 令和元年度`.
    pub label: &'a str,
    /// Title of the source document; `None` if not declared.
    pub document: Option<&'a str>,
}

impl<'a> DownloadsView<'a> {
    /// Builds the sources of a page of the strategy `ix` that takes `editions` into account, newest first.
    pub(crate) fn new(context: &ViewContext<'a>, ix: StrategyIx, editions: impl Iterator<Item = &'a Edition>) -> Self {
        let editions = editions.map(|edition| CitedEdition {
            label: &edition.label,
            document: edition.document.as_ref().map(|document| document.title.as_str()),
        });
        let strategy = context.report.strategy(ix);
        let data = if address::has_data(context.report, ix) {
            address::data(strategy)
        } else {
            address::report_json(strategy)
        };
        Self { data: context.link(&data), editions: editions.collect() }
    }
}
