//! Pages in easy Japanese, and the readings of names.

use crate::support::content::{fixture, load};
use crate::support::{build, copy, page, page_text, root, run_build, selector, temp_dir, tree, write};
use shirube::internals::Drafts;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const POLICY: &str = "aoba/policies/1/policy.easy.md";
const TEXT: &str = "{市|し}の{中|なか}を バスが {走|はし}ります。\n\n## {時間|じかん}\n\n[{図書館|としょかん}](program:toshokan)へ {行|い}けます。\n";

/// The golden content in `folder/content`, with these files added or overwritten.
fn content_with(folder: &Path, files: &[(&str, &str)]) -> PathBuf {
    let content = folder.join("content");
    copy(&root().join("tests/golden/content/aoba"), &content.join("aoba"));
    let site = "title = \"青葉市の計画\"\nbase = \"https://x.jp/\"\n";
    for (path, text) in [("site.toml", site)].iter().chain(files) {
        write(&content.join(path), text.as_bytes());
    }
    content
}

/// The site of the golden content with these files.
fn site_with(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let (_guard, folder) = temp_dir();
    let content = content_with(&folder, files);
    build(&content, &folder.join("output"));
    tree(&folder.join("output"))
}

/// Errors of a build with these files, as `location: error[rule]: message`.
fn errors(files: &[(&str, &str)]) -> Vec<String> {
    let (_guard, folder) = temp_dir();
    let content = content_with(&folder, files);
    let done = run_build(&content, &folder.join("output"));
    let stderr = String::from_utf8(done.stderr).unwrap();
    let errors = stderr.lines().filter(|line| line.contains(": error["));
    errors.map(|line| line.replace(&format!("{}/", content.display()), "")).collect()
}

fn html<'s>(site: &'s BTreeMap<String, Vec<u8>>, path: &str) -> &'s str {
    std::str::from_utf8(&site[path]).unwrap()
}

/// The links of a page with their texts, of those to `href`.
fn links_to(site: &BTreeMap<String, Vec<u8>>, path: &str, href: &str) -> usize {
    let page = page(&site[path]);
    page.select(&selector("main a")).filter(|link| link.attr("href") == Some(href)).count()
}

#[test]
fn a_text_has_its_own_page_next_to_the_full_page() {
    let site = site_with(&[(POLICY, TEXT)]);
    let easy = page(&site["aoba/policies/1/easy.html"]);
    let text = |css: &str| easy.select(&selector(css)).map(|element| element.text().collect::<String>()).next();
    assert_eq!(easy.select(&selector("html")).next().unwrap().attr("lang"), Some("ja"));
    assert!(text("title").unwrap().starts_with("公共交通の充実（やさしい日本語）｜"), "{:?}", text("title"));
    let ruby = "<ruby>図書館<rp>（</rp><rt aria-hidden=\"true\">としょかん</rt><rp>）</rp></ruby>";
    let page = html(&site, "aoba/policies/1/easy.html");
    assert!(
        page.contains(&format!("<a href=\"../../programs/toshokan.html\" title=\"移動図書館\">{ruby}</a>")),
        "{page}"
    );
    assert!(page.contains("<h2 id=\"時間\">"), "{page}");
    assert!(page.contains("<meta name=\"description\" content=\"市の中を バスが 走ります。"), "{page}");
    assert!(page.contains("もとのページに<ruby>書<"), "the full page is authoritative: {page}");
}

#[test]
fn the_easy_and_the_full_page_link_to_each_other() {
    let site = site_with(&[(POLICY, TEXT)]);
    assert_eq!(links_to(&site, "aoba/policies/1/easy.html", "../1.html"), 2);
    assert_eq!(links_to(&site, "aoba/policies/1.html", "1/easy.html"), 1);
    // A permalink page shows what one edition printed, the text explains the newest.
    assert_eq!(links_to(&site, "aoba/policies/1/2023.html", "easy.html"), 0);
    assert!(!html(&site, "aoba/print.html").contains("easy.html"));
}

#[test]
fn figures_and_marks_below_the_text_are_those_of_the_data() {
    let site = site_with(&[(POLICY, TEXT)]);
    let changed = {
        let sheet = std::fs::read_to_string(root().join("tests/golden/content/aoba/policies/1/2023.md")).unwrap();
        assert!(sheet.contains("actual.R5"), "{sheet}");
        let line = sheet.lines().find(|line| line.starts_with("actual.R5")).unwrap();
        site_with(&[(POLICY, TEXT), ("aoba/policies/1/2023.md", &sheet.replace(line, "actual.R5 = 987"))])
    };
    let text = |site: &BTreeMap<String, Vec<u8>>| page_text(&site["aoba/policies/1/easy.html"]);
    assert!(text(&site).contains("バスの利用者数"), "{}", text(&site));
    assert!(!text(&site).contains("987") && text(&changed).contains("987"), "{}", text(&changed));
}

#[test]
fn a_strategy_can_have_a_page_too() {
    let site =
        site_with(&[("aoba/strategy.easy.md", "+++\ntitle = \"{青葉市|あおばし}の まち\"\n+++\nまちの はなし。\n")]);
    assert!(html(&site, "aoba/easy.html").contains("<title>青葉市の まち（やさしい日本語）｜"));
    assert_eq!(links_to(&site, "aoba/index.html", "easy.html"), 1);
    assert_eq!(links_to(&site, "aoba/easy.html", "index.html"), 2);
}

