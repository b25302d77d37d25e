//! Values as they are entered in a cell, and as keys of the content.
//!
//! Most answers are written as they are entered: `1,234`, `約300`, `90%以上`, `18,104 (H27)`. Others need several keys:
//!
//! | entered | keys |
//! |---|---|
//! | `10～20`, `3名から4名` | `from = "10", to = "20", printed = "10～20"` |
//! | `1,234（見込み）`, `1,234（推計）` | `value = "1,234", printed = "1,234（見込み）", estimated = true` |
//! | `700（9月末現在）` | `value = "700", printed = "700（9月末現在）", as_of = "9月末"` |
//! | `16「全国16位」`; as a rank also `全国16位` | `value = "16", printed = "全国16位"` |
//! | `「前年度比10%増」` | `printed = "前年度比10%増"` |
//! | `-「調査なし」` | `missing = "調査なし"` |

use crate::content::quoted;
use crate::diagnostic::Span;
use crate::model::{IndicatorKind, Node, Strategy, Value};

/// What the answers of a cell mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Grammar {
    /// Text, a mark or points: written as entered.
    Text,
    /// Numbers, where `missing` are the spellings of missing values.
    Numbers { missing: Vec<String> },
    /// Ranks: numbers whose text ends with 位.
    Ranks { missing: Vec<String> },
    /// One of these states.
    States { states: Vec<String>, missing: Vec<String> },
}

/// Stands for a missing value before its printed text, whatever the spellings of the strategy.
const NO_VALUE: &str = "-";

/// Value in table form: its keys without those that qualify it, such as `note` and `funding`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ValueKeys(Vec<(Key, KeyText)>);

/// Text of a key; `true` for `estimated = true`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyText {
    Text(String),
    True,
}

/// Keys of a value, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Key {
    Value,
    From,
    To,
    Missing,
    Printed,
    Estimated,
    AsOf,
}

/// Answer as it is written in the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    /// As a text.
    Text(String),
    /// As a table.
    Table(ValueKeys),
}

impl ValueKeys {
    /// The keys in their order.
    pub(super) fn new(mut keys: Vec<(Key, KeyText)>) -> Self {
        keys.sort_by_key(|(key, _)| *key);
        Self(keys)
    }

    fn of(keys: impl IntoIterator<Item = (Key, String)>) -> Self {
        Self::new(keys.into_iter().map(|(key, text)| (key, KeyText::Text(text))).collect())
    }

    fn with(mut self, key: Key, text: KeyText) -> Self {
        self.0.retain(|(other, _)| *other != key);
        self.0.push((key, text));
        Self::new(self.0)
    }

    fn without(&self, key: Key) -> Self {
        Self(self.0.iter().filter(|(other, _)| *other != key).cloned().collect())
    }

    fn text(&self, key: Key) -> Option<&str> {
        self.0.iter().find_map(|(other, text)| match text {
            KeyText::Text(text) if *other == key => Some(text.as_str()),
            _ => None,
        })
    }

    /// The keys as TOML, without braces.
    pub(super) fn toml(&self) -> String {
        let key = |(key, text): &(Key, KeyText)| {
            let text = match text {
                KeyText::Text(text) => quoted(text),
                KeyText::True => "true".to_owned(),
            };
            format!("{} = {text}", <&str>::from(key))
        };
        self.0.iter().map(key).collect::<Vec<_>>().join(", ")
    }
}

impl Grammar {
    /// Grammar of the value at `path` in the sheet of `node`.
    pub(super) fn new(strategy: &Strategy, node: &Node, path: &[String]) -> Self {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let missing = || strategy.missing.clone();
        match path.as_slice() {
            [.., "funding", _] | ["indicator", _, "note"] => Self::Text,
            ["indicator", _, series, ..] if strategy.scales.iter().any(|scale| scale.id == *series) => Self::Text,
            ["indicator", _, "rank", _] => Self::Ranks { missing: missing() },
            ["indicator", _, "rate", _] => Self::Numbers { missing: missing() },
            ["indicator", id, _, ..] => match node.indicators.iter().find(|indicator| indicator.id == *id) {
                Some(indicator) => match indicator.kind {
                    IndicatorKind::Number => Self::Numbers { missing: missing() },
                    IndicatorKind::State => Self::States { states: indicator.states.clone(), missing: missing() },
                    IndicatorKind::Text => Self::Text,
                },
                None => Self::Text,
            },
            ["money" | "total" | "staff", ..] | ["item", _, "money", ..] | ["survey", _, "x" | "y"] => {
                Self::Numbers { missing: missing() }
            }
            _ => Self::Text,
        }
    }

