//! Key-by-key reading of TOML tables that collects all errors.
//!
//! serde stops at the first error, but content authors need all of them at once. Therefore callers request each key from
//! a [`TomlTable`], which reports invalid values and continues. The keys of each table are declared in [`crate::schema`];
//! dropping the table reports all others.

use crate::diagnostic::{Bilingual, Diagnostic, Rule, SourceId, Span, closest, say};
use crate::model::{FiscalYear, Kind, OpenPeriod, Period, Reference};
use crate::schema::mistaken_keys::intended_key;
use crate::schema::{FileKind, Table, ValueType};
use std::cell::RefCell;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file being read: the location of its TOML, and the collected diagnostics.
pub(super) struct TomlReader {
    source: SourceId,
    kind: &'static FileKind,
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

    fn span(&self, range: Range<usize>) -> Span {
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

/// One key of a table with its value, or one element of an array.
#[derive(Clone, Copy)]
pub(super) struct Item<'t> {
    pub(super) file: &'t TomlReader,
    /// The key; for an array element, the key of the array.
    pub(super) key: &'t str,
    /// Span of the key; for an array element, of the element.
    pub(super) key_span: Span,
    value: &'t Spanned<DeValue<'t>>,
    /// Type of the value; `None` if the key is unknown.
    value_type: Option<&'static ValueType>,
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
        for item in unknown {
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

impl<'t> Item<'t> {
    /// Span of the value.
    pub(super) fn span(self) -> Span {
        self.file.span(self.value.span())
    }

    /// The TOML value.
    pub(super) fn raw(self) -> &'t DeValue<'t> {
        self.value.get_ref()
    }

    /// Reports an error at the value.
    pub(super) fn report(self, rule: Rule, message: Bilingual, help: Bilingual) {
        self.file.report(Diagnostic::new(rule, self.span(), message).help(help));
    }

    /// Reports an error at the key.
    pub(super) fn report_key(self, rule: Rule, message: Bilingual, help: Bilingual) {
        self.file.report(Diagnostic::new(rule, self.key_span, message).help(help));
    }

    /// The text of the value parsed by `parse`. Reports `rule` with `message` if it cannot be parsed.
    pub(super) fn parsed<T>(
        self,
        parse: impl Fn(&str) -> Option<T>,
        rule: Rule,
        message: impl Fn(&str) -> Bilingual,
    ) -> Option<T> {
        let written = self.text()?;
        let parsed = parse(&written);
        if parsed.is_none() {
            self.file.report(Diagnostic::new(rule, self.span(), message(&written)).rule_help());
        }
        parsed
    }

    /// Diagnostic that `written` is not one of the allowed `keywords`. Suggests a similar one.
    pub(super) fn unknown_word_error(self, written: &str, keywords: &[&str]) -> Diagnostic {
        let (key, all) = (self.key, keywords.join(", "));
        let message =
            say!(ja: "`{key}` に「{written}」とは書けません", en: "`{written}` is not a valid value of `{key}`");
        let help = say!(ja: "書けるのは {all} です", en: "write one of {all}");
        let diagnostic = Diagnostic::new(Rule::UnknownWord, self.span(), message).help(help);
        diagnostic.suggest_first(written, keywords.iter().copied())
    }

    /// Reports the wrong type of the value. `expected` describes what to write instead.
    pub(super) fn wrong_type(self, expected: Bilingual) {
        let key = self.key;
        let (found_ja, found_en) = match self.raw() {
            DeValue::String(_) => ("文字列", "a string"),
            DeValue::Integer(_) | DeValue::Float(_) => ("数", "a number"),
            DeValue::Boolean(_) => ("真偽値（true / false）", "a boolean"),
            DeValue::Datetime(_) => ("引用符のない日付", "a date without quotation marks"),
            DeValue::Array(_) => ("リスト", "a list"),
            DeValue::Table(_) => ("表", "a table"),
        };
        let (ja, en) = (expected.ja, expected.en);
        self.report(
            Rule::WrongType,
            say!(ja: "`{key}` が{found_ja}になっています", en: "`{key}` is {found_en}"),
            say!(ja: "{ja}を書いてください", en: "write {en}"),
        );
    }

    /// The value as a trimmed text. Reports an empty text.
    pub(super) fn text(self) -> Option<String> {
        match self.raw() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            DeValue::String(_) => {
                self.report_empty();
                None
            }
            _ => {
                self.wrong_type(say!(ja: "\" \" で囲んだ文字列", en: "a string in quotation marks"));
                None
            }
        }
    }

    /// Reports an empty value.
    pub(super) fn report_empty(self) {
        let key = self.key;
        self.report(
            Rule::EmptyText,
            say!(ja: "`{key}` が空です", en: "`{key}` is empty"),
            say!(ja: "内容を書くか、行を消してください", en: "write something, or remove the line"),
        );
    }

    /// The value as a boolean.
    pub(super) fn flag(self) -> Option<bool> {
        let flag = self.raw().as_bool();
        if flag.is_none() {
            self.wrong_type(
                say!(ja: "引用符を付けずに `true` か `false` ", en: "`true` or `false`, without quotation marks"),
            );
        }
        flag
    }

    /// The value as a non-negative integer.
    pub(super) fn count(self) -> Option<u32> {
        let count = self.raw().as_integer().and_then(|i| i.as_str().replace('_', "").parse().ok());
        if count.is_none() {
            self.wrong_type(say!(ja: "0 以上の整数", en: "a non-negative integer"));
        }
        count
    }

    /// The elements of a list, or the value itself as the only one.
    pub(super) fn one_or_many(self) -> Vec<Item<'t>> {
        match self.raw() {
            DeValue::Array(_) => self.elements(),
            _ => vec![self],
        }
    }

    fn elements(self) -> Vec<Item<'t>> {
        let element = |value: &'t Spanned<DeValue<'t>>| Item { value, key_span: self.file.span(value.span()), ..self };
        self.raw().as_array().map(|array| array.iter().map(element).collect()).unwrap_or_default()
    }

