//! Differences and explanations, in the words that citizens read.

use super::{Given, given};
use crate::assess::Difference;
use crate::diagnostic::Lang;
use crate::model::{Column, YearKind};
use std::cmp::Ordering;

const UP: &str = "unit = '人'; better = 'higher'; baseline = 'H26'";

fn differences(given: &Given) -> Vec<String> {
    let said = |Difference { other, order, text, unit, .. }: &Difference| {
        let (other, unit) = (other.operand.name().ja, unit.as_ref().map_or("", |unit| &unit.ja));
        match order {
            Ordering::Equal => format!("{other}と同じです。"),
            Ordering::Less => format!("{other}を{text}{unit}下回っています。"),
            Ordering::Greater => format!("{other}を{text}{unit}上回っています。"),
        }
    };
    given.assessment().differences.iter().map(said).collect()
}

fn check_differences(indicator: &str, figures: &str, expect: &[&str]) {
    assert_eq!(differences(&given("", indicator, figures)), expect, "{indicator} | {figures}");
}

#[test]
fn differences_need_no_method() {
    // 北上 says itself that 440 are wanting
    check_differences(
        UP,
        "actual.H26 = '865 (H22 ～26)'; actual.H30 = '171 (H26 ～30)'; actual.R1 = '623 (H27 -R1)'; target.end = '1,063 (H28 ～32)'",
        &["目標値を440人下回っています。", "基準値を242人下回っています。", "前回の値を452人上回っています。"],
    );
    check_differences(
        "unit = '%'; baseline = 'H26'",
        "actual.H26 = 90.9; actual.H30 = 85.25; actual.R1 = 88.1; target.end = '90%以上'",
        &[
            "目標値を1.9ポイント下回っています。",
            "基準値を2.8ポイント下回っています。",
            "前回の値を2.85ポイント上回っています。",
        ],
    );
    for (unit, points) in
        [("％", "ポイント"), ("パーセント", "ポイント"), ("‰", "パーミルポイント"), ("パーミル", "パーミルポイント")]
    {
        let expect = format!("目標値を1.2{points}下回っています。");
        check_differences(&format!("unit = '{unit}'"), "actual.R1 = 7.3; target.R1 = 8.5", &[&expect]);
    }
    check_differences("", "actual.R1 = '7.3‰'; target.R1 = '8.5‰'", &["目標値を1.2パーミルポイント下回っています。"]);
    check_differences(UP, "actual.R1 = '1,000'; target.R1 = 1000", &["目標値と同じです。"]);
    check_differences(UP, "actual.R1 = 3", &[]);
    check_differences(UP, "target.R1 = 3", &[]);
}

#[test]
fn the_value_before_is_of_another_measurement() {
    check_differences(
        UP,
        "actual.H26 = '17,453 (H22)'; actual.H30 = '18,104 (H27)'; actual.R1 = '18,104 (H27)'",
        &["基準値を651人上回っています。", "前回の値を651人上回っています。"],
    );
}

#[test]
fn what_cannot_be_compared_has_no_difference() {
    for (indicator, figures) in [
        (UP, "actual.R1 = 3; target.R1 = '-'"),
        (UP, "actual.R1 = 3; target.R1 = { printed = '充実' }"),
        (UP, "actual.R1 = '623 (H27/R1)'; target.end = 1063"),
        ("cumulative_from = 'H28'", "actual.R1 = 22; target.end = 400"),
        ("breaks = 'R1'", "actual.H30 = 22; actual.R1 = 90"),
    ] {
        check_differences(indicator, figures, &[]);
    }
}

#[test]
fn windows_of_other_years_are_named() {
    let given = given("", UP, "actual.R1 = '623 (H27 -R1)'; target.end = '1,063 (H28 ～32)'");
    let amount = given.assessment().differences[0].clone();
    let said = amount.windows(YearKind::Fiscal).unwrap();
    assert_eq!(said.ja, "平成27年度から令和元年度までの値と平成28年度から令和2年度までの値の比較です。");
    assert_eq!(said.en, "Compares FY2015 to FY2019 with FY2016 to FY2020.");
}

