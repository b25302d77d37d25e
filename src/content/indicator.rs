//! Parsing of indicators: `[[indicator]]` of a goal, policy or program.

use super::href::href;
use super::item::Item;
use super::table::TomlTable;
use super::value::year_list;
use crate::diagnostic::{Rule, say};
use crate::model::{
    Baseline, Breakdown, Comparison, DataSource, Direction, FiscalYear, Indicator, IndicatorKind, Kind, MethodRef,
    Reference, ReferenceKind, Scheme, Step, TotalFrom, YearKind,
};

/// The indicators that the node `node_id` declares.
pub(super) fn indicators(table: &TomlTable<'_>, node_kind: Kind, node_id: &str) -> Vec<Indicator> {
    table.tables_with_id("indicator", |table, indicator_id| {
        let (unit, unit_span) = table.text_at("unit").unzip();
        let kind = table.choice("kind", &IndicatorKind::ALL, IndicatorKind::key).unwrap_or(IndicatorKind::Number);
        Indicator {
            id: indicator_id,
            name: table.required("name").unwrap_or_default(),
            kind,
            states: states(table, kind),
            role: table.text("role"),
            definition: table.text("definition"),
            formula: table.text("formula"),
            source: data_source(table),
            unit,
            unit_span,
            better: table.choice("better", &Direction::ALL, Direction::key),
            better_span: table.get("better").map(Item::span),
            year_kind: table.choice("year_kind", &YearKind::ALL, YearKind::key).unwrap_or_default(),
            baseline: start_or_year(table, "baseline", Baseline::Start, Baseline::Year),
            interval: table.get("interval").and_then(Item::count),
            method: table.get("method").and_then(|item| Some(MethodRef { id: item.text()?, span: item.span() })),
            breaks: table.get("breaks").map(year_list).unwrap_or_default(),
            actual_total_from: start_or_year(table, "actual_total_from", TotalFrom::Start, TotalFrom::Year),
            target_total_from: target_total_from(table),
            step: table.choice("step", &Step::ALL, Step::key),
            leads_to: leads_to(table, node_kind, node_id),
            comparisons: table.tables_with_id("comparison", |table, id| Comparison {
                name: table.required("name").unwrap_or_else(|| id.clone()),
                id,
                source: data_source(table),
            }),
            breakdowns: table.tables_with_id("breakdown", |table, id| Breakdown {
                name: table.required("name").unwrap_or_else(|| id.clone()),
                id,
            }),
            note: table.text("note"),
            span: table.span,
        }
    })
}

/// `states`: required for indicators of the kind `state`, an error for all others.
fn states(table: &TomlTable<'_>, kind: IndicatorKind) -> Vec<String> {
    if kind == IndicatorKind::State {
        let states = table.required_item("states").map(Item::texts).unwrap_or_default();
        for (index, state) in states.iter().enumerate() {
            if states.iter().take(index).any(|earlier| earlier == state) {
                let message = say!(ja: "`states` に「{state}」が二つあります", en: "`states` has `{state}` twice");
                let help = say!(ja: "一つにまとめてください", en: "keep one of them");
                table.report(Rule::DuplicateId, message, help);
            }
        }
        return states;
    }
    if let Some(item) = table.get("states") {
        item.report_key(
            Rule::UnknownKey,
            say!(ja: "`states` は、状態を値とする指標にだけ書けます", en: "only an indicator of states can have `states`"),
            say!(ja: "この指標に `kind = \"state\"` を書いてください", en: "add `kind = \"state\"` to the indicator"),
        );
    }
    Vec::new()
}

/// `leads_to`: ids of indicators of the same node, or references such as `indicator:program/x/y`.
fn leads_to(table: &TomlTable<'_>, node_kind: Kind, node_id: &str) -> Vec<Reference> {
    let items = table.get("leads_to").map(Item::one_or_many).unwrap_or_default();
    let reference = |item: Item<'_>| {
        let written = item.text()?;
        if !written.contains(':') {
            let kind = ReferenceKind::Indicator(node_kind, written);
            return Some(Reference { strategy: None, kind, id: node_id.to_owned(), span: item.span() });
        }
        let reference = item.reference()?;
        if !matches!(reference.kind, ReferenceKind::Indicator(..)) {
            item.report(
                Rule::NotAReference,
                say!(ja: "`leads_to` に書けるのは指標だけです", en: "`leads_to` refers to indicators only"),
                say!(
                    ja: "同じファイルの指標の id か、`indicator:program/junkai/riyosha` のような参照を書いてください",
                    en: "write the id of an indicator of this file, or a reference like `indicator:program/junkai/riyosha`"
                ),
            );
            return None;
        }
        Some(reference)
    };
    items.into_iter().filter_map(reference).collect()
}

/// `source = "国勢調査"`, or `source = { name = "国勢調査", url = "https://…" }`.
fn data_source(table: &TomlTable<'_>) -> Option<DataSource> {
    let item = table.get("source")?;
    if item.raw().as_table().is_none() {
        return Some(DataSource { name: item.text()?, url: None });
    }
    let table = item.table()?;
    let (name, url) = (table.required("name"), table.get("url").and_then(|item| href(item, &[Scheme::Web])));
    Some(DataSource { name: name?, url })
}

/// The fiscal year under `key`, or `start` for the text `"start"`.
fn start_or_year<T>(table: &TomlTable<'_>, key: &'static str, start: T, year: impl Fn(FiscalYear) -> T) -> Option<T> {
    let item = table.get(key)?;
    if item.raw().as_str() == Some("start") { Some(start) } else { item.year().map(year) }
}

/// `target_total_from`, or its older spelling `cumulative_from`.
fn target_total_from(table: &TomlTable<'_>) -> Option<FiscalYear> {
    let (older, item) = (table.get("cumulative_from"), table.get("target_total_from"));
    if let (Some(older), Some(_)) = (older, item) {
        let message = say!(
            ja: "`cumulative_from` と `target_total_from` は同じことを表します",
            en: "`cumulative_from` and `target_total_from` have the same meaning"
        );
        let help = say!(ja: "`cumulative_from` を消してください", en: "remove `cumulative_from`");
        older.report_key(Rule::ToldTwice, message, help);
    }
    item.or(older)?.year()
}
