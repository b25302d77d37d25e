//! Diagnostics of TOML syntax errors in the language of content authors.
//!
//! The toml crate recovers from errors and reports all of them, but only in English and in terms of
//! its grammar, and several for one missing bracket. Therefore at most one error per line is kept,
//! and errors that follow from an unclosed list or table are dropped.

use super::common_mistakes::{common_mistake, key_without_year};
use super::toml_error::{SyntaxErrorKind, is_within_brackets};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, SourceId, Span, say};
use crate::schema::FileKind;
use std::ops::Range;

/// Maximum number of errors that are explained per file: the others are mostly consequences of the first.
const MAX_ERRORS: usize = 100;

/// Diagnostics for the `toml_errors` in `toml`, which begins at byte `offset` of the file `source` of this kind.
pub(super) fn errors(
    toml: &str,
    file: &'static FileKind,
    toml_errors: &[toml::de::Error],
    source: SourceId,
    offset: usize,
) -> Vec<Diagnostic> {
    let location = |(i, error): (usize, &toml::de::Error)| {
        let range = error.span().unwrap_or(0..0);
        // Each of these errors is compared with the whole table.
        let kind = || SyntaxErrorKind::from_message(error.message());
        (i <= MAX_ERRORS).then(|| key_without_year(toml, &range, kind())).flatten().unwrap_or(range)
    };
    let locations = toml_errors.iter().enumerate().map(location);
    let messages = toml_errors.iter().map(|error| error.message().trim());
    let mut errors: Vec<(Range<usize>, &str)> = locations.zip(messages).collect();
    errors.sort_by_key(|(range, _)| range.start);
    if let Some(unclosed) = unclosed_bracket(toml, &errors) {
        errors.retain(|(range, _)| range.start < unclosed.0.start);
        errors.push(unclosed);
    }
    let mut last: Option<usize> = None;
    errors.retain(|(range, _)| {
        let last = last.replace(range.start);
        last.is_none_or(|last| toml.get(last..range.start).is_some_and(|between| between.contains('\n')))
    });
    let more = errors.len().saturating_sub(MAX_ERRORS);
    let first_more = errors.get(MAX_ERRORS).map(|(range, _)| range.clone());
    errors.truncate(MAX_ERRORS);
    let span = |range: &Range<usize>| Span::new(source, range.start + offset..range.end + offset);
    let explained = errors.into_iter().map(|(range, detail)| {
        let (message, help) = explain(toml, file, &range, detail);
        Diagnostic::new(Rule::TomlSyntax, span(&range), message).help(help)
    });
    explained.chain(first_more.map(|range| further_errors(more, span(&range)))).collect()
}

/// Reports the errors from `span` on, which are not explained.
fn further_errors(count: usize, span: Span) -> Diagnostic {
    let message = say!(
        ja: "ここから先にも、TOML の書き方の誤りが{count}件あります",
        en: "{count} more syntax errors from this line on"
    );
    let help = say!(ja: "まず、ここまでの誤りを直してください", en: "correct those above first");
    Diagnostic::new(Rule::TomlSyntax, span, message).help(help)
}

