//! The ways through a report that several rules take, and the names of keys.

use crate::model::{
    Column, Edition, FiscalYear, Indicator, IndicatorId, Kind, Node, NodeId, Owner, Report, Row, Sheet, Strategy,
    StrategyIx, Value,
};

/// A sheet and what it belongs to.
#[derive(Clone, Copy)]
pub(super) struct At<'r> {
    pub(super) strategy: &'r Strategy,
    pub(super) id: NodeId,
    pub(super) node: &'r Node,
    pub(super) sheet: &'r Sheet,
    pub(super) edition: &'r Edition,
}

/// All strategies that are more than an outline.
pub(super) fn strategies(report: &Report) -> impl Iterator<Item = (StrategyIx, &Strategy)> {
    report.strategies().filter(|(_, strategy)| !strategy.outline)
}

/// All nodes of all strategies.
pub(super) fn nodes(report: &Report) -> impl Iterator<Item = (&Strategy, NodeId, &Node)> {
    report.strategies().flat_map(|(ix, strategy)| report.nodes(ix).map(move |(id, node)| (strategy, id, node)))
}

/// All sheets of all nodes.
pub(super) fn sheets(report: &Report) -> impl Iterator<Item = At<'_>> {
    nodes(report).flat_map(|(strategy, id, node)| {
        let at = move |sheet: &'_ Sheet| strategy.editions.get(sheet.edition.0);
        node.sheets.iter().filter_map(move |sheet| Some(At { strategy, id, node, sheet, edition: at(sheet)? }))
    })
}

/// All indicators of all nodes.
pub(super) fn indicators(report: &Report) -> impl Iterator<Item = (&Strategy, &Node, IndicatorId, &Indicator)> {
    nodes(report).flat_map(|(strategy, node_id, node)| {
        node.indicators.iter().enumerate().map(move |(place, indicator)| {
            (strategy, node, IndicatorId { node: node_id, indicator: place as u32 }, indicator)
        })
    })
}

/// The rows of a policy or goal and of all below it.
pub(super) fn rows_below(report: &Report, top: NodeId) -> Vec<(&Row, NodeId)> {
    let mut rows = Vec::new();
    let mut ahead = vec![top];
    while let Some(id) = ahead.pop() {
        rows.extend(report.rows(Owner::Node(id)));
        ahead.extend(&report.relations(id).children);
    }
    rows
}

impl<'r> At<'r> {
    /// Every value of the sheet with its key.
    pub(super) fn values(self) -> Vec<(String, &'r Value)> {
        let mut values = Vec::new();
        for (place, figures) in &self.sheet.figures {
            let Some(indicator) = self.node.indicators.get(*place) else { continue };
            let id = &indicator.id;
            values.extend(figures.actual.iter().map(|(year, value)| (actual(id, *year), value)));
            values.extend(figures.target.iter().map(|(column, value)| (target(id, *column), value)));
            values.extend(figures.unplaced.iter().map(|value| (format!("indicator.{id}.unplaced"), value)));
        }
        let amounts = |table: &str, kind: &str, year: &FiscalYear| format!("{table}.{kind}.{}", year.short());
        for (kind, years) in &self.sheet.money {
            values.extend(years.iter().map(|(year, value)| (amounts("money", kind.key(), year), value)));
        }
        for (kind, years) in &self.sheet.staff {
            values.extend(years.iter().map(|(year, value)| (amounts("staff", kind.key(), year), value)));
        }
        for (kind, years) in &self.sheet.total {
            values.extend(years.iter().map(|(year, value)| (amounts("total", kind.key(), year), value)));
        }
        values
    }
}

/// The key of an actual value.
pub(super) fn actual(indicator: &str, year: FiscalYear) -> String {
    format!("indicator.{indicator}.actual.{}", year.short())
}

/// The key of a target.
pub(super) fn target(indicator: &str, column: Column) -> String {
    match column {
        Column::Year(year) => format!("indicator.{indicator}.target.{}", year.short()),
        Column::End => format!("indicator.{indicator}.target.end"),
    }
}

/// The key `key` of a node: in its own file or, of an outlined goal, in `strategy.toml`.
pub(super) fn of_node(strategy: &Strategy, node: &Node, key: &str) -> String {
    if node.kind == Kind::Goal && node.span.source == strategy.span.source {
        format!("goal.{}.{key}", node.id)
    } else {
        key.to_owned()
    }
}

/// A number with separators, as the messages show the sums that are ours.
pub(super) fn figure(number: crate::model::Decimal) -> String {
    crate::model::with_separators(&number.to_string())
}
