//! Parsing of surveys: `[[survey]]` of a strategy, and `[survey.<id>]` of a sheet.

use super::href::href;
use super::ids::{check_page_id, is_id};
use super::item::Item;
use super::table::TomlTable;
use super::value::{Grammar, ValueReader};
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{Scheme, Survey, SurveyAxis, SurveyEntry, SurveyIx};

/// The surveys that a strategy declares.
pub(super) fn surveys(table: &TomlTable<'_>, missing: &[String]) -> Vec<Survey> {
    let reader = ValueReader { missing, grammar: Grammar::Numbers, funding: None };
    table.tables_with_id("survey", |table, id| {
        let invalid = table.get("id").filter(|_| is_id(&id)).and_then(|item| check_page_id(&id, item.span()));
        invalid.into_iter().for_each(|error| table.file.report(error));
        let (x, y) = (axis(table, "x", reader), axis(table, "y", reader));
        Survey {
            title: table.required("title").unwrap_or_else(|| id.clone()),
            id,
            year: table.year("year"),
            year_span: table.get("year").map(Item::span),
            answers: table.get("answers").and_then(|item| reader.value(item)),
            url: table.get("url").and_then(|item| href(item, &[Scheme::Web])),
            x,
            y,
            quadrants: table.get("quadrants").and_then(quadrants),
            span: table.span,
        }
    })
}

/// `x = { title = "満足度", mean = 3.12 }`.
fn axis(table: &TomlTable<'_>, key: &'static str, reader: ValueReader<'_>) -> SurveyAxis {
    let Some(table) = table.required_item(key).and_then(Item::table) else { return SurveyAxis::default() };
    let title = table.required("title").unwrap_or_default();
    SurveyAxis { title, mean: table.get("mean").and_then(|item| reader.value(item)) }
}

/// The names of the four quadrants.
fn quadrants(item: Item<'_>) -> Option<[String; 4]> {
    let names = item.texts().try_into().ok();
    if names.is_none() {
        item.wrong_type(say!(
            ja: "左上、右上、左下、右下の四つの名称（`[\"…\", \"…\", \"…\", \"…\"]`）",
            en: "four names, for the upper left, upper right, lower left and lower right quadrants"
        ));
    }
    names
}

/// The places under `[survey]` of a sheet, in the order of `surveys`.
pub(super) fn entries(table: &TomlTable<'_>, surveys: &[Survey], reader: ValueReader<'_>) -> Vec<SurveyEntry> {
    let Some(table) = table.entries_of("survey") else { return Vec::new() };
    let entries = table.items().into_iter().filter_map(|item| {
        let index = surveys.iter().position(|survey| survey.id == item.key);
        let Some((index, survey)) = index.and_then(|index| Some((index, surveys.get(index)?))) else {
            undeclared(item, surveys);
            return None;
        };
        let table = item.table()?;
        let value = |key| table.get(key).and_then(|item| reader.value(item));
        let (x, y) = (value("x"), value("y"));
        let quadrant = table.get("quadrant").and_then(|item| quadrant(item, survey));
        let quadrant_span = table.get("quadrant").map(Item::span);
        Some(SurveyEntry { survey: SurveyIx(index), x, y, quadrant, quadrant_span })
    });
    let mut entries: Vec<SurveyEntry> = entries.collect();
    entries.sort_by_key(|entry| entry.survey);
    entries
}

/// The name of a quadrant, one of those that the survey declares.
fn quadrant(item: Item<'_>, survey: &Survey) -> Option<String> {
    let written = item.text()?;
    let Some(names) = &survey.quadrants else { return Some(written) };
    if !names.contains(&written) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        item.file.report(item.unknown_word_error(&written, &names));
        return None;
    }
    Some(written)
}

fn undeclared(item: Item<'_>, surveys: &[Survey]) {
    let id = item.key;
    let known: Vec<&str> = surveys.iter().map(|survey| survey.id.as_str()).collect();
    let message = say!(ja: "`{id}` という調査はありません", en: "there is no survey `{id}`");
    let help = say!(
        ja: "strategy.toml の `[[survey]]` に `id = \"{id}\"` を書いてください",
        en: "declare it with `id = \"{id}\"` under `[[survey]]` in strategy.toml"
    );
    let diagnostic = Diagnostic::new(Rule::UnknownKey, item.key_span, message).help(help);
    item.file.report(diagnostic.suggest_first(id, known));
}
