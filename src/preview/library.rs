//! The content in memory: read once, then only the files that have changed.

use crate::content::files::{self, Loading, Stamp, natural};
use crate::content::{ContentFiles, ReadError, Reader};
use crate::diagnostic::{self, Bilingual, Diagnostic, Severity, SourceId, Sources, Span, publishable};
use crate::model::{Report, Site};
use crate::pipeline::{self, Drafts};
use crate::say;
use crate::theme::{self, Theme, ThemeFile};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A content folder as it was when its files were last looked at.
pub(super) struct Library {
    root: PathBuf,
    /// The units to read; all where it is empty.
    units: Vec<String>,
    /// What is there.
    files: BTreeMap<Natural, Entry>,
    /// Every text that ever was there: one that comes back has its old place.
    known: HashMap<String, SourceId>,
    sources: Sources,
    /// The files in their places; `None` after one has come or gone.
    places: Option<ContentFiles>,
    unreadable: BTreeMap<String, Bilingual>,
    reader: Reader,
    theme: Option<LoadedTheme>,
}

/// A site that is without mistakes, as far as these can be told before its pages are drawn.
pub(super) struct Issue {
    pub(super) report: Report,
    pub(super) theme: Arc<Theme>,
}

/// What came of looking at files again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Change {
    /// Whether anything is not as it was.
    pub(super) any: bool,
    /// Whether it may not last: a file is empty now or cannot be read, as in the midst of being written.
    pub(super) doubtful: bool,
    /// Whether a folder was looked through: in a new one, files may have come unnoticed.
    pub(super) folder: bool,
}

/// A file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// A text.
    Text(SourceId),
    /// Another file, which is not kept in memory: how it was when it was last looked at.
    Other(Stamp),
}

impl Entry {
    fn source(self) -> Option<SourceId> {
        match self {
            Entry::Text(id) => Some(id),
            Entry::Other(_) => None,
        }
    }
}

struct LoadedTheme {
    site: Site,
    /// `None` where they could not be read.
    files: Option<Vec<ThemeFile>>,
    theme: Result<Arc<Theme>, Vec<Diagnostic>>,
}

