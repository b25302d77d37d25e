//! Text of several lines as it is entered in a cell, and as Markdown.
//!
//! Officers enter plain text: every line break counts, and characters such as `*` have no meaning. A text of the draft
//! that uses Markdown is shown and read as Markdown.

use std::borrow::Cow;

/// Notation of the text of a section in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// Plain text.
    Plain,
    /// Markdown, because the text of the draft cannot be written otherwise.
    Markdown,
}

/// The text of a section as it is shown in a form, with its notation.
pub(super) fn shown(markdown: &str) -> (Cow<'_, str>, Notation) {
    let plain = unescaped(markdown);
    if to_markdown(&plain) == markdown {
        (plain.into(), Notation::Plain)
    } else {
        (markdown.into(), Notation::Markdown)
    }
}

/// Plain text as Markdown that renders as the same lines and characters.
pub(super) fn to_markdown(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    let mut lines = text.trim_matches('\n').lines().map(str::trim_ascii).peekable();
    while let Some(line) = lines.next() {
        escape_line(line, &mut markdown);
        if let Some(next) = lines.peek() {
            // A line break within a paragraph is a hard one; blank lines separate paragraphs.
            markdown.push_str(if line.is_empty() || next.is_empty() { "\n" } else { "\\\n" });
        }
    }
    markdown
}

/// Escapes the characters of a line that Markdown would interpret.
fn escape_line(line: &str, markdown: &mut String) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (index, c) in line.char_indices() {
        let is_marker = index == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | ':');
        let is_list_number = index == digits && digits > 0 && matches!(c, '.' | ')');
        if is_marker || is_list_number || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|') {
            markdown.push('\\');
        }
        markdown.push(c);
    }
}

/// The text with its escapes removed, as the inverse of [`to_markdown`] where there is one.
fn unescaped(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => text.extend(rest.next()),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(plain: &str, markdown: &str) {
        assert_eq!(to_markdown(plain), markdown);
        assert_eq!(shown(markdown), (plain.into(), Notation::Plain));
    }

    #[test]
    fn line_breaks_are_kept() {
        check("一行目\n二行目\n\n別の段落", "一行目\\\n二行目\n\n別の段落");
        check("・一\n・二", "・一\\\n・二");
    }

    #[test]
    fn characters_of_markdown_are_escaped() {
        check("# 見出しではない", "\\# 見出しではない");
        check("1. 一つ目 *強調* [a](b)", "1\\. 一つ目 \\*強調\\* \\[a\\](b)");
        check("2024年度は-5%", "2024年度は-5%");
        check("- 箇条書きではない", "\\- 箇条書きではない");
    }

    #[test]
    fn other_markdown_is_shown_as_it_is() {
        for markdown in ["**強調**", "- 一\n- 二", "一行目\n続き", "[資料](https://example.jp/)"] {
            assert_eq!(shown(markdown), (markdown.into(), Notation::Markdown));
        }
    }

    proptest! {
        #[test]
        fn plain_text_renders_as_its_lines(lines in proptest::collection::vec("[!-~あいう、（）　 ]{0,12}", 1..5)) {
            let lines: Vec<&str> = lines.iter().map(|line| line.trim_ascii()).collect();
            let text = lines.join("\n");
            let markdown = to_markdown(&text);
            let mut rendered = String::new();
            for event in pulldown_cmark::Parser::new(&markdown) {
                match event {
                    pulldown_cmark::Event::Text(part) => rendered.push_str(&part),
                    pulldown_cmark::Event::HardBreak => rendered.push('\n'),
                    pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph) if !rendered.is_empty() => rendered.push('\n'),
                    pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph)
                    | pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Paragraph) => {}
                    other => prop_assert!(false, "{markdown:?}: {other:?}"),
                }
            }
            let expected: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
            prop_assert_eq!(rendered, expected.join("\n"), "{:?}", markdown);
        }
    }
}
