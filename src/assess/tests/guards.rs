//! Every guard, with a case that would give a number without it.

use super::{given, in_editions};
use crate::assess::{Guard, Role};
use crate::model::{FiscalYear, YearKind};

const H29: FiscalYear = FiscalYear(2017);
const H30: FiscalYear = FiscalYear(2018);
const R1: FiscalYear = FiscalYear(2019);

fn check(kind: &str, indicator: &str, figures: &str, expect: Guard) {
    let guard = given(&format!("kind = '{kind}'"), indicator, figures).guard();
    assert_eq!(guard, expect, "{kind} | {indicator} | {figures}");
}

const UP: &str = "better = 'higher'; baseline = 'H26'";
const DOWN: &str = "better = 'lower'; baseline = 'H26'";

fn text(words: &str) -> String {
    words.to_owned()
}

#[test]
fn values_that_are_not_there_or_no_numbers() {
    check("ratio", UP, "target.R1 = 10", Guard::NoActual);
    check("ratio", UP, "actual.R1 = '-'; target.R1 = 10", Guard::NoActual);
    check("ratio", UP, "actual.R1 = 10", Guard::NoTarget);
    check("ratio", UP, "actual.R1 = 10; target.H30 = 9", Guard::NoTarget);
    check("progress", "better = 'higher'", "actual.R1 = 10; target.end = 20", Guard::NoBaseline);
    check("progress", UP, "actual.R1 = 10; target.end = 20", Guard::NoBaseline);
    // 上山: 0 against a target that was not set is not a miss of next year's
    check("ratio", UP, "actual.R1 = 0; target.R1 = '-'; target.R2 = 5", Guard::Missing(Role::Target, text("-")));
    let no_baseline = Guard::Missing(Role::Baseline, text("-"));
    check("progress", UP, "actual.H26 = '-'; actual.R1 = 10; target.end = 20", no_baseline);
    // 上田: 前年度比10%増 says nothing of how many
    let relative = Guard::Words(Role::Target, text("前年度比10%増"));
    check("ratio", UP, "actual.R1 = 13; target.R1 = { printed = '前年度比10%増' }", relative);
    let range = Guard::Range(Role::Target, text("3～4"));
    check("ratio", UP, "actual.R1 = 3; target.R1 = { from = 3, to = 4 }", range);
    check("ratio", UP, "actual.R1 = '約300'; target.R1 = 400", Guard::NotExact(Role::Actual, text("約300")));
    check("threshold", UP, "actual.R1 = 300; target.R1 = '約400'", Guard::NotExact(Role::Target, text("約400")));
    check("ratio", "kind = 'words'; method = 'm'", "actual.R1 = '策定'", Guard::Words(Role::Actual, text("策定")));
}

#[test]
fn values_that_are_not_of_their_year() {
    check("ratio", UP, "actual.H26 = 9; target.end = 10", Guard::NothingSinceBaseline);
    check("path", UP, "actual.H26 = 9; actual.R1 = '9 (H26)'; target.end = 10", Guard::NothingSinceBaseline);
    let old = Guard::CarriedForward { measured: FiscalYear(2015), printed_for: R1 };
    check("ratio", UP, "actual.R1 = '18,104 (H27)'; target.end = '18,590 (H32)'", old.clone());
    let every_four = "better = 'higher'; interval = 4";
    check("ratio", every_four, "actual.R1 = '18,104 (H27)'; target.end = '18,590 (H32)'", old);
    let part = "actual.R1 = { value = 7, as_of = '2019-09-30' }; target.R1 = 12";
    check("ratio", UP, part, Guard::Interim(R1));
    // D3: what is expected is never the newest value
    for expected in ["actual.R2 = 9", "actual.R1 = { value = 9, estimated = true }"] {
        let figures = format!("actual.H30 = 7; {expected}; target.H30 = 14");
        assert_eq!(given("kind = 'ratio'", UP, &figures).outcome().formula.figures, "7 ÷ 14", "{expected}");
    }
    // D4: nor is a forecast a target
    check("ratio", UP, "actual.R1 = 33; forecast.R2 = 38", Guard::NoTarget);
    // D6: a value within the year stands beside that of the year
    let beside = "actual.R1 = 9; interim.R1 = { value = 4, as_of = '2019-09-30' }; target.R1 = 12";
    assert_eq!(given("kind = 'ratio'", UP, beside).outcome().formula.figures, "9 ÷ 12");
    // not that there is no actual value
    let part = "actual.H26 = { value = 5, as_of = '2014-09-30' }; actual.R1 = 8; target.R1 = 12";
    check("progress", UP, part, Guard::BaselineNotFinal);
    // 上田: what an interim edition says of its own year
    let interim = in_editions("kind = 'ratio'", UP, &[("interim", "actual.R2 = 7; target.R2 = 12")]);
    assert_eq!(interim.guard(), Guard::Interim(FiscalYear(2020)));
}

