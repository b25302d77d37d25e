//! What the tests of the whole program share: the real binary, folders, and golden files.

#![allow(dead_code, reason = "each test uses some of it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The real binary, in the package's folder, speaking English.
pub(crate) fn shirube(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
    command.current_dir(root()).args(arguments).args(["--lang", "en"]);
    command
}

/// Builds `content` into `output` and asserts that it went well.
pub(crate) fn build(content: &Path, output: &Path) -> Output {
    let done = run_build(content, output);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done
}

/// Builds `content` into `output`, whatever comes of it.
pub(crate) fn run_build(content: &Path, output: &Path) -> Output {
    let mut command = shirube(&["build", "--format", "short"]);
    command.arg("--content").arg(content).arg("--output").arg(output);
    command.output().expect("the binary runs")
}

/// All files below `folder` with their bytes, but for the publisher's own.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("can be read"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).expect("lies below").to_string_lossy().replace('\\', "/");
        (path, std::fs::read(entry.path()).expect("can be read"))
    });
    named.filter(|(path, _)| !path.starts_with(".shirube/")).collect()
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        write(&to.join(path), &bytes);
    }
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("has a folder")).expect("can be made");
    std::fs::write(path, bytes).expect("can be written");
}

/// Compares with the golden folder, file by file; with `BLESS=1` writes it anew.
pub(crate) fn assert_golden(golden: &Path, made: &BTreeMap<String, Vec<u8>>) {
    if std::env::var_os("BLESS").is_some() {
        let _ = std::fs::remove_dir_all(golden);
        made.iter().for_each(|(path, bytes)| write(&golden.join(path), bytes));
    }
    let expected = tree(golden);
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&expected), names(made), "other files than in {} (BLESS=1 accepts them)", golden.display());
    for (path, bytes) in made {
        let (expected, made) = (String::from_utf8_lossy(&expected[path]), String::from_utf8_lossy(bytes));
        assert!(expected == made, "{}", difference(path, &expected, &made));
    }
}

/// The first line in which two texts differ.
fn difference(path: &str, expected: &str, made: &str) -> String {
    let mut lines = expected.lines().zip(made.lines()).enumerate();
    match lines.find(|(_, (expected, made))| expected != made) {
        Some((n, (expected, made))) => {
            format!(
                "{path}:{}: golden and made differ (BLESS=1 accepts it)\n  golden: {expected}\n  made:   {made}",
                n + 1
            )
        }
        None => format!("{path}: golden and made differ in length (BLESS=1 accepts it)"),
    }
}

/// A page: the elements of the site's HTML.
pub(crate) fn page(bytes: &[u8]) -> scraper::Html {
    scraper::Html::parse_document(&String::from_utf8_lossy(bytes))
}

/// The words of a page as they are read, one block to a line.
pub(crate) fn words(bytes: &[u8]) -> String {
    const INLINE: [&str; 12] = ["a", "span", "strong", "em", "b", "i", "abbr", "small", "sup", "code", "time", "tspan"];
    let page = page(bytes);
    let mut text = String::new();
    for node in page.tree.root().descendants() {
        let in_style = node.ancestors().any(|above| above.value().as_element().is_some_and(|e| e.name() == "style"));
        match node.value() {
            scraper::Node::Text(words) if !in_style => text.push_str(words),
            scraper::Node::Element(element) if !INLINE.contains(&element.name()) => text.push('\n'),
            _ => {}
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

/// The file that `href` on the page at `from` leads to, and the fragment.
pub(crate) fn resolve(from: &str, href: &str) -> (String, Option<String>) {
    let (path, fragment) = href.split_once('#').map_or((href, None), |(path, id)| (path, Some(id)));
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut steps: Vec<&str> = from.split('/').collect();
    if !path.is_empty() {
        steps.pop();
    }
    for step in path.split('/').filter(|step| !step.is_empty()) {
        match step {
            "." => {}
            ".." => assert!(steps.pop().is_some(), "{from}: {href} leads out of the site"),
            step => steps.push(step),
        }
    }
    (decode(&steps.join("/")), fragment.map(decode))
}

/// A fresh folder that goes when the test is over.
pub(crate) fn temporary() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("can be made");
    let path = folder.path().to_owned();
    (folder, path)
}

/// Whether a text holds letters that Japanese is written with.
pub(crate) fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'ぁ'..='ゟ' | 'ァ'..='ヺ' | '一'..='鿿' | '々'))
}
