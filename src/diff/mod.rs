//! Comparison of two states of a report: which published cells were corrected, which a later edition revised, and which
//! words were edited.
//!
//! Both states are `report.json`, whatever they were read from: a site, the file itself, or a content folder whose report
//! is exported first. Editions, nodes and cells are compared by their identity, never by position.
//!
//! - [`snapshot`]: `report.json` → [`Snapshot`]; [`cells`]: its cells by their dotted keys;
//! - [`compare()`]: two snapshots → [`Change`]s;
//! - [`plain_text`], [`json`], [`toml`], [`markdown`]: the changes for people, programs, content files and councils.

mod cells;
mod compare;
pub mod json;
pub mod markdown;
pub mod plain_text;
mod snapshot;
#[cfg(test)]
mod tests;
pub mod toml;
mod tree;
mod words;

pub use compare::compare;
pub use snapshot::Snapshot;

use crate::diagnostic::Bilingual;

/// One difference between two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Id of the strategy.
    pub strategy: String,
    /// Node; `None` for the strategy itself.
    pub node: Option<NodeKey>,
    /// Edition; `None` for what is common to all editions.
    pub edition: Option<EditionKey>,
    /// Dotted key of the cell, or of another part of the report; empty for a whole edition, node or sheet.
    pub path: String,
    /// The cell in Japanese words, for people; empty for other parts of the report.
    pub title: String,
    /// What the difference means.
    pub class: Class,
    /// Former text; `None` if there was none.
    pub before: Option<String>,
    /// Present text; `None` if there is none.
    pub after: Option<String>,
    /// Whether the new state declares a correction of the cell. `false` for all other classes.
    pub declared: bool,
}

/// A node in a [`Change`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeKey {
    /// Kind: `goal`, `policy` or `program`.
    pub kind: String,
    /// Id in the new state; in the old one for a node that is gone.
    pub id: String,
    /// Number and name.
    pub name: String,
}

/// An edition in a [`Change`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EditionKey {
    /// Id.
    pub id: String,
    /// Label shown to readers.
    pub label: String,
}

/// Meaning of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// 訂正: what a published edition says was changed.
    Correction,
    /// 改定: a new edition prints another value than an earlier one.
    Revision,
    /// 確定: a new edition prints the final value of a year that was not over in the earlier one.
    Final,
    /// 新版: a new edition, with its sheets and nodes.
    NewEdition,
    /// 編集: words, notes, layout, and additions that change nothing published.
    Edit,
}

impl Class {
    /// All classes, in the order in which changes are listed.
    pub const ALL: [Self; 5] = [Self::Correction, Self::Revision, Self::Final, Self::NewEdition, Self::Edit];

    /// Code in machine-readable output.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Revision => "revision",
            Self::Final => "final",
            Self::NewEdition => "new-edition",
            Self::Edit => "edit",
        }
    }

    /// Name of the class.
    pub const fn name(self) -> Bilingual<&'static str> {
        match self {
            Self::Correction => Bilingual { ja: "訂正", en: "corrected" },
            Self::Revision => Bilingual { ja: "改定", en: "revised" },
            Self::Final => Bilingual { ja: "確定", en: "final" },
            Self::NewEdition => Bilingual { ja: "新版", en: "new edition" },
            Self::Edit => Bilingual { ja: "編集", en: "edited" },
        }
    }
}

impl Change {
    /// Whether something was added, is gone, or was changed.
    pub fn kind(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "added",
            (Some(_), None) => "gone",
            (Some(_), Some(_)) => "changed",
        }
    }

    /// Path of the content file of the changed sheet, below the content folder; `None` if the change is not in a sheet.
    pub fn sheet_file(&self) -> Option<String> {
        let (node, edition) = (self.node.as_ref()?, self.edition.as_ref()?);
        let folder = match node.kind.as_str() {
            "goal" => "goals",
            "policy" => "policies",
            _ => "programs",
        };
        Some(format!("{}/{folder}/{}/{}.md", self.strategy, node.id, edition.id))
    }
}
