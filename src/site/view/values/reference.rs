//! Links to strategies, nodes and indicators, and the names of nodes that are not published.

use crate::model::{Kind, NodeId, Owner, Place, ReferenceKind, ReferenceTarget, StrategyIx};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::values::html::Html;
use serde::Serialize;
use std::borrow::Cow;

/// Reference to a strategy, node or indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefView<'a> {
    /// Link; `None` if the target is not published.
    pub href: Option<String>,
    /// Kind of the target: `strategy`, `goal`, `policy`, `program`, `indicator`; `page` for
    /// any other page of a strategy.
    pub kind: &'static str,
    /// Name of the node's level in the report: `施策`. `None` for strategies and indicators.
    pub label: Option<&'a str>,
    /// Number of the node, as printed; for a node that is not published, its id. `None` if the node has no number, and
    /// for strategies and indicators.
    pub number: Option<&'a str>,
    /// Number with the label: `施策 3`. Only the number if it already contains the label; `None` if `number` is `None`.
    pub numbered: Option<Cow<'a, str>>,
    /// Name of the target. `None` if the target is not published and its name is unknown.
    pub name: Option<&'a str>,
    /// Name of the node to which an indicator belongs; `None` for other targets.
    pub of: Option<&'a str>,
    /// Title of the target's strategy; `None` if it is the strategy of the page.
    pub strategy: Option<&'a str>,
    /// Note on a node that is not published; `None` if there is none, and for published targets.
    pub note: Option<&'a str>,
    /// Markup of the complete link, ready to insert. `None` if more than number and name must be shown: for indicators,
    /// for targets in another strategy, and for nodes that are not published.
    pub markup: Option<Html>,
}

impl<'a> RefView<'a> {
    /// Builds a reference to `target` for a page of the strategy `ix`.
    pub(crate) fn new(context: &ViewContext<'a>, ix: StrategyIx, target: ReferenceTarget) -> Self {
        let report = context.report;
        let href = address::target(report, target).map(|url| context.link(&url));
        let empty = Self {
            href,
            kind: "strategy",
            label: None,
            number: None,
            numbered: None,
            name: None,
            of: None,
            strategy: None,
            note: None,
            markup: None,
        };
        let other_title = |other: StrategyIx| (other != ix).then(|| report.strategy(other).title.as_str());
        let view = match target {
            ReferenceTarget::Strategy(target) => Self { name: Some(&report.strategy(target).title), ..empty },
            ReferenceTarget::Node(id) => Self { name: Some(context.name(ix, id)), ..empty }.with_node(context, ix, id),
            ReferenceTarget::Indicator(id) => {
                let node = report.node(id.node);
                let name = node.indicators.get(id.indicator as usize).map(|indicator| indicator.name.as_str());
                let strategy = other_title(id.node.strategy);
                Self { kind: "indicator", name, of: Some(context.name(ix, id.node)), strategy, ..empty }
            }
            ReferenceTarget::Unpublished(id) => {
                let outside = report.unpublished(id);
                let kind = match outside.reference.kind {
                    ReferenceKind::Node(kind) | ReferenceKind::Indicator(kind, _) => kind,
                    ReferenceKind::Strategy => Kind::Goal,
                };
                Self {
                    kind: kind.key(),
                    label: Some(report.strategy(id.strategy).label(kind)),
                    number: Some(&outside.reference.id),
                    name: outside.name.as_deref(),
                    strategy: other_title(id.strategy),
                    note: outside.note.as_deref(),
                    ..empty
                }
            }
        };
        Self { numbered: view.number.map(|number| numbered(view.label, number)), ..view }.with_markup()
    }

    /// Builds a reference to a node for a page of the strategy `ix`.
    pub(crate) fn of_node(context: &ViewContext<'a>, ix: StrategyIx, id: NodeId) -> Self {
        Self::new(context, ix, ReferenceTarget::Node(id))
    }

    /// Builds a reference to a page that is about no single node, by its name.
    pub(crate) fn of_page(name: &'a str, href: String) -> Self {
        Self {
            href: Some(href),
            kind: "page",
            label: None,
            number: None,
            numbered: None,
            name: Some(name),
            of: None,
            strategy: None,
            note: None,
            markup: None,
        }
        .with_markup()
    }

