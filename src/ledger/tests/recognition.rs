//! What proposals make of headings and cells: each case is a ledger in a few lines.

use super::proposals::{assert_refused, suggest_for};
use super::sheet;
use crate::ledger::Suggestion;

/// Proposal for a table; cells are separated by `|`, and `N` in a cell is the number of the row.
pub fn proposed(rows: &[&str]) -> Suggestion {
    let split = |(row, line): (usize, &&str)| -> Vec<String> {
        line.split('|').map(|cell| cell.trim().replace('N', &row.to_string())).collect()
    };
    let rows: Vec<Vec<String>> = rows.iter().enumerate().map(split).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let suggestion = suggest_for(&[("t.xlsx", &sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>()))]);
    assert_refused(&suggestion);
    suggestion
}

/// Asserts that the proposal has all the lines of `expect`, and those that begin with `!` nowhere.
pub fn check(rows: &[&str], expect: &[&str]) {
    let text = proposed(rows).text;
    let line = |line: &str| line.split("  #").next().unwrap_or_default().trim_end().to_owned();
    let lines: Vec<String> = text.lines().map(line).collect();
    for expected in expect {
        match expected.strip_prefix('!') {
            Some(absent) => assert!(!text.contains(absent), "{absent}\n{text}"),
            None => assert!(lines.iter().any(|line| line == expected), "{expected}\n{text}"),
        }
    }
}

#[test]
fn a_heading_that_spans_rows_counts_for_the_row_of_the_headings() {
    check(
        &[
            "事業番号 | 事業名 | 担当者 | 決算（千円） |",
            "         |        |        | R4 | R5",
            "0001 | 見守り | 架空 太郎 | 1N | 2N",
            "0002 | 清掃   | 架空 花子 | 3N | 5N",
            "0003 | 相談   | 架空 次郎 | 5N | 8N",
            "0004 | 講座   | 架空 三郎 | 7N | 9N",
        ],
        &[
            "header = 2",
            "program.id = \"A 事業番号\"",
            "program.name = \"B 事業名\"",
            "column.R4 = \"D R4\"",
            "\"C 担当者\" = \"個人の名（個人に関する情報）\"",
            "!架空 太郎",
        ],
    );
}

#[test]
fn an_id_of_several_rows_is_that_of_a_program_only_if_the_rows_are_told_apart() {
    let rows = [
        "施策番号 | 施策事業名 | 内容",
        "0101 | 福祉の充実 | 一N",
        "0101 | 福祉の充実 | 二N",
        "0102 | 教育の充実 | 三N",
        "0102 | 教育の充実 | 四N",
    ];
    check(&rows, &["program.id = \"?\""]);
}

#[test]
fn sources_of_funding_follow_or_precede_their_total() {
    let before = [
        "事業番号 | 事業名 | R5国 | R5県 | R5一般 | R5事業費",
        "0001 | 見守り | 1 | 2 | 3 | 6",
        "0002 | 清掃 | - | 4 | 5 | 9",
        "0003 | 相談 | 2 | 2 | 7 | 11",
        "0004 | 講座 | 0 | 3 | 1 | 4",
    ];
    check(&before, &["column = \"F R5事業費\"", "funding.kuni = \"C R5国\"", "funding.ippan = \"E R5一般\""]);
    let after = [
        "事業番号 | 事業名 | R4決算 | R5決算額 | うち国支出金 | うち都支出金 | うち一般財源",
        "0001 | 見守り | 3 | 6 | 1 | 2 | 3",
        "0002 | 清掃 | 4 | 9 | - | 4 | 5",
        "0003 | 相談 | 5 | 11 | 2 | 2 | 7",
        "0004 | 講座 | 6 | 4 |  | 3 | 1",
    ];
    let expect =
        ["column = \"D R5決算額\"", "year = \"R5\"", "funding.ken = \"F うち都支出金\"", "phase = \"settlement\""];
    check(&after, &expect);
}

#[test]
fn sources_that_do_not_add_up_are_questions() {
    let rows = [
        "事業番号 | 事業名 | R5決算額 | うち国支出金 | うち一般財源",
        "0001 | 見守り | 6 | 1 | 9",
        "0002 | 清掃 | 9 | 3 | 5",
        "0003 | 相談 | 11 | 2 | 8",
        "0004 | 講座 | 4 | 1 | 9",
    ];
    check(&rows, &["!\nfunding.", "\"D うち国支出金\" = \"?\"", "\"E うち一般財源\" = \"?\""]);
}

