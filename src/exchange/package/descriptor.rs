//! `datapackage.json`: description of the files of a package, by Data Package v2.

use super::super::json::{Json, Object};
use super::column::{Column, ColumnType};
use super::csv_file::CsvFile;
use super::table::{ForeignKey, Table};
use super::{Package, REPORT_SCHEMA};
use crate::model::{Href, License, Report, Strategy, StrategyIx};
use crate::site::address;
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;

/// Profile of the standard.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// Profile of JSON Schema in which `report.schema.json` is written.
const SCHEMA_PROFILE: &str = "application/schema+json";

/// Serializes `datapackage.json` of a strategy, with one line per value and a final newline.
///
/// # Errors
/// None in practice: all map keys are strings.
pub fn descriptor(report: &Report, ix: StrategyIx, package: &Package) -> Result<Vec<u8>, serde_json::Error> {
    let strategy = report.strategy(ix);
    let tables = package.tables().map(|(id, file)| resource(id.table(), file));
    let resources: Json<'_> = tables.chain([schema_resource()]).collect();
    let name = strategy.id.replace('/', "-");
    let homepage = report.site.base.as_ref().map(|base| format!("{}{}", base.as_str(), address::strategy(strategy)));
    let contributor =
        Object::default().with("title", &strategy.publisher).with("roles", Json::from_iter(["publisher"]));
    let description = Object::default()
        .with("$schema", PROFILE)
        .with("name", name)
        .with("title", format!("{} {}", strategy.publisher, strategy.title))
        .with("description", &strategy.description)
        .with("homepage", homepage)
        .with_filled("licenses", Json::from_iter(report.license(ix).and_then(license)))
        .with("contributors", Json::from_iter([contributor]))
        .with_filled("sources", sources(strategy))
        .with("resources", resources);
    let mut json = Vec::new();
    let lines = PrettyFormatter::with_indent(b"");
    description.serialize(&mut Serializer::with_formatter(&mut json, lines))?;
    json.push(b'\n');
    Ok(json)
}

/// Terms of use. The standard requires a name of ASCII letters, digits and `.-_`, or an address; `None` if the terms have
/// neither.
fn license(license: &License) -> Option<Object<'_>> {
    let name = license.name.replace(' ', "-");
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    let name = is_name.then_some(name);
    let path = license.url.as_ref().map(Href::as_str);
    let is_complete = name.is_some() || path.is_some();
    is_complete.then(|| Object::default().with("name", name).with("path", path).with("title", &license.name))
}

/// Source documents of the editions.
fn sources(strategy: &Strategy) -> Json<'_> {
    let documents = strategy.shown_editions().filter_map(|(_, edition)| edition.document.as_ref());
    let source = |document: &'_ crate::model::SourceDocument| {
        Object::default()
            .with("title", document.title.clone())
            .with("path", document.url.as_ref().map(|url| url.as_str().to_owned()))
    };
    documents.map(source).collect()
}

fn resource<'r>(table: &'static Table, file: &CsvFile) -> Object<'r> {
    of_file(table.id.name(), table.id.file_name(), &file.bytes)
        .with("title", table.title.ja)
        .with("description", table.title.en)
        .with("type", "table")
        .with("format", "csv")
        .with("mediatype", "text/csv")
        .with("encoding", "utf-8")
        .with("schema", schema(table))
}

fn schema_resource<'r>() -> Object<'r> {
    of_file("report-schema", address::REPORT_SCHEMA_JSON, REPORT_SCHEMA.as_bytes())
        .with("title", "report.json の JSON Schema")
        .with("description", "JSON Schema of report.json")
        .with("type", "json")
        .with("format", "json")
        .with("mediatype", SCHEMA_PROFILE)
        .with("encoding", "utf-8")
}

fn of_file<'r>(name: &'static str, path: &'static str, bytes: &[u8]) -> Object<'r> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Object::default().with("name", name).with("path", path).with("bytes", Json::Number(size)).with("hash", hash(bytes))
}

fn hash(bytes: &[u8]) -> String {
    let mut hash = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        let written = write!(hash, "{byte:02x}");
        debug_assert!(written.is_ok(), "strings accept all text");
    }
    hash
}

fn schema<'r>(table: &'static Table) -> Object<'r> {
    Object::default()
        .with("fields", Json::from_iter(table.columns.iter().map(field)))
        .with("missingValues", Json::from_iter([""]))
        .with_filled("primaryKey", Json::from_iter(table.primary_key.iter().copied()))
        .with_filled("foreignKeys", Json::from_iter(table.foreign_keys.iter().map(|key| foreign_key(table, key))))
}

fn field<'r>(column: &'static Column) -> Object<'r> {
    let codes = column.kind.codes().iter().map(|code| code.code);
    let constraints =
        Object::default().with_filled("required", column.required).with_filled("enum", Json::from_iter(codes));
    let is_flag = matches!(column.kind, ColumnType::Flag);
    Object::default()
        .with("name", column.name)
        .with("title", column.title.ja)
        .with("description", column.title.en)
        .with("type", column.kind.schema_type())
        .with_filled("trueValues", Json::from_iter(is_flag.then_some("1")))
        .with_filled("falseValues", Json::from_iter(is_flag.then_some("0")))
        .with("constraints", Some(constraints).filter(|constraints| !constraints.is_empty()))
}

fn foreign_key<'r>(table: &Table, key: &'static ForeignKey) -> Object<'r> {
    // A reference to the same table names no resource.
    let resource = Some(key.table.name()).filter(|_| key.table != table.id);
    let reference = Object::default()
        .with("resource", resource.map_or(Json::Absent, |name| Json::Text(Cow::Borrowed(name))))
        .with("fields", Json::from_iter(key.to.iter().copied()));
    Object::default().with("fields", Json::from_iter(key.columns.iter().copied())).with("reference", reference)
}
