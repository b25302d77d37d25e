//! Parser events of a text, shared by all files of this module.
//!
//! This file alone defines the dialect: the enabled extensions, raw HTML as text, and the removal of line breaks
//! between Japanese characters.

use super::emphasis::{MarkedText, is_cjk};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// An event and its range in the original text.
pub(super) type SpannedEvent<'t> = (Event<'t>, Range<usize>);

/// Parses a text into events with ranges in the original text.
pub(super) fn events<'t>(marked: &'t MarkedText<'_>) -> Vec<SpannedEvent<'t>> {
    let mut collector = Collector { marked, events: Vec::new(), last: ' ', pending_soft_break: None, html_lines: 0 };
    for (event, range) in Parser::new_ext(marked.text(), options()).into_offset_iter() {
        collector.push(event, marked.original(range.start)..marked.original(range.end));
    }
    collector.events
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES
}

/// Range of the first raw HTML of a text; of a block only its first line.
pub(super) fn first_html(marked: &MarkedText<'_>) -> Option<Range<usize>> {
    let mut events = Parser::new_ext(marked.text(), options()).into_offset_iter();
    let (_, range) = events.find(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)))?;
    Some(marked.original(range.start)..marked.original(range.end))
}

struct Collector<'t, 'm> {
    marked: &'t MarkedText<'m>,
    events: Vec<SpannedEvent<'t>>,
    /// Last character of the text so far.
    last: char,
    /// Index in `events` of a soft break that no text has followed yet.
    pending_soft_break: Option<usize>,
    /// Number of lines read of the current raw HTML block.
    html_lines: usize,
}

impl<'t> Collector<'t, '_> {
    fn push(&mut self, event: Event<'t>, range: Range<usize>) {
        let event = match event {
            Event::Text(text) => return self.push_text(self.strip(text), Event::Text, range),
            Event::InlineHtml(html) => return self.push_text(self.strip(html), Event::Text, range),
            Event::Code(code) => return self.push_text(self.strip(code), Event::Code, range),
            Event::Html(line) => return self.html_line(self.strip(line), range),
            Event::Start(Tag::HtmlBlock) => {
                self.html_lines = 0;
                Event::Start(Tag::Paragraph)
            }
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(tag) => Event::Start(self.tag(tag)),
            Event::FootnoteReference(label) => Event::FootnoteReference(self.strip(label)),
            Event::SoftBreak => {
                self.pending_soft_break = Some(self.events.len());
                Event::SoftBreak
            }
            other => other,
        };
        if matches!(event, Event::End(_)) {
            self.pending_soft_break = None;
        }
        self.events.push((event, range));
    }

    fn strip(&self, text: CowStr<'t>) -> CowStr<'t> {
        self.marked.strip(text)
    }

    fn tag(&self, tag: Tag<'t>) -> Tag<'t> {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: self.strip(dest_url), title: self.strip(title), id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: self.strip(dest_url), title: self.strip(title), id }
            }
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(self.strip(label)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(self.strip(info))),
            other => other,
        }
    }

    /// Pushes text and removes a preceding soft break between Japanese characters.
    fn push_text(&mut self, text: CowStr<'t>, kind: fn(CowStr<'t>) -> Event<'t>, range: Range<usize>) {
        let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return };
        if let Some(index) = self.pending_soft_break.take()
            && is_unspaced(self.last)
            && is_unspaced(first)
        {
            self.events.remove(index);
        }
        self.last = last;
        self.events.push((kind(text), range));
    }

    fn html_line(&mut self, line: CowStr<'t>, range: Range<usize>) {
        if self.html_lines > 0 {
            self.events.push((Event::SoftBreak, range.start..range.start));
        }
        self.html_lines += 1;
        let line = line.trim_end_matches(['\r', '\n']);
        self.events.push((Event::Text(line.to_owned().into()), range));
    }
}

/// Returns true if a character belongs to a CJK script without spaces between words: all but Korean.
fn is_unspaced(char: char) -> bool {
    let korean = matches!(char, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{FFA0}'..='\u{FFDC}');
    is_cjk(char) && !korean
}
