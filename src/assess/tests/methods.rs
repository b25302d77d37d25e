//! Rates, qualitative results and marks. City names denote the source of a case's figures or bands.

use super::{STRATEGY, fixture, in_editions, linked, load_city, load_without_errors};
use crate::assess::{Agreement, Measure};
use crate::model::{EditionIx, IndicatorId, NodeId, StrategyIx};

/// Checks the result of one method: `97.4% B`.
fn check(method: &str, indicator: &str, figures: &str, expect: &str) {
    assert_eq!(fixture(method, indicator, figures).format(), expect, "{method} | {indicator} | {figures}");
}

/// Method, indicator, figures, and the expected result with its mark.
type Case = (&'static str, &'static str, &'static str, &'static str);

const UP: &str = "better = 'higher'";
const DOWN: &str = "better = 'lower'";
const UP_FROM_26: &str = "better = 'higher'; baseline = 'H26'";
const DOWN_FROM_26: &str = "better = 'lower'; baseline = 'H26'";

/// 大阪府立図書館: at least 110% A, 80% B, 50% C, else D.
const OSAKA: &str = "kind = 'ratio'; scale = 'grade'; bands = [{ from = 110, mark = 'A' }, { from = 80, mark = 'B' }, { from = 50, mark = 'C' }, { mark = 'D' }]";
/// 多摩: at least 100% 着実, 60% 概ね, else 改善要.
const TAMA: &str = "kind = 'prorated'; scale = 'grade'; bands = [{ from = 100, mark = 'A' }, { from = 60, mark = 'B' }, { mark = 'C' }]";
/// 佐野: the first few of its bands, which are 10 percentage points apart.
const SANO: &str = "kind = 'ratio'; scale = 'grade'; bands = [{ from = 100, mark = 'A' }, { from = 90, mark = 'B' }, { from = 80, mark = 'C' }, { mark = 'D' }]";
/// 長与 in R1: target reached, better than the baseline, within 10% of it, worse.
const NAGAYO: &str = "kind = 'versus-baseline'; tolerance = '10%'; scale = 'grade'; bands = [{ when = 'reached', mark = 'A' }, { when = 'better', mark = 'B' }, { when = 'kept', mark = 'C' }, { when = 'worse', mark = 'D' }]";
/// Open SDG: at least 0.95, 0.60, 0 of the required growth, else away from the target.
const OPEN_SDG: &str = "kind = 'cagr'; scale = 'grade'; bands = [{ from = 95, mark = 'A' }, { from = 60, mark = 'B' }, { from = 0, mark = 'C' }, { mark = 'D' }]";

/// Reached, better, on the planned path, kept, worse.
const ON_PATH: &str = "kind = 'versus-baseline'; tolerance = '3未満'; target = 'end'; scale = 'grade'; bands = [{ when = 'reached', mark = 'A' }, { when = 'better', mark = 'B' }, { when = 'on-path', mark = 'C' }, { mark = 'D' }]";

#[test]
fn a_decline_may_be_on_the_planned_path() {
    // From 100 in H26 to 80 in R6; 90 is expected in R1.
    let decline = |actual: &str| format!("actual.H26 = 100; actual.R1 = {actual}; target.R6 = 80");
    for (actual, expected) in [("101", "better B"), ("90", "on-path C"), ("89.9", "worse D"), ("99", "on-path C")] {
        check(ON_PATH, UP_FROM_26, &decline(actual), expected);
    }
    // The target is reached only in its year.
    check(ON_PATH, UP_FROM_26, "actual.H26 = 100; actual.R1 = 80; target.R1 = 80", "reached A");
    check(ON_PATH, UP_FROM_26, "actual.H26 = 100; actual.R1 = 79; target.R1 = 80", "worse D");
    // A rising path is above the baseline, so a value on it is better.
    check(ON_PATH, UP_FROM_26, "actual.H26 = 100; actual.R1 = 110; target.R6 = 120", "better B");
    check(ON_PATH, UP_FROM_26, "actual.H26 = 100; actual.R1 = 98; target.R6 = 120", "kept D");
    check(ON_PATH, UP_FROM_26, "actual.H26 = 100; actual.R1 = 97; target.R6 = 120", "worse D");
}

