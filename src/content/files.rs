//! The content folder, read into memory: which files belong to which strategy and node.
//!
//! [`Folder::list`] says what is there, unit by unit; [`load_all`] reads files; these are all
//! that touches the disk. [`ContentFiles::sort`] puts files in their places, wherever they
//! came from.

use crate::diagnostic::{Bilingual, Diagnostic, SourceId, Sources, Span};
use crate::model::Kind;
use crate::say;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::{DirEntry, WalkDir};

/// The files of one content folder, sorted into their places.
#[derive(Debug, Clone, Default)]
pub struct ContentFiles {
    /// `site.toml`.
    pub site: Option<SourceId>,
    /// `glossary.toml`.
    pub glossary: Option<SourceId>,
    /// The names of all other files beside these, such as the logo of the site.
    pub beside: Vec<String>,
    /// Every folder with a `strategy.toml`, in natural order of its path.
    pub strategies: Vec<StrategyFolder>,
    /// Text files that have no place in a strategy, in natural order of their paths.
    pub strays: Vec<SourceId>,
}

/// The files of one strategy.
#[derive(Debug, Clone)]
pub struct StrategyFolder {
    /// Its path below the content folder, with `/`.
    pub id: String,
    /// `strategy.toml`.
    pub toml: SourceId,
    /// `strategy.md`.
    pub words: Option<SourceId>,
    /// `editions/<id>.toml`, by the id, in natural order.
    pub editions: Vec<(String, SourceId)>,
    /// The folders of its nodes: goals, policies, programs, each in natural order.
    pub nodes: Vec<NodeFolder>,
}

/// The files of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeFolder {
    /// Told by the folder above.
    pub kind: Kind,
    /// The name of the folder.
    pub id: String,
    /// `goal.md`, `policy.md` or `program.md`.
    pub node: Option<SourceId>,
    /// The other `.md` files by their names without ending, in natural order.
    pub sheets: Vec<(String, SourceId)>,
    /// The names of all other files.
    pub assets: Vec<String>,
    /// Where a mistake of the folder itself is shown: any file of it.
    pub any: SourceId,
}

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
    let load = |path: &String| {
        let bytes = if is_text(path) { Some(load(&root.join(path))?) } else { None };
        Ok((path.clone(), bytes))
    };
    paths.par_iter().map(load).collect()
}

impl Folder {
    /// Lists the folder `root`, or of its units only those that `only` names, itself or one of their
    /// strategies.
    ///
    /// # Errors
    /// When the folder is not there, or `only` names nothing.
    pub fn list(root: &Path, only: &[String]) -> Result<Self, ReadError> {
        Ok(Self::of(paths(root, only)?))
    }

    /// Lists what lies in no folder.
    ///
    /// # Errors
    /// When the folder is not there.
    pub fn list_shared(root: &Path) -> Result<Self, ReadError> {
        Ok(Self::of(list_where(root, &|_| false)?))
    }

    /// Parts the paths of files.
    pub(crate) fn of(paths: Vec<String>) -> Self {
        let mut folder = Self::default();
        let mut units: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in paths {
            match unit_of(&path).map(str::to_owned) {
                Some(unit) => units.entry(unit).or_default().push(path),
                None => folder.shared.push(path),
            }
        }
        let units = units.into_iter().map(|(name, paths)| UnitFolder { name, paths });
        let (units, others): (Vec<_>, Vec<_>) = units.partition(|unit| unit.strategies().next().is_some());
        folder.units = units;
        folder.units.sort_by(|a, b| natural(&a.name, &b.name));
        folder.shared.extend(others.into_iter().flat_map(|other| other.paths));
        folder
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

/// All file paths that [`read`] would read.
pub(crate) fn paths(root: &Path, only: &[String]) -> Result<Vec<String>, ReadError> {
    if only.is_empty() {
        return list(root);
    }
    // The other units are not even walked: what is one of a thousand costs no more than one.
    let units: Vec<&str> = units(only).collect();
    let paths = list_where(root, &|unit| units.iter().any(|wanted| unit == *wanted))?;
    match unknown(&paths, only) {
        None => Ok(paths),
        Some(wanted) => Err(no_such_strategy(wanted, &list(root)?)),
    }
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

impl ContentFiles {
    /// Puts each file where it belongs, and texts among the sources.
    pub fn sort(files: Files) -> (Self, Sources) {
        let mut sources = Sources::default();
        let files = Self::sort_into(files, &mut sources);
        (files, sources)
    }

    /// The same with texts that join other `sources`.
    pub fn sort_into(mut files: Files, sources: &mut Sources) -> Self {
        files.sort_by(|(a, _), (b, _)| natural(a, b));
        let add = |(path, bytes): (String, Option<Vec<u8>>)| {
            let id = bytes.map(|bytes| sources.add_bytes(path.as_str(), bytes));
            (path, id)
        };
        let files: Vec<_> = files.into_iter().map(add).collect();
        Self::place(files.iter().map(|(path, id)| (path.as_str(), *id)))
    }

    /// Puts files that are sources already where they belong; they come in natural order of
    /// their paths.
    pub fn place<'p>(files: impl Iterator<Item = (&'p str, Option<SourceId>)> + Clone) -> Self {
        let strategies = strategies(files.clone().map(|(path, _)| path));
        let mut sorter = Sorter { strategies: strategies.collect(), ..Sorter::default() };
        files.for_each(|(path, text)| sorter.add(path, text));
        sorter.finish()
    }
}

/// The folders with a `strategy.toml`.
fn strategies<'p>(paths: impl Iterator<Item = &'p str>) -> impl Iterator<Item = &'p str> {
    paths.filter_map(|path| path.strip_suffix("/strategy.toml"))
}