#[test]
fn a_target_that_all_programs_share_is_a_value() {
    let rows = [
        "事業番号 | 事業名 | 指標名 | 単位 | R5目標 | R5実績 | R5達成率 | 最終目標（R9）",
        "0001 | 見守り | 回数N | 回 | 10 | 5 | 50.0% | 2N",
        "0002 | 清掃 | 回数N | 回 | 10 | 6 | 60.0% | 3N",
        "0003 | 相談 | 回数N | 回 | 10 | 7 | 70.0% | 5N",
        "0004 | 講座 | 回数N | 回 | 10 | 8 | 80.0% | 6N",
    ];
    let expect =
        ["target.R5 = \"E R5目標\"", "target.R9 = \"H 最終目標（R9）\"", "rate.R5 = \"G R5達成率\"", "!すべての行が"];
    check(&rows, &expect);
}

#[test]
fn sentences_and_related_departments_are_no_department() {
    let rows = [
        "事業番号 | 事業名 | 所管課 | 係 | 関係課 | 担当課の所見",
        "0001 | 見守り | 福祉課 | 管理係 | 財政課 | 順調Nである。",
        "0002 | 清掃 | 環境課 | 推進係 | 福祉課 | 順調Nである。",
        "0003 | 相談 | 福祉課 | 管理係 | 財政課 | 順調Nである。",
        "0004 | 講座 | 教育課 | 推進係 |  | 順調Nである。",
    ];
    check(&rows, &["  \"C 所管課\",", "  \"D 係\",", "!  \"E 関係課\"", "column = \"F 担当課の所見\""]);
}

#[test]
fn budgets_beside_the_first_one_are_phases_of_their_own() {
    let rows = [
        "事業番号 | 事業名 | R5当初予算 | R5補正予算額 | R5最終予算 | 決算前年度比 | 増減額（R6−R5）",
        "0001 | 見守り | 1N | 2 | 4N | 5.1% | 9N",
        "0002 | 清掃 | 2N | 3 | 5N | ▲3.2% | 8N",
        "0003 | 相談 | 3N | 5 | 7N | 7.0% | ▲7N",
        "0004 | 講座 | 4N | 6 | 8N | 1.2% | 6N",
    ];
    let expect = [
        "phase = \"budget\"",
        "id = \"hosei\"",
        "phase = \"hosei\"",
        "id = \"saishu\"",
        "phase = \"saishu\"",
        "\"F 決算前年度比\" = \"計算で求められる列\"",
        "\"G 増減額（R6−R5）\" = \"計算で求められる列\"",
    ];
    check(&rows, &expect);
}

#[test]
fn an_amount_has_the_unit_of_its_heading() {
    let rows = [
        "単位：千円 | |",
        "事業番号 | 事業名 | R5決算額 | R5単位当たりコスト（円）",
        "0001 | 見守り | 1N | 2N9",
        "0002 | 清掃 | 2N | 3N8",
        "0003 | 相談 | 3N | 5N7",
        "0004 | 講座 | 4N | 6N6",
    ];
    check(&rows, &["money_unit = \"千円\"", "unit = \"円\""]);
}

#[test]
fn texts_below_unknown_headings_are_not_shown() {
    let rows = [
        "事業番号 | 事業名 | 備考（受給者名等） | 内 | 備考 |",
        "0001 | 見守り | 架空一郎 様から寄附 | 6459N | 秘匿N | 秘匿N",
        "0002 | 清掃 |  | 6902N | 秘匿N | 秘匿N",
        "0003 | 相談 | 架空二郎 様から寄附 | 6269N |  | 秘匿N",
        "0004 | 講座 |  | 6455N | 秘匿N | 秘匿N",
    ];
    check(&rows, &["\"D 内\" = \"?\"", "!架空一郎", "!64591", "!秘匿", "!値 。"]);
}

#[test]
fn numerals_and_letters_are_codes_and_marks_in_their_order() {
    let rows = [
        "目標コード | 目標名 | 事業番号 | 事業名 | 一次評価 | 達成度",
        "Ⅰ | ひと | 0001 | 見守り | Ⅲ | b",
        "Ⅰ | ひと | 0002 | 清掃 | Ⅰ | a",
        "Ⅱ | まち | 0003 | 相談 | Ⅰ | c",
        "Ⅱ | まち | 0004 | 講座 | Ⅱ | a",
        "Ⅱ | まち | 0005 | 広報 | Ⅱ | b",
        "Ⅰ | ひと | 0006 | 統計 | Ⅲ | c",
        "Ⅰ | ひと | 0007 | 監査 | Ⅲ | c",
    ];
    let expect = ["policy.id = \"A 目標コード\"", "marks = [\"Ⅰ\", \"Ⅱ\", \"Ⅲ\"]", "marks = [\"a\", \"b\", \"c\"]"];
    check(&rows, &expect);
}

