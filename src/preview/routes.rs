//! Lookup of the files of a snapshot by path.
//!
//! The files of a unit are listed at the first request for one of them: a page needs only one of perhaps hundreds of
//! units.

use crate::build::{ArtifactKind, Renderer};
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
    artifacts: HashMap<String, ArtifactKind>,
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
    pub(super) fn find(&self, path: &str) -> Option<(&UnitRoutes<'s>, &ArtifactKind)> {
        let of_unit = path.split_once('/').and_then(|(unit, _)| self.unit(unit)?.find(path));
        of_unit.or_else(|| self.root().find(path))
    }

    fn root(&self) -> &UnitRoutes<'s> {
        let SiteSnapshot { source, root, units, theme, .. } = self.site;
        self.root.get_or_init(|| {
            let summaries = units.values().flat_map(|unit| unit.summaries.iter().cloned()).collect();
            UnitRoutes::of(Renderer::of_root(&**source, &root.report, theme, summaries))
        })
    }

    fn unit(&self, name: &str) -> Option<&UnitRoutes<'s>> {
        let SiteSnapshot { source, units, theme, .. } = self.site;
        let unit = units.get(name)?;
        Some(self.units.get(name)?.get_or_init(|| UnitRoutes::of(Renderer::of_unit(&**source, &unit.report, theme))))
    }
}

impl<'s> UnitRoutes<'s> {
    fn of(renderer: Renderer<'s>) -> Self {
        let artifacts = renderer.artifacts().into_iter();
        let artifacts = artifacts.map(|artifact| (artifact.url().path().to_owned(), artifact)).collect();
        Self { renderer, artifacts }
    }

    fn find(&self, path: &str) -> Option<(&Self, &ArtifactKind)> {
        Some((self, self.artifacts.get(path)?))
    }
}