/// A path in natural order.
#[derive(Debug, PartialEq, Eq)]
struct Natural(String);

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(&self.0, &other.0)
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Library {
    /// Reads the folder `root`, or of it the units that `only` names.
    pub(super) fn open(root: &Path, only: &[String]) -> Result<Self, ReadError> {
        let paths = files::paths(root, only)?;
        let mut library = Self {
            root: root.to_owned(),
            units: files::units(only).map(str::to_owned).collect(),
            files: BTreeMap::new(),
            known: HashMap::new(),
            sources: Sources::default(),
            places: None,
            unreadable: BTreeMap::new(),
            reader: Reader::default(),
            theme: None,
        };
        library.take_all(paths);
        Ok(library)
    }

    /// Where it was read from.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// All texts, for showing mistakes in them.
    pub(super) fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The folder of the site's own theme, if it has one.
    pub(super) fn theme_folder(&self) -> Option<PathBuf> {
        let folder = self.root.join(self.theme.as_ref()?.site.theme.as_ref()?);
        Some(folder.canonicalize().unwrap_or(folder))
    }

    /// Looks again at `touched`, files or folders, and at what is in them.
    pub(super) fn refresh(&mut self, touched: &BTreeSet<PathBuf>) -> Change {
        let theme = self.theme_folder();
        let mut change = Change::default();
        for path in touched {
            let seen = match self.relative(path) {
                Some(relative) => self.look_at(path, &relative),
                // Beside the content there is only the theme, which is always read anew.
                None => Change { any: theme.as_ref().is_some_and(|theme| path.starts_with(theme)), ..change },
            };
            change.any |= seen.any;
            change.doubtful |= seen.doubtful;
            change.folder |= seen.folder;
        }
        change
    }

    /// The site as it is now, and all that is wrong; no site where that keeps it from being shown.
    pub(super) fn issue(&mut self) -> (Option<Issue>, Vec<Diagnostic>) {
        if !self.root.is_dir() {
            let folder = self.root.display();
            let gone =
                say!(ja: "原稿のフォルダー {folder} がなくなりました", en: "the content folder {folder} is gone");
            return (None, vec![without_place(gone)]);
        }
        let files = self.files.iter().map(|(path, entry)| (path.0.as_str(), entry.source()));
        let places = self.places.get_or_insert_with(|| ContentFiles::place(files));
        let (mut report, mut found) = pipeline::reread(&mut self.reader, places, &self.sources, Drafts::Shown);
        // The preview is not where the site is published.
        report.site.base = None;
        found.extend(self.unreadable.values().cloned().map(without_place));
        let theme = self.theme(&report.site);
        let issue = match theme {
            Ok(theme) => publishable(&found).then_some(Issue { report, theme }),
            Err(mut mistakes) => {
                found.append(&mut mistakes);
                None
            }
        };
        diagnostic::sort(&mut found, &self.sources);
        (issue, found)
    }

    /// The path below the content folder, if it is one that is read.
    fn relative(&self, path: &Path) -> Option<String> {
        let steps: Vec<_> = path.strip_prefix(&self.root).ok()?.iter().collect();
        if steps.iter().any(|step| files::is_ignored(step)) {
            return None;
        }
        let relative = steps.iter().map(|step| step.to_string_lossy()).collect::<Vec<_>>().join("/");
        self.is_wanted(&relative).then_some(relative)
    }

    fn is_wanted(&self, relative: &str) -> bool {
        let unit = relative.split_once('/').map(|(unit, _)| unit);
        self.units.is_empty() || unit.is_none_or(|unit| self.units.iter().any(|wanted| wanted == unit))
    }

    fn look_at(&mut self, path: &Path, relative: &str) -> Change {
        let prefix = if relative.is_empty() { String::new() } else { format!("{relative}/") };
        if !path.is_dir() {
            let gone = self.forget(&prefix, &BTreeSet::new());
            let seen = self.take(relative.to_owned(), files::loading(path, relative));
            return Change { any: gone || seen.any, ..seen };
        }
        // A folder that cannot be walked through is in motion; its parts are looked at in turn.
        let Ok(inside) = files::list(path) else { return Change { folder: true, ..Change::default() } };
        let inside = inside.into_iter().map(|below| format!("{prefix}{below}"));
        let inside: BTreeSet<String> = inside.filter(|path| self.is_wanted(path)).collect();
        let gone = self.forget(&prefix, &inside);
        let seen = self.take_all(inside.into_iter().collect());
        Change { any: gone || seen.any, folder: true, ..seen }
    }

    /// Takes out what was known below `prefix` and is not in `but`.
    fn forget(&mut self, prefix: &str, but: &BTreeSet<String>) -> bool {
        let before = self.files.len();
        self.files.retain(|path, _| !path.0.starts_with(prefix) || but.contains(&path.0));
        let gone = self.files.len() < before;
        if gone {
            self.places = None;
        }
        gone
    }

    fn take_all(&mut self, paths: Vec<String>) -> Change {
        let root = &self.root;
        let read = |path: String| {
            let loading = files::loading(&root.join(&path), &path);
            (path, loading)
        };
        let read: Vec<_> = paths.into_par_iter().map(read).collect();
        let mut change = Change::default();
        for (path, loading) in read {
            let seen = self.take(path, loading);
            change.any |= seen.any;
            change.doubtful |= seen.doubtful;
        }
        change
    }

    /// Puts one file as it is now in the place of what was known of it.
    fn take(&mut self, path: String, loading: Loading) -> Change {
        let was_unreadable = self.unreadable.remove(&path).is_some();
        let text = match loading {
            Loading::Text(bytes) => bytes,
            Loading::Other(stamp) => {
                let any = self.stand(path, Entry::Other(stamp));
                return Change { any, ..Change::default() };
            }
            Loading::Gone => {
                let gone = self.files.remove(&Natural(path)).is_some();
                if gone {
                    self.places = None;
                }
                return Change { any: gone || was_unreadable, ..Change::default() };
            }
            Loading::Failed(error) => {
                self.unreadable.insert(path, error.message);
                return Change { any: true, doubtful: true, folder: false };
            }
        };
        let doubtful = text.is_empty();
        let (id, any) = self.put(&path, text);
        Change { any: self.stand(path, Entry::Text(id)) || any || was_unreadable, doubtful, folder: false }
    }

    /// Notes that a file is there; whether it was not, or not so.
    fn stand(&mut self, path: String, entry: Entry) -> bool {
        let old = self.files.insert(Natural(path), entry);
        if old.is_none() {
            self.places = None;
        }
        old != Some(entry)
    }

    /// Puts a text among the sources; whether it is another than before.
    fn put(&mut self, path: &str, bytes: Vec<u8>) -> (SourceId, bool) {
        let Some(id) = self.known.get(path).copied() else {
            let id = self.sources.add_bytes(path, bytes);
            self.known.insert(path.to_owned(), id);
            return (id, true);
        };
        let old = self.sources.get(id).filter(|old| old.not_utf8.is_none());
        let new = old.is_none_or(|old| old.text.as_bytes() != bytes);
        if new {
            self.sources.replace(id, bytes);
        }
        (id, new)
    }

    /// The theme of `site`, loaded again if it or one of its files has changed.
    fn theme(&mut self, site: &Site) -> Result<Arc<Theme>, Vec<Diagnostic>> {
        let mut texts = Sources::default();
        let files = match theme::read(&self.root, site, &mut texts) {
            Ok(files) => files,
            Err(error) => {
                let mistakes = vec![without_place(error.message)];
                self.theme = Some(LoadedTheme { site: site.clone(), files: None, theme: Err(mistakes.clone()) });
                return Err(mistakes);
            }
        };
        if let Some(kept) = self.theme.as_ref().filter(|kept| kept.is_of(site, &files)) {
            return kept.theme.clone();
        }
        let mut own = files.clone();
        for file in &mut own {
            let Some(text) = file.source.and_then(|id| texts.get(id)) else { continue };
            let (id, _) = self.put(&text.path, file.bytes.clone());
            file.source = Some(id);
        }
        let theme = Theme::load(site, &own).map(Arc::new);
        self.theme = Some(LoadedTheme { site: site.clone(), files: Some(files), theme: theme.clone() });
        theme
    }
}

impl LoadedTheme {
    /// Whether it is the theme that `site` and `files` make. Where they stand does not matter.
    fn is_of(&self, site: &Site, files: &[ThemeFile]) -> bool {
        let plain = |site: &Site| Site { span: Span::default(), ..site.clone() };
        let same = |(a, b): (&ThemeFile, &ThemeFile)| a.path == b.path && a.bytes == b.bytes;
        let kept = self.files.as_ref().filter(|kept| kept.len() == files.len());
        plain(&self.site) == plain(site) && kept.is_some_and(|kept| kept.iter().zip(files).all(same))
    }
}

pub(super) fn without_place(message: Bilingual) -> Diagnostic {
    Diagnostic { severity: Severity::Error, rule: "unreadable", span: None, message, help: None }
}
