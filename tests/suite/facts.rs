//! Facts of the five reports: the printed values, marks and names by node, year and series.
//!
//! `facts/*.txt` lists them one per line, as read from the documents of the cities; sections are represented by the
//! figures in their text. `report.json` must contain exactly the same facts. `SNAPSHOTS=overwrite cargo test --test
//! suite facts` accepts the current facts; compare every changed line with the document first.

use crate::support::json::{items, text};
use crate::support::sites::REPORTS;
use crate::support::{assert_golden, root};
use serde_json::Value;
use std::collections::BTreeMap;

#[test]
fn report_json_contains_exactly_the_listed_facts() {
    let reports = REPORTS.iter().filter_map(|(path, bytes)| Some((path.strip_suffix("/report.json")?, bytes)));
    let files = reports.map(|(strategy, bytes)| {
        let json: Value = serde_json::from_slice(bytes).unwrap();
        (format!("{}.txt", strategy.replace('/', "-")), facts(&json).into_bytes())
    });
    assert_golden(&root().join("tests/facts"), &files.collect::<BTreeMap<_, _>>());
}

/// All facts of a report, one per line.
fn facts(report: &Value) -> String {
    let mut lines = rows("strategy", report);
    for node in items(report, "nodes") {
        let prefix = format!("{}/{}", text(node, "kind"), text(node, "id"));
        lines.push(format!("{prefix} name {}", text(node, "name")));
        lines.extend(node["parent"].as_str().map(|parent| format!("{prefix} in goal/{parent}")));
        lines.extend(node["account"].as_str().map(|account| format!("{prefix} account {account}")));
        lines.extend(items(node, "departments").iter().map(|name| format!("{prefix} department {}", to_text(name))));
        lines.extend(items(node, "links").iter().map(|link| format!("{prefix} link {}", to_text(link))));
        lines.extend(node["links_none"].as_str().map(|printed| format!("{prefix} link {printed}")));
        for printed in items(node, "printed_names") {
            lines.push(format!("{prefix} printed{} {}", year(printed), text(printed, "name")));
        }
        lines.extend(items(node, "remarks").iter().map(|remark| format!("{prefix} remark {}", to_text(remark))));
        lines.extend(rows(&prefix, node));
        for indicator in items(node, "indicators") {
            let unit = indicator["unit"].as_str().unwrap_or("-");
            let baseline = indicator["baseline"].as_i64().map_or(String::new(), |year| format!(" from {year}"));
            lines.push(format!("{prefix} {} {} ({unit}){baseline}", text(indicator, "id"), text(indicator, "name")));
        }
        lines.extend(figures_in(&prefix, node["words"].as_str().unwrap_or_default()));
        items(node, "sheets").iter().for_each(|sheet| lines.extend(sheet_lines(&prefix, sheet)));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The rows of programs under an owner, with their numbers, groups and markers.
fn rows(prefix: &str, owner: &Value) -> Vec<String> {
    let row = |row: &Value| {
        let mut line = format!("{prefix} row {}", text(row, "program"));
        line.extend(row["number"].as_str().map(|number| format!(" no. {number}")));
        line.extend(row["group"].as_str().map(|group| format!(" in {group}")));
        line.extend(row["category"].as_str().map(|category| format!(" ({category})")));
        line.extend(row["repeat"].as_bool().filter(|repeat| *repeat).map(|_| " repeat".to_owned()));
        line.extend(row.get("years").map(|years| format!(" years {years}")));
        line.extend(row.get("repeat_printed").map(|years| format!(" repeat printed {years}")));
        line.extend(items(row, "markers").iter().map(|m| format!(" 【{}】{}", text(m, "text"), year(m))));
        line.extend(items(row, "also").iter().map(|also| format!(" also {}", to_text(also))));
        line
    };
    items(owner, "rows").iter().map(row).collect()
}

fn sheet_lines(prefix: &str, sheet: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for figures in items(sheet, "figures") {
        let prefix = format!("{prefix} {}", text(figures, "indicator"));
        lines.extend(items(figures, "values").iter().map(|value| value_line(&prefix, value)));
        lines.extend(items(figures, "judgements").iter().map(|mark| mark_line(&prefix, mark)));
        lines.extend(figures["note"].as_str().map(|note| format!("{prefix} note {note}")));
    }
    for series in ["money", "staff", "total"] {
        let prefix = format!("{prefix} {series}");
        lines.extend(items(sheet, series).iter().map(|value| value_line(&prefix, value)));
    }
    lines.extend(items(sheet, "judgements").iter().map(|mark| mark_line(prefix, mark)));
    lines.extend(section_lines(prefix, sheet));
    for variant in items(sheet, "variants") {
        lines.extend(section_lines(&format!("{prefix} at {}", text(variant, "policy")), variant));
    }
    lines
}

fn section_lines(prefix: &str, sheet: &Value) -> Vec<String> {
    let sections = items(sheet, "words").iter();
    let figures = sections.filter_map(|s| figures_in(&format!("{prefix} {}", text(s, "title")), text(s, "markdown")));
    let remarks = items(sheet, "remarks").iter().map(|remark| format!("{prefix} remark {}", to_text(remark)));
    figures.chain(remarks).collect()
}

/// A line such as `policy/3 josei-shugyosha actual 2014 = 17,453 (H22) {measured 2010}`.
fn value_line(prefix: &str, value: &Value) -> String {
    const KNOWN_KEYS: [&str; 6] = ["series", "fiscal_year", "end", "printed", "number", "unit"];
    let when = if value["end"] == true { " end".to_owned() } else { year(value) };
    let more = value.as_object().unwrap().iter().filter(|(key, _)| !KNOWN_KEYS.contains(&key.as_str()));
    let more: String = more.map(|(key, value)| format!(" {{{key} {value}}}")).collect();
    format!("{prefix} {}{when} = {}{more}", text(value, "series"), value["printed"].as_str().unwrap_or("-"))
}

fn mark_line(prefix: &str, judgement: &Value) -> String {
    let marks: String = items(judgement, "marks").iter().map(|mark| format!(" {}", to_text(mark))).collect();
    let absent = ["missing", "lost", "printed"].iter().find_map(|key| Some(format!(" {key} {}", judgement.get(key)?)));
    format!("{prefix} {}{} ={marks}{}", text(judgement, "scale"), year(judgement), absent.unwrap_or_default())
}

/// A line with the figures of a section in order; `None` without figures.
fn figures_in(prefix: &str, text: &str) -> Option<String> {
    // Digits in link targets are not figures of the section.
    let mut parts = text.split("](");
    let first = parts.next().unwrap_or_default();
    let text: String =
        std::iter::once(first).chain(parts.map(|part| part.split_once(')').map_or("", |(_, rest)| rest))).collect();
    let is_part = |c: char| c.is_numeric() || matches!(c, ',' | '.');
    let figures = text.split(|c| !is_part(c)).map(|run| run.trim_matches([',', '.']));
    let figures: Vec<&str> = figures.filter(|run| !run.is_empty()).collect();
    (!figures.is_empty()).then(|| format!("{prefix}: {}", figures.join(" ")))
}

fn year(object: &Value) -> String {
    object["fiscal_year"].as_i64().map_or(String::new(), |year| format!(" {year}"))
}

/// A string without quotes; anything else as JSON.
fn to_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
