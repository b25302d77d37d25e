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
use std::fmt::{self, Write as _};
use unicode_width::UnicodeWidthChar;

/// Width of every chart: that of a phone, where a `viewBox` unit thus equals a CSS pixel.
pub(super) const WIDTH: i32 = 360 * UNIT;
/// Font size of all text; the layout depends on it.
pub(super) const FONT: i32 = 13 * UNIT;
/// Height of a line of text.
pub(super) const LINE: i32 = 15 * UNIT;
/// Distance from the top of a line of text to its baseline.
const ASCENT: i32 = 11 * UNIT + UNIT / 2;

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
        Tenths(FONT)
    );
    drawing(head.kind, (WIDTH, head.height), &labels, draw)
}

/// Complete `<svg>` element without text, hidden from screen readers because it only repeats adjacent text. `size` is
/// in canvas pixels.
pub(super) fn decoration(kind: &str, size: (i32, i32), draw: impl FnOnce(&mut Svg)) -> String {
    drawing(kind, size, r#" aria-hidden="true" focusable="false">"#, draw)
}

fn drawing(kind: &str, (width, height): (i32, i32), rest: &str, draw: impl FnOnce(&mut Svg)) -> String {
    let (width, height) = (Tenths(width), Tenths(height));
    let mut svg = Svg(format!(
        r#"<svg class="chart chart-of-{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"{rest}"#
    ));
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
                self.add(
                    "circle",
                    role,
                    datum,
                    format_args!(r#"cx="{}" cy="{}" r="{}""#, Tenths(x), Tenths(y), Tenths(r)),
                );
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
        let [x, y, width, height] = [left, y - half, width, 2 * half].map(Tenths);
        self.add("rect", role, datum, format_args!(r#"x="{x}" y="{y}" width="{width}" height="{height}""#));
    }

    /// Draws a line through `points`.
    pub(super) fn path(&mut self, points: &[Pixel], role: Role, datum: Option<Datum>) {
        self.add("path", role, datum, format_args!(r#"d="M{}""#, Joined(points, "L")));
    }

    fn polygon(&mut self, points: &[Pixel], role: Role, datum: Option<Datum>) {
        self.add("polygon", role, datum, format_args!(r#"points="{}""#, Joined(points, " ")));
    }

    fn add(&mut self, element: &str, role: Role, datum: Option<Datum>, geometry: fmt::Arguments<'_>) {
        self.write(format_args!(r#"<{element} class="{}""#, role.class()));
        if let Some(datum) = datum {
            self.write(format_args!("{datum}"));
        }
        self.write(format_args!(" {geometry}/>"));
    }

    fn write(&mut self, markup: fmt::Arguments<'_>) {
        let written = self.0.write_fmt(markup);
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
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
        let (x, y) = (Tenths(x), Tenths(baseline));
        self.write(format_args!(r#"<text class="{}" x="{x}" y="{y}"{anchor}>"#, role.class()));
        self.0.extend([&*escaped(text), "</text>"]);
    }
}

/// Points joined by a separator.
struct Joined<'a>(&'a [Pixel], &'static str);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(points, separator) = *self;
        points.iter().enumerate().try_for_each(|(i, (x, y))| {
            f.write_str(if i > 0 { separator } else { "" })?;
            Tenths(*x).fmt(f)?;
            f.write_char(' ')?;
            Tenths(*y).fmt(f)
        })
    }
}

/// Length in tenths, formatted as a decimal.
struct Tenths(i32);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut whole, mut tenth) = (itoa::Buffer::new(), itoa::Buffer::new());
        f.write_str(if self.0 < 0 { "-" } else { "" })?;
        f.write_str(whole.format(self.0.unsigned_abs() / 10))?;
        match self.0.unsigned_abs() % 10 {
            0 => Ok(()),
            rest => f.write_char('.').and_then(|()| f.write_str(tenth.format(rest))),
        }
    }
}

/// Escapes text for elements and attributes. Characters that are not allowed in XML are replaced.
fn escaped(text: &str) -> Cow<'_, str> {
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
