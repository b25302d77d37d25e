//! Every file of the site, and how each is made: what `build` writes, `serve` shows.

use super::Failure;
use crate::content::{folder, natural};
use crate::diagnostic::Diagnostic;
use crate::exchange::report_json;
use crate::model::{Report, StrategyIx};
use crate::publish::Class;
use crate::say;
use crate::search::{self, Entry, Shard};
use crate::site::{self, NodeFile, Page, PageKind, Summary, Url, Viewer, address};
use crate::theme::Theme;
use rayon::prelude::*;
use std::borrow::Cow;
use std::path::Path;

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteFile {
    /// A page.
    Page(Page),
    /// A file of the theme that is published as it is.
    Theme(Url),
    /// A picture or other file that stands beside the words of a node.
    Node(NodeFile),
    /// A strategy as data.
    Data(StrategyIx, Url),
    /// What the search knows of a part of the site.
    Index(Shard, Url),
}

impl SiteFile {
    /// Where it lies.
    pub fn url(&self) -> &Url {
        match self {
            SiteFile::Page(page) => &page.url,
            SiteFile::Node(file) => &file.url,
            SiteFile::Theme(url) | SiteFile::Data(_, url) | SiteFile::Index(_, url) => url,
        }
    }

    /// The page that it is, if it is one.
    pub fn page(&self) -> Option<&Page> {
        match self {
            SiteFile::Page(page) => Some(page),
            _ => None,
        }
    }

    /// What it is to the other files.
    pub fn class(&self) -> Class {
        match self {
            SiteFile::Page(page) => match page.kind {
                PageKind::Home
                | PageKind::Edition(..)
                | PageKind::Indicators(_)
                | PageKind::Programs(_)
                | PageKind::Spending(_)
                | PageKind::Departments(_)
                | PageKind::Print(_)
                | PageKind::Search => Class::Index,
                _ => Class::Page,
            },
            SiteFile::Index(..) => Class::Index,
            SiteFile::Theme(_) | SiteFile::Node(_) | SiteFile::Data(..) => Class::Asset,
        }
    }
}

/// A file as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made<'a> {
    /// What it holds.
    pub body: Body<'a>,
    /// The number of charts on it.
    pub charts: usize,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body<'a> {
    /// Text that was made for it.
    Text(Cow<'a, str>),
    /// Bytes that are published as they are.
    Bytes(Cow<'a, [u8]>),
}

impl Body<'_> {
    /// The bytes of the file.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Body::Text(text) => text.as_bytes(),
            Body::Bytes(bytes) => bytes,
        }
    }

    /// The bytes of the file, as a value.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Body::Text(text) => text.into_owned().into_bytes(),
            Body::Bytes(bytes) => bytes.into_owned(),
        }
    }
}

/// What keeps a file from being made.
#[derive(Debug)]
pub enum Trouble {
    /// Mistakes in the theme that show only with the values of a page.
    Mistakes(Vec<Diagnostic>),
    /// A file cannot be read.
    Failure(Failure),
}

/// Makes the files of one part of the site, each by itself.
pub struct Press<'a> {
    part: Part,
    content: &'a Path,
    report: &'a Report,
    theme: &'a Theme,
    viewer: Viewer<'a>,
}

/// What a press makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The strategies of a report.
    Strategies,
    /// What stands around all strategies.
    Around,
}

impl<'a> Press<'a> {
    /// A press for the strategies of `report`, which was read from the folder `content`.
    pub fn of_strategies(content: &'a Path, report: &'a Report, theme: &'a Theme) -> Self {
        Self { part: Part::Strategies, content, report, theme, viewer: Viewer::new(report) }
    }

    /// A press for what stands around the strategies with these summaries, which come in any order;
    /// `report` needs to hold none.
    pub fn around(content: &'a Path, report: &'a Report, theme: &'a Theme, mut summaries: Vec<Summary>) -> Self {
        summaries.sort_by(|a, b| natural(&a.id, &b.id));
        Self { part: Part::Around, content, report, theme, viewer: Viewer::with_summaries(report, summaries) }
    }

