//! Images: one that is a paragraph of its own becomes a figure, captioned with its title.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};
use std::collections::BTreeMap;

/// Widths and heights of images in pixels, by URL.
pub(super) type Sizes = BTreeMap<String, (u32, u32)>;

/// Renders the images in `events` with their sizes, so that the text around them does not move while they load.
pub(super) fn render_images<'t>(events: Vec<Event<'t>>, sizes: &Sizes) -> Vec<Event<'t>> {
    let mut out: Vec<Event<'t>> = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        let Event::Start(Tag::Image { dest_url, title, .. }) = event else {
            out.push(event);
            continue;
        };
        let mut alt_text = String::new();
        for event in events.by_ref() {
            match event {
                Event::Text(text) => alt_text.push_str(&text),
                Event::End(TagEnd::Image) => break,
                _ => {}
            }
        }
        let is_alone = matches!(out.last(), Some(Event::Start(Tag::Paragraph)))
            && events.next_if_eq(&Event::End(TagEnd::Paragraph)).is_some();
        let size = sizes.get(&*dest_url).copied();
        if is_alone {
            out.pop();
            out.push(Event::Html(figure(&dest_url, &alt_text, &title, size).into()));
        } else {
            out.push(Event::InlineHtml(image(&dest_url, &alt_text, &title, size).into()));
        }
    }
    out
}

fn figure(url: &str, alt_text: &str, caption: &CowStr<'_>, size: Option<(u32, u32)>) -> String {
    let image = image(url, alt_text, "", size);
    if caption.is_empty() {
        return format!("<figure>{image}</figure>\n");
    }
    format!("<figure>{image}<figcaption>{}</figcaption></figure>\n", escaped(caption))
}

fn image(url: &str, alt_text: &str, title: &str, size: Option<(u32, u32)>) -> String {
    let mut href = String::with_capacity(url.len());
    let written = escape_href(&mut href, url);
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
    let size = size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\"")).unwrap_or_default();
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
    format!("<img src=\"{href}\" alt=\"{}\"{title}{size} loading=\"lazy\" />", escaped(alt_text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let written = escape_html(&mut out, text);
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
    out
}
