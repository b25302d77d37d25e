//! From a content folder to a linked report: what all commands share.

use crate::content::{self, ReadError};
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
    let (files, sources, mut diagnostics) = content::read(content, only)?;
    let (mut parsed, mut found) = content::parse(&files, &sources);
    diagnostics.append(&mut found);
    parsed.hide_drafts();
    let (report, mut found) = link::link(parsed);
    diagnostics.append(&mut found);
    diagnostic::sort(&mut diagnostics, &sources);
    Ok(Loaded { sources, report, diagnostics })
}
