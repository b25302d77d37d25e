//! Surveys of residents, which place nodes by two measures, such as 満足度 and 重要度.

use super::fiscal_year::FiscalYear;
use super::href::Href;
use super::value::Value;
use crate::diagnostic::Span;

/// Index of a survey in [`Strategy::surveys`](super::Strategy::surveys).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SurveyIx(pub usize);

/// Survey of residents: `[[survey]]` in `strategy.toml`.
///
/// The places of the nodes are in their sheets, under `[survey.<id>]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// `id`: key under `[survey]`, and file name of its page.
    pub id: String,
    /// `title`: as printed.
    pub title: String,
    /// `year`: fiscal year in which it was carried out.
    pub year: Option<FiscalYear>,
    /// Span of `year`.
    pub year_span: Option<Span>,
    /// `answers`: number of answers.
    pub answers: Option<Value>,
    /// `url`: its web page.
    pub url: Option<Href>,
    /// `x`: horizontal measure.
    pub x: SurveyAxis,
    /// `y`: vertical measure.
    pub y: SurveyAxis,
    /// `quadrants`: names of the upper left, upper right, lower left and lower right quadrants, as printed.
    pub quadrants: Option<[String; 4]>,
    /// Span of the declaration.
    pub span: Span,
}

/// Measure of a survey: `{ title = "満足度", mean = 3.12 }`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SurveyAxis {
    /// `title`: as printed.
    pub title: String,
    /// `mean`: mean of all nodes, as printed.
    pub mean: Option<Value>,
}

/// Place of a node in a survey: `[survey.<id>]` of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyEntry {
    /// The survey.
    pub survey: SurveyIx,
    /// `x`: value of the horizontal measure.
    pub x: Option<Value>,
    /// `y`: value of the vertical measure.
    pub y: Option<Value>,
    /// `quadrant`: name of the quadrant, as printed.
    pub quadrant: Option<String>,
    /// Span of `quadrant`; `None` if it is not printed.
    pub quadrant_span: Option<Span>,
}
