//! Shirube compiles a city's strategy reports, kept as Markdown and TOML, into a static website.
//!
//! Data flows one way, and each phase is a function from values to values. Only the first and the last touch the disk.
//!
//! 1. **Read.** A [`content::Source`] lists and reads the content folder: from the disk ([`content::DiskSource`]), from
//!    memory, or with unsaved texts laid over either ([`content::Overlay`]). A folder at its top that holds a strategy
//!    is a *unit*, a municipality.
//! 2. **Parse.** [`content`] reads the files of a unit key by key into the types of [`model`] and notes every mistake
//!    as a [`diagnostic`], with its place and the remedy. Nodes whose texts are the same as before come from the
//!    [`content::ParseCache`].
//! 3. **Link.** [`link`] resolves references from both ends. The result, a [`model::Report`], does not change any more.
//!    [`totals`] adds up the money of its rows, [`assess`] computes rates by the methods that the strategy declares,
//!    [`check`] looks for what is understood and still cannot be right.
//! 4. **Plan.** [`site`] lists the pages of a report with their addresses. [`site::view`] makes of each page one typed
//!    struct with all that it shows; its prose is rendered by [`markdown`], its charts are drawn by [`chart`].
//! 5. **Render.** [`theme`] fills Tera templates with the views; [`html`] annotates the language of Japanese in a frame
//!    of another one. [`search`] makes the index from the same views, [`exchange`] writes the report as data.
//! 6. **Publish.** [`publish`] compares what was rendered with the site in the output folder and replaces what differs
//!    under a journal, or nothing.
//!
//! Three rooms drive these phases. [`workspace`] does 1 to 3 for every command: a [`workspace::unit::Unit`] is read,
//! parsed and linked; what pages are rendered from is its immutable snapshot. [`build`] takes unit after unit through
//! 4 and 5, leaves out those whose fingerprint is the one of the last build, and hands the files to 6. [`preview`]
//! keeps the units in memory, reads one again after a change, and renders a page when a browser asks for it.
//!
//! [`cli`] turns arguments into one of these and diagnostics into text; [`scaffold`] proposes new content.
//!
//! ARCHITECTURE.md has the same as a diagram, the invariants, and the decisions with their reasons.

#![cfg_attr(test, allow(clippy::string_slice, reason = "a test fails by panicking"))]

mod assess;
mod build;
mod chart;
mod check;
mod cli;
mod content;
mod diagnostic;
mod exchange;
mod file_name;
mod html;
mod link;
mod markdown;
mod model;
mod preview;
mod publish;
mod scaffold;
mod search;
mod site;
mod texts;
mod theme;
mod totals;
mod workspace;

pub use cli::run;

/// Items for the test suite and the benchmarks; subject to change at any time.
#[doc(hidden)]
pub mod internals {
    pub use crate::assess::Assessments;
    pub use crate::chart::{Context as ChartContext, indicator as draw_indicator, money as draw_money};
    pub use crate::check::{LINTS, Lint, owed};
    pub use crate::content::{DiskSource, Files, Folder, Overlay, Shared};
    pub use crate::diagnostic::{Diagnostic, Lang, Rule, Severity, Sources, Span};
    pub use crate::exchange::report_json::to_json;
    pub use crate::link::link;
    pub use crate::markdown::{Options as MarkdownOptions, PageState, first_words, to_html};
    pub use crate::model::{
        AmountSeries, ByYear, Column, Decimal, FiscalYear, Indicator, IndicatorId, Judgement, Kind, MoneyKind, Node,
        NodeId, Owner, Prose, Report, Row, Series, Sheet, StaffKind, StrategyIx, Target, Timeline, Value, Verdict,
        grouped, merged_amounts,
    };
    pub use crate::search::{SearchEntry, entry};
    pub use crate::site::view::{ChangesView, EditionPageView, FigureChange, NodeView, RefView, ValueView};
    pub use crate::site::{Page, PageKind, Url, View, Viewer, plan};
    pub use crate::texts::Texts;
    pub use crate::theme::Theme;
    pub use crate::totals::{of_rows as totals_of_rows, of_strategy as totals_of_strategy};
    pub use crate::workspace::unit::Unit;
    pub use crate::workspace::{Analysis, AnalysisOptions, Drafts, analyze};
}
