//! Editions: successive publications of a strategy.

use super::day::PublicationDate;
use super::fiscal_year::FiscalYear;
use super::href::Href;
use super::keyword_enum::keyword_enum;
use crate::diagnostic::Span;

/// Index of an edition in [`Strategy::editions`](super::Strategy::editions); later editions take
/// precedence over earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EditionIx(pub usize);

/// Publication of the whole strategy: `[[edition]]` in `strategy.toml`, or a separate file `editions/<id>.toml`
/// next to it with the same keys except `id`, so that a new edition changes no existing file. Editions of
/// `strategy.toml` come first, followed by the files in natural order of their names.
///
/// Editions are declared in order of publication: if two give the same figure, the later one takes precedence and the
/// difference is shown as a revision (改定).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// `id`: file name, without extension, of its sheets and pages: `2019`, `2017-interim`. Given
    /// by the file name if the edition has a separate file.
    pub id: String,
    /// `label`: label shown to readers: `検証シート 令和元年度`.
    pub label: String,
    /// `year`: fiscal year it reports on; `None` if the document prints none.
    pub year: Option<FiscalYear>,
    /// Span of `year`.
    pub year_span: Option<Span>,
    /// `stage`: `final` (default), `interim` or `plan`.
    pub stage: Stage,
    /// `as_of`: reference date of the figures of an interim edition, as printed or
    /// `2017-09-30`; must exist in the calendar.
    pub as_of: Option<String>,
    /// `as_of.estimated`: whether the authors of the content, not the publisher, inferred that date.
    pub as_of_estimated: bool,
    /// `as_of.note`: basis of the inference.
    pub as_of_note: Option<String>,
    /// `judged_by`: body that gave the marks: `市による自己評価`, `外部検証委員会`.
    pub judged_by: Option<String>,
    /// `draft`: while true, `build` omits the sheets of the edition, and values may be empty: `""`.
    pub draft: bool,
    /// `note`: note to readers on the whole edition.
    pub note: Option<String>,
    /// `[edition.document]`: source of the figures.
    pub document: Option<SourceDocument>,
    /// Span of the declaration.
    pub span: Span,
}

keyword_enum! {
    /// Time of publication of an edition relative to the year it reports on.
    pub enum Stage {
        /// After the end of the year.
        Final = "final",
        /// During the year; figures of the year itself are not final.
        Interim = "interim",
        /// Before the start of the year.
        Plan = "plan",
    }
}

/// Source document of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDocument {
    /// `title`: its title as printed.
    pub title: String,
    /// `url`: URL of the document at the publisher: `https://…`.
    pub url: Option<Href>,
    /// `published`: publication date, which must exist in the calendar.
    pub published: Option<PublicationDate>,
    /// `summary`: true if the prose of the content is a newly written summary of the document; names and figures are
    /// as printed.
    pub summary: bool,
    /// `note`: note to readers on the document.
    pub note: Option<String>,
}
