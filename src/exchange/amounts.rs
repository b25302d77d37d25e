//! Amounts of money and staff in `report.json`, with their declarations.

use super::json::{Json, Object};
use super::report_json::value;
use crate::model::{
    AmountDeclarations, AmountKey, AmountKind, AmountTable, Amounts, FiscalYear, Node, PhaseDeclaration, Strategy,
    Value,
};
use std::collections::BTreeMap;

/// Declared phases; empty if the strategy declares none.
pub(super) fn phases(declared: &AmountDeclarations) -> Json<'_> {
    let phases = declared.phases.iter().filter(|phase| phase.title.is_some());
    let phase = |declared_phase: &PhaseDeclaration| {
        let sum = declared_phase.sum.iter().map(|phase| declared.phase_key(AmountTable::Money, *phase).to_owned());
        Object::default()
            .with("id", declared_phase.id.clone())
            .with("title", declared_phase.title.clone())
            .with("like", declared_phase.phase.kind.key())
            .with_filled("sum", sum.collect::<Json<'static>>())
    };
    phases.map(phase).collect()
}

/// Declared kinds of money or staff; empty if the strategy declares none.
pub(super) fn kinds(kinds: &[AmountKind]) -> Json<'_> {
    let kind = |kind: &AmountKind| {
        let sum = kind.sum.iter().filter_map(|ix| kinds.get(ix.0)).map(|kind| kind.id.clone());
        Object::default()
            .with("id", kind.id.clone())
            .with("title", kind.title.clone())
            .with("unit", kind.unit.clone())
            .with_filled("sum", sum.collect::<Json<'static>>())
            .with("additive", (!kind.additive).then_some(false))
    };
    kinds.iter().filter(|kind| kind.title.is_some()).map(kind).collect()
}

/// Declared sources of funding.
pub(super) fn funding(declared: &AmountDeclarations) -> Json<'_> {
    declared
        .funding
        .iter()
        .map(|source| Object::default().with("id", &source.id).with("title", &source.title))
        .collect()
}

/// Amounts of one table of a sheet.
pub(super) fn amounts<'r>(strategy: &'r Strategy, table: AmountTable, amounts: &'r Amounts) -> Json<'r> {
    let declared = &strategy.amounts;
    let amount = |(key, year, amount): (AmountKey, Option<FiscalYear>, &'r Value)| {
        let kind = declared.kind(table, key.kind).filter(|_| !key.is_base()).map(|kind| &kind.id);
        let id_key = if table == AmountTable::Staff { "staff_id" } else { "money_id" };
        let fields = Object::default()
            .with("series", declared.phase_key(table, key.phase))
            .with(id_key, kind)
            .with("fiscal_year", year)
            .with_filled("all_years", year.is_none());
        let shares = amount.funding.iter().filter_map(|share| {
            let source = declared.funding.get(share.funding.0)?;
            Some(value(Object::default().with("funding_id", &source.id), &share.value))
        });
        value(fields, amount).with_filled("funding", Json::from_iter(shares))
    };
    amounts.all().map(amount).collect()
}

/// Amounts of the sub-items of a program.
pub(super) fn items<'r>(strategy: &'r Strategy, node: &'r Node, items: &'r BTreeMap<usize, Amounts>) -> Json<'r> {
    let item = |(index, money): (&usize, &'r Amounts)| {
        let item = node.items.get(*index)?;
        Some(Object::default().with("id", &item.id).with("money", amounts(strategy, AmountTable::Money, money)))
    };
    Json::from_iter(items.iter().filter_map(item))
}
