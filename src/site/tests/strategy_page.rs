//! Tests of the summary on the page of a strategy (marks, goals, money).

use super::{PARK, STRATEGY, strategy, with, with_view};
use crate::site::view::{MarkDistributionView, View};

/// Parts of a distribution bar: mark or reason for its absence, number of members, link to their list.
fn parts<'v>(distribution: &'v MarkDistributionView<'_>) -> Vec<(&'v str, usize, Option<&'v str>)> {
    let parts = distribution.parts.iter().map(|part| {
        let mark = part.group.mark.as_ref().map(|mark| mark.mark).or(part.group.no_mark_reason);
        (mark.unwrap(), part.group.members.len(), part.href.as_deref())
    });
    parts.collect()
}

#[test]
fn counts_marks_and_missing_marks_by_kind() {
    let report = with(&[
        ("a/policies/1/2019.md", "+++\n[judgement]\nstatus = \"-\"\n+++\n"),
        ("a/programs/road/2018.md", "+++\n[judgement]\nstatus = \"◎\"\n+++\n"),
        ("a/programs/road/2019.md", "+++\n[judgement]\nstatus = \"×\"\n+++\n"),
    ]);
    strategy(&report, "a/index.html", |page| {
        let [policies, programs] = &page.evaluative_distributions[..] else {
            panic!("{:#?}", page.evaluative_distributions)
        };
        assert_eq!((policies.label, policies.total, policies.lists_members), (Some("施策"), 1, true));
        assert_eq!(parts(policies), [("◎", 0, None), ("×", 0, None), ("missing", 1, None)]);
        // The newest edition has one sheet of a program; marks of the previous edition do not count.
        assert_eq!((programs.total, programs.lists_members), (1, false));
        let poor = "programs.html#group-status-1";
        assert_eq!(parts(programs), [("◎", 0, None), ("×", 1, Some(poor))], "the newest sheet counts");
        let bars: Vec<_> = programs.parts.iter().filter_map(|part| part.bar.as_ref()).collect();
        let bars: Vec<_> = bars.iter().map(|bar| (&*bar.from, &*bar.middle, &*bar.width)).collect();
        assert_eq!(bars, [("0.0%", "50.0%", "100.0%")]);
    });
}

#[test]
fn counts_of_the_current_edition_link_to_the_list() {
    let report = with(&[
        ("a/programs/road/2018.md", "+++\n[judgement]\nstatus = \"◎\"\n+++\n"),
        ("a/programs/road/2019.md", "+++\n[judgement]\nstatus = \"×\"\n+++\n"),
    ]);
    let links = |path: &str| {
        with_view(&report, path, |view| {
            let View::Edition(page) = view else { panic!("{path}: not the page of an edition") };
            let parts = page.distributions.iter().flat_map(|distribution| &distribution.parts);
            parts.filter_map(|part| part.href.clone()).collect::<Vec<_>>()
        })
    };
    assert_eq!(links("a/editions/2019.html"), ["../programs.html#group-status-1"]);
    assert_eq!(links("a/editions/2018.html"), [""; 0], "the list has the marks of the current edition");
}

#[test]
fn omits_bar_if_a_program_has_several_marks() {
    let road = "+++\n[judgement]\nstatus = [\"◎\", \"×\"]\n+++\n";
    let park = "+++\n[judgement]\nstatus = \"×\"\n+++\n";
    let report = with(&[("a/programs/road/2019.md", road), ("a/programs/park/2019.md", park)]);
    strategy(&report, "a/index.html", |page| {
        let [programs] = &page.evaluative_distributions[..] else { panic!("{:#?}", page.evaluative_distributions) };
        assert!(programs.has_multiple_marks && programs.parts.iter().all(|part| part.bar.is_none()));
        assert_eq!(programs.parts.iter().map(|part| part.group.members.len()).collect::<Vec<_>>(), [1, 2]);
    });
}