/// Location of the innermost unclosed `[` or `{`, with the message of the error for it.
fn unclosed_bracket<'e>(toml: &str, errors: &[(Range<usize>, &'e str)]) -> Option<(Range<usize>, &'e str)> {
    let unclosed = [SyntaxErrorKind::UnclosedList, SyntaxErrorKind::UnclosedTable];
    let (_, detail) = errors.iter().find(|(_, detail)| unclosed.contains(&SyntaxErrorKind::from_message(detail)))?;
    // The first error within brackets comes after the unclosed bracket; brackets in between are balanced.
    let (first, _) = errors.iter().find(|(_, detail)| is_within_brackets(detail))?;
    let before = toml.get(..first.start)?;
    let mut depth = 0_usize;
    let open = before.char_indices().rev().find(|(_, c)| match c {
        ']' | '}' => {
            depth += 1;
            false
        }
        '[' | '{' if depth == 0 => true,
        '[' | '{' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    // A bracket within a text may close the unclosed one here.
    let range = open.map_or_else(|| first.clone(), |(at, _)| at..at + 1);
    Some((range, detail))
}

/// Message and help for an error in plain language. `detail` is the message of the toml crate.
fn explain(toml: &str, file: &'static FileKind, range: &Range<usize>, detail: &str) -> (Bilingual, Bilingual) {
    let kind = SyntaxErrorKind::from_message(detail);
    if let Some(known) = common_mistake(toml, file, range, kind) {
        return known;
    }
    let written = toml.get(range.clone()).unwrap_or_default();
    let line_rest = toml.get(range.start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let bare = written.trim_matches(['“', '”', '"', '「', '」', '＂', '\'']);
    match kind {
        SyntaxErrorKind::Unquoted if written.is_empty() => (
            say!(ja: "`=` のあとに値がありません", en: "there is no value after `=`"),
            say!(ja: "値を書くか、行を消してください", en: "write a value, or remove the line"),
        ),
        SyntaxErrorKind::Unquoted => (
            say!(ja: "「{written}」が半角の \" \" で囲まれていません", en: "`{written}` is not in quotation marks"),
            say!(ja: "`\"{bare}\"` と書いてください", en: "write `\"{bare}\"`"),
        ),
        SyntaxErrorKind::UnclosedString => (
            say!(ja: "文字列を閉じる引用符がありません", en: "the text has no closing quotation mark"),
            say!(ja: "この行の終わりに引用符を書き足してください", en: "add the closing quotation mark at the end of this line"),
        ),
        SyntaxErrorKind::UnclosedMultilineString => (
            say!(ja: "`\"\"\"` で始まる文字列が閉じられていません", en: "the text that begins with `\"\"\"` is never closed"),
            say!(ja: "文字列の終わりに、もう一度 `\"\"\"` を書いてください", en: "write another `\"\"\"` at the end of the text"),
        ),
        SyntaxErrorKind::NoEquals => (
            say!(ja: "キーのあとに `=` がありません", en: "there is no `=` after the key"),
            say!(ja: "`キー = 値` の形で書いてください", en: "write `key = value`"),
        ),
        SyntaxErrorKind::BadKey => (
            say!(ja: "「{written}」はキーとして書けません", en: "`{written}` is not a valid key"),
            say!(ja: "キーは半角の英数字で書いてください（例: `name`、`R5`）", en: "write keys in ASCII letters and digits, like `name` or `R5`"),
        ),
        SyntaxErrorKind::AfterValue => (
            say!(ja: "値のあとに余分な文字「{line_rest}」があります", en: "unexpected `{line_rest}` after the value"),
            say!(ja: "値の全体を \" \" で囲んでください（例: `\"1,234\"`）", en: "put the whole value in quotation marks, like `\"1,234\"`"),
        ),
        SyntaxErrorKind::InvalidScalar => (
            say!(ja: "数として読めません", en: "this cannot be read as a number"),
            say!(ja: "印刷どおりに書くときは \" \" で囲んでください（例: `\"16.0%\"`）", en: "put a printed value in quotation marks, like `\"16.0%\"`"),
        ),
        SyntaxErrorKind::DuplicateKey => (
            say!(ja: "`{written}` が同じ表に二度書かれています", en: "duplicate key `{written}` in this table"),
            say!(ja: "一つにまとめてください", en: "keep one of them"),
        ),
        SyntaxErrorKind::ExtendsValue => (
            say!(ja: "`{written}` にはすでに値があり、その下にキーを書けません", en: "`{written}` already has a value and cannot have keys below it"),
            say!(ja: "`{written}` の値と、`{written}.…` の行の、どちらか一方にしてください", en: "keep either the value of `{written}` or the lines with `{written}.…`"),
        ),
        SyntaxErrorKind::UnclosedHeader => (
            say!(ja: "表の見出しの `]` が足りません", en: "the table header has no closing `]`"),
            say!(ja: "`[money]` や `[[indicator]]` のように、開いた数だけ閉じてください", en: "close every bracket, as in `[money]` or `[[indicator]]`"),
        ),
        SyntaxErrorKind::UnclosedList => (
            say!(ja: "`[` で始まるリストが閉じられていません", en: "the list that begins with `[` is never closed"),
            say!(ja: "リストの終わりに `]` を書いてください", en: "write `]` at the end of the list"),
        ),
        SyntaxErrorKind::UnclosedTable => (
            say!(ja: "`{{` で始まる表が閉じられていません", en: "the table that begins with `{{` is never closed"),
            say!(ja: "表の終わりに `}}` を書いてください", en: "write `}}` at the end of the table"),
        ),
        SyntaxErrorKind::MissingComma => (
            say!(ja: "値と値の間に `,` がありません", en: "there is no `,` between the values"),
            say!(ja: "半角の `,` で区切ってください", en: "separate them with `,`"),
        ),
        SyntaxErrorKind::Escape => (
            say!(ja: "\" \" の中の `\\` のあとが正しくありません", en: "invalid escape sequence after `\\` within \" \""),
            say!(ja: "`\\` そのものを書くときは `\\\\` と二つ書いてください", en: "write `\\\\` for a literal `\\`"),
        ),
        SyntaxErrorKind::Other => (
            say!(ja: "TOML の書き方が正しくありません（{detail}）", en: "this is not valid TOML ({detail})"),
            say!(ja: "`キー = 値` の形で、文字は \" \" で囲んで書いてください", en: "write `key = value`, with texts in quotation marks"),
        ),
    }
}
