//! Common mistakes in TOML, with specific remedies.
//!
//! Authors write TOML like Japanese text or like other formats: full-width characters, `:`, `True`, a comment without
//! `#`, a value without its year. The parser only reports that the line is invalid; the messages here state what to
//! write instead.

use super::toml_error::SyntaxErrorKind;
use crate::diagnostic::{Bilingual, closest, say};
use crate::model::FiscalYear;
use crate::schema::mistaken_keys::intended_key;
use crate::schema::{FileKind, PlacedTable};
use std::ops::Range;

/// Brackets around headings in Japanese documents.
const BRACKETS: [char; 8] = ['【', '】', '［', '］', '〔', '〕', '（', '）'];
/// Words often written instead of `true` and `false`. Misspellings of these two are recognized by similarity.
const BOOLEAN_WORDS: [&str; 6] = ["yes", "no", "on", "off", "はい", "いいえ"];

/// Message and help for the error of `kind` at `range` of a file of this kind, if it is a known common mistake.
pub(super) fn common_mistake(
    toml: &str,
    file: &'static FileKind,
    range: &Range<usize>,
    kind: SyntaxErrorKind,
) -> Option<(Bilingual, Bilingual)> {
    let (before, rest) = (toml.get(..range.start)?, toml.get(range.start..)?);
    let before = before.rsplit('\n').next().unwrap_or_default();
    let rest = rest.lines().next().unwrap_or_default();
    match kind {
        SyntaxErrorKind::DuplicateKey | SyntaxErrorKind::ExtendsValue => without_year(toml, range, kind),
        SyntaxErrorKind::AfterValue => after_value(before, rest),
        SyntaxErrorKind::NoEquals | SyntaxErrorKind::BadKey => {
            in_key(before, rest).or_else(|| japanese_key(toml, file, range.start))
        }
        _ => full_width_space(rest).or_else(|| boolean(rest)).or_else(|| trailing_comment(rest)),
    }
}

/// Location of a key with a value but no year (`target = 3`), if the error of `kind` at `range` is
/// its conflict with years of the same key (`target.R1 = 3`).
pub(super) fn key_without_year(toml: &str, range: &Range<usize>, kind: SyntaxErrorKind) -> Option<Range<usize>> {
    if !matches!(kind, SyntaxErrorKind::DuplicateKey | SyntaxErrorKind::ExtendsValue) {
        return None;
    }
    let key = toml.get(range.clone())?;
    next_year(toml, range.start, key)?;
    let (start, line) = lines_of_table(toml, range.start).into_iter().find(|(_, line)| {
        let after = line.trim_start().strip_prefix(key);
        after.is_some_and(|after| after.trim_start().starts_with('='))
    })?;
    let start = start + line.len() - line.trim_start().len();
    Some(start..start + key.len())
}

fn without_year(toml: &str, range: &Range<usize>, kind: SyntaxErrorKind) -> Option<(Bilingual, Bilingual)> {
    let key_range = key_without_year(toml, range, kind).filter(|key_range| key_range == range)?;
    let key = toml.get(key_range)?;
    let year = next_year(toml, range.start, key)?;
    let value = toml.get(range.end..)?.lines().next()?.split_once('=')?.1.trim();
    let value = match value.strip_prefix('"').and_then(|text| text.split_once('"')) {
        Some((text, _)) => format!("\"{text}\""),
        None => value.split('#').next()?.trim_end().to_owned(),
    };
    Some(no_year(key, &year, &value))
}

/// Message and help for the `value` of `key` without a year, with `year` as the example.
pub(super) fn no_year(key: &str, year: &str, value: &str) -> (Bilingual, Bilingual) {
    (
        say!(ja: "`{key}` に年度がありません", en: "`{key}` has no year"),
        say!(
            ja: "`{key}.{year} = {value}` のように、年度を付けて書いてください",
            en: "add the year, as in `{key}.{year} = {value}`"
        ),
    )
}

/// The year after the latest year under `key` in the table at `at`. An arbitrary year if `end`, the column for the end
/// of the plan, is the only column; `None` if there are neither years nor `end`.
fn next_year(toml: &str, at: usize, key: &str) -> Option<String> {
    let lines = lines_of_table(toml, at);
    let columns = || {
        let columns = lines.iter().filter_map(|(_, line)| line.trim_start().strip_prefix(key)?.strip_prefix('.'));
        columns.filter_map(|column| column.split(['.', '=', ' ']).next())
    };
    let latest = columns().filter_map(FiscalYear::parse).max();
    let latest = latest.or_else(|| columns().any(|column| column == "end").then_some(FiscalYear(2023)))?;
    Some(FiscalYear(latest.0 + 1).short())
}

/// Lines of the table around byte `at`, each with its byte offset.
fn lines_of_table(toml: &str, at: usize) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in toml.split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            if start > at {
                break;
            }
            lines.clear();
        }
        lines.push((start, line));
        start += line.len();
    }
    lines
}

fn in_key(before: &str, rest: &str) -> Option<(Bilingual, Bilingual)> {
    let line = format!("{before}{rest}");
    let line = line.trim();
    if line.starts_with(BRACKETS) {
        let name = line.trim_matches(BRACKETS).trim();
        return Some((
            say!(ja: "「{line}」の括弧が半角の `[ ]` ではありません", en: "the brackets of `{line}` are not `[ ]`"),
            say!(ja: "`[{name}]` と書いてください", en: "write `[{name}]`"),
        ));
    }
    let sign = rest.trim_start().chars().next().filter(|sign| [':', '：', '＝'].contains(sign));
    let key = before.trim();
    if let Some(sign) = sign.filter(|_| !key.is_empty()) {
        return Some((
            say!(ja: "キーのあとに `=` がありません", en: "there is no `=` after the key"),
            say!(
                ja: "`{sign}` ではなく、半角の `=` を書いてください（例: `{key} = \"…\"`）",
                en: "write `=` instead of `{sign}`, as in `{key} = \"…\"`"
            ),
        ));
    }
    full_width_space(rest).or_else(|| year_in_key(before, rest))
}