    fn missing(&self) -> &[String] {
        match self {
            Self::Text => &[],
            Self::Numbers { missing } | Self::Ranks { missing } | Self::States { missing, .. } => missing,
        }
    }

    /// The content that is written for an answer. An answer without any meaning is a text, which the parser of the
    /// content refuses.
    pub(super) fn written(&self, answer: &str) -> Written {
        match self.keys(answer) {
            Some(keys) => Written::Table(keys),
            None => Written::Text(answer.to_owned()),
        }
    }

    /// Returns true if the answer is a value by itself.
    fn is_plain(&self, answer: &str) -> bool {
        match self {
            _ if self.missing().iter().any(|spelling| spelling == answer) => true,
            Self::Text => true,
            Self::Numbers { .. } | Self::Ranks { .. } => value(answer).is_some(),
            Self::States { states, .. } => states.iter().any(|state| state == answer),
        }
    }

    /// Keys of an answer that is written as a table.
    fn keys(&self, answer: &str) -> Option<ValueKeys> {
        if answer.is_empty() || self.is_plain(answer) {
            return None;
        }
        if let Some((body, printed)) = answer.strip_suffix('」').and_then(|rest| rest.split_once('「')) {
            return self.keys_as_printed(body.trim_end(), printed);
        }
        if let Some((body, (key, text))) = qualifier(answer) {
            let keys = if self.is_plain(body) && !self.missing().iter().any(|spelling| spelling == body) {
                ValueKeys::of([(Key::Value, body.to_owned())])
            } else {
                self.range(body)?
            };
            return Some(keys.with(Key::Printed, KeyText::Text(answer.to_owned())).with(key, text));
        }
        self.range(answer).or_else(|| self.rank(answer))
    }

    /// Keys of `body「printed」`.
    fn keys_as_printed(&self, body: &str, printed: &str) -> Option<ValueKeys> {
        let is_number = matches!(self, Self::Numbers { .. } | Self::Ranks { .. });
        let text = printed.to_owned();
        if matches!(self, Self::Text) || printed.is_empty() || printed.contains(['「', '」']) {
            None
        } else if self.missing().iter().any(|spelling| spelling == body) || body == NO_VALUE {
            Some(ValueKeys::of([(Key::Missing, text)]))
        } else if !is_number {
            None
        } else if body.is_empty() {
            Some(ValueKeys::of([(Key::Printed, text)]))
        } else if self.is_plain(body) {
            Some(ValueKeys::of([(Key::Value, body.to_owned()), (Key::Printed, text)]))
        } else {
            self.keys(body).map(|keys| keys.with(Key::Printed, KeyText::Text(text)))
        }
    }

    /// Keys of a range of two exact numbers.
    fn range(&self, answer: &str) -> Option<ValueKeys> {
        if matches!(self, Self::Text | Self::States { .. }) {
            return None;
        }
        let separator = ["～", "〜", "~", "から"].into_iter().find(|separator| answer.contains(separator))?;
        let (from, to) = answer.split_once(separator)?;
        let (from, to) = (from.trim(), to.trim());
        let is_exact = |text: &str| value(text).is_some_and(|value| value.exact().is_some());
        let is_range = is_exact(from) && is_exact(to);
        is_range.then(|| ValueKeys::of([(Key::From, from), (Key::To, to), (Key::Printed, answer)].map(owned)))
    }

    /// Keys of `全国16位`: the only number is the rank.
    fn rank(&self, answer: &str) -> Option<ValueKeys> {
        let Self::Ranks { .. } = self else { return None };
        let body = answer.strip_suffix('位')?;
        let start = body.rfind(|c: char| !is_digit(c)).map(|at| at + body.get(at..).map_or(0, first_len))?;
        let (before, number) = body.split_at_checked(start)?;
        let is_number = value(number).is_some() && !before.contains(is_digit);
        is_number.then(|| ValueKeys::of([(Key::Value, number), (Key::Printed, answer)].map(owned)))
    }

