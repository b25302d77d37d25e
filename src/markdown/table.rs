//! Accessible tables: header cells have a `scope`, empty ones are plain cells, and wide tables can be
//! scrolled with the keyboard.
//!
//! If the first column has no header cell, its cells are row headers.

use super::{PageIds, plain_text};
use crate::texts::InterfaceTexts;
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

/// State of the table being emitted. Start tags are placeholders, filled in once the content is known.
pub(super) struct TableWriter {
    alignments: Vec<Alignment>,
    /// Index in the output of the table's start tag.
    start: usize,
    /// Index in the output of the current cell's start tag.
    cell: usize,
    /// Ranges in the output of the text of column headers.
    headers: Vec<std::ops::Range<usize>>,
    column: usize,
    in_head: bool,
    rows_have_headers: bool,
}

impl TableWriter {
    pub(super) fn begin(alignments: Vec<Alignment>, out: &mut Vec<Event<'_>>) -> Self {
        out.push(html(""));
        let start = out.len() - 1;
        Self { alignments, start, cell: start, headers: Vec::new(), column: 0, in_head: true, rows_have_headers: false }
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
        let content = self.cell + 1..out.len();
        let is_empty = content.is_empty();
        if self.in_head && self.column == 0 {
            self.rows_have_headers = is_empty;
        }
        let (tag, end) = match (is_empty, self.in_head) {
            (false, true) => ("th scope=\"col\"", "</th>"),
            (false, false) if self.is_row_header() => ("th scope=\"row\"", "</th>"),
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
            self.headers.push(content);
        }
        self.column += 1;
        end
    }

    /// Returns true if the current cell is a row header.
    pub(super) fn is_row_header(&self) -> bool {
        !self.in_head && self.rows_have_headers && self.column == 0
    }

    pub(super) fn end(self, out: &mut Vec<Event<'_>>, texts: &InterfaceTexts, ids: &mut PageIds) {
        out.push(html("</tbody></table></div>\n"));
        let name = ids.region(&self.name(out, texts));
        fill(
            out,
            self.start,
            format!("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">", escaped(&name)),
        );
    }

    /// Region name, from the column headers.
    fn name(&self, out: &[Event<'_>], texts: &InterfaceTexts) -> String {
        let headers = self.headers.iter().map(|range| plain_text::inline(out.get(range.clone()).unwrap_or_default()));
        let headers: Vec<String> = headers.filter(|text| !text.is_empty()).collect();
        match headers.as_slice() {
            [] => texts.get("prose_table").to_owned(),
            headers => [texts.get("prose_table_of"), &headers.join(texts.get("separator"))].concat(),
        }
    }
}

/// Event that emits generated markup verbatim.
pub(super) fn html<'t>(markup: impl Into<String>) -> Event<'t> {
    Event::InlineHtml(markup.into().into())
}

/// Escapes a text for an attribute value.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a `String` does not fail.
    let _ = escape_html(&mut escaped, text);
    escaped
}

fn fill(out: &mut [Event<'_>], index: usize, markup: String) {
    match out.get_mut(index) {
        Some(event) => *event = html(markup),
        None => debug_assert!(false, "table placeholder is missing from the output"),
    }
}
