//! A unit of the content in memory: its files, their parsed nodes, and the linked report.
//!
//! Units are independent, so a unit with unchanged files keeps its linked report.

use super::{Drafts, UnitSnapshot};
use crate::content::files::ReadFile;
use crate::content::source::{FileBody, Files, Stamp};
use crate::content::{self, ContentFiles, ParseCache, Parsed, Shared, natural_cmp};
use crate::diagnostic::{Diagnostic, Sources};
use crate::link;
use crate::model::{ImageFile, Report};
use crate::site::claims;
use std::collections::BTreeMap;
use std::ops::BitOrAssign;
use std::sync::Arc;

/// Files of one unit, or those outside all units, with the results of parsing and linking them.
#[derive(Default)]
pub struct Unit {
    /// All files in natural order of their paths: `None` for a file in `sources`, which has the same order.
    files: Vec<(String, Option<OtherFile>)>,
    sources: Sources,
    content_files: ContentFiles,
    cache: ParseCache,
    link_result: Option<LinkResult>,
}

/// Result of reading files again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// True if anything has changed.
    pub changed: bool,
    /// True if the new state may be temporary: a file is empty or unreadable, as while it is being written.
    pub may_be_partial: bool,
    /// True if a folder was touched. Files created in a new folder before it is watched cause no event.
    pub folder_touched: bool,
}

impl BitOrAssign for Change {
    fn bitor_assign(&mut self, other: Self) {
        self.changed |= other.changed;
        self.may_be_partial |= other.may_be_partial;
        self.folder_touched |= other.folder_touched;
    }
}

/// A file that was not read as text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct OtherFile {
    stamp: Stamp,
    image: Option<ImageFile>,
}

/// Result of linking a unit.
struct LinkResult {
    snapshot: Arc<UnitSnapshot>,
    diagnostics: Vec<Diagnostic>,
}

impl Unit {
    /// Creates a unit of these files.
    pub fn new(files: Files) -> Self {
        let mut unit = Self::default();
        unit.update(files);
        unit
    }

    /// Replaces the files. An unchanged text keeps its `Arc`, by whose identity the parse cache recognizes it.
    pub fn update(&mut self, Files { mut files, symlinks, unreadable }: Files) -> Change {
        files.sort_by(|(a, _), (b, _)| natural_cmp(a, b));
        let old: BTreeMap<&str, _> = self.sources.iter().map(|(_, source)| (source.path.as_str(), source)).collect();
        let (mut sources, mut names, mut ids) = (Sources::default(), Vec::new(), Vec::new());
        let mut change = Change { may_be_partial: !unreadable.is_empty(), ..Change::default() };
        for (path, body) in files {
            let (id, stamp) = match body {
                FileBody::Text(bytes) => match old.get(path.as_str()).filter(|old| old.has_bytes(&bytes)) {
                    Some(same) => (Some(sources.push((*same).clone())), None),
                    None => {
                        change.changed = true;
                        change.may_be_partial |= bytes.is_empty();
                        (Some(sources.add_bytes(path.as_str(), bytes)), None)
                    }
                },
                FileBody::Unreadable(reason) => {
                    change.may_be_partial = true;
                    match old.get(path.as_str()).filter(|old| old.unreadable.as_ref() == Some(&reason)) {
                        Some(same) => (Some(sources.push((*same).clone())), None),
                        None => {
                            change.changed = true;
                            (Some(sources.add_unreadable(path.as_str(), reason)), None)
                        }
                    }
                }
                FileBody::Image(stamp, image) => (None, Some(OtherFile { stamp, image: Some(image) })),
                FileBody::Other(stamp) => (None, Some(OtherFile { stamp, image: None })),
            };
            ids.push(id);
            names.push((path, stamp));
        }
        change.changed |= names != self.files
            || symlinks != self.content_files.symlinks
            || unreadable != self.content_files.unreadable;
        if !change.changed {
            return change;
        }
        self.content_files = ContentFiles::classify(names.iter().zip(ids).map(|((path, other), text)| {
            let image = other.and_then(|other| other.image);
            ReadFile { path, text, image }
        }));
        (self.content_files.symlinks, self.content_files.unreadable) = (symlinks, unreadable);
        (self.files, self.sources, self.link_result) = (names, sources, None);
        change
    }

    /// Text files of the unit.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Returns true if a file or folder of the unit could not be read.
    pub fn is_incomplete(&self) -> bool {
        !self.content_files.unreadable.is_empty() || self.sources.iter().any(|(_, source)| source.unreadable.is_some())
    }

    /// Text files of the unit, by value.
    pub fn into_sources(self) -> Sources {
        self.sources
    }

    /// Parses `site.toml` and the glossary of a site with these strategies. The unit must contain the files outside all
    /// units.
    pub fn shared(&self, strategies: Vec<String>) -> (Shared, Vec<Diagnostic>) {
        content::shared(&self.content_files, strategies, &self.sources)
    }

    /// Parses the nodes that have changed.
    pub fn parse(&mut self, shared: &Shared) -> (Parsed, Vec<Diagnostic>) {
        self.cache.parse(shared, &self.content_files, &self.sources)
    }

