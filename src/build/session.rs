//! The steps of a build: all units in parallel, each from its files to its pages, then the files outside the units.
//!
//! Units are independent, so each is dropped when its pages are rendered, and a unit that is up to date is not even
//! parsed, unless it had warnings, which must be reported again. A check renders all units and discards the files.

use super::baseline::{Baseline, Comparison};
use super::emit::Emitter;
use super::existing::ensure_not_clobbering;
use super::render::Renderer;
use super::{BuildOptions, BuildStats, CommandError, Outcome, Progress, incremental, summaries};
use crate::content::source::{Files, Listing};
use crate::content::{self, DiskSource};
use crate::diagnostic::{self, Diagnostic, Severity, Sources, has_errors};
use crate::publish::{DryRun, PublishError, Publisher, ROOT_UNIT, Sink, UnitRecord, UnitStats};
use crate::site::{Summary, claims};
use crate::theme::Theme;
use crate::workspace::{UnitSnapshot, Workspace};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Reads the content, renders every page, and publishes the changed files. With any error in the content or in the
/// theme of the site, nothing is published.
///
/// # Errors
/// Fails if the content cannot be read or the output cannot be written.
pub fn build(options: &BuildOptions<'_>, on_progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, CommandError> {
    let (workspace, (publisher, program_hash)) = rayon::join(
        || Workspace::open(Arc::new(DiskSource::new(options.content)), options.only),
        || rayon::join(|| Publisher::open_existing(options.output), incremental::program_hash),
    );
    let mut workspace = workspace?;
    require_strategy(&mut workspace, options.content);
    let listings = workspace.listing.units();
    if !listings.is_empty() && !options.only.is_empty() {
        let built_units: Vec<&str> = listings.iter().map(|(name, _)| *name).collect();
        ensure_not_clobbering(publisher.as_ref(), options.output, &built_units)?;
    }
    let baseline = Baseline::open(options.against, options.output)?;
    let destination = Destination::output(options.output, publisher);
    let session = BuildSession::new(&workspace, destination, listings.len(), on_progress);
    let session = BuildSession { baseline: Some((baseline, options.strict)), ..session };
    let shared_fingerprint = program_hash.map(|program| incremental::shared_fingerprint(program, &workspace));
    let units = listings.par_iter().map(|(name, listing)| session.build_unit(name, listing, shared_fingerprint));
    let mut units = units.collect::<Result<Vec<_>, _>>()?;

    let mut records: Vec<UnitRecord> = units.iter().filter_map(|unit| unit.record.clone()).collect();
    let fingerprint = shared_fingerprint.map(|shared| incremental::root_fingerprint(shared, &records, &workspace));
    let summaries = || {
        let summaries = listings.iter().zip(&mut units).map(|((_, listing), unit)| match unit.summaries.take() {
            Some(summaries) => Ok(summaries),
            None => listing.strategies().map(|id| summaries::read(options.output, id)).collect(),
        });
        summaries.collect::<Result<Vec<_>, _>>().map(|summaries| summaries.concat())
    };
    let root_stats = session.build_root(fingerprint, summaries)?;
    records.extend(fingerprint.map(|fingerprint| UnitRecord {
        unit: ROOT_UNIT.to_owned(),
        fingerprint,
        stats: root_stats,
    }));
    let stats = units.iter().fold(root_stats, |sum, unit| sum + unit.stats);
    let unpublished = units.iter_mut().flat_map(|unit| std::mem::take(&mut unit.unpublished)).collect();
    let outcome = session.finish(stats, units.into_iter().filter_map(|unit| unit.diagnostics), &records)?;
    Ok(Outcome { unpublished, ..outcome })
}

/// Reports an error if the content contains no strategy; `root` is its path in the message.
pub(super) fn require_strategy(workspace: &mut Workspace, root: &Path) {
    if workspace.root.shared.strategies.is_empty() {
        content::report_missing_strategy(root, &workspace.root.sources, &mut workspace.root.diagnostics);
    }
}

/// Destination of the rendered files.
#[allow(clippy::large_enum_variant, reason = "one value exists per run")]
pub(super) enum Destination<'a> {
    /// The output folder. Opening a publisher creates the folder, so the publisher is opened for
    /// the first file, or earlier if the folder already contains a site.
    Output(&'a Path, OnceLock<Result<Publisher, PublishError>>),
    /// No destination: the files are discarded.
    DryRun(DryRun),
}

