//! The theme's own words: `texts/ja.toml` and `texts/en.toml`.

use super::{embedded, error};
use crate::diagnostic::{Diagnostic, SourceId};
use serde::Serialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// All words of the theme in one language, by key; templates see them as `t`.
///
/// The default theme has every key in both languages; a site's own files hold only the texts
/// that they change, and no other. What stands in `{…}` is filled in by the template that
/// prints the text.
// A map and no struct: nothing here reads a single word, and the optimiser spends a quarter
// of an hour on the derived reader of a struct with 140 strings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The file of the texts in a language; Japanese where there is none.
    pub(super) fn path(lang: &str) -> &'static str {
        if lang == "en" { "texts/en.toml" } else { "texts/ja.toml" }
    }

    /// The texts of the default theme in the file at `path`; `None` where it has no such file.
    pub(super) fn of_default(path: &str) -> Option<Self> {
        toml::from_str(embedded::text(path)?).ok().map(Self)
    }

    /// Puts the texts of a site's own file in the place of those with the same keys.
    pub(super) fn change(&mut self, path: &str, text: &str, source: Option<SourceId>) -> Vec<Diagnostic> {
        let read: BTreeMap<Spanned<String>, Spanned<String>> = match toml::from_str(text) {
            Ok(read) => read,
            Err(reason) => return vec![error::of_toml(path, &reason, source)],
        };
        let mut mistakes = Vec::new();
        for (key, text) in read {
            let Some(default) = self.0.get_mut(key.as_ref()) else {
                let place = source.map(|source| (source, key.span()));
                mistakes.push(error::unknown_text(path, key.as_ref(), place, &self.keys()));
                continue;
            };
            if let Some(gap) = gaps(text.as_ref()).into_iter().find(|gap| !gaps(default).contains(gap)) {
                let place = source.map(|source| (source, text.span()));
                mistakes.push(error::unknown_gap(path, key.as_ref(), gap, place, &gaps(default)));
                continue;
            }
            *default = text.into_inner();
        }
        mistakes
    }

    /// The text with this key.
    pub fn get(&self, key: &str) -> &str {
        let text = self.0.get(key);
        debug_assert!(text.is_some(), "no text `{key}`");
        text.map_or("", String::as_str)
    }

    /// The text with this key, its placeholders filled. One without a value stays.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut filled = String::with_capacity(rest.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let found = after.split_once('}').and_then(|(name, after)| {
                let (_, value) = values.iter().find(|(found, _)| *found == name)?;
                Some((value, after))
            });
            rest = match found {
                Some((value, after)) => {
                    filled.push_str(value);
                    after
                }
                None => {
                    filled.push('{');
                    after
                }
            };
        }
        filled.push_str(rest);
        filled
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

/// What is filled in: the names between braces.
fn gaps(text: &str) -> Vec<&str> {
    text.split('{').skip(1).map(|gap| gap.split_once('}').map_or(gap, |(name, _)| name)).collect()
}
