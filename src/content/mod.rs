//! Parsing of the files of `content/` into model types with spans.
//!
//! [`mod@disk`] is the only module here with file system access. The others turn text into the
//! types of [`crate::model`]; the keys of the files are documented at the fields of those types.
//! Errors are collected and never fatal: the valid parts of a file are still parsed, so that one
//! run reports all errors.
//!
//! Each error is reported once. Failed lookups in a file with errors are not reported until that
//! file is corrected ([`Parsed::files_with_errors`]), because they may be consequences of those errors.
//!
//! - [`source`]: sources of content and their listings by unit; [`mod@disk`]: the source on disk;
//! - [`files`]: classification of files by path;
//! - [`mod@static_files`]: files that are published unchanged;
//! - [`svg`](mod@svg): SVG files with active content;
//! - [`misnamed`](mod@misnamed): files that are ignored because of a wrong extension;
//! - [`natural`](mod@natural): sort order of ids;
//! - [`no_strategy`](mod@no_strategy): content folders without a strategy;
//! - [`parse_cache`]: cache for incremental parsing;
//! - [`front_matter`]: splitting of files at their `+++` lines, and parsing of the TOML between them;
//! - [`syntax`]: TOML syntax errors in plain language; [`toml_error`]: their kinds; [`common_mistakes`]: specific
//!   help for frequent ones;
//! - [`table`]: key-by-key reading of a TOML table that collects all errors;
//! - [`ids`]: validity and uniqueness of ids, validity of file names;
//! - [`value`]: printed values, years and amounts; [`mod@day`]: dates; [`mod@href`]: external URLs;
//!   [`language`]: language tags;
//! - [`value_help`]: suggestions for printed values that are more than a number;
//! - [`mod@indicator`]: declarations of indicators; [`figures`]: their values in a sheet;
//! - [`judgement`], [`method`], [`node`], [`rows`], [`sheet`], [`strategy`], [`survey`], [`mod@site`]: one module per type;
//! - [`declarations`]: parsed files of a strategy itself, the context for parsing its nodes.

mod amount;
mod common_mistakes;
mod correction;
mod day;
mod declarations;
pub mod disk;
mod easy;
mod field;
mod figures;
pub mod files;
mod front_matter;
mod href;
mod ids;
mod indicator;
mod item;
mod judgement;
mod language;
mod method;
mod misnamed;
mod natural;
mod no_strategy;
mod node;
mod open_data;
mod parse_cache;
mod rows;
mod scale;
mod sheet;
mod site;
pub mod source;
mod static_files;
mod strategy;
mod survey;
mod svg;
mod syntax;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod toml_error;
mod value;
mod value_help;

pub use disk::DiskSource;
pub use files::ContentFiles;
pub(crate) use front_matter::front_matter_regions;
pub(crate) use href::not_an_address;
pub(crate) use ids::impossible_name;
pub use ids::{is_id, unpublishable_reason};
pub use natural::natural_cmp;
pub use no_strategy::report_missing_strategy;
pub use parse_cache::ParseCache;
pub use source::{ContentListing, Files, Overlay, ReadError, Source};
pub use static_files::static_files;
pub use value_help::quoted;

use crate::diagnostic::{Diagnostic, Severity, SourceId, Sources};
use crate::model::{EditionIx, GlossaryTerm, Node, Site, Strategy};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Data shared by all units of a site. Cheap to clone: each unit is parsed with its own clone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shared {
    /// `site.toml`.
    pub site: Arc<Site>,
    /// `glossary.toml`.
    pub glossary: Arc<[GlossaryTerm]>,
    /// Ids of all existing strategies, including those that are not parsed: they distinguish a link to
    /// another unit from a broken link.
    pub strategies: Arc<[String]>,
}

/// The parsed content, before references are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The data shared by all units.
    pub shared: Shared,
    /// The strategies, in natural order of their paths.
    pub strategies: Vec<Strategy>,
    /// Files with errors. Failed lookups in them may be consequences of those errors.
    pub files_with_errors: BTreeSet<SourceId>,
}

