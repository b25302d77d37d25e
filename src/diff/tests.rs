//! Tests of the comparison over the reports and fixtures of this repository.

use super::{Change, Class, Snapshot, compare, json, markdown, toml};
use crate::content::DiskSource;
use crate::correction::cell;
use crate::diff::cells::Cells;
use crate::exchange::report_json;
use crate::workspace::{self, AnalysisOptions};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

const CONTENTS: [&str; 5] = [
    "content",
    "tests/fixtures/keys",
    "tests/fixtures/cities/a",
    "tests/fixtures/cities/c",
    "tests/golden/years/content",
];

/// The report.json of every strategy of `content`.
fn reports(content: &str) -> Vec<Value> {
    let source = DiskSource::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join(content));
    let report = workspace::analyze(&source, &[], &AnalysisOptions::default()).unwrap().report;
    let json = report.strategies().map(|(ix, _)| report_json::to_json(&report, ix).unwrap());
    json.map(|json| serde_json::from_slice(&json).unwrap()).collect()
}

fn diff(old: &Value, new: &Value) -> Vec<Change> {
    compare(Snapshot::new(old.clone()).as_ref(), Snapshot::new(new.clone()).as_ref())
}

#[test]
fn a_report_does_not_differ_from_itself() {
    for content in CONTENTS {
        for report in reports(content) {
            assert_eq!(diff(&report, &report), [], "{content}");
        }
    }
}

/// The model and `report.json` agree on the cells of a sheet, their keys and their texts, so that a correction can be
/// declared for every cell in which a difference is found.
#[test]
fn cells_of_the_data_are_those_of_the_content() {
    let mut count = 0;
    for content in CONTENTS {
        let source = DiskSource::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join(content));
        let report = workspace::analyze(&source, &[], &AnalysisOptions::default()).unwrap().report;
        for (ix, strategy) in report.strategies() {
            let json: Value = serde_json::from_slice(&report_json::to_json(&report, ix).unwrap()).unwrap();
            for ((_, node), json) in report.nodes(ix).zip(json["nodes"].as_array().unwrap()) {
                let common = Cells::of_node(json);
                for (sheet, json) in node.sheets.iter().zip(json["sheets"].as_array().into_iter().flatten()) {
                    let of_sheet = Cells::of_sheet(json);
                    let mut of_data: BTreeMap<&str, &str> = BTreeMap::new();
                    for (key, cell) in common.cells.iter().chain(&of_sheet.cells) {
                        of_data.insert(key, &cell.full);
                    }
                    let keys = cell::keys(node, sheet);
                    for key in keys {
                        let dotted = key.dotted(strategy, node);
                        let Some(text) = cell::text(strategy, node, sheet, &key) else { continue };
                        let found = of_data.remove(dotted.as_str());
                        // The data has the department in the node, which is not compared as a cell.
                        if dotted != "department" {
                            assert_eq!(found, Some(text.full.as_str()), "{} {dotted}", node.id);
                        }
                        count += 1;
                    }
                    // Marks that are lost for all indicators, and empty sections.
                    of_data.retain(|_, text| *text != "判読不能" && !text.is_empty());
                    assert_eq!(of_data, BTreeMap::new(), "{}", node.id);
                }
            }
        }
    }
    assert!(count > 5_000, "{count} cells");
}

/// Pseudorandom numbers of a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Pointers of all scalars of `value` that are not part of an identity.
fn scalars(pointer: String, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                scalars(format!("{pointer}/{key}"), value, found);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                scalars(format!("{pointer}/{index}"), value, found);
            }
        }
        _ => found.push(pointer),
    }
}

/// Fields that identify something, or that repeat another field.
fn is_identity(pointer: &str) -> bool {
    let steps: Vec<&str> = pointer.split('/').collect();
    let (last, list) = (steps[steps.len() - 1], steps[steps.len().saturating_sub(3)]);
    let identifies = [
        "id",
        "indicator",
        "program",
        "policy",
        "ref",
        "scale",
        "mark",
        "fiscal_year",
        "calendar_year",
        "survey_id",
        "series",
        "money_id",
        "staff_id",
        "funding_id",
        "judge_id",
        "edition",
        "format",
        "start",
        "end",
        "all_years",
        "account",
        "all",
    ];
    let is_node_kind = list == "nodes" && last == "kind";
    let names_element =
        ["departments", "department_roles", "printed_names", "outside", "parts", "words", "scales", "steps"];
    let is_name = ["name", "title"].contains(&last) && names_element.contains(&list);
    let is_identified = steps.contains(&"formerly") || (list == "accounts" && last == "printed");
    let correction = list == "corrections" && ["date", "about", "is"].contains(&last);
    identifies.contains(&last) || is_node_kind || is_name || is_identified || correction
}

