//! Kinds and phases of amounts in proposals: one id for one thing in the whole ledger.

use super::recognition::{check, proposed};

#[test]
fn kinds_keep_their_ids_in_groups_of_years_and_phases() {
    let rows = [
        "       |        | 事業費・人件費（単位：千円） |  |  |  |  |  |  |  |  |",
        "       |        | 令和５年度（決算） |  |  |  |  | 令和６年度（決算見込） |  |  |  |",
        "事業番号 | 事業名 | 予算現額 | 事業費 | 正規職員（人） | 人件費（Ｂ） | 総コスト（Ａ＋Ｂ） | 事業費 | 人件費（Ｂ） | 正規職員（人） | 総コスト（Ａ＋Ｂ）",
        "0001 | 見守り | 5N | 1N | 1.5 | 2 | 1N2 | 4 | 3 | 1.2 | 7",
        "0002 | 清掃 | 6N | 2 | 2.5 | 3 | 5 | 5 | 4 | 1.3 | 9",
        "0003 | 相談 | 7N | 3 | 0.5 | 4 | 7 | 6 | 5 | 1.4 | 11",
        "0004 | 講座 | 8N | 4 | 3.5 | 5 | 9 | 7 | 6 | 1.5 | 13",
    ];
    let expect = [
        "id = \"gengaku\"",
        "column.R5 = \"C 予算現額\"",
        "phase = \"gengaku\"",
        "id = \"mikomi\"",
        "like = \"settlement\"",
        "title = \"正規職員（人）\"",
        "!title = \"予算現額\"\ncolumn",
        "!phase = \"?\"",
    ];
    check(&rows, &expect);
    let text = proposed(&rows).text;
    for title in ["人件費（Ｂ）", "総コスト（Ａ＋Ｂ）"] {
        let line = format!("\ntitle = \"{title}\"");
        let ids: Vec<&str> =
            text.match_indices(&line).map(|(at, _)| text.get(..at).unwrap().rsplit('\n').next().unwrap()).collect();
        assert!(ids.len() == 2 && ids.windows(2).all(|pair| pair[0] == pair[1]), "{title}: {ids:?}\n{text}");
    }
    assert_eq!(text.matches("[[table.staff]]").count(), 2, "{text}");
}

#[test]
fn a_total_of_costs_and_staff_is_a_kind_with_the_phase_of_its_parts() {
    let rows = [
        "事業番号 | 事業名 | 年度 | 当初予算額 | 決算額 | 人件費 | 総事業費 | 執行率",
        "0001 | 見守り | R5 | 9 | 1 | 2 | 3 | 11.1",
        "0001 | 見守り | R6 | 9 | 3 | 4 | 7 | 33.3",
        "0002 | 清掃 | R5 | 9 | 5 | 6 | 11 | 55.5",
        "0002 | 清掃 | R6 | 9 | 7 | 8 | 15 | 77.7",
    ];
    let expect = ["title = \"総事業費\"", "sum = [\"base\", \"jinkenhi\"]", "check = \"sum\"", "!phase = \"?\""];
    check(&rows, &expect);
}

#[test]
fn staff_costs_are_no_source_of_funding() {
    let rows = [
        "事業番号 | 事業名 | 事業費(円) | 国・県支出金(円) | 起債(円) | 一財(円) | 人件費(円) | フルコスト(円)",
        "0001 | 見守り | 6 | 1 | 2 | 3 | 9 | 15",
        "0002 | 清掃 | 9 | 4 | 0 | 5 | 8 | 17",
        "0003 | 相談 | 11 | 2 | 2 | 7 | 7 | 18",
        "0004 | 講座 | 4 | 0 | 3 | 1 | 6 | 10",
    ];
    let expect = [
        "column = \"C 事業費(円)\"",
        "funding.ippan = \"F 一財(円)\"",
        "title = \"フルコスト(円)\"",
        "!funding.jinkenhi",
        "!funding.kin",
    ];
    check(&rows, &expect);
}

#[test]
fn values_below_a_unit_of_amounts_are_those_of_indicators() {
    let rows = [
        "事務事業評価シート一覧 |        | 単位：千円 |  |  |  |  |",
        "       |        |  | 活動指標① |  |  | 単位コスト |",
        "事業番号 | 事業名 | 令和5年度決算額 | 名称 | 単位 | 実績(R5) | R5 | R6",
        "0001 | 見守り | 3 | 回数N | 回 | 4N | 1N | 3N",
        "0002 | 清掃 | 4 | 回数N | 回 | 5N | 2N | 5N",
        "0003 | 相談 | 5 | 回数N | 回 | 6N | 3N | 6N",
        "0004 | 講座 | 6 | 回数N | 回 | 8N | 4N | 8N",
    ];
    let expect = [
        "money_unit = \"千円\"",
        "actual.R5 = \"F 実績(R5)\"",
        "title = \"単位コスト\"",
        "unit = \"?\"",
        "!title = \"実績",
    ];
    check(&rows, &expect);
}

#[test]
fn labels_far_above_tell_nothing_about_amounts_and_years() {
    let rows = [
        "令和６年度　事業調書集計 |        |  |  | （金額の単位：千円） |  |  |  |  |",
        "基本情報 |        | 前年度(R5) | 次年度(R7) |  | 人件費(千円) |  | 従事者数 |  | 一次評価",
        "事業番号 | 事業名 | 決算額 | 要求額 | 査定額 | 正職員 | 再任用職員 | 正職員 | 再任用職員 | 必要性(点)",
        "0001 | 見守り | 3 | 1N | 2N | 3N | 4N | 1.5 | 2.5 | 1",
        "0002 | 清掃 | 4 | 2N | 1N | 2N | 5N | 0.5 | 0.5 | 2",
        "0003 | 相談 | 5 | 3N | 4N | 1N | 6N | 1.2 | 0 | 3",
        "0004 | 講座 | 6 | 4N | 3N | 5N | 8N | 1 | 1 | 4",
    ];
    let expect = [
        "column.R5 = \"C 決算額\"",
        "column.R7 = \"D 要求額\"",
        "phase = \"yokyu\"",
        "phase = \"satei\"",
        "title = \"人件費(千円) 正職員\"",
        "column = \"F 正職員\"",
        "title = \"正職員\"",
        "column = \"H 正職員\"",
        "year = \"?\"",
        "\"J 必要性(点)\" = \"?\"",
        "!R6 = ",
    ];
    check(&rows, &expect);
}
