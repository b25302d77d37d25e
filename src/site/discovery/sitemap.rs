//! Sitemaps in the format of <https://www.sitemaps.org/protocol.html>.
//!
//! A sitemap may list at most 50,000 pages, all of them below its own folder. Each strategy therefore has one or more
//! sitemaps in its folder, and `sitemap.xml` at the root of the site is an index of all of them.

use super::{absolute, listed_pages, publication_day, xml};
use crate::model::{Base, Day, EditionIx, Owner, Report, Sheet, StrategyIx};
use crate::site::{Page, PageKind, Summary, Url, address, plan};
use std::io;

/// Maximum number of pages in a sitemap; small in tests, so that they cover several sitemaps.
const MAX_PAGES: usize = if cfg!(test) { 5 } else { 50_000 };

/// Namespace of sitemaps and their indexes.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Number of sitemaps of a strategy; 0 without a base address.
pub(crate) fn file_count(report: &Report, ix: StrategyIx) -> usize {
    if report.site.base.is_some() { listed_pages(report, ix).len().div_ceil(MAX_PAGES) } else { 0 }
}

/// The sitemap of a strategy with this number.
pub(super) fn of_strategy(report: &Report, base: &Base, ix: StrategyIx, number: usize) -> io::Result<Vec<u8>> {
    let pages = listed_pages(report, ix);
    let pages = pages.chunks(MAX_PAGES).nth(number).unwrap_or_default();
    sitemap(base, pages.iter().map(|page| (&page.url, last_change(report, ix, page))))
}

/// Sitemap of the home page and the glossary.
pub(super) fn of_site(report: &Report, base: &Base) -> io::Result<Vec<u8>> {
    let pages = plan::plan_site_level(report);
    let pages = pages.iter().filter(|page| matches!(page.kind, PageKind::Home | PageKind::Glossary));
    sitemap(base, pages.map(|page| (&page.url, None)))
}

/// Index of the sitemaps of the site.
pub(super) fn index(base: &Base, summaries: &[Summary]) -> io::Result<Vec<u8>> {
    let of_strategy =
        |summary: &Summary| (0..summary.sitemaps).map(|number| address::sitemap(summary, number)).collect::<Vec<_>>();
    let sitemaps = std::iter::once(address::site_sitemap()).chain(summaries.iter().flat_map(of_strategy));
    xml::document(|writer| {
        let index = writer.create_element("sitemapindex").with_attribute(("xmlns", NAMESPACE));
        index
            .write_inner_content(|writer| {
                for url in sitemaps {
                    writer
                        .create_element("sitemap")
                        .write_inner_content(|writer| xml::text_element(writer, "loc", &absolute(base, &url)))?;
                }
                Ok(())
            })
            .map(drop)
    })
}

/// Sitemap of pages, each with the day of its last change, if it is known.
fn sitemap<'p>(base: &Base, pages: impl Iterator<Item = (&'p Url, Option<Day>)>) -> io::Result<Vec<u8>> {
    xml::document(|writer| {
        let urls = writer.create_element("urlset").with_attribute(("xmlns", NAMESPACE));
        urls.write_inner_content(|writer| {
            for (url, day) in pages {
                writer.create_element("url").write_inner_content(|writer| {
                    xml::text_element(writer, "loc", &absolute(base, url))?;
                    day.iter().try_for_each(|day| xml::text_element(writer, "lastmod", &day.to_string()))
                })?;
            }
            Ok(())
        })
        .map(drop)
    })
}

/// Day of the last change of a page: the publication of its newest edition, or a later correction. `None` if neither of
/// the newest edition is known, even if those of an older one are.
fn last_change(report: &Report, ix: StrategyIx, page: &Page) -> Option<Day> {
    let strategy = report.strategy(ix);
    let corrections = |sheet: &Sheet| {
        let edition = sheet.edition;
        sheet.corrections.iter().map(|it| (edition, it.date)).collect::<Vec<_>>()
    };
    let of_nodes = |keeps: &dyn Fn(&Sheet) -> bool| -> Vec<(EditionIx, Day)> {
        let sheets = report.nodes(ix).flat_map(|(_, node)| &node.sheets);
        sheets.filter(|sheet| keeps(sheet)).flat_map(corrections).collect()
    };
    let (newest, corrections) = match page.kind {
        PageKind::Sheet(id, edition) => (edition, report.node(id).sheet(edition).map_or_else(Vec::new, corrections)),
        PageKind::Edition(_, edition) | PageKind::EditionPart(_, edition, _) => {
            (edition, of_nodes(&|sheet| sheet.edition == edition))
        }
        PageKind::Node(id) | PageKind::Easy(Owner::Node(id)) => {
            let sheets = &report.node(id).sheets;
            let newest = sheets.iter().map(|sheet| sheet.edition).max()?;
            (newest, sheets.iter().flat_map(corrections).collect())
        }
        _ => (strategy.shown_editions().map(|(edition, _)| edition).max()?, of_nodes(&|_| true)),
    };
    let published = publication_day(strategy.editions.get(newest.0)?);
    let is_known = published.is_some() || corrections.iter().any(|(edition, _)| *edition == newest);
    corrections.into_iter().map(|(_, day)| day).chain(published).max().filter(|_| is_known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::DiskSource;
    use crate::workspace::{self, AnalysisOptions};
    use std::collections::BTreeSet;
    use std::path::Path;

    /// The addresses in a sitemap or an index.
    fn locations(xml: &[u8]) -> Vec<String> {
        let text = std::str::from_utf8(xml).unwrap();
        let document = roxmltree::Document::parse(text).unwrap();
        let locations = document.descendants().filter(|node| node.has_tag_name((NAMESPACE, "loc")));
        locations.map(|node| node.text().unwrap().to_owned()).collect()
    }

    #[test]
    fn divides_the_pages_of_a_large_strategy() {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/content");
        let mut report =
            workspace::analyze(&DiskSource::new(&content), &[], &AnalysisOptions::default()).unwrap().report;
        let ix = StrategyIx(0);
        assert_eq!(file_count(&report, ix), 0, "without a base address");
        let base = Base::parse("https://x.jp/plan/").unwrap();
        std::sync::Arc::make_mut(&mut report.site).base = Some(base.clone());
        let count = file_count(&report, ix);
        assert!(count > 2);
        let files: Vec<_> = (0..count).map(|number| of_strategy(&report, &base, ix, number).unwrap()).collect();
        assert!(files.iter().all(|file| (1..=MAX_PAGES).contains(&locations(file).len())));
        let listed: BTreeSet<String> = files.iter().flat_map(|file| locations(file)).collect();
        let planned = listed_pages(&report, ix).into_iter().map(|page| absolute(&base, &page.url));
        assert_eq!(listed, planned.collect());

        let summaries = [Summary::new(&report, ix)];
        let mut expected =
            vec!["https://x.jp/plan/sitemap-site.xml".to_owned(), "https://x.jp/plan/aoba/sitemap.xml".to_owned()];
        expected.extend((1..count).map(|number| format!("https://x.jp/plan/aoba/sitemap-{number}.xml")));
        assert_eq!(locations(&index(&base, &summaries).unwrap()), expected);
    }
}
