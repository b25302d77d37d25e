//! Test of the charts of the reports in `content`.

use super::builders::ID;
use super::drawing::Drawing;
use crate::chart::{Context, indicator, money};
use crate::content::DiskSource;
use crate::model::{Node, Series, Strategy, merged_amounts};
use crate::texts::InterfaceTexts;
use crate::workspace::{self, AnalysisOptions};
use std::path::Path;

#[test]
fn charts_of_all_reports_match_their_tables() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let report = workspace::analyze(&DiskSource::new(&content), &[], &AnalysisOptions::default()).unwrap().report;
    let nodes = report.strategies.iter().flat_map(|strategy| strategy.nodes.iter().map(move |node| (strategy, node)));
    let charts = nodes.fold(0, |charts, (strategy, node)| charts + check_charts(strategy, node));
    assert!(charts > 0, "the reports have charts");
}

/// Checks the charts of `node` against their tables and returns their number.
fn check_charts(strategy: &Strategy, node: &Node) -> usize {
    let context = Context {
        id: ID,
        title: None,
        texts: &InterfaceTexts::embedded("ja").unwrap(),
        editions: strategy.edition_context(),
    };
    let amounts = merged_amounts(&node.sheets, |sheet| &sheet.money);
    let of_money = money(&amounts, &strategy.money_unit, &context);
    let of_indicators = (0..).zip(&node.indicators).filter_map(|(i, declared)| {
        let series = Series::merged(node, i);
        let chart = indicator(declared, &series, &context)?;
        let drawing = Drawing::read(&chart.svg);
        let targets = series.target.iter().filter_map(|cell| cell.value.decimal());
        let actual = series.actual.iter().filter_map(|cell| cell.value.decimal());
        let printed: Vec<_> = targets.chain(actual).collect();
        assert!(drawing.marks.iter().all(|mark| printed.contains(&mark.value)), "{}: {drawing:?}", declared.name);
        Some(chart)
    });
    let charts: Vec<_> = of_indicators.chain(of_money).collect();
    charts.iter().for_each(|chart| Drawing::read(&chart.svg).assert_mark_positions());
    charts.len()
}
