//! Tests of indicators: states, comparisons, groups, sources and links.

use super::{load, load_clean, node, rules, sheet};
use crate::model::{
    FiscalYear, IndicatorId, KeyFigures, NodeId, Series, SeriesKind, Step, StrategyIx, ValueContent, state_reached,
};

const STRATEGY: &str = r#"
title = "x"
publisher = "x"
missing = ["-"]
[[edition]]
id = "2023"
label = "x"
year = "R5"
[[program]]
id = "p"
"#;

fn program(indicator: &str) -> String {
    format!("+++\nname = \"x\"\n[[indicator]]\nid = \"i\"\nname = \"x\"\n{indicator}\n+++\n")
}

fn read(indicator: &str, figures: &str) -> crate::workspace::Analysis {
    let sheet = format!("+++\n[indicator.i]\n{figures}\n+++\n");
    load(&[
        ("s/strategy.toml", STRATEGY),
        ("s/programs/p/program.md", &program(indicator)),
        ("s/programs/p/2023.md", &sheet),
    ])
}

const STATES: &str = "kind = \"state\"\nstates = [\"なし\", \"策定中\", \"策定済\"]";

#[test]
fn values_of_states_are_one_of_them() {
    let loaded = read(STATES, "actual.R4 = \"-\"\nactual.R5 = { value = \"策定中\", printed = \"策定中である\" }");
    assert_eq!(rules(&loaded), Vec::<String>::new());
    let actual = &sheet(&loaded, "p").figures[&0].actual;
    assert!(actual[&FiscalYear(2022)].is_missing());
    let value = &actual[&FiscalYear(2023)];
    assert_eq!((value.printed.as_str(), &value.content), ("策定中である", &ValueContent::State(1)));
    for wrong in ["\"策定ずみ\"", "1", "{ printed = \"着手\" }", "{ value = \"着手\" }"] {
        let found = rules(&read(STATES, &format!("actual.R5 = {wrong}")));
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert!(found[0].ends_with("not-a-value"), "{wrong}: {found:?}");
    }
}

#[test]
fn states_belong_to_their_kind() {
    assert_eq!(rules(&read("kind = \"state\"", "")), ["s/programs/p/program.md:3:1 missing-key"]);
    assert_eq!(rules(&read("states = [\"なし\"]", "")), ["s/programs/p/program.md:6:1 unknown-key"]);
    let twice = "kind = \"state\"\nstates = [\"なし\", \"なし\"]";
    assert_eq!(rules(&read(twice, "")), ["s/programs/p/program.md:3:1 duplicate-id"]);
}

#[test]
fn a_state_is_reached_at_or_beyond_that_of_the_target() {
    let reached = |figures: &str| {
        let loaded = read(STATES, figures);
        assert_eq!(rules(&loaded), Vec::<String>::new());
        let node = node(&loaded, "p");
        let context = loaded.report.strategy(StrategyIx(0)).edition_context();
        state_reached(&node.indicators[0], &KeyFigures::from_series(context, &Series::merged(node, 0)))
    };
    assert_eq!(reached("actual.R5 = \"策定済\"\ntarget.R5 = \"策定中\""), Some(true));
    assert_eq!(reached("actual.R5 = \"策定中\"\ntarget.R5 = \"策定中\""), Some(true));
    assert_eq!(reached("actual.R5 = \"なし\"\ntarget.end = \"策定済\""), Some(false));
    assert_eq!(reached("actual.R5 = \"なし\""), None);
    assert_eq!(reached("actual.R5 = { value = \"なし\", as_of = \"2023-09-30\" }\ntarget.R5 = \"策定済\""), None);
}

