//! A build while it runs: the units side by side, each from its files to its pages, and then what lies outside them.
//!
//! Units know nothing of each other, so each is let go when its pages are rendered, and one that is up to date is not
//! even parsed, unless it had warnings. A check goes the same way, and discards what was rendered.

use super::emit::Emitter;
use super::existing::ensure_not_clobbering;
use super::render::Renderer;
use super::{Built, CommandError, Outcome, Progress, Request, incremental, summaries};
use crate::content::source::{Files, Listing};
use crate::content::{self, DiskSource};
use crate::diagnostic::{self, Diagnostic, Severity, Sources, publishable};
use crate::publish::{DryRun, PublishError, Publisher, ROOT, Sink, UnitRecord, UnitStats};
use crate::site::Summary;
use crate::theme::Theme;
use crate::workspace::{Snapshot, Workspace};
use rayon::prelude::*;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Reads the content, renders every page, and publishes what differs. Errors in the content
/// or in the site's own theme stop it before anything is published.
///
/// # Errors
/// When the content cannot be read or the output cannot be written.
pub fn build(request: &Request<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, CommandError> {
    let (workspace, (site, program)) = rayon::join(
        || Workspace::open(Arc::new(DiskSource::new(request.content)), request.only),
        || rayon::join(|| Publisher::open_existing(request.output), incremental::of_program),
    );
    let mut workspace = workspace?;
    require_strategy(&mut workspace, request.content);
    let folders = workspace.folder.units();
    if !folders.is_empty() && !request.only.is_empty() {
        let own: Vec<&str> = folders.iter().map(|(name, _)| *name).collect();
        ensure_not_clobbering(site.as_ref(), request.output, &own)?;
    }
    let destination = Destination::output(request.output, site);
    let session = BuildSession::new(&workspace, destination, folders.len(), progress);
    let shared = program.map(|program| incremental::of_shared(program, &workspace));
    let units = folders.par_iter().map(|(name, files)| session.unit(name, files, shared));
    let mut units = units.collect::<Result<Vec<_>, _>>()?;

    let mut records: Vec<UnitRecord> = units.iter().filter_map(|unit| unit.record.clone()).collect();
    let fingerprint = shared.map(|shared| incremental::of_root(shared, &records));
    let summaries = || {
        let summaries = folders.iter().zip(&mut units).map(|((_, files), unit)| match unit.summaries.take() {
            Some(summaries) => Ok(summaries),
            None => files.strategies().map(|id| summaries::read(request.output, id)).collect(),
        });
        summaries.collect::<Result<Vec<_>, _>>().map(|summaries| summaries.concat())
    };
    let root = session.root(fingerprint, summaries)?;
    records.extend(fingerprint.map(|fingerprint| UnitRecord { unit: ROOT.to_owned(), fingerprint, stats: root }));
    let stats = units.iter().fold(root, |sum, unit| sum + unit.stats);
    session.finish(stats, units.into_iter().filter_map(|unit| unit.found), &records)
}

/// Notes an error if the content, which lies at `root`, holds no strategy.
pub(super) fn require_strategy(workspace: &mut Workspace, root: &Path) {
    if workspace.root.shared.strategies.is_empty() {
        content::no_strategy(root, &workspace.root.sources, &mut workspace.root.diagnostics);
    }
}

/// Where the files go.
#[allow(clippy::large_enum_variant, reason = "there is one in a run")]
pub(super) enum Destination<'a> {
    /// To a folder. Its publisher is opened when the first file is written, for that makes the folder; or before, if
    /// there is a site.
    Output(&'a Path, OnceLock<Result<Publisher, PublishError>>),
    /// Nowhere.
    DryRun(DryRun),
}

impl<'a> Destination<'a> {
    /// The folder `output`, in which a `site` may be already.
    pub(super) fn output(output: &'a Path, site: Option<Result<Publisher, PublishError>>) -> Self {
        Self::Output(output, site.map_or_else(OnceLock::new, OnceLock::from))
    }

    fn sink(&self) -> Result<&dyn Sink, PublishError> {
        match self {
            Self::Output(output, publisher) => {
                let publisher = publisher.get_or_init(|| Publisher::open(output));
                publisher.as_ref().map(|publisher| publisher as &dyn Sink).map_err(Clone::clone)
            }
            Self::DryRun(paths) => Ok(paths),
        }
    }

    /// The site that is there already, if it was opened.
    fn site(&self) -> Option<&Result<Publisher, PublishError>> {
        match self {
            Self::Output(_, publisher) => publisher.get(),
            Self::DryRun(_) => None,
        }
    }
}

/// A build while it runs.
pub(super) struct BuildSession<'a> {
    workspace: &'a Workspace,
    destination: Destination<'a>,
    /// Whether there are errors in the content: nothing more is rendered.
    has_errors: AtomicBool,
    /// Loaded when the first page is rendered.
    theme: OnceLock<Result<Theme, Vec<Diagnostic>>>,
    /// Errors that show only on pages.
    render_errors: Mutex<Vec<Diagnostic>>,
    progress: ProgressCounter<'a>,
}

