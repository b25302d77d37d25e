//! Which indicator the columns with values belong to: by their labels, else by their position.

use super::recognition::check;

#[test]
fn values_that_are_not_collected_yet_belong_to_their_own_indicator() {
    let rows = [
        "事業番号 | 事業名 | 指標名 | 単位 | R5目標 | R5実績 | R6実績 | 指標名 | 単位 | R5目標 | R5実績 | R6実績",
        "0001 | 見守り | 回数N | 回 | 10 | 5N | 未集計 | 人数N | 人 | 20 | 6N | 3N",
        "0002 | 清掃 | 回数N | 回 | 11 | 6N | 未集計 | 人数N | 人 | 30 | 7N | 4N",
        "0003 | 相談 | 回数N | 回 | 12 | 7N | 12 | 人数N | 人 | 40 | 8N | 5N",
        "0004 | 講座 | 回数N | 回 | 13 | 8N | 未集計 | 人数N | 人 | 50 | 9N | 6N",
        "0005 | 広報 | 回数N | 回 | 14 | 9N | 未集計 | 人数N | 人 | 60 | 1N | 7N",
        "0006 | 統計 | 回数N | 回 | 15 | 1N | 未集計 | 人数N | 人 | 70 | 2N | 8N",
    ];
    let expect = [
        "name = \"C 指標名\"",
        "actual.R5 = \"F R5実績\"",
        "actual.R6 = \"G R6実績\"",
        "name = \"H 指標名\"",
        "actual.R5 = \"K R5実績\"",
        "actual.R6 = \"L R6実績\"",
        "missing = [\"?\"]",
    ];
    check(&rows, &expect);
    let text = super::recognition::proposed(&rows).text;
    let second = text.find("name = \"H 指標名\"").unwrap();
    assert!(text.find("\"G R6実績\"").unwrap() < second && text.find("\"L R6実績\"").unwrap() > second, "{text}");
}

#[test]
fn a_remark_ends_the_values_of_an_indicator() {
    let rows = [
        "事業番号 | 事業名 | 指標名 | 単位 | R5実績 | 指標の説明 | R6実績",
        "0001 | 見守り | 回数N | 回 | 5N | 実施した回数の合計をN回と数える。 | 3N",
        "0002 | 清掃 | 回数N | 回 | 6N | 実施した回数の合計をN回と数える。 | 4N",
        "0003 | 相談 | 回数N | 回 | 7N | 実施した回数の合計をN回と数える。 | 5N",
        "0004 | 講座 | 回数N | 回 | 8N | 実施した回数の合計をN回と数える。 | 6N",
    ];
    check(&rows, &["actual.R5 = \"E R5実績\"", "\"G R6実績\" = \"?\""]);
}

#[test]
fn values_after_several_names_belong_to_the_indicator_of_their_label() {
    let rows = [
        "事業番号 | 事業名 | 活動指標①名 | 活動指標①単位 | 成果指標①名 | 成果指標①単位 | 活動指標① R5実績 | 成果指標① R5実績",
        "0001 | 見守り | 回数N | 回 | 割合N | % | 5N | 3N",
        "0002 | 清掃 | 回数N | 回 | 割合N | % | 6N | 4N",
        "0003 | 相談 | 回数N | 回 | 割合N | % | 7N | 5N",
        "0004 | 講座 | 回数N | 回 | 割合N | % | 8N | 6N",
    ];
    check(&rows, &["actual.R5 = \"G 活動指標① R5実績\"", "actual.R5 = \"H 成果指標① R5実績\""]);
    let text = super::recognition::proposed(&rows).text;
    let second = text.find("name = \"E 成果指標①名\"").unwrap();
    assert!(text.find("\"G 活動指標① R5実績\"").unwrap() < second, "{text}");
    assert!(text.find("\"H 成果指標① R5実績\"").unwrap() > second, "{text}");
}

#[test]
fn values_after_several_names_without_a_label_are_questions() {
    let rows = [
        "事業番号 | 事業名 | 指標名 | 単位 | 指標名 | 単位 | R5実績 | R6実績",
        "0001 | 見守り | 回数N | 回 | 割合N | % | 5N | 3N",
        "0002 | 清掃 | 回数N | 回 | 割合N | % | 6N | 4N",
        "0003 | 相談 | 回数N | 回 | 割合N | % | 7N | 5N",
        "0004 | 講座 | 回数N | 回 | 割合N | % | 8N | 6N",
    ];
    check(&rows, &["\"G R5実績\" = \"?\"", "\"H R6実績\" = \"?\"", "!\nactual"]);
}

