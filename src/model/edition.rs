//! Editions: the publications of a strategy, one after the other.

use super::fiscal_year::FiscalYear;
use super::href::Href;
use super::keyed::keyed;
use crate::diagnostic::Span;

/// The place of an edition in [`Strategy::editions`](super::Strategy::editions); a later one supersedes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EditionIx(pub usize);

/// One publication of the whole strategy: `[[edition]]` in `strategy.toml`, or a file of its own
/// beside it, `editions/<id>.toml`, with the same keys but for `id`, so that a new edition changes
/// no file that is there. Those of `strategy.toml` come first, then the files by their names.
///
/// Editions are declared in the order in which they appeared: where two give the same
/// figure, the later one wins and the difference is shown as a revision (改定).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// `id`: the name of its sheets without `.md`, and of its pages: `2019`, `2017-interim`.
    /// Told by the file name where it has a file of its own.
    pub id: String,
    /// `label`: what readers see: `検証シート 令和元年度`.
    pub label: String,
    /// `year`: the fiscal year it reports on; left out where the document prints none.
    pub year: Option<FiscalYear>,
    /// `stage`: `final` (default), `interim` or `plan`.
    pub stage: Stage,
    /// `as_of`: the day up to which an interim edition counts, as printed or `2017-09-30`; one of the calendar.
    pub as_of: Option<String>,
    /// `as_of.estimated`: whether that day was inferred by those who wrote the content.
    pub as_of_estimated: bool,
    /// `as_of.note`: from what it was inferred.
    pub as_of_note: Option<String>,
    /// `judged_by`: who gave the grades: `市による自己評価`, `外部検証委員会`.
    pub judged_by: Option<String>,
    /// `draft`: while true, `build` leaves the edition's sheets out, and values may be empty: `""`.
    pub draft: bool,
    /// `note`: what readers must know of the whole edition.
    pub note: Option<String>,
    /// `[edition.document]`: where the figures come from.
    pub document: Option<SourceDocument>,
    /// Where it is declared.
    pub span: Span,
}

keyed! {
    /// How far the year was when the edition appeared.
    pub enum Stage {
        /// The year is over.
        Final = "final",
        /// Within the year; figures of the year itself are not final.
        Interim = "interim",
        /// Before the year.
        Plan = "plan",
    }
}

/// The document from which an edition was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDocument {
    /// `title`: its title as printed.
    pub title: String,
    /// `url`: where the publisher keeps it: `https://…`.
    pub url: Option<Href>,
    /// `published`: the day it was published, as printed; one of the calendar.
    pub published: Option<String>,
    /// `summary`: true where the sentences here were written anew from the document.
    pub summary: bool,
    /// `note`: what readers must know of it.
    pub note: Option<String>,
}
