//! Corrections of published editions: the cells that they are about, and their lists.

pub mod cell;
pub mod text;

use crate::model::{CellKey, Correction, Node, NodeId, Report, Sheet, Strategy, StrategyIx};

/// The next correction of the same cell, by date, then by position in the file; `None` if `correction`, which must be one
/// of the sheet, is the last.
pub fn next<'s>(sheet: &'s Sheet, correction: &Correction) -> Option<&'s Correction> {
    let same = sheet.corrections.iter().filter(|other| other.about == correction.about);
    let order = |it: &Correction| (it.date, it.span.start);
    same.filter(|other| order(other) > order(correction)).min_by_key(|other| order(other))
}

/// The last correction of a cell of a sheet, by date, then by position in the file; `None` if it was not corrected.
pub fn last<'s>(sheet: &'s Sheet, about: &CellKey) -> Option<&'s Correction> {
    sheet.corrections.iter().filter(|it| it.about == *about).max_by_key(|it| (it.date, it.span.start))
}

/// Text of the cell after a correction, which must be one of the sheet: what the next correction of the cell replaced, or
/// what the cell states now. Empty if it states nothing; `None` for words, which are too long to quote.
pub fn after(strategy: &Strategy, node: &Node, sheet: &Sheet, correction: &Correction) -> Option<String> {
    if matches!(correction.about, CellKey::Section(_)) {
        return None;
    }
    let now = || cell::text(strategy, node, sheet, &correction.about).map(|text| text.full);
    Some(next(sheet, correction).map_or_else(|| now().unwrap_or_default(), |next| next.was.clone()))
}

/// A correction with its sheet.
#[derive(Debug, Clone, Copy)]
pub struct SheetCorrection<'r> {
    /// The corrected node.
    pub node: NodeId,
    /// The corrected sheet.
    pub sheet: &'r Sheet,
    /// The correction.
    pub correction: &'r Correction,
}

/// All corrections of a strategy, newest first; those of one day in the order of nodes, editions and files.
pub fn of_strategy(report: &Report, ix: StrategyIx) -> Vec<SheetCorrection<'_>> {
    let mut corrections: Vec<SheetCorrection<'_>> =
        report.nodes(ix).flat_map(|(id, node)| of_sheets(id, node.sheets.iter())).collect();
    newest_first(&mut corrections);
    corrections
}

/// Corrections of these sheets of a node, newest first.
pub fn of_node<'r>(node: NodeId, sheets: impl Iterator<Item = &'r Sheet>) -> Vec<SheetCorrection<'r>> {
    let mut corrections: Vec<SheetCorrection<'r>> = of_sheets(node, sheets).collect();
    newest_first(&mut corrections);
    corrections
}

fn of_sheets<'r>(node: NodeId, sheets: impl Iterator<Item = &'r Sheet>) -> impl Iterator<Item = SheetCorrection<'r>> {
    sheets.flat_map(move |sheet| {
        sheet.corrections.iter().map(move |correction| SheetCorrection { node, sheet, correction })
    })
}

fn newest_first(corrections: &mut [SheetCorrection<'_>]) {
    corrections.sort_by_key(|it| std::cmp::Reverse(it.correction.date));
}
