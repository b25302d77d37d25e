//! Tests of the relations between nodes: the tree, home rows and repeats, links and series.

use crate::content::tests::{load, load_clean, node, rules};
use crate::diagnostic::Rule;
use crate::model::{
    AmountKey, Column, Decimal, FiscalYear, KeyFigures, Kind, NodeId, Owner, ReferenceTarget, Series, SeriesKind,
    StrategyIx, merged_amounts,
};
use crate::workspace::Analysis;

const S: StrategyIx = StrategyIx(0);

fn id(loaded: &Analysis, kind: Kind, id: &str) -> NodeId {
    let mut nodes = loaded.report.strategies().flat_map(|(ix, _)| loaded.report.nodes(ix));
    nodes.find(|(_, node)| node.kind == kind && node.id == id).unwrap().0
}

fn ids_of(loaded: &Analysis, ids: &[NodeId]) -> Vec<String> {
    ids.iter().map(|id| loaded.report.node(*id).id.clone()).collect()
}

fn target_id(loaded: &Analysis, target: ReferenceTarget) -> String {
    match target {
        ReferenceTarget::Strategy(ix) => loaded.report.strategy(ix).id.clone(),
        ReferenceTarget::Node(id) => loaded.report.node(id).id.clone(),
        ReferenceTarget::Indicator(id) => loaded.report.node(id.node).indicators[id.indicator as usize].id.clone(),
        ReferenceTarget::Unpublished(id) => loaded.report.unpublished(id).reference.to_string(),
    }
}

fn strategy(rest: &str) -> String {
    format!("title = \"x\"\npublisher = \"x\"\nmissing = [\"-\"]\n{rest}")
}

fn file(front_matter: &str) -> String {
    format!("+++\nname = \"x\"\n{front_matter}\n+++\n")
}

#[test]
fn keeps_order_and_nesting_of_goals_declared_in_strategy_toml() {
    let goals = "[[goal]]\nid = \"b\"\nname = \"B\"\n[[goal]]\nid = \"b1\"\nparent = \"b\"\nname = \"B1\"\n[[goal]]\nid = \"a\"\nname = \"A\"\n";
    let loaded = load_clean(&[
        ("s/strategy.toml", &strategy(&format!("{goals}[[edition]]\nid = \"e\"\nlabel = \"x\"\n"))),
        ("s/goals/b/e.md", "declared in strategy.toml, with a sheet of its own\n"),
        ("s/goals/z/goal.md", &file("parent = \"b\"")),
        ("s/policies/1/policy.md", &file("goal = \"b1\"")),
        ("s/policies/2/policy.md", &file("")),
    ]);
    assert_eq!(ids_of(&loaded, loaded.report.roots(S)), ["b", "a", "2"]);
    let b = loaded.report.relations(id(&loaded, Kind::Goal, "b"));
    assert_eq!(ids_of(&loaded, &b.children), ["b1", "z"]);
    let policy = loaded.report.relations(id(&loaded, Kind::Policy, "1"));
    assert_eq!(policy.parent, Some(id(&loaded, Kind::Goal, "b1")));
    assert_eq!(node(&loaded, "b").sheets.len(), 1);
}

#[test]
fn home_of_a_program_is_its_row_without_repeat() {
    let loaded = load_clean(&[
        ("s/strategy.toml", &strategy("[[program]]\nid = \"c\"\n")),
        (
            "s/policies/1/policy.md",
            &file("[[program]]\nid = \"a\"\nrepeat = true\n[[program]]\nid = \"b\"\nrepeat = true"),
        ),
        ("s/policies/2/policy.md", &file("[[program]]\nid = \"a\"\n[[program]]\nid = \"b\"\nrepeat = true")),
        ("s/programs/a/program.md", &file("")),
        ("s/programs/b/program.md", &file("")),
        ("s/programs/c/program.md", &file("")),
    ]);
    let home = |program: &str| loaded.report.home(id(&loaded, Kind::Program, program)).map(|place| place.owner);
    assert_eq!(home("a"), Some(Owner::Node(id(&loaded, Kind::Policy, "2"))));
    assert_eq!(home("b"), None, "all its rows are repeats: its home is not published");
    assert_eq!(home("c"), Some(Owner::Strategy(S)));
    let counts = |program: &str| {
        let places = &loaded.report.relations(id(&loaded, Kind::Program, program)).places;
        places.iter().map(|place| place.counts).collect::<Vec<_>>()
    };
    assert_eq!(counts("a"), [false, true]);
    assert_eq!(counts("b"), [true, false], "counted at its first row");
}

