//! The words alone, without what Markdown says of them.

use super::emphasis::Marked;
use super::events::events;
use pulldown_cmark::{Event, TagEnd};

/// The words of a text: one line for each block, a space between cells. Numbers of footnotes are
/// left out, their words are not; an image is its description.
pub(super) fn plain_text(text: &str) -> String {
    let marked = Marked::new(text);
    let mut words = String::with_capacity(text.len());
    for (event, _) in events(&marked) {
        add(&mut words, &event);
    }
    words.trim().to_owned()
}

/// The first words of a text, all in one line: of more than `longest` characters these, and `…`.
///
/// Only the beginning is read where it holds enough words. What follows a blank line cannot change what
/// stands before it, except where it tells what a bracket means (`[label]: …`).
pub fn first_words(text: &str, longest: usize) -> String {
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

/// The words of some inline events: of a heading, a cell, the description of an image.
pub(super) fn inline<'e, 't: 'e>(events: impl IntoIterator<Item = &'e Event<'t>>) -> String {
    let mut words = String::new();
    for event in events {
        add(&mut words, event);
    }
    words.trim().to_owned()
}

/// Adds an event to the words before it.
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
