//! `datapackage.json` describes exactly the files of the package.

use super::{DATA, Data, file_names};
use crate::support::json::{items, text};
use crate::support::{build, root, temp_dir, tree};
use serde_json::Value;
use shirube::internals::TableId;
use std::collections::BTreeSet;
use std::fmt::Write as _;

#[test]
fn descriptor_lists_each_table_with_its_columns_size_and_hash() {
    for data in DATA.iter() {
        for id in TableId::ALL {
            let (resource, bytes) = (resource(data, id.name()), &data.files[&id]);
            assert_eq!(resource["path"], id.file_name());
            assert_eq!(resource["bytes"], bytes.len());
            assert_eq!(text(resource, "hash"), sha256(bytes), "{}", data.name);
            assert_eq!((text(resource, "encoding"), text(resource, "mediatype")), ("utf-8", "text/csv"));
            let fields: Vec<&str> = fields(resource).iter().map(|field| text(field, "name")).collect();
            let header = std::str::from_utf8(bytes).unwrap().lines().next().unwrap();
            assert_eq!(header.trim_start_matches('\u{feff}'), fields.join(","));
        }
    }
}

#[test]
fn keys_are_unique_and_refer_to_rows() {
    for data in DATA.iter() {
        for id in TableId::ALL {
            let schema = &resource(data, id.name())["schema"];
            let key =
                |row: &super::Row, columns: &[&str]| columns.iter().map(|name| row[*name].clone()).collect::<Vec<_>>();
            let columns =
                |value: &'static str| items(schema, value).iter().filter_map(Value::as_str).collect::<Vec<_>>();
            let primary = columns("primaryKey");
            let distinct: BTreeSet<_> = data.rows(id).iter().map(|row| key(row, &primary)).collect();
            assert!(primary.is_empty() || distinct.len() == data.rows(id).len(), "{} {}", data.name, id.name());
            for foreign in items(schema, "foreignKeys") {
                let names =
                    |of: &'static Value| items(of, "fields").iter().filter_map(Value::as_str).collect::<Vec<_>>();
                let (from, reference) = (names(foreign), &foreign["reference"]);
                let table = TableId::ALL.into_iter().find(|table| table.name() == text(reference, "resource"));
                let targets = data.rows(table.unwrap_or(id)).iter();
                let targets: BTreeSet<_> = targets.map(|row| key(row, &names(reference))).collect();
                for row in
                    data.rows(id).iter().map(|row| key(row, &from)).filter(|key| key.iter().all(|c| !c.is_empty()))
                {
                    assert!(targets.contains(&row), "{} {} {row:?}", data.name, id.name());
                }
            }
        }
    }
}

#[test]
fn terms_and_sources_are_in_the_descriptor() {
    let data = DATA.iter().find(|data| data.name == "tests/golden/content/aoba").unwrap();
    let license = serde_json::json!([{
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "CC BY 4.0"
    }]);
    assert_eq!(data.descriptor["licenses"], license);
    assert_eq!(items(&data.descriptor, "sources").len(), 2);
    let without = DATA.iter().find(|data| data.name == "content/kitakami").unwrap();
    assert!(without.descriptor.get("licenses").is_none());
}

#[test]
fn data_false_leaves_out_the_package_and_its_page() {
    let (_guard, folder) = temp_dir();
    crate::support::copy(&root().join("tests/fixtures/lint-free"), &folder.join("content"));
    let site = folder.join("content/site.toml");
    build(&folder.join("content"), &folder.join("with"));
    let text = std::fs::read_to_string(&site).unwrap();
    std::fs::write(&site, format!("{text}data = false\n")).unwrap();
    build(&folder.join("content"), &folder.join("without"));
    let paths = |folder| tree(folder).into_keys().collect::<BTreeSet<String>>();
    let (with, without) = (paths(&folder.join("with")), paths(&folder.join("without")));
    let mut gone: BTreeSet<String> = file_names().iter().map(|name| format!("aoi/plan/data/{name}")).collect();
    gone.insert("aoi/plan/data.html".to_owned());
    assert_eq!(with.difference(&without).cloned().collect::<BTreeSet<_>>(), gone);
    let page = std::fs::read_to_string(folder.join("without/aoi/plan/index.html")).unwrap();
    assert!(page.contains("report.json") && !page.contains("data.html"), "only report.json is linked");
}

fn resource<'d>(data: &'d Data, name: &str) -> &'d Value {
    items(&data.descriptor, "resources").iter().find(|resource| text(resource, "name") == name).unwrap()
}

fn fields(resource: &Value) -> &[Value] {
    items(&resource["schema"], "fields")
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let mut text = "sha256:".to_owned();
    Sha256::digest(bytes).iter().for_each(|byte| write!(text, "{byte:02x}").unwrap());
    text
}
