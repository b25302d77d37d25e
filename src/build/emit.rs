//! The files of one unit, rendered side by side and handed to the publisher as they are rendered.
//!
//! What the search knows of a page is kept until the index of its strategy is written, which is
//! as soon as the pages of that strategy are.

use super::Failure;
use super::artifact::{Artifact, ArtifactKind, RenderError};
use super::render::Renderer;
use super::session::Session;
use crate::model::StrategyIx;
use crate::publish::{Publisher, UnitStats};
use crate::search::{Entry, Shard};
use crate::site::{Page, Url};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

impl Session<'_> {
    /// Renders all files of a renderer and hands them to the publisher.
    pub(super) fn emit(&self, renderer: &Renderer<'_>, publisher: &Publisher) -> Result<UnitStats, Failure> {
        let files = renderer.artifacts();
        let pages = files.iter().filter(|file| file.page().is_some()).count();
        let mut batches: BTreeMap<Option<StrategyIx>, Vec<ArtifactKind>> = BTreeMap::new();
        for file in files {
            batches.entry(strategy(&file)).or_default().push(file);
        }
        let batches: Vec<_> = batches.into_values().collect();
        let emission = Emission { session: self, renderer, publisher, charts: 0.into() };
        batches.par_iter().try_for_each(|batch| emission.batch(batch))?;
        Ok(UnitStats { pages, charts: emission.charts.into_inner(), ..UnitStats::default() })
    }
}

/// The strategy with which a file is searched.
fn strategy(file: &ArtifactKind) -> Option<StrategyIx> {
    let shard = match file {
        ArtifactKind::Page(page) => Shard::of(page),
        ArtifactKind::Index(shard, _) => Some(*shard),
        _ => None,
    };
    match shard? {
        Shard::Strategy(ix) | Shard::Edition(ix, _) => Some(ix),
        Shard::Glossary => None,
    }
}

/// A unit while its files are rendered.
struct Emission<'a> {
    session: &'a Session<'a>,
    renderer: &'a Renderer<'a>,
    publisher: &'a Publisher,
    charts: AtomicUsize,
}

impl Emission<'_> {
    /// Makes the files of one strategy: the pages, then the indexes of what they say.
    fn batch(&self, batch: &[ArtifactKind]) -> Result<(), Failure> {
        let entries = batch.par_iter().map_init(Vec::new, |buffer, file| self.file(file, buffer));
        let entries: Vec<Option<Entry>> = entries.collect::<Result<_, _>>()?;
        let entries: HashMap<Url, Entry> =
            entries.into_iter().flatten().map(|entry| (entry.url.clone(), entry)).collect();
        let pages: Vec<&Page> = batch.iter().filter_map(ArtifactKind::page).collect();
        batch.iter().try_for_each(|file| match file {
            ArtifactKind::Index(shard, _) => {
                let entry = |page: &Page| entries.get(&page.url).map(Cow::Borrowed);
                self.put(file, self.renderer.index(*shard, &pages, entry))
            }
            _ => Ok(()),
        })
    }

    /// Makes one file, unless it is an index; returns what the search knows of it. Pages are drawn
    /// into `buffer`, which is handed on to the next.
    fn file(&self, file: &ArtifactKind, buffer: &mut Vec<u8>) -> Result<Option<Entry>, Failure> {
        if let ArtifactKind::Index(..) = file {
            return Ok(None);
        }
        let mut artifact = self.renderer.render(file, buffer);
        let mut entry = None;
        if let Ok(artifact) = &mut artifact {
            self.charts.fetch_add(artifact.charts, Ordering::Relaxed);
            entry = artifact.entry.take();
        }
        self.put(file, artifact)?;
        if file.page().is_some() {
            self.session.meter.add(1, 0);
        }
        Ok(entry)
    }

    fn put(&self, file: &ArtifactKind, artifact: Result<Artifact<'_>, RenderError>) -> Result<(), Failure> {
        match artifact {
            Ok(artifact) => Ok(self.publisher.put(file.url().path(), file.class(), &artifact.body)?),
            Err(RenderError::Theme(mut found)) => {
                self.session.render_errors.lock().unwrap_or_else(PoisonError::into_inner).append(&mut found);
                Ok(())
            }
            Err(RenderError::Failure(failure)) => Err(failure),
        }
    }
}