#[test]
fn a_pace_may_begin_at_zero() {
    let pace = "kind = 'prorated'; start = 0";
    // Five of six years have passed, so 50 of 60 are expected.
    check(pace, UP, "actual.R1 = 50; target.end = 60", "100.0%");
    check(pace, UP, "actual.R1 = 40; target.end = 60", "80.0%");
    check(pace, DOWN, "actual.R1 = 40; target.end = 60", "125.0%");
}

#[test]
fn computes_the_rate_of_each_method() {
    let josei = "better = 'higher'; baseline = 'H26'; interval = 5";
    let census = "actual.H26 = '17,453 (H22)'; actual.R1 = '18,104 (H27)'; target.end = '18,590 (H32)'";
    let cases: [Case; 33] = [
        // 北上, 女性の就業者数, by the three methods with which its published grades have been compared.
        ("kind = 'ratio'", josei, census, "97.4%"),
        ("kind = 'progress'", josei, census, "57.3%"),
        ("kind = 'path'", josei, census, "100.5%"),
        // 御所: A ÷ T although lower is better.
        ("kind = 'ratio'", DOWN, "actual.R1 = 581; target.R1 = 580", "100.2%"),
        ("kind = 'inverse-ratio'", DOWN, "actual.R1 = 581; target.R1 = 580", "99.8%"),
        // 大阪府立図書館: at and just below each threshold.
        (OSAKA, UP, "actual.R1 = 1100; target.R1 = 1000", "110.0% A"),
        (OSAKA, UP, "actual.R1 = 1099; target.R1 = 1000", "109.9% B"),
        (OSAKA, UP, "actual.R1 = 800; target.R1 = 1000", "80.0% B"),
        (OSAKA, UP, "actual.R1 = 500; target.R1 = 1000", "50.0% C"),
        (OSAKA, UP, "actual.R1 = 499; target.R1 = 1000", "49.9% D"),
        // 79.999% is shown as 80.0% but does not reach 80%.
        (OSAKA, UP, "actual.R1 = 79999; target.R1 = 100000", "80.0% C"),
        (SANO, UP, "actual.R1 = 100; target.R1 = 100", "100.0% A"),
        (SANO, UP, "actual.R1 = 99.9; target.R1 = 100", "99.9% B"),
        (SANO, UP, "actual.R1 = 80; target.R1 = 100", "80.0% C"),
        (SANO, UP, "actual.R1 = 79.9; target.R1 = 100", "79.9% D"),
        // 本宮: the same formula in both directions.
        ("kind = 'progress'", UP_FROM_26, "actual.H26 = 10; actual.R1 = 16; target.end = 20", "60.0%"),
        ("kind = 'progress'", DOWN_FROM_26, "actual.H26 = 20; actual.R1 = 14; target.end = 10", "60.0%"),
        ("kind = 'progress'", UP_FROM_26, "actual.H26 = 10; actual.R1 = 8; target.end = 20", "−20.0%"),
        // 多摩: five of six years have passed, so on the way from 20 to 23 the expected value is 22.5.
        (TAMA, UP_FROM_26, "actual.H26 = 20; actual.R1 = 22.5; target.end = 23", "100.0% A"),
        (TAMA, UP_FROM_26, "actual.H26 = 20; actual.R1 = 22.4; target.end = 23", "99.6% B"),
        (TAMA, UP_FROM_26, "actual.H26 = 20; actual.R1 = 13.5; target.end = 23", "60.0% B"),
        (TAMA, UP_FROM_26, "actual.H26 = 20; actual.R1 = 13.4; target.end = 23", "59.6% C"),
        (TAMA, DOWN_FROM_26, "actual.H26 = 20; actual.R1 = 15; target.end = 14", "100.0% A"),
        // 本宮 sums yearly values; by its method, 北上's internships would be 141 of 400.
        (
            "kind = 'cumulative'",
            "better = 'higher'; cumulative_from = 'H28'",
            "actual.H26 = '-'; actual.H28 = 23; actual.H29 = 19; actual.H30 = 77; actual.R1 = 22; target.end = 400",
            "35.3%",
        ),
        // 長与: each result.
        (NAGAYO, UP_FROM_26, "actual.H26 = 100; actual.R1 = 120; target.end = 120", "reached A"),
        (NAGAYO, UP_FROM_26, "actual.H26 = 100; actual.R1 = 101; target.end = 120", "better B"),
        (NAGAYO, UP_FROM_26, "actual.H26 = 100; actual.R1 = 90; target.end = 120", "kept C"),
        (NAGAYO, UP_FROM_26, "actual.H26 = 100; actual.R1 = 89.9; target.end = 120", "worse D"),
        (NAGAYO, DOWN_FROM_26, "actual.H26 = 100; actual.R1 = 110; target.end = 80", "kept C"),
        // Open SDG: on the path (10% a year) and at the thresholds.
        (OPEN_SDG, UP_FROM_26, "actual.H26 = 100; actual.H28 = 121; target.H29 = 133.1", "100.0% A"),
        (OPEN_SDG, UP_FROM_26, "actual.H26 = 100; actual.H27 = 119; target.H28 = 144", "95.0% A"),
        (OPEN_SDG, UP_FROM_26, "actual.H26 = 100; actual.H27 = 100; target.H28 = 144", "0.0% C"),
        (OPEN_SDG, DOWN_FROM_26, "actual.H26 = 100; actual.H27 = 101; target.H28 = 81", "−10.0% D"),
    ];
    for (method, indicator, figures, expect) in cases {
        check(method, indicator, figures, expect);
    }
}

