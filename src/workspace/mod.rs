//! Reading, linking and reviewing of the content, shared by all commands.
//!
//! ```text
//! Source ─list, read→ Files ─Unit: parse, link→ Report ─review→ diagnostics
//!                                               Report ─UnitSnapshot→ input of the pages
//! ```
//!
//! - [`analyze`]: all content as one report, for commands that need it once (`new`);
//! - [`Workspace`]: unit by unit, for `build` and `check`, which drop each unit after rendering it;
//! - [`live`]: all units kept in memory, for `serve`, which reads changed units again;
//! - [`mod@unit`]: the files of one unit, parsed and linked.

pub mod live;
pub mod unit;

use crate::check::{self, Review, ReviewScope};
use crate::content::source::{Files, Listing};
use crate::content::{self, ContentListing, ReadError, Shared, Source};
use crate::diagnostic::{self, Diagnostic, Sources, has_errors};
use crate::model::{Report, Site, StaticFile};
use crate::site::{Summary, claims};
use crate::theme::{self, Theme, ThemeFile};
use std::sync::Arc;
use unit::Unit;

/// Treatment of the sheets of draft editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drafts {
    /// Left out, as in the published site.
    #[default]
    Hidden,
    /// Included like all others, for their authors.
    Shown,
}

/// Options of reading content.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnalysisOptions {
    /// Treatment of drafts.
    pub drafts: Drafts,
    /// Change to the site settings, for a site that is shown at an address other than the published one.
    pub adapt_site: Option<fn(&mut Site)>,
    /// Lints to be run.
    pub review: ReviewScope,
}

impl AnalysisOptions {
    /// Content with its drafts and without a review, for commands that only need to know that it has no errors.
    pub const WITHOUT_REVIEW: Self = Self { drafts: Drafts::Shown, adapt_site: None, review: ReviewScope::Nothing };
}

/// Content that was read, linked and reviewed as one report.
#[derive(Debug)]
pub struct Analysis {
    /// Text files to which diagnostics point.
    pub sources: Sources,
    /// Inputs shared by all units.
    pub shared: Shared,
    /// The report; incomplete if any diagnostic is an error.
    pub report: Report,
    /// Theme files of the site, or the errors that prevented reading them.
    pub theme_files: Result<Vec<ThemeFile>, Vec<Diagnostic>>,
    /// Files that are published unchanged.
    pub static_files: Vec<StaticFile>,
    /// All errors and warnings, sorted by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings of the rules, including the acknowledged ones. Empty if there are errors, because the rules would then
    /// report content as missing that could not be read.
    pub review: Review,
}

/// Reads, links and reviews the content as one report, limited to the units in `only` (see [`ContentListing::list`]).
///
/// # Errors
/// Fails if the content cannot be read.
pub fn analyze(source: &dyn Source, only: &[String], options: &AnalysisOptions) -> Result<Analysis, ReadError> {
    let listing = ContentListing::list(source, only)?;
    let mut unit = Unit::new(Files::read(source, listing.all()));
    Ok(Analysis::new(source, &mut unit, listing.strategies(), options))
}

impl Analysis {
    /// Analyzes the files of `unit`, including `site.toml`, as part of a site with these strategies.
    fn new(source: &dyn Source, unit: &mut Unit, strategies: Vec<String>, options: &AnalysisOptions) -> Self {
        let (mut shared, mut diagnostics) = unit.shared(strategies);
        if let Some(adapt_site) = options.adapt_site {
            adapt_site(Arc::make_mut(&mut shared.site));
        }
        let (report, mut link_diagnostics) = unit.link(&shared, options.drafts);
        diagnostics.append(&mut link_diagnostics);
        let (static_files, mut static_diagnostics) = content::static_files(source);
        diagnostics.append(&mut static_diagnostics);
        diagnostics.append(&mut claims::static_collisions(&report, &shared.strategies, &static_files));
        let review = review(&report, options.review, &mut diagnostics);
        let mut sources = unit.sources().clone();
        diagnostic::sort(&mut diagnostics, &sources);
        let theme_files = theme::read(source, &shared.site, &mut sources);
        Self { sources, shared, report, theme_files, static_files, diagnostics, review }
    }
}

/// Reviews a report unless it has errors, and appends the findings that are not acknowledged to `diagnostics`.
pub fn review(report: &Report, scope: ReviewScope, diagnostics: &mut Vec<Diagnostic>) -> Review {
    let review = if has_errors(diagnostics) { Review::default() } else { check::review(report, scope) };
    diagnostics.extend(review.open.iter().map(|finding| finding.diagnostic.clone()));
    review
}

/// A linked unit, or the linked files outside all units: the complete, immutable input of its pages.
#[derive(Debug)]
pub struct UnitSnapshot {
    /// Report of the unit.
    pub report: Report,
    /// Summaries of its strategies, for the site-level pages.
    pub summaries: Vec<Summary>,
}

impl UnitSnapshot {
    /// Creates the snapshot of a finished report.
    pub fn new(report: Report) -> Self {
        let summaries = report.strategies().map(|(ix, _)| Summary::new(&report, ix)).collect();
        Self { report, summaries }
    }
}

/// A content folder whose units are read one by one, without drafts, to be published.
pub struct Workspace {
    /// Source of the content.
    pub source: Arc<dyn Source>,
    /// Listing of all content files.
    pub listing: ContentListing,
    /// Analysis of the files outside all units, with the inputs that the units share.
    pub root: Analysis,
}

impl Workspace {
    /// Lists the content, limited to the units in `only` (see [`ContentListing::list`]), and reads the files outside
    /// all units.
    ///
    /// # Errors
    /// Fails if the content cannot be read.
    pub fn open(source: Arc<dyn Source>, only: &[String]) -> Result<Self, ReadError> {
        Ok(Self::read_root(ContentListing::list(&*source, only)?, source))
    }

    /// Lists and reads only the files outside all units.
    ///
    /// # Errors
    /// Fails if the content cannot be read.
    pub fn open_root(source: Arc<dyn Source>) -> Result<Self, ReadError> {
        Ok(Self::read_root(source.list(&|_| false)?, source))
    }

    /// Reads the files of `listing` outside all units.
    fn read_root(listing: ContentListing, source: Arc<dyn Source>) -> Self {
        let mut unit = Unit::new(Files::read(&*source, listing.root()));
        let root = Analysis::new(&*source, &mut unit, listing.strategies(), &AnalysisOptions::default());
        Self { source, listing, root }
    }

    /// Reads the files of a unit.
    pub fn read_unit(&self, unit: &Listing) -> Files {
        Files::read(&*self.source, unit.clone())
    }

    /// Loads the theme of the site.
    ///
    /// # Errors
    /// Returns the reasons why it cannot be read, or all errors in its files that can be detected together.
    pub fn load_theme(&self) -> Result<Theme, Vec<Diagnostic>> {
        Theme::load(&self.root.shared.site, self.root.theme_files.as_ref().map_err(Clone::clone)?)
    }

    /// Parses and links a unit, and reviews what is certainly wrong. Returns its text files and all errors and warnings too.
    pub fn analyze_unit(&self, files: Files) -> (UnitSnapshot, Sources, Vec<Diagnostic>) {
        let mut unit = Unit::new(files);
        let (report, mut diagnostics) = unit.link(&self.root.shared, Drafts::Hidden);
        review(&report, ReviewScope::Certain, &mut diagnostics);
        (UnitSnapshot::new(report), unit.into_sources(), diagnostics)
    }
}
