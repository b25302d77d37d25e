//! Everything in `report.json` besides the cells of sheets, as leaves by their path.
//!
//! Elements of lists are identified by their id or name. A list whose elements have no identity is one leaf.

use serde_json::Value;
use std::collections::BTreeMap;

/// Fields that identify an object among the elements of its list, in order of preference.
const IDENTITIES: [&str; 12] = [
    "id",
    "indicator",
    "program",
    "policy",
    "ref",
    "scale",
    "mark",
    "title",
    "fiscal_year",
    "name",
    "survey_id",
    "item",
];

/// Adds the leaves of `value` under `path`.
pub(super) fn leaves(path: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| leaves(&below(key), value, found)),
        Value::Array(elements) => match identified(elements) {
            Some(identified) => identified.into_iter().for_each(|(id, value)| leaves(&below(&id), value, found)),
            None if elements.is_empty() => {}
            None => drop(found.insert(path.to_owned(), list(elements))),
        },
        Value::Null => {}
        scalar => drop(found.insert(path.to_owned(), text(scalar))),
    }
}

/// The elements of a list by their identities; `None` unless all have different ones.
fn identified(elements: &[Value]) -> Option<Vec<(String, &Value)>> {
    let mut identified: Vec<(String, &Value)> = Vec::new();
    for element in elements {
        let id = IDENTITIES.iter().find_map(|key| element.as_object()?.get(*key)).map(text)?;
        identified.push((id, element));
    }
    let mut ids: Vec<&String> = identified.iter().map(|(id, _)| id).collect();
    ids.sort();
    ids.dedup();
    (!elements.is_empty() && ids.len() == elements.len()).then_some(identified)
}

fn list(elements: &[Value]) -> String {
    match elements.iter().all(Value::is_string) {
        true => elements.iter().map(text).collect::<Vec<_>>().join("、"),
        false => Value::from(elements.to_vec()).to_string(),
    }
}

/// Text of a scalar; JSON of anything else.
pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
