//! `report.json` of other versions or from elsewhere, as `shirube diff` and builds read it: it differs from itself in
//! nothing, and changes are found in both directions.

use super::Features;
use crate::diff::{Snapshot, compare, json, markdown, plain_text, toml};
use crate::fuzz::Target;

pub(in crate::fuzz) const TARGET: Target = Target {
    name: "report_json",
    pieces: &[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-1",
        "1e400",
        "\"\"",
        "\"\\ud800\"",
        "\"id\"",
        "\"nodes\"",
        "\"editions\"",
        "\"sheets\"",
        "\"formerly\": [\"a\"]",
        "\"kind\": \"goal\"",
        "\"corrections\"",
        "\"figures\"",
        "\"money\"",
        "\"printed\"",
        "\"format\"",
        "\"shirube-report/1\"",
        "\"year\": 5",
        "\"name\"",
        "\"interim\": true",
    ],
    inputs: 200,
    run,
};

const BASE: &[u8] = include_bytes!("../../../tests/golden/default/aoba/report.json");

fn run(input: &[u8]) -> Features {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(input) else {
        return Features::from(["not JSON".to_owned()]);
    };
    let Some(read) = Snapshot::new(value) else { return Features::from(["no report".to_owned()]) };
    let base = Snapshot::new(serde_json::from_slice(BASE).unwrap()).unwrap();
    assert_eq!(compare(Some(&read), Some(&read)), []);
    let mut features = Features::from(["report".to_owned()]);
    for (old, new) in [(&base, &read), (&read, &base)] {
        let changes = compare(Some(old), Some(new));
        for change in &changes {
            features.insert(format!("{:?} {}", change.class, change.kind()));
            let place = change.node.as_ref().map_or("strategy", |node| node.kind.as_str());
            features.insert(format!("{:?} {}", change.class, if place.len() > 10 { "other" } else { place }));
        }
        let json = json::format(&changes);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
        let declared = toml::format(&changes);
        assert!(::toml::from_str::<::toml::Table>(&declared).is_ok(), "{declared}");
        let _ = (markdown::format(&changes), plain_text::format(&changes));
    }
    let _ = (compare(None, Some(&read)), compare(Some(&read), None));
    features
}
