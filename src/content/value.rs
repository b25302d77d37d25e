//! Reading of printed values and of tables of values by year. `model/value.rs` defines the grammar
//! of a value.

use super::common_mistakes::no_year;
use super::item::Item;
use super::table::{TomlReader, TomlTable};
use super::value_help;
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::model::{
    Bound, ByYear, Column, Decimal, Estimate, FiscalYear, Funding, FundingIx, FundingShare, Number, Value,
    ValueContent, ValuePart, convert_unit, grouped,
};
use std::collections::BTreeMap;
use toml::de::DeValue;

/// Maximum number of years from the year of a value to its measurement; a greater distance is a
/// likely typo.
const MAX_MEASURED_DELAY: i32 = 5;

/// What the texts of values mean.
#[derive(Clone, Copy)]
pub(super) enum Grammar<'a> {
    /// Numbers.
    Numbers,
    /// Any text (`kind = "words"`).
    Words,
    /// One of these states (`kind = "state"`).
    States(&'a [String]),
}

/// Reader of the values of one indicator or table of amounts.
#[derive(Clone, Copy)]
pub(super) struct ValueReader<'a> {
    /// The placeholders in `strategy.missing`.
    pub(super) missing: &'a [String],
    /// What their texts mean.
    pub(super) grammar: Grammar<'a>,
    /// The sources under `funding`; `None` if the values are not amounts of money.
    pub(super) funding: Option<&'a [Funding]>,
}

