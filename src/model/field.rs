//! Fields: facts that a report prints beside the names of its nodes, such as 実施方法, 根拠法令 or SDGs.

use super::kind::Kind;
use super::node::Node;
use super::sheet::Sheet;
use crate::diagnostic::Span;

/// Index of a field in [`Strategy::fields`](super::Strategy::fields).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldIx(pub usize);

/// Index of a possible value in [`Field::options`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldOptionIx(pub usize);

/// Field of nodes: `[[field]]` in `strategy.toml`.
///
/// ```toml
/// [[field]]
/// id = "means"
/// title = "実施方法"
/// of = ["program"]
/// values = ["直営", "委託"]        # without: any text
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// `id`: key under `[field]`.
    pub id: String,
    /// `title`: as printed.
    pub title: String,
    /// `of`: kinds of nodes that have the field.
    pub applies_to: Vec<Kind>,
    /// `values`: the possible values, in the order of the report; empty if any text is allowed. Lists of nodes can be
    /// filtered by such a field.
    pub options: Vec<FieldOption>,
    /// `several`: whether a node can have several of the values.
    pub several: bool,
    /// `required = "always"`: whether every node of these kinds has the field.
    pub required: bool,
    /// `pages = true`: whether each of the options has a page, whose name is its id.
    pub pages: bool,
    /// Span of the declaration.
    pub span: Span,
}

/// Possible value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOption {
    /// `id`: short name in content files; the title unless declared.
    pub id: String,
    /// `title`: as printed.
    pub title: String,
}

/// Values of one field of a node, or of a node in one edition: `[field] means = "委託"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEntry {
    /// The field.
    pub field: FieldIx,
    /// The texts as printed; titles of [`Field::options`] if the field has any. Never empty.
    pub values: Vec<String>,
    /// Span of the values.
    pub span: Span,
}

impl Field {
    /// Index of the option with this title.
    pub fn option_titled(&self, title: &str) -> Option<FieldOptionIx> {
        self.options.iter().position(|option| option.title == title).map(FieldOptionIx)
    }
}

impl Node {
    /// Entries of the node as of `sheet`, in the order of the declarations: those that the sheet prints, else those of
    /// the node itself.
    pub fn fields_in<'a>(&'a self, sheet: Option<&'a Sheet>) -> Vec<&'a FieldEntry> {
        effective_entries(sheet.map_or(&[], |sheet| &sheet.fields), &self.fields)
    }
}

/// Entries in the order of the declarations: the `printed` ones of a sheet, else the `own` ones of its node.
pub fn effective_entries<'a>(printed: &'a [FieldEntry], own: &'a [FieldEntry]) -> Vec<&'a FieldEntry> {
    let is_printed = |field: FieldIx| printed.iter().any(|entry| entry.field == field);
    let own = own.iter().filter(|entry| !is_printed(entry.field));
    let mut entries: Vec<_> = printed.iter().chain(own).collect();
    entries.sort_by_key(|entry| entry.field);
    entries
}
