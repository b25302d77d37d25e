//! A site's own texts, in place of those of the default theme.

use super::error;
use crate::diagnostic::{Diagnostic, Lang, SourceId};
use crate::texts::{Texts, placeholders};
use std::collections::BTreeMap;
use toml::Spanned;

/// The language of the texts in the file at `path`; `None` if the default theme has no such file.
pub(super) fn language(path: &str) -> Option<Lang> {
    [Lang::Ja, Lang::En].into_iter().find(|lang| path == file(*lang))
}

/// The file of the texts in a language.
const fn file(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "texts/ja.toml",
        Lang::En => "texts/en.toml",
    }
}

/// Puts the texts of the file at `path` in the place of those with the same keys.
///
/// Such a file holds only the texts that it changes, and no other.
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
