//! The five reports in `content/`: no diagnostics, and the counts, marks and sums of the printed documents.

use shirube::internals::{
    AmountKey, Analysis, AnalysisOptions, Decimal, Diagnostic, DiskSource, FiscalYear, Judgement, Kind, Lang, NodeId,
    Owner, Report, Row, Sheet, Sources, StrategyIx, Verdict, analyze, merged_amounts, sum_rows, sum_strategy,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

static CONTENT: LazyLock<Analysis> = LazyLock::new(|| {
    let content = DiskSource::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
    analyze(&content, &[], &AnalysisOptions::default()).unwrap()
});

fn strategy(id: &str) -> StrategyIx {
    CONTENT.report.strategies().find(|(_, strategy)| strategy.id == id).unwrap().0
}

fn nodes(ix: StrategyIx, kind: Kind) -> Vec<NodeId> {
    CONTENT.report.nodes(ix).filter(|(_, node)| node.kind == kind).map(|(id, _)| id).collect()
}

fn indicators(ix: StrategyIx) -> usize {
    CONTENT.report.nodes(ix).map(|(_, node)| node.indicators.len()).sum()
}

/// Counts of each mark of a scale over the node judgements of all sheets. Missing marks are counted under their
/// printed placeholder, lost ones under `lost`.
fn marks(ix: StrategyIx, scale: &str) -> BTreeMap<String, usize> {
    tally(ix, scale, sheets(ix).flat_map(|sheet| &sheet.judgements))
}

/// Counts of each mark of a scale over the indicator judgements of all sheets.
fn indicator_marks(ix: StrategyIx, scale: &str) -> BTreeMap<String, usize> {
    tally(ix, scale, sheets(ix).flat_map(|sheet| sheet.figures.values()).flat_map(|figures| &figures.judgements))
}

fn sheets(ix: StrategyIx) -> impl Iterator<Item = &'static Sheet> {
    CONTENT.report.nodes(ix).flat_map(|(_, node)| &node.sheets)
}

fn tally<'r>(ix: StrategyIx, scale: &str, judgements: impl Iterator<Item = &'r Judgement>) -> BTreeMap<String, usize> {
    let scales = &CONTENT.report.strategy(ix).scales;
    let mut counts = BTreeMap::new();
    for judgement in judgements {
        let declared = scales.get(judgement.scale.0).unwrap();
        if declared.id != scale {
            continue;
        }
        match &judgement.verdict {
            Verdict::Marks(marks) => {
                marks.iter().for_each(|mark| *counts.entry(declared.marks[*mark].printed.clone()).or_default() += 1);
            }
            Verdict::Points(points) => *counts.entry(points.printed.clone()).or_default() += 1,
            Verdict::Missing(printed) => *counts.entry(printed.clone()).or_default() += 1,
            Verdict::Lost => *counts.entry("lost".to_owned()).or_default() += 1,
        }
    }
    counts
}

fn counts<const N: usize>(expected: [(&str, usize); N]) -> BTreeMap<String, usize> {
    expected.into_iter().map(|(mark, count)| (mark.to_owned(), count)).collect()
}

fn summary(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let location = sources.format_location(&diagnostic.location);
    format!("{location} {}: {}", diagnostic.rule, diagnostic.message.get(Lang::Ja))
}

fn parse_year(short: &str) -> FiscalYear {
    FiscalYear::parse(short).unwrap()
}

