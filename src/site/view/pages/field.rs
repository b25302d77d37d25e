//! Pages of a field with `pages = true`: its values with the policies that have them, and the nodes with one value.

use crate::model::{Field, FieldIx, FieldOption, FieldOptionIx, Kind, NodeId, Owner, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::layout::Layout;
use crate::site::view::sections::mark_columns::LastIncluded;
use crate::site::view::values::reference::RefView;
use crate::site::{ReadingOrder, address};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Overview of the values of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldPageView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Title of the field: `関連するSDGs`.
    pub title: &'a str,
    /// Names of the levels whose nodes have the field: `施策`, `事務事業`.
    pub labels: Vec<&'a str>,
    /// Values, in the order of the report.
    pub values: Vec<FieldValueLine<'a>>,
    /// Table of policies and values; `None` if no policy and none of its programs has a value.
    pub matrix: Option<FieldMatrixView<'a>>,
}

/// Value of a field in its overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldValueLine<'a> {
    /// Value, as printed.
    pub title: &'a str,
    /// Link to its page.
    pub href: String,
    /// Numbers of nodes with the value, one for each of [`FieldPageView::labels`].
    pub counts: Vec<usize>,
}

/// Table of the policies, with one column for each of [`FieldPageView::values`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldMatrixView<'a> {
    /// Name of the policy level in the report: `施策`.
    pub policy_label: &'a str,
    /// Name of the program level in the report: `事務事業`.
    pub program_label: &'a str,
    /// True if policies themselves have values.
    pub of_policies: bool,
    /// True if programs of policies have values.
    pub of_programs: bool,
    /// Policies, in the order of the strategy.
    pub lines: Vec<FieldMatrixLine<'a>>,
}

/// Policy with the values of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldMatrixLine<'a> {
    /// Policy.
    pub policy: RefView<'a>,
    /// Cells, one for each of [`FieldPageView::values`].
    pub cells: Vec<FieldMatrixCell>,
}

/// Cell for a policy and a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FieldMatrixCell {
    /// True if the policy itself has the value.
    pub of_policy: bool,
    /// Number of programs listed under the policy that have the value.
    pub programs: usize,
}

/// Nodes with one value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldValuePageView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Title of the field: `関連するSDGs`.
    pub field: &'a str,
    /// Link to the overview of the field.
    pub overview: String,
    /// Value, as printed.
    pub title: &'a str,
    /// Nodes with the value by kind: goals, policies, programs. Kinds without such nodes are left out.
    pub kinds: Vec<NodesWithValue<'a>>,
}

/// Nodes of one kind with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodesWithValue<'a> {
    /// Kind: `goal`, `policy` or `program`.
    pub kind: &'static str,
    /// Name of this level in the report: `施策`.
    pub label: &'a str,
    /// Nodes, in the order of the strategy.
    pub nodes: Vec<NodeWithValue<'a>>,
}

/// Node with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeWithValue<'a> {
    /// Goal, policy or program.
    pub node: RefView<'a>,
    /// Last edition with a sheet of the node; `None` if the current edition has one, or if no edition does.
    pub last_included: Option<LastIncluded<'a>>,
}

/// Builds the overview of the values of a field. `None` if the strategy declares no such field.
pub(crate) fn overview<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    field_ix: FieldIx,
    order: &ReadingOrder,
) -> Option<FieldPageView<'a>> {
    let strategy = context.report.strategy(ix);
    let field = strategy.fields.get(field_ix.0)?;
    let kinds = || Kind::ALL.into_iter().filter(|kind| field.applies_to.contains(kind));
    let mut values_of: BTreeMap<NodeId, BTreeSet<FieldOptionIx>> = BTreeMap::new();
    for id in kinds().flat_map(|kind| order.of_kind(kind)) {
        values_of.insert(*id, values(context, *id, field_ix, field));
    }
    let line = |(index, option): (usize, &'a FieldOption)| {
        let has_value = |id: &NodeId| values_of.get(id).is_some_and(|values| values.contains(&FieldOptionIx(index)));
        FieldValueLine {
            title: &option.title,
            href: context.link(&address::field_value(strategy, field, option)),
            counts: kinds().map(|kind| order.of_kind(kind).iter().filter(|id| has_value(id)).count()).collect(),
        }
    };
    Some(FieldPageView {
        layout: Layout::of_overview(context, ix),
        title: &field.title,
        labels: kinds().map(|kind| strategy.label(kind)).collect(),
        values: field.options.iter().enumerate().map(line).collect(),
        matrix: matrix(context, ix, field, &values_of, order),
    })
}