/// Node, edition, dotted key (empty if only its last step is known) and class of the only change that a mutation of
/// the scalar at `pointer` must cause.
fn expected(report: &Value, pointer: &str, digits: bool) -> (Option<String>, Option<String>, String, Class) {
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    let at = |depth: usize| report.pointer(&format!("/{}", steps[..depth].join("/"))).unwrap();
    if steps[0] != "nodes" {
        return (None, None, String::new(), Class::Edit);
    }
    let node = Some(at(2)["id"].as_str().unwrap().to_owned());
    let edit = |edition| (node.clone(), edition, String::new(), Class::Edit);
    let column = |value: &Value| match value.get("fiscal_year").or(value.get("calendar_year")) {
        Some(year) => crate::model::FiscalYear(year.as_i64().unwrap() as i32).short(),
        None if value.get("start").is_some() => "start".to_owned(),
        None if value.get("end").is_some() => "end".to_owned(),
        None => "all".to_owned(),
    };
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let last = steps[steps.len() - 1];
    // A period in brackets is read from the printed text.
    let is_period = steps.len() > 2 && steps[steps.len() - 2] == "measured" && {
        let printed = at(steps.len() - 2)["printed"].as_str().unwrap();
        crate::model::Value::split_period_bracket(printed).1.is_empty()
    };
    let of_value = is_period || ["printed", "number", "as_of", "estimated", "estimated_as"].contains(&last);
    match steps.as_slice() {
        ["nodes", _, key @ ("name" | "number")] => (node, None, (*key).to_owned(), Class::Correction),
        ["nodes", _, "period", ..] => (node, None, "period".to_owned(), Class::Correction),
        ["nodes", _, "fields", ..] => (node, None, format!("field.{}", text(at(4), "id")), Class::Correction),
        ["nodes", _, "indicators", _, key @ ("name" | "unit")] => {
            (node, None, format!("indicator.{}.{key}", text(at(4), "id")), Class::Correction)
        }
        ["nodes", _, "sheets", _, rest @ ..] => {
            let edition = Some(text(at(4), "edition"));
            let correction = |path: String| (node.clone(), edition.clone(), path, Class::Correction);
            match rest {
                ["page"] => correction("page".to_owned()),
                ["departments" | "department_roles", ..] => correction("department".to_owned()),
                ["period", ..] => correction("period".to_owned()),
                ["fields", ..] => correction(format!("field.{}", text(at(6), "id"))),
                ["figures", _, "values", _, ..] if of_value => {
                    let (indicator, value) = (text(at(6), "indicator"), at(8));
                    match text(value, "series").replace(':', ".").as_str() {
                        "unplaced" => correction(format!("indicator.{indicator}.unplaced")),
                        series => correction(format!("indicator.{indicator}.{series}.{}", column(value))),
                    }
                }
                [table @ ("money" | "staff" | "total"), _, "funding", ..] if of_value => {
                    let kind = at(6).get("money_id").map(|id| format!(".{}", id.as_str().unwrap())).unwrap_or_default();
                    let whole = format!("{table}{kind}.{}.{}", text(at(6), "series"), column(at(6)));
                    correction(format!("{whole}.funding.{}", text(at(8), "funding_id")))
                }
                [table @ ("money" | "staff" | "total"), _, ..] if of_value => {
                    let kind = at(6).get("money_id").or(at(6).get("staff_id"));
                    let kind = kind.map(|id| format!(".{}", id.as_str().unwrap())).unwrap_or_default();
                    correction(format!("{table}{kind}.{}.{}", text(at(6), "series"), column(at(6))))
                }
                ["items", _, "money", ..] if of_value => correction(String::new()),
                ["surveys", _, axis @ ("x" | "y"), ..] if of_value => {
                    correction(format!("survey.{}.{axis}", text(at(6), "survey_id")))
                }
                ["surveys", _, "quadrant"] => correction(format!("survey.{}.quadrant", text(at(6), "survey_id"))),
                ["words", _, "markdown"] => {
                    let class = if digits { Class::Correction } else { Class::Edit };
                    (node, edition, format!("section:{}", text(at(6), "title")), class)
                }
                _ if rest.contains(&"judgements") && (last != "note") && (of_value || !rest.contains(&"points")) => {
                    correction(String::new())
                }
                _ => edit(edition),
            }
        }
        _ => edit(None),
    }
}

/// Number of single changes for each seed.
const MUTATIONS: usize = 200;

