//! The JSON Schemas of content files: those that `shirube schema` prints, and those of front matter, accept all content of the
//! repository and refuse typical mistakes. They are evaluated by an independent implementation of JSON Schema.

use crate::support::{root, shirube, tree};
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value};
use shirube::internals::{FILES, json_schema};
use std::collections::BTreeMap;

/// Folders with content.
const CONTENT: [&str; 4] = ["content", "tests/fixtures/keys", "tests/fixtures/cities", "tests/golden"];

/// The compiled schemas by the name of their kind of file.
struct Validator {
    schemas: Schemas,
    indexes: BTreeMap<&'static str, SchemaIndex>,
}

impl Validator {
    fn new() -> Self {
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        let mut indexes = BTreeMap::new();
        for (number, file) in FILES.iter().enumerate() {
            let url = format!("schema-{number}.json");
            compiler.add_resource(&url, json_schema(file)).unwrap();
            indexes.insert(file.name, compiler.compile(&url, &mut schemas).unwrap());
        }
        Self { schemas, indexes }
    }

    /// The errors of TOML `text` as a file of the kind `name`.
    fn errors(&self, name: &str, text: &str) -> Option<String> {
        let value = json(toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}")));
        self.schemas.validate(&value, self.indexes[name]).err().map(|error| error.to_string())
    }
}

/// A TOML value as an editor sees it: dates are text.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect::<Map<_, _>>())
        }
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
    }
}

/// The kind of a content file by its path; `None` for other files.
fn kind_of(path: &str) -> Option<&'static str> {
    let mut folders = path.rsplit('/');
    let (file, parent) = (folders.next()?, folders.nth(1).unwrap_or_default());
    let is_node_folder = ["goals", "policies", "programs"].contains(&parent);
    let name = match file {
        "site.toml" | "glossary.toml" | "strategy.toml" | "strategy.md" | "goal.md" | "policy.md" | "program.md" => {
            file
        }
        _ if file.ends_with(".toml") && path.contains("/editions/") => "<edition>.toml",
        _ if file.ends_with(".easy.md") => "<name>.easy.md",
        _ if file.ends_with(".md") && is_node_folder && file.contains('@') => "<edition>@<policy>.md",
        _ if file.ends_with(".md") && is_node_folder => "<edition>.md",
        _ => return None,
    };
    FILES.iter().map(|file| file.name).find(|known| *known == name)
}

/// The TOML of a file: all of it, or its front matter. `None` for Markdown without front matter.
fn toml_of<'t>(path: &str, text: &'t str) -> Option<&'t str> {
    match path.ends_with(".toml") {
        true => Some(text),
        false => Some(text.strip_prefix("+++\n")?.split_once("+++\n")?.0),
    }
}

#[test]
fn printed_schemas_are_those_that_are_tested() {
    for (argument, name) in [
        ("site", "site.toml"),
        ("glossary", "glossary.toml"),
        ("strategy", "strategy.toml"),
        ("edition", "<edition>.toml"),
    ] {
        let output = shirube(&["schema", argument]).output().unwrap();
        let file = FILES.iter().find(|file| file.name == name).unwrap();
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(printed, json_schema(file), "{name}");
    }
}

#[test]
fn schemas_accept_all_content() {
    let validator = Validator::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for folder in CONTENT {
        for (path, bytes) in tree(&root().join(folder)) {
            let path = format!("{folder}/{path}");
            let Some(kind) = kind_of(&path) else { continue };
            let text = std::str::from_utf8(&bytes).unwrap().replace("\r\n", "\n");
            let Some(text) = toml_of(&path, text.trim_start_matches('\u{feff}')) else { continue };
            *counts.entry(kind).or_default() += 1;
            failures.extend(validator.errors(kind, text).map(|error| format!("{path}: {error}")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let missing: Vec<&str> = FILES.iter().map(|file| file.name).filter(|name| !counts.contains_key(name)).collect();
    assert_eq!(missing, [""; 0], "kinds of files that do not occur: {counts:?}");
}

#[test]
fn schemas_refuse_mistakes() {
    const STRATEGY: &str = "title = '計画'\npublisher = '青葉市'\n";
    let validator = Validator::new();
    let accepts = |kind: &str, text: &str| assert_eq!(validator.errors(kind, text), None, "{text}");
    let refuses = |kind: &str, text: &str| assert!(validator.errors(kind, text).is_some(), "{kind} accepts\n{text}");
    let strategy = |text: &str| format!("{STRATEGY}{text}");
    accepts("strategy.toml", STRATEGY);
    refuses("strategy.toml", "title = '計画'\n");
    refuses("strategy.toml", "title = ''\npublisher = '青葉市'\n");
    refuses("strategy.toml", &strategy("number_rows = 'yes'"));
    refuses("strategy.toml", &strategy("publishers = '青葉市'"));
    accepts("strategy.toml", &strategy("[[edition]]\nid = '2025'\nlabel = 'x'\nstage = 'interim'"));
    refuses("strategy.toml", &strategy("[[edition]]\nid = '2025'\nlabel = 'x'\nstage = 'draft'"));
    refuses("strategy.toml", &strategy("[edition]\nid = '2025'\nlabel = 'x'"));
    refuses("strategy.toml", &strategy("[[money]]\nid = '人件費'\ntitle = '人件費'"));
    refuses("strategy.toml", &strategy("[[money]]\nid = 'labour'\ntitle = '人件費'\nadditive = 'no'"));
    refuses("strategy.toml", &strategy("[[scale]]\nid = 'grade'\ntitle = '達成度'\nof = ['policy']"));
    refuses("<edition>.toml", "label = 'x'\nyears = 'R6'");
    refuses("site.toml", "title = '青葉市'\nsearch = 1");
    refuses("glossary.toml", "[[term]]\nterm = '交流人口'");
    accepts("policy.md", "name = '観光'\ndepartment = ['商工課', { name = '農政課', role = '関係' }]");
    refuses("policy.md", "name = '観光'\ndepartment = 3");
    refuses("program.md", "number = '1'\n[[item]]\nid = 'a'");
    accepts("<edition>.md", "[indicator.a]\nactual.R6 = { value = 7, note = '速報値' }");
    refuses("<edition>.md", "[indicator.a]\nactual.R6 = { valeu = 7 }");
    refuses("<edition>.md", "[survey.a]\nz = 3");
    refuses("<edition>.md", "[[response]]\nanswer = '加えた'");
}
