//! JSON Schema (draft 7) of the TOML files, for completion and validation in editors.

use super::{FileKind, Key, Requirement, Table, ValueType, reference};
use serde_json::{Map, Value, json};

/// JSON Schema of the file. Rules of the format that JSON Schema cannot express, such as the notation of years, are
/// left to `shirube check`.
pub fn schema(file: &'static FileKind) -> Value {
    let mut schema = table(file.root);
    if let Some(object) = schema.as_object_mut() {
        object.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        object.insert("title".to_owned(), json!(format!("{} — {}", file.name, file.title.en)));
    }
    schema
}

fn table(declaration: &'static Table) -> Value {
    let properties: Map<String, Value> = declaration.keys().map(|key| (key.name.to_owned(), property(key))).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), declaration.other_keys.map_or(json!(false), value));
    let required: Vec<&str> =
        declaration.keys().filter(|key| key.requirement == Requirement::Always).map(|key| key.name).collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    let alternatives = declaration.keys().filter_map(|key| match key.requirement {
        Requirement::Unless(others) => {
            let keys = std::iter::once(&key.name).chain(others);
            Some(json!({ "anyOf": keys.map(|key| json!({ "required": [key] })).collect::<Vec<_>>() }))
        }
        Requirement::Always | Requirement::Optional => None,
    });
    let alternatives: Vec<Value> = alternatives.collect();
    if !alternatives.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(alternatives));
    }
    Value::Object(schema)
}

fn property(key: &'static Key) -> Value {
    let mut schema = value(&key.value);
    if let Some(object) = schema.as_object_mut() {
        let description = reference::value_description(&key.value);
        object.insert(
            "description".to_owned(),
            json!(format!(
                "{}（{}）\n{} ({})\n{}",
                key.meaning.ja, description.ja, key.meaning.en, description.en, key.example
            )),
        );
    }
    schema
}

fn value(value_type: &'static ValueType) -> Value {
    let or_list = |one: Value| json!({ "anyOf": [one.clone(), { "type": "array", "items": one }] });
    let text = json!({ "type": "string", "minLength": 1 });
    let year = json!({ "type": ["string", "integer"] });
    let figure = json!({ "type": ["string", "number"] });
    match value_type {
        ValueType::Text | ValueType::Date | ValueType::Language => text,
        ValueType::Url => json!({ "type": "string", "format": "uri-reference" }),
        ValueType::Texts | ValueType::Ids | ValueType::References => or_list(text),
        ValueType::Id => json!({ "type": "string", "pattern": "^[a-z0-9-]+$" }),
        ValueType::Flag => json!({ "type": "boolean" }),
        ValueType::Count => json!({ "type": "integer", "minimum": 0 }),
        ValueType::Number => json!({ "type": "number" }),
        ValueType::Year | ValueType::Period => year,
        ValueType::Years => or_list(year),
        ValueType::Keyword(keywords) => json!({ "enum": keywords }),
        ValueType::Keywords(keywords) => or_list(json!({ "enum": keywords })),
        ValueType::Figure => figure,
        ValueType::Value => json!({ "anyOf": [figure, table(&super::sheet::VALUE)] }),
        ValueType::Values(_) => json!({ "type": "object", "additionalProperties": value(&ValueType::Value) }),
        ValueType::Judgement => json!({ "type": ["string", "number", "array", "object"] }),
        ValueType::Table(declaration) => table(declaration),
        ValueType::Tables(declaration) => json!({ "type": "array", "items": table(declaration) }),
        ValueType::ById(entry) | ValueType::ByYear(entry) => {
            json!({ "type": "object", "additionalProperties": value(entry) })
        }
        ValueType::OneOrMany(one) => or_list(value(one)),
        ValueType::OneOf(types) => {
            let items: Vec<Value> = types.iter().filter_map(item).collect();
            // Several kinds of lists are one list with several kinds of items.
            let mixed = (items.len() > 1).then(|| json!({ "type": "array", "items": { "anyOf": items } }));
            json!({ "anyOf": types.iter().map(value).chain(mixed).collect::<Vec<_>>() })
        }
    }
}

/// Schema of the items, if the value may be written as a list.
fn item(value_type: &'static ValueType) -> Option<Value> {
    match value_type {
        ValueType::Texts | ValueType::Ids | ValueType::References => Some(value(&ValueType::Text)),
        ValueType::Tables(declaration) => Some(table(declaration)),
        _ => None,
    }
}
