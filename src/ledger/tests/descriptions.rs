//! Proposals for columns with words: titles, marks, periods, remarks, dates of the office.

use super::recognition::check;

#[test]
fn a_heading_that_says_little_keeps_the_label_above_it() {
    let rows = [
        "       |        | 評価 |  |  |  |",
        "       |        | 今後の方向性 |  | 課題 | 優先度 |",
        "事業番号 | 事業名 | 区分 | 予算 |  |  |",
        "0001 | 見守り | 継続 | 増額 | 一のN。 | A",
        "0002 | 清掃 | 拡充 | 維持 | 一のN。 | B",
        "0003 | 相談 | 継続 | 維持 | 一のN。 | A",
        "0004 | 講座 | 縮小 | 減額 | 一のN。 | B",
        "0005 | 広報 | 継続 | 維持 | 一のN。 | C",
        "0006 | 統計 | 継続 | 維持 | 一のN。 | A",
        "0007 | 防災 | 継続 | 減額 | 一のN。 | C",
    ];
    let expect =
        ["title = \"今後の方向性 区分\"", "title = \"今後の方向性 予算\"", "heading = \"課題\"", "title = \"優先度\""];
    check(&rows, &expect);
}

#[test]
fn the_stage_of_an_evaluation_is_part_of_its_title() {
    let rows = [
        "       |        | 一次評価 |  | 二次評価 |",
        "事業番号 | 事業名 | 有効性 | 効率性 | 総合評価 |",
        "0001 | 見守り | A | B | A",
        "0002 | 清掃 | B | B | A",
        "0003 | 相談 | A | A | B",
        "0004 | 講座 | A | A | B",
        "0005 | 広報 | A | A | B",
    ];
    check(&rows, &["title = \"一次評価 有効性\"", "title = \"一次評価 効率性\"", "title = \"二次評価 総合評価\""]);
}

#[test]
fn marks_are_an_evaluation_only_below_a_heading_that_says_so() {
    let rows = [
        "事業番号 | 事業名 | 重点施策 | 効果 | 類型 | 公約",
        "0001 | 見守り | ◎ | ○ | A | ○",
        "0002 | 清掃 | ○ | ◎ | B |",
        "0003 | 相談 |  | ○ | A | ○",
        "0004 | 講座 | ○ | △ | B | ○",
        "0005 | 広報 | ○ | ○ | A | ",
        "0006 | 統計 | ○ | ○ | A | ",
        "0007 | 防災 |  | △ | A | ",
    ];
    let expect = [
        "column = \"C 重点施策\"",
        "mark = \"D 効果\"",
        "\"E 類型\" = \"?\"",
        "column = \"F 公約\"",
        "!mark = \"C",
        "!mark = \"E",
    ];
    check(&rows, &expect);
}

#[test]
fn periods_have_notes_in_headings_and_words_in_cells() {
    let two = [
        "事業番号 | 事業名 | 開始年度 | 終了年度（※未定は－）",
        "0001 | 見守り | 昭和40年代 | －",
        "0002 | 清掃 | 不明 | R8",
        "0003 | 相談 | H12 | 　",
        "0004 | 講座 | R5 | R9",
    ];
    let expect = ["program.period.from = \"C 開始年度\"", "program.period.to = \"D 終了年度（※未定は－）\""];
    check(&two, &expect);
    let one = [
        "事業番号 | 事業名 | 事業期間",
        "0001 | 見守り | R3～R7",
        "0002 | 清掃 | H18～",
        "0003 | 相談 | 単年度",
        "0004 | 講座 | R6",
    ];
    check(&one, &["program.period = \"C 事業期間\""]);
}

#[test]
fn remarks_and_names_in_prose_are_questions_without_samples() {
    let rows = [
        "事業番号 | 事業名 | 備考 | 課題 | 評価の理由",
        "0001 | 見守り | 確認中です。架空さんに聞く。 | 周知が不足している。 | 利用がN人増えた。",
        "0002 | 清掃 | 別途調整する。 | 施設が古い。詳細は佐藤係長に確認。 | 利用がN人減った。",
        "0003 | 相談 | 別途協議する。 | 費用が増えている。 | 横ばいである。",
        "0004 | 講座 | 済んでいる。 | 担い手が少ない。 | 評価できる。",
    ];
    let expect = [
        "\"C 備考\" = \"?\"",
        "\"D 課題\" = \"?\"",
        "heading = \"評価の理由\"",
        "!架空さん",
        "!佐藤",
        "!周知が不足",
        "!heading = \"備考\"",
    ];
    check(&rows, &expect);
}

#[test]
fn dates_of_entries_and_ratios_are_left_out() {
    let rows = [
        "事業番号 | 事業名 | 登録日 | 最終更新日時 | 実施日 | 執行率",
        "0001 | 見守り | 2025/4/1 | 2025/5/1 | 5月1日 | 9N.1",
        "0002 | 清掃 | 2025/4/2 | 2025/5/2 | 6月1日 | 9N.2",
        "0003 | 相談 | 2025/4/1 | 2025/5/1 | 7月1日 | 9N.3",
    ];
    let expect = [
        "\"C 登録日\" = \"事務処理の日付\"",
        "\"D 最終更新日時\" = \"事務処理の日付\"",
        "\"E 実施日\" = \"?\"",
        "\"F 執行率\" = \"計算で求められる列\"",
    ];
    check(&rows, &expect);
}

#[test]
fn a_program_whose_texts_name_a_total_is_a_row() {
    let rows = [
        "事業番号 | 事業名 | 集計方法 | 担当課 | 決算額",
        "0001 | 見守り | 平均 | 福祉課 | 1N",
        "0002 | 清掃 | 合計 | 環境課 | 2N",
        "0003 | 相談 | 平均 | 福祉課 | 3N",
        "0004 | 講座 | 合計 | 教育課 | 4N",
        "合計 |  |  |  | 14",
    ];
    check(&rows, &["rows = \"2..5\"", "expect = 4"]);
}
