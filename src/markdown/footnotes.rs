//! Footnotes: numbered in the order in which the text refers to them, listed at its end, each
//! with links back to where it is referred to.
//!
//! A footnote that nothing refers to is listed too, so that no words are lost.

use super::events::Placed;
use super::table::{escaped, html};
use super::{HeadingIds, Options};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes<'t> {
    /// In the order in which they are written down.
    notes: Vec<Note<'t>>,
    /// Their places in `notes`; of two with one label, the first counts.
    by_label: HashMap<String, usize>,
    /// Their places in `notes`, in the order of their numbers.
    numbered: Vec<usize>,
}

#[derive(Default)]
struct Note<'t> {
    words: Vec<Event<'t>>,
    id: String,
    /// Its number, once something refers to it or everything else is numbered.
    number: Option<usize>,
    /// The ids of the references to it.
    references: Vec<String>,
}

impl<'t> Footnotes<'t> {
    /// Takes the footnotes out of a text.
    pub(super) fn separate(events: Vec<Placed<'t>>) -> (Vec<Event<'t>>, Self) {
        let mut footnotes = Self::default();
        let mut body = Vec::with_capacity(events.len());
        // Footnotes can stand in footnotes.
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
                    Some(note) => note.words.push(event),
                    None => body.push(event),
                },
            }
        }
        (body, footnotes)
    }

    /// The link from the text to a footnote.
    pub(super) fn refer(&mut self, label: &str, options: &Options<'_>, ids: &mut HeadingIds) -> Event<'t> {
        let Some(&place) = self.by_label.get(&folded(label)) else {
            return Event::Text(format!("[^{label}]").into());
        };
        let number = self.number(place, options, ids);
        let reference = ids.unique(&format!("{}fnref-{number}", options.id_prefix));
        let Some(note) = self.notes.get_mut(place) else { return html("") };
        let link = format!(
            "<sup class=\"footnote\"><a id=\"{}\" href=\"#{}\" aria-label=\"{} {number}\">{number}</a></sup>",
            escaped(&reference),
            escaped(&note.id),
            escaped(options.texts.get("footnote")),
        );
        note.references.push(reference);
        html(link)
    }

    /// The words of the footnote in order after the `written` first ones, to be written for [`Footnotes::list`].
    pub(super) fn next(
        &mut self,
        written: usize,
        options: &Options<'_>,
        ids: &mut HeadingIds,
    ) -> Option<Vec<Event<'t>>> {
        if written == self.numbered.len() {
            let unreferenced = self.notes.iter().position(|note| note.number.is_none())?;
            self.number(unreferenced, options, ids);
        }
        let note = self.notes.get_mut(*self.numbered.get(written)?)?;
        Some(std::mem::take(&mut note.words))
    }

    /// The list of all footnotes, whose words are `written` in order.
    pub(super) fn list(self, written: Vec<Vec<Event<'t>>>, options: &Options<'_>) -> Vec<Event<'t>> {
        if written.is_empty() {
            return Vec::new();
        }
        let name = escaped(options.texts.get("footnotes"));
        let mut list = vec![html(format!("<div class=\"footnotes\" role=\"group\" aria-label=\"{name}\"><ol>\n"))];
        for (place, mut words) in self.numbered.into_iter().zip(written) {
            let Some(note) = self.notes.get(place) else { continue };
            list.push(html(format!("<li id=\"{}\">\n", escaped(&note.id))));
            list.append(&mut words);
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

    /// The number of a footnote, the next one if it has none yet.
    fn number(&mut self, place: usize, options: &Options<'_>, ids: &mut HeadingIds) -> usize {
        let next = self.numbered.len() + 1;
        let Some(note) = self.notes.get_mut(place) else { return next };
        if note.number.is_none() {
            note.id = ids.unique(&format!("{}fn-{next}", options.id_prefix));
            self.numbered.push(place);
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
        // With the selector for text, or some devices draw an emoji.
        links.push_str(&format!(" <a class=\"back\" href=\"#{reference}\" aria-label=\"{name}\">↩\u{FE0E}{nth}</a>"));
    }
    links
}

/// Labels are compared without regard to case.
fn folded(label: &str) -> String {
    label.to_lowercase()
}
