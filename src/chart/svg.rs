//! The canvas: a plotters backend that writes inline SVG.
//!
//! Plotters counts in whole pixels. Here a pixel is a tenth of a unit of the `viewBox`, so
//! that a position has one decimal place at most and no float is ever written. A colour
//! given to plotters is a [`Role`], and a role becomes a class: how it looks is the matter
//! of the style sheet.

use super::element::{Datum, Shape};
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, TextStyle, text_anchor::Pos};
use plotters::{coord::Shift, style::text_anchor};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use std::fmt::{self, Write};
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

/// The whole canvas, in its own pixels.
pub(super) type Canvas<'a> = DrawingArea<Svg<'a>, Shift>;
/// The result of drawing. Writing to a string does not fail; plotters wants to hear it.
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<fmt::Error>>;

type Written = Result<(), DrawingErrorKind<fmt::Error>>;

/// What something on a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Grid,
    Axis,
    Zero,
    Break,
    Tick,
    Year,
    Unit,
    Legend,
    Name,
    Label,
    TargetLabel,
    Missing,
    Series,
    TargetLine,
    Actual,
    Carried,
    Interim,
    Estimated,
    Baseline,
    Target,
    Budget,
    Settlement,
    Plan,
}

impl Role {
    /// The classes, in the order of the roles.
    const CLASSES: [&'static str; 23] = [
        "chart-grid",
        "chart-axis",
        "chart-zero",
        "chart-break",
        "chart-tick",
        "chart-year",
        "chart-unit",
        "chart-legend",
        "chart-name",
        "chart-label",
        "chart-target-label",
        "chart-missing",
        "chart-series",
        "chart-target-line",
        "chart-actual",
        "chart-carried",
        "chart-interim",
        "chart-estimated",
        "chart-baseline",
        "chart-target",
        "chart-budget",
        "chart-settlement",
        "chart-plan",
    ];

    /// The class of a colour that came back from plotters.
    fn class(color: BackendColor) -> &'static str {
        Self::CLASSES.get(usize::from(color.rgb.0)).copied().unwrap_or_default()
    }
}

/// A role travels through plotters as the red of a colour.
impl Color for Role {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (*self as u8, 0, 0) }
    }
}

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
    let mut out = String::with_capacity(4096);
    let (id, kind, title, description) = (Escaped(head.id), head.kind, Escaped(head.title), Escaped(head.description));
    let (width, height, font) = (Tenths(WIDTH), Tenths(head.height), Tenths(FONT));
    write!(
        out,
        "<svg class=\"chart chart-of-{kind}\" viewBox=\"0 0 {width} {height}\" font-size=\"{font}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{description}</desc>"
    )
    .ok()?;
    let size = (WIDTH.unsigned_abs(), head.height.unsigned_abs());
    draw(&DrawingArea::from(Svg { out: &mut out, size })).ok()?;
    out.push_str("</svg>");
    Some(out)
}

/// Writes `text` with the anchor point `at`.
pub(super) fn text(canvas: &Canvas<'_>, text: &str, role: Role, at: BackendCoord, anchor: Pos) -> Drawn {
    canvas.draw_text(text, &style(role, anchor), at)
}

fn style(role: Role, pos: Pos) -> TextStyle<'static> {
    let font = FontDesc::new(FontFamily::SansSerif, f64::from(FONT), FontStyle::Normal);
    TextStyle { font, color: role.to_backend_color(), pos }
}

