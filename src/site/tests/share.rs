//! Tests of the share of indicators that reached their targets.

use super::{STRATEGY, node, rendered, sheet, strategy, with, with_view};
use crate::model::Report;
use crate::site::view::View;

const METHOD: &str = r#"
[[method]]
id = "share"
of = ["policy"]
kind = "share-reached"
default = true
scale = "status"
bands = [{ from = 60, mark = "◎" }, { mark = "×" }]
"#;

/// A policy with indicators of all kinds, judged in two editions.
fn report(newest: &str) -> Report {
    let declared = format!("{}{METHOD}", STRATEGY.1);
    let indicator = |id: &str, keys: &str| format!("[[indicator]]\nid = '{id}'\nname = '{id}'\n{keys}\n");
    let indicators = [
        indicator("up", "better = 'higher'"),
        indicator("down", "better = 'lower'"),
        indicator("state", "kind = 'state'\nstates = ['なし', '設置']"),
        indicator("text", "kind = 'words'"),
        indicator("interim", "better = 'higher'"),
    ];
    let policy = format!("+++\nname = '施策の一'\n{}+++\n", indicators.concat());
    let older = "+++\n[judgement]\nstatus = '×'\n[indicator.up]\nactual.H30 = 1\ntarget.R1 = 3\n+++\n";
    let newest = format!("+++\n[judgement]\nstatus = '◎'\n{newest}+++\n");
    with(&[
        (STRATEGY.0, &declared),
        ("a/policies/1/policy.md", &policy),
        ("a/policies/1/2018.md", older),
        ("a/policies/1/2019.md", &newest),
    ])
}

const FIGURES: &str = "[indicator.up]\nactual.R1 = 3\n[indicator.down]\nactual.R1 = 5\ntarget.R1 = '4以下'\n\
    [indicator.state]\nactual.R1 = '設置'\ntarget.R1 = '設置'\n[indicator.text]\nactual.R1 = '順調'\n\
    [indicator.interim]\nactual.R1 = { value = 9, as_of = '2019-09-30' }\ntarget.R1 = 1\n";

#[test]
fn counts_numbers_and_states_and_names_the_others() {
    let report = report(FIGURES);
    node(&report, "a/policies/1.html", |page| {
        let share = page.sheet_content.share.unwrap();
        assert_eq!(share.result.as_deref(), Some("3件中2件（66.7%）"));
        assert_eq!(share.formula, "目標に達した指標の数 ÷ 達成の有無を判定できる指標の数 = 2 ÷ 3 = 66.7%");
        let lists = ["目標に達した指標：up、state", "目標に達していない指標：down"];
        assert_eq!(share.remarks[..2], lists);
        assert!(share.remarks[2].starts_with("集計に含めていない指標：text、interim（"), "{:?}", share.remarks);
        assert_eq!((share.mark.map(|mark| mark.mark), share.agreement), (Some("◎"), None), "undecided: no comparison");
    });
    sheet(&report, "a/policies/1/2018.html", |page| {
        let share = page.sheet_content.share.unwrap();
        assert_eq!(share.result.as_deref(), Some("1件中0件（0.0%）"), "of that edition alone");
    });
    strategy(&report, "a/index.html", |page| {
        let tables = page.goal_tables.unwrap();
        let share = tables.tables.iter().flat_map(|table| &table.lines).find_map(|line| line.share);
        assert_eq!(share.map(|share| (share.reached, share.counted)), Some((2, 3)));
    });
    let html = rendered(&report, "a/policies/1.html");
    let statement =
        "data-statement=\"share\" data-node=\"policy/1\" data-method=\"share\" data-reached=\"2\" data-counted=\"3\"";
    assert!(html.contains(statement) && html.contains("当サイト算出"), "{html}");
}

#[test]
fn nothing_is_computed_without_a_decided_indicator() {
    let report = report("[indicator.text]\nactual.R1 = '順調'\n");
    sheet(&report, "a/policies/1/2019.html", |page| {
        let share = page.sheet_content.share.unwrap();
        assert_eq!((share.result, share.mark), (None, None));
        assert_eq!(share.reason.as_deref(), Some("目標に達したかどうかを判定できる指標がありません。"));
    });
}

#[test]
fn the_list_of_programs_contains_shares_of_programs() {
    let declared = format!("{}{}", STRATEGY.1, METHOD.replace("policy", "program"));
    let program = "+++\nname = '道路'\n[[indicator]]\nid = 'km'\nname = '延長'\nbetter = 'higher'\n+++\n";
    let report = with(&[
        (STRATEGY.0, &declared),
        ("a/policies/1/policy.md", "+++\nname = '施策の一'\n[[program]]\nid = 'road'\n[[program]]\nid = 'park'\n+++\n"),
        ("a/programs/road/program.md", program),
        ("a/programs/road/2019.md", "+++\n[indicator.km]\nactual.R1 = 3\ntarget.R1 = 3\n+++\n"),
        ("a/programs/park/program.md", "+++\nname = '公園'\n+++\n"),
    ]);
    with_view(&report, "a/programs.html", |view| {
        let View::Programs(page) = view else { panic!("not the list of programs") };
        let shares: Vec<_> = page.programs.iter().map(|line| line.share.map(|it| (it.reached, it.counted))).collect();
        assert_eq!((page.has_shares, shares), (true, vec![Some((1, 1)), None]));
    });
    let html = rendered(&report, "a/programs.html");
    assert!(html.contains("data-label=\"目標に達した指標（当サイト集計）\">1件中1件</td>"), "{html}");
}

#[test]
fn nothing_is_stated_on_a_page_of_an_edition_without_figures() {
    let policy = "+++\nname = '施策の一'\n[[indicator]]\nid = 'n'\nname = '件数'\nstep = 'activity'\n+++\n";
    let report = with(&[
        (STRATEGY.0, &format!("{}{METHOD}", STRATEGY.1)),
        ("a/policies/1/policy.md", policy),
        ("a/policies/1/2019.md", "+++\n[judgement]\nstatus = '◎'\n+++\n"),
    ]);
    sheet(&report, "a/policies/1/2019.html", |page| {
        assert_eq!((page.sheet_content.indicators.len(), page.sheet_content.share.is_none()), (1, true));
    });
}
