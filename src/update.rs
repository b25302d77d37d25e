//! Replacement of content files: all of them, or none.
//!
//! The new texts are staged in a hidden folder of the content folder. A journal that names them is the point of no
//! return: before it exists, the content is unchanged; afterwards every run of a command first carries out what is left
//! of it ([`recover`]), so that no command sees a mixture. If a file cannot be replaced, the old texts are staged in the
//! same way, and their journal supersedes the first one.

use crate::diagnostic::{self, Bilingual, say};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Hidden folder of an update in progress, in the content folder.
const FOLDER: &str = ".shirube-update";
/// Journal: a line `NAME PATH` per file, with the name of its new text in the folder and its path in the content.
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
    carry_out(content, &mut || Ok(())).and_then(|()| fs::remove_dir_all(&folder)).map_err(|error| {
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
    let new: Vec<(String, &str, &str)> = (0..)
        .zip(files)
        .map(|(number, (path, file)): (usize, _)| (format!("new-{number}"), path.as_str(), file.new.as_str()))
        .collect();
    let staged = before().and_then(|()| fs::create_dir(&folder)).and_then(|()| stage(&folder, &new, before));
    if let Err(error) = staged {
        // Without a journal nothing was replaced; what is left is removed by the next run.
        let _ = fs::remove_dir_all(&folder);
        return Err(unchanged(&error));
    }
    if let Err(error) = carry_out(content, before) {
        return Err(undo(content, files, &error, before));
    }
    // All files are replaced: a folder that cannot be removed is left to the next run.
    let _ = before().and_then(|()| fs::remove_dir_all(&folder));
    Ok(())
}

/// Writes texts, given by their names in the folder and the paths of their files, and the journal that names them.
fn stage(folder: &Path, texts: &[(String, &str, &str)], before: Hook<'_>) -> io::Result<()> {
    let mut journal = String::new();
    for (name, path, text) in texts {
        before()?;
        write_synced(&folder.join(name), text)?;
        journal.push_str(&format!("{name} {path}\n"));
    }
    before()?;
    let draft = folder.join("journal.new");
    write_synced(&draft, &journal)?;
    sync_folder(folder)?;
    before()?;
    fs::rename(draft, folder.join(JOURNAL))?;
    sync_folder(folder)
}

/// Renames the staged files of the journal that are left; none without a journal. Idempotent.
fn carry_out(content: &Path, before: Hook<'_>) -> io::Result<()> {
    let folder = content.join(FOLDER);
    let journal = match fs::read_to_string(folder.join(JOURNAL)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        journal => journal?,
    };
    for (name, path) in journal.lines().filter_map(|line| line.split_once(' ')) {
        let staged = folder.join(name);
        if staged.exists() {
            before()?;
            let target = content.join(path);
            fs::rename(&staged, &target)?;
            target.parent().map_or(Ok(()), sync_folder)?;
        }
    }
    Ok(())
}

/// Restores the old texts after a failure, and describes it. If that fails too, the next run finishes what the journal
/// says: the update, or its undoing.
fn undo(content: &Path, files: &BTreeMap<String, Replacement>, error: &io::Error, before: Hook<'_>) -> Bilingual {
    let folder = content.join(FOLDER);
    let old: Vec<(String, &str, &str)> = (0..)
        .zip(files)
        .filter(|(_, (path, file))| fs::read(content.join(path)).ok().as_deref() != Some(file.old.as_bytes()))
        .map(|(number, (path, file)): (usize, _)| (format!("old-{number}"), path.as_str(), file.old.as_str()))
        .collect();
    let mut restore = || {
        stage(&folder, &old, before)?;
        carry_out(content, before)?;
        before()?;
        fs::remove_dir_all(&folder)
    };
    if restore().is_ok() {
        return unchanged(error);
    }
    let Bilingual { ja, en } = diagnostic::io_error_text(error);
    say!(
        ja: "原稿を置き換えられません（{ja}）。次に shirube を実行したときに、取り込みを完了するか、元の状態に戻します",
        en: "cannot replace files of the content ({en}); the next run of shirube will finish or undo the update"
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

    /// Runs an update whose change number `fails_at` fails, and which is killed before change number `killed_at`.
    fn run(
        root: &Path,
        fails_at: Option<usize>,
        killed_at: Option<usize>,
    ) -> std::thread::Result<Result<(), Bilingual>> {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut changes = 0;
            let mut before = || {
                assert!(Some(changes) != killed_at, "killed");
                changes += 1;
                if Some(changes - 1) == fails_at { Err(io::Error::other("failed")) } else { Ok(()) }
            };
            replace_with_hook(root, &replacements(), &mut before)
        }))
    }

    #[test]
    fn is_old_or_new_after_a_failure_and_a_kill_at_any_change() {
        let mut states = std::collections::BTreeSet::new();
        for fails_at in (0..10).map(Some).chain([None]) {
            for killed_at in 0.. {
                let root = content();
                let result = run(root.path(), fails_at, Some(killed_at));
                recover(root.path()).unwrap();
                let state = texts(root.path());
                assert!(state == ["旧"; 3] || state == ["新"; 3], "{fails_at:?} {killed_at}: {state:?}");
                assert!(!root.path().join(FOLDER).exists());
                states.insert((result.is_err(), state));
                if result.is_ok() {
                    break;
                }
            }
        }
        assert_eq!(states.len(), 4, "old and new, killed and not");
    }

    #[test]
    fn restores_the_old_files_if_one_cannot_be_replaced() {
        let mut failures = 0;
        for fails_at in 0..10 {
            let root = content();
            let result = run(root.path(), Some(fails_at), None).unwrap();
            let expect = if result.is_ok() { "新" } else { "旧" };
            failures += usize::from(result.is_err());
            assert_eq!(texts(root.path()), [expect; 3], "{fails_at}");
            recover(root.path()).unwrap();
            assert!(!root.path().join(FOLDER).exists());
        }
        assert_eq!(failures, 9, "the folder, three texts, the journal, its name, three files");
    }
}
