//! Tests of methods and of the reasons for missing results.
//!
//! - this file: helpers that load one indicator from TOML and assess it;
//! - [`methods`]: rates, qualitative results and marks, including cases published by cities;
//! - [`reasons`]: reasons for missing results;
//! - [`differences`]: plain differences;
//! - [`properties`]: property tests.

mod differences;
mod methods;
mod properties;
mod reasons;

use super::{Assessment, Assessments, Measure, MethodOutcome, NotComputable, assessed};
use crate::content::{DiskSource, Overlay, Source};
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::model::{Indicator, IndicatorId, NodeId, Report, StrategyIx};
use crate::workspace::{self, AnalysisOptions};
use std::path::Path;

/// A strategy with a scale of four marks, the period H27 to R2, and 2019 as its last final edition.
const STRATEGY: &str = r#"
title = "計画"
publisher = "市"
period = "H27/R2"
missing = ["-"]
[[edition]]
id = "2017"
label = "平成29年度"
year = "H29"
[[edition]]
id = "2019"
label = "令和元年度"
year = "R1"
[[edition]]
id = "interim"
label = "令和2年度 中間"
year = "R2"
stage = "interim"
[[scale]]
id = "grade"
title = "達成状況"
of = ["indicator"]
marks = [{ mark = "A" }, { mark = "B" }, { mark = "C" }, { mark = "D" }]
"#;

/// A loaded report.
pub(crate) struct Fixture {
    pub(crate) report: Report,
}

/// Loads an indicator whose strategy has one method, the default, with `figures` in the edition of R1.
/// Each argument is TOML with its lines joined by `;`.
pub(crate) fn fixture(method: &str, indicator: &str, figures: &str) -> Fixture {
    in_editions(method, indicator, &[("2019", figures)])
}

fn in_editions(method: &str, indicator: &str, editions: &[(&str, &str)]) -> Fixture {
    let lines = |toml: &str| toml.replace(';', "\n");
    let method = match method {
        "" => String::new(),
        method => format!("[[method]]\nid = \"m\"\ndefault = true\n{}\n", lines(method)),
    };
    let mut files = vec![
        ("city/strategy.toml".to_owned(), format!("{STRATEGY}{method}")),
        (
            "city/policies/1/policy.md".to_owned(),
            format!("+++\nname = \"施策\"\n[[indicator]]\nid = \"kpi\"\nname = \"指標\"\n{}\n+++\n", lines(indicator)),
        ),
    ];
    for (edition, figures) in editions {
        let sheet = format!("+++\n[indicator.kpi]\n{}\n+++\n", lines(figures));
        files.push((format!("city/policies/1/{edition}.md"), sheet));
    }
    load_without_errors(files)
}

/// Loads the report in `files` and asserts that it has no errors.
fn load_without_errors(files: Vec<(String, String)>) -> Fixture {
    let (report, diagnostics) = linked(files);
    assert!(!has_errors(&diagnostics), "{diagnostics:#?}");
    Fixture { report }
}

/// Loads the report in `files` and returns it with its errors.
fn linked(files: Vec<(String, String)>) -> (Report, Vec<Diagnostic>) {
    let analysis = workspace::analyze(&Overlay::memory(files), &[], &AnalysisOptions::WITHOUT_REVIEW).unwrap();
    let errors = analysis.diagnostics.into_iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    (analysis.report, errors.collect())
}

/// Loads the real report of a city, with a method added that the city does not declare.
fn load_city(city: &str, method: &str) -> Fixture {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let content = DiskSource::new(&root);
    let paths = content.list(&|_| true).unwrap().all().paths.into_iter();
    let mut files: Vec<(String, String)> = paths
        .filter(|path| path.starts_with(city) && (path.ends_with(".md") || path.ends_with(".toml")))
        .map(|path| (path.clone(), String::from_utf8(content.read(&path).unwrap()).unwrap()))
        .collect();
    for (_, text) in files.iter_mut().filter(|(path, _)| path.ends_with("/strategy.toml")) {
        text.push_str(&format!("\n[[method]]\nid = \"m\"\ndefault = true\nkind = \"{method}\"\n"));
    }
    load_without_errors(files)
}

impl Fixture {
    fn assessment(&self) -> Assessment {
        let node = NodeId { strategy: StrategyIx(0), node: 0 };
        self.assessments().assessment(IndicatorId { node, indicator: 0 }).unwrap().clone()
    }

    fn assessments(&self) -> Assessments<'_> {
        Assessments::new(&self.report)
    }

    fn outcome(&self) -> MethodOutcome {
        let (_, result) = self.assessment().result.unwrap();
        result.unwrap_or_else(|reason| panic!("{reason:?}"))
    }

    fn reason(&self) -> NotComputable {
        match &self.assessment().result {
            Some((_, Err(reason))) => reason.clone(),
            other => panic!("expected a missing result, not {other:?}"),
        }
    }

    /// Result as shown, with its mark: `97.4% B`, `kept A`, `58.6%`.
    fn format(&self) -> String {
        let outcome = self.outcome();
        let measure = match &outcome.measure {
            Measure::Rate(rate) => rate.format().text,
            Measure::Qualitative(result) => result.key().to_owned(),
        };
        let strategy = self.report.strategy(StrategyIx(0));
        let scale = strategy.methods[0].scale.map(|scale| &strategy.scales[scale.0]);
        match outcome.marks.and_then(|marks| marks.mark.ok().flatten()) {
            Some(ix) => format!("{measure} {}", scale.unwrap().marks[ix].printed),
            None => measure,
        }
    }

    /// Results of all assessed indicators, with their ids.
    fn results(&self) -> Vec<(String, String)> {
        let assessments = self.assessments();
        let result = |(id, indicator, _): (IndicatorId, &Indicator, _)| {
            let text = match &assessments.assessment(id).unwrap().result {
                Some((_, Ok(MethodOutcome { measure: Measure::Rate(rate), .. }))) => rate.format().text,
                Some((_, Ok(MethodOutcome { measure: Measure::Qualitative(result), .. }))) => result.key().to_owned(),
                Some((_, Err(reason))) => format!("{reason:?}"),
                None => "no method".to_owned(),
            };
            (indicator.id.clone(), text)
        };
        self.report.strategies().flat_map(|(ix, _)| assessed(&self.report, ix)).map(result).collect()
    }
}
