//! The content as all commands see it.
//!
//! ```text
//! Source ─list, read→ Files ─Unit: parse, link→ Report ─review→ diagnostics
//!                                               Report ─Snapshot→ what pages are rendered from
//! ```
//!
//! - [`analyze`]: everything as one report, for those who look at it once (`new`);
//! - [`Workspace`]: unit by unit, for `build` and `check`, which let each go when it is rendered;
//! - [`live`]: the same with all units kept, for `serve`, which reads again what changes;
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

/// What becomes of the sheets of editions that are still drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drafts {
    /// They are left out: for what is published.
    #[default]
    Hidden,
    /// They are there like all others: for those who write them.
    Shown,
}

/// How content is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnalysisOptions {
    /// What becomes of drafts.
    pub drafts: Drafts,
    /// A change of the site itself, for one that is shown elsewhere than it is published.
    pub adapt: Option<fn(&mut Site)>,
}

/// Content that was read, linked and reviewed as one report.
#[derive(Debug)]
pub struct Analysis {
    /// All text files, for showing diagnostics.
    pub sources: Sources,
    /// What all units share.
    pub shared: Shared,
    /// The report; whole only if no diagnostic is an error.
    pub report: Report,
    /// What the site brings to its theme, or what keeps it from being read.
    pub theme_files: Result<Vec<ThemeFile>, Vec<Diagnostic>>,
    /// All that is wrong or looks wrong, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What looks wrong, those among it that were acknowledged too. Empty while there are errors: what could not be
    /// read would be missed by the rules, in other places.
    pub review: Review,
}

/// Reads, links and reviews the content, or of it what `only` names (see [`Folder::list`]), as one report.
///
/// # Errors
/// When the content cannot be read.
pub fn analyze(source: &dyn Source, only: &[String], options: &AnalysisOptions) -> Result<Analysis, ReadError> {
    let folder = Folder::list(source, only)?;
    let mut unit = Unit::new(Files::read(source, folder.all()));
    Ok(Analysis::new(source, &mut unit, folder.strategies(), options))
}

impl Analysis {
    /// The analysis of `unit`, which holds `site.toml`, of a site with these strategies.
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

/// Reviews a report that has no errors so far, and adds what nobody has acknowledged.
pub fn review(report: &Report, diagnostics: &mut Vec<Diagnostic>) -> Review {
    let review = if publishable(diagnostics) { check::review(report) } else { Review::default() };
    diagnostics.extend(review.open.iter().map(|finding| finding.diagnostic.clone()));
    review
}

/// A unit, or what lies outside all units, as it was read and linked: all that its pages are rendered from.
#[derive(Debug)]
pub struct Snapshot {
    /// The report of the unit.
    pub report: Report,
    /// What the site as a whole says of its strategies.
    pub summaries: Vec<Summary>,
}

impl Snapshot {
    /// The snapshot of a report that does not change any more.
    pub fn new(report: Report) -> Self {
        let summaries = report.strategies().map(|(ix, _)| Summary::of(&report, ix)).collect();
        Self { report, summaries }
    }
}

/// A content folder whose units are read one by one, without drafts: for what is published.
pub struct Workspace {
    /// The content.
    pub source: Arc<dyn Source>,
    /// All files that belong to it.
    pub folder: Folder,
    /// What lies outside all units, and what these share.
    pub root: Analysis,
}

impl Workspace {
    /// Lists the content, or of its units those that `only` names (see [`Folder::list`]), and reads what lies outside
    /// all units.
    ///
    /// # Errors
    /// When the content cannot be read.
    pub fn open(source: Arc<dyn Source>, only: &[String]) -> Result<Self, ReadError> {
        let folder = Folder::list(&*source, only)?;
        Ok(Self::of(source, folder))
    }

    /// The content without its units.
    ///
    /// # Errors
    /// When the content cannot be read.
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

    /// The theme of the site.
    ///
    /// # Errors
    /// What keeps it from being read, or all mistakes in its files that can be told at once.
    pub fn load_theme(&self) -> Result<Theme, Vec<Diagnostic>> {
        Theme::load(&self.root.shared.site, self.root.theme_files.as_ref().map_err(Clone::clone)?)
    }

    /// Parses, links and reviews a unit; with its texts and all that is wrong or looks wrong.
    pub fn analyze(&self, files: Files) -> (Snapshot, Sources, Vec<Diagnostic>) {
        let mut unit = Unit::new(files);
        let (report, mut diagnostics) = unit.link(&self.root.shared, Drafts::Hidden);
        review(&report, &mut diagnostics);
        (Snapshot::new(report), unit.into_sources(), diagnostics)
    }
}
