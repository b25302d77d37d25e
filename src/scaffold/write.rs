//! Creation of files, such as those of a proposal: all of them, or none.
//!
//! New files are staged under hidden names next to their targets and then renamed in the given order: a new
//! folder as a whole, or a file in an existing folder. A killed run therefore leaves no partial file. An edition adds
//! files to many folders, so a killed run may leave only some of them; the declaration, a draft, comes first, and
//! running the same command again adds the rest.

use super::Proposal;
use crate::build::CommandError;
use crate::diagnostic::{self, Bilingual, say};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Suffix of the names of staged files and folders, which begin with a dot.
const STAGED: &str = ".shirube-new";

/// Creates the files of `proposal` below `root`; see [`create_files`].
///
/// # Errors
/// Fails if a file exists already or cannot be written.
pub fn write(root: &Path, proposal: &Proposal) -> Result<(), CommandError> {
    create_files(root, bytes(proposal))
}

/// Creates files below `root`, given by their paths and contents. Never overwrites a file, and removes those already
/// written if one cannot be written.
///
/// # Errors
/// Fails if a file exists already or cannot be written.
pub fn create_files<'f>(root: &Path, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<(), CommandError> {
    create_with_hook(root, files, &mut || Ok(()))
}

fn bytes(proposal: &Proposal) -> impl Iterator<Item = (&str, &[u8])> {
    proposal.files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()))
}

/// Returns true if this is the name of a staged file or folder of an interrupted run.
pub fn is_staged_name(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") && name.ends_with(STAGED.as_bytes())
}

/// Implements [`create_files`] with a hook before each change to the disk, which can make the change fail.
fn create_with_hook<'f>(
    root: &Path,
    files: impl Iterator<Item = (&'f str, &'f [u8])>,
    before: Hook<'_>,
) -> Result<(), CommandError> {
    let mut staged = StagedFiles { additions: Vec::new(), before };
    let files = files.map(|(path, bytes)| (root.join(path), bytes));
    let written = staged.write(files).and_then(|()| staged.publish());
    written.map_err(|(path, error)| match staged.roll_back() {
        Ok(()) => command_error(&path, &error),
        Err(failed) => incomplete_error(&path, &error, &failed),
    })
}

/// Hook before each change to the disk.
type Hook<'h> = &'h mut dyn FnMut() -> io::Result<()>;

/// Path and reason of a failure.
type Failure = (PathBuf, io::Error);

fn command_error(path: &Path, error: &io::Error) -> CommandError {
    let path = path.display();
    let message = match error.kind() {
        io::ErrorKind::AlreadyExists => say!(
            ja: "{path} はすでにあります。何も書き込んでいません",
            en: "{path} already exists; nothing was written"
        ),
        _ => {
            let Bilingual { ja, en } = diagnostic::io_error_text(error);
            say!(
                ja: "{path} に書き込めません（{ja}）。何も書き込んでいません",
                en: "cannot write {path} ({en}); nothing was written"
            )
        }
    };
    CommandError::Other(message)
}

/// Error for a failure after which `remaining` could not be removed.
fn incomplete_error(path: &Path, error: &io::Error, remaining: &Failure) -> CommandError {
    let (path, remaining) = (path.display(), remaining.0.display());
    let Bilingual { ja, en } = diagnostic::io_error_text(error);
    CommandError::Other(say!(
        ja: "{path} に書き込めません（{ja}）。書き込み途中の {remaining} も削除できませんでした。削除してから、もう一度実行してください",
        en: "cannot write {path} ({en}), and could not remove {remaining}; delete it and try again"
    ))
}

/// Staged files and folders.
struct StagedFiles<'h> {
    additions: Vec<Addition>,
    before: Hook<'h>,
}

/// A new file in an existing folder, or a new folder with its contents.
struct Addition {
    target: PathBuf,
    staged: PathBuf,
    is_published: bool,
}

