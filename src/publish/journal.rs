//! Journal: the record of the changes of a run, written before the first of them.
//!
//! Every step is idempotent, so an interrupted run is finished by carrying out all steps again.

use std::collections::BTreeSet;
use std::fmt;

use super::disk::{JOURNAL, MANIFEST, OutputDir};
use super::error::PublishError;
use super::manifest::{Manifest, ManifestEntry, RecordError, lines};
use crate::file_name::{self, parents};

/// First line. A later format with other steps has a higher number.
const HEADER: &str = "shirube journal 1";

/// One change of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum JournalStep {
    /// Moves the staged file or folder `path` into place.
    Place(String),
    /// Deletes a file if its bytes are those that the program wrote.
    Remove(ManifestEntry),
}

/// All changes of a run in order. The manifest is always replaced last.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) steps: Vec<JournalStep>,
}

/// Result of carrying out a journal.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct JournalResult {
    /// Number of renames and deletions.
    pub(super) changes: usize,
    /// Files that are kept instead of removed, because someone has changed them since they were written.
    pub(super) kept: Vec<String>,
}

impl Journal {
    /// Carries out all steps, then deletes the journal. Replaces only files of `old`, the manifest of the previous
    /// site.
    pub(super) fn carry_out(&self, disk: &OutputDir, old: &Manifest) -> Result<JournalResult, PublishError> {
        let mut result = JournalResult::default();
        // Parent folders of target paths that are known not to be links.
        let mut folders = BTreeSet::new();
        for step in &self.steps {
            match step {
                JournalStep::Place(path) => {
                    let unchecked = parents(path).take_while(|folder| folders.insert(*folder));
                    if let Some(link) = unchecked.filter(|folder| disk.is_blocked_by_file(folder)).last() {
                        return Err(PublishError::Foreign { path: disk.site_path(link) });
                    }
                    result.changes += move_into_place(disk, old, path)?;
                }
                JournalStep::Remove(entry) if disk.matches(&entry.path, entry) => {
                    disk.delete(&disk.site_path(&entry.path))?;
                    disk.prune_above(&entry.path);
                    result.changes += 1;
                }
                JournalStep::Remove(entry) if disk.exists(&disk.site_path(&entry.path)) => {
                    result.kept.push(entry.path.clone());
                }
                JournalStep::Remove(entry) => disk.prune_above(&entry.path),
            }
        }
        let manifest = disk.staging_folder().join(MANIFEST);
        if disk.exists(&manifest) {
            disk.rename(&manifest, &disk.record_path(MANIFEST))?;
        }
        disk.delete(&disk.record_path(JOURNAL))?;
        disk.clear_staging_folder()?;
        Ok(result)
    }

    /// Reads the form that [`Display`](fmt::Display) writes.
    pub(super) fn parse(text: &str) -> Result<Self, RecordError> {
        let step = |line: &str| match line.split_once(' ')? {
            ("place", path) => file_name::invalid_reason(path).is_none().then(|| JournalStep::Place(path.to_owned())),
            ("remove", rest) => ManifestEntry::parse(rest).map(JournalStep::Remove),
            _ => None,
        };
        let steps = lines(text, HEADER)?.map(step).collect::<Option<_>>();
        Ok(Self { steps: steps.ok_or(RecordError::Damaged)? })
    }
}

/// Moves a staged file or folder into place, a folder as a whole if its target does not exist. A path that is no longer
/// staged has been moved already. Returns the number of renames.
///
/// The target was free or ours when the journal was written, but someone may have put a file there since.
fn move_into_place(disk: &OutputDir, old: &Manifest, path: &str) -> Result<usize, PublishError> {
    let (staged, target) = (disk.staged_path(path), disk.site_path(path));
    let Some(from) = disk.kind(&staged) else { return Ok(0) };
    match disk.kind(&target) {
        None => {
            if let Some(folder) = target.parent().filter(|folder| !disk.exists(folder)) {
                disk.make_folder(folder)?;
            }
        }
        Some(to) if from.is_dir() && to.is_dir() => {
            let names = disk.names(&staged)?;
            let renames = names.iter().map(|name| move_into_place(disk, old, &format!("{path}/{name}")));
            return renames.sum();
        }
        Some(to) if from.is_dir() || to.is_dir() || old.get(path).is_none() => {
            return Err(PublishError::Foreign { path: target });
        }
        Some(_) => {}
    }
    disk.rename(&staged, &target)?;
    Ok(1)
}

impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        self.steps.iter().try_for_each(|step| match step {
            JournalStep::Place(path) => writeln!(f, "place {path}"),
            JournalStep::Remove(entry) => writeln!(f, "remove {entry}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_its_own_output() {
        let steps = vec![
            JournalStep::Place("a b/写真.jpg".to_owned()),
            JournalStep::Remove(ManifestEntry::new("old.html", b"old")),
        ];
        let journal = Journal { steps };
        assert_eq!(Journal::parse(&journal.to_string()), Ok(journal));
    }

    #[test]
    fn rejects_paths_outside_the_folder_and_unknown_steps() {
        assert_eq!(Journal::parse(&format!("{HEADER}\nplace ../index.html\n")), Err(RecordError::Damaged));
        assert_eq!(Journal::parse(&format!("{HEADER}\nplace a.html\nforget b\n")), Err(RecordError::Damaged));
    }
}
