//! Labels above groups of columns: what they state of the columns below them, and what they do not.

use super::recognition::{check, proposed};

/// A ledger with three years of costs below a label that names all of them, and staff between them.
const COSTS: [&str; 9] = [
    "架空市 事務事業一覧 |  |  | 令和7年5月30日現在 | | | | | | | | | |",
    "基本情報 |  | 事業費・人件費（単位：千円） | | | | | | | | | | |",
    "番号 | 事業名 | 令和5年度（決算） | | | | 令和6年度（決算見込） | | | | 令和7年度（当初予算） | | |",
    "     |        | 予算現額 | 事業費（Ａ） | 正職員（人） | 人件費（Ｂ） | 予算現額 | 事業費（Ａ） | 正職員（人） | 人件費（Ｂ） | 事業費（Ａ） | 正職員（人） | 人件費（Ｂ） |",
    "0101 | 見守り | 12N | 11N | 0.5 | 35N | 13N | 12N | 0.6 | 36N | 14N | 0.7 | 37N |",
    "0102 | 清掃   | 22N | 21N | 1.5 | 45N | 23N | 22N | 1.6 | 46N | 24N | 1.7 | 47N |",
    "0103 | 相談   | 32N | 31N | 2.5 | 55N | 33N | 32N | 2.6 | 56N | 34N | 2.7 | 57N |",
    "0104 | 講座   | 42N | 41N | 3.5 | 65N | 43N | 42N | 3.6 | 66N | 44N | 3.7 | 67N |",
    "0105 | 広報   | 52N | 51N | 4.5 | 75N | 53N | 52N | 4.6 | 76N | 54N | 4.7 | 77N |",
];

#[test]
fn a_label_that_lists_several_amounts_names_none_of_them() {
    check(&COSTS, &["title = \"正職員（人）\"", "unit = \"人\"", "!id = \"jinkenhi-2\"", "!title = \"現額\""]);
    let staff = proposed(&COSTS).text;
    let staff: Vec<&str> = staff.split("\n\n").filter(|part| part.starts_with("[[table.staff]]")).collect();
    assert_eq!(staff.len(), 3, "{staff:?}");
}

#[test]
fn a_kind_has_one_id_in_all_years() {
    let text = proposed(&COSTS).text;
    let kinds = text.split("\n\n").filter(|part| part.contains("人件費"));
    let ids: Vec<&str> = kinds.filter_map(|part| part.lines().find(|line| line.starts_with("id = "))).collect();
    assert_eq!(ids, ["id = \"jinkenhi\""; 3], "{text}");
}

#[test]
fn a_phase_in_a_heading_precedes_that_of_the_label_above() {
    check(
        &COSTS,
        &[
            "phase = \"gengaku\"",
            "phase = \"mikomi\"",
            "title = \"決算見込\"",
            "like = \"settlement\"",
            "phase = \"budget\"",
        ],
    );
}

#[test]
fn values_below_the_label_of_an_indicator_belong_to_it() {
    check(
        &[
            "番号 | 事業名 | 活動指標 | | | | | | 成果指標 | | | | |",
            "     |        | 指標名 | 単位 | 考え方 | 令和5年度 | | 目標（令和8年度） | 指標名 | 単位 | 考え方 | 令和5年度 | | 目標（令和8年度）",
            "     |        |        |      |        | 目標 | 実績 |          |        |      |        | 目標 | 実績 |",
            "0101 | 見守り | 訪問回数 | 回 | 訪問した回数を数えたもの | 11N | 12N | 13N | 満足度 | % | 調査の回答のうち満足と答えた割合 | 4N | 5N | 6N",
            "0102 | 清掃   | 清掃回数 | 回 | 清掃した回数を数えたもの | 21N | 22N | 23N | 理解度 | % | 調査の回答のうち理解と答えた割合 | 3N | 4N | 5N",
            "0103 | 相談   | 相談件数 | 件 | 相談した件数を数えたもの | 31N | 32N | 33N | 解決率 | % | 相談のうち解決したものの割合です | 2N | 3N | 4N",
            "0104 | 講座   | 開催回数 | 回 | 開催した回数を数えたもの | 41N | 42N | 43N | 参加率 | % | 定員のうち参加した人の割合です。 | 1N | 2N | 3N",
        ],
        &[
            "target.R5 = \"F 目標\"",
            "actual.R5 = \"G 実績\"",
            "target.R8 = \"H 目標（令和8年度）\"",
            "target.R5 = \"L 目標\"",
            "actual.R5 = \"M 実績\"",
            "target.R8 = \"N 目標（令和8年度）\"",
        ],
    );
}

