//! Ruby (ふりがな) in texts in easy Japanese: `{漢字|かんじ}`.
//!
//! The notation is recognized only if the reading consists of kana, so that other text in braces stays as it is. Braces
//! and the bar may be full-width, as Japanese input methods produce them; in a cell of a table, where `|` separates cells,
//! the bar is `｜` or `\|`. `\{` is a plain brace.
//!
//! The reading is markup rather than text: plain text, heading ids and the search index contain the base text only.

use super::emphasis::MarkedText;
use super::events::{SpannedEvent, events};
use super::plain_text;
use super::table::{escaped, html};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// Part of a text: base text with its reading, or text without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment<'t> {
    /// Base text, or text without a reading.
    base: &'t str,
    /// Reading in kana; `None` if there is none.
    reading: Option<&'t str>,
    /// Offset of the segment, with its notation, in the text.
    offset: usize,
}

/// Returns true for the characters of readings: kana, the middle dot, and spaces between words.
fn is_reading(char: char) -> bool {
    matches!(char, 'ぁ'..='ゖ' | 'ゝ'..='ゞ' | 'ァ'..='ヺ' | '・'..='ヾ' | ' ' | '\u{3000}')
}

/// Parses the notation at the beginning of `text`; returns base text, reading and the length of the notation.
fn notation(text: &str) -> Option<(&str, &str, usize)> {
    let inside = text.strip_prefix(['{', '｛'])?;
    let (base, rest) = inside.split_once(['|', '｜'])?;
    let (reading, after) = rest.split_once(['}', '｝'])?;
    let is_base = !base.trim().is_empty() && !base.contains(['{', '｛', '}', '｝', '\n']);
    let is_valid = is_base && !reading.trim().is_empty() && reading.chars().all(is_reading);
    is_valid.then(|| (base, reading, text.len() - after.len()))
}

/// Splits a text into segments. The notation is not recognized at the offsets for which `is_escaped` is true.
fn segments(text: &str, is_escaped: impl Fn(usize) -> bool) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let (mut written, mut from) = (0, 0);
    let plain = |range: Range<usize>| {
        let base = text.get(range.clone()).filter(|base| !base.is_empty())?;
        Some(Segment { base, reading: None, offset: range.start })
    };
    while let Some(rest) = text.get(from..)
        && let Some(open) = rest.find(['{', '｛'])
    {
        let offset = from + open;
        let found = text.get(offset..).filter(|_| !is_escaped(offset)).and_then(notation);
        from = match found {
            Some((base, reading, length)) => {
                segments.extend(plain(written..offset));
                segments.push(Segment { base, reading: Some(reading), offset });
                written = offset + length;
                written
            }
            None => offset + rest.get(open..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
        };
    }
    segments.extend(plain(written..text.len()));
    segments
}

/// Markup of the end of a ruby element. The reading is hidden from assistive technology, which reads the base text, and in
/// brackets where ruby is not supported.
fn reading_markup(reading: &str) -> String {
    format!("<rp>（</rp><rt aria-hidden=\"true\">{}</rt><rp>）</rp></ruby>", escaped(reading))
}

/// Markup of `base` with its `reading`, both escaped.
pub(crate) fn markup(base: &str, reading: &str) -> String {
    ["<ruby>", &escaped(base), &reading_markup(reading)].concat()
}

/// A line of text, without other Markdown, as HTML with ruby.
pub(crate) fn line_to_html(text: &str) -> String {
    let html = |segment: Segment<'_>| match segment.reading {
        Some(reading) => markup(segment.base, reading),
        None => escaped(segment.base),
    };
    segments(text, |_| false).into_iter().map(html).collect()
}

/// A text without the readings of its notation: the base text remains.
pub fn without_readings(text: &str) -> Cow<'_, str> {
    if !text.contains(['{', '｛']) {
        return Cow::Borrowed(text);
    }
    let is_escaped = |offset: usize| text.get(..offset).is_some_and(|before| before.ends_with('\\'));
    segments(text, is_escaped).into_iter().map(|segment| segment.base).collect()
}

/// Replaces the notation in text, except in code, by ruby markup.
pub(super) fn annotate<'t>(events: Vec<SpannedEvent<'t>>, source: &str) -> Vec<SpannedEvent<'t>> {
    if !source.contains(['{', '｛']) {
        return events;
    }
    let mut annotated = Vec::with_capacity(events.len());
    for part in parts(events) {
        match part {
            Part::Text(run) => {
                let (from, to) = (run.offset(0), run.end());
                for segment in run.segments(source) {
                    let text = |text: &str| (Event::Text(text.to_owned().into()), from..to);
                    match segment.reading {
                        Some(reading) => annotated.extend([
                            (html("<ruby>"), from..to),
                            text(segment.base),
                            (html(reading_markup(reading)), from..to),
                        ]),
                        None => annotated.push(text(segment.base)),
                    }
                }
            }
            Part::Other(event) => annotated.push(event),
        }
    }
    annotated
}

