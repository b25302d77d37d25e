//! Reasons for missing results; in most cases, the formula alone would give a number.

use super::{fixture, in_editions};
use crate::assess::{NotComputable, Operand};
use crate::model::FiscalYear;

const H29: FiscalYear = FiscalYear(2017);
const H30: FiscalYear = FiscalYear(2018);
const R1: FiscalYear = FiscalYear(2019);

fn check(kind: &str, indicator: &str, figures: &str, expect: NotComputable) {
    let reason = fixture(&format!("kind = '{kind}'"), indicator, figures).reason();
    assert_eq!(reason, expect, "{kind} | {indicator} | {figures}");
}

const UP: &str = "better = 'higher'; baseline = 'H26'";
const DOWN: &str = "better = 'lower'; baseline = 'H26'";

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn rejects_missing_and_non_numeric_values() {
    check("ratio", UP, "target.R1 = 10", NotComputable::NoActual);
    check("ratio", UP, "actual.R1 = '-'; target.R1 = 10", NotComputable::NoActual);
    check("ratio", UP, "actual.R1 = 10", NotComputable::NoTarget);
    check("ratio", UP, "actual.R1 = 10; target.H30 = 9", NotComputable::NoTarget);
    check("progress", "better = 'higher'", "actual.R1 = 10; target.end = 20", NotComputable::NoBaseline);
    check("progress", UP, "actual.R1 = 10; target.end = 20", NotComputable::NoBaseline);
    // 上山: 0 in a year without a target must not be compared with next year's target.
    check(
        "ratio",
        UP,
        "actual.R1 = 0; target.R1 = '-'; target.R2 = 5",
        NotComputable::Missing(Operand::Target, text("-")),
    );
    let no_baseline = NotComputable::Missing(Operand::Baseline, text("-"));
    check("progress", UP, "actual.H26 = '-'; actual.R1 = 10; target.end = 20", no_baseline);
    // 上田: 前年度比10%増 is relative and gives no absolute target.
    let relative = NotComputable::Text(Operand::Target, text("前年度比10%増"));
    check("ratio", UP, "actual.R1 = 13; target.R1 = { printed = '前年度比10%増' }", relative);
    let range = NotComputable::Range(Operand::Target, text("3～4"));
    check("ratio", UP, "actual.R1 = 3; target.R1 = { from = 3, to = 4 }", range);
    check("ratio", UP, "actual.R1 = '約300'; target.R1 = 400", NotComputable::NotExact(Operand::Actual, text("約300")));
    check(
        "threshold",
        UP,
        "actual.R1 = 300; target.R1 = '約400'",
        NotComputable::NotExact(Operand::Target, text("約400")),
    );
    check(
        "ratio",
        "kind = 'words'; method = 'm'",
        "actual.R1 = '策定'",
        NotComputable::Text(Operand::Actual, text("策定")),
    );
}

#[test]
fn rejects_values_measured_in_other_years() {
    check("ratio", UP, "actual.H26 = 9; target.end = 10", NotComputable::NothingSinceBaseline);
    check("path", UP, "actual.H26 = 9; actual.R1 = '9 (H26)'; target.end = 10", NotComputable::NothingSinceBaseline);
    let old = NotComputable::CarriedForward { measured: FiscalYear(2015), printed_for: R1 };
    check("ratio", UP, "actual.R1 = '18,104 (H27)'; target.end = '18,590 (H32)'", old.clone());
    let every_four = "better = 'higher'; interval = 4";
    check("ratio", every_four, "actual.R1 = '18,104 (H27)'; target.end = '18,590 (H32)'", old);
    let part = "actual.R1 = { value = 7, as_of = '2019-09-30' }; target.R1 = 12";
    check("ratio", UP, part, NotComputable::Interim(R1));
    // An estimate is never the latest value.
    for expected in ["actual.R2 = 9", "actual.R1 = { value = 9, estimated = true }"] {
        let figures = format!("actual.H30 = 7; {expected}; target.H30 = 14");
        assert_eq!(fixture("kind = 'ratio'", UP, &figures).outcome().expression, "7 ÷ 14", "{expected}");
    }
    // A forecast is not a target.
    check("ratio", UP, "actual.R1 = 33; forecast.R2 = 38", NotComputable::NoTarget);
    // An interim value does not replace the value of the whole year.
    let with_interim = "actual.R1 = 9; interim.R1 = { value = 4, as_of = '2019-09-30' }; target.R1 = 12";
    assert_eq!(fixture("kind = 'ratio'", UP, with_interim).outcome().expression, "9 ÷ 12");
    // The reason is the baseline, not a missing actual value.
    let part = "actual.H26 = { value = 5, as_of = '2014-09-30' }; actual.R1 = 8; target.R1 = 12";
    check("progress", UP, part, NotComputable::BaselineNotFinal);
    // 上田: value of an interim edition for the year of that edition.
    let interim = in_editions("kind = 'ratio'", UP, &[("interim", "actual.R2 = 7; target.R2 = 12")]);
    assert_eq!(interim.reason(), NotComputable::Interim(FiscalYear(2020)));
}

