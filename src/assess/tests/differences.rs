//! Plain differences.

use super::{Fixture, fixture};
use crate::assess::Difference;
use crate::model::{FiscalYear, Period};
use std::cmp::Ordering;

const UP: &str = "unit = '人'; better = 'higher'; baseline = 'H26'";

/// Formats each difference: `< target 440人` if the actual value is less than the target.
fn differences(fixture: &Fixture) -> Vec<String> {
    let format = |Difference { other, order, text, unit, .. }: &Difference| {
        let symbol = match order {
            Ordering::Less => '<',
            Ordering::Equal => '=',
            Ordering::Greater => '>',
        };
        format!("{symbol} {} {text}{}", other.operand.key(), unit.as_deref().unwrap_or_default())
    };
    fixture.assessment().differences.iter().map(format).collect()
}

fn check_differences(indicator: &str, figures: &str, expect: &[&str]) {
    assert_eq!(differences(&fixture("", indicator, figures)), expect, "{indicator} | {figures}");
}

#[test]
fn differences_need_no_method() {
    // 北上 itself publishes the shortfall of 440.
    check_differences(
        UP,
        "actual.H26 = '865 (H22 ～26)'; actual.H30 = '171 (H26 ～30)'; actual.R1 = '623 (H27 -R1)'; target.end = '1,063 (H28 ～32)'",
        &["< target 440人", "< baseline 242人", "> previous 452人"],
    );
    check_differences(
        "unit = '%'; baseline = 'H26'",
        "actual.H26 = 90.9; actual.H30 = 85.25; actual.R1 = 88.1; target.end = '90%以上'",
        &["< target 1.9%", "< baseline 2.8%", "> previous 2.85%"],
    );
    check_differences("unit = '人'", "actual.R1 = '7.3‰'; target.R1 = '8.5‰'", &["< target 1.2‰"]);
    check_differences(UP, "actual.R1 = '1,000'; target.R1 = 1000", &["= target 0人"]);
    check_differences(UP, "actual.R1 = 3", &[]);
    check_differences(UP, "target.R1 = 3", &[]);
}

#[test]
fn previous_value_is_of_another_measurement() {
    check_differences(
        UP,
        "actual.H26 = '17,453 (H22)'; actual.H30 = '18,104 (H27)'; actual.R1 = '18,104 (H27)'",
        &["> baseline 651人", "> previous 651人"],
    );
}

#[test]
fn omits_differences_of_incomparable_values() {
    for (indicator, figures) in [
        (UP, "actual.R1 = 3; target.R1 = '-'"),
        (UP, "actual.R1 = 3; target.R1 = { printed = '充実' }"),
        (UP, "actual.R1 = '623 (H27/R1)'; target.end = 1063"),
        ("cumulative_from = 'H28'", "actual.R1 = 22; target.end = 400"),
        ("breaks = 'R1'", "actual.H30 = 22; actual.R1 = 90"),
    ] {
        check_differences(indicator, figures, &[]);
    }
}

#[test]
fn distinguishes_windows_of_different_years() {
    let windows = |figures: &str| {
        let difference = fixture("", UP, figures).assessment().differences[0].clone();
        difference.actual.differing_windows(&difference.other)
    };
    let [one, other] =
        [(2015, 2019), (2016, 2020)].map(|(from, to)| Period { from: FiscalYear(from), to: FiscalYear(to) });
    assert_eq!(windows("actual.R1 = '623 (H27 -R1)'; target.end = '1,063 (H28 ～32)'"), Some((one, other)));
    assert_eq!(windows("actual.R1 = '623 (H27 -R1)'; target.end = '1,063 (H27 ～31)'"), None);
    assert_eq!(windows("actual.R1 = '623'; target.end = '1,063'"), None);
}
