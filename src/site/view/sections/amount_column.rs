//! Titles of amounts, and the columns of tables with amounts of several years.

use crate::model::{
    AmountKey, AmountKind, AmountKindIx, AmountTable, FiscalYear, Phase, PhaseKind, Report, StrategyIx,
};
use crate::site::view::context::ViewContext;
use crate::site::view::values::time::YearView;
use crate::totals::SumsByColumn;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Column of amounts: a year and the key of a row of amounts, so that columns sort by year first.
pub(crate) type ColumnKey = (FiscalYear, AmountKey);

/// Column of what `[money]` itself holds: a phase in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountColumn<'a> {
    /// Id of the phase: `budget`, `settlement`, `plan`, or a declared one.
    pub phase: &'a str,
    /// Title of the phase: `決算額`.
    pub title: &'a str,
    /// Fiscal year.
    pub year: YearView,
}

impl<'a> AmountColumn<'a> {
    /// Builds the columns for `keys`, all of what `[money]` itself holds, in order.
    pub(crate) fn all(context: &ViewContext<'a>, ix: StrategyIx, keys: &BTreeSet<ColumnKey>) -> Vec<Self> {
        let column = |(year, key): &ColumnKey| Self {
            phase: phase_id(context, ix, key.phase),
            title: phase_title(context, ix, AmountTable::Money, key.phase),
            year: context.year(*year),
        };
        keys.iter().map(column).collect()
    }
}

/// Id of a phase.
pub(crate) fn phase_id<'a>(context: &ViewContext<'a>, ix: StrategyIx, phase: Phase) -> &'a str {
    context.report.strategy(ix).amounts.phase_key(AmountTable::Money, phase)
}

/// Id of a kind of money; `None` for what `[money]` itself holds.
pub(crate) fn money_id<'a>(context: &ViewContext<'a>, ix: StrategyIx, key: AmountKey) -> Option<&'a str> {
    let kind = context.report.strategy(ix).amounts.kind(AmountTable::Money, key.kind);
    kind.filter(|_| !key.is_base()).map(|kind| kind.id.as_str())
}

/// Unit of amounts of money: that of their kind, or else of the strategy.
pub(crate) fn unit<'a>(context: &ViewContext<'a>, ix: StrategyIx, key: AmountKey) -> &'a str {
    let strategy = context.report.strategy(ix);
    let kind = strategy.amounts.kind(AmountTable::Money, key.kind);
    kind.and_then(|kind| kind.unit.as_deref()).unwrap_or(&strategy.money_unit)
}

/// Title of amounts: that of their phase, after that of their kind if one is declared.
pub(crate) fn title<'a>(context: &ViewContext<'a>, ix: StrategyIx, table: AmountTable, key: AmountKey) -> Cow<'a, str> {
    let phase = phase_title(context, ix, table, key.phase);
    let kind = context.report.strategy(ix).amounts.kind(table, key.kind);
    match kind.and_then(|kind| kind.title.as_deref()) {
        Some(kind) => Cow::Owned(context.texts.fill("amount_of_kind", &[("kind", kind), ("phase", phase)])),
        None => Cow::Borrowed(phase),
    }
}

/// Title of a phase: as declared, or a text of the interface.
pub(crate) fn phase_title<'a>(context: &ViewContext<'a>, ix: StrategyIx, table: AmountTable, phase: Phase) -> &'a str {
    let declared = context.report.strategy(ix).amounts.phase_title(phase);
    let text = match (table, phase.kind) {
        (AmountTable::Money | AmountTable::Total, kind) => kind.title_key(),
        (AmountTable::Staff, PhaseKind::Budget) => "staff_budget",
        (AmountTable::Staff, PhaseKind::Settlement) => "staff_actual",
        (AmountTable::Staff, PhaseKind::Plan) => "staff_planned",
    };
    match declared {
        // 決算額（見込） titles money; staff has no settlement.
        Some(title) if table != AmountTable::Staff || !phase.is_built_in() => title,
        _ => context.texts.get(text),
    }
}

/// Title of a kind of amounts: as declared, or a text of the interface.
pub(crate) fn kind_title<'a>(context: &ViewContext<'a>, table: AmountTable, kind: &'a AmountKind) -> &'a str {
    kind.title.as_deref().unwrap_or_else(|| match table {
        AmountTable::Money | AmountTable::Total => context.texts.get("money"),
        AmountTable::Staff => context.texts.get("staff"),
    })
}

/// Columns of tables that show several years: of what `[money]` itself holds, in each year one phase of each kind, and all
/// columns in `printed`. With other kinds and all phases, a table would have dozens of columns; the page of money has all.
pub(crate) fn summary_columns(
    context: &ViewContext<'_>,
    ix: StrategyIx,
    all: impl Iterator<Item = ColumnKey>,
    printed: impl Iterator<Item = ColumnKey>,
) -> BTreeSet<ColumnKey> {
    summary_of_kind(context.report, ix, AmountKindIx::BASE, all)
        .chain(printed.filter(|(_, key)| key.is_base()))
        .collect()
}

/// Of one kind of money, one phase of each kind of phase in each year.
fn summary_of_kind(
    report: &Report,
    ix: StrategyIx,
    kind: AmountKindIx,
    all: impl Iterator<Item = ColumnKey>,
) -> impl Iterator<Item = ColumnKey> {
    let declared = &report.strategy(ix).amounts;
    let mut summary: BTreeMap<(FiscalYear, PhaseKind), ColumnKey> = BTreeMap::new();
    for column in all.filter(|(_, key)| key.kind == kind) {
        let shown = summary.entry((column.0, column.1.phase.kind)).or_insert(column);
        if declared.importance(column.1.phase) > declared.importance(shown.1.phase) {
            *shown = column;
        }
    }
    let columns: BTreeSet<ColumnKey> = summary.into_values().collect();
    columns.into_iter()
}

/// Column of the newest sum of one kind of money: the last settlement, or else the last column of all. `None` if no row has
/// an amount that counts.
pub(crate) fn newest_sum(
    report: &Report,
    ix: StrategyIx,
    kind: AmountKindIx,
    sums: &SumsByColumn,
) -> Option<ColumnKey> {
    let counts =
        |(year, key): &ColumnKey| sums.get(key).and_then(|years| years.get(year)).is_some_and(|sum| sum.counted > 0);
    let shown: Vec<ColumnKey> = summary_of_kind(report, ix, kind, columns(sums)).filter(counts).collect();
    let is_settlement = |(_, key): &&ColumnKey| key.phase.kind == PhaseKind::Settlement;
    shown.iter().rfind(is_settlement).or(shown.last()).copied()
}

/// Columns that have a value in `series`.
pub(crate) fn columns<T>(series: &BTreeMap<AmountKey, BTreeMap<FiscalYear, T>>) -> impl Iterator<Item = ColumnKey> {
    series.iter().flat_map(|(key, years)| years.keys().map(move |year| (*year, *key)))
}