#[test]
fn accounts_periods_and_staff_are_recognized() {
    let rows = [
        "      |        | 予算科目 |        | 事業期間 |      |",
        "事業番号 | 事業名 | 会計 | 款項目 | 開始 | 終了 | R5正職員（人）",
        "0001 | 見守り | 一般会計 | 03-01-02 | H12 | R8 | 1.N",
        "0002 | 清掃 | 一般会計 | 04-01-02 | H13 | R9 | 2.N",
        "0003 | 相談 | 介護会計 | 01-01-02 | S54 |  | 0.N",
        "0004 | 講座 | 一般会計 | 10-01-02 | H12 | 未定 | 0.1",
    ];
    let expect = [
        "  \"C 会計\",",
        "  \"D 款項目\",",
        "program.period.from = \"E 開始\"",
        "program.period.to = \"F 終了\"",
        "column.R5 = \"G R5正職員（人）\"",
        "unit = \"人\"",
    ];
    check(&rows, &expect);
}

#[test]
fn ratios_in_blocks_are_no_values_of_an_indicator() {
    let rows = [
        "       |        | R6 |  |  | R5 |  |  | 成果 |  |",
        "事業番号 | 事業名 | 当初予算額 | 決算額 | 執行率 | 当初予算額 | 決算額 | 執行率 | 指標 | 単位 | R6実績",
        "0001 | 見守り | 1N | 2 | 5.1% | 1N | 3 | 9.1% | 回数N | 回 | 1N",
        "0002 | 清掃 | 2N | 3 | 6.2% | 3N | 2 | 8.1% | 回数N | 回 | 2N",
        "0003 | 相談 | 3N | 5 | 7.0% | 2N | 9 | 7.1% | 回数N | 回 | 3N",
        "0004 | 講座 | 4N | 6 | 1.2% | 5N | 8 | 6.1% | 回数N | 回 | 1N",
    ];
    check(&rows, &["\"E 執行率\" = \"計算で求められる列\"", "actual.R6 = \"K R6実績\"", "!actual = \"E"]);
}

#[test]
fn a_cell_is_corrected_once() {
    let rows = [
        "事業番号 | 事業名 | 指標名 | 単位 | R5実績",
        "0001 | 見守り | 回数N | 回 | 5N",
        "0002 | 清掃 | 回数N | 回 | 6N",
        "0003 | 相談 | - |  | 検討後",
        "0004 | 講座 | 回数N | 回 | 8N",
        "0005 | 広報 | 回数N | 回 | 9N",
        "0006 | 統計 | 回数N | 回 | 9N",
    ];
    check(&rows, &["cell = \"E4\"", "is = \"検討後\""]);
    assert_eq!(proposed(&rows).text.matches("[[fix]]").count(), 1);
}

#[test]
fn titles_that_would_be_equal_keep_the_label_above_them() {
    let rows = [
        "         |        | 一次評価 |  | 二次評価 |",
        "事業番号 | 事業名 | 方向性 | コメント | 方向性 | コメント",
        "0001 | 見守り | 拡充 | 一次のN。 | 維持 | 二次のN。",
        "0002 | 清掃 | 維持 | 一次のN。 | 維持 | 二次のN。",
        "0003 | 相談 | 拡充 | 一次のN。 | 縮小 | 二次のN。",
        "0004 | 講座 | 維持 | 一次のN。 | 縮小 | 二次のN。",
        "0005 | 広報 | 維持 | 一次のN。 | 縮小 | 二次のN。",
    ];
    let expect = ["title = \"一次評価 方向性\"", "title = \"二次評価 方向性\""];
    check(&rows, &expect);
}

#[test]
fn what_was_paid_is_a_settlement() {
    let rows = [
        "事業番号 | 事業名 | R5予算現額 | R5支出済額",
        "0001 | 見守り | 4N | 1N",
        "0002 | 清掃 | 5N | 2N",
        "0003 | 相談 | 7N | 3N",
        "0004 | 講座 | 8N | 4N",
    ];
    check(&rows, &["column.R5 = \"D R5支出済額\"", "phase = \"settlement\"", "!\nphase = \"?\""]);
}

#[test]
fn a_name_of_a_quantity_is_no_level() {
    let rows = [
        "事業番号 | 事業名 | 活動量の名称 | 担当課",
        "0001 | 見守り | 訪問 | 福祉課",
        "0002 | 清掃 | 訪問 | 環境課",
        "0003 | 相談 | 面談 | 福祉課",
        "0004 | 講座 | 面談 | 教育課",
    ];
    check(&rows, &["!階層の名称の列"]);
}
