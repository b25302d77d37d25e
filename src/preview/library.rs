//! The content in memory: read once, then only the files that have changed, and linked again only
//! the units in which they lie.

use super::page;
use super::shelf::{Entry, Shelf, Unit};
use crate::content::folder::{self, Listing, Loading, unit_of};
use crate::content::{self, ReadError, Shared, natural};
use crate::diagnostic::{self, Bilingual, Diagnostic, Rule, SourceId, Sources, Span, publishable};
use crate::model::Site;
use crate::pipeline::Drafts;
use crate::say;
use crate::theme::{self, Theme, ThemeFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A content folder as it was when its files were last looked at.
pub(super) struct Library {
    root: PathBuf,
    drafts: Drafts,
    /// The units to read; all where it is empty.
    wanted: Vec<String>,
    /// What lies in no folder.
    around: Shelf,
    /// What lies in each folder, which may be a unit.
    shelves: BTreeMap<String, Shelf>,
    /// What all units share, as it was when they were last linked.
    shared: Shared,
    /// Every text that ever was there: one that comes back has its old place.
    known: HashMap<String, SourceId>,
    sources: Sources,
    /// Files, and folders that cannot be walked through.
    unreadable: BTreeMap<String, Diagnostic>,
    theme: Option<LoadedTheme>,
}

/// A site that is without mistakes, as far as these can be told before its pages are drawn.
pub(super) struct Issue {
    /// What stands around the units.
    pub(super) around: Arc<Unit>,
    /// The units by their names.
    pub(super) units: BTreeMap<String, Arc<Unit>>,
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

struct LoadedTheme {
    site: Site,
    /// `None` where they could not be read.
    files: Option<Vec<ThemeFile>>,
    theme: Result<Arc<Theme>, Vec<Diagnostic>>,
}

impl Library {
    /// Reads the folder `root`, or of it the units that `only` names.
    pub(super) fn open(root: &Path, only: &[String], drafts: Drafts) -> Result<Self, ReadError> {
        let Listing { paths, linked } = folder::paths(root, only)?;
        let mut library = Self {
            root: root.to_owned(),
            drafts,
            wanted: folder::units(only).map(str::to_owned).collect(),
            around: Shelf::default(),
            shelves: BTreeMap::new(),
            shared: Shared::default(),
            known: HashMap::new(),
            sources: Sources::default(),
            unreadable: BTreeMap::new(),
            theme: None,
        };
        library.refuse(linked);
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

    /// Looks again at `touched`, files or folders, and at what is in them; and at what could not be
    /// read, for nothing may tell that now it can.
    pub(super) fn refresh(&mut self, touched: &BTreeSet<PathBuf>) -> Change {
        let theme = self.theme_folder();
        let mut change = Change::default();
        let unreadable: Vec<_> = self.unreadable.keys().map(|path| self.root.join(path)).collect();
        for path in unreadable.iter().chain(touched).collect::<BTreeSet<_>>() {
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
        let mut found = self.link();
        found.extend(self.unreadable.values().cloned());
        if self.shared.strategies.is_empty() {
            content::no_strategy(&self.root, &self.sources, &mut found);
        }
        let site = Arc::clone(&self.shared.site);
        let issue = match self.theme(&site) {
            Ok(theme) if publishable(&found) => self.linked(theme),
            Ok(_) => None,
            Err(mut mistakes) => {
                found.append(&mut mistakes);
                None
            }
        };
        diagnostic::sort(&mut found, &self.sources);
        (issue, found)
    }

    /// The site as it was linked.
    fn linked(&self, theme: Arc<Theme>) -> Option<Issue> {
        let units = self.shelves.iter().filter_map(|(name, shelf)| Some((name.clone(), shelf.unit()?)));
        Some(Issue { around: self.around.unit()?, units: units.collect(), theme })
    }

    /// Links what has changed; returns all that is wrong.
    fn link(&mut self) -> Vec<Diagnostic> {
        let Self { around, shelves, shared, sources, drafts, .. } = self;
        around.sort();
        shelves.values_mut().for_each(Shelf::sort);
        let mut strategies: Vec<String> = shelves.values().flat_map(Shelf::strategies).map(str::to_owned).collect();
        strategies.sort_by(|a, b| natural(a, b));
        let (mut new, mut found) = content::shared(around.places(), strategies, sources);
        // The preview is not where the site is published.
        let site = Arc::make_mut(&mut new.site);
        site.base = None;
        site.csp = site.csp.as_deref().map(page::with_preview);
        let mut all: Vec<&mut Shelf> = shelves.values_mut().chain([around]).collect();
        if new != *shared {
            all.iter_mut().for_each(|shelf| shelf.unlink());
            *shared = new;
        }
        all.par_iter_mut().for_each(|shelf| shelf.link(shared, sources, *drafts));
        found.extend(all.iter().flat_map(|shelf| shelf.found().iter().cloned()));
        found
    }

    /// The path below the content folder, if it is one that is read.
    fn relative(&self, path: &Path) -> Option<String> {
        let steps: Vec<_> = path.strip_prefix(&self.root).ok()?.iter().collect();
        if steps.iter().any(|step| folder::is_ignored(step)) {
            return None;
        }
        let relative = steps.iter().map(|step| step.to_string_lossy()).collect::<Vec<_>>().join("/");
        self.is_wanted(&relative).then_some(relative)
    }

    fn is_wanted(&self, relative: &str) -> bool {
        self.wanted.is_empty() || unit_of(relative).is_none_or(|unit| self.wanted.iter().any(|wanted| wanted == unit))
    }

    /// The shelf of the file at the path `relative`.
    fn shelf(&mut self, relative: &str) -> &mut Shelf {
        match unit_of(relative) {
            Some(unit) => self.shelves.entry(unit.to_owned()).or_default(),
            None => &mut self.around,
        }
    }

    fn look_at(&mut self, path: &Path, relative: &str) -> Change {
        let prefix = if relative.is_empty() { String::new() } else { format!("{relative}/") };
        if path.exists() && !folder::is_within(&self.root, path) {
            let gone = self.forget(&prefix, &BTreeSet::new());
            let seen = self.take(relative.to_owned(), Loading::Linked);
            return Change { any: gone || seen.any, ..seen };
        }
        if !path.is_dir() {
            let gone = self.forget(&prefix, &BTreeSet::new());
            let seen = self.take(relative.to_owned(), folder::loading(path, relative));
            return Change { any: gone || seen.any, ..seen };
        }
        let was_unreadable = self.unreadable.remove(relative).is_some();
        let Listing { paths: inside, linked } = match folder::list(&self.root, path) {
            Ok(inside) => inside,
            Err(_) if !self.is_wanted(&prefix) => return Change::default(),
            Err(error) => {
                self.unreadable.insert(relative.to_owned(), without_place(error.message()));
                return Change { any: true, doubtful: true, folder: true };
            }
        };
        let inside = inside.into_iter().map(|below| format!("{prefix}{below}"));
        let inside: BTreeSet<String> = inside.filter(|path| self.is_wanted(path)).collect();
        let gone = self.forget(&prefix, &inside);
        let linked = self.refuse(linked.into_iter().map(|below| format!("{prefix}{below}")).collect());
        let seen = self.take_all(inside.into_iter().collect());
        Change { any: gone || linked || seen.any || was_unreadable, folder: true, ..seen }
    }

    /// Takes out what was known below `prefix` and is not in `but`.
    fn forget(&mut self, prefix: &str, but: &BTreeSet<String>) -> bool {
        let gone = |path: &str| path.starts_with(prefix) && !but.contains(path);
        let unreadable = self.unreadable.len();
        self.unreadable.retain(|path, _| !gone(path));
        let any = match unit_of(prefix) {
            Some(unit) => self.shelves.get_mut(unit).is_some_and(|shelf| shelf.forget(gone)),
            None => {
                let shelves = self.shelves.values_mut().chain([&mut self.around]);
                shelves.map(|shelf| shelf.forget(gone)).filter(|any| *any).count() > 0
            }
        };
        self.shelves.retain(|_, shelf| !shelf.is_empty());
        any || self.unreadable.len() < unreadable
    }

    /// Notes what is not read, being a link to elsewhere; whether any of it was not known.
    fn refuse(&mut self, linked: Vec<String>) -> bool {
        let wanted: Vec<String> = linked.into_iter().filter(|path| self.is_wanted(path)).collect();
        let new = |path: String| {
            let link = folder::linked(&path);
            self.unreadable.insert(path, link.clone()) != Some(link)
        };
        wanted.into_iter().map(new).filter(|new| *new).count() > 0
    }

    fn take_all(&mut self, paths: Vec<String>) -> Change {
        let root = &self.root;
        let read = |path: String| {
            let loading = folder::loading(&root.join(&path), &path);
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
        if let Loading::Linked = loading {
            let gone = self.shelf(&path).remove(&path);
            return Change { any: self.refuse(vec![path]) || gone, ..Change::default() };
        }
        let was_unreadable = self.unreadable.remove(&path).is_some();
        let text = match loading {
            Loading::Text(bytes) => bytes,
            Loading::Other(stamp) => {
                let any = self.shelf(&path).put(path, Entry::Other(stamp));
                return Change { any, ..Change::default() };
            }
            Loading::Gone | Loading::Linked => {
                let gone = self.shelf(&path).remove(&path);
                return Change { any: gone || was_unreadable, ..Change::default() };
            }
            Loading::Failed(error) => {
                self.unreadable.insert(path, without_place(error.message()));
                return Change { any: true, doubtful: true, folder: false };
            }
        };
        let doubtful = text.is_empty();
        let (id, new) = self.put(&path, text);
        let shelf = self.shelf(&path);
        if new {
            shelf.unlink();
        }
        Change { any: shelf.put(path, Entry::Text(id)) || new || was_unreadable, doubtful, folder: false }
    }

    /// Puts a text among the sources; whether it is another than before.
    fn put(&mut self, path: &str, bytes: Vec<u8>) -> (SourceId, bool) {
        let Some(id) = self.known.get(path).copied() else {
            let id = self.sources.add_bytes(path, bytes);
            self.known.insert(path.to_owned(), id);
            return (id, true);
        };
        let old = self.sources.get(id).filter(|old| old.not_utf8.is_none() && old.lone_return.is_none());
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
                let mistakes = vec![without_place(error.message())];
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
    Diagnostic::new(Rule::Unreadable, None, message)
}
