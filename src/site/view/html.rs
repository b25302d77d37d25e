//! Markup that templates print as it is.

use serde::{Serialize, Serializer};
use std::fmt;

/// Markup made by [`crate::markdown`] or [`crate::chart`]: the only strings of a view that
/// templates do not escape, so that no template ever has to say what is safe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub(super) String);

impl Html {
    /// Words as they stand in an attribute in double quotes; single ones stay, which policies are full of.
    pub(crate) fn in_attribute(words: &str) -> Self {
        Self(words.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"))
    }

    /// Words between tags, with what could be markup escaped.
    pub(crate) fn text(words: &str) -> Self {
        let mut markup = String::with_capacity(words.len());
        let written = pulldown_cmark_escape::escape_html_body_text(&mut markup, words);
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        Self(markup)
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
