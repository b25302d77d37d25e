//! Annotation of Japanese text with `lang` on rendered pages in another language.
//!
//! Templates mix texts of the theme with content, often in one sentence: `What 検証シート says`. If the theme is in
//! English and the content in Japanese, a screen reader has to switch voices within the sentence. Japanese is
//! recognizable by its script, so the page is annotated after rendering and templates need not declare languages.

use crate::texts::primary_language;
use html5gum::{DefaultEmitter, Span, StartTag, State, Token, Tokenizer};

/// Language recognized by its script.
const JAPANESE: &str = "ja";
/// Languages that share characters with Japanese: their elements are left unchanged.
const CJK_LANGS: [&str; 3] = ["ja", "zh", "ko"];
/// Elements whose content is raw text.
const RAW_TEXT: [&str; 7] = ["script", "style", "iframe", "noembed", "noframes", "plaintext", "xmp"];
/// Elements that get `lang` as a whole where possible; the HTML ones cannot contain a wrapper element.
const TEXT_ONLY: [&str; 6] = ["title", "option", "textarea", "desc", "text", "tspan"];
/// Elements without an end tag.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Adds `lang="ja"` to Japanese text within content of another language. `html` is a complete page; everything else
/// is preserved byte for byte.
pub(crate) fn annotate_lang(html: &str) -> String {
    let mut page = LangAnnotator {
        html,
        markup_end: 0,
        text_end: 0,
        out: String::with_capacity(html.len() + html.len() / 8),
        open: Vec::new(),
        lang_insert_at: None,
    };
    let mut tokenizer = Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span());
    while let Some(Ok(token)) = tokenizer.next() {
        match token {
            Token::StartTag(tag) => {
                page.markup(tag.span, false);
                page.start_tag(&tag);
                if let Some(state) = page.content_state() {
                    tokenizer.set_state(state);
                }
            }
            Token::EndTag(tag) => {
                page.markup(tag.span, true);
                page.end_tag(&String::from_utf8_lossy(&tag.name));
            }
            Token::Comment(comment) => page.markup(comment.span, false),
            Token::Doctype(doctype) => page.markup(doctype.span, false),
            Token::String(text) => page.text_end = text.span.end,
            Token::Error(_) => {}
        }
    }
    page.end()
}

/// State of the annotation of one page.
struct LangAnnotator<'h> {
    html: &'h str,
    /// Offset in `html` after the last tag, comment or doctype that was copied to `out`.
    markup_end: usize,
    /// Offset in `html` after the last text token.
    text_end: usize,
    out: String,
    /// Stack of open elements.
    open: Vec<Element>,
    /// Offset in `out` at which an attribute can be added to the preceding start tag; `None` if the preceding token is
    /// not a start tag or the tag needs no `lang`.
    lang_insert_at: Option<usize>,
}

struct Element {
    name: String,
    /// True if Japanese text inside needs a `lang`.
    needs_lang: bool,
    in_svg: bool,
}

impl<'h> LangAnnotator<'h> {
    /// Writes the text before a piece of markup, then the markup itself.
    fn markup(&mut self, span: Span<usize>, is_end_tag: bool) {
        self.text(self.slice(self.markup_end, span.start), is_end_tag);
        self.out.push_str(self.slice(span.start, span.end));
        self.markup_end = span.end;
        self.lang_insert_at = None;
    }

    /// Writes the rest of the page, including an unfinished tag.
    fn end(mut self) -> String {
        let end = self.text_end.max(self.markup_end);
        self.text(self.slice(self.markup_end, end), false);
        self.out.push_str(self.slice(end, self.html.len()));
        self.out
    }

