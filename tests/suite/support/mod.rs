//! Shared helpers: the binary, folders, golden files, parsed pages.

pub(crate) mod content;
#[path = "../../../benches/corpus/mod.rs"]
#[allow(dead_code, unreachable_pub, reason = "the suite uses only the large city")]
pub(crate) mod corpus;
pub(crate) mod crawl;
pub(crate) mod json;
pub(crate) mod sites;

use snapbox::assert::{Action, DEFAULT_ACTION_ENV};
use snapbox::data::DataFormat;
use snapbox::{Assert, Data, IntoData};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The binary, run in the root of the package with English messages.
pub(crate) fn shirube(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
    command.current_dir(root()).args(arguments).args(["--lang", "en"]);
    command
}

/// Builds `content` into `output` and asserts success.
pub(crate) fn build(content: &Path, output: &Path) -> Output {
    let done = run_build(content, output);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done
}

/// Builds `content` into `output` without checking the result.
pub(crate) fn run_build(content: &Path, output: &Path) -> Output {
    let mut command = shirube(&["build", "--format", "short"]);
    command.arg("--content").arg(content).arg("--output").arg(output);
    command.output().expect("the binary runs")
}

/// All files below `folder`, except those in `.shirube/`, by relative path.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("can be read"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let path =
            entry.path().strip_prefix(folder).expect("is inside the folder").to_string_lossy().replace('\\', "/");
        (path, std::fs::read(entry.path()).expect("can be read"))
    });
    named.filter(|(path, _)| !path.starts_with(".shirube/")).collect()
}

/// Copies a folder without `.shirube/`.
pub(crate) fn copy(from: &Path, to: &Path) {
    write_tree(&tree(from), to);
}

/// Writes files below `folder`.
pub(crate) fn write_tree(files: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    files.iter().for_each(|(path, bytes)| write(&folder.join(path), bytes));
}

/// Writes a file and creates its parent folders.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("has a parent folder")).expect("can be created");
    std::fs::write(path, bytes).expect("can be written");
}

/// Compares `actual` with the golden folder, file by file; `SNAPSHOTS=overwrite` accepts it.
pub(crate) fn assert_golden(golden: &Path, actual: &BTreeMap<String, Vec<u8>>) {
    let snapshots = Assert::new().action_env(DEFAULT_ACTION_ENV);
    let differences = actual.iter().filter_map(|(path, bytes)| {
        let text = String::from_utf8(bytes.clone()).expect("golden files are text");
        snapshots.try_eq(Some(path), text.into_data(), snapshot(&golden.join(path))).err()
    });
    let mut differences: Vec<String> = differences.map(|difference| difference.to_string()).collect();
    let overwrite = Action::with_env_var(DEFAULT_ACTION_ENV) == Some(Action::Overwrite);
    for stale in tree(golden).into_keys().filter(|path| !actual.contains_key(path)) {
        if overwrite {
            std::fs::remove_file(golden.join(stale)).expect("can be removed");
        } else {
            differences.push(format!("{stale} is no longer created\n"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.concat());
}

/// A text file as snapshot: compared byte for byte, and updated by `SNAPSHOTS=overwrite`.
pub(crate) fn snapshot(path: &Path) -> Data {
    Data::read_from(path, Some(DataFormat::Text)).raw()
}

/// Parses a page.
pub(crate) fn page(bytes: &[u8]) -> scraper::Html {
    scraper::Html::parse_document(&String::from_utf8_lossy(bytes))
}

/// Parses a CSS selector.
pub(crate) fn selector(css: &str) -> scraper::Selector {
    scraper::Selector::parse(css).expect("valid selector")
}

/// The text of a page, one block per line, without styles and the readings of words.
pub(crate) fn page_text(bytes: &[u8]) -> String {
    const INLINE: [&str; 13] =
        ["a", "ruby", "span", "strong", "em", "b", "i", "abbr", "small", "sup", "code", "time", "tspan"];
    let page = page(bytes);
    let mut text = String::new();
    for node in page.tree.root().descendants() {
        let is_hidden = |name: &str| ["style", "rt", "rp"].contains(&name);
        let in_style =
            node.ancestors().any(|ancestor| ancestor.value().as_element().is_some_and(|e| is_hidden(e.name())));
        match node.value() {
            scraper::Node::Text(fragment) if !in_style => text.push_str(fragment),
            scraper::Node::Element(element) if !is_hidden(element.name()) && !INLINE.contains(&element.name()) => {
                text.push('\n')
            }
            _ => {}
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

/// A temporary folder, deleted when the guard is dropped, and its path.
pub(crate) fn temp_dir() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("can be created");
    let path = folder.path().to_owned();
    (folder, path)
}

/// The seeds of a randomized test: `SHIRUBE_CASES` (default: `default`) seeds from `SHIRUBE_SEED` (default: 0).
pub(crate) fn seeds(default: u64) -> std::ops::Range<u64> {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("is a number"));
    let first = number("SHIRUBE_SEED").unwrap_or_default();
    first..first + number("SHIRUBE_CASES").unwrap_or(default)
}

/// Returns true if a text contains kana or kanji.
pub(crate) fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'ぁ'..='ゟ' | 'ァ'..='ヺ' | '一'..='鿿' | '々'))
}