#[test]
fn records_links_at_both_ends_across_strategies() {
    let loaded = load_clean(&[
        ("u/new/strategy.toml", &strategy("[[outside]]\nid = \"policy:1-26\"\nname = \"公表されていない施策\"\n")),
        (
            "u/new/policies/1/policy.md",
            &file("links = [\"u/old/goal:2\", \"policy:1-26\", \"strategy:u/old\", \"indicator:policy/2/rate\"]"),
        ),
        (
            "u/new/policies/2/policy.md",
            "+++\nname = \"x\"\n[[indicator]]\nid = \"rate\"\nname = \"x\"\n+++\n[施策1](policy:1)と[施策1](u/new/policy:1)、[自分](policy:2)\n",
        ),
        ("u/old/strategy.toml", &strategy("outline = true\n[[goal]]\nid = \"2\"\nname = \"x\"\n")),
    ]);
    let (one, two) = (id(&loaded, Kind::Policy, "1"), id(&loaded, Kind::Policy, "2"));
    let links = loaded.report.relations(one).links.iter().map(|target| target_id(&loaded, *target)).collect::<Vec<_>>();
    assert_eq!(links, ["2", "policy:1-26", "u/old", "rate"]);
    assert_eq!(loaded.report.relations(id(&loaded, Kind::Goal, "2")).linked_from, [one]);
    assert_eq!(loaded.report.relations(two).linked_from, [one], "a link to an indicator is also a link to its node");
    assert_eq!(
        loaded.report.relations(two).mentions,
        [ReferenceTarget::Node(one)],
        "without duplicates and self-references"
    );
    assert_eq!(loaded.report.relations(one).mentioned_by, [two]);
}

#[test]
fn records_successions_at_both_ends() {
    let loaded = load_clean(&[
        (
            "s/strategy.toml",
            &strategy("[[program]]\nid = \"old\"\n[[program]]\nid = \"east\"\n[[program]]\nid = \"west\"\n"),
        ),
        ("s/programs/old/program.md", &file("")),
        ("s/programs/east/program.md", &file("succeeds = [\"program:old\"]")),
        ("s/programs/west/program.md", &file("succeeds = [\"program:old\"]")),
    ]);
    let old = id(&loaded, Kind::Program, "old");
    assert_eq!(ids_of(&loaded, &loaded.report.relations(old).succeeded_by), ["east", "west"]);
    assert_eq!(loaded.report.relations(id(&loaded, Kind::Program, "east")).succeeds, [old]);
}

#[test]
fn variants_belong_to_policies_with_a_row() {
    let files = |variant: &'static str| {
        [
            (
                "s/strategy.toml",
                strategy("[[edition]]\nid = \"2023\"\nlabel = \"x\"\n[[goal]]\nid = \"1\"\nname = \"x\"\n"),
            ),
            ("s/goals/hous/goal.md", file("")),
            ("s/policies/hous/policy.md", file("")),
            ("s/policies/housing/policy.md", file("[[program]]\nid = \"a\"")),
            ("s/programs/a/program.md", file("")),
            ("s/programs/a/2023.md", "text\n".to_owned()),
            (variant, "text\n".to_owned()),
        ]
    };
    let check = |variant: &'static str| {
        let files = files(variant);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let loaded = load(&files);
        let found = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.rule == Rule::VariantWithoutRow);
        found
            .map(|diagnostic| diagnostic.help.iter().map(|help| help.en.clone()).collect::<String>())
            .collect::<Vec<_>>()
    };
    assert_eq!(check("s/programs/a/2023@housing.md"), [""; 0]);
    assert_eq!(check("s/programs/a/2023@hous.md").len(), 1, "the policy `hous` has no row of the program");
    let suggestion = check("s/programs/a/2023@housin.md").concat();
    assert!(suggestion.contains("`housing`") && !suggestion.contains("`hous`"), "{suggestion}");
}

