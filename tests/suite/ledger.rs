//! `shirube ledger read`: a strategy is created from xlsx and CSV files, completely or not at all.

use crate::support::{shirube, temp_dir, tree, write};
use rust_xlsxwriter::{Format, Workbook};
use std::path::Path;
use std::process::Output;

const MAPPING: &str = r#"
strategy = "kakuu"
title = "架空市の台帳"
publisher = "架空市"
edition = { id = "2025", year = "R6", label = "令和7年度 評価" }
missing = ["-"]

[[table]]
file = "台帳.xlsx"
expect = 2
[table.node]
policy = { id = "A 施策番号", name = "B 施策" }
program = { id = "C 事業番号", name = "D 事業", department = "E 担当課" }
[[table.money]]
column = "F 決算額"
phase = "settlement"
year = "R6"
[table.ignore]
"G 担当者" = "個人の名"

[[table]]
file = "指標.csv"
key = "事業番号"
[[table.indicator]]
id = "riyosha"
name = "指標名"
unit = "単位"
actual = { R5 = "令和5年度", R6 = "令和6年度" }
"#;

/// Writes a workbook with the ids as text, and one settlement as a number in the general format.
fn workbook(path: &Path, settlement: f64) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let text = Format::new().set_num_format_index(49);
    let rows = [
        ["施策番号", "施策", "事業番号", "事業", "担当課", "決算額", "担当者"],
        ["1-1", "福祉", "0001", "見守り", "福祉課", "", "秘匿太郎"],
        ["1-1", "福祉", "0002", "配食", "福祉課", "-", "秘匿花子"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string_with_format(row, column, cell, &text).unwrap();
            }
        }
    }
    sheet.write_number(1, 5, settlement).unwrap();
    workbook.save(path).unwrap();
}

/// A folder with a mapping, a workbook and a CSV file in CP932, and an empty content folder.
fn ledger() -> (tempfile::TempDir, std::path::PathBuf) {
    let (guard, folder) = temp_dir();
    write(&folder.join("map.toml"), MAPPING.as_bytes());
    workbook(&folder.join("台帳.xlsx"), 75.6);
    let csv = "事業番号,指標名,単位,令和5年度,令和6年度\r\n0001,\"延べ\n利用者数\",人,\"1,234\",1300\r\n";
    write(&folder.join("指標.csv"), &encoding_rs::SHIFT_JIS.encode(csv).0);
    std::fs::create_dir(folder.join("content")).unwrap();
    (guard, folder)
}

