//! At a glance: marks, goals and money on the page of a strategy; small charts on all pages.

use super::{PARK, STRATEGY, strategy, with};
use crate::site::view::MarkDistributionView;
use crate::site::{View, Viewer, plan};
use crate::texts::Texts;

/// The parts of a bar: mark or reason, how many, where they are listed.
fn parts<'v>(spread: &'v MarkDistributionView<'_>) -> Vec<(&'v str, usize, Option<&'v str>)> {
    let parts = spread.parts.iter().map(|part| {
        let mark = part.group.mark.as_ref().map(|mark| mark.mark).or(part.group.without);
        (mark.unwrap(), part.group.members.len(), part.href.as_deref())
    });
    parts.collect()
}

#[test]
fn marks_are_counted_kind_by_kind_and_what_bears_none_is_counted_as_such() {
    let report = with(&[
        ("a/policies/1/2019.md", "+++\n[judgement]\nstatus = \"-\"\n+++\n"),
        ("a/programs/road/2018.md", "+++\n[judgement]\nstatus = \"◎\"\n+++\n"),
        ("a/programs/road/2019.md", "+++\n[judgement]\nstatus = \"×\"\n+++\n"),
    ]);
    strategy(&report, "a/index.html", |page| {
        let [policies, programs] = &page.verdicts[..] else { panic!("{:#?}", page.verdicts) };
        assert_eq!((policies.label, policies.total, policies.named), (Some("施策"), 1, true));
        assert_eq!(parts(policies), [("◎", 0, None), ("×", 0, None), ("missing", 1, None)]);
        // D8: the edition that counts has one sheet, and that of the year before says nothing of it.
        assert_eq!((programs.total, programs.named), (1, false));
        let poor = "programs.html#group-status-1";
        assert_eq!(parts(programs), [("◎", 0, None), ("×", 1, Some(poor))], "the newest counts");
        let bars: Vec<_> = programs.parts.iter().filter_map(|part| part.bar.as_ref()).collect();
        let bars: Vec<_> = bars.iter().map(|bar| (&*bar.from, &*bar.middle, &*bar.width)).collect();
        assert_eq!(bars, [("0.0%", "50.0%", "100.0%")]);
    });
}

#[test]
fn where_one_bears_several_marks_there_is_no_bar() {
    let road = "+++\n[judgement]\nstatus = [\"◎\", \"×\"]\n+++\n";
    let park = "+++\n[judgement]\nstatus = \"×\"\n+++\n";
    let report = with(&[("a/programs/road/2019.md", road), ("a/programs/park/2019.md", park)]);
    strategy(&report, "a/index.html", |page| {
        let [programs] = &page.verdicts[..] else { panic!("{:#?}", page.verdicts) };
        assert!(programs.several && programs.parts.iter().all(|part| part.bar.is_none()));
        assert_eq!(programs.parts.iter().map(|part| part.group.members.len()).collect::<Vec<_>>(), [1, 2]);
    });
}

#[test]
fn marks_without_a_verdict_stand_apart() {
    let scale =
        "\n[[scale]]\nid = \"direction\"\ntitle = \"方向性\"\nof = [\"program\"]\nmarks = [{ mark = \"維持\" }]\n";
    let road = "+++\n[judgement]\ndirection = \"維持\"\n+++\n";
    let report = with(&[(STRATEGY.0, &format!("{}{scale}", STRATEGY.1)), ("a/programs/road/2019.md", road)]);
    strategy(&report, "a/index.html", |page| {
        assert_eq!(page.verdicts, []);
        assert_eq!(page.spreads.iter().map(|spread| spread.column.scale).collect::<Vec<_>>(), ["方向性"]);
    });
}

#[test]
fn policies_stand_in_a_table_below_the_goal_at_the_top() {
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
        let table = page.branches.unwrap();
        let goals: Vec<_> =
            table.branches.iter().map(|branch| branch.goal.as_ref().and_then(|goal| goal.name)).collect();
        assert_eq!(goals, [Some("目標の一"), None]);
        let lines = |branch: usize| -> Vec<_> {
            table.branches[branch].lines.iter().map(|line| (line.node.name.unwrap(), line.depth, line.heads)).collect()
        };
        assert_eq!(lines(0), [("目標の内", 0, true), ("施策の二", 1, false), ("施策の一", 0, false)]);
        assert_eq!(lines(1), [("施策の三", 0, false)]);
        assert_eq!(
            table.amounts.iter().map(|column| column.kind).collect::<Vec<_>>(),
            ["settlement"],
            "no older budget"
        );
        let [_, second, first] = &table.branches[0].lines[..] else { panic!("{:#?}", table.branches[0]) };
        let amount = first.amounts[0].as_ref().unwrap();
        assert_eq!((&*amount.gross.sum, amount.gross.yen.as_deref()), ("12,840", Some("1,284万円")));
        let bar = |line: &crate::site::view::GoalTableLine<'_>| line.amounts[0].as_ref().and_then(|amount| amount.bar);
        assert_eq!(bar(first).map(|bar| (bar.gross, bar.net)), Some((1000, 1000)));
        assert_eq!(bar(second).map(|bar| (bar.gross, bar.net)), Some((1000, 0)), "a repeat is no net amount");
        let visitors = &first.indicators[0];
        assert_eq!(visitors.latest.as_ref().unwrap().printed, "12", "the newest value that there is");
        assert_eq!(visitors.target.as_ref().unwrap().printed, "20以上");
        assert_eq!((first.programs, table.branches[1].lines[0].amounts[0].as_ref()), (2, None));
    });
}

#[test]
fn a_strategy_without_goals_and_policies_has_no_table() {
    let rows = format!("{}\n[[program]]\nid = \"park\"\n", STRATEGY.1);
    let report = super::report(&[(STRATEGY.0, &rows), PARK]);
    strategy(&report, "a/index.html", |page| {
        assert_eq!(page.branches, None);
        assert!(page.rows.is_some());
    });
}

#[test]
fn the_sparkline_of_a_sheet_shows_that_sheet_alone_whatever_was_drawn_before() {
    let sheet = |values: &str| format!("+++\n[indicator.visitors]\n{values}\n+++\n");
    let report = with(&[
        ("a/policies/1/2018.md", &sheet("actual = { H28 = 5, H29 = 6, H30 = 4 }")),
        ("a/policies/1/2019.md", &sheet("actual.R1 = 9")),
    ]);
    let pages = plan(&report);
    let page = |path: &str| pages.iter().find(|page| page.url.path() == path).unwrap();
    let [running, lasting] = ["a/policies/1.html", "a/policies/1/2018.html"].map(page);
    let spark = |viewer: &Viewer<'_>, page| {
        let indicators = match viewer.view(page) {
            View::Node(page) => page.said.indicators,
            View::Sheet(page) => page.said.indicators,
            _ => panic!("neither"),
        };
        indicators[0].spark.as_ref().unwrap().svg.clone()
    };
    let texts = Texts::of_site(&report.site);
    let viewer = Viewer::new(&report, &texts);
    let first = (spark(&viewer, running), spark(&viewer, lasting));
    let viewer = Viewer::new(&report, &texts);
    let (lasting_first, running_then) = (spark(&viewer, lasting), spark(&viewer, running));
    assert_eq!(first, (running_then, lasting_first));
    assert_ne!(first.0, first.1, "the running page shows both sheets");
}
