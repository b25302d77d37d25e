//! Specification of the content format by example.
//!
//! Errors and their messages are tested in `tests/suite/mistakes/`, warnings about valid content in
//! the tests of [`crate::check`].

mod amounts;
mod fields;
mod files;
mod front_matter;
mod indicators;
mod judgements;
mod nodes;
mod properties;
mod rows_and_roles;
mod sheets;
mod surveys;
mod values;
mod years;

use super::source::{ContentListing, Listing, Stamp};
use super::{Overlay, ReadError, Source};
use crate::check::Lint;
use crate::model::{Node, Sheet};
use crate::workspace::{self, Analysis, AnalysisOptions};

/// A source in memory in which some paths cannot be read. File permissions are no substitute: root ignores them.
pub(crate) struct UnreadableFiles {
    pub(crate) files: Overlay<'static>,
    pub(crate) refused: Vec<&'static str>,
}

impl UnreadableFiles {
    pub(crate) fn new(files: &[(&str, &str)], refused: &[&'static str]) -> Self {
        Self { files: Overlay::memory(files.iter().copied()), refused: refused.to_vec() }
    }

    /// Removes the files below refused folders and adds these folders as unreadable.
    fn without_folders(&self, mut listing: Listing) -> Listing {
        for refused in &self.refused {
            let before = listing.paths.len();
            listing.paths.retain(|path| !path.starts_with(&format!("{refused}/")));
            if listing.paths.len() < before {
                let reason = crate::diagnostic::io_error_text(&std::io::ErrorKind::PermissionDenied.into());
                listing.unreadable.push(((*refused).to_owned(), reason));
            }
        }
        listing
    }
}

impl Source for UnreadableFiles {
    fn list(&self, wanted: &dyn Fn(&str) -> bool) -> Result<ContentListing, ReadError> {
        let folders = self.files.list(wanted)?.0.into_iter();
        Ok(ContentListing(folders.map(|(name, listing)| (name, self.without_folders(listing))).collect()))
    }

    fn list_folder(&self, folder: &str) -> Option<Listing> {
        self.files.list_folder(folder)
    }

    fn list_static(&self) -> Listing {
        self.files.list_static()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.refused.contains(&path) {
            true => Err(ReadError::Io { path: path.into(), reason: std::io::ErrorKind::PermissionDenied.into() }),
            false => self.files.read(path),
        }
    }

    fn stamp(&self, path: &str) -> Stamp {
        self.files.stamp(path)
    }
}

/// Parses and links content, given as paths and texts. Drops the warnings of [`crate::check`].
pub(crate) fn load(files: &[(&str, &str)]) -> Analysis {
    let memory = Overlay::memory(files.iter().copied());
    let mut loaded = workspace::analyze(&memory, &[], &AnalysisOptions::default()).unwrap();
    loaded.diagnostics.retain(|diagnostic| Lint::of(diagnostic.rule).is_none());
    loaded
}

/// Like [`load`], but panics if there are diagnostics.
pub(crate) fn load_clean(files: &[(&str, &str)]) -> Analysis {
    let loaded = load(files);
    assert_eq!(rules(&loaded), Vec::<String>::new());
    loaded
}

/// Diagnostics as locations and rule codes: `s/strategy.toml:1:1 same-address`.
pub(crate) fn rules(loaded: &Analysis) -> Vec<String> {
    let diagnostics = loaded.diagnostics.iter();
    diagnostics.map(|d| format!("{} {}", loaded.sources.format_location(&d.location), d.rule)).collect()
}

/// The first node with this id.
pub(crate) fn node<'r>(loaded: &'r Analysis, id: &str) -> &'r Node {
    let mut nodes = loaded.report.strategies.iter().flat_map(|strategy| &strategy.nodes);
    nodes.find(|node| node.id == id).unwrap()
}

/// The only sheet of the first node with this id. Panics if there is not exactly one.
pub(crate) fn sheet<'r>(loaded: &'r Analysis, id: &str) -> &'r Sheet {
    let [sheet] = node(loaded, id).sheets.as_slice() else { panic!("expected one sheet of {id}") };
    sheet
}
