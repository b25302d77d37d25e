//! Key-by-key reading of the mapping file, which collects all errors with their lines.

use super::error::{LedgerError, Place};
use crate::content::is_id;
use crate::diagnostic::{Bilingual, closest, say};
use crate::model::FiscalYear;
use std::cell::RefCell;
use std::collections::BTreeSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Text of the mapping file and the errors found in it.
pub struct Document<'m> {
    text: &'m str,
    errors: RefCell<Vec<LedgerError>>,
    /// Lines with a value that a person has still to decide, about which nothing else is reported.
    undecided: RefCell<BTreeSet<usize>>,
}

/// A table of the mapping file. Dropping it reports unknown keys.
pub struct MapTable<'m> {
    document: &'m Document<'m>,
    entries: &'m DeTable<'m>,
    /// Line of the table, from 1.
    pub line: usize,
    requested: RefCell<Vec<&'static str>>,
    /// True if its keys are names of the city, not declared ones.
    is_open: bool,
}

/// A key with its value.
#[derive(Clone, Copy)]
pub struct MapItem<'m> {
    document: &'m Document<'m>,
    /// The key.
    pub key: &'m str,
    /// Line of the value, from 1.
    pub line: usize,
    value: &'m Spanned<DeValue<'m>>,
}

impl<'m> Document<'m> {
    /// Document with the text `text`.
    pub fn new(text: &'m str) -> Self {
        Self { text, errors: RefCell::default(), undecided: RefCell::default() }
    }

    /// Root table of the parsed text, after reporting values that a person has still to decide (`"?"`).
    pub fn root(&'m self, table: &'m Spanned<DeTable<'m>>) -> MapTable<'m> {
        self.report_undecided(table.get_ref());
        MapTable::new(self, table.get_ref(), 1, false)
    }

    /// Reports an error at a line.
    pub fn report(&self, line: usize, message: Bilingual, help: Bilingual) {
        if self.undecided.borrow().contains(&line) {
            return;
        }
        self.errors.borrow_mut().push(LedgerError::new(Place::Mapping { line }, message, help));
    }

    /// Line of a byte, from 1.
    pub fn line_at(&self, byte: usize) -> usize {
        self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
    }

    /// All errors.
    pub fn into_errors(self) -> Vec<LedgerError> {
        self.errors.into_inner()
    }

    fn report_undecided(&self, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            if key.get_ref() == "?" {
                self.undecided(key.span().start);
            }
            self.report_undecided_value(value);
        }
    }

    fn report_undecided_value(&self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::String(text) if text.trim() == "?" => self.undecided(value.span().start),
            DeValue::Table(table) => self.report_undecided(table),
            DeValue::Array(array) => array.iter().for_each(|element| self.report_undecided_value(element)),
            _ => {}
        }
    }

    /// Reports a `"?"` with its key, and as the remedy the comment on its line, which says what to decide.
    fn undecided(&self, byte: usize) {
        let line = self.line_at(byte);
        let text = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let (entry, comment) = text.split_once(" # ").unwrap_or((text, ""));
        let (key, comment) = (entry.split(" = ").next().unwrap_or_default().trim(), comment.trim());
        let help = match comment {
            "" => say!(
                ja: "台帳を確認し、列や値を記入してください",
                en: "examine the ledger and write the column or value"
            ),
            _ => say!(ja: "{comment}", en: "examine the ledger and write the column or value ({comment})"),
        };
        let message = say!(ja: "{key} が「?」のままで、決まっていません", en: "`?` of {key} is not decided yet");
        self.report(line, message, help);
        self.undecided.borrow_mut().insert(line);
    }
}

impl<'m> MapTable<'m> {
    fn new(document: &'m Document<'m>, entries: &'m DeTable<'m>, line: usize, is_open: bool) -> Self {
        Self { document, entries, line, requested: RefCell::default(), is_open }
    }

    fn item(&self, key: &'m Spanned<std::borrow::Cow<'m, str>>, value: &'m Spanned<DeValue<'m>>) -> MapItem<'m> {
        MapItem { document: self.document, key: key.get_ref(), line: self.document.line_at(value.span().start), value }
    }

    /// The item under a declared key.
    pub fn get(&self, key: &'static str) -> Option<MapItem<'m>> {
        self.requested.borrow_mut().push(key);
        let (name, value) = self.entries.get_key_value(key)?;
        Some(self.item(name, value))
    }

    /// All items, in the order of the file.
    pub fn items(&self) -> Vec<MapItem<'m>> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries.into_iter().map(|(key, value)| self.item(key, value)).collect()
    }

    /// The text under a key.
    pub fn text(&self, key: &'static str) -> Option<String> {
        self.get(key)?.text()
    }

    /// The text under a required key; empty if it is missing.
    pub fn required(&self, key: &'static str) -> String {
        self.required_item(key).and_then(MapItem::text).unwrap_or_default()
    }

    /// The item under a required key.
    pub fn required_item(&self, key: &'static str) -> Option<MapItem<'m>> {
        let item = self.get(key);
        if item.is_none() {
            self.report(
                say!(ja: "`{key}` がありません", en: "`{key}` is missing"),
                say!(ja: "`{key}` を書き足してください", en: "add `{key}`"),
            );
        }
        item
    }

    /// The tables under a key, written as `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<MapTable<'m>> {
        self.get(key).map(MapItem::elements).unwrap_or_default().into_iter().filter_map(MapItem::table).collect()
    }

    /// The table under a key.
    pub fn table(&self, key: &'static str) -> Option<MapTable<'m>> {
        self.get(key)?.table()
    }

    /// The items of the table under a key, whose keys are not declared.
    pub fn entries(&self, key: &'static str) -> Vec<MapItem<'m>> {
        self.get(key).map(MapItem::entries).unwrap_or_default()
    }

    /// The integer under a key.
    pub fn integer(&self, key: &'static str) -> Option<u32> {
        self.get(key)?.integer()
    }

    /// The boolean under a key; false if it is missing.
    pub fn flag(&self, key: &'static str) -> bool {
        self.get(key).and_then(MapItem::flag).unwrap_or(false)
    }

    /// Reports an error at the table.
    pub fn report(&self, message: Bilingual, help: Bilingual) {
        self.document.report(self.line, message, help);
    }
}

impl Drop for MapTable<'_> {
    fn drop(&mut self) {
        if self.is_open {
            return;
        }
        let known = self.requested.take();
        for item in self.items().into_iter().filter(|item| !known.contains(&item.key)) {
            let (key, all) = (item.key, known.join(", "));
            let message = say!(ja: "`{key}` というキーはここにはありません", en: "unknown key `{key}`");
            let help = match closest(key, known.iter().copied()) {
                Some(near) => say!(ja: "もしかして: {near}", en: "did you mean `{near}`?"),
                None => say!(ja: "ここに書けるのは {all} です", en: "the keys of this table are {all}"),
            };
            item.report(message, help);
        }
    }
}

