//! Structure of a text: sections, links, raw HTML.

use super::emphasis::MarkedText;
use super::events::{events, first_html};
use super::plain_text;
use crate::model::ProseLink;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::ops::Range;

/// The body of a sheet, split at its headings of level 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Content before the first heading.
    pub lead: Range<usize>,
    /// Sections in document order.
    pub sections: Vec<SplitSection>,
}

/// A heading of level 2 and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitSection {
    /// Plain text of the heading.
    pub title: String,
    /// Range of the heading's text.
    pub title_range: Range<usize>,
    /// Content up to the next heading of level 2.
    pub body: Range<usize>,
}

/// Splits the body of a sheet at its headings of level 2, ATX (`##`) or setext (underlined), except those
/// inside code, lists, block quotes or footnotes.
///
/// Each part is rendered separately: footnote definitions and targets of `[reference][]` links must be in
/// the part that uses them.
pub fn split(text: &str) -> Split {
    let marked = MarkedText::new(text);
    let events = events(&marked);
    let mut split = Split { lead: 0..text.len(), sections: Vec::new() };
    let mut depth = 0_usize;
    for (i, (event, range)) in events.iter().enumerate() {
        if let Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) = event
            && depth == 0
        {
            let previous = split.sections.last_mut().map_or(&mut split.lead, |part| &mut part.body);
            previous.end = range.start;
            let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(_)));
            let content = || events.iter().skip(i + 1).take_while(|(event, _)| !is_end(event));
            let title_range = match (content().next(), content().last()) {
                (Some((_, first)), Some((_, last))) => first.start..last.end,
                _ => range.clone(),
            };
            let title = plain_text::inline(content().map(|(event, _)| event));
            split.sections.push(SplitSection { title, title_range, body: range.end..text.len() });
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    split
}

/// Ranges of the code blocks of a text, in order: fenced with their fences, or indented.
pub fn code_blocks(text: &str) -> Vec<Range<usize>> {
    if !["```", "~~~", "    ", "\t"].iter().any(|mark| text.contains(mark)) {
        return Vec::new();
    }
    let marked = MarkedText::new(text);
    let blocks = events(&marked).into_iter().filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))));
    blocks.map(|(_, range)| range).collect()
}

/// All links and images of a text, in order.
pub fn links(text: &str) -> Vec<ProseLink> {
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    let marked = MarkedText::new(text);
    let events = events(&marked);
    let mut links = Vec::new();
    for (i, (event, range)) in events.iter().enumerate() {
        let (destination, image) = match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => (destination_of(*link_type, dest_url), false),
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url.to_string(), true),
            _ => continue,
        };
        // Nested events have ranges within that of the link.
        let inside = events.iter().skip(i + 1).take_while(|(_, inside)| inside.start < range.end);
        let text = plain_text::inline(inside.map(|(event, _)| event));
        links.push(ProseLink { destination, range: range.clone(), image, text });
    }
    links
}

/// A link or image whose destination is a file name with unescaped spaces. Markdown ends a destination at a space
/// and renders the construct as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnescapedLink {
    /// File name.
    pub name: String,
    /// Range of the whole link or image, including its brackets.
    pub range: Range<usize>,
}

/// Finds links and images to file names with unescaped spaces, in document order. `is_file` returns
/// true for the name of an existing file.
pub fn unescaped_links(text: &str, is_file: impl Fn(&str) -> bool) -> Vec<UnescapedLink> {
    if !text.contains("](") {
        return Vec::new();
    }
    let marked = MarkedText::new(text);
    // Ranges of code and of valid links.
    let mut excluded: Vec<Range<usize>> = Vec::new();
    for (event, range) in events(&marked) {
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. })) {
            excluded.push(range);
        }
    }
    let mut unescaped_links = Vec::new();
    for (offset, _) in text.match_indices("](") {
        if excluded.iter().any(|range| range.contains(&offset)) {
            continue;
        }
        let (before, after) = (text.get(..offset).unwrap_or_default(), text.get(offset + 2..).unwrap_or_default());
        let line = after.lines().next().unwrap_or_default();
        // A name may contain brackets, so the longest candidate that is a file is used.
        let ends = line.match_indices(')').map(|(end, _)| end);
        let name = ends
            .filter_map(|end| line.get(..end))
            .rfind(|name| name.trim().contains([' ', '\t']) && is_file(name.trim()));
        let Some(name) = name else { continue };
        let line_start = before.rsplit('\n').next().unwrap_or_default();
        let open = line_start.rfind('[').map_or(offset, |open| before.len() - line_start.len() + open);
        let open = if before.get(..open).is_some_and(|before| before.ends_with('!')) { open - 1 } else { open };
        unescaped_links.push(UnescapedLink { name: name.trim().to_owned(), range: open..offset + 2 + name.len() + 1 });
    }
    unescaped_links
}

/// Range of the first raw HTML tag or comment of a text.
pub fn raw_html(text: &str) -> Option<Range<usize>> {
    text.find('<')?;
    let marked = MarkedText::new(text);
    let range = first_html(&marked)?;
    let tag = text.get(range.clone())?;
    let trimmed = tag.trim_start();
    let start = range.start + tag.len() - trimmed.len();
    // An HTML block is reported by its first tag.
    let end = if trimmed.starts_with("<!--") {
        trimmed.find("-->").map(|end| end + 3)
    } else {
        trimmed.find('>').map(|end| end + 1)
    };
    let end = end.unwrap_or(trimmed.len()).min(trimmed.lines().next().map_or(0, str::len));
    Some(start..start + end)
}

/// Destination of a link. Mail addresses in `<…>` are written without `mailto:`.
pub(super) fn destination_of(kind: LinkType, written: &str) -> String {
    match kind {
        LinkType::Email => format!("mailto:{written}"),
        _ => written.to_owned(),
    }
}
