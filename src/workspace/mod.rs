//! Reading, linking and reviewing of the content, shared by all commands.
//!
//! ```text
//! Source ─list, read→ Files ─Unit: parse, link→ Report ─review→ diagnostics
//!                                               Report ─Snapshot→ input of the pages
//! ```
//!
//! - [`analyze`]: all content as one report, for commands that need it once (`new`);
//! - [`Workspace`]: unit by unit, for `build` and `check`, which drop each unit when it is rendered;
//! - [`live`]: all units kept in memory, for `serve`, which reads changed units again;
//! - [`mod@unit`]: the files of one unit, parsed and linked.

pub mod live;
pub mod unit;

use crate::check::{self, Review};
use crate::content::source::{Files, Listing};
use crate::content::{Folder, ReadError, Shared, Source};
use crate::diagnostic::{self, Diagnostic, Sources, publishable};
use crate::model::{Report, Site};
use crate::site::Summary;
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
    /// Change of the site settings, for a site that is shown at another address than the published one.
    pub adapt: Option<fn(&mut Site)>,
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
    /// All errors and warnings, sorted by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings of the rules, including the acknowledged ones. Empty if there are errors, because the rules would then
    /// report content as missing that could not be read.
    pub review: Review,
}

/// Reads, links and reviews the content as one report, limited to the units in `only` (see [`Folder::list`]).
///
/// # Errors
/// Fails if the content cannot be read.
pub fn analyze(source: &dyn Source, only: &[String], options: &AnalysisOptions) -> Result<Analysis, ReadError> {
    let folder = Folder::list(source, only)?;
    let mut unit = Unit::new(Files::read(source, folder.all()));
    Ok(Analysis::new(source, &mut unit, folder.strategies(), options))
}

impl Analysis {
    /// Analyzes `unit`, which contains `site.toml`, as part of a site with these strategies.
    fn new(source: &dyn Source, unit: &mut Unit, strategies: Vec<String>, options: &AnalysisOptions) -> Self {
        let (mut shared, mut diagnostics) = unit.shared(strategies);
        if let Some(adapt) = options.adapt {
            adapt(Arc::make_mut(&mut shared.site));
        }
        let (report, mut found) = unit.link(&shared, options.drafts);
        diagnostics.append(&mut found);
        let review = review(&report, &mut diagnostics);
        let mut sources = unit.sources().clone();
        diagnostic::sort(&mut diagnostics, &sources);
        let theme_files = theme::read(source, &shared.site, &mut sources);
        Self { sources, shared, report, theme_files, diagnostics, review }
    }
}

/// Reviews a report unless it has errors, and appends the findings that are not acknowledged to `diagnostics`.
pub fn review(report: &Report, diagnostics: &mut Vec<Diagnostic>) -> Review {
    let review = if publishable(diagnostics) { check::review(report) } else { Review::default() };
    diagnostics.extend(review.open.iter().map(|finding| finding.diagnostic.clone()));
    review
}

/// A linked unit, or the linked files outside all units: the complete, immutable input of its pages.
#[derive(Debug)]
pub struct Snapshot {
    /// Report of the unit.
    pub report: Report,
    /// Summaries of its strategies, for the site-level pages.
    pub summaries: Vec<Summary>,
}

impl Snapshot {
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
    pub folder: Folder,
    /// Analysis of the files outside all units, with the inputs that the units share.
    pub root: Analysis,
}

impl Workspace {
    /// Lists the content, limited to the units in `only` (see [`Folder::list`]), and reads the files outside all units.
    ///
    /// # Errors
    /// Fails if the content cannot be read.
    pub fn open(source: Arc<dyn Source>, only: &[String]) -> Result<Self, ReadError> {
        let folder = Folder::list(&*source, only)?;
        Ok(Self::of(source, folder))
    }

    /// Lists and reads only the files outside all units.
    ///
    /// # Errors
    /// Fails if the content cannot be read.
    pub fn open_root(source: Arc<dyn Source>) -> Result<Self, ReadError> {
        let folder = source.list(&|_| false)?;
        Ok(Self::of(source, folder))
    }

    fn of(source: Arc<dyn Source>, folder: Folder) -> Self {
        let mut unit = Unit::new(Files::read(&*source, folder.root()));
        let root = Analysis::new(&*source, &mut unit, folder.strategies(), &AnalysisOptions::default());
        Self { source, folder, root }
    }

    /// Reads the files of a unit.
    pub fn read(&self, unit: &Listing) -> Files {
        Files::read(&*self.source, unit.clone())
    }

    /// Loads the theme of the site.
    ///
    /// # Errors
    /// Returns the reasons why it cannot be read, or all errors in its files that can be detected together.
    pub fn load_theme(&self) -> Result<Theme, Vec<Diagnostic>> {
        Theme::load(&self.root.shared.site, self.root.theme_files.as_ref().map_err(Clone::clone)?)
    }

    /// Parses, links and reviews a unit. Returns its text files and all errors and warnings too.
    pub fn analyze(&self, files: Files) -> (Snapshot, Sources, Vec<Diagnostic>) {
        let mut unit = Unit::new(files);
        let (report, mut diagnostics) = unit.link(&self.root.shared, Drafts::Hidden);
        review(&report, &mut diagnostics);
        (Snapshot::new(report), unit.into_sources(), diagnostics)
    }
}
