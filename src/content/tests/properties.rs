//! Property tests: no input causes a panic, and printed text is preserved.

use super::load;
use crate::content::Overlay;
use crate::diagnostic::Span;
use crate::exchange::report_json;
use crate::model::{FiscalYear, Period, Value};
use crate::totals;
use crate::workspace::{self, Analysis, AnalysisOptions};
use proptest::prelude::*;

const STRATEGY: &str = include_str!("../../../tests/fixtures/error-free/sato/plan/strategy.toml");
const POLICY: &str = include_str!("../../../tests/fixtures/error-free/sato/plan/policies/sumai/policy.md");
const SHEET: &str = include_str!("../../../tests/fixtures/error-free/sato/plan/policies/sumai/2023.md");
const PROGRAM: &str = include_str!("../../../tests/fixtures/error-free/sato/plan/programs/akiya/program.md");

/// Paths of files that are read.
const PATHS: [&str; 10] = [
    "site.toml",
    "glossary.toml",
    "s/strategy.toml",
    "s/strategy.md",
    "s/goals/kurashi/goal.md",
    "s/policies/sumai/policy.md",
    "s/policies/sumai/2023.md",
    "s/programs/akiya/program.md",
    "s/programs/akiya/2023.md",
    "s/programs/akiya/2023@sumai.md",
];

/// Runs later phases on the whole analysis.
fn use_all(loaded: &Analysis) {
    for (ix, _) in loaded.report.strategies() {
        report_json::to_json(&loaded.report, ix).unwrap();
        totals::sum_strategy(&loaded.report, ix);
        for (id, _) in loaded.report.nodes(ix) {
            loaded.report.home(id);
        }
    }
    for diagnostic in &loaded.diagnostics {
        loaded.sources.format_location(&diagnostic.location);
    }
}

/// Analyzes valid content in which the file at `path` is replaced by `bytes`.
fn read_with(path: &str, bytes: Vec<u8>) {
    let valid = [PATHS[2], PATHS[5], PATHS[6], PATHS[7]].into_iter().zip([STRATEGY, POLICY, SHEET, PROGRAM]);
    let mut files: Vec<_> = valid
        .filter(|(valid_path, _)| *valid_path != path)
        .map(|(valid_path, text)| (valid_path.to_owned(), text.as_bytes().to_vec()))
        .collect();
    files.push((path.to_owned(), bytes));
    use_all(&workspace::analyze(&Overlay::memory(files), &[], &AnalysisOptions::default()).unwrap());
}

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PATHS.as_slice())
}

/// A known key of some file.
fn key() -> impl Strategy<Value = String> {
    let keys = [
        "title",
        "publisher",
        "period",
        "missing",
        "number_rows",
        "labels",
        "id",
        "year",
        "label",
        "stage",
        "as_of",
        "draft",
        "document",
        "of",
        "marks",
        "mark",
        "tone",
        "lost",
        "scale",
        "required",
        "name",
        "number",
        "goal",
        "parent",
        "links",
        "formerly",
        "succeeds",
        "printed",
        "R5",
        "H31",
        "R1",
        "end",
        "unit",
        "kind",
        "better",
        "baseline",
        "method",
        "breaks",
        "actual",
        "target",
        "unplaced",
        "value",
        "from",
        "to",
        "bound",
        "measured",
        "parts",
        "note",
        "money",
        "budget",
        "settlement",
        "staff",
        "total",
        "judgement",
        "status",
        "grade",
        "akiya",
        "programs",
        "repeat",
        "years",
        "marker",
        "also",
        "bands",
        "when",
    ];
    prop::sample::select(keys.map(str::to_owned).to_vec())
}

/// Values of all types, including valid values of known keys.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[-▲約]?[0-9,.]{1,6}(件|%以上)?( ?\\((H2[0-9]|H25～29|R1)\\))?".prop_map(|text| format!("\"{text}\"")),
        prop::sample::select(vec!["akiya", "順調", "-", "R5", "policy:sumai", "strategy:s", "number", "sumai", ""])
            .prop_map(|text| format!("\"{text}\"")),
        any::<i64>().prop_map(|number| number.to_string()),
        prop::sample::select(vec!["true", "false", "1.50", "-0", "1e400", "nan", "0xff", "2017-09-30", "'あ'"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::btree_map(key(), inner, 0..4).prop_map(|items| {
                let items: Vec<String> = items.iter().map(|(key, value)| format!("{key} = {value}")).collect();
                format!("{{ {} }}", items.join(", "))
            }),
        ]
    })
}

