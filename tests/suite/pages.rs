//! Properties of every page, tested on the pages of the five reports, and their search entries.

use crate::support::sites::{REPORTS, pages};
use crate::support::{self, page, root, selector};
use rayon::prelude::*;
use scraper::{ElementRef, Html};
use shirube::internals::{
    AnalysisOptions, ByYear, DiskSource, Indicator, Page, PageKind, Prose, Report, SearchEntry, Theme, Verdict,
    ViewBuilder, analyze, entry, excerpt, plan,
};
use std::collections::{BTreeMap, BTreeSet};

/// Applies `check`, which returns findings, to every page, and asserts that there are none.
fn every_page(check: impl Fn(&Html) -> Vec<String> + Sync) {
    let pages: Vec<_> = pages(&REPORTS).collect();
    let wrong = pages
        .into_par_iter()
        .flat_map_iter(|(path, bytes)| check(&page(bytes)).into_iter().map(move |wrong| format!("{path}: {wrong}")));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The elements that `css` selects, in document order.
fn all<'p>(page: &'p Html, css: &str) -> Vec<ElementRef<'p>> {
    page.select(&selector(css)).collect()
}

#[test]
fn pages_load_nothing_from_other_hosts() {
    every_page(|page| {
        let elements = all(page, "[src], [href], [srcset], [data], [action]").into_iter();
        let elements = elements.filter(|element| element.value().name() != "a");
        let urls = elements.flat_map(|element| {
            let keys = ["src", "href", "srcset", "data", "action"].into_iter();
            keys.filter_map(move |key| element.attr(key).filter(|url| url.contains("//")))
        });
        urls.map(str::to_owned).collect()
    });
}

#[test]
fn aria_labelledby_names_existing_ids() {
    every_page(|page| {
        let ids: BTreeSet<_> = all(page, "[id]").iter().filter_map(|element| element.attr("id")).collect();
        let labels = all(page, "[aria-labelledby]");
        let labels = labels.iter().filter_map(|element| element.attr("aria-labelledby")).flat_map(|ids| ids.split(' '));
        labels.filter(|label| !ids.contains(label)).map(|label| format!("no element has the id {label}")).collect()
    });
}

#[test]
fn headings_start_with_one_h1_and_skip_no_level() {
    every_page(|page| {
        let mut last = 0;
        let mut wrong = Vec::new();
        for heading in all(page, "h1, h2, h3, h4, h5, h6") {
            let level = heading.value().name()[1..].parse::<u8>().unwrap();
            if level > last + 1 || (level == 1) != (last == 0) {
                wrong.push(format!("h{level} after h{last}"));
            }
            last = level;
        }
        wrong.extend((last == 0).then(|| "no heading".to_owned()));
        wrong
    });
}

#[test]
fn tables_have_captions_and_headers_have_a_scope() {
    every_page(|page| {
        let scoped = |th: &ElementRef<'_>| matches!(th.attr("scope"), Some("col" | "row" | "rowgroup"));
        let headers = all(page, "th").into_iter().filter(|th| !scoped(th)).map(|th| th.html());
        let (tables, captions) = (all(page, "table[class]").len(), all(page, "caption").len());
        let captions = (tables != captions).then(|| format!("{tables} tables, {captions} captions"));
        headers.chain(captions).collect()
    });
}

#[test]
fn pages_have_a_language_and_a_unique_title() {
    let mut titles = BTreeMap::new();
    for (path, bytes) in pages(&REPORTS) {
        let html = std::str::from_utf8(bytes).unwrap();
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"ja\""), "{path}");
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        assert!(!title.trim().is_empty());
        if let Some(other) = titles.insert(title.to_owned(), path) {
            panic!("{other} and {path} both have the title {title}");
        }
    }
}

/// The five reports.
fn report() -> Report {
    analyze(&DiskSource::new(&root().join("content")), &[], &AnalysisOptions::default()).unwrap().report
}

/// The pages with an entry in the search index, with that entry.
fn searched(report: &Report) -> Vec<(Page, SearchEntry)> {
    let theme = Theme::load(&report.site, &[]).unwrap();
    let views = ViewBuilder::new(report, theme.texts());
    let entry = |page: &Page| entry(report, page, &views.view(page), theme.texts());
    plan(report).into_iter().filter_map(|page| entry(&page).map(|entry| (page, entry))).collect()
}

/// The lines of an entry, headings first.
fn lines(entry: &SearchEntry) -> Vec<&str> {
    let sections = entry.sections.iter();
    sections.flat_map(|section| section.heading.iter().chain(&section.lines)).map(String::as_str).collect()
}

#[test]
fn search_entries_link_to_existing_anchors() {
    let report = report();
    let mut anchors = 0;
    for (page, entry) in searched(&report) {
        let html = support::page(&REPORTS[page.url.path()]);
        let ids: BTreeSet<_> = all(&html, "[id]").iter().filter_map(|element| element.attr("id")).collect();
        for anchor in entry.sections.iter().filter_map(|section| section.anchor.as_deref()) {
            assert!(ids.contains(anchor), "no #{anchor} on {}", page.url);
            anchors += 1;
        }
    }
    assert!(anchors > 1000, "{anchors}");
}

