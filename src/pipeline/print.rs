//! The files of one part of a site, made side by side and handed to the publisher as they are made.
//!
//! What the search knows of a page is kept until the index of its strategy is written, which is
//! as soon as the pages of that strategy are.

use super::Failure;
use super::build::{Run, Tally};
use super::press::{Made, Press, SiteFile, Trouble};
use crate::model::StrategyIx;
use crate::publish::Publisher;
use crate::search::{Entry, Shard};
use crate::site::{Page, Url};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

impl Run<'_> {
    /// Makes all files of a press and hands them to the publisher.
    pub(super) fn print(&self, press: &Press<'_>, publisher: &Publisher) -> Result<Tally, Failure> {
        let files = press.files();
        let pages = files.iter().filter(|file| file.page().is_some()).count();
        let mut batches: BTreeMap<Option<StrategyIx>, Vec<SiteFile>> = BTreeMap::new();
        for file in files {
            batches.entry(strategy(&file)).or_default().push(file);
        }
        let batches: Vec<_> = batches.into_values().collect();
        let printing = Printing { run: self, press, publisher, charts: 0.into() };
        batches.par_iter().try_for_each(|batch| printing.batch(batch))?;
        Ok(Tally { pages, charts: printing.charts.into_inner(), ..Tally::default() })
    }
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

/// A part of the site while its files are made.
struct Printing<'a> {
    run: &'a Run<'a>,
    press: &'a Press<'a>,
    publisher: &'a Publisher,
    charts: AtomicUsize,
}

impl Printing<'_> {
    /// Makes the files of one strategy: the pages, then the indexes of what they say.
    fn batch(&self, batch: &[SiteFile]) -> Result<(), Failure> {
        let entries = batch.par_iter().map_init(Vec::new, |buffer, file| self.file(file, buffer));
        let entries: Vec<Option<Entry>> = entries.collect::<Result<_, _>>()?;
        let entries: HashMap<Url, Entry> =
            entries.into_iter().flatten().map(|entry| (entry.url.clone(), entry)).collect();
        let pages: Vec<&Page> = batch.iter().filter_map(SiteFile::page).collect();
        batch.iter().try_for_each(|file| match file {
            SiteFile::Index(shard, _) => {
                let entry = |page: &Page| entries.get(&page.url).map(Cow::Borrowed);
                self.put(file, self.press.index(*shard, &pages, entry))
            }
            _ => Ok(()),
        })
    }

    /// Makes one file, unless it is an index; returns what the search knows of it. Pages are drawn
    /// into `buffer`, which is handed on to the next.
    fn file(&self, file: &SiteFile, buffer: &mut Vec<u8>) -> Result<Option<Entry>, Failure> {
        if let SiteFile::Index(..) = file {
            return Ok(None);
        }
        let mut made = self.press.make(file, buffer);
        let mut entry = None;
        if let Ok(made) = &mut made {
            self.charts.fetch_add(made.charts, Ordering::Relaxed);
            entry = made.entry.take();
        }
        self.put(file, made)?;
        if file.page().is_some() {
            self.run.pages.fetch_add(1, Ordering::Relaxed);
            self.run.show_progress();
        }
        Ok(entry)
    }

    fn put(&self, file: &SiteFile, made: Result<Made<'_>, Trouble>) -> Result<(), Failure> {
        match made {
            Ok(made) => Ok(self.publisher.put(file.url().path(), file.class(), made.body.as_bytes())?),
            Err(Trouble::Mistakes(mut found)) => {
                self.run.mistakes.lock().unwrap_or_else(PoisonError::into_inner).append(&mut found);
                Ok(())
            }
            Err(Trouble::Failure(failure)) => Err(failure),
        }
    }
}
