//! All files of a site, made side by side and handed to the publisher as they are made.
//!
//! What the search knows of a page is kept until the index of its strategy is written, which is
//! as soon as the pages of that strategy are: the memory that a build takes does not grow with
//! the pages that it makes.

use super::press::{Made, Press, SiteFile, Trouble};
use super::{Failure, Progress};
use crate::diagnostic::Diagnostic;
use crate::model::StrategyIx;
use crate::publish::Publisher;
use crate::search::{Entry, Shard};
use crate::site::{Page, Url};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What was made.
pub(super) struct Printed {
    /// The number of pages.
    pub(super) pages: usize,
    /// The number of charts on them.
    pub(super) charts: usize,
    /// Mistakes in the theme, each once.
    pub(super) mistakes: Vec<Diagnostic>,
}

/// Makes all files and hands them to the publisher.
pub(super) fn print(
    press: &Press<'_>,
    publisher: &Publisher,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Printed, Failure> {
    let files = press.files();
    let total = files.iter().filter(|file| matches!(file, SiteFile::Page(_))).count();
    let run = Run { press, publisher, progress, total, done: 0.into(), charts: 0.into(), mistakes: Mutex::default() };
    let mut batches: BTreeMap<Option<StrategyIx>, Vec<SiteFile>> = BTreeMap::new();
    for file in files {
        batches.entry(strategy(&file)).or_default().push(file);
    }
    let batches: Vec<_> = batches.into_values().collect();
    batches.par_iter().try_for_each(|batch| run.batch(batch))?;
    let mut mistakes = run.mistakes.into_inner().unwrap_or_else(PoisonError::into_inner);
    // One mistake in a template shows on many pages.
    mistakes.sort_by(|a, b| (a.span, &a.message.en).cmp(&(b.span, &b.message.en)));
    mistakes.dedup();
    Ok(Printed { pages: total, charts: run.charts.into_inner(), mistakes })
}

/// The strategy with which a file is searched.
fn strategy(file: &SiteFile) -> Option<StrategyIx> {
    let shard = match file {
        SiteFile::Page(page) => Shard::of(page),
        SiteFile::Index(shard, _) => Some(*shard),
        _ => None,
    };
    match shard? {
        Shard::Strategy(ix) | Shard::Edition(ix, _) => Some(ix),
        Shard::Glossary => None,
    }
}

/// A build while its files are made.
struct Run<'a> {
    press: &'a Press<'a>,
    publisher: &'a Publisher,
    progress: &'a (dyn Fn(Progress) + Sync),
    total: usize,
    done: AtomicUsize,
    charts: AtomicUsize,
    mistakes: Mutex<Vec<Diagnostic>>,
}

impl Run<'_> {
    /// Makes the files of one strategy: the pages, then the indexes of what they say.
    fn batch(&self, batch: &[SiteFile]) -> Result<(), Failure> {
        let entries: Vec<Option<Entry>> = batch.par_iter().map(|file| self.file(file)).collect::<Result<_, _>>()?;
        let entries: HashMap<Url, Entry> =
            entries.into_iter().flatten().map(|entry| (entry.url.clone(), entry)).collect();
        let pages: Vec<&Page> = batch.iter().filter_map(SiteFile::page).collect();
        batch.iter().try_for_each(|file| match file {
            SiteFile::Index(shard, _) => {
                let entry = |page: &Page| Ok(entries.get(&page.url).cloned());
                self.put(file, self.press.index(*shard, &pages, entry))
            }
            _ => Ok(()),
        })
    }

    /// Makes one file, unless it is an index; returns what the search knows of it.
    fn file(&self, file: &SiteFile) -> Result<Option<Entry>, Failure> {
        if let SiteFile::Index(..) = file {
            return Ok(None);
        }
        let made = self.press.make(file);
        let mut entry = None;
        if let (Some(page), Ok(made)) = (file.page(), &made) {
            self.charts.fetch_add(made.charts, Ordering::Relaxed);
            entry = self.press.entry(page, made);
        }
        self.put(file, made)?;
        if file.page().is_some() {
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            (self.progress)(Progress { done, total: self.total });
        }
        Ok(entry)
    }

    fn put(&self, file: &SiteFile, made: Result<Made<'_>, Trouble>) -> Result<(), Failure> {
        match made {
            Ok(made) => Ok(self.publisher.put(file.url().path(), file.class(), &made.bytes)?),
            Err(Trouble::Mistakes(mut found)) => {
                self.mistakes.lock().unwrap_or_else(PoisonError::into_inner).append(&mut found);
                Ok(())
            }
            Err(Trouble::Failure(failure)) => Err(failure),
        }
    }
}
