//! Parallel rendering of the files of one renderer into a sink.
//!
//! The search entries of the pages are kept in memory until the indexes and summaries are written, after all pages.

use super::CommandError;
use super::artifact::{Artifact, OutputFile, RenderError};
use super::render::Renderer;
use crate::diagnostic::Diagnostic;
use crate::publish::{Sink, UnitStats};
use crate::search::EncodedEntry;
use crate::site::{Page, Summary, Url};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Renders the files of one renderer and passes them to a sink.
pub(super) struct Emitter<'a> {
    pub(super) sink: &'a dyn Sink,
    /// Called after each page.
    pub(super) page_done: &'a (dyn Fn() + Sync),
    /// Errors that occur only when pages are rendered.
    pub(super) render_errors: &'a Mutex<Vec<Diagnostic>>,
}

impl Emitter<'_> {
    /// Renders all files of a renderer and passes them to the sink. Returns the summaries of its strategies, too.
    pub(super) fn emit(&self, renderer: &Renderer<'_>) -> Result<(UnitStats, Vec<Summary>), CommandError> {
        let needs_entries = |file: &OutputFile| matches!(file, OutputFile::Index(..) | OutputFile::Summary(..));
        let (indexes, files): (Vec<_>, Vec<_>) = renderer.files().into_iter().partition(needs_entries);
        // Each worker reuses its buffer for all of its pages.
        let emitted = files.par_iter().map_init(Vec::new, |buffer, file| {
            if renderer.exceeds_limits() {
                return Ok((0, None));
            }
            let emitted = self.accept(file, renderer.render(file, buffer))?;
            if file.page().is_some() {
                (self.page_done)();
            }
            Ok(emitted)
        });
        let (charts, entries): (Vec<usize>, Vec<_>) =
            emitted.collect::<Result<Vec<_>, CommandError>>()?.into_iter().unzip();
        let entries: HashMap<Url, EncodedEntry> =
            entries.into_iter().flatten().map(|entry| (entry.url.clone(), entry)).collect();
        let pages: Vec<&Page> = files.iter().filter_map(OutputFile::page).collect();
        let entry = |page: &Page| entries.get(&page.url).map(Cow::Borrowed);
        let summaries = indexes.par_iter().map(|file| match file {
            OutputFile::Index(shard, url) => {
                self.accept(file, renderer.index(*shard, url, &pages, entry))?;
                Ok(None)
            }
            OutputFile::Summary(ix, _) => {
                let summary = renderer.summary(*ix, &pages, entry);
                let json = renderer.summary_json(&summary);
                self.accept(file, json.map(|json| Artifact { body: json.into(), charts: 0, entry: None }))?;
                Ok(Some(summary))
            }
            _ => Ok(None),
        });
        let summaries = summaries.collect::<Result<Vec<_>, CommandError>>()?.into_iter().flatten().collect();
        Ok((UnitStats { pages: pages.len(), charts: charts.iter().sum(), ..UnitStats::default() }, summaries))
    }

    /// Passes a rendered file to the sink, or records its errors. Returns the number of its charts and its search entry.
    fn accept(
        &self,
        file: &OutputFile,
        artifact: Result<Artifact<'_>, RenderError>,
    ) -> Result<(usize, Option<EncodedEntry>), CommandError> {
        match artifact {
            Ok(Artifact { body, charts, entry }) => {
                self.sink.put(file.url().path(), &body)?;
                Ok((charts, entry))
            }
            Err(RenderError::Diagnostics(mut errors)) => {
                self.render_errors.lock().unwrap_or_else(PoisonError::into_inner).append(&mut errors);
                Ok((0, None))
            }
            Err(RenderError::Command(error)) => Err(error),
        }
    }
}
