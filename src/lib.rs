//! Compiler of a city's strategy reports, written in Markdown and TOML, into a static website.
//!
//! Data flows one way, and each phase is a function from values to values. Only the first and the last access the disk.
//!
//! 1. **Read.** A [`content::Source`] lists and reads the content folder: from disk ([`content::DiskSource`]), from
//!    memory, or either of them overlaid with unsaved files ([`content::Overlay`]). A top-level folder that contains a
//!    strategy is a *unit*: one municipality.
//! 2. **Parse.** [`content`] reads the files of a unit key by key into the types of [`model`] and reports every error
//!    as a [`diagnostic`] with its span and help. Nodes whose files have not changed are taken from the
//!    [`content::ParseCache`].
//! 3. **Link.** [`link`] resolves references and records each relation at both ends. The result, a [`model::Report`],
//!    is immutable from here on. [`totals`] sums the money of its rows, [`assess`] computes rates by the methods that
//!    the strategy declares, and [`check`] lints content that parses but is probably wrong.
//! 4. **Plan.** [`site`] lists the pages of a report with their addresses. [`site::view`] builds one typed struct per
//!    page with everything the page shows; [`markdown`] renders its prose and [`chart`] its charts.
//! 5. **Render.** [`theme`] fills Tera templates with the views; [`html`] adds `lang` attributes to Japanese text on
//!    pages in another language. [`search`] builds the index from the same views, [`exchange`] exports the report as
//!    data.
//! 6. **Publish.** [`publish`] compares the rendered files with the site in the output folder and replaces those that
//!    differ under a journal: all of them or none.
//!
//! Three modules drive these phases. [`workspace`] runs 1 to 3 for every command: a [`workspace::unit::Unit`] is read,
//! parsed and linked, and pages are rendered from its immutable snapshot. [`build`] runs 4 and 5 for each unit, skips
//! units whose fingerprint is unchanged since the last build, and passes the files to 6. [`preview`] keeps the units in
//! memory, rereads a unit after a change, and renders a page on request.
//!
//! [`cli`] dispatches the arguments to one of these and prints diagnostics; [`scaffold`] creates files for new content.
//! Content also comes from spreadsheets, read by [`spreadsheet`]: [`questionnaire`] asks for the empty values of a draft
//! in workbooks and merges the answers, [`ledger`] proposes a strategy from a city's own table of programs. [`update`]
//! replaces content files: all of them or none.
//!
//! ARCHITECTURE.md shows the same as a diagram and documents the invariants; docs/adr records the design decisions.

#![cfg_attr(test, allow(clippy::string_slice, reason = "a panic fails the test, as it should"))]

mod assess;
mod build;
mod chart;
mod check;
mod cli;
mod content;
mod correction;
mod diagnostic;
mod diff;
mod exchange;
mod file_name;
#[cfg(test)]
mod fuzz;
mod html;
mod image;
mod ledger;
mod link;
mod markdown;
mod model;
mod per_thread;
mod preview;
mod publish;
mod questionnaire;
#[cfg(test)]
mod random;
mod scaffold;
mod schema;
mod search;
mod site;
mod spreadsheet;
mod texts;
mod theme;
mod totals;
mod update;
mod workspace;

pub use cli::run;

/// Items exposed for the test suite and the benchmarks; not a stable interface.
#[doc(hidden)]
pub mod internals {
    pub use crate::assess::Assessments;
    pub use crate::chart::{Context as ChartContext, indicator as draw_indicator, money as draw_money};
    pub use crate::check::{LINTS, Lint, open_work};
    pub use crate::content::{ContentListing, DiskSource, Files, Overlay, Shared};
    pub use crate::diagnostic::{Diagnostic, Lang, Rule, Severity, Sources, Span};
    pub use crate::exchange::package::{Package, PackageFile, REPORT_SCHEMA, TableId, descriptor};
    pub use crate::exchange::report_json::to_json;
    pub use crate::link::link;
    pub use crate::markdown::{PageState, RenderOptions as MarkdownOptions, excerpt, to_html};
    pub use crate::model::{
        AmountKey, AmountSeries, ByYear, Column, Decimal, EditionContext, EditionIx, FiscalYear, Indicator,
        IndicatorId, Judgement, Kind, Node, NodeId, Owner, Prose, ReferenceTarget, Report, Row, Series, Sheet,
        StrategyIx, Value, Verdict, grouped, merged_amounts,
    };
    pub use crate::questionnaire::{
        Layout as WorkbookLayout, Questionnaire, WorkbookContent, answers as workbook_answers, merge as merge_answers,
        write as write_workbook,
    };
    pub use crate::schema::json::schema as json_schema;
    pub use crate::schema::reference::{key_names, markdown as key_reference};
    pub use crate::schema::{FILES, FileKind};
    pub use crate::search::{SearchEntry, entry};
    pub use crate::site::view::{ChangesView, EditionPageView, FigureChange, NodeView, RefView, ValueView};
    pub use crate::site::{Page, PageKind, Url, View, ViewBuilder, plan};
    pub use crate::spreadsheet::read_xlsx;
    pub use crate::texts::InterfaceTexts;
    pub use crate::theme::Theme;
    pub use crate::totals::{sum_rows, sum_strategy};
    pub use crate::workspace::unit::Unit;
    pub use crate::workspace::{Analysis, AnalysisOptions, Drafts, analyze};
}
