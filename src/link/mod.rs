//! From parsed strategies to a linked [`Report`]: every reference resolved, from both ends.
//!
//! - this file: the order of the work;
//! - [`names`]: ids to places, and references that lead nowhere;
//! - [`tree`]: goals above policies;
//! - [`rows`]: programs under policies, their homes and repeats;
//! - [`related`]: links between nodes, in keys and in words.

mod names;
mod related;
mod rows;
#[cfg(test)]
mod tests;
mod tree;

use crate::content::{Parsed, Shared};
use crate::diagnostic::{Diagnostic, SourceId, Span};
use crate::model::{Kind, Relations, Report};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Links all strategies. What does not resolve is reported and left out, so that every
/// reference which the report still holds means something.
pub fn link(parsed: Parsed) -> (Report, Vec<Diagnostic>) {
    let Parsed { shared: Shared { site, glossary, strategies: known }, strategies, flawed } = parsed;
    let mut found = LinkFindings { diagnostics: Vec::new(), flawed, known };
    let names = names::index(&strategies);
    let relations = strategies.iter().map(|s| vec![Relations::default(); s.nodes.len()]).collect();
    let empty = vec![Vec::new(); strategies.len()];
    let current = strategies.iter().map(|strategy| Kind::ALL.map(|kind| strategy.current_edition(kind))).collect();
    let mut report =
        Report { site, glossary, strategies, current, relations, roots: empty.clone(), row_programs: empty, names };
    names::check(&report, &mut found);
    let lost = rows::drop_unresolved(&mut report, &mut found);
    tree::link(&mut report, &mut found);
    rows::link(&mut report, &lost, &mut found);
    related::link(&mut report, &mut found);
    (report, found.diagnostics)
}

/// What linking finds wrong.
struct LinkFindings {
    diagnostics: Vec<Diagnostic>,
    /// Files with mistakes of their own: what is not found there is not reported.
    flawed: BTreeSet<SourceId>,
    /// The ids of all strategies of the site.
    known: Arc<[String]>,
}

impl LinkFindings {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether the file of `span` has mistakes of its own.
    fn is_flawed(&self, span: Span) -> bool {
        self.flawed.contains(&span.source)
    }
}
