//! Footnotes: numbered in order of reference and listed at the end of the text with links back to their
//! references.
//!
//! Unreferenced footnotes are listed too, so that no content is lost.

use super::events::SpannedEvent;
use super::table::{escaped, html};
use super::{PageIds, RenderOptions};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes<'t> {
    /// Definitions in document order.
    notes: Vec<Note<'t>>,
    /// Index into `notes` by folded label; the first definition of a label wins.
    by_label: HashMap<String, usize>,
    /// Indices into `notes` in order of number.
    numbered: Vec<usize>,
}

#[derive(Default)]
struct Note<'t> {
    content: Vec<Event<'t>>,
    id: String,
    /// Assigned at the first reference, or after all referenced footnotes.
    number: Option<usize>,
    /// Ids of its references.
    references: Vec<String>,
}

impl<'t> Footnotes<'t> {
    /// Separates the footnote definitions from the rest of the events.
    pub(super) fn separate(events: Vec<SpannedEvent<'t>>) -> (Vec<Event<'t>>, Self) {
        let mut footnotes = Self::default();
        let mut body = Vec::with_capacity(events.len());
        // Footnote definitions can be nested.
        let mut open: Vec<usize> = Vec::new();
        for (event, _) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push(footnotes.notes.len());
                    footnotes.by_label.entry(folded(&label)).or_insert(footnotes.notes.len());
                    footnotes.notes.push(Note::default());
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    open.pop();
                }
                event => match open.last().and_then(|note| footnotes.notes.get_mut(*note)) {
                    Some(note) => note.content.push(event),
                    None => body.push(event),
                },
            }
        }
        (body, footnotes)
    }

    /// Renders a reference to a footnote; one without a definition is rendered as text.
    pub(super) fn render_reference(
        &mut self,
        label: &str,
        options: &RenderOptions<'_>,
        ids: &mut PageIds,
    ) -> Event<'t> {
        let Some(&index) = self.by_label.get(&folded(label)) else {
            return Event::Text(format!("[^{label}]").into());
        };
        let number = self.number(index, options, ids);
        let reference = ids.unique(&format!("{}fnref-{number}", options.id_prefix));
        let Some(note) = self.notes.get_mut(index) else { return html("") };
        let link = format!(
            "<sup class=\"footnote\"><a id=\"{}\" href=\"#{}\" aria-label=\"{} {number}\">{number}</a></sup>",
            escaped(&reference),
            escaped(&note.id),
            escaped(options.texts.get("footnote")),
        );
        note.references.push(reference);
        html(link)
    }

    /// Takes the content of the next footnote in order of number, the one after the first `written_count`, to be
    /// rendered for [`Footnotes::list`]. Unreferenced footnotes come last.
    pub(super) fn next(
        &mut self,
        written_count: usize,
        options: &RenderOptions<'_>,
        ids: &mut PageIds,
    ) -> Option<Vec<Event<'t>>> {
        if written_count == self.numbered.len() {
            let unreferenced = self.notes.iter().position(|note| note.number.is_none())?;
            self.number(unreferenced, options, ids);
        }
        let note = self.notes.get_mut(*self.numbered.get(written_count)?)?;
        Some(std::mem::take(&mut note.content))
    }

    /// Renders the list of all footnotes; `written` is their rendered content in order of number.
    pub(super) fn list(self, written: Vec<Vec<Event<'t>>>, options: &RenderOptions<'_>) -> Vec<Event<'t>> {
        if written.is_empty() {
            return Vec::new();
        }
        let name = escaped(options.texts.get("footnotes"));
        let mut list = vec![html(format!("<div class=\"footnotes\" role=\"group\" aria-label=\"{name}\"><ol>\n"))];
        for (index, mut content) in self.numbered.into_iter().zip(written) {
            let Some(note) = self.notes.get(index) else { continue };
            list.push(html(format!("<li id=\"{}\">\n", escaped(&note.id))));
            list.append(&mut content);
            let ends_in_paragraph = matches!(list.last(), Some(Event::End(TagEnd::Paragraph)));
            if ends_in_paragraph {
                list.pop();
            } else {
                list.push(Event::Start(Tag::Paragraph));
            }
            list.push(html(back_links(&note.references, options.texts.get("footnote_back"))));
            list.push(Event::End(TagEnd::Paragraph));
            list.push(html("</li>\n"));
        }
        list.push(html("</ol></div>\n"));
        list
    }

    /// Returns the number of a footnote and assigns the next free one if it has none.
    fn number(&mut self, index: usize, options: &RenderOptions<'_>, ids: &mut PageIds) -> usize {
        let next = self.numbered.len() + 1;
        let Some(note) = self.notes.get_mut(index) else { return next };
        if note.number.is_none() {
            note.id = ids.unique(&format!("{}fn-{next}", options.id_prefix));
            self.numbered.push(index);
        }
        *note.number.get_or_insert(next)
    }
}

fn back_links(references: &[String], name: &str) -> String {
    let mut links = String::new();
    for (number, reference) in (1..).zip(references) {
        let nth = if number == 1 { String::new() } else { number.to_string() };
        let name = format!("{name} {nth}");
        let (reference, name) = (escaped(reference), escaped(name.trim_end()));
        // U+FE0E selects the text form of the arrow; some devices would show an emoji.
        links.push_str(&format!(" <a class=\"back\" href=\"#{reference}\" aria-label=\"{name}\">↩\u{FE0E}{nth}</a>"));
    }
    links
}

/// Folds a label for case-insensitive comparison.
fn folded(label: &str) -> String {
    label.to_lowercase()
}
