//! Plausibility checks: lints for figures and text that are valid but contradict each other.
//!
//! [`crate::content`] and [`crate::link`] report content that cannot be interpreted, as errors. The
//! lints report content that can be interpreted but is probably wrong: a total that is not the sum
//! of its rows, a target below the baseline. Real documents contain such contradictions, so findings
//! are warnings, and figures are published as printed until someone has compared them with the source.
//!
//! A finding is resolved in one of two ways: the content is corrected, or, if it matches the source,
//! the finding is acknowledged with a reason by an `[[acknowledge]]` in the same file
//! ([`Acknowledgement`](crate::model::Acknowledgement)). A `[[remark]]` informs readers of the site and
//! silences no findings.
//!
//! Each lint is a file of this folder that defines a [`Lint`]; [`LINTS`] lists them all.
//! [`visit`] provides traversals of the report, [`words`] the analysis of texts; [`open_work`] lists open work by department.

mod account_code;
mod account_order;
mod acknowledge;
mod author_notes;
mod bare_policy;
mod baseline_without_value;
mod bound_direction;
mod broken_sentence;
mod carry_over;
mod contradictory_text;
mod copied_answer;
mod copied_figures;
mod copied_heading;
mod copied_text;
mod departments;
mod direction_after_end;
mod direction_money;
mod easy_target;
mod easy_text;
mod easy_text_figure;
mod easy_text_reading;
mod easy_text_sentence;
mod edition_date;
mod event_date;
mod execution_rate;
mod far_off_value;
mod hidden_series;
mod impossible_date;
mod impossible_year;
mod item_sum;
mod large_image;
mod mark_heading;
mod mark_meaning;
mod mark_method;
mod mark_outcome;
mod mark_words;
mod missing_alt_text;
mod missing_amount;
mod missing_cell;
mod missing_document_url;
mod missing_field;
mod missing_license;
mod missing_mark;
mod missing_publication_date;
mod missing_reason;
mod missing_region_code;
mod missing_section;
mod missing_sheet;
mod missing_value;
mod money_after_end;
mod money_sum;
mod name_slip;
mod named_program;
mod negative_value;
mod number_and_name;
mod number_code;
mod number_position;
mod odd_character;
mod office_words;
mod other_category;
mod other_municipality;
mod part_sum;
mod period;
mod placeholder;
mod planned_end;
mod points_mark;
mod points_sum;
mod printed_value;
mod rank_range;
mod rate_method;
mod rate_shift;
mod raw_html;
mod remnants;
mod repeat_figures;
mod repeated_sentence;
mod repeated_value;
mod revised_value;
mod robust;
mod run_together;
mod same_name;
mod settlement_budget;
mod share_range;
mod similar_name;
mod stale_value;
mod stated_figures;
mod subjects;
mod survey_quadrant;
#[cfg(test)]
mod testing;
mod text_baseline;
mod text_changes;
mod text_context;
mod text_counts;
mod text_figure;
mod text_labels;
mod text_money;
mod text_notes;
mod text_parts;
mod text_products;
mod text_progress;
mod text_records;
mod text_relations;
mod text_remarks;
mod text_rows;
mod text_success;
mod text_sums;
mod text_swapped;
mod text_tables;
mod text_target_years;
mod text_targets;
mod text_trend;
mod text_words;
mod text_years;
mod total_sum;
mod unchanged_text;
mod undeclared_unit;
mod unfilled;
mod unit_cost;
mod unit_differs;
mod unraised_target;
mod unused_file;
mod unwritten;
mod visit;
mod whole_and_groups;
mod words;

pub use departments::open_work;

use crate::diagnostic::{Bilingual, Confidence, Diagnostic, Rule, Span};
use crate::model::Report;
use std::fmt::Display;

/// All lints, in the order of user-facing lists.
pub const LINTS: &[Lint] = &[
    total_sum::LINT,
    part_sum::LINT,
    money_sum::LINT,
    points_sum::LINT,
    item_sum::LINT,
    settlement_budget::LINT,
    carry_over::LINT,
    execution_rate::LINT,
    points_mark::LINT,
    far_off_value::LINT,
    negative_value::LINT,
    share_range::LINT,
    rank_range::LINT,
    whole_and_groups::LINT,
    impossible_year::LINT,
    edition_date::LINT,
    impossible_date::LINT,
    repeated_value::LINT,
    copied_figures::LINT,
    printed_value::LINT,
    same_name::LINT,
    unit_differs::LINT,
    undeclared_unit::LINT,
    repeat_figures::LINT,
    text_figure::LINT,
    contradictory_text::LINT,
    easy_target::LINT,
    unraised_target::LINT,
    bound_direction::LINT,
    missing_value::LINT,
    missing_cell::LINT,
    missing_amount::LINT,
    stale_value::LINT,
    revised_value::LINT,
    baseline_without_value::LINT,
    mark_method::LINT,
    rate_method::LINT,
    survey_quadrant::LINT,
    hidden_series::LINT,
    missing_section::LINT,
    missing_reason::LINT,
    missing_sheet::LINT,
    missing_field::LINT,
    missing_mark::LINT,
    money_after_end::LINT,
    direction_after_end::LINT,
    direction_money::LINT,
    unwritten::LINT,
    bare_policy::LINT,
    number_and_name::LINT,
    number_position::LINT,
    similar_name::LINT,
    account_code::LINT,
    odd_character::LINT,
    run_together::LINT,
    copied_text::LINT,
    unchanged_text::LINT,
    placeholder::LINT,
    raw_html::LINT,
    missing_alt_text::LINT,
    large_image::LINT,
    missing_license::LINT,
    missing_region_code::LINT,
    missing_publication_date::LINT,
    missing_document_url::LINT,
    unused_file::LINT,
    easy_text_sentence::LINT,
    easy_text_reading::LINT,
    easy_text_figure::LINT,
    acknowledge::UNKNOWN,
    acknowledge::UNUSED,
];

