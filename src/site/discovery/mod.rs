//! Files by which search engines, feed readers and catalogues find the pages of a site: sitemaps, feeds, `robots.txt`,
//! and descriptions of the data within the pages of strategies.
//!
//! They contain absolute URLs, so they exist only if `site.toml` declares a base address. Dates come from the content
//! alone; what has no known day is left out, never dated by a clock.
//!
//! Each strategy has its own [`sitemap`] and [`feed`], which its unit writes. Those of the site refer to them and are
//! built from the summaries of all strategies, so that their cost does not grow with the content of the units.

pub mod dataset;
pub mod feed;
mod robots;
pub mod sitemap;
mod xml;

pub use feed::FeedEntry;

use super::summary::Summary;
use super::url::Url;
use super::{Page, address, plan};
use crate::model::{Base, Day, Edition, Report, StrategyIx};
use crate::texts::InterfaceTexts;
use std::io;

/// A file by which other services find the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscoveryFile {
    /// Sitemap of a strategy; the number is that of its files, from 0.
    StrategySitemap(StrategyIx, usize),
    /// Feed of a strategy.
    StrategyFeed(StrategyIx),
    /// Index of all sitemaps.
    SitemapIndex,
    /// Sitemap of the pages outside the strategies.
    SiteSitemap,
    /// Feed of all strategies.
    SiteFeed,
    /// `robots.txt`, which only the root of a host can have.
    Robots,
}

/// Files of all strategies of `report`, with their addresses.
pub fn strategy_files(report: &Report) -> Vec<(DiscoveryFile, Url)> {
    if report.site.base.is_none() {
        return Vec::new();
    }
    let files = report.strategies().flat_map(|(ix, strategy)| {
        let sitemap = move |number| (DiscoveryFile::StrategySitemap(ix, number), address::sitemap(strategy, number));
        let feed = feed::has_entries(report, ix).then(|| (DiscoveryFile::StrategyFeed(ix), address::feed(strategy)));
        (0..sitemap::file_count(report, ix)).map(sitemap).chain(feed)
    });
    files.collect()
}

/// Files outside all strategies, which have these `summaries`.
pub fn site_files(report: &Report, summaries: &[Summary]) -> Vec<(DiscoveryFile, Url)> {
    let Some(base) = &report.site.base else { return Vec::new() };
    let mut files = vec![
        (DiscoveryFile::SitemapIndex, address::sitemap_index()),
        (DiscoveryFile::SiteSitemap, address::site_sitemap()),
    ];
    if summaries.iter().any(|summary| !summary.feed.is_empty()) {
        files.push((DiscoveryFile::SiteFeed, address::site_feed()));
    }
    if base.path() == "/" {
        files.push((DiscoveryFile::Robots, address::robots()));
    }
    files
}

/// Content of a file; `summaries` are those of all strategies, for files outside them. Empty without a base address.
///
/// # Errors
/// None in practice: writing to memory cannot fail.
pub fn render(
    report: &Report,
    summaries: &[Summary],
    texts: &InterfaceTexts,
    file: DiscoveryFile,
) -> io::Result<Vec<u8>> {
    let Some(base) = &report.site.base else { return Ok(Vec::new()) };
    match file {
        DiscoveryFile::StrategySitemap(ix, number) => sitemap::of_strategy(report, base, ix, number),
        DiscoveryFile::StrategyFeed(ix) => feed::of_strategy(report, base, texts, ix),
        DiscoveryFile::SitemapIndex => sitemap::index(base, summaries),
        DiscoveryFile::SiteSitemap => sitemap::of_site(report, base),
        DiscoveryFile::SiteFeed => feed::of_site(report, base, texts, summaries),
        DiscoveryFile::Robots => Ok(robots::robots(base)),
    }
}

/// Pages of a strategy that search engines should list: all but redirects, and documents that repeat other pages for
/// printing.
fn listed_pages(report: &Report, ix: StrategyIx) -> Vec<Page> {
    let is_listed = |page: &Page| {
        use crate::site::PageKind::{Print, PrintDocument, Redirect};
        !matches!(page.kind, Redirect { .. } | Print(_) | PrintDocument(..))
    };
    plan::plan_strategy(report, ix).into_iter().filter(is_listed).collect()
}

/// Absolute URL of a page or file.
fn absolute(base: &Base, url: &Url) -> String {
    format!("{}{url}", base.as_str())
}

/// Day on which the document of an edition was published; `None` if it is not known.
fn publication_day(edition: &Edition) -> Option<Day> {
    edition.document.as_ref()?.published.as_ref()?.day
}
