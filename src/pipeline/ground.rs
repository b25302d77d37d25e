//! What all units of a site are made with: `site.toml`, the glossary, the site's own theme.

use crate::content::{self, ContentFiles, Folder, ReadError, Reader, Shared};
use crate::diagnostic::{Diagnostic, Sources};
use crate::model::Report;
use crate::pipeline::{Drafts, reread};
use crate::theme::{self, ThemeFile};
use std::path::Path;

/// What all units of a site are made with.
pub(super) struct Ground<'a> {
    /// The content folder.
    pub(super) content: &'a Path,
    /// The site and the glossary.
    pub(super) shared: Shared,
    /// The texts of both, and of the theme. Each unit goes on from a copy of them.
    pub(super) sources: Sources,
    /// What the site brings to its theme.
    pub(super) own: Vec<ThemeFile>,
    /// A report without strategies, for the pages around them.
    pub(super) report: Report,
    /// What is wrong with all this.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Ground<'a> {
    /// Reads it from the folder `content`, whose files are those of `folder`.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn read(content: &'a Path, folder: &Folder) -> Result<Self, ReadError> {
        let (mut files, mut sources) = ContentFiles::sort(content::load_all(content, &folder.shared)?);
        files.linked.clone_from(&folder.linked);
        let (shared, mut diagnostics) = content::shared(&files, folder.strategies(), &sources);
        let (report, mut found) = reread(&mut Reader::default(), &shared, &files, &sources, Drafts::Hidden);
        diagnostics.append(&mut found);
        let own = theme::read(content, &shared.site, &mut sources)?;
        Ok(Self { content, shared, sources, own, report, diagnostics })
    }
}
