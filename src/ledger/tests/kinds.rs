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
