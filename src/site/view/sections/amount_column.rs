//! Titles of amounts, and the columns of tables with amounts of several years.

use crate::model::{AmountKey, AmountKind, AmountTable, FiscalYear, Phase, PhaseKind, StrategyIx};
use crate::site::view::context::ViewContext;
use crate::site::view::values::time::YearView;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Column of amounts: a year and the key of a row of amounts, so that columns sort by year first.
pub(crate) type ColumnKey = (FiscalYear, AmountKey);

/// Column of amounts: a phase of a kind of money in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountColumn<'a> {
    /// Id of the phase: `budget`, `settlement`, `plan`, or a declared one.
    pub phase: &'a str,
    /// Id of the kind of money; `None` for what `[money]` itself holds.
    pub money: Option<&'a str>,
    /// Title: `決算額`, `人件費（決算額）`.
    pub title: Cow<'a, str>,
    /// Fiscal year.
    pub year: YearView,
}

impl<'a> AmountColumn<'a> {
    /// Builds the columns for `keys`, in order.
    pub(crate) fn all(context: &ViewContext<'a>, ix: StrategyIx, keys: &BTreeSet<ColumnKey>) -> Vec<Self> {
        keys.iter().map(|key| Self::new(context, ix, *key, title(context, ix, AmountTable::Money, key.1))).collect()
    }

    /// Like [`Self::all`], for tables that only show what `[money]` itself holds: titles name only the phase.
    pub(crate) fn of_base(context: &ViewContext<'a>, ix: StrategyIx, keys: &BTreeSet<ColumnKey>) -> Vec<Self> {
        let title = |key: &ColumnKey| phase_title(context, ix, AmountTable::Money, key.1.phase).into();
        keys.iter().map(|key| Self::new(context, ix, *key, title(key))).collect()
    }

    fn new(context: &ViewContext<'a>, ix: StrategyIx, (year, key): ColumnKey, title: Cow<'a, str>) -> Self {
        let (phase, money) = (phase_id(context, ix, key.phase), money_id(context, ix, key));
        Self { phase, money, title, year: context.year(year) }
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

/// Columns that have a value in `series`.
pub(crate) fn columns<T>(series: &BTreeMap<AmountKey, BTreeMap<FiscalYear, T>>) -> impl Iterator<Item = ColumnKey> {
    series.iter().flat_map(|(key, years)| years.keys().map(move |year| (*year, *key)))
}
