//! Answers of a node to earlier remarks.

use crate::model::{EditionIx, NodeId, Response, ResponseEdition, Sheet};
use crate::site::address;
use crate::site::view::context::ViewContext;
use serde::Serialize;

/// Answers to earlier remarks, as printed by one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponsesView<'a> {
    /// Label of the edition that prints the answers.
    pub edition: &'a str,
    /// Answers, in printed order; never empty.
    pub responses: Vec<ResponseView<'a>>,
}

/// Answer to one remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseView<'a> {
    /// Edition in which the remark was made; `None` if it is not stated.
    pub edition: Option<ResponseEditionView<'a>>,
    /// Who made the remark; `None` if it is not stated.
    pub raised_by: Option<&'a str>,
    /// Remark.
    pub point: &'a str,
    /// Answer; `None` if none is printed.
    pub answer: Option<&'a str>,
    /// State of the answer; `None` if none is printed.
    pub status: Option<&'a str>,
}

/// Edition in which a remark was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseEditionView<'a> {
    /// Label of the edition, or the text that the report prints.
    pub label: &'a str,
    /// Link to the sheet of the node in that edition, or else to the edition. `None` if it is not published.
    pub href: Option<String>,
}

/// The answers in the newest of the `sheets` of a node, oldest first, that has any. `None` if none has.
pub(super) fn responses<'a>(context: &ViewContext<'a>, id: NodeId, sheets: &[&'a Sheet]) -> Option<ResponsesView<'a>> {
    let sheet = sheets.iter().rev().find(|sheet| !sheet.responses.is_empty())?;
    let edition = &context.edition(id.strategy, sheet.edition)?.label;
    Some(ResponsesView {
        edition,
        responses: sheet.responses.iter().map(|response| view(context, id, response)).collect(),
    })
}

fn view<'a>(context: &ViewContext<'a>, id: NodeId, response: &'a Response) -> ResponseView<'a> {
    let edition = response.edition.as_ref().and_then(|edition| match edition {
        ResponseEdition::Published(ix) => published(context, id, *ix),
        ResponseEdition::Printed(text) => Some(ResponseEditionView { label: text, href: None }),
    });
    ResponseView {
        edition,
        raised_by: response.raised_by.as_deref(),
        point: &response.point,
        answer: response.answer.as_deref(),
        status: response.status.as_deref(),
    }
}

fn published<'a>(context: &ViewContext<'a>, id: NodeId, ix: EditionIx) -> Option<ResponseEditionView<'a>> {
    let strategy = context.report.strategy(id.strategy);
    let edition = context.edition(id.strategy, ix)?;
    let sheet = context.report.node(id).sheet(ix).and_then(|sheet| address::sheet(context.report, id, sheet));
    let is_shown = strategy.shown_editions().any(|(shown, _)| shown == ix);
    let url = sheet.or_else(|| is_shown.then(|| address::edition(strategy, edition)));
    Some(ResponseEditionView { label: &edition.label, href: url.map(|url| context.link(&url)) })
}
