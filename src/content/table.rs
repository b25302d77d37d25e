//! Key-by-key reading of TOML tables that collects all errors.
//!
//! serde stops at the first error, but content authors need all of them at once. Therefore callers request each key from
//! a [`TomlTable`], which reports invalid values and continues. The keys of each table are declared in [`crate::schema`];
//! dropping the table reports all others.

use super::item::Item;
use crate::diagnostic::{Bilingual, Diagnostic, Rule, SourceId, Span, say};
use crate::model::{FiscalYear, Reference};
use crate::schema::{FileKind, Table, ValueType};
use std::cell::RefCell;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Maximum number of unknown keys of a table that are reported individually.
const MAX_UNKNOWN: usize = 100;

/// The file being read: the location of its TOML, and the collected diagnostics.
pub(super) struct TomlReader {
    source: SourceId,
    pub(super) kind: &'static FileKind,
    offset: usize,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl TomlReader {
    pub(super) fn new(source: SourceId, kind: &'static FileKind, offset: usize) -> Self {
        Self { source, kind, offset, diagnostics: RefCell::default() }
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range.start + self.offset..range.end + self.offset)
    }
}

/// Keys that a table may have.
#[derive(Clone, Copy)]
pub(super) enum Keys {
    /// The keys of a declaration.
    Declared(&'static Table),
    /// Fiscal years or ids, each with a value of this type.
    Entries(&'static ValueType),
}

/// One table of a file. Dropping it reports unknown keys and missing required keys.
pub(super) struct TomlTable<'t> {
    pub(super) file: &'t TomlReader,
    entries: &'t DeTable<'t>,
    keys: Keys,
    /// Span of the header, of the braces, or of the first key.
    pub(super) span: Span,
    /// Required keys that are missing.
    missing: RefCell<Vec<&'static str>>,
    /// Keys that were requested, to detect declarations that nothing reads.
    #[cfg(debug_assertions)]
    requested: RefCell<Vec<&'static str>>,
}

impl<'t> TomlTable<'t> {
    pub(super) fn new(file: &'t TomlReader, entries: &'t DeTable<'t>, keys: Keys, range: Range<usize>) -> Self {
        let span = file.span(range);
        Self {
            file,
            entries,
            keys,
            span,
            missing: RefCell::default(),
            #[cfg(debug_assertions)]
            requested: RefCell::default(),
        }
    }

    /// The item under the declared `key`.
    pub(super) fn get(&self, key: &'static str) -> Option<Item<'t>> {
        #[cfg(debug_assertions)]
        {
            let declared = self.declared().is_some_and(|table| table.key(key).is_some());
            debug_assert!(declared, "`{key}` is not declared for {}", self.declared().map_or("", |table| table.name));
            self.requested.borrow_mut().push(key);
        }
        let (name, value) = self.entries.get_key_value(key)?;
        Some(self.item(name, value))
    }

    /// All items, in the order of the file.
    pub(super) fn items(&self) -> Vec<Item<'t>> {
        let mut items: Vec<_> = self.entries.iter().map(|(name, value)| self.item(name, value)).collect();
        items.sort_by_key(|item| item.key_span);
        items
    }

    /// Items under keys that are not declared, in the order of the file.
    pub(super) fn undeclared(&self) -> Vec<Item<'t>> {
        let declared = self.declared();
        self.items().into_iter().filter(|item| declared.is_some_and(|table| table.key(item.key).is_none())).collect()
    }