/// Changes the scalar at `pointer`: other text, another number, or the opposite flag; flags that are present only if they are
/// true are removed.
fn mutate(report: &mut Value, pointer: &str, digits: bool) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let is_true = report.pointer(pointer) == Some(&json!(true));
    if let Some(fields) = report.pointer_mut(parent).and_then(Value::as_object_mut)
        && is_true
        && ["lost", "estimated"].contains(&key)
    {
        fields.remove(key);
        // The word of an estimate.
        fields.remove("estimated_as");
        return;
    }
    let scalar = report.pointer_mut(pointer).unwrap();
    *scalar = match &*scalar {
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_i64().unwrap() + 1),
        text => json!(format!("{}{}", text.as_str().unwrap(), if digits { "7" } else { "改" })),
    };
}

/// `SHIRUBE_CASES` seeds (1 unless set) from `SHIRUBE_SEED` (18) on.
fn seeds() -> impl Iterator<Item = u64> {
    let number = |name: &str, default| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let first: u64 = number("SHIRUBE_SEED", 18);
    first..first + number("SHIRUBE_CASES", 1)
}

#[test]
fn every_mutation_is_found_once() {
    let (mut found, mut wrong) = (BTreeMap::new(), Vec::new());
    let all: Vec<Value> = CONTENTS.into_iter().flat_map(reports).collect();
    let pointers: Vec<Vec<String>> = all
        .iter()
        .map(|report| {
            let mut pointers = Vec::new();
            scalars(String::new(), report, &mut pointers);
            let is_lost = |pointer: &str| report.pointer(pointer) == Some(&json!("lost"));
            // The values of a field without ids are identified by their titles.
            let is_value = |pointer: &str| {
                let value = pointer.strip_suffix("/title").filter(|value| value.contains("/values/"));
                value.is_some_and(|value| report.pointer(value).is_some_and(|value| value.get("id").is_none()))
            };
            pointers.retain(|pointer| !is_identity(pointer) && !is_lost(pointer) && !is_value(pointer));
            pointers
        })
        .collect();
    let flags: Vec<(usize, &String)> = (0..all.len())
        .flat_map(|index| pointers[index].iter().map(move |pointer| (index, pointer)))
        .filter(|(index, pointer)| all[*index].pointer(pointer).is_some_and(Value::is_boolean))
        .collect();
    let snapshots: Vec<Snapshot> = all.iter().map(|report| Snapshot::new(report.clone()).unwrap()).collect();
    let seeds: Vec<u64> = seeds().collect();
    for seed in &seeds {
        let mut random = Random(*seed);
        for number in 0..MUTATIONS {
            let any = random.below(all.len());
            let (index, pointer) = match number % 10 {
                0 => flags[random.below(flags.len())],
                _ => (any, &pointers[any][random.below(pointers[any].len())]),
            };
            let (mut report, digits) = (all[index].clone(), random.below(2) == 0);
            mutate(&mut report, pointer, digits);
            let changes = compare(Some(&snapshots[index]), Snapshot::new(report.clone()).as_ref());
            let (node, edition, path, class) = expected(&report, pointer, digits);
            let is_expected = |change: &Change| {
                let node_id = change.node.as_ref().map(|it| it.id.clone());
                let edition_id = change.edition.as_ref().map(|it| it.id.clone());
                (node_id, edition_id, change.class) == (node.clone(), edition.clone(), class)
                    && (path.is_empty() || change.path == path)
            };
            if !matches!(changes.as_slice(), [change] if is_expected(change)) {
                let expected = format!("expected {node:?} {edition:?} {path} {class:?}");
                wrong.push(format!("seed {seed}, {pointer}: {expected}, found {changes:#?}"));
            }
            *found.entry(class).or_insert(0) += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(found.values().sum::<usize>(), MUTATIONS * seeds.len());
    let few = 40 * seeds.len();
    assert!(found[&Class::Correction] > few && found[&Class::Edit] > few, "{found:?}");
}

/// A report of one policy with these sheets, by edition.
fn report(sheets: &Value, editions: &[&str]) -> Value {
    let editions: Vec<Value> = editions
        .iter()
        .map(|id| {
            let stage = if id.ends_with("interim") { "interim" } else { "final" };
            json!({ "id": id, "label": format!("{id}版"), "fiscal_year": id[..4].parse::<i64>().unwrap(), "stage": stage })
        })
        .collect();
    let node = json!({
        "kind": "policy", "id": "1", "name": "くらし",
        "indicators": [{ "id": "riyo", "name": "利用者数" }], "sheets": sheets,
    });
    json!({ "format": "shirube-report/1", "id": "s", "title": "計画", "editions": editions, "nodes": [node] })
}

fn sheet(edition: &str, value: &str, corrections: &Value) -> Value {
    let value = json!({ "series": "actual", "fiscal_year": 2023, "printed": value });
    json!({ "edition": edition, "figures": [{ "indicator": "riyo", "values": [value] }], "corrections": corrections })
}

fn classes(old: &Value, new: &Value) -> Vec<String> {
    let text = |change: &Change| {
        let declared = if change.declared { " declared" } else { "" };
        format!("{} {} {}{declared}", change.class.key(), change.kind(), change.path)
    };
    diff(old, new).iter().map(text).collect()
}

const RIYO: &str = "indicator.riyo.actual.R5";

#[test]
fn corrections_revisions_and_final_values_are_told_apart() {
    let before = report(&json!([sheet("2023", "1,234", &json!([]))]), &["2023"]);
    let corrected = report(&json!([sheet("2023", "1,243", &json!([]))]), &["2023"]);
    assert_eq!(classes(&before, &corrected), [format!("correction changed {RIYO}")]);
    let later = json!([sheet("2023", "1,234", &json!([])), sheet("2024", "1,243", &json!([]))]);
    assert_eq!(
        classes(&before, &report(&later, &["2023", "2024"])),
        ["new-edition added ", "new-edition added ", &format!("revision changed {RIYO}")]
    );
    let interim = report(&json!([sheet("2023-interim", "600", &json!([]))]), &["2023-interim"]);
    let final_sheets = json!([sheet("2023-interim", "600", &json!([])), sheet("2023", "1,234", &json!([]))]);
    assert_eq!(
        classes(&interim, &report(&final_sheets, &["2023-interim", "2023"])),
        ["new-edition added ", "new-edition added ", &format!("final changed {RIYO}")]
    );
}

#[test]
fn a_correction_is_declared_only_with_the_published_text() {
    let before = report(&json!([sheet("2023", "1,234", &json!([]))]), &["2023"]);
    let declared = |was: &str| {
        let correction =
            json!([{ "date": "2024-12-01", "about": RIYO, "was": was, "kind": "publisher", "reason": "誤記" }]);
        classes(&before, &report(&json!([sheet("2023", "1,243", &correction)]), &["2023"]))
    };
    assert_eq!(declared("1,234"), [format!("correction changed {RIYO} declared")]);
    assert_eq!(
        declared("1,233"),
        [format!("correction changed {RIYO}"), format!("edit added correction.2024-12-01.{RIYO}")]
    );
}

#[test]
fn a_renamed_node_is_the_same_node() {
    let before = report(&json!([sheet("2023", "1,234", &json!([]))]), &["2023"]);
    let mut after = before.clone();
    after["nodes"][0]["id"] = json!("kurashi");
    after["nodes"][0]["formerly"] = json!(["1"]);
    assert_eq!(classes(&before, &after), ["edit changed id"]);
    after["nodes"][0]["formerly"] = json!([]);
    assert_eq!(classes(&before, &after), ["edit added ", "correction gone "]);
}

#[test]
fn results_name_the_sheet_and_quote_the_former_text() {
    let before = report(&json!([sheet("2023", "1,234", &json!([]))]), &["2023"]);
    let changes = diff(&before, &report(&json!([sheet("2023", "1,243 | 改", &json!([]))]), &["2023"]));
    let tables = toml::format(&changes);
    assert!(tables.starts_with("# s/policies/1/2023.md\n[[correction]]\n"), "{tables}");
    let read: ::toml::Table = tables.parse().unwrap();
    assert_eq!(read["correction"][0]["was"].as_str(), Some("1,234"));
    assert_eq!(read["correction"][0]["about"].as_str(), Some(RIYO));
    let paper = markdown::format(&changes);
    assert!(paper.contains("| くらし | 2023版 | 利用者数 実績値 令和5年度 | 1,234 | 1,243 \\| 改 |"), "{paper}");
    assert!(json::format(&changes).contains("\"class\": \"correction\""));
    assert_eq!(markdown::format(&[]), "変更はありません。\n");
}

#[test]
fn a_period_in_brackets_changes_with_its_text() {
    let measured = |printed: &str, year: u16| {
        let value = json!({ "series": "actual", "fiscal_year": 2023, "printed": printed, "number": "17",
            "measured": { "from": year, "to": year } });
        let figures = json!([{ "indicator": "riyo", "values": [value] }]);
        report(&json!([{ "edition": "2023", "figures": figures }]), &["2023"])
    };
    let before = measured("17 (R4)", 2022);
    assert_eq!(classes(&before, &measured("17 (R3)", 2021)), [format!("correction changed {RIYO}")]);
    assert_eq!(classes(&before, &measured("17", 2022)), [format!("correction changed {RIYO}")]);
    assert_eq!(classes(&before, &measured("17 (R4)", 2021)), [format!("edit added {RIYO}.measured")]);
}
