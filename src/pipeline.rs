//! The way from a content folder to a published site: what all commands share.
//!
//! ```text
//! read → parse → link → Report → check                  load
//! plan → view → draw, file by file                      Press
//! all files, side by side → publish                     build
//! the files of all units together → publish             portal
//! ```

mod inputs;
mod portal;
mod press;
mod print;

pub use portal::{Portal, portal};
pub use press::{Made, Press, SiteFile, Trouble};

use crate::check::{self, Review};
use crate::content::{self, ContentFiles, ReadError, Reader};
use crate::diagnostic::{self, Bilingual, Diagnostic, Sources, publishable};
use crate::link;
use crate::model::Report;
use crate::publish::{PublishError, Publisher, Summary, Unchanged};
use crate::site;
use crate::theme::{self, Theme, ThemeFile};
use print::{Printed, print};
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
/// [`content::read`]).
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

/// Parses, links and checks files that are in memory.
pub fn understand(files: &ContentFiles, sources: Sources) -> Loaded {
    understand_as(files, sources, Drafts::Hidden)
}

/// The same, with the sheets of drafts or without.
pub fn understand_as(files: &ContentFiles, sources: Sources, drafts: Drafts) -> Loaded {
    let (report, mut diagnostics) = reread(&mut Reader::default(), files, &sources, drafts);
    let review = if publishable(&diagnostics) { check::review(&report) } else { Review::default() };
    diagnostics.extend(review.open.iter().map(|finding| finding.diagnostic.clone()));
    diagnostic::sort(&mut diagnostics, &sources);
    Loaded { sources, report, diagnostics, review }
}

/// Parses and links files again, as far as they have changed since `reader` saw them last.
/// Nothing is checked, and the diagnostics are as they come.
pub fn reread(
    reader: &mut Reader,
    files: &ContentFiles,
    sources: &Sources,
    drafts: Drafts,
) -> (Report, Vec<Diagnostic>) {
    let (mut parsed, mut diagnostics) = reader.parse(files, sources);
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
    /// What was built; `None` where mistakes stopped it, and then nothing was written.
    pub built: Option<Built>,
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// The number of pages.
    pub pages: usize,
    /// The number of charts on them.
    pub charts: usize,
    /// Whether anything looked wrong.
    pub warned: bool,
    /// What was written.
    pub summary: Summary,
}

/// How far a build is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// The pages that are done.
    pub done: usize,
    /// All pages.
    pub total: usize,
}

/// What kept a build from being tried: a folder that cannot be read or written.
#[derive(Debug)]
pub struct Failure {
    /// What happened, with the path.
    pub message: Bilingual,
}

/// Reads the content, draws every page, and publishes what differs. Mistakes in the content
/// or in the site's own theme stop it before anything is written.
///
/// # Errors
/// When the content cannot be read or the output cannot be written.
pub fn build(request: &Request<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, Failure> {
    let (files, mut sources) = content::read(request.content, request.only)?;
    let own = theme::read(request.content, &content::site(&files, &sources), &mut sources)?;
    let inputs = inputs::hash(request, &files, &sources, &own)?;
    let proof = inputs.map(|inputs| Publisher::proof(request.output, inputs)).transpose()?.flatten();
    if let Some(built) = proof.as_ref().and_then(Built::unchanged) {
        // What was warned of is warned of again.
        let (sources, diagnostics) = match built.warned {
            true => {
                let Loaded { sources, diagnostics, .. } = understand(&files, sources);
                (sources, diagnostics)
            }
            false => (sources, Vec::new()),
        };
        return Ok(Outcome { sources, diagnostics, built: Some(built) });
    }
    let job = Job { content: request.content, output: request.output, own: &own, inputs, elsewhere: None };
    draw(understand(&files, sources), job, progress)
}

/// What a site is made with, beside the report.
struct Job<'a> {
    content: &'a Path,
    output: &'a Path,
    /// What the site brings to its theme.
    own: &'a [ThemeFile],
    /// The hash of all that the site is made of, if that can prove it unchanged later.
    inputs: Option<u128>,
    /// The strategies that the first page shows, where they are not those of the report.
    elsewhere: Option<Vec<site::Summary>>,
}

/// Draws what was read, and publishes what differs.
fn draw(loaded: Loaded, job: Job<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, Failure> {
    let Loaded { sources, report, mut diagnostics, .. } = loaded;
    let theme = match Theme::load(&report.site, job.own) {
        Ok(theme) if publishable(&diagnostics) => theme,
        Ok(_) => return Ok(Outcome { sources, diagnostics, built: None }),
        Err(mut found) => {
            diagnostics.append(&mut found);
            diagnostic::sort(&mut diagnostics, &sources);
            return Ok(Outcome { sources, diagnostics, built: None });
        }
    };
    let publisher = Publisher::open(job.output)?;
    let press = match job.elsewhere {
        None => Press::new(job.content, &report, &theme),
        Some(summaries) => Press::of_portal(job.content, &report, &theme, summaries),
    };
    let Printed { pages, charts, mut mistakes } = print(&press, &publisher, progress)?;
    diagnostics.append(&mut mistakes);
    let built = if publishable(&diagnostics) {
        let built = Built { pages, charts, warned: !diagnostics.is_empty(), summary: Summary::default() };
        let summary = match job.inputs {
            Some(inputs) => publisher.finish_and_seal(inputs, &built.note())?,
            None => publisher.finish()?,
        };
        Some(Built { summary, ..built })
    } else {
        diagnostic::sort(&mut diagnostics, &sources);
        None
    };
    Ok(Outcome { sources, diagnostics, built })
}

impl Built {
    /// What a seal notes of it.
    fn note(&self) -> String {
        format!("{} {} {}", self.pages, self.charts, self.warned)
    }

    /// What was built when the site was made that is still as it was.
    fn unchanged(site: &Unchanged) -> Option<Self> {
        let mut noted = site.note.split(' ');
        let mut number = || noted.next()?.parse().ok();
        let (pages, charts) = (number()?, number()?);
        let warned = noted.next()?.parse().ok()?;
        Some(Self { pages, charts, warned, summary: Summary { unchanged: site.files, ..Summary::default() } })
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self { message: error.message }
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Self { message: error.message() }
    }
}
