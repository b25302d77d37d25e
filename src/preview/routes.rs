//! Lookup of the files of a snapshot by path.
//!
//! The files of a unit are listed at the first request for one of them: a page needs only one of perhaps hundreds of
//! units.

use crate::build::{OutputFile, Renderer};
use crate::diagnostic::Sources;
use crate::workspace::live::SiteSnapshot;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

/// The files of a snapshot.
pub(super) struct Routes<'s> {
    site: &'s SiteSnapshot,
    root: OnceCell<UnitRoutes<'s>>,
    units: BTreeMap<&'s str, OnceCell<UnitRoutes<'s>>>,
}

/// The files of one unit, or those outside all units.
pub(super) struct UnitRoutes<'s> {
    pub(super) renderer: Renderer<'s>,
    files: HashMap<String, OutputFile>,
}

impl<'s> Routes<'s> {
    pub(super) fn new(site: &'s SiteSnapshot) -> Self {
        let units = site.units.keys().map(|name| (name.as_str(), OnceCell::new())).collect();
        Self { site, root: OnceCell::new(), units }
    }

    /// Text files to which errors on pages point.
    pub(super) fn sources(&self) -> &'s Sources {
        &self.site.sources
    }

    /// The file at `path`, with the unit that renders it; `None` if it does not exist.
    pub(super) fn find(&self, path: &str) -> Option<(&UnitRoutes<'s>, &OutputFile)> {
        let in_unit = path.split_once('/').and_then(|(unit, _)| self.unit_routes(unit)?.find(path));
        in_unit.or_else(|| self.root_routes().find(path))
    }

    fn root_routes(&self) -> &UnitRoutes<'s> {
        let SiteSnapshot { source, root, units, static_files, theme, .. } = self.site;
        self.root.get_or_init(|| {
            let summaries = units.values().flat_map(|unit| unit.summaries.iter().cloned()).collect();
            UnitRoutes::new(Renderer::for_root(&**source, &root.report, theme, summaries, static_files))
        })
    }

    fn unit_routes(&self, name: &str) -> Option<&UnitRoutes<'s>> {
        let SiteSnapshot { source, units, theme, .. } = self.site;
        let unit = units.get(name)?;
        Some(self.units.get(name)?.get_or_init(|| UnitRoutes::new(Renderer::for_unit(&**source, unit, theme))))
    }
}

impl<'s> UnitRoutes<'s> {
    fn new(renderer: Renderer<'s>) -> Self {
        let files = renderer.files().into_iter();
        let files = files.map(|file| (file.url().path().to_owned(), file)).collect();
        Self { renderer, files }
    }

    fn find(&self, path: &str) -> Option<(&Self, &OutputFile)> {
        Some((self, self.files.get(path)?))
    }
}
