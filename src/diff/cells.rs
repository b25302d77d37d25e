//! Cells of a sheet in `report.json`, by the dotted keys of [`crate::model::CellKey`].

use super::tree::{self, text};
use crate::correction::text::{EXPECTED, LOST, ValueText};
use crate::diagnostic::Span;
use crate::model::{self, FiscalYear};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cell {
    /// Text as printed.
    pub(super) printed: String,
    /// Text as printed, with what the cell states besides it.
    pub(super) full: String,
    /// True for words of several sentences, of which only the numbers count.
    pub(super) words: bool,
    /// True if the value is not final: an interim or expected one.
    pub(super) provisional: bool,
}

/// Cells and other parts of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    /// Cells by dotted key.
    pub(super) cells: BTreeMap<String, Cell>,
    /// Notes and other leaves that are not cells, by path.
    pub(super) others: BTreeMap<String, String>,
}

impl Cells {
    /// Cells of a sheet.
    pub(super) fn of_sheet(sheet: &Value) -> Self {
        let mut cells = Self::default();
        let Some(sheet) = sheet.as_object() else { return cells };
        for (key, value) in sheet {
            match key.as_str() {
                "edition" | "corrections" | "department_roles" => {}
                "page" => cells.plain("page".to_owned(), text(value)),
                "departments" => cells.plain("department".to_owned(), departments(sheet)),
                "period" => cells.plain("period".to_owned(), period(value)),
                "fields" => list(value).for_each(|field| cells.field(field)),
                "judgements" => list(value).for_each(|given| cells.judgement("judgement", given)),
                "programs" => list(value).for_each(|row| {
                    let prefix = format!("program.{}", string(row, "program"));
                    list_of(row, "judgements").for_each(|given| cells.judgement(&prefix, given));
                }),
                "figures" => list(value).for_each(|figures| cells.figures(figures)),
                "money" | "staff" | "total" => list(value).for_each(|amount| cells.amount(key, amount)),
                "items" => list(value).for_each(|item| {
                    let prefix = format!("item.{}.money", string(item, "id"));
                    list_of(item, "money").for_each(|amount| cells.amount(&prefix, amount));
                }),
                "surveys" => list(value).for_each(|place| cells.survey(place)),
                "words" => list(value).for_each(|section| {
                    let cell = Cell { words: true, ..Cell::of(string(section, "markdown")) };
                    cells.insert(format!("section:{}", string(section, "title")), cell);
                }),
                _ => tree::leaves(key, value, &mut cells.others),
            }
        }
        cells
    }

    /// Cells of a node that are common to its editions.
    pub(super) fn of_node(node: &Value) -> Self {
        let mut cells = Self::default();
        let Some(node) = node.as_object() else { return cells };
        for (key, value) in node {
            match key.as_str() {
                "kind" | "id" | "sheets" | "account" | "formerly" => {}
                "name" | "number" => cells.plain(key.clone(), text(value)),
                "accounts" => {
                    let printed: Vec<String> = list(value).map(|account| string(account, "printed")).collect();
                    cells.plain("account".to_owned(), printed.join("、"));
                    for account in list(value) {
                        let path = format!("account.{}.steps", string(account, "printed"));
                        account.get("steps").into_iter().for_each(|it| tree::leaves(&path, it, &mut cells.others));
                    }
                }
                "period" => cells.plain("period".to_owned(), period(value)),
                "fields" => list(value).for_each(|field| cells.field(field)),
                "indicators" => list(value).for_each(|indicator| {
                    let prefix = format!("indicator.{}", string(indicator, "id"));
                    for (key, value) in indicator.as_object().into_iter().flatten() {
                        match key.as_str() {
                            "id" => {}
                            "name" | "unit" => cells.plain(format!("{prefix}.{key}"), text(value)),
                            _ => tree::leaves(&format!("{prefix}.{key}"), value, &mut cells.others),
                        }
                    }
                }),
                _ => tree::leaves(key, value, &mut cells.others),
            }
        }
        cells
    }

    fn insert(&mut self, key: String, cell: Cell) {
        self.cells.insert(key, cell);
    }

    fn plain(&mut self, key: String, text: String) {
        self.insert(key, Cell::of(text));
    }

    fn field(&mut self, field: &Value) {
        let values: Vec<String> = list_of(field, "values").map(text).collect();
        self.plain(format!("field.{}", string(field, "id")), values.join("、"));
    }

    fn figures(&mut self, figures: &Value) {
        let prefix = format!("indicator.{}", string(figures, "indicator"));
        let mut unplaced = Vec::new();
        for value in list_of(figures, "values") {
            match string(value, "series").as_str() {
                "unplaced" => {
                    self.details(&format!("{prefix}.unplaced.{}", unplaced.len()), value);
                    unplaced.push(value_text(value).full());
                }
                series => {
                    let key = format!("{prefix}.{}.{}", series.replace(':', "."), column(value));
                    self.value(key, value);
                }
            }
        }
        if !unplaced.is_empty() {
            self.plain(format!("{prefix}.unplaced"), unplaced.join("、"));
        }
        list_of(figures, "judgements").for_each(|given| self.judgement(&prefix, given));
        self.note(&prefix, figures);
    }

    fn amount(&mut self, table: &str, amount: &Value) {
        let kind = amount.get("money_id").or(amount.get("staff_id")).map(|id| format!(".{}", text(id)));
        let key = format!("{table}{}.{}.{}", kind.unwrap_or_default(), string(amount, "series"), column(amount));
        for share in list_of(amount, "funding") {
            self.value(format!("{key}.funding.{}", string(share, "funding_id")), share);
        }
        self.value(key, amount);
    }

