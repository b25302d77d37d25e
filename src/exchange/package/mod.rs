//! Open data package of a strategy: its tables as CSV files, and `datapackage.json`, which describes them (Data Package v2,
//! <https://datapackage.org/standard/data-package/>).
//!
//! Every figure of `report.json` is in exactly one row of one table: values of indicators in `observations`, amounts in
//! `amounts`, points in `judgements`, surveys in `surveys`, components of any of them in `parts`. The texts as printed, with
//! notes, are in `printed`, because cells of figures hold numbers only. Prose is in `report.json` alone.
//!
//! [`table`] declares the tables; one module fills each group of them; [`mod@descriptor`] writes `datapackage.json`.

mod amounts;
mod column;
mod corrections;
mod csv_file;
mod declarations;
mod descriptor;
mod judgements;
mod nodes;
mod observations;
mod surveys;
mod table;
mod values;

pub use column::Column;
pub use csv_file::CsvFile;
pub use descriptor::descriptor;
pub use table::TableId;

use crate::model::{Report, StrategyIx};
use crate::site::address;
use amounts::Amount;
use observations::Observation;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// JSON Schema of `report.json`.
pub const REPORT_SCHEMA: &str = include_str!("../report.schema.json");

/// File of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageFile {
    /// A table.
    Table(TableId),
    /// `datapackage.json`.
    Descriptor,
    /// `report.schema.json`.
    ReportSchema,
}

impl PackageFile {
    /// All files of a package.
    pub fn all() -> impl Iterator<Item = Self> {
        TableId::ALL.into_iter().map(Self::Table).chain([Self::Descriptor, Self::ReportSchema])
    }

    /// File name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table(table) => table.file_name(),
            Self::Descriptor => address::DATAPACKAGE_JSON,
            Self::ReportSchema => address::REPORT_SCHEMA_JSON,
        }
    }
}

/// Tables of the strategies of a report, created at first use.
#[derive(Debug)]
pub struct Packages(Vec<OnceLock<Package>>);

impl Packages {
    /// Packages of the strategies of `report`.
    pub fn new(report: &Report) -> Self {
        Self(report.strategies().map(|_| OnceLock::new()).collect())
    }

    /// Tables of the strategy `ix` of `report`, which must be the report of these packages. `None` for a strategy that is
    /// not part of it.
    pub fn get(&self, report: &Report, ix: StrategyIx) -> Option<&Package> {
        Some(self.0.get(ix.0 as usize)?.get_or_init(|| Package::new(report, ix)))
    }
}

/// Tables of one strategy.
#[derive(Debug)]
pub struct Package(BTreeMap<TableId, CsvFile>);

impl Package {
    /// Creates all tables at once, because several contain the same values.
    pub fn new(report: &Report, ix: StrategyIx) -> Self {
        let source =
            Source { report, ix, observations: observations::all(report, ix), amounts: amounts::all(report, ix) };
        Self(TableId::ALL.into_iter().map(|table| (table, create(&source, table))).collect())
    }

    /// The tables, in the order of the package.
    pub fn tables(&self) -> impl Iterator<Item = (TableId, &CsvFile)> {
        self.0.iter().map(|(table, file)| (*table, file))
    }

    /// Content of a table.
    pub fn bytes(&self, table: TableId) -> &[u8] {
        self.0.get(&table).map_or(&[], |file| &file.bytes)
    }
}

/// A strategy, and the values that several of its tables contain.
struct Source<'r> {
    report: &'r Report,
    ix: StrategyIx,
    observations: Vec<Observation<'r>>,
    amounts: Vec<Amount<'r>>,
}

fn create(source: &Source<'_>, table: TableId) -> CsvFile {
    let Source { report, ix, .. } = *source;
    match table {
        TableId::Observations => observations::table(report, ix, &source.observations),
        TableId::Amounts => amounts::table(report, ix, &source.amounts),
        TableId::Judgements => judgements::table(report, ix),
        TableId::Surveys => surveys::table(report, ix),
        TableId::Parts => values::parts(source),
        TableId::Printed => values::printed(source),
        TableId::Nodes => nodes::nodes(report, ix),
        TableId::Placements => nodes::placements(report, ix),
        TableId::Relations => nodes::relations(report, ix),
        TableId::Fields => nodes::fields(report, ix),
        TableId::Indicators => declarations::indicators(report, ix),
        TableId::Scales => declarations::scales(report, ix),
        TableId::Editions => declarations::editions(report, ix),
        TableId::Corrections => corrections::table(report, ix),
        TableId::Codes => declarations::codes(report, ix),
        TableId::Columns => declarations::columns(),
    }
}