impl Addition {
    /// The addition that contains `path`: the topmost missing folder above it, or `path` itself.
    fn covering(path: &Path) -> Self {
        let is_new = |above: &&Path| !above.as_os_str().is_empty() && !above.exists();
        let target = path.ancestors().skip(1).take_while(is_new).last().unwrap_or(path);
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(STAGED);
        Self { target: target.to_owned(), staged: target.with_file_name(name), is_published: false }
    }
}

impl StagedFiles<'_> {
    /// Stages all files.
    fn write<'f>(&mut self, files: impl Iterator<Item = (PathBuf, &'f [u8])>) -> Result<(), Failure> {
        for (path, bytes) in files {
            self.write_file(&path, bytes).map_err(|error| (path, error))?;
        }
        Ok(())
    }

    fn write_file(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if path.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let addition = Addition::covering(path);
        let rest = path.strip_prefix(&addition.target).map_err(io::Error::other)?;
        // Joining an empty path would append a separator.
        let staged = if rest.as_os_str().is_empty() { addition.staged.clone() } else { addition.staged.join(rest) };
        if self.additions.iter().all(|known| known.target != addition.target) {
            self.clear(&addition.staged)?;
            self.additions.push(addition);
        }
        if let Some(folder) = staged.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            (self.before)()?;
            fs::create_dir_all(folder)?;
        }
        (self.before)()?;
        let mut file = fs::File::create(staged)?;
        (self.before)()?;
        file.write_all(bytes)
    }

    /// Renames everything into place.
    fn publish(&mut self) -> Result<(), Failure> {
        for addition in &mut self.additions {
            let failure = |error| (addition.target.clone(), error);
            if addition.target.symlink_metadata().is_ok() {
                return Err(failure(io::ErrorKind::AlreadyExists.into()));
            }
            (self.before)().and_then(|()| fs::rename(&addition.staged, &addition.target)).map_err(failure)?;
            addition.is_published = true;
        }
        Ok(())
    }

    /// Removes everything that was written. Fails with the first path that cannot be removed, after trying all.
    fn roll_back(&mut self) -> Result<(), Failure> {
        let mut result = Ok(());
        for addition in std::mem::take(&mut self.additions).into_iter().rev() {
            let path = if addition.is_published { addition.target } else { addition.staged };
            let removed = self.clear(&path).map_err(|error| (path, error));
            result = result.and(removed);
        }
        result
    }

    /// Removes a file or folder if it exists.
    fn clear(&mut self, path: &Path) -> io::Result<()> {
        let Ok(metadata) = path.symlink_metadata() else { return Ok(()) };
        (self.before)()?;
        if metadata.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::DiskSource;
    use crate::diagnostic::has_errors;
    use crate::scaffold::edition::{self, EditionRequest};
    use crate::scaffold::site;
    use crate::workspace::{self, AnalysisOptions};
    use std::collections::BTreeMap;

    fn proposal(paths: &[&str]) -> Proposal {
        let files = paths.iter().map(|path| ((*path).to_owned(), "新".to_owned())).collect();
        Proposal { files, ..Proposal::default() }
    }

    /// Texts of all files below a folder by path; `None` for a folder.
    fn tree(root: &Path) -> BTreeMap<PathBuf, Option<String>> {
        let entries = walkdir::WalkDir::new(root).min_depth(1).into_iter().map(|entry| entry.unwrap());
        let text = |path: &Path| path.is_file().then(|| fs::read_to_string(path).unwrap());
        entries.map(|entry| (entry.path().strip_prefix(root).unwrap().to_owned(), text(entry.path()))).collect()
    }

    /// Writes a proposal, killed after `changes` changes to the disk. Returns whether it was killed before it finished.
    fn killed_after(changes: usize, root: &Path, proposal: &Proposal) -> bool {
        let mut remaining = changes;
        let mut before = || match remaining.checked_sub(1) {
            Some(less) => {
                remaining = less;
                Ok(())
            }
            None => Err(io::Error::other("killed")),
        };
        create_with_hook(root, bytes(proposal), &mut before).is_err()
    }

    #[test]
    fn writes_files_and_their_folders() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &proposal(&["a/b/c.md", "a/d.md"])).unwrap();
        write(root.path(), &proposal(&["a/b/d.md"])).unwrap();
        let files = ["a/b/c.md", "a/b/d.md", "a/d.md"].map(|path| (PathBuf::from(path), Some("新".to_owned())));
        let folders = ["a", "a/b"].map(|path| (PathBuf::from(path), None));
        assert_eq!(tree(root.path()), files.into_iter().chain(folders).collect());
    }

    #[test]
    fn writes_nothing_if_a_file_exists() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("old.md"), "旧").unwrap();
        let before = tree(root.path());
        assert!(write(root.path(), &proposal(&["a/b/c.md", "new.md", "old.md"])).is_err());
        assert_eq!(tree(root.path()), before);
    }

    #[test]
    fn leaves_nothing_if_a_file_cannot_be_written() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("file"), "").unwrap();
        let before = tree(root.path());
        assert!(write(root.path(), &proposal(&["a/b.md", "file/below.md"])).is_err());
        assert_eq!(tree(root.path()), before);
    }

    #[test]
    fn reports_files_that_cannot_be_removed() {
        let root = tempfile::tempdir().unwrap();
        let mut changes = 0;
        let mut before = || {
            changes += 1;
            if changes > 5 { Err(io::Error::other("failed")) } else { Ok(()) }
        };
        let failed = create_with_hook(root.path(), bytes(&proposal(&["a.md", "b.md", "c.md"])), &mut before);
        let Err(CommandError::Other(message)) = failed else { panic!("the write must fail") };
        assert!(message.en.contains("could not remove") && !message.en.contains("nothing was written"), "{message:?}");
        assert!(!tree(root.path()).is_empty());
    }

    /// Asserts that a run that is killed after any change to the disk and then repeated writes the same files as an
    /// uninterrupted run. `next` proposes the files that are still missing, and may assert that the content is valid.
    fn assert_completed_after_any_kill(prepare: impl Fn(&Path), next: impl Fn(&Path) -> Option<Proposal>) {
        let whole = tempfile::tempdir().unwrap();
        prepare(whole.path());
        write(whole.path(), &next(whole.path()).unwrap()).unwrap();
        for changes in 0.. {
            let root = tempfile::tempdir().unwrap();
            prepare(root.path());
            if !killed_after(changes, root.path(), &next(root.path()).unwrap()) {
                assert!(changes > 3, "{changes}");
                break;
            }
            for (path, text) in tree(root.path()) {
                let is_staged = path.iter().any(is_staged_name);
                assert!(is_staged || tree(whole.path()).get(&path) == Some(&text), "{changes}: {}", path.display());
            }
            if let Some(rest) = next(root.path()) {
                write(root.path(), &rest).unwrap();
            }
            assert_eq!(tree(root.path()), tree(whole.path()), "{changes}");
        }
    }

    #[test]
    fn repeated_command_completes_a_killed_edition() {
        let next = |root: &Path| {
            let loaded =
                workspace::analyze(&DiskSource::new(&root.join("content")), &[], &AnalysisOptions::WITHOUT_REVIEW)
                    .unwrap();
            assert!(!has_errors(&loaded.diagnostics), "{:#?}", loaded.diagnostics);
            let (_, strategy) = loaded.report.strategies().next().unwrap();
            let wanted = EditionRequest { id: "2025", year: None, label: Some("七年度"), stage: None, carry: None };
            let mut proposal = edition::edition(strategy, wanted).ok()?;
            proposal.files.iter_mut().for_each(|(path, _)| path.insert_str(0, "content/"));
            Some(proposal)
        };
        assert_completed_after_any_kill(|root| write(root, &site::site()).unwrap(), next);
    }

    #[test]
    fn killed_site_is_complete_or_absent() {
        let next = |root: &Path| {
            (!root.join("machi/content").exists()).then(|| {
                let mut proposal = site::site();
                proposal.files.iter_mut().for_each(|(path, _)| path.insert_str(0, "machi/"));
                proposal
            })
        };
        assert_completed_after_any_kill(|_| (), next);
    }
}