#[test]
fn qualitative_results_respect_bounds_and_tolerance() {
    let maintain = "kind = 'maintain'; tolerance = 2";
    let keep = "better = 'maintain'; baseline = 'H26'";
    let threshold = "kind = 'threshold'";
    let cases: [Case; 16] = [
        (maintain, keep, "actual.H26 = 50; actual.R1 = 52", "kept"),
        (maintain, keep, "actual.H26 = 50; actual.R1 = 52.1", "worse"),
        (maintain, keep, "actual.H26 = 50; actual.R1 = 47.9", "worse"),
        (maintain, UP_FROM_26, "actual.H26 = 50; actual.R1 = 80", "kept"),
        (maintain, UP_FROM_26, "actual.H26 = 50; actual.R1 = 47.9", "worse"),
        (maintain, DOWN_FROM_26, "actual.H26 = 50; actual.R1 = 20", "kept"),
        (maintain, DOWN_FROM_26, "actual.H26 = 50; actual.R1 = 52.1", "worse"),
        (threshold, "unit = '%'", "actual.R1 = 90; target.R1 = '90%以上'", "reached"),
        (threshold, "unit = '%'", "actual.R1 = 89.9; target.R1 = '90%以上'", "missed"),
        (threshold, "unit = '件'", "actual.R1 = 580; target.R1 = '580件以下'", "reached"),
        (threshold, "unit = '件'", "actual.R1 = 580; target.R1 = '580件未満'", "missed"),
        (threshold, "unit = '件'", "actual.R1 = 580; target.R1 = '580件超'", "missed"),
        (threshold, DOWN, "actual.R1 = 581; target.R1 = 580", "missed"),
        (threshold, DOWN, "actual.R1 = 0; target.R1 = 0", "reached"),
        ("kind = 'milestone'", "", "actual.R1 = 2; target.end = 3", "66.7%"),
        ("kind = 'milestone'", "", "actual.R1 = 3; target.end = 3", "100.0%"),
    ];
    for (method, indicator, figures, expect) in cases {
        check(method, indicator, figures, expect);
    }
}

#[test]
fn exceeding_the_target_is_a_miss_if_lower_is_better() {
    let gose = fixture("kind = 'ratio'", DOWN, "actual.R1 = 581; target.R1 = 580");
    assert_eq!(gose.outcome().reached, Some(false));
    let reached = fixture("kind = 'ratio'", DOWN, "actual.R1 = 580; target.R1 = 580");
    assert_eq!(reached.outcome().reached, Some(true));
}

#[test]
fn bands_follow_the_direction_of_the_rate() {
    let falling =
        "kind = 'ratio'; scale = 'grade'; bands = [{ to = 100, mark = 'A' }, { to = 120, mark = 'B' }, { mark = 'D' }]";
    check(falling, DOWN, "actual.R1 = 580; target.R1 = 580", "100.0% A");
    check(falling, DOWN, "actual.R1 = 581; target.R1 = 580", "100.2% B");
    check(falling, DOWN, "actual.R1 = 697; target.R1 = 580", "120.2% D");
    // Bands that begin with high rates would mark a missed target A.
    check(OSAKA, DOWN, "actual.R1 = 1100; target.R1 = 1000", "110.0%");
    check(falling, UP, "actual.R1 = 50; target.R1 = 100", "50.0%");
    let steps = "kind = 'milestone'; scale = 'grade'; bands = [{ from = 90, mark = 'A' }, { mark = 'D' }]";
    check(steps, DOWN, "actual.R1 = 4; target.R1 = 2", "200.0%");
}

