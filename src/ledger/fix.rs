//! Corrections of single cells (`[[fix]]`): applied only if the cell is as the correction states.

use super::cell::Findings;
use super::error::Place;
use super::mapping::{Fix, Mapping, TableSpec};
use crate::diagnostic::{say, shortened};
use crate::spreadsheet::{CellProblem, CellRef, Worksheet};
use std::collections::BTreeMap;

/// Corrections of the cells of a table. Reports those whose cell is not as stated.
pub fn of_table<'a>(
    mapping: &'a Mapping,
    spec: &TableSpec,
    sheet: &Worksheet,
    findings: &Findings,
    place: impl Fn(CellRef) -> Place,
) -> BTreeMap<CellRef, &'a Fix> {
    let mut fixes: BTreeMap<CellRef, &Fix> = BTreeMap::new();
    for fix in mapping.fixes.iter().filter(|fix| concerns(fix, spec, sheet)) {
        let found = sheet.cells.get(&fix.cell).map_or_else(String::new, |cell| shown(&cell.text));
        if found != fix.is.trim() {
            // The content is not quoted: it may be personal.
            let (is, line) = (shortened(&fix.is), fix.line);
            findings.report(
                place(fix.cell),
                say!(
                    ja: "訂正（対応表 {line} 行目）は「{is}」の訂正ですが、セルの内容は違います",
                    en: "the correction in line {line} of the mapping expects `{is}`, but the cell is different"
                ),
                say!(
                    ja: "台帳が直されていれば `[[fix]]` を削除し、そうでなければ `cell` と `is` を確認してください",
                    en: "remove the `[[fix]]` if the ledger was corrected; else check `cell` and `is`"
                ),
            );
        }
        if fixes.insert(fix.cell, fix).is_some() {
            findings.report(
                Place::Mapping { line: fix.line },
                say!(ja: "同じセルの訂正が二つあります", en: "the cell is corrected twice"),
                say!(ja: "どちらか一つにしてください", en: "keep one of them"),
            );
        }
    }
    fixes
}

/// Reports corrections of files or worksheets that no table uses, or that do not say which of several they mean.
pub fn report_misplaced(mapping: &Mapping, findings: &Findings) {
    let mut files: Vec<&str> = mapping.tables.iter().map(|table| table.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let listed = files.join(", ");
    for fix in &mapping.fixes {
        let line = fix.line;
        match &fix.file {
            Some(file) if !files.contains(&file.as_str()) => findings.report(
                Place::Mapping { line },
                say!(ja: "「{file}」を使う表がありません", en: "no table uses `{file}`"),
                say!(ja: "表のファイルは {listed} です", en: "the files of the tables are {listed}"),
            ),
            None if files.len() > 1 => findings.report(
                Place::Mapping { line },
                say!(ja: "どのファイルのセルか書かれていません", en: "the file of the cell is not stated"),
                say!(ja: "`file` に {listed} のどれかを書いてください", en: "write one of {listed} as `file`"),
            ),
            _ => {}
        }
    }
}

/// Reports corrections of cells that nothing reads, unless other errors may be the reason.
pub fn report_unused(mapping: &Mapping, findings: &Findings) {
    if !findings.errors.borrow().is_empty() {
        return;
    }
    let applied = findings.applied.borrow();
    for fix in mapping.fixes.iter().filter(|fix| !applied.contains(&fix.line)) {
        let cell = fix.cell;
        findings.report(
            Place::Mapping { line: fix.line },
            say!(ja: "訂正するセル {cell} は、どの項目としても読み取られません", en: "nothing reads the corrected cell {cell}"),
            say!(
                ja: "`cell` を確認してください。読み取らない列のセルであれば、訂正を削除してください",
                en: "check `cell`; remove the correction if its column is not used"
            ),
        );
    }
}

fn concerns(fix: &Fix, spec: &TableSpec, sheet: &Worksheet) -> bool {
    fix.file.as_ref().is_none_or(|file| *file == spec.file) && fix.sheet.as_ref().is_none_or(|name| *name == sheet.name)
}

/// What the author of a correction sees in a cell.
fn shown(text: &Result<String, CellProblem>) -> String {
    text.as_ref().map_or_else(CellProblem::stored, |text| text.trim().to_owned())
}
