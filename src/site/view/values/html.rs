//! Markup that templates print as it is.

use serde::{Serialize, Serializer};
use std::fmt;

/// Markup made by [`crate::markdown`] or [`crate::chart`]: the only strings of a view that
/// templates do not escape, so that no template ever has to say what is safe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub(crate) String);

impl Html {
    /// Words as they stand in an attribute in double quotes; single ones stay, which policies are full of.
    pub(crate) fn in_attribute(words: &str) -> Self {
        Self(words.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"))
    }

    /// Appends an element with `class` that holds `words`.
    pub(crate) fn span(mut self, class: &str, words: &str) -> Self {
        self.0.extend(["<span class=\"", class, "\">"]);
        self = self.text(words);
        self.0.push_str("</span>");
        self
    }

    /// Appends words, with what could be markup escaped, in attributes too.
    pub(crate) fn text(mut self, words: &str) -> Self {
        let written = pulldown_cmark_escape::escape_html(&mut self.0, words);
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        self
    }

    /// Appends markup as it is.
    pub(crate) fn raw(mut self, markup: &str) -> Self {
        self.0.push_str(markup);
        self
    }

    /// A printed figure, and the same amount in great numbers.
    pub(crate) fn figure(printed: &str, yen: Option<&str>) -> Self {
        let figure = Self::default().span("figure", printed);
        match yen {
            Some(yen) => figure.raw(" ").span("yen", yen),
            None => figure,
        }
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// To Tera it goes as a string that is marked safe; to other formats as a plain string.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}
