//! Sparklines, read back.

use super::given::{Given, given};
use super::{internships, settled_cooperators, wish_to_stay, working_women};
use crate::chart::sparkline;
use crate::model::{Content, Estimate, IndicatorKind};
use roxmltree::{Document, Node};

fn spark(given: &Given) -> Option<String> {
    sparkline(&given.indicator, &given.series(), given.timeline())
}

/// Parts of a sparkline as `class:element`, in the order in which they are drawn.
fn check(given: &Given, expect: &[&str]) {
    let svg = spark(given).expect("the data make a sparkline");
    let document = Document::parse(&svg).unwrap();
    let part = |node: Node<'_, '_>| format!("{}:{}", node.attribute("class").unwrap(), node.tag_name().name());
    let parts: Vec<String> = document.root_element().children().map(part).collect();
    assert_eq!(parts, expect, "{svg}");
}

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

#[test]
fn it_is_hidden_from_those_who_hear_the_page_and_keeps_its_room() {
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
fn a_line_runs_through_the_measured_years_and_its_last_dot_is_greater() {
    let given = given("数", "人").actual("H29", &["4", "8", "6"]).target("R2", "10");
    let line = ["chart-target-line:path", "chart-series:path"];
    let marks = ["chart-actual:circle", "chart-actual:circle", "chart-actual:circle", "chart-target:polygon"];
    check(&given, &[&line[..], &marks].concat());

    let svg = spark(&given).unwrap();
    let document = Document::parse(&svg).unwrap();
    let dots: Vec<_> = document.descendants().filter(|node| node.has_tag_name("circle")).collect();
    let radii: Vec<f64> = dots.iter().map(|dot| number(dot, "r")).collect();
    assert!(radii[0] == radii[1] && radii[1] < radii[2], "{radii:?}");
    let down: Vec<f64> = dots.iter().map(|dot| number(dot, "cy")).collect();
    assert!((down[0] - down[2] - (down[0] - down[1]) / 2.0).abs() < 0.11, "6 is midway from 4 to 8: {down:?}");
    let across: Vec<f64> = dots.iter().map(|dot| number(dot, "cx")).collect();
    assert!((across[1] - across[0] - (across[2] - across[1])).abs() < 0.11, "years are apart alike: {across:?}");
}

#[test]
fn what_was_carried_forward_is_hollow_and_what_is_not_final_has_a_shape_of_its_own() {
    let carried = ["chart-carried:circle"; 3];
    let lines = ["chart-target-line:path", "chart-series:path"];
    let marks = ["chart-actual:circle"; 3];
    check(&wish_to_stay(), &[&lines[..], &carried, &marks, &["chart-target:polygon"]].concat());

    let mut given = given("件数", "件").actual("H28", &["4", "5", "6", "7"]);
    given.actual[3].2.estimated = Some(Estimate::Worded("推計".into()));
    check(&given, &[&["chart-series:path"], &marks[..], &["chart-estimated:polygon"]].concat());
}

#[test]
fn a_gap_in_the_values_is_a_gap_in_the_line() {
    let given = given("件数", "件").actual("H26", &["4", "5", "-", "7", "8"]);
    check(&given, &[&["chart-series:path"; 2][..], &["chart-actual:circle"; 4]].concat());
}

#[test]
fn few_values_are_bars_over_the_target() {
    let bars = ["chart-actual:rect", "chart-target:rect", "chart-zero:path"];
    check(&working_women(), &bars);
    check(&settled_cooperators(), &bars);
}

#[test]
fn there_is_none_where_it_would_say_nothing() {
    let mut words = internships();
    words.indicator.kind = IndicatorKind::Words;
    let mut relative = given("値", "人").actual("H29", &["13"]).target("H29", "前年度比10%増");
    relative.target[0].1.content = Content::Words;
    let nothing = [
        given("値", "人"),
        given("値", "人").target("end", "5"),
        given("値", "人").actual("H29", &["5", "6"]),
        given("値", "人").actual("H29", &["-", "-", "-"]).target("end", "5"),
        given("値", "人").actual("H29", &["1", "2", "99999999999999999999"]),
        words,
        relative,
    ];
    for given in nothing {
        assert_eq!(spark(&given), None, "{given:?}");
    }
}

#[test]
fn equal_values_lie_in_the_middle() {
    let svg = spark(&given("値", "人").actual("H29", &["5", "5", "5"])).unwrap();
    let document = Document::parse(&svg).unwrap();
    let height = number(&document.root_element(), "height");
    let dots = document.descendants().filter(|node| node.has_tag_name("circle"));
    assert!(dots.map(|dot| number(&dot, "cy")).all(|down| down * 2.0 == height), "{svg}");
}