impl ValueReader<'_> {
    /// One value: a number, a printed text or a table.
    pub(super) fn value(self, item: Item<'_>) -> Option<Value> {
        match item.raw() {
            DeValue::Integer(number) if number.radix() == 10 => self.digits(item, number.as_str()),
            DeValue::Integer(number) => {
                let prefix = match number.radix() {
                    2 => "0b",
                    8 => "0o",
                    _ => "0x",
                };
                self.outside_grammar(item, &format!("{prefix}{}", number.as_str()))
            }
            DeValue::Float(number) => self.digits(item, number.as_str()),
            DeValue::String(_) => self.printed(item, &item.text()?),
            DeValue::Table(_) => self.table(&item.table()?),
            _ => {
                item.wrong_type(say!(
                    ja: "数、印刷どおりの文字列、`{{ value = … }}` のどれか",
                    en: "a number, the printed text, or `{{ value = … }}`"
                ));
                None
            }
        }
    }

    /// One value that is not a table, under a key of a value in table form.
    pub(super) fn single(self, item: Item<'_>) -> Option<Value> {
        if item.raw().is_table() {
            item.wrong_type(say!(ja: "数か印刷どおりの文字列", en: "a number or the printed text"));
            return None;
        }
        self.value(item)
    }

    /// A TOML number, parsed from its source text so that no digit is lost.
    fn digits(self, item: Item<'_>, digits: &str) -> Option<Value> {
        let normalized = digits.replace('_', "");
        let decimal = Decimal::from_str_exact(&normalized).ok();
        let Some(decimal) = decimal.filter(|_| matches!(self.grammar, Grammar::Numbers)) else {
            return self.outside_grammar(item, digits);
        };
        let number = Number { decimal, unit: None, bound: Bound::Exact };
        Some(Value::new(grouped(&normalized), ValueContent::Number(number), item.span()))
    }

    /// A text as printed.
    fn printed(self, item: Item<'_>, text: &str) -> Option<Value> {
        if self.missing.iter().any(|placeholder| placeholder == text) {
            return Some(Value::new(text.to_owned(), ValueContent::Missing, item.span()));
        }
        let content = match self.grammar {
            Grammar::Numbers => return Value::parse(text, item.span()).or_else(|| self.outside_grammar(item, text)),
            Grammar::Words => Some(ValueContent::Text),
            Grammar::States(states) => states.iter().position(|state| state == text).map(ValueContent::State),
        };
        match content {
            Some(content) => Some(Value::new(text.to_owned(), content, item.span())),
            None => self.outside_grammar(item, text),
        }
    }

    /// `{ value, printed, missing, measured, from, to, bound, estimated, as_of, note, parts, funding, sic }`.
    fn table(self, table: &TomlTable<'_>) -> Option<Value> {
        let main = ["value", "missing", "from", "to"].map(|key| table.get(key));
        let printed = table.text("printed");
        let measured = table.get("measured").map(Item::period);
        let bound = table.choice("bound", &Bound::ALL, Bound::key);
        let (note, as_of) = (table.text("note"), table.get("as_of").and_then(Item::date));
        let (estimated, sic) = (table.get("estimated").and_then(estimate), table.flag("sic"));
        let parts = table.tables("parts").into_iter().filter_map(|part| self.part(part)).collect();
        let funding = table.get("funding").map(|item| self.funding(item)).unwrap_or_default();
        let mut value = self.content(table, main)?;
        match (bound, &mut value.content) {
            (Some(bound), ValueContent::Number(number)) => {
                if contradicts(bound, number.bound) {
                    table.file.report(conflicting_bound(table.span, &value.printed, bound));
                }
                number.bound = bound;
            }
            (Some(_), _) => table.file.report(bound_of_no_number(table.span)),
            (None, _) => {}
        }
        let printed = printed.unwrap_or(value.printed);
        let measured = measured.unwrap_or(value.measured);
        Some(Value { printed, measured, note, as_of, estimated, sic, parts, funding, span: table.span, ..value })
    }

    /// The content of a value in table form. `main` holds `value`, `missing`, `from` and `to`.
    fn content(self, table: &TomlTable<'_>, main: [Option<Item<'_>>; 4]) -> Option<Value> {
        match main {
            [Some(value), None, None, None] => self.single(value),
            [None, Some(missing), None, None] => Some(Value::new(missing.text()?, ValueContent::Missing, table.span)),
            [None, None, Some(from), Some(to)] => self.range(table, from, to),
            [None, None, None, None] if table.get("printed").is_some() => match self.grammar {
                Grammar::States(_) => self.single(table.get("printed")?),
                Grammar::Numbers | Grammar::Words => Some(Value::new(String::new(), ValueContent::Text, table.span)),
            },
            // A misspelt key is already reported as unknown.
            [None, None, None, None] if !table.undeclared().is_empty() => None,
            _ => {
                table.file.report(ambiguous_value(table.span));
                None
            }
        }
    }

    fn range(self, table: &TomlTable<'_>, from: Item<'_>, to: Item<'_>) -> Option<Value> {
        let (from, to) = (self.single(from), self.single(to));
        let (from, to) = (from?, to?);
        let unit = |value: &Value| value.number().and_then(|number| number.unit.clone());
        if let (Some(from_unit), Some(to_unit)) = (unit(&from), unit(&to))
            && from_unit != to_unit
        {
            let message = say!(
                ja: "`from` の単位（{from_unit}）と `to` の単位（{to_unit}）が違います",
                en: "`from` is in `{from_unit}` but `to` is in `{to_unit}`"
            );
            let help = say!(ja: "どちらも同じ単位で書いてください", en: "write both in the same unit");
            table.file.report(Diagnostic::new(Rule::NotARange, table.span, message).help(help));
            return None;
        }
        match (from.decimal(), to.decimal()) {
            (Some(low), Some(high)) if low <= high => {
                let printed = format!("{}～{}", from.printed, to.printed);
                let range = Value::new(printed, ValueContent::Range(low, high), table.span);
                Some(Value { measured: to.measured.or(from.measured), ..range })
            }
            _ => {
                let message =
                    say!(ja: "`from` から `to` への範囲になっていません", en: "`from` and `to` are not a range");
                let help = say!(ja: "小さい数を `from`、大きい数を `to` に書いてください", en: "write the smaller number as `from`");
                table.file.report(Diagnostic::new(Rule::NotARange, table.span, message).help(help));
                None
            }
        }
    }

    fn part(self, table: TomlTable<'_>) -> Option<ValuePart> {
        let name = table.required("name");
        let value = table.required_item("value").and_then(|item| self.single(item));
        let note = table.text("note");
        let mut value = value?;
        value.note = note.or(value.note);
        Some(ValuePart { name: name?, value })
    }

    fn outside_grammar(self, item: Item<'_>, written: &str) -> Option<Value> {
        if let Grammar::States(states) = self.grammar {
            item.file.report(not_a_state(item, written, states));
            return None;
        }
        let message = say!(ja: "「{written}」は値として読めません", en: "`{written}` cannot be read as a value");
        let quoted = value_help::quoted(written);
        let only_dashes = written.chars().all(|c| "-‐‑–—―─－ー−".contains(c));
        let is_text = matches!(self.grammar, Grammar::Words);
        let help = match is_text {
            _ if only_dashes => say!(
                ja: "値がないことを表す記号なら、strategy.toml の `missing` に {quoted} を加えてください",
                en: "if the report prints this where there is no value, add {quoted} to `missing` in strategy.toml"
            ),
            true => say!(
                ja: "この指標は言葉で書く指標（`kind = \"words\"`）です。\" \" で囲んだ言葉を書いてください",
                en: "the values of this indicator are text (`kind = \"words\"`): write it in quotation marks"
            ),
            false if item.raw().is_str() => value_help::advice(written),
            false => say!(
                ja: "数は `\"1,234\"`、`\"▲12.5%\"`、`\"90%以上\"`、`\"770 (H23～27)\"` のように書きます。値がないときは `{{ missing = \"…\" }}`、言葉なら `{{ printed = \"…\" }}` と書いてください",
                en: "write numbers like `\"1,234\"`, `\"▲12.5%\"`, `\"90%以上\"`, `\"770 (H23～27)\"`; `{{ missing = \"…\" }}` if there is no value; `{{ printed = \"…\" }}` for text"
            ),
        };
        item.report(Rule::NotAValue, message, help);
        None
    }

    /// A table of values by fiscal year, `actual.R1 = …`.
    pub(super) fn years(self, item: Item<'_>) -> ByYear<Value> {
        self.by_column(item, Item::key_year)
    }

    /// A table of values by fiscal year and, if `allowed`, by the columns `start` and `end`.
    pub(super) fn columns(self, item: Item<'_>, allowed: &[Column]) -> BTreeMap<Column, Value> {
        self.by_column(item, |key| match key.key {
            "start" if allowed.contains(&Column::Start) => Some(Column::Start),
            "end" if allowed.contains(&Column::End) => Some(Column::End),
            _ => key.key_year().map(Column::Year),
        })
    }

    /// A table of values by the column that `column` reads from each key.
    pub(super) fn by_column<'t, C: Ord + Copy>(
        self,
        item: Item<'t>,
        column: impl Fn(Item<'t>) -> Option<C>,
    ) -> BTreeMap<C, Value> {
        if let Some(value) = scalar_toml(item.raw()) {
            let (message, help) = no_year(item.key, "R6", &value);
            item.report(Rule::WrongType, message, help);
            return BTreeMap::new();
        }
        let Some(table) = item.entries() else { return BTreeMap::new() };
        let columns = table.keyed(column).into_iter();
        columns.filter_map(|(column, item)| Some((column, self.value(item)?))).collect()
    }

    /// `funding = { national = 4000 }`: the sources of an amount, in the order of their declaration.
    fn funding(self, item: Item<'_>) -> Vec<FundingShare> {
        let Some(declared) = self.funding else {
            let message =
                say!(ja: "財源（`funding`）は金額にだけ書けます", en: "only amounts of money have sources (`funding`)");
            let help = say!(ja: "内訳なら `parts` に書いてください", en: "write components under `parts`");
            item.report_key(Rule::UnknownKey, message, help);
            return Vec::new();
        };
        let Some(table) = item.entries() else { return Vec::new() };
        let share = |item: Item<'_>| {
            let Some(ix) = declared.iter().position(|funding| funding.id == item.key) else {
                report_unknown_funding(item, declared);
                return None;
            };
            Some(FundingShare { funding: FundingIx(ix), value: self.single(item)? })
        };
        let mut shares: Vec<FundingShare> = table.items().into_iter().filter_map(share).collect();
        shares.sort_by_key(|share| share.funding);
        shares
    }
}

