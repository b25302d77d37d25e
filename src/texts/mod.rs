//! Interface texts: everything readers see around the content, by key, in one language.
//!
//! They belong to the theme (`themes/default/texts/`), and a site may override each. `{name}` is a placeholder. The
//! formats of years ([`time`]) and amounts ([`money`]) are texts too, so that a language consists of one file.

mod money;
mod time;

use crate::model::Site;
use ahash::AHashMap;
use memchr::memchr;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Languages of the default theme, with their texts.
const EMBEDDED: [(&str, &str); 2] = [
    ("ja", include_str!("../../themes/default/texts/ja.toml")),
    ("en", include_str!("../../themes/default/texts/en.toml")),
];

/// Primary language of a language tag or of the name of a locale, in lower case: `ja` of `ja_JP.UTF-8`.
pub(crate) fn primary_language(tag: &str) -> String {
    tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase()
}

/// All interface texts of one language. Templates access them as `t`.
// A map rather than a struct: deriving the deserializer of a struct with hundreds of strings takes the optimizer
// fifteen minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterfaceTexts {
    lang: String,
    // Only looked up, with a fast hash: a page asks for hundreds of texts. Its order never shows.
    by_key: AHashMap<String, String>,
}

impl InterfaceTexts {
    /// Texts of the default theme in `lang`; `None` if it does not have that language.
    pub fn embedded(lang: &str) -> Option<Self> {
        let (_, file) = EMBEDDED.iter().find(|(embedded, _)| *embedded == lang)?;
        let by_key = toml::from_str(file);
        debug_assert!(by_key.is_ok(), "the embedded texts are valid TOML");
        Some(Self { lang: lang.to_owned(), by_key: by_key.unwrap_or_default() })
    }

    /// Languages of the default theme.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(lang, _)| *lang)
    }

    /// Texts of the default theme in the language of `site`. If it does not have that language, the English texts; the
    /// site's own theme must then translate all of them.
    pub fn for_site(site: &Site) -> Self {
        let english = || Some(Self { lang: site.lang.clone(), ..Self::embedded("en")? });
        let texts = Self::embedded(&site.lang).or_else(english);
        debug_assert!(texts.is_some(), "the default theme is in English too");
        texts.unwrap_or_else(|| Self { lang: site.lang.clone(), by_key: AHashMap::new() })
    }

    /// Language tag, such as `ja`.
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// All keys, sorted.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.by_key.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys
    }

    /// Mutable text of `key`, for overriding; `None` if the key is unknown.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut String> {
        self.by_key.get_mut(key)
    }

    /// Text of `key`; `None` if the key is unknown.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.by_key.get(key).map(String::as_str)
    }

    /// Text of `key`. The key must exist: debug builds panic otherwise, release builds return an empty string.
    pub fn get(&self, key: &str) -> &str {
        let text = self.find(key);
        debug_assert!(text.is_some(), "no text `{key}`");
        text.unwrap_or_default()
    }

    /// Text of `key` with its placeholders replaced. Placeholders without a value are left as they are.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut filled = String::with_capacity(rest.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
        while let Some((before, after)) = split(rest, b'{') {
            filled.push_str(before);
            let replacement = split(after, b'}').and_then(|(name, after)| {
                let (_, value) = values.iter().find(|(placeholder, _)| *placeholder == name)?;
                Some((value, after))
            });
            rest = match replacement {
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

impl Serialize for InterfaceTexts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.by_key.serialize(serializer)
    }
}

/// Splits a text at the first `delimiter`, an ASCII character.
fn split(text: &str, delimiter: u8) -> Option<(&str, &str)> {
    let position = memchr(delimiter, text.as_bytes())?;
    Some((text.get(..position)?, text.get(position + 1..)?))
}

/// Names of the placeholders in `text`, in order of appearance.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name)).collect()
}

/// Placeholders allowed in the text of each key: all that the default theme uses in any of its languages. A year or date
/// with an era also allows what its form without an era uses: other languages name the western year.
pub(crate) fn known_placeholders() -> BTreeMap<String, Vec<String>> {
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let texts = InterfaceTexts::languages().filter_map(InterfaceTexts::embedded).flat_map(|texts| texts.by_key);
    let forms = texts.flat_map(|(key, text)| {
        let with_era = key.strip_suffix("_without_era").map(|with_era| (with_era.to_owned(), text.clone()));
        with_era.into_iter().chain([(key, text)])
    });
    for (key, text) in forms {
        let names = known.entry(key).or_default();
        for name in placeholders(&text) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    known
}
