//! What a text consists of: the parts under its headings, and its links.

use super::emphasis::Marked;
use super::events::events;
use super::words;
use memchr::{memchr, memchr2, memchr3, memmem};
use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::ops::Range;

/// The body of a sheet, split at its headings of level 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What stands before the first heading.
    pub lead: Range<usize>,
    /// What stands under each heading.
    pub sections: Vec<Part>,
}

/// A heading of level 2 and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words of the heading.
    pub title: String,
    /// Where they stand.
    pub title_range: Range<usize>,
    /// What stands under it, up to the next heading of level 2.
    pub body: Range<usize>,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as [`Options::resolve`](super::Options::resolve) is asked for it: as
    /// written, with escapes and entities read, and `mailto:` before a bare address.
    pub destination: String,
    /// Where it stands, brackets included.
    pub range: Range<usize>,
    /// Whether it is an image.
    pub image: bool,
}

/// Splits the body of a sheet at its `## ` headings: of level 2, written with `##` or underlined,
/// and not inside code, lists, quotes or footnotes.
///
/// The parts are texts of their own: a footnote, like the target of a `[reference][]`, is
/// written in the part that uses it.
pub fn split(text: &str) -> Split {
    split_at_lines(text).unwrap_or_else(|| split_whole(text))
}

/// Splits a text in which every line that begins with `## ` is a heading, and no other line can be one.
/// Of it only these lines are parsed. `None` of any other text: code, raw HTML and definitions can hide
/// a heading, and one can be indented or underlined.
pub(super) fn split_at_lines(text: &str) -> Option<Split> {
    let bytes = text.as_bytes();
    let hides = memchr3(b'`', b'~', b'<', bytes).is_some() || memmem::find(bytes, b"]:").is_some();
    if hides || memchr(b'\r', bytes).is_some() {
        return None;
    }
    let mut split = Split { lead: 0..text.len(), sections: Vec::new() };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("## ") {
            let heading = split_whole(line).sections.pop()?;
            split.end_last_at(start);
            split.sections.push(Part {
                title: heading.title,
                title_range: start + heading.title_range.start..start + heading.title_range.end,
                body: start + heading.body.start..text.len(),
            });
        } else if is_doubtful(line.trim()) {
            return None;
        }
        start += line.len();
    }
    Some(split)
}

/// Whether a line could be a heading of level 2, or make one of the line above it.
fn is_doubtful(line: &str) -> bool {
    let underlines = !line.is_empty() && line.bytes().all(|byte| byte == b'-');
    underlines || line.strip_prefix("##").is_some_and(|rest| !rest.starts_with('#'))
}

/// Splits a text by all the rules of Markdown.
pub(super) fn split_whole(text: &str) -> Split {
    let marked = Marked::new(text);
    let mut split = Split { lead: 0..text.len(), sections: Vec::new() };
    let mut depth = 0_usize;
    let mut title: Option<Vec<(Event<'_>, Range<usize>)>> = None;
    for (event, range) in events(&marked) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) if depth == 0 => {
                split.end_last_at(range.start);
                title = Some(Vec::new());
            }
            Event::End(TagEnd::Heading(_)) if let Some(title) = title.take() => {
                split.sections.push(Part::begin(&title, range, text.len()));
            }
            event => {
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if let Some(title) = &mut title {
                    title.push((event, range));
                }
            }
        }
    }
    split
}

impl Split {
    /// Ends what has begun last where the next heading begins.
    fn end_last_at(&mut self, end: usize) {
        match self.sections.last_mut() {
            Some(part) => part.body.end = end,
            None => self.lead.end = end,
        }
    }
}

impl Part {
    /// The part under a heading, for now up to the end of the text.
    fn begin(title: &[(Event<'_>, Range<usize>)], heading: Range<usize>, end: usize) -> Self {
        let title_range = match (title.first(), title.last()) {
            (Some((_, first)), Some((_, last))) => first.start..last.end,
            _ => heading.clone(),
        };
        let title = words::inline(title.iter().map(|(event, _)| event));
        Self { title, title_range, body: heading.end..end }
    }
}

/// All links and images of a text, in order.
pub fn links(text: &str) -> Vec<Link> {
    if memchr2(b'[', b'<', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let marked = Marked::new(text);
    let mut links = Vec::new();
    for (event, range) in events(&marked) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                links.push(Link { destination: destination(link_type, &dest_url), range, image: false });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                links.push(Link { destination: dest_url.into_string(), range, image: true });
            }
            _ => {}
        }
    }
    links
}

/// Where a link leads: an address in `<…>` is written without `mailto:`.
pub(super) fn destination(kind: LinkType, written: &str) -> String {
    match kind {
        LinkType::Email => format!("mailto:{written}"),
        _ => written.to_owned(),
    }
}
