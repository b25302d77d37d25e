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
//! A part of the site whose inputs and files are as the last run left them need not be made
//! again, and that can be proved: see [`seal`].

mod disk;
mod error;
mod journal;
mod manifest;
mod moves;
mod name;
mod seal;
#[cfg(test)]
mod tests;

pub use error::{PublishError, Tried};
pub use seal::Sealed;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use disk::{Disk, Found};
use journal::{Journal, Step};
use manifest::{Entry, Manifest};
use name::Taken;
use seal::Seal;

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

/// What a run has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that were already as they should be.
    pub unchanged: usize,
    /// Files that no longer belong to the site.
    pub deleted: usize,
    /// Files that no longer belong to the site, but were left because someone has changed them.
    pub kept: Vec<String>,
}

/// A part of a site that is made, and may be left alone, as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All that lies in no folder which is a part itself.
    Around,
    /// A folder of the site.
    Folder(String),
}

impl Part {
    /// Its name. No folder has an empty one.
    pub(crate) fn name(&self) -> &str {
        match self {
            Part::Around => "",
            Part::Folder(name) => name,
        }
    }

    /// The part that a seal names so.
    fn named(name: &str) -> Self {
        if name.is_empty() { Part::Around } else { Part::Folder(name.to_owned()) }
    }
}

/// Writes one site into one folder. Dropped without [`finish`](Self::finish), it leaves everything as it was.
#[derive(Debug)]
pub struct Publisher {
    disk: Disk,
    old: Manifest,
    /// What is known of how the site was made that is there.
    seal: Option<Seal>,
    /// Whether nothing was there: nothing to compare with, and nothing that could be lost.
    first: bool,
    progress: Mutex<Progress>,
    /// Whether the journal is written, from when on the stage is needed until the end.
    decided: bool,
    /// Held, never read: the folder is free again when it is dropped.
    lock: Option<File>,
}

/// What has been put so far.
#[derive(Debug, Default)]
struct Progress {
    taken: Taken,
    new: Vec<Entry>,
    staged: Vec<Staged>,
    unchanged: usize,
    /// The parts that were left as they are.
    kept: Vec<Part>,
}

/// A file in the stage.
#[derive(Debug)]
struct Staged {
    turn: Turn,
    path: String,
    found: Found,
}

/// The order in which files appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Asset,
    NewPage,
    ChangedPage,
    Index,
}

impl Turn {
    fn of(class: Class, found: Found) -> Self {
        match (class, found) {
            (Class::Asset, _) => Self::Asset,
            (Class::Page, Found::Nothing) => Self::NewPage,
            (Class::Page, _) => Self::ChangedPage,
            (Class::Index, _) => Self::Index,
        }
    }
}

impl Publisher {
    /// Makes the folder if there is none, locks it against a second run, and finishes or undoes
    /// a run that was interrupted.
    pub fn open(output: &Path) -> Result<Self, PublishError> {
        Self::open_on(Disk::new(output))
    }

    fn open_on(disk: Disk) -> Result<Self, PublishError> {
        let lock = disk.lock()?;
        if let Some(text) = disk.read_record(&disk.journal())? {
            let journal = Journal::parse(&text).ok_or_else(|| PublishError::Damaged { path: disk.journal() })?;
            journal.carry_out(&disk)?;
        }
        disk.clear_stage()?;
        let record = disk.read_record(&disk.manifest())?;
        let old = match &record {
            Some(text) => Manifest::parse(text).ok_or_else(|| PublishError::Damaged { path: disk.manifest() })?,
            None => Manifest::default(),
        };
        let first = old == Manifest::default() && disk.is_empty()?;
        let seal = record.and_then(|text| Seal::read(&disk, &text));
        Ok(Self { disk, old, seal, first, progress: Mutex::default(), decided: false, lock: Some(lock) })
    }

    /// Compares `bytes` with what is there and stages them if they differ. `path` is relative
    /// to the output folder, with `/`. After an error the publisher is to be dropped.
    pub fn put(&self, path: &str, class: Class, bytes: &[u8]) -> Result<(), PublishError> {
        if let Some(why) = name::flaw(path) {
            return Err(PublishError::Name { path: path.to_owned(), why });
        }
        let taken = self.progress().taken.take(path);
        taken.map_err(|other| PublishError::Collision { path: path.to_owned(), other })?;

        let found = if self.first { Found::Nothing } else { self.disk.compare(path, bytes)? };
        let (older, entry) = (self.old.get(path), Entry::new(path, bytes));
        let respelled = older.is_some_and(|older| older.path != path);
        if found == Found::Same && !respelled {
            let mut progress = self.progress();
            progress.new.push(entry);
            progress.unchanged += 1;
            return Ok(());
        }
        let is_ours = || older.is_some_and(|older| older.path == path || self.disk.holds(path, older));
        if found == Found::Other && !is_ours() {
            return Err(PublishError::Foreign { path: self.disk.site(path) });
        }

        self.disk.put_aside(path, bytes)?;
        let staged = Staged { turn: Turn::of(class, found), path: path.to_owned(), found };
        let mut progress = self.progress();
        progress.new.push(entry);
        progress.staged.push(staged);
        Ok(())
    }