    /// The answer whose keys are `keys`; `None` if there is none, and the value cannot be asked.
    pub(super) fn shown(&self, keys: &ValueKeys) -> Option<String> {
        if let [(Key::Value, KeyText::Text(value))] = keys.0.as_slice() {
            return Some(value.clone());
        }
        let printed = keys.text(Key::Printed);
        let estimate = keys.0.iter().find(|(key, _)| *key == Key::Estimated).map(|(_, word)| match word {
            KeyText::Text(word) => format!("（{word}）"),
            KeyText::True => "（見込み）".to_owned(),
        });
        let estimate = estimate.unwrap_or_default();
        let amount = match (keys.text(Key::Value), keys.text(Key::From), keys.text(Key::To), keys.text(Key::Missing)) {
            (Some(value), None, None, None) => value.to_owned(),
            (None, Some(from), Some(to), None) => format!("{from}～{to}"),
            (None, None, None, Some(text)) => return Some(format!("{NO_VALUE}「{text}」")),
            (None, None, None, None) => String::new(),
            _ => return None,
        };
        let with_printed = |printed: &str| [printed.to_owned(), format!("{amount}{estimate}「{printed}」")];
        let candidates: Vec<String> = match printed {
            Some(printed) => with_printed(printed).into(),
            None => vec![format!("{amount}{estimate}")],
        };
        // Keys without the printed text have that which follows from the others.
        let is_same = |candidate: &String| match self.keys(candidate) {
            Some(other) if printed.is_none() => other.without(Key::Printed) == *keys,
            Some(other) => other == *keys,
            None => false,
        };
        candidates.into_iter().find(is_same)
    }

    /// The answer as it is shown after it was written.
    pub(super) fn normalized(&self, answer: &str) -> String {
        self.keys(answer).and_then(|keys| self.shown(&keys)).unwrap_or_else(|| answer.to_owned())
    }
}

fn value(text: &str) -> Option<Value> {
    Value::parse(text, Span::default())
}

fn owned((key, text): (Key, &str)) -> (Key, String) {
    (key, text.to_owned())
}

