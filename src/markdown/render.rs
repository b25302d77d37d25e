//! Rendering of Markdown to HTML.
//!
//! Events of headings, links, images, tables and footnotes are rewritten; pulldown-cmark renders the
//! result.

use super::emphasis::MarkedText;
use super::events::events;
use super::figure;
use super::footnotes::Footnotes;
use super::structure::destination_of;
use super::table::TableWriter;
use super::{PageState, Passage, RenderOptions, destination, plain_text, ruby};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, TextMergeStream, html};

/// Renders a text to HTML. Texts of one page are rendered in page order with the same `page`.
/// The first passage added to `page` holds the content before the first heading.
pub fn to_html(text: &str, options: &RenderOptions<'_>, page: &mut PageState<'_>) -> String {
    let marked = MarkedText::new(text);
    let events = events(&marked);
    let events = if options.ruby { ruby::annotate(events, text) } else { events };
    let (body, footnotes) = Footnotes::separate(events);
    let mut rewriter =
        Rewriter { options, page, footnotes, enclosing_levels: Vec::new(), links: Vec::new(), image_sizes: None };
    rewriter.begin_passage();
    let mut written = rewriter.rewrite(body);
    let (footnotes, image_sizes) = rewriter.rewrite_footnotes();
    written.extend(footnotes);
    if let Some(sizes) = image_sizes {
        written = figure::render_images(written, &sizes);
    }
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, written.into_iter());
    out
}

struct Rewriter<'o, 'g, 't> {
    options: &'o RenderOptions<'o>,
    page: &'o mut PageState<'g>,
    footnotes: Footnotes<'t>,
    /// Source levels of the headings that enclose the current position.
    enclosing_levels: Vec<HeadingLevel>,
    /// Open links: index of the start tag in the output, `None` if only the text is rendered.
    links: Vec<Option<usize>>,
    /// Sizes of the images so far; `None` if there are no images.
    image_sizes: Option<figure::Sizes>,
}

