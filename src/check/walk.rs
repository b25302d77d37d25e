//! The ways through a report that several rules take, and the names of keys.

use crate::model::{
    Amounts, Column, Edition, FiscalYear, Indicator, IndicatorId, Kind, Node, NodeId, Owner, Prose, Report, Row,
    SeriesKind, Sheet, Strategy, StrategyIx, Value,
};
use std::fmt;

/// A sheet and what it belongs to.
#[derive(Clone, Copy)]
pub(super) struct SheetRef<'r> {
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
pub(super) fn sheets(report: &Report) -> impl Iterator<Item = SheetRef<'_>> {
    nodes(report).flat_map(|(strategy, id, node)| {
        let at = move |sheet: &'_ Sheet| strategy.editions.get(sheet.edition.0);
        node.sheets.iter().filter_map(move |sheet| Some(SheetRef { strategy, id, node, sheet, edition: at(sheet)? }))
    })
}

/// Takes `look` through all words, each with the heading under which they stand, or none.
pub(super) fn words<'r>(report: &'r Report, mut look: impl FnMut(&'r Prose, &'r str)) {
    for (_, strategy) in strategies(report) {
        look(&strategy.body, "");
    }
    for (_, _, node) in nodes(report) {
        look(&node.body, "");
    }
    for at in sheets(report) {
        let variants = at.sheet.variants.iter().flat_map(|variant| &variant.sections);
        for section in at.sheet.sections.iter().chain(variants) {
            look(&section.prose, &section.title);
        }
    }
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

/// Whether a node stands in the tables of one of these years. What has no rows always does.
pub(super) fn stands_in(report: &Report, id: NodeId, years: &[FiscalYear]) -> bool {
    let places = &report.relations(id).places;
    places.is_empty()
        || places.iter().map(|place| report.row(*place)).any(|row| years.iter().any(|year| row.stands_in(*year)))
}

impl<'r> SheetRef<'r> {
    /// Every value of the sheet with its key.
    pub(super) fn values(self) -> impl Iterator<Item = (Key<'r>, &'r Value)> {
        let of_indicators = self.sheet.figures.iter().filter_map(move |(place, figures)| {
            let id = &self.node.indicators.get(*place)?.id;
            let series = figures.values().map(|(series, column, value)| (Key::Series(id, series, column), value));
            let unplaced = figures.unplaced.iter().map(|value| (Key::Unplaced(id), value));
            Some(series.chain(unplaced))
        });
        of_indicators
            .flatten()
            .chain(amounts("money", &self.sheet.money, |kind| kind.key()))
            .chain(amounts("staff", &self.sheet.staff, |kind| kind.key()))
            .chain(amounts("total", &self.sheet.total, |kind| kind.key()))
    }
}

/// The values of one table of amounts with their keys.
fn amounts<'r, K: Copy>(
    table: &'static str,
    amounts: &'r Amounts<K>,
    key: impl Fn(K) -> &'static str,
) -> impl Iterator<Item = (Key<'r>, &'r Value)> {
    amounts.iter().flat_map(move |(kind, years)| {
        let kind = key(*kind);
        years.iter().map(move |(year, value)| (Key::Amount(table, kind, *year), value))
    })
}

/// The key under which a value stands. It is spelt out where something is found: of most values nothing is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key<'r> {
    /// Of a value of an indicator: its series, its column.
    Series(&'r str, SeriesKind, Column),
    /// Of a value of an indicator without a column.
    Unplaced(&'r str),
    /// Of an amount: its table, its kind, its year.
    Amount(&'static str, &'static str, FiscalYear),
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Series(id, series, column) => {
                write!(f, "indicator.{id}.{}.{}", series.key(), column_key(*column))
            }
            Key::Unplaced(id) => write!(f, "indicator.{id}.unplaced"),
            Key::Amount(table, kind, year) => write!(f, "{table}.{kind}.{}", year.short()),
        }
    }
}

impl<'r> Key<'r> {
    /// Of an actual value of an indicator.
    pub(super) fn actual(indicator: &'r str, year: FiscalYear) -> Self {
        Self::Series(indicator, SeriesKind::Actual, Column::Year(year))
    }

    /// Of a target of an indicator.
    pub(super) fn target(indicator: &'r str, column: Column) -> Self {
        Self::Series(indicator, SeriesKind::Target, column)
    }
}

/// The key of a column: `R5`, `start`, `end`.
pub(super) fn column_key(column: Column) -> String {
    match column {
        Column::Start => "start".to_owned(),
        Column::Year(year) => year.short(),
        Column::End => "end".to_owned(),
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
