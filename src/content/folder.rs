//! The content folder on the disk: what is there, unit by unit, and reading it. Nothing else here
//! touches the disk.

use super::files::{ContentFiles, natural};
use crate::diagnostic::{self, Bilingual, Diagnostic, Rule, Sources};
use crate::model::Kind;
use crate::say;
use rayon::prelude::*;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
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
    /// What lies in no unit and is not read, being a link to elsewhere.
    pub linked: Vec<String>,
}

/// The paths of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFolder {
    /// Its name.
    pub name: String,
    /// All files below it, with its name.
    pub paths: Vec<String>,
    /// What is not read, being a link to elsewhere, with its name.
    pub linked: Vec<String>,
}

/// The paths below a folder, relative, with `/`, in order of their bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Listing {
    /// The files.
    pub(crate) paths: Vec<String>,
    /// Files that are symbolic links, and folders that are links and lead out of the content: nobody publishes
    /// by accident what a link of a pull request points to on the machine that builds. They are not read.
    pub(crate) linked: Vec<String>,
}

/// Why the content folder could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The operating system refused.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        reason: io::Error,
    },
    /// A symbolic link in a place from which files are published.
    Linked {
        /// The link.
        path: String,
    },
    /// No strategy has the id that was asked for.
    UnknownStrategy {
        /// The id.
        wanted: String,
        /// The ids of all strategies.
        known: Vec<String>,
    },
    /// The folder of the site's own theme does not exist.
    NoTheme {
        /// The folder, as site.toml names it.
        folder: String,
    },
}

impl ReadError {
    /// The error of a walk below `root`.
    pub(crate) fn of_walk(error: walkdir::Error, root: &Path) -> Self {
        let path = error.path().unwrap_or(root).to_owned();
        Self::Io { path, reason: error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()) }
    }

    /// The message for the user.
    pub fn message(&self) -> Bilingual {
        match self {
            Self::Io { path, reason } => {
                let (path, Bilingual { ja, en }) = (path.display(), diagnostic::reason(reason));
                say!(ja: "{path} を読めません（{ja}）", en: "cannot read {path} ({en})")
            }
            Self::Linked { path } => linked(path).message,
            Self::UnknownStrategy { wanted, known } => {
                let (all, all_ja) = (known.join(", "), known.join("、"));
                say!(
                    ja: "計画「{wanted}」はありません。あるのは {all_ja} です",
                    en: "there is no strategy `{wanted}`; there are {all}"
                )
            }
            Self::NoTheme { folder } => say!(
                ja: "site.toml の `theme = \"{folder}\"` のフォルダーがありません。site.toml と同じフォルダーに作るか、この行を消してください",
                en: "there is no folder for `theme = \"{folder}\"` of site.toml; make it beside site.toml, or remove the line"
            ),
        }
    }
}

/// Reads the folder `root`. Of its strategies only those that `only` names (by their path
/// or the unit they belong to), and all others of the same unit; all where `only` is empty.
///
/// # Errors
/// When the folder is not there or a file cannot be read, or `only` names nothing.
pub fn read(root: &Path, only: &[String]) -> Result<(ContentFiles, Sources), ReadError> {
    let Listing { paths, linked } = paths(root, only)?;
    let (mut files, sources) = ContentFiles::sort(load_all(root, &paths)?);
    files.linked = linked;
    Ok((files, sources))
}

