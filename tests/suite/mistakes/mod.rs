//! Content errors: at least one case for each rule, and the snapshot of all messages.
//!
//! Each case makes one change to the error-free fixture `tests/fixtures/clean/` and lists the expected diagnostics: the
//! rule at the location of the change, without consequential errors. `messages.txt` contains the messages and help
//! texts of all cases for review.

// A table: one case per line, regardless of its width.
#[rustfmt::skip]
mod cases;

use crate::support::content::{Change, Files, fixture, load};
use shirube::internals::{Analysis, Drafts, Lang, Lint, Rule};

/// One change to the fixture `clean`, and the expected diagnostics as `file:line:column rule`.
struct Case {
    title: &'static str,
    change: Change,
    expect: Vec<String>,
}

impl Case {
    fn read(&self) -> Analysis {
        let mut files = fixture("clean");
        self.change.apply("", &mut files);
        read(files)
    }
}

/// Analyzes `files` and keeps the errors only; the findings of lints are tested in `check.rs`.
fn read(files: Files) -> Analysis {
    let mut loaded = load(files, Drafts::Hidden);
    loaded.diagnostics.retain(|found| Lint::of(found.rule).is_none());
    loaded
}

#[test]
fn the_unchanged_fixture_has_no_errors() {
    assert_eq!(read(fixture("clean")).diagnostics, []);
}

#[test]
fn each_error_is_reported_once_at_its_location() {
    let mut wrong = Vec::new();
    for case in cases::all() {
        let loaded = case.read();
        let places = loaded.diagnostics.iter().map(|found| {
            let place = loaded.sources.format_location(&found.location);
            format!("{place} {}", found.rule)
        });
        let places: Vec<String> = places.collect();
        if places != case.expect {
            let shown = loaded.diagnostics.iter().map(|found| found.message.get(Lang::Ja)).collect::<Vec<_>>();
            wrong.push(format!(
                "{}\n  expected {:?}\n  found    {places:?}\n  {}",
                case.title,
                case.expect,
                shown.join("\n  ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Errors that need a disk or more than one changed text. Errors of files are tested in `published`, `cli` and `serve`,
/// errors of themes next to their code.
const ELSEWHERE: [Rule; 5] =
    [Rule::NoStrategy, Rule::LinkedFile, Rule::Unreadable, Rule::UnpublishableFile, Rule::Theme];

#[test]
fn every_error_rule_has_a_case() {
    let cases = cases::all();
    let expected: Vec<&str> =
        cases.iter().flat_map(|case| &case.expect).map(|at| at.rsplit(' ').next().unwrap()).collect();
    for rule in Rule::ALL.iter().filter(|rule| Lint::of(**rule).is_none() && !ELSEWHERE.contains(rule)) {
        assert!(expected.contains(&rule.code()), "no case for {rule}");
    }
}

#[test]
fn messages_and_help_match_the_snapshot() {
    let mut messages = String::new();
    for case in cases::all() {
        let loaded = case.read();
        messages.push_str(&format!("# {}\n", case.title));
        for found in &loaded.diagnostics {
            let place = loaded.sources.format_location(&found.location);
            let help = found.help.as_ref().unwrap_or_else(|| panic!("{} has no help", found.rule));
            messages.push_str(&format!("{place} {}\n", found.rule));
            for lang in [Lang::Ja, Lang::En] {
                messages.push_str(&format!("  {}\n    → {}\n", found.message.get(lang), help.get(lang)));
            }
        }
        messages.push('\n');
    }
    snapbox::assert_data_eq!(messages, snapbox::file!["messages.txt"].raw());
}
