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

/// Tables of the strategies of a report, each created at first use.
#[derive(Debug)]
pub struct Packages(Vec<[OnceLock<CsvFile>; TableId::ALL.len()]>);

impl Packages {
    /// Packages of the strategies of `report`.
    pub fn new(report: &Report) -> Self {
        Self(report.strategies().map(|_| std::array::from_fn(|_| OnceLock::new())).collect())
    }

    /// A table of the strategy `ix` of `report`, which must be the report of these packages. `None` for a strategy that is
    /// not part of it.
    pub fn file(&self, report: &Report, ix: StrategyIx, table: TableId) -> Option<&CsvFile> {
        let file = self.0.get(ix.0 as usize)?.get(table as usize)?;
        Some(file.get_or_init(|| create(report, ix, table)))
    }
}

fn create(report: &Report, ix: StrategyIx, table: TableId) -> CsvFile {
    match table {
        TableId::Observations => observations::table(report, ix),
        TableId::Amounts => amounts::table(report, ix),
        TableId::Judgements => judgements::table(report, ix),
        TableId::Surveys => surveys::table(report, ix),
        TableId::Parts => values::parts(report, ix),
        TableId::Printed => values::printed(report, ix),
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
