//! Shapes of marks, and data attributes of chart elements.

use super::UNIT;
use crate::model::{Column, Decimal};

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

impl Datum {
    /// Appends the attributes to `markup`, each preceded by a space.
    pub(super) fn write(&self, markup: &mut String) {
        let mut attribute = |name: &str, value: &str| markup.extend([" data-", name, "=\"", value, "\""]);
        match self {
            Datum::Value(column, value) => {
                match column {
                    Column::Year(year) => attribute("year", itoa::Buffer::new().format(year.0)),
                    Column::Start => attribute("year", "start"),
                    Column::End => attribute("year", "end"),
                }
                attribute("value", &value.to_string());
            }
            Datum::Point(x, y) => {
                attribute("x", &x.to_string());
                attribute("y", &y.to_string());
            }
            Datum::Tick(tick) => attribute("tick", &tick.to_string()),
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
