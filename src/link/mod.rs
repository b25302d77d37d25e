//! Resolution of references between parsed strategies, which yields a linked [`Report`].
//!
//! - this file: the order of the steps;
//! - [`references`]: index of ids, and resolution of single references;
//! - [`tree`]: parents of goals and policies;
//! - [`rows`]: programs in rows of policies, with their home rows and repeats;
//! - [`related`]: links between nodes, in keys and in texts;
//! - [`chain`]: chains of indicators.

mod chain;
mod references;
mod related;
mod rows;
#[cfg(test)]
mod tests;
mod tree;

use crate::content::{Parsed, Shared};
use crate::diagnostic::{Diagnostic, SourceId, Span};
use crate::model::{Chains, Kind, Relations, Report};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Links all strategies.
///
/// Unresolved references are reported and excluded from the relations of nodes; rows with an unresolved program are
/// dropped.
pub fn link(parsed: Parsed) -> (Report, Vec<Diagnostic>) {
    let Parsed { shared: Shared { site, glossary, strategies: known }, strategies, files_with_errors } = parsed;
    let mut errors = LinkErrors { diagnostics: Vec::new(), files_with_errors, known };
    let index = references::index(&strategies);
    let relations = strategies.iter().map(|s| vec![Relations::default(); s.nodes.len()]).collect();
    let empty = vec![Vec::new(); strategies.len()];
    let current = strategies.iter().map(|strategy| Kind::ALL.map(|kind| strategy.current_edition(kind))).collect();
    let chains = Chains::default();
    let mut report = Report {
        site,
        glossary,
        strategies,
        current,
        relations,
        roots: empty.clone(),
        row_programs: empty,
        index,
        chains,
    };
    references::check(&report, &mut errors);
    let incomplete = rows::drop_unresolved(&mut report, &mut errors);
    tree::link(&mut report, &mut errors);
    rows::link(&mut report, &incomplete, &mut errors);
    related::link(&mut report, &mut errors);
    chain::link(&mut report, &mut errors);
    (report, errors.diagnostics)
}

/// Errors of linking, with what is needed to suppress follow-on errors.
struct LinkErrors {
    diagnostics: Vec<Diagnostic>,
    /// Files with errors; references to entries missing from them are not reported, since the error may be the cause.
    files_with_errors: BTreeSet<SourceId>,
    /// Ids of all strategies of the site.
    known: Arc<[String]>,
}

impl LinkErrors {
    fn add(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Returns true if the file of `span` has errors.
    fn is_flawed(&self, span: Span) -> bool {
        self.files_with_errors.contains(&span.source)
    }
}