/// A run of adjacent text, or any other event; text in code blocks is among the others.
enum Part<'t> {
    Text(TextRun<'t>),
    Other(SpannedEvent<'t>),
}

/// Adjacent text events. The parser splits text at every character that could be markup, such as an escaped one.
struct TextRun<'t> {
    pieces: Vec<(CowStr<'t>, Range<usize>)>,
    text: String,
}

impl TextRun<'_> {
    /// Position in the source of an `offset` in the text; that of its piece where a character reference was decoded.
    fn offset(&self, offset: usize) -> usize {
        let mut start = 0;
        for (text, range) in &self.pieces {
            if offset < start + text.len() {
                let is_verbatim = text.len() == range.len();
                return range.start + if is_verbatim { offset - start } else { 0 };
            }
            start += text.len();
        }
        self.end()
    }

    fn end(&self) -> usize {
        self.pieces.last().map_or(0, |(_, range)| range.end)
    }

    fn segments(&self, source: &str) -> Vec<Segment<'_>> {
        let mut escaped = Vec::new();
        let mut start = 0;
        for (text, range) in &self.pieces {
            if source.get(..range.start).is_some_and(|before| before.ends_with('\\')) {
                escaped.push(start);
            }
            start += text.len();
        }
        segments(&self.text, |offset| escaped.contains(&offset))
    }
}

fn parts(events: Vec<SpannedEvent<'_>>) -> Vec<Part<'_>> {
    let mut parts = Vec::with_capacity(events.len());
    let mut in_code = false;
    for (event, range) in events {
        match event {
            Event::Text(text) if !in_code => match parts.last_mut() {
                Some(Part::Text(run)) => {
                    run.text.push_str(&text);
                    run.pieces.push((text, range));
                }
                _ => parts.push(Part::Text(TextRun { text: text.to_string(), pieces: vec![(text, range)] })),
            },
            event => {
                match event {
                    Event::Start(Tag::CodeBlock(_)) => in_code = true,
                    Event::End(TagEnd::CodeBlock) => in_code = false,
                    _ => {}
                }
                parts.push(Part::Other((event, range)));
            }
        }
    }
    parts
}

/// A piece of a block as readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRun {
    /// Base text, without its reading.
    pub text: String,
    /// True for text with a reading, and for code, which has none.
    pub has_reading: bool,
    /// Offset in the source of the text, or of its notation.
    pub offset: usize,
}