#[test]
fn a_rate_is_explained_with_its_formula_values_years_and_whose_it_is() {
    let explanation = given(
        "kind = 'ratio'; scale = 'grade'; bands = [{ from = 100, mark = 'A' }, { from = 98, mark = 'B' }, { mark = 'C' }]; note = '評価要領 2ページ'",
        "unit = '人'; better = 'higher'; baseline = 'H26'; interval = 5",
        "actual.H26 = '17,453 (H22)'; actual.R1 = '18,104 (H27)'; target.end = '18,590 (H32)'; grade = 'B'",
    )
    .explanation();
    assert_eq!(explanation.line.ja, "達成率 = 実績値 ÷ 目標値 = 18,104 ÷ 18,590 = 97.4%");
    assert_eq!(explanation.line.en, "rate = actual ÷ target = 18,104 ÷ 18,590 = 97.4%");
    assert_eq!(explanation.reached.unwrap().ja, "実績値は目標値に届いていません。");
    let inputs: Vec<_> =
        explanation.inputs.iter().map(|i| (i.operand.name().ja, i.value.printed.as_str(), i.column)).collect();
    let r1 = Column::Year(crate::model::FiscalYear(2019));
    assert_eq!(inputs, [("実績値".to_owned(), "18,104 (H27)", r1), ("目標値".to_owned(), "18,590 (H32)", Column::End)]);
    assert_eq!(explanation.agreement.unwrap().ja, "計算による区分は「C」、公表された評価は「B」で、異なります。");
    let remarks: Vec<_> = explanation.remarks.iter().map(|remark| remark.get(Lang::Ja)).collect();
    assert_eq!(
        remarks,
        [
            "率は小数第2位を四捨五入して示しています。区分と達成は四捨五入する前の値で判断しています。",
            "令和元年度の欄の実績値は、平成27年度に測られた値です。",
        ]
    );
    assert_eq!(explanation.method_note.as_deref(), Some("評価要領 2ページ"));
    assert_eq!(
        explanation.origin.ja,
        "市が定めた方法によってこのサイトが計算したもので、公表された評価ではありません。"
    );
}

#[test]
fn each_formula_shows_its_figures() {
    let line = |method: &str, indicator: &str, figures: &str| given(method, indicator, figures).explanation().line.ja;
    let figures = "actual.H26 = 10; actual.R1 = 15.5; target.end = 20";
    let cases = [
        ("progress", UP, figures, "(15.5 − 10) ÷ (20 − 10) = 55.0%"),
        ("prorated", UP, figures, "15.5 ÷ (10 + (20 − 10) × 5 ÷ 6) = 84.5%"),
        ("path", UP, "actual.H26 = 10; actual.H28 = 12; target.end = 22", "12 ÷ (10 + (22 − 10) × 2 ÷ 6) = 85.7%"),
        (
            "path",
            "better = 'lower'; baseline = 'H26'",
            "actual.H26 = 22; actual.H28 = 20; target.end = 10",
            "(22 + (10 − 22) × 2 ÷ 6) ÷ 20 = 90.0%",
        ),
        (
            "cumulative",
            "cumulative_from = 'H30'",
            "actual.H30 = 77; actual.R1 = 22; target.end = 400",
            "(77 + 22) ÷ 400 = 24.8%",
        ),
        ("progress", UP, "actual.H26 = '▲5'; actual.R1 = 0; target.end = 5", "(0 − (−5)) ÷ (5 − (−5)) = 50.0%"),
        (
            "cagr",
            UP,
            "actual.H26 = 100; actual.H27 = 110; target.H28 = 121",
            "((110 ÷ 100)^(1/1) − 1) ÷ ((121 ÷ 100)^(1/2) − 1) = 100.0%",
        ),
    ];
    for (kind, indicator, figures, end) in cases {
        let line = line(&format!("kind = '{kind}'"), indicator, figures);
        assert!(line.ends_with(&format!(" = {end}")), "{line}");
    }
    let kept = line("kind = 'maintain'; tolerance = 3", UP, "actual.H26 = 20; actual.R1 = 18");
    assert_eq!(kept, "判定: 実績値を基準値と比べる（|18 − 20| ≤ 3）= 維持");
}

#[test]
fn a_guard_is_explained_in_place_of_a_number() {
    let explanation = given("kind = 'ratio'", UP, "actual.R1 = 3; target.R1 = 0").explanation();
    assert_eq!(explanation.line.ja, "達成率 = 実績値 ÷ 目標値");
    assert_eq!(explanation.result.unwrap_err().ja, "目標値が0のため、割り算ができません。");
}

#[test]
fn what_a_reader_would_get_wrong_is_remarked() {
    let remarked = |indicator: &str, figures: &str, part: &str| {
        let remarks = given("kind = 'ratio'", indicator, figures).explanation().remarks;
        assert!(remarks.iter().any(|remark| remark.ja.contains(part)), "{remarks:?}");
    };
    remarked("better = 'lower'", "actual.R1 = 581; target.R1 = 580", "100%を超えると目標に届いていない");
    remarked("", "actual.R1 = 580; target.R1 = '580未満'", "ちょうど同じ値では届いたことになりません");
    remarked("", "actual.R1 = { value = 9, estimated = '推計' }; target.R1 = 10", "推計");
    let reversed = given(
        "kind = 'ratio'; scale = 'grade'; bands = [{ from = 100, mark = 'A' }]",
        "better = 'lower'",
        "actual.R1 = 600; target.R1 = 580",
    );
    assert!(reversed.explanation().remarks.iter().any(|remark| remark.ja.contains("区分に当てはめません")));
}
