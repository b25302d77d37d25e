//! Golden sites: a small content folder in, the whole output compared.
//!
//! - `golden/tiny`: every byte, drawn with a tiny theme of the site's own (`golden/theme`);
//! - `golden/default`: `report.json`, and the words of every page of the default theme.
//!
//! `SNAPSHOTS=overwrite cargo test --test suite golden` accepts what is made now; read the difference first.

use crate::support::{assert_golden, build, copy, root, temporary, tree, words, write};
use std::collections::BTreeMap;

#[test]
fn a_site_of_its_own_theme_in_full_bytes() {
    let golden = root().join("tests/golden");
    let (_guard, output) = temporary();
    build(&golden.join("content"), &output);
    let mut made = tree(&output);
    // What its theme does not replace is the default theme's own.
    for (path, bytes) in tree(&root().join("themes/default/assets")) {
        if !golden.join("theme/assets").join(&path).exists() {
            assert_eq!(made.remove(&format!("assets/{path}")), Some(bytes), "{path}");
        }
    }
    assert_golden(&golden.join("tiny"), &made);
}

#[test]
fn the_default_theme_as_words_and_data() {
    let golden = root().join("tests/golden");
    let (_guard, folder) = temporary();
    let content = folder.join("content");
    copy(&golden.join("content"), &content);
    let site = std::fs::read_to_string(content.join("site.toml")).expect("is there");
    let without_theme: String =
        site.lines().filter(|line| !line.starts_with("theme")).map(|l| format!("{l}\n")).collect();
    write(&content.join("site.toml"), without_theme.as_bytes());
    build(&content, &folder.join("output"));

    let mut made = BTreeMap::new();
    for (path, bytes) in tree(&folder.join("output")) {
        if let Some(name) = path.strip_suffix(".html") {
            made.insert(format!("{name}.txt"), words(&bytes).into_bytes());
        } else if path.ends_with("report.json") {
            made.insert(path, bytes);
        }
    }
    assert_golden(&golden.join("default"), &made);
}
