//! One unit of the content in memory: its files, what was parsed of them, and the report that they make.
//!
//! No unit depends on another, so one whose files have not changed stays as it was linked.

use super::{Drafts, Snapshot};
use crate::content::source::{FileBody, Files, Stamp};
use crate::content::{self, ContentFiles, ParseCache, Parsed, Shared, natural};
use crate::diagnostic::{Diagnostic, Sources};
use crate::link;
use crate::model::Report;
use crate::site::claims;
use std::collections::BTreeMap;
use std::ops::BitOrAssign;
use std::sync::Arc;

/// The files of one unit, and what was made of them.
#[derive(Default)]
pub struct Unit {
    /// Every file in natural order of the paths: a text, which is the next one of the sources, or the stamp of another.
    files: Vec<(String, Option<Stamp>)>,
    sources: Sources,
    layout: ContentFiles,
    cache: ParseCache,
    linked: Option<Linked>,
}

/// What came of reading files again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// Whether anything is not as it was.
    pub any: bool,
    /// Whether it may not last: a file is empty now or cannot be read, as in the midst of being written.
    pub doubtful: bool,
    /// Whether a folder was touched: in a new one, files may have come unnoticed.
    pub folder: bool,
}

impl BitOrAssign for Change {
    fn bitor_assign(&mut self, other: Self) {
        self.any |= other.any;
        self.doubtful |= other.doubtful;
        self.folder |= other.folder;
    }
}

struct Linked {
    snapshot: Arc<Snapshot>,
    diagnostics: Vec<Diagnostic>,
}

impl Unit {
    /// A unit of these files.
    pub fn new(files: Files) -> Self {
        let mut unit = Self::default();
        unit.update(files);
        unit
    }

    /// Puts other files in the place of those that were there. Texts that are the same stay the same value, by which
    /// the parse cache knows them.
    pub fn update(&mut self, Files { mut files, linked, unreadable }: Files) -> Change {
        files.sort_by(|(a, _), (b, _)| natural(a, b));
        let old: BTreeMap<&str, _> = self.sources.iter().map(|(_, source)| (source.path.as_str(), source)).collect();
        let (mut sources, mut names, mut placed) = (Sources::default(), Vec::new(), Vec::new());
        let mut change = Change { doubtful: !unreadable.is_empty(), ..Change::default() };
        for (path, body) in files {
            let (id, stamp) = match body {
                FileBody::Text(bytes) => match old.get(path.as_str()).filter(|old| old.is_of(&bytes)) {
                    Some(same) => (Some(sources.push((*same).clone())), None),
                    None => {
                        change.any = true;
                        change.doubtful |= bytes.is_empty();
                        (Some(sources.add_bytes(path.as_str(), bytes)), None)
                    }
                },
                FileBody::Unreadable(reason) => {
                    change.doubtful = true;
                    match old.get(path.as_str()).filter(|old| old.unreadable.as_ref() == Some(&reason)) {
                        Some(same) => (Some(sources.push((*same).clone())), None),
                        None => {
                            change.any = true;
                            (Some(sources.add_unreadable(path.as_str(), reason)), None)
                        }
                    }
                }
                FileBody::Other(stamp) => (None, Some(stamp)),
            };
            placed.push(id);
            names.push((path, stamp));
        }
        change.any |= names != self.files || linked != self.layout.linked || unreadable != self.layout.unreadable;
        if !change.any {
            return change;
        }
        self.layout = ContentFiles::place(names.iter().zip(placed).map(|((path, _), id)| (path.as_str(), id)));
        (self.layout.linked, self.layout.unreadable) = (linked, unreadable);
        (self.files, self.sources, self.linked) = (names, sources, None);
        change
    }

    /// The texts.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Whether a file or folder of it could not be read.
    pub fn is_incomplete(&self) -> bool {
        !self.layout.unreadable.is_empty() || self.sources.iter().any(|(_, source)| source.unreadable.is_some())
    }

    /// The texts as a value.
    pub fn into_sources(self) -> Sources {
        self.sources
    }

    /// What `site.toml` and the glossary say, of a site with these strategies; for the files outside all units.
    pub fn shared(&self, strategies: Vec<String>) -> (Shared, Vec<Diagnostic>) {
        content::shared(&self.layout, strategies, &self.sources)
    }

