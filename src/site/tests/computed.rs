//! Tests of the texts that explain computed results of indicators to readers.

use super::{ViewBuilder, plan};
use crate::assess::tests::fixture;
use crate::assess::{NotComputable, Operand};
use crate::model::{FiscalYear, MethodKind, YearKind};
use crate::site::view::{ComputedView, IndicatorView, View, not_computable};
use crate::texts::InterfaceTexts;
use std::collections::BTreeSet;
use strum::VariantNames;

/// Passes the view of an indicator on the page of its policy, in the language `lang`, to `check`.
fn indicator<T>(lang: &str, [method, indicator, figures]: [&str; 3], check: impl FnOnce(&IndicatorView<'_>) -> T) -> T {
    let report = fixture(method, indicator, figures).report;
    let page = plan(&report).into_iter().find(|page| page.url.path() == "city/policies/1.html").unwrap();
    match ViewBuilder::new(&report, &InterfaceTexts::embedded(lang).unwrap()).view(&page) {
        View::Node(view) => check(&view.sheet_content.indicators[0]),
        _ => panic!("not the page of a node"),
    }
}

fn computed<T>(given: [&str; 3], check: impl FnOnce(&ComputedView<'_>) -> T) -> T {
    indicator("ja", given, |view| check(view.computed.as_ref().unwrap()))
}

fn formula(lang: &str, given: [&str; 3]) -> String {
    indicator(lang, given, |view| view.computed.as_ref().unwrap().formula.clone())
}

const UP: &str = "unit = '人'; better = 'higher'; baseline = 'H26'";

#[test]
fn explains_rate_with_formula_inputs_and_origin() {
    let given = [
        "kind = 'ratio'; scale = 'grade'; bands = [{ from = 100, mark = 'A' }, { from = 98, mark = 'B' }, { mark = 'C' }]; note = '評価要領 2ページ'",
        "unit = '人'; better = 'higher'; baseline = 'H26'; interval = 5",
        "actual.H26 = '17,453 (H22)'; actual.R1 = '18,104 (H27)'; target.end = '18,590 (H32)'; grade = 'B'",
    ];
    assert_eq!(formula("en", given), "rate = actual ÷ target = 18,104 ÷ 18,590 = 97.4%");
    computed(given, |view| {
        assert_eq!(view.formula, "達成率 = 実績値 ÷ 目標値 = 18,104 ÷ 18,590 = 97.4%");
        assert_eq!(view.reached.as_deref(), Some("実績値は目標値に達していません。"));
        let inputs = view.inputs.iter();
        let inputs: Vec<_> = inputs.map(|i| (&*i.role, &*i.printed, i.year.as_ref().map(|year| &*year.name))).collect();
        assert_eq!(inputs, [("実績値", "18,104 (H27)", Some("令和元年度")), ("目標値", "18,590 (H32)", None)]);
        let agreement = "計算による区分は「C」、公表された評価は「B」で、異なります。";
        assert_eq!(view.agreement.as_deref(), Some(agreement));
        assert_eq!(
            view.remarks,
            [
                "率は小数第2位を四捨五入しています。区分と達成の有無は、四捨五入する前の値で判定しています。",
                "令和元年度の欄の実績値は、平成27年度の値です。",
            ]
        );
        assert_eq!(view.method_note.as_deref(), Some("評価要領 2ページ"));
        let origin = "市が定めた方法により当サイトで算出したもので、公表された評価ではありません。";
        assert_eq!(view.origin, origin);
    });
}

#[test]
fn formulas_show_their_figures() {
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
        let formula = formula("ja", [&format!("kind = '{kind}'"), indicator, figures]);
        assert!(formula.ends_with(&format!(" = {end}")), "{formula}");
    }
    let kept = ["kind = 'maintain'; tolerance = 3", UP, "actual.H26 = 20; actual.R1 = 18"];
    assert_eq!(formula("ja", kept), "判定: 実績値を基準値と比較（|18 − 20| ≤ 3）= 維持");
    assert_eq!(formula("en", kept), "result: actual compared with baseline (|18 − 20| ≤ 3) = kept");
}

#[test]
fn every_method_has_a_worded_formula() {
    for kind in MethodKind::ALL.into_iter().filter(|kind| *kind != MethodKind::Declared && !kind.assesses_nodes()) {
        for better in ["higher", "lower"] {
            let better = format!("better = '{better}'");
            for lang in ["ja", "en"] {
                let formula = formula(lang, [&format!("kind = '{}'", kind.key()), &better, "target.R1 = 3"]);
                assert!(
                    formula.split_once(" = ").is_some_and(|(name, operation)| ![name, operation].contains(&"")),
                    "{formula}"
                );
            }
        }
    }
}

#[test]
fn path_formula_is_inverted_for_lower_targets() {
    let lower = ["kind = 'path'", "better = 'lower'; baseline = 'H26'", "target.R1 = 3"];
    let expected_value = "(基準値 + (目標値 − 基準値) × 測定までの年数 ÷ 目標までの年数)";
    assert_eq!(formula("ja", lower), format!("進捗率 = {expected_value} ÷ 実績値"));
    assert_eq!(formula("ja", ["kind = 'path'", UP, "target.R1 = 3"]), format!("進捗率 = 実績値 ÷ {expected_value}"));
}

#[test]
fn explains_why_no_result_is_computed() {
    computed(["kind = 'ratio'", UP, "actual.R1 = 3; target.R1 = 0"], |view| {
        assert_eq!(view.formula, "達成率 = 実績値 ÷ 目標値");
        assert_eq!(
            (view.result.as_deref(), view.reason.as_deref()),
            (None, Some("目標値が0のため、率を算出できません。"))
        );
    });
}

#[test]
fn remarks_on_results_that_are_easily_misread() {
    let check = |method: &str, indicator: &str, figures: &str, part: &str| {
        computed([method, indicator, figures], |view| {
            assert!(view.remarks.iter().any(|remark| remark.contains(part)), "{:?}", view.remarks);
        });
    };
    let ratio = "kind = 'ratio'";
    check(ratio, "better = 'lower'", "actual.R1 = 581; target.R1 = 580", "100%を超える場合は、目標に達していません");
    check(ratio, "", "actual.R1 = 580; target.R1 = '580未満'", "同じ値では目標に達したことになりません");
    check(ratio, "", "actual.R1 = { value = 9, estimated = '推計' }; target.R1 = 10", "推計");
    check(
        ratio,
        UP,
        "actual.R1 = '623 (H27 -R1)'; target.end = '1,063 (H28 ～32)'",
        "平成27年度から令和元年度までの値と平成28年度から令和2年度までの値の比較です。",
    );
    check(
        "kind = 'ratio'; scale = 'grade'; bands = [{ from = 100, mark = 'A' }]",
        "better = 'lower'",
        "actual.R1 = 600; target.R1 = 580",
        "区分を判定できません",
    );
}

#[test]
fn shows_differences_of_percentages_in_points() {
    let gap = |lang: &str, unit: &str, figures: &str| {
        indicator(lang, ["", &format!("unit = '{unit}'"), figures], |view| view.differences[0].gap.clone())
    };
    let figures = "actual.R1 = 7.3; target.R1 = 8.5";
    for (unit, ja, en) in [
        ("％", "1.2ポイント", "1.2 percentage points"),
        ("パーセント", "1.2ポイント", "1.2 percentage points"),
        ("‰", "1.2パーミルポイント", "1.2 per mille points"),
        ("パーミル", "1.2パーミルポイント", "1.2 per mille points"),
        ("人", "1.2人", "1.2 人"),
    ] {
        assert_eq!([gap("ja", unit, figures), gap("en", unit, figures)], [ja, en]);
    }
    assert_eq!(gap("ja", "人", "actual.R1 = '7.3‰'; target.R1 = '8.5‰'"), "1.2パーミルポイント");
}

#[test]
fn inputs_have_a_unit_unless_their_cell_contains_one() {
    let ratio = ["kind = 'ratio'", "unit = '円'; better = 'higher'"];
    let figures = "actual.R1 = { value = 5000, printed = '5,000円' }; target.R1 = 10000";
    computed([ratio[0], ratio[1], figures], |view| {
        let inputs: Vec<_> = view.inputs.iter().map(|input| (&*input.printed, input.unit.as_deref())).collect();
        assert_eq!(inputs, [("5,000円", None), ("10,000", Some("円"))]);
    });
}

#[test]
fn the_unit_precedes_a_bracket_with_another_year() {
    let figures = "actual.R1 = { value = 7, printed = '7 (H29)', measured = 'H28' }; target.R1 = '9以上 (R1)'";
    indicator("ja", ["", "unit = '人'; better = 'higher'", figures], |view| {
        let figure = view.key_figures.as_ref().unwrap().latest.as_ref().unwrap();
        assert_eq!((figure.figure, figure.unit.as_deref()), ("7", Some("人 (H29)")));
        assert_eq!((&*view.differences[0].actual, &*view.differences[0].other), ("7人 (H29)", "9人以上"));
    });
}

#[test]
fn every_reason_has_a_distinct_sentence_in_both_languages() {
    let (role, year) = (Operand::Actual, FiscalYear(2019));
    let dash = || "-".to_owned();
    let reasons = [
        NotComputable::NoActual,
        NotComputable::NoTarget,
        NotComputable::NoBaseline,
        NotComputable::Missing(role, dash()),
        NotComputable::Text(role, dash()),
        NotComputable::Range(role, dash()),
        NotComputable::NotExact(role, dash()),
        NotComputable::NothingSinceBaseline,
        NotComputable::Interim(year),
        NotComputable::BaselineNotFinal,
        NotComputable::CarriedForward { measured: FiscalYear(2018), printed_for: year },
        NotComputable::SeriesBreaks(year),
        NotComputable::AnnualAgainstCumulative(year),
        NotComputable::NoCumulativeStart,
        NotComputable::AlreadyTotal,
        NotComputable::GapInSum(year),
        NotComputable::WindowInSum(year),
        NotComputable::WindowsDiffer(5, 1),
        NotComputable::UnitsDiffer("人".to_owned(), "件".to_owned()),
        NotComputable::ZeroTarget,
        NotComputable::ZeroActual,
        NotComputable::ZeroBaseline,
        NotComputable::ZeroExpected,
        NotComputable::TargetIsBaseline,
        NotComputable::BaselineBeatsTarget("2".to_owned(), "1".to_owned()),
        NotComputable::NegativeValues,
        NotComputable::NoDirection,
        NotComputable::RequiresLowerIsBetter,
        NotComputable::AimIsToMaintain,
        NotComputable::DirectionsDiffer,
        NotComputable::UnknownYears,
        NotComputable::UnknownPlanYears,
        NotComputable::NotMilestoneCounts,
        NotComputable::NoDecidedIndicator,
        NotComputable::BandsReversed,
    ];
    let codes: BTreeSet<&str> = reasons.iter().map(NotComputable::code).collect();
    assert_eq!(codes, NotComputable::VARIANTS.iter().copied().collect());
    for (lang, stop) in [("ja", '。'), ("en", '.')] {
        let texts = InterfaceTexts::embedded(lang).unwrap();
        let sentences = reasons.iter().map(|reason| not_computable(&texts, YearKind::Fiscal, reason));
        let mut seen = BTreeSet::new();
        for sentence in sentences {
            assert!(sentence.ends_with(stop) && !sentence.contains('{'), "{sentence}");
            assert!(seen.insert(sentence.clone()), "{sentence}");
        }
    }
}
