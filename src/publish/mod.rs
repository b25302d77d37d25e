//! Writing the site: only what differs, each file whole at every moment, all or nothing.
//!
//! A [`Publisher`] compares every file with what is there and puts those that differ into a
//! stage beside the site. [`Publisher::finish`] writes a journal, and from that moment the new
//! site is decided: the staged files are renamed into place one by one, new folders as a whole,
//! in an order in which every link resolves throughout (assets, new pages, changed pages,
//! indexes, deletions). Whoever
//! opens the folder after an interruption finishes the journal; without one, the stage is swept
//! away and the old site stands. (What is deleted first is only what stands in the way of a
//! new file: a file where a folder must be, or the same name in capitals.)
//!
//! The program deletes only files named in its manifest that are still as it wrote them, and
//! replaces only files named there. Any other file is left alone; where one stands in the place
//! of a page, it may stay if it is equal, and else nothing is published.
//!
//! A unit whose inputs and files are as the last run left them need not be rendered again: see [`cache`].

mod cache;
mod disk;
mod dry_run;
mod error;
#[cfg(test)]
mod fault;
mod journal;
mod manifest;
mod moves;
mod name;
#[cfg(test)]
mod tests;

pub use cache::{ROOT, UnitRecord, UnitStats};
pub use dry_run::DryRun;
pub use error::{IoOperation, PublishError};

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use cache::{Cache, CachedFile, ReadCache};
use disk::{CACHE, JOURNAL, MANIFEST, OnDisk, OutputDir, SEAL, failed};
use journal::{Journal, JournalStep};
use manifest::{Manifest, ManifestEntry};
use name::PathRegistry;

/// What a file is to the others, which decides when it appears: first assets, then new pages,
/// changed pages, and indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Needed by pages: styles, scripts, images, data.
    Asset,
    /// A page that links to others.
    Page,
    /// A page or file that lists the others: home, indexes, feeds, the search index.
    Index,
}

/// What takes the files of a site, side by side.
pub trait Sink: Sync {
    /// Takes a file. `path` is relative to the output folder, with `/`. After an error the sink is to be dropped.
    ///
    /// # Errors
    /// When the file cannot be published.
    fn put(&self, path: &str, class: Class, bytes: &[u8]) -> Result<(), PublishError>;
}

/// What a run has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishSummary {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that were already as they should be.
    pub unchanged: usize,
    /// Files that no longer belong to the site.
    pub deleted: usize,
    /// Files that no longer belong to the site, but were left because someone has changed them.
    pub kept: Vec<String>,
}

/// Writes one site into one folder. Dropped without [`finish`](Self::finish), it leaves everything as it was.
#[derive(Debug)]
pub struct Publisher {
    disk: OutputDir,
    old: Manifest,
    cache: ReadCache,
    /// Whether nothing was there: nothing to compare with, and nothing that could be lost.
    first: bool,
    pending: Mutex<PendingFiles>,
    /// Whether the journal is written, from when on the stage is needed until the end.
    decided: bool,
    /// Held, never read: the folder is free again when it is dropped.
    _lock: File,
}

/// What has been put so far.
#[derive(Debug, Default)]
struct PendingFiles {
    taken: PathRegistry,
    new: Vec<CachedFile>,
    staged: Vec<Staged>,
    unchanged: usize,
    /// The files of units that were left as they are.
    reused: Vec<CachedFile>,
}

/// A file in the stage.
#[derive(Debug)]
struct Staged {
    phase: PublishPhase,
    path: String,
    found: OnDisk,
}

/// The order in which files appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PublishPhase {
    Asset,
    NewPage,
    ChangedPage,
    Index,
}

impl PublishPhase {
    fn of(class: Class, found: OnDisk) -> Self {
        match (class, found) {
            (Class::Asset, _) => Self::Asset,
            (Class::Page, OnDisk::Nothing) => Self::NewPage,
            (Class::Page, _) => Self::ChangedPage,
            (Class::Index, _) => Self::Index,
        }
    }
}

impl Publisher {
    /// Makes the folder if there is none, locks it against a second run, and finishes or undoes
    /// a run that was interrupted.
    pub fn open(output: &Path) -> Result<Self, PublishError> {
        Self::open_on(OutputDir::new(output))
    }

