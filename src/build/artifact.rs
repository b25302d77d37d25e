//! Files of a site, before and after rendering.

use super::CommandError;
use crate::diagnostic::Diagnostic;
use crate::exchange::package::PackageFile;
use crate::model::{IndicatorId, StaticFile, StrategyIx};
use crate::search::{EncodedEntry, Shard};
use crate::site::discovery::DiscoveryFile;
use crate::site::{NodeFile, Page, Url};
use std::borrow::Cow;

/// A file of the site, before it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputFile {
    /// A page.
    Page(Page),
    /// A file of the theme, published unchanged.
    ThemeFile(Url),
    /// An image or other file in the folder of a node.
    NodeFile(NodeFile),
    /// The chart of an indicator as an image.
    Chart(IndicatorId, Url),
    /// A file of `static/`, published unchanged.
    StaticFile(StaticFile, Url),
    /// The `report.json` of a strategy.
    Data(StrategyIx, Url),
    /// A file of the data package of a strategy.
    Package(StrategyIx, PackageFile, Url),
    /// The `summary.json` of a strategy, from which the site-level pages are rendered.
    Summary(StrategyIx, Url),
    /// A shard of the search index.
    Index(Shard, Url),
    /// A file of the first level of the search index.
    Grams(u8, Url),
    /// A sitemap, a feed, or `robots.txt`.
    Discovery(DiscoveryFile, Url),
}

impl OutputFile {
    /// Address in the site.
    pub fn url(&self) -> &Url {
        match self {
            OutputFile::Page(page) => &page.url,
            OutputFile::NodeFile(file) => &file.url,
            OutputFile::ThemeFile(url)
            | OutputFile::Chart(_, url)
            | OutputFile::StaticFile(_, url)
            | OutputFile::Data(_, url)
            | OutputFile::Package(_, _, url)
            | OutputFile::Summary(_, url)
            | OutputFile::Index(_, url)
            | OutputFile::Grams(_, url)
            | OutputFile::Discovery(_, url) => url,
        }
    }

    /// The page; `None` for any other file.
    pub fn page(&self) -> Option<&Page> {
        match self {
            OutputFile::Page(page) => Some(page),
            _ => None,
        }
    }
}

/// A rendered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact<'a> {
    /// Bytes to publish.
    pub body: Cow<'a, [u8]>,
    /// Number of charts on the page; 0 for other files.
    pub charts: usize,
    /// Entry in the search index; `None` if the file is not a searchable page.
    pub entry: Option<EncodedEntry>,
}

/// Reason why a file cannot be rendered.
#[derive(Debug)]
pub enum RenderError {
    /// Errors of the theme that occur only with the values of a page, or an unreadable file of the content.
    Diagnostics(Vec<Diagnostic>),
    /// Any other failure.
    Command(CommandError),
}