    /// Parses the nodes that have changed, and links the unit.
    pub fn link(&mut self, shared: &Shared, drafts: Drafts) -> (Report, Vec<Diagnostic>) {
        let (mut parsed, mut diagnostics) = self.parse(shared);
        if drafts == Drafts::Hidden {
            parsed.hide_drafts();
        }
        let (report, mut link_diagnostics) = link::link(parsed);
        // An unresolved reference may point into an unreadable folder.
        if self.content_files.unreadable.is_empty() {
            diagnostics.append(&mut link_diagnostics);
            claims::check(&report, &self.sources, &mut diagnostics);
        }
        (report, diagnostics)
    }

    /// Discards the linked report after a change to the inputs shared by all units.
    pub(super) fn discard_link_result(&mut self) {
        self.link_result = None;
    }

    /// Links the unit unless its linked report is current.
    pub(super) fn link_if_stale(&mut self, shared: &Shared, drafts: Drafts) {
        if self.link_result.is_none() {
            let (report, diagnostics) = self.link(shared, drafts);
            self.link_result = Some(LinkResult { snapshot: Arc::new(UnitSnapshot::new(report)), diagnostics });
        }
    }

    /// Snapshot and diagnostics of the last link; `None` if the unit is not linked.
    pub(super) fn link_result(&self) -> Option<(&Arc<UnitSnapshot>, &[Diagnostic])> {
        self.link_result.as_ref().map(|result| (&result.snapshot, result.diagnostics.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Overlay, Source};

    const FILES: [(&str, &str); 6] = [
        (
            "a/strategy.toml",
            "title = \"計画\"\npublisher = \"市\"\n[[edition]]\nid = \"2023\"\nlabel = \"令和5年度\"\n",
        ),
        ("a/policies/1/policy.md", "+++\nname = \"施策\"\n[[indicator]]\nid = \"x\"\nname = \"指標\"\n+++\n"),
        ("a/policies/1/2023.md", "+++\nindicator.x.actual.R5 = 1\n+++\n"),
        ("a/policies/2/policy.md", "+++\nname = \"別の施策\"\n+++\n"),
        ("b/strategy.toml", "title = \"計画\"\npublisher = \"町\"\n"),
        ("b/policies/1/policy.md", "+++\nname = \"施策\"\n+++\n"),
    ];

    fn files(source: &dyn Source) -> Files {
        Files::read(source, source.list(&|_| true).unwrap().all())
    }

    /// Changes the file at `path` to `text` and returns the nodes that are not parsed again. Asserts that the result
    /// equals that of parsing everything again.
    fn reused_after(path: &str, text: &str) -> Vec<String> {
        let (saved, shared) = (Overlay::memory(FILES), Shared::default());
        let edited = Overlay::memory([(path, text)]).over(&saved);
        let mut unit = Unit::new(files(&saved));
        let (before, _) = unit.parse(&shared);
        assert!(!unit.update(files(&saved)).changed);
        assert!(unit.update(files(&edited)).changed);
        let (after, diagnostics) = unit.parse(&shared);
        assert_eq!((after.clone(), diagnostics), Unit::new(files(&edited)).parse(&shared));
        let pairs = before.strategies.iter().zip(&after.strategies);
        let nodes = pairs.flat_map(|(a, b)| a.nodes.iter().zip(&b.nodes).map(move |(x, y)| (&b.id, x, y)));
        nodes.filter(|(_, x, y)| Arc::ptr_eq(x, y)).map(|(id, _, node)| format!("{id}/{}", node.id)).collect()
    }

    #[test]
    fn parses_only_a_changed_node_again() {
        let changed = FILES[1].1.replace("施策", "施策（改）");
        assert_eq!(reused_after("a/policies/1/policy.md", &changed), ["a/2", "b/1"]);
        assert_eq!(reused_after("a/policies/2/policy.md", ""), ["a/1", "b/1"]);
    }

    #[test]
    fn parses_a_node_again_if_its_sheet_changes() {
        assert_eq!(reused_after("a/policies/1/2023.md", "+++\nindicator.x.actual.R5 = 2\n+++\n"), ["a/2", "b/1"]);
        let renamed = FILES[1].1.replace("\"x\"", "\"y\"");
        assert_eq!(reused_after("a/policies/1/policy.md", &renamed), ["a/2", "b/1"]);
    }

    #[test]
    fn parses_all_nodes_of_a_changed_strategy_again() {
        let changed = FILES[0].1.replace("2023", "2024");
        assert_eq!(reused_after("a/strategy.toml", &changed), ["b/1"]);
    }

    #[test]
    fn drops_a_removed_node() {
        let mut unit = Unit::new(files(&Overlay::memory(FILES)));
        unit.parse(&Shared::default());
        let remaining = FILES.into_iter().filter(|(path, _)| !path.contains("/2/"));
        unit.update(files(&Overlay::memory(remaining)));
        let (parsed, _) = unit.parse(&Shared::default());
        assert_eq!(parsed.strategies.iter().map(|strategy| strategy.nodes.len()).collect::<Vec<_>>(), [1, 1]);
    }
}
