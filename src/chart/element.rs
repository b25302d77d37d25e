//! What stands on a canvas: text, and marks, bars and rules, each with the datum it shows.
//!
//! They are plotters elements of our own backend alone, since only it can write a datum.

use super::role::Role;
use super::svg::{Svg, UNIT, Written};
use crate::model::{Column, Decimal};
use plotters::element::{Drawable, PointCollection};
use plotters::style::Color;
use plotters::style::text_anchor::Pos;
use plotters_backend::BackendCoord;

/// The figure that a mark or rule stands for. It is written beside it, so that positions
/// can be read back and compared with the table.
pub(super) enum Datum {
    /// A value of a year: `data-year`, `data-value`.
    Value(Column, Decimal),
    /// A place on an axis: `data-tick`.
    Tick(Decimal),
}

/// The shape of a mark. Series differ by shape, not by class alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Dot,
    Circle,
    Ring,
    Square,
    Triangle,
    Diamond,
    Upright,
}

impl Shape {
    /// Half its width and height.
    pub(super) const fn radius(self) -> i32 {
        match self {
            Shape::Dot => UNIT * 5 / 2,
            Shape::Circle | Shape::Square => UNIT * 4,
            Shape::Triangle | Shape::Diamond | Shape::Upright => UNIT * 5,
            Shape::Ring => UNIT * 7,
        }
    }
}

/// A shape at a point.
pub(super) struct Mark<C> {
    pub at: C,
    pub shape: Shape,
    pub role: Role,
    pub datum: Option<Datum>,
}

impl<'a, C> PointCollection<'a, C> for &'a Mark<C> {
    type Point = &'a C;
    type IntoIter = std::iter::Once<&'a C>;
    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl<C> Drawable<Svg<'_>> for Mark<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, mut at: I, svg: &mut Svg<'_>, _: (u32, u32)) -> Written {
        if let Some(at) = at.next() {
            svg.mark(self.shape, self.role, at, self.datum.as_ref());
        }
        Ok(())
    }
}

/// A bar from zero to a value, `half` as high above and below.
pub(super) struct Bar<C> {
    pub ends: [C; 2],
    pub half: i32,
    pub role: Role,
    pub datum: Option<Datum>,
}

impl<'a, C> PointCollection<'a, C> for &'a Bar<C> {
    type Point = &'a C;
    type IntoIter = &'a [C; 2];
    fn point_iter(self) -> Self::IntoIter {
        &self.ends
    }
}

impl<C> Drawable<Svg<'_>> for Bar<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, mut ends: I, svg: &mut Svg<'_>, _: (u32, u32)) -> Written {
        let (Some(zero), Some(end)) = (ends.next(), ends.next()) else { return Ok(()) };
        svg.bar((zero.0, zero.1 - self.half), (end.0, end.1 + self.half), self.role, self.datum.as_ref());
        Ok(())
    }
}

/// A straight line, of an axis or across the drawing.
pub(super) struct Rule<C> {
    pub ends: [C; 2],
    pub role: Role,
    pub datum: Option<Datum>,
}

impl<'a, C> PointCollection<'a, C> for &'a Rule<C> {
    type Point = &'a C;
    type IntoIter = &'a [C; 2];
    fn point_iter(self) -> Self::IntoIter {
        &self.ends
    }
}

impl<C> Drawable<Svg<'_>> for Rule<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, ends: I, svg: &mut Svg<'_>, _: (u32, u32)) -> Written {
        svg.path(ends, self.role.to_backend_color(), self.datum.as_ref());
        Ok(())
    }
}

/// A line of text at an anchor point.
pub(super) struct Text<'w, C> {
    pub at: C,
    pub words: &'w str,
    pub role: Role,
    pub anchor: Pos,
}

impl<'a, C> PointCollection<'a, C> for &'a Text<'_, C> {
    type Point = &'a C;
    type IntoIter = std::iter::Once<&'a C>;
    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl<C> Drawable<Svg<'_>> for Text<'_, C> {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, mut at: I, svg: &mut Svg<'_>, _: (u32, u32)) -> Written {
        if let Some(at) = at.next() {
            svg.text(self.words, self.role, at, self.anchor);
        }
        Ok(())
    }
}
