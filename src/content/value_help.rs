//! Suggestions for printed values that the value grammar does not cover.
//!
//! `全国16位` and `10,000 (累計)` are written as a table with the printed text, which is shown unchanged, and the
//! number. A build never guesses the number; it is only suggested to the author, who can check the source.

use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Bound, Decimal, Value, convert_unit, half_width};

/// Help text with a notation for `printed`, which the value grammar cannot parse.
pub(super) fn advice(printed: &str) -> Bilingual {
    let text = quoted(printed);
    let numbers = numbers(printed);
    // Without `estimated`, an expected value would be treated as a result.
    let estimated = match () {
        () if printed.contains("見込") => ", estimated = true",
        () if printed.contains("推計") => ", estimated = \"推計\"",
        () => "",
    };
    let otherwise = say!(
        ja: "全体が言葉なら `{{ printed = {text} }}`、値がないという意味なら `{{ missing = {text} }}` と書いてください",
        en: "write `{{ printed = {text} }}` if it is only text, `{{ missing = {text} }}` if it means that there is no value"
    );
    let Bilingual { ja, en } = otherwise;
    match &numbers[..] {
        [] => say!(
            ja: "数は `\"1,234\"`、`\"▲12.5%\"`、`\"90%以上\"`、`\"770 (H23～27)\"` のように書きます。{ja}",
            en: "write numbers like `\"1,234\"`, `\"▲12.5%\"`, `\"90%以上\"`, `\"770 (H23～27)\"`; {en}"
        ),
        [number] => {
            let value = &number.written;
            say!(
                ja: "数に言葉が添えられている場合は、`{{ value = {value}, printed = {text}{estimated} }}` と書くと、数として扱い、印刷どおりに表示します。{ja}",
                en: "if it is a number with other text, write `{{ value = {value}, printed = {text}{estimated} }}`: it counts as the number and is shown as printed; {en}"
            )
        }
        [from, to] if is_range(printed, from, to) => {
            let (from, to) = (&from.written, &to.written);
            say!(
                ja: "範囲なら `{{ from = {from}, to = {to}, printed = {text}{estimated} }}` と書くと、印刷どおりに表示します。{ja}",
                en: "if it is a range, write `{{ from = {from}, to = {to}, printed = {text}{estimated} }}`: it is shown as printed; {en}"
            )
        }
        [number, ..] => {
            let value = &number.written;
            say!(
                ja: "値となる数を選んで `{{ value = {value}, printed = {text}{estimated} }}` のように書くと、その数として扱い、印刷どおりに表示します。{ja}",
                en: "choose the number that is the value and write, for example, `{{ value = {value}, printed = {text}{estimated} }}`: it counts as that number and is shown as printed; {en}"
            )
        }
    }
}

/// Greatest length in characters of a unit with a bound after a number. Without a limit, the time for a long text would grow
/// with its third power.
const LONGEST_UNIT: usize = 40;

/// A number in a printed text.
struct FoundNumber {
    /// Byte range.
    start: usize,
    end: usize,
    decimal: Decimal,
    /// TOML value that is parsed as this number.
    written: String,
}

/// Numbers of `text` that may be its value. Excludes years and dates; empty if the text describes a change or a ratio.
fn numbers(text: &str) -> Vec<FoundNumber> {
    const CHANGES_AND_RATIOS: [&str; 6] = ["前年", "前回", "比", "増", "減", "倍"];
    if CHANGES_AND_RATIOS.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let is_digit = |c: char| half_width(c).is_ascii_digit();
    let continues_number = |c: char| is_digit(c) || matches!(half_width(c), ',' | '.');
    let (mut numbers, mut from) = (Vec::new(), 0);
    while let Some(start) = text.get(from..).and_then(|rest| Some(from + rest.find(is_digit)?)) {
        let rest = text.get(start..).unwrap_or_default();
        let run = rest.find(|c| !continues_number(c)).and_then(|end| rest.get(..end)).unwrap_or(rest);
        let end = start + run.trim_end_matches(|c| !is_digit(c)).len();
        from = start + run.len();
        let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        if !is_date(before, after) {
            match number(text, start, end) {
                Some(number) => numbers.push(number),
                // With an invalid number, the other numbers may be wrong as well, so none is suggested.
                None => return Vec::new(),
            }
        }
    }
    numbers
}