impl<'a> Destination<'a> {
    /// The folder `output`, with the publisher of a site that it contains already.
    pub(super) fn output(output: &'a Path, publisher: Option<Result<Publisher, PublishError>>) -> Self {
        Self::Output(output, publisher.map_or_else(OnceLock::new, OnceLock::from))
    }

    fn sink(&self) -> Result<&dyn Sink, PublishError> {
        match self {
            Self::Output(output, publisher) => {
                let publisher = publisher.get_or_init(|| Publisher::open(output));
                publisher.as_ref().map(|publisher| publisher as &dyn Sink).map_err(Clone::clone)
            }
            Self::DryRun(dry_run) => Ok(dry_run),
        }
    }

    /// Publisher of the output folder, if it was opened.
    fn publisher(&self) -> Option<&Result<Publisher, PublishError>> {
        match self {
            Self::Output(_, publisher) => publisher.get(),
            Self::DryRun(_) => None,
        }
    }
}

/// State of a running build or check.
pub(super) struct BuildSession<'a> {
    workspace: &'a Workspace,
    destination: Destination<'a>,
    /// Published states, and whether silent corrections are errors; `None` if nothing is compared.
    baseline: Option<(Baseline, bool)>,
    /// True if the content has errors. If so, nothing more is rendered.
    has_errors: AtomicBool,
    /// The theme, loaded when the first page is rendered.
    theme: OnceLock<Result<Theme, Vec<Diagnostic>>>,
    /// Errors that occur only when pages are rendered.
    render_errors: Mutex<Vec<Diagnostic>>,
    progress: ProgressCounter<'a>,
}

/// Counts finished pages and units, and reports them.
struct ProgressCounter<'a> {
    on_progress: &'a (dyn Fn(Progress) + Sync),
    pages: AtomicUsize,
    units: AtomicUsize,
    total_units: usize,
}

impl ProgressCounter<'_> {
    fn page_done(&self) {
        self.pages.fetch_add(1, Ordering::Relaxed);
        self.report();
    }

    fn unit_done(&self) {
        self.units.fetch_add(1, Ordering::Relaxed);
        self.report();
    }

    fn report(&self) {
        let (pages, units) = (self.pages.load(Ordering::Relaxed), self.units.load(Ordering::Relaxed));
        (self.on_progress)(Progress { pages, units, total_units: self.total_units });
    }
}

/// Result of building a unit.
#[derive(Default)]
struct UnitResult {
    stats: UnitStats,
    /// Record for the cache; `None` if the program could not be hashed.
    record: Option<UnitRecord>,
    /// Summaries of its strategies; `None` if the unit was up to date and not rendered.
    summaries: Option<Vec<Summary>>,
    /// Its diagnostics, with the text files to which they point; `None` if there are none.
    diagnostics: Option<(Sources, Vec<Diagnostic>)>,
    /// Ids of its strategies without a published state.
    unpublished: Vec<String>,
}

impl<'a> BuildSession<'a> {
    /// Creates a session for `total_units` units. Units of an existing site at the destination may be reused.
    pub(super) fn new(
        workspace: &'a Workspace,
        destination: Destination<'a>,
        total_units: usize,
        on_progress: &'a (dyn Fn(Progress) + Sync),
    ) -> Self {
        Self {
            workspace,
            destination,
            baseline: None,
            has_errors: has_errors(&workspace.root.diagnostics).into(),
            theme: OnceLock::new(),
            render_errors: Mutex::default(),
            progress: ProgressCounter { on_progress, pages: 0.into(), units: 0.into(), total_units },
        }
    }

    /// Builds one unit unless it is up to date, which is unknown without `shared_fingerprint`.
    fn build_unit(
        &self,
        name: &str,
        listing: &Listing,
        shared_fingerprint: Option<u128>,
    ) -> Result<UnitResult, CommandError> {
        let files = self.workspace.read_unit(listing);
        let source = &*self.workspace.source;
        let fingerprint = shared_fingerprint.map(|shared| incremental::unit_fingerprint(shared, source, &files));
        let reused = self.reuse(name, fingerprint)?;
        let compares_other_site = self.baseline.as_ref().is_some_and(|(baseline, _)| baseline.is_other_site());
        let mut unit = match reused.filter(|stats| stats.warnings == 0 && !compares_other_site) {
            Some(stats) => UnitResult { stats, ..UnitResult::default() },
            None => self.analyze_and_render(files, reused)?,
        };
        let record = |fingerprint| UnitRecord { unit: name.to_owned(), fingerprint, stats: unit.stats };
        unit.record = fingerprint.map(record);
        self.unit_done();
        Ok(unit)
    }

