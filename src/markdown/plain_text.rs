//! Plain text of Markdown, without markup.

use super::emphasis::MarkedText;
use super::events::events;
use pulldown_cmark::{Event, TagEnd};

/// Plain text of a Markdown text: one line per block, with a space between cells. Footnote numbers are
/// omitted, their content is kept; images contribute their alternative text.
pub(super) fn plain_text(text: &str) -> String {
    let marked = MarkedText::new(text);
    let mut words = String::with_capacity(text.len());
    for (event, _) in events(&marked) {
        add(&mut words, &event);
    }
    words.trim().to_owned()
}

/// Excerpt of a text's plain text on one line, truncated to `longest` characters and `…`.
///
/// Only the beginning is parsed if it is long enough: content after a blank line cannot change the parse of the
/// content before it, except for link definitions (`[label]: …`).
pub fn excerpt(text: &str, longest: usize) -> String {
    let words = |text: &str| plain_text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let beyond = |words: &str| words.char_indices().nth(longest).map(|(at, _)| at);
    let blank = |from: usize| Some(from + text.get(from..)?.find("\n\n")?);
    let beginning = beyond(text).and_then(blank).and_then(|end| text.get(..end));
    let beginning = beginning.filter(|_| !text.contains("]:"));
    let enough = beginning.map(words).filter(|words| beyond(words).is_some());
    let mut first = enough.unwrap_or_else(|| words(text));
    if let Some(end) = beyond(&first) {
        first.truncate(end);
        first.push('…');
    }
    first
}

/// Plain text of inline events: a heading, a cell, the alternative text of an image.
pub(super) fn inline<'e, 't: 'e>(events: impl IntoIterator<Item = &'e Event<'t>>) -> String {
    let mut words = String::new();
    for event in events {
        add(&mut words, event);
    }
    words.trim().to_owned()
}

/// Appends the plain text of an event.
pub(super) fn add(words: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) | Event::Code(text) => words.push_str(text),
        Event::SoftBreak | Event::HardBreak => words.push(' '),
        Event::End(TagEnd::TableCell) if !words.ends_with([' ', '\n']) => words.push(' '),
        Event::Start(tag) if is_block(&tag.to_end()) => begin_line(words),
        Event::End(end) if is_block(end) => begin_line(words),
        _ => {}
    }
}

fn begin_line(words: &mut String) {
    words.truncate(words.trim_end().len());
    if !words.is_empty() {
        words.push('\n');
    }
}

fn is_block(end: &TagEnd) -> bool {
    !matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image | TagEnd::TableCell)
}
