//! Content in memory: fixtures, changes to them, and their analysis.

use super::{root, tree};
use shirube::internals::{Analysis, AnalysisOptions, Diagnostic, Drafts, Overlay, Severity, analyze};
use std::collections::BTreeMap;

/// Files of content by path relative to the content folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The fixture `tests/fixtures/NAME`.
pub(crate) fn fixture(name: &str) -> Files {
    tree(&root().join("tests/fixtures").join(name))
}

/// A change to one file.
#[derive(Clone, Copy)]
pub(crate) enum Change {
    /// Replaces the only occurrence of `from` by `to`.
    Edit { file: &'static str, from: &'static str, to: &'static str },
    /// Replaces the only occurrence of each text: file, text, replacement.
    Edits(&'static [(&'static str, &'static str, &'static str)]),
    /// Creates or overwrites the file.
    Write { file: &'static str, bytes: &'static [u8] },
    /// Moves the file.
    Rename { file: &'static str, to: &'static str },
    /// Removes the file.
    Remove { file: &'static str },
}

impl Change {
    /// Applies the change; its paths are relative to `folder`, which is empty or ends in `/`.
    pub(crate) fn apply(self, folder: &str, files: &mut Files) {
        let path = |file: &str| format!("{folder}{file}");
        match self {
            Self::Edit { file, from, to } => {
                let bytes = files.get_mut(&path(file)).unwrap_or_else(|| panic!("no file {file}"));
                let text = std::str::from_utf8(bytes).unwrap();
                assert_eq!(text.matches(from).count(), 1, "occurrences of {from:?} in {file}");
                *bytes = text.replace(from, to).into_bytes();
            }
            Self::Edits(edits) => {
                for (file, from, to) in edits {
                    Self::Edit { file, from, to }.apply(folder, files);
                }
            }
            Self::Write { file, bytes } => {
                files.insert(path(file), bytes.to_vec());
            }
            Self::Rename { file, to } => {
                let bytes = files.remove(&path(file)).unwrap_or_else(|| panic!("no file {file}"));
                files.insert(path(to), bytes);
            }
            Self::Remove { file } => {
                files.remove(&path(file)).unwrap_or_else(|| panic!("no file {file}"));
            }
        }
    }
}

/// Reads and links content, with its drafts, and returns its errors.
pub(crate) fn errors(files: Files) -> Vec<Diagnostic> {
    let mut diagnostics = analyze(&Overlay::memory(files), &[], &AnalysisOptions::WITHOUT_REVIEW).unwrap().diagnostics;
    diagnostics.retain(|diagnostic| diagnostic.severity() == Severity::Error);
    diagnostics
}

/// Reads, links and checks content.
pub(crate) fn load(files: Files, drafts: Drafts) -> Analysis {
    analyze(&Overlay::memory(files), &[], &AnalysisOptions { drafts, ..AnalysisOptions::default() }).unwrap()
}