    /// Parses a unit and renders it. A `reused` unit is parsed only for its warnings, and not rendered.
    fn analyze_and_render(&self, files: Files, reused: Option<UnitStats>) -> Result<UnitResult, CommandError> {
        let (snapshot, sources, mut diagnostics) = self.workspace.analyze_unit(files);
        let warnings = diagnostics.len();
        let Comparison { diagnostics: mut silent, unpublished } =
            self.compare(&snapshot, &diagnostics, reused.is_some());
        diagnostics.append(&mut silent);
        let (stats, summaries) = match reused {
            Some(stats) => (stats, None),
            None => {
                let (stats, summaries) = self.render_unit(&snapshot, &diagnostics)?;
                (UnitStats { warnings, ..stats }, Some(summaries))
            }
        };
        let diagnostics = (!diagnostics.is_empty()).then_some((sources, diagnostics));
        Ok(UnitResult { stats, record: None, summaries, diagnostics, unpublished })
    }

    /// Compares a unit without errors with its published state. A `reused` unit is the one in the output folder.
    fn compare(&self, unit: &UnitSnapshot, diagnostics: &[Diagnostic], reused: bool) -> Comparison {
        match &self.baseline {
            Some((baseline, strict)) if !has_errors(diagnostics) && (!reused || baseline.is_other_site()) => {
                baseline.compare(&unit.report, *strict)
            }
            _ => Comparison::default(),
        }
    }

    /// Renders a unit in its published form, unless this or another unit has errors. Returns the summaries of its
    /// strategies, too.
    pub(super) fn render_unit(
        &self,
        unit: &UnitSnapshot,
        diagnostics: &[Diagnostic],
    ) -> Result<(UnitStats, Vec<Summary>), CommandError> {
        if has_errors(diagnostics) {
            self.has_errors.store(true, Ordering::Relaxed);
        }
        let source = &*self.workspace.source;
        self.render(|theme| Renderer::for_unit(source, unit, theme))
    }