/// All file paths below `root`, relative, with `/`, in order of their bytes; hidden files and
/// those that editors and offices leave behind are passed over.
pub(crate) fn list(root: &Path) -> Result<Vec<String>, ReadError> {
    list_where(root, &|_| true)
}

/// The same, entering only those folders of `root` whose names are `wanted`.
fn list_where(root: &Path, wanted: &dyn Fn(&OsStr) -> bool) -> Result<Vec<String>, ReadError> {
    let mut paths = Vec::new();
    let walk = WalkDir::new(root).follow_links(true).into_iter();
    let enters = |entry: &DirEntry| match entry.depth() {
        0 => true,
        1 if entry.file_type().is_dir() => !is_ignored(entry.file_name()) && wanted(entry.file_name()),
        _ => !is_ignored(entry.file_name()),
    };
    for entry in walk.filter_entry(enters) {
        let entry = match entry {
            Ok(entry) => entry,
            // The locks of Emacs are links to nowhere: they cannot be entered, and need not be.
            Err(error) if error.depth() > 0 && error.path().and_then(Path::file_name).is_some_and(is_ignored) => {
                continue;
            }
            Err(error) => {
                let path = error.path().map_or_else(|| root.to_owned(), Path::to_owned);
                let reason = error.into_io_error().map_or_else(|| "loop".to_owned(), |e| e.to_string());
                return Err(cannot_read(&path, &reason));
            }
        };
        if entry.file_type().is_file()
            && let Ok(path) = entry.path().strip_prefix(root)
        {
            let steps: Vec<_> = path.iter().map(|step| step.to_string_lossy()).collect();
            paths.push(steps.join("/"));
        }
    }
    // However the disk lists them. Natural order is for people, and takes longer.
    paths.sort_unstable();
    Ok(paths)
}

/// Whether a file or folder of this name is one that systems, editors and offices leave behind.
pub(crate) fn is_ignored(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with(['.', '~', '#']) || name.ends_with('~') || name == "Thumbs.db"
}

/// The first of `only` that names no strategy and no unit.
fn unknown<'o>(paths: &[String], only: &'o [String]) -> Option<&'o str> {
    let strategies: Vec<&str> = strategies(paths.iter().map(String::as_str)).collect();
    let known = |wanted: &&str| strategies.iter().any(|id| id == wanted || id.split('/').next() == Some(wanted));
    only.iter().map(|wanted| wanted.trim_end_matches('/')).find(|wanted| !known(wanted))
}

fn no_such_strategy(wanted: &str, paths: &[String]) -> ReadError {
    let mut strategies: Vec<&str> = strategies(paths.iter().map(String::as_str)).collect();
    strategies.sort_by(|a, b| natural(a, b));
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

/// Puts each file where it belongs and says which do not belong anywhere.
#[derive(Default)]
struct Sorter<'p> {
    strategies: HashSet<&'p str>,
    files: ContentFiles,
    folders: BTreeMap<String, StrategyFolder>,
    nodes: BTreeMap<(String, Kind, String), NodeFolder>,
    /// Files met before their strategy's own `strategy.toml`.
    words: Vec<(String, SourceId)>,
    editions: Vec<(String, (String, SourceId))>,
    /// Files that are no text, met before the texts of their folder.
    assets: Vec<((String, Kind, String), String)>,
}

