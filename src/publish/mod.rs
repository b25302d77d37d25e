//! Publishing: atomic, incremental replacement of the site in the output folder.
//!
//! A [`Publisher`] compares every file with the published one and stages new and changed files next
//! to the site. [`Publisher::finish`] writes a journal, which commits the new site: the staged files
//! are renamed into place one by one, new folders as a whole, in an order in which every link
//! resolves throughout ([`order`]). Opening the folder after an interruption finishes the journal;
//! without one, the staging folder is deleted and the old site remains. (Only old files that block a
//! new one are deleted first: a file at the path of a new folder, or a name that differs only in case.)
//!
//! The program deletes only files listed in its manifest that it wrote and nobody has changed since,
//! and replaces only files listed there. Any other file is left alone. One that occupies the path of
//! a page is adopted if its bytes are equal; otherwise nothing is published. The same holds when an
//! interrupted run is finished later. If the manifest or the journal is damaged, the cache and the
//! staged manifest are used instead ([`recovery`]).
//!
//! A unit is not rendered again if its inputs and its files are unchanged since the last run: see [`cache`].

mod cache;
mod disk;
mod dry_run;
mod error;
#[cfg(test)]
mod fault;
mod journal;
mod manifest;
mod order;
mod recovery;
#[cfg(test)]
pub(crate) mod tests;

pub use cache::{ROOT_UNIT, UnitRecord, UnitStats};
pub use dry_run::DryRun;
pub use error::{IoOperation, PublishError};
pub use recovery::Recovery;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::file_name::{self, PathRegistry};

use cache::{Cache, CachedFile, LoadedCache};
use disk::{CACHE, JOURNAL, MANIFEST, OnDisk, OutputDir, SEAL, io_error};
use journal::{Journal, JournalStep};
use manifest::{Manifest, ManifestEntry};

/// Receives the files of a site, from several threads.
pub trait Sink: Sync {
    /// Takes a file. `path` is relative to the output folder, separated by `/`. After an error the sink must be
    /// dropped.
    ///
    /// # Errors
    /// Fails if the file cannot be published.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError>;
}

/// Result of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishSummary {
    /// New and changed files.
    pub written: usize,
    /// Files that were already up to date.
    pub unchanged: usize,
    /// Files that no longer belong to the site.
    pub deleted: usize,
    /// Files that no longer belong to the site but were kept because someone has changed them.
    pub kept: Vec<String>,
}

/// Writes one site into one folder. Dropping it without [`finish`](Self::finish) leaves the folder unchanged.
#[derive(Debug)]
pub struct Publisher {
    disk: OutputDir,
    old: Manifest,
    cache: LoadedCache,
    /// True if the folder was empty, so that there is nothing to compare with or to protect.
    was_empty: bool,
    pending: Mutex<PendingFiles>,
    /// True if the journal is written. From then on the staging folder is needed until the run is finished.
    committed: bool,
    /// Outcome of an interrupted earlier run; `None` if there was none.
    recovery: Option<Recovery>,
    /// Lock on the folder, released when dropped.
    _lock: File,
}

/// Files received so far.
#[derive(Debug, Default)]
struct PendingFiles {
    reserved: PathRegistry,
    new: Vec<CachedFile>,
    staged: Vec<StagedFile>,
    unchanged: usize,
    /// Files of reused units.
    reused: Vec<CachedFile>,
}

/// A staged file.
#[derive(Debug)]
struct StagedFile {
    path: String,
    /// State of its path in the site before publishing.
    on_disk: OnDisk,
}

impl Publisher {
    /// Creates the folder if it does not exist, locks it against a second run, and finishes or undoes an interrupted
    /// run.
    pub fn open(output: &Path) -> Result<Self, PublishError> {
        Self::open_on(OutputDir::new(output))
    }

    fn open_on(disk: OutputDir) -> Result<Self, PublishError> {
        let lock = disk.lock()?;
        let (old, recovery) = recovery::recover(&disk)?;
        let was_empty = old == Manifest::default() && disk.is_empty()?;
        let cache = LoadedCache::read(&disk);
        Ok(Self { disk, old, cache, was_empty, pending: Mutex::default(), committed: false, recovery, _lock: lock })
    }

    /// Outcome of an interrupted earlier run, determined when the folder was opened; `None` if there was none.
    pub fn recovery(&self) -> Option<Recovery> {
        self.recovery
    }

    /// Like [`open`](Self::open), but returns `None` if `output` contains neither a published site nor the
    /// journal of an interrupted run.
    pub fn open_existing(output: &Path) -> Option<Result<Self, PublishError>> {
        let disk = OutputDir::new(output);
        let is_published = [MANIFEST, JOURNAL].iter().any(|record| disk.exists(&disk.record_path(record)));
        is_published.then(|| Self::open_on(disk))
    }

