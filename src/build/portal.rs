//! Build of the site-level files for units (municipalities) that were built separately: the home page, the search, the
//! glossary, the 404 page, and the files of the theme.
//!
//! The pages are rendered from the `summary.json` of each strategy, so that memory use does not grow with the content
//! of the units.

use super::existing::ensure_not_clobbering;
use super::session::{BuildSession, Destination};
use super::{CommandError, Outcome, Progress, summaries};
use crate::content::DiskSource;
use crate::publish::Publisher;
use crate::workspace::Workspace;
use std::path::Path;
use std::sync::Arc;

/// Options of a portal build.
#[derive(Debug, Clone, Copy)]
pub struct PortalOptions<'a> {
    /// Path of the content folder; only the files outside the units are read.
    pub content: &'a Path,
    /// Path of the folder with the sites of all units.
    pub parts: &'a Path,
    /// Path of the output folder.
    pub output: &'a Path,
}

/// Builds the files outside all units, byte for byte equal to those of a complete build.
///
/// # Errors
/// Fails if the content or the sites of the units cannot be read, or the output cannot be written.
pub fn build_portal(
    options: &PortalOptions<'_>,
    on_progress: &(dyn Fn(Progress) + Sync),
) -> Result<Outcome, CommandError> {
    let workspace = Workspace::open_root(Arc::new(DiskSource::new(options.content)))?;
    let publisher = Publisher::open_existing(options.output);
    ensure_not_clobbering(publisher.as_ref(), options.output, &[])?;
    let session = BuildSession::new(&workspace, Destination::output(options.output, publisher), 0, on_progress);
    let stats = session.build_root(None, || summaries::read_all(options.parts))?;
    session.finish(stats, std::iter::empty(), &[])
}
