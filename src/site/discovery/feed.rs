//! Feeds in the Atom format (RFC 4287): the editions and corrections of a strategy, or of all strategies, newest first.
//!
//! An entry needs a day, so editions whose documents have no known day of publication are not listed, and a feed without
//! entries does not exist. The format requires times; midnight UTC stands for the whole day.

use super::{absolute, publication_day, xml};
use crate::model::{Base, Day, Report, StrategyIx, grouped};
use crate::site::{Summary, Url, address};
use crate::texts::InterfaceTexts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;

/// Namespace of Atom.
const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// Maximum number of entries. Readers of feeds keep older ones themselves.
const MAX_ENTRIES: usize = 100;

/// Entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedEntry {
    /// Day of publication, in the form `2020-09-30`.
    pub day: String,
    /// Path of its page below the root of the site, not percent-encoded.
    pub page: String,
    /// What was published.
    pub event: FeedEvent,
}

/// What an entry of a feed announces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedEvent {
    /// Publication of an edition.
    Edition {
        /// Label of the edition.
        label: String,
        /// Title of its document.
        document: String,
    },
    /// Corrections of one day.
    Corrections {
        /// Number of corrected cells.
        count: usize,
        /// Names of the corrected goals, policies and programs, at most [`MAX_NAMES`].
        names: Vec<String>,
    },
}

/// Maximum number of names in an entry about corrections.
const MAX_NAMES: usize = 20;

/// The newest entries of a strategy, newest first.
pub(crate) fn entries(report: &Report, ix: StrategyIx) -> Vec<FeedEntry> {
    let strategy = report.strategy(ix);
    let editions = strategy.shown_editions().filter_map(|(_, edition)| {
        let document = edition.document.as_ref()?;
        Some(FeedEntry {
            day: publication_day(edition)?.to_string(),
            page: address::edition(strategy, edition).path().to_owned(),
            event: FeedEvent::Edition { label: edition.label.clone(), document: document.title.clone() },
        })
    });
    // Of entries of one day, the later edition is the newer one, and corrections follow it.
    let mut entries: Vec<FeedEntry> = editions.chain(corrections(report, ix)).collect();
    entries.reverse();
    entries.sort_by(|a, b| b.day.cmp(&a.day));
    entries.truncate(MAX_ENTRIES);
    entries
}

/// An entry for each day with corrections, oldest first.
fn corrections(report: &Report, ix: StrategyIx) -> impl Iterator<Item = FeedEntry> {
    let strategy = report.strategy(ix);
    let mut days: BTreeMap<Day, (usize, Vec<&str>)> = BTreeMap::new();
    for (_, node) in report.nodes(ix) {
        for correction in node.sheets.iter().flat_map(|sheet| &sheet.corrections) {
            let (count, names) = days.entry(correction.date).or_default();
            *count += 1;
            if names.len() < MAX_NAMES && names.last() != Some(&node.name.as_str()) {
                names.push(&node.name);
            }
        }
    }
    let page = address::corrections(strategy).path().to_owned();
    days.into_iter().map(move |(day, (count, names))| FeedEntry {
        day: day.to_string(),
        page: page.clone(),
        event: FeedEvent::Corrections { count, names: names.into_iter().map(str::to_owned).collect() },
    })
}

/// Returns true if the feed of a strategy has entries.
pub(crate) fn has_entries(report: &Report, ix: StrategyIx) -> bool {
    let dated = report.strategy(ix).shown_editions().any(|(_, edition)| publication_day(edition).is_some());
    dated || report.nodes(ix).any(|(_, node)| node.sheets.iter().any(|sheet| !sheet.corrections.is_empty()))
}

/// Feed of a strategy.
pub(super) fn of_strategy(report: &Report, base: &Base, texts: &InterfaceTexts, ix: StrategyIx) -> io::Result<Vec<u8>> {
    let strategy = report.strategy(ix);
    let entries = entries(report, ix);
    let entries = entries.iter().map(|entry| Item { entry, publisher: &strategy.publisher, strategy: None });
    let head = Head {
        title: &format!("{} {}", strategy.publisher, strategy.title),
        subtitle: strategy.description.as_deref(),
        author: &strategy.publisher,
        page: &address::strategy(strategy),
        feed: &address::feed(strategy),
        lang: &strategy.lang,
    };
    feed(base, texts, &head, &entries.collect::<Vec<_>>())
}

