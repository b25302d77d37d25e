//! Lines of a sheet template: cells that are empty, or that carry a value of the previous edition.

use super::in_comment;

/// A cell of a template.
#[derive(Debug, Clone)]
pub(super) struct CellTemplate {
    /// Dotted key within its table.
    key: String,
    /// TOML of its value.
    value: String,
    /// Comment next to it.
    comment: Option<String>,
}

impl CellTemplate {
    /// A cell with an empty text.
    pub(super) fn empty(key: impl Into<String>) -> Self {
        Self { key: key.into(), value: "\"\"".to_owned(), comment: None }
    }

    /// The same cell with the comment, if there is one.
    pub(super) fn with_comment(self, comment: Option<String>) -> Self {
        Self { comment, ..self }
    }

    /// The same cell with this TOML, if there is any.
    pub(super) fn with_value(self, value: Option<String>) -> Self {
        Self { value: value.unwrap_or(self.value), ..self }
    }

    /// Line of the file.
    pub(super) fn line(&self) -> String {
        let comment = self.comment.as_ref().map(|comment| format!("    # {}", in_comment(comment))).unwrap_or_default();
        format!("{} = {}{comment}\n", self.key, self.value)
    }
}
