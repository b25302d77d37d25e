//! Tests of the declaration against the parser: every example is valid content, and every required key is required.

use super::{FILES, FileKind, Key, PlacedTable, Requirement, ValueType};
use crate::content::tests::load;
use crate::diagnostic::Rule;

const STRATEGY: &str = r#"title = "青葉市総合計画"
publisher = "青葉市"
"#;

/// Tables of `strategy.toml` that the examples refer to.
const DECLARATIONS: &str = r#"
[[edition]]
id = "2024"
label = "令和6年度 評価"
year = "R6"
[[scale]]
id = "grade"
title = "達成状況"
of = ["policy", "program", "indicator"]
marks = [{ mark = "A" }, { mark = "B" }, { mark = "C" }]
[[scale]]
id = "koken"
title = "貢献度"
of = ["row"]
marks = [{ mark = "大" }, { mark = "小" }]
[[field]]
id = "hoho"
title = "実施方法"
of = ["goal", "policy", "program"]
[[survey]]
id = "r5"
title = "令和5年度 市民意識調査"
x = { title = "満足度" }
y = { title = "重要度" }
[[survey]]
id = "riyosha"
title = "利用者調査"
x = { title = "満足度" }
y = { title = "重要度" }
[[funding]]
id = "kuni"
title = "国庫支出金"
[[funding]]
id = "ippan"
title = "一般財源"
[[outside]]
id = "policy:9-9"
"#;