#[test]
fn the_reports_have_no_open_findings() {
    let findings: Vec<String> = CONTENT.diagnostics.iter().map(|d| summary(d, &CONTENT.sources)).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn counts_match_the_printed_documents() {
    // Counts of goals, policies and programs, of indicators, and of sheets.
    let counted = |id: &str| {
        let ix = strategy(id);
        let kinds = [Kind::Goal, Kind::Policy, Kind::Program].map(|kind| nodes(ix, kind).len());
        (kinds, indicators(ix), sheets(ix).count())
    };
    assert_eq!(counted("kitakami"), ([1, 4, 27], 9, 32));
    // The indicators are 9 目標値, 11 活動指標 and 8 目標 with values in words.
    assert_eq!(counted("kaminoyama/shinko"), ([6, 6, 8], 28, 14));
    assert_eq!(counted("kaminoyama/sosei"), ([11, 0, 0], 0, 0));
    assert_eq!(counted("hokuto"), ([5, 17, 59], 0, 76));
    assert_eq!(counted("memuro"), ([0, 0, 7], 0, 7));
    assert_eq!(counted("ueda"), ([0, 5, 18], 31, 18));
}

#[test]
fn kitakami_marks_match_its_27_programs() {
    let ix = strategy("kitakami");
    assert_eq!(nodes(ix, Kind::Program).len(), 27);
    assert_eq!(nodes(ix, Kind::Policy).len(), 4);
    assert_eq!(indicators(ix), 9);
    assert_eq!(marks(ix, "status"), counts([("順調", 12), ("概ね順調", 7), ("遅れている", 5), ("-", 3)]));
    assert_eq!(indicator_marks(ix, "grade"), counts([("B", 1), ("C", 3), ("D", 5)]));
    assert_eq!(marks(ix, "direction"), counts([("継続", 14), ("完了", 10), ("縮小", 2), ("拡充", 1)]));
}

#[test]
fn hokuto_has_65_rows_63_in_r5_and_64_in_r6() {
    let ix = strategy("hokuto");
    let rows: Vec<_> = nodes(ix, Kind::Policy).into_iter().flat_map(|id| &CONTENT.report.node(id).rows).collect();
    let in_year = |year: &str| {
        let printed = |row: &&&Row| row.years.as_ref().is_none_or(|years| years.contains(&parse_year(year)));
        rows.iter().filter(printed).count()
    };
    assert_eq!((rows.len(), in_year("R5"), in_year("R6")), (65, 63, 64));
    assert_eq!(rows.iter().filter(|row| row.repeat).count(), 16);
    assert_eq!(marks(ix, "evaluation"), counts([("Ａ", 2), ("Ｂ", 10), ("Ｃ", 5)]));
    // Each program is counted once: the document has 94 labels, 9 of them on repeated rows.
    assert_eq!(marks(ix, "funding"), counts([("単独事業", 79), ("補助事業", 6)]));
}

#[test]
fn hokuto_sums_repeats_in_gross_but_not_in_net() {
    let ix = strategy("hokuto");
    let totals = sum_strategy(&CONTENT.report, ix);
    let sum = |kind: AmountKey, year: &str| totals[&kind][&parse_year(year)];
    let settled = sum(AmountKey::SETTLEMENT, "R5");
    assert_eq!((settled.gross, settled.net), (Decimal::from(526_586), Decimal::from(431_295)));
    let budgeted = sum(AmountKey::BUDGET, "R6");
    assert_eq!((budgeted.gross, budgeted.net), (Decimal::from(892_032), Decimal::from(489_010)));
}

#[test]
fn hokuto_34_printed_totals_equal_the_sums_of_their_rows() {
    let ix = strategy("hokuto");
    let mut printed = 0;
    for policy in nodes(ix, Kind::Policy) {
        let node = CONTENT.report.node(policy);
        let sums = sum_rows(&CONTENT.report, Owner::Node(policy));
        for (kind, years) in merged_amounts(&node.sheets, |sheet| &sheet.total) {
            for (year, cell) in years {
                printed += 1;
                let sum = sums.get(&kind).and_then(|years| years.get(&year)).map_or(Decimal::ZERO, |sum| sum.gross);
                assert_eq!(cell.value.decimal(), Some(sum), "policy {} {} {year}", node.id, kind.phase.kind.key());
            }
        }
    }
    assert_eq!(printed, 34);
    assert_eq!(nodes(ix, Kind::Policy).len(), 17);
}

#[test]
fn kaminoyama_sums_match_in_four_columns() {
    let ix = strategy("kaminoyama/shinko");
    let totals = sum_strategy(&CONTENT.report, ix);
    let sum = |kind: AmountKey, year: &str| totals[&kind][&parse_year(year)].net;
    assert_eq!(sum(AmountKey::BUDGET, "R3"), Decimal::from(66_679));
    assert_eq!(sum(AmountKey::SETTLEMENT, "R3"), Decimal::from(49_601));
    assert_eq!(sum(AmountKey::PLAN, "R4"), Decimal::from(68_055));
    assert_eq!(sum(AmountKey::PLAN, "R5"), Decimal::from(66_483));
    assert_eq!(staff(&CONTENT.report, ix), ["6.2", "5.5", "6.2", "6.2"]);
}

/// Sums of staff over all programs: R3 budget, R3 actual, R4 plan, R5 plan.
fn staff(report: &Report, ix: StrategyIx) -> [String; 4] {
    let columns =
        [(AmountKey::BUDGET, "R3"), (AmountKey::SETTLEMENT, "R3"), (AmountKey::PLAN, "R4"), (AmountKey::PLAN, "R5")];
    columns.map(|(kind, year)| {
        let amounts = nodes(ix, Kind::Program).into_iter().map(|program| {
            let staff = merged_amounts(&report.node(program).sheets, |sheet| &sheet.staff);
            staff.get(&kind).and_then(|years| years.get(&parse_year(year))?.value.decimal()).unwrap_or_default()
        });
        amounts.sum::<Decimal>().to_string()
    })
}

#[test]
fn memuro_has_seven_programs_and_no_edition_year() {
    let ix = strategy("memuro");
    assert_eq!(nodes(ix, Kind::Program).len(), 7);
    assert_eq!(marks(ix, "status"), counts([("実施", 6), ("未実施", 1), ("予定", 4)]));
    assert!(CONTENT.report.strategy(ix).editions.iter().all(|edition| edition.year.is_none()));
}

#[test]
fn ueda_marks_are_all_lost() {
    let ix = strategy("ueda");
    assert_eq!(nodes(ix, Kind::Program).len(), 18);
    assert_eq!(indicators(ix), 31);
    assert_eq!(marks(ix, "progress"), counts([("lost", 18)]));
}