    /// The value as texts: a list or a single text.
    pub(super) fn texts(self) -> Vec<String> {
        self.one_or_many().into_iter().filter_map(Item::text).collect()
    }

    /// The item, read as `value_type` instead of the type declared for its key.
    pub(super) fn of_type(self, value_type: &'static ValueType) -> Self {
        Self { value_type: Some(value_type), ..self }
    }

    /// Reports that the key is not one of the `known` keys of `table`; `free` are those not present yet. Returns the
    /// key of the table that is probably meant.
    pub(super) fn report_unknown_key<'k>(
        self,
        table: Option<&'static Table>,
        known: &[&'k str],
        free: &[&'k str],
    ) -> Option<&'k str> {
        let (key, kind) = (self.key, self.file.kind);
        let similar = closest(key, free.iter().copied());
        let diagnostic = Diagnostic::new(Rule::UnknownKey, self.key_span, no_such_key(key));
        if let Some(intended) =
            intended_key(key, kind, table).filter(|intended| intended.same_table || similar.is_none())
        {
            self.file.report(diagnostic.help(intended.advice(key, kind)));
            return intended.same_table.then_some(intended.key().name);
        }
        let all = known.join(", ");
        let help = match known.is_empty() {
            true => say!(ja: "ここに書けるキーはありません", en: "no keys are allowed here"),
            false => say!(ja: "書けるキー: {all}", en: "allowed keys: {all}"),
        };
        let near = similar.or_else(|| closest(key, known.iter().copied()));
        self.file.report(diagnostic.help(help).suggest(key, near));
        similar
    }