    /// Parses what has changed.
    pub fn parse(&mut self, shared: &Shared) -> (Parsed, Vec<Diagnostic>) {
        self.cache.parse(shared, &self.layout, &self.sources)
    }

    /// Parses what has changed, and links all of it.
    pub fn link(&mut self, shared: &Shared, drafts: Drafts) -> (Report, Vec<Diagnostic>) {
        let (mut parsed, mut diagnostics) = self.parse(shared);
        if drafts == Drafts::Hidden {
            parsed.hide_drafts();
        }
        let (report, mut found) = link::link(parsed);
        // What cannot be found may lie in a folder that cannot be read.
        if self.layout.unreadable.is_empty() {
            diagnostics.append(&mut found);
            claims::check(&report, &self.sources, &mut diagnostics);
        }
        (report, diagnostics)
    }

    /// Forgets what was linked: what all units share has changed.
    pub(super) fn unlink(&mut self) {
        self.linked = None;
    }

    /// Links the unit, unless it is linked as it is.
    pub(super) fn refresh(&mut self, shared: &Shared, drafts: Drafts) {
        if self.linked.is_none() {
            let (report, diagnostics) = self.link(shared, drafts);
            self.linked = Some(Linked { snapshot: Arc::new(Snapshot::new(report)), diagnostics });
        }
    }

    /// The unit as it was linked last, and what is wrong with it.
    pub(super) fn linked(&self) -> Option<(&Arc<Snapshot>, &[Diagnostic])> {
        self.linked.as_ref().map(|linked| (&linked.snapshot, linked.diagnostics.as_slice()))
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

    /// The nodes that a second parsing shares with the first, where the text at `path` has
    /// become `text` in between. What is parsed is always what parsing all anew gives.
    fn shared_after(path: &str, text: &str) -> Vec<String> {
        let (saved, shared) = (Overlay::memory(FILES), Shared::default());
        let edited = Overlay::memory([(path, text)]).over(&saved);
        let mut unit = Unit::new(files(&saved));
        let (before, _) = unit.parse(&shared);
        assert!(!unit.update(files(&saved)).any);
        assert!(unit.update(files(&edited)).any);
        let (after, found) = unit.parse(&shared);
        assert_eq!((after.clone(), found), Unit::new(files(&edited)).parse(&shared));
        let pairs = before.strategies.iter().zip(&after.strategies);
        let nodes = pairs.flat_map(|(a, b)| a.nodes.iter().zip(&b.nodes).map(move |(x, y)| (&b.id, x, y)));
        nodes.filter(|(_, x, y)| Arc::ptr_eq(x, y)).map(|(id, _, node)| format!("{id}/{}", node.id)).collect()
    }

    #[test]
    fn only_the_node_whose_file_has_changed_is_parsed_again() {
        let changed = FILES[1].1.replace("施策", "施策（改）");
        assert_eq!(shared_after("a/policies/1/policy.md", &changed), ["a/2", "b/1"]);
        assert_eq!(shared_after("a/policies/2/policy.md", ""), ["a/1", "b/1"]);
    }

    #[test]
    fn a_sheet_is_parsed_again_with_its_node() {
        assert_eq!(shared_after("a/policies/1/2023.md", "+++\nindicator.x.actual.R5 = 2\n+++\n"), ["a/2", "b/1"]);
        let renamed = FILES[1].1.replace("\"x\"", "\"y\"");
        assert_eq!(shared_after("a/policies/1/policy.md", &renamed), ["a/2", "b/1"]);
    }

    #[test]
    fn all_nodes_are_parsed_again_with_their_strategy_and_none_of_another() {
        let changed = FILES[0].1.replace("2023", "2024");
        assert_eq!(shared_after("a/strategy.toml", &changed), ["b/1"]);
    }

    #[test]
    fn a_node_that_is_gone_is_forgotten() {
        let mut unit = Unit::new(files(&Overlay::memory(FILES)));
        unit.parse(&Shared::default());
        let left = FILES.into_iter().filter(|(path, _)| !path.contains("/2/"));
        unit.update(files(&Overlay::memory(left)));
        let (parsed, _) = unit.parse(&Shared::default());
        assert_eq!(parsed.strategies.iter().map(|strategy| strategy.nodes.len()).collect::<Vec<_>>(), [1, 1]);
    }
}
