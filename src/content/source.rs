//! Content sources: the [`Source`] trait, listings, and files in memory as an overlay of another source.

use super::natural::natural_cmp;
use crate::diagnostic::{self, Bilingual, Diagnostic, Location, Rule, say};
use crate::image;
use crate::model::{AssetKind, ImageFile, StaticFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A content folder. Paths are relative to it, separated by `/`.
pub trait Source: Send + Sync {
    /// Lists the files at the top level and those below the top-level folders for which `wanted` holds, except `static`.
    ///
    /// # Errors
    /// Returns an error if the content folder cannot be listed.
    fn list(&self, wanted: &dyn Fn(&str) -> bool) -> Result<ContentListing, ReadError>;

    /// Lists all files below `folder`, a path relative to the content folder that may lead outside of it. `None` if
    /// the folder does not exist.
    fn list_folder(&self, folder: &str) -> Option<Listing>;

    /// Lists all files of `static/`, with paths relative to it. Hidden files are included, because servers are configured
    /// with them; files that systems, editors and version control leave behind are not. A link of the folder itself has
    /// the path `""`.
    fn list_static(&self) -> Listing;

    /// Reads a listed file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// Reads a file that is published unchanged, without following symbolic links.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, is a symbolic link or resolves to a path outside of the content
    /// folder.
    fn read_no_follow(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.read(path)
    }

    /// The stamp of the file at `path`; the default if there is no metadata.
    fn stamp(&self, path: &str) -> Stamp;
}

/// Metadata that detects a change of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Time of the last modification. `None` if unknown, as for files in memory.
    pub modified: Option<SystemTime>,
    /// Length in bytes.
    pub length: u64,
}

/// Paths below a folder: relative, separated by `/`, sorted bytewise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Paths of the files.
    pub paths: Vec<String>,
    /// Symbolic links to files, and links to folders outside of the content. They are not read: otherwise a link in a
    /// pull request could publish files of the build machine by accident.
    pub symlinks: Vec<String>,
    /// Unreadable files and folders, with the reasons.
    pub unreadable: Vec<(String, Bilingual)>,
}

impl Listing {
    fn extend(&mut self, other: Listing) {
        self.paths.extend(other.paths);
        self.symlinks.extend(other.symlinks);
        self.unreadable.extend(other.unreadable);
    }

    fn sorted(mut self) -> Self {
        self.paths.sort_unstable();
        self.symlinks.sort_unstable();
        self.unreadable.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        self
    }

    /// Returns true if the listing contains a strategy.
    pub fn is_unit(&self) -> bool {
        self.strategies().next().is_some()
    }

    /// Ids of the strategies: the paths of the folders with a `strategy.toml`.
    pub fn strategies(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().filter_map(|path| path.strip_suffix("/strategy.toml"))
    }
}

/// Files of a content folder, keyed by top-level folder; `""` for files at the top level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContentListing(pub BTreeMap<String, Listing>);

impl ContentListing {
    /// Lists the content. Unless `only` is empty, lists only the units that it names by their own
    /// id or by the id of a strategy.
    ///
    /// # Errors
    /// Returns an error if the content folder cannot be listed, or if an entry of `only` matches neither a unit nor a
    /// strategy.
    pub fn list(source: &dyn Source, only: &[String]) -> Result<Self, ReadError> {
        if only.is_empty() {
            return source.list(&|_| true);
        }
        // Other units are not walked, so that the cost of one unit does not depend on the number of units.
        let listing = source.list(&|unit| is_wanted(unit, only))?;
        let Some(wanted) = listing.first_unknown(only) else { return Ok(listing) };
        let all = source.list(&|_| true)?;
        // A content folder without any unit is reported by the caller.
        if all.units().is_empty() {
            Ok(all)
        } else {
            Err(ReadError::UnknownStrategy { wanted: wanted.to_owned(), known: all.strategies() })
        }
    }

    /// The units, i.e. the top-level folders with a strategy, in natural order of their names.
    pub fn units(&self) -> Vec<(&str, &Listing)> {
        let units = self.0.iter().map(|(name, listing)| (name.as_str(), listing));
        let mut units: Vec<_> = units.filter(|(_, listing)| listing.is_unit()).collect();
        units.sort_by(|(a, _), (b, _)| natural_cmp(a, b));
        units
    }

    /// Files outside of all units.
    pub fn root(&self) -> Listing {
        let mut root = Listing::default();
        let others = self.0.values().filter(|listing| !listing.is_unit());
        others.for_each(|listing| root.extend(listing.clone()));
        root.sorted()
    }

    /// Files of all top-level folders in one listing.
    pub fn all(&self) -> Listing {
        let mut all = Listing::default();
        self.0.values().for_each(|listing| all.extend(listing.clone()));
        all.sorted()
    }

    /// Ids of all strategies, in natural order.
    pub fn strategies(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.0.values().flat_map(Listing::strategies).map(str::to_owned).collect();
        ids.sort_by(|a, b| natural_cmp(a, b));
        ids
    }