fn report_unknown_funding(item: Item<'_>, declared: &[Funding]) {
    let key = item.key;
    let known: Vec<&str> = declared.iter().map(|funding| funding.id.as_str()).collect();
    let all = known.join(", ");
    let message = say!(ja: "`{key}` という財源はありません", en: "there is no source of funding `{key}`");
    let help = match known.is_empty() {
        true => say!(
            ja: "strategy.toml の `[[funding]]` に `id = \"{key}\"` を書いてください",
            en: "declare it with `id = \"{key}\"` under `[[funding]]` in strategy.toml"
        ),
        false => {
            say!(ja: "strategy.toml の `[[funding]]` にあるのは {all} です", en: "those in strategy.toml are {all}")
        }
    };
    let diagnostic = Diagnostic::new(Rule::UnknownKey, item.key_span, message).help(help);
    item.file.report(diagnostic.suggest_first(key, known));
}

/// Reports `value`, an amount in `table`, if it is printed in a unit other than `unit`.
pub(super) fn report_other_units(table: &TomlTable<'_>, value: &Value, unit: &str) {
    let Some(number) = value.number() else { return };
    if let Some(other) = number.unit.as_deref().filter(|other| *other != unit) {
        table.file.report(wrong_money_unit(value, number, other, unit));
    }
}