#[test]
fn values_that_count_something_else() {
    let broken = "better = 'higher'; baseline = 'H26'; breaks = 'H30'";
    let figures = "actual.H26 = 10; actual.H30 = 15; target.end = 20";
    check("progress", broken, figures, Guard::SeriesBreaks(H30));
    // D1: a value of before the change, a target for after it
    let broken = "better = 'higher'; breaks = 'H30'";
    check("ratio", broken, "actual.H29 = 27; target.end = 17", Guard::SeriesBreaks(H30));
    check("ratio", broken, "actual.H29 = 27; target.R1 = 17", Guard::SeriesBreaks(H30));
    // D2: a target for after the change counts as values after it do, whenever it was printed
    let since = in_editions("kind = 'ratio'", broken, &[("2017", "target.end = 20"), ("2019", "actual.R1 = 15")]);
    assert_eq!(since.outcome().formula.figures, "15 ÷ 20");

    let cumulative = "better = 'higher'; cumulative_from = 'H28'";
    let figures = "actual.H28 = 23; actual.H29 = 19; actual.H30 = 77; actual.R1 = 22; target.end = 400";
    check("ratio", cumulative, figures, Guard::AnnualAgainstCumulative(FiscalYear(2016)));
    check("threshold", cumulative, figures, Guard::AnnualAgainstCumulative(FiscalYear(2016)));
    check("cumulative", "better = 'higher'", figures, Guard::NoCumulativeStart);
    let gap = "actual.H28 = 23; actual.H29 = '-'; actual.H30 = 77; target.end = 400";
    check("cumulative", cumulative, gap, Guard::GapInSum(H29));
    check("cumulative", cumulative, "actual.H28 = 23; actual.H30 = 77; target.end = 400", Guard::GapInSum(H29));
    let windows = "actual.H28 = 23; actual.H29 = '42 (H28/H29)'; target.end = 400";
    check("cumulative", cumulative, windows, Guard::WindowInSum(H29));
    let again = "actual.H28 = 23; actual.H29 = '23 (H28)'; target.end = 400";
    let carried = Guard::CarriedForward { measured: FiscalYear(2016), printed_for: H29 };
    check("cumulative", cumulative, again, carried);
    let breaks = "better = 'higher'; cumulative_from = 'H28'; breaks = 'H30'";
    check("cumulative", breaks, figures, Guard::SeriesBreaks(H30));

    check("ratio", UP, "actual.R1 = '623 (H27/R1)'; target.end = 1063", Guard::WindowsDiffer(5, 1));
    let units = Guard::UnitsDiffer(text("ツアー"), text("人"));
    check("ratio", UP, "actual.R1 = '4 ツアー'; target.R1 = '7 人'", units);
}

#[test]
fn quotients_that_mean_nothing() {
    check("ratio", UP, "actual.R1 = 3; target.R1 = 0", Guard::ZeroTarget);
    check("inverse-ratio", DOWN, "actual.R1 = 0; target.R1 = 5", Guard::ZeroActual);
    check("cagr", UP, "actual.H26 = 0; actual.R1 = 5; target.end = 9", Guard::ZeroBaseline);
    check("path", DOWN, "actual.H26 = 5; actual.R1 = 0; target.end = 2", Guard::ZeroActual);
    check("path", UP, "actual.H26 = 0; actual.R1 = 4; target.R1 = 0", Guard::ZeroExpected);
    check("progress", UP, "actual.H26 = 5; actual.R1 = 6; target.end = 5", Guard::TargetIsBaseline);
    check("cagr", UP, "actual.H26 = 5; actual.R1 = 6; target.end = 5", Guard::TargetIsBaseline);
    // 北上, 住み続けたい: (88.1 − 90.9) ÷ (90 − 90.9) would be 311%
    let beaten = Guard::BaselineBeatsTarget(text("90.9"), text("90%以上"));
    let sumitsuzuketai = "actual.H26 = 90.9; actual.R1 = 88.1; target.end = '90%以上'";
    for kind in ["progress", "cagr", "versus-baseline"] {
        check(kind, "unit = '%'; baseline = 'H26'; better = 'higher'", sumitsuzuketai, beaten.clone());
    }
    let lower = Guard::BaselineBeatsTarget(text("3"), text("5"));
    check("progress", DOWN, "actual.H26 = 3; actual.R1 = 4; target.end = 5", lower);
    // 北上, 転入超過 of H29
    check("ratio", UP, "actual.R1 = '▲124'; target.R1 = 1063", Guard::SignsChange);
    check("ratio", UP, "actual.R1 = '▲5'; target.R1 = '▲10'", Guard::SignsChange);
    check("path", UP, "actual.H26 = '▲5'; actual.R1 = 3; target.end = 5", Guard::SignsChange);
    check("cagr", UP, "actual.H26 = '▲5'; actual.R1 = 3; target.end = 5", Guard::SignsChange);
    check("milestone", "", "actual.R1 = 1.5; target.R1 = 3", Guard::NotSteps);
    check("milestone", "", "actual.R1 = '▲1'; target.R1 = 3", Guard::NotSteps);
}

