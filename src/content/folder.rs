//! The content folder on the disk: what is there, unit by unit, and reading it. Nothing else here
//! touches the disk.

use super::files::{ContentFiles, natural};
use crate::diagnostic::{Bilingual, Sources};
use crate::model::Kind;
use crate::say;
use rayon::prelude::*;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{MAIN_SEPARATOR, Path, PathBuf, is_separator};
use std::time::SystemTime;
use walkdir::{DirEntry, WalkDir};

/// The paths of all files of a content folder, relative, with `/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    /// Those that lie in no unit.
    pub shared: Vec<String>,
    /// The units, in natural order of their names: each folder that holds a strategy.
    pub units: Vec<UnitFolder>,
}

/// The paths of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFolder {
    /// Its name.
    pub name: String,
    /// All files below it, with its name.
    pub paths: Vec<String>,
}

/// What kept the content folder from being read at all.
#[derive(Debug)]
pub struct ReadError {
    /// What happened, with the path.
    pub message: Bilingual,
    /// Whether what was asked for is not there, so that something else should be asked for.
    pub misuse: bool,
}

/// Reads the folder `root`. Of its strategies only those that `only` names (by their path
/// or the unit they belong to), and all others of the same unit; all where `only` is empty.
///
/// # Errors
/// When the folder is not there or a file cannot be read, or `only` names nothing.
pub fn read(root: &Path, only: &[String]) -> Result<(ContentFiles, Sources), ReadError> {
    Ok(ContentFiles::sort(load_all(root, &paths(root, only)?)?))
}

/// Files by their paths below the content folder, with the bytes of those that are texts (`.md`,
/// `.toml`).
pub type Files = Vec<(String, Option<Vec<u8>>)>;

/// Reads the texts among the files `paths` of the folder `root`.
///
/// # Errors
/// When a file cannot be read.
pub fn load_all(root: &Path, paths: &[String]) -> Result<Files, ReadError> {
    let load = |buffer: &mut Vec<u8>, path: &String| {
        let bytes = if is_text(path) { Some(load_through(buffer, &root.join(path))?) } else { None };
        Ok((path.clone(), bytes))
    };
    paths.par_iter().map_init(Vec::new, load).collect()
}

/// Reads a file through `buffer`, so that the system need not be asked for its length first: content is
/// many small files.
fn load_through(buffer: &mut Vec<u8>, path: &Path) -> Result<Vec<u8>, ReadError> {
    buffer.clear();
    buffer.reserve(64 * 1024);
    // `File` itself would ask for the length; a part of it, however long, does not.
    let read = File::open(path).and_then(|file| file.take(u64::MAX).read_to_end(buffer));
    read.map_err(|error| cannot_read(path, &error.to_string()))?;
    Ok(buffer.clone())
}

impl Folder {
    /// Lists the folder `root`, or of its units only those that `only` names, itself or one of their
    /// strategies.
    ///
    /// # Errors
    /// When the folder is not there, or `only` names nothing.
    pub fn list(root: &Path, only: &[String]) -> Result<Self, ReadError> {
        if only.is_empty() {
            return Self::list_where(root, &|_| true);
        }
        // The other units are not even walked: what is one of a thousand costs no more than one.
        let units: Vec<&str> = units(only).collect();
        let folder = Self::list_where(root, &|unit| units.iter().any(|wanted| unit == *wanted))?;
        let Some(wanted) = folder.unknown(only) else { return Ok(folder) };
        let all = Self::list_where(root, &|_| true)?;
        // Where there is none at all, that is what is to be said.
        if all.units.is_empty() { Ok(all) } else { Err(no_such_strategy(wanted, &all)) }
    }

    /// Lists what lies in no folder.
    ///
    /// # Errors
    /// When the folder is not there.
    pub fn list_shared(root: &Path) -> Result<Self, ReadError> {
        Self::list_where(root, &|_| false)
    }

    /// Lists `root`, entering only those folders in it whose names are `wanted`; these side by side.
    fn list_where(root: &Path, wanted: &dyn Fn(&OsStr) -> bool) -> Result<Self, ReadError> {
        let (folders, files): (Vec<_>, Vec<_>) =
            entries(root, 1)?.into_iter().partition(|entry| entry.file_type().is_dir());
        let below = |folder: &DirEntry| {
            let name = folder.file_name().to_string_lossy().into_owned();
            let paths = paths_below(root, &entries(folder.path(), usize::MAX)?);
            Ok(UnitFolder { name, paths })
        };
        let wanted: Vec<_> = folders.iter().filter(|folder| wanted(folder.file_name())).collect();
        let mut listed: Vec<UnitFolder> = wanted.into_par_iter().map(below).collect::<Result<_, _>>()?;
        listed.sort_by(|a, b| natural(&a.name, &b.name));
        let (units, others): (Vec<_>, Vec<_>) =
            listed.into_iter().partition(|folder| folder.strategies().next().is_some());
        let mut shared = paths_below(root, &files);
        shared.extend(others.into_iter().flat_map(|other| other.paths));
        Ok(Self { shared, units })
    }

    /// All paths, in order of their bytes.
    fn into_paths(self) -> Vec<String> {
        let mut paths = self.shared;
        paths.extend(self.units.into_iter().flat_map(|unit| unit.paths));
        // Those of each folder are in order already.
        paths.sort();
        paths
    }

    /// The first of `only` that names no strategy and no unit.
    fn unknown<'o>(&self, only: &'o [String]) -> Option<&'o str> {
        let strategies = self.strategies();
        let known = |wanted: &&str| strategies.iter().any(|id| id == wanted || id.split('/').next() == Some(wanted));
        only.iter().map(|wanted| wanted.trim_end_matches('/')).find(|wanted| !known(wanted))
    }

    /// The ids of all strategies, in natural order.
    pub fn strategies(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.units.iter().flat_map(UnitFolder::strategies).map(str::to_owned).collect();
        ids.sort_by(|a, b| natural(a, b));
        ids
    }
}

