//! Tests of what counts as a change of an edition, and of labels of lists.

use super::{STRATEGY, node, rendered, sheet, strategy, with};
use crate::model::Report;

const JUDGED: &str = r#"
money_unit = "千円"
[[judge]]
id = "primary"
title = "一次評価"
[[judge]]
id = "council"
title = "外部評価"
[[scale]]
id = "need"
title = "事務事業の必要性"
of = ["program"]
judges = ["primary", "council"]
marks = [{ mark = "高", tone = "good" }, { mark = "低", tone = "poor" }]
[[field]]
id = "means"
title = "実施方法"
of = ["program"]
"#;

/// A program with these keys, and its sheets of both editions.
fn program(keys: &str, older: &str, newer: &str) -> Report {
    let (money_unit, tables) = JUDGED.split_at(JUDGED.find("[[judge").unwrap());
    let declared = STRATEGY.1.replacen("missing = [\"-\"]", &format!("missing = [\"-\"]{money_unit}"), 1);
    let declared = format!("{declared}{tables}");
    let [road, older, newer] = [format!("name = \"道路\"\n{keys}"), older.to_owned(), newer.to_owned()]
        .map(|keys| format!("+++\n{keys}\n+++\n"));
    with(&[
        (STRATEGY.0, &declared),
        ("a/programs/road/program.md", &road),
        ("a/programs/road/2018.md", &older),
        ("a/programs/road/2019.md", &newer),
    ])
}

#[test]
fn changed_departments_periods_and_fields_are_listed() {
    let report = program(
        "department = '土木課'\nperiod = 'H20/'\n[field]\nmeans = '直営'",
        "",
        "department = ['建設課', { name = '企画課', role = '関係' }]\nperiod = 'H20/R5'\n[field]\nmeans = '委託'",
    );
    node(&report, "a/programs/road.html", |page| {
        let facts = page.changes.unwrap().facts;
        let mut facts: Vec<String> =
            facts.iter().map(|fact| format!("{} {} {}", fact.title, fact.before, fact.after)).collect();
        facts.sort();
        assert_eq!(
            facts,
            [
                "事業期間 平成20年度（2008年度）～ 平成20年度（2008年度）～令和5年度（2023年度）",
                "実施方法 直営 委託",
                "担当 土木課 建設課、企画課（関係）",
            ]
        );
    });
    assert!(rendered(&report, "a/editions/2019.html").contains("data-change=\"fact\" data-count=\"3\""));
}

#[test]
fn a_judge_who_gives_no_mark_changes_nothing() {
    let marks = |older: &str, newer: &str| {
        let sheet = |marks: &str| format!("[judgement]\nneed = {marks}");
        let report = program("", &sheet(older), &sheet(newer));
        node(&report, "a/programs/road.html", |page| page.changes.unwrap().marks.len())
    };
    assert_eq!(marks("{ primary = '高', council = '高' }", "{ primary = '高', council = '-' }"), 0);
    assert_eq!(marks("{ primary = '高', council = '-' }", "{ primary = '高', council = '低' }"), 0);
    assert_eq!(marks("{ primary = '高', council = '高' }", "{ primary = '高', council = '低' }"), 1);
}

#[test]
fn an_amount_that_replaces_a_placeholder_of_a_running_year_is_new() {
    let amounts = |older: &str| {
        let report = program("", &format!("[money]\n{older}"), "[money]\nsettlement.H30 = 5\nsettlement.H29 = 3");
        node(&report, "a/programs/road.html", |page| page.changes.unwrap().amounts.len())
    };
    assert_eq!(amounts("settlement.H30 = '-'"), 0);
    assert_eq!(amounts("settlement.H29 = '-'"), 1, "the year was over");
    assert_eq!(amounts("settlement.H30 = 4"), 1);
}

#[test]
fn changed_figures_name_their_series() {
    let keys = "[[indicator]]\nid = 'cars'\nname = '台数'\nactual_total_from = 'H30'\nstep = 'output'\n\
        [[indicator]]\nid = 'survey'\nname = '調査'\nkind = 'words'\nstep = 'activity'";
    let report = program(
        keys,
        "[indicator.cars]\nforecast.R1 = 3",
        "[indicator.cars]\nforecast.R1 = 4\nactual.R1 = 4\ntarget.R1 = 5\nrate.R1 = '80'",
    );
    node(&report, "a/programs/road.html", |page| {
        assert_eq!(page.changes.unwrap().figures[0].series, "forecast");
        assert!(page.sheet_content.indicators[0].rate_in_percent);
    });
    assert!(rendered(&report, "a/programs/road.html").contains("達成率（%）"));
    // Lists say that values are totals.
    assert!(rendered(&report, "a/indicators.html").contains("<span class=\"aside\">累計</span>"));
    // An activity without figures is part of every edition.
    sheet(&report, "a/programs/road/2019.html", |page| assert_eq!(page.sheet_content.indicators.len(), 2));
}

#[test]
fn titles_of_counts_do_not_repeat_the_level() {
    let report = program("", "", "[judgement]\nneed = { primary = '高', council = '低' }");
    let html = rendered(&report, "a/index.html");
    assert!(html.contains(">事務事業の必要性</h3>") && !html.contains("事務事業の事務事業の"), "{html}");
}

#[test]
fn negative_sums_have_one_minus_sign() {
    let report = program("", "", "[money]\nsettlement.R1 = -300");
    strategy(&report, "a/index.html", |page| {
        let sums = page.sums.unwrap();
        let sum = sums.gross[0].as_ref().unwrap();
        assert_eq!((sum.sum.as_str(), sum.yen.as_deref()), ("−300", Some("−30万円")));
    });
}

#[test]
fn values_of_several_years_are_not_said_to_be_sums() {
    let report = program(
        "[[indicator]]\nid = 'rain'\nname = '雨量'\nbetter = 'higher'",
        "",
        "[indicator.rain]\nactual.R1 = '770 (H27～R1)'\ntarget.R1 = 800",
    );
    let html = rendered(&report, "a/indicators.html");
    assert!(html.contains("対象期間が5年間と1年間で異なるため、比較していません。"), "{html}");
}
