//! Mapping of columns with figures, marks and prose. `parse_figures.rs` reads it.

use super::column::ColumnRef;
use crate::model::FiscalYear;
use std::collections::BTreeMap;

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
