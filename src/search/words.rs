//! The words of a page as its readers see them, under the headings where they stand.

use crate::markup::{Piece, Tag, pieces, unescape};
use serde::Serialize;

/// What stands under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Section {
    /// The place on the page that a link can name; none above all such places.
    #[serde(rename = "at", skip_serializing_if = "Option::is_none")]
    pub fragment: Option<String>,
    /// The heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Paragraphs, items and rows, one each.
    pub lines: Vec<String>,
}

/// Whether the words of an element are not those of the page: ways to other pages, controls,
/// and charts, which show the figures of the table beside them; these are long, and passed over.
fn is_apart(name: &str) -> bool {
    matches!(name, "nav" | "svg" | "script" | "style" | "template" | "button" | "form" | "noscript" | "h1")
}

/// Whether an element stands within a line.
#[rustfmt::skip]
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr" | "b" | "bdi" | "cite" | "code" | "data" | "del" | "em" | "i" | "img" | "ins" | "kbd" | "mark"
            | "q" | "rp" | "rt" | "ruby" | "s" | "small" | "span" | "strong" | "time" | "var"
    )
}

/// Whether an element goes on in the line of the element before.
fn is_beside(name: &str) -> bool {
    matches!(name, "td" | "th" | "dd" | "sub" | "sup")
}

/// Whether the id of an element is that of the heading that it begins with.
fn is_around_heading(name: &str) -> bool {
    matches!(name, "section" | "article" | "div")
}

/// The words within `<main>` of a drawn page, but for the name of the page, its `<h1>`.
///
/// A template leaves out an element with `data-unsearched`: words that are the site's and not the
/// report's, or that repeat what other pages say. An element with `data-searched` is read in the
/// words of that attribute in place of its own: 「目標達成状況：遅れている」 where the page shows 「遅れている」.
pub(crate) fn sections(html: &str) -> Vec<Section> {
    let mut page = Page { sections: vec![Section::default()], ..Page::default() };
    let main = html.find("<main").and_then(|start| html.get(start..)).unwrap_or_default();
    let mut pieces = pieces(main);
    let _ = pieces.find(|piece| matches!(piece, Piece::Open(tag) if tag.name == "main"));
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => page.text(text),
            Piece::Open(tag) => {
                page.open(tag);
                if tag.name == "svg" && !tag.is_void() {
                    pieces.skip_to_end_of("svg");
                }
            }
            Piece::Close("main") => break,
            Piece::Close(name) => page.close(name),
        }
    }
    page.end_line();
    page.sections.retain(|section| section.heading.is_some() || !section.lines.is_empty());
    page.sections
}

#[derive(Default)]
struct Page<'h> {
    sections: Vec<Section>,
    /// The line that is being read.
    line: String,
    /// The elements that are open.
    open: Vec<Open<'h>>,
    /// The place of which the next words are.
    fragment: Option<String>,
}

struct Open<'h> {
    name: &'h str,
    /// Whether its words are left out.
    apart: bool,
    /// Whether its words are those of one row or one heading.
    one_line: bool,
}

impl<'h> Page<'h> {
    fn open(&mut self, tag: Tag<'h>) {
        let name = tag.name;
        self.boundary(name);
        if tag.is_void() {
            return;
        }
        let heading = is_heading(name);
        let one_line = heading || name == "tr" || self.is_one_line();
        let (mut apart, mut id, mut words) = (self.is_apart() || is_apart(name), None, None);
        if !apart {
            for (attribute, value) in tag.attributes() {
                match attribute {
                    "hidden" | "data-unsearched" => apart = true,
                    "aria-hidden" => apart |= value == "true",
                    "id" => id = id.or(Some(value)),
                    "data-searched" => words = Some(value),
                    _ => {}
                }
            }
        }
        if let Some(words) = words.filter(|_| !apart) {
            self.text(words);
            apart = true;
        }
        self.open.push(Open { name, apart, one_line });
        if apart {
            return;
        }
        if let Some(id) = id.filter(|_| heading || is_around_heading(name)) {
            self.fragment = Some(unescape(id).into_owned());
        }
        if heading {
            let fragment = self.fragment.clone();
            self.sections.push(Section { fragment, heading: Some(String::new()), lines: Vec::new() });
        }
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        if is_heading(name) && !self.is_apart() {
            let heading = std::mem::take(&mut self.line);
            if let Some(section) = self.sections.last_mut() {
                section.heading = Some(heading.trim_end().to_owned()).filter(|heading| !heading.is_empty());
            }
        }
        self.open.truncate(at);
        match name {
            // What it says follows in the same line.
            "dt" => self.space(),
            _ => self.boundary(name),
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_apart() {
            return;
        }
        let text = unescape(text);
        // Counting is quicker than looking for the first, and most texts have none.
        if text.bytes().filter(u8::is_ascii_whitespace).count() == 0 {
            return self.line.push_str(&text);
        }
        // What is written with spaces and ends of lines is seen with one space.
        for (place, part) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if place > 0 {
                self.space();
            }
            self.line.push_str(part);
        }
    }