/// Files by their paths below the content folder, with the bytes of those that are texts (`.md`,
/// `.toml`, `.svg`).
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
    read.map_err(|reason| cannot_read(path, reason))?;
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
        if all.units.is_empty() {
            Ok(all)
        } else {
            Err(ReadError::UnknownStrategy { wanted: wanted.to_owned(), known: all.strategies() })
        }
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
        let mut top = Entries::of(root, root, 1)?;
        top.linked.retain(|link| !link.is_dir() || link.file_name().is_some_and(wanted));
        let (folders, files): (Vec<_>, Vec<_>) = top.there.into_iter().partition(|entry| entry.file_type().is_dir());
        let below = |folder: &DirEntry| {
            let name = folder.file_name().to_string_lossy().into_owned();
            let Listing { paths, linked } = Entries::of(root, folder.path(), usize::MAX)?.listing(root);
            Ok(UnitFolder { name, paths, linked })
        };
        let wanted: Vec<_> = folders.iter().filter(|folder| wanted(folder.file_name())).collect();
        let mut listed: Vec<UnitFolder> = wanted.into_par_iter().map(below).collect::<Result<_, _>>()?;
        listed.sort_by(|a, b| natural(&a.name, &b.name));
        let (units, others): (Vec<_>, Vec<_>) =
            listed.into_iter().partition(|folder| folder.strategies().next().is_some());
        let Listing { paths: mut shared, mut linked } = Entries { there: files, ..top }.listing(root);
        for other in others {
            shared.extend(other.paths);
            linked.extend(other.linked);
        }
        Ok(Self { shared, units, linked })
    }

    /// All paths, in order of their bytes.
    fn into_listing(self) -> Listing {
        let Self { shared: mut paths, units, mut linked } = self;
        for unit in units {
            paths.extend(unit.paths);
            linked.extend(unit.linked);
        }
        // Those of each folder are in order already.
        paths.sort();
        linked.sort();
        Listing { paths, linked }
    }

    /// The first of `only` that names no strategy and no unit.
    fn unknown<'o>(&self, only: &'o [String]) -> Option<&'o str> {
        let strategies = self.strategies();
        let is_linked = |unit: &str| self.linked.iter().any(|link| link == unit);
        let known = |wanted: &&str| {
            strategies.iter().any(|id| id == wanted || id.split('/').next() == Some(wanted)) || is_linked(wanted)
        };
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
pub(crate) fn paths(root: &Path, only: &[String]) -> Result<Listing, ReadError> {
    Ok(Folder::list(root, only)?.into_listing())
}

/// The units that `only` names or lies in.
pub(crate) fn units(only: &[String]) -> impl Iterator<Item = &str> {
    only.iter().map(|wanted| wanted.split('/').next().unwrap_or(wanted))
}

/// One file, for those who keep the folder in memory and look at single files again.
#[derive(Debug)]
pub(crate) enum Loading {
    /// A text (`.md`, `.toml`, `.svg`).
    Text(Vec<u8>),
    /// A file that is no text: not read.
    Other(Stamp),
    /// A link to elsewhere: not read.
    Linked,
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
    if is_link(path) {
        return Loading::Linked;
    }
    if !is_text(relative) {
        let file = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
        let stamp = |file: std::fs::Metadata| Stamp { changed: file.modified().ok(), length: file.len() };
        return file.map_or(Loading::Gone, |file| Loading::Other(stamp(file)));
    }
    match std::fs::read(path) {
        Ok(bytes) => Loading::Text(bytes),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Loading::Gone,
        Err(reason) => Loading::Failed(cannot_read(path, reason)),
    }
}

/// The folders with a `strategy.toml`.
pub(super) fn strategies<'p>(paths: impl Iterator<Item = &'p str>) -> impl Iterator<Item = &'p str> {
    paths.filter_map(|path| path.strip_suffix("/strategy.toml"))
}

/// All that lies below `from`, a folder within `root`, as seen from `from`; hidden files and those that editors
/// and offices leave behind are passed over.
pub(crate) fn list(root: &Path, from: &Path) -> Result<Listing, ReadError> {
    Ok(Entries::of(root, from, usize::MAX)?.listing(from))
}

/// What lies in a folder and is to be read, and the links that are not.
struct Entries {
    there: Vec<DirEntry>,
    linked: Vec<PathBuf>,
}

