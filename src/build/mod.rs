//! From content to a published site.
//!
//! ```text
//! Workspace ─unit by unit→ fingerprint ─up to date→ reused            session, incremental
//!                                      ─else→ Snapshot ─Renderer→ artifacts ─emit→ Publisher
//! summaries of all units ─Renderer→ what lies outside the units       session; portal, where others built them
//! ```

mod artifact;
mod emit;
mod existing;
mod incremental;
mod portal;
mod render;
mod session;
mod summaries;

pub use artifact::{Artifact, ArtifactKind, Body, RenderError};
pub use portal::{Portal, portal};
pub use render::Renderer;
pub use session::build;

use crate::content::ReadError;
use crate::diagnostic::{Bilingual, Diagnostic, Sources};
use crate::publish::{PublishError, Summary};
use std::path::Path;

/// What to build.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The content folder.
    pub content: &'a Path,
    /// The folder to write the site to.
    pub output: &'a Path,
    /// The strategies or units to build; all where it is empty.
    pub only: &'a [String],
}

/// What a build came to.
#[derive(Debug)]
pub struct Outcome {
    /// All text files, for drawing diagnostics.
    pub sources: Sources,
    /// All that is wrong, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What was built; `None` where mistakes stopped it, and then nothing was published.
    pub built: Option<Built>,
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// The number of pages.
    pub pages: usize,
    /// The number of charts on them.
    pub charts: usize,
    /// What was written.
    pub summary: Summary,
}

/// How far a build is. How many pages there will be is known when the last unit was read.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// The pages that are done.
    pub pages: usize,
    /// The units that are done.
    pub units: usize,
    /// All units.
    pub of: usize,
}

/// What kept a build from being tried: a folder that cannot be read or written.
#[derive(Debug)]
pub struct Failure {
    /// What happened, with the path.
    pub message: Bilingual,
    /// Whether something was asked for that is not there: other arguments would help.
    pub misuse: bool,
}

impl Failure {
    /// A failure that is nobody's misuse.
    pub(crate) fn new(message: Bilingual) -> Self {
        Self { message, misuse: false }
    }
}

impl From<ReadError> for Failure {
    fn from(ReadError { message, misuse }: ReadError) -> Self {
        Self { message, misuse }
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Self::new(error.message())
    }
}