/// Syntactically valid TOML: table headers, each followed by keys with values.
fn toml() -> impl Strategy<Value = String> {
    let headers = [
        "edition",
        "scale",
        "section",
        "outside",
        "department",
        "goal",
        "group",
        "program",
        "remark",
        "indicator",
        "method",
        "term",
    ];
    let header = prop_oneof![
        prop::sample::select(headers.map(|name| format!("[[{name}]]")).to_vec()),
        prop::sample::select(vec![
            "[indicator.akiya]",
            "[money]",
            "[staff]",
            "[total]",
            "[judgement]",
            "[printed.R4]",
            "[labels]"
        ])
        .prop_map(str::to_owned),
    ];
    let lines = |max_lines| prop::collection::btree_map(key(), value(), 0..max_lines);
    let text = |lines: &std::collections::BTreeMap<String, String>| -> String {
        lines.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
    };
    (lines(5), prop::collection::btree_map(header, lines(6), 0..5)).prop_map(move |(top, tables)| {
        let tables: String = tables.iter().map(|(header, lines)| format!("{header}\n{}", text(lines))).collect();
        format!("{}{tables}", text(&top))
    })
}

proptest! {
    // Each case analyzes a whole content folder, hence fewer cases than the default.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn never_panics_on_any_bytes_in_any_file(path in path(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_with(path, bytes);
    }

    #[test]
    fn never_panics_on_any_text_in_any_file(path in path(), text in "\\PC*") {
        read_with(path, text.clone().into_bytes());
        read_with(path, format!("+++\n{text}\n+++\n## {text}\n[x]({text})").into_bytes());
    }

    #[test]
    fn never_panics_on_any_values_of_known_keys(path in path(), toml in toml()) {
        let text = if path.ends_with(".md") { format!("+++\n{toml}+++\n## 成果\n[x](akiya)\n") } else { toml };
        read_with(path, text.into_bytes());
    }

    #[test]
    fn never_panics_on_any_edit_of_valid_content(file in 0_usize..4, at in any::<prop::sample::Index>(), to in "\\PC{0,3}", length in 0_usize..20) {
        let (path, text) = [(PATHS[2], STRATEGY), (PATHS[5], POLICY), (PATHS[6], SHEET), (PATHS[7], PROGRAM)][file];
        let chars: Vec<char> = text.chars().collect();
        let start = at.index(chars.len());
        let end = (start + length).min(chars.len());
        let edited: String = chars[..start].iter().copied().chain(to.chars()).chain(chars[end..].iter().copied()).collect();
        read_with(path, edited.into_bytes());
    }

    #[test]
    fn never_panics_on_any_path(path in "[a-z@.]{1,8}(/[a-z0-9@.]{1,8}){0,4}(/strategy)?\\.(md|toml)") {
        use_all(&load(&[(&path, STRATEGY), ("s/strategy.toml", STRATEGY)]));
    }
}

proptest! {
    #[test]
    fn keeps_the_printed_text_of_a_value(printed in "[-▲△+約]? ?[0-9０-９]{1,3}(,[0-9]{3}){0,2}(\\.[0-9]{1,3})? ?(人|%|ツアー)?(以上|未満|程度)?( ?[(（【](H27|R1|H22 ～26)[)）】])?") {
        if let Some(value) = Value::parse(&printed, Span::default()) {
            prop_assert_eq!(&value.printed, printed.trim());
            let again = Value::parse(&value.printed, Span::default());
            prop_assert_eq!(again, Some(value));
        }
    }

    #[test]
    fn parses_any_text_without_panic(printed in "\\PC*") {
        if let Some(value) = Value::parse(&printed, Span::default()) {
            prop_assert_eq!(value.printed, printed.trim());
        }
        FiscalYear::parse(&printed);
        Period::parse(&printed);
    }

    #[test]
    fn parses_formatted_years(year in 1900..=2117) {
        let year = FiscalYear(year);
        prop_assert_eq!(FiscalYear::parse(&year.short()), Some(year));
        prop_assert_eq!(FiscalYear::parse(&year.japanese()), Some(year));
        prop_assert_eq!(FiscalYear::parse(&year.0.to_string()), Some(year));
    }

    #[test]
    fn parses_formatted_periods(from in 1926..=2117_i32, length in 0..30_i32) {
        let period = Period { from: FiscalYear(from), to: FiscalYear((from + length).min(2117)) };
        let written = format!("{}/{}", period.from.short(), period.to.short());
        prop_assert_eq!(Period::parse(&written), Some(period));
    }
}
