//! Parsed models of excerpts from the five reports (`fixtures/examples`), and of one strategy over four editions.

use shirube::internals::{
    AmountKey, AnalysisOptions, Column, DiskSource, FiscalYear, Kind, Lang, Node, NodeId, Owner, ReferenceTarget,
    Report, Series, StrategyIx, Verdict, analyze, merged_amounts, sum_rows, to_json,
};
use std::path::{Path, PathBuf};

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path)
}

/// Reads the content folder `path`, or only its `units`, and asserts that there are no findings.
fn read(path: &str, units: &[&str]) -> Report {
    let only: Vec<String> = units.iter().map(|unit| (*unit).to_owned()).collect();
    let loaded = analyze(&DiskSource::new(&fixture(path)), &only, &AnalysisOptions::default()).unwrap();
    let findings = loaded.diagnostics.iter().map(|d| {
        let location = loaded.sources.format_location(&d.location);
        format!("{location} {}: {}", d.rule, d.message.get(Lang::Ja))
    });
    assert_eq!(findings.collect::<Vec<_>>(), Vec::<String>::new());
    loaded.report
}

/// Reads the example of `unit` and compares the `report.json` of each strategy with its golden file.
///
/// `SNAPSHOTS=overwrite` updates the golden files.
fn example(unit: &str) -> Report {
    let report = read("examples", &[unit]);
    for (ix, strategy) in report.strategies() {
        let json = String::from_utf8(to_json(&report, ix).unwrap()).unwrap();
        let golden = fixture("examples").join(&strategy.id).join("report.json");
        snapbox::assert_data_eq!(json, snapbox::Data::read_from(&golden, Some(snapbox::data::DataFormat::Text)).raw());
    }
    report
}

fn find(report: &Report, kind: Kind, id: &str) -> NodeId {
    let mut nodes = report.strategies().flat_map(|(ix, _)| report.nodes(ix));
    nodes.find(|(_, node)| (node.kind, node.id.as_str()) == (kind, id)).unwrap().0
}

fn node<'r>(report: &'r Report, kind: Kind, id: &str) -> &'r Node {
    report.node(find(report, kind, id))
}

fn parse_year(short: &str) -> FiscalYear {
    FiscalYear::parse(short).unwrap()
}

#[test]
fn kitakami_carries_census_values_forward() {
    let report = example("kitakami");
    let series = Series::merged(node(&report, Kind::Policy, "3"), 0);
    let measured: Vec<i32> = series.actual.iter().map(|cell| cell.measured().0).collect();
    assert_eq!(measured, [2010, 2015, 2015, 2015, 2015, 2015], "two surveys cover six years");
    let carried: Vec<bool> = series.actual.iter().map(|cell| cell.carried_forward()).collect();
    assert_eq!(carried, [true, false, true, true, true, true]);
    let goal = Series::merged(node(&report, Kind::Goal, "2"), 0);
    let window = goal.actual_at_year(parse_year("H29")).unwrap().value;
    assert_eq!((window.printed.as_str(), window.measured.unwrap().from), ("▲124 (H25～29)", parse_year("H25")));
}

#[test]
fn kaminoyama_links_two_strategies_and_an_outside_policy() {
    let report = example("kaminoyama");
    let program = find(&report, Kind::Program, "kurort");
    let goal = find(&report, Kind::Goal, "hataraite-koryu");
    assert_eq!(report.relations(program).links, [ReferenceTarget::Node(goal)]);
    assert_eq!(report.relations(goal).linked_from, [program]);
    let also = &report.row(report.relations(program).places[0]).also[0];
    let Some(ReferenceTarget::Unpublished(outside)) = report.resolve(program.strategy, also) else {
        panic!("not an outside node")
    };
    assert_eq!(report.unpublished(outside).name.as_deref(), Some("体験型観光の推進"));
}

#[test]
fn hokuto_repeats_rows_with_and_without_a_home() {
    let report = example("hokuto");
    let home = |program: &str| report.home(find(&report, Kind::Program, program)).map(|place| place.owner);
    assert_eq!(home("furusato-nozei"), Some(Owner::Node(find(&report, Kind::Policy, "34-3"))));
    assert_eq!(home("sdgs"), None);

    let policy = find(&report, Kind::Policy, "35-5");
    let rows = sum_rows(&report, Owner::Node(policy));
    let printed = merged_amounts(&report.node(policy).sheets, |sheet| &sheet.total);
    for (kind, year) in [(AmountKey::SETTLEMENT, "R5"), (AmountKey::BUDGET, "R6")] {
        let total = printed[&kind][&parse_year(year)].value.decimal();
        assert_eq!(total, Some(rows[&kind][&parse_year(year)].gross), "the printed total includes repeats");
    }
    let wine =
        &node(&report, Kind::Program, "wine-shinko").sheets[0].money.by_year[&AmountKey::SETTLEMENT][&parse_year("R5")];
    let parts = wine.parts.iter().filter_map(|part| part.value.decimal()).sum();
    assert_eq!(wine.decimal(), Some(parts));
}

