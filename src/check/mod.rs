//! The report read as an auditor would: what is printed, but cannot all be right.
//!
//! The readers of [`crate::content`] and [`crate::link`] find what cannot be understood; these
//! are errors. The rules here find what is understood and looks wrong: a total that is not the
//! sum of its rows, a target below the baseline. Such things stand in real documents, so they
//! are warnings, and the figure stays as printed until someone has compared it with the source.
//!
//! A finding leaves in one of two ways. Either the content is corrected, or it is as the source
//! has it, and then `[[acknowledge]]` says so with a reason, in the file in which the finding
//! stands ([`Acknowledgement`](crate::model::Acknowledgement)). A `[[remark]]` speaks to readers
//! and silences nothing.
//!
//! Each rule is a file of this folder with its [`Lint`]; [`LINTS`] lists them all.
//! [`walk`] goes through the report for them; [`owed`] says which department has what to do.

mod acknowledge;
mod bare_policy;
mod baseline_without_value;
mod comparable;
mod departments;
mod easy_target;
mod far_off_value;
mod hidden_series;
mod mark_method;
mod missing_mark;
mod missing_reason;
mod missing_section;
mod missing_sheet;
mod missing_value;
mod money_after_end;
mod number_and_name;
mod odd_character;
mod part_sum;
mod raw_html;
mod repeat_figures;
mod run_together;
mod stale_value;
#[cfg(test)]
mod testing;
mod total_sum;
mod unit_differs;
mod unraised_target;
mod unsaid_unit;
mod unused_file;
mod unwritten;
mod walk;
mod wordless_picture;

pub use departments::owed;

use crate::diagnostic::{Bilingual, Diagnostic, Rule, Span};
use crate::model::Report;
use std::fmt::Display;

/// All lints, in the order in which they are listed to users.
pub const LINTS: &[Lint] = &[
    total_sum::LINT,
    part_sum::LINT,
    far_off_value::LINT,
    unit_differs::LINT,
    unsaid_unit::LINT,
    repeat_figures::LINT,
    easy_target::LINT,
    unraised_target::LINT,
    missing_value::LINT,
    stale_value::LINT,
    baseline_without_value::LINT,
    mark_method::LINT,
    hidden_series::LINT,
    missing_section::LINT,
    missing_reason::LINT,
    missing_sheet::LINT,
    missing_mark::LINT,
    money_after_end::LINT,
    unwritten::LINT,
    bare_policy::LINT,
    number_and_name::LINT,
    odd_character::LINT,
    run_together::LINT,
    raw_html::LINT,
    wordless_picture::LINT,
    unused_file::LINT,
    acknowledge::UNKNOWN,
    acknowledge::UNUSED,
];

/// One rule: its texts and its implementation.
#[derive(Debug, Clone, Copy)]
pub struct Lint {
    /// The code; an acknowledgement names it.
    pub rule: Rule,
    /// What it finds, in one line.
    pub title: Bilingual<&'static str>,
    /// Why it matters, and what is not examined.
    pub explanation: Bilingual<&'static str>,
    /// Content in which it finds something.
    pub example: &'static str,
    /// What to write instead.
    pub remedy: Bilingual<&'static str>,
    run: fn(&Report, &mut Findings),
}

impl Lint {
    /// The lint of `rule`, if it is one.
    pub fn of(rule: Rule) -> Option<&'static Self> {
        LINTS.iter().find(|lint| lint.rule == rule)
    }

    /// Whether an acknowledgement can silence its findings.
    pub fn can_be_acknowledged(&self) -> bool {
        ![Rule::UnknownRule, Rule::UnusedAcknowledgement].contains(&self.rule)
    }

    fn findings(&self, report: &Report) -> Vec<Finding> {
        let mut findings = Findings { rule: self.rule, found: Vec::new() };
        (self.run)(report, &mut findings);
        findings.found
    }
}

/// Something that looks wrong, and the key that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is said of it.
    pub diagnostic: Diagnostic,
    /// The key in its file, `money.settlement.R5`, as an acknowledgement can name it.
    pub about: String,
}

/// What one rule has found so far.
#[derive(Debug)]
struct Findings {
    rule: Rule,
    found: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, span: Span, about: impl Display, message: Bilingual, help: Bilingual) {
        let diagnostic = Diagnostic::new(self.rule, span, message).help(help);
        self.found.push(Finding { diagnostic, about: about.to_string() });
    }
}

/// What the rules say of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// What nobody has acknowledged.
    pub open: Vec<Finding>,
    /// What was acknowledged, each with the reason that was given.
    pub acknowledged: Vec<(Finding, String)>,
}

/// Runs all rules over `report`.
///
/// The report should have been read and linked without errors: a value that could not be read
/// is not there, and what misses it would be found wrong in its place.
pub fn review(report: &Report) -> Review {
    let findings = LINTS.iter().flat_map(|lint| lint.findings(report)).collect();
    acknowledge::apply_acknowledgements(report, findings)
}
