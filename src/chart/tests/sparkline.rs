//! Tests of sparklines, read back from the SVG.

use super::builders::{TableRow, table_row};
use super::{internships, retention_rate, wish_to_stay, working_women};
use crate::chart::sparkline;
use crate::model::{EditionIx, Estimate, IndicatorKind, ValueContent};
use roxmltree::{Document, Node};

fn spark(table_row: &TableRow) -> Option<String> {
    sparkline(&table_row.indicator, &table_row.series(), table_row.edition_context())
}

/// Asserts the elements of a sparkline, as `class:element` in drawing order.
fn check(table_row: &TableRow, expect: &[&str]) {
    let svg = spark(table_row).expect("the data suffice for a sparkline");
    let document = Document::parse(&svg).unwrap();
    let part = |node: Node<'_, '_>| format!("{}:{}", node.attribute("class").unwrap(), node.tag_name().name());
    let parts: Vec<String> = document.root_element().children().map(part).collect();
    assert_eq!(parts, expect, "{svg}");
}

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

#[test]
fn is_hidden_from_screen_readers_and_has_a_fixed_size() {
    let svg = spark(&wish_to_stay()).unwrap();
    let document = Document::parse(&svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("aria-hidden"), Some("true"));
    assert_eq!(root.attribute("class"), Some("chart chart-of-spark"));
    assert!(!document.descendants().any(|node| node.has_attribute("id") || node.has_tag_name("text")), "{svg}");
    let size: Vec<&str> = root.attribute("viewBox").unwrap().split(' ').skip(2).collect();
    assert_eq!(size, [root.attribute("width").unwrap(), root.attribute("height").unwrap()]);
}

#[test]
fn draws_line_through_measured_years_with_larger_last_dot() {
    let table_row = table_row("数", "人").actual("H29", &["4", "8", "6"]).target("R2", "10");
    let line = ["chart-target-line:path", "chart-series:path"];
    let marks = ["chart-actual:circle", "chart-actual:circle", "chart-actual:circle", "chart-target:polygon"];
    check(&table_row, &[&line[..], &marks].concat());

    let svg = spark(&table_row).unwrap();
    let document = Document::parse(&svg).unwrap();
    let dots: Vec<_> = document.descendants().filter(|node| node.has_tag_name("circle")).collect();
    let radii: Vec<f64> = dots.iter().map(|dot| number(dot, "r")).collect();
    assert!(radii[0] == radii[1] && radii[1] < radii[2], "{radii:?}");
    let y: Vec<f64> = dots.iter().map(|dot| number(dot, "cy")).collect();
    assert!((y[0] - y[2] - (y[0] - y[1]) / 2.0).abs() < 0.11, "6 is halfway between 4 and 8: {y:?}");
    let x: Vec<f64> = dots.iter().map(|dot| number(dot, "cx")).collect();
    assert!((x[1] - x[0] - (x[2] - x[1])).abs() < 0.11, "years are equally spaced: {x:?}");
}

#[test]
fn carried_and_estimated_values_have_distinct_marks() {
    let carried = ["chart-carried:circle"; 3];
    let lines = ["chart-target-line:path", "chart-series:path"];
    let marks = ["chart-actual:circle"; 3];
    check(&wish_to_stay(), &[&lines[..], &carried, &marks, &["chart-target:polygon"]].concat());

    let mut table_row = table_row("件数", "件").actual("H28", &["4", "5", "6", "7"]);
    table_row.actual[3].2.estimated = Some(Estimate::Labelled("推計".into()));
    check(&table_row, &[&["chart-series:path"], &marks[..], &["chart-estimated:polygon"]].concat());
}

#[test]
fn gaps_in_the_values_interrupt_the_line() {
    let table_row = table_row("件数", "件").actual("H26", &["4", "5", "-", "7", "8"]);
    check(&table_row, &[&["chart-series:path"; 2][..], &["chart-actual:circle"; 4]].concat());
}

#[test]
fn draws_bars_for_few_values() {
    let bars = ["chart-actual:rect", "chart-target:rect", "chart-zero:path"];
    check(&working_women(), &bars);
    check(&retention_rate(), &bars);
}

#[test]
fn draws_the_latest_value_even_if_it_is_interim() {
    let mut only_interim = table_row("件数", "件").actual("R1", &["3"]).target("R2", "9");
    only_interim.actual[0].1 = EditionIx(1);
    check(&only_interim, &["chart-interim:rect", "chart-target:rect", "chart-zero:path"]);
}

#[test]
fn draws_the_applicable_target_instead_of_an_earlier_one() {
    let bars = |row: &TableRow| {
        let svg = spark(row).unwrap();
        let document = Document::parse(&svg).unwrap();
        let bars = document.descendants().filter(|node| node.has_tag_name("rect"));
        bars.map(|bar| number(&bar, "width")).collect::<Vec<_>>()
    };
    let row = table_row("件数", "件").actual("R2", &["4"]).target("R2", "8");
    let with_earlier = table_row("件数", "件").actual("R2", &["4"]).target("R1", "2").target("R2", "8");
    assert_eq!(bars(&with_earlier), bars(&row));
}

#[test]
fn draws_nothing_for_insufficient_data() {
    let mut text_indicator = internships();
    text_indicator.indicator.kind = IndicatorKind::Text;
    let mut relative = table_row("値", "人").actual("H29", &["13"]).target("H29", "前年度比10%増");
    relative.target[0].1.content = ValueContent::Text;
    let nothing = [
        table_row("値", "人"),
        table_row("値", "人").target("end", "5"),
        table_row("値", "人").actual("H29", &["5", "6"]),
        table_row("値", "人").actual("H29", &["-", "-", "-"]).target("end", "5"),
        table_row("値", "人").actual("H29", &["1", "2", "99999999999999999999"]),
        text_indicator,
        relative,
    ];
    for table_row in nothing {
        assert_eq!(spark(&table_row), None, "{table_row:?}");
    }
}

#[test]
fn centres_equal_values() {
    let svg = spark(&table_row("値", "人").actual("H29", &["5", "5", "5"])).unwrap();
    let document = Document::parse(&svg).unwrap();
    let height = number(&document.root_element(), "height");
    let dots = document.descendants().filter(|node| node.has_tag_name("circle"));
    assert!(dots.map(|dot| number(&dot, "cy")).all(|y| y * 2.0 == height), "{svg}");
}