#[test]
fn directions_and_years_that_are_not_declared() {
    let no_direction = "baseline = 'H26'";
    let figures = "actual.H26 = 10; actual.R1 = 15; target.end = 20";
    for kind in ["progress", "path", "prorated", "cagr", "versus-baseline", "threshold", "maintain"] {
        check(kind, no_direction, figures, Guard::NoDirection);
    }
    let keep = "better = 'maintain'; baseline = 'H26'";
    for kind in ["ratio", "inverse-ratio", "progress", "path", "prorated", "cagr", "versus-baseline", "threshold"] {
        check(kind, keep, figures, Guard::NotForMaintain);
    }
    check("inverse-ratio", UP, figures, Guard::NotLower);
    check("ratio", DOWN, "actual.R1 = 80; target.R1 = '90以上'", Guard::DirectionsDiffer);
    check("ratio", UP, "actual.R1 = 80; target.R1 = '90以下'", Guard::DirectionsDiffer);
    let past = "actual.H26 = 10; actual.R1 = 15; target.end = '20 (H26)'";
    check("path", UP, past, Guard::NoYears);
    check("cagr", UP, past, Guard::NoYears);
    let before_plan = "actual.H24 = 1; actual.H25 = 15; target.H25 = 20";
    check("prorated", "better = 'higher'; baseline = 'H24'", before_plan, Guard::NoPlanYears);
    let early = "actual.H24 = 1; actual.H25 = 15; target.end = 20";
    check("prorated", "better = 'higher'; baseline = 'H24'", early, Guard::NothingSinceBaseline);
}

#[test]
fn every_guard_has_a_sentence_of_its_own_in_both_languages() {
    let (role, year) = (Role::Actual, R1);
    let guards = [
        Guard::NoActual,
        Guard::NoTarget,
        Guard::NoBaseline,
        Guard::NoPrevious,
        Guard::Missing(role, text("-")),
        Guard::Words(role, text("-")),
        Guard::Range(role, text("-")),
        Guard::NotExact(role, text("-")),
        Guard::NothingSinceBaseline,
        Guard::Interim(year),
        Guard::BaselineNotFinal,
        Guard::CarriedForward { measured: H30, printed_for: R1 },
        Guard::SeriesBreaks(year),
        Guard::AnnualAgainstCumulative(year),
        Guard::NoCumulativeStart,
        Guard::GapInSum(year),
        Guard::WindowInSum(year),
        Guard::WindowsDiffer(5, 1),
        Guard::UnitsDiffer(text("人"), text("件")),
        Guard::ZeroTarget,
        Guard::ZeroActual,
        Guard::ZeroBaseline,
        Guard::ZeroExpected,
        Guard::TargetIsBaseline,
        Guard::BaselineBeatsTarget(text("2"), text("1")),
        Guard::SignsChange,
        Guard::NoDirection,
        Guard::NotLower,
        Guard::NotForMaintain,
        Guard::DirectionsDiffer,
        Guard::NoYears,
        Guard::NoPlanYears,
        Guard::NotSteps,
        Guard::BandsReversed,
    ];
    let said: Vec<_> = guards.iter().map(|guard| guard.sentence(YearKind::Fiscal)).collect();
    for (place, sentence) in said.iter().enumerate() {
        assert!(sentence.ja.ends_with('。') && sentence.en.ends_with('.'), "{sentence:?}");
        for other in &said[..place] {
            assert!(sentence.ja != other.ja && sentence.en != other.en, "{sentence:?}");
        }
    }
}
