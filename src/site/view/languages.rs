//! Words in another language than the theme's, marked with `lang`.
//!
//! Templates mix the theme's words with those of the content, often in one sentence: `What
//! 検証シート says`. Around Japanese content the theme may speak English; then a voice that
//! reads aloud must change between the two within the sentence. Japanese is known by its
//! letters, whoever wrote them: so marking works on the page as it is drawn, and a site's
//! own templates need not think of it.

use crate::markup::{Tag, is_void, name_of, tag_end};
use memchr::memchr;

/// The language that is known by its letters.
const JAPANESE: &str = "ja";
/// Languages that share letters with it: what stands in them is left as it is.
const ALIKE: [&str; 3] = ["ja", "zh", "ko"];
/// Elements that hold text and no elements.
const TEXT_ONLY: [&str; 6] = ["title", "option", "textarea", "text", "tspan", "desc"];

/// `html`, a whole page, with `lang="ja"` at all Japanese that stands in another language.
pub(super) fn mark(html: &str) -> String {
    let mut page = Page { out: String::with_capacity(html.len() + html.len() / 8), ..Page::default() };
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let (text, tag) = rest.split_at(at);
        page.text(text, tag);
        let (tag, after) = tag.split_at(tag_end(tag));
        page.tag(tag);
        rest = after;
        if let Some(raw) = ["script", "style"].into_iter().find(|raw| name_of(tag) == *raw && !tag.starts_with("</")) {
            let (text, after) = rest.split_at(rest.find(&format!("</{raw}")).unwrap_or(rest.len()));
            page.out.push_str(text);
            rest = after;
        }
    }
    page.out.push_str(rest);
    page.out
}

/// One page while it is being marked.
#[derive(Default)]
struct Page<'h> {
    out: String,
    /// The open elements.
    open: Vec<Element<'h>>,
    /// Where the last start tag ends in `out`, while nothing has followed it.
    just_opened: Option<usize>,
}

struct Element<'h> {
    name: &'h str,
    /// Whether Japanese within it is to be marked.
    foreign: bool,
    within_svg: bool,
}

impl<'h> Page<'h> {
    fn tag(&mut self, tag: &'h str) {
        self.just_opened = None;
        let name = name_of(tag);
        if tag.starts_with("<!") {
            self.out.push_str(tag);
        } else if tag.starts_with("</") {
            self.open.pop();
            self.out.push_str(tag);
        } else {
            let around = self.open.last();
            let read = Tag { name, whole: tag };
            let lang = read.attribute("lang");
            let foreign = match lang {
                Some(lang) => !ALIKE.iter().any(|alike| lang.starts_with(alike)),
                None => around.is_some_and(|around| around.foreign),
            };
            let within_svg = name == "svg" || around.is_some_and(|around| around.within_svg);
            // What has Japanese for its name is Japanese: a picture, a link, a table.
            let named = ["alt", "aria-label", "placeholder", "title"].into_iter().filter_map(|of| read.attribute(of));
            let by_name = foreign && lang.is_none() && named.into_iter().any(is_japanese);
            self.out.push_str(tag);
            if by_name {
                self.give_lang(self.out.len());
            }
            if !is_void(name) && !tag.ends_with("/>") {
                self.open.push(Element { name, foreign: foreign && !by_name, within_svg });
                self.just_opened = (lang.is_none() && !by_name).then_some(self.out.len());
            }
        }
    }

    /// Writes the text that stands before the tag `next`.
    fn text(&mut self, text: &str, next: &str) {
        let around = self.open.last();
        if !around.is_some_and(|around| around.foreign) || !is_japanese(text) {
            if !text.is_empty() {
                self.just_opened = None;
            }
            self.out.push_str(text);
            return;
        }
        let (from, to) = first_run(text);
        let whole = text.get(from..to).is_some_and(|run| run.len() == text.trim().len());
        let only_text = around.is_some_and(|around| TEXT_ONLY.contains(&around.name));
        if let Some(end) = self.just_opened.filter(|_| only_text || (whole && next.starts_with("</"))) {
            self.give_lang(end);
            self.out.push_str(text);
            return;
        }
        let wrap = if around.is_some_and(|around| around.within_svg) { "tspan" } else { "span" };
        let mut rest = text;
        while is_japanese(rest) {
            let (from, to) = first_run(rest);
            let (run, after) = rest.split_at(to);
            let (before, run) = run.split_at(from);
            self.out.push_str(&format!("{before}<{wrap} lang=\"{JAPANESE}\">{run}</{wrap}>"));
            rest = after;
        }
        self.out.push_str(rest);
    }

    /// Adds the language to the tag that ends at `end`.
    fn give_lang(&mut self, end: usize) {
        let tag = self.out.get(..end).unwrap_or_default();
        let before = tag.trim_end_matches('>').trim_end_matches(['/', ' ']).len();
        self.out.insert_str(before, &format!(" lang=\"{JAPANESE}\""));
    }
}