#[test]
fn reports_a_cycle_of_goals_once_and_breaks_it() {
    let cycle = "[[goal]]\nid = \"a\"\nname = \"x\"\nparent = \"c\"\n[[goal]]\nid = \"b\"\nname = \"x\"\nparent = \"a\"\n[[goal]]\nid = \"c\"\nname = \"x\"\nparent = \"b\"\n";
    let loaded = load(&[("s/strategy.toml", &strategy(cycle))]);
    assert_eq!(rules(&loaded), ["s/strategy.toml:7:10 goal-circle"]);
    assert_eq!(ids_of(&loaded, loaded.report.roots(S)), ["a"]);
}

/// Report with an indicator over three editions: final, interim, final.
fn three_editions() -> Analysis {
    let editions = "[[edition]]\nid = \"2021\"\nlabel = \"x\"\n[[edition]]\nid = \"2022-interim\"\nlabel = \"x\"\nstage = \"interim\"\n[[edition]]\nid = \"2022\"\nlabel = \"x\"\n[[program]]\nid = \"p\"\n";
    load_clean(&[
        ("s/strategy.toml", &strategy(editions)),
        ("s/programs/p/program.md", &file("[[indicator]]\nid = \"i\"\nname = \"x\"")),
        (
            "s/programs/p/2021.md",
            "+++\n[indicator.i]\nactual.R2 = 10\nactual.R3 = 12\ntarget.end = 30\n[money]\nbudget.R3 = 5\n+++\n",
        ),
        ("s/programs/p/2022-interim.md", "+++\n[indicator.i]\nactual.R4 = { value = 7, as_of = \"9月末\" }\n+++\n"),
        (
            "s/programs/p/2022.md",
            "+++\n[indicator.i]\nactual.R2 = 10\nactual.R3 = \"12.0\"\nactual.R4 = 15\nactual.R5 = \"-\"\ntarget.R4 = 14\ntarget.end = 40\n[money]\nbudget.R3 = 6\nbudget.R4 = 7\n+++\n",
        ),
    ])
}

#[test]
fn merged_series_prefers_later_editions() {
    let loaded = three_editions();
    let series = Series::merged(node(&loaded, "p"), 0);
    let actual: Vec<_> =
        series.actual.iter().map(|cell| (cell.column.0, cell.value.printed.as_str(), cell.edition.0)).collect();
    assert_eq!(actual, [(2020, "10", 2), (2021, "12.0", 2), (2022, "15", 2), (2023, "-", 2)]);
    let target: Vec<_> = series.target.iter().map(|cell| (cell.column, cell.value.printed.as_str())).collect();
    assert_eq!(target, [(Column::Year(FiscalYear(2022)), "14"), (Column::End, "40")]);
    let latest = KeyFigures::from_series(loaded.report.strategy(StrategyIx(0)).edition_context(), &series).latest;
    assert_eq!(latest.and_then(|latest| latest.year()), Some(FiscalYear(2022)), "a missing value is not the latest");
}

#[test]
fn only_differing_figures_are_revisions() {
    let loaded = three_editions();
    let series = Series::merged(node(&loaded, "p"), 0);
    let revisions: Vec<_> = series
        .revisions
        .iter()
        .map(|revision| {
            (
                revision.series == SeriesKind::Target,
                revision.before.value.printed.as_str(),
                revision.after.value.printed.as_str(),
            )
        })
        .collect();
    assert_eq!(revisions, [(false, "12", "12.0"), (false, "7", "15"), (true, "30", "40")]);
}

#[test]
fn series_of_a_sheet_has_only_its_own_values() {
    let loaded = three_editions();
    let interim = Series::from_sheet(&node(&loaded, "p").sheets[1], 0);
    assert_eq!((interim.actual.len(), interim.target.len(), interim.revisions.len()), (1, 0, 0));
}

#[test]
fn merged_amounts_prefer_later_editions() {
    let loaded = three_editions();
    let money = merged_amounts(&node(&loaded, "p").sheets, |sheet| &sheet.money);
    let budget: Vec<_> = money[&AmountKey::BUDGET].values().map(|cell| (cell.column.0, cell.value.decimal())).collect();
    assert_eq!(budget, [(2021, Some(Decimal::from(6))), (2022, Some(Decimal::from(7)))]);
}
