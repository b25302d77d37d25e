//! The specification of the format, by example.
//!
//! What goes wrong, and how it is said, is in `tests/suite/mistakes/`; what looks wrong in content
//! that can be read, in the tests of [`crate::check`].

mod files;
mod front_matter;
mod judgements;
mod nodes;
mod properties;
mod sheets;
mod values;
mod years;

use super::Overlay;
use crate::check::Lint;
use crate::model::{Node, Sheet};
use crate::workspace::{self, Analysis, AnalysisOptions};

/// Reads and links content that is given as paths and texts.
pub(crate) fn load(files: &[(&str, &str)]) -> Analysis {
    let memory = Overlay::memory(files.iter().copied());
    let mut loaded = workspace::analyze(&memory, &[], &AnalysisOptions::default()).unwrap();
    loaded.diagnostics.retain(|found| Lint::of(found.rule).is_none());
    loaded
}

/// The same, of content that must be without a mistake.
pub(crate) fn load_clean(files: &[(&str, &str)]) -> Analysis {
    let loaded = load(files);
    assert_eq!(rules(&loaded), Vec::<String>::new());
    loaded
}

/// What is found, as places and rules.
pub(crate) fn rules(loaded: &Analysis) -> Vec<String> {
    let found = loaded.diagnostics.iter();
    found.map(|d| format!("{} {}", d.span.map(|s| loaded.sources.place(s)).unwrap_or_default(), d.rule)).collect()
}

/// The first node with this id.
pub(crate) fn node<'r>(loaded: &'r Analysis, id: &str) -> &'r Node {
    let mut nodes = loaded.report.strategies.iter().flat_map(|strategy| &strategy.nodes);
    nodes.find(|node| node.id == id).unwrap()
}

/// The only sheet of a node.
pub(crate) fn sheet<'r>(loaded: &'r Analysis, id: &str) -> &'r Sheet {
    let [sheet] = node(loaded, id).sheets.as_slice() else { panic!("{id} has one sheet") };
    sheet
}
