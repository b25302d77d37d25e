//! The table of corrections.

use super::csv_file::{CsvFile, CsvWriter, NONE, optional, text};
use super::nodes::node_key;
use super::table::CORRECTION_COLUMNS;
use crate::correction;
use crate::model::{Href, Report, StrategyIx};
use std::borrow::Cow;

/// The table [`TableId::Corrections`](super::TableId::Corrections), in the order of the sheets.
pub(super) fn table(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&CORRECTION_COLUMNS);
    let strategy = report.strategy(ix);
    for (_, node) in report.nodes(ix) {
        for sheet in &node.sheets {
            let Some(edition) = strategy.editions.get(sheet.edition.0) else { continue };
            for (index, correction) in sheet.corrections.iter().enumerate() {
                let now = correction::after(strategy, node, sheet, correction);
                file.push([
                    Cow::Owned(format!("{}/{}/correction.{}", edition.id, node_key(node), index + 1)),
                    text(&strategy.id),
                    text(&edition.id),
                    Cow::Owned(node_key(node)),
                    Cow::Owned(correction.date.to_string()),
                    Cow::Owned(correction.about.dotted(strategy, node)),
                    text(&correction.was),
                    now.map_or(NONE, |now| Cow::Owned(text(&now).into_owned())),
                    Cow::Borrowed(correction.kind.key()),
                    text(&correction.reason),
                    optional(correction.url.as_ref().map(Href::as_str)),
                ]);
            }
        }
    }
    file.finish()
}
