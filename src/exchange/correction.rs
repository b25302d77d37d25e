//! Corrections in `report.json`.

use super::json::{Json, Object};
use crate::correction;
use crate::model::{Correction, Node, Sheet, Strategy};

/// Corrections of a sheet, in the order of the file. `was` is empty if the cell had no text, and so is `is` if it has none
/// now or after this correction.
pub(super) fn corrections<'r>(strategy: &Strategy, node: &Node, sheet: &'r Sheet) -> Json<'r> {
    let object = |given: &'r Correction| {
        Object::default()
            .with("date", given.date.to_string())
            .with("about", given.about.dotted(strategy, node))
            .with("was", &given.was)
            .with("is", correction::after(strategy, node, sheet, given))
            .with("kind", given.kind.key())
            .with("reason", &given.reason)
            .with("url", given.url.as_ref().map(|url| url.as_str()))
    };
    sheet.corrections.iter().map(object).collect()
}