    /// Builds references to several nodes for a page of the strategy `ix`.
    pub(crate) fn of_nodes(context: &ViewContext<'a>, ix: StrategyIx, ids: &[NodeId]) -> Vec<Self> {
        ids.iter().map(|id| Self::of_node(context, ix, *id)).collect()
    }

    /// Builds references to several targets for a page of the strategy `ix`.
    pub(crate) fn of_targets(context: &ViewContext<'a>, ix: StrategyIx, targets: &[ReferenceTarget]) -> Vec<Self> {
        targets.iter().map(|target| Self::new(context, ix, *target)).collect()
    }

    /// Replaces the link.
    pub(crate) fn with_href(self, href: String) -> Self {
        Self { href: Some(href), ..self }.with_markup()
    }

    /// Sets the name apart from the number, so that phones can hide it in lists.
    pub(crate) fn with_name_apart(self) -> Self {
        let name = self.name.unwrap_or_default();
        let Some((markup, number)) = self.link_start().zip(self.numbered.as_deref()) else { return self };
        let markup = markup.span("number", number).raw(" ").span("ref-name", name).raw("</a>");
        Self { markup: Some(markup), ..self }
    }

    fn with_markup(self) -> Self {
        let markup = self.link_start().map(|link| {
            let link = match self.numbered.as_deref() {
                Some(number) => link.span("number", number).raw(" "),
                None => link,
            };
            link.text(self.name.unwrap_or_default()).raw("</a>")
        });
        Self { markup, ..self }
    }

    /// Start tag of the link; `None` without a link, or if anything must be shown next to it.
    fn link_start(&self) -> Option<Html> {
        let plain = self.of.is_none() && self.strategy.is_none() && self.note.is_none();
        let href = self.href.as_deref().filter(|_| plain)?;
        let length = href.len() + self.name.unwrap_or_default().len();
        Some(Html(String::with_capacity(length + 64)).raw("<a href=\"").text(href).raw("\">"))
    }

    fn with_node(self, context: &ViewContext<'a>, ix: StrategyIx, id: NodeId) -> Self {
        let (strategy, node) = (context.report.strategy(id.strategy), context.report.node(id));
        Self {
            kind: node.kind.key(),
            label: Some(node.label.as_deref().unwrap_or_else(|| strategy.label(node.kind))),
            number: node.number.as_deref().filter(|number| *number != node.name),
            strategy: (id.strategy != ix).then_some(&strategy.title),
            ..self
        }
    }
}

pub(crate) fn numbered<'a>(label: Option<&'a str>, number: &'a str) -> Cow<'a, str> {
    match label.filter(|label| !number.contains(label)) {
        Some(label) => [label, " ", number].concat().into(),
        None => number.into(),
    }
}

/// Row in which a program is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView<'a> {
    /// Policy, goal or strategy that has the row.
    pub owner: RefView<'a>,
    /// Number of the row, as printed; `None` if it has none.
    pub number: Option<&'a str>,
    /// True if the row is a repeat (再掲).
    pub repeat: bool,
    /// Unpublished nodes under which the same row was printed; usually empty.
    pub also: Vec<RefView<'a>>,
}

impl<'a> PlaceView<'a> {
    /// Builds the view of `place` for a page of the strategy `ix`.
    pub(crate) fn new(context: &ViewContext<'a>, ix: StrategyIx, place: Place) -> Self {
        let row = context.report.row(place);
        let owner = match place.owner {
            Owner::Strategy(owner) => ReferenceTarget::Strategy(owner),
            Owner::Node(id) => ReferenceTarget::Node(id),
        };
        let also = row.also.iter().filter_map(|reference| context.report.resolve(ix, reference));
        Self {
            owner: RefView::new(context, ix, owner),
            number: row.number.as_deref(),
            repeat: row.repeat,
            also: also.map(|target| RefView::new(context, ix, target)).collect(),
        }
    }
}
