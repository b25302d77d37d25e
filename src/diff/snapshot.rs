//! One state of a strategy, read from `report.json`.

use super::cells::{Cells, string};
use super::tree;
use serde_json::Value;
use std::collections::BTreeMap;

/// One state of a strategy.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Id of the strategy.
    pub id: String,
    /// Editions by id.
    pub(super) editions: BTreeMap<String, EditionState>,
    /// Nodes by kind and id.
    pub(super) nodes: BTreeMap<(String, String), NodeState>,
    /// Leaves of the strategy itself, by path.
    pub(super) others: BTreeMap<String, String>,
}

/// One state of an edition.
#[derive(Debug, Clone)]
pub(super) struct EditionState {
    /// Position among the editions, in order of publication.
    pub(super) order: usize,
    pub(super) label: String,
    /// Fiscal year, in the form of the keys of report.json; `None` if the document prints none.
    pub(super) year: Option<i64>,
    /// True for an interim edition.
    pub(super) interim: bool,
}

/// One state of a node.
#[derive(Debug, Clone)]
pub(super) struct NodeState {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) formerly: Vec<String>,
    pub(super) common: Cells,
    /// Sheets by the id of the edition.
    pub(super) sheets: BTreeMap<String, SheetState>,
}

/// One state of a sheet.
#[derive(Debug, Clone)]
pub(super) struct SheetState {
    pub(super) content: Cells,
    pub(super) corrections: Vec<DeclaredCorrection>,
}

/// A `[[correction]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DeclaredCorrection {
    pub(super) about: String,
    pub(super) was: String,
    /// Path of its leaf, and everything that it states.
    pub(super) leaf: (String, String),
}

impl Snapshot {
    /// Reads the content of a `report.json`; `None` if it is none.
    pub fn new(mut report: Value) -> Option<Self> {
        let is_report = report.get("format")?.as_str()?.starts_with("shirube-report/");
        let id = report.get("id")?.as_str()?.to_owned();
        let fields = report.as_object_mut().filter(|_| is_report)?;
        let (nodes, editions) = (fields.remove("nodes"), fields.remove("editions"));
        fields.remove("format");
        let mut others = BTreeMap::new();
        let editions = editions.as_ref().and_then(Value::as_array).into_iter().flatten().enumerate();
        let editions = editions.map(|(order, edition)| {
            let id = string(edition, "id");
            let mut fields = edition.clone();
            if let Some(fields) = fields.as_object_mut() {
                fields.remove("id");
            }
            tree::leaves(&format!("edition.{id}"), &fields, &mut others);
            (id, EditionState::new(order, edition))
        });
        let editions = editions.collect();
        tree::leaves("", &report, &mut others);
        let nodes = nodes.as_ref().and_then(Value::as_array).into_iter().flatten();
        let nodes = nodes.map(|node| ((string(node, "kind"), string(node, "id")), NodeState::new(node)));
        Some(Self { id, editions, nodes: nodes.collect(), others })
    }

    /// The same state with the ids of nodes that `newer` names differently, and the former ids of these nodes.
    pub(super) fn renamed(report: &Self, newer: &Self) -> BTreeMap<(String, String), String> {
        let mut renamed = BTreeMap::new();
        for ((kind, id), node) in &newer.nodes {
            let is_old = |old: &&String| {
                let key = (kind.clone(), (*old).clone());
                report.nodes.contains_key(&key) && !newer.nodes.contains_key(&key)
            };
            if !report.nodes.contains_key(&(kind.clone(), id.clone()))
                && let Some(old) = node.formerly.iter().find(is_old)
            {
                renamed.insert((kind.clone(), old.clone()), id.clone());
            }
        }
        renamed
    }
}

impl EditionState {
    fn new(order: usize, edition: &Value) -> Self {
        Self {
            order,
            label: string(edition, "label"),
            year: edition.get("fiscal_year").and_then(Value::as_i64),
            interim: edition.get("stage").is_some_and(|stage| stage == "interim"),
        }
    }
}

impl NodeState {
    fn new(node: &Value) -> Self {
        let formerly = node.get("formerly").and_then(Value::as_array).into_iter().flatten();
        let sheets = node.get("sheets").and_then(Value::as_array).into_iter().flatten();
        Self {
            number: string(node, "number"),
            name: string(node, "name"),
            formerly: formerly.map(tree::text).collect(),
            common: Cells::of_node(node),
            sheets: sheets.map(|sheet| (string(sheet, "edition"), SheetState::new(sheet))).collect(),
        }
    }

    /// Number and name.
    pub(super) fn title(&self) -> String {
        [self.number.as_str(), self.name.as_str()].join(" ").trim().to_owned()
    }
}

impl SheetState {
    fn new(sheet: &Value) -> Self {
        let corrections = sheet.get("corrections").and_then(Value::as_array).into_iter().flatten();
        let correction = |it: &Value| DeclaredCorrection {
            about: string(it, "about"),
            was: string(it, "was"),
            leaf: (format!("correction.{}.{}", string(it, "date"), string(it, "about")), statement(it)),
        };
        Self { content: Cells::of_sheet(sheet), corrections: corrections.map(correction).collect() }
    }
}

/// What a correction states, apart from the text after it, which is that of the cell.
fn statement(correction: &Value) -> String {
    let stated = ["was", "kind", "reason", "url"].map(|key| string(correction, key));
    stated.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("／")
}
