//! The theme's own words: `texts/ja.toml` and `texts/en.toml`.

use super::{embedded, error};
use crate::diagnostic::{Diagnostic, SourceId};
use serde::Serialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// All words of the theme in one language, by key; templates see them as `t`.
///
/// Every key of the default theme must be there and no other, so that a text can neither be
/// forgotten in one language nor be left behind in another. What stands in `{…}` is filled
/// in by the template that prints the text.
// A map and no struct: nothing here reads a single word, and the optimiser spends a quarter
// of an hour on the derived reader of a struct with 140 strings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Reads a file of texts. `source` is the file, where it is one of the site's own.
    pub(super) fn parse(path: &str, text: &str, source: Option<SourceId>) -> Result<Self, Vec<Diagnostic>> {
        let read: BTreeMap<Spanned<String>, String> =
            toml::from_str(text).map_err(|reason| vec![error::of_toml(path, &reason, source)])?;
        let default = default_texts();
        let known: Vec<&str> = default.keys().map(String::as_str).collect();
        let unknown = read.keys().filter(|key| !known.contains(&key.as_ref().as_str()));
        let place = |key: &Spanned<String>| source.map(|source| (source, key.span()));
        let unknown = unknown.map(|key| error::unknown_text(path, key.as_ref(), place(key), &known));
        let mut mistakes: Vec<Diagnostic> = unknown.collect();
        let texts: BTreeMap<String, String> = read.into_iter().map(|(key, text)| (key.into_inner(), text)).collect();
        let missing = known.iter().filter(|key| !texts.contains_key(**key));
        mistakes.extend(missing.map(|key| error::missing_text(path, key, source)));
        if mistakes.is_empty() { Ok(Self(texts)) } else { Err(mistakes) }
    }
}

/// The texts of the default theme: their keys are all there are.
fn default_texts() -> BTreeMap<String, String> {
    let default = embedded::FILES.iter().find(|(path, _)| *path == "texts/ja.toml");
    let text = default.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    text.and_then(|text| toml::from_str(text).ok()).unwrap_or_default()
}