#[test]
fn rejects_values_that_measure_different_things() {
    let broken = "better = 'higher'; baseline = 'H26'; breaks = 'H30'";
    let figures = "actual.H26 = 10; actual.H30 = 15; target.end = 20";
    check("progress", broken, figures, NotComputable::SeriesBreaks(H30));
    // The value precedes the change of definition, the target follows it.
    let broken = "better = 'higher'; breaks = 'H30'";
    check("ratio", broken, "actual.H29 = 27; target.end = 17", NotComputable::SeriesBreaks(H30));
    check("ratio", broken, "actual.H29 = 27; target.R1 = 17", NotComputable::SeriesBreaks(H30));
    // A target for a year after the change follows the new definition, whenever it was printed.
    let since = in_editions("kind = 'ratio'", broken, &[("2017", "target.end = 20"), ("2019", "actual.R1 = 15")]);
    assert_eq!(since.outcome().expression, "15 ÷ 20");

    let cumulative = "better = 'higher'; cumulative_from = 'H28'";
    let figures = "actual.H28 = 23; actual.H29 = 19; actual.H30 = 77; actual.R1 = 22; target.end = 400";
    check("ratio", cumulative, figures, NotComputable::AnnualAgainstCumulative(FiscalYear(2016)));
    check("threshold", cumulative, figures, NotComputable::AnnualAgainstCumulative(FiscalYear(2016)));
    check("cumulative", "better = 'higher'", figures, NotComputable::NoCumulativeStart);
    let gap = "actual.H28 = 23; actual.H29 = '-'; actual.H30 = 77; target.end = 400";
    check("cumulative", cumulative, gap, NotComputable::GapInSum(H29));
    check("cumulative", cumulative, "actual.H28 = 23; actual.H30 = 77; target.end = 400", NotComputable::GapInSum(H29));
    let windows = "actual.H28 = 23; actual.H29 = '42 (H28/H29)'; target.end = 400";
    check("cumulative", cumulative, windows, NotComputable::WindowInSum(H29));
    let unchanged_value = "actual.H28 = 23; actual.H29 = '23 (H28)'; target.end = 400";
    let carried_forward = NotComputable::CarriedForward { measured: FiscalYear(2016), printed_for: H29 };
    check("cumulative", cumulative, unchanged_value, carried_forward);
    let breaks = "better = 'higher'; cumulative_from = 'H28'; breaks = 'H30'";
    check("cumulative", breaks, figures, NotComputable::SeriesBreaks(H30));

    check("ratio", UP, "actual.R1 = '623 (H27/R1)'; target.end = 1063", NotComputable::WindowsDiffer(5, 1));
    let units = NotComputable::UnitsDiffer(text("ツアー"), text("人"));
    check("ratio", UP, "actual.R1 = '4 ツアー'; target.R1 = '7 人'", units);
}