impl<'t> Rewriter<'_, '_, 't> {
    fn rewrite(&mut self, events: Vec<Event<'t>>) -> Vec<Event<'t>> {
        let mut out = Vec::with_capacity(events.len());
        let mut table: Option<TableWriter> = None;
        let mut heading = 0;
        let mut in_heading_or_code = false;
        let mut events = TextMergeStream::new(events.into_iter());
        while let Some(event) = events.next() {
            self.add_plain(&event);
            match &event {
                Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_)) => in_heading_or_code = true,
                Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock) => in_heading_or_code = false,
                _ => {}
            }
            if table.as_mut().is_some_and(|table| table.write(&event, &mut out)) {
                continue;
            }
            match event {
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    heading = out.len();
                    let level = self.level(level);
                    out.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
                }
                Event::End(TagEnd::Heading(_)) => self.end_heading(heading, &mut out),
                Event::Text(text) => {
                    let is_row_header = table.as_ref().is_some_and(TableWriter::is_row_header);
                    let in_link = self.links.iter().any(Option::is_some);
                    let terms = self.page.terms.as_mut().filter(|_| !in_heading_or_code && !is_row_header && !in_link);
                    match terms {
                        Some(terms) => terms.write(text, &mut out),
                        None => out.push(Event::Text(text)),
                    }
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    self.begin_link(&destination_of(link_type, &dest_url), title, &mut out);
                }
                Event::End(TagEnd::Link) => self.end_link(&mut out),
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let alt_text = alt_text(&mut events);
                    if let Some(passage) = self.passage() {
                        passage.text.push_str(&alt_text);
                        if !title.is_empty() {
                            passage.text.extend([" ", &title]);
                        }
                    }
                    self.image(&dest_url, title, alt_text, &mut out);
                }
                Event::FootnoteReference(label) => {
                    out.push(self.footnotes.render_reference(&label, self.options, &mut self.page.ids));
                }
                Event::Start(Tag::Table(alignments)) => table = Some(TableWriter::begin(alignments, &mut out)),
                Event::End(TagEnd::Table) => {
                    if let Some(table) = table.take() {
                        table.end(&mut out, self.options.texts, &mut self.page.ids);
                    }
                }
                event => out.push(event),
            }
        }
        out
    }

    fn begin_passage(&mut self) {
        if let Some(passages) = &mut self.page.passages {
            passages.push(Passage::default());
        }
    }

    fn passage(&mut self) -> Option<&mut Passage> {
        self.page.passages.as_mut()?.last_mut()
    }

    /// Adds the plain text of an event to the current passage. A heading starts a passage, which gets its
    /// id and title in [`Self::end_heading`].
    fn add_plain(&mut self, event: &Event<'t>) {
        if let Event::Start(Tag::Heading { .. }) = event {
            self.begin_passage();
        }
        if let Some(passage) = self.passage() {
            plain_text::add(&mut passage.text, event);
        }
    }

    /// The list of footnotes, and the sizes of all images.
    fn rewrite_footnotes(mut self) -> (Vec<Event<'t>>, Option<figure::Sizes>) {
        let mut written = Vec::new();
        while let Some(content) = self.footnotes.next(written.len(), self.options, &mut self.page.ids) {
            written.push(self.rewrite(content));
        }
        (self.footnotes.list(written, self.options), self.image_sizes)
    }

    /// Level of a heading on the page: one below that of its parent heading.
    fn level(&mut self, written: HeadingLevel) -> HeadingLevel {
        while self.enclosing_levels.last().is_some_and(|level| *level >= written) {
            self.enclosing_levels.pop();
        }
        let level = usize::from(self.options.top_heading.clamp(2, 6)) + self.enclosing_levels.len();
        self.enclosing_levels.push(written);
        HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
    }

    /// Assigns the id of a heading. An empty heading becomes a paragraph or is removed.
    fn end_heading(&mut self, start: usize, out: &mut Vec<Event<'t>>) {
        let text = plain_text::inline(out.get(start..).unwrap_or_default());
        match out.get_mut(start) {
            Some(Event::Start(Tag::Heading { level, id, .. })) if !text.is_empty() => {
                let anchor = self.page.ids.heading(&text);
                if let Some(passage) = self.passage() {
                    *passage = Passage { heading: Some((anchor.clone(), text)), text: String::new() };
                }
                *id = Some(anchor.into());
                let level = *level;
                out.push(Event::End(TagEnd::Heading(level)));
            }
            Some(heading) => {
                self.enclosing_levels.pop();
                *heading = Event::Start(Tag::Paragraph);
                if out.len() == start + 1 {
                    out.pop();
                } else {
                    out.push(Event::End(TagEnd::Paragraph));
                }
            }
            None => {}
        }
    }

    fn begin_link(&mut self, written: &str, title: CowStr<'t>, out: &mut Vec<Event<'t>>) {
        let inside_another = self.links.iter().any(Option::is_some);
        let resolved = destination::link(written, self.options).filter(|_| !inside_another);
        self.links.push(resolved.is_some().then_some(out.len()));
        if let Some(to) = resolved {
            let (dest_url, title, id) = (to.href.into(), title_of(title, to.title), "".into());
            out.push(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id }));
        }
    }

    /// Ends a link. The text of an empty link is its title; without a title the link is removed.
    fn end_link(&mut self, out: &mut Vec<Event<'t>>) {
        let Some(start) = self.links.pop().flatten() else { return };
        if plain_text::inline(out.get(start..).unwrap_or_default()).is_empty() {
            match out.get_mut(start) {
                Some(Event::Start(Tag::Link { title, .. })) if !title.is_empty() => {
                    let title = std::mem::replace(title, "".into());
                    out.push(Event::Text(title));
                }
                _ => {
                    out.remove(start);
                    return;
                }
            }
        }
        out.push(Event::End(TagEnd::Link));
    }

    fn image(&mut self, written: &str, title: CowStr<'t>, alt_text: String, out: &mut Vec<Event<'t>>) {
        let text = (!alt_text.is_empty()).then(|| Event::Text(alt_text.into()));
        match destination::image(written, self.options) {
            Some(to) => {
                self.image_sizes.get_or_insert_default().extend(to.size.map(|size| (to.href.clone(), size)));
                let (dest_url, title, id) = (to.href.into(), title_of(title, to.title), "".into());
                out.push(Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, title, id }));
                out.extend(text);
                out.push(Event::End(TagEnd::Image));
            }
            None => out.extend(text),
        }
    }
}

/// Title written in the text; defaults to that of the resolved link.
fn title_of<'t>(written: CowStr<'t>, resolved: Option<String>) -> CowStr<'t> {
    if written.is_empty() { resolved.unwrap_or_default().into() } else { written }
}

/// Consumes the events of the current image and returns its alternative text without markup.
fn alt_text<'t>(events: &mut impl Iterator<Item = Event<'t>>) -> String {
    let mut inside = Vec::new();
    let mut depth = 0_usize;
    for event in events {
        match &event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) if depth == 0 => break,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        inside.push(event);
    }
    plain_text::inline(&inside)
}