    /// Number of published files in top-level folders other than `folders` that contain a file named like one of
    /// `marks`.
    pub fn count_files_outside(&self, folders: &[&str], marks: &[&str]) -> usize {
        let split = || self.old.iter().filter_map(|entry| entry.path.split_once('/'));
        let is_marked = |rest: &str| marks.contains(&rest.rsplit('/').next().unwrap_or(rest));
        let marked: BTreeSet<&str> = split().filter(|(_, rest)| is_marked(rest)).map(|(top, _)| top).collect();
        split().filter(|(top, _)| marked.contains(top) && !folders.contains(top)).count()
    }

    /// Keeps the published files of `unit` if its fingerprint is the cached one and the files are unchanged. Returns
    /// its statistics, or `None` if the unit must be rendered.
    pub fn reuse(&self, unit: &str, fingerprint: u128) -> Option<UnitStats> {
        let (stats, mut files) = self.cache.up_to_date(&self.disk, &self.old, unit, fingerprint)?;
        let mut pending = self.pending();
        pending.unchanged += files.len();
        pending.reused.append(&mut files);
        Some(stats)
    }

    /// Publishes the staged files, deletes files that no longer belong to the site, and writes the manifest. Writes
    /// the cache too unless `units` is empty. Changes nothing on the disk if nothing differs.
    pub fn finish(mut self, units: &[UnitRecord]) -> Result<PublishSummary, PublishError> {
        let mut files = std::mem::take(&mut *self.pending());
        let is_unchanged = files.new.is_empty() && files.reused.len() == self.old.len();
        let summary = if is_unchanged {
            PublishSummary { unchanged: files.unchanged, ..PublishSummary::default() }
        } else {
            self.publish(&mut files)?
        };
        if !units.is_empty() {
            let cache = Cache::new(files.reused.into_iter().chain(files.new), units);
            self.write_cache(&cache)?;
        }
        Ok(summary)
    }

    /// Writes the cache if it differs from the one on the disk.
    fn write_cache(&self, cache: &Cache) -> Result<(), PublishError> {
        if *cache == self.cache.content {
            return Ok(());
        }
        let path = self.disk.record_path(CACHE);
        let json = serde_json::to_vec(cache).map_err(|error| io_error(IoOperation::Write, &path)(error.into()))?;
        self.disk.write(&path, &json)?;
        self.disk.delete(&self.disk.record_path(SEAL))
    }

    fn publish(&mut self, files: &mut PendingFiles) -> Result<PublishSummary, PublishError> {
        let PendingFiles { reserved, new, staged, unchanged, reused } = files;
        for CachedFile(entry, _) in &*reused {
            reserve_path(reserved, &entry.path)?;
        }
        let new: Manifest = reused.iter().chain(&*new).map(|CachedFile(entry, _)| entry.clone()).collect();
        let removed = self.old.iter().filter(|entry| !reserved.contains(&entry.path)).cloned();
        let (blocking, mut obsolete): (Vec<_>, Vec<_>) =
            removed.partition(|entry| reserved.conflicts_with_old(&entry.path));
        order::sort_removals(&mut obsolete);
        self.ensure_paths_free(staged, &blocking)?;
        self.ensure_one_file_system(staged)?;

        let mut summary = PublishSummary { written: staged.len(), unchanged: *unchanged, ..PublishSummary::default() };
        if staged.is_empty() && new == self.old {
            return Ok(summary);
        }
        let files = staged.iter().map(|file| self.disk.staged_path(&file.path)).collect();
        let removals = blocking.len() + obsolete.len();
        let mut steps: Vec<_> = blocking.into_iter().map(JournalStep::Remove).collect();
        steps.extend(order::placements(staged).into_iter().map(JournalStep::Place));
        steps.extend(obsolete.into_iter().map(JournalStep::Remove));
        let journal = Journal { steps };

        self.commit(&journal, &new.to_string(), files)?;
        summary.kept = journal.carry_out(&self.disk, &self.old)?.kept;
        summary.deleted = removals - summary.kept.len();
        Ok(summary)
    }

