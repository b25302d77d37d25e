//! Printed values, and tables of them by year: the grammar is [`crate::model::Value`]'s.

use super::table::{Item, Table};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Amounts, Bound, Column, Content, Decimal, FiscalYear, Number, Part, Value, Years, with_separators};
use crate::say;
use std::collections::BTreeMap;
use toml::de::DeValue;

/// What must be known to tell a number from words and from what is missing.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    /// The spellings of `strategy.missing`.
    pub(super) missing: &'a [String],
    /// Whether the values are words (`kind = "words"`).
    pub(super) words: bool,
}

impl Grammar<'_> {
    /// One value in any of its forms.
    pub(super) fn value(self, item: Item<'_>) -> Option<Value> {
        match item.raw() {
            DeValue::Integer(number) if number.radix() == 10 => self.digits(item, number.as_str()),
            DeValue::Float(number) => self.digits(item, number.as_str()),
            DeValue::String(_) => self.printed(item, &item.text()?),
            DeValue::Table(_) => self.table(&item.table()?),
            _ => {
                item.wrong_type(say!(
                    ja: "数、印刷どおりの文字列、または `{{ value = … }}`",
                    en: "a number, the printed text, or `{{ value = … }}`"
                ));
                None
            }
        }
    }

    /// A TOML number, from its source text.
    fn digits(self, item: Item<'_>, digits: &str) -> Option<Value> {
        let plain = digits.replace('_', "");
        let decimal = Decimal::from_str_exact(&plain).ok();
        let Some(decimal) = decimal.filter(|_| !self.words) else {
            return outside_grammar(item, digits);
        };
        let number = Number { decimal, unit: None, bound: Bound::Exact };
        Some(Value::plain(with_separators(&plain), Content::Number(number), item.span()))
    }

    /// A text as printed.
    fn printed(self, item: Item<'_>, text: &str) -> Option<Value> {
        if self.missing.iter().any(|spelling| spelling == text) {
            return Some(Value::plain(text.to_owned(), Content::Missing, item.span()));
        }
        if self.words {
            return Some(Value::plain(text.to_owned(), Content::Words, item.span()));
        }
        Value::parse(text, item.span()).or_else(|| outside_grammar(item, text))
    }

    /// `{ value, printed, missing, measured, from, to, bound, estimated, as_of, note, parts, sic }`.
    fn table(self, table: &Table<'_>) -> Option<Value> {
        let span = table.span;
        let value = table.get("value").map(|item| self.value(item));
        let printed = table.text("printed");
        let missing = table.text("missing");
        let range = (table.get("from").map(|i| self.value(i)), table.get("to").map(|i| self.value(i)));
        let mut made = match (value, missing, range) {
            (Some(value), None, (None, None)) => Value { span, ..value? },
            (None, Some(missing), (None, None)) => Value::plain(missing, Content::Missing, span),
            (None, None, (Some(from), Some(to))) => self.range(table, from?, to?)?,
            (None, None, (None, None)) if printed.is_some() => Value::plain(String::new(), Content::Words, span),
            _ => {
                table.file.report(one_of_them(span));
                return None;
            }
        };
        if let Some(printed) = printed {
            made.printed = printed;
        }
        if let Some(measured) = table.get("measured") {
            made.measured = measured.period();
        }
        let bounds = Bound::ALL.map(|bound| (bound.key(), bound));
        if let (Some(bound), Content::Number(number)) = (table.choice("bound", &bounds), &mut made.content) {
            number.bound = bound;
        }
        made.note = table.text("note");
        made.as_of = table.text("as_of");
        made.estimated = table.flag("estimated");
        made.sic = table.flag("sic");
        made.parts = table.tables("parts").into_iter().filter_map(|part| self.part(part)).collect();
        for item in table.others() {
            unknown_key(item);
        }
        Some(made)
    }

    fn range(self, table: &Table<'_>, from: Value, to: Value) -> Option<Value> {
        match (from.decimal(), to.decimal()) {
            (Some(low), Some(high)) if low <= high => {
                let printed = format!("{}～{}", from.printed, to.printed);
                Some(Value::plain(printed, Content::Range(low, high), table.span))
            }
            _ => {
                let message = say!(ja: "`from` から `to` への範囲になっていません", en: "`from` and `to` are no range");
                let help = say!(ja: "小さい数を `from`、大きい数を `to` に書いてください", en: "write the smaller number as `from`");
                table.file.report(Diagnostic::error("not-a-range", table.span, message).help(help));
                None
            }
        }
    }

    fn part(self, table: Table<'_>) -> Option<Part> {
        let name = table.required("name");
        let value = table.get("value").map(|item| self.value(item));
        if value.is_none() {
            table.missing("value");
        }
        let note = table.text("note");
        table.end();
        let mut value = value??;
        value.note = note.or(value.note);
        Some(Part { name: name?, value })
    }

    /// A table of values by fiscal year, `actual.R1 = …`.
    pub(super) fn years(self, item: Item<'_>) -> Years<Value> {
        self.by_column(item, |key| key.key_year())
    }

    /// A table of values by fiscal year or `end`.
    pub(super) fn columns(self, item: Item<'_>) -> BTreeMap<Column, Value> {
        self.by_column(item, |key| if key.key == "end" { Some(Column::End) } else { key.key_year().map(Column::Year) })
    }

    fn by_column<C: Ord + Copy>(self, item: Item<'_>, column: impl Fn(Item<'_>) -> Option<C>) -> BTreeMap<C, Value> {
        let mut values = BTreeMap::new();
        let Some(table) = item.table() else { return values };
        for item in table.items() {
            let (column, value) = (column(item), self.value(item));
            if let (Some(column), Some(value)) = (column, value)
                && values.insert(column, value).is_some()
            {
                same_year_twice(item);
            }
        }
        values
    }

    /// A table of amounts by kind and year, `[money] budget.R3 = …`.
    pub(super) fn amounts<K: Ord + Copy>(self, table: &Table<'_>, kinds: &[(&'static str, K)]) -> Amounts<K> {
        let mut amounts = Amounts::new();
        for (key, kind) in kinds {
            if let Some(item) = table.get(key) {
                amounts.insert(*kind, self.years(item));
            }
        }
        for item in table.others() {
            unknown_key_of(item, &kinds.iter().map(|(key, _)| *key).collect::<Vec<_>>());
        }
        amounts
    }
}

