//! Parsing of indicators: `[[indicator]]` of a goal, policy or program.

use super::href::href;
use super::item::Item;
use super::table::TomlTable;
use super::value::year_list;
use crate::diagnostic::{Rule, say};
use crate::model::{
    Baseline, Breakdown, Comparison, DataSource, Direction, FiscalYear, Indicator, IndicatorKind, MethodRef, Scheme,
    TotalFrom, YearKind,
};

/// The indicators that a node declares.
pub(super) fn indicators(table: &TomlTable<'_>) -> Vec<Indicator> {
    table.tables_with_id("indicator", |table, id| {
        let (unit, unit_span) = table.text_at("unit").unzip();
        Indicator {
            id,
            name: table.required("name").unwrap_or_default(),
            kind: table.choice("kind", &IndicatorKind::ALL, IndicatorKind::key).unwrap_or(IndicatorKind::Number),
            role: table.text("role"),
            definition: table.text("definition"),
            formula: table.text("formula"),
            source: data_source(table),
            unit,
            unit_span,
            better: table.choice("better", &Direction::ALL, Direction::key),
            year_kind: table.choice("year_kind", &YearKind::ALL, YearKind::key).unwrap_or_default(),
            baseline: start_or_year(table, "baseline", Baseline::Start, Baseline::Year),
            interval: table.get("interval").and_then(Item::count),
            method: table.get("method").and_then(|item| Some(MethodRef { id: item.text()?, span: item.span() })),
            breaks: table.get("breaks").map(year_list).unwrap_or_default(),
            actual_total_from: start_or_year(table, "actual_total_from", TotalFrom::Start, TotalFrom::Year),
            target_total_from: target_total_from(table),
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