    /// The first entry of `only` that is the id of neither a strategy nor a unit.
    fn first_unknown<'o>(&self, only: &'o [String]) -> Option<&'o str> {
        let strategies = self.strategies();
        let is_symlink = |listing: &Listing, unit: &str| listing.symlinks.iter().any(|link| link == unit);
        // An unreadable folder may contain the strategy.
        let unreadable = |listing: &Listing, unit: &str| {
            listing.unreadable.iter().any(|(path, _)| path.split('/').next() == unit.split('/').next())
        };
        let known = |wanted: &&str| {
            strategies.iter().any(|id| id == wanted || id.split('/').next() == Some(wanted))
                || self.0.values().any(|listing| is_symlink(listing, wanted) || unreadable(listing, wanted))
        };
        only.iter().map(|wanted| wanted.trim_end_matches('/')).find(|wanted| !known(wanted))
    }
}

/// Returns true if `only` is empty or contains `unit` or a path in it.
pub(crate) fn is_wanted(unit: &str, only: &[String]) -> bool {
    only.is_empty() || only.iter().any(|wanted| wanted.split('/').next() == Some(unit))
}

/// The top-level folder of the file at `path`; `""` for a file at the top level.
fn unit_of(path: &str) -> &str {
    path.split_once('/').map_or("", |(unit, _)| unit)
}

/// Files read from a source.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Paths and contents of the files, in the order of the listing.
    pub files: Vec<(String, FileBody)>,
    /// Paths of symbolic links, which are not read; see [`Listing::symlinks`].
    pub symlinks: Vec<String>,
    /// Unreadable paths of the listing, with the reasons. Errors of individual text files are in
    /// [`FileBody::Unreadable`].
    pub unreadable: Vec<(String, Bilingual)>,
}

/// Content of a file, as far as it is read.
#[derive(Debug, Clone)]
pub enum FileBody {
    /// Bytes of a text file (`.md`, `.toml`, `.svg`).
    Text(Vec<u8>),
    /// Reason why a text file cannot be read.
    Unreadable(Bilingual),
    /// Stamp and properties of an image other than SVG.
    Image(Stamp, ImageFile),
    /// Stamp of any other file, which is not read until it is published.
    Other(Stamp),
}

impl Files {
    /// Reads the text files of `listing` in parallel, the properties of its images, and the stamps of all other files.
    pub fn read(source: &dyn Source, listing: Listing) -> Self {
        let Listing { paths, symlinks, unreadable } = listing;
        let read = |path: String| {
            let body = match is_text(&path).then(|| source.read(&path)) {
                Some(Ok(text)) => FileBody::Text(text),
                Some(Err(error)) => FileBody::Unreadable(error.reason()),
                None => match image_file(source, &path) {
                    Some(image) => FileBody::Image(source.stamp(&path), image),
                    None => FileBody::Other(source.stamp(&path)),
                },
            };
            (path, body)
        };
        Self { files: paths.into_par_iter().map(read).collect(), symlinks, unreadable }
    }
}

/// Properties of the image at `path`; `None` for any other file, and for one that cannot be read, which is an error only
/// if a page shows it.
fn image_file(source: &dyn Source, path: &str) -> Option<ImageFile> {
    AssetKind::from_name(path).filter(|kind| *kind == AssetKind::Image)?;
    Some(image::properties(&source.read_no_follow(path).ok()?))
}

/// Files in memory, optionally layered over another source, such as the unsaved texts of an editor.
#[derive(Default)]
pub struct Overlay<'s> {
    base: Option<&'s dyn Source>,
    files: BTreeMap<String, Vec<u8>>,
}

impl<'s> Overlay<'s> {
    /// Overlay of `files`, given as paths and contents, without a base.
    pub fn memory<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into()));
        Self { base: None, files: files.collect() }
    }

    /// Layers the files over `base`. They hide its files at the same paths.
    pub fn over(self, base: &'s dyn Source) -> Self {
        Self { base: Some(base), ..self }
    }
}

