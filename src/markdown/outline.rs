//! What a text consists of: the parts under its headings, and its links.

use super::emphasis::Marked;
use super::events::{events, first_html};
use super::words;
use crate::model::ProseLink;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::ops::Range;

/// The body of a sheet, split at its headings of level 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What stands before the first heading.
    pub lead: Range<usize>,
    /// What stands under each heading.
    pub sections: Vec<HeadedPart>,
}

/// A heading of level 2 and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadedPart {
    /// The words of the heading.
    pub title: String,
    /// Where they stand.
    pub title_range: Range<usize>,
    /// What stands under it, up to the next heading of level 2.
    pub body: Range<usize>,
}

/// Splits the body of a sheet at its `## ` headings: of level 2, written with `##` or underlined,
/// and not inside code, lists, quotes or footnotes.
///
/// The parts are texts of their own: a footnote, like the target of a `[reference][]`, is
/// written in the part that uses it.
pub fn split(text: &str) -> Split {
    let marked = Marked::new(text);
    let events = events(&marked);
    let mut split = Split { lead: 0..text.len(), sections: Vec::new() };
    let mut depth = 0_usize;
    for (place, (event, range)) in events.iter().enumerate() {
        if let Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) = event
            && depth == 0
        {
            let above = split.sections.last_mut().map_or(&mut split.lead, |part| &mut part.body);
            above.end = range.start;
            let is_end = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(_)));
            let words = || events.iter().skip(place + 1).take_while(|(event, _)| !is_end(event));
            let title_range = match (words().next(), words().last()) {
                (Some((_, first)), Some((_, last))) => first.start..last.end,
                _ => range.clone(),
            };
            let title = words::inline(words().map(|(event, _)| event));
            split.sections.push(HeadedPart { title, title_range, body: range.end..text.len() });
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    split
}

/// All links and images of a text, in order.
pub fn links(text: &str) -> Vec<ProseLink> {
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    let marked = Marked::new(text);
    let events = events(&marked);
    let mut links = Vec::new();
    for (place, (event, range)) in events.iter().enumerate() {
        let (destination, image) = match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => (destination(*link_type, dest_url), false),
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url.to_string(), true),
            _ => continue,
        };
        // All that is within has its place within.
        let inside = events.iter().skip(place + 1).take_while(|(_, inside)| inside.start < range.end);
        let words = words::inline(inside.map(|(event, _)| event));
        links.push(ProseLink { destination, range: range.clone(), image, words });
    }
    links
}

/// A file name with blanks that was meant as the destination of a link or an image, and where all of that stands.
/// Markdown ends a destination at a blank, and shows the whole as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// The name.
    pub name: String,
    /// Where link or image stand, brackets included.
    pub range: Range<usize>,
}

/// What was meant as links and images to files with blanks in their names, in order. Whether a name is that of a
/// file, `is_file` knows.
pub fn blanks(text: &str, is_file: impl Fn(&str) -> bool) -> Vec<Blank> {
    if !text.contains("](") {
        return Vec::new();
    }
    let marked = Marked::new(text);
    // Where code stands, and links that are links.
    let mut taken: Vec<Range<usize>> = Vec::new();
    for (event, range) in events(&marked) {
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. })) {
            taken.push(range);
        }
    }
    let mut blanks = Vec::new();
    for (at, _) in text.match_indices("](") {
        if taken.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + 2..).unwrap_or_default());
        let line = after.lines().next().unwrap_or_default();
        // A name may hold brackets: the longest that is one counts.
        let ends = line.match_indices(')').map(|(end, _)| end);
        let name = ends
            .filter_map(|end| line.get(..end))
            .rfind(|name| name.trim().contains([' ', '\t']) && is_file(name.trim()));
        let Some(name) = name else { continue };
        let above = before.rsplit('\n').next().unwrap_or_default();
        let open = above.rfind('[').map_or(at, |open| before.len() - above.len() + open);
        let open = if before.get(..open).is_some_and(|before| before.ends_with('!')) { open - 1 } else { open };
        blanks.push(Blank { name: name.trim().to_owned(), range: open..at + 2 + name.len() + 1 });
    }
    blanks
}

/// Where raw HTML first stands in a text: a tag, a comment.
pub fn raw_html(text: &str) -> Option<Range<usize>> {
    text.find('<')?;
    let marked = Marked::new(text);
    let range = first_html(&marked)?;
    let tag = text.get(range.clone())?;
    let trimmed = tag.trim_start();
    let start = range.start + tag.len() - trimmed.len();
    // Of a block its first tag is enough.
    let end = if trimmed.starts_with("<!--") {
        trimmed.find("-->").map(|end| end + 3)
    } else {
        trimmed.find('>').map(|end| end + 1)
    };
    let end = end.unwrap_or(trimmed.len()).min(trimmed.lines().next().map_or(0, str::len));
    Some(start..start + end)
}

/// Where a link leads: an address in `<…>` is written without `mailto:`.
pub(super) fn destination(kind: LinkType, written: &str) -> String {
    match kind {
        LinkType::Email => format!("mailto:{written}"),
        _ => written.to_owned(),
    }
}
