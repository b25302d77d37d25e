//! Access to values of `report.json`.

use serde_json::Value;

/// The items of an array; empty if there is none.
pub(crate) fn items<'v>(object: &'v Value, key: &str) -> &'v [Value] {
    object[key].as_array().map_or(&[], Vec::as_slice)
}

/// A string; empty if there is none.
pub(crate) fn text<'v>(object: &'v Value, key: &str) -> &'v str {
    object[key].as_str().unwrap_or_default()
}
