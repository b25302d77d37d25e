//! The readers of input that are fuzzed, one file each, and what is promised of their results.

pub(super) mod accounts;
pub(super) mod csv;
pub(super) mod front_matter;
pub(super) mod journal;
pub(super) mod manifest;
pub(super) mod markdown;
pub(super) mod report_json;
pub(super) mod theme;
pub(super) mod values;
pub(super) mod xlsx;

use super::Features;
use crate::cli::render_in_all_formats;
use crate::content::Overlay;
use crate::diagnostic::{Diagnostic, Location, Severity, Sources};
use crate::workspace::{Analysis, AnalysisOptions, Drafts, analyze};

/// Content with the cells of every kind, into which inputs are put.
const FILES: [(&str, &str); 7] = [
    ("site.toml", "title = \"見本\"\nlang = \"ja\"\n"),
    ("glossary.toml", "[[term]]\nterm = \"橋\"\nmeaning = \"川を渡る道\"\n"),
    (
        "mura/strategy.toml",
        "title = \"計画\"\npublisher = \"村\"\nmoney_unit = \"千円\"\n\
         [[edition]]\nid = \"2022\"\nyear = \"R4\"\nlabel = \"令和4年度\"\n\
         [[edition]]\nid = \"2023\"\nyear = \"R5\"\nlabel = \"令和5年度\"\n\
         [[scale]]\nid = \"rating\"\nname = \"評価\"\nmarks = [\"A\", \"B\"]\n",
    ),
    (
        "mura/policies/1/policy.md",
        "+++\nname = \"橋の点検\"\nprograms = [\"tenken\"]\n[[indicator]]\nid = \"hashi\"\nname = \"点検した橋\"\nunit = \"橋\"\n+++\n本文\n",
    ),
    ("mura/policies/1/2022.md", "+++\nindicator.hashi.actual.R4 = 12\n+++\n"),
    ("mura/programs/tenken/program.md", "+++\nname = \"点検事業\"\naccount = \"01一般会計・02総務費\"\n+++\n"),
    ("mura/programs/tenken/2023.md", "+++\nmoney.settlement.R5 = 1200\n+++\n## 成果\n点検した。\n"),
];

/// Reads [`FILES`] with `changed` in place of its files or beside them, and asserts what is promised of diagnostics.
fn read(changed: &[(&str, &[u8])]) -> (Analysis, Features) {
    let mut files: Vec<(String, Vec<u8>)> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    files.retain(|(path, _)| changed.iter().all(|(other, _)| other != path));
    files.extend(changed.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
    let options = AnalysisOptions { drafts: Drafts::Shown, ..AnalysisOptions::default() };
    let analysis = analyze(&Overlay::memory(files), &[], &options).unwrap();
    let features = check_diagnostics(&analysis.diagnostics, &analysis.sources);
    (analysis, features)
}

/// Asserts that diagnostics have a place in the text and can be printed in every format; returns their rules.
fn check_diagnostics(diagnostics: &[Diagnostic], sources: &Sources) -> Features {
    for diagnostic in diagnostics {
        match &diagnostic.location {
            Location::Span(span) => {
                let file = sources.get(span.source).expect("a span of a known file");
                assert!(file.text.get(span.range()).is_some(), "{diagnostic:?} is outside the text");
            }
            Location::Unknown => assert!(diagnostic.severity() != Severity::Error, "{diagnostic:?} has no place"),
            Location::Path(_) | Location::Cell(_) => {}
        }
        assert!(!diagnostic.message.ja.is_empty() && !diagnostic.message.en.is_empty(), "{diagnostic:?}");
    }
    for line in render_in_all_formats(diagnostics, sources).lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "not JSON: {line}");
    }
    diagnostics.iter().map(|diagnostic| diagnostic.rule.code().to_owned()).collect()
}

/// A text as a basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            c if c.is_control() => literal.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => literal.push(c),
        }
    }
    literal + "\""
}