    fn judgement(&mut self, prefix: &str, given: &Value) {
        let year = given.get("fiscal_year").map(|_| format!(".{}", column(given))).unwrap_or_default();
        let judge = given.get("judge_id").map(|judge| format!(".{}", text(judge))).unwrap_or_default();
        let key = format!("{prefix}.{}{year}{judge}", string(given, "scale"));
        let marks: Vec<String> = list_of(given, "marks").map(text).collect();
        if let Some(points) = given.get("points") {
            self.value(key.clone(), points);
        } else if given.get("lost").is_some() {
            self.plain(key.clone(), LOST.to_owned());
        } else {
            let missing = given.get("missing").map(text);
            self.plain(key.clone(), missing.unwrap_or_else(|| marks.join("、")));
        }
        self.note(&key, given);
    }

    fn survey(&mut self, place: &Value) {
        let prefix = format!("survey.{}", string(place, "survey_id"));
        for axis in ["x", "y"] {
            place.get(axis).into_iter().for_each(|value| self.value(format!("{prefix}.{axis}"), value));
        }
        place.get("quadrant").into_iter().for_each(|name| self.plain(format!("{prefix}.quadrant"), text(name)));
    }

    /// Adds a value; what is not stated by its text is a leaf of its own.
    fn value(&mut self, key: String, value: &Value) {
        let stated = value_text(value);
        let provisional = stated.as_of.is_some() || value.get("estimated").is_some() || key.contains(".interim.");
        self.details(&key, value);
        let cell = Cell { printed: stated.printed.clone(), full: stated.full(), words: false, provisional };
        self.insert(key, cell);
    }

    /// Leaves for what a value has besides its text.
    fn details(&mut self, key: &str, value: &Value) {
        for detail in ["note", "bound", "unit", "sic", "from", "to", "missing"] {
            let leaf = value.get(detail).map(text);
            self.others.extend(leaf.map(|leaf| (format!("{key}.{detail}"), leaf)));
        }
        // A period in brackets is part of the printed text, unless another one is stated beside it.
        let printed = string(value, "printed");
        let has_bracket = !model::Value::split_period_bracket(&printed).1.is_empty();
        let in_bracket = || Some(model::Value::parse(&printed, Span::default())?.measured.map(|it| (it.from, it.to)));
        if let Some((from, to)) = measured(value)
            && has_bracket
            && in_bracket() != Some(Some((from, to)))
        {
            let stated = format!("{}/{}", from.short(), to.short());
            self.others.extend([(format!("{key}.measured"), stated)]);
        }
        list_of(value, "parts").for_each(|part| self.details(&format!("{key}.parts.{}", string(part, "name")), part));
    }

    fn note(&mut self, key: &str, of: &Value) {
        self.others.extend(of.get("note").map(|note| (format!("{key}.note"), text(note))));
    }
}

impl Cell {
    fn of(text: String) -> Self {
        Self { full: text.clone(), printed: text, ..Self::default() }
    }

    /// Returns true if `quoted` is the text of the cell.
    pub(super) fn is(&self, quoted: &str) -> bool {
        quoted == self.printed || quoted == self.full
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn list_of<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Text under `key`; empty if there is none.
pub(super) fn string(value: &Value, key: &str) -> String {
    value.get(key).map(text).unwrap_or_default()
}

fn year(value: &Value) -> Option<FiscalYear> {
    Some(FiscalYear(i32::try_from(value.as_i64()?).ok()?))
}

/// Last step of the dotted key of a value.
fn column(value: &Value) -> String {
    let in_year = value.get("fiscal_year").or(value.get("calendar_year"));
    match in_year.and_then(year) {
        Some(year) => year.short(),
        None if value.get("start").is_some() => "start".to_owned(),
        None if value.get("end").is_some() => "end".to_owned(),
        None => "all".to_owned(),
    }
}

/// First and last year of measurement.
fn measured(value: &Value) -> Option<(FiscalYear, FiscalYear)> {
    let period = value.get("measured")?;
    Some((year(period.get("from")?)?, year(period.get("to")?)?))
}

fn value_text(value: &Value) -> ValueText {
    let optional = |key: &str| value.get(key).map(text);
    let is_estimated = value.get("estimated").and_then(Value::as_bool).unwrap_or_default();
    let parts = list_of(value, "parts").map(|part| (string(part, "name"), value_text(part).full()));
    ValueText {
        printed: string(value, "printed"),
        number: optional("number"),
        measured: measured(value),
        as_of: optional("as_of"),
        estimated: optional("estimated_as").or_else(|| is_estimated.then(|| EXPECTED.to_owned())),
        parts: parts.collect(),
    }
}

fn departments(sheet: &Map<String, Value>) -> String {
    let roles = || sheet.get("department_roles").and_then(Value::as_array).into_iter().flatten();
    let department = |name: &Value| {
        let name = text(name);
        match roles().find(|role| string(role, "name") == name).map(|role| string(role, "role")) {
            Some(role) => format!("{name}（{role}）"),
            None => name,
        }
    };
    let names = sheet.get("departments").and_then(Value::as_array).into_iter().flatten();
    names.map(department).collect::<Vec<_>>().join("、")
}

fn period(period: &Value) -> String {
    let short = |key: &str| period.get(key).and_then(year).map(FiscalYear::short).unwrap_or_default();
    period.get("printed").map_or_else(|| format!("{}/{}", short("from"), short("to")), text)
}
