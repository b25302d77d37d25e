//! Every `report.json` matches `report.schema.json`, which finds changes that do not belong there.

use super::DATA;
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};
use shirube::internals::REPORT_SCHEMA;

struct ReportSchema(Schemas, SchemaIndex);

impl ReportSchema {
    fn compile(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let url = "http://schema.example/report.json";
        compiler.add_resource(url, schema).unwrap();
        let index = compiler.compile(url, &mut schemas).unwrap();
        Self(schemas, index)
    }

    fn error(&self, report: &Value) -> Option<String> {
        self.0.validate(report, self.1).err().map(|error| format!("{error:#}"))
    }
}

fn schema() -> Value {
    let mut schema: Value = serde_json::from_str(REPORT_SCHEMA).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["properties"]["format"]["const"], "shirube-report/1");
    schema.as_object_mut().unwrap().remove("$id");
    schema
}

/// Rejects keys that the schema does not declare. The published schema allows them, because later versions may add some.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("properties") {
                object.insert("additionalProperties".to_owned(), json!(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(values) => values.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn declares_every_key_of_every_report() {
    let mut closed = schema();
    close(&mut closed);
    let closed = ReportSchema::compile(closed);
    for data in DATA.iter() {
        assert_eq!(closed.error(&data.report), None, "{}", data.name);
    }
}

#[test]
fn finds_changes_that_do_not_belong_in_a_report() {
    let schema = ReportSchema::compile(schema());
    let data = DATA.iter().find(|data| data.name == "tests/fixtures/keys/mori/keikaku").unwrap();
    assert_eq!(schema.error(&data.report), None);
    let node = "/nodes/1";
    let mutations: Vec<(String, Option<Value>)> = [
        ("/format", Some(json!("shirube-report/2"))),
        ("/format", None),
        ("/id", Some(json!("Mori"))),
        ("/title", Some(json!(""))),
        ("/publisher", None),
        ("/region_code", Some(json!("02399"))),
        ("/region_code", Some(json!(23990))),
        ("/license/name", None),
        ("/license/url", Some(json!("javascript:alert(1)"))),
        ("/period/from", Some(json!("R2"))),
        ("/period/to", None),
        ("/outline", Some(json!("false"))),
        ("/missing_spellings", Some(json!("-"))),
        ("/labels/policy", None),
        ("/editions/0/label", None),
        ("/editions/0/stage", Some(json!("draft"))),
        ("/editions/0/fiscal_year", Some(json!("R4"))),
        ("/editions/0/document/title", None),
        ("/editions/0/document/published_date", Some(json!("2023-9-30"))),
        ("/editions/0/document/published", None),
        ("/scales/0/marks", None),
        ("/scales/0/marks/0/tone", Some(json!("green"))),
        ("/sum_tolerance", Some(json!(2))),
        ("/nodes", None),
    ]
    .into_iter()
    .map(|(path, value)| (path.to_owned(), value))
    .chain(
        [
            ("/kind", Some(json!("measure"))),
            ("/name", None),
            ("/sheets/0/edition", None),
            ("/sheets/0/figures/0/values/0/printed", None),
            ("/sheets/0/figures/0/values/0/number", Some(json!(3))),
            ("/sheets/0/figures/0/values/0/number", Some(json!("1,234"))),
            ("/sheets/0/figures/0/values/0/series", Some(json!("result"))),
            ("/sheets/0/figures/0/values/0/missing", Some(json!(true))),
            ("/sheets/0/figures/0/indicator", None),
        ]
        .map(|(path, value)| (format!("{}{path}", figure_node(&data.report).unwrap_or(node)), value)),
    )
    .collect();
    assert!(mutations.len() >= 30, "{}", mutations.len());
    for (path, value) in mutations {
        let mut report = data.report.clone();
        change(&mut report, &path, value.clone());
        assert_ne!(report, data.report, "{path} {value:?} changes nothing");
        assert!(schema.error(&report).is_some(), "{path} {value:?} is accepted");
    }
}

/// Place of the first node whose first sheet begins with a number of an indicator.
fn figure_node(report: &Value) -> Option<&'static str> {
    const PLACES: [&str; 8] =
        ["/nodes/0", "/nodes/1", "/nodes/2", "/nodes/3", "/nodes/4", "/nodes/5", "/nodes/6", "/nodes/7"];
    PLACES.into_iter().find(|place| {
        report.pointer(&format!("{place}/sheets/0/figures/0/values/0/number")).is_some_and(Value::is_string)
    })
}

/// Replaces or removes the value at `path`.
fn change(report: &mut Value, path: &str, value: Option<Value>) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let parent = report.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}")).as_object_mut().unwrap();
    match value {
        Some(value) => parent.insert(key.to_owned(), value),
        None => parent.remove(key),
    };
}