    fn slice(&self, from: usize, to: usize) -> &'h str {
        let slice = self.html.get(from..to);
        debug_assert!(slice.is_some(), "tokens are in order and end at character boundaries");
        slice.unwrap_or_default()
    }

    /// Opens the element of the start tag just written.
    fn start_tag(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let (closed, boundaries) = implicitly_closed_by(&name);
        if let Some(at) = self.innermost(closed, boundaries) {
            self.open.truncate(at);
        }
        let parent = self.open.last();
        let attribute = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value));
        let lang = attribute("lang");
        let mut needs_lang = match &lang {
            Some(lang) => !CJK_LANGS.contains(&primary_language(lang).as_str()),
            None => parent.is_some_and(|parent| parent.needs_lang),
        };
        let in_svg = name == "svg" || parent.is_some_and(|parent| parent.in_svg && parent.name != "foreignobject");
        let tag_end = if tag.self_closing { "/>" } else { ">" };
        let end = self.out.strip_suffix(tag_end).unwrap_or(&self.out).trim_ascii_end().len();
        self.lang_insert_at = lang.is_none().then_some(end);
        // Japanese text in an attribute requires `lang` on the element itself: an image, a link, a table.
        let mut labels = ["alt", "aria-label", "placeholder", "title"].into_iter().filter_map(attribute);
        if needs_lang && lang.is_none() && labels.any(|label| is_japanese(&label)) {
            self.insert_lang(end);
            self.lang_insert_at = None;
            needs_lang = false;
        }
        if VOID.contains(&&*name) || (tag.self_closing && in_svg) {
            self.lang_insert_at = None;
        } else {
            self.open.push(Element { name, needs_lang, in_svg });
        }
    }

    /// Tokenizer state for the content of the element just opened; `None` for the default state.
    fn content_state(&self) -> Option<State> {
        let element = self.open.last().filter(|element| !element.in_svg)?;
        match &*element.name {
            "title" | "textarea" => Some(State::RcData),
            "script" => Some(State::ScriptData),
            "plaintext" => Some(State::PlainText),
            name => RAW_TEXT.contains(&name).then_some(State::RawText),
        }
    }

    /// Closes the innermost open element `name` and everything inside it. Elements outside the current table cell,
    /// caption or template are closed by end tags of table elements only.
    fn end_tag(&mut self, name: &str) {
        let is_table_element = ["table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"].contains(&name);
        let boundaries: &[&str] = if is_table_element { &[] } else { &["td", "th", "caption", "template"] };
        if let Some(at) = self.innermost(&[name], boundaries) {
            self.open.truncate(at);
        }
    }

    /// Index of the innermost open element with one of `names`; `None` if an element of `boundaries` is nested deeper.
    fn innermost(&self, names: &[&str], boundaries: &[&str]) -> Option<usize> {
        let is_any_of = |element: &Element, names: &[&str]| names.contains(&element.name.as_str());
        let stops = |element: &Element| is_any_of(element, names) || is_any_of(element, boundaries);
        let at = self.open.iter().rposition(stops)?;
        self.open.get(at).filter(|element| is_any_of(element, names)).map(|_| at)
    }

    /// Writes `text`, with the annotations that it needs.
    fn text(&mut self, text: &str, before_end_tag: bool) {
        let parent = self.open.last();
        if !parent.is_some_and(|parent| parent.needs_lang && !RAW_TEXT.contains(&&*parent.name)) || !is_japanese(text) {
            self.out.push_str(text);
            return;
        }
        let text_only = parent.is_some_and(|parent| TEXT_ONLY.contains(&&*parent.name));
        let in_svg = parent.is_some_and(|parent| parent.in_svg);
        let (from, to) = first_run(text);
        let whole = before_end_tag && text.get(from..to).is_some_and(|run| run.len() == text.trim().len());
        if let Some(end) = self.lang_insert_at.filter(|_| text_only || whole) {
            self.insert_lang(end);
            self.out.push_str(text);
            return;
        }
        if text_only && !in_svg {
            self.out.push_str(text);
            return;
        }
        let wrap = if in_svg { "tspan" } else { "span" };
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

    /// Inserts the `lang` attribute at offset `end` of `out`.
    fn insert_lang(&mut self, end: usize) {
        self.out.insert_str(end, &format!(" lang=\"{JAPANESE}\""));
    }
}

/// Elements that the start tag of `name` closes implicitly, and the enclosing elements that limit this scope.
fn implicitly_closed_by(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
        "option" => (&["option"], &["select", "datalist", "optgroup"]),
        "optgroup" => (&["optgroup"], &["select"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr", "caption", "colgroup"], &["thead", "tbody", "tfoot", "table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "caption", "colgroup"], &["table"]),
        "body" => (&["head"], &[]),
        "address" | "article" | "aside" | "blockquote" | "details" | "div" | "dl" | "fieldset" | "figcaption"
        | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr"
        | "main" | "menu" | "nav" | "ol" | "p" | "pre" | "search" | "section" | "summary" | "table" | "ul" => {
            (&["p"], &["td", "th", "caption", "button", "object", "template"])
        }
        _ => (&[], &[]),
    }
}

