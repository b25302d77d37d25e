//! The files of a site: which there are, and what each holds once it is rendered.

use super::CommandError;
use crate::diagnostic::Diagnostic;
use crate::model::StrategyIx;
use crate::search::{SearchEntry, Shard};
use crate::site::{NodeFile, Page, Url};
use std::borrow::Cow;

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArtifactKind {
    /// A page.
    Page(Page),
    /// A file of the theme that is published as it is.
    Theme(Url),
    /// A picture or other file that stands beside the words of a node.
    Node(NodeFile),
    /// A strategy as data.
    Data(StrategyIx, Url),
    /// What the site as a whole says of a strategy.
    Summary(StrategyIx, Url),
    /// What the search knows of a part of the site.
    Index(Shard, Url),
}

impl ArtifactKind {
    /// Where it lies.
    pub fn url(&self) -> &Url {
        match self {
            ArtifactKind::Page(page) => &page.url,
            ArtifactKind::Node(file) => &file.url,
            ArtifactKind::Theme(url)
            | ArtifactKind::Data(_, url)
            | ArtifactKind::Summary(_, url)
            | ArtifactKind::Index(_, url) => url,
        }
    }

    /// The page that it is, if it is one.
    pub fn page(&self) -> Option<&Page> {
        match self {
            ArtifactKind::Page(page) => Some(page),
            _ => None,
        }
    }
}

/// A file as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact<'a> {
    /// What it holds.
    pub body: Cow<'a, [u8]>,
    /// The number of charts on it.
    pub charts: usize,
    /// Its entry in the search index, if it is a page that is searched.
    pub entry: Option<SearchEntry>,
}

/// What keeps a file from being rendered.
#[derive(Debug)]
pub enum RenderError {
    /// Errors in the theme that show only with the values of a page, or a file of the content that cannot be read.
    Diagnostics(Vec<Diagnostic>),
    /// A file cannot be made.
    Command(CommandError),
}
