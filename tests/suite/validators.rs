//! Data packages, feeds and sitemaps of the reports and of all fixtures, examined by the validators of their formats.
//! `cargo xtask validate` installs what this needs.

use crate::support::{build, copy, root, temp_dir, write};
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
#[ignore = "needs Python with the packages of tests/validate/requirements.txt: cargo xtask validate"]
fn packages_feeds_and_sitemaps_are_valid() {
    let (_guard, folder) = temp_dir();
    let sites: Vec<PathBuf> = contents().iter().map(|(name, content)| site(&folder, name, content)).collect();
    let mut python = Command::new(std::env::var_os("SHIRUBE_PYTHON").unwrap_or_else(|| "python3".into()));
    python.arg(root().join("tests/validate/run.py")).args(&sites);
    assert!(python.status().unwrap().success());
}

/// The five reports, the invented cities, and the fixtures that build.
fn contents() -> Vec<(String, PathBuf)> {
    let fixtures = root().join("tests/fixtures");
    let cities = ["a", "b", "c", "d", "e", "f"]
        .map(|name| (name.to_owned(), fixtures.join("cities").join(name).join("content")));
    let others =
        ["editions", "error-free", "examples", "keys", "lint-free"].map(|name| (name.to_owned(), fixtures.join(name)));
    let reports = ("reports".to_owned(), root().join("content"));
    let years = ("years".to_owned(), root().join("tests/golden/years/content"));
    [reports, years].into_iter().chain(cities).chain(others).collect()
}

/// Builds a site with everything that needs the address of the site.
fn site(folder: &Path, name: &str, content: &Path) -> PathBuf {
    let (input, output) = (folder.join("content").join(name), folder.join(name));
    copy(content, &input);
    let declared = std::fs::read_to_string(input.join("site.toml")).unwrap();
    let lines = declared.lines().filter(|line| !line.starts_with("base =") && *line != "data = false");
    let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
    write(&input.join("site.toml"), format!("base = \"https://www.city.example/keikaku/\"\n{lines}").as_bytes());
    build(&input, &output);
    output
}
