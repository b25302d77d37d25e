//! From content to a published site.
//!
//! ```text
//! Workspace ─unit by unit→ fingerprint ─up to date→ reused            session, incremental
//!                                      ─else→ Snapshot ─Renderer→ artifacts ─emit→ Publisher
//!                                      ─check→ Snapshot ─Renderer→ artifacts ─emit→ DryRun      check
//! summaries of all units ─Renderer→ what lies outside the units       session; portal, where others built them
//! ```

mod artifact;
mod check;
mod emit;
mod existing;
mod incremental;
mod portal;
mod render;
mod session;
mod summaries;

pub use artifact::{ArtifactKind, RenderError};
pub use check::{Acknowledged, Checked, DraftEditions, Outstanding, check};
pub use portal::{Portal, portal};
pub use render::Renderer;
pub use session::build;

use crate::content::ReadError;
use crate::diagnostic::{Bilingual, Diagnostic, Sources};
use crate::publish::{PublishError, PublishSummary, Recovery};
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
    /// How an earlier build that was interrupted ended before this one began.
    pub recovery: Option<Recovery>,
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// The number of pages.
    pub pages: usize,
    /// The number of charts on them.
    pub charts: usize,
    /// What was written.
    pub summary: PublishSummary,
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

/// Why a command could not do its work, apart from errors in the content.
#[derive(Debug)]
pub enum CommandError {
    /// The content cannot be read.
    Read(ReadError),
    /// The site cannot be written.
    Publish(PublishError),
    /// The arguments ask for what cannot be done; others would help.
    Usage(Bilingual),
    /// Anything else.
    Other(Bilingual),
}

impl CommandError {
    /// What happened, with the path.
    pub fn message(&self) -> Bilingual {
        match self {
            Self::Read(error) => error.message(),
            Self::Publish(error) => error.message(),
            Self::Usage(message) | Self::Other(message) => message.clone(),
        }
    }
}

impl From<ReadError> for CommandError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<PublishError> for CommandError {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}
