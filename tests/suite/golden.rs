//! Golden sites: the complete output for small content folders.
//!
//! - `golden/tiny`: every byte, rendered with a minimal custom theme (`golden/theme`);
//! - `golden/default`: `report.json`, and the text of every page of the default theme;
//! - `golden/foreign`: a theme with unusual HTML, and content in a language other than that of the site.
//!
//! `SNAPSHOTS=overwrite cargo test --test suite golden` accepts the current output; review the diff first.

use crate::support::{assert_golden, build, copy, is_japanese, page, page_text, root, temp_dir, tree, write};
use scraper::ElementRef;
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn site_with_custom_theme_matches_byte_for_byte() {
    let golden = root().join("tests/golden");
    let (_guard, output) = temp_dir();
    build(&golden.join("content"), &output);
    let mut actual = tree(&output);
    // Assets that the custom theme does not override come from the default theme.
    for (path, bytes) in tree(&root().join("themes/default/assets")) {
        if ["chart.css", "frame.css"].contains(&&*path) {
            assert!(!actual.contains_key(&format!("assets/{path}")), "charts cannot be embedded: {path}");
            continue;
        }
        if !golden.join("theme/assets").join(&path).exists() {
            let published = actual.remove(&format!("assets/{path}"));
            // Style sheets are published without comments and spare white space.
            if path.ends_with(".css") {
                assert!(published.is_some_and(|published| published.len() < bytes.len()), "{path}");
            } else {
                assert_eq!(published, Some(bytes), "{path}");
            }
        }
    }
    assert_golden(&golden.join("tiny"), &actual.into_iter().map(without_versions).collect());
}

/// Removes the versions from the addresses of assets: they change with every change of the default theme.
fn without_versions((path, bytes): (String, Vec<u8>)) -> (String, Vec<u8>) {
    let Some(html) = String::from_utf8(bytes.clone()).ok().filter(|_| path.ends_with(".html")) else {
        return (path, bytes);
    };
    let mut parts = html.split("?v=");
    let mut without = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (version, rest) = part.split_at(8);
        assert!(version.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}: {version}");
        without.push_str(rest);
    }
    (path, without.into_bytes())
}

#[test]
fn default_theme_matches_in_text_and_data() {
    let golden = root().join("tests/golden");
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    copy(&golden.join("content"), &content);
    let site = std::fs::read_to_string(content.join("site.toml")).expect("can be read");
    let without_theme: String =
        site.lines().filter(|line| !line.starts_with("theme")).map(|l| format!("{l}\n")).collect();
    write(&content.join("site.toml"), without_theme.as_bytes());
    build(&content, &folder.join("output"));

    let mut actual = BTreeMap::new();
    for (path, bytes) in tree(&folder.join("output")) {
        if let Some(name) = path.strip_suffix(".html") {
            actual.insert(format!("{name}.txt"), page_text(&bytes).into_bytes());
        } else if path.ends_with("report.json") {
            actual.insert(path, bytes);
        }
    }
    assert_golden(&golden.join("default"), &actual);
}

#[test]
fn search_index_is_independent_of_the_theme() {
    let golden = root().join("tests/golden");
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    copy(&golden.join("content"), &content);
    let (site, blank) = (content.join("site.toml"), folder.join("blank"));
    let lines = std::fs::read_to_string(&site).expect("can be read");
    let lines = lines.lines().map(|line| if line.starts_with("theme") { "theme = \"../blank\"" } else { line });
    write(&site, lines.collect::<Vec<_>>().join("\n").as_bytes());
    for (template, _) in tree(&root().join("themes/default/templates")) {
        write(&blank.join("templates").join(template), b"<!DOCTYPE html>\n");
    }
    build(&content, &folder.join("output"));

    let indexes = |folder: &Path| -> BTreeMap<String, Vec<u8>> {
        tree(folder).into_iter().filter(|(path, _)| path.starts_with("aoba/search")).collect()
    };
    let actual = indexes(&folder.join("output"));
    assert_eq!(actual.len(), 3);
    assert_eq!(actual, indexes(&golden.join("tiny")));
}

/// The theme contains comments with apostrophes, inline scripts and styles, unclosed elements, custom elements and
/// unquoted attributes; it compares whole values, and accesses values by keys from a list.
#[test]
fn theme_with_unusual_html_marks_languages() {
    let foreign = root().join("tests/golden/foreign");
    let (_guard, output) = temp_dir();
    build(&foreign.join("content"), &output);
    let mut actual = tree(&output);
    for (path, bytes) in actual.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = page(bytes);
        for node in page.tree.nodes() {
            let ancestors: Vec<ElementRef<'_>> = node.ancestors().filter_map(ElementRef::wrap).collect();
            let is_rendered = !ancestors.iter().any(|e| ["script", "style", "noscript"].contains(&e.value().name()));
            let text = node.value().as_text().filter(|text| is_rendered && is_japanese(text));
            let lang = ancestors.iter().find_map(|element| element.attr("lang"));
            assert!(text.is_none() || lang == Some("ja"), "{path}: {text:?}");
        }
    }
    // The search index contains the texts of the views, regardless of the theme.
    let index = String::from_utf8_lossy(&actual["midori/search.js"]);
    for text in [
        "毎年度見直す",
        "学べるまちにする",
        "の分担にある",
        "達成状況: 遅れている",
        "10,250",
        "前年度と同じだった",
        "二日走らせた",
    ] {
        assert!(index.contains(text), "{text} in {index}");
    }
    assert!(String::from_utf8_lossy(&actual["midori/search/2022.js"]).contains("達成状況: 順調"));
    let kept_prefixes =
        ["index.html", "midori/index.html", "midori/goals/", "midori/policies/", "midori/programs/", "midori/search"];
    actual.retain(|path, _| kept_prefixes.iter().any(|prefix| path.starts_with(prefix)));
    assert_golden(&foreign.join("site"), &actual);
}