/// A list of fiscal years, `years = ["R5", "R6"]`.
pub(super) fn year_list(item: Item<'_>) -> Vec<FiscalYear> {
    item.one_or_many().into_iter().filter_map(Item::year).collect()
}

fn outside_grammar(item: Item<'_>, written: &str) -> Option<Value> {
    item.report(
        "not-a-value",
        say!(ja: "「{written}」は値として読めません", en: "`{written}` cannot be read as a value"),
        say!(
            ja: "数は `\"1,234\"`、`\"▲12.5%\"`、`\"90%以上\"`、`\"770 (H23～27)\"` のように書きます。値がないときは `{{ missing = \"…\" }}`、言葉なら `{{ printed = \"…\" }}` と書いてください",
            en: "write numbers like `\"1,234\"`, `\"▲12.5%\"`, `\"90%以上\"`, `\"770 (H23～27)\"`; `{{ missing = \"…\" }}` where there is none; `{{ printed = \"…\" }}` for words"
        ),
    );
    None
}

fn one_of_them(span: Span) -> Diagnostic {
    let message = say!(
        ja: "この表には `value`、`missing`、`from` と `to`、`printed` のどれか一つが必要です",
        en: "this table needs just one of `value`, `missing`, `from` with `to`, or `printed`"
    );
    Diagnostic::error("not-a-value", span, message).help(say!(
        ja: "例: `{{ value = 7, note = \"相談件数 73件\" }}`",
        en: "for example `{{ value = 7, note = \"…\" }}`"
    ))
}

fn same_year_twice(item: Item<'_>) {
    let key = item.key;
    let message = say!(ja: "`{key}` と同じ年度がすでに書かれています", en: "the year `{key}` was given already");
    let help = say!(ja: "H31 と R1 は同じ年度です。どちらか一つにしてください", en: "H31 and R1 are one year; keep one of them");
    item.file.report(Diagnostic::error("same-year-twice", item.key_span, message).help(help));
}

fn unknown_key(item: Item<'_>) {
    let known = [
        "value",
        "printed",
        "missing",
        "measured",
        "from",
        "to",
        "bound",
        "estimated",
        "as_of",
        "note",
        "parts",
        "sic",
    ];
    unknown_key_of(item, &known);
}

/// Reports a key that is not one of `known`.
pub(super) fn unknown_key_of(item: Item<'_>, known: &[&str]) {
    let key = item.key;
    let all = known.join(", ");
    let message = say!(ja: "`{key}` というキーはここにはありません", en: "there is no key `{key}` here");
    let diagnostic = Diagnostic::error("unknown-key", item.key_span, message)
        .help(say!(ja: "書けるキー: {all}", en: "known keys: {all}"))
        .suggest(key, known.iter().copied());
    item.file.report(diagnostic);
}