#[test]
fn memuro_has_no_year_and_two_marks_in_one_judgement() {
    let report = example("memuro");
    let ix = StrategyIx(0);
    assert_eq!(report.strategy(ix).editions[0].year, None);
    let sheet = &node(&report, Kind::Program, "taito-sumida").sheets[0];
    assert_eq!(sheet.judgements[0].verdict, Verdict::Marks(vec![0, 2]));
    assert_eq!(report.rows(Owner::Strategy(ix)).count(), 1, "a row directly under the strategy");
}

#[test]
fn ueda_is_interim_with_a_bound_and_lost_marks() {
    let report = example("ueda");
    let program = node(&report, Kind::Program, "3-1");
    assert_eq!(program.sheets[0].judgements[0].verdict, Verdict::Lost);
    let edition = &report.strategy(StrategyIx(0)).editions[0];
    assert_eq!((edition.as_of.as_deref(), edition.as_of_estimated), (Some("2017-09-30"), true));
    let target = &Series::merged(program, 0).target[0];
    assert_eq!(target.value.printed, "12回以上");
}

#[test]
fn later_editions_revise_figures_and_targets() {
    let report = read("editions", &[]);
    let policy = node(&report, Kind::Policy, "iju");
    let series = Series::merged(policy, 0);
    let actual: Vec<_> = series.actual.iter().map(|cell| (cell.column.short(), cell.value.printed.as_str())).collect();
    let expected = [("R1", "40"), ("R2", "49"), ("R3", "61"), ("R4", "73")];
    assert_eq!(actual, expected.map(|(year, value)| (year.to_owned(), value)));
    let revisions: Vec<_> = series
        .revisions
        .iter()
        .map(|r| (r.column, r.before.value.printed.as_str(), r.after.value.printed.as_str(), r.after.edition.0))
        .collect();
    let expected = [
        (Column::Year(parse_year("R2")), "52", "49", 1),
        (Column::End, "80", "100", 2),
        (Column::Year(parse_year("R4")), "30", "73", 3),
    ];
    assert_eq!(
        revisions, expected,
        "a recount, a target raised by the interim edition, a final figure that replaces an interim one"
    );
    assert_eq!(
        Series::from_sheet(&policy.sheets[0], 0).target[0].value.printed,
        "80",
        "the sheet keeps its printed value"
    );
}

#[test]
fn editions_rename_split_and_end_programs() {
    let report = read("editions", &[]);
    let renamed = node(&report, Kind::Program, "akiya-katsuyo");
    assert_eq!(renamed.formerly.iter().map(|former| former.id.as_str()).collect::<Vec<_>>(), ["akiya-bank"]);
    let printed: Vec<_> = renamed.printed.iter().map(|(year, name)| (year.short(), name.name.as_str())).collect();
    assert_eq!(printed, ["R2", "R3"].map(|year| (year.to_owned(), "空き家バンク事業")));

    let split = report.relations(find(&report, Kind::Program, "sodan"));
    let heirs: Vec<_> = split.succeeded_by.iter().map(|id| report.node(*id).id.as_str()).collect();
    assert_eq!(heirs, ["otameshi", "sodan-madoguchi"]);

    let rows = |year: &str| {
        let policy = Owner::Node(find(&report, Kind::Policy, "iju"));
        report
            .rows(policy)
            .filter(|(row, _)| row.applies_in(parse_year(year)))
            .map(|(row, _)| row.program.id.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(rows("R3"), ["akiya-katsuyo", "sodan", "fair"]);
    assert_eq!(rows("R4"), ["akiya-katsuyo", "sodan-madoguchi", "otameshi"]);
}

#[test]
fn printed_totals_equal_the_sums_of_rows() {
    let report = read("editions", &[]);
    let policy = find(&report, Kind::Policy, "iju");
    let sums = sum_rows(&report, Owner::Node(policy));
    for (kind, years) in merged_amounts(&report.node(policy).sheets, |sheet| &sheet.total) {
        for (year, cell) in years {
            assert_eq!(cell.value.decimal(), Some(sums[&kind][&year].gross), "{year}");
        }
    }
}
