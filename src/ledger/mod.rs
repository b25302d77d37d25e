//! Import of a city's own ledger: workbooks or CSV files and a mapping file → a proposed strategy.
//!
//! ```text
//! mapping file ─parse→ Mapping ┐
//! files ─spreadsheet→ Workbook ┴─Grid, extract→ Facts ─sums, names→ ─content→ files ─verify→ Outcome
//! ```
//!
//! - [`mapping`], [`mapping_figures`]: types of the mapping file; [`parse`], [`parse_figures`]: its reading; [`titles`]: ids that mean two things;
//!   [`document`]: its keys and lines;
//! - [`mod@column`]: columns by letter and heading; [`heading`]: what headings state; [`joint`]: cells that hold two things; [`table`]: rows and cells; [`cell`]: their figures; [`fix`]: corrections;
//! - [`extract`]: rows → [`facts`], with [`nodes`], [`figures`], [`series`] and [`long`];
//! - [`sums`]: verified sums;
//! - [`content`], [`declarations`], [`prose`], [`output`]: facts → files;
//! - [`verify`]: the files are parsed and compared with the cells; [`mod@draft`]: their values as answers to a draft edition;
//! - [`propose`]: the reverse direction, files → a proposed mapping file.
//!
//! Figures are written as the cells display them. Nothing is guessed: whatever the mapping does not decide is an error.
//! Columns that the mapping ignores are not read, so that personal data in them appears in no file and no message.

mod cell;
mod column;
mod content;
mod declarations;
mod document;
mod draft;
mod error;
mod extract;
mod facts;
mod figures;
mod fix;
mod heading;
mod joint;
mod long;
mod mapping;
mod mapping_figures;
mod nodes;
mod output;
mod parse;
mod parse_figures;
mod propose;
mod prose;
mod series;
mod sums;
mod table;
#[cfg(test)]
pub mod tests;
mod titles;
mod verify;
mod year;

pub use draft::{absent_programs, remove_unasked};
pub use error::{LedgerError, Place};
pub use facts::{CellCounts, Counts};
pub use mapping::Mapping;
pub use propose::{LedgerFile, Suggestion, suggest};

use crate::diagnostic::{Bilingual, closest, say, shortened};
use crate::questionnaire::Answer;
use crate::scaffold::Proposal;
use crate::spreadsheet::{Encoding, Workbook, Worksheet};
use cell::{Findings, Origin};
use error::sorted;
use mapping::TableSpec;
use std::collections::BTreeMap;
use table::Grid;

/// Files of a ledger by name: the cells, or the reason why they cannot be read.
pub type LedgerFiles = BTreeMap<String, Result<Workbook, Bilingual>>;

/// Result of reading a ledger.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files of the strategy; incomplete if there are errors.
    pub proposal: Proposal,
    /// Numbers of cells.
    pub counts: Counts,
    /// Number of figures and texts of the generated files that were compared with their cells.
    pub compared: usize,
    /// All errors, by place.
    pub errors: Vec<LedgerError>,
    /// The values as answers to the questions of a draft edition; empty if there are errors.
    pub answers: Vec<Answer>,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Fails with all errors of the file.
    pub fn parse(text: &str) -> Result<Self, Vec<LedgerError>> {
        parse::parse(text).map_err(sorted)
    }

    /// Names of the files of the ledger, without repetition.
    pub fn files(&self) -> Vec<&str> {
        let mut files: Vec<&str> = Vec::new();
        for table in &self.tables {
            if !files.contains(&table.file.as_str()) {
                files.push(&table.file);
            }
        }
        files
    }

    /// Declared encoding of a CSV file.
    pub fn encoding(&self, file: &str) -> Option<Encoding> {
        self.tables.iter().filter(|table| table.file == file).find_map(|table| table.encoding)
    }
}

/// Reads a ledger and proposes the files of a new strategy.
pub fn read(mapping: &Mapping, files: &LedgerFiles) -> Outcome {
    let findings = Findings::default();
    let sheets: Vec<Option<&Worksheet>> =
        mapping.tables.iter().map(|table| worksheet(table, files, &findings)).collect();
    let grids: Vec<Grid<'_>> = mapping
        .tables
        .iter()
        .zip(&sheets)
        .enumerate()
        .filter_map(|(index, (table, sheet))| Some(Grid::new(index, table, (*sheet)?, mapping, &findings)))
        .collect();
    fix::report_misplaced(mapping, &findings);
    let place = |origin: Origin| match grids.iter().find(|grid| grid.index == origin.table) {
        Some(grid) => grid.place(origin.cell),
        None => Place::Mapping { line: 1 },
    };
    let mut facts = extract::extract(mapping, &grids);
    nodes::choose_names(mapping, &mut facts, &findings, place);
    sums::check(&mut facts, &findings, place);
    fix::report_unused(mapping, &findings);
    let generated = content::files(mapping, &facts);
    let verification = match findings.errors.borrow().is_empty() {
        true => verify::verify(mapping, &facts, &generated, &place),
        // What the parser says about incomplete content would only repeat these errors.
        false => verify::Verification::default(),
    };
    let analysis = verification.analysis.as_ref().filter(|_| verification.errors.is_empty());
    let answers = analysis.map_or_else(Vec::new, |analysis| draft::answers(mapping, analysis, &generated, &place));
    let reasons = remarks(&grids, &findings, mapping);
    let files = generated.into_iter().map(|file| (file.path, file.text)).collect();
    let proposal = Proposal { files, reasons, next_steps: next_steps(mapping) };
    let errors = findings.errors.into_inner().into_iter().chain(verification.errors).collect();
    Outcome { proposal, counts: facts.counts, compared: verification.compared, errors: sorted(errors), answers }
}