/// How far a build is.
struct ProgressCounter<'a> {
    show: &'a (dyn Fn(Progress) + Sync),
    pages: AtomicUsize,
    units: AtomicUsize,
    of: usize,
}

impl ProgressCounter<'_> {
    fn add(&self, pages: usize, units: usize) {
        let pages = self.pages.fetch_add(pages, Ordering::Relaxed) + pages;
        let units = self.units.fetch_add(units, Ordering::Relaxed) + units;
        (self.show)(Progress { pages, units, of: self.of });
    }
}

/// What came of a unit.
#[derive(Default)]
struct UnitResult {
    stats: UnitStats,
    /// What the cache says of it; `None` where the fingerprint of the program is not known.
    record: Option<UnitRecord>,
    /// What the site says of its strategies; `None` where it was not parsed, being up to date.
    summaries: Option<Vec<Summary>>,
    /// What is wrong with it, and its texts.
    found: Option<(Sources, Vec<Diagnostic>)>,
}

impl<'a> BuildSession<'a> {
    /// Begins to build so many units. Of a site that is there already, units may be reused.
    pub(super) fn new(
        workspace: &'a Workspace,
        destination: Destination<'a>,
        of: usize,
        show: &'a (dyn Fn(Progress) + Sync),
    ) -> Self {
        Self {
            workspace,
            destination,
            has_errors: (!publishable(&workspace.root.diagnostics)).into(),
            theme: OnceLock::new(),
            render_errors: Mutex::default(),
            progress: ProgressCounter { show, pages: 0.into(), units: 0.into(), of },
        }
    }

    /// Renders one unit, unless it is up to date. `shared` is the fingerprint of what all units share.
    fn unit(&self, name: &str, listing: &Listing, shared: Option<u128>) -> Result<UnitResult, CommandError> {
        let files = self.workspace.read(listing);
        let source = &*self.workspace.source;
        let fingerprint = shared.map(|shared| incremental::of_unit(shared, source, &files));
        let reused = self.reuse(name, fingerprint)?;
        let mut unit = match reused.filter(|stats| stats.warnings == 0) {
            Some(stats) => UnitResult { stats, ..UnitResult::default() },
            None => self.analyze(files, reused)?,
        };
        let record = |fingerprint| UnitRecord { unit: name.to_owned(), fingerprint, stats: unit.stats };
        unit.record = fingerprint.map(record);
        self.unit_done();
        Ok(unit)
    }

    /// Parses a unit, and renders it unless it is `reused`: then only its warnings were wanted.
    fn analyze(&self, files: Files, reused: Option<UnitStats>) -> Result<UnitResult, CommandError> {
        let (snapshot, sources, diagnostics) = self.workspace.analyze(files);
        let stats = match reused {
            Some(stats) => stats,
            None => UnitStats { warnings: diagnostics.len(), ..self.render_unit(&snapshot, &diagnostics)? },
        };
        let found = (!diagnostics.is_empty()).then_some((sources, diagnostics));
        Ok(UnitResult { stats, record: None, summaries: Some(snapshot.summaries), found })
    }

    /// Renders a unit as it would be published, unless this or another has errors.
    pub(super) fn render_unit(&self, unit: &Snapshot, found: &[Diagnostic]) -> Result<UnitStats, CommandError> {
        if !publishable(found) {
            self.has_errors.store(true, Ordering::Relaxed);
        }
        let source = &*self.workspace.source;
        self.render(|theme| Renderer::of_unit(source, &unit.report, theme))
    }

