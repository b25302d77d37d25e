//! Every mistake that content can have, made once in content that has none.
//!
//! Each case changes one thing in `tests/fixtures/clean/` and says what must be found: one
//! mistake, where it was made, by its rule — and nothing that merely follows from it. What
//! the program then says is in `messages.txt`, to be read as a whole.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

// One case a line, whatever its width: a table.
#[rustfmt::skip]
mod cases;

use shirube::check::Lint;
use shirube::content::Overlay;
use shirube::diagnostic::{Lang, Rule};
use shirube::workspace::{self, Analysis, Options};
use std::path::Path;

/// One change to the clean content, and what must be found.
struct Case {
    title: &'static str,
    change: Change,
    expect: Vec<String>,
}

/// What is done to one file.
enum Change {
    /// `from`, which stands there once, becomes `to`.
    Edit { file: &'static str, from: &'static str, to: &'static str },
    /// The file is made, or written anew.
    Write { file: &'static str, bytes: &'static [u8] },
    /// The file lies elsewhere.
    Rename { file: &'static str, to: &'static str },
}

type Files = Vec<(String, Option<Vec<u8>>)>;

fn clean() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/clean");
    let mut files = Files::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let steps: Vec<_> = path.strip_prefix(&root).unwrap().iter().map(|step| step.to_str().unwrap()).collect();
            let file = steps.join("/");
            let text = is_text(&file).then(|| std::fs::read(&path).unwrap());
            files.push((file, text));
        }
    }
    files
}

/// Whether the program reads what a file of this name holds.
fn is_text(file: &str) -> bool {
    file.ends_with(".md") || file.ends_with(".toml") || file.ends_with(".svg")
}

fn changed(change: &Change) -> Files {
    let mut files = clean();
    let place = |file: &str| files.iter().position(|(path, _)| path == file).unwrap_or_else(|| panic!("no {file}"));
    match change {
        Change::Edit { file, from, to } => {
            let place = place(file);
            let text = String::from_utf8(files[place].1.take().unwrap()).unwrap();
            assert_eq!(text.matches(from).count(), 1, "{file} holds {from:?} once");
            files[place].1 = Some(text.replace(from, to).into_bytes());
        }
        Change::Write { file, bytes } => {
            files.retain(|(path, _)| path != file);
            files.push(((*file).to_owned(), is_text(file).then(|| bytes.to_vec())));
        }
        Change::Rename { file, to } => {
            let place = place(file);
            files[place].0 = (*to).to_owned();
            files[place].1.take_if(|_| !is_text(to));
        }
    }
    files
}

/// What reading and linking find. What looks wrong in content that can be read is the matter of
/// `tests/check.rs`.
fn read(files: Files) -> Analysis {
    let files = Overlay::memory(files.into_iter().map(|(path, text)| (path, text.unwrap_or_default())));
    let mut loaded = workspace::analyze(&files, &[], &Options::default()).unwrap();
    loaded.diagnostics.retain(|found| Lint::of(found.rule).is_none());
    loaded
}

#[test]
fn the_content_before_the_change_has_none() {
    assert_eq!(read(clean()).diagnostics, []);
}

#[test]
fn one_mistake_is_found_where_it_was_made_and_said_once() {
    let mut wrong = Vec::new();
    for case in cases::all() {
        let loaded = read(changed(&case.change));
        let places = loaded.diagnostics.iter().map(|found| {
            let place = found.span.map(|span| loaded.sources.place(span)).unwrap_or_default();
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
        let loaded = read(changed(&case.change));
        said.push_str(&format!("# {}\n", case.title));
        for found in &loaded.diagnostics {
            let place = found.span.map(|span| loaded.sources.place(span)).unwrap_or_default();
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
