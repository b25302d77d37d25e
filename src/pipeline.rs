//! The way from a content folder to a published site: what all commands share.
//!
//! ```text
//! read → parse → link → Report → check                  load
//! plan → view → draw, file by file                      Press
//! all files, side by side → publish                     build
//! ```

mod press;

pub use press::{Made, Press, SiteFile, Trouble};

use crate::check::{self, Review};
use crate::content::{self, ContentFiles, ReadError, Reader};
use crate::diagnostic::{self, Bilingual, Diagnostic, Sources, publishable};
use crate::link;
use crate::model::Report;
use crate::publish::{PublishError, Publisher, Summary};
use crate::theme::{self, Theme};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    let Loaded { mut sources, report, mut diagnostics, .. } = load(request.content, request.only)?;
    let own = theme::read(request.content, &report.site, &mut sources)?;
    let theme = match Theme::load(&report.site, &own) {
        Ok(theme) if publishable(&diagnostics) => theme,
        Ok(_) => return Ok(Outcome { sources, diagnostics, built: None }),
        Err(mut found) => {
            diagnostics.append(&mut found);
            diagnostic::sort(&mut diagnostics, &sources);
            return Ok(Outcome { sources, diagnostics, built: None });
        }
    };
    let publisher = Publisher::open(request.output)?;
    let press = Press::new(request.content, &report, &theme);
    let (pages, charts, mut found) = print(&press, &publisher, progress)?;
    diagnostics.append(&mut found);
    let built = if publishable(&diagnostics) {
        Some(Built { pages, charts, summary: publisher.finish()? })
    } else {
        diagnostic::sort(&mut diagnostics, &sources);
        None
    };
    Ok(Outcome { sources, diagnostics, built })
}

/// Makes all files side by side and hands each to the publisher as it is made, so that no
/// more of them than threads are held at once. Of pages, the words are kept for the index of
/// the search, which is made last.
fn print(
    press: &Press<'_>,
    publisher: &Publisher,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(usize, usize, Vec<Diagnostic>), Failure> {
    let (indexes, files): (Vec<_>, Vec<_>) =
        press.files().into_iter().partition(|file| matches!(file, SiteFile::Index(..)));
    let total = files.iter().filter(|file| matches!(file, SiteFile::Page(_))).count();
    let (done, charts) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mistakes = Mutex::new(Vec::new());
    let entries = Mutex::new(HashMap::new());
    let put = |file: &SiteFile, made: Result<Made<'_>, Trouble>| -> Result<(), Failure> {
        match made {
            Ok(made) => Ok(publisher.put(file.url().path(), file.class(), &made.bytes)?),
            Err(Trouble::Mistakes(mut found)) => {
                lock(&mistakes).append(&mut found);
                Ok(())
            }
            Err(Trouble::Failure(failure)) => Err(failure),
        }
    };
    files.par_iter().try_for_each(|file| -> Result<(), Failure> {
        let made = press.make(file);
        if let (SiteFile::Page(page), Ok(made)) = (file, &made) {
            charts.fetch_add(made.charts, Ordering::Relaxed);
            if let Some(entry) = press.entry(page, made) {
                lock(&entries).insert(page.url.clone(), entry);
            }
        }
        put(file, made)?;
        if let SiteFile::Page(_) = file {
            progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total });
        }
        Ok(())
    })?;
    indexes.par_iter().try_for_each(|file| match file {
        SiteFile::Index(shard, _) => put(file, press.index(*shard, |page| Ok(lock(&entries).remove(&page.url)))),
        _ => Ok(()),
    })?;
    let mut mistakes: Vec<Diagnostic> = mistakes.into_inner().unwrap_or_else(PoisonError::into_inner);
    // One mistake in a template shows on many pages.
    mistakes.sort_by(|a, b| (a.span, &a.message.en).cmp(&(b.span, &b.message.en)));
    mistakes.dedup();
    Ok((total, charts.into_inner(), mistakes))
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
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
