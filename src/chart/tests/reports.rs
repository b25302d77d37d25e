//! Test of the charts of the reports in `content`.

use super::builders::ID;
use super::drawing::Drawing;
use super::properties::{assert_shows_amounts, assert_shows_table};
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
    let mut charts = 0;
    for (index, declared) in (0..).zip(&node.indicators) {
        let series = Series::merged(node, index);
        let Some(chart) = indicator(declared, &series, &context) else { continue };
        let drawing = Drawing::read(&chart.svg);
        drawing.assert_mark_positions();
        assert_shows_table(chart.kind, &drawing, &series);
        charts += 1;
    }
    if let Some(chart) = money(&amounts, |phase| phase.kind.key(), &strategy.money_unit, &context) {
        let drawing = Drawing::read(&chart.svg);
        drawing.assert_mark_positions();
        let cells =
            amounts.iter().flat_map(|(kind, years)| years.values().map(|cell| (*kind, cell.column, cell.value)));
        assert_shows_amounts(&drawing, cells);
        charts += 1;
    }
    charts
}