/// The width of `text`, on the safe side: the page chooses the font, not we.
pub(super) fn text_width(text: &str) -> i32 {
    let width = |c: char| match c {
        '%' | '@' | 'M' | 'W' | 'm' | 'w' => FONT * 9 / 10,
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
    fn write(&mut self, element: fmt::Arguments<'_>) -> Written {
        self.out.write_fmt(element).map_err(DrawingErrorKind::DrawingError)
    }

    /// Opens an element that a role decides and a datum goes with.
    fn open(&mut self, element: &str, color: BackendColor, datum: Option<&Datum>) -> Written {
        self.write(format_args!("<{element} class=\"{}\"", Role::class(color)))?;
        datum.map_or(Ok(()), |datum| self.write(format_args!("{datum}")))
    }

    /// A mark of a shape around `at`.
    pub(super) fn mark(&mut self, shape: Shape, role: Role, (x, y): BackendCoord, datum: Option<&Datum>) -> Written {
        let color = role.to_backend_color();
        let r = shape.radius();
        match shape {
            Shape::Circle | Shape::Ring => {
                self.open("circle", color, datum)?;
                self.write(format_args!(" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", Tenths(x), Tenths(y), Tenths(r)))
            }
            Shape::Upright => self.path([(x, y - r), (x, y + r)], color, datum),
            Shape::Square => self.bar((x - r, y - r), (x + r, y + r), role, datum),
            Shape::Triangle => self.polygon([(x, y - r), (x + r, y + r), (x - r, y + r)], color, datum),
            Shape::Diamond => self.polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], color, datum),
        }
    }

    /// A rectangle; a mere line where it has no width, since SVG does not show such a rectangle.
    pub(super) fn bar(&mut self, a: BackendCoord, b: BackendCoord, role: Role, datum: Option<&Datum>) -> Written {
        let color = role.to_backend_color();
        let (x, y) = (a.0.min(b.0), a.1.min(b.1));
        let (width, height) = (Tenths((a.0 - b.0).abs()), Tenths((a.1 - b.1).abs()));
        let (x, y) = (Tenths(x), Tenths(y));
        if width.0 == 0 {
            self.open("path", color, datum)?;
            return self.write(format_args!(" d=\"M{x} {y}v{height}\"/>"));
        }
        self.open("rect", color, datum)?;
        self.write(format_args!(" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"))
    }

    /// A line through `points`.
    pub(super) fn path(
        &mut self,
        points: impl IntoIterator<Item = BackendCoord>,
        color: BackendColor,
        datum: Option<&Datum>,
    ) -> Written {
        self.open("path", color, datum)?;
        self.out.push_str(" d=\"M");
        self.points(points, "L")?;
        self.write(format_args!("\"/>"))
    }

    fn polygon(
        &mut self,
        points: impl IntoIterator<Item = BackendCoord>,
        color: BackendColor,
        datum: Option<&Datum>,
    ) -> Written {
        self.open("polygon", color, datum)?;
        self.out.push_str(" points=\"");
        self.points(points, " ")?;
        self.write(format_args!("\"/>"))
    }

    fn points(&mut self, points: impl IntoIterator<Item = BackendCoord>, between: &str) -> Written {
        for (i, (x, y)) in points.into_iter().enumerate() {
            let between = if i == 0 { "" } else { between };
            self.write(format_args!("{between}{} {}", Tenths(x), Tenths(y)))?;
        }
        Ok(())
    }
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = fmt::Error;

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
        self.polygon([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], color, None)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Written {
        self.path([from, to], style.color(), None)
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, _: bool) -> Written {
        self.polygon([a, (b.0, a.1), b, (a.0, b.1)], style.color(), None)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Written {
        self.path(points, style.color(), None)
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, _: bool) -> Written {
        self.open("circle", style.color(), None)?;
        let radius = Tenths(i32::try_from(radius).unwrap_or(i32::MAX));
        self.write(format_args!(" cx=\"{}\" cy=\"{}\" r=\"{radius}\"/>", Tenths(x), Tenths(y)))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Written {
        self.polygon(points, style.color(), None)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Written {
        let anchor = style.anchor();
        let baseline = match anchor.v_pos {
            text_anchor::VPos::Top => y + ASCENT,
            text_anchor::VPos::Center => y - LINE / 2 + ASCENT,
            text_anchor::VPos::Bottom => y - LINE + ASCENT,
        };
        let anchor = match anchor.h_pos {
            text_anchor::HPos::Left => "",
            text_anchor::HPos::Center => " text-anchor=\"middle\"",
            text_anchor::HPos::Right => " text-anchor=\"end\"",
        };
        self.open("text", style.color(), None)?;
        self.write(format_args!(" x=\"{}\" y=\"{}\"{anchor}>{}</text>", Tenths(x), Tenths(baseline), Escaped(text)))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<fmt::Error>> {
        Ok((text_width(text).unsigned_abs(), LINE.unsigned_abs()))
    }
}

/// A length in tenths, written as a decimal.
struct Tenths(i32);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenth) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        let sign = if self.0 < 0 { "-" } else { "" };
        match tenth {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{tenth}"),
        }
    }
}

/// Text inside an element or attribute. What XML cannot hold at all is replaced.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