    /// Fails if a foreign file blocks the path of a new one.
    fn ensure_paths_free(&self, staged: &[StagedFile], removed: &[ManifestEntry]) -> Result<(), PublishError> {
        let is_removed = |path: &str| removed.iter().any(|entry| entry.path == path && self.disk.matches(path, entry));
        let foreign = |path: &str| PublishError::Foreign { path: self.disk.site_path(path) };
        let folders = file_name::folders(staged.iter().map(|file| file.path.as_str()));
        let is_blocked = |folder: &&str| self.disk.is_blocked_by_file(folder) && !is_removed(folder);
        if let Some(blocked) = folders.into_iter().find(is_blocked) {
            return Err(foreign(blocked));
        }
        let folders = staged.iter().filter(|file| file.on_disk == OnDisk::Folder);
        let mut remaining = folders.map(|file| self.disk.first_foreign_entry(&file.path, &is_removed));
        remaining.try_for_each(|remaining| match remaining? {
            Some(remaining) => Err(foreign(&remaining)),
            None => Ok(()),
        })
    }

    /// Fails if a folder or file of the site is a mount point, because staged files cannot be renamed
    /// into it.
    fn ensure_one_file_system(&self, staged: &[StagedFile]) -> Result<(), PublishError> {
        let Some(staging_mount) = self.disk.mount(&self.disk.staging_folder()) else { return Ok(()) };
        let folders = file_name::folders(staged.iter().map(|file| file.path.as_str()));
        let files = staged.iter().filter(|file| file.on_disk != OnDisk::Nothing).map(|file| file.path.as_str());
        let mut paths = std::iter::once("").chain(folders).chain(files).map(|path| self.disk.site_path(path));
        match paths.find(|path| self.disk.mount(path).is_some_and(|mount| mount != staging_mount)) {
            Some(path) => Err(PublishError::OtherFileSystem { path }),
            None => Ok(()),
        }
    }

    /// Writes the new manifest and the journal next to the staged files, syncs all of them, and only then puts the
    /// journal into effect.
    fn commit(&mut self, journal: &Journal, manifest: &str, mut files: Vec<PathBuf>) -> Result<(), PublishError> {
        let staging_folder = self.disk.staging_folder();
        self.disk.make_folder(&staging_folder)?;
        for (name, text) in [("manifest", manifest), ("journal", &journal.to_string())] {
            let record = staging_folder.join(name);
            self.disk.write(&record, text.as_bytes())?;
            files.push(record);
        }
        // A first site replaces nothing, so only its records are synced: after a power failure the next run detects
        // incomplete files.
        let syncs_only_records = self.was_empty && cfg!(target_os = "linux");
        let skipped = if syncs_only_records { files.len().saturating_sub(2) } else { 0 };
        self.disk.sync(files.get(skipped..).unwrap_or_default())?;
        self.committed = true;
        self.disk.rename(&staging_folder.join("journal"), &self.disk.record_path(JOURNAL))?;
        self.disk.sync_state_dir()
    }

    /// Locks the files received so far. A poisoned lock is harmless: after a panic the publisher is dropped without
    /// publishing.
    fn pending(&self) -> MutexGuard<'_, PendingFiles> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reserves `path` for a file, unless another file of the site has it.
///
/// # Errors
/// Fails if the name is invalid on some operating system or collides with an earlier one.
fn reserve_path(reserved: &mut PathRegistry, path: &str) -> Result<(), PublishError> {
    if let Some(why) = file_name::invalid_reason(path) {
        return Err(PublishError::Name { path: path.to_owned(), why });
    }
    reserved.reserve(path).map_err(|other| PublishError::Collision { path: path.to_owned(), other })
}

impl Sink for Publisher {
    /// Stages `bytes` unless the published file is equal.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        reserve_path(&mut self.pending().reserved, path)?;
        let on_disk = if self.was_empty { OnDisk::Nothing } else { self.disk.compare(path, bytes)? };
        let (older, entry) = (self.old.get(path), ManifestEntry::new(path, bytes));
        let is_respelled = older.is_some_and(|older| older.path != path);
        if let (OnDisk::Same(modified), false) = (on_disk, is_respelled) {
            let mut pending = self.pending();
            pending.new.push(CachedFile(entry, modified));
            pending.unchanged += 1;
            return Ok(());
        }
        let is_ours = || older.is_some_and(|older| older.path == path || self.disk.matches(path, older));
        if on_disk == OnDisk::Other && !is_ours() {
            return Err(PublishError::Foreign { path: self.disk.site_path(path) });
        }

        let modified = self.disk.stage_file(path, bytes)?;
        let staged = StagedFile { path: path.to_owned(), on_disk };
        let mut pending = self.pending();
        pending.new.push(CachedFile(entry, modified));
        pending.staged.push(staged);
        Ok(())
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        if !self.committed {
            // The next run deletes what cannot be deleted now.
            let _ = self.disk.clear_staging_folder();
        }
    }
}
