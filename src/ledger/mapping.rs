//! Mapping of a ledger's columns to the keys of a strategy, as written in the mapping file. `parse.rs` reads it.
//!
//! Lines are those of the mapping file, from 1, for errors that show only when the ledger is read.

use super::column::ColumnRef;
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

/// Range of years, open at either end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct YearRange {
    /// First year.
    pub from: Option<FiscalYear>,
    /// Last year.
    pub to: Option<FiscalYear>,
}

impl YearRange {
    /// True if the range contains the year.
    pub fn contains(self, year: FiscalYear) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// Column of a figure: one, whose year is given elsewhere, or one for each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearColumns {
    /// A column: of the first block, or with the year of the row or of the figure.
    One(ColumnRef),
    /// A column for each year.
    ByYear(Vec<(FiscalYear, ColumnRef)>),
}

/// Year of an amount outside blocks: `year = "R6"`, or `"all"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AmountYear {
    /// A fiscal year.
    Year(FiscalYear),
    /// All years of the program.
    All,
}

/// Table of the sheet that an amount belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AmountKind {
    /// `[money]`.
    Money,
    /// `[staff]`.
    Staff,
}

/// `[[table.money]]` or `[[table.staff]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountSpec {
    /// Line of the table.
    pub line: usize,
    /// Money or staff.
    pub kind: AmountKind,
    /// Id of a declared kind; `None` for `[money]` or `[staff]` itself.
    pub id: Option<String>,
    /// Title as printed.
    pub title: Option<String>,
    /// Unit, if it differs from that of the base.
    pub unit: Option<String>,
    /// Kinds that add up to this one.
    pub sum: Vec<String>,
    /// Column of the amount.
    pub column: YearColumns,
    /// Phase of all years.
    pub phase: Option<String>,
    /// Phase of past years.
    pub past: Option<String>,
    /// Phase of later years.
    pub later: Option<String>,
    /// Year of a single column.
    pub year: Option<AmountYear>,
    /// Years that are read; the cells of others are not yet filled.
    pub years: YearRange,
    /// Sources of funding with their columns.
    pub funding: Vec<(String, ColumnRef)>,
    /// True if sums are verified: the sources add up to the amount, and the kinds of `sum` too.
    pub is_checked: bool,
    /// Decimal places of cells with uncertain ones.
    pub decimals: Option<u32>,
}

/// `[[table.indicator]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorSpec {
    /// Line of the table.
    pub line: usize,
    /// Id.
    pub id: String,
    /// Term of the report.
    pub role: Option<String>,
    /// Column with the name, or a fixed name.
    pub name: NameSource,
    /// Column with the unit.
    pub unit: Option<ColumnRef>,
    /// Direction of improvement.
    pub better: Option<String>,
    /// Texts in place of a name where the program has no such indicator.
    pub absent: Vec<String>,
    /// Column of actual values.
    pub actual: Option<YearColumns>,
    /// Column of targets.
    pub target: Option<YearColumns>,
    /// Column of rates of achievement.
    pub rate: Option<YearColumns>,
    /// Year of single columns.
    pub year: Option<FiscalYear>,
    /// Decimal places of cells with uncertain ones.
    pub decimals: Option<u32>,
}

/// Source of the name of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameSource {
    /// A column.
    Column(ColumnRef),
    /// `title`: the same name for all programs.
    Fixed(String),
}

/// `[[table.field]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSpec {
    /// Id.
    pub id: String,
    /// Title as printed.
    pub title: String,
    /// Column.
    pub column: ColumnRef,
    /// Texts in place of a value where there is none.
    pub absent: Vec<String>,
}

/// `[[table.judgement]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgementSpec {
    /// Line of the table.
    pub line: usize,
    /// Id of the scale.
    pub scale: String,
    /// Column with the mark.
    pub mark: ColumnRef,
    /// Column with the note.
    pub note: Option<ColumnRef>,
    /// Marks by the texts of the cells, where they differ; `None` for a text in place of a missing mark.
    pub marks: BTreeMap<String, Option<String>>,
}

/// `[[table.words]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsSpec {
    /// Heading.
    pub heading: String,
    /// Column.
    pub column: ColumnRef,
    /// True if the text belongs to the program, not to the edition.
    pub stays: bool,
    /// True to remove the full-width blanks with which paragraphs begin.
    pub drops_indent: bool,
}

/// `[[table.long]]`: indicators in rows, one or several rows each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongSpec {
    /// Line of the table.
    pub line: usize,
    /// Column with the kind of the row, if years are in columns.
    pub row: Option<ColumnRef>,
    /// Series of each kind of row; `None` to ignore it.
    pub rows: BTreeMap<String, Option<Series>>,
    /// Columns that together identify an indicator of a program.
    pub group: Vec<ColumnRef>,
    /// Prefix of the ids, followed by a hyphen and the number of the indicator.
    pub id: String,
    /// Column with the name; `None` if another table declares the indicators.
    pub name: Option<ColumnRef>,
    /// Column with the unit.
    pub unit: Option<ColumnRef>,
    /// Column with the role.
    pub role: Option<ColumnRef>,
    /// Column with the direction of improvement, and its texts.
    pub better: Option<(ColumnRef, BTreeMap<String, String>)>,
    /// Years of the columns, if the kind is in rows.
    pub years: Option<(FiscalYear, FiscalYear)>,
    /// Columns of actual values, targets and rates of achievement, if the kind is not in rows.
    pub series: Vec<(Series, YearColumns)>,
    /// Year of single columns.
    pub year: Option<FiscalYear>,
    /// Decimal places of cells with uncertain ones.
    pub decimals: Option<u32>,
}

/// Series of an indicator that a ledger can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Series {
    /// Actual values.
    Actual,
    /// Targets.
    Target,
    /// Expected values.
    Forecast,
    /// Rates of achievement as printed.
    Rate,
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
