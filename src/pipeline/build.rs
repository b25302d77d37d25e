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
use crate::publish::{Part, PublishError, Publisher, Sealed};
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

    let sealed: Option<Vec<Sealed>> = units.iter().map(|unit| unit.sealed.clone()).collect();
    let inputs = hash.zip(sealed.as_ref()).map(|(hash, units)| inputs::of_around(hash, units));
    let summaries = || {
        let summaries = folder.units.iter().zip(&units).map(|(folder, unit)| run.summaries(folder, unit));
        summaries.collect::<Result<Vec<_>, _>>().map(|summaries| summaries.concat())
    };
    let around = run.around(inputs, summaries)?;
    let sealed = sealed.zip(inputs).map(|(mut sealed, inputs)| {
        sealed.push(around.sealed(Part::Around, inputs));
        sealed
    });
    let tally = units.iter().fold(around, |sum, unit| sum.and(unit.tally));
    run.finish(tally, units.into_iter().filter_map(|unit| unit.found), sealed)
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
    tally: Tally,
    /// What can prove it unchanged later.
    sealed: Option<Sealed>,
    /// What the site says of its strategies. `None` where it was not read, being unchanged.
    summaries: Option<Vec<Summary>>,
    /// What is wrong with it, and its texts.
    found: Option<(Sources, Vec<Diagnostic>)>,
}

/// What was made of a part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) pages: usize,
    /// On the pages.
    pub(super) charts: usize,
    /// What looked wrong.
    pub(super) warnings: usize,
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
        let part = Part::Folder(folder.name.clone());
        let kept = self.kept(&part, inputs)?;
        let mut unit = match kept.filter(|tally| tally.warnings == 0) {
            Some(tally) => Unit { tally, sealed: None, summaries: None, found: None },
            None => {
                let mut sources = self.ground.sources.clone();
                let mut files = ContentFiles::sort_into(files, &mut sources);
                files.linked.clone_from(&folder.linked);
                self.read(understand_unit(&self.ground.shared, &files, sources), kept)?
            }
        };
        unit.sealed = inputs.map(|inputs| unit.tally.sealed(part, inputs));
        self.units.fetch_add(1, Ordering::Relaxed);
        self.show_progress();
        Ok(unit)
    }

    /// Draws a unit that was read, unless it is `kept`: then only its warnings were wanted.
    fn read(&self, loaded: Loaded, kept: Option<Tally>) -> Result<Unit, Failure> {
        let Loaded { sources, report, diagnostics, .. } = loaded;
        if !publishable(&diagnostics) {
            self.flawed.store(true, Ordering::Relaxed);
        }
        let tally = match kept {
            Some(tally) => tally,
            None => {
                let drawn = self.draw(|theme| Press::of_strategies(self.ground.content, &report, theme))?;
                Tally { warnings: diagnostics.len(), ..drawn }
            }
        };
        let summaries = Some(report.strategies().map(|(ix, _)| Summary::of(&report, ix)).collect());
        let found = (!diagnostics.is_empty()).then_some((sources, diagnostics));
        Ok(Unit { tally, sealed: None, summaries, found })
    }

    /// Makes what stands around the units, or proves that it needs nothing.
    pub(super) fn around<S>(&self, inputs: Option<u128>, summaries: S) -> Result<Tally, Failure>
    where
        S: FnOnce() -> Result<Vec<Summary>, Failure>,
    {
        if let Some(tally) = self.kept(&Part::Around, inputs)? {
            return Ok(tally);
        }
        let Ground { content, report, .. } = self.ground;
        if self.flawed.load(Ordering::Relaxed) {
            // Mistakes in the theme are said together with those in the content.
            let _ = self.theme();
            return Ok(Tally::default());
        }
        let summaries = summaries()?;
        self.draw(|theme| Press::around(content, report, theme, summaries))
    }

    /// What the site says of the strategies of a unit: if this was not read, its own files tell.
    fn summaries(&self, folder: &UnitFolder, unit: &Unit) -> Result<Vec<Summary>, Failure> {
        if let Some(summaries) = &unit.summaries {
            return Ok(summaries.clone());
        }
        let paths = folder.strategies().map(|id| self.output.join(id).join(address::REPORT_JSON));
        paths.map(|path| portal::summary(&path, self.ground.shared.site.permanent)).collect()
    }

    /// What was made of `part` before, if it is as it was made then, of these `inputs`.
    fn kept(&self, part: &Part, inputs: Option<u128>) -> Result<Option<Tally>, Failure> {
        match inputs.filter(|_| self.keeps) {
            Some(inputs) => Ok(self.publisher()?.keep(part, inputs, Tally::noted)?),
            None => Ok(None),
        }
    }

    /// Makes the files of a press and hands them to the publisher, unless there are mistakes.
    fn draw<'p>(&'p self, press: impl FnOnce(&'p Theme) -> Press<'p>) -> Result<Tally, Failure> {
        match self.theme() {
            Ok(theme) if !self.flawed.load(Ordering::Relaxed) => self.print(&press(theme), self.publisher()?),
            _ => Ok(Tally::default()),
        }
    }

    fn theme(&self) -> &Result<Theme, Vec<Diagnostic>> {
        self.theme.get_or_init(|| Theme::load(&self.ground.shared.site, &self.ground.own))
    }

    fn publisher(&self) -> Result<&Publisher, Failure> {
        let publisher = self.publisher.get_or_init(|| Publisher::open(self.output));
        publisher.as_ref().map_err(|error| Failure::Other(error.message()))
    }

    pub(super) fn show_progress(&self) {
        let [pages, units] = [&self.pages, &self.units].map(|count| count.load(Ordering::Relaxed));
        (self.progress)(Progress { pages, units, of: self.of });
    }

    /// Publishes what was made, unless something `found` forbids it.
    pub(super) fn finish(
        self,
        Tally { pages, charts, .. }: Tally,
        found: impl Iterator<Item = (Sources, Vec<Diagnostic>)>,
        sealed: Option<Vec<Sealed>>,
    ) -> Result<Outcome, Failure> {
        let mut sources = self.ground.sources.clone();
        let mut diagnostics = self.ground.diagnostics.clone();
        for (texts, mut found) in found {
            sources.merge_from(self.ground.sources.count(), &texts, &mut found);
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
            diagnostics.retain(|found| found.severity() == Severity::Error);
            return Ok(Outcome { sources, diagnostics, built: None });
        }
        let publisher = self.publisher.into_inner().unwrap_or_else(|| Publisher::open(self.output))?;
        let summary = match sealed {
            Some(parts) => publisher.finish_and_seal(&parts)?,
            None => publisher.finish()?,
        };
        Ok(Outcome { sources, diagnostics, built: Some(Built { pages, charts, summary }) })
    }
}

impl Tally {
    fn and(self, other: Self) -> Self {
        Self {
            pages: self.pages + other.pages,
            charts: self.charts + other.charts,
            warnings: self.warnings + other.warnings,
        }
    }

    /// What a seal says of `part`, which was made of `inputs`.
    fn sealed(self, part: Part, inputs: u128) -> Sealed {
        Sealed { part, inputs, note: format!("{} {} {}", self.pages, self.charts, self.warnings) }
    }

    /// What was noted so.
    fn noted(note: &str) -> Option<Self> {
        let mut numbers = note.split(' ').map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Self { pages: next()?, charts: next()?, warnings: next()? })
    }
}
