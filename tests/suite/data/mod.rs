//! Data packages: `data/*.csv`, `datapackage.json` and `report.schema.json`, and the page about them.

mod figures;
mod package;
mod page;
mod rules;
mod schema;

use crate::oracle::{generate, write};
use crate::support::{root, temp_dir};
use rayon::prelude::*;
use serde_json::Value;
use shirube::internals::{
    AnalysisOptions, DiskSource, Package, PackageFile, Report, StrategyIx, TableId, analyze, descriptor, to_json,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// Number of random strategies.
const RANDOM: u64 = 40;

/// A row of a table: cells by name of the column.
type Row = BTreeMap<String, String>;

/// The data of a strategy.
struct Data {
    /// Content folder and id of the strategy, for messages.
    name: String,
    report: Value,
    descriptor: Value,
    files: BTreeMap<TableId, Vec<u8>>,
    tables: BTreeMap<TableId, Vec<Row>>,
    /// Sums that the page of amounts shows, by kind, phase and year.
    sums: BTreeMap<(String, String, i32), String>,
}

impl Data {
    fn of(content: &str, report: &Report, ix: StrategyIx) -> Self {
        let package = Package::new(report, ix);
        let files: BTreeMap<TableId, Vec<u8>> = package.tables().map(|(id, file)| (id, file.bytes.clone())).collect();
        Self {
            name: format!("{content}/{}", report.strategy(ix).id),
            report: serde_json::from_slice(&to_json(report, ix).unwrap()).unwrap(),
            descriptor: serde_json::from_slice(&descriptor(report, ix, &package).unwrap()).unwrap(),
            tables: files.iter().map(|(id, bytes)| (*id, rows(bytes))).collect(),
            files,
            sums: figures::sums(report, ix),
        }
    }

    fn rows(&self, table: TableId) -> &[Row] {
        &self.tables[&table]
    }
}

/// Reads a table.
fn rows(bytes: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).expect("a BOM"));
    reader.deserialize().map(|row| row.expect("a record")).collect()
}

/// Data of the five reports, the fixtures and random strategies.
static DATA: LazyLock<Vec<Data>> = LazyLock::new(|| {
    let (_guard, random) = temp_dir();
    let strategies: Vec<_> = crate::support::seeds(RANDOM).map(generate::strategy).collect();
    write::write(&strategies, &random);
    let folders = ["content", "tests/golden/content", "tests/golden/years/content", "tests/golden/foreign/content"];
    let fixtures = ["tests/fixtures/keys", "tests/fixtures/lint-free"];
    let cities = ["a", "b", "c", "d", "e", "f"].map(|city| format!("tests/fixtures/cities/{city}/content"));
    let folders = folders.into_iter().chain(fixtures).map(str::to_owned).chain(cities);
    let folders: Vec<_> = folders.map(|folder| (folder.clone(), root().join(folder))).collect();
    let random = [("random".to_owned(), random.clone())];
    folders.par_iter().chain(&random).flat_map_iter(|(name, path)| data_of(name, path)).collect()
});

fn data_of(name: &str, path: &Path) -> Vec<Data> {
    let report = analyze(&DiskSource::new(path), &[], &AnalysisOptions::default()).unwrap().report;
    report.strategies().map(|(ix, _)| Data::of(name, &report, ix)).collect()
}

/// All files of a package, by name.
fn file_names() -> Vec<&'static str> {
    PackageFile::all().map(PackageFile::name).collect()
}
