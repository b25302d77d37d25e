//! Statements exposed as `data-*` attributes (`docs/statements.md`, section 5), so that tests do not depend on wording.

use crate::model::{Column, Figure, Indicator, KeyFigures, NodeId, Owner, Status, state_reached};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::key_figures::{incomparable_reason, last_incomparable_reason};
use crate::site::view::values::html::Html;
use pulldown_cmark_escape::escape_html;

/// Attributes of one element: ` data-statement="sum" data-of="goal/2"`.
///
/// Built here rather than in templates: a page has dozens of them, and rendering each as a component took a tenth of
/// the build time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attributes(String);

impl Attributes {
    /// Attributes of the statement `name`.
    pub(crate) fn statement(name: &str) -> Self {
        Self(String::with_capacity(160)).with("statement", name)
    }

    /// Adds `data-{name}`.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let Self(text) = &mut self;
        text.reserve(" data-=\"\"".len() + name.len() + value.len());
        for part in [" data-", name, "=\""] {
            text.push_str(part);
        }
        let written = escape_html(&mut *text, value);
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        text.push('"');
        self
    }

    /// Adds `data-{name}` if `value` is present.
    pub(crate) fn with_optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds `data-{name}-year` with the column of a figure and `data-{name}` with its printed value.
    pub(crate) fn with_figure(self, name: &str, figure: Option<Figure<'_>>) -> Self {
        match figure {
            Some(figure) => self.with_cell(name, figure.column, &figure.value.printed),
            None => self,
        }
    }

    /// Adds `data-{name}-year` with the column and `data-{name}` with the printed value.
    pub(crate) fn with_cell(self, name: &str, column: Column, printed: &str) -> Self {
        let year_name = [name, "-year"].concat();
        match column {
            Column::Start => self.with(&year_name, "start"),
            Column::Year(year) => self.with(&year_name, &year.0.to_string()),
            Column::End => self.with(&year_name, "end"),
        }
        .with(name, printed)
    }

    /// Appends all attributes of `others`.
    pub(crate) fn extend(mut self, others: &Self) -> Self {
        self.0.push_str(&others.0);
        self
    }

    /// Markup of the attributes, starting with a space.
    pub(crate) fn html(self) -> Html {
        Html(self.0)
    }
}

/// Key of a whole strategy in statements.
pub(crate) const STRATEGY_KEY: &str = "strategy";

/// Key of a node in statements: `policy/3`.
pub(crate) fn node_key(context: &ViewContext<'_>, id: NodeId) -> String {
    let node = context.report.node(id);
    [node.kind.key(), "/", &node.id].concat()
}

/// Key of an indicator in statements: `policy/3/matching`.
pub(crate) fn indicator_key(context: &ViewContext<'_>, id: NodeId, indicator: &Indicator) -> String {
    let node = context.report.node(id);
    [node.kind.key(), "/", &node.id, "/", &indicator.id].concat()
}

/// Key of an owner's own rows in statements, without those of nodes below it: `goal/2/rows`.
pub(crate) fn rows_key(context: &ViewContext<'_>, owner: Owner) -> String {
    match owner {
        Owner::Strategy(_) => format!("{STRATEGY_KEY}/rows"),
        Owner::Node(id) => format!("{}/rows", node_key(context, id)),
    }
}

/// Attributes of the statement `name` about the latest value of an indicator.
pub(crate) fn latest(
    name: &str,
    context: &ViewContext<'_>,
    id: NodeId,
    indicator: &Indicator,
    key_figures: &KeyFigures<'_>,
) -> Attributes {
    let interim = key_figures.latest.is_some_and(|latest| latest.status == Status::Interim);
    Attributes::statement(name)
        .with("indicator", &indicator_key(context, id, indicator))
        .with_figure("latest", key_figures.latest)
        .with_optional("status", interim.then_some("interim"))
}

/// Attributes of the statement `key`: the key figures of an indicator.
pub(crate) fn key_figures(
    context: &ViewContext<'_>,
    id: NodeId,
    indicator: &Indicator,
    key_figures: &KeyFigures<'_>,
) -> Html {
    latest("key", context, id, indicator, key_figures)
        .with_figure("target", key_figures.target)
        .with_figure("last-target", key_figures.last_target)
        .with_figure("interim", key_figures.interim)
        .with_optional("incomparable", incomparable_reason(indicator, key_figures).map(|reason| reason.code()))
        .with_optional(
            "last-incomparable",
            last_incomparable_reason(indicator, key_figures).map(|reason| reason.code()),
        )
        .with_optional(
            "reached",
            state_reached(indicator, key_figures).map(|reached| if reached { "yes" } else { "no" }),
        )
        .html()
}