#[test]
fn comparisons_and_groups_are_series_of_their_own() {
    let declared = "source = { name = \"統計\", url = \"https://pref.example/\" }\n\
        comparison = [{ id = \"ken\", name = \"県平均\" }]\nbreakdown = [{ id = \"m\", name = \"男性\" }]";
    let loaded = read(declared, "actual.R5 = 1\ncomparison.ken.R5 = 2\nbreakdown.m.R5 = 3\nrate.R5 = \"50%\"");
    assert_eq!(rules(&loaded), Vec::<String>::new());
    let node = node(&loaded, "p");
    let figures = &node.sheets[0].figures[&0];
    let series: Vec<_> = figures.values().map(|(series, _, value)| (series, value.printed.as_str())).collect();
    assert_eq!(
        series,
        [
            (SeriesKind::Actual, "1"),
            (SeriesKind::Rate, "50%"),
            (SeriesKind::Comparison(0), "2"),
            (SeriesKind::Breakdown(0), "3"),
        ]
    );
    let indicator = &node.indicators[0];
    assert_eq!(indicator.series_id(SeriesKind::Comparison(0)), Some("ken"));
    assert_eq!(indicator.series_name(SeriesKind::Breakdown(0)), Some("男性"));
    assert_eq!(indicator.source.as_ref().unwrap().url.as_ref().unwrap().as_str(), "https://pref.example/");
    let merged = Series::merged(node, 0);
    assert_eq!((merged.actual.len(), merged.comparisons[&0].len(), merged.breakdowns[&0].len()), (1, 1, 1));
}

#[test]
fn a_scale_keeps_the_name_of_a_later_series() {
    let strategy = format!(
        "{STRATEGY}[[scale]]\nid = \"rate\"\ntitle = \"達成度\"\nof = [\"indicator\"]\nmarks = [{{ mark = \"A\" }}]\n\
         [[scale]]\nid = \"rank\"\ntitle = \"順位\"\nof = [\"program\"]\nmarks = [{{ mark = \"A\" }}]\n"
    );
    let loaded = load_clean(&[
        ("s/strategy.toml", &strategy),
        ("s/programs/p/program.md", &program("")),
        ("s/programs/p/2023.md", "+++\n[indicator.i]\nrate.R5 = \"A\"\nrank.R5 = \"3位\"\n+++\n"),
    ]);
    let figures = &sheet(&loaded, "p").figures[&0];
    assert_eq!((figures.rate.len(), figures.judgements.len(), figures.rank.len()), (0, 1, 1));
}

#[test]
fn indicators_lead_to_indicators_without_cycles() {
    let indicators = |links: [&str; 3]| {
        let declared = ["a", "b", "c"].iter().zip(links).map(|(id, links)| {
            format!("[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nstep = \"output\"\nleads_to = {links}\n")
        });
        let program = format!("+++\nname = \"x\"\n{}+++\n", declared.collect::<String>());
        load(&[("s/strategy.toml", STRATEGY), ("s/programs/p/program.md", &program)])
    };
    let loaded = indicators(["[\"b\", \"indicator:program/p/c\"]", "\"c\"", "[]"]);
    assert_eq!(rules(&loaded), Vec::<String>::new());
    assert_eq!(node(&loaded, "p").indicators[0].step, Some(Step::Output));
    let id = |index| IndicatorId::new(NodeId { strategy: StrategyIx(0), node: 0 }, index);
    assert_eq!(loaded.report.chains().next(id(0)), [id(1), id(2)]);
    assert_eq!(loaded.report.chains().previous(id(2)), [id(0), id(1)]);
    let cycle = indicators(["\"b\"", "\"c\"", "\"a\""]);
    assert_eq!(rules(&cycle), ["s/programs/p/program.md:17:12 indicator-circle"]);
    assert_eq!(rules(&indicators(["\"a\"", "[]", "[]"])), ["s/programs/p/program.md:7:12 indicator-circle"]);
    assert_eq!(rules(&indicators(["\"d\"", "[]", "[]"])), ["s/programs/p/program.md:7:12 unresolved-link"]);
    assert_eq!(rules(&indicators(["\"program:p\"", "[]", "[]"])), ["s/programs/p/program.md:7:12 not-a-reference"]);
}
