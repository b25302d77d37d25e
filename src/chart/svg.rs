//! The canvas: a plotters backend that writes inline SVG.
//!
//! Plotters counts in whole pixels. Here a pixel is a tenth of a unit of the `viewBox`, so
//! that a position has one decimal place at most and no float is ever written. A colour
//! given to plotters is a [`Role`], and a role becomes a class: how it looks is the matter
//! of the style sheet.

use super::element::{Datum, Shape, Text};
use super::role::Role;
use crate::model::{Column, Decimal, push_decimal, push_digit, push_whole};
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use std::borrow::Cow;
use std::convert::Infallible;
use unicode_width::UnicodeWidthChar;

/// Pixels of the canvas in one unit of the `viewBox`.
pub(super) const UNIT: i32 = 10;
/// The width of every chart: that of a phone, so that a unit is a CSS pixel there.
pub(super) const WIDTH: i32 = 360 * UNIT;
/// The size of all text. Layout counts on it.
pub(super) const FONT: i32 = 13 * UNIT;
/// The height of a line of text.
pub(super) const LINE: i32 = 15 * UNIT;
/// From the top of a line of text to its baseline.
const ASCENT: i32 = 11 * UNIT + UNIT / 2;
/// What a chart takes in bytes, roughly.
const CAPACITY: usize = 5 * 1024;

/// The whole canvas, in its own pixels.
pub(super) type Canvas<'a> = DrawingArea<Svg<'a>, Shift>;
/// The result of drawing. Writing to a string does not fail; plotters wants to hear it.
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;
/// The result of one element.
pub(super) type Written = Result<(), DrawingErrorKind<Infallible>>;

/// What the elements around a drawing say.
pub(super) struct Head<'a> {
    /// `line`, `bars` or `money`.
    pub kind: &'static str,
    /// Unique on the page; prefix of all ids.
    pub id: &'a str,
    /// What is seen.
    pub title: &'a str,
    /// The same in sentences, with figures.
    pub description: &'a str,
    /// The height of the drawing.
    pub height: i32,
}

/// The `<svg>` with what `draw` puts on it.
pub(super) fn document(head: &Head<'_>, draw: impl FnOnce(&Canvas<'_>) -> Drawn) -> Option<String> {
    let mut out = String::with_capacity(CAPACITY);
    let size = (WIDTH.unsigned_abs(), head.height.unsigned_abs());
    let mut svg = Svg { out: &mut out, size };
    svg.raw("<svg class=\"chart chart-of-").raw(head.kind).raw("\" viewBox=\"0 0 ").tenths(WIDTH);
    svg.raw(" ").tenths(head.height).raw("\"").number("width", WIDTH).number("height", head.height);
    svg.number("font-size", FONT).raw(" role=\"img\" aria-labelledby=\"");
    let id = escaped(head.id);
    svg.raw(&id).raw("-title ").raw(&id).raw("-desc\"><title id=\"");
    svg.raw(&id).raw("-title\">").raw(&escaped(head.title)).raw("</title><desc id=\"");
    svg.raw(&id).raw("-desc\">").raw(&escaped(head.description)).raw("</desc>");
    draw(&DrawingArea::from(svg)).ok()?;
    out.push_str("</svg>");
    Some(out)
}

/// A drawing without words, which only repeats what is said beside it: readers who do not see
/// it lose nothing. `size` in pixels of the canvas.
pub(super) fn decoration(
    kind: &str,
    (width, height): (i32, i32),
    draw: impl FnOnce(&Canvas<'_>) -> Drawn,
) -> Option<String> {
    let mut out = String::with_capacity(CAPACITY / 4);
    let mut svg = Svg { out: &mut out, size: (width.unsigned_abs(), height.unsigned_abs()) };
    svg.raw("<svg class=\"chart chart-of-").raw(kind).raw("\" viewBox=\"0 0 ").tenths(width).raw(" ").tenths(height);
    svg.raw("\"").number("width", width).number("height", height).raw(" aria-hidden=\"true\" focusable=\"false\">");
    draw(&DrawingArea::from(svg)).ok()?;
    out.push_str("</svg>");
    Some(out)
}

/// Writes `words` with the anchor point `at`.
pub(super) fn text(canvas: &Canvas<'_>, words: &str, role: Role, at: BackendCoord, anchor: Pos) -> Drawn {
    canvas.draw(&Text { at, words, role, anchor })
}

/// The width of `text`, on the safe side: the page chooses the font, not we.
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

/// The backend. Everything is written at once, in the order in which it is drawn.
pub(super) struct Svg<'a> {
    out: &'a mut String,
    size: (u32, u32),
}

