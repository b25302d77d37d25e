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