/// Reports a year in a key that would need quotation marks: `actual.令和5年度`.
fn year_in_key(before: &str, rest: &str) -> Option<(Bilingual, Bilingual)> {
    let delimiters = ['.', '=', ' ', '[', ']'];
    let (front, back) = (before.rsplit(delimiters).next()?, rest.split(delimiters).next()?);
    let written = format!("{front}{back}");
    let year = FiscalYear::parse(&written)?.short();
    Some((
        say!(ja: "「{written}」はキーとして書けません", en: "`{written}` is not a valid key"),
        say!(ja: "`{year}` と書いてください", en: "write `{year}`"),
    ))
}

/// Message and help for a Japanese key, as in `目標値 = 5` or `[予算]`, if the schema maps it to a key.
fn japanese_key(toml: &str, file: &'static FileKind, at: usize) -> Option<(Bilingual, Bilingual)> {
    let lines = lines_of_table(toml, at);
    let (_, line) = lines.iter().rfind(|(start, _)| *start <= at)?;
    let in_header = line.trim_start().starts_with('[');
    let delimiters = |c: char| c.is_whitespace() || "[].=\"".contains(c);
    let key_part = line.split_once('=').map_or(*line, |(key, _)| key);
    let word = key_part.split(delimiters).find(|word| !word.is_ascii())?;
    // The first of these lines is the header of the table, unless the word is in the header itself.
    let header = lines.first().map(|(_, line)| line.trim()).filter(|line| line.starts_with('[') && !in_header);
    let place = header.and_then(|header| file.tables().into_iter().find(|place| place.is_header(header)));
    let table = place.map_or(file.root, |PlacedTable { table, .. }| table);
    let intended = intended_key(word, file, Some(table))?;
    let message = say!(ja: "「{word}」はキーとして書けません", en: "`{word}` is not a valid key");
    Some((message, intended.advice(word, file)))
}

fn after_value(before: &str, rest: &str) -> Option<(Bilingual, Bilingual)> {
    let more = rest.trim();
    if more.is_empty() || more.starts_with('#') {
        return full_width_space(rest);
    }
    let note = more.trim_start_matches(['#', '＃']).trim_start();
    let (ja, en) = match before.trim_end() {
        header if header.trim_start().starts_with('[') && header.ends_with(']') => ("表の見出し", "the table header"),
        value if value.ends_with(['"', '\'', ']', '}']) => ("値", "the value"),
        _ if more.starts_with('＃') => ("値", "the value"),
        _ => return None,
    };
    Some((
        say!(ja: "{ja}のあとに余分な文字「{more}」があります", en: "unexpected `{more}` after {en}"),
        say!(ja: "注釈なら、半角の `#` を付けて `# {note}` と書いてください", en: "if it is a comment, write it after a `#`: `# {note}`"),
    ))
}

fn full_width_space(rest: &str) -> Option<(Bilingual, Bilingual)> {
    rest.starts_with('\u{3000}').then(|| {
        (
            say!(ja: "全角の空白があります", en: "there is a full-width space"),
            say!(ja: "半角の空白に直すか、消してください", en: "write an ASCII space, or remove it"),
        )
    })
}

fn boolean(rest: &str) -> Option<(Bilingual, Bilingual)> {
    let word = rest.split([' ', ',', '}', ']', '#', '\u{3000}']).next().unwrap_or_default();
    let lower = word.to_lowercase();
    let is_boolean = BOOLEAN_WORDS.contains(&lower.as_str()) || closest(&lower, ["true", "false"]).is_some();
    is_boolean.then(|| {
        (
            say!(ja: "「{word}」は `true` でも `false` でもありません", en: "`{word}` is neither `true` nor `false`"),
            say!(
                ja: "`true` か `false` と書いてください（文字列なら `\"{word}\"`）",
                en: "write `true` or `false`, or `\"{word}\"` if it is text"
            ),
        )
    })
}

/// Reports a number followed by text that may be a comment: `3 速報`.
fn trailing_comment(rest: &str) -> Option<(Bilingual, Bilingual)> {
    let written = rest.split('#').next().unwrap_or_default().trim_end();
    let (number, note) = written.split_once([' ', '\u{3000}'])?;
    let note = note.trim();
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_printed = note.starts_with(['(', '（', '[', '［', '"']) || note.is_empty();
    (is_number && !is_printed).then(|| {
        (
            say!(ja: "「{written}」が半角の \" \" で囲まれていません", en: "`{written}` is not in quotation marks"),
            say!(
                ja: "印刷どおりなら `\"{written}\"`、注釈なら `{number} # {note}` と書いてください",
                en: "write `\"{written}\"` if it is printed like this; `{number} # {note}` if it is a comment"
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_the_year_after_the_latest_year() {
        let check = |lines: &str, expected: Option<&str>| {
            let toml = format!("[indicator.a]\n{lines}target = 3\n");
            let at = toml.rfind("target").unwrap();
            assert_eq!(next_year(&toml, at, "target").as_deref(), expected, "{lines}");
        };
        check("target.H30 = 1\n", Some("R1"));
        check("target.H30 = 1\ntarget.end = 2\n", Some("R1"));
        check("target.end = 2\ntarget.R7 = 1\ntarget.H30 = 1\n", Some("R8"));
        check("target.end = 2\n", Some("R6"));
        check("actual.H30 = 1\n", None);
    }
}