/// The blocks of a text (paragraphs, headings, items, cells), without alternative texts of images.
pub fn reading_blocks(text: &str) -> Vec<Vec<ReadingRun>> {
    let marked = MarkedText::new(text);
    let mut blocks: Vec<Vec<ReadingRun>> = vec![Vec::new()];
    let mut images = 0_usize;
    for part in parts(events(&marked)) {
        let mut add = |runs: Vec<ReadingRun>| {
            if let Some(block) = blocks.last_mut().filter(|_| images == 0) {
                block.extend(runs);
            }
        };
        match part {
            Part::Text(run) => add(run
                .segments(text)
                .into_iter()
                .map(|segment| ReadingRun {
                    text: segment.base.to_owned(),
                    has_reading: segment.reading.is_some(),
                    offset: run.offset(segment.offset),
                })
                .collect()),
            Part::Other((Event::Code(code) | Event::Text(code), range)) => {
                add(vec![ReadingRun { text: code.to_string(), has_reading: true, offset: range.start }]);
            }
            Part::Other((Event::Start(Tag::Image { .. }), _)) => images += 1,
            Part::Other((Event::End(TagEnd::Image), _)) => images = images.saturating_sub(1),
            Part::Other((Event::Start(tag), _)) if plain_text::is_block(&tag.to_end()) => blocks.push(Vec::new()),
            Part::Other((Event::End(TagEnd::TableCell), _)) => blocks.push(Vec::new()),
            Part::Other((Event::End(end), _)) if plain_text::is_block(&end) => blocks.push(Vec::new()),
            Part::Other(_) => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

#[cfg(test)]
mod tests {
    use super::super::{PageState, Passage, RenderOptions, to_html};
    use super::*;
    use crate::texts::InterfaceTexts;
    use proptest::prelude::*;

    fn render(text: &str, ruby: bool) -> (String, Vec<Passage>) {
        let options = RenderOptions {
            top_heading: 2,
            id_prefix: "",
            resolve: &|_| None,
            texts: &InterfaceTexts::embedded("ja").unwrap(),
            ruby,
        };
        let mut page = PageState { passages: Some(Vec::new()), ..PageState::default() };
        let html = to_html(text, &options, &mut page);
        (html.trim_end().to_owned(), page.passages.unwrap())
    }

    /// Checks the HTML of a text, in which `[漢字:かんじ]` stands for a ruby element.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (html, _) = render(text, true);
        let html = html.replace("<ruby>", "[").replace("<rp>（</rp><rt aria-hidden=\"true\">", ":");
        assert_eq!(html.replace("</rt><rp>）</rp></ruby>", "]"), expected);
    }

    #[test]
    fn base_text_is_followed_by_its_reading() {
        check("{観光|かんこう}に{来|く}る", "<p>[観光:かんこう]に[来:く]る</p>");
        check("{U・I|ユー・アイ}ターン", "<p>[U・I:ユー・アイ]ターン</p>");
        check("**{観光|かんこう}**です", "<p><strong>[観光:かんこう]</strong>です</p>");
    }

    #[test]
    fn brackets_surround_the_reading_where_ruby_is_not_supported() {
        let (html, _) = render("{市|し}", true);
        let expected = "<p><ruby>市<rp>（</rp><rt aria-hidden=\"true\">し</rt><rp>）</rp></ruby></p>";
        assert_eq!(html, expected);
    }

    #[test]
    fn braces_and_bar_may_be_full_width() {
        check("｛観光｜かんこう｝と{市｜し}", "<p>[観光:かんこう]と[市:し]</p>");
    }

    #[test]
    fn cells_of_tables_need_an_escaped_or_full_width_bar() {
        let (html, _) = render("| {市\\|し} |\n|---|\n| {県｜けん} |", true);
        assert!(html.contains("<ruby>市<") && html.contains("<ruby>県<"), "{html}");
        assert!(html.contains("aria-label=\"表：市\""), "{html}");
    }

    #[test]
    fn other_braces_are_text() {
        for text in
            ["{a|b}", "{観光|kankou}", "{|かんこう}", "{観光|}", "{観光}", "{観光|かんこう", "{ |か}", "{{市|し"]
        {
            check(text, &format!("<p>{text}</p>"));
        }
        check("{{市|し}", "<p>{[市:し]</p>");
        check("\\{市|し}", "<p>{市|し}</p>");
        check("\\\\{市|し}", "<p>\\[市:し]</p>");
        check("`{市|し}`", "<p><code>{市|し}</code></p>");
        check("    {市|し}", "<pre><code>{市|し}</code></pre>");
    }

    #[test]
    fn base_text_is_escaped() {
        check("{<b>|か}&{A&amp;B|えー}", "<p>[&lt;b&gt;:か]&amp;[A&amp;B:えー]</p>");
        assert_eq!(
            line_to_html("<b> {<|か}"),
            "&lt;b&gt; <ruby>&lt;<rp>（</rp><rt aria-hidden=\"true\">か</rt><rp>）</rp></ruby>"
        );
    }

    #[test]
    fn plain_text_and_ids_contain_only_the_base_text() {
        let (html, passages) = render("## {観光|かんこう}\n\n{市|し}に{来|く}る", true);
        assert!(html.contains("<h2 id=\"観光\">"), "{html}");
        let heading = Some(("観光".to_owned(), "観光".to_owned()));
        assert_eq!(passages.last(), Some(&Passage { heading, text: "市に来る\n".to_owned() }));
        assert_eq!(without_readings("{市|し}と\\{県|けん}"), "市と\\{県|けん}");
    }

    #[test]
    fn blocks_have_runs_with_offsets_in_the_source() {
        let run = |text: &str, has_reading, offset| ReadingRun { text: text.to_owned(), has_reading, offset };
        assert_eq!(
            reading_blocks("## 北上\n\nの{市|し}`x`\n\n![絵](x.png)"),
            [vec![run("北上", false, 3)], vec![run("の", false, 11), run("市", true, 14), run("x", true, 23)],]
        );
    }

    proptest! {
        #[test]
        fn text_without_notation_is_unchanged(text in "[^{｛]{0,60}") {
            prop_assert_eq!(render(&text, true), render(&text, false));
            prop_assert_eq!(without_readings(&text), text.as_str());
        }

        #[test]
        fn text_outside_easy_texts_is_unchanged(text in "([a-z *_`\n|]|\\{市\\|し\\}|\\{|\\}){0,40}") {
            let (html, _) = render(&text, false);
            prop_assert!(!html.contains("<ruby>"));
        }

        #[test]
        fn every_ruby_element_is_closed(text in "([a市 *`\n|\\\\\\[\\]()]|\\{市\\|し\\}|\\{|\\}){0,40}") {
            let (html, _) = render(&text, true);
            prop_assert_eq!(html.matches("<ruby>").count(), html.matches("</ruby>").count());
        }

        #[test]
        fn line_is_the_text_without_its_readings(text in "([a市。&<]|\\{市\\|し\\}|\\{|\\}){0,40}") {
            let html = line_to_html(&text);
            let plain = html.split("<rp>（").map(|part| part.split_once("</ruby>").map_or(part, |(_, after)| after));
            let plain = plain.collect::<String>().replace("<ruby>", "");
            let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            prop_assert_eq!(plain, without_readings(&text));
        }
    }
}