fn matrix<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    field: &Field,
    values_of: &BTreeMap<NodeId, BTreeSet<FieldOptionIx>>,
    order: &ReadingOrder,
) -> Option<FieldMatrixView<'a>> {
    let strategy = context.report.strategy(ix);
    let line = |policy: &NodeId| {
        let mut cells = vec![FieldMatrixCell::default(); field.options.len()];
        for value in values_of.get(policy).into_iter().flatten() {
            cells.get_mut(value.0).into_iter().for_each(|cell| cell.of_policy = true);
        }
        let programs = context.report.rows(Owner::Node(*policy)).map(|(_, program)| program);
        for value in programs.filter_map(|program| values_of.get(&program)).flatten() {
            cells.get_mut(value.0).into_iter().for_each(|cell| cell.programs += 1);
        }
        FieldMatrixLine { policy: RefView::of_node(context, ix, *policy), cells }
    };
    let lines: Vec<FieldMatrixLine<'a>> = order.of_kind(Kind::Policy).iter().map(line).collect();
    let cells = || lines.iter().flat_map(|line| &line.cells);
    let (of_policies, of_programs) = (cells().any(|cell| cell.of_policy), cells().any(|cell| cell.programs > 0));
    (of_policies || of_programs).then(|| FieldMatrixView {
        policy_label: strategy.label(Kind::Policy),
        program_label: strategy.label(Kind::Program),
        of_policies,
        of_programs,
        lines,
    })
}

/// Builds the page of one value of a field. `None` if the strategy declares no such value.
pub(crate) fn value<'a>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    field_ix: FieldIx,
    value_ix: FieldOptionIx,
    order: &ReadingOrder,
) -> Option<FieldValuePageView<'a>> {
    let strategy = context.report.strategy(ix);
    let field = strategy.fields.get(field_ix.0)?;
    let option = field.options.get(value_ix.0)?;
    let kinds = Kind::ALL.into_iter().filter_map(|kind| {
        let with_value = |id: &&NodeId| values(context, **id, field_ix, field).contains(&value_ix);
        let nodes = order.of_kind(kind).iter().filter(with_value).map(|id| NodeWithValue {
            node: RefView::of_node(context, ix, *id),
            last_included: LastIncluded::new(context, *id),
        });
        let nodes: Vec<NodeWithValue<'a>> = nodes.collect();
        (!nodes.is_empty()).then(|| NodesWithValue { kind: kind.key(), label: strategy.label(kind), nodes })
    });
    let overview = context.link(&address::field(strategy, field));
    let mut layout = Layout::of_overview(context, ix);
    layout.breadcrumb.push(RefView::of_page(&field.title, overview.clone()));
    Some(FieldValuePageView { layout, field: &field.title, overview, title: &option.title, kinds: kinds.collect() })
}

/// Values of a node, according to its newest sheet that the page takes into account, or else to its own file.
fn values(context: &ViewContext<'_>, id: NodeId, field_ix: FieldIx, field: &Field) -> BTreeSet<FieldOptionIx> {
    let entries = context.report.node(id).fields_in(context.sheets(id).last().copied());
    let values = entries.into_iter().filter(|entry| entry.field == field_ix).flat_map(|entry| &entry.values);
    values.filter_map(|title| field.option_titled(title)).collect()
}
