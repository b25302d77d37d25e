//! Indicators in rows: one for each, one for each of their years, or with names in another table.

use super::proposals::{HEAD, answered, parsed, suggest_for, texts};
use super::{assert_errors, files, sheet, text};
use crate::ledger::{Mapping, Outcome, read};
use crate::spreadsheet::Worksheet;

fn table(rows: &[&str]) -> Worksheet {
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn programs() -> Worksheet {
    table(&["事業番号 | 事務事業名", "0001 | 見守り", "0002 | 清掃", "0003 | 相談", "0004 | 講座"])
}

fn names() -> Worksheet {
    table(&[
        "事業番号 | 指標番号 | 活動量の名称 | 単位",
        "0001 | 1 | 訪問回数 | 回",
        "0001 | 2 | 訪問人数 | 人",
        "0002 | 1 | 清掃回数 | 回",
        "0003 | 1 | 相談件数 | 件",
        "0004 | 1 | 講座数 | 回",
    ])
}

/// Reads the ledger by its proposal, in which only the head is answered.
fn proposed(sheets: &[(&'static str, Worksheet)]) -> Outcome {
    let borrowed: Vec<(&str, &Worksheet)> = sheets.iter().map(|(name, sheet)| (*name, sheet)).collect();
    let suggestion = suggest_for(&borrowed);
    let text = answered(&suggestion.text, &HEAD, |is| panic!("{is}"));
    let outcome = read(&parsed(&text), &files(sheets.iter().cloned()));
    assert_errors(&outcome, &[]);
    outcome
}

#[test]
fn each_row_is_an_indicator() {
    let rows = table(&[
        "事業番号 | 番号 | 活動量の名称 | 単位 | R5実績 | R6目標",
        "0001 | 1 | 訪問回数 | 回 | 10 | 12",
        "0001 | 2 | 訪問人数 | 人 | 20 | 22",
        "0002 | 1 | 清掃回数 | 回 | 5 | 6",
        "0003 | 1 | 相談件数 | 件 | 15 | 16",
        "0004 | 1 | 講座数 | 回 | 3 | 4",
    ]);
    let outcome = proposed(&[("a.csv", programs()), ("b.csv", rows)]);
    assert_eq!((outcome.counts.indicators, outcome.counts.figures.numbers), (5, 10));
    let first = text(&outcome, "kakuu/programs/0001/2025.md");
    let expect = "+++\n[indicator.katsudo-1]\nactual.R5 = \"10\"\ntarget.R6 = \"12\"\n\n\
                  [indicator.katsudo-2]\nactual.R5 = \"20\"\ntarget.R6 = \"22\"\n+++\n";
    assert_eq!(first, expect);
}

#[test]
fn names_may_stand_in_another_table_than_the_values() {
    let kinds = table(&[
        "事業番号 | 指標番号 | 区分 | 2023 | 2024",
        "0001 | 1 | 目標 | 10 | 12",
        "0001 | 1 | 実績 | 11 | ",
        "0001 | 2 | 目標 | 20 | 22",
        "0001 | 2 | 実績 | 19 | ",
        "0002 | 1 | 目標 | 5 | 6",
        "0002 | 1 | 実績 | 7 | ",
        "0003 | 1 | 目標 | 15 | 16",
        "0003 | 1 | 実績 | 14 | ",
    ]);
    let years = table(&[
        "事業番号 | 指標番号 | 年度 | 目標値 | 実績値",
        "0001 | 1 | 2023 | 10 | 11",
        "0001 | 1 | 2024 | 12 | -",
        "0001 | 2 | 2023 | 20 | 19",
        "0001 | 2 | 2024 | 22 | -",
        "0002 | 1 | 2023 | 5 | 7",
        "0002 | 1 | 2024 | 6 | -",
        "0003 | 1 | 2023 | 15 | 14",
        "0003 | 1 | 2024 | 16 | -",
    ]);
    for values in [kinds, years] {
        // The order of the files does not matter.
        let outcome = proposed(&[("a.csv", programs()), ("b.csv", values), ("c.csv", names())]);
        assert_eq!((outcome.counts.indicators, outcome.counts.figures.numbers), (5, 12));
        assert!(text(&outcome, "kakuu/programs/0001/program.md").contains("name = \"訪問人数\"\nunit = \"人\""));
        let sheet = text(&outcome, "kakuu/programs/0001/2025.md");
        assert!(sheet.contains("[indicator.shihyo-2]\nactual.R5 = \"19\"\n"), "{sheet}");
        assert!(!texts(&outcome).contains("shihyo-3"));
    }
}

const MAPPING: &str = "strategy = \"a\"\nedition = { id = \"2025\", label = \"七年度\" }\n\
    [[table]]\nfile = \"a.csv\"\n[table.node]\nprogram = { id = \"A 事業番号\", name = \"B 事務事業名\" }\n\
    [[table]]\nfile = \"b.csv\"\nkey = \"A 事業番号\"\n";

#[test]
fn values_without_a_name_in_any_table_are_errors() {
    let long = "[[table.long]]\ngroup = \"B 番号\"\nid = { counted = \"s\" }\nactual.R5 = \"C R5\"\n";
    let mapping = Mapping::parse(&format!("{MAPPING}{long}")).unwrap();
    let values = table(&["事業番号 | 番号 | R5", "0001 | 1 | 5", "0002 | 1 | "]);
    let outcome = read(&mapping, &files([("a.csv", programs()), ("b.csv", values)]));
    assert_errors(&outcome, &["B2（番号）: この指標の名称が、ほかの表にありません"]);
}

#[test]
fn an_indicator_in_rows_has_one_name() {
    let long = "[[table.long]]\ngroup = \"B 番号\"\nid = { counted = \"s\" }\nname = \"C 名称\"\n\
                row = \"D 区分\"\nrows = { \"実績\" = \"actual\", \"目標\" = \"target\" }\nyears = \"2023..2023\"\n";
    let mapping = Mapping::parse(&format!("{MAPPING}{long}")).unwrap();
    let values =
        table(&["事業番号 | 番号 | 名称 | 区分 | 2023", "0001 | 1 | 回数 | 実績 | 5", "0001 | 1 | 人数 | 目標 | 6"]);
    let outcome = read(&mapping, &files([("a.csv", programs()), ("b.csv", values)]));
    assert_errors(&outcome, &["C3（名称）: 指標の名称が「人数」です。前の行では「回数」でした"]);
}

#[test]
fn marks_and_fields_that_differ_between_the_rows_of_a_program_are_not_dropped() {
    let rows = table(&[
        "事業番号 | 番号 | 指標名 | 単位 | R5実績 | 評価 | 区分",
        "0001 | 1 | 回数 | 回 | 10 | Ａ | 甲",
        "0001 | 2 | 人数 | 人 | 20 | Ｂ | 乙",
        "0002 | 1 | 件数 | 件 | 5 | Ａ | 甲",
        "0003 | 1 | 時間 | 時間 | 15 | Ａ | 甲",
    ]);
    let suggestion = suggest_for(&[("a.csv", &programs()), ("b.csv", &rows)]);
    for question in ["\"F 評価\" = \"?\"", "\"G 区分\" = \"?\""] {
        assert!(suggestion.text.contains(question), "{question}\n{}", suggestion.text);
    }
    let keys = "[[table.long]]\ngroup = \"B 番号\"\nid = { counted = \"s\" }\nname = \"C 指標名\"\nunit = \"D 単位\"\n\
                actual.R5 = \"E R5実績\"\n[[table.judgement]]\nscale = \"hyoka\"\nmark = \"F 評価\"\n\
                [[table.field]]\nid = \"kubun\"\ntitle = \"区分\"\ncolumn = \"G 区分\"\n";
    let scale = "[[scale]]\nid = \"hyoka\"\ntitle = \"評価\"\nmarks = [\"Ａ\", \"Ｂ\"]\n[[table]]\nfile = \"a.csv\"";
    let mapping = format!("{MAPPING}{keys}").replacen("[[table]]\nfile = \"a.csv\"", scale, 1);
    let outcome = read(&parsed(&mapping), &files([("a.csv", programs()), ("b.csv", rows)]));
    let expect = [
        "F3（評価）: 同じ事業の行で内容が違います。「Ｂ」ですが、F2 では「Ａ」でした",
        "G3（区分）: 同じ事業の行で内容が違います。「乙」ですが、G2 では「甲」でした",
    ];
    assert_errors(&outcome, &expect);
}
