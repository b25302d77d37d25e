//! Columns of the tables of a data package.

use crate::diagnostic::Bilingual;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Name in the first line of the file.
    pub name: &'static str,
    /// Type of the cells.
    pub kind: ColumnType,
    /// Meaning.
    pub title: Bilingual<&'static str>,
    /// Whether every row has a value.
    pub required: bool,
}

/// Type of the cells of a column. A cell without a value is empty.
#[derive(Debug, Clone, Copy)]
pub enum ColumnType {
    /// Text on one line.
    Text,
    /// Key by which rows of the same or another table are referred to.
    Key,
    /// Integer.
    Integer,
    /// Decimal number with its decimal places as printed: no thousands separators, unit or note; `-` if negative.
    Number,
    /// Year of the Gregorian calendar.
    Year,
    /// Day: `2024-09-30`.
    Date,
    /// `1` for yes, `0` for no.
    Flag,
    /// One of these codes, whose meanings are in the table `codes`.
    Code(&'static [Code]),
}

/// A code with its meaning.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// The code.
    pub code: &'static str,
    /// Its meaning.
    pub title: Bilingual<&'static str>,
}

impl Column {
    /// Declares a column with cells that may be empty.
    pub(super) const fn new(name: &'static str, kind: ColumnType, ja: &'static str, en: &'static str) -> Self {
        Self { name, kind, title: Bilingual { ja, en }, required: false }
    }

    /// The same column, with a value in every row.
    pub(super) const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

impl Code {
    pub(super) const fn new(code: &'static str, ja: &'static str, en: &'static str) -> Self {
        Self { code, title: Bilingual { ja, en } }
    }
}

impl ColumnType {
    /// Type in a Table Schema of Data Package v2.
    pub const fn schema_type(self) -> &'static str {
        match self {
            Self::Text | Self::Key | Self::Code(_) => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Year => "year",
            Self::Date => "date",
            Self::Flag => "boolean",
        }
    }

    /// The codes; empty for other types.
    pub const fn codes(self) -> &'static [Code] {
        match self {
            Self::Code(codes) => codes,
            _ => &[],
        }
    }
}
