//! The files of one issue, found by their paths. What is asked of one unit is planned for that unit
//! alone, when it is first asked for.

use super::library::Issue;
use super::shelf::Unit;
use crate::pipeline::{Press, SiteFile};
use crate::theme::Theme;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The files of an issue.
pub(super) struct Stock<'i> {
    content: &'i Path,
    theme: &'i Theme,
    issue: &'i Issue,
    around: OnceCell<Part<'i>>,
    units: BTreeMap<&'i str, OnceCell<Part<'i>>>,
}

/// The files of one unit, or those around all.
pub(super) struct Part<'i> {
    pub(super) press: Press<'i>,
    files: HashMap<String, SiteFile>,
}

impl<'i> Stock<'i> {
    /// The files of `issue`, which was read from the folder `content`.
    pub(super) fn new(content: &'i Path, issue: &'i Issue) -> Self {
        let units = issue.units.keys().map(|name| (name.as_str(), OnceCell::new())).collect();
        Self { content, theme: &issue.theme, issue, around: OnceCell::new(), units }
    }

    /// The file at `path`, and what makes it.
    pub(super) fn find(&self, path: &str) -> Option<(&Part<'i>, &SiteFile)> {
        let of_unit = path.split_once('/').and_then(|(unit, _)| self.unit(unit)?.find(path));
        of_unit.or_else(|| self.around().find(path))
    }

    fn around(&self) -> &Part<'i> {
        self.around.get_or_init(|| {
            let units = self.issue.units.values();
            let summaries = units.flat_map(|unit| unit.summaries.iter().cloned()).collect();
            Part::of(Press::around(self.content, &self.issue.around.report, self.theme, summaries))
        })
    }

    fn unit(&self, name: &str) -> Option<&Part<'i>> {
        let unit: &Unit = self.issue.units.get(name)?;
        let part = || Part::of(Press::of_strategies(self.content, &unit.report, self.theme));
        Some(self.units.get(name)?.get_or_init(part))
    }
}

impl<'i> Part<'i> {
    fn of(press: Press<'i>) -> Self {
        let files = press.files().into_iter().map(|file| (file.url().path().to_owned(), file)).collect();
        Self { press, files }
    }

    fn find(&self, path: &str) -> Option<(&Self, &SiteFile)> {
        Some((self, self.files.get(path)?))
    }
}
