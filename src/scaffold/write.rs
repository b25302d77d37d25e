//! Writes a proposal: all of it, or nothing.

use super::Proposal;
use crate::build::CommandError;
use crate::diagnostic::{self, Bilingual, say};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes the files of `proposal` below `root`. A file that is there is never written over,
/// and when one cannot be written, all others are taken back.
///
/// # Errors
/// When a file is there already or cannot be written.
pub fn write(root: &Path, proposal: &Proposal) -> Result<(), CommandError> {
    let mut made = Made::default();
    for (path, text) in &proposal.files {
        let path = root.join(path);
        if let Err(error) = made.file(&path, text) {
            made.take_back();
            return Err(failure(&path, &error));
        }
    }
    Ok(())
}

fn failure(path: &Path, error: &io::Error) -> CommandError {
    let path = path.display();
    let message = match error.kind() {
        io::ErrorKind::AlreadyExists => say!(
            ja: "{path} がもうあります。何も書き出していません",
            en: "{path} is there already; nothing was written"
        ),
        _ => {
            let Bilingual { ja, en } = diagnostic::reason(error);
            say!(
                ja: "{path} を書けません（{ja}）。何も書き出していません",
                en: "cannot write {path} ({en}); nothing was written"
            )
        }
    };
    CommandError::Other(message)
}

/// What was made so far, in order.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn file(&mut self, path: &Path, text: &str) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            self.folder(folder)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes())
    }

    fn folder(&mut self, path: &Path) -> io::Result<()> {
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        if let Some(above) = path.parent() {
            self.folder(above)?;
        }
        fs::create_dir(path)?;
        self.folders.push(path.to_owned());
        Ok(())
    }

    /// Only what was made here, and of folders only those that are empty again.
    fn take_back(self) {
        for file in self.files.iter().rev() {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(paths: &[&str]) -> Proposal {
        let files = paths.iter().map(|path| ((*path).to_owned(), "新".to_owned())).collect();
        Proposal { files, ..Proposal::default() }
    }

    #[test]
    fn files_are_written_with_their_folders() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &proposal(&["a/b/c.md", "a/d.md"])).unwrap();
        assert_eq!(fs::read_to_string(root.path().join("a/b/c.md")).unwrap(), "新");
    }

    #[test]
    fn where_one_is_there_already_nothing_is_written() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("old.md"), "旧").unwrap();
        assert!(write(root.path(), &proposal(&["a/b/c.md", "new.md", "old.md"])).is_err());
        let left: Vec<_> = fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["old.md"]);
        assert_eq!(fs::read_to_string(root.path().join("old.md")).unwrap(), "旧");
    }

    #[test]
    fn where_one_cannot_be_written_nothing_is_left() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("file"), "").unwrap();
        assert!(write(root.path(), &proposal(&["a/b.md", "file/below.md"])).is_err());
        assert!(!root.path().join("a").exists());
    }
}
