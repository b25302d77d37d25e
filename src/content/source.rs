//! Where content comes from: the disk, memory, or unsaved texts laid over either.

use super::natural::natural;
use crate::diagnostic::{self, Bilingual, Diagnostic, Location, Rule, say};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A content folder. Paths are relative to it, with `/`.
pub trait Source: Send + Sync {
    /// Lists the files at the top, and those in the folders there whose names are `wanted`.
    ///
    /// # Errors
    /// When the folder is not there.
    fn list(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Folder, ReadError>;

    /// Lists all files below `folder`, which may lie beside the content, as seen from it; `None` if there is none.
    fn list_folder(&self, folder: &str) -> Option<Listing>;

    /// Reads a file that was listed.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// Reads a file that is published as it is; never through a link to elsewhere.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read_own(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.read(path)
    }

    /// By what the file at `path` is known to be as it was, without being read.
    fn stamp(&self, path: &str) -> Stamp;
}

/// By what a file is known to be as it was, without being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// When it was last modified.
    pub modified: Option<SystemTime>,
    /// Its length in bytes.
    pub length: u64,
}

/// The paths below a folder, relative, with `/`, in order of their bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// The files.
    pub paths: Vec<String>,
    /// Files that are symbolic links, and folders that are links and lead out of the content: nobody publishes
    /// by accident what a link of a pull request points to on the machine that builds. They are not read.
    pub linked: Vec<String>,
    /// Files and folders that cannot be read, with the reasons.
    pub unreadable: Vec<(String, Bilingual)>,
}

impl Listing {
    fn extend(&mut self, other: Listing) {
        self.paths.extend(other.paths);
        self.linked.extend(other.linked);
        self.unreadable.extend(other.unreadable);
    }

    fn sorted(mut self) -> Self {
        self.paths.sort_unstable();
        self.linked.sort_unstable();
        self.unreadable.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        self
    }

    /// Whether it holds a strategy.
    pub fn is_unit(&self) -> bool {
        self.strategies().next().is_some()
    }

    /// The ids of the strategies in it: the folders with a `strategy.toml`.
    pub fn strategies(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().filter_map(|path| path.strip_suffix("/strategy.toml"))
    }
}

/// The files of a content folder, by the folders at its top; those at the top itself under `""`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder(pub BTreeMap<String, Listing>);

impl Folder {
    /// Lists the content, or of its units only those that `only` names, itself or one of their strategies.
    ///
    /// # Errors
    /// When the folder is not there, or `only` names nothing.
    pub fn list(source: &dyn Source, only: &[String]) -> Result<Self, ReadError> {
        if only.is_empty() {
            return source.list(&|_| true);
        }
        // The other units are not even walked: what is one of a thousand costs no more than one.
        let folder = source.list(&|unit| is_wanted(unit, only))?;
        let Some(wanted) = folder.unknown(only) else { return Ok(folder) };
        let all = source.list(&|_| true)?;
        // Where there is none at all, that is what is to be said.
        if all.units().is_empty() {
            Ok(all)
        } else {
            Err(ReadError::UnknownStrategy { wanted: wanted.to_owned(), known: all.strategies() })
        }
    }

    /// The units, each a folder that holds a strategy, in natural order of their names.
    pub fn units(&self) -> Vec<(&str, &Listing)> {
        let units = self.0.iter().map(|(name, listing)| (name.as_str(), listing));
        let mut units: Vec<_> = units.filter(|(_, listing)| listing.is_unit()).collect();
        units.sort_by(|(a, _), (b, _)| natural(a, b));
        units
    }

    /// What lies in no unit.
    pub fn root(&self) -> Listing {
        let mut root = Listing::default();
        let others = self.0.values().filter(|listing| !listing.is_unit());
        others.for_each(|listing| root.extend(listing.clone()));
        root
    }

    /// All that was listed.
    pub fn all(&self) -> Listing {
        let mut all = Listing::default();
        self.0.values().for_each(|listing| all.extend(listing.clone()));
        all.sorted()
    }

    /// The ids of all strategies, in natural order.
    pub fn strategies(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.0.values().flat_map(Listing::strategies).map(str::to_owned).collect();
        ids.sort_by(|a, b| natural(a, b));
        ids
    }

    /// The first of `only` that names no strategy and no unit.
    fn unknown<'o>(&self, only: &'o [String]) -> Option<&'o str> {
        let strategies = self.strategies();
        let linked = |listing: &Listing, unit: &str| listing.linked.iter().any(|link| link == unit);
        // What a folder holds that cannot be read is not known.
        let unreadable = |listing: &Listing, unit: &str| {
            listing.unreadable.iter().any(|(path, _)| path.split('/').next() == unit.split('/').next())
        };
        let known = |wanted: &&str| {
            strategies.iter().any(|id| id == wanted || id.split('/').next() == Some(wanted))
                || self.0.values().any(|listing| linked(listing, wanted) || unreadable(listing, wanted))
        };
        only.iter().map(|wanted| wanted.trim_end_matches('/')).find(|wanted| !known(wanted))
    }
}

/// Whether `only` names `unit` or something in it, or nothing.
pub(crate) fn is_wanted(unit: &str, only: &[String]) -> bool {
    only.is_empty() || only.iter().any(|wanted| wanted.split('/').next() == Some(unit))
}

/// The folder at the top in which the file at `path` lies; `""` for one at the top itself.
fn unit_of(path: &str) -> &str {
    path.split_once('/').map_or("", |(unit, _)| unit)
}

