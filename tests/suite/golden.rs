//! Golden sites: a small content folder in, the whole output compared.
//!
//! - `golden/tiny`: every byte, drawn with a tiny theme of the site's own (`golden/theme`);
//! - `golden/default`: `report.json`, and the words of every page of the default theme;
//! - `golden/foreign`: a theme of other habits around content of another language.
//!
//! `SNAPSHOTS=overwrite cargo test --test suite golden` accepts what is made now; read the difference first.

use crate::support::{assert_golden, build, copy, is_japanese, page, root, temporary, tree, words, write};
use scraper::ElementRef;
use std::collections::BTreeMap;
use std::path::Path;

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

#[test]
fn the_search_finds_the_same_whatever_a_theme_shows() {
    let golden = root().join("tests/golden");
    let (_guard, folder) = temporary();
    let content = folder.join("content");
    copy(&golden.join("content"), &content);
    let (site, blank) = (content.join("site.toml"), folder.join("blank"));
    let lines = std::fs::read_to_string(&site).expect("is there");
    let lines = lines.lines().map(|line| if line.starts_with("theme") { "theme = \"../blank\"" } else { line });
    write(&site, lines.collect::<Vec<_>>().join("\n").as_bytes());
    for (template, _) in tree(&root().join("themes/default/templates")) {
        write(&blank.join("templates").join(template), b"<!DOCTYPE html>\n");
    }
    build(&content, &folder.join("output"));

    let indexes = |folder: &Path| -> BTreeMap<String, Vec<u8>> {
        tree(folder).into_iter().filter(|(path, _)| path.starts_with("aoba/search")).collect()
    };
    let made = indexes(&folder.join("output"));
    assert_eq!(made.len(), 3);
    assert_eq!(made, indexes(&golden.join("tiny")));
}

/// Comments with apostrophes, scripts and styles within pages, elements left open, elements of other names, unquoted
/// attributes; whole values compared, and values named by what a list holds.
#[test]
fn a_theme_of_other_habits() {
    let foreign = root().join("tests/golden/foreign");
    let (_guard, output) = temporary();
    build(&foreign.join("content"), &output);
    let mut made = tree(&output);
    for (path, bytes) in made.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = page(bytes);
        for node in page.tree.nodes() {
            let around: Vec<ElementRef<'_>> = node.ancestors().filter_map(ElementRef::wrap).collect();
            let is_read = !around.iter().any(|e| ["script", "style", "noscript"].contains(&e.value().name()));
            let text = node.value().as_text().filter(|text| is_read && is_japanese(text));
            let lang = around.iter().find_map(|element| element.attr("lang"));
            assert!(text.is_none() || lang == Some("ja"), "{path}: {text:?}");
        }
    }
    // The index holds what the views say, whatever a theme shows of them.
    let index = String::from_utf8_lossy(&made["midori/search.js"]);
    for words in [
        "毎年度見直す",
        "学べるまちにする",
        "の分担にある",
        "達成状況: 遅れている",
        "10,250",
        "前年度と同じだった",
        "二日走らせた",
    ] {
        assert!(index.contains(words), "{words} in {index}");
    }
    assert!(String::from_utf8_lossy(&made["midori/search/2022.js"]).contains("達成状況: 順調"));
    let own =
        ["index.html", "midori/index.html", "midori/goals/", "midori/policies/", "midori/programs/", "midori/search"];
    made.retain(|path, _| own.iter().any(|own| path.starts_with(own)));
    assert_golden(&foreign.join("site"), &made);
}
