//! A printed value of more than the grammar holds: how it can be written so that its number stays.
//!
//! `全国16位`, `10,000 (累計)`: what was printed is shown as it is, and the number stands beside it. Which
//! number is meant is never guessed in a build; here it is proposed to the author, who sees the source.

use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Bound, Decimal, Value, count_in, half_width};

/// How to write `printed`, of which the grammar makes no number.
pub(super) fn advice(printed: &str) -> Bilingual {
    let text = quoted(printed);
    let numbers = numbers(printed);
    // Without it a figure that is only expected would count as a result.
    let estimated = match () {
        () if printed.contains("見込") => ", estimated = true",
        () if printed.contains("推計") => ", estimated = \"推計\"",
        () => "",
    };
    let otherwise = say!(
        ja: "全体が言葉なら `{{ printed = {text} }}`、値がないという意味なら `{{ missing = {text} }}` と書いてください",
        en: "write `{{ printed = {text} }}` if it is all words, `{{ missing = {text} }}` if it says that there is no value"
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
                ja: "数に言葉が添えられているときは、`{{ value = {value}, printed = {text}{estimated} }}` と書くと、数として扱い、印刷どおりに表示します。{ja}",
                en: "where words stand beside the number, write `{{ value = {value}, printed = {text}{estimated} }}`: it counts as the number and is shown as printed; {en}"
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

/// A number in a printed text.
struct Found {
    /// Where it begins and ends.
    start: usize,
    end: usize,
    decimal: Decimal,
    /// As TOML that is read as this number.
    written: String,
}

/// The numbers of `text` that may be its value: years and days are not, nor is what says a change.
fn numbers(text: &str) -> Vec<Found> {
    const CHANGES: [&str; 6] = ["前年", "前回", "比", "増", "減", "倍"];
    if CHANGES.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let is_digit = |c: char| half_width(c).is_ascii_digit();
    let goes_on = |c: char| is_digit(c) || matches!(half_width(c), ',' | '.');
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(start) = text.get(from..).and_then(|rest| Some(from + rest.find(is_digit)?)) {
        let rest = text.get(start..).unwrap_or_default();
        let run = rest.find(|c| !goes_on(c)).and_then(|end| rest.get(..end)).unwrap_or(rest);
        let end = start + run.trim_end_matches(|c| !is_digit(c)).len();
        from = start + run.len();
        let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        if !is_date(before, after) {
            match number(text, start, end) {
                Some(number) => found.push(number),
                // A misprint is none that can be proposed, and then the others may be none either.
                None => return Vec::new(),
            }
        }
    }
    found
}

/// Whether digits between these are those of a year, a month or a day.
fn is_date(before: &str, after: &str) -> bool {
    const ERAS: [&str; 10] = ["明治", "大正", "昭和", "平成", "令和", "M", "T", "S", "H", "R"];
    let era = ERAS.iter().any(|era| before.trim_end().to_uppercase().ends_with(era));
    era || ["年度", "月", "日"].iter().any(|unit| after.trim_start().starts_with(unit))
}

/// The number of which the digits stand from `start` to `end`, with its sign; and with what stands around
/// it, where that makes another number of it: a bound, a great number (千人), a unit of money.
fn number(text: &str, start: usize, end: usize) -> Option<Found> {
    let before = text.get(..start)?.trim_end();
    let unsigned = before.trim_end_matches(['-', '－', '−', '▲', '△']);
    // A hyphen within a code is no sign.
    let is_code = before.ends_with(['-', '－', '−']) && unsigned.ends_with(|c| half_width(c).is_ascii_alphanumeric());
    let start = if before == unsigned || is_code { start } else { unsigned.len() };
    let digits = text.get(start..end)?;
    let plain = Value::parse(digits, Span::default())?.number()?.clone();
    let about = text.get(..start)?.trim_end().strip_suffix('約').map_or(start, str::len);
    let ends = text.get(end..)?.char_indices().map(|(at, c)| end + at + c.len_utf8()).rev();
    let whole = ends.chain([end]).find_map(|end| {
        let whole = text.get(about..end)?;
        let value = Value::parse(whole, Span::default()).filter(|value| value.measured.is_none())?;
        let number = value.number().filter(|number| number.decimal == plain.decimal)?;
        let unit = number.unit.as_deref().unwrap_or_default();
        let counts =
            number.bound != Bound::Exact || unit.starts_with(GREAT) || count_in("円", number.decimal, unit).is_some();
        counts.then(|| (end, quoted(whole.trim_end())))
    });
    let (end, written) = whole.unwrap_or_else(|| (end, literal(digits)));
    Some(Found { start, end, decimal: plain.decimal, written })
}

/// Whether two numbers are said to be the ends of a range.
fn is_range(text: &str, from: &Found, to: &Found) -> bool {
    let between = text.get(from.end..to.start).unwrap_or_default();
    from.decimal <= to.decimal && (between.contains("から") || between.contains(['～', '〜', '~']))
}

/// Digits as a TOML number where they are one, else as a text.
fn literal(digits: &str) -> String {
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = is_digits(whole) && is_digits(fraction) && (whole == "0" || !whole.starts_with('0'));
    // Longer ones are no integers of TOML.
    if is_number && whole.len() <= 18 { digits.to_owned() } else { quoted(digits) }
}

/// A text as a TOML string: `"…"`.
pub fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// The first characters of units that count in great numbers.
const GREAT: [char; 6] = ['十', '百', '千', '万', '億', '兆'];