/// Loads content in which the text of a file of this kind is `text`. Returns the rules of the diagnostics, with their messages.
fn diagnostics(file: &FileKind, text: &str) -> Vec<(Rule, String)> {
    let path = match file.name {
        "site.toml" | "glossary.toml" => file.name,
        "strategy.toml" | "strategy.md" => &format!("aoba/{}", file.name),
        "<edition>.toml" => "aoba/editions/2025.toml",
        "goal.md" => "aoba/goals/1/goal.md",
        "policy.md" => "aoba/policies/1-1/policy.md",
        "program.md" => "aoba/programs/junkai/program.md",
        "<name>.easy.md" => "aoba/policies/1-1/policy.easy.md",
        "<edition>.md" if text.contains("[item.") => "aoba/programs/junkai/2024.md",
        "<edition>.md" => "aoba/policies/1-1/2024.md",
        "<edition>@<policy>.md" => "aoba/programs/junkai/2024@1-2.md",
        other => panic!("{other} has no path"),
    };
    let body = if path.ends_with(".easy.md") { "ぶん。\n" } else { "" };
    let front_matter = format!("+++\n{text}+++\n{body}");
    let text = if path.ends_with(".md") { &front_matter } else { text };
    let strategy = format!("{STRATEGY}{DECLARATIONS}");
    let mut files = vec![
        ("site.toml", "title = \"青葉市\"\n"),
        ("crest.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("chosha.png", ""),
        ("aoba/strategy.toml", strategy.as_str()),
        ("aoba/goals/1/goal.md", "+++\nname = \"産業\"\n+++\n"),
        ("aoba/goals/2/goal.md", "+++\nname = \"暮らし\"\n+++\n"),
        (
            "aoba/policies/1-1/policy.md",
            "+++\nname = \"観光\"\n[[indicator]]\nid = \"riyosha\"\nname = \"利用者数\"\n\
             comparison = [{ id = \"ken\", name = \"県平均\" }]\nbreakdown = [{ id = \"higashi\", name = \"東地区\" }]\n[[program]]\nid = \"junkai\"\nrepeat = true\n+++\n",
        ),
        (
            "aoba/policies/1-2/policy.md",
            "+++\nname = \"商業\"\n[[indicator]]\nid = \"urikake\"\nname = \"売上\"\n[[program]]\nid = \"junkai\"\nrepeat = true\n+++\n",
        ),
        (
            "aoba/programs/junkai/program.md",
            "+++\nname = \"巡回\"\n[[item]]\nid = \"riyosha\"\nname = \"運行\"\n[[item]]\nid = \"kensetsu\"\nname = \"整備\"\n+++\n",
        ),
        ("aoba/programs/junkai/2024.md", "+++\n+++\n"),
    ];
    files.retain(|(other, _)| *other != path);
    files.push((path, text));
    let loaded = load(&files);
    loaded.diagnostics.iter().map(|diagnostic| (diagnostic.rule, diagnostic.message.en.clone())).collect()
}

/// Text of a file with the required keys of `place` and the tables around it, without those for which `skips` returns
/// true, and with `example` in `place`.
fn text(place: &PlacedTable, example: &str, skips: impl Fn(&Key) -> bool) -> String {
    let file = place.file;
    // An example with a header of the root is the text of a file; other headers are relative to the table of the key.
    let header = example.strip_prefix('[').map(|rest| rest.trim_start_matches('['));
    let first = header.and_then(|header| header.split(['.', ']']).next());
    let is_array = example.starts_with("[[");
    let is_root = |key: &Key| matches!(key.value, ValueType::Tables(_)) == is_array;
    let is_whole = first.and_then(|first| file.root.key(first)).is_some_and(is_root);
    let tables = if is_whole { Vec::new() } else { enclosing(place) };
    let declarations = if file.name == "strategy.toml" { DECLARATIONS } else { "" };
    let is_scalar = !example.starts_with('[');
    let mut text = String::new();
    if tables.is_empty() && is_scalar {
        text.push_str(&format!("{example}\n"));
    }
    for key in file.root.keys().filter(|key| is_required(key) && !key.example.starts_with('[')) {
        let is_skipped = place.path.is_empty() && skips(key);
        if !is_skipped && !place.path.starts_with(&[key.name]) {
            text.push_str(&format!("{}\n", key.example));
        }
    }
    text.push_str(declarations);
    for (index, table) in tables.iter().enumerate() {
        let is_last = index + 1 == tables.len();
        text.push_str(&format!("{}\n", concrete(&table.header())));
        for key in table.table.keys().filter(|key| is_required(key)) {
            let is_next = place.path.get(table.path.len()) == Some(&key.name);
            if !(is_next || is_last && skips(key)) {
                text.push_str(&format!("{}\n", key.example));
            }
        }
    }
    match (is_scalar, tables.is_empty()) {
        (true, true) => {}
        (true, false) => text.push_str(&format!("{example}\n")),
        (false, true) => text.push_str(&format!("{example}\n")),
        (false, false) => {
            let path = concrete(&place.path.join("."));
            let line = |line: &str| match line.strip_prefix("[[") {
                Some(rest) => format!("[[{path}.{rest}\n"),
                None => line.strip_prefix('[').map_or(format!("{line}\n"), |rest| format!("[{path}.{rest}\n")),
            };
            text.extend(example.lines().map(line));
        }
    }
    text
}

/// Returns true if the example has a key that replaces the required `key`.
fn is_replaced(key: &Key, example: &str) -> bool {
    let Requirement::Unless(others) = key.requirement else { return false };
    let has = |other: &&str| example.lines().any(|line| line.starts_with(&format!("{other} =")));
    others.iter().any(has)
}

/// Returns true if the key is required, always or unless another key is present.
fn is_required(key: &Key) -> bool {
    key.requirement != Requirement::Optional
}

/// `place` and the tables around it, the outermost first, without the root.
fn enclosing(place: &PlacedTable) -> Vec<PlacedTable> {
    let mut tables = place.file.tables();
    tables.retain(|table| !table.path.is_empty() && place.path.starts_with(&table.path));
    tables.retain(|table| table.path.len() < place.path.len() || table.table.name == place.table.name);
    tables
}

/// The header with an id and a year in place of the placeholders.
fn concrete(header: &str) -> String {
    header.replace("<id>", "riyosha").replace("<year>", "R6")
}

#[test]
fn examples_are_valid_where_their_keys_are_declared() {
    let (mut count, mut failures) = (0, Vec::<String>::new());
    // The examples of values in table form are lines of sheets, which `strategy.toml` has none of.
    let is_of_sheets =
        |place: &PlacedTable| ["value", "part"].contains(&place.table.name) && place.file.name == "strategy.toml";
    for place in FILES.iter().flat_map(|file| file.tables()).filter(|place| !is_of_sheets(place)) {
        for key in place.table.keys() {
            let text =
                text(&place, key.example, |required| required.name == key.name || is_replaced(required, key.example));
            let found = diagnostics(place.file, &text);
            if !found.is_empty() {
                failures.push(format!("{} {} {}: {found:?}\n{text}", place.file.name, place.header(), key.name));
            }
            assert!(text.contains(key.name), "the example of `{}` has the key", key.name);
            count += 1;
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 200, "{count}");
}

#[test]
fn required_keys_cannot_be_omitted() {
    for place in FILES.iter().flat_map(|file| file.tables()) {
        let is_relative = |key: &&Key| !key.example.starts_with('[');
        for key in place.table.keys().filter(|key| is_required(key)).filter(is_relative) {
            let text = text(&place, "", |required| required.name == key.name);
            let expected = (Rule::MissingKey, format!("`{}` is missing", key.name));
            let found = diagnostics(place.file, &text);
            assert!(
                found.contains(&expected),
                "{} {} {}: {found:?}\n{text}",
                place.file.name,
                place.header(),
                key.name
            );
        }
    }
}

#[test]
fn declarations_are_complete_and_unambiguous() {
    for place in FILES.iter().flat_map(|file| file.tables()) {
        let names: Vec<_> = place.table.keys().map(|key| key.name).collect();
        for key in place.table.keys() {
            let name = format!("{} {}", place.table.name, key.name);
            assert!(!key.meaning.ja.is_ascii(), "{name}: the meaning is in Japanese");
            assert!(key.meaning.en.len() > 2 && !key.meaning.en.ends_with('.'), "{name}: the meaning is a phrase");
            assert!(!key.meaning.ja.ends_with('。'), "{name}: the meaning is a phrase");
            assert_eq!(names.iter().filter(|other| **other == key.name).count(), 1, "{name} is declared once");
            for mistake in key.likely_mistakes {
                assert!(!names.contains(mistake), "{name}: `{mistake}` is itself a key");
            }
        }
    }
}
