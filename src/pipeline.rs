//! From a content folder to a linked report: what all commands share.

use crate::content::{self, ContentFiles, ReadError};
use crate::diagnostic::{self, Diagnostic, Sources};
use crate::link;
use crate::model::Report;
use std::path::Path;

/// What reading a content folder gives.
#[derive(Debug)]
pub struct Loaded {
    /// All text files, for drawing diagnostics.
    pub sources: Sources,
    /// The report; whole only if no diagnostic is an error.
    pub report: Report,
    /// All that is wrong, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and links the content folder `content`, or of it what `only` names (see
/// [`content::read`]).
///
/// # Errors
/// When the folder cannot be read.
pub fn load(content: &Path, only: &[String]) -> Result<Loaded, ReadError> {
    let (files, sources) = content::read(content, only)?;
    Ok(understand(&files, sources))
}

/// Parses and links files that are in memory.
pub fn understand(files: &ContentFiles, sources: Sources) -> Loaded {
    let (mut parsed, mut diagnostics) = content::parse(files, &sources);
    parsed.hide_drafts();
    let (report, mut found) = link::link(parsed);
    diagnostics.append(&mut found);
    diagnostic::sort(&mut diagnostics, &sources);
    Loaded { sources, report, diagnostics }
}