fn read(folder: &Path, arguments: &[&str]) -> Output {
    shirube(&["ledger", "read", "map.toml"]).args(arguments).current_dir(folder).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn creates_a_strategy_only_with_apply_and_only_once() {
    let (_guard, folder) = ledger();
    let before = tree(&folder);
    let preview = read(&folder, &[]);
    assert!(preview.status.success(), "{}", printed(&preview));
    assert!(printed(&preview).contains("nothing was written yet"), "{}", printed(&preview));
    assert_eq!(tree(&folder), before);

    let applied = read(&folder, &["--apply"]);
    assert!(applied.status.success(), "{}", printed(&applied));
    let content = tree(&folder.join("content"));
    let text = |path: &str| String::from_utf8(content[path].clone()).unwrap();
    let sheet = "+++\n[indicator.riyosha]\nactual.R5 = \"1,234\"\nactual.R6 = \"1300\"\n\n[money]\nsettlement.R6 = \"75.6\"\n+++\n";
    assert_eq!(text("kakuu/programs/0001/2025.md"), sheet);
    assert_eq!(text("kakuu/programs/0002/2025.md"), "+++\n[money]\nsettlement.R6 = \"-\"\n+++\n");
    assert!(
        text("kakuu/policies/1-1/policy.md").contains("[[program]]\nid = \"0001\"\n\n[[program]]\nid = \"0002\"\n")
    );
    assert!(text("kakuu/programs/0001/program.md").contains("name = \"延べ 利用者数\"\nunit = \"人\"\n"));
    assert!(!content.values().any(|bytes| String::from_utf8_lossy(bytes).contains("秘匿")));
    let check = shirube(&["check"]).current_dir(&folder).output().unwrap();
    assert!(check.status.success(), "{}", printed(&check));

    let again = read(&folder, &["--apply"]);
    assert_eq!(again.status.code(), Some(2), "{}", printed(&again));
    assert!(printed(&again).contains("already exists"), "{}", printed(&again));
    assert_eq!(tree(&folder.join("content")), content);
}

#[test]
fn reports_all_errors_of_all_files_and_writes_nothing() {
    let (_guard, folder) = ledger();
    workbook(&folder.join("台帳.xlsx"), 1.0 / 3.0);
    write(
        &folder.join("指標.csv"),
        "事業番号,指標名,単位,令和5年度,令和6年度,備考\n0001,利用者数,人,約百,1300,\n".as_bytes(),
    );
    let before = tree(&folder);
    let failed = read(&folder, &["--apply"]);
    assert_eq!(failed.status.code(), Some(1), "{}", printed(&failed));
    let printed = printed(&failed);
    for part in [
        "台帳.xlsx › Sheet1 › F2（決算額）",
        "指標.csv › D2（令和5年度）",
        "`約百` is neither a number nor a missing value",
        "指標.csv › F1（備考）",
        "3 errors",
    ] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    assert!(!printed.contains("秘匿"), "{printed}");
    assert_eq!(tree(&folder), before);
}

#[test]
fn files_can_be_named_on_the_command_line() {
    let (_guard, folder) = ledger();
    std::fs::create_dir(folder.join("別の場所")).unwrap();
    std::fs::rename(folder.join("台帳.xlsx"), folder.join("別の場所/台帳.xlsx")).unwrap();
    assert!(printed(&read(&folder, &[])).contains("the file is not there"));
    let found = read(&folder, &["別の場所/台帳.xlsx"]);
    assert!(found.status.success(), "{}", printed(&found));
    let other = read(&folder, &["map.toml"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(printed(&other).contains("not in the mapping"), "{}", printed(&other));
}

#[test]
fn errors_of_the_mapping_are_reported_with_their_lines() {
    let (_guard, folder) = ledger();
    write(
        &folder.join("map.toml"),
        MAPPING.replace("expect = 2", "expct = 2").replace("\"F 決算額\"", "\"?\"").as_bytes(),
    );
    let failed = read(&folder, &[]);
    assert_eq!(failed.status.code(), Some(1));
    let printed = printed(&failed);
    assert!(printed.contains("map.toml:10") && printed.contains("did you mean `expect`?"), "{printed}");
    assert!(printed.contains("map.toml:15") && printed.contains("`?` of column is not decided yet"), "{printed}");
}

/// `shirube ledger map` with further arguments, in English or Japanese.
fn map(folder: &Path, lang: &str, arguments: &[&str]) -> Output {
    shirube(&["--lang", lang, "ledger", "map"]).args(arguments).current_dir(folder).output().unwrap()
}

/// Replaces the questions of a proposal by answers.
fn answer(text: &str) -> String {
    let answers = [
        ("strategy = \"?\"", "strategy = \"kakuu\""),
        ("title = \"?\"", "title = \"架空市の台帳\""),
        ("publisher = \"?\"", "publisher = \"架空市\""),
        ("edition.id = \"?\"", "edition.id = \"2025\""),
        ("edition.year = \"?\"", "edition.year = \"R6\""),
        ("edition.label = \"?\"", "edition.label = \"令和7年度 評価\""),
        ("money_unit = \"?\"", "money_unit = \"千円\""),
        ("year = \"?\"", "year = \"R6\""),
        ("actual = \"?\"", "actual = { R5 = \"D 令和5年度\", R6 = \"E 令和6年度\" }"),
    ];
    answers.iter().fold(text.to_owned(), |text, (question, answer)| {
        assert!(text.contains(question), "{question}\n{text}");
        text.replace(question, answer)
    })
}

#[test]
fn a_proposed_mapping_is_refused_until_it_is_answered() {
    let (_guard, folder) = ledger();
    let files = ["台帳.xlsx", "指標.csv"];
    let created = map(&folder, "en", &files);
    assert!(created.status.success(), "{}", printed(&created));
    let messages = printed(&created);
    assert!(messages.contains("created ledger.toml, a proposed mapping"), "{messages}");
    assert!(
        messages.contains("tables: 2; columns: 12, of which 11 are mapped, 1 are not used, 0 are undecided"),
        "{messages}"
    );
    let text = std::fs::read_to_string(folder.join("ledger.toml")).unwrap();
    assert!(text.contains("encoding = \"cp932\"") && text.contains("key = \"A 事業番号\""), "{text}");
    assert!(!text.contains("秘匿") && !messages.contains("秘匿"));

    let refused = shirube(&["--lang", "ja", "ledger", "read", "ledger.toml"]).current_dir(&folder).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let refusal = printed(&refused);
    assert!(refusal.contains("「?」のままで、決まっていません") && refusal.contains("ledger.toml:4"), "{refusal}");

    write(&folder.join("ledger.toml"), answer(&text).as_bytes());
    let read = shirube(&["ledger", "read", "ledger.toml", "--apply"]).current_dir(&folder).output().unwrap();
    assert!(read.status.success(), "{}\n{}", printed(&read), answer(&text));
    let content = tree(&folder.join("content"));
    assert!(!content.values().any(|bytes| String::from_utf8_lossy(bytes).contains("秘匿")));
    let sheet = String::from_utf8(content["kakuu/programs/0001/2025.md"].clone()).unwrap();
    assert!(sheet.contains("settlement.R6 = \"75.6\"") && sheet.contains("actual.R5 = \"1,234\""), "{sheet}");
}

#[test]
fn an_existing_mapping_is_never_overwritten() {
    let (_guard, folder) = ledger();
    let before = tree(&folder);
    let refused = map(&folder, "ja", &["台帳.xlsx", "--to", "map.toml"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(printed(&refused).contains("map.toml はすでにあります"), "{}", printed(&refused));
    assert_eq!(tree(&folder), before);
    let created = map(&folder, "ja", &["指標.csv", "--to", "shihyo.toml"]);
    assert!(
        created.status.success() && printed(&created).contains("対応表の案 shihyo.toml を作成しました"),
        "{}",
        printed(&created)
    );
}

#[test]
fn files_that_cannot_be_mapped_are_errors() {
    let (_guard, folder) = ledger();
    write(&folder.join("古い.xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    write(&folder.join("空.csv"), b"\r\n");
    let before = tree(&folder);
    let failed = map(&folder, "en", &["古い.xls", "ない.csv"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(printed(&failed).contains("古い.xls") && printed(&failed).contains("ない.csv"), "{}", printed(&failed));
    let empty = map(&folder, "ja", &["空.csv"]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(printed(&empty).contains("台帳に表がありません"), "{}", printed(&empty));
    assert_eq!(tree(&folder), before);
}

#[test]
fn a_second_year_fills_the_draft_edition() {
    let (_guard, folder) = ledger();
    assert!(read(&folder, &["--apply"]).status.success());
    let run = |arguments: &[&str]| printed(&shirube(arguments).current_dir(&folder).output().unwrap());
    run(&["new", "edition", "2026", "--strategy", "kakuu", "--carry"]);
    let refused = printed(&read(&folder, &["--edition", "2026"]));
    assert!(refused.contains("the mapping is for the edition `2025`"), "{refused}");

    let second = MAPPING.replace("2025", "2026").replace("R6", "R7").replace("R5", "R6");
    let second = second.replace("令和6年度", "令和7年度").replace("令和5年度", "令和6年度");
    write(&folder.join("map.toml"), second.as_bytes());
    workbook(&folder.join("台帳.xlsx"), 80.5);
    let csv =
        |id: &str| format!("事業番号,指標名,単位,令和6年度,令和7年度\r\n{id},延べ 利用者数,人,1300,\"1,400\"\r\n");
    write(&folder.join("指標.csv"), csv("0001").as_bytes());
    let before = tree(&folder.join("content"));
    let preview = printed(&read(&folder, &["--edition", "2026"]));
    assert!(preview.contains("taken: 3, unchanged: 1") && preview.contains("nothing was written yet"), "{preview}");
    assert!(tree(&folder.join("content")) == before);

    let applied = printed(&read(&folder, &["--edition", "2026", "--apply"]));
    assert!(applied.contains("changed 2 files"), "{applied}");
    let after = tree(&folder.join("content"));
    let sheet = |id: &str| String::from_utf8(after[&format!("kakuu/programs/{id}/2026.md")].clone()).unwrap();
    assert!(sheet("0001").contains("settlement.R7 = \"80.5\"") && sheet("0001").contains("actual.R7 = \"1,400\""));
    assert!(sheet("0002").contains("settlement.R7 = \"-\""), "{}", sheet("0002"));
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert_eq!(changed, ["kakuu/programs/0001/2026.md", "kakuu/programs/0002/2026.md"]);
    assert!(printed(&read(&folder, &["--edition", "2026"])).contains("taken: 0, unchanged: 4"));
    assert!(!applied.contains("秘匿"), "{applied}");
}

#[test]
fn files_in_other_folders_are_found_by_their_relative_paths() {
    let (_guard, folder) = ledger();
    for folder in [folder.join("台帳"), folder.join("対応表")] {
        std::fs::create_dir(folder).unwrap();
    }
    std::fs::rename(folder.join("台帳.xlsx"), folder.join("台帳/台帳.xlsx")).unwrap();
    std::fs::rename(folder.join("指標.csv"), folder.join("対応表/指標.csv")).unwrap();
    let mapping = MAPPING.replace("\"台帳.xlsx\"", "\"../台帳/台帳.xlsx\"");
    write(&folder.join("対応表/map.toml"), mapping.as_bytes());
    let run = |arguments: &[&str]| {
        let output =
            shirube(&["ledger", "read", "対応表/map.toml"]).args(arguments).current_dir(&folder).output().unwrap();
        (output.status.success(), printed(&output))
    };
    let (success, messages) = run(&[]);
    assert!(success, "{messages}");
    // On the command line, a file is known by its name.
    let (success, messages) = run(&["台帳/台帳.xlsx"]);
    assert!(success, "{messages}");

    let created = map(&folder, "ja", &["台帳/台帳.xlsx", "対応表/指標.csv", "--to", "対応表/an.toml"]);
    assert!(created.status.success(), "{}", printed(&created));
    let text = std::fs::read_to_string(folder.join("対応表/an.toml")).unwrap();
    assert!(text.contains("file = \"../台帳/台帳.xlsx\"") && text.contains("file = \"指標.csv\""), "{text}");
}

#[test]
fn hidden_sheets_are_left_out_and_named() {
    let (_guard, folder) = temp_dir();
    let mut workbook = Workbook::new();
    for name in ["一覧", "作業用"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip([["事業番号", "事業名"], ["0001", "見守り"], ["0002", "配食"]]) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        sheet.set_hidden(name == "作業用");
    }
    workbook.save(folder.join("台帳.xlsx")).unwrap();
    let created = map(&folder, "ja", &["台帳.xlsx"]);
    assert!(created.status.success(), "{}", printed(&created));
    let messages = printed(&created);
    assert!(messages.contains("台帳.xlsx › 作業用: 非表示のシートのため、使いません"), "{messages}");
    let text = std::fs::read_to_string(folder.join("ledger.toml")).unwrap();
    assert!(!text.contains("作業用"), "{text}");
}