#[test]
fn pages_are_in_the_sitemap_and_the_search() {
    let site = site_with(&[(POLICY, TEXT)]);
    assert!(html(&site, "aoba/sitemap.xml").contains("<loc>https://x.jp/aoba/policies/1/easy.html</loc>"));
    let index = html(&site, "aoba/search.js");
    let entry = index.lines().find(|line| line.contains("aoba/policies/1/easy.html")).unwrap();
    assert!(entry.contains("公共交通の充実（やさしい日本語）") && entry.contains("図書館へ 行けます。"), "{entry}");
    assert!(!entry.contains("としょかん"), "the base text alone is searched: {entry}");
}

#[test]
fn a_changed_text_rebuilds_its_page() {
    let (_guard, folder) = temp_dir();
    let content = content_with(&folder, &[(POLICY, TEXT)]);
    let output = folder.join("output");
    build(&content, &output);
    write(&content.join(POLICY), "{新|あたら}しい ぶん。\n".as_bytes());
    build(&content, &output);
    assert!(page_text(&tree(&output)["aoba/policies/1/easy.html"]).contains("新しい ぶん。"));
    std::fs::remove_file(content.join(POLICY)).unwrap();
    build(&content, &output);
    let site = tree(&output);
    assert!(!site.contains_key("aoba/policies/1/easy.html"));
    assert_eq!(links_to(&site, "aoba/policies/1.html", "1/easy.html"), 0);
}

#[test]
fn former_addresses_redirect() {
    let node = std::fs::read_to_string(root().join("tests/golden/content/aoba/policies/1/policy.md")).unwrap();
    let node = node.replace("name = \"公共交通の充実\"\n", "name = \"公共交通の充実\"\nformerly = \"bus-old\"\n");
    let site = site_with(&[(POLICY, TEXT), ("aoba/policies/1/policy.md", &node)]);
    assert!(html(&site, "aoba/policies/bus-old/easy.html").contains("../1/easy.html"));
}

#[test]
fn an_address_used_by_an_edition_is_an_error() {
    let edition = "label = \"E\"\nyear = \"R6\"\n";
    let files = [(POLICY, TEXT), ("aoba/editions/easy.toml", edition), ("aoba/policies/1/easy.md", "")];
    let errors = errors(&files);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("error[same-address]") && errors[0].contains("aoba/policies/1/easy.html"), "{errors:?}");
}

#[test]
fn wrong_names_and_keys_are_errors_at_the_file() {
    let found = errors(&[("aoba/policies/1/policy.eazy.md", "まち。\n")]);
    assert!(found[0].starts_with("aoba/policies/1/policy.eazy.md:1:1: error[easy-text-file]"), "{found:?}");
    let found = errors(&[(POLICY, "+++\nname = \"まち\"\n+++\nまち。\n")]);
    assert!(found[0].starts_with("aoba/policies/1/policy.easy.md:2:1: error[unknown-key]"), "{found:?}");
}

#[test]
fn broken_links_in_the_text_are_errors() {
    let found = errors(&[(POLICY, "[まち](policy:99)。\n")]);
    assert!(found[0].starts_with("aoba/policies/1/policy.easy.md:1:1: error["), "{found:?}");
}

#[test]
fn a_file_with_easy_japanese_is_neither_unused_nor_misnamed() {
    let mut files = fixture("lint-free");
    let text = "## {住|す}まい\n{人|ひと}が ふえました。\n".as_bytes().to_vec();
    files.insert("aoi/plan/policies/iju/policy.easy.md".to_owned(), text);
    assert_eq!(load(files, Drafts::Shown).diagnostics, []);
}

#[test]
fn names_have_their_readings_as_ruby_on_the_page_only() {
    let strategy = std::fs::read_to_string(root().join("tests/golden/content/aoba/strategy.toml")).unwrap();
    let strategy = format!("reading = \"あおばしのけいかく\"\n{strategy}");
    let node = std::fs::read_to_string(root().join("tests/golden/content/aoba/policies/1/policy.md")).unwrap();
    let node = node.replace("number = \"1\"\n", "number = \"1\"\nreading = \"こうきょうこうつうのじゅうじつ\"\n");
    let glossary = "[[term]]\nterm = \"施策\"\nreading = \"しさく\"\nmeaning = \"市が行うこと。\"\n";
    let site = site_with(&[
        ("aoba/strategy.toml", &strategy),
        ("aoba/policies/1/policy.md", &node),
        ("glossary.toml", glossary),
    ]);
    let policy = html(&site, "aoba/policies/1.html");
    let heading =
        "<ruby>公共交通<rp>（</rp><rt aria-hidden=\"true\">こうきょうこうつう</rt><rp>）</rp></ruby>の<ruby>充実<";
    assert!(policy.contains(heading), "{policy}");
    assert!(policy.contains("<title>1 公共交通の充実｜"), "{policy}");
    assert!(html(&site, "glossary.html").contains("<dt><ruby>施策<"));
    assert!(!html(&site, "aoba/print.html").contains("<ruby>"));
}
