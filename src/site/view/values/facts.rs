//! Statements as attributes of the elements that make them (`docs/statements.md`, §5), so that tests
//! need not read wording.

use crate::model::{Column, Figure, Indicator, NodeId, Owner, Standing, Status};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::key_figures::{guard, last_guard};
use crate::site::view::values::html::Html;
use pulldown_cmark_escape::escape_html;
use std::fmt::Write as _;

/// Attributes of one element: ` data-statement="sum" data-of="goal/2"`.
///
/// Written here and not in templates: a page has dozens, and drawing each as a component took a tenth
/// of a build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attributes(String);

impl Attributes {
    /// The attributes of the statement `name`.
    pub(crate) fn statement(name: &str) -> Self {
        Self::default().with("statement", name)
    }

    /// Adds `data-{name}`.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let Self(text) = &mut self;
        let written = write!(text, " data-{name}=\"").and_then(|()| escape_html(&mut *text, value));
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        text.push('"');
        self
    }

    /// Adds `data-{name}` if there is a value.
    pub(crate) fn with_any(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds `data-{name}`, the printed figure, after `data-{name}-year`, its column.
    pub(crate) fn with_figure(self, name: &str, figure: Option<Figure<'_>>) -> Self {
        match figure {
            Some(figure) => self.with_cell(name, figure.column, &figure.value.printed),
            None => self,
        }
    }

    /// The same of a cell.
    pub(crate) fn with_cell(self, name: &str, column: Column, printed: &str) -> Self {
        let year = format!("{name}-year");
        match column {
            Column::Start => self.with(&year, "start"),
            Column::Year(at) => self.with(&year, &at.0.to_string()),
            Column::End => self.with(&year, "end"),
        }
        .with(name, printed)
    }

    /// Adds all attributes of `others`.
    pub(crate) fn and(mut self, others: &Self) -> Self {
        self.0.push_str(&others.0);
        self
    }

    /// The markup, with a blank before it.
    pub(crate) fn html(self) -> Html {
        Html(self.0)
    }
}

/// A whole strategy, as statements name it.
pub(crate) const WHOLE: &str = "strategy";

/// A node as statements name it: `policy/3`.
pub(crate) fn node_key(context: &ViewContext<'_>, id: NodeId) -> String {
    let node = context.report.node(id);
    format!("{}/{}", node.kind.key(), node.id)
}

/// An indicator as statements name it: `policy/3/matching`.
pub(crate) fn indicator_key(context: &ViewContext<'_>, id: NodeId, indicator: &Indicator) -> String {
    format!("{}/{}", node_key(context, id), indicator.id)
}

/// The rows of an owner alone, without what is below it, as statements name them: `goal/2/rows`.
pub(crate) fn rows_key(context: &ViewContext<'_>, owner: Owner) -> String {
    match owner {
        Owner::Strategy(_) => format!("{WHOLE}/rows"),
        Owner::Node(id) => format!("{}/rows", node_key(context, id)),
    }
}

/// The latest value of an indicator, the subject of the statement `name`.
pub(crate) fn latest(
    name: &str,
    context: &ViewContext<'_>,
    id: NodeId,
    indicator: &Indicator,
    standing: &Standing<'_>,
) -> Attributes {
    let interim = standing.latest.is_some_and(|latest| latest.status == Status::Interim);
    Attributes::statement(name)
        .with("indicator", &indicator_key(context, id, indicator))
        .with_figure("latest", standing.latest)
        .with_any("status", interim.then_some("interim"))
}

/// The key figures of an indicator.
pub(crate) fn key(context: &ViewContext<'_>, id: NodeId, indicator: &Indicator, standing: &Standing<'_>) -> Html {
    latest("key", context, id, indicator, standing)
        .with_figure("target", standing.target)
        .with_figure("last-target", standing.last_target)
        .with_figure("interim", standing.interim)
        .with_any("incomparable", guard(indicator, standing).map(|guard| guard.code()))
        .with_any("last-incomparable", last_guard(indicator, standing).map(|guard| guard.code()))
        .html()
}
