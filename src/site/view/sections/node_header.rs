//! The name of a node and the facts that stand beside it.

use crate::model::{NodeId, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::values::reference::PlaceView;
use crate::site::view::values::time::YearView;
use serde::Serialize;

/// The head of the page of a goal, policy or program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeHeaderView<'a> {
    /// `goal`, `policy` or `program`.
    pub kind: &'static str,
    /// What the report calls it: `施策`.
    pub label: &'a str,
    /// Its number, as printed.
    pub number: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// Its name in kana.
    pub reading: Option<&'a str>,
    /// A word that the report puts beside the name, or beside the row at home.
    pub category: Option<&'a str>,
    /// Printed marks that stay: `重点施策`.
    pub markers: Vec<&'a str>,
    /// Of a program: where it is shown, its home first.
    pub places: Vec<PlaceView<'a>>,
    /// The departments in charge.
    pub departments: Vec<DepartmentLink<'a>>,
    /// The account title of the budget, from the general to the particular; may be empty.
    pub account: Vec<AccountStep<'a>>,
    /// How the name was printed in single years.
    pub printed: Vec<PrintedNameView<'a>>,
    /// The ids that it had before.
    pub formerly: Vec<&'a str>,
}

/// One step of an account title: 会計, 款, 項 or 目.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountStep<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// A department in charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DepartmentLink<'a> {
    /// Its name.
    pub name: &'a str,
    /// The link to what it is in charge of.
    pub href: String,
    /// How to reach it.
    pub contact: Option<&'a str>,
}

/// A name as it was printed in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedNameView<'a> {
    /// The year.
    pub year: YearView,
    /// The name.
    pub name: &'a str,
    /// Whether it was printed just so although it looks wrong.
    pub sic: bool,
}

impl<'a> DepartmentLink<'a> {
    /// A department of the strategy `of`, by its name.
    pub(crate) fn new(context: &ViewContext<'a>, of: StrategyIx, name: &'a str) -> Self {
        let declared = context.report.strategy(of).departments.iter().find(|department| department.name == name);
        Self {
            name,
            href: context.department(of, name),
            contact: declared.and_then(|department| department.contact.as_deref()),
        }
    }
}

impl<'a> NodeHeaderView<'a> {
    pub(crate) fn new(context: &ViewContext<'a>, id: NodeId) -> Self {
        let (strategy, node) = (context.report.strategy(id.strategy), context.report.node(id));
        let printed = node.printed.iter().map(|(year, printed)| PrintedNameView {
            year: context.year(*year),
            name: &printed.name,
            sic: printed.sic,
        });
        let of_home = context.report.home(id).and_then(|place| context.report.row(place).category.as_deref());
        let mut places = context.report.relations(id).places.clone();
        places.sort_by_key(|place| context.report.row(*place).repeat);
        let departments = departments(context, id).iter();
        let account = node.account.iter().flat_map(|account| &account.steps);
        Self {
            kind: node.kind.key(),
            label: node.label.as_deref().unwrap_or_else(|| strategy.label(node.kind)),
            number: node.number.as_deref(),
            name: context.name(id.strategy, id),
            reading: node.reading.as_deref(),
            category: node.category.as_deref().or(of_home),
            markers: node.markers.iter().map(String::as_str).collect(),
            places: places.into_iter().map(|place| PlaceView::new(context, id.strategy, place)).collect(),
            departments: departments.map(|name| DepartmentLink::new(context, id.strategy, name)).collect(),
            account: account.map(|(code, name)| AccountStep { code, name }).collect(),
            printed: printed.collect(),
            formerly: node.formerly.iter().map(|former| former.id.as_str()).collect(),
        }
    }
}

/// The departments in charge of a node, as its newest sheet says.
pub(crate) fn departments<'a>(context: &ViewContext<'a>, id: NodeId) -> &'a [String] {
    context.report.node(id).departments_in(context.sheets(id).last().copied())
}
