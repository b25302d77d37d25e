//! Every mistake that content can have, made once in content that has none.
//!
//! Each case changes one thing in `tests/fixtures/clean/` and says what must be found: one
//! mistake, where it was made, by its rule — and nothing that merely follows from it. What
//! the program then says is in `messages.txt`, to be read as a whole.

// One case a line, whatever its width: a table.
#[rustfmt::skip]
mod cases;

use crate::support::content::{Change, Files, fixture, load};
use shirube::internals::{Analysis, Drafts, Lang, Lint, Rule};

/// One change to the clean content, and what must be found.
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

/// What reading and linking find. What looks wrong in content that can be read is the matter of
/// `check.rs`.
fn read(files: Files) -> Analysis {
    let mut loaded = load(files, Drafts::Hidden);
    loaded.diagnostics.retain(|found| Lint::of(found.rule).is_none());
    loaded
}

#[test]
fn the_content_before_the_change_has_none() {
    assert_eq!(read(fixture("clean")).diagnostics, []);
}

#[test]
fn one_mistake_is_found_where_it_was_made_and_said_once() {
    let mut wrong = Vec::new();
    for case in cases::all() {
        let loaded = case.read();
        let places = loaded.diagnostics.iter().map(|found| {
            let place = loaded.sources.place(&found.place);
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

/// Errors that take more than one changed text, or a disk. Those of files are in `published`, `cli` and `serve`, those of
/// themes beside their code.
const ELSEWHERE: [Rule; 5] =
    [Rule::NoStrategy, Rule::LinkedFile, Rule::Unreadable, Rule::UnpublishableFile, Rule::Theme];

#[test]
fn every_error_has_a_case() {
    let cases = cases::all();
    let expected: Vec<&str> =
        cases.iter().flat_map(|case| &case.expect).map(|at| at.rsplit(' ').next().unwrap()).collect();
    for rule in Rule::ALL.iter().filter(|rule| Lint::of(**rule).is_none() && !ELSEWHERE.contains(rule)) {
        assert!(expected.contains(&rule.code()), "no case for {rule}");
    }
}

#[test]
fn every_mistake_is_explained_with_what_to_write_instead() {
    let mut said = String::new();
    for case in cases::all() {
        let loaded = case.read();
        said.push_str(&format!("# {}\n", case.title));
        for found in &loaded.diagnostics {
            let place = loaded.sources.place(&found.place);
            let help = found.help.as_ref().unwrap_or_else(|| panic!("{} has no help", found.rule));
            said.push_str(&format!("{place} {}\n", found.rule));
            for lang in [Lang::Ja, Lang::En] {
                said.push_str(&format!("  {}\n    → {}\n", found.message.get(lang), help.get(lang)));
            }
        }
        said.push('\n');
    }
    snapbox::assert_data_eq!(said, snapbox::file!["messages.txt"].raw());
}
