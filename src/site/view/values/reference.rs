//! Links to strategies, nodes and indicators, and the names of nodes that are not published.

use crate::model::{Kind, NodeId, Owner, Place, ReferenceKind, StrategyIx, Target};
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
    /// Kind of the target: `strategy`, `goal`, `policy`, `program`, `indicator`.
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
    pub bare: Option<Html>,
}

impl<'a> RefView<'a> {
    /// Builds a reference to `target` for a page of the strategy `of`.
    pub(crate) fn new(context: &ViewContext<'a>, of: StrategyIx, target: Target) -> Self {
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
            bare: None,
        };
        let other = |ix: StrategyIx| (ix != of).then(|| report.strategy(ix).title.as_str());
        let view = match target {
            Target::Strategy(ix) => Self { name: Some(&report.strategy(ix).title), ..empty },
            Target::Node(id) => Self { name: Some(context.name(of, id)), ..empty }.with_node(context, of, id),
            Target::Indicator(id) => {
                let node = report.node(id.node);
                let name = node.indicators.get(id.indicator as usize).map(|indicator| indicator.name.as_str());
                let strategy = other(id.node.strategy);
                Self { kind: "indicator", name, of: Some(context.name(of, id.node)), strategy, ..empty }
            }
            Target::Unpublished(id) => {
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
                    strategy: other(id.strategy),
                    note: outside.note.as_deref(),
                    ..empty
                }
            }
        };
        Self { numbered: view.number.map(|number| numbered(view.label, number)), ..view }.with_markup()
    }

    /// Builds a reference to a node for a page of the strategy `of`.
    pub(crate) fn of_node(context: &ViewContext<'a>, of: StrategyIx, id: NodeId) -> Self {
        Self::new(context, of, Target::Node(id))
    }

    /// Builds references to several nodes for a page of the strategy `of`.
    pub(crate) fn of_nodes(context: &ViewContext<'a>, of: StrategyIx, ids: &[NodeId]) -> Vec<Self> {
        ids.iter().map(|id| Self::of_node(context, of, *id)).collect()
    }

    /// Builds references to several targets for a page of the strategy `of`.
    pub(crate) fn of_targets(context: &ViewContext<'a>, of: StrategyIx, targets: &[Target]) -> Vec<Self> {
        targets.iter().map(|target| Self::new(context, of, *target)).collect()
    }

    /// Replaces the link.
    pub(crate) fn with_href(self, href: String) -> Self {
        Self { href: Some(href), ..self }.with_markup()
    }

    fn with_markup(self) -> Self {
        let plain = self.of.is_none() && self.strategy.is_none() && self.note.is_none();
        let bare = self.href.as_deref().filter(|_| plain).map(|href| {
            let link = Html::default().raw("<a href=\"").text(href).raw("\">");
            let link = match self.numbered.as_deref() {
                Some(number) => link.span("number", number).raw(" "),
                None => link,
            };
            link.text(self.name.unwrap_or_default()).raw("</a>")
        });
        Self { bare, ..self }
    }

    fn with_node(self, context: &ViewContext<'a>, of: StrategyIx, id: NodeId) -> Self {
        let (strategy, node) = (context.report.strategy(id.strategy), context.report.node(id));
        Self {
            kind: node.kind.key(),
            label: Some(node.label.as_deref().unwrap_or_else(|| strategy.label(node.kind))),
            number: node.number.as_deref(),
            strategy: (id.strategy != of).then_some(&strategy.title),
            ..self
        }
    }
}

fn numbered<'a>(label: Option<&'a str>, number: &'a str) -> Cow<'a, str> {
    match label.filter(|label| !number.contains(label)) {
        Some(label) => format!("{label} {number}").into(),
        None => number.into(),
    }
}

/// Row under which a program is listed.
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
    /// Builds the view of `place` for a page of the strategy `of`.
    pub(crate) fn new(context: &ViewContext<'a>, of: StrategyIx, place: Place) -> Self {
        let row = context.report.row(place);
        let owner = match place.owner {
            Owner::Strategy(ix) => Target::Strategy(ix),
            Owner::Node(id) => Target::Node(id),
        };
        let also = row.also.iter().filter_map(|reference| context.report.resolve(of, reference));
        Self {
            owner: RefView::new(context, of, owner),
            number: row.number.as_deref(),
            repeat: row.repeat,
            also: also.map(|target| RefView::new(context, of, target)).collect(),
        }
    }
}
