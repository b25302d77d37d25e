//! A whole build: the units side by side, each from its files to its pages, and then what stands
//! around them.
//!
//! Units know nothing of each other, so each is let go when its pages are made, and one that is
//! as it was when it was made is only proved to be so.

use super::ground::Ground;
use super::press::Press;
use super::standing::{open_site, spare_others};
use super::{Built, Failure, Loaded, Outcome, Progress, Request, inputs, portal, understand_unit};
use crate::content::{self, ContentFiles, Folder, UnitFolder};
use crate::diagnostic::{self, Diagnostic, Severity, Sources, publishable};
use crate::publish::{PublishError, Publisher, ROOT, UnitRecord, UnitStats};
use crate::site::{Summary, address};
use crate::theme::Theme;
use rayon::prelude::*;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Reads the content, draws every page, and publishes what differs. Mistakes in the content
/// or in the site's own theme stop it before anything is published.
///
/// # Errors
/// When the content cannot be read or the output cannot be written.
pub fn build(request: &Request<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, Failure> {
    let (folder, (site, program)) = rayon::join(
        || Folder::list(request.content, request.only),
        || rayon::join(|| open_site(request.output), inputs::of_program),
    );
    let folder = folder?;
    let mut ground = Ground::read(request.content, &folder)?;
    if folder.units.is_empty() {
        content::no_strategy(request.content, &ground.sources, &mut ground.diagnostics);
    } else if !request.only.is_empty() {
        let own: Vec<&str> = folder.units.iter().map(|unit| unit.name.as_str()).collect();
        spare_others(site.as_ref(), request.output, &own)?;
    }
    let run = Run::new(&ground, request.output, site, folder.units.len(), progress);
    // Where a unit has the name of the theme's folder, files of both lie in one.
    let parted = folder.units.iter().all(|unit| unit.name != address::THEME_FOLDER);
    let hash = program.filter(|_| parted).map(|program| inputs::of_ground(program, &ground));
    let units = folder.units.par_iter().map(|unit| run.unit(unit, hash)).collect::<Result<Vec<_>, _>>()?;

    let mut records: Vec<UnitRecord> = units.iter().filter_map(|unit| unit.record.clone()).collect();
    let inputs = hash.map(|hash| inputs::of_around(hash, &records));
    let summaries = || {
        let summaries = folder.units.iter().zip(&units).map(|(folder, unit)| run.summaries(folder, unit));
        summaries.collect::<Result<Vec<_>, _>>().map(|summaries| summaries.concat())
    };
    let around = run.around(inputs, summaries)?;
    records.extend(inputs.map(|fingerprint| UnitRecord { unit: ROOT.to_owned(), fingerprint, stats: around }));
    let stats = units.iter().fold(around, |sum, unit| sum + unit.stats);
    run.finish(stats, units.into_iter().filter_map(|unit| unit.found), &records)
}

/// A build while it runs.
pub(super) struct Run<'a> {
    pub(super) ground: &'a Ground<'a>,
    output: &'a Path,
    /// Whether parts of the site that is there may be kept.
    keeps: bool,
    /// Mistakes in the content: nothing more is drawn.
    flawed: AtomicBool,
    /// Loaded when the first page is drawn.
    theme: OnceLock<Result<Theme, Vec<Diagnostic>>>,
    /// Opened when the first file is written, for that makes its folder; or before, if there is a site.
    publisher: OnceLock<Result<Publisher, PublishError>>,
    /// Mistakes in the theme that show only on pages.
    pub(super) mistakes: Mutex<Vec<Diagnostic>>,
    pub(super) progress: &'a (dyn Fn(Progress) + Sync),
    pub(super) pages: AtomicUsize,
    units: AtomicUsize,
    of: usize,
}

/// What came of a unit.
struct Unit {
    stats: UnitStats,
    /// What the cache says of it; `None` where the fingerprint of the program is not known.
    record: Option<UnitRecord>,
    /// What the site says of its strategies. `None` where it was not read, being unchanged.
    summaries: Option<Vec<Summary>>,
    /// What is wrong with it, and its texts.
    found: Option<(Sources, Vec<Diagnostic>)>,
}

impl<'a> Run<'a> {
    /// Begins to build so many units. Of a `site` that is there already, parts may be kept.
    pub(super) fn new(
        ground: &'a Ground<'a>,
        output: &'a Path,
        site: Option<Result<Publisher, PublishError>>,
        of: usize,
        progress: &'a (dyn Fn(Progress) + Sync),
    ) -> Self {
        Self {
            ground,
            output,
            keeps: site.is_some(),
            flawed: (!publishable(&ground.diagnostics)).into(),
            theme: OnceLock::new(),
            publisher: site.map_or_else(OnceLock::new, OnceLock::from),
            mistakes: Mutex::default(),
            progress,
            pages: 0.into(),
            units: 0.into(),
            of,
        }
    }

    /// Makes one unit, or proves that it needs nothing.
    fn unit(&self, folder: &UnitFolder, ground: Option<u128>) -> Result<Unit, Failure> {
        let content = self.ground.content;
        let files = content::load_all(content, &folder.paths)?;
        let inputs = ground.map(|ground| inputs::of_unit(ground, content, &files, &folder.linked)).transpose()?;
        let reused = self.reused(&folder.name, inputs)?;
        let mut unit = match reused.filter(|stats| stats.warnings == 0) {
            Some(stats) => Unit { stats, record: None, summaries: None, found: None },
            None => {
                let mut sources = self.ground.sources.clone();
                let mut files = ContentFiles::sort_into(files, &mut sources);
                files.linked.clone_from(&folder.linked);
                self.read(understand_unit(&self.ground.shared, &files, sources), reused)?
            }
        };
        unit.record = inputs.map(|fingerprint| UnitRecord { unit: folder.name.clone(), fingerprint, stats: unit.stats });
        self.units.fetch_add(1, Ordering::Relaxed);
        self.show_progress();
        Ok(unit)
    }

