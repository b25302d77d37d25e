//! The content format as Markdown: `docs/reference.md`, `docs/reference.ja.md`, and the sections that `shirube explain`
//! prints.

use super::sheet::VALUE;
use super::{FILES, Key, PlacedTable, Requirement, Table, ValueType};
use crate::diagnostic::{Bilingual, Lang, say};
use std::ptr;

/// The whole reference.
pub fn markdown(lang: Lang) -> String {
    let mut text = match lang {
        Lang::Ja => include_str!("reference.ja.md").to_owned(),
        Lang::En => include_str!("reference.en.md").to_owned(),
    };
    for file in FILES {
        text.push_str(&format!("\n## `{}` — {}\n\n`{}`\n", file.name, file.title.get(lang), file.location));
        let mut elsewhere = Vec::new();
        for place in file.tables() {
            match is_main_place(&place) {
                true => text.push_str(&table(&place, lang)),
                false => elsewhere.push(format!("`{}`", place.header())),
            }
        }
        if !elsewhere.is_empty() {
            let label = Bilingual {
                ja: "ほかの所で説明している表のうち、ここにも書けるもの",
                en: "Tables described elsewhere that can also be written here",
            };
            text.push_str(&format!("\n{}: {}\n", label.get(lang), elsewhere.join(", ")));
        }
    }
    text
}

/// Returns true if `place` is where its table is described: the place with the shortest path, in the first file. A
/// value, which can be written under many keys, is described with its parts under the first: actual values.
fn is_main_place(place: &PlacedTable) -> bool {
    let is_place_of = |table: &Table| ptr::eq(table, place.table);
    let is_value = is_place_of(&VALUE) || VALUE.keys().filter_map(|key| key.value.table()).any(is_place_of);
    let places = FILES.iter().flat_map(|file| file.tables()).filter(|other| is_place_of(other.table));
    let main = places.min_by_key(|other| if is_value { 0 } else { other.path.len() });
    main.is_some_and(|main| ptr::eq(main.file, place.file) && main.path == place.path)
}

/// Heading and keys of one table.
fn table(place: &PlacedTable, lang: Lang) -> String {
    if place.table.keys().next().is_none() {
        let text =
            Bilingual { ja: "キーはありません。文章だけを書きます。", en: "No keys; only prose." };
        return format!("\n{}\n", text.get(lang));
    }
    let heading = match place.path.is_empty() {
        true => String::new(),
        false => format!("\n### `{}` — {}\n", place.header(), place.table.title.get(lang)),
    };
    let head = Bilingual { ja: "| キー | 値 | 意味 | 例 |", en: "| key | value | meaning | example |" };
    let rows = place.table.keys().map(|key| {
        let (value, meaning) = (value_description(&key.value), meaning(key));
        let meaning = meaning.get(lang).replace('|', "\\|");
        format!("| `{}` | {} | {meaning} | {} |\n", key.name, value.get(lang), example_cell(key))
    });
    format!("{heading}\n{}\n|---|---|---|---|\n{}", head.get(lang), rows.collect::<String>())
}

/// The meaning of a key, with whether it is required.
fn meaning(key: &Key) -> Bilingual {
    let Bilingual { ja, en } = key.meaning;
    match key.requirement {
        Requirement::Optional => say!(ja: "{ja}", en: "{en}"),
        Requirement::Always => say!(ja: "**必須。**{ja}", en: "**Required.** {en}"),
        Requirement::Unless(others) => {
            let (others_ja, others) = (others.join("` か `"), others.join("` or `"));
            say!(ja: "**`{others_ja}` がなければ必須。**{ja}", en: "**Required unless `{others}` is given.** {en}")
        }
    }
}

/// The example as a table cell, each line as code.
fn example_cell(key: &Key) -> String {
    let lines: Vec<String> = key.example.lines().map(|line| format!("`{}`", line.trim().replace('|', "\\|"))).collect();
    lines.join("<br>")
}

