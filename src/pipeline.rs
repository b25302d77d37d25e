//! The way from a content folder to a published site: what all commands share.
//!
//! ```text
//! read → parse → link → Report → check                  load
//! plan → view → draw, file by file                      Press
//! unit by unit: all of that, and what stands around     build
//! what stands around the units alone                    portal
//! ```

mod build;
mod ground;
mod inputs;
mod portal;
mod press;
mod print;
mod standing;

pub use build::build;
pub use portal::{Portal, portal};
pub use press::{Body, Made, Press, SiteFile, Trouble};

use crate::check::{self, Review};
use crate::content::{self, ContentFiles, ReadError, Reader, Shared};
use crate::diagnostic::{self, Bilingual, Diagnostic, Sources, publishable};
use crate::link;
use crate::model::Report;
use crate::publish::{PublishError, Summary};
use crate::theme::{self, Theme};
use ground::Ground;
use std::path::Path;

/// What reading a content folder gives.
#[derive(Debug)]
pub struct Loaded {
    /// All text files, for drawing diagnostics.
    pub sources: Sources,
    /// The report; whole only if no diagnostic is an error.
    pub report: Report,
    /// All that is wrong or looks wrong, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What looks wrong, those among it that were acknowledged too. Empty while there are
    /// errors: what could not be read would be missed by the rules, in other places.
    pub review: Review,
}

/// What becomes of the sheets of editions that are still drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out: for what is published.
    Hidden,
    /// They are there like all others: for those who write them.
    Shown,
}

/// Reads, links and checks the content folder `content`, or of it what `only` names (see
/// [`content::read`]), as one report.
///
/// # Errors
/// When the folder cannot be read.
pub fn load(content: &Path, only: &[String]) -> Result<Loaded, ReadError> {
    let (files, sources) = content::read(content, only)?;
    Ok(understand(&files, sources))
}

/// The same with the sheets of drafts.
///
/// # Errors
/// When the folder cannot be read.
pub fn load_with_drafts(content: &Path, only: &[String]) -> Result<Loaded, ReadError> {
    let (files, sources) = content::read(content, only)?;
    Ok(understand_as(&files, sources, Drafts::Shown))
}

/// The same with what is wrong with the site as a whole: where there is no strategy at all, and in the
/// site's own theme, as far as it shows without a page.
///
/// # Errors
/// When a folder cannot be read.
pub fn load_with_theme(content: &Path, only: &[String]) -> Result<Loaded, ReadError> {
    let mut loaded = load_with_drafts(content, only)?;
    if loaded.report.strategies().next().is_none() {
        content::no_strategy(content, &loaded.sources, &mut loaded.diagnostics);
    }
    let own = theme::read(content, &loaded.report.site, &mut loaded.sources)?;
    if let Err(mut mistakes) = Theme::load(&loaded.report.site, &own) {
        loaded.diagnostics.append(&mut mistakes);
        diagnostic::sort(&mut loaded.diagnostics, &loaded.sources);
    }
    Ok(loaded)
}

/// Parses, links and checks files that are in memory.
pub fn understand(files: &ContentFiles, sources: Sources) -> Loaded {
    understand_as(files, sources, Drafts::Hidden)
}

/// The same, with the sheets of drafts or without.
pub fn understand_as(files: &ContentFiles, sources: Sources, drafts: Drafts) -> Loaded {
    let strategies = files.strategies.iter().map(|folder| folder.id.clone()).collect();
    let (shared, diagnostics) = content::shared(files, strategies, &sources);
    understand_with(&shared, diagnostics, files, sources, drafts)
}

/// The same of the files of one unit, of a site of which all units share `shared`.
fn understand_unit(shared: &Shared, files: &ContentFiles, sources: Sources) -> Loaded {
    understand_with(shared, Vec::new(), files, sources, Drafts::Hidden)
}

fn understand_with(
    shared: &Shared,
    mut diagnostics: Vec<Diagnostic>,
    files: &ContentFiles,
    sources: Sources,
    drafts: Drafts,
) -> Loaded {
    let (report, mut found) = reread(&mut Reader::default(), shared, files, &sources, drafts);
    diagnostics.append(&mut found);
    let review = if publishable(&diagnostics) { check::review(&report) } else { Review::default() };
    diagnostics.extend(review.open.iter().map(|finding| finding.diagnostic.clone()));
    diagnostic::sort(&mut diagnostics, &sources);
    Loaded { sources, report, diagnostics, review }
}

/// Parses and links the strategies among the files, as far as they have changed since `reader`
/// saw them last. Nothing is checked, and the diagnostics are as they come.
pub fn reread(
    reader: &mut Reader,
    shared: &Shared,
    files: &ContentFiles,
    sources: &Sources,
    drafts: Drafts,
) -> (Report, Vec<Diagnostic>) {
    let (mut parsed, mut diagnostics) = reader.parse(shared, files, sources);
    if drafts == Drafts::Hidden {
        parsed.hide_drafts();
    }
    let (report, mut found) = link::link(parsed);
    diagnostics.append(&mut found);
    (report, diagnostics)
}

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

/// Why a command could not do its work, apart from errors in the content.
#[derive(Debug)]
pub enum Failure {
    /// The content cannot be read.
    Read(ReadError),
    /// The site cannot be written.
    Publish(PublishError),
    /// The arguments ask for what cannot be done; others would help.
    Usage(Bilingual),
    /// Anything else.
    Other(Bilingual),
}

impl Failure {
    /// What happened, with the path.
    pub fn message(&self) -> Bilingual {
        match self {
            Self::Read(error) => error.message(),
            Self::Publish(error) => error.message(),
            Self::Usage(message) | Self::Other(message) => message.clone(),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}
