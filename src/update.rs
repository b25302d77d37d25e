//! Replacement of content files: all of them, or none.
//!
//! The new texts are staged in a hidden folder of the content folder. A journal that names them is the point of no
//! return: before it exists, the content is unchanged; afterwards every run of a command first carries out what is left
//! of it ([`recover`]), so that no command sees a mixture.

use crate::diagnostic::{self, Bilingual, say};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Hidden folder of an update in progress, in the content folder.
const FOLDER: &str = ".shirube-update";
/// Journal: one path per line, relative to the content folder. The staged file of line *n* has the name *n*.
const JOURNAL: &str = "journal";

/// Text of a file before and after the update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Text that the file must have.
    pub old: String,
    /// Text that replaces it.
    pub new: String,
}

/// Replaces the files below `content`, given by their paths relative to it.
///
/// # Errors
/// Fails, with the content unchanged, if a file no longer has its old text or a new one cannot be written. If a file
/// cannot be replaced, the others are restored.
pub fn replace(content: &Path, files: &BTreeMap<String, Replacement>) -> Result<(), Bilingual> {
    replace_with_hook(content, files, &mut || Ok(()))
}

/// Finishes an update that was interrupted. Does nothing if there is none.
///
/// # Errors
/// Fails if a file cannot be replaced; another run can finish it.
pub fn recover(content: &Path) -> Result<(), Bilingual> {
    let folder = content.join(FOLDER);
    if !folder.is_dir() {
        return Ok(());
    }
    let finish = || match fs::read_to_string(folder.join(JOURNAL)) {
        Ok(journal) => carry_out(content, &journal, &mut || Ok(())).and_then(|()| fs::remove_dir_all(&folder)),
        // No journal: the update had not begun to replace files.
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::remove_dir_all(&folder),
        Err(error) => Err(error),
    };
    finish().map_err(|error| {
        let (folder, Bilingual { ja, en }) = (folder.display(), diagnostic::io_error_text(&error));
        say!(
            ja: "中断された取り込みを完了できません（{folder}: {ja}）。書き込みの権限を確認して、もう一度実行してください",
            en: "cannot finish an interrupted update ({folder}: {en}); check the permissions and try again"
        )
    })
}

/// Hook before each change to the disk, which can make the change fail.
type Hook<'h> = &'h mut dyn FnMut() -> io::Result<()>;

fn replace_with_hook(content: &Path, files: &BTreeMap<String, Replacement>, before: Hook<'_>) -> Result<(), Bilingual> {
    for (path, file) in files {
        if fs::read(content.join(path)).ok().as_deref() != Some(file.old.as_bytes()) {
            return Err(say!(
                ja: "{path} が読み取りの後に変更されています。何も書き込んでいません。もう一度実行してください",
                en: "{path} has changed since it was read; nothing was written, try again"
            ));
        }
    }
    let folder = content.join(FOLDER);
    let journal: String = files.keys().map(|path| format!("{path}\n")).collect();
    let staged = stage(&folder, files, &journal, before);
    if let Err(error) = staged {
        // Without a journal nothing was replaced; what is left is removed by the next run.
        let _ = fs::remove_dir_all(&folder);
        return Err(unchanged(&error));
    }
    match carry_out(content, &journal, before).and_then(|()| before()).and_then(|()| fs::remove_dir_all(&folder)) {
        Ok(()) => Ok(()),
        Err(error) => Err(restore(content, files, &error)),
    }
}

fn stage(folder: &Path, files: &BTreeMap<String, Replacement>, journal: &str, before: Hook<'_>) -> io::Result<()> {
    before()?;
    fs::create_dir(folder)?;
    for (number, file) in files.values().enumerate() {
        before()?;
        write_synced(&folder.join(number.to_string()), &file.new)?;
    }
    before()?;
    let draft = folder.join("journal.new");
    write_synced(&draft, journal)?;
    sync_folder(folder)?;
    before()?;
    fs::rename(draft, folder.join(JOURNAL))?;
    sync_folder(folder)
}

/// Renames the staged files that are left. Idempotent.
fn carry_out(content: &Path, journal: &str, before: Hook<'_>) -> io::Result<()> {
    for (number, path) in journal.lines().enumerate() {
        let staged = content.join(FOLDER).join(number.to_string());
        if staged.exists() {
            before()?;
            let target = content.join(path);
            fs::rename(&staged, &target)?;
            target.parent().map_or(Ok(()), sync_folder)?;
        }
    }
    Ok(())
}

