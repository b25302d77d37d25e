//! The theme's own words: `texts/ja.toml` and `texts/en.toml`.

use super::error;
use crate::diagnostic::{Diagnostic, SourceId};
use serde::{Deserialize, Serialize};

/// All words of the theme in one language; templates see them as `t`.
///
/// Every key must be there and no other, so that a text can neither be forgotten in one
/// language nor be left behind in another. What stands in `{…}` is filled in by the
/// template that prints the text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    // The frame of every page.
    skip: String,
    home: String,
    trail: String,
    overview: String,
    siblings: String,
    previous: String,
    next: String,
    as_printed: String,
    separator: String,
    colon: String,
    not_found: String,
    not_found_why: String,
    moved: String,
    // Strategies, goals, policies, programs.
    period: String,
    newest: String,
    contents: String,
    outline: String,
    tree: String,
    below: String,
    programs_below: String,
    unplaced_programs: String,
    about: String,
    words: String,
    variant: String,
    category: String,
    department: String,
    account: String,
    name_in: String,
    formerly: String,
    outside: String,
    in_strategy: String,
    // Marks and scales.
    judgement: String,
    judged_in: String,
    judged_by: String,
    judged_before: String,
    not_judged: String,
    lost: String,
    scales: String,
    scales_why: String,
    // Indicators and values.
    indicators: String,
    indicators_why: String,
    indicator_of: String,
    year: String,
    actual: String,
    target: String,
    actual_and_target: String,
    baseline: String,
    latest: String,
    end_of_plan: String,
    in_unit: String,
    unit: String,
    no_value: String,
    no_values: String,
    not_printed: String,
    estimated: String,
    interim_value: String,
    as_of: String,
    inferred: String,
    measured: String,
    sic: String,
    parts: String,
    unplaced: String,
    revisions: String,
    better: String,
    better_higher: String,
    better_lower: String,
    better_maintain: String,
    interval: String,
    every_years: String,
    statistics: String,
    printed_in: String,
    // Programs and what they cost.
    repeat: String,
    repeat_in: String,
    home_at: String,
    home_outside: String,
    only_in: String,
    also_at: String,
    row_number: String,
    costs: String,
    money: String,
    staff: String,
    staff_unit: String,
    budget: String,
    settlement: String,
    planned: String,
    row_amounts: String,
    total_printed: String,
    // Ties to other pages.
    relations: String,
    places: String,
    links: String,
    linked_from: String,
    mentions: String,
    mentioned_by: String,
    succeeds: String,
    succeeded_by: String,
    departments: String,
    departments_why: String,
    contact: String,
    // Editions and their documents.
    remarks: String,
    sources: String,
    document: String,
    page: String,
    published: String,
    year_of_report: String,
    year_not_printed: String,
    interim: String,
    counted_to: String,
    guessed: String,
    judges: String,
    summary: String,
    sheets: String,
    sheets_why: String,
    this_sheet: String,
    address: String,
    running: String,
    other_sheet: String,
}

impl Texts {
    /// Reads a file of texts. `source` is the file, where it is one of the site's own.
    pub fn parse(path: &str, text: &str, source: Option<SourceId>) -> Result<Self, Diagnostic> {
        toml::from_str(text).map_err(|reason| error::of_toml(path, &reason, source))
    }
}