    /// Renders a unit in another way than it would be published, for the errors that show only on its pages.
    pub(super) fn try_render(&self, unit: &Snapshot) -> Result<Vec<Diagnostic>, CommandError> {
        let Ok(theme) = self.theme() else { return Ok(Vec::new()) };
        let (sink, render_errors) = (DryRun::default(), Mutex::default());
        let emitter = Emitter { sink: &sink, page_done: &|| (), render_errors: &render_errors };
        emitter.emit(&Renderer::of_unit(&*self.workspace.source, &unit.report, theme))?;
        Ok(render_errors.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts a unit as done.
    pub(super) fn unit_done(&self) {
        self.progress.add(0, 1);
    }

    /// Renders what lies outside all units, unless it is up to date.
    pub(super) fn root<S>(&self, fingerprint: Option<u128>, summaries: S) -> Result<UnitStats, CommandError>
    where
        S: FnOnce() -> Result<Vec<Summary>, CommandError>,
    {
        if let Some(stats) = self.reuse(ROOT, fingerprint)? {
            return Ok(stats);
        }
        if self.has_errors.load(Ordering::Relaxed) {
            // Errors in the theme are said together with those in the content.
            let _ = self.theme();
            return Ok(UnitStats::default());
        }
        let summaries = summaries()?;
        let Workspace { source, root, .. } = self.workspace;
        self.render(|theme| Renderer::of_root(&**source, &root.report, theme, summaries))
    }

    /// The numbers of a unit that was published with this fingerprint and is as it was then.
    fn reuse(&self, unit: &str, fingerprint: Option<u128>) -> Result<Option<UnitStats>, CommandError> {
        match (fingerprint, self.destination.site()) {
            (Some(fingerprint), Some(Ok(site))) => Ok(site.reuse(unit, fingerprint)),
            (Some(_), Some(Err(error))) => Err(error.clone().into()),
            _ => Ok(None),
        }
    }

    /// Renders files and hands them on, unless there are errors.
    fn render<'p>(&'p self, renderer: impl FnOnce(&'p Theme) -> Renderer<'p>) -> Result<UnitStats, CommandError> {
        match self.theme() {
            Ok(theme) if !self.has_errors.load(Ordering::Relaxed) => {
                let (sink, render_errors) = (self.destination.sink()?, &self.render_errors);
                let emitter = Emitter { sink, page_done: &|| self.progress.add(1, 0), render_errors };
                emitter.emit(&renderer(theme))
            }
            _ => Ok(UnitStats::default()),
        }
    }

    fn theme(&self) -> &Result<Theme, Vec<Diagnostic>> {
        self.theme.get_or_init(|| self.workspace.load_theme())
    }

    /// All that is wrong or looks wrong, with the texts to which it points: with the content as a whole, with the units
    /// as `found`, with the theme, and with pages.
    pub(super) fn diagnostics(
        &mut self,
        found: impl Iterator<Item = (Sources, Vec<Diagnostic>)>,
    ) -> (Sources, Vec<Diagnostic>) {
        let mut sources = self.workspace.root.sources.clone();
        let mut diagnostics = self.workspace.root.diagnostics.clone();
        for (texts, mut found) in found {
            sources.merge_from(&texts, &mut found);
            diagnostics.append(&mut found);
        }
        if let Some(Err(errors)) = self.theme.take() {
            diagnostics.extend(errors);
        }
        // Which pages were rendered before another error was found is chance: then theirs wait.
        if publishable(&diagnostics) {
            diagnostics.append(&mut once_each(std::mem::take(&mut self.render_errors)));
        }
        (sources, diagnostics)
    }

    /// Publishes what was rendered, unless something `found` forbids it.
    pub(super) fn finish(
        mut self,
        UnitStats { pages, charts, .. }: UnitStats,
        found: impl Iterator<Item = (Sources, Vec<Diagnostic>)>,
        records: &[UnitRecord],
    ) -> Result<Outcome, CommandError> {
        let (sources, diagnostics) = self.diagnostics(found);
        let diagnostics = most_urgent(diagnostics, &sources);
        let Destination::Output(output, publisher) = self.destination else {
            return Ok(Outcome { sources, diagnostics, built: None, recovery: None });
        };
        if !publishable(&diagnostics) {
            let recovery = publisher.get().and_then(|site| site.as_ref().ok()?.recovery());
            return Ok(Outcome { sources, diagnostics, built: None, recovery });
        }
        let publisher = publisher.into_inner().unwrap_or_else(|| Publisher::open(output))?;
        let recovery = publisher.recovery();
        let built = Some(Built { pages, charts, summary: publisher.finish(records)? });
        Ok(Outcome { sources, diagnostics, built, recovery })
    }
}

/// Errors of pages: one in a template shows on many.
pub(super) fn once_each(errors: Mutex<Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let mut errors = errors.into_inner().unwrap_or_else(PoisonError::into_inner);
    errors.sort_by(|a, b| (&a.place, &a.message.en).cmp(&(&b.place, &b.message.en)));
    errors.dedup();
    errors
}

/// First what keeps the site from being published; what looks wrong can wait.
pub(super) fn most_urgent(mut diagnostics: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    diagnostic::sort(&mut diagnostics, sources);
    if !publishable(&diagnostics) {
        diagnostics.retain(|found| found.severity() == Severity::Error);
    }
    diagnostics
}