#[test]
fn assesses_kitakami_by_three_methods() {
    let check = |method: &str, expect: [(&str, &str); 9]| {
        let expect = expect.map(|(id, result)| (id.to_owned(), result.to_owned()));
        assert_eq!(load_city("kitakami/", method).results(), expect, "{method}");
    };
    let old_census = "CarriedForward { measured: FiscalYear(2015), printed_for: FiscalYear(2019) }";
    check(
        "ratio",
        [
            ("tennyu-choka", "58.6%"),
            ("torikumi-chiiki", "57.1%"),
            ("kyoryokutai-teiju", "83.3%"),
            ("kankokyaku", "92.1%"),
            ("sangyo-kankokyaku", "40.5%"),
            ("josei-shugyosha", old_census),
            ("internship", "5.5%"),
            ("matching", "0.0%"),
            ("sumitsuzuketai", "97.9%"),
        ],
    );
    let missing = |printed: &str| format!("Missing(Baseline, \"{printed}\")");
    check(
        "progress",
        [
            ("tennyu-choka", "−122.2%"),
            ("torikumi-chiiki", "0.0%"),
            ("kyoryokutai-teiju", &missing("—")),
            ("kankokyaku", "72.8%"),
            ("sangyo-kankokyaku", "−1,000.0%"),
            ("josei-shugyosha", old_census),
            ("internship", &missing("-")),
            ("matching", "−11.1%"),
            ("sumitsuzuketai", "BaselineBeatsTarget(\"90.9\", \"90%以上\")"),
        ],
    );
    check(
        "path",
        [
            ("tennyu-choka", "60.5%"),
            ("torikumi-chiiki", "61.5%"),
            ("kyoryokutai-teiju", &missing("—")),
            ("kankokyaku", "96.8%"),
            ("sangyo-kankokyaku", "40.9%"),
            ("josei-shugyosha", "100.5%"),
            ("internship", &missing("-")),
            ("matching", "0.0%"),
            ("sumitsuzuketai", "97.6%"),
        ],
    );
}

#[test]
fn computes_only_declared_methods() {
    let figures = "actual.R1 = 50; target.R1 = 100";
    assert_eq!(fixture("", UP, figures).assessment().result, None);
    assert_eq!(fixture("kind = 'declared'", UP, figures).assessment().result, None);
    assert_eq!(fixture("kind = 'declared'", UP, "target.R1 = 100").assessment().result, None);
    assert_eq!(fixture("kind = 'ratio'", "method = 'declared'", figures).assessment().result, None);
    // The default method does not apply to text indicators, which have no differences either.
    let text_indicator = fixture("kind = 'ratio'", "kind = 'words'", "actual.R1 = '策定'; target.R1 = '策定'");
    assert_eq!(text_indicator.results(), []);
}

#[test]
fn an_indicator_selects_its_method_by_id() {
    let named = |name: &str, kind: &str| {
        let strategy = format!("{STRATEGY}[[method]]\nid = \"inverted\"\nkind = \"{kind}\"\n");
        let policy =
            format!("+++\nname = \"施策\"\n[[indicator]]\nid = \"kpi\"\nname = \"指標\"\nmethod = \"{name}\"\n+++\n");
        let files = [("city/strategy.toml", strategy), ("city/policies/1/policy.md", policy)];
        linked(files.map(|(path, text)| (path.to_owned(), text)).to_vec()).1
    };
    assert_eq!(named("inverted", "inverse-ratio"), []);
    assert_eq!(named("declared", "inverse-ratio"), []);
    let unknown = named("invertd", "inverse-ratio");
    assert_eq!(unknown.iter().map(|d| d.rule.code()).collect::<Vec<_>>(), ["unknown-method"]);
    assert!(unknown[0].help.as_ref().unwrap().ja.contains("inverted"));
    // An error in the strategy's methods suppresses errors of references to them.
    assert_eq!(named("other", "inverse").iter().map(|d| d.rule.code()).collect::<Vec<_>>(), ["unknown-word"]);
}

