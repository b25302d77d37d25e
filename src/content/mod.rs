//! From the files of `content/` to nodes with spans.
//!
//! [`files`] is the only room here that touches the disk: it reads everything into memory.
//! The others turn text into the types of [`crate::model`]; the keys that they read are the
//! fields of those types, where each is explained. Mistakes are collected, never fatal: a
//! file that is half wrong still gives the half that is right, so that one run finds all.
//!
//! But one mistake is said once. A file with a mistake is not held against the others: what
//! they look up in it and do not find is reported when it is mended ([`Parsed::flawed`]).
//!
//! - [`files`]: the folder, read and sorted;
//! - [`memory`]: what was read before, for those who read again after each change;
//! - [`front_matter`]: a file split at its `+++` lines, and its TOML parsed;
//! - [`syntax`]: mistakes in the TOML itself, in plain words;
//! - [`table`]: a TOML table read key by key, with every mistake noted;
//! - [`ids`]: what may be an id, and which are taken;
//! - [`value`]: printed values, years and amounts;
//! - [`judgement`], [`method`], [`node`], [`rows`], [`sheet`], [`strategy`], [`mod@site`]: one for each type.

pub mod files;
mod front_matter;
mod ids;
mod judgement;
mod memory;
mod method;
mod node;
mod rows;
mod sheet;
mod site;
mod strategy;
mod syntax;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod value;

pub use files::{ContentFiles, ReadError, natural, read, read_beside};
pub use ids::is_id;
pub use memory::Reader;

use crate::diagnostic::{Diagnostic, Severity, SourceId, Sources};
use crate::model::{GlossaryTerm, Node, Site, Strategy};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the files say, before anything is linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// `site.toml`.
    pub site: Site,
    /// `glossary.toml`.
    pub glossary: Vec<GlossaryTerm>,
    /// The strategies, in natural order of their paths.
    pub strategies: Vec<Strategy>,
    /// Files with mistakes: what others look up in them and do not find may come of these.
    pub flawed: BTreeSet<SourceId>,
}

/// Reads all files into the types of the model.
pub fn parse(files: &ContentFiles, sources: &Sources) -> (Parsed, Vec<Diagnostic>) {
    Reader::default().parse(files, sources)
}

/// What `site.toml` says, as far as it can be understood.
pub fn site(files: &ContentFiles, sources: &Sources) -> Site {
    site::site(files, sources, &mut Vec::new())
}

/// The strategies that were `read`, and the files around them.
fn put_together(
    files: &ContentFiles,
    sources: &Sources,
    read: Vec<(Strategy, Vec<Diagnostic>)>,
) -> (Parsed, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let site = site::site(files, sources, &mut diagnostics);
    let glossary = site::glossary(files, sources, &mut diagnostics);
    let mut strategies = Vec::with_capacity(read.len());
    for (strategy, mut found) in read {
        strategies.push(strategy);
        diagnostics.append(&mut found);
    }
    let theme = site.theme.as_deref().map(|theme| format!("{}/", theme.trim_end_matches('/')));
    for stray in &files.strays {
        let Some(path) = sources.get(*stray).map(|source| source.path.as_str()) else { continue };
        if theme.as_deref().is_none_or(|theme| !path.starts_with(theme)) {
            diagnostics.push(files::out_of_place(path, *stray));
        }
    }
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let flawed = errors.filter_map(|diagnostic| Some(diagnostic.span?.source)).collect();
    (Parsed { site, glossary, strategies, flawed }, diagnostics)
}

impl Parsed {
    /// Takes out the sheets of editions that are still drafts.
    pub fn hide_drafts(&mut self) {
        for strategy in &mut self.strategies {
            let Strategy { editions, nodes, .. } = strategy;
            let published = |place: usize| editions.get(place).is_some_and(|edition| !edition.draft);
            let with_drafts = |node: &&mut Arc<Node>| node.sheets.iter().any(|sheet| !published(sheet.edition.0));
            for node in nodes.iter_mut().filter(with_drafts) {
                Arc::make_mut(node).sheets.retain(|sheet| published(sheet.edition.0));
            }
        }
    }
}
