//! The pages outside all municipalities, where each of these was built by itself: the first
//! page, the search, the glossary, the page for addresses that do not exist, and the files of the theme.
//!
//! They are made from the `summary.json` of each strategy, so that the memory they take does not grow with what the
//! municipalities say.

use super::existing::ensure_not_clobbering;
use super::session::{BuildSession, Destination};
use super::{CommandError, Outcome, Progress, summaries};
use crate::content::DiskSource;
use crate::publish::Publisher;
use crate::workspace::Workspace;
use std::path::Path;
use std::sync::Arc;

/// What to build, and from what.
#[derive(Debug, Clone, Copy)]
pub struct Portal<'a> {
    /// The content folder; of it only what stands beside the municipalities is read.
    pub content: &'a Path,
    /// The folder with the sites of all municipalities.
    pub parts: &'a Path,
    /// The folder to write to.
    pub output: &'a Path,
}

/// Makes the pages outside all municipalities, byte for byte those of a build of all at once.
///
/// # Errors
/// When the content or the parts cannot be read, or the output cannot be written.
pub fn portal(request: &Portal<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, CommandError> {
    let workspace = Workspace::open_root(Arc::new(DiskSource::new(request.content)))?;
    let site = Publisher::open_existing(request.output);
    ensure_not_clobbering(site.as_ref(), request.output, &[])?;
    let session = BuildSession::new(&workspace, Destination::output(request.output, site), 0, progress);
    let stats = session.root(None, || summaries::read_all(request.parts))?;
    session.finish(stats, std::iter::empty(), &[])
}
