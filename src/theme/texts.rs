//! Texts of a site's own theme: overrides of texts of the default theme, or texts in an additional language.

use super::error;
use crate::diagnostic::{Diagnostic, SourceId};
use crate::texts::{InterfaceTexts, known_placeholders, placeholders};
use std::collections::BTreeMap;
use toml::Spanned;

/// Language of the texts in the file at `path`, such as `texts/ja.toml`; `None` for any other file.
pub(super) fn language(path: &str) -> Option<&str> {
    path.strip_prefix("texts/")?.strip_suffix(".toml")
}

/// Overrides `texts` with those of the same keys in the file at `path`, and returns its errors, such as unknown keys.
///
/// If `must_be_complete`, missing keys are errors too: the default theme has no texts in the language of the file.
pub(super) fn apply(
    texts: &mut InterfaceTexts,
    path: &str,
    text: &str,
    must_be_complete: bool,
    source: Option<SourceId>,
) -> Vec<Diagnostic> {
    let read: BTreeMap<Spanned<String>, Spanned<String>> = match toml::from_str(text) {
        Ok(read) => read,
        Err(reason) => return vec![error::from_toml(path, &reason, source)],
    };
    let (mut errors, known) = (Vec::new(), known_placeholders());
    if must_be_complete {
        let missing: Vec<_> = texts.keys().into_iter().filter(|key| !read.contains_key(*key)).collect();
        errors.extend(error::missing_texts(path, &missing, source));
    }
    for (key, text) in read {
        let Some(original) = texts.get_mut(key.as_ref()) else {
            let location = source.map(|source| (source, key.span()));
            errors.push(error::unknown_text(path, key.as_ref(), location, &texts.keys()));
            continue;
        };
        let known = known.get(key.as_ref()).map(Vec::as_slice).unwrap_or_default();
        if let Some(name) =
            placeholders(text.as_ref()).into_iter().find(|name| !known.iter().any(|known| known == name))
        {
            let location = source.map(|source| (source, text.span()));
            errors.push(error::unknown_placeholder(path, key.as_ref(), name, location, known));
            continue;
        }
        *original = text.into_inner();
    }
    errors
}