/// Writes the old texts back after a failure, and removes the journal last.
fn restore(content: &Path, files: &BTreeMap<String, Replacement>, error: &io::Error) -> Bilingual {
    let failed: Vec<&str> = files
        .iter()
        .filter(|(path, file)| {
            let path = content.join(path);
            let is_old = fs::read(&path).is_ok_and(|bytes| bytes == file.old.as_bytes());
            !is_old && write_synced(&path, &file.old).is_err()
        })
        .map(|(path, _)| path.as_str())
        .collect();
    if failed.is_empty() && fs::remove_dir_all(content.join(FOLDER)).is_ok() {
        return unchanged(error);
    }
    let Bilingual { ja, en } = diagnostic::io_error_text(error);
    say!(
        ja: "原稿を置き換えられません（{ja}）。次に shirube を実行したときに、取り込みの続きを行います",
        en: "cannot replace files of the content ({en}); the next run of shirube will finish the update"
    )
}

fn unchanged(error: &io::Error) -> Bilingual {
    let Bilingual { ja, en } = diagnostic::io_error_text(error);
    say!(ja: "原稿に書き込めません（{ja}）。何も変更していません", en: "cannot write to the content ({en}); nothing was changed")
}

fn write_synced(path: &PathBuf, text: &str) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Makes renames in a folder durable, where the system supports it.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 3] = ["a/1.md", "a/2.md", "b/3.md"];

    fn content() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for path in FILES {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "旧").unwrap();
        }
        root
    }

    fn replacements() -> BTreeMap<String, Replacement> {
        let replacement = Replacement { old: "旧".to_owned(), new: "新".to_owned() };
        FILES.iter().map(|path| ((*path).to_owned(), replacement.clone())).collect()
    }

    fn texts(root: &Path) -> Vec<String> {
        FILES.iter().map(|path| fs::read_to_string(root.join(path)).unwrap()).collect()
    }

    #[test]
    fn replaces_all_files_and_leaves_nothing_behind() {
        let root = content();
        replace(root.path(), &replacements()).unwrap();
        assert_eq!(texts(root.path()), ["新"; 3]);
        assert!(!root.path().join(FOLDER).exists());
    }

    #[test]
    fn refuses_files_that_have_changed() {
        let root = content();
        fs::write(root.path().join("a/2.md"), "別").unwrap();
        let refused = replace(root.path(), &replacements()).unwrap_err();
        assert!(refused.en.contains("a/2.md has changed"), "{refused:?}");
        assert_eq!(texts(root.path()), ["旧", "別", "旧"]);
    }

    #[test]
    fn is_old_or_new_after_a_kill_at_any_change() {
        let mut states = std::collections::BTreeSet::new();
        for changes in 0.. {
            let root = content();
            let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                let mut left = changes;
                let mut before = || {
                    assert!(left > 0, "killed");
                    left -= 1;
                    Ok(())
                };
                replace_with_hook(root.path(), &replacements(), &mut before).unwrap();
            }));
            recover(root.path()).unwrap();
            let state = texts(root.path());
            assert!(state == ["旧"; 3] || state == ["新"; 3], "{changes}: {state:?}");
            assert!(!root.path().join(FOLDER).exists());
            states.insert(state);
            if killed.is_ok() {
                assert!(changes > FILES.len() * 2, "{changes}");
                break;
            }
        }
        assert_eq!(states.len(), 2, "both occur");
    }

    #[test]
    fn restores_the_old_files_if_one_cannot_be_replaced() {
        for fails_at in 0..20 {
            let root = content();
            let mut changes = 0;
            let mut before = || {
                changes += 1;
                if changes == fails_at + 1 { Err(io::Error::other("failed")) } else { Ok(()) }
            };
            let result = replace_with_hook(root.path(), &replacements(), &mut before);
            let expect = if result.is_ok() { "新" } else { "旧" };
            assert_eq!(texts(root.path()), [expect; 3], "{fails_at}");
            assert!(!root.path().join(FOLDER).exists());
        }
    }
}