/// Where the first stretch of Japanese begins and ends: whole words, with the figures and
/// signs between them. `text` holds some.
fn first_run(text: &str) -> (usize, usize) {
    let (mut run, mut at): (Option<(usize, usize)>, usize) = (None, 0);
    for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let plain = word.trim_end();
        if is_japanese(plain) {
            run = Some((run.map_or(at, |(from, _)| from), at + plain.len()));
        } else if run.is_some() && speaks(plain) {
            break;
        }
        at += word.len();
    }
    run.unwrap_or((0, text.len()))
}

/// Whether a text holds letters that Japanese is written with.
fn is_japanese(text: &str) -> bool {
    // Most text is ASCII, and is told so fast.
    !text.is_ascii()
        && text.chars().any(|c| {
            matches!(c, '々' | '〆' | 'ぁ'..='ゟ' | 'ァ'..='ヺ' | 'ー'..='ヿ' | '㌀'..='㍗' | '㐀'..='鿿' | '豈'..='﫿' | 'ｦ'..='ﾟ' | '𠀀'..='𳎟')
        })
}

/// Whether a word is one of some language, and no figure, sign or reference to a character.
fn speaks(word: &str) -> bool {
    let mut references = word.split('&');
    let before = references.next().unwrap_or_default();
    let after = references.map(|part| part.split_once(';').map_or(part, |(_, after)| after));
    std::iter::once(before).chain(after).any(|part| part.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of the body of an English page.
    fn check(body: &str, expect: &str) {
        let page = |body: &str| format!("<!DOCTYPE html>\n<html lang=\"en\"><body>{body}</body></html>\n");
        assert_eq!(mark(&page(body)), page(expect));
    }

    #[test]
    fn an_element_of_japanese_alone_bears_the_language_itself() {
        check("<p>施策</p>", "<p lang=\"ja\">施策</p>");
        check(
            "<a href=\"x\">\n施策 3 の KPI は達成\n</a>",
            "<a href=\"x\"><span lang=\"ja\">施策 3 の</span> KPI <span lang=\"ja\">は達成</span>\n</a>"
                .replace("<a href=\"x\">", "<a href=\"x\">\n")
                .as_str(),
        );
        check("<p><b>施策</b><i>x</i></p>", "<p><b lang=\"ja\">施策</b><i>x</i></p>");
        check("<td>3人</td>", "<td lang=\"ja\">3人</td>");
    }

    #[test]
    fn within_a_sentence_the_japanese_words_are_marked() {
        check(
            "<p>What 検証シート 令和元年度 says</p>",
            "<p>What <span lang=\"ja\">検証シート 令和元年度</span> says</p>",
        );
        check("<p>Amounts (千円): A, B</p>", "<p>Amounts <span lang=\"ja\">(千円):</span> A, B</p>");
        check("<p>UIターン 30 &amp; 40 人</p>", "<p lang=\"ja\">UIターン 30 &amp; 40 人</p>");
        check("<p>計画<br>end</p>", "<p><span lang=\"ja\">計画</span><br>end</p>");
    }

    #[test]
    fn what_is_in_no_other_language_stays_as_it_is() {
        for body in [
            "<p>English, 3 &amp; ◎ △</p>",
            "<p lang=\"ja\">施策 <b>施策</b></p>",
            "<p lang=\"zh-Hant\">施策</p>",
            "<script>let x = \"施策<p>\";</script>",
            "<!-- 施策 -->",
        ] {
            check(body, body);
        }
        let japanese = "<html lang=\"ja\"><p>施策</p></html>";
        assert_eq!(mark(japanese), japanese);
        let english = "<html lang=\"ja\"><main lang=\"en\"><p>Policy</p><h2>指標</h2></main><p>施策</p></html>";
        assert_eq!(mark(english), english.replace("<h2>", "<h2 lang=\"ja\">"));
    }

    #[test]
    fn where_no_element_can_stand_the_whole_is_marked() {
        check("<option value=\"1\">All 施策</option>", "<option value=\"1\" lang=\"ja\">All 施策</option>");
        check(
            "<svg><title>人口: year by year</title><text>人 x</text><g/><text>x</text></svg>",
            "<svg><title lang=\"ja\">人口: year by year</title><text lang=\"ja\">人 x</text><g/><text>x</text></svg>",
        );
        check("<img src=\"x\" alt=\"市章\">", "<img src=\"x\" alt=\"市章\" lang=\"ja\">");
        check("<img alt=\"crest\"/>", "<img alt=\"crest\"/>");
        check("<a href=\"x\" title=\"市\">甲 <b>市</b></a>", "<a href=\"x\" title=\"市\" lang=\"ja\">甲 <b>市</b></a>");
    }

    #[test]
    fn what_is_no_page_stays_as_it_is() {
        for html in ["", "施策", "<", "<html lang=\"en\"", "</p></p>施策", "<html lang=\"en\"><script>施策"] {
            assert_eq!(mark(html), html);
        }
    }
}
