//! One folder of the content in memory: its files in their places, and the unit that they make.
//!
//! No unit depends on another, so one whose files are as they were stays linked.

use crate::content::folder::Stamp;
use crate::content::{ContentFiles, Reader, Shared, natural};
use crate::diagnostic::{Diagnostic, SourceId, Sources};
use crate::model::Report;
use crate::pipeline::{self, Drafts};
use crate::site::Summary;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of one folder.
#[derive(Default)]
pub(super) struct Shelf {
    /// What is there.
    files: BTreeMap<Natural, Entry>,
    /// The files in their places, as they last were.
    places: ContentFiles,
    /// Whether a file has come or gone since.
    unsorted: bool,
    reader: Reader,
    linked: Option<Linked>,
}

/// A file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// A text.
    Text(SourceId),
    /// Another file, which is not kept in memory: how it was when it was last looked at.
    Other(Stamp),
}

/// A unit that was read and linked.
pub(super) struct Unit {
    pub(super) report: Report,
    /// What the site says of its strategies.
    pub(super) summaries: Vec<Summary>,
}

struct Linked {
    unit: Arc<Unit>,
    found: Vec<Diagnostic>,
}

impl Entry {
    fn source(self) -> Option<SourceId> {
        match self {
            Entry::Text(id) => Some(id),
            Entry::Other(_) => None,
        }
    }
}

impl Shelf {
    /// Whether nothing is there.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Notes that a file is there; whether it was not, or not so.
    pub(super) fn put(&mut self, path: String, entry: Entry) -> bool {
        let old = self.files.insert(Natural(path), entry);
        self.unsorted |= old.is_none();
        old != Some(entry)
    }

    /// Takes a file out; whether it was there.
    pub(super) fn remove(&mut self, path: &str) -> bool {
        let gone = self.files.remove(&Natural(path.to_owned())).is_some();
        self.unsorted |= gone;
        gone
    }

    /// Takes out the files that are gone; whether there were any.
    pub(super) fn forget(&mut self, gone: impl Fn(&str) -> bool) -> bool {
        let before = self.files.len();
        self.files.retain(|path, _| !gone(&path.0));
        let any = self.files.len() < before;
        self.unsorted |= any;
        any
    }

    /// Puts the files in their places, if any has come or gone.
    pub(super) fn sort(&mut self) {
        if std::mem::take(&mut self.unsorted) {
            self.places = ContentFiles::place(self.files.iter().map(|(path, entry)| (path.0.as_str(), entry.source())));
            self.linked = None;
        }
    }

    /// The files in their places.
    pub(super) fn places(&self) -> &ContentFiles {
        &self.places
    }

    /// The ids of its strategies.
    pub(super) fn strategies(&self) -> impl Iterator<Item = &str> {
        self.places.strategies.iter().map(|strategy| strategy.id.as_str())
    }

    /// Notes that what it says, or what all units share, has changed.
    pub(super) fn unlink(&mut self) {
        self.linked = None;
    }

    /// Reads what has changed, and links all of it; nothing, if it is linked as it is.
    pub(super) fn link(&mut self, shared: &Shared, sources: &Sources, drafts: Drafts) {
        if self.linked.is_some() {
            return;
        }
        let (report, found) = pipeline::reread(&mut self.reader, shared, &self.places, sources, drafts);
        let summaries = report.strategies().map(|(ix, _)| Summary::of(&report, ix)).collect();
        self.linked = Some(Linked { unit: Arc::new(Unit { report, summaries }), found });
    }

    /// The unit, once it is linked.
    pub(super) fn unit(&self) -> Option<Arc<Unit>> {
        self.linked.as_ref().map(|linked| Arc::clone(&linked.unit))
    }

    /// What is wrong with it.
    pub(super) fn found(&self) -> &[Diagnostic] {
        self.linked.as_ref().map_or(&[], |linked| &linked.found)
    }
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
