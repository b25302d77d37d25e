//! Benchmarks of single build phases, on the files of one fictitious city (129 pages).
//!
//! ```text
//! cargo bench --bench phases
//! ```

#![allow(clippy::indexing_slicing, reason = "a benchmark fails by panicking")]
#![allow(unreachable_pub, reason = "a benchmark is a program: nothing of it is public")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot set itself up has nothing to measure")]

#[allow(dead_code, unused_imports, reason = "other benchmarks write the corpus for competitors too")]
mod corpus;

use divan::Bencher;
use shirube::internals::{
    self, AmountSeries, AnalysisOptions, Assessments, ChartContext, ContentListing, DiskSource, EditionContext, Files,
    IndicatorId, InterfaceTexts, MarkdownOptions, Node, NodeId, Page, PageState, Report, Series, Shared, StrategyIx,
    Theme, Unit, ViewBuilder, analyze, draw_indicator, draw_money, merged_amounts, plan, to_html,
};
use tempfile::TempDir;

fn main() {
    // One thread, to measure the cost of a phase rather than its parallelism.
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build_global();
    threads.expect("the thread pool is not initialised yet");
    divan::main();
}

/// A temporary content folder with one city.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    corpus::content::write(folder.path(), 1).expect("the temporary folder is writable");
    folder
}

fn files(folder: &TempDir) -> Files {
    let source = DiskSource::new(folder.path());
    let listed = ContentListing::list(&source, &[]).expect("the corpus is readable");
    Files::read(&source, listed.all())
}

fn report() -> Report {
    let loaded =
        analyze(&DiskSource::new(folder().path()), &[], &AnalysisOptions::default()).expect("the corpus is readable");
    assert_eq!(loaded.diagnostics, [], "the corpus has findings");
    loaded.report
}

/// All nodes of the city.
fn nodes(report: &Report) -> Vec<&Node> {
    report.strategies().flat_map(|(ix, _)| report.nodes(ix)).map(|(_, node)| node).collect()
}

/// All section texts of the city.
fn section_texts(report: &Report) -> Vec<&str> {
    let sheets = nodes(report).into_iter().flat_map(|node| &node.sheets);
    sheets.flat_map(|sheet| &sheet.sections).map(|section| section.prose.markdown.as_str()).collect()
}

#[divan::bench]
fn read(bencher: Bencher) {
    let folder = folder();
    bencher.bench_local(|| files(&folder));
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let files = files(&folder());
    bencher.with_inputs(|| Unit::new(files.clone())).bench_local_values(|mut unit| unit.parse(&Shared::default()));
}

#[divan::bench]
fn link(bencher: Bencher) {
    let (parsed, _) = Unit::new(files(&folder())).parse(&Shared::default());
    bencher.with_inputs(|| parsed.clone()).bench_local_values(internals::link);
}

#[divan::bench]
fn markdown(bencher: Bencher) {
    let report = report();
    let texts = texts();
    let options =
        MarkdownOptions { top_heading: 3, id_prefix: "words-", resolve: &|_| None, texts: &texts, ruby: false };
    bencher.bench_local(|| {
        let html = |text: &str| to_html(text, &options, &mut PageState::default()).len();
        section_texts(&report).into_iter().map(html).sum::<usize>()
    });
}

fn chart_context(texts: &InterfaceTexts) -> ChartContext<'_> {
    ChartContext { id: "chart", title: None, texts, editions: EditionContext { editions: &[], period: None } }
}

#[divan::bench]
fn line_chart(bencher: Bencher) {
    let report = report();
    let texts = texts();
    let context = chart_context(&texts);
    bencher.bench_local(|| {
        let of_node = |node: &Node| {
            let indicators = node.indicators.iter().enumerate();
            let svg = indicators.filter_map(|(index, indicator)| {
                draw_indicator(indicator, &Series::from_sheets(&node.sheets, index), &context)
            });
            svg.map(|chart| chart.svg.len()).sum::<usize>()
        };
        nodes(&report).into_iter().map(of_node).sum::<usize>()
    });
}

#[divan::bench]
fn money_chart(bencher: Bencher) {
    let report = report();
    let texts = texts();
    let context = chart_context(&texts);
    let money: Vec<AmountSeries<'_>> =
        nodes(&report).into_iter().map(|node| merged_amounts(&node.sheets, |sheet| &sheet.money)).collect();
    bencher.bench_local(|| {
        let charts = money.iter().filter_map(|amounts| draw_money(amounts, |_| "予算額", "千円", &context));
        charts.map(|chart| chart.svg.len()).sum::<usize>()
    });
}

#[divan::bench]
fn view(bencher: Bencher) {
    let report = report();
    let texts = InterfaceTexts::for_site(&report.site);
    let (pages, viewer) = (plan(&report), ViewBuilder::new(&report, &texts));
    bencher.bench_local(|| pages.iter().for_each(|page| drop(divan::black_box(viewer.view(page)))));
}

/// Assessments of all indicators.
#[divan::bench]
fn assess(bencher: Bencher) {
    let report = report();
    let node = NodeId { strategy: StrategyIx(0), node: 0 };
    let first = IndicatorId { node, indicator: 0 };
    bencher.bench_local(|| Assessments::new(divan::black_box(&report)).assessment(first).is_some());
}

/// Rendering of templates from precomputed views.
#[divan::bench]
fn render(bencher: Bencher) {
    let report = report();
    let theme = Theme::load(&report.site, &[]).expect("the default theme is valid");
    let (pages, viewer) = (plan(&report), ViewBuilder::new(&report, theme.texts()));
    let views: Vec<_> = pages.iter().map(|page| viewer.view(page)).collect();
    let mut buffer = Vec::new();
    bencher.bench_local(|| {
        views.iter().map(|view| theme.render_page(view, &mut buffer).map_or(0, |html| html.len())).sum::<usize>()
    });
}

#[divan::bench]
fn view_and_render(bencher: Bencher) {
    let report = report();
    let theme = Theme::load(&report.site, &[]).expect("the default theme is valid");
    let (pages, viewer) = (plan(&report), ViewBuilder::new(&report, theme.texts()));
    let mut buffer = Vec::new();
    let mut render = |page: &Page| theme.render_page(&viewer.view(page), &mut buffer).map_or(0, |html| html.len());
    bencher.bench_local(|| pages.iter().map(&mut render).sum::<usize>());
}

fn texts() -> InterfaceTexts {
    InterfaceTexts::embedded("ja").unwrap_or_else(|| unreachable!("Japanese is embedded"))
}
