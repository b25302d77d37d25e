//! Plain text of Markdown, without markup.

use super::emphasis::MarkedText;
use super::events::events;
use pulldown_cmark::{Event, TagEnd};

/// Plain text of a Markdown text: one line per block, with a space between cells. Footnote numbers are
/// omitted, their content is kept; images contribute their alternative text.
pub(super) fn plain_text(text: &str) -> String {
    let marked = MarkedText::new(text);
    let mut plain = String::with_capacity(text.len());
    for (event, _) in events(&marked) {
        add(&mut plain, &event);
    }
    plain.trim().to_owned()
}

/// Excerpt of a text's plain text on one line, truncated to `max_chars` characters and `…`.
///
/// Only the beginning is parsed if it is long enough: content after a blank line cannot change the parse of the
/// content before it, except for link definitions (`[label]: …`).
pub fn excerpt(text: &str, max_chars: usize) -> String {
    let on_one_line = |text: &str| plain_text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let offset_of_limit = |text: &str| text.char_indices().nth(max_chars).map(|(offset, _)| offset);
    let next_blank_line = |from: usize| Some(from + text.get(from..)?.find("\n\n")?);
    let beginning = offset_of_limit(text).and_then(next_blank_line).and_then(|end| text.get(..end));
    let beginning = beginning.filter(|_| !text.contains("]:"));
    let long_enough = beginning.map(on_one_line).filter(|plain| offset_of_limit(plain).is_some());
    let mut excerpt = long_enough.unwrap_or_else(|| on_one_line(text));
    if let Some(end) = offset_of_limit(&excerpt) {
        excerpt.truncate(end);
        excerpt.push('…');
    }
    excerpt
}

/// First sentence of a text's plain text: the beginning of its first block up to the first `。` outside brackets, truncated
/// to `max_chars` characters and `…`. `None` if the text is empty.
pub fn first_sentence(text: &str, max_chars: usize) -> Option<String> {
    let plain = plain_text(text);
    let line = plain.lines().next()?;
    let mut depth = 0_usize;
    let end = line.char_indices().find_map(|(at, char)| {
        match char {
            '「' | '『' | '（' | '(' => depth += 1,
            '」' | '』' | '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (char == '。' && depth == 0).then_some(at + char.len_utf8())
    });
    let mut sentence = line.get(..end.unwrap_or(line.len()))?.to_owned();
    if let Some((offset, _)) = sentence.char_indices().nth(max_chars) {
        sentence.truncate(offset);
        sentence.push('…');
    }
    (!sentence.is_empty()).then_some(sentence)
}

/// Plain text of inline events: a heading, a cell, the alternative text of an image.
pub(super) fn inline<'e, 't: 'e>(events: impl IntoIterator<Item = &'e Event<'t>>) -> String {
    let mut plain = String::new();
    for event in events {
        add(&mut plain, event);
    }
    plain.trim().to_owned()
}

/// Appends the plain text of an event.
pub(super) fn add(plain: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) | Event::Code(text) => plain.push_str(text),
        Event::SoftBreak | Event::HardBreak => plain.push(' '),
        Event::End(TagEnd::TableCell) if !plain.ends_with([' ', '\n']) => plain.push(' '),
        Event::Start(tag) if is_block(&tag.to_end()) => begin_line(plain),
        Event::End(end) if is_block(end) => begin_line(plain),
        _ => {}
    }
}

fn begin_line(plain: &mut String) {
    plain.truncate(plain.trim_end().len());
    if !plain.is_empty() {
        plain.push('\n');
    }
}

/// Returns true if an element is a block, which begins a line.
pub(super) fn is_block(end: &TagEnd) -> bool {
    !matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image | TagEnd::TableCell)
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_first_sentence_ends_outside_brackets() {
        let sentence = |text: &str| first_sentence(text, 20);
        assert_eq!(sentence("").as_deref(), None);
        assert_eq!(sentence("- 届かなかった。課題だ。\n- 次").as_deref(), Some("届かなかった。"));
        assert_eq!(
            sentence("「だめだ。」と**言われた**（残念。）。次").as_deref(),
            Some("「だめだ。」と言われた（残念。）。")
        );
        assert_eq!(sentence("句点のない文\n\n次の段落。").as_deref(), Some("句点のない文"));
        assert_eq!(
            sentence("一二三四五六七八九十一二三四五六七八九十一。").as_deref(),
            Some("一二三四五六七八九十一二三四五六七八九十…")
        );
        assert_eq!(sentence("閉じない（括弧。次").as_deref(), Some("閉じない（括弧。次"));
    }
}
