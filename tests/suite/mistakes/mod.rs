//! Content errors: at least one case for each rule, and the snapshot of all messages.
//!
//! Each case makes one change to the fixture `tests/fixtures/error-free/` and lists the expected diagnostics: the rule
//! at the location of the change, without consequential errors. `messages.txt` contains the messages and help texts of
//! all cases for review.

// A table: one case per line, regardless of its width.
#[rustfmt::skip]
mod cases;

use crate::support::content::{Change, Files, fixture, load};
use shirube::internals::{Analysis, Drafts, Lang, Lint, Rule};

/// One change to the fixture `error-free`, and the expected diagnostics as `file:line:column rule`.
struct Case {
    title: &'static str,
    change: Change,
    expected: Vec<String>,
}

impl Case {
    fn read(&self) -> Analysis {
        let mut files = fixture("error-free");
        self.change.apply("", &mut files);
        read(files)
    }
}

/// Analyzes `files` and keeps the errors only; the findings of lints are tested in `check.rs`.
fn read(files: Files) -> Analysis {
    let mut loaded = load(files, Drafts::Hidden);
    loaded.diagnostics.retain(|diagnostic| Lint::of(diagnostic.rule).is_none());
    loaded
}

#[test]
fn the_unchanged_fixture_has_no_errors() {
    assert_eq!(read(fixture("error-free")).diagnostics, []);
}

#[test]
fn each_error_is_reported_once_at_its_location() {
    let mut wrong = Vec::new();
    for case in cases::all() {
        let loaded = case.read();
        let actual = loaded.diagnostics.iter().map(|diagnostic| {
            let location = loaded.sources.format_location(&diagnostic.location);
            format!("{location} {}", diagnostic.rule)
        });
        let actual: Vec<String> = actual.collect();
        if actual != case.expected {
            let messages =
                loaded.diagnostics.iter().map(|diagnostic| diagnostic.message.get(Lang::Ja)).collect::<Vec<_>>();
            wrong.push(format!(
                "{}\n  expected {:?}\n  found    {actual:?}\n  {}",
                case.title,
                case.expected,
                messages.join("\n  ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rules of errors that need a disk, several changed files or a workbook. They are tested in `build`, `check_and_build`,
/// `corrections`, `excel`, `published` and unit tests.
const TESTED_ELSEWHERE: [Rule; 15] = [
    Rule::NoStrategy,
    Rule::LinkedFile,
    Rule::Unreadable,
    Rule::UnpublishableFile,
    Rule::Theme,
    Rule::WorkbookUnreadable,
    Rule::WorkbookMismatch,
    Rule::MappingInvalid,
    Rule::LedgerInvalid,
    Rule::AnswerInvalid,
    Rule::AnswerErased,
    Rule::AnswerConflict,
    Rule::AnswerRemark,
    Rule::MissingQuestions,
    Rule::SilentCorrection,
];

#[test]
fn every_error_rule_has_a_case() {
    let cases = cases::all();
    let expected: Vec<&str> =
        cases.iter().flat_map(|case| &case.expected).map(|expected| expected.rsplit(' ').next().unwrap()).collect();
    for rule in Rule::ALL.iter().filter(|rule| Lint::of(**rule).is_none() && !TESTED_ELSEWHERE.contains(rule)) {
        assert!(expected.contains(&rule.code()), "no case for {rule}");
    }
}

#[test]
fn messages_and_help_match_the_snapshot() {
    let mut messages = String::new();
    for case in cases::all() {
        let loaded = case.read();
        messages.push_str(&format!("# {}\n", case.title));
        for diagnostic in &loaded.diagnostics {
            let location = loaded.sources.format_location(&diagnostic.location);
            let help = diagnostic.help.as_ref().unwrap_or_else(|| panic!("{} has no help", diagnostic.rule));
            messages.push_str(&format!("{location} {}\n", diagnostic.rule));
            for lang in [Lang::Ja, Lang::En] {
                messages.push_str(&format!("  {}\n    → {}\n", diagnostic.message.get(lang), help.get(lang)));
            }
        }
        messages.push('\n');
    }
    snapbox::assert_data_eq!(
        messages,
        crate::support::snapshot(&crate::support::root().join("tests/suite/mistakes/messages.txt"))
    );
}