    /// All that it makes, in an order that depends on the content alone.
    pub fn files(&self) -> Vec<SiteFile> {
        let index = |shard: Shard| Some(SiteFile::Index(shard, shard.url(self.report)?));
        match self.part {
            Part::Strategies => {
                let pages = site::plan_strategies(self.report).into_iter().map(SiteFile::Page);
                let of_nodes = site::files(self.report).into_iter().map(SiteFile::Node);
                let data = self.report.strategies();
                let data = data.map(|(ix, strategy)| SiteFile::Data(ix, address::report_json(strategy)));
                let indexes = search::shards(self.report).filter_map(index);
                pages.chain(of_nodes).chain(data).chain(indexes).collect()
            }
            Part::Around => {
                let pages = site::plan_around(self.report).into_iter().map(SiteFile::Page);
                let of_theme = self.theme.assets().map(|(url, _)| SiteFile::Theme(url));
                let indexes = search::shard_around(self.report).and_then(index);
                pages.chain(of_theme).chain(indexes).collect()
            }
        }
    }

    /// What the file holds; a page is drawn into `buffer`.
    ///
    /// # Errors
    /// When the theme cannot draw it or a file of the content cannot be read.
    pub fn make<'m>(&'m self, file: &SiteFile, buffer: &'m mut Vec<u8>) -> Result<Made<'m>, Trouble> {
        let plain = |bytes| Ok(Made { body: Body::Bytes(bytes), charts: 0 });
        match file {
            SiteFile::Page(page) => {
                let view = self.viewer.view(page);
                let html = self.theme.draw(&view, buffer).map_err(Trouble::Mistakes)?;
                Ok(Made { body: Body::Text(html), charts: view.charts() })
            }
            SiteFile::Theme(url) => {
                let asset = self.theme.assets().find(|(of, _)| of == url);
                plain(Cow::Borrowed(asset.map_or(&[][..], |(_, bytes)| bytes)))
            }
            SiteFile::Node(file) => {
                let node = self.report.node(file.node);
                let strategy = self.report.strategy(file.node.strategy);
                let path = folder::asset_path(self.content, &strategy.id, node.kind, &node.id, &file.name);
                let bytes = folder::load_own(self.content, &path).map_err(|error| Trouble::Failure(error.into()))?;
                plain(Cow::Owned(bytes))
            }
            SiteFile::Data(ix, _) => {
                let json = report_json::to_json(self.report, *ix);
                let json = json.map_err(|error| no_data("report.json", &error))?;
                plain(Cow::Owned(json))
            }
            SiteFile::Index(shard, _) => {
                let plan = site::plan_strategies(self.report);
                self.index(*shard, &plan.iter().collect::<Vec<_>>(), |page| {
                    let mut buffer = Vec::new();
                    let html = self.theme.draw(&self.viewer.view(page), &mut buffer).map_err(Trouble::Mistakes)?;
                    Ok(search::entry(self.report, page, &html).map(Cow::Owned))
                })
            }
        }
    }

    /// What the search knows of `page`, which was drawn as `made`. `None` if it is not searched.
    pub fn entry(&self, page: &Page, made: &Made<'_>) -> Option<Entry> {
        match &made.body {
            Body::Text(html) => search::entry(self.report, page, html),
            Body::Bytes(_) => None,
        }
    }

    /// The file of a shard, whose pages are in `plan`; `entry` gives what is known of each.
    ///
    /// # Errors
    /// When `entry` has one.
    pub fn index<'e, F>(&self, shard: Shard, plan: &[&Page], entry: F) -> Result<Made<'static>, Trouble>
    where
        F: Fn(&Page) -> Result<Option<Cow<'e, Entry>>, Trouble> + Send + Sync,
    {
        let entries: Vec<Cow<'_, Entry>> = if shard == Shard::Glossary {
            search::terms(self.report).map(Cow::Owned).collect()
        } else {
            let pages = search::pages(self.report, shard, plan);
            let entries: Vec<_> = pages.into_par_iter().map(entry).collect::<Result<_, _>>()?;
            entries.into_iter().flatten().collect()
        };
        let script = shard.script(self.report, &entries).map_err(|error| no_data("search.js", &error))?;
        Ok(Made { body: Body::Bytes(script.into()), charts: 0 })
    }
}

fn no_data(file: &str, reason: &serde_json::Error) -> Trouble {
    let message = say!(ja: "{file} を作れません（{reason}）", en: "cannot make {file} ({reason})");
    Trouble::Failure(Failure::Other(message))
}