impl Svg<'_> {
    /// A mark of a shape around `at`.
    pub(super) fn mark(&mut self, shape: Shape, role: Role, (x, y): BackendCoord, datum: Option<&Datum>) {
        let color = role.to_backend_color();
        let r = shape.radius();
        match shape {
            Shape::Dot | Shape::Circle | Shape::Ring => self.circle((x, y), r, color, datum),
            Shape::Upright => self.path([(x, y - r), (x, y + r)], color, datum),
            Shape::Square => self.bar((x - r, y - r), (x + r, y + r), role, datum),
            Shape::Triangle => self.polygon([(x, y - r), (x + r, y + r), (x - r, y + r)], color, datum),
            Shape::Diamond => self.polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], color, datum),
        }
    }

    /// A rectangle. Without width it would not be seen: then it is a sliver astride its place.
    pub(super) fn bar(&mut self, a: BackendCoord, b: BackendCoord, role: Role, datum: Option<&Datum>) {
        let color = role.to_backend_color();
        let (left, width) = match (a.0 - b.0).abs() {
            0 => (a.0 - UNIT, 2 * UNIT),
            width => (a.0.min(b.0), width),
        };
        self.open("rect", color, datum).number("x", left).number("y", a.1.min(b.1));
        self.number("width", width).number("height", (a.1 - b.1).abs()).raw("/>");
    }

    /// A line through `points`.
    pub(super) fn path(
        &mut self,
        points: impl IntoIterator<Item = BackendCoord>,
        color: BackendColor,
        datum: Option<&Datum>,
    ) {
        self.open("path", color, datum).raw(" d=\"M").points(points, "L").raw("\"/>");
    }

    /// A line of text.
    pub(super) fn text(&mut self, words: &str, role: Role, (x, y): BackendCoord, anchor: Pos) {
        let baseline = match anchor.v_pos {
            VPos::Top => y + ASCENT,
            VPos::Center => y - LINE / 2 + ASCENT,
            VPos::Bottom => y - LINE + ASCENT,
        };
        let anchor = match anchor.h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        self.open("text", role.to_backend_color(), None).number("x", x).number("y", baseline).raw(anchor);
        self.raw(">").raw(&escaped(words)).raw("</text>");
    }

    fn polygon(&mut self, points: impl IntoIterator<Item = BackendCoord>, color: BackendColor, datum: Option<&Datum>) {
        self.open("polygon", color, datum).raw(" points=\"").points(points, " ").raw("\"/>");
    }

    fn circle(&mut self, (x, y): BackendCoord, radius: i32, color: BackendColor, datum: Option<&Datum>) {
        self.open("circle", color, datum).number("cx", x).number("cy", y).number("r", radius).raw("/>");
    }

    /// Opens an element: its class comes from its role, and a datum may go with it.
    fn open(&mut self, element: &str, color: BackendColor, datum: Option<&Datum>) -> &mut Self {
        self.raw("<").raw(element).raw(" class=\"").raw(Role::class(color)).raw("\"");
        match datum {
            Some(Datum::Value(Column::Year(year), value)) => {
                self.attribute("data-year", Decimal::from(year.0)).attribute("data-value", *value)
            }
            Some(Datum::Value(Column::Start, value)) => {
                self.raw(" data-year=\"start\"").attribute("data-value", *value)
            }
            Some(Datum::Value(Column::End, value)) => self.raw(" data-year=\"end\"").attribute("data-value", *value),
            Some(Datum::Tick(tick)) => self.attribute("data-tick", *tick),
            None => self,
        }
    }

    /// An attribute that holds a figure.
    fn attribute(&mut self, name: &str, value: Decimal) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"");
        push_decimal(self.out, value, "");
        self.raw("\"")
    }

    fn raw(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// An attribute that holds a length.
    fn number(&mut self, name: &str, tenths: i32) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").tenths(tenths).raw("\"")
    }

    fn points(&mut self, points: impl IntoIterator<Item = BackendCoord>, between: &str) -> &mut Self {
        for (i, (x, y)) in points.into_iter().enumerate() {
            self.raw(if i == 0 { "" } else { between }).tenths(x).raw(" ").tenths(y);
        }
        self
    }

    /// A length in tenths, as a decimal.
    fn tenths(&mut self, length: i32) -> &mut Self {
        let (whole, tenth) = (length.unsigned_abs() / 10, length.unsigned_abs() % 10);
        if length < 0 {
            self.raw("-");
        }
        push_whole(self.out, whole.into(), "");
        if tenth > 0 {
            self.raw(".");
            push_digit(self.out, tenth);
        }
        self
    }
}

/// Text as it stands inside an element or attribute.
fn escaped(text: &str) -> Cow<'_, str> {
    let Some(at) = text.find(|c| escape(c).is_some()) else { return text.into() };
    let (before, rest) = text.split_at(at);
    let mut out = before.to_owned();
    for c in rest.chars() {
        match escape(c) {
            Some(instead) => out.push_str(instead),
            None => out.push(c),
        }
    }
    out.into()
}

/// What is written for a character. What XML cannot hold at all is replaced.
fn escape(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\t' | '\n' | '\r' => Some(" "),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => Some("\u{fffd}"),
        _ => None,
    }
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Written {
        Ok(())
    }

    fn present(&mut self) -> Written {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Written {
        self.polygon([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], color, None);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Written {
        self.path([from, to], style.color(), None);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, _: bool) -> Written {
        self.polygon([a, (b.0, a.1), b, (a.0, b.1)], style.color(), None);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Written {
        self.path(points, style.color(), None);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _: bool) -> Written {
        self.circle(center, i32::try_from(radius).unwrap_or(i32::MAX), style.color(), None);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Written {
        self.polygon(points, style.color(), None);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_stands_in_its_place() {
        assert_eq!(escaped("<目標（R2）&\u{85}é\u{ffff}\n>"), "&lt;目標（R2）&amp;\u{fffd}é\u{fffd} &gt;");
        assert_eq!(escaped("人"), "人");
    }
}