/// Reports an amount in the unit `other` within a table in `unit`, with the converted amount as help.
fn wrong_money_unit(value: &Value, number: &Number, other: &str, unit: &str) -> Diagnostic {
    let printed = &value.printed;
    let quoted = value_help::quoted(printed);
    let bound = match number.bound {
        Bound::Exact => String::new(),
        bound => format!(", bound = \"{}\"", bound.key()),
    };
    let (message, help) = match convert_unit(number.decimal, other, unit) {
        Some(amount) => (
            say!(
                ja: "「{printed}」の単位が、この計画の金額の単位（{unit}）と違います",
                en: "`{printed}` is not in the monetary unit of this strategy ({unit})"
            ),
            say!(
                ja: "足し合わせるために `{{ value = {amount}, printed = {quoted}{bound} }}` と書いてください。印刷どおりに表示されます",
                en: "write `{{ value = {amount}, printed = {quoted}{bound} }}` so that it can be added up; it is shown as printed"
            ),
        ),
        None => (
            say!(ja: "「{other}」は金額の単位ではありません", en: "`{other}` is not a monetary unit"),
            say!(
                ja: "数だけを書くと{unit}（strategy.toml の `money_unit`）と読みます。言葉は `note` に分けて書いてください",
                en: "write only the number: it is read in {unit} (`money_unit` in strategy.toml); other text goes into `note`"
            ),
        ),
    };
    Diagnostic::new(Rule::OtherMoney, value.span, message).help(help)
}

/// `estimated`: `true` for 見込み, or the printed word.
fn estimate(item: Item<'_>) -> Option<Estimate> {
    match item.raw() {
        DeValue::Boolean(estimated) => estimated.then_some(Estimate::Expected),
        DeValue::String(_) => item.text().map(Estimate::Labelled),
        _ => {
            item.wrong_type(say!(ja: "`true`、`false`、または印刷された言葉（\"推計\" など）", en: "`true`, `false`, or the printed word, like \"推計\""));
            None
        }
    }
}