/// Returns true if the digits between `before` and `after` are a year, month or day.
fn is_date(before: &str, after: &str) -> bool {
    const ERAS: [&str; 5] = ["明治", "大正", "昭和", "平成", "令和"];
    let before = before.trim_end();
    let mut last = before.chars().rev().map(half_width);
    // The last letter of a word such as SNS or PR is not an era.
    let is_letter = last.next().is_some_and(|c| "MTSHR".contains(c.to_ascii_uppercase()))
        && !last.next().is_some_and(|c| c.is_ascii_alphabetic());
    is_letter
        || ERAS.iter().any(|era| before.ends_with(era))
        || ["年度", "月", "日"].iter().any(|unit| after.trim_start().starts_with(unit))
}

/// The number with its digits in `start..end`, including its sign. Includes the surrounding text as
/// well if that changes the number: a bound, a unit with a multiplier (千人), a monetary unit.
fn number(text: &str, start: usize, end: usize) -> Option<FoundNumber> {
    let before = text.get(..start)?.trim_end();
    let unsigned = before.trim_end_matches(['-', '－', '−', '▲', '△']);
    // A hyphen within a code is not a sign.
    let is_code = before.ends_with(['-', '－', '−']) && unsigned.ends_with(|c| half_width(c).is_ascii_alphanumeric());
    let start = if before == unsigned || is_code { start } else { unsigned.len() };
    let digits = text.get(start..end)?;
    let parsed = Value::parse(digits, Span::default())?.number()?.clone();
    let about = text.get(..start)?.trim_end().strip_suffix('約').map_or(start, str::len);
    let ends = text.get(end..)?.char_indices().map(|(at, c)| end + at + c.len_utf8());
    let ends: Vec<usize> = [end].into_iter().chain(ends.take(LONGEST_UNIT)).collect();
    let whole = ends.into_iter().rev().find_map(|end| {
        let whole = text.get(about..end)?;
        let value = Value::parse(whole, Span::default()).filter(|value| value.measured.is_none())?;
        let number = value.number().filter(|number| number.decimal == parsed.decimal)?;
        let unit = number.unit.as_deref().unwrap_or_default();
        let changes_number = number.bound != Bound::Exact
            || unit.starts_with(LARGE_UNITS)
            || convert_unit(number.decimal, unit, "円").is_some();
        changes_number.then(|| (end, quoted(whole.trim_end())))
    });
    let (end, written) = whole.unwrap_or_else(|| (end, literal(digits)));
    Some(FoundNumber { start, end, decimal: parsed.decimal, written })
}

/// Returns true if the text between two numbers makes them the ends of a range.
fn is_range(text: &str, from: &FoundNumber, to: &FoundNumber) -> bool {
    let between = text.get(from.end..to.start).unwrap_or_default();
    from.decimal <= to.decimal && (between.contains("から") || between.contains(['～', '〜', '~']))
}

/// Digits as a TOML number if they are valid as one, otherwise as a TOML string.
fn literal(digits: &str) -> String {
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = is_digits(whole) && is_digits(fraction) && (whole == "0" || !whole.starts_with('0'));
    // Longer integers exceed the range of TOML integers.
    if is_number && whole.len() <= 18 { digits.to_owned() } else { quoted(digits) }
}

/// Quotes and escapes `text` as a TOML basic string: `"…"`.
pub fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// First characters of units with a multiplier (千人, 億円).
const LARGE_UNITS: [char; 6] = ['十', '百', '千', '万', '億', '兆'];