#[test]
fn rejects_meaningless_quotients() {
    check("ratio", UP, "actual.R1 = 3; target.R1 = 0", NotComputable::ZeroTarget);
    check("inverse-ratio", DOWN, "actual.R1 = 0; target.R1 = 5", NotComputable::ZeroActual);
    check("cagr", UP, "actual.H26 = 0; actual.R1 = 5; target.end = 9", NotComputable::ZeroBaseline);
    check("path", DOWN, "actual.H26 = 5; actual.R1 = 0; target.end = 2", NotComputable::ZeroActual);
    check("path", UP, "actual.H26 = 0; actual.R1 = 4; target.R1 = 0", NotComputable::ZeroExpected);
    check("progress", UP, "actual.H26 = 5; actual.R1 = 6; target.end = 5", NotComputable::TargetIsBaseline);
    check("cagr", UP, "actual.H26 = 5; actual.R1 = 6; target.end = 5", NotComputable::TargetIsBaseline);
    // 北上, 住み続けたい: (88.1 − 90.9) ÷ (90 − 90.9) would be 311%.
    let beaten = NotComputable::BaselineBeatsTarget(text("90.9"), text("90%以上"));
    let sumitsuzuketai = "actual.H26 = 90.9; actual.R1 = 88.1; target.end = '90%以上'";
    for kind in ["progress", "cagr", "versus-baseline"] {
        check(kind, "unit = '%'; baseline = 'H26'; better = 'higher'", sumitsuzuketai, beaten.clone());
    }
    let lower = NotComputable::BaselineBeatsTarget(text("3"), text("5"));
    check("progress", DOWN, "actual.H26 = 3; actual.R1 = 4; target.end = 5", lower);
    // 北上, 転入超過 of H29.
    check("ratio", UP, "actual.R1 = '▲124'; target.R1 = 1063", NotComputable::NegativeValues);
    check("ratio", UP, "actual.R1 = '▲5'; target.R1 = '▲10'", NotComputable::NegativeValues);
    check("path", UP, "actual.H26 = '▲5'; actual.R1 = 3; target.end = 5", NotComputable::NegativeValues);
    check("cagr", UP, "actual.H26 = '▲5'; actual.R1 = 3; target.end = 5", NotComputable::NegativeValues);
    check("milestone", "", "actual.R1 = 1.5; target.R1 = 3", NotComputable::NotMilestoneCounts);
    check("milestone", "", "actual.R1 = '▲1'; target.R1 = 3", NotComputable::NotMilestoneCounts);
}

#[test]
fn rejects_undeclared_directions_and_years() {
    let no_direction = "baseline = 'H26'";
    let figures = "actual.H26 = 10; actual.R1 = 15; target.end = 20";
    for kind in ["progress", "path", "prorated", "cagr", "versus-baseline", "threshold", "maintain"] {
        check(kind, no_direction, figures, NotComputable::NoDirection);
    }
    let keep = "better = 'maintain'; baseline = 'H26'";
    for kind in ["ratio", "inverse-ratio", "progress", "path", "prorated", "cagr", "versus-baseline", "threshold"] {
        check(kind, keep, figures, NotComputable::AimIsToMaintain);
    }
    check("inverse-ratio", UP, figures, NotComputable::RequiresLowerIsBetter);
    check("ratio", DOWN, "actual.R1 = 80; target.R1 = '90以上'", NotComputable::DirectionsDiffer);
    check("ratio", UP, "actual.R1 = 80; target.R1 = '90以下'", NotComputable::DirectionsDiffer);
    let past = "actual.H26 = 10; actual.R1 = 15; target.end = '20 (H26)'";
    check("path", UP, past, NotComputable::UnknownYears);
    check("cagr", UP, past, NotComputable::UnknownYears);
    let before_plan = "actual.H24 = 1; actual.H25 = 15; target.H25 = 20";
    check("prorated", "better = 'higher'; baseline = 'H24'", before_plan, NotComputable::UnknownPlanYears);
    let early = "actual.H24 = 1; actual.H25 = 15; target.end = 20";
    check("prorated", "better = 'higher'; baseline = 'H24'", early, NotComputable::NothingSinceBaseline);
}

#[test]
fn running_totals_are_not_added_up() {
    let totals = "better = 'higher'; target_total_from = 'H30'; actual_total_from = 'H30'";
    let figures = "actual.H30 = 3; actual.R1 = 8; target.R1 = 10";
    check("cumulative", totals, figures, NotComputable::AlreadyTotal);
}

#[test]
fn rejects_bands_that_run_against_the_rate() {
    let mark = |bands: &str, better: &str| {
        let method = format!("kind = 'ratio'; scale = 'grade'; bands = [{bands}]");
        let figures = "actual.R1 = 600; target.R1 = 580";
        fixture(&method, &format!("better = '{better}'"), figures).outcome().marks.unwrap().mark
    };
    assert_eq!(mark("{ from = 100, mark = 'A' }", "higher"), Ok(Some(0)));
    assert_eq!(mark("{ from = 100, mark = 'A' }", "lower"), Err(NotComputable::BandsReversed));
    assert_eq!(mark("{ to = 110, mark = 'A' }", "lower"), Ok(Some(0)));
    assert_eq!(mark("{ to = 110, mark = 'A' }", "higher"), Err(NotComputable::BandsReversed));
}