/// TOML of a string or number. `None` for other types.
fn scalar_toml(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(value_help::quoted(text)),
        DeValue::Integer(number) => Some(match number.radix() {
            2 => format!("0b{number}"),
            8 => format!("0o{number}"),
            16 => format!("0x{number}"),
            _ => number.as_str().to_owned(),
        }),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

/// A list of fiscal years, `years = ["R5", "R6"]`.
pub(super) fn year_list(item: Item<'_>) -> Vec<FiscalYear> {
    item.one_or_many().into_iter().filter_map(Item::year).collect()
}

fn not_a_state(item: Item<'_>, written: &str, states: &[String]) -> Diagnostic {
    let all = states.join("、");
    let message = say!(
        ja: "「{written}」は指標の `states` にありません",
        en: "`{written}` is not one of the `states` of the indicator"
    );
    let help = say!(
        ja: "書けるのは {all} です。値がないことを表す記号なら、strategy.toml の `missing` に加えてください",
        en: "its states are: {all}; if the text is printed where there is no value, add it to `missing` in strategy.toml"
    );
    let diagnostic = Diagnostic::new(Rule::NotAValue, item.span(), message).help(help);
    diagnostic.suggest_first(written, states.iter().map(String::as_str))
}

fn ambiguous_value(span: Span) -> Diagnostic {
    let message = say!(
        ja: "この表には `value`、`missing`、`from` と `to`、`printed` のどれか一つが必要です",
        en: "this table needs exactly one of `value`, `missing`, `from` with `to`, or `printed`"
    );
    Diagnostic::new(Rule::NotAValue, span, message).help(say!(
        ja: "例: `{{ value = 7, note = \"相談件数 73件\" }}`",
        en: "for example `{{ value = 7, note = \"…\" }}`"
    ))
}

/// Returns true if the bound of the printed text excludes the `declared` bound: 以上 is neither 以下 nor exact.
fn contradicts(declared: Bound, printed: Bound) -> bool {
    !matches!(printed, Bound::Exact | Bound::About) && declared != Bound::About && declared != printed
}

fn conflicting_bound(span: Span, printed: &str, bound: Bound) -> Diagnostic {
    let bound = bound.key();
    let message = say!(
        ja: "「{printed}」と `bound = \"{bound}\"` が一致しません",
        en: "`{printed}` contradicts `bound = \"{bound}\"`"
    );
    Diagnostic::new(Rule::NotAValue, span, message).help(say!(
        ja: "資料のとおりに直し、`bound` は消してください（「以上」などの言葉から読み取ります）",
        en: "write the value as in the source, and remove `bound`: it is read from words such as 以上"
    ))
}

/// Reports values with a year of measurement more than [`MAX_MEASURED_DELAY`] years after the year of the value.
pub(super) fn check_measured(file: &TomlReader, values: &ByYear<Value>) {
    for (year, value) in values {
        let Some(measured) = value.measured.filter(|measured| measured.to.0 - year.0 > MAX_MEASURED_DELAY) else {
            continue;
        };
        let (measured, year) = (measured.to.short(), year.short());
        let message = say!(
            ja: "{year} の値の測定年度が {measured} になっています",
            en: "the value of {year} has {measured} as its year of measurement"
        );
        file.report(Diagnostic::new(Rule::NotAYear, value.span, message).help(say!(
            ja: "測定年度を資料で確かめてください。目標値なら `target` に書いてください",
            en: "compare the year of measurement with the source; a target goes under `target`"
        )));
    }
}

fn bound_of_no_number(span: Span) -> Diagnostic {
    let message = say!(ja: "`bound` は数にだけ付けられます", en: "only a number can have a `bound`");
    Diagnostic::new(Rule::NotAValue, span, message).help(say!(
        ja: "`value` に数を書くか、`bound` を消してください",
        en: "write a number as `value`, or remove `bound`"
    ))
}
