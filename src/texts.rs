//! Texts of the user interface of a site, by key, in one language.
//!
//! They belong to the theme (`themes/default/texts/`), and a site can override each of them. `{name}` is a placeholder.

use crate::diagnostic::Lang;
use crate::model::Site;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

const JA: &str = include_str!("../themes/default/texts/ja.toml");
const EN: &str = include_str!("../themes/default/texts/en.toml");

/// All texts of one language; available in templates as `t`.
// A map rather than a struct: the optimiser takes a quarter of an hour for the derived deserializer of a struct with
// 140 strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    lang: Lang,
    by_key: BTreeMap<String, String>,
}

impl Texts {
    /// Texts of the default theme.
    pub fn of_default(lang: Lang) -> Self {
        let by_key = toml::from_str(match lang {
            Lang::Ja => JA,
            Lang::En => EN,
        });
        debug_assert!(by_key.is_ok(), "the embedded texts are valid TOML");
        Self { lang, by_key: by_key.unwrap_or_default() }
    }

    /// Texts of the default theme in the language of `site`; Japanese if the theme has none in that language.
    pub fn of_site(site: &Site) -> Self {
        Self::of_default(if site.lang == "en" { Lang::En } else { Lang::Ja })
    }

    /// Language of the texts.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// All keys, sorted.
    pub fn keys(&self) -> Vec<&str> {
        self.by_key.keys().map(String::as_str).collect()
    }

    /// Mutable text of `key`, for overriding; `None` if the key is unknown.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut String> {
        self.by_key.get_mut(key)
    }

    /// Text of `key`. The key must exist: debug builds panic otherwise, release builds return an empty string.
    pub fn get(&self, key: &str) -> &str {
        let text = self.by_key.get(key);
        debug_assert!(text.is_some(), "no text `{key}`");
        text.map_or("", String::as_str)
    }

    /// Text of `key` with its placeholders replaced. Placeholders without a value are left as they are.
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
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.by_key.serialize(serializer)
    }
}

/// Names of the placeholders in `text`, in order of appearance.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name)).collect()
}
