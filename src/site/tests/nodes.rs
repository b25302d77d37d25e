//! Tests of what pages of goals, programs, departments and strategies show of marks and money.

use super::{STRATEGY, node, rendered, strategy, with, with_view};
use crate::site::view::View;

/// A program of two departments, and one of them alone.
const ROAD: (&str, &str) =
    ("a/programs/road/program.md", "+++\nname = \"道路\"\ndepartment = [\"建設課\", \"企画課\"]\n+++\n");
const PARK: (&str, &str) = ("a/programs/park/program.md", "+++\nname = \"公園\"\ndepartment = \"企画課\"\n+++\n");

#[test]
fn a_mark_is_explained_by_the_first_sentence_of_its_section() {
    let sections = "[[section]]\nof = ['program']\ntitle = '実績'\n\
        [[section]]\nof = ['program']\ntitle = '分析'\nexplains = 'status'\n";
    let declared = format!("{}{sections}", STRATEGY.1);
    let text = "+++\n[judgement]\nstatus = '×'\n+++\n## 実績\n一件。\n\n## 分析\n- **届かなかった**。次もある。\n";
    let later = "+++\n+++\n## 実績\n二件。\n";
    let report = with(&[(STRATEGY.0, &declared), ("a/programs/road/2018.md", text)]);
    node(&report, "a/programs/road.html", |page| {
        let reason = page.sheet_content.judgements[0].judgements[0].reason.as_ref().unwrap();
        assert_eq!(
            (reason.anchor.as_deref(), reason.title, &*reason.sentence),
            (Some("分析"), "分析", "届かなかった。")
        );
    });
    let html = rendered(&report, "a/programs/road.html");
    assert!(html.contains(r##"<p class="reason"><a href="#分析">分析</a>：届かなかった。</p>"##), "{html}");
    let report =
        with(&[(STRATEGY.0, &declared), ("a/programs/road/2018.md", text), ("a/programs/road/2019.md", later)]);
    node(&report, "a/programs/road.html", |page| {
        assert_eq!(page.sheet_content.judgements[0].judgements[0].reason, None, "the text is of another edition");
    });
}

#[test]
fn the_text_under_a_mark_explains_it() {
    let declared = format!("{}[[section]]\nof = ['program']\nscale = 'status'\n", STRATEGY.1);
    let report = with(&[(STRATEGY.0, &declared), ("a/programs/road/2019.md", "+++\n+++\n## ×\n工事が遅れた。\n")]);
    node(&report, "a/programs/road.html", |page| {
        let reason = page.sheet_content.judgements[0].judgements[0].reason.as_ref().unwrap();
        assert_eq!((reason.title, &*reason.sentence), ("×", "工事が遅れた。"));
    });
}

#[test]
fn lines_below_a_goal_state_their_share_of_its_newest_settlement() {
    let report = with(&[
        ("a/policies/2/policy.md", "+++\nname = \"施策の二\"\ngoal = \"1\"\n[[program]]\nid = \"pool\"\n+++\n"),
        ("a/programs/pool/program.md", "+++\nname = \"プール\"\n+++\n"),
        ("a/programs/pool/2019.md", "+++\n[money]\nsettlement.R1 = 25\nbudget.R2 = 1\n+++\n"),
        ("a/programs/road/2019.md", "+++\n[money]\nsettlement.R1 = 75\n+++\n"),
    ]);
    node(&report, "a/goals/1.html", |page| {
        let below = page.below.unwrap();
        let lines = below.tables.iter().flat_map(|table| &table.lines);
        let shares: Vec<_> = lines.map(|line| line.part.as_ref().map(|part| &*part.text)).collect();
        assert_eq!((shares, below.has_parts), (vec![Some("75%"), Some("25%")], true));
    });
    let html = rendered(&report, "a/goals/1.html");
    assert!(html.contains(r#"data-within="goal/1" data-net="25" data-share="25""#), "{html}");
}

#[test]
fn a_department_counts_each_of_its_programs_once_and_names_those_it_shares() {
    let report = with(&[
        ROAD,
        PARK,
        ("a/programs/road/2019.md", "+++\n[money]\nsettlement.R1 = 75\n+++\n"),
        ("a/programs/park/2019.md", "+++\n[money]\nsettlement.R1 = '-'\nsettlement.H30 = 5\n+++\n"),
    ]);
    with_view(&report, "a/departments.html", |view| {
        let View::Departments(page) = view else { panic!("not the overview of departments") };
        let sum = |sums: &[Option<_>]| -> Vec<Option<String>> {
            let text = |sum: &crate::site::view::SumView| sum.sum.clone();
            sums.iter().map(|sum| sum.as_ref().map(text)).collect()
        };
        let rows = page.departments.iter().map(|d| (d.name, d.programs, d.shared, sum(&d.sums)));
        let expected = [("企画課", 2, 1, vec![Some("75".to_owned())]), ("建設課", 1, 1, vec![Some("75".to_owned())])];
        assert_eq!((rows.collect::<Vec<_>>(), page.has_shared), (expected.to_vec(), true));
    });
}

#[test]
fn marks_over_time_need_two_editions() {
    let first = ("a/policies/1/2018.md", "+++\n[judgement]\nstatus = '×'\n+++\n");
    let second = ("a/policies/1/2019.md", "+++\n[judgement]\nstatus = '◎'\n+++\n");
    strategy(&with(&[second]), "a/index.html", |page| assert_eq!(page.histories, []));
    strategy(&with(&[first, second]), "a/index.html", |page| {
        let [history] = &page.histories[..] else { panic!("{:#?}", page.histories) };
        let years = history.columns.iter().map(|column| column.year.as_ref().unwrap().year.0);
        assert_eq!((history.label, years.collect::<Vec<_>>()), (Some("施策"), vec![2018, 2019]));
        let marks = history.lines[0].given.iter().flatten().flat_map(|given| &given.marks);
        assert_eq!(marks.map(|mark| (mark.mark, mark.silent)).collect::<Vec<_>>(), [("×", true), ("◎", true)]);
        let rail: Vec<_> = page.timeline.iter().map(|e| (e.label, e.current, e.newest)).collect();
        assert_eq!(rail, [("平成30年度", false, false), ("令和元年度", false, true)], "oldest first");
    });
}
