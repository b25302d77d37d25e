//! Markup that templates print as it is.

use serde::{Serialize, Serializer};

/// Markup made by [`crate::markdown`] or [`crate::chart`]: the only strings of a view that
/// templates do not escape, so that no template ever has to say what is safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(pub(super) String);

impl Html {
    /// Words as they stand in an attribute in double quotes; single ones stay, which policies are full of.
    pub(crate) fn in_attribute(words: &str) -> Self {
        Self(words.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"))
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// To Tera it goes as a string that is marked safe; to other formats as a plain string.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}
