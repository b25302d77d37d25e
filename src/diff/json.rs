//! Changes as JSON, for programs.

use super::Change;
use serde_json::{Map, Value, json};

/// Name and version of the format.
pub const FORMAT: &str = "shirube-diff/1";

/// All changes as one object, with a final newline.
pub fn format(changes: &[Change]) -> String {
    let document = json!({ "format": FORMAT, "changes": changes.iter().map(change).collect::<Vec<_>>() });
    format!("{document:#}\n")
}

fn change(change: &Change) -> Value {
    let mut fields = Map::new();
    let mut add = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
    add("strategy", json!(change.strategy));
    if let Some(node) = &change.node {
        add("node", json!({ "kind": node.kind, "id": node.id, "name": node.name }));
    }
    if let Some(edition) = &change.edition {
        add("edition", json!({ "id": edition.id, "label": edition.label }));
    }
    add("path", json!(change.path));
    add("class", json!(change.class.key()));
    add("kind", json!(change.kind()));
    if let Some(before) = &change.before {
        add("before", json!(before));
    }
    if let Some(after) = &change.after {
        add("after", json!(after));
    }
    if change.declared {
        add("declared", json!(true));
    }
    Value::Object(fields)
}