impl Sorter<'_> {
    fn add(&mut self, path: &str, text: Option<SourceId>) {
        let placed = match self.strategy_of(path) {
            None => self.add_to_site(path, text),
            Some((strategy, rest)) => self.add_to_strategy(strategy, rest, text),
        };
        if !placed {
            self.files.strays.extend(text);
        }
    }

    /// The strategy in which `path` lies, and the path within it.
    fn strategy_of<'f>(&self, path: &'f str) -> Option<(String, &'f str)> {
        let splits = path.rmatch_indices('/').map(|(at, _)| path.split_at(at));
        let (id, rest) = splits.into_iter().find(|(folder, _)| self.strategies.contains(folder))?;
        Some((id.to_owned(), rest.strip_prefix('/')?))
    }

    fn add_to_site(&mut self, path: &str, text: Option<SourceId>) -> bool {
        match path {
            "site.toml" => self.files.site = text,
            "glossary.toml" => self.files.glossary = text,
            _ if text.is_none() && !path.contains('/') => self.files.beside.push(path.to_owned()),
            _ => return false,
        }
        true
    }

    fn add_to_strategy(&mut self, strategy: String, rest: &str, text: Option<SourceId>) -> bool {
        let steps: Vec<&str> = rest.split('/').collect();
        match (steps.as_slice(), text) {
            (["strategy.toml"], Some(toml)) => {
                let folder =
                    StrategyFolder { id: strategy.clone(), toml, words: None, editions: Vec::new(), nodes: Vec::new() };
                self.folders.insert(strategy, folder);
                true
            }
            (["strategy.md"], Some(id)) => {
                self.words.push((strategy, id));
                true
            }
            (["editions", name], Some(toml)) => {
                let Some(id) = name.strip_suffix(".toml") else { return false };
                self.editions.push((strategy, (id.to_owned(), toml)));
                true
            }
            ([folder, id, name], text) => {
                let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.folder() == *folder) else { return false };
                let key = (strategy, kind, (*id).to_owned());
                let Some(text) = text else {
                    self.assets.push((key, (*name).to_owned()));
                    return true;
                };
                self.nodes.entry(key).or_insert_with(|| NodeFolder::new(kind, id, text)).add(name, text)
            }
            _ => false,
        }
    }

    fn finish(mut self) -> ContentFiles {
        for (strategy, id) in self.words {
            if let Some(folder) = self.folders.get_mut(&strategy) {
                folder.words = Some(id);
            }
        }
        for (strategy, edition) in self.editions {
            if let Some(folder) = self.folders.get_mut(&strategy) {
                folder.editions.push(edition);
            }
        }
        for (key, name) in self.assets {
            if let Some(node) = self.nodes.get_mut(&key) {
                node.assets.push(name);
            }
        }
        for ((strategy, _, _), node) in self.nodes {
            if let Some(folder) = self.folders.get_mut(&strategy) {
                folder.nodes.push(node);
            }
        }
        for folder in self.folders.values_mut() {
            folder.editions.sort_by(|(a, _), (b, _)| natural(a, b));
            folder.nodes.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| natural(&a.id, &b.id)));
        }
        self.files.strategies = self.folders.into_values().collect();
        self.files.strategies.sort_by(|a, b| natural(&a.id, &b.id));
        self.files
    }
}

impl NodeFolder {
    fn new(kind: Kind, id: &str, any: SourceId) -> Self {
        Self { kind, id: id.to_owned(), node: None, sheets: Vec::new(), assets: Vec::new(), any }
    }

    /// Its text files.
    pub(super) fn texts(&self) -> impl Iterator<Item = SourceId> {
        self.node.into_iter().chain(self.sheets.iter().map(|(_, id)| *id))
    }

    fn add(&mut self, name: &str, id: SourceId) -> bool {
        match name.strip_suffix(".md") {
            Some(stem) if stem == self.kind.key() => self.node = Some(id),
            Some(stem) => self.sheets.push((stem.to_owned(), id)),
            None => return false,
        }
        true
    }
}

/// Reports the file `id` at `path` as belonging nowhere.
pub(super) fn out_of_place(path: &str, id: SourceId) -> Diagnostic {
    let span = Span::new(id, 0..0);
    let folder = path.rsplit('/').nth(2).unwrap_or_default();
    let known = Kind::ALL.map(Kind::folder);
    match crate::diagnostic::closest(folder, known) {
        Some(near) if near != folder => {
            let message = say!(ja: "フォルダー「{folder}」は読まれません", en: "the folder `{folder}` is not read");
            Diagnostic::error("out-of-place", span, message).suggest(folder, known)
        }
        _ => Diagnostic::error(
            "out-of-place",
            span,
            say!(
                ja: "このファイルは、どの戦略・施策・事務事業のものでもありません",
                en: "this file belongs to no strategy, policy or program"
            ),
        )
        .help(say!(
            ja: "置き場所は <戦略>/goals/<id>/、<戦略>/policies/<id>/、<戦略>/programs/<id>/ です（<戦略> は strategy.toml のあるフォルダー）",
            en: "files go to <strategy>/goals/<id>/, <strategy>/policies/<id>/ or <strategy>/programs/<id>/, where <strategy> holds a strategy.toml"
        )),
    }
}

/// Compares ids as people do: runs of digits by their number, `2` before `10`.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let (x, y) = (chunk(rest_a), chunk(rest_b));
        if x.is_empty() || y.is_empty() {
            return x.len().cmp(&y.len()).then_with(|| a.cmp(b));
        }
        let numeric = x.starts_with(|c: char| c.is_ascii_digit()) && y.starts_with(|c: char| c.is_ascii_digit());
        let (p, q) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
        let order = if numeric { p.len().cmp(&q.len()).then_with(|| p.cmp(q)) } else { x.cmp(y) };
        if order != Ordering::Equal {
            return order;
        }
        (rest_a, rest_b) = (&rest_a[x.len()..], &rest_b[y.len()..]);
    }
}

/// The longest start of `text` that is all digits or without any.
fn chunk(text: &str) -> &str {
    let digit = text.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(text.len());
    &text[..end]
}

/// Where the files of `path` are: a helper for those who copy assets.
pub fn asset_path(root: &Path, strategy: &str, kind: Kind, node: &str, name: &str) -> PathBuf {
    root.join(strategy).join(kind.folder()).join(node).join(name)
}
