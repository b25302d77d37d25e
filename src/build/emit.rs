//! The files of one unit, rendered side by side and handed to a sink as they are rendered.
//!
//! What the search knows of the pages is kept until the indexes are written, after all pages.

use super::CommandError;
use super::artifact::{Artifact, ArtifactKind, RenderError};
use super::render::Renderer;
use crate::diagnostic::Diagnostic;
use crate::publish::{Sink, UnitStats};
use crate::search::SearchEntry;
use crate::site::{Page, Url};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Renders the files of a unit and hands them on.
pub(super) struct Emitter<'a> {
    pub(super) sink: &'a dyn Sink,
    /// Told of every page.
    pub(super) page_done: &'a (dyn Fn() + Sync),
    /// Errors that show only on pages.
    pub(super) render_errors: &'a Mutex<Vec<Diagnostic>>,
}

impl Emitter<'_> {
    /// Renders all files of a renderer and hands them to the sink.
    pub(super) fn emit(&self, renderer: &Renderer<'_>) -> Result<UnitStats, CommandError> {
        let is_index = |file: &ArtifactKind| matches!(file, ArtifactKind::Index(..));
        let (indexes, files): (Vec<_>, Vec<_>) = renderer.artifacts().into_iter().partition(is_index);
        // A worker hands its buffer on from page to page.
        let emitted = files.par_iter().map_init(Vec::new, |buffer, file| {
            let emitted = self.put(file, renderer.render(file, buffer))?;
            if file.page().is_some() {
                (self.page_done)();
            }
            Ok(emitted)
        });
        let (charts, entries): (Vec<usize>, Vec<_>) =
            emitted.collect::<Result<Vec<_>, CommandError>>()?.into_iter().unzip();
        let entries: HashMap<Url, SearchEntry> =
            entries.into_iter().flatten().map(|entry| (entry.url.clone(), entry)).collect();
        let pages: Vec<&Page> = files.iter().filter_map(ArtifactKind::page).collect();
        indexes.par_iter().try_for_each(|file| match file {
            ArtifactKind::Index(shard, url) => {
                let entry = |page: &Page| entries.get(&page.url).map(Cow::Borrowed);
                self.put(file, renderer.index(*shard, url, &pages, entry)).map(drop)
            }
            _ => Ok(()),
        })?;
        Ok(UnitStats { pages: pages.len(), charts: charts.iter().sum(), ..UnitStats::default() })
    }

    /// Hands a file to the sink; returns the number of its charts, and its entry in the search index.
    fn put(
        &self,
        file: &ArtifactKind,
        artifact: Result<Artifact<'_>, RenderError>,
    ) -> Result<(usize, Option<SearchEntry>), CommandError> {
        match artifact {
            Ok(Artifact { body, charts, entry }) => {
                self.sink.put(file.url().path(), &body)?;
                Ok((charts, entry))
            }
            Err(RenderError::Diagnostics(mut found)) => {
                self.render_errors.lock().unwrap_or_else(PoisonError::into_inner).append(&mut found);
                Ok((0, None))
            }
            Err(RenderError::Command(error)) => Err(error),
        }
    }
}
