//! Code blocks and example of the theme guide (`docs/theme.md`, `docs/theme.ja.md`).
//!
//! The info string of a block states its content after the language: the path of a file, or for `console` the change
//! (`file: from → to`) whose error output is shown. `SNAPSHOTS=overwrite` updates the blocks.

use crate::support::sites::Site;
use crate::support::{build, copy, page, root, selector, snapshot, temp_dir, tree, write};
use std::collections::BTreeSet;
use std::process::Command;
use std::sync::LazyLock;

const EXAMPLE: &str = "examples/look";
const GUIDES: [(&str, &str); 2] = [("docs/theme.md", "en"), ("docs/theme.ja.md", "ja")];

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let (_guard, folder) = temp_dir();
    build(&root().join(EXAMPLE), &folder);
    tree(&folder)
});

/// The guide with up-to-date blocks, and the paths of the files that it shows.
fn up_to_date(guide: &str, lang: &str) -> (String, BTreeSet<String>) {
    let (mut out, mut shown) = (String::new(), BTreeSet::new());
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        out.push_str(&format!("{line}\n"));
        let Some((language, subject)) = line.strip_prefix("```").and_then(|fence| fence.split_once(' ')) else {
            continue;
        };
        lines.by_ref().find(|line| *line == "```").expect("every block is closed");
        let block = if language == "console" {
            error_output_of_change(subject, lang)
        } else {
            shown.insert(subject.to_owned());
            std::fs::read_to_string(root().join(subject)).expect("the file exists")
        };
        out.push_str(&format!("{block}```\n"));
    }
    (out, shown)
}

/// Standard error of `build` for the example after one change.
fn error_output_of_change(change: &str, lang: &str) -> String {
    let (file, change) = change.split_once(": ").unwrap();
    let (from, to) = change.split_once(" → ").unwrap();
    let (_guard, folder) = temp_dir();
    copy(&root().join(EXAMPLE), &folder.join("look"));
    let path = folder.join("look").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} does not contain {from}");
    write(&path, text.replace(from, to).as_bytes());
    let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
    command.current_dir(&folder).args(["build", "--content", "look", "--output", "site", "--lang", lang]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn guide_blocks_match_example_files_and_error_output() {
    let theme = tree(&root().join(EXAMPLE).join("theme"));
    let files = theme.keys().map(|file| format!("{EXAMPLE}/theme/{file}"));
    let expected: BTreeSet<String> = files.chain([format!("{EXAMPLE}/site.toml")]).collect();
    for (path, lang) in GUIDES {
        let guide = std::fs::read_to_string(root().join(path)).unwrap();
        let (updated, shown) = up_to_date(&guide, lang);
        assert_eq!(shown, expected, "{path}");
        snapbox::assert_data_eq!(updated, snapshot(&root().join(path)));
    }
}

#[test]
fn links_of_the_guide_resolve() {
    for (path, _) in GUIDES {
        let guide = std::fs::read_to_string(root().join(path)).unwrap();
        let targets: Vec<&str> =
            guide.split("](../").skip(1).map(|link| link.split([')', '#']).next().unwrap()).collect();
        assert!(!targets.is_empty(), "{path} has no links");
        for target in targets {
            assert!(root().join(target).exists(), "{path}: {target}");
        }
    }
}

#[test]
fn templates_have_the_data_and_components_of_the_guide() {
    for (path, _) in GUIDES {
        let guide = std::fs::read_to_string(root().join(path)).unwrap();
        let rows: Vec<Vec<&str>> = guide.lines().filter(|line| line.contains(".html` |")).map(code_spans).collect();
        assert!(rows.len() >= 8, "{path}: {rows:?}");
        for row in rows {
            let [template, words @ ..] = &row[..] else { panic!("{path}: a row without a template") };
            let text = std::fs::read_to_string(root().join("themes/default/templates").join(template)).unwrap();
            for word in words {
                let used = match word.starts_with(char::is_uppercase) {
                    true => format!("<{word} "),
                    false => (*word).to_owned(),
                };
                assert!(text.contains(&used), "{path}: {template} does not use {word}");
            }
        }
    }
}

/// The words in backticks of a line.
fn code_spans(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

#[test]
fn example_is_built_with_its_theme_and_site_settings() {
    let files = &*SITE;
    let all = |path: &str, css: &str| -> Vec<String> {
        page(&files[path]).select(&selector(css)).map(|element| element.html()).collect()
    };
    let one = |path: &str, selector: &str| {
        let elements = all(path, selector);
        assert_eq!(elements.len(), 1, "{selector} on {path}");
        elements.into_iter().next().unwrap()
    };
    let sheet = "hoshino/policies/iju/2023.html";
    let logo = r#"<img alt="星野市章" class="site-logo" height="40" src="../../../assets/crest.svg" width="40">"#;
    let (image, version) = one(sheet, "img").split_once("?v=").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let (version, rest) = version.split_at(8);
    assert_eq!(format!("{image}{rest}"), logo);
    assert!(version.bytes().all(|byte| byte.is_ascii_hexdigit()), "{version}");
    let styles = all(sheet, "link[rel=stylesheet]").concat();
    let positions = ["style.css", "accent.css", "site.css"].map(|style| styles.find(&format!("/{style}")).unwrap());
    assert!(positions.is_sorted(), "{styles}");
    assert!(String::from_utf8_lossy(&files["assets/accent.css"]).contains("--accent: #0b5c3b"));
    let foot = one(sheet, "footer");
    for expected in ["市が公表した資料のとおり", "星野市公式サイト", "企画部 政策推進課", "tel:0120000000"]
    {
        assert!(foot.contains(expected), "{expected}: {foot}");
    }
    let address = "https://www.city.hoshino.example/keikaku/hoshino/policies/iju/2023.html";
    assert!(one(sheet, "link[rel=canonical]").contains(address));
    assert!(one(sheet, "main").contains(&format!("<code>{address}</code>")), "the address to cite is absolute");
}

#[test]
fn page_404_uses_links_that_work_at_any_depth() {
    let html = String::from_utf8_lossy(&SITE["404.html"]);
    assert!(html.contains("紙の報告書にあるアドレス"));
    let hrefs = html
        .match_indices("href=\"")
        .chain(html.match_indices("src=\""))
        .map(|(at, start)| html[at + start.len()..].split('"').next().unwrap());
    for href in hrefs {
        let is_absolute = ["/keikaku/", "https://", "mailto:", "tel:", "#"].iter().any(|start| href.starts_with(start));
        assert!(is_absolute, "{href}");
        if let Some(path) = href.strip_prefix("/keikaku/") {
            let path = path.split('?').next().unwrap();
            assert!(path.is_empty() || SITE.contains_key(path), "{href}");
        }
    }
}
