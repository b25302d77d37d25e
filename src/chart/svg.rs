//! Canvas for inline SVG; elements are written in drawing order.
//!
//! Plotters maps values to whole pixels. A canvas pixel is a tenth of a unit of the `viewBox`, so that positions have
//! at most one decimal place and no float is ever written. Every element has the class of its [`Role`], by which style
//! sheets define its appearance.

use super::UNIT;
use super::element::{Datum, Shape};
use super::role::Role;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Width of every chart: that of a phone, where a `viewBox` unit thus equals a CSS pixel.
pub(super) const WIDTH: i32 = 360 * UNIT;
/// Font size of all text; the layout depends on it.
pub(super) const FONT: i32 = 13 * UNIT;
/// Height of a line of text.
pub(super) const LINE: i32 = 15 * UNIT;
/// Distance from the top of a line of text to its baseline.
const ASCENT: i32 = 11 * UNIT + UNIT / 2;

/// Capacity in bytes that is enough for most charts.
const TYPICAL_LENGTH: usize = 4096;

/// Point on the canvas, in canvas pixels.
pub(super) type Pixel = (i32, i32);

/// Attributes and texts of the `<svg>` element.
pub(super) struct SvgHeader<'a> {
    /// Suffix of the CSS class of the chart: `line`, `bars` or `money`.
    pub kind: &'static str,
    /// Id that is unique on the page; prefix of all ids.
    pub id: &'a str,
    /// Title of the chart.
    pub title: &'a str,
    /// Description of the chart in sentences, with figures.
    pub description: &'a str,
    /// Height of the chart, in canvas pixels.
    pub height: i32,
}

/// Complete `<svg>` element of a chart, with the elements that `draw` adds.
pub(super) fn document(head: &SvgHeader<'_>, draw: impl FnOnce(&mut Svg)) -> String {
    let (id, title, description) = (escaped(head.id), escaped(head.title), escaped(head.description));
    let labels = format!(
        r#" font-size="{}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>"#,
        FONT / UNIT
    );
    drawing(head.kind, (WIDTH, head.height), &labels, draw)
}

