//! Page about the data of a strategy: its files, their columns, symbols, terms of use, and how to cite them.

use crate::correction;
use crate::diagnostic::Bilingual;
use crate::exchange::package::{Column, Package};
use crate::model::{Href, RegionCode, StrategyIx, grouped};
use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::correction::CorrectionsLink;
use crate::site::view::sections::document::EditionView;
use crate::site::view::sections::layout::Layout;
use serde::Serialize;

/// Page about the data of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Title of the strategy.
    pub title: &'a str,
    /// Name of the municipality.
    pub publisher: &'a str,
    /// Code of the local government; `None` if not declared.
    pub region_code: Option<&'a str>,
    /// Corrections (訂正), after which the data is; `None` if there are none.
    pub corrections: Option<CorrectionsLink>,
    /// Terms of use; `None` if not declared.
    pub license: Option<LicenseView<'a>>,
    /// Tables, in the order of the package.
    pub tables: Vec<DataTableView>,
    /// Link to `report.json`.
    pub report_json: String,
    /// Link to the JSON Schema of `report.json`.
    pub report_schema: String,
    /// Link to `datapackage.json`.
    pub descriptor: String,
    /// Symbols that the report prints for missing values: `-`, `―`.
    pub missing: Vec<&'a str>,
    /// Address by which the data is cited.
    pub address: String,
    /// Editions, newest first.
    pub editions: Vec<EditionView<'a>>,
}

/// Terms of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LicenseView<'a> {
    /// Name.
    pub name: &'a str,
    /// Address of their text; `None` if not declared.
    pub url: Option<&'a str>,
}

/// Table of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataTableView {
    /// Name: `observations`.
    pub name: &'static str,
    /// File name.
    pub file: &'static str,
    /// Link to the file.
    pub href: String,
    /// Content.
    pub title: &'static str,
    /// Number of rows below the names of the columns, with thousands separators.
    pub rows: String,
    /// Size in bytes, with thousands separators.
    pub bytes: String,
    /// Columns, in the order of the file.
    pub columns: Vec<DataColumnView>,
}

/// Column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataColumnView {
    /// Name in the first line of the file.
    pub name: &'static str,
    /// Meaning.
    pub title: &'static str,
    /// Type, as in `datapackage.json`: `string`, `number`.
    pub kind: &'static str,
    /// Codes with their meanings; empty for other columns.
    pub codes: Vec<CodeView>,
}

/// Code with its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeView {
    /// The code.
    pub code: &'static str,
    /// Its meaning.
    pub title: &'static str,
}

/// Builds the page about the data of a strategy.
pub(crate) fn data<'a>(context: &ViewContext<'a>, ix: StrategyIx) -> DataView<'a> {
    let (report, strategy) = (context.report, context.report.strategy(ix));
    let in_japanese = context.texts.lang() == "ja";
    let word = |text: Bilingual<&'static str>| if in_japanese { text.ja } else { text.en };
    let column = |column: &Column| DataColumnView {
        name: column.name,
        title: word(column.title),
        kind: column.kind.schema_type(),
        codes: column.kind.codes().iter().map(|it| CodeView { code: it.code, title: word(it.title) }).collect(),
    };
    let package = context.packages.get(report, ix);
    let tables = package.into_iter().flat_map(Package::tables).map(|(id, file)| {
        let table = id.table();
        DataTableView {
            name: id.name(),
            file: id.file_name(),
            href: context.link(&address::package_file(strategy, id.file_name())),
            title: word(table.title),
            rows: grouped(file.rows),
            bytes: grouped(file.bytes.len()),
            columns: table.columns.iter().map(column).collect(),
        }
    });
    let editions = strategy.shown_editions().rev().map(|(_, edition)| EditionView::new(context, ix, edition));
    let license = report
        .license(ix)
        .map(|license| LicenseView { name: &license.name, url: license.url.as_ref().map(Href::as_str) });
    DataView {
        layout: Layout::of_overview(context, ix),
        title: &strategy.title,
        publisher: &strategy.publisher,
        region_code: report.region_code(ix).map(RegionCode::as_str),
        corrections: CorrectionsLink::new(context, ix, correction::of_strategy(report, ix).len()),
        license,
        tables: tables.collect(),
        report_json: context.link(&address::report_json(strategy)),
        report_schema: context.link(&address::package_file(strategy, address::REPORT_SCHEMA_JSON)),
        descriptor: context.link(&address::package_descriptor(strategy)),
        missing: strategy.missing.iter().map(String::as_str).collect(),
        address: context.citation_address(&address::data(strategy)),
        editions: editions.collect(),
    }
}