#[test]
fn the_method_of_an_indicator_replaces_the_default() {
    let result = |method: &str| {
        let methods = "[[method]]\nid = \"m\"\ndefault = true\nkind = \"ratio\"\n\
                       [[method]]\nid = \"inverted\"\nkind = \"inverse-ratio\"\n";
        let policy = format!(
            "+++\nname = \"施策\"\n[[indicator]]\nid = \"kpi\"\nname = \"指標\"\nbetter = \"lower\"\n{method}+++\n"
        );
        let sheet = "+++\n[indicator.kpi]\nactual.R1 = 50\ntarget.R1 = 100\n+++\n".to_owned();
        let files = [
            ("city/strategy.toml", format!("{STRATEGY}{methods}")),
            ("city/policies/1/policy.md", policy),
            ("city/policies/1/2019.md", sheet),
        ];
        load_without_errors(files.map(|(path, text)| (path.to_owned(), text)).to_vec()).format()
    };
    assert_eq!(result(""), "50.0%");
    assert_eq!(result("method = \"inverted\"\n"), "200.0%");
}

#[test]
fn uses_the_target_of_the_year_or_else_the_next() {
    let cases = [
        ("actual.H30 = 50; target.H30 = 80; target.R1 = 90; target.end = 100", "62.5%"),
        ("actual.H30 = 50; target.R1 = 80; target.end = 100", "62.5%"),
        ("actual.H30 = 50; target.R1 = 80; target.R2 = 100", "62.5%"),
        ("actual.H30 = 50; actual.R1 = '-'; target.H30 = 80", "62.5%"),
    ];
    for (figures, expect) in cases {
        check("kind = 'ratio'", UP, figures, expect);
    }
}

#[test]
fn a_method_can_select_its_target() {
    let figures = "actual.H30 = 50; target.H30 = 80; target.R1 = 90; target.end = 100";
    check("kind = 'ratio'; target = 'year'", UP, figures, "62.5%");
    check("kind = 'ratio'; target = 'next'", UP, figures, "55.6%");
    check("kind = 'ratio'; target = 'end'", UP, figures, "50.0%");
}

#[test]
fn compares_published_and_computed_marks() {
    let agreement = |figures: &str| fixture(OSAKA, UP, figures).outcome().marks.unwrap().agreement;
    assert_eq!(agreement("actual.R1 = 9; target.R1 = 10; grade = 'B'"), Some(Agreement::Same));
    assert_eq!(agreement("actual.R1 = 9; target.R1 = 10; grade.R1 = 'B'"), Some(Agreement::Same));
    assert_eq!(agreement("actual.R1 = 9; target.R1 = 10; grade = 'C'"), Some(Agreement::Differs));
    assert_eq!(agreement("actual.R1 = 9; target.R1 = 10"), None);
    assert_eq!(agreement("actual.R1 = 9; target.R1 = 10; grade = '-'"), None);
    // A mark of another year refers to another value.
    assert_eq!(agreement("actual.R1 = 9; target.R1 = 10; grade.H30 = 'B'"), None);
}

#[test]
fn assesses_each_edition_by_its_own_figures() {
    let fixture = in_editions(
        "kind = 'ratio'",
        UP,
        &[("2017", "actual.H29 = 30; target.end = 100"), ("2019", "actual.R1 = 50; target.end = 80")],
    );
    let node = NodeId { strategy: StrategyIx(0), node: 0 };
    let (id, all) = (IndicatorId { node, indicator: 0 }, fixture.assessments());
    let format = |assessment: &crate::assess::Assessment| match &assessment.result {
        Some((_, Ok(outcome))) => match &outcome.measure {
            Measure::Rate(rate) => rate.format().text,
            Measure::Qualitative(result) => result.key().to_owned(),
        },
        other => panic!("{other:?}"),
    };
    assert_eq!(format(all.assessment(id).unwrap()), "62.5%");
    assert_eq!(format(all.assessment_in_edition(id, EditionIx(0)).unwrap()), "30.0%");
    assert_eq!(format(all.assessment_in_edition(id, EditionIx(1)).unwrap()), "62.5%");
}