/// Feed of all strategies.
pub(super) fn of_site(
    report: &Report,
    base: &Base,
    texts: &InterfaceTexts,
    summaries: &[Summary],
) -> io::Result<Vec<u8>> {
    let entries = summaries.iter().flat_map(|summary| {
        let item = |entry| Item { entry, publisher: &summary.publisher, strategy: Some(&summary.title) };
        summary.feed.iter().map(item)
    });
    let mut entries: Vec<Item<'_>> = entries.collect();
    entries.sort_by(|a, b| b.entry.day.cmp(&a.entry.day));
    entries.truncate(MAX_ENTRIES);
    let site = &report.site;
    let head = Head {
        title: &site.title,
        subtitle: site.description.as_deref(),
        author: site.publisher.as_deref().unwrap_or(&site.title),
        page: &address::home(),
        feed: &address::site_feed(),
        lang: &site.lang,
    };
    feed(base, texts, &head, &entries)
}

/// Elements of a feed other than its entries.
struct Head<'a> {
    title: &'a str,
    subtitle: Option<&'a str>,
    author: &'a str,
    /// Page that the feed announces changes of.
    page: &'a Url,
    feed: &'a Url,
    lang: &'a str,
}

/// An entry with what the feed says about its strategy.
struct Item<'a> {
    entry: &'a FeedEntry,
    publisher: &'a str,
    /// Title of the strategy; `None` in its own feed.
    strategy: Option<&'a str>,
}

fn feed(base: &Base, texts: &InterfaceTexts, head: &Head<'_>, items: &[Item<'_>]) -> io::Result<Vec<u8>> {
    let (page, feed) = (absolute(base, head.page), absolute(base, head.feed));
    xml::document(|writer| {
        let element = writer.create_element("feed");
        let element = element.with_attributes([("xmlns", NAMESPACE), ("xml:lang", head.lang)]);
        element
            .write_inner_content(|writer| {
                xml::text_element(writer, "id", &feed)?;
                xml::text_element(writer, "title", head.title)?;
                head.subtitle.iter().try_for_each(|text| xml::text_element(writer, "subtitle", text))?;
                items.first().iter().try_for_each(|newest| xml::text_element(writer, "updated", &newest.time()))?;
                author(writer, head.author)?;
                link(writer, "self", "application/atom+xml", &feed)?;
                link(writer, "alternate", "text/html", &page)?;
                items.iter().try_for_each(|item| item.write(writer, base, texts))
            })
            .map(drop)
    })
}

impl Item<'_> {
    /// Time of the entry.
    fn time(&self) -> String {
        format!("{}T00:00:00Z", self.entry.day)
    }

    /// A tag URI (RFC 4151), which stays the same if the site later moves to `https`.
    fn id(&self, base: &Base, page: &Url) -> String {
        let FeedEntry { day, event, .. } = self.entry;
        let year = day.split('-').next().unwrap_or_default();
        let of_day = match event {
            FeedEvent::Edition { .. } => String::new(),
            FeedEvent::Corrections { .. } => format!("?corrections={day}"),
        };
        format!("tag:{},{year}:{}{page}{of_day}", base.host(), base.path())
    }

    fn write(&self, writer: &mut xml::XmlWriter, base: &Base, texts: &InterfaceTexts) -> io::Result<()> {
        let page = Url::new(self.entry.page.as_str());
        let (title, summary) = match &self.entry.event {
            FeedEvent::Edition { label, document } => (label.clone(), document.clone()),
            FeedEvent::Corrections { count, names } => {
                (texts.fill("feed_corrections", &[("count", &grouped(*count))]), names.join(texts.get("separator")))
            }
        };
        let title = match self.strategy {
            Some(strategy) => format!("{} {strategy} {title}", self.publisher),
            None => title,
        };
        let element = writer.create_element("entry");
        element
            .write_inner_content(|writer| {
                xml::text_element(writer, "id", &self.id(base, &page))?;
                xml::text_element(writer, "title", &title)?;
                xml::text_element(writer, "updated", &self.time())?;
                xml::text_element(writer, "published", &self.time())?;
                self.strategy.iter().try_for_each(|_| author(writer, self.publisher))?;
                link(writer, "alternate", "text/html", &absolute(base, &page))?;
                xml::text_element(writer, "summary", &summary)
            })
            .map(drop)
    }
}

fn author(writer: &mut xml::XmlWriter, name: &str) -> io::Result<()> {
    writer.create_element("author").write_inner_content(|writer| xml::text_element(writer, "name", name)).map(drop)
}

fn link(writer: &mut xml::XmlWriter, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    let link = writer.create_element("link");
    link.with_attributes([("rel", rel), ("type", kind), ("href", href)]).write_empty().map(drop)
}
