//! Workspace that follows the changes of its files.
//!
//! A unit with a touched file is read again; its changed nodes are parsed, and the whole unit is linked. The files
//! outside the units are few and small, and are read each time.

use super::unit::{Change, Unit};
use super::{Analysis, AnalysisOptions, UnitSnapshot};
use crate::content::source::{ContentListing, Files, Source, is_wanted};
use crate::content::{self, DiskSource, ReadError, Shared, disk};
use crate::diagnostic::{self, Bilingual, Diagnostic, Location, Rule, Sources, has_errors, say};
use crate::model::{Site, StaticFile};
use crate::theme::{Theme, ThemeFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A content folder with all units in memory, as of the last read of their files.
pub struct LiveWorkspace {
    /// Path of the content folder.
    content_path: PathBuf,
    source: Arc<dyn Source>,
    /// Units to read; empty for all.
    only: Vec<String>,
    options: AnalysisOptions,
    listing: ContentListing,
    /// Files outside all units.
    root: Unit,
    /// Units by name.
    units: BTreeMap<String, Unit>,
    /// Inputs shared by all units, as of their last link.
    shared: Shared,
    /// Errors of folders that could not be listed, by name.
    listing_errors: BTreeMap<String, Diagnostic>,
    theme: Option<LoadedTheme>,
}

/// Immutable state of a site without errors, except errors that occur only when its pages are rendered.
pub struct SiteSnapshot {
    /// Source of the content.
    pub source: Arc<dyn Source>,
    /// Files outside all units.
    pub root: UnitSnapshot,
    /// Units by name.
    pub units: BTreeMap<String, Arc<UnitSnapshot>>,
    /// Files that are published unchanged.
    pub static_files: Vec<StaticFile>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// Text files to which errors on its pages point.
    pub sources: Sources,
}

/// Result of linking the content.
pub struct LinkOutcome {
    /// The site; `None` if there are errors.
    pub site: Option<SiteSnapshot>,
    /// All diagnostics, sorted by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Text files to which the diagnostics point.
    pub sources: Sources,
}

struct LoadedTheme {
    site: Arc<Site>,
    files: Vec<ThemeFile>,
    theme: Result<Arc<Theme>, Vec<Diagnostic>>,
}

impl LiveWorkspace {
    /// Reads the folder at `content_path`: the units in `only`, or all units if `only` is empty.
    ///
    /// # Errors
    /// Fails if the folder cannot be read, or `only` matches nothing.
    pub fn open(content_path: &Path, only: &[String], options: AnalysisOptions) -> Result<Self, ReadError> {
        let source: Arc<dyn Source> = Arc::new(DiskSource::new(content_path));
        let listing = ContentListing::list(&*source, only)?;
        let mut workspace = Self {
            content_path: content_path.to_owned(),
            source,
            only: only.to_vec(),
            options,
            listing: ContentListing::default(),
            root: Unit::default(),
            units: BTreeMap::new(),
            shared: Shared::default(),
            listing_errors: BTreeMap::new(),
            theme: None,
        };
        workspace.replace_listings(BTreeSet::new(), listing);
        Ok(workspace)
    }

    /// Path of the content folder.
    pub fn content_path(&self) -> &Path {
        &self.content_path
    }

    /// Changes the path of the content folder. Returns true if it was different.
    pub fn relocate(&mut self, content_path: &Path) -> bool {
        let has_moved = self.content_path != content_path;
        if has_moved {
            content_path.clone_into(&mut self.content_path);
            self.source = Arc::new(DiskSource::new(content_path));
        }
        has_moved
    }

    /// Path of the site's own theme, which may be a symbolic link; `None` if it has none.
    pub fn theme_path(&self) -> Option<PathBuf> {
        Some(self.content_path.join(self.shared.site.theme.as_ref()?))
    }

    /// Canonical path of the site's own theme; `None` if it has none.
    pub fn canonical_theme_path(&self) -> Option<PathBuf> {
        self.theme_path().map(|path| path.canonicalize().unwrap_or(path))
    }

    /// Reads the units with `touched` files or folders again, and those that were unreadable before, because they may
    /// become readable without an event.
    pub fn reread(&mut self, touched: &BTreeSet<PathBuf>) -> Change {
        let theme = self.canonical_theme_path();
        let mut names = self.incomplete();
        let (mut change, mut everything) = (Change::default(), false);
        for path in touched {
            change.changed |= theme.as_ref().is_some_and(|theme| path.starts_with(theme));
            // Outside the content folder there is only the theme, which is read each time.
            let Ok(below) = path.strip_prefix(&self.content_path) else { continue };
            if below.starts_with(StaticFile::FOLDER) {
                // These files are listed each time, and read when they are requested.
                change.changed |= !below.iter().any(disk::is_left_behind);
                change.folder_touched |= path.is_dir();
                continue;
            }
            if below.iter().any(disk::is_ignored) {
                continue;
            }
            change.folder_touched |= path.is_dir();
            match below.iter().next() {
                Some(name) => drop(names.insert(name.to_string_lossy().into_owned())),
                None => everything = true,
            }
        }
        if everything || !names.is_empty() {
            let only = &self.only;
            let listed = self.source.list(&|name| (everything || names.contains(name)) && is_wanted(name, only));
            if everything {
                names.extend(self.listing.0.keys().cloned());
            }
            change |= match listed {
                Ok(listed) => self.replace_listings(names, listed),
                Err(error) => self.record_listing_error(names, error),
            };
        }
        change
    }

    /// Replaces the listings of the folders `names`, and of all other folders in `listed`, and reads their files.
    fn replace_listings(&mut self, mut names: BTreeSet<String>, mut listed: ContentListing) -> Change {
        names.extend(listed.0.keys().cloned());
        let mut change = Change::default();
        for name in names {
            let listing = listed.0.remove(&name);
            change.changed |= self.listing_errors.remove(&name).is_some();
            match &listing {
                Some(listing) if listing.is_unit() => {
                    let files = Files::read(&*self.source, listing.clone());
                    change |= self.units.entry(name.clone()).or_default().update(files);
                }
                _ => change.changed |= self.units.remove(&name).is_some(),
            }
            match listing {
                Some(listing) => drop(self.listing.0.insert(name, listing)),
                None => drop(self.listing.0.remove(&name)),
            }
        }
        change |= self.root.update(Files::read(&*self.source, self.listing.root()));
        change
    }

    /// Names of the folders with unreadable files or subfolders.
    fn incomplete(&self) -> BTreeSet<String> {
        let units = self.units.iter().filter(|(_, unit)| unit.is_incomplete()).map(|(name, _)| name);
        let outside = self.listing.0.iter().filter(|(_, listing)| !listing.is_unit() && self.root.is_incomplete());
        units.chain(outside.map(|(name, _)| name)).chain(self.listing_errors.keys()).cloned().collect()
    }

    /// Records that the folders `names` could not be listed.
    fn record_listing_error(&mut self, names: BTreeSet<String>, error: ReadError) -> Change {
        let diagnostic = unlocated_error(Rule::Unreadable, error.message());
        self.listing_errors.extend(names.into_iter().map(|name| (name, diagnostic.clone())));
        Change { changed: true, may_be_partial: true, folder_touched: false }
    }

    /// Parses and links the changed units, and loads the theme again if it has changed.
    pub fn relink(&mut self) -> LinkOutcome {
        if !self.content_path.is_dir() {
            let folder = self.content_path.display();
            let message = say!(
                ja: "原稿のフォルダー {folder} が見つかりません",
                en: "the content folder {folder} no longer exists"
            );
            return LinkOutcome {
                site: None,
                diagnostics: vec![unlocated_error(Rule::Unreadable, message)],
                sources: Sources::default(),
            };
        }
        let root = Analysis::new(&*self.source, &mut self.root, self.listing.strategies(), &self.options);
        let Analysis { shared, report, theme_files, static_files, mut diagnostics, sources: root_sources, .. } = root;
        if shared != self.shared {
            self.units.values_mut().for_each(Unit::discard_link_result);
            self.shared = shared;
        }
        let (shared, drafts) = (&self.shared, self.options.drafts);
        self.units.par_iter_mut().for_each(|(_, unit)| unit.link_if_stale(shared, drafts));
        let (mut sources, mut units) = (root_sources.clone(), BTreeMap::new());
        for (name, unit) in &self.units {
            if let Some((snapshot, unit_diagnostics)) = unit.link_result() {
                units.insert(name.clone(), Arc::clone(snapshot));
                let mut unit_diagnostics = unit_diagnostics.to_vec();
                sources.merge_from(unit.sources(), &mut unit_diagnostics);
                diagnostics.append(&mut unit_diagnostics);
            }
        }
        // One error may affect several folders.
        for error in self.listing_errors.values() {
            if !diagnostics.contains(error) {
                diagnostics.push(error.clone());
            }
        }
        if self.shared.strategies.is_empty() {
            content::report_missing_strategy(&self.content_path, &sources, &mut diagnostics);
        }
        let site = match self.load_theme(theme_files) {
            Ok(theme) if !has_errors(&diagnostics) => {
                let (source, root) = (Arc::clone(&self.source), UnitSnapshot::new(report));
                Some(SiteSnapshot { source, root, units, static_files, theme, sources: root_sources })
            }
            Ok(_) => None,
            Err(mut errors) => {
                diagnostics.append(&mut errors);
                None
            }
        };
        diagnostic::sort(&mut diagnostics, &sources);
        LinkOutcome { site, diagnostics, sources }
    }

    /// Theme of the site, loaded again if `site.toml` or a theme file has changed.
    fn load_theme(&mut self, files: Result<Vec<ThemeFile>, Vec<Diagnostic>>) -> Result<Arc<Theme>, Vec<Diagnostic>> {
        let files = files?;
        let site = &self.shared.site;
        if let Some(loaded) = self.theme.as_ref().filter(|loaded| loaded.site == *site && loaded.files == files) {
            return loaded.theme.clone();
        }
        let theme = Theme::load(site, &files).map(Arc::new);
        self.theme = Some(LoadedTheme { site: Arc::clone(site), files, theme: theme.clone() });
        theme
    }
}

/// Creates an error without a location.
pub(crate) fn unlocated_error(rule: Rule, message: Bilingual) -> Diagnostic {
    Diagnostic::new(rule, Location::Unknown, message)
}
