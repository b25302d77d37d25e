//! What a run is about to change, written down before the first change.
//!
//! Each step may be taken twice with the same end, so a run that was interrupted is finished
//! by taking all steps again.

use std::fmt;
use std::path::Path;

use super::disk::{JOURNAL, MANIFEST, OutputDir};
use super::error::PublishError;
use super::manifest::ManifestEntry;
use super::name;

/// The first line. A later version with other steps writes another number.
const HEAD: &str = "shirube journal 1";

/// One change of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum JournalStep {
    /// What is staged for `path`, a file or a whole folder, goes there.
    Place(String),
    /// A file goes away, if it is still as the program wrote it.
    Remove(ManifestEntry),
}

/// All changes of a run in their order. The exchange of the manifest, the last, goes without saying.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) steps: Vec<JournalStep>,
}

impl Journal {
    /// Takes all steps, then forgets them. Returns files that were to be removed but have been
    /// changed by someone since they were written, and therefore stay.
    pub(super) fn carry_out(&self, disk: &OutputDir) -> Result<Vec<String>, PublishError> {
        let mut kept = Vec::new();
        for step in &self.steps {
            match step {
                JournalStep::Place(path) => place(disk, path)?,
                JournalStep::Remove(entry) if disk.matches(&entry.path, entry) => {
                    disk.delete(&disk.site(&entry.path))?;
                    disk.prune_above(&entry.path);
                }
                JournalStep::Remove(entry) if disk.is_there(&disk.site(&entry.path)) => kept.push(entry.path.clone()),
                JournalStep::Remove(entry) => disk.prune_above(&entry.path),
            }
        }
        move_if_there(disk, &disk.stage().join("manifest"), &disk.state(MANIFEST))?;
        disk.delete(&disk.state(JOURNAL))?;
        disk.clear_stage()?;
        Ok(kept)
    }

    /// Reads the form that [`Display`](fmt::Display) writes; `None` if it is not that form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        (lines.next()? == HEAD).then_some(())?;
        let step = |line: &str| match line.split_once(' ')? {
            ("place", path) => name::invalid_reason(path).is_none().then(|| JournalStep::Place(path.to_owned())),
            ("remove", rest) => ManifestEntry::parse(rest).map(JournalStep::Remove),
            _ => None,
        };
        Some(Self { steps: lines.map(step).collect::<Option<_>>()? })
    }
}

/// Moves a staged file to its place, or a folder: as a whole where none is there.
fn place(disk: &OutputDir, path: &str) -> Result<(), PublishError> {
    let (staged, target) = (disk.staged(path), disk.site(path));
    if staged.is_dir() && target.is_dir() {
        return disk.names(&staged)?.iter().try_for_each(|name| place(disk, &format!("{path}/{name}")));
    }
    if let Some(folder) = target.parent().filter(|folder| !folder.is_dir()) {
        disk.make_folder(folder)?;
    }
    move_if_there(disk, &staged, &target)
}

/// Moves a file out of the stage. One that is no longer in it has been moved already.
fn move_if_there(disk: &OutputDir, from: &Path, to: &Path) -> Result<(), PublishError> {
    if disk.is_there(from) { disk.rename(from, to) } else { Ok(()) }
}

impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
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
    fn a_journal_is_read_as_it_was_written() {
        let steps = vec![
            JournalStep::Place("a b/写真.jpg".to_owned()),
            JournalStep::Remove(ManifestEntry::new("old.html", b"old")),
        ];
        let journal = Journal { steps };
        assert_eq!(Journal::parse(&journal.to_string()), Some(journal));
    }

    #[test]
    fn a_journal_never_leads_out_of_the_folder() {
        assert_eq!(Journal::parse(&format!("{HEAD}\nplace ../index.html\n")), None);
        assert_eq!(Journal::parse(&format!("{HEAD}\nplace a.html\nforget b\n")), None);
    }
}
