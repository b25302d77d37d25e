//! Every figure of `report.json` is in exactly one row, and every row with a figure is in `report.json`.

use super::{DATA, Data, Row};
use crate::support::json::{items, text};
use serde_json::Value;
use shirube::internals::{AmountKey, Decimal, Report, StrategyIx, TableId, sum_strategy};
use std::collections::BTreeMap;

/// A figure: table, place in the report, and the cells `number`, `number_to`, `bound`, `status`.
type Figure = (TableId, String, [String; 4]);

#[test]
fn each_figure_is_in_exactly_one_row_and_each_row_in_the_report() {
    let mut count = 0;
    for data in DATA.iter() {
        let (mut of_report, mut of_tables) = (figures_of_report(&data.report), figures_of_tables(data));
        of_report.sort();
        of_tables.sort();
        for pair in of_tables.windows(2) {
            assert_ne!((pair[0].0, &pair[0].1), (pair[1].0, &pair[1].1), "two rows of {}", data.name);
        }
        if of_report != of_tables {
            let missing: Vec<_> = of_report.iter().filter(|figure| !of_tables.contains(figure)).take(5).collect();
            let unexpected: Vec<_> = of_tables.iter().filter(|figure| !of_report.contains(figure)).take(5).collect();
            panic!("{}\nmissing {missing:#?}\nunexpected {unexpected:#?}", data.name);
        }
        count += of_report.len();
    }
    assert!(count > 10_000, "only {count} figures");
}

#[test]
fn printed_texts_and_notes_are_those_of_the_report() {
    for data in DATA.iter() {
        let printed = data.rows(TableId::Printed).iter().filter(|row| !row["printed"].is_empty()).count();
        let mut expected = 0;
        for_each_value(&data.report, &mut |value| expected += usize::from(!text(value, "printed").is_empty()));
        let judgements = data.rows(TableId::Judgements).iter().filter(|row| row["status"] == "missing");
        let without_points = judgements.filter(|row| row["unit"].is_empty()).count();
        assert_eq!(printed, expected + without_points, "{}", data.name);
    }
}

#[test]
fn sums_of_amounts_that_count_once_are_those_of_the_page_of_amounts() {
    let mut compared = 0;
    for data in DATA.iter() {
        let mut sums: BTreeMap<(String, String, i32), Decimal> = BTreeMap::new();
        let counted = |row: &&Row| row["counts_once"] == "1" && row["status"] == "given" && row["number_to"].is_empty();
        for row in data.rows(TableId::Amounts).iter().filter(counted) {
            let key = (row["money_id"].clone(), row["phase"].clone(), row["fiscal_year"].parse().unwrap());
            *sums.entry(key).or_default() += row["number"].parse::<Decimal>().unwrap();
        }
        let sums: BTreeMap<_, _> = sums.into_iter().map(|(key, sum)| (key, sum.normalize().to_string())).collect();
        assert_eq!(sums, data.sums, "{}", data.name);
        compared += sums.len();
    }
    assert!(compared > 200, "only {compared} sums");
}

/// Sums with each program counted once, by kind of money, phase and year.
pub(super) fn sums(report: &Report, ix: StrategyIx) -> BTreeMap<(String, String, i32), String> {
    let declared = &report.strategy(ix).amounts;
    let mut sums = BTreeMap::new();
    for (key, years) in sum_strategy(report, ix) {
        let AmountKey { kind, phase } = key;
        let money = declared.money.get(kind.0).map_or("", |kind| kind.id.as_str()).to_owned();
        let phase = declared.phase_declaration(phase).map_or("", |phase| phase.id.as_str()).to_owned();
        let counted = years.into_iter().filter_map(|(year, sum)| Some((year, sum.net_if_counted()?)));
        sums.extend(counted.map(|(year, net)| ((money.clone(), phase.clone(), year.0), net.normalize().to_string())));
    }
    sums
}

/// Tables of values: the column that identifies a row, and those that identify its place in the report.
const PLACES: [(TableId, &str, &[&str]); 4] = [
    (
        TableId::Observations,
        "observation_id",
        &["edition_id", "of", "indicator", "series", "fiscal_year", "calendar_year", "is_start", "is_end_of_plan"],
    ),
    (
        TableId::Amounts,
        "amount_id",
        &[
            "edition_id",
            "of",
            "table",
            "item_id",
            "money_id",
            "staff_id",
            "phase",
            "funding_id",
            "fiscal_year",
            "is_all_years",
        ],
    ),
    (
        TableId::Judgements,
        "judgement_id",
        &["edition_id", "of", "indicator", "program", "scale_id", "judge_id", "fiscal_year"],
    ),
    (TableId::Surveys, "survey_value_id", &["survey_id", "edition_id", "of", "measure"]),
];

fn figures_of_tables(data: &Data) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut owners = BTreeMap::new();
    let mut push = |table: TableId, place: String, row: &Row| {
        let cells = ["number", "number_to", "bound", "status"].map(|column| row[column].clone());
        if is_figure(&cells) {
            figures.push((table, place, cells));
        }
    };
    for (table, id, columns) in PLACES {
        let mut unplaced: BTreeMap<String, usize> = BTreeMap::new();
        for row in data.rows(table) {
            let mut place = columns.iter().map(|column| row[*column].as_str()).collect::<Vec<_>>().join(" ");
            if table == TableId::Observations && row["series"] == "unplaced" {
                let position = unplaced.entry(place.clone()).or_default();
                *position += 1;
                place = format!("{place} {position}");
            }
            owners.insert((table.name(), row[id].clone()), place.clone());
            // A judgement without points is no figure.
            if table != TableId::Judgements || !row["unit"].is_empty() {
                push(table, place, row);
            }
        }
    }
    for row in data.rows(TableId::Parts) {
        let owner = &owners[&(row["value_table"].as_str(), row["value_id"].clone())];
        push(TableId::Parts, format!("{} {owner} {}", row["value_table"], row["row_order"]), row);
    }
    figures
}

