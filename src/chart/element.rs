//! Shapes of marks, and data attributes of chart elements.

use super::UNIT;
use crate::model::{Column, Decimal};
use std::fmt;

/// Figure that a mark or tick represents. It is written as data attributes, so that positions can be read back and
/// compared with the table.
pub(super) enum Datum {
    /// Value of a column: `data-year`, `data-value`.
    Value(Column, Decimal),
    /// Values of two measures: `data-x`, `data-y`.
    Point(Decimal, Decimal),
    /// Position on an axis: `data-tick`.
    Tick(Decimal),
}

/// Writes the attributes, each preceded by a space.
impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Datum::Value(Column::Year(year), value) => write!(f, r#" data-year="{}" data-value="{value}""#, year.0),
            Datum::Value(Column::Start, value) => write!(f, r#" data-year="start" data-value="{value}""#),
            Datum::Value(Column::End, value) => write!(f, r#" data-year="end" data-value="{value}""#),
            Datum::Point(x, y) => write!(f, r#" data-x="{x}" data-y="{y}""#),
            Datum::Tick(tick) => write!(f, r#" data-tick="{tick}""#),
        }
    }
}

/// Shape of a mark. Series differ by shape and not only by class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Dot,
    Circle,
    Ring,
    Square,
    Triangle,
    Diamond,
    VerticalLine,
}

impl Shape {
    /// Half of the width and height, in canvas pixels.
    pub(super) const fn radius(self) -> i32 {
        match self {
            Shape::Dot => UNIT * 5 / 2,
            Shape::Circle | Shape::Square => UNIT * 4,
            Shape::Triangle | Shape::Diamond | Shape::VerticalLine => UNIT * 5,
            Shape::Ring => UNIT * 7,
        }
    }
}
