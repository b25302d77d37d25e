//! Markup that templates insert without escaping.

use serde::{Serialize, Serializer};
use std::fmt;

/// Markup produced by [`crate::markdown`], [`crate::chart`] or the views themselves. It is the only type of string in a
/// view that templates do not escape, so that no template needs to mark a string as safe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub(crate) String);

impl Html {
    /// Escapes `text` for use in a double-quoted attribute. Single quotes are kept, since a content security policy
    /// contains many of them.
    pub(crate) fn in_attribute(text: &str) -> Self {
        Self(text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"))
    }

    /// Appends a `<span>` with `class` that contains `text`, escaped.
    pub(crate) fn span(mut self, class: &str, text: &str) -> Self {
        self.0.reserve("<span class=\"\"></span>".len() + class.len() + text.len());
        for part in ["<span class=\"", class, "\">"] {
            self.0.push_str(part);
        }
        self.text(text).raw("</span>")
    }

    /// Appends `text`, escaped for use in element content and in attributes.
    pub(crate) fn text(mut self, text: &str) -> Self {
        let written = pulldown_cmark_escape::escape_html(&mut self.0, text);
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        self
    }

    /// Appends markup without escaping.
    pub(crate) fn raw(mut self, markup: &str) -> Self {
        self.0.push_str(markup);
        self
    }

    /// Printed figure with its `number` as data for scripts, if any, followed by `yen`, the same amount in large-unit
    /// form (億・万円).
    pub(crate) fn figure(printed: &str, number: Option<&str>, yen: Option<&str>) -> Self {
        let html = Self(String::with_capacity(128));
        let figure = match number {
            Some(number) => {
                let start = html.raw("<span class=\"figure\" data-number=\"").text(number).raw("\">");
                start.text(printed).raw("</span>")
            }
            None => html.span("figure", printed),
        };
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

/// Serialized for Tera as a string marked as safe, for other formats as a plain string.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}
