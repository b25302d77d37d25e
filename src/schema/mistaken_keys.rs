//! Keys meant by authors who write another word: a Japanese one, an English synonym, or a key of another table.

use super::{FILES, FileKind, Key, PlacedTable, Table};
use crate::diagnostic::{Bilingual, say};
use std::ptr;

/// The key that an author meant, and the table it belongs to.
#[derive(Debug, Clone)]
pub struct IntendedKey {
    /// The table.
    place: PlacedTable,
    /// The key.
    key: &'static Key,
    /// Further keys of the table that may be meant.
    alternatives: Vec<&'static Key>,
    /// True if the key belongs to the table in which the author wrote it.
    pub same_table: bool,
}

/// The key that is meant by `word` in `table` of `file`; `None` if there is none or if several are equally likely.
///
/// Keys for which `word` is declared as a likely mistake take precedence over keys with that name in other tables; keys
/// of the same table over those of the same file; and these over those of other files.
pub fn intended_key(word: &str, file: &'static FileKind, table: Option<&'static Table>) -> Option<IntendedKey> {
    let word = word.trim().to_lowercase().replace('-', "_");
    let in_file = file.tables();
    let is_table = |place: &PlacedTable| table.is_some_and(|table| ptr::eq(place.table, table));
    let is_mistake = |key: &Key| key.likely_mistakes.iter().any(|mistake| mistake.to_lowercase() == word);
    let same_table = in_file.iter().filter(|place| is_table(place)).take(1);
    let others = || in_file.iter().filter(|place| !is_table(place));
    let elsewhere = || FILES.iter().filter(|other| !ptr::eq(**other, file)).flat_map(|other| other.tables());
    find(same_table.cloned(), true, is_mistake)
        .or_else(|| find(others().cloned(), false, |key| key.name == word))
        .or_else(|| find(others().cloned(), false, is_mistake))
        .or_else(|| find(elsewhere(), false, |key| key.name == word || is_mistake(key)))
}

/// The keys of one table in `places` that match; `None` if keys of several tables do.
fn find(
    places: impl Iterator<Item = PlacedTable>,
    same_table: bool,
    matches: impl Fn(&Key) -> bool,
) -> Option<IntendedKey> {
    let mut found: Option<IntendedKey> = None;
    for place in places {
        let mut keys = place.table.keys().filter(|key| matches(key));
        let Some(key) = keys.next() else { continue };
        match &found {
            None => {
                found = Some(IntendedKey { key, alternatives: keys.collect(), place: place.clone(), same_table });
            }
            // The same table in several places, or a key that several tables share.
            Some(earlier) if earlier.place.table.name == place.table.name || ptr::eq(earlier.key, key) => {}
            Some(_) => return None,
        }
    }
    found
}

impl IntendedKey {
    /// The key; if there are several, the first one.
    pub fn key(&self) -> &'static Key {
        self.key
    }

    /// Sentence that tells an author to write the key instead of `word`. `file` is the file of the author.
    pub fn advice(&self, word: &str, file: &'static FileKind) -> Bilingual {
        let Self { place, key, alternatives, same_table } = self;
        let (name, example) = (key.name, key.line_of_example());
        if !alternatives.is_empty() {
            let keys = || std::iter::once(key).chain(alternatives);
            let ja: Vec<_> = keys().map(|key| format!("`{}`（{}）", key.name, key.meaning.ja)).collect();
            let en: Vec<_> = keys().map(|key| format!("`{}` ({})", key.name, key.meaning.en)).collect();
            let (ja, en) = (ja.join("、"), en.join("; "));
            return say!(
                ja: "`{word}` の代わりに、次のどちらかを書いてください: {ja}",
                en: "write one of these instead: {en}"
            );
        }
        if *same_table {
            return say!(
                ja: "`{word}` は `{name}` と書きます（例: `{example}`）",
                en: "write `{name}` instead of `{word}`, as in `{example}`"
            );
        }
        let (header, file_name) = (place.header(), place.file.name);
        let here = ptr::eq(place.file, file);
        match (here, header.is_empty()) {
            (true, true) => say!(
                ja: "`{word}` は、最初の表の見出しより前に `{name}` として書きます（例: `{example}`）",
                en: "write it as `{name}` before the first table header, as in `{example}`"
            ),
            (true, false) => say!(
                ja: "`{word}` は、`{header}` の `{name}` として書きます（例: `{example}`）",
                en: "write it as `{name}` in `{header}`, as in `{example}`"
            ),
            (false, true) => say!(
                ja: "`{word}` は、{file_name} に `{name}` として書きます（例: `{example}`）",
                en: "write it as `{name}` in {file_name}, as in `{example}`"
            ),
            (false, false) => say!(
                ja: "`{word}` は、{file_name} の `{header}` の `{name}` として書きます（例: `{example}`）",
                en: "write it as `{name}` in `{header}` of {file_name}, as in `{example}`"
            ),
        }
    }
}
