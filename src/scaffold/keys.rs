//! Keys of new files with their meanings as comments, from the declaration of the content format.

use super::in_comment;
use crate::content::quoted;
use crate::schema::{Key, PlacedTable, Table};

/// Column at which comments after short keys begin.
const COMMENT_COLUMN: usize = 30;

/// The key `name` of `table` with this value, or commented out with its example; the meaning follows as a comment. Empty
/// if the key is not declared.
pub(super) fn key_line(table: &Table, name: &str, value: Option<&str>) -> String {
    let Some(key) = table.key(name) else { return String::new() };
    match value {
        Some(value) => with_comment(&format!("{name} = {}", quoted(value)), key),
        None => format!("# {}", with_comment(key.example, key)),
    }
}

/// A table of the root with the keys `names`, commented out, below its meaning.
pub(super) fn commented_table(place: &PlacedTable, names: &[&str]) -> String {
    let declared = place.path.first().and_then(|key| place.file.root.key(key));
    let meaning = declared.map_or("", |key| key.meaning.ja);
    let keys = names.iter().filter_map(|name| place.table.key(name));
    let lines = keys.map(|key| match key.example.split_once('\n') {
        None => format!("# {}", with_comment(key.example, key)),
        Some((first, rest)) => {
            format!("# {}# {}\n", with_comment(first, key), rest.replace('\n', "\n# "))
        }
    });
    format!("\n# {}\n# {}\n{}", in_comment(meaning), place.header(), lines.collect::<String>())
}

/// The line, followed by the meaning of the key as a comment.
fn with_comment(line: &str, key: &Key) -> String {
    // Editors show Japanese characters two columns wide.
    let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let padding = " ".repeat(COMMENT_COLUMN.saturating_sub(width).max(1));
    format!("{line}{padding}# {}\n", in_comment(key.meaning.ja))
}