    fn open_on(disk: OutputDir) -> Result<Self, PublishError> {
        let lock = disk.lock()?;
        if let Some(text) = disk.read_record(&disk.state(JOURNAL))? {
            let journal = Journal::parse(&text).ok_or_else(|| PublishError::Damaged { path: disk.state(JOURNAL) })?;
            journal.carry_out(&disk)?;
        }
        disk.clear_stage()?;
        let old = match disk.read_record(&disk.state(MANIFEST))? {
            Some(text) => Manifest::parse(&text).ok_or_else(|| PublishError::Damaged { path: disk.state(MANIFEST) })?,
            None => Manifest::default(),
        };
        let first = old == Manifest::default() && disk.is_empty()?;
        let cache = ReadCache::read(&disk);
        Ok(Self { disk, old, cache, first, pending: Mutex::default(), decided: false, _lock: lock })
    }

    /// As [`open`](Self::open), if a site was published into `output`, perhaps not to the end.
    pub fn open_existing(output: &Path) -> Option<Result<Self, PublishError>> {
        let disk = OutputDir::new(output);
        let is_published = [MANIFEST, JOURNAL].iter().any(|record| disk.is_there(&disk.state(record)));
        is_published.then(|| Self::open_on(disk))
    }

    /// How many files of the site that is there lie in other folders of it than `folders`.
    pub fn outside(&self, folders: &[&str]) -> usize {
        let tops = self.old.iter().filter_map(|entry| Some(entry.path.split_once('/')?.0));
        tops.filter(|top| !folders.contains(top)).count()
    }

    /// Leaves `unit` as it is, if it was made with this fingerprint and its files are as they were published; returns
    /// its numbers.
    pub fn reuse(&self, unit: &str, fingerprint: u128) -> Option<UnitStats> {
        let (stats, mut files) = self.cache.up_to_date(&self.disk, &self.old, unit, fingerprint)?;
        let mut pending = self.pending();
        pending.unchanged += files.len();
        pending.reused.append(&mut files);
        Some(stats)
    }

    /// Puts the staged files in their places, deletes what no longer belongs to the site, and writes the new manifest;
    /// and the cache, where it is known of what the site was made: of `units`. Touches nothing if nothing differs.
    pub fn finish(mut self, units: &[UnitRecord]) -> Result<PublishSummary, PublishError> {
        let mut files = std::mem::take(&mut *self.pending());
        let is_as_it_was = files.new.is_empty() && files.reused.len() == self.old.len();
        let summary = if is_as_it_was {
            PublishSummary { unchanged: files.unchanged, ..PublishSummary::default() }
        } else {
            self.publish(&mut files)?
        };
        if !units.is_empty() {
            let cache = Cache::new(files.reused.into_iter().chain(files.new), units);
            self.write(&cache)?;
        }
        Ok(summary)
    }

    /// Writes the cache, if it is not the one that is there.
    fn write(&self, cache: &Cache) -> Result<(), PublishError> {
        if *cache == self.cache.cache {
            return Ok(());
        }
        let path = self.disk.state(CACHE);
        let json = serde_json::to_vec(cache).map_err(|error| failed(IoOperation::Write, &path)(error.into()))?;
        self.disk.write(&path, &json)?;
        self.disk.delete(&self.disk.state(SEAL))
    }

    fn publish(&mut self, files: &mut PendingFiles) -> Result<PublishSummary, PublishError> {
        let PendingFiles { taken, new, staged, unchanged, reused } = files;
        for CachedFile(entry, _) in &*reused {
            taken.claim(&entry.path)?;
        }
        let new: Manifest = reused.iter().chain(&*new).map(|CachedFile(entry, _)| entry.clone()).collect();
        let leaves = self.old.iter().filter(|entry| !taken.holds(&entry.path)).cloned();
        let (first, last): (Vec<_>, Vec<_>) = leaves.partition(|entry| taken.conflicts_with_old(&entry.path));
        self.ensure_targets_free(staged, &first)?;

        let mut summary = PublishSummary { written: staged.len(), unchanged: *unchanged, ..PublishSummary::default() };
        if staged.is_empty() && new == self.old {
            return Ok(summary);
        }
        let files = staged.iter().map(|file| self.disk.staged(&file.path)).collect();
        let removals = first.len() + last.len();
        let mut steps: Vec<_> = first.into_iter().map(JournalStep::Remove).collect();
        steps.extend(moves::moves(staged).into_iter().map(JournalStep::Place));
        steps.extend(last.into_iter().map(JournalStep::Remove));
        let journal = Journal { steps };

        self.commit(&journal, &new.to_string(), files)?;
        summary.kept = journal.carry_out(&self.disk)?;
        summary.deleted = removals - summary.kept.len();
        Ok(summary)
    }