#[test]
fn search_entries_contain_all_printed_content() {
    let report = report();
    let plain = |prose: &Prose| excerpt(&prose.markdown, usize::MAX);
    let mut word_count = 0;
    for (page, entry) in searched(&report) {
        let printed: Vec<String> = match page.kind {
            PageKind::Sheet(id, edition) => {
                let sheet = report.node(id).sheet(edition).unwrap();
                let indicator_values = sheet.figures.values().flat_map(|figures| {
                    let years =
                        [&figures.actual, &figures.forecast, &figures.interim].into_iter().flat_map(ByYear::values);
                    years.chain(figures.target.values()).chain(&figures.start).chain(&figures.unplaced)
                });
                let money = sheet.money.by_year.values().chain(sheet.total.by_year.values()).flat_map(ByYear::values);
                let values = indicator_values.chain(money).chain(sheet.staff.by_year.values().flat_map(ByYear::values));
                let values = values.flat_map(|value| [Some(&value.printed), value.note.as_ref()]).flatten().cloned();
                let sections = sheet.sections.iter().flat_map(|section| [section.title.clone(), plain(&section.prose)]);
                let remarks = sheet.remarks.iter().map(|remark| remark.text.clone());
                let notes = sheet.figures.values().filter_map(|figures| figures.note.clone());
                let departments = sheet.departments.iter().map(|department| department.name.clone());
                values.chain(sections).chain(remarks).chain(notes).chain(departments).collect()
            }
            PageKind::Node(id) => {
                let node = report.node(id);
                let indicators = node.indicators.iter().flat_map(|indicator| {
                    let Indicator { definition, source, note, .. } = indicator;
                    [
                        Some(&indicator.name),
                        definition.as_ref(),
                        source.as_ref().map(|source| &source.name),
                        note.as_ref(),
                    ]
                    .into_iter()
                    .flatten()
                });
                let remarks = node.remarks.iter().map(|remark| remark.text.clone());
                indicators.cloned().chain(remarks).chain([plain(&node.body)]).chain(node.category.clone()).collect()
            }
            _ => continue,
        };
        let text = lines(&entry).join("\n");
        for word in printed.iter().flat_map(|printed| printed.split_whitespace()) {
            assert!(text.contains(word), "{word} is not found on {}", page.url);
            word_count += 1;
        }
    }
    assert!(word_count > 1500, "{word_count}");
}

#[test]
fn search_entries_contain_marks_only_where_given() {
    let report = report();
    let mut labels = 0;
    let mut pages_with_delay = BTreeSet::new();
    for (page, entry) in searched(&report) {
        let lines = lines(&entry);
        if lines.iter().any(|line| line.contains("遅れている")) && !matches!(page.kind, PageKind::Sheet(..)) {
            pages_with_delay.insert(page.url.path().to_owned());
        }
        let (ix, sheet) = match page.kind {
            PageKind::Strategy(ix) => (ix, None),
            PageKind::Node(id) => (id.strategy, report.node(id).sheets.iter().rev().find(|s| !s.judgements.is_empty())),
            PageKind::Sheet(id, edition) => (id.strategy, report.node(id).sheet(edition)),
            _ => continue,
        };
        let scales = report.strategy(ix).scales.iter().enumerate();
        for (scale_index, scale) in scales.filter(|(_, scale)| !scale.applies_to.iter().any(|kind| kind == "indicator"))
        {
            let judgements = sheet.into_iter().flat_map(|sheet| &sheet.judgements).filter(|j| j.scale.0 == scale_index);
            let marks: Vec<usize> = judgements
                .flat_map(|judgement| match &judgement.verdict {
                    Verdict::Marks(marks) => marks.as_slice(),
                    _ => &[],
                })
                .copied()
                .collect();
            for (mark, declared) in scale.marks.iter().enumerate() {
                let label = format!("{}：{}", scale.title, declared.printed);
                let is_found = lines.iter().flat_map(|line| line.split(' ')).any(|word| word == label);
                assert_eq!(is_found, marks.contains(&mark), "{label} on {}", page.url.path());
                labels += usize::from(is_found);
            }
        }
    }
    assert!(labels > 200, "{labels}");
    let programs = ["chusho-ui-turn", "green-tourism", "internship-kyoka", "nariwai-soshutsu", "shugyo-kigyo-shien"];
    let judged = programs.map(|id| format!("kitakami/programs/{id}.html"));
    // The sentences of memuro contain the same word.
    let in_sentences = ["memuro/index.html", "memuro/programs/senryaku-keikaku.html"].map(str::to_owned);
    assert_eq!(pages_with_delay, judged.into_iter().chain(in_sentences).collect());
}

#[test]
fn table_captions_and_headers_are_not_searched() {
    let words = ["実績値と目標値", "（計画の概要ページ）", "施策の一覧", "最新の実績値と目標値"];
    for word in words {
        let is_on_a_page = pages(&REPORTS).any(|(_, html)| String::from_utf8_lossy(html).contains(word));
        assert!(is_on_a_page, "{word} is on no page");
    }
    let report = report();
    for (page, entry) in searched(&report) {
        for line in lines(&entry) {
            for word in words {
                assert!(!line.contains(word), "{word} on {}: {line}", page.url.path());
            }
        }
    }
}

#[test]
fn the_home_page_counts_marks_like_the_pages_of_the_strategies() {
    // The edition is stated on the page of the strategy only.
    let facts = |element: &ElementRef<'_>| {
        let facts = element.value().attrs().filter(|(name, _)| name.starts_with("data-") && *name != "data-edition");
        facts.map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<BTreeSet<_>>()
    };
    let home = page(&REPORTS["index.html"]);
    let mut counted = 0;
    for plan in all(&home, ".plan") {
        let counts: Vec<_> = plan.select(&selector("[data-statement=count]")).map(|count| facts(&count)).collect();
        let link = plan.select(&selector("h4 a")).next().and_then(|link| link.attr("href")).unwrap();
        let strategy = page(&REPORTS[link]);
        let stated: BTreeSet<_> = all(&strategy, "[data-statement=count]").iter().map(facts).collect();
        assert!(counts.iter().all(|count| stated.contains(count)), "{link}: {counts:?}");
        counted += counts.len();
    }
    assert!(counted >= 10, "{counted} counts");
}