    /// Whether a site was published into `output`, perhaps not to the end.
    pub fn is_published(output: &Path) -> bool {
        let disk = Disk::new(output);
        [disk.manifest(), disk.journal()].iter().any(|record| disk.is_there(record))
    }

    /// How many files of the site that is there lie in other folders of it than `folders`.
    pub fn outside(&self, folders: &[&str]) -> usize {
        let tops = self.old.iter().filter_map(|entry| Some(entry.path.split_once('/')?.0));
        tops.filter(|top| !folders.contains(top)).count()
    }

    /// Leaves `part` as it is, if it was made of `inputs` and still is as it was made; returns what
    /// was noted on it then. A note that `read` does not understand proves nothing.
    pub fn keep<N, R>(&self, part: &Part, inputs: u128, read: R) -> Result<Option<N>, PublishError>
    where
        R: FnOnce(&str) -> Option<N>,
    {
        let Some(seal) = &self.seal else { return Ok(None) };
        let Some(note) = seal.note(part, inputs).and_then(read) else { return Ok(None) };
        let entries = seal.files(part, &self.old);
        if !seal.holds(&self.disk, &entries) {
            return Ok(None);
        }
        let mut progress = self.progress();
        progress.unchanged += entries.len();
        progress.kept.push(part.clone());
        Ok(Some(note))
    }

    /// Finishes the site and seals it, if it was made of these parts alone: those whose files and
    /// inputs do not change are known to need nothing.
    pub fn finish_and_seal(self, parts: &[Sealed]) -> Result<Summary, PublishError> {
        let disk = self.disk.clone();
        let (all_kept, is_as_it_was, unchanged) = {
            let Progress { kept, new, unchanged, .. } = &*self.progress();
            // What is kept is of the old site: where it is as much, nothing else was there.
            (kept.len() == parts.len(), new.is_empty() && *unchanged == self.old.len(), *unchanged)
        };
        if all_kept && is_as_it_was {
            return Ok(Summary { unchanged, ..Summary::default() });
        }
        let (summary, manifest, _lock) = self.settle()?;
        // A seal that is set again counts from now: what was made or compared just now is older.
        if !all_kept && let Some(text) = seal::text(&manifest, parts) {
            disk.write(&disk.seal(), text.as_bytes())?;
        }
        Ok(summary)
    }

    /// Puts the staged files in their places, deletes what no longer belongs to the site, and
    /// writes the new manifest. Touches nothing if nothing differs.
    pub fn finish(self) -> Result<Summary, PublishError> {
        self.settle().map(|(summary, ..)| summary)
    }

    /// The same; returns the text of the new manifest, and what keeps others away.
    fn settle(mut self) -> Result<(Summary, String, Option<File>), PublishError> {
        let Progress { mut taken, mut new, staged, unchanged, kept } = std::mem::take(&mut *self.progress());
        let seal = self.seal.as_ref();
        for entry in seal.iter().flat_map(|seal| kept.iter().flat_map(|part| seal.files(part, &self.old))) {
            taken.take(&entry.path).map_err(|other| PublishError::Collision { path: entry.path.clone(), other })?;
            new.push(entry.clone());
        }
        let new: Manifest = new.into_iter().collect();
        let leaves = self.old.iter().filter(|entry| !taken.holds(&entry.path)).cloned();
        let (first, last): (Vec<_>, Vec<_>) = leaves.partition(|entry| taken.displaces(&entry.path));
        self.check_way(&staged, &first)?;

        let mut summary = Summary { written: staged.len(), unchanged, ..Summary::default() };
        let manifest = new.to_string();
        if staged.is_empty() && new == self.old {
            return Ok((summary, manifest, self.lock.take()));
        }
        let files = staged.iter().map(|file| self.disk.staged(&file.path)).collect();
        let removals = first.len() + last.len();
        let mut steps: Vec<_> = first.into_iter().map(Step::Remove).collect();
        steps.extend(moves::moves(&staged).into_iter().map(Step::Place));
        steps.extend(last.into_iter().map(Step::Remove));
        let journal = Journal { steps };

        self.commit(&journal, &manifest, files)?;
        summary.kept = journal.carry_out(&self.disk)?;
        summary.deleted = removals - summary.kept.len();
        Ok((summary, manifest, self.lock.take()))
    }

    /// Fails if a file that is not ours bars the way of a new one.
    fn check_way(&self, staged: &[Staged], leaving: &[Entry]) -> Result<(), PublishError> {
        let leaves = |path: &str| leaving.iter().any(|entry| entry.path == path && self.disk.holds(path, entry));
        let foreign = |path: &str| PublishError::Foreign { path: self.disk.site(path) };
        let folders = name::folders(staged.iter().map(|file| file.path.as_str()));
        if let Some(barred) = folders.into_iter().find(|folder| self.disk.bars(folder) && !leaves(folder)) {
            return Err(foreign(barred));
        }
        let folders = staged.iter().filter(|file| file.found == Found::Folder);
        folders.map(|file| self.disk.remains(&file.path, &leaves)).try_for_each(|remains| match remains? {
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
        self.disk.settle(files.get(waited..).unwrap_or_default())?;
        self.decided = true;
        self.disk.rename(&stage.join("journal"), &self.disk.journal())?;
        self.disk.settle_room()
    }

    /// What has been put so far. After a panic the publisher is dropped, so that nothing half put is published.
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
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
