//! One value of a TOML table, read as the type that a key expects. Reports values of other types.

use super::table::{Keys, TomlReader, TomlTable};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, Span, closest, say};
use crate::model::{Decimal, FiscalYear, Kind, OpenPeriod, Period, Reference};
use crate::schema::mistaken_keys::intended_key;
use crate::schema::{Table, ValueType};
use toml::Spanned;
use toml::de::DeValue;

/// One key of a table with its value, or one element of an array.
#[derive(Clone, Copy)]
pub(super) struct Item<'t> {
    pub(super) file: &'t TomlReader,
    /// The key; for an array element, the key of the array.
    pub(super) key: &'t str,
    /// Span of the key; for an array element, of the element.
    pub(super) key_span: Span,
    pub(super) value: &'t Spanned<DeValue<'t>>,
    /// Type of the value; `None` if the key is unknown.
    pub(super) value_type: Option<&'static ValueType>,
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

    /// The digits of a decimal integer.
    fn integer(self) -> Option<&'t str> {
        self.raw().as_integer().filter(|number| number.radix() == 10).map(|number| number.as_str())
    }

    /// The value as a text, which may be written as a decimal integer.
    fn number_or_text(self) -> Option<String> {
        self.integer().map(str::to_owned).or_else(|| self.text())
    }

    /// A TOML number, parsed from its source text so that no digit is lost; `None` for other values.
    pub(super) fn decimal(self) -> Option<Decimal> {
        let digits = match self.raw() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return None,
        };
        let digits = digits.replace('_', "");
        Decimal::from_str_exact(digits.strip_prefix('+').unwrap_or(&digits)).ok()
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
        let count = self.integer().and_then(|digits| digits.replace('_', "").parse().ok());
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

    /// The elements of a list; none for other values.
    pub(super) fn elements(self) -> Vec<Item<'t>> {
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
        let written = self.number_or_text()?;
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
        let written = self.number_or_text()?;
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