/// Byte range of the first run of Japanese: whole words including digits and symbols between them. `text` must
/// contain Japanese.
fn first_run(text: &str) -> (usize, usize) {
    let (mut run, mut at): (Option<(usize, usize)>, usize) = (None, 0);
    for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let plain = word.trim_end();
        if is_japanese(plain) {
            run = Some((run.map_or(at, |(from, _)| from), at + plain.len()));
        } else if run.is_some() && has_letters(plain) {
            break;
        }
        at += word.len();
    }
    run.unwrap_or((0, text.len()))
}

/// Returns true if `text` contains characters of the Japanese script.
pub(crate) fn is_japanese(text: &str) -> bool {
    // Fast path: most text is ASCII.
    !text.is_ascii()
        && text.chars().any(|c| {
            matches!(c, '々' | '〆' | 'ぁ'..='ゟ' | 'ァ'..='ヺ' | 'ー'..='ヿ' | '㌀'..='㍗' | '㐀'..='鿿' | '豈'..='﫿' | 'ｦ'..='ﾟ' | '𠀀'..='𳎟')
        })
}

/// Returns true if `word` contains letters outside character references, as opposed to digits and symbols only.
fn has_letters(word: &str) -> bool {
    let mut references = word.split('&');
    let before = references.next().unwrap_or_default();
    let after = references.map(|part| part.split_once(';').map_or(part, |(_, after)| after));
    std::iter::once(before).chain(after).any(|part| part.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Asserts the annotated form of `body` on an English page.
    fn check(body: &str, expect: &str) {
        let page = |body: &str| format!("<!DOCTYPE html>\n<html lang=\"en\"><body>{body}</body></html>\n");
        assert_eq!(annotate_lang(&page(body)), page(expect));
    }

    #[test]
    fn sets_lang_on_elements_that_contain_only_japanese() {
        check("<p>施策</p>", "<p lang=\"ja\">施策</p>");
        check("<p>UIターン 30 &amp; 40 人</p>", "<p lang=\"ja\">UIターン 30 &amp; 40 人</p>");
        check("<p><b>施策</b><i>x</i></p>", "<p><b lang=\"ja\">施策</b><i>x</i></p>");
        check("<td>3人</td>", "<td lang=\"ja\">3人</td>");
    }

    #[test]
    fn languages_with_a_similar_tag_are_not_cjk() {
        check("<p lang=\"kok\"><b>施策</b></p>", "<p lang=\"kok\"><b lang=\"ja\">施策</b></p>");
        check("<p lang=\"jam\"><b>施策</b></p>", "<p lang=\"jam\"><b lang=\"ja\">施策</b></p>");
    }

    #[test]
    fn wraps_japanese_words_within_a_sentence() {
        check(
            "<p>What 検証シート 令和元年度 says</p>",
            "<p>What <span lang=\"ja\">検証シート 令和元年度</span> says</p>",
        );
        check("<p>Amounts (千円): A, B</p>", "<p>Amounts <span lang=\"ja\">(千円):</span> A, B</p>");
        check(
            "<a href=\"x\">\n施策 3 の KPI は達成\n</a>",
            "<a href=\"x\">\n<span lang=\"ja\">施策 3 の</span> KPI <span lang=\"ja\">は達成</span>\n</a>",
        );
        check("<p>計画<br>end</p>", "<p><span lang=\"ja\">計画</span><br>end</p>");
    }

    #[test]
    fn leaves_text_that_needs_no_lang_unchanged() {
        for body in [
            "<p>English, 3 &amp; ◎ △</p>",
            "<p lang=\"ja\">施策 <b>施策</b></p>",
            "<p lang=\"zh-Hant\">施策</p>",
            "<p lang=\"KO\">施策</p>",
            "<script>let x = \"施策<p>\";</script>",
            "<!-- 施策 -->",
        ] {
            check(body, body);
        }
        let japanese = "<html lang=\"ja\"><p>施策</p></html>";
        assert_eq!(annotate_lang(japanese), japanese);
        let english = "<html lang=\"ja\"><main lang=\"en\"><p>Policy</p><h2>指標</h2></main><p>施策</p></html>";
        assert_eq!(annotate_lang(english), english.replace("<h2>", "<h2 lang=\"ja\">"));
    }

    #[test]
    fn sets_lang_on_elements_that_cannot_contain_a_wrapper() {
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
    fn leaves_comments_scripts_and_styles_unchanged() {
        check("<p>It's <!-- don't 施策 -->施策</p>", "<p>It's <!-- don't 施策 --><span lang=\"ja\">施策</span></p>");
        check(
            "<script>if (1 < 2) { x = '</p>施策<p>'; }</script><style>p::before { content: '施策<'; }</style><p>施策</p>",
            "<script>if (1 < 2) { x = '</p>施策<p>'; }</script><style>p::before { content: '施策<'; }</style><p lang=\"ja\">施策</p>",
        );
        check(
            "<svg><script/><title/><text>施策</text></svg>",
            "<svg><script/><title/><text lang=\"ja\">施策</text></svg>",
        );
    }

    #[test]
    fn handles_omitted_end_tags() {
        check("<p lang=\"ja\">施策<p>施策 says", "<p lang=\"ja\">施策<p><span lang=\"ja\">施策</span> says");
        check("<ul><li lang=\"ja\">施策<li>施策</ul>", "<ul><li lang=\"ja\">施策<li lang=\"ja\">施策</ul>");
        check(
            "<table><tr><td lang=\"ja\">施策<td>施策 x<tr><td>指標</table>",
            "<table><tr><td lang=\"ja\">施策<td><span lang=\"ja\">施策</span> x<tr><td lang=\"ja\">指標</table>",
        );
        check("<td lang=\"ja\"></div>施策</td>", "<td lang=\"ja\"></div>施策</td>");
        assert_eq!(annotate_lang("<html lang=en><p>施策"), "<html lang=en><p><span lang=\"ja\">施策</span>");
    }

    #[test]
    fn handles_custom_and_uppercase_elements() {
        check(
            "<x-card lang=\"ja\"><b>施策</b></x-card>施策 x",
            "<x-card lang=\"ja\"><b>施策</b></x-card><span lang=\"ja\">施策</span> x",
        );
        check("<x-card title=施策/ ><b>x</b></x-card>", "<x-card title=施策/ lang=\"ja\" ><b>x</b></x-card>");
        check("<IMG ALT='施策'/>", "<IMG ALT='施策' lang=\"ja\"/>");
    }

    #[test]
    fn leaves_fragments_and_malformed_pages_unchanged() {
        for html in [
            "",
            "施策",
            "<",
            "<html lang=\"en\"",
            "</p></p>施策",
            "<html lang=\"en\"><script>施策",
            "<html lang=en><p title='施策",
        ] {
            assert_eq!(annotate_lang(html), html);
        }
    }

    proptest! {
        #[test]
        fn preserves_everything_else_byte_for_byte(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20),
            soup in "[<>/a-c\"'= &;#!施\r\n-]{0,30}",
        ) {
            let html = format!("<html lang=en>{}{soup}{}", pieces.concat(), pieces.concat());
            let mut annotated = annotate_lang(&html);
            for added in ["<span lang=\"ja\">", "</span>", "<tspan lang=\"ja\">", "</tspan>", " lang=\"ja\""] {
                annotated = annotated.replace(added, "");
            }
            prop_assert_eq!(annotated, html);
        }
    }

    const PIECES: &[&str] = &[
        "<p>",
        "</p>",
        "<li>",
        "<ul>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<b>",
        "</b>",
        "<div/>",
        "<br>",
        "<svg>",
        "</svg>",
        "<title>",
        "</title>",
        "<text>",
        "</text>",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<!DOCTYPE html>",
        "<![CDATA[",
        "]]>",
        "<?x",
        "<x-y",
        " title=施",
        " lang=\"en\"",
        " alt='",
        "'",
        ">",
        "施策",
        "word",
        " ",
        "\r\n",
        "\0",
        "&amp;",
        "&#x65BD;",
        "&#",
        "<",
        "</",
        "</script",
        "<textarea>",
        "</textarea>",
        "<plaintext>",
        "<option>",
    ];
}
