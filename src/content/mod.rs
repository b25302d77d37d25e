//! From the files of `content/` to nodes with spans.
//!
//! [`mod@disk`] is the only room here that touches the disk. The others turn text into the
//! types of [`crate::model`]; the keys that they read are the fields of those types, where
//! each is explained. Mistakes are collected, never fatal: a file that is half wrong still
//! gives the half that is right, so that one run finds all.
//!
//! But one mistake is said once. A file with a mistake is not held against the others: what
//! they look up in it and do not find is reported when it is mended ([`Parsed::flawed`]).
//!
//! - [`source`]: where content comes from, and what is there, unit by unit; [`mod@disk`]: a folder on the disk;
//! - [`files`]: files put in their places;
//! - [`drawing`](mod@drawing): drawings that do more than show something;
//! - [`misnamed`](mod@misnamed): files that would be read if their endings were right;
//! - [`natural`](mod@natural): the order of ids;
//! - [`no_strategy`](mod@no_strategy): a folder in which there is nothing to build;
//! - [`parse_cache`]: what was parsed before, for those who parse again after each change;
//! - [`front_matter`]: a file split at its `+++` lines, and its TOML parsed;
//! - [`syntax`]: mistakes in the TOML itself, in plain words; [`toml_error`]: which they are;
//! - [`table`]: a TOML table read key by key, with every mistake noted;
//! - [`ids`]: what may be an id or the name of a file, and which are taken;
//! - [`value`]: printed values, years and amounts; [`mod@day`]: days;
//! - [`among_words`]: printed values that are more than a number, and how to write them;
//! - [`judgement`], [`method`], [`node`], [`rows`], [`sheet`], [`strategy`], [`mod@site`]: one for each type.

mod among_words;
mod day;
pub mod disk;
mod drawing;
pub mod files;
mod front_matter;
mod href;
mod ids;
mod judgement;
mod language;
mod method;
mod misnamed;
mod natural;
mod no_strategy;
mod node;
mod parse_cache;
mod rows;
mod sheet;
mod site;
mod slips;
pub mod source;
mod strategy;
mod strategy_file;
mod syntax;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod toml_error;
mod value;

pub use among_words::quoted;
pub use disk::DiskSource;
pub use files::ContentFiles;
pub(crate) use href::not_an_address;
pub(crate) use ids::impossible_name;
pub use ids::{is_id, unpublishable};
pub use natural::natural;
pub use no_strategy::no_strategy;
pub use parse_cache::ParseCache;
pub use source::{Files, Folder, Overlay, ReadError, Source};

use crate::diagnostic::{Diagnostic, Severity, SourceId, Sources};
use crate::model::{GlossaryTerm, Node, Site, Strategy};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What all units of a site share. Cheap to copy: each unit is read with a copy of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shared {
    /// `site.toml`.
    pub site: Arc<Site>,
    /// `glossary.toml`.
    pub glossary: Arc<[GlossaryTerm]>,
    /// The ids of all strategies there are, also of those that are not read: by them a link to
    /// another unit is told from one that leads nowhere.
    pub strategies: Arc<[String]>,
}

/// What the files say, before anything is linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// What stands around the strategies.
    pub shared: Shared,
    /// The strategies, in natural order of their paths.
    pub strategies: Vec<Strategy>,
    /// Files with mistakes: what others look up in them and do not find may come of these.
    pub flawed: BTreeSet<SourceId>,
}

/// Reads what all units share, of a site with these `strategies`.
pub fn shared(files: &ContentFiles, strategies: Vec<String>, sources: &Sources) -> (Shared, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let site = Arc::new(site::site(files, sources, &mut diagnostics));
    let glossary = site::glossary(files, sources, &mut diagnostics).into();
    (Shared { site, glossary, strategies: strategies.into() }, diagnostics)
}

/// The strategies that were `read`, and what belongs nowhere.
fn assemble(
    shared: &Shared,
    files: &ContentFiles,
    sources: &Sources,
    read: Vec<(Strategy, Vec<Diagnostic>)>,
) -> (Parsed, Vec<Diagnostic>) {
    let (strategies, found): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let mut diagnostics: Vec<Diagnostic> = found.into_iter().flatten().collect();
    let theme = shared.site.theme.as_deref().map(|theme| format!("{}/", theme.trim_end_matches('/')));
    let of_theme = |path: &str| theme.as_deref().is_some_and(|theme| path.starts_with(theme));
    let strays = files.strays.iter().filter_map(|stray| Some((*stray, sources.get(*stray)?.path.as_str())));
    diagnostics
        .extend(strays.filter(|(_, path)| !of_theme(path)).map(|(stray, path)| files::out_of_place(path, stray)));
    diagnostics.extend(files.linked.iter().map(|path| source::linked(path)));
    diagnostics.extend(files.unreadable.iter().map(|(path, reason)| source::unreadable(path, reason)));
    let by_ending = files.misnamed.iter().filter(|path| !of_theme(path));
    let by_ending = by_ending.filter_map(|path| Some((path.clone(), misnamed::meant(path)?)));
    let by_stem = strategies.iter().flat_map(misnamed_sheets).filter(|(path, _)| !files.misnamed.contains(path));
    let misnamed =
        by_ending.chain(by_stem).filter(|(path, meant)| !misnamed::is_said(path, meant, &diagnostics, sources));
    let mut misnamed: Vec<_> = misnamed.map(|(path, meant)| misnamed::misnamed(&path, &meant)).collect();
    diagnostics.append(&mut misnamed);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let flawed = errors.filter_map(|diagnostic| Some(diagnostic.span()?.source));
    let unreadable = sources.iter().filter(|(_, source)| source.unreadable.is_some()).map(|(id, _)| id);
    let flawed = flawed.chain(unreadable).collect();
    (Parsed { shared: shared.clone(), strategies, flawed }, diagnostics)
}

/// Files that bear the name of a text of their folder but for its ending, with how they should be called.
fn misnamed_sheets(strategy: &Strategy) -> impl Iterator<Item = (String, String)> {
    strategy.nodes.iter().flat_map(move |node| {
        let stems = move || strategy.editions.iter().map(|edition| edition.id.as_str()).chain([node.kind.key()]);
        node.assets.iter().filter_map(move |asset| {
            let meant = misnamed::meant_for(&asset.name, stems())?;
            Some((format!("{}/{}/{}/{}", strategy.id, node.kind.folder(), node.id, asset.name), meant))
        })
    })
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
