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
//! Each rule is a file of this folder with its [`Rule`]; [`RULES`] lists them all.
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

pub use departments::{Owed, owed};

use crate::diagnostic::{Bilingual, Diagnostic, Span};
use crate::model::Report;
use std::fmt::Display;

/// All rules, in the order in which they are explained to users.
pub const RULES: &[Rule] = &[
    total_sum::RULE,
    part_sum::RULE,
    far_off_value::RULE,
    unit_differs::RULE,
    unsaid_unit::RULE,
    repeat_figures::RULE,
    easy_target::RULE,
    unraised_target::RULE,
    missing_value::RULE,
    stale_value::RULE,
    baseline_without_value::RULE,
    mark_method::RULE,
    hidden_series::RULE,
    missing_section::RULE,
    missing_reason::RULE,
    missing_sheet::RULE,
    missing_mark::RULE,
    money_after_end::RULE,
    unwritten::RULE,
    bare_policy::RULE,
    number_and_name::RULE,
    odd_character::RULE,
    run_together::RULE,
    raw_html::RULE,
    wordless_picture::RULE,
    unused_file::RULE,
    acknowledge::UNKNOWN,
    acknowledge::UNUSED,
];

/// One rule: what it is called, what it finds, and how.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name, in kebab case: what an acknowledgement names. It never changes.
    pub name: &'static str,
    /// What it finds, in one line of Japanese.
    pub ja: &'static str,
    /// What it finds, in one line of English.
    pub en: &'static str,
    run: fn(&Report, &mut Findings),
}

impl Rule {
    fn findings(&self, report: &Report) -> Vec<Finding> {
        let mut findings = Findings { rule: self.name, found: Vec::new() };
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
    rule: &'static str,
    found: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, span: Span, about: impl Display, message: Bilingual, help: Bilingual) {
        let diagnostic = Diagnostic::warning(self.rule, span, message).help(help);
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
    let findings = RULES.iter().flat_map(|rule| rule.findings(report)).collect();
    acknowledge::sort_out(report, findings)
}