    /// Draws a unit that was read, unless it is `reused`: then only its warnings were wanted.
    fn read(&self, loaded: Loaded, reused: Option<UnitStats>) -> Result<Unit, Failure> {
        let Loaded { sources, report, diagnostics, .. } = loaded;
        if !publishable(&diagnostics) {
            self.flawed.store(true, Ordering::Relaxed);
        }
        let stats = match reused {
            Some(stats) => stats,
            None => {
                let drawn = self.draw(|theme| Press::of_strategies(self.ground.content, &report, theme))?;
                UnitStats { warnings: diagnostics.len(), ..drawn }
            }
        };
        let summaries = Some(report.strategies().map(|(ix, _)| Summary::of(&report, ix)).collect());
        let found = (!diagnostics.is_empty()).then_some((sources, diagnostics));
        Ok(Unit { stats, record: None, summaries, found })
    }

    /// Makes what stands around the units, or proves that it needs nothing.
    pub(super) fn around<S>(&self, inputs: Option<u128>, summaries: S) -> Result<UnitStats, Failure>
    where
        S: FnOnce() -> Result<Vec<Summary>, Failure>,
    {
        if let Some(stats) = self.reused(ROOT, inputs)? {
            return Ok(stats);
        }
        let Ground { content, report, .. } = self.ground;
        if self.flawed.load(Ordering::Relaxed) {
            // Mistakes in the theme are said together with those in the content.
            let _ = self.theme();
            return Ok(UnitStats::default());
        }
        let summaries = summaries()?;
        self.draw(|theme| Press::around(content, report, theme, summaries))
    }

    /// What the site says of the strategies of a unit: if this was not read, its `summary.json` tells.
    fn summaries(&self, folder: &UnitFolder, unit: &Unit) -> Result<Vec<Summary>, Failure> {
        if let Some(summaries) = &unit.summaries {
            return Ok(summaries.clone());
        }
        let paths = folder.strategies().map(|id| self.output.join(id).join(address::SUMMARY_JSON));
        paths.map(|path| portal::summary(&path)).collect()
    }

    /// The numbers of a unit that was published with this fingerprint and is as it was then.
    fn reused(&self, unit: &str, fingerprint: Option<u128>) -> Result<Option<UnitStats>, Failure> {
        match fingerprint.filter(|_| self.keeps) {
            Some(fingerprint) => Ok(self.publisher()?.reuse(unit, fingerprint)),
            None => Ok(None),
        }
    }

    /// Makes the files of a press and hands them to the publisher, unless there are mistakes.
    fn draw<'p>(&'p self, press: impl FnOnce(&'p Theme) -> Press<'p>) -> Result<UnitStats, Failure> {
        match self.theme() {
            Ok(theme) if !self.flawed.load(Ordering::Relaxed) => self.print(&press(theme), self.publisher()?),
            _ => Ok(UnitStats::default()),
        }
    }

    fn theme(&self) -> &Result<Theme, Vec<Diagnostic>> {
        self.theme.get_or_init(|| Theme::load(&self.ground.shared.site, &self.ground.own))
    }

    fn publisher(&self) -> Result<&Publisher, Failure> {
        let publisher = self.publisher.get_or_init(|| Publisher::open(self.output));
        publisher.as_ref().map_err(|error| Failure::new(error.message()))
    }

    pub(super) fn show_progress(&self) {
        let [pages, units] = [&self.pages, &self.units].map(|count| count.load(Ordering::Relaxed));
        (self.progress)(Progress { pages, units, of: self.of });
    }

    /// Publishes what was made, unless something `found` forbids it.
    pub(super) fn finish(
        self,
        UnitStats { pages, charts, .. }: UnitStats,
        found: impl Iterator<Item = (Sources, Vec<Diagnostic>)>,
        records: &[UnitRecord],
    ) -> Result<Outcome, Failure> {
        let mut sources = self.ground.sources.clone();
        let mut diagnostics = self.ground.diagnostics.clone();
        for (texts, mut found) in found {
            sources.take_over(self.ground.sources.count(), &texts, &mut found);
            diagnostics.append(&mut found);
        }
        if let Some(Err(mistakes)) = self.theme.into_inner() {
            diagnostics.extend(mistakes);
        }
        // Which pages were drawn before another mistake was found is chance: then theirs wait.
        if publishable(&diagnostics) {
            let mut mistakes = self.mistakes.into_inner().unwrap_or_else(PoisonError::into_inner);
            // One mistake in a template shows on many pages.
            mistakes.sort_by(|a, b| (a.span, &a.message.en).cmp(&(b.span, &b.message.en)));
            mistakes.dedup();
            diagnostics.append(&mut mistakes);
        }
        diagnostic::sort(&mut diagnostics, &sources);
        if !publishable(&diagnostics) {
            // First what keeps the site from being published; what looks wrong can wait.
            diagnostics.retain(|found| found.severity == Severity::Error);
            return Ok(Outcome { sources, diagnostics, built: None });
        }
        let publisher = self.publisher.into_inner().unwrap_or_else(|| Publisher::open(self.output))?;
        let summary = publisher.finish(records)?;
        Ok(Outcome { sources, diagnostics, built: Some(Built { pages, charts, summary }) })
    }
}
