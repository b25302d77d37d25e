//! What a ledger says about a strategy, each fact with the cell that it comes from.

use super::cell::{Figure, FigureKind, Origin, Shown};
use super::mapping::{AmountKind, AmountYear, Level, Series};
use crate::model::{FiscalYear, Kind};
use std::collections::BTreeMap;

/// Facts of all tables.
#[derive(Debug, Default)]
pub struct Facts {
    /// Nodes, in the order in which they first appear.
    pub nodes: Vec<NodeFact>,
    /// Indices of the nodes by kind and id.
    pub by_id: BTreeMap<(Kind, String), usize>,
    /// Titles of the sources of funding, in the order of the mapping.
    pub funding: Vec<(String, String)>,
    /// Indicators in rows, by the prefixes of their ids.
    pub in_rows: BTreeMap<String, InRows>,
    /// Numbers of cells.
    pub counts: Counts,
}

/// Indicators in rows with one prefix of ids.
#[derive(Debug, Default)]
pub struct InRows {
    /// Ids by node and texts of the group.
    pub ids: BTreeMap<(usize, Vec<String>), String>,
    /// Numbers of indicators by node.
    pub counted: BTreeMap<usize, usize>,
}

/// Goal, policy or program.
#[derive(Debug)]
pub struct NodeFact {
    /// Its level.
    pub level: Level,
    /// Its id.
    pub id: String,
    /// Index of its parent.
    pub parent: Option<usize>,
    /// Its names with the numbers of rows and the first cells, the chosen one first.
    pub names: Vec<(String, usize, Origin)>,
    /// First cell with its id.
    pub origin: Origin,
    /// Number as printed.
    pub number: Option<Shown>,
    /// Department in charge.
    pub department: Option<Shown>,
    /// Period.
    pub period: Option<PeriodFact>,
    /// Steps of the account.
    pub account: Vec<Shown>,
    /// Fields beside the name, by id.
    pub fields: Vec<(String, Shown)>,
    /// Indicators, in the order of the mapping.
    pub indicators: Vec<IndicatorFact>,
    /// Amounts.
    pub amounts: BTreeMap<AmountKey, AmountFact>,
    /// Marks by scale: `Err` is the text of a missing mark.
    pub judgements: BTreeMap<String, JudgementFact>,
    /// Prose of the program.
    pub outline: Vec<(String, WordsFact)>,
    /// Prose of the edition.
    pub words: Vec<(String, WordsFact)>,
}

/// Period of a program.
#[derive(Debug)]
pub struct PeriodFact {
    /// Text of the first year; empty if it is open.
    pub from: String,
    /// Text of the last year; empty if it is open.
    pub to: String,
    /// Both as printed.
    pub printed: String,
    /// Cell of the first text.
    pub origin: Origin,
}

/// Indicator of a program.
#[derive(Debug)]
pub struct IndicatorFact {
    /// Id.
    pub id: String,
    /// Term of the report.
    pub role: Option<String>,
    /// Name as printed.
    pub name: String,
    /// Unit as printed.
    pub unit: Option<String>,
    /// Direction of improvement.
    pub better: Option<String>,
    /// Cell of the name.
    pub origin: Origin,
    /// Its figures.
    pub figures: BTreeMap<(Series, FiscalYear), Figure>,
}

/// Identification of an amount within a program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AmountKey {
    /// Money or staff.
    pub kind: AmountKind,
    /// Id of a declared kind; `None` for the base.
    pub id: Option<String>,
    /// Phase.
    pub phase: String,
    /// Year.
    pub year: AmountYear,
}

/// An amount.
#[derive(Debug)]
pub struct AmountFact {
    /// The amount; `None` if the cell is blank.
    pub figure: Option<Figure>,
    /// Cell of the amount.
    pub origin: Origin,
    /// Its sources of funding that are not blank.
    pub funding: Vec<(String, Figure)>,
    /// Number of its sources of funding, including blank ones.
    pub sources: usize,
    /// True if its sums are verified.
    pub is_checked: bool,
    /// Kinds that should add up to it.
    pub sum: Vec<String>,
}

/// A mark.
#[derive(Debug)]
pub struct JudgementFact {
    /// Cell of the mark.
    pub shown: Shown,
    /// The mark, or the text printed where there is none.
    pub mark: Result<String, String>,
    /// Note on the mark.
    pub note: Option<Shown>,
}

/// Prose of a cell.
#[derive(Debug)]
pub struct WordsFact {
    /// The cell.
    pub shown: Shown,
    /// True to remove the full-width blanks with which paragraphs begin.
    pub drops_indent: bool,
}

/// Numbers of cells, to compare with the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Goals.
    pub goals: usize,
    /// Policies.
    pub policies: usize,
    /// Programs.
    pub programs: usize,
    /// Indicators.
    pub indicators: usize,
    /// Indicators without a unit.
    pub without_unit: usize,
    /// Cells of indicators.
    pub figures: CellCounts,
    /// Cells of money, sources of funding and staff.
    pub amounts: CellCounts,
    /// Sums that were verified.
    pub sums: usize,
    /// Sums that could not be verified, because an addend is not a number.
    pub unchecked_sums: usize,
    /// Sums that are wrong.
    pub wrong_sums: usize,
    /// Passages of prose.
    pub passages: usize,
    /// Marks.
    pub marks: usize,
}

/// Numbers of cells by what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellCounts {
    /// Numbers, including zeros.
    pub numbers: usize,
    /// Zeros.
    pub zeros: usize,
    /// Placeholders for missing values.
    pub missing: usize,
    /// Words.
    pub words: usize,
    /// Blank cells.
    pub blank: usize,
}

impl CellCounts {
    /// Counts a cell.
    pub fn add(&mut self, figure: Option<&Figure>) {
        match figure.map(|figure| figure.kind) {
            None => self.blank += 1,
            Some(FigureKind::Missing) => self.missing += 1,
            Some(FigureKind::Words) => self.words += 1,
            Some(FigureKind::Number(number)) => {
                self.numbers += 1;
                self.zeros += usize::from(number.is_some_and(|number| number.is_zero()));
            }
        }
    }

    /// All cells, including blank ones.
    pub fn all(self) -> usize {
        self.numbers + self.missing + self.words + self.blank
    }
}

impl NodeFact {
    /// A node without facts.
    pub fn new(level: Level, id: String, parent: Option<usize>, origin: Origin) -> Self {
        Self {
            level,
            id,
            parent,
            names: Vec::new(),
            origin,
            number: None,
            department: None,
            period: None,
            account: Vec::new(),
            fields: Vec::new(),
            indicators: Vec::new(),
            amounts: BTreeMap::new(),
            judgements: BTreeMap::new(),
            outline: Vec::new(),
            words: Vec::new(),
        }
    }

    /// The name: the chosen one is the first.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", |(name, ..)| name)
    }

    /// Key of the node in `[names]`: `policy:0102`.
    pub fn key(&self) -> String {
        format!("{}:{}", self.level.kind.key(), self.id)
    }
}