/// Files as they were read, with their paths.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The files, in the order of the listing.
    pub files: Vec<(String, FileBody)>,
    /// What was not read, being a link to elsewhere.
    pub linked: Vec<String>,
    /// Folders, and files that are none, which cannot be read, with the reasons.
    pub unreadable: Vec<(String, Bilingual)>,
}

/// What is known of a file.
#[derive(Debug, Clone)]
pub enum FileBody {
    /// What a text (`.md`, `.toml`, `.svg`) holds.
    Text(Vec<u8>),
    /// A text that cannot be read, with the reason.
    Unreadable(Bilingual),
    /// Other files are not read until they are published.
    Other(Stamp),
}

impl Files {
    /// Reads what was listed.
    pub fn read(source: &dyn Source, listing: Listing) -> Self {
        let Listing { paths, linked, unreadable } = listing;
        let read = |path: String| {
            let body = match is_text(&path).then(|| source.read(&path)) {
                Some(Ok(text)) => FileBody::Text(text),
                Some(Err(error)) => FileBody::Unreadable(error.reason()),
                None => FileBody::Other(source.stamp(&path)),
            };
            (path, body)
        };
        Self { files: paths.into_par_iter().map(read).collect(), linked, unreadable }
    }
}

/// Files in memory, alone or laid over another source, as texts that an editor has not saved.
#[derive(Default)]
pub struct Overlay<'s> {
    base: Option<&'s dyn Source>,
    files: BTreeMap<String, Vec<u8>>,
}

impl<'s> Overlay<'s> {
    /// Files with their paths, and nothing else.
    pub fn memory<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into()));
        Self { base: None, files: files.collect() }
    }

    /// The same files laid over `base`.
    pub fn over(self, base: &'s dyn Source) -> Self {
        Self { base: Some(base), ..self }
    }
}

impl Source for Overlay<'_> {
    fn list(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Folder, ReadError> {
        let mut folder = self.base.map_or_else(|| Ok(Folder::default()), |base| base.list(wanted))?;
        for path in self.files.keys() {
            let unit = unit_of(path);
            if unit.is_empty() || wanted(unit) {
                let paths = &mut folder.0.entry(unit.to_owned()).or_default().paths;
                if let Err(place) = paths.binary_search(path) {
                    paths.insert(place, path.clone());
                }
            }
        }
        Ok(folder)
    }

    fn list_folder(&self, folder: &str) -> Option<Listing> {
        let below = format!("{folder}/");
        let own: Vec<&str> = self.files.keys().filter_map(|path| path.strip_prefix(&below)).collect();
        let base = self.base.and_then(|base| base.list_folder(folder));
        if own.is_empty() {
            return base;
        }
        let mut listing = base.unwrap_or_default();
        listing.paths.retain(|path| !own.contains(&path.as_str()));
        listing.paths.extend(own.into_iter().map(str::to_owned));
        Some(listing.sorted())
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match (self.files.get(path), self.base) {
            (Some(bytes), _) => Ok(bytes.clone()),
            (None, Some(base)) => base.read(path),
            (None, None) => Err(ReadError::Io { path: path.into(), reason: io::ErrorKind::NotFound.into() }),
        }
    }

    fn read_own(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.base.filter(|_| !self.files.contains_key(path)) {
            Some(base) => base.read_own(path),
            None => self.read(path),
        }
    }

    fn stamp(&self, path: &str) -> Stamp {
        match (self.files.get(path), self.base) {
            (Some(bytes), _) => Stamp { modified: None, length: bytes.len() as u64 },
            (None, base) => base.map_or_else(Stamp::default, |base| base.stamp(path)),
        }
    }
}

/// Why content could not be read.
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
}

impl ReadError {
    /// The error as one of the file at `path`, relative to the content.
    pub fn at(&self, path: &str) -> Diagnostic {
        match self {
            Self::Linked { .. } => linked(path),
            Self::Io { .. } | Self::UnknownStrategy { .. } => unreadable(path, &self.reason()),
        }
    }

    /// The cause alone, where there is one.
    fn reason(&self) -> Bilingual {
        match self {
            Self::Io { reason, .. } => diagnostic::reason(reason),
            Self::Linked { .. } | Self::UnknownStrategy { .. } => self.message(),
        }
    }

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
            Self::Linked { path } => say!(
                ja: "{path} はシンボリックリンク（別の場所を指す名前）なので、読み込みません",
                en: "{path} is a symbolic link and is not read"
            ),
            Self::UnknownStrategy { wanted, known } => {
                let (all, all_ja) = (known.join(", "), known.join("、"));
                say!(
                    ja: "計画「{wanted}」はありません。あるのは {all_ja} です",
                    en: "there is no strategy `{wanted}`; there are {all}"
                )
            }
        }
    }
}

/// Says that the file or folder at `path` is not read.
pub(crate) fn linked(path: &str) -> Diagnostic {
    let message = say!(
        ja: "シンボリックリンク（別の場所を指す名前）なので、読み込みません",
        en: "this is a symbolic link and is not read"
    );
    let help = say!(
        ja: "リンクを消し、要るならファイルそのものを原稿のフォルダーに置いてください。リンクの先にあるものが、知らないうちに公表されるのを防ぐためです",
        en: "replace it by the file itself, or delete it: what it points to must not be published unawares"
    );
    Diagnostic::new(Rule::LinkedFile, Location::Path(path.to_owned()), message).help(help)
}

/// Says that the file or folder at `path` cannot be read.
pub(crate) fn unreadable(path: &str, Bilingual { ja, en }: &Bilingual) -> Diagnostic {
    let message = say!(ja: "読み込めません（{ja}）", en: "this cannot be read ({en})");
    Diagnostic::new(Rule::Unreadable, Location::Path(path.to_owned()), message).remedy()
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