/// Parses the data shared by all units of a site. `strategies` are the ids of all its strategies.
pub fn shared(files: &ContentFiles, strategies: Vec<String>, sources: &Sources) -> (Shared, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let site = Arc::new(site::site(files, sources, &mut diagnostics));
    let glossary = site::glossary(files, sources, &mut diagnostics).into();
    (Shared { site, glossary, strategies: strategies.into() }, diagnostics)
}

/// Combines the `parsed` strategies, and reports stray and unreadable files, symbolic links and misnamed files.
fn assemble(
    shared: &Shared,
    files: &ContentFiles,
    sources: &Sources,
    parsed: Vec<(Strategy, Vec<Diagnostic>)>,
) -> (Parsed, Vec<Diagnostic>) {
    let (strategies, diagnostics): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
    let mut diagnostics: Vec<Diagnostic> = diagnostics.into_iter().flatten().collect();
    let theme = shared.site.theme.as_deref().map(|theme| format!("{}/", theme.trim_end_matches('/')));
    let is_in_theme = |path: &str| theme.as_deref().is_some_and(|theme| path.starts_with(theme));
    let strays = files.strays.iter().filter_map(|stray| Some((*stray, sources.get(*stray)?.path.as_str())));
    diagnostics
        .extend(strays.filter(|(_, path)| !is_in_theme(path)).map(|(stray, path)| files::out_of_place(path, stray)));
    diagnostics.extend(files.symlinks.iter().map(|path| source::symlink(path)));
    diagnostics.extend(files.unreadable.iter().map(|(path, reason)| source::unreadable(path, reason)));
    let by_extension = files.misnamed.iter().filter(|path| !is_in_theme(path));
    let by_extension = by_extension.filter_map(|path| Some((path.clone(), misnamed::expected_name(path)?)));
    let by_stem = strategies.iter().flat_map(misnamed_sheets).filter(|(path, _)| !files.misnamed.contains(path));
    let misnamed = by_extension
        .chain(by_stem)
        .filter(|(path, expected_name)| !misnamed::is_already_reported(path, expected_name, &diagnostics, sources));
    let mut misnamed: Vec<_> =
        misnamed.map(|(path, expected_name)| misnamed::misnamed(&path, &expected_name)).collect();
    diagnostics.append(&mut misnamed);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let files_with_errors = errors.filter_map(|diagnostic| Some(diagnostic.span()?.source));
    let unreadable = sources.iter().filter(|(_, source)| source.unreadable.is_some()).map(|(id, _)| id);
    let files_with_errors = files_with_errors.chain(unreadable).collect();
    (Parsed { shared: shared.clone(), strategies, files_with_errors }, diagnostics)
}

/// Paths of assets that have the stem of a sheet or node file but a wrong extension, each with its corrected name.
fn misnamed_sheets(strategy: &Strategy) -> impl Iterator<Item = (String, String)> {
    strategy.nodes.iter().flat_map(move |node| {
        let stems = move || strategy.editions.iter().map(|edition| edition.id.as_str()).chain([node.kind.key()]);
        node.assets.iter().filter_map(move |asset| {
            let expected_name = misnamed::expected_markdown_name(&asset.name, stems())?;
            Some((format!("{}/{}/{}/{}", strategy.id, node.kind.folder(), node.id, asset.name), expected_name))
        })
    })
}

impl Parsed {
    /// Removes the sheets of draft editions.
    pub fn hide_drafts(&mut self) {
        for strategy in &mut self.strategies {
            let Strategy { editions, nodes, .. } = strategy;
            let published = |edition: EditionIx| editions.get(edition.0).is_some_and(|edition| !edition.draft);
            let with_drafts = |node: &&mut Arc<Node>| node.sheets.iter().any(|sheet| !published(sheet.edition));
            for node in nodes.iter_mut().filter(with_drafts) {
                Arc::make_mut(node).sheets.retain(|sheet| published(sheet.edition));
            }
        }
    }
}
