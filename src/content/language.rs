//! Language tags (BCP 47).

use super::item::Item;
use crate::diagnostic::{Rule, say};
use oxilangtag::LanguageTag;

impl Item<'_> {
    /// The value as a language tag, such as `ja` or `pt-BR`.
    pub(super) fn language(self) -> Option<String> {
        // Longer primary languages are well-formed but not registered.
        let is_known = |tag: &LanguageTag<&str>| matches!(tag.primary_language().len(), 2 | 3);
        self.parsed(
            |written| LanguageTag::parse(written).ok().filter(is_known).map(|tag| tag.as_str().to_owned()),
            Rule::NotALanguage,
            |written| say!(ja: "「{written}」は言語として読めません", en: "`{written}` is not a language tag"),
        )
    }
}