    /// The declaration of the keys; `None` if the keys are years or ids.
    fn declared(&self) -> Option<&'static Table> {
        match self.keys {
            Keys::Declared(table) => Some(table),
            Keys::Entries(_) => None,
        }
    }

    fn item(&self, name: &'t Spanned<std::borrow::Cow<'t, str>>, value: &'t Spanned<DeValue<'t>>) -> Item<'t> {
        let key = name.get_ref();
        let value_type = match self.keys {
            Keys::Declared(table) => table.key(key).map(|key| &key.value).or(table.other_keys),
            Keys::Entries(entry) => Some(entry),
        };
        Item { file: self.file, key, key_span: self.file.span(name.span()), value, value_type }
    }

    /// Items keyed by fiscal year. Reports duplicate years: `R1` and `H31` are the same year.
    pub(super) fn years(&self) -> Vec<(FiscalYear, Item<'t>)> {
        self.keyed(Item::key_year)
    }

    /// Items keyed by the column that `column` parses from the key. Reports duplicate columns.
    pub(super) fn keyed<C: PartialEq + Copy>(&self, column: impl Fn(Item<'t>) -> Option<C>) -> Vec<(C, Item<'t>)> {
        let mut columns: Vec<(C, Item<'t>)> = Vec::new();
        for item in self.items() {
            let Some(column) = column(item) else { continue };
            match columns.iter().find(|(earlier, _)| *earlier == column) {
                Some((_, earlier)) => duplicate_column(item, earlier.key),
                None => columns.push((column, item)),
            }
        }
        columns
    }

    /// Reports an error at the span of the table.
    pub(super) fn report(&self, rule: Rule, message: Bilingual, help: Bilingual) {
        self.file.report(Diagnostic::new(rule, self.span, message).help(help));
    }

    /// The text under `key`.
    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        self.get(key)?.text()
    }

    /// The text under `key` and the span of its value.
    pub(super) fn text_at(&self, key: &'static str) -> Option<(String, Span)> {
        let item = self.get(key)?;
        Some((item.text()?, item.span()))
    }

    /// The text under the required `key`.
    pub(super) fn required(&self, key: &'static str) -> Option<String> {
        self.required_item(key)?.text()
    }

    /// Records that `key` is missing, to be reported on drop.
    pub(super) fn record_missing(&self, key: &'static str) {
        self.missing.borrow_mut().push(key);
    }

    /// The item under the required `key`.
    pub(super) fn required_item(&self, key: &'static str) -> Option<Item<'t>> {
        let item = self.get(key);
        if item.is_none() {
            self.record_missing(key);
        }
        item
    }

    /// The boolean under `key`; `false` if it is missing.
    pub(super) fn flag(&self, key: &'static str) -> bool {
        self.get(key).and_then(Item::flag).unwrap_or(false)
    }

    /// The texts under `key`: a list or a single text.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        self.get(key).map(Item::texts).unwrap_or_default()
    }

    /// The fiscal year under `key`.
    pub(super) fn year(&self, key: &'static str) -> Option<FiscalYear> {
        self.get(key)?.year()
    }

    /// The references under `key`: a list or a single reference.
    pub(super) fn references(&self, key: &'static str) -> Vec<Reference> {
        let items = self.get(key).map(Item::one_or_many).unwrap_or_default();
        items.into_iter().filter_map(Item::reference).collect()
    }

    /// Parses the value of `key` as one of `choices`, whose keywords are returned by `keyword`.
    pub(super) fn choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &[T],
        keyword: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let item = self.get(key)?;
        let written = item.text()?;
        let choice = choices.iter().copied().find(|known| keyword(*known) == written);
        if choice.is_none() {
            let keywords: Vec<_> = choices.iter().map(|known| keyword(*known)).collect();
            item.file.report(item.unknown_word_error(&written, &keywords));
        }
        choice
    }

    /// The table under `key`, which has declared keys.
    pub(super) fn table(&self, key: &'static str) -> Option<TomlTable<'t>> {
        self.get(key)?.table()
    }

    /// The table under `key`, which has one entry per fiscal year or id.
    pub(super) fn entries_of(&self, key: &'static str) -> Option<TomlTable<'t>> {
        self.get(key)?.entries()
    }

    /// Reads the tables under `key` by calling `read` with each table and its id. Reports missing,
    /// invalid and duplicate ids.
    pub(super) fn tables_with_id<T>(
        &self,
        key: &'static str,
        mut read: impl FnMut(&TomlTable<'t>, String) -> T,
    ) -> Vec<T> {
        let mut ids: Vec<String> = Vec::new();
        let tables = self.tables(key).into_iter().map(|table| {
            let id = table.unique_id(&ids);
            ids.push(id.clone());
            read(&table, id)
        });
        tables.collect()
    }

    /// The tables under `key`, written as `[[key]]`.
    pub(super) fn tables(&self, key: &'static str) -> Vec<TomlTable<'t>> {
        let Some(item) = self.get(key) else { return Vec::new() };
        match item.value.get_ref() {
            DeValue::Array(_) => item.elements().into_iter().filter_map(Item::table).collect(),
            _ => {
                item.wrong_type(say!(ja: "`[[{key}]]` の表", en: "tables like `[[{key}]]`"));
                Vec::new()
            }
        }
    }
}

impl Drop for TomlTable<'_> {
    /// Reports unknown and missing keys. A misspelt required key is reported once, as unknown, and not also as missing.
    fn drop(&mut self) {
        let Keys::Declared(table) = self.keys else { return };
        let mut missing = self.missing.take();
        let known: Vec<&str> = table.keys().map(|key| key.name).collect();
        let free: Vec<&str> = known.iter().copied().filter(|key| !self.entries.contains_key(*key)).collect();
        let unknown = if table.other_keys.is_some() { Vec::new() } else { self.undeclared() };
        if let Some(item) = unknown.get(MAX_UNKNOWN) {
            further_unknown_keys(*item, unknown.len() - MAX_UNKNOWN);
        }
        for item in unknown.into_iter().take(MAX_UNKNOWN) {
            let intended = item.report_unknown_key(Some(table), &known, &free);
            missing.retain(|key| Some(*key) != intended);
        }
        // A table with errors may not be read to the end.
        #[cfg(debug_assertions)]
        if self.file.diagnostics.borrow().is_empty() && !std::thread::panicking() {
            let unread = known.iter().find(|key| !self.requested.borrow().contains(key));
            debug_assert_eq!(unread, None, "declared for {} but not read", table.name);
        }
        for key in missing {
            let start = Span { end: self.span.start, ..self.span };
            let message = say!(ja: "`{key}` がありません", en: "`{key}` is missing");
            let example = table.key(key).map_or("", |key| key.example);
            let help = match example.starts_with('[') {
                true => say!(ja: "`{key}` を書き足してください", en: "add `{key}`"),
                false => say!(ja: "`{example}` のように書き足してください", en: "add it, as in `{example}`"),
            };
            self.file.report(Diagnostic::new(Rule::MissingKey, start, message).help(help));
        }
    }
}

/// Reports that `item` and later ones are unknown.
fn further_unknown_keys(item: Item<'_>, count: usize) {
    let message =
        say!(ja: "ここから先にも、使えないキーが{count}個あります", en: "{count} more unknown keys from this line on");
    let help = say!(ja: "まず、ここまでの誤りを直してください", en: "correct those above first");
    item.report_key(Rule::UnknownKey, message, help);
}

fn duplicate_column(item: Item<'_>, earlier: &str) {
    let key = item.key;
    let message = say!(ja: "`{key}` は `{earlier}` と同じ年度です", en: "`{key}` is the same year as `{earlier}`");
    let help = say!(ja: "どちらか一つにしてください", en: "keep one of them");
    item.report_key(Rule::SameYearTwice, message, help);
}