fn is_digit(c: char) -> bool {
    crate::model::half_width(c).is_ascii_digit()
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Splits off a bracket at the end that says how a value was obtained: an estimate, or the date to which it refers.
fn qualifier(answer: &str) -> Option<(&str, (Key, KeyText))> {
    const BRACKETS: [(char, char); 2] = [('（', '）'), ('(', ')')];
    let (body, inner) = BRACKETS.iter().find_map(|(open, close)| answer.strip_suffix(*close)?.rsplit_once(*open))?;
    let (body, inner) = (body.trim_end(), inner.trim());
    let date = || ["現在", "時点"].iter().find_map(|word| inner.strip_suffix(word)).map(str::trim_end);
    match inner {
        "見込" | "見込み" | "見込値" | "見込額" => Some((body, (Key::Estimated, KeyText::True))),
        "推計" | "推計値" => Some((body, (Key::Estimated, KeyText::Text(inner.to_owned())))),
        _ => {
            let date = date().filter(|date| !date.is_empty())?;
            Some((body, (Key::AsOf, KeyText::Text(date.to_owned()))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> Grammar {
        Grammar::Numbers { missing: vec!["-".into(), "―".into()] }
    }

    fn ranks() -> Grammar {
        Grammar::Ranks { missing: vec!["-".into()] }
    }

    fn states() -> Grammar {
        Grammar::States { states: vec!["着手".into(), "完了".into()], missing: vec!["-".into()] }
    }

    /// Asserts the TOML of an answer, and that it is shown as `shown`.
    #[track_caller]
    fn check(grammar: &Grammar, answer: &str, toml: &str, shown: &str) {
        let written = match grammar.written(answer) {
            Written::Text(text) => quoted(&text),
            Written::Table(keys) => {
                assert_eq!(grammar.shown(&keys).as_deref(), Some(shown));
                format!("{{ {} }}", keys.toml())
            }
        };
        assert_eq!(written, toml, "{answer}");
        assert_eq!(grammar.normalized(answer), shown, "{answer}");
    }

    #[test]
    fn plain_values_are_written_as_entered() {
        for answer in [
            "1,234",
            "12.50",
            "１２３",
            "0",
            "+4",
            "▲3",
            "△1.5",
            "−2",
            "73.2%",
            "3ツアー",
            "約300",
            "約90程度",
            "90以上",
            "5未満",
            "100超",
            "10以下",
            "18,104 (H27)",
            "865（H22 ～26）",
            "-",
            "―",
        ] {
            check(&numbers(), answer, &quoted(answer), answer);
        }
        for answer in ["着手", "-"] {
            check(&states(), answer, &quoted(answer), answer);
        }
        for answer in ["10～20", "「言葉」", "1（見込み）"] {
            check(&Grammar::Text, answer, &quoted(answer), answer);
        }
    }

    #[test]
    fn ranges_have_two_ends() {
        let same = |answer: &str, toml: &str| check(&numbers(), answer, toml, answer);
        same("10～20", r#"{ from = "10", to = "20", printed = "10～20" }"#);
        same("10 〜 20", r#"{ from = "10", to = "20", printed = "10 〜 20" }"#);
        same("３名から４名", r#"{ from = "３名", to = "４名", printed = "３名から４名" }"#);
        same("▲5%~5%", r#"{ from = "▲5%", to = "5%", printed = "▲5%~5%" }"#);
        same("10～20（見込み）", r#"{ from = "10", to = "20", printed = "10～20（見込み）", estimated = true }"#);
        same("1,000～2,000 (H27)", r#"{ from = "1,000", to = "2,000 (H27)", printed = "1,000～2,000 (H27)" }"#);
    }

    #[test]
    fn estimates_and_dates_are_in_brackets() {
        let same = |answer: &str, toml: &str| check(&numbers(), answer, toml, answer);
        same("1,234（見込み）", r#"{ value = "1,234", printed = "1,234（見込み）", estimated = true }"#);
        same("90%以上 (推計値)", r#"{ value = "90%以上", printed = "90%以上 (推計値)", estimated = "推計値" }"#);
        same("700（9月末現在）", r#"{ value = "700", printed = "700（9月末現在）", as_of = "9月末" }"#);
        check(
            &states(),
            "完了（見込）",
            r#"{ value = "完了", printed = "完了（見込）", estimated = true }"#,
            "完了（見込）",
        );
    }

    #[test]
    fn other_printed_texts_are_in_quotation_marks() {
        let same = |answer: &str, toml: &str| check(&numbers(), answer, toml, answer);
        same("16「全国16位」", r#"{ value = "16", printed = "全国16位" }"#);
        same("「前年度比10%増」", r#"{ printed = "前年度比10%増" }"#);
        same("-「H28 開始」", r#"{ missing = "H28 開始" }"#);
        same("10～20「10台」", r#"{ from = "10", to = "20", printed = "10台" }"#);
        same("12（見込み）「12人の見込み」", r#"{ value = "12", printed = "12人の見込み", estimated = true }"#);
        check(&numbers(), "―「調査なし」", r#"{ missing = "調査なし" }"#, "-「調査なし」");
        check(&states(), "-「未定」", r#"{ missing = "未定" }"#, "-「未定」");
    }

    #[test]
    fn ranks_may_have_words_before_their_number() {
        check(&ranks(), "全国16位", r#"{ value = "16", printed = "全国16位" }"#, "全国16位");
        check(&ranks(), "16「全国16位」", r#"{ value = "16", printed = "全国16位" }"#, "全国16位");
        check(&ranks(), "16位", r#""16位""#, "16位");
        check(&ranks(), "47都道府県中16位", r#""47都道府県中16位""#, "47都道府県中16位");
    }

    #[test]
    fn answers_without_a_certain_meaning_are_left_to_the_parser() {
        for answer in
            ["10-20", "約10～20", "十円くらい", "全国16位", "1,234（累計）", "「」", "多い「100」", "～20", "(見込み)"]
        {
            check(&numbers(), answer, &quoted(answer), answer);
        }
    }

    #[test]
    fn tables_of_the_draft_are_shown_if_they_can_be_entered() {
        let text = |text: &str| KeyText::Text(text.to_owned());
        let check = |keys: Vec<(Key, KeyText)>, expect: Option<&str>| {
            assert_eq!(numbers().shown(&ValueKeys::new(keys)).as_deref(), expect);
        };
        check(vec![(Key::Value, text(""))], Some(""));
        check(vec![(Key::Value, text("9")), (Key::Estimated, KeyText::True)], Some("9（見込み）"));
        check(vec![(Key::From, text("3")), (Key::To, text("4"))], Some("3～4"));
        check(vec![(Key::Value, text("9")), (Key::AsOf, text("2024-09-30"))], None);
        check(vec![(Key::Value, text("9")), (Key::Estimated, text("速報"))], None);
        check(vec![(Key::Missing, text("-"))], Some("-「-」"));
    }
}
