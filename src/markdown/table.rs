//! Accessible tables: headings have a `scope`, empty headings are plain cells, and wide tables can be
//! scrolled with the keyboard.
//!
//! If the first column has no heading, its cells are row headings.

use super::{HeadingIds, plain_text};
use crate::texts::InterfaceTexts;
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

/// State of the table being emitted. Start tags are placeholders, filled in once the content is known.
pub(super) struct TableWriter {
    alignments: Vec<Alignment>,
    /// Index in the output of the table's start tag.
    begin: usize,
    /// Index in the output of the current cell's start tag.
    cell: usize,
    /// Ranges in the output of the text of column headings.
    headings: Vec<std::ops::Range<usize>>,
    column: usize,
    in_head: bool,
    rows_have_headings: bool,
}

impl TableWriter {
    pub(super) fn begin(alignments: Vec<Alignment>, out: &mut Vec<Event<'_>>) -> Self {
        out.push(html(""));
        let begin = out.len() - 1;
        Self {
            alignments,
            begin,
            cell: begin,
            headings: Vec::new(),
            column: 0,
            in_head: true,
            rows_have_headings: false,
        }
    }

    /// Emits the markup of a table event; `false` if the event is cell content.
    pub(super) fn write(&mut self, event: &Event<'_>, out: &mut Vec<Event<'_>>) -> bool {
        let markup = match event {
            Event::Start(Tag::TableHead) => "<table><thead>\n<tr>",
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                "</tr>\n</thead><tbody>\n"
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                "<tr>"
            }
            Event::End(TagEnd::TableRow) => "</tr>\n",
            Event::Start(Tag::TableCell) => {
                self.cell = out.len();
                ""
            }
            Event::End(TagEnd::TableCell) => self.end_cell(out),
            _ => return false,
        };
        out.push(html(markup));
        true
    }

    /// Fills in the start tag of the current cell and returns its end tag.
    fn end_cell(&mut self, out: &mut [Event<'_>]) -> &'static str {
        let words = self.cell + 1..out.len();
        let is_empty = words.is_empty();
        if self.in_head && self.column == 0 {
            self.rows_have_headings = is_empty;
        }
        let (tag, end) = match (is_empty, self.in_head) {
            (false, true) => ("th scope=\"col\"", "</th>"),
            (false, false) if self.is_row_heading() => ("th scope=\"row\"", "</th>"),
            _ => ("td", "</td>"),
        };
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        fill(out, self.cell, format!("<{tag}{class}>"));
        if self.in_head {
            self.headings.push(words);
        }
        self.column += 1;
        end
    }

    /// Returns true if the current cell is a row heading.
    pub(super) fn is_row_heading(&self) -> bool {
        !self.in_head && self.rows_have_headings && self.column == 0
    }

    pub(super) fn end(self, out: &mut Vec<Event<'_>>, texts: &InterfaceTexts, ids: &mut HeadingIds) {
        out.push(html("</tbody></table></div>\n"));
        let name = ids.region(&self.name(out, texts));
        fill(
            out,
            self.begin,
            format!("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">", escaped(&name)),
        );
    }

    /// Region name, from the column headings.
    fn name(&self, out: &[Event<'_>], texts: &InterfaceTexts) -> String {
        let headings = self.headings.iter().map(|range| plain_text::inline(out.get(range.clone()).unwrap_or_default()));
        let headings: Vec<String> = headings.filter(|words| !words.is_empty()).collect();
        match headings.as_slice() {
            [] => texts.get("prose_table").to_owned(),
            headings => [texts.get("prose_table_of"), &headings.join(texts.get("separator"))].concat(),
        }
    }
}

/// Event that emits generated markup verbatim.
pub(super) fn html<'t>(markup: impl Into<String>) -> Event<'t> {
    Event::InlineHtml(markup.into().into())
}

/// Escapes a text for an attribute value.
pub(super) fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    // Writing to a `String` does not fail.
    let _ = escape_html(&mut escaped, words);
    escaped
}

fn fill(out: &mut [Event<'_>], place: usize, markup: String) {
    match out.get_mut(place) {
        Some(event) => *event = html(markup),
        None => debug_assert!(false, "table placeholder is missing from the output"),
    }
}