impl Source for Overlay<'_> {
    fn list(&self, wanted: &dyn Fn(&str) -> bool) -> Result<ContentListing, ReadError> {
        let mut listing = self.base.map_or_else(|| Ok(ContentListing::default()), |base| base.list(wanted))?;
        for path in self.files.keys() {
            let unit = unit_of(path);
            if unit.is_empty() || (unit != StaticFile::FOLDER && wanted(unit)) {
                let paths = &mut listing.0.entry(unit.to_owned()).or_default().paths;
                if let Err(index) = paths.binary_search(path) {
                    paths.insert(index, path.clone());
                }
            }
        }
        Ok(listing)
    }

    fn list_folder(&self, folder: &str) -> Option<Listing> {
        let below = format!("{folder}/");
        let overlaid: Vec<&str> = self.files.keys().filter_map(|path| path.strip_prefix(&below)).collect();
        let base = self.base.and_then(|base| base.list_folder(folder));
        if overlaid.is_empty() {
            return base;
        }
        let mut listing = base.unwrap_or_default();
        listing.paths.retain(|path| !overlaid.contains(&path.as_str()));
        listing.paths.extend(overlaid.into_iter().map(str::to_owned));
        Some(listing.sorted())
    }

    fn list_static(&self) -> Listing {
        let base = self.base.map(|base| base.list_static()).unwrap_or_default();
        let below = |path: &String| Some(path.strip_prefix(StaticFile::FOLDER)?.strip_prefix('/')?.to_owned());
        let mut paths: BTreeSet<String> = base.paths.into_iter().collect();
        paths.extend(self.files.keys().filter_map(below));
        Listing { paths: paths.into_iter().collect(), ..base }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match (self.files.get(path), self.base) {
            (Some(bytes), _) => Ok(bytes.clone()),
            (None, Some(base)) => base.read(path),
            (None, None) => Err(ReadError::Io { path: path.into(), reason: io::ErrorKind::NotFound.into() }),
        }
    }

    fn read_no_follow(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.base.filter(|_| !self.files.contains_key(path)) {
            Some(base) => base.read_no_follow(path),
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

/// Error while reading content.
#[derive(Debug)]
pub enum ReadError {
    /// Error of the operating system.
    Io {
        /// Path of the file or folder.
        path: PathBuf,
        /// Error of the operating system.
        reason: io::Error,
    },
    /// A symbolic link where only regular files are published.
    Symlink {
        /// Path of the link.
        path: String,
    },
    /// No unit or strategy has the requested id.
    UnknownStrategy {
        /// The requested id.
        wanted: String,
        /// Ids of all strategies.
        known: Vec<String>,
    },
}

impl ReadError {
    /// The error as a diagnostic of the file at `path`, relative to the content folder.
    pub fn at(&self, path: &str) -> Diagnostic {
        match self {
            Self::Symlink { .. } => symlink(path),
            Self::Io { .. } | Self::UnknownStrategy { .. } => unreadable(path, &self.reason()),
        }
    }

    /// The message, without the path if it is an error of the operating system.
    fn reason(&self) -> Bilingual {
        match self {
            Self::Io { reason, .. } => diagnostic::io_error_text(reason),
            Self::Symlink { .. } | Self::UnknownStrategy { .. } => self.message(),
        }
    }

    /// Converts an error of a walk below `root`.
    pub(crate) fn from_walk(error: walkdir::Error, root: &Path) -> Self {
        let path = error.path().unwrap_or(root).to_owned();
        Self::Io { path, reason: error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()) }
    }

    /// Message for the user, including the path.
    pub fn message(&self) -> Bilingual {
        match self {
            Self::Io { path, reason } => {
                let (path, Bilingual { ja, en }) = (path.display(), diagnostic::io_error_text(reason));
                say!(ja: "{path} を読めません: {ja}", en: "cannot read {path}: {en}")
            }
            Self::Symlink { path } => say!(
                ja: "{path} はシンボリックリンク（別の場所を指す名前）なので、読み込みません",
                en: "{path} is a symbolic link and is not read"
            ),
            Self::UnknownStrategy { wanted, known } => {
                let (all, all_ja) = (known.join(", "), known.join("、"));
                say!(
                    ja: "計画「{wanted}」はありません。あるのは {all_ja} です",
                    en: "there is no strategy `{wanted}`; known strategies: {all}"
                )
            }
        }
    }
}

/// Reports that the symbolic link at `path` is not read.
pub(crate) fn symlink(path: &str) -> Diagnostic {
    let message = say!(
        ja: "シンボリックリンク（別の場所を指す名前）なので、読み込みません",
        en: "this is a symbolic link and is not read"
    );
    let help = say!(
        ja: "リンクを消し、必要ならファイルそのものを原稿のフォルダーに置いてください。リンク先のものが意図せず公表されるのを防ぐためです",
        en: "replace it with the file itself, or delete it: its target must not be published by accident"
    );
    Diagnostic::new(Rule::LinkedFile, Location::Path(path.to_owned()), message).help(help)
}

/// Reports that the file or folder at `path` cannot be read.
pub(crate) fn unreadable(path: &str, Bilingual { ja, en }: &Bilingual) -> Diagnostic {
    let message = say!(ja: "読み込めません（{ja}）", en: "cannot read this file or folder ({en})");
    Diagnostic::new(Rule::Unreadable, Location::Path(path.to_owned()), message).rule_help()
}

/// Returns true if the file at `path` is read as text: Markdown, TOML, and SVG, which is checked for active content.
fn is_text(path: &str) -> bool {
    is_markdown_or_toml(path) || is_svg(path)
}

/// Returns true if the file at `path` is Markdown or TOML.
pub(super) fn is_markdown_or_toml(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

/// Returns true if the file at `path` is an SVG file, by its extension in any case.
pub(super) fn is_svg(path: &str) -> bool {
    path.len().checked_sub(4).and_then(|dot| path.get(dot..)).is_some_and(|end| end.eq_ignore_ascii_case(".svg"))
}
