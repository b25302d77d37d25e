//! Charts as files of their own, with all that a page says around them: title, measured quantity, source, and style.

use super::UNIT;
use super::role::Role;
use super::svg::{FONT, escaped, text_width};
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Space around the content of an image.
const MARGIN: u32 = 12;
/// Space between a text and the chart.
const GAP: u32 = 8;
/// Characters that begin no line, and those that end none.
const NO_START: &str =
    "、。，．・：；？！」』）］】〉》〕ー々％%,.:;!?)]}”’ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ";
const NO_END: &str = "「『（［【〈《〔([{“‘";

/// Text above and below a chart.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// What the chart shows, in one sentence; `None` if nothing can be said.
    pub title: Option<&'a str>,
    /// Name of the measured quantity with its unit.
    pub measured: &'a str,
    /// Source of the values.
    pub source: &'a str,
    /// Language tag of the site.
    pub lang: &'a str,
}

/// SVG file of a chart whose `<svg>` element was drawn for a page: with its own ground and `style`, so that it can be read
/// anywhere, in the light and the dark scheme. `None` if `svg` is not such an element.
pub fn standalone(svg: &str, caption: &Caption<'_>, style: &str) -> Option<String> {
    let (start, rest) = svg.split_once("<title")?;
    let (labels, shapes) = rest.split_once("</desc>")?;
    let (class, names) = (attribute(start, "class")?, attribute(start, "aria-labelledby")?);
    let (chart_width, chart_height) = size(svg)?;

    let mut text = Text { markup: String::new(), width: chart_width, bottom: MARGIN };
    if let Some(title) = caption.title {
        text.add(title, Role::Label, (16, 24));
    }
    text.add(caption.measured, Role::Tick, (13, 20));
    let chart_top = text.bottom + GAP;
    text.bottom = chart_top + chart_height + GAP;
    text.add(caption.source, Role::Tick, (13, 20));

    let (width, height) = (chart_width + 2 * MARGIN, text.bottom + MARGIN);
    let (lang, text, font) = (escaped(caption.lang), text.markup, FONT / UNIT);
    // Only these two characters are markup in the text of an element; the style itself must stay as it is, since servers
    // may allow it by its hash.
    let style = style.replace('&', "&amp;").replace('<', "&lt;");
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{lang}\" class=\"{class}\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-size=\"{font}\" role=\"img\" aria-labelledby=\"{names}\">\
         <title{labels}</desc><style>{style}</style>\
         <rect class=\"chart-ground\" width=\"{width}\" height=\"{height}\"/>{text}\
         <svg x=\"{MARGIN}\" y=\"{chart_top}\" width=\"{chart_width}\" height=\"{chart_height}\" overflow=\"visible\">\
         {shapes}</svg>\n"
    ))
}

/// Width and height of a chart, in units of the `viewBox`. `None` if `svg` is not a complete `<svg>` element.
pub fn size(svg: &str) -> Option<(u32, u32)> {
    let start = svg.split_once('>')?.0;
    // Fractions of a unit are rounded up.
    let length = |name: &str| {
        let written = attribute(start, name)?;
        let (whole, tenth) = written.split_once('.').map_or((written, false), |(whole, _)| (whole, true));
        Some(whole.parse::<u32>().ok()?.saturating_add(u32::from(tenth)))
    };
    Some((length("width")?, length("height")?))
}

/// Value of an attribute of a start tag that this program wrote.
fn attribute<'s>(start: &'s str, name: &str) -> Option<&'s str> {
    let (_, value) = start.split_once(&format!(" {name}=\""))?;
    Some(value.split_once('"')?.0)
}

/// Lines of text, written from top to bottom.
struct Text {
    markup: String,
    width: u32,
    bottom: u32,
}

