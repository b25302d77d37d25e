//! Build of the site-level files for municipalities that were built separately: the home page, the search, the
//! glossary, the 404 page, and the files of the theme.
//!
//! The pages are rendered from the `summary.json` of each strategy, so that memory use does not grow with the content
//! of the municipalities.

use super::existing::ensure_not_clobbering;
use super::session::{BuildSession, Destination};
use super::{CommandError, Outcome, Progress, summaries};
use crate::content::DiskSource;
use crate::publish::Publisher;
use crate::workspace::Workspace;
use std::path::Path;
use std::sync::Arc;

/// Parameters of a portal build.
#[derive(Debug, Clone, Copy)]
pub struct Portal<'a> {
    /// Path of the content folder; only the files outside the municipalities are read.
    pub content: &'a Path,
    /// Path of the folder with the sites of all municipalities.
    pub parts: &'a Path,
    /// Path of the output folder.
    pub output: &'a Path,
}

/// Builds the files outside all municipalities, byte for byte equal to those of a complete build.
///
/// # Errors
/// Fails if the content or the parts cannot be read, or the output cannot be written.
pub fn portal(request: &Portal<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, CommandError> {
    let workspace = Workspace::open_root(Arc::new(DiskSource::new(request.content)))?;
    let site = Publisher::open_existing(request.output);
    ensure_not_clobbering(site.as_ref(), request.output, &[])?;
    let session = BuildSession::new(&workspace, Destination::output(request.output, site), 0, progress);
    let stats = session.root(None, || summaries::read_all(request.parts))?;
    session.finish(stats, std::iter::empty(), &[])
}