    /// Fails if a file that is not ours bars the way of a new one.
    fn ensure_targets_free(&self, staged: &[Staged], leaving: &[ManifestEntry]) -> Result<(), PublishError> {
        let leaves = |path: &str| leaving.iter().any(|entry| entry.path == path && self.disk.matches(path, entry));
        let foreign = |path: &str| PublishError::Foreign { path: self.disk.site(path) };
        let folders = name::folders(staged.iter().map(|file| file.path.as_str()));
        if let Some(barred) = folders.into_iter().find(|folder| self.disk.is_blocked_by_file(folder) && !leaves(folder))
        {
            return Err(foreign(barred));
        }
        let folders = staged.iter().filter(|file| file.found == OnDisk::Folder);
        folders.map(|file| self.disk.first_foreign_entry(&file.path, &leaves)).try_for_each(|remains| match remains? {
            Some(remains) => Err(foreign(&remains)),
            None => Ok(()),
        })
    }

    /// Writes the new manifest and the journal beside the staged files and makes sure that all
    /// are on the disk before the journal counts.
    fn commit(&mut self, journal: &Journal, manifest: &str, mut files: Vec<PathBuf>) -> Result<(), PublishError> {
        let stage = self.disk.stage();
        self.disk.make_folder(&stage)?;
        for (name, text) in [("manifest", manifest), ("journal", &journal.to_string())] {
            let record = stage.join(name);
            self.disk.write(&record, text.as_bytes())?;
            files.push(record);
        }
        // A first site takes the place of nothing, so only its records are waited for: should
        // the power fail now, the next run finds which of its files are not whole.
        let waits_for_records = self.first && cfg!(target_os = "linux");
        let waited = if waits_for_records { files.len().saturating_sub(2) } else { 0 };
        self.disk.sync(files.get(waited..).unwrap_or_default())?;
        self.decided = true;
        self.disk.rename(&stage.join("journal"), &self.disk.state(JOURNAL))?;
        self.disk.sync_state_dir()
    }

    /// What has been put so far. After a panic the publisher is dropped, so that nothing half put is published.
    fn pending(&self) -> MutexGuard<'_, PendingFiles> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Publisher {
    /// Compares `bytes` with what is there and stages them if they differ.
    fn put(&self, path: &str, class: Class, bytes: &[u8]) -> Result<(), PublishError> {
        self.pending().taken.claim(path)?;
        let found = if self.first { OnDisk::Nothing } else { self.disk.compare(path, bytes)? };
        let (older, entry) = (self.old.get(path), ManifestEntry::new(path, bytes));
        let respelled = older.is_some_and(|older| older.path != path);
        if let (OnDisk::Same(modified), false) = (found, respelled) {
            let mut pending = self.pending();
            pending.new.push(CachedFile(entry, modified));
            pending.unchanged += 1;
            return Ok(());
        }
        let is_ours = || older.is_some_and(|older| older.path == path || self.disk.matches(path, older));
        if found == OnDisk::Other && !is_ours() {
            return Err(PublishError::Foreign { path: self.disk.site(path) });
        }

        let modified = self.disk.stage_file(path, bytes)?;
        let staged = Staged { phase: PublishPhase::of(class, found), path: path.to_owned(), found };
        let mut pending = self.pending();
        pending.new.push(CachedFile(entry, modified));
        pending.staged.push(staged);
        Ok(())
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        if !self.decided {
            // What cannot be swept away now, the next run sweeps away.
            let _ = self.disk.clear_stage();
        }
    }
}
