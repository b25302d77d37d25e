//! Undeclared corrections as `[[correction]]` tables, to be copied into the sheets.

use super::{Change, Class};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The tables, below the path of the sheet that each belongs into. Empty texts are to be filled in. Empty without
/// undeclared corrections.
pub fn format(changes: &[Change]) -> String {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let undeclared = changes.iter().filter(|change| change.class == Class::Correction && !change.declared);
    // A whole node, sheet or edition that is gone has no file to hold a correction.
    for change in undeclared.filter(|change| !change.path.is_empty()) {
        let Some(node) = &change.node else { continue };
        let file = change.sheet_file().unwrap_or_else(|| {
            format!("{}: {}:{} の調書のうち、誤って記載した版のもの", change.strategy, node.kind, node.id)
        });
        let tables = files.entry(file).or_default();
        let (about, was) = (text(&change.path), text(change.before.as_deref().unwrap_or_default()));
        let written =
            write!(tables, "[[correction]]\ndate = \"\"\nabout = {about}\nwas = {was}\nkind = \"\"\nreason = \"\"\n\n");
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
    }
    let mut formatted = String::new();
    for (file, tables) in files {
        formatted.push_str(&format!("# {file}\n{tables}"));
    }
    formatted
}

/// A TOML string.
fn text(text: &str) -> String {
    ::toml::Value::from(text).to_string()
}