/// Kind of value as a phrase.
pub fn value_description(value: &ValueType) -> Bilingual {
    let of = |ja: &str, en: &str| Bilingual { ja: ja.to_owned(), en: en.to_owned() };
    let words = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>();
    match value {
        ValueType::Text => of("文字列", "text"),
        ValueType::Texts => of("文字列、またはそのリスト", "text or list of texts"),
        ValueType::Flag => of("`true` か `false`", "`true` or `false`"),
        ValueType::Count => of("0 以上の整数", "non-negative integer"),
        ValueType::Number => of("数", "number"),
        ValueType::Year => of("年度", "fiscal year"),
        ValueType::Years => of("年度、またはそのリスト", "fiscal year or list of them"),
        ValueType::Period => of("年度、または期間", "fiscal year or period"),
        ValueType::Date => of("日付", "date"),
        ValueType::Url => of("URL", "URL"),
        ValueType::Language => of("言語", "language tag"),
        ValueType::Id => of("id", "id"),
        ValueType::Ids => of("id、またはそのリスト", "id or list of ids"),
        ValueType::References => of("リンク、またはそのリスト", "reference or list of references"),
        ValueType::Keyword(keywords) => {
            let all = words(keywords);
            Bilingual { ja: all.join("、"), en: all.join(", ") }
        }
        ValueType::Keywords(keywords) => {
            let all = words(keywords);
            Bilingual {
                ja: format!("{}（またはそのリスト）", all.join("、")),
                en: format!("{} (or a list)", all.join(", ")),
            }
        }
        ValueType::Figure => of("数、または印刷どおりの文字列", "number or printed text"),
        ValueType::Value => of("値", "value"),
        ValueType::Values([]) => of("年度ごとの値", "values by year"),
        ValueType::Values(columns) => {
            let all = words(columns);
            Bilingual {
                ja: format!("年度ごと（または {}）の値", all.join("、")),
                en: format!("values by year or {}", all.join(", ")),
            }
        }
        ValueType::Judgement => of("評価", "judgement"),
        ValueType::Table(_) => of("表", "table"),
        ValueType::Tables(_) => of("繰り返せる表", "tables"),
        ValueType::ById(_) => of("id ごとの値", "by id"),
        ValueType::ByYear(_) => of("年度ごとの値", "by year"),
        ValueType::OneOrMany(one) => {
            let Bilingual { ja, en } = value_description(one);
            Bilingual { ja: format!("{ja}（またはそのリスト）"), en: format!("{en} (or a list)") }
        }
        ValueType::OneOf(types) => {
            let all: Vec<Bilingual> = types.iter().map(value_description).collect();
            let join = |pick: fn(&Bilingual) -> &str, separator: &str| {
                all.iter().map(pick).collect::<Vec<_>>().join(separator)
            };
            Bilingual { ja: join(|text| &text.ja, "、または"), en: join(|text| &text.en, " or ") }
        }
    }
}

/// Descriptions of the keys that are called `name`, or `<table>.<key>`, one per declaration.
pub fn explanations(name: &str) -> Vec<Bilingual> {
    let (table_name, key_name) = name.rsplit_once('.').map_or((None, name), |(table, key)| (Some(table), key));
    let mut explained: Vec<&'static Key> = Vec::new();
    let mut explanations = Vec::new();
    for place in FILES.iter().flat_map(|file| file.tables()) {
        let Some(key) = place.table.key(key_name).filter(|_| is_main_place(&place)) else { continue };
        let is_other_table = table_name.is_some_and(|name| name != place.table.name);
        if is_other_table || explained.iter().any(|earlier| ptr::eq(*earlier, key)) {
            continue;
        }
        explained.push(key);
        explanations.push(explanation(&place, key));
    }
    explanations
}

fn explanation(place: &PlacedTable, key: &Key) -> Bilingual {
    let plain = |text: String| text.replace("**", "").replace('`', "");
    let (value, meaning) = (value_description(&key.value), meaning(key));
    let (value_ja, value_en) = (plain(value.ja), plain(value.en));
    let (meaning_ja, meaning_en) = (plain(meaning.ja), plain(meaning.en));
    let (name, file, header) = (key.name, place.file.name, place.header());
    let (in_ja, in_en) = match header.is_empty() {
        true => (String::new(), String::new()),
        false => (format!(" の {header}"), format!(", {header}")),
    };
    let example = key.example.replace('\n', "\n    ");
    say!(
        ja: "{name}（{file}{in_ja}）\n{meaning_ja}\n値: {value_ja}\n例:\n\n    {example}",
        en: "{name} ({file}{in_en})\n{meaning_en}\nValue: {value_en}\nExample:\n\n    {example}"
    )
}

/// Names of all keys, each once.
pub fn key_names() -> Vec<&'static str> {
    let mut names: Vec<_> =
        FILES.iter().flat_map(|file| file.tables()).flat_map(|place| place.table.keys()).map(|key| key.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
