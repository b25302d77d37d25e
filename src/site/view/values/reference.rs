//! Links to strategies, nodes and indicators, and the names of what is not published.

use crate::model::{Kind, NodeId, Owner, Place, ReferenceKind, StrategyIx, Target};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::values::html::Html;
use serde::Serialize;
use std::borrow::Cow;

/// Something that a page names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefView<'a> {
    /// The link; none for what is not published.
    pub href: Option<String>,
    /// What it is: `strategy`, `goal`, `policy`, `program`, `indicator`.
    pub kind: &'static str,
    /// What the report calls it: `施策`; none for strategies and indicators.
    pub label: Option<&'a str>,
    /// Its number, as printed; of what is not published, its id.
    pub number: Option<&'a str>,
    /// The number after what the report calls it: `施策 3`; alone where it says that already.
    pub numbered: Option<Cow<'a, str>>,
    /// Its name; none where it is not known.
    pub name: Option<&'a str>,
    /// Of an indicator: the name of its node.
    pub of: Option<&'a str>,
    /// Its strategy, where that is another than the page's.
    pub strategy: Option<&'a str>,
    /// What is known of it, where it is not published.
    pub note: Option<&'a str>,
    /// The markup of a link with which nothing must stay: none of an indicator, of another strategy, or of what is
    /// not published.
    pub bare: Option<Html>,
}

impl<'a> RefView<'a> {
    /// What a page of the strategy `of` says of `target`.
    pub(crate) fn new(context: &ViewContext<'a>, of: StrategyIx, target: Target) -> Self {
        let report = context.report;
        let href = address::target(report, target).map(|url| context.link(&url));
        let blank = Self {
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
            Target::Strategy(ix) => Self { name: Some(&report.strategy(ix).title), ..blank },
            Target::Node(id) => Self { name: Some(context.name(of, id)), ..blank }.with_node(context, of, id),
            Target::Indicator(id) => {
                let node = report.node(id.node);
                let name = node.indicators.get(id.indicator as usize).map(|indicator| indicator.name.as_str());
                let strategy = other(id.node.strategy);
                Self { kind: "indicator", name, of: Some(context.name(of, id.node)), strategy, ..blank }
            }
            Target::Outside(id) => {
                let outside = report.outside(id);
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
                    ..blank
                }
            }
        };
        Self { numbered: view.number.map(|number| numbered(view.label, number)), ..view }.with_markup()
    }

    /// What a page of the strategy `of` says of a node.
    pub(crate) fn of_node(context: &ViewContext<'a>, of: StrategyIx, id: NodeId) -> Self {
        Self::new(context, of, Target::Node(id))
    }

    /// What a page of the strategy `of` says of several nodes.
    pub(crate) fn of_nodes(context: &ViewContext<'a>, of: StrategyIx, ids: &[NodeId]) -> Vec<Self> {
        ids.iter().map(|id| Self::of_node(context, of, *id)).collect()
    }

    /// What a page of the strategy `of` says of several targets.
    pub(crate) fn of_targets(context: &ViewContext<'a>, of: StrategyIx, targets: &[Target]) -> Vec<Self> {
        targets.iter().map(|target| Self::new(context, of, *target)).collect()
    }

    /// The same with another link.
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

/// A place at which a program is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView<'a> {
    /// The policy, goal or strategy.
    pub owner: RefView<'a>,
    /// The number of the row there.
    pub number: Option<&'a str>,
    /// Whether it is a repeat (再掲).
    pub repeat: bool,
    /// Nodes outside what is published under which the same row was printed.
    pub also: Vec<RefView<'a>>,
}

impl<'a> PlaceView<'a> {
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