    /// Renders a unit that is not published in this form, such as one with drafts, for the errors on its pages.
    pub(super) fn render_errors_of(&self, unit: &UnitSnapshot) -> Result<Vec<Diagnostic>, CommandError> {
        let Ok(theme) = self.load_theme() else { return Ok(Vec::new()) };
        let (sink, render_errors) = (DryRun::default(), Mutex::default());
        let emitter = Emitter { sink: &sink, page_done: &|| (), render_errors: &render_errors };
        emitter.emit(&Renderer::for_unit(&*self.workspace.source, unit, theme))?;
        Ok(render_errors.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts a unit as finished.
    pub(super) fn unit_done(&self) {
        self.progress.unit_done();
    }

    /// Renders the files outside all units unless they are up to date.
    pub(super) fn build_root<S>(&self, fingerprint: Option<u128>, summaries: S) -> Result<UnitStats, CommandError>
    where
        S: FnOnce() -> Result<Vec<Summary>, CommandError>,
    {
        if let Some(stats) = self.reuse(ROOT_UNIT, fingerprint)? {
            return Ok(stats);
        }
        if self.has_errors.load(Ordering::Relaxed) {
            // Errors of the theme are reported together with those of the content.
            let _ = self.load_theme();
            return Ok(UnitStats::default());
        }
        let summaries = summaries()?;
        let Workspace { source, root, .. } = self.workspace;
        // The content of a portal does not name the units; in other builds such errors have been reported above.
        let units: BTreeSet<&str> = summaries.iter().map(Summary::municipality).collect();
        let mut collisions = claims::static_files_in_units(&root.static_files, &units);
        if !collisions.is_empty() {
            self.render_errors.lock().unwrap_or_else(PoisonError::into_inner).append(&mut collisions);
            return Ok(UnitStats::default());
        }
        let rendered =
            self.render(|theme| Renderer::for_root(&**source, &root.report, theme, summaries, &root.static_files))?;
        Ok(rendered.0)
    }

    /// Statistics of a unit that was published with this fingerprint and is unchanged; `None` if it must be rendered.
    fn reuse(&self, unit: &str, fingerprint: Option<u128>) -> Result<Option<UnitStats>, CommandError> {
        match (fingerprint, self.destination.publisher()) {
            (Some(fingerprint), Some(Ok(publisher))) => Ok(publisher.reuse(unit, fingerprint)),
            (Some(_), Some(Err(error))) => Err(error.clone().into()),
            _ => Ok(None),
        }
    }

    /// Renders files into the destination unless there are errors.
    fn render<'p>(
        &'p self,
        renderer: impl FnOnce(&'p Theme) -> Renderer<'p>,
    ) -> Result<(UnitStats, Vec<Summary>), CommandError> {
        match self.load_theme() {
            Ok(theme) if !self.has_errors.load(Ordering::Relaxed) => {
                let (sink, render_errors) = (self.destination.sink()?, &self.render_errors);
                let emitter = Emitter { sink, page_done: &|| self.progress.page_done(), render_errors };
                emitter.emit(&renderer(theme))
            }
            _ => Ok(Default::default()),
        }
    }

    /// The theme, loaded on the first call.
    fn load_theme(&self) -> &Result<Theme, Vec<Diagnostic>> {
        self.theme.get_or_init(|| self.workspace.load_theme())
    }

    /// Collects all diagnostics, with the text files to which they point: of the files outside the units, of the units
    /// (`unit_diagnostics`), of the theme, and of the pages if there are no other errors.
    pub(super) fn diagnostics(
        &mut self,
        unit_diagnostics: impl Iterator<Item = (Sources, Vec<Diagnostic>)>,
    ) -> (Sources, Vec<Diagnostic>) {
        let mut sources = self.workspace.root.sources.clone();
        let mut diagnostics = self.workspace.root.diagnostics.clone();
        for (unit_sources, mut unit_diagnostics) in unit_diagnostics {
            sources.merge_from(&unit_sources, &mut unit_diagnostics);
            diagnostics.append(&mut unit_diagnostics);
        }
        if let Some(Err(errors)) = self.theme.take() {
            diagnostics.extend(errors);
        }
        // After another error, the set of pages rendered so far depends on timing, so their errors are left out.
        if !has_errors(&diagnostics) {
            let errors = std::mem::take(&mut self.render_errors);
            diagnostics.append(&mut dedup_errors(errors.into_inner().unwrap_or_else(PoisonError::into_inner)));
        }
        (sources, diagnostics)
    }

    /// Publishes the rendered files unless there are errors.
    pub(super) fn finish(
        mut self,
        UnitStats { pages, charts, .. }: UnitStats,
        unit_diagnostics: impl Iterator<Item = (Sources, Vec<Diagnostic>)>,
        records: &[UnitRecord],
    ) -> Result<Outcome, CommandError> {
        let (sources, diagnostics) = self.diagnostics(unit_diagnostics);
        let diagnostics = errors_or_warnings(diagnostics, &sources);
        let Destination::Output(output, publisher) = self.destination else {
            return Ok(Outcome { sources, diagnostics, stats: None, recovery: None, unpublished: Vec::new() });
        };
        if has_errors(&diagnostics) {
            let recovery = publisher.get().and_then(|publisher| publisher.as_ref().ok()?.recovery());
            return Ok(Outcome { sources, diagnostics, stats: None, recovery, unpublished: Vec::new() });
        }
        let publisher = publisher.into_inner().unwrap_or_else(|| Publisher::open(output))?;
        let recovery = publisher.recovery();
        let stats = Some(BuildStats { pages, charts, changes: publisher.finish(records)? });
        Ok(Outcome { sources, diagnostics, stats, recovery, unpublished: Vec::new() })
    }
}

/// Sorts errors of pages and removes duplicates: an error in a template occurs on many pages.
pub(super) fn dedup_errors(mut errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    errors.sort_by(|a, b| (&a.location, &a.message.en).cmp(&(&b.location, &b.message.en)));
    errors.dedup();
    errors
}

/// Sorts the diagnostics and, if there are errors, leaves out the warnings.
pub(super) fn errors_or_warnings(mut diagnostics: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    diagnostic::sort(&mut diagnostics, sources);
    if has_errors(&diagnostics) {
        diagnostics.retain(|diagnostic| diagnostic.severity() == Severity::Error);
    }
    diagnostics
}