/// Returns true if the cells `number`, `number_to`, `bound` and `status` are those of a number or a missing value.
fn is_figure(cells: &[String; 4]) -> bool {
    !cells[0].is_empty() || cells[3] == "missing"
}

fn figures_of_report(report: &Value) -> Vec<Figure> {
    let mut figures = Vec::new();
    for survey in items(report, "surveys") {
        let id = text(survey, "id");
        for (value, measure) in
            [(&survey["answers"], "answers"), (&survey["x"]["mean"], "x-mean"), (&survey["y"]["mean"], "y-mean")]
        {
            add(&mut figures, TableId::Surveys, &[id, "", "", measure], value);
        }
    }
    for node in items(report, "nodes") {
        let of = format!("{}/{}", text(node, "kind"), text(node, "id"));
        for sheet in items(node, "sheets") {
            figures_of_sheet(sheet, &of, &mut figures);
        }
    }
    figures
}

fn figures_of_sheet(sheet: &Value, of: &str, figures: &mut Vec<Figure>) {
    let edition = text(sheet, "edition");
    let points = |judgement: &Value, indicator: &str, program: &str, figures: &mut Vec<Figure>| {
        let year = number(&judgement["fiscal_year"]);
        let place = [edition, of, indicator, program, text(judgement, "scale"), text(judgement, "judge_id"), &year];
        add(figures, TableId::Judgements, &place, &judgement["points"]);
    };
    for figure in items(sheet, "figures") {
        let indicator = format!("{of}#{}", text(figure, "indicator"));
        let mut unplaced = 0;
        for value in items(figure, "values") {
            let (fiscal, calendar) = (number(&value["fiscal_year"]), number(&value["calendar_year"]));
            let (start, end) = (flag(&value["start"]), flag(&value["end"]));
            let series = text(value, "series");
            let mut place = vec![edition, of, &indicator, series, &fiscal, &calendar, start, end];
            let position;
            if series == "unplaced" {
                unplaced += 1;
                position = unplaced.to_string();
                place.push(&position);
            }
            add(figures, TableId::Observations, &place, value);
        }
        for judgement in items(figure, "judgements") {
            points(judgement, &indicator, "", figures);
        }
    }
    for judgement in items(sheet, "judgements") {
        points(judgement, "", "", figures);
    }
    for row in items(sheet, "programs") {
        let program = format!("program/{}", text(row, "program"));
        for judgement in items(row, "judgements") {
            points(judgement, "", &program, figures);
        }
    }
    for table in ["money", "staff", "total"] {
        for value in items(sheet, table) {
            add_amount(figures, [edition, of, table, ""], value);
        }
    }
    for item in items(sheet, "items") {
        for value in items(item, "money") {
            add_amount(figures, [edition, of, "item", text(item, "id")], value);
        }
    }
    for place in items(sheet, "surveys") {
        for measure in ["x", "y"] {
            let columns = [text(place, "survey_id"), edition, of, measure];
            add(figures, TableId::Surveys, &columns, &place[measure]);
        }
    }
}

fn add_amount(figures: &mut Vec<Figure>, [edition, of, table, item]: [&str; 4], value: &Value) {
    let kind = |id: &'static str| Some(text(value, id)).filter(|id| !id.is_empty()).unwrap_or("base");
    let (money, staff) = if table == "staff" { ("", kind("staff_id")) } else { (kind("money_id"), "") };
    let (year, all) = (number(&value["fiscal_year"]), flag(&value["all_years"]));
    let place =
        |funding: &str| [edition, of, table, item, money, staff, text(value, "series"), funding, &year, all].join(" ");
    add(figures, TableId::Amounts, &[&place("")], value);
    for share in items(value, "funding") {
        add(figures, TableId::Amounts, &[&place(text(share, "funding_id"))], share);
    }
}

/// Adds a value and its components.
fn add(figures: &mut Vec<Figure>, table: TableId, place: &[&str], value: &Value) {
    if value.is_null() {
        return;
    }
    let place = place.join(" ");
    let mut push = |table: TableId, place: String, value: &Value| {
        let status = if value.get("missing").is_some() { "missing" } else { "given" };
        let number = value.get("number").or(value.get("from")).and_then(Value::as_str).unwrap_or_default();
        let cells = [number, text(value, "to"), text(value, "bound"), status].map(str::to_owned);
        if is_figure(&cells) {
            figures.push((table, place, cells));
        }
    };
    for (index, part) in items(value, "parts").iter().enumerate() {
        push(TableId::Parts, format!("{} {place} {}", table.name(), index + 1), part);
    }
    push(table, place, value);
}

/// Calls `visit` with each value that has a printed text.
fn for_each_value(json: &Value, visit: &mut impl FnMut(&Value)) {
    match json {
        Value::Object(object) => {
            if object.contains_key("printed") {
                visit(json);
            }
            // These have a printed text, but no value.
            let others = object.iter().filter(|(key, _)| !["period", "accounts"].contains(&key.as_str()));
            others.for_each(|(_, value)| for_each_value(value, visit));
        }
        Value::Array(values) => values.iter().for_each(|value| for_each_value(value, visit)),
        _ => {}
    }
}

fn number(value: &Value) -> String {
    value.as_i64().map(|number| number.to_string()).unwrap_or_default()
}

fn flag(value: &Value) -> &'static str {
    if value.as_bool() == Some(true) { "1" } else { "0" }
}
