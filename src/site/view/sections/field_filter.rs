//! Fields by which a list of nodes can be filtered: those with declared values.

use crate::model::{Field, NodeId, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::sections::node_header::field_entries;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Field by which a list can be filtered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldColumn<'a> {
    /// Id of the field.
    pub id: &'a str,
    /// Title of the field: `実施方法`.
    pub title: &'a str,
    /// Declared values, in the order of the report; empty for the column of accounts.
    pub values: Vec<&'a str>,
}

/// Values of the fields of a node, by the id of the field.
pub(crate) type FieldsById<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// Values of the fields of a node.
pub(crate) fn fields_by_id<'a>(context: &ViewContext<'a>, id: NodeId) -> FieldsById<'a> {
    let entries = field_entries(context, id).into_iter();
    entries.map(|(field, entry)| (field.id.as_str(), entry.values.iter().map(String::as_str).collect())).collect()
}

/// Fields with declared values that any of `nodes` has, in the order of their declaration.
pub(crate) fn field_columns<'n, 'a: 'n>(
    context: &ViewContext<'a>,
    ix: StrategyIx,
    nodes: impl IntoIterator<Item = &'n FieldsById<'a>>,
) -> Vec<FieldColumn<'a>> {
    let used: BTreeSet<&str> = nodes.into_iter().flat_map(|fields| fields.keys().copied()).collect();
    let declared = context.report.strategy(ix).fields.iter();
    let columns = declared.filter(|field| !field.options.is_empty() && used.contains(field.id.as_str()));
    let column = |field: &'a Field| FieldColumn {
        id: &field.id,
        title: &field.title,
        values: field.options.iter().map(|option| option.title.as_str()).collect(),
    };
    columns.map(column).collect()
}

/// Values of a node in each of `columns`; empty where it has none.
pub(crate) fn values_by_column<'a>(columns: &[FieldColumn<'a>], fields: &FieldsById<'a>) -> Vec<Vec<&'a str>> {
    columns.iter().map(|column| fields.get(column.id).cloned().unwrap_or_default()).collect()
}