/// Worksheet of a table.
fn worksheet<'f>(table: &TableSpec, files: &'f LedgerFiles, findings: &Findings) -> Option<&'f Worksheet> {
    let place = || Place::Sheet { file: table.file.clone(), sheet: String::new() };
    let workbook = match files.get(&table.file) {
        Some(Ok(workbook)) => workbook,
        Some(Err(reason)) => {
            let help = say!(ja: "ファイルを確認してください", en: "examine the file");
            findings.report(place(), reason.clone(), help);
            return None;
        }
        None => {
            findings.report(
                place(),
                say!(ja: "ファイルがありません", en: "the file is not there"),
                say!(
                    ja: "対応表と同じフォルダーに置くか、コマンドの引数で指定してください",
                    en: "put it next to the mapping file, or name it on the command line"
                ),
            );
            return None;
        }
    };
    let visible: Vec<&Worksheet> = workbook.sheets.iter().filter(|sheet| !sheet.hidden).collect();
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let (listed_ja, listed) = (names.join("、"), names.join(", "));
    match (&table.sheet, visible.as_slice()) {
        (Some(wanted), _) => {
            let found = workbook.sheets.iter().find(|sheet| sheet.name == *wanted);
            if found.is_none() {
                let near =
                    closest(wanted, names.iter().copied()).map_or_else(String::new, |near| format!("（{near}?）"));
                findings.report(
                    place(),
                    say!(ja: "シート「{wanted}」がありません{near}", en: "there is no sheet `{wanted}`"),
                    say!(ja: "あるのは {listed_ja} です", en: "the sheets are {listed}"),
                );
            }
            found
        }
        (None, [only]) => Some(only),
        (None, _) => {
            findings.report(
                place(),
                say!(ja: "どのシートか書かれていません", en: "the sheet is not stated"),
                say!(ja: "`sheet` に {listed_ja} のどれかを書いてください", en: "write one of {listed} as `sheet`"),
            );
            None
        }
    }
}

/// Remarks on what a person should know about the cells that were read.
fn remarks(grids: &[Grid<'_>], findings: &Findings, mapping: &Mapping) -> Vec<Bilingual> {
    let mut remarks = Vec::new();
    for grid in grids.iter().filter(|grid| grid.hidden_rows() > 0) {
        let (n, place) = (grid.hidden_rows(), grid.sheet_place().describe(""));
        remarks.push(say!(
            ja: "非表示の行が {n} 行あります。ほかの行と同じように読みました → {place}",
            en: "{n} hidden rows were read like all others → {place}"
        ));
    }
    let formulas = findings.formulas.borrow().len();
    if formulas > 0 {
        remarks.push(say!(
            ja: "式のセル {formulas} 個は、保存されている計算結果を読みました",
            en: "the stored results of {formulas} formulas were read"
        ));
    }
    for place in findings.struck_out.borrow().iter() {
        let place = place.describe("");
        remarks.push(say!(
            ja: "取り消し線のある文字を、そのまま読みました → {place}",
            en: "struck-out text was read as it is → {place}"
        ));
    }
    for (place, (stored, used)) in findings.rounded.borrow().iter() {
        let place = place.describe("");
        remarks.push(say!(
            ja: "{stored} を {used} と読みました（`decimals`） → {place}",
            en: "{stored} was read as {used} (`decimals`) → {place}"
        ));
    }
    for fix in &mapping.fixes {
        let (cell, is, to, why) = (fix.cell, shortened(&fix.is), shortened(&fix.to), &fix.why);
        remarks.push(
            say!(ja: "訂正 {cell}: 「{is}」→「{to}」（{why}）", en: "correction {cell}: `{is}` → `{to}` ({why})"),
        );
    }
    remarks
}

fn next_steps(mapping: &Mapping) -> Vec<Bilingual> {
    let (strategy, edition) = (&mapping.strategy, &mapping.edition.id);
    let mut steps = Vec::new();
    if mapping.title.is_none() || mapping.publisher.is_none() {
        steps.push(say!(
            ja: "{strategy}/strategy.toml に、計画の名称と自治体名を記入してください",
            en: "write the title and the publisher in {strategy}/strategy.toml"
        ));
    }
    steps.push(say!(
        ja: "`shirube check` で点検し、`shirube serve` で表示を確認してください",
        en: "examine the content with `shirube check` and `shirube serve`"
    ));
    steps.push(say!(
        ja: "公開するときは、{strategy}/editions/{edition}.toml の `draft = true` を削除してください",
        en: "to publish, remove `draft = true` from {strategy}/editions/{edition}.toml"
    ));
    steps
}