/// Complete `<svg>` element without text, hidden from screen readers because it only repeats adjacent text. `size` is
/// in canvas pixels.
pub(super) fn decoration(kind: &str, size: (i32, i32), draw: impl FnOnce(&mut Svg)) -> String {
    drawing(kind, size, r#" aria-hidden="true" focusable="false">"#, draw)
}

fn drawing(kind: &str, (width, height): (i32, i32), rest: &str, draw: impl FnOnce(&mut Svg)) -> String {
    let mut svg = Svg(String::with_capacity(TYPICAL_LENGTH));
    svg.0.extend([r#"<svg class="chart chart-of-"#, kind, r#"" viewBox="0 0 "#]);
    svg.points(&[(width, height)], "");
    svg.0.push('"');
    svg.lengths([("width", width), ("height", height)]);
    svg.0.push_str(rest);
    draw(&mut svg);
    svg.0 + "</svg>"
}

/// Upper estimate of the width of `text`, since the font is chosen by the page.
pub(super) fn text_width(text: &str) -> i32 {
    let width = |c: char| match c {
        '%' | '@' | 'M' | 'W' | 'm' | 'w' => FONT * 9 / 10,
        ' ' | ',' | '.' | ':' | '(' | ')' | 'f' | 'i' | 'j' | 'l' | 'r' | 't' => FONT * 4 / 10,
        _ => match c.width_cjk() {
            Some(2..) => FONT,
            Some(1) => FONT * 6 / 10,
            _ => 0,
        },
    };
    text.chars().map(width).fold(0, i32::saturating_add)
}

/// Markup of the elements drawn so far.
pub(super) struct Svg(String);

impl Svg {
    /// Draws a mark centred at a point.
    pub(super) fn mark(&mut self, (x, y): Pixel, shape: Shape, role: Role, datum: Option<Datum>) {
        let r = shape.radius();
        match shape {
            Shape::Dot | Shape::Circle | Shape::Ring => {
                self.add("circle", role, datum, |svg| svg.lengths([("cx", x), ("cy", y), ("r", r)]));
            }
            Shape::VerticalLine => self.path(&[(x, y - r), (x, y + r)], role, datum),
            Shape::Square => self.bar([(x - r, y), (x + r, y)], r, role, datum),
            Shape::Triangle => self.polygon(&[(x, y - r), (x + r, y + r), (x - r, y + r)], role, datum),
            Shape::Diamond => self.polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], role, datum),
        }
    }

    /// Draws a bar along a horizontal centre line, which extends by `half` above and below it. A bar without length is
    /// drawn as a thin line, since it would be invisible otherwise.
    pub(super) fn bar(&mut self, [(from, y), (to, _)]: [Pixel; 2], half: i32, role: Role, datum: Option<Datum>) {
        let (left, width) = if from == to { (from - UNIT, 2 * UNIT) } else { (from.min(to), (from - to).abs()) };
        let lengths = [("x", left), ("y", y - half), ("width", width), ("height", 2 * half)];
        self.add("rect", role, datum, |svg| svg.lengths(lengths));
    }

    /// Draws a line through `points`.
    pub(super) fn path(&mut self, points: &[Pixel], role: Role, datum: Option<Datum>) {
        self.add("path", role, datum, |svg| {
            svg.0.push_str(r#" d="M"#);
            svg.points(points, "L");
            svg.0.push('"');
        });
    }

    fn polygon(&mut self, points: &[Pixel], role: Role, datum: Option<Datum>) {
        self.add("polygon", role, datum, |svg| {
            svg.0.push_str(r#" points=""#);
            svg.points(points, " ");
            svg.0.push('"');
        });
    }

    /// Adds an element without content; `geometry` writes its attributes of position and size.
    fn add(&mut self, element: &str, role: Role, datum: Option<Datum>, geometry: impl FnOnce(&mut Self)) {
        self.0.extend(["<", element, r#" class=""#, role.class(), r#"""#]);
        if let Some(datum) = datum {
            datum.write(&mut self.0);
        }
        geometry(self);
        self.0.push_str("/>");
    }

    /// Writes attributes with a length in canvas pixels, each preceded by a space.
    fn lengths<const N: usize>(&mut self, attributes: [(&str, i32); N]) {
        for (name, length) in attributes {
            self.0.extend([" ", name, r#"=""#]);
            self.length(length);
            self.0.push('"');
        }
    }

    /// Writes points joined by a separator.
    fn points(&mut self, points: &[Pixel], separator: &str) {
        for (i, (x, y)) in points.iter().enumerate() {
            self.0.push_str(if i > 0 { separator } else { "" });
            self.length(*x);
            self.0.push(' ');
            self.length(*y);
        }
    }

    /// Writes a length in canvas pixels as a decimal in units of the `viewBox`.
    // Written digit by digit, since charts are the largest part of many pages and formatting is slower.
    fn length(&mut self, pixels: i32) {
        let (mut whole, mut tenth) = (itoa::Buffer::new(), itoa::Buffer::new());
        let pixels_of_unit = UNIT.unsigned_abs();
        self.0.push_str(if pixels < 0 { "-" } else { "" });
        self.0.push_str(whole.format(pixels.unsigned_abs() / pixels_of_unit));
        match pixels.unsigned_abs() % pixels_of_unit {
            0 => {}
            rest => self.0.extend([".", tenth.format(rest)]),
        }
    }

    /// Draws a line of text with the anchor point `(x, y)`.
    pub(super) fn text(&mut self, text: &str, role: Role, (x, y): Pixel, anchor: Pos) {
        let baseline = match anchor.v_pos {
            VPos::Top => y + ASCENT,
            VPos::Center => y - LINE / 2 + ASCENT,
            VPos::Bottom => y - LINE + ASCENT,
        };
        let anchor = match anchor.h_pos {
            HPos::Left => "",
            HPos::Center => r#" text-anchor="middle""#,
            HPos::Right => r#" text-anchor="end""#,
        };
        self.0.extend([r#"<text class=""#, role.class(), r#"""#]);
        self.lengths([("x", x), ("y", baseline)]);
        self.0.extend([anchor, ">", &*escaped(text), "</text>"]);
    }
}

/// Escapes text for elements and attributes. Characters that are not allowed in XML are replaced.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_control() || matches!(c, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}')) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_markup_and_replaces_control_characters() {
        assert_eq!(escaped("<目標（R2）&\u{85}é\u{ffff}\n>"), "&lt;目標（R2）&amp;\u{fffd}é\u{fffd} &gt;");
        assert_eq!(escaped("人"), "人");
    }
}