    /// Where one block ends and another begins, a line does; within a row or a heading, a word.
    fn boundary(&mut self, name: &str) {
        if is_inline(name) || self.is_apart() {
            return;
        }
        match name {
            "wbr" => {}
            "br" => self.space(),
            _ if is_beside(name) || self.is_one_line() => self.space(),
            _ => self.end_line(),
        }
    }

    fn space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim_end_matches(' ');
        if let Some(section) = self.sections.last_mut().filter(|_| !line.is_empty()) {
            section.lines.push(line.to_owned());
        }
        self.line.clear();
    }

    fn is_apart(&self) -> bool {
        self.open.last().is_some_and(|open| open.apart)
    }

    fn is_one_line(&self) -> bool {
        self.open.last().is_some_and(|open| open.one_line)
    }
}

/// Whether an element is a heading within a page.
fn is_heading(name: &str) -> bool {
    matches!(name, "h2" | "h3" | "h4" | "h5" | "h6")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is read of `<main>`, a line for each: `#place heading`, then the lines.
    fn check(main: &str, expect: &[&str]) {
        let page = format!("<title>x</title><nav>x</nav><main id=\"main\">{main}</main><footer>x</footer>");
        let mut said = Vec::new();
        for section in sections(&page) {
            if section.heading.is_some() || section.fragment.is_some() {
                let place = section.fragment.unwrap_or_default();
                said.push(format!("#{place} {}", section.heading.unwrap_or_default()));
            }
            said.extend(section.lines);
        }
        assert_eq!(said, expect, "{main}");
    }

    #[test]
    fn words_stand_under_their_headings() {
        check(
            "<h1>名前</h1><p>概要</p><h2 id=\"a\">現状</h2><p>一</p><p>二</p><h3>細目</h3><p>三</p>",
            &["概要", "#a 現状", "一", "二", "#a 細目", "三"],
        );
        check("<section id=\"s\"><h2>題</h2>文</section>", &["#s 題", "文"]);
    }

    #[test]
    fn a_row_is_one_line_and_so_is_a_fact() {
        check(
            "<table><caption>値</caption><tr><th>年度</th><td><p>1</p><p>2</p></td></tr><tr><td>3</td></tr></table>",
            &["値", "年度 1 2", "3"],
        );
        check("<dl><div><dt>担当</dt><dd>企画課</dd></div><dt>一</dt><dd>二</dd></dl>", &["担当 企画課", "一 二"]);
        check("<p>一<br>二 \n <b>三</b>四</p><ul><li>五</li></ul>", &["一 二 三四", "五"]);
    }

    #[test]
    fn what_is_not_of_the_report_is_left_out() {
        check(
            "<nav>x</nav><p hidden>x</p><p><i aria-hidden=\"true\">x</i>一</p><svg><text>x</text></svg>\
             <div data-unsearched><h2>x</h2><p>x</p></div><script>x</script><p>二</p>",
            &["一", "二"],
        );
    }

    #[test]
    fn what_has_other_words_for_the_search_is_read_in_these() {
        check(
            "<dl><dt data-unsearched>状況</dt><dd><b>R5</b> <span data-searched=\"状況：&lt;A&gt; 良い\"><svg/><i>A</i></span> 意味</dd></dl>",
            &["R5 状況：<A> 良い 意味"],
        );
        check("<p>一<b data-searched=\"\">二</b>三<b data-searched=\"x\" hidden>四</b></p>", &["一三"]);
        check("<div data-unsearched><b data-searched=\"x\">二</b></div>", &[]);
    }

    #[test]
    fn words_are_what_they_say_and_not_how_they_are_written() {
        check("<p>A&amp;B &lt;b&gt;</p>", &["A&B <b>"]);
        check("<h2 id=\"a&amp;b\"><span>一</span> 二</h2>", &["#a&b 一 二"]);
    }

    #[test]
    fn elements_without_an_end_do_no_harm() {
        check("<ul><li>一<li>二</ul><p>三</b></main>四", &["一", "二", "三"]);
    }

    proptest! {
        #[test]
        fn no_page_is_too_odd(main in "(<(/?(p|h2|td|tr|main|nav|a))[ >]|あ|id=\"|&lt;| ){0,30}") {
            let _ = sections(&format!("<main>{main}"));
        }

        #[test]
        fn every_word_of_a_page_is_read(words in proptest::collection::vec("[ア-ン一-龠a-z0-9]{1,8}", 0..20)) {
            let tags = ["p", "li", "h2", "td", "span", "div"];
            let page: String = words.iter().enumerate().map(|(i, word)| {
                let tag = tags[i % tags.len()];
                format!("<{tag}>{word}</{tag}>")
            }).collect();
            let read = sections(&format!("<main>{page}</main>"));
            let read: String = read.into_iter()
                .flat_map(|section| section.heading.into_iter().chain(section.lines))
                .collect();
            prop_assert_eq!(read.replace(' ', ""), words.concat());
        }
    }
}
