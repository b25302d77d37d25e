//! Parsing of the figures of indicators: `[indicator.<id>]` of a sheet.

use super::item::Item;
use super::sheet::SheetContext;
use super::table::TomlTable;
use super::value::{Grammar, ValueReader, check_measured};
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{ByYear, Column, Figures, Indicator, IndicatorKind, Value};
use crate::schema::sheet::FIGURES;
use std::collections::BTreeMap;

impl SheetContext<'_> {
    /// `[indicator.<id>]`: figures by index of the indicator in the node.
    pub(super) fn figures(self, table: &TomlTable<'_>) -> BTreeMap<usize, Figures> {
        let mut figures = BTreeMap::new();
        for item in table.items() {
            let index = self.indicators.iter().position(|indicator| indicator.id == item.key);
            let Some(index) = index else {
                let key = item.key;
                let ids = self.indicators.iter().map(|indicator| indicator.id.as_str());
                let named = self.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator.name.as_str()));
                let message = say!(ja: "`{key}` という指標はありません", en: "there is no indicator `{key}`");
                let file = self.kind.key();
                let help = say!(
                    ja: "{file}.md の `[[indicator]]` に `id = \"{key}\"` を書いてください",
                    en: "declare it with `id = \"{key}\"` under `[[indicator]]` in {file}.md"
                );
                let diagnostic = Diagnostic::new(Rule::UnknownIndicator, item.key_span, message);
                item.file.report(diagnostic.help(help.with_candidates(named)).suggest(key, ids));
                continue;
            };
            if let (Some(indicator), Some(table)) = (self.indicators.get(index), item.table()) {
                figures.insert(index, self.indicator(indicator, &table));
            }
        }
        figures
    }

    fn indicator(self, indicator: &Indicator, table: &TomlTable<'_>) -> Figures {
        let reader = self.value_reader(match indicator.kind {
            IndicatorKind::Number => Grammar::Numbers,
            IndicatorKind::Text => Grammar::Words,
            IndicatorKind::State => Grammar::States(&indicator.states),
        });
        let columns = table.get("actual").map(|item| reader.columns(item, &[Column::Start])).unwrap_or_default();
        let mut actual = ByYear::new();
        let mut start = None;
        for (column, value) in columns {
            match column {
                Column::Year(year) => drop(actual.insert(year, value)),
                Column::Start | Column::End => start = Some(value),
            }
        }
        check_measured(table.file, &actual);
        let series = |key: &'static str| table.get(key).filter(|_| !self.is_scale_of_indicators(key));
        let years = |key, reader: ValueReader<'_>| series(key).map(|item| reader.years(item)).unwrap_or_default();
        let forecast = years("forecast", reader);
        let interim = series("interim");
        let interim = interim.map(|item| interim_values(reader, item, &actual, &forecast)).unwrap_or_default();
        // Rates and ranks are numbers even if the values are text.
        let numbers = self.value_reader(Grammar::Numbers);
        let (rate, rank) = (years("rate", numbers), years("rank", numbers));
        let of_declared =
            |key, ids: &[&str]| series(key).map(|item| values_by_id(reader, item, ids)).unwrap_or_default();
        let comparisons: Vec<&str> = indicator.comparisons.iter().map(|comparison| comparison.id.as_str()).collect();
        let comparisons = of_declared("comparison", &comparisons);
        let breakdowns: Vec<&str> = indicator.breakdowns.iter().map(|group| group.id.as_str()).collect();
        let breakdowns = of_declared("breakdown", &breakdowns);
        let target = table.get("target").map(|item| reader.columns(item, &[Column::End])).unwrap_or_default();
        let unplaced = table.get("unplaced").map(|item| item.one_or_many()).unwrap_or_default();
        let unplaced = unplaced.into_iter().filter_map(|item| reader.value(item)).collect();
        let note = table.text("note");
        let is_judgement = |item: &Item<'_>| FIGURES.key(item.key).is_none() || self.is_hidden_series(item.key);
        let others = table.items().into_iter().filter(is_judgement).collect();
        let judgements = self.judgement_context().judgements(others, "indicator", Some(&FIGURES));
        Figures {
            actual,
            start,
            target,
            forecast,
            interim,
            rate,
            rank,
            comparisons,
            breakdowns,
            unplaced,
            judgements,
            note,
        }
    }

    /// Returns true if `key` is the key of a series but read as the id of a scale, which takes precedence.
    fn is_hidden_series(self, key: &str) -> bool {
        Figures::LATER_KEYS.contains(&key) && self.is_scale_of_indicators(key)
    }

    pub(super) fn is_scale_of_indicators(self, key: &str) -> bool {
        let mut scales = self.strategy.scales.iter();
        scales.any(|scale| scale.id == key && scale.applies_to.iter().any(|of| of == "indicator"))
    }
}

/// `interim.<year>`: values as of a date within the fiscal year. Reports and drops those without an actual or forecast
/// value of the same year.
fn interim_values(
    reader: ValueReader<'_>,
    item: Item<'_>,
    actual: &ByYear<Value>,
    forecast: &ByYear<Value>,
) -> ByYear<Value> {
    let mut interim = reader.years(item);
    interim.retain(|year, value| {
        let has_value_of_year = actual.contains_key(year) || forecast.contains_key(year);
        if !has_value_of_year {
            let year = year.short();
            let message = say!(
                ja: "`interim.{year}` に対応する {year} 年度の値がありません",
                en: "`interim.{year}` has no corresponding value of the whole year"
            );
            let help = say!(
                ja: "年間の値は `actual.{year}`、その見込みは `forecast.{year}` に書いてください。年度途中の値しかなければ `actual.{year} = {{ value = …, as_of = \"…\" }}` と書きます",
                en: "write the value of the whole year as `actual.{year}`, or an expected one as `forecast.{year}`; if there is only a value within the year, write `actual.{year} = {{ value = …, as_of = \"…\" }}`"
            );
            item.file.report(Diagnostic::new(Rule::InterimAlone, value.span, message).help(help));
        }
        has_value_of_year
    });
    interim
}

/// `comparison.<id>.<year>` and `breakdown.<id>.<year>`: values by the index of the id in `ids`.
fn values_by_id(reader: ValueReader<'_>, item: Item<'_>, ids: &[&str]) -> BTreeMap<usize, ByYear<Value>> {
    let Some(table) = item.entries() else { return BTreeMap::new() };
    let values = table.items().into_iter().filter_map(|entry| match ids.iter().position(|id| *id == entry.key) {
        Some(index) => Some((index, reader.years(entry))),
        None => {
            report_undeclared(entry, item.key, ids);
            None
        }
    });
    values.collect()
}

/// Reports a comparison or group that the indicator does not declare.
fn report_undeclared(item: Item<'_>, series: &str, ids: &[&str]) {
    let (id, all) = (item.key, ids.join(", "));
    let message = say!(
        ja: "`{id}` は指標の `[[indicator.{series}]]` にありません",
        en: "`{id}` is not declared by an `[[indicator.{series}]]` of the indicator"
    );
    let help = match ids.is_empty() {
        true => say!(
            ja: "指標を宣言するファイルに、`[[indicator.{series}]]` と `id = \"{id}\"`、`name` を書いてください",
            en: "declare it by an `[[indicator.{series}]]` with `id = \"{id}\"` and a `name` below the indicator"
        ),
        false => say!(ja: "宣言されているのは {all} です", en: "declared: {all}"),
    };
    let diagnostic = Diagnostic::new(Rule::UnknownKey, item.key_span, message).help(help);
    item.file.report(diagnostic.suggest_first(id, ids.iter().copied()));
}