impl Text {
    /// Adds lines of `text` in a font size and line height.
    fn add(&mut self, text: &str, role: Role, (font, line_height): (u32, u32)) {
        for line in lines(text, self.width, font) {
            let baseline = self.bottom + (line_height + font) / 2 - font / 8;
            self.bottom += line_height;
            let (class, line): (_, Cow<'_, str>) = (role.class(), escaped(&line));
            self.markup.push_str(&format!(
                "<text class=\"{class}\" x=\"{MARGIN}\" y=\"{baseline}\" font-size=\"{font}\">{line}</text>"
            ));
        }
    }
}

/// Upper estimate of the number of lines of `text`, since the font is chosen by the reader; 0 for no text.
pub fn line_count(text: &str, width: u32, font: u32) -> u32 {
    u32::try_from(lines(text, width, font).len()).unwrap_or(u32::MAX)
}

/// Divides `text` into lines that fit into `width` pixels in the font size `font`: between words, and between most
/// Japanese characters.
fn lines(text: &str, width: u32, font: u32) -> Vec<String> {
    let pixels = |text: &str| {
        let canvas = i64::from(text_width(text.trim_end())) * i64::from(font) / i64::from(FONT);
        u32::try_from(canvas).unwrap_or(u32::MAX)
    };
    let mut lines: Vec<String> = Vec::new();
    for unit in units(text) {
        match lines.last_mut().filter(|line| pixels(&[line, unit].concat()) <= width) {
            Some(line) => line.push_str(unit),
            None if pixels(unit) <= width => lines.push(unit.to_owned()),
            None => {
                // A word that is longer than a line begins a new one, and breaks anywhere.
                lines.push(String::new());
                for c in unit.chars() {
                    match lines.last_mut().filter(|line| pixels(&format!("{line}{c}")) <= width) {
                        Some(line) => line.push(c),
                        None => lines.push(c.to_string()),
                    }
                }
            }
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Parts of `text` between which a line may end: words with the space after them, and Japanese characters with the
/// punctuation around them.
fn units(text: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let (mut start, mut before): (usize, Option<char>) = (0, None);
    for (at, c) in text.char_indices() {
        let is_wide = |c: char| c.width_cjk() == Some(2);
        let breaks = before.is_some_and(|before| {
            let allowed = !NO_START.contains(c) && !NO_END.contains(before) && !c.is_whitespace();
            allowed && (before.is_whitespace() || is_wide(before) || is_wide(c))
        });
        if breaks {
            units.extend(text.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    units.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: &str = r#"<svg class="chart chart-of-line" viewBox="0 0 360 210.5" width="360" height="210.5" font-size="13" role="img" aria-labelledby="k-title k-desc"><title id="k-title">題</title><desc id="k-desc">説明</desc><path class="chart-series" d="M0 0"/></svg>"#;

    #[test]
    fn a_file_has_text_style_and_ground_of_its_own() {
        let caption =
            Caption {
                title: Some("令和5年度は<12>人"), measured: "人数（単位：人）", source: "出典", lang: "ja"
            };
        let file = standalone(DRAWN, &caption, ".a > .b { }\n").unwrap();
        let document = roxmltree::Document::parse(&file).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("viewBox"), Some("0 0 384 315"));
        assert_eq!((root.attribute("width"), root.attribute("height")), (Some("384"), Some("315")));
        let children: Vec<_> = root.children().map(|child| child.tag_name().name()).collect();
        assert_eq!(children, ["title", "desc", "style", "rect", "text", "text", "text", "svg"]);
        let texts: Vec<_> = root.children().filter_map(|child| child.text()).collect();
        assert_eq!(texts, ["題", "説明", ".a > .b { }\n", "令和5年度は<12>人", "人数（単位：人）", "出典"]);
        assert!(document.descendants().any(|node| node.attribute("class") == Some("chart-series")));
        assert_eq!(standalone("<svg></svg>", &caption, ""), None);
    }

    #[test]
    fn lines_end_between_words_and_between_japanese_characters() {
        let check = |text: &str, width: u32, expected: &[&str]| assert_eq!(lines(text, width, 10), expected, "{text}");
        check("", 100, &[]);
        check("観光客数", 40, &["観光客数"]);
        check("観光客数", 39, &["観光客", "数"]);
        check("観光客、数", 39, &["観光", "客、数"]);
        check("観光（客数）", 39, &["観光", "（客", "数）"]);
        check("visitors of parks", 75, &["visitors of", "parks"]);
        check("abcdefgh", 24, &["abcd", "efgh"]);
        check("出典 abcdefgh", 24, &["出典", "abcd", "efgh"]);
        assert_eq!(line_count("観光客数", 39, 10), 2);
    }
}