/// A lint: its texts and its implementation.
#[derive(Debug, Clone, Copy)]
pub struct Lint {
    /// Rule; acknowledgements reference its code.
    pub rule: Rule,
    /// One-line description of its findings.
    pub title: Bilingual<&'static str>,
    /// Reason for the lint, and its exceptions.
    pub explanation: Bilingual<&'static str>,
    /// Content that causes a finding.
    pub example: &'static str,
    /// Remedy for a finding.
    pub remedy: Bilingual<&'static str>,
    /// Confidence of its findings; a finding may be less certain ([`Findings::add_as`]).
    pub confidence: Confidence,
    run: fn(&Report, &mut Findings),
}

impl Lint {
    /// The lint of `rule`; `None` if the rule is not a lint.
    pub fn of(rule: Rule) -> Option<&'static Self> {
        LINTS.iter().find(|lint| lint.rule == rule)
    }

    /// Returns true if findings can be acknowledged.
    pub fn can_be_acknowledged(&self) -> bool {
        ![Rule::UnknownRule, Rule::UnusedAcknowledgement].contains(&self.rule)
    }

    fn findings(&self, report: &Report) -> Vec<Finding> {
        let mut findings = Findings { rule: self.rule, confidence: self.confidence, found: Vec::new() };
        (self.run)(report, &mut findings);
        findings.found
    }
}

/// A finding of a lint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Diagnostic shown to users.
    pub diagnostic: Diagnostic,
    /// Key path within the file, `money.settlement.R5`, as used by `about` of an acknowledgement.
    pub about: String,
}

/// Collector of the findings of one lint.
#[derive(Debug)]
struct Findings {
    rule: Rule,
    confidence: Confidence,
    found: Vec<Finding>,
}

impl Findings {
    /// Adds a finding with the confidence of the lint.
    fn add(&mut self, span: Span, about: impl Display, message: Bilingual, help: Bilingual) {
        self.add_as(self.confidence, span, about, message, help);
    }

    /// Returns true if there is a finding at `span`.
    fn has(&self, span: Span) -> bool {
        self.found.iter().any(|finding| finding.diagnostic.span() == Some(span))
    }

    /// Adds a finding unless there is one at `span`.
    fn add_first(
        &mut self,
        confidence: Confidence,
        span: Span,
        about: impl Display,
        message: Bilingual,
        help: Bilingual,
    ) {
        if !self.has(span) {
            self.add_as(confidence, span, about, message, help);
        }
    }

    /// Adds a finding with a confidence of its own.
    fn add_as(&mut self, confidence: Confidence, span: Span, about: impl Display, message: Bilingual, help: Bilingual) {
        let diagnostic = Diagnostic::new(self.rule, span, message).confidence(confidence).help(help);
        self.found.push(Finding { diagnostic, about: about.to_string() });
    }
}

/// Findings of all lints in a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// Unacknowledged findings.
    pub open: Vec<Finding>,
    /// Acknowledged findings with the reason given.
    pub acknowledged: Vec<(Finding, String)>,
}

/// Lints of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReviewScope {
    /// All lints.
    #[default]
    Complete,
    /// Lints whose findings are certain. A build reports these: comparing all texts and figures with each other takes as
    /// long as a fifth of the rendering, and what is merely likely needs the time of a person, before publishing.
    Certain,
    /// No lints.
    Nothing,
}

impl ReviewScope {
    fn includes(self, lint: &Lint) -> bool {
        match self {
            Self::Complete => true,
            Self::Certain => lint.confidence == Confidence::Certain,
            Self::Nothing => false,
        }
    }
}

/// Runs the lints of `scope` on `report`.
///
/// The report should be free of errors: a value that could not be parsed is missing from it, which would
/// cause false findings elsewhere.
pub fn review(report: &Report, scope: ReviewScope) -> Review {
    let lints = LINTS.iter().filter(|lint| scope.includes(lint));
    let mut findings: Vec<Finding> = lints.flat_map(|lint| lint.findings(report)).collect();
    departments::assign(report, &mut findings);
    let mut review = acknowledge::apply_acknowledgements(report, findings, scope);
    if scope == ReviewScope::Certain {
        // A rule may be less certain of some findings.
        review.open.retain(|finding| finding.diagnostic.confidence == Confidence::Certain);
    }
    review
}
