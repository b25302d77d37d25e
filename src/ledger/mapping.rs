//! Mapping of a ledger's columns to the keys of a strategy, as written in the mapping file. `parse.rs` reads it.
//!
//! Lines are those of the mapping file, from 1, for errors that show only when the ledger is read.

use super::column::ColumnRef;
pub use super::mapping_figures::{
    AmountKind, AmountSpec, AmountYear, FieldSpec, IndicatorSpec, JudgementSpec, LongSpec, NameSource, Series,
    WordsSpec, YearColumns, YearRange,
};
use crate::model::{FiscalYear, Kind};
use crate::spreadsheet::{CellRef, Encoding};
use std::collections::BTreeMap;

/// A mapping file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Id of the strategy: the path of its folder.
    pub strategy: String,
    /// Title of the strategy.
    pub title: Option<String>,
    /// Name of the municipality.
    pub publisher: Option<String>,
    /// The edition that the ledger fills.
    pub edition: EditionSpec,
    /// Unit of amounts.
    pub money_unit: String,
    /// Placeholders for missing values.
    pub missing: Vec<String>,
    /// Terms of the report for the levels, by their keys.
    pub labels: Vec<(&'static str, String)>,
    /// Phases of amounts beyond the built-in ones.
    pub phases: Vec<PhaseSpec>,
    /// Scales of marks.
    pub scales: Vec<ScaleSpec>,
    /// Chosen names where one id has several, by `kind:id`.
    pub names: BTreeMap<String, (String, usize)>,
    /// Corrections of cells.
    pub fixes: Vec<Fix>,
    /// Tables of the ledger.
    pub tables: Vec<TableSpec>,
}

/// The edition: `edition = { id, year, label }`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditionSpec {
    /// Id, the file name of its sheets.
    pub id: String,
    /// Fiscal year reported on.
    pub year: Option<FiscalYear>,
    /// Label shown to readers.
    pub label: String,
}

/// `[[phase]]`, as in `strategy.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseSpec {
    /// Id.
    pub id: String,
    /// Title as printed.
    pub title: String,
    /// Built-in phase that it resembles.
    pub like: Option<String>,
}

/// `[[scale]]`: a scale of marks for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleSpec {
    /// Id.
    pub id: String,
    /// Title shown to readers.
    pub title: String,
    /// Marks as printed, best first.
    pub marks: Vec<MarkSpec>,
}

/// A mark of a scale: a text, or `{ mark, meaning, tone, ends }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkSpec {
    /// The mark as printed.
    pub mark: String,
    /// Meaning according to the report.
    pub meaning: Option<String>,
    /// `good`, `fair`, `poor` or `neutral`.
    pub tone: Option<String>,
    /// True if it declares the end of a program.
    pub ends: bool,
}

/// `[[fix]]`: a correction of one cell, refused if the cell is not as stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Line of the fix.
    pub line: usize,
    /// File of the cell; `None` if there is only one.
    pub file: Option<String>,
    /// Worksheet of the cell; `None` if the file has only one in the mapping.
    pub sheet: Option<String>,
    /// Address of the cell.
    pub cell: CellRef,
    /// Text that the cell displays.
    pub is: String,
    /// Text that replaces it; equal to `is` to confirm a figure that is as printed.
    pub to: String,
    /// True if the text is words in place of a number.
    pub is_words: bool,
    /// Note that accompanies the value.
    pub note: Option<String>,
    /// Reason.
    pub why: String,
}

/// `[[table]]`: a table of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSpec {
    /// Line of the table.
    pub line: usize,
    /// File name.
    pub file: String,
    /// Worksheet; `None` for CSV, and for a workbook with a single visible one.
    pub sheet: Option<String>,
    /// Encoding of a CSV file; `None` for the one in which it can be decoded.
    pub encoding: Option<Encoding>,
    /// Zero-based row of the headings.
    pub header: u32,
    /// Rows of the table.
    pub rows: Rows,
    /// Number of rows that the table must have.
    pub expect: Option<u32>,
    /// Conditions on rows: a column and the texts that it may have.
    pub conditions: Vec<(ColumnRef, Vec<String>)>,
    /// Columns with the id of a program declared by another table.
    pub key: Vec<ColumnRef>,
    /// True if rows of other programs are passed over.
    pub ignores_others: bool,
    /// Column with the year of each row.
    pub year: Option<ColumnRef>,
    /// Levels of the hierarchy, from the top.
    pub nodes: Vec<NodeSpec>,
    /// Repeated blocks of columns.
    pub blocks: Vec<BlockSpec>,
    /// Amounts of money and staff.
    pub amounts: Vec<AmountSpec>,
    /// Indicators in columns.
    pub indicators: Vec<IndicatorSpec>,
    /// Fields beside the name.
    pub fields: Vec<FieldSpec>,
    /// Marks.
    pub judgements: Vec<JudgementSpec>,
    /// Prose.
    pub words: Vec<WordsSpec>,
    /// Indicators in the long form, with several rows each.
    pub long: Vec<LongSpec>,
    /// Columns that are not used, with the reasons.
    pub ignored: Vec<IgnoreSpec>,
}

impl TableSpec {
    /// Kind of the nodes that the rows describe.
    pub fn subject(&self) -> Kind {
        self.nodes.last().map_or(Kind::Program, |lowest| lowest.level.kind)
    }
}

/// Rows of a table, as zero-based indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// From the first to the last of each range, ascending. Rows without any cell are not rows of the table.
    Ranges(Vec<(u32, u32)>),
    /// From this row to the first one without a key.
    From(u32),
}

/// Level of the hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level {
    /// Kind of the nodes.
    pub kind: Kind,
    /// Depth among the goals, from 1; 1 for other kinds.
    pub depth: u8,
}

/// Columns of a level: `program = { id, name, … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeSpec {
    /// Line of the level.
    pub line: usize,
    /// The level.
    pub level: Level,
    /// Columns whose texts, joined, are the id.
    pub id: Vec<ColumnRef>,
    /// Column with the name.
    pub name: ColumnRef,
    /// True if one column, `split`, has both the id and the name.
    pub is_split: bool,
    /// Column with the number as printed.
    pub number: Option<ColumnRef>,
    /// Columns whose texts, joined by blanks, are the department.
    pub department: Vec<ColumnRef>,
    /// Columns with the first and last year.
    pub period: Option<PeriodSpec>,
    /// Columns with the steps of the account.
    pub account: Vec<ColumnRef>,
}

/// Columns of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodSpec {
    /// The first and the last year.
    Two(ColumnRef, ColumnRef),
    /// Both in one column: `R5～R9`.
    One(ColumnRef),
}

/// `[[table.block]]`: blocks of columns that repeat for each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockSpec {
    /// Line of the block.
    pub line: usize,
    /// First column of the first block.
    pub first: ColumnRef,
    /// Number of columns of a block.
    pub every: u32,
    /// Year of each block.
    pub years: Vec<FiscalYear>,
    /// Years with results; later ones have budgets and targets.
    pub past: YearRange,
}

/// `[table.ignore]`: columns with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoreSpec {
    /// Line of the entry.
    pub line: usize,
    /// Columns: one, or from the first to the last.
    pub columns: Vec<(ColumnRef, Option<ColumnRef>)>,
    /// Reason.
    pub reason: String,
}