#[test]
fn separates_non_evaluative_marks() {
    let scale =
        "\n[[scale]]\nid = \"direction\"\ntitle = \"方向性\"\nof = [\"program\"]\nmarks = [{ mark = \"維持\" }]\n";
    let road = "+++\n[judgement]\ndirection = \"維持\"\n+++\n";
    let report = with(&[(STRATEGY.0, &format!("{}{scale}", STRATEGY.1)), ("a/programs/road/2019.md", road)]);
    strategy(&report, "a/index.html", |page| {
        assert_eq!(page.evaluative_distributions, []);
        assert_eq!(
            page.other_distributions.iter().map(|distribution| &*distribution.column.scale).collect::<Vec<_>>(),
            ["方向性"]
        );
    });
}

#[test]
fn groups_policies_by_top_level_goal() {
    let inner = "+++\nname = \"目標の内\"\nparent = \"1\"\n+++\n";
    let second = "+++\nname = \"施策の二\"\ngoal = \"2\"\n[[program]]\nid = \"road\"\nrepeat = true\n+++\n";
    let alone = "+++\nname = \"施策の三\"\n+++\n";
    let sheet = "+++\n[indicator.visitors]\nactual.H30 = 12\nactual.R1 = \"-\"\ntarget.end = \"20以上\"\n+++\n";
    let report = with(&[
        ("a/goals/2/goal.md", inner),
        ("a/policies/2/policy.md", second),
        ("a/policies/3/policy.md", alone),
        ("a/policies/1/2019.md", sheet),
        ("a/programs/road/2019.md", "+++\n[money]\nsettlement.R1 = 12840\nbudget.R1 = 5\n+++\n"),
    ]);
    strategy(&report, "a/index.html", |page| {
        let goal_tables = page.goal_tables.unwrap();
        let goals: Vec<_> =
            goal_tables.tables.iter().map(|table| table.goal.as_ref().and_then(|goal| goal.name)).collect();
        assert_eq!(goals, [Some("目標の一"), None]);
        let lines = |index: usize| -> Vec<_> {
            goal_tables.tables[index]
                .lines
                .iter()
                .map(|line| (line.node.name.unwrap(), line.depth, line.has_children))
                .collect()
        };
        assert_eq!(lines(0), [("目標の内", 0, true), ("施策の二", 1, false), ("施策の一", 0, false)]);
        assert_eq!(lines(1), [("施策の三", 0, false)]);
        assert_eq!(
            goal_tables.amounts.iter().map(|column| column.phase).collect::<Vec<_>>(),
            ["settlement"],
            "no older budget"
        );
        let [_, second, first] = &goal_tables.tables[0].lines[..] else { panic!("{:#?}", goal_tables.tables[0]) };
        let amount = first.amounts[0].as_ref().unwrap();
        assert_eq!((&*amount.gross.sum, amount.gross.yen.as_deref()), ("12,840", Some("1,284万円")));
        let bar = |line: &crate::site::view::GoalTableLine<'_>| line.amounts[0].as_ref().and_then(|amount| amount.bar);
        assert_eq!(bar(first).map(|bar| (bar.gross, bar.net)), Some((1000, 1000)));
        assert_eq!(bar(second).map(|bar| (bar.gross, bar.net)), Some((1000, 0)), "no net sum of repeats");
        let visitors = &first.indicators[0];
        assert_eq!(visitors.latest.as_ref().unwrap().printed, "12", "the newest value that is not missing");
        assert_eq!(visitors.target.as_ref().unwrap().printed, "20以上");
        assert_eq!((first.programs, goal_tables.tables[1].lines[0].amounts[0].as_ref()), (2, None));
    });
}

#[test]
fn omits_table_without_goals_and_policies() {
    let rows = format!("{}\n[[program]]\nid = \"park\"\n", STRATEGY.1);
    let report = super::report(&[(STRATEGY.0, &rows), PARK]);
    strategy(&report, "a/index.html", |page| {
        assert_eq!(page.goal_tables, None);
        assert!(page.rows.is_some());
    });
}