#[test]
fn values_below_merged_years_belong_to_the_indicator_of_the_same_group() {
    let rows = [
        "福祉部        |        |   |   |   |   |   |   |   | 令和７年５月30日現在 |   |   |   |",
        "       |        | 活動指標 |  |  |  |  |  | 成果指標 |  |  |  |  |",
        "       |        | 指標名 | 単位 | 算式 | 令和４年度 |  | 令和５年度 | 指標名 | 単位 | 算式 | 令和４年度 |  | 令和５年度",
        "事業番号 | 事業名 |  |  |  | 目標 | 実績 | 目標 |  |  |  | 目標 | 実績 | 目標",
        "0001 | 見守り | 回数N | 回 | 延べ | 10 | 5N | 3 | 人数N | 人 | 合計 | 20 | 6N | 3N",
        "0002 | 清掃 | 回数N | 回 | 延べ | 11 | 6N | 4 | 人数N | 人 | 平均 | 30 | 7N | 4N",
        "0003 | 相談 | 回数N | 回 | 延べ | 12 | 7N | 5 |  |  |  |  |  | ",
        "0004 | 講座 | 回数N | 回 | 平均 | 13 | 8N | 6 | 人数N | 人 | 延べ | 50 | 9N | 6N",
    ];
    let text = super::recognition::proposed(&rows).text;
    let second = text.find("name = \"I 指標名\"").unwrap_or_else(|| panic!("{text}"));
    for (line, is_first) in [
        ("target.R4 = \"F 目標\"", true),
        ("actual.R4 = \"G 実績\"", true),
        ("target.R5 = \"H 目標\"", true),
        ("target.R4 = \"L 目標\"", false),
        ("actual.R4 = \"M 実績\"", false),
        ("target.R5 = \"N 目標\"", false),
    ] {
        let at = text.find(line).unwrap_or_else(|| panic!("{line}\n{text}"));
        assert_eq!(at < second, is_first, "{line}\n{text}");
    }
}

#[test]
fn baselines_and_forecasts_are_no_values_of_a_year() {
    let rows = [
        "事業番号 | 事業名 | 指標名 | 単位 | 基準値(H30) | R5計画 | R5実績 | R6実績見込",
        "0001 | 見守り | 回数N | 回 | 1N | 3N | 4N | 5N",
        "0002 | 清掃 | 回数N | 回 | 2N | 4N | 5N | 6N",
        "0003 | 相談 | 回数N | 回 | 3N | 5N | 6N | 7N",
        "0004 | 講座 | 回数N | 回 | 4N | 6N | 7N | 8N",
    ];
    let expect = [
        "target.R5 = \"F R5計画\"",
        "actual.R5 = \"G R5実績\"",
        "\"E 基準値(H30)\" = \"?\"",
        "\"H R6実績見込\" = \"?\"",
    ];
    check(&rows, &expect);
}

#[test]
fn what_stands_beside_indicators_in_rows_is_no_evaluation_of_the_program() {
    let programs = [
        vec!["事業番号", "事業名"],
        vec!["0001", "見守り"],
        vec!["0002", "清掃"],
        vec!["0003", "相談"],
        vec!["0004", "講座"],
    ];
    let mut rows = vec![vec!["事業番号", "KPI番号", "KPI名", "単位", "方向", "R5実績", "R6目標"]];
    for (id, one, two, way) in [
        ("0001", "訪問", "参加", "↑"),
        ("0002", "回収", "苦情", "→"),
        ("0003", "面談", "満足", "↑"),
        ("0004", "開催", "受講", "→"),
    ] {
        rows.push(vec![id, "1", one, "件", way, "12", "15"]);
        rows.push(vec![id, "2", two, "件", way, "14", "16"]);
    }
    let sheet_of = |rows: &[Vec<&str>]| super::sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let (programs, rows) = (sheet_of(&programs), sheet_of(&rows));
    let text = super::proposals::suggest_for(&[("a.xlsx", &programs), ("b.xlsx", &rows)]).text;
    for line in ["actual.R5 = \"F R5実績\"", "target.R6 = \"G R6目標\"", "group = \"B KPI番号\"", "\"E 方向\" = \"?\""]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("[[table.judgement]]"), "{text}");
}
