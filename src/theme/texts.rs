//! Overrides of the default theme's texts by a site's own theme.

use super::error;
use crate::diagnostic::{Diagnostic, Lang, SourceId};
use crate::texts::{Texts, placeholders};
use std::collections::BTreeMap;
use toml::Spanned;

/// Language of the text file at `path`; `None` if it is not a text file of a theme.
pub(super) fn language(path: &str) -> Option<Lang> {
    [Lang::Ja, Lang::En].into_iter().find(|lang| path == file(*lang))
}

/// Path of the text file of a language.
const fn file(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "texts/ja.toml",
        Lang::En => "texts/en.toml",
    }
}

/// Overrides `texts` with the entries of the file at `path`, and returns its errors.
///
/// A file contains only the texts that it changes; unknown keys and placeholders are errors.
pub(super) fn change(texts: &mut Texts, path: &str, text: &str, source: Option<SourceId>) -> Vec<Diagnostic> {
    let read: BTreeMap<Spanned<String>, Spanned<String>> = match toml::from_str(text) {
        Ok(read) => read,
        Err(reason) => return vec![error::of_toml(path, &reason, source)],
    };
    let mut mistakes = Vec::new();
    for (key, text) in read {
        let Some(default) = texts.get_mut(key.as_ref()) else {
            let place = source.map(|source| (source, key.span()));
            mistakes.push(error::unknown_text(path, key.as_ref(), place, &texts.keys()));
            continue;
        };
        let known = placeholders(default);
        if let Some(name) = placeholders(text.as_ref()).into_iter().find(|name| !known.contains(name)) {
            let place = source.map(|source| (source, text.span()));
            mistakes.push(error::unknown_gap(path, key.as_ref(), name, place, &known));
            continue;
        }
        *default = text.into_inner();
    }
    mistakes
}