impl<'m> MapItem<'m> {
    /// The text, which may be a TOML number as written; `None` if a person has still to decide on it.
    pub fn text(self) -> Option<String> {
        match self.value.get_ref() {
            DeValue::String(text) if text.trim() == "?" => None,
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.as_str().to_owned()),
            _ => self.wrong_type(say!(ja: "文字列", en: "a text")),
        }
    }

    /// A list of texts, or a single one.
    pub fn texts(self) -> Vec<String> {
        self.elements_or_self().into_iter().filter_map(MapItem::text).collect()
    }

    /// The elements of a list, or the item itself.
    pub fn elements_or_self(self) -> Vec<Self> {
        if self.value.get_ref().is_array() { self.elements() } else { vec![self] }
    }

    /// The elements of a list.
    pub fn elements(self) -> Vec<Self> {
        let DeValue::Array(array) = self.value.get_ref() else {
            let _: Option<()> = self.wrong_type(say!(ja: "一覧または `[[…]]` の表", en: "a list or `[[…]]` tables"));
            return Vec::new();
        };
        let element =
            |value: &'m Spanned<DeValue<'m>>| Self { line: self.document.line_at(value.span().start), value, ..self };
        array.iter().map(element).collect()
    }

    /// A table with declared keys.
    pub fn table(self) -> Option<MapTable<'m>> {
        self.table_with(false)
    }

    /// Items of a table whose keys are not declared.
    pub fn entries(self) -> Vec<MapItem<'m>> {
        self.table_with(true).map(|table| table.items()).unwrap_or_default()
    }

    /// True if it is a table.
    pub fn is_table(self) -> bool {
        self.value.get_ref().is_table()
    }

    fn table_with(self, is_open: bool) -> Option<MapTable<'m>> {
        match self.value.get_ref() {
            DeValue::Table(table) => Some(MapTable::new(self.document, table, self.line, is_open)),
            _ => self.wrong_type(say!(ja: "表", en: "a table")),
        }
    }

    /// A non-negative integer.
    pub fn integer(self) -> Option<u32> {
        let number = match self.value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        number.or_else(|| self.wrong_type(say!(ja: "0 以上の整数", en: "a non-negative integer")))
    }

    /// A boolean.
    pub fn flag(self) -> Option<bool> {
        match self.value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong_type(say!(ja: "`true` か `false`", en: "`true` or `false`")),
        }
    }

    /// A fiscal year.
    pub fn year(self) -> Option<FiscalYear> {
        let text = self.text()?;
        let year = FiscalYear::parse(&text);
        if year.is_none() {
            self.report(
                say!(ja: "「{text}」は年度ではありません", en: "`{text}` is not a fiscal year"),
                say!(ja: "R6、令和6年度、2024 のように書いてください", en: "write it as R6, 令和6年度 or 2024"),
            );
        }
        year
    }

    /// The key as an id.
    pub fn key_id(self) -> Option<String> {
        let key = self.key;
        if is_id(key) {
            return Some(key.to_owned());
        }
        self.report(
            say!(ja: "「{key}」は id に使えません", en: "`{key}` is not a valid id"),
            say!(ja: "a〜z の小文字・数字・ハイフンだけで書いてください", en: "write it with a-z, digits and hyphens only"),
        );
        None
    }

    /// The key as a fiscal year.
    pub fn key_year(self) -> Option<FiscalYear> {
        let key = self.key;
        let year = FiscalYear::parse(key);
        if year.is_none() {
            self.report(
                say!(ja: "`{key}` は年度ではありません", en: "`{key}` is not a fiscal year"),
                say!(ja: "R6 のように書いてください", en: "write it as R6"),
            );
        }
        year
    }

    /// Reports an error at the item.
    pub fn report(self, message: Bilingual, help: Bilingual) {
        self.document.report(self.line, message, help);
    }

    fn wrong_type<T>(self, Bilingual { ja, en }: Bilingual) -> Option<T> {
        let key = self.key;
        self.report(
            say!(ja: "`{key}` の値の形が違います", en: "`{key}` has a value of the wrong type"),
            say!(ja: "{ja}を書いてください", en: "write {en}"),
        );
        None
    }
}