impl UnitFolder {
    /// The ids of its strategies.
    pub fn strategies(&self) -> impl Iterator<Item = &str> {
        strategies(self.paths.iter().map(String::as_str))
    }
}

/// The folder in which the file at `path` lies, if it lies in one.
pub(crate) fn unit_of(path: &str) -> Option<&str> {
    path.split_once('/').map(|(unit, _)| unit)
}

/// All file paths that [`read`] would read, in order of their bytes.
pub(crate) fn paths(root: &Path, only: &[String]) -> Result<Vec<String>, ReadError> {
    Ok(Folder::list(root, only)?.into_paths())
}

/// The units that `only` names or lies in.
pub(crate) fn units(only: &[String]) -> impl Iterator<Item = &str> {
    only.iter().map(|wanted| wanted.split('/').next().unwrap_or(wanted))
}

/// One file, for those who keep the folder in memory and look at single files again.
#[derive(Debug)]
pub(crate) enum Loading {
    /// A text (`.md`, `.toml`).
    Text(Vec<u8>),
    /// A file that is no text: not read.
    Other(Stamp),
    /// There is no such file.
    Gone,
    /// There is, but it cannot be read.
    Failed(ReadError),
}

/// By what a file is known to be as it was, without being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    changed: Option<SystemTime>,
    length: u64,
}

/// The file at `path`, which is called `relative` below the content folder.
pub(crate) fn loading(path: &Path, relative: &str) -> Loading {
    if !is_text(relative) {
        let file = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
        let stamp = |file: std::fs::Metadata| Stamp { changed: file.modified().ok(), length: file.len() };
        return file.map_or(Loading::Gone, |file| Loading::Other(stamp(file)));
    }
    match std::fs::read(path) {
        Ok(bytes) => Loading::Text(bytes),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Loading::Gone,
        Err(error) => Loading::Failed(cannot_read(path, &error.to_string())),
    }
}

/// The folders with a `strategy.toml`.
pub(super) fn strategies<'p>(paths: impl Iterator<Item = &'p str>) -> impl Iterator<Item = &'p str> {
    paths.filter_map(|path| path.strip_suffix("/strategy.toml"))
}

/// All file paths below `root`, relative, with `/`, in order of their bytes; hidden files and
/// those that editors and offices leave behind are passed over.
pub(crate) fn list(root: &Path) -> Result<Vec<String>, ReadError> {
    paths(root, &[])
}

/// The paths of the files among `entries`, seen from `root`, in order: however the disk lists them.
/// Natural order is for people, and takes longer.
fn paths_below(root: &Path, entries: &[DirEntry]) -> Vec<String> {
    let root = root.to_string_lossy();
    let files = entries.iter().filter(|entry| entry.file_type().is_file());
    let relative = files.filter_map(|entry| {
        // Walking begins with `root` as it is written, so that the text need not be taken apart.
        let path = entry.path().to_string_lossy();
        Some(path.strip_prefix(&*root)?.trim_start_matches(is_separator).replace(MAIN_SEPARATOR, "/"))
    });
    let mut paths: Vec<String> = relative.collect();
    paths.sort_unstable();
    paths
}

/// What lies in the folder `from`, so many folders deep, and is to be read.
fn entries(from: &Path, depth: usize) -> Result<Vec<DirEntry>, ReadError> {
    let mut entries = Vec::new();
    let walk = WalkDir::new(from).min_depth(1).max_depth(depth).follow_links(true);
    for entry in walk.into_iter().filter_entry(|entry| !is_ignored(entry.file_name())) {
        match entry {
            Ok(entry) => entries.push(entry),
            // The locks of Emacs are links to nowhere: they cannot be entered, and need not be.
            Err(error) if error.depth() > 0 && error.path().and_then(Path::file_name).is_some_and(is_ignored) => {}
            Err(error) => {
                let path = error.path().unwrap_or(from);
                let reason = error.io_error().map_or_else(|| "loop".to_owned(), std::io::Error::to_string);
                return Err(cannot_read(path, &reason));
            }
        }
    }
    Ok(entries)
}

/// Whether a file or folder of this name is one that systems, editors and offices leave behind.
pub(crate) fn is_ignored(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    matches!(name.first(), Some(b'.' | b'~' | b'#')) || name.ends_with(b"~") || name == b"Thumbs.db"
}

fn no_such_strategy(wanted: &str, folder: &Folder) -> ReadError {
    let strategies = folder.strategies();
    let (all, all_ja) = (strategies.join(", "), strategies.join("、"));
    ReadError {
        message: say!(
            ja: "計画「{wanted}」はありません。あるのは {all_ja} です",
            en: "there is no strategy `{wanted}`; there are {all}"
        ),
        misuse: true,
    }
}

fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

pub(crate) fn load(path: &Path) -> Result<Vec<u8>, ReadError> {
    std::fs::read(path).map_err(|e| cannot_read(path, &e.to_string()))
}

pub(crate) fn cannot_read(path: &Path, reason: &str) -> ReadError {
    let path = path.display();
    ReadError {
        message: say!(ja: "{path} を読めません（{reason}）", en: "cannot read {path} ({reason})"),
        misuse: false,
    }
}

/// Where the files of `path` are: a helper for those who copy assets.
pub fn asset_path(root: &Path, strategy: &str, kind: Kind, node: &str, name: &str) -> PathBuf {
    root.join(strategy).join(kind.folder()).join(node).join(name)
}
