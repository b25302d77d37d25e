//! Builds: from content to a published site.
//!
//! ```text
//! Workspace ─unit by unit→ fingerprint ─up to date→ reused            session, incremental
//!                                      ─else→ UnitSnapshot ─Renderer→ artifacts ─emit→ Publisher
//!                                      ─check→ UnitSnapshot ─Renderer→ artifacts ─emit→ DryRun      check
//! summaries of all units ─Renderer→ files outside the units           session; portal for units built elsewhere
//! ```

mod artifact;
mod baseline;
mod check;
mod emit;
mod existing;
mod incremental;
mod portal;
mod render;
mod session;
mod summaries;

pub use artifact::{OutputFile, RenderError};
pub use baseline::read_states;
pub use check::{Acknowledged, Checked, DraftEditions, OpenWork, check};
pub use portal::{PortalOptions, build_portal};
pub use render::Renderer;
pub use session::build;

use crate::content::ReadError;
use crate::diagnostic::{Bilingual, Diagnostic, Sources};
use crate::publish::{PublishError, PublishSummary, Recovery};
use std::path::Path;

/// Options of a build.
#[derive(Debug, Clone, Copy)]
pub struct BuildOptions<'a> {
    /// Path of the content folder.
    pub content: &'a Path,
    /// Path of the output folder.
    pub output: &'a Path,
    /// Strategies or units to build; empty for all.
    pub only: &'a [String],
    /// Published state with which the content is compared: a site, a `report.json` or a content folder. `None` for the
    /// site in the output folder.
    pub against: Option<&'a Path>,
    /// Whether published cells that changed without a correction prevent publication.
    pub strict: bool,
}

/// Result of a build.
#[derive(Debug)]
pub struct Outcome {
    /// Text files to which the diagnostics point.
    pub sources: Sources,
    /// All errors or, if there are none, all warnings, sorted by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Statistics of the published site; `None` if errors prevented publishing.
    pub stats: Option<BuildStats>,
    /// Outcome of an interrupted earlier build; `None` if there was none.
    pub recovery: Option<Recovery>,
    /// Ids of strategies without a published state with which they could be compared.
    pub unpublished: Vec<String>,
}

/// Statistics of a published site.
#[derive(Debug)]
pub struct BuildStats {
    /// Number of pages.
    pub pages: usize,
    /// Number of charts on the pages.
    pub charts: usize,
    /// Numbers of written, unchanged and deleted files.
    pub changes: PublishSummary,
}

/// Progress of a build or check. The total number of pages is unknown until the last unit is read.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Number of finished pages.
    pub pages: usize,
    /// Number of finished units.
    pub units: usize,
    /// Total number of units.
    pub total_units: usize,
}

/// Reason why a command failed, other than errors in the content.
#[derive(Debug)]
pub enum CommandError {
    /// The content cannot be read.
    Read(ReadError),
    /// The site cannot be published.
    Publish(PublishError),
    /// The arguments are invalid; the message suggests others.
    Usage(Bilingual),
    /// Any other reason.
    Other(Bilingual),
}

impl CommandError {
    /// Message for the user, with the path if there is one.
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