#[test]
fn symbols_below_a_heading_that_is_no_evaluation_are_no_scale() {
    check(
        &[
            "番号 | 事業名 | 重点 | 総合評価",
            "0101 | 見守り | ◎ | ◎",
            "0102 | 清掃   | ○ | ○",
            "0103 | 相談   | ○ | ○",
            "0104 | 講座   | ◎ | ◎",
            "0105 | 広報   | ○ | △",
            "0106 | 点検   | ○ | △",
            "0107 | 調査   | ◎ | ○",
            "0108 | 支援   | ○ | ○",
        ],
        &["mark = \"D 総合評価\"", "!mark = \"C 重点\""],
    );
}

#[test]
fn a_heading_that_names_nothing_has_the_label_above_it() {
    check(
        &[
            "番号 | 事業名 | 決算（千円） | | 今後の方向性 | |",
            "     |        | R4 | R5 | 区分 | 内容 |",
            "0101 | 見守り | 1N | 2N | 維持 | 続けて行います。 |",
            "0102 | 清掃   | 3N | 5N | 拡充 | 地区を広げます。 |",
            "0103 | 相談   | 5N | 8N | 維持 | 続けて行います。 |",
            "0104 | 講座   | 7N | 9N | 維持 | 続けて行います。 |",
            "0105 | 広報   | 9N | 4N | 拡充 | 回数を増やします。 |",
        ],
        &["!title = \"区分\"", "title = \"今後の方向性 区分\""],
    );
}

#[test]
fn headings_may_be_spread_over_three_rows() {
    check(
        &[
            "架空市 事務事業評価 | | | | | | | | | |",
            "事業コード | 事業名 | 令和5年度 決算額（千円） | | | | | | 外部評価 | |",
            "           |        | 直接事業費 | | | 人件費 | | 総コスト | 総合 | 意見 |",
            "           |        | 国支出金 | 一般財源 | 計 | 従事人員（人工） | 人件費相当額 | | | |",
            "10-101 | 見守り | 10 | 20 | 30 | 0.5 | 400 | 430 | A | 周知を工夫されたい。",
            "10-102 | 清掃   | 11 | 25 | 36 | 0.6 | 480 | 516 | B | 成果を示されたい。",
            "10-103 | 相談   | 12 | 21 | 33 | 0.7 | 560 | 593 | A | 継続されたい。",
            "10-104 | 講座   | 13 | 22 | 35 | 0.8 | 640 | 675 | B | 対象を広げられたい。",
            "10-105 | 広報   | 14 | 23 | 37 | 0.9 | 720 | 757 | A | 回数を検討されたい。",
        ],
        &[
            "header = 4",
            "program.id = \"A 事業コード\"",
            "column = \"E 計\"",
            "funding.kuni = \"C 国支出金\"",
            "year = \"R5\"",
            "[[table.staff]]",
            "unit = \"人工\"",
            "title = \"外部評価 総合\"",
            "!title = \"総合\"",
        ],
    );
}

#[test]
fn codes_beside_words_are_left_out() {
    let rows = [
        "事業ID | 事業名 | 指標_名称 | 指標_単位 | 指標_目標_R5 | 指標_実績_R5 | 必要性評価CD | 必要性評価",
        "J01 | 見守り | 訪問回数 | 回 | 11N | 12N | 1 | 高い",
        "J02 | 清掃   | 清掃回数 | 回 | 21N | 22N | 2 | 普通",
        "J03 | 相談   | 相談件数 | 件 | 31N | 32N | 1 | 高い",
        "J04 | 講座   | 開催回数 | 回 | 41N | 42N | 2 | 普通",
        "J05 | 広報   | 発行回数 | 回 | 51N | 52N | 1 | 高い",
    ];
    let expect = [
        "\"G 必要性評価CD\" = \"「必要性評価」の列のコード\"",
        "actual.R5 = \"F 指標_実績_R5\"",
        "mark = \"H 必要性評価\"",
    ];
    check(&rows, &expect);
    // The words are not those of the codes.
    let [head, first, ..] = rows;
    check(&[head, first, &rows[2].replace("| 2 |", "| 1 |"), rows[3], rows[4], rows[5]], &["!の列のコード"]);
}