    /// The value as a table with declared keys.
    pub(super) fn table(self) -> Option<TomlTable<'t>> {
        let declared = self.value_type.and_then(ValueType::table).map(Keys::Declared);
        debug_assert!(declared.is_some(), "`{}` is not declared as a table", self.key);
        self.table_with(declared?)
    }

    /// The value as a table with one entry per fiscal year or id.
    pub(super) fn entries(self) -> Option<TomlTable<'t>> {
        let entry = self.value_type.and_then(ValueType::entries).map(Keys::Entries);
        debug_assert!(entry.is_some(), "`{}` is not declared as a table of entries", self.key);
        self.table_with(entry?)
    }

    fn table_with(self, keys: Keys) -> Option<TomlTable<'t>> {
        let table = self.raw().as_table();
        if table.is_none() {
            let key = self.key;
            self.wrong_type(say!(ja: "表（`[{key}]` や `{{ … }}`）", en: "a table, `[{key}]` or `{{ … }}`"));
        }
        let range = self.value.span();
        let mut table = TomlTable::new(self.file, table?, keys, range.clone());
        // A table created by dotted keys has an empty span, so the span of its key is used.
        if range.is_empty() {
            table.span = self.key_span;
        }
        Some(table)
    }

    /// The value as a fiscal year.
    pub(super) fn year(self) -> Option<FiscalYear> {
        let written = match self.raw() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            _ => self.text()?,
        };
        let year = FiscalYear::parse(&written);
        if year.is_none() {
            not_a_year(self.file, self.span(), &written, &["`R1`", "`H31`", "`令和元年度`"]);
        }
        year
    }

    /// The key as a fiscal year.
    pub(super) fn key_year(self) -> Option<FiscalYear> {
        let year = FiscalYear::parse(self.key);
        if year.is_some() {
            return year;
        }
        let help = || say!(ja: "年度を書いてください（例: `R5`）", en: "write a fiscal year, as in `R5`");
        match self.key {
            "start" => {
                let message = say!(ja: "`start` は実績値にだけ書けます", en: "only actual values can have `start`");
                self.report_key(Rule::NotAYear, message, help());
            }
            "end" => {
                let message = say!(ja: "`end` は目標値にだけ書けます", en: "only targets can have `end`");
                self.report_key(Rule::NotAYear, message, help());
            }
            _ => not_a_year(self.file, self.key_span, self.key, &["`R1`", "`H31`"]),
        }
        None
    }

    /// The value as a fiscal year or a period of fiscal years.
    pub(super) fn period(self) -> Option<Period> {
        let written = match self.raw() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            _ => self.text()?,
        };
        let period = Period::parse(&written);
        if period.is_none() {
            self.report(
                Rule::NotAYear,
                say!(ja: "「{written}」は年度や期間として読めません", en: "`{written}` is neither a fiscal year nor a period"),
                say!(
                    ja: "`R1`、`H31`、`2019`、期間なら初めと終わりの年度を `H27/R2` のように書いてください",
                    en: "write it like `R1`, `H31` or `2019`; a period with its first and last year, like `H27/R2`"
                ),
            );
        }
        period
    }

    /// The value as a period that may be open: `"H18/R8"`, `"H13/"`, `"/R8"`, or `{ from, to, printed }`.
    pub(super) fn open_period(self) -> Option<OpenPeriod> {
        let period = match self.raw() {
            DeValue::Table(_) => {
                let table = self.table()?;
                OpenPeriod::new(table.year("from"), table.year("to"), table.text("printed"))
            }
            _ => OpenPeriod::parse(&self.text()?),
        };
        if period.is_none() {
            self.report(
                Rule::NotAYear,
                say!(ja: "期間として読めません", en: "this is not a period"),
                say!(
                    ja: "`\"H18/R8\"`、終わりがなければ `\"H13/\"`、始めが不明なら `\"/R8\"` と書いてください。言葉の記載は `{{ from = \"S40\", printed = \"昭和40年頃～\" }}` のように書けます",
                    en: "write it like `\"H18/R8\"`; `\"H13/\"` without an end; `\"/R8\"` without a start; `{{ from = \"S40\", printed = \"昭和40年頃～\" }}` if it is printed in words"
                ),
            );
        }
        period
    }

    /// The value as the id of a node of `kind` in the same strategy.
    pub(super) fn node(self, kind: Kind) -> Option<Reference> {
        let written = self.text()?;
        let Some((before, id)) = written.split_once(':') else {
            return Some(Reference::node(kind, written, self.span()));
        };
        self.report(
            Rule::NotAnId,
            say!(ja: "ここには id だけを書きます", en: "only an id is allowed here"),
            say!(ja: "「{before}:」を消して `\"{id}\"` と書いてください", en: "remove `{before}:` and write `\"{id}\"`"),
        );
        None
    }

    /// The value as a reference.
    pub(super) fn reference(self) -> Option<Reference> {
        let message =
            |written: &str| say!(ja: "「{written}」はリンクとして読めません", en: "`{written}` is not a reference");
        self.parsed(|written| Reference::parse(written, self.span()), Rule::NotAReference, message)
    }
}

fn no_such_key(key: &str) -> Bilingual {
    say!(ja: "`{key}` というキーはここにはありません", en: "there is no key `{key}` here")
}

fn duplicate_column(item: Item<'_>, earlier: &str) {
    let key = item.key;
    let message = say!(ja: "`{key}` は `{earlier}` と同じ年度です", en: "`{key}` is the same year as `{earlier}`");
    let help = say!(ja: "どちらか一つにしてください", en: "keep one of them");
    item.report_key(Rule::SameYearTwice, message, help);
}

/// Reports that `written` is not a fiscal year. `forms` are examples of valid notations, in addition to `2019`.
fn not_a_year(file: &TomlReader, span: Span, written: &str, forms: &[&str]) {
    let message = say!(ja: "「{written}」は年度ではありません", en: "`{written}` is not a fiscal year");
    let (forms_ja, forms) = (forms.join("、"), forms.join(", "));
    let help = say!(
        ja: "{forms_ja}、`2019` のように書いてください",
        en: "write it like {forms} or `2019`"
    );
    let year = FiscalYear::parse(&written.to_uppercase()).map(FiscalYear::short);
    file.report(Diagnostic::new(Rule::NotAYear, span, message).help(help).suggest(written, year.as_deref()));
}