impl Entries {
    /// What lies in the folder `from` within `root`, so many folders deep.
    fn of(root: &Path, from: &Path, depth: usize) -> Result<Self, ReadError> {
        let mut entries = Self { there: Vec::new(), linked: Vec::new() };
        let walk = WalkDir::new(from).min_depth(1).max_depth(depth).follow_links(true);
        let mut walk = walk.into_iter().filter_entry(|entry| !is_ignored(entry.file_name()));
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry)
                    if entry.path_is_symlink() && !(entry.file_type().is_dir() && is_within(root, entry.path())) =>
                {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    entries.linked.push(entry.into_path());
                }
                Ok(entry) => entries.there.push(entry),
                // The locks of Emacs are links to nowhere: they cannot be entered, and need not be.
                Err(error) if error.depth() > 0 && error.path().and_then(Path::file_name).is_some_and(is_ignored) => {}
                Err(error) => match error.path().filter(|path| error.depth() > 0 && is_link(path)) {
                    Some(link) => entries.linked.push(link.to_owned()),
                    None => return Err(ReadError::of_walk(error, from)),
                },
            }
        }
        Ok(entries)
    }

    /// The paths of files and links, seen from `root`, in order: however the disk lists them. Natural order is for
    /// people, and takes longer.
    fn listing(&self, root: &Path) -> Listing {
        let root = root.to_string_lossy();
        let relative = |path: &Path| {
            // Walking begins with `root` as it is written, so that the text need not be taken apart.
            let path = path.to_string_lossy();
            Some(path.strip_prefix(&*root)?.trim_start_matches(is_separator).replace(MAIN_SEPARATOR, "/"))
        };
        let files = self.there.iter().filter(|entry| entry.file_type().is_file());
        let mut paths: Vec<String> = files.filter_map(|entry| relative(entry.path())).collect();
        let mut linked: Vec<String> = self.linked.iter().filter_map(|path| relative(path)).collect();
        paths.sort_unstable();
        linked.sort_unstable();
        Listing { paths, linked }
    }
}

/// Whether there is a symbolic link at `path`, wherever it leads.
fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink())
}

/// Whether what lies at `path`, links followed, lies within the folder `root`.
pub(crate) fn is_within(root: &Path, path: &Path) -> bool {
    root.canonicalize().and_then(|root| Ok(path.canonicalize()?.starts_with(root))).unwrap_or(false)
}

/// Says that the file or folder at `path` is not read.
pub(crate) fn linked(path: &str) -> Diagnostic {
    let message = say!(
        ja: "{path} はシンボリックリンク（別の場所を指す名前）なので、読み込みません",
        en: "{path} is a symbolic link and is not read"
    );
    let help = say!(
        ja: "リンクを消し、要るならファイルそのものを原稿のフォルダーに置いてください。リンクの先にあるものが、知らないうちに公表されるのを防ぐためです",
        en: "replace it by the file itself, or delete it: what it points to must not be published unawares"
    );
    Diagnostic::new(Rule::LinkedFile, None, message).help(help)
}

/// Whether a file or folder of this name is one that systems, editors and offices leave behind.
pub(crate) fn is_ignored(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let of_system = [&b"Thumbs.db"[..], b"desktop.ini"].iter().any(|known| name.eq_ignore_ascii_case(known));
    of_system || matches!(name.first(), Some(b'.' | b'~' | b'#')) || name.ends_with(b"~")
}

/// Whether the file at `path` is read as it comes: what the content says, and drawings, which may hold scripts.
fn is_text(path: &str) -> bool {
    is_words(path) || is_drawing(path)
}

/// Whether the file at `path` is one that says something.
pub(super) fn is_words(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

/// Whether the file at `path` is a drawing.
pub(super) fn is_drawing(path: &str) -> bool {
    path.len().checked_sub(4).and_then(|dot| path.get(dot..)).is_some_and(|end| end.eq_ignore_ascii_case(".svg"))
}

/// Reads a file of the folder `root` that is published as it is; never through a link to elsewhere.
pub(crate) fn load_own(root: &Path, path: &Path) -> Result<Vec<u8>, ReadError> {
    if is_link(path) || !is_within(root, path) {
        return Err(ReadError::Linked { path: path.display().to_string() });
    }
    load(path)
}

pub(crate) fn load(path: &Path) -> Result<Vec<u8>, ReadError> {
    std::fs::read(path).map_err(|reason| cannot_read(path, reason))
}

fn cannot_read(path: &Path, reason: io::Error) -> ReadError {
    ReadError::Io { path: path.to_owned(), reason }
}

/// Where the files of `path` are: a helper for those who copy assets.
pub fn asset_path(root: &Path, strategy: &str, kind: Kind, node: &str, name: &str) -> PathBuf {
    root.join(strategy).join(kind.folder()).join(node).join(name)
}
