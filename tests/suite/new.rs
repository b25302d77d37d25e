//! `shirube new`: new content builds without findings, existing files stay unchanged, and drafts are correct when filled
//! in.

use crate::support::{self, copy, root, run_build, shirube, temporary, tree, write};
use shirube::internals::{Span, Value};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;
use std::time::SystemTime;

/// Runs `shirube new` in the folder `at`.
fn new(at: &Path, arguments: &[&str]) -> Output {
    shirube(&["new"]).args(arguments).current_dir(at).output().unwrap()
}

/// Runs `shirube new` and asserts success; returns standard output.
fn made(at: &Path, arguments: &[&str]) -> String {
    let done = new(at, arguments);
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    said
}

/// Runs `shirube new` and asserts that it fails with `code` and writes nothing; returns standard error.
fn refused(at: &Path, arguments: &[&str], code: i32) -> String {
    let before = stamps(at);
    let done = new(at, arguments);
    assert_eq!(done.status.code(), Some(code), "{arguments:?}");
    assert_eq!(stamps(at), before, "{arguments:?}");
    String::from_utf8(done.stderr).unwrap()
}

/// All files below a folder, with their bytes and modification times.
fn stamps(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let stamp = |(path, bytes): (String, Vec<u8>)| {
        let changed = folder.join(&path).metadata().unwrap().modified().unwrap();
        (path, (bytes, changed))
    };
    tree(folder).into_iter().map(stamp).collect()
}

/// Output of `shirube check` for `content/` in the folder `at`; asserts success.
fn check(at: &Path) -> String {
    let done = shirube(&["check", "--format", "short"]).current_dir(at).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap() + &String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{said}");
    said
}

/// The site of `content/` in the folder `at`.
fn built(at: &Path) -> BTreeMap<String, Vec<u8>> {
    let (_guard, output) = temporary();
    support::build(&at.join("content"), &output);
    tree(&output)
}

#[test]
fn new_site_builds_without_findings() {
    let (_guard, folder) = temporary();
    made(&folder, &["site", "machi"]);
    let site = folder.join("machi");
    assert!(check(&site).contains("no errors, 0 warnings"), "{}", check(&site));
    let pages = built(&site);
    let policy = String::from_utf8_lossy(&pages["mihon/policies/1-1.html"]).into_owned();
    assert!(policy.contains("5.3") && policy.contains("<svg"), "the figures and their chart are missing");
}

#[test]
fn new_site_needs_a_new_or_empty_folder() {
    let (_guard, folder) = temporary();
    write(&folder.join("old/notes.txt"), b"x");
    assert!(refused(&folder, &["site", "old"], 2).contains("is not empty"));
    std::fs::create_dir(folder.join("empty")).unwrap();
    made(&folder, &["site", "empty"]);
}

/// A new site in a temporary folder.
fn site() -> (tempfile::TempDir, std::path::PathBuf) {
    let (guard, folder) = temporary();
    made(&folder, &["site", "."]);
    (guard, folder)
}

#[test]
fn new_content_builds_and_prints_the_next_steps() {
    let (_guard, folder) = site();
    let strategy = ["--strategy", "aoba/sogo"];
    let before = stamps(&folder);
    for (arguments, page) in [
        (&["strategy", "aoba/sogo", "--title", "青葉\"計画\"", "--publisher", "青葉市"][..], "aoba/sogo/index.html"),
        (&["goal", "--name", "学び"], "aoba/sogo/goals/1.html"),
        (&["policy", "--number", "５－１－１", "--goal", "1"], "aoba/sogo/policies/5-1-1.html"),
        (&["program", "kaigo-yosei", "--name", "介護予防"], "aoba/sogo/programs/kaigo-yosei.html"),
    ] {
        let place = if arguments[0] == "strategy" { &[][..] } else { &strategy };
        let said = made(&folder, &[arguments, place].concat());
        assert!(said.contains("what to do next:"), "{said}");
        assert!(built(&folder).contains_key(page), "{page}");
    }
    let after = stamps(&folder);
    assert!(before.iter().all(|(path, stamp)| after.get(path) == Some(stamp)), "an existing file has changed");
    let policy = String::from_utf8_lossy(&after["content/aoba/sogo/policies/5-1-1/policy.md"].0).into_owned();
    assert!(policy.contains("number = \"５－１－１\""), "the number is not as printed");
}

#[test]
fn ids_are_given_or_derived_from_numbers() {
    let (_guard, folder) = site();
    let said = made(&folder, &["policy"]);
    assert!(said.contains("content/mihon/policies/1-2/policy.md"), "{said}");
    assert!(said.contains("the id `1-2` is the next free number"), "{said}");
    let said = made(&folder, &["goal", "--number", "(2)"]);
    assert!(said.contains("the id `2` is the number `(2)`"), "{said}");
    // Existing programs have names as ids, so there is no next number.
    assert!(refused(&folder, &["program"], 2).contains("`shirube new program ID`"));
    assert!(refused(&folder, &["program", "--number", "第2"], 2).contains("cannot derive an id"));
    assert!(refused(&folder, &["program", "介護予防"], 2).contains("lower-case letters"));
    assert!(refused(&folder, &["program", "Kaigo"], 2).contains("lower-case letters"));
    assert!(refused(&folder, &["program", "../out"], 2).contains("lower-case letters"));
    assert!(refused(&folder, &["strategy", "../out"], 2).contains("lower-case letters"));
    assert!(refused(&folder, &["policy", "1-1"], 2).contains("the id `1-1` is taken; `1-3` is free"));
    assert!(refused(&folder, &["policy", "--goal", "9"], 2).contains("no goal `9`"));
    assert!(refused(&folder, &["strategy", "mihon"], 1).contains("already exists"));
}

#[test]
fn rejects_ids_that_cannot_be_published() {
    let (_guard, folder) = site();
    let long = "a".repeat(255);
    for (arguments, why) in [
        (["program", "con"], "Windows reserves the name `con`"),
        (["policy", "lpt9"], "Windows reserves the name `lpt9`"),
        (["goal", &long], "at most 255 bytes"),
        (["strategy", "nul"], "Windows reserves the name `nul`"),
        (["strategy", "aoba/aux"], "Windows reserves the name `aux`"),
        (["strategy", &long], "at most 255 bytes"),
        (["strategy", "assets"], "`assets` is the name of a page or folder of the site"),
        (["strategy", "search/sogo"], "`search` is the name of a page or folder of the site"),
        (["edition", "con"], "Windows reserves the name `con`"),
        (["edition", &long], "at most 255 bytes"),
    ] {
        let said = refused(&folder, &arguments, 2);
        assert!(said.contains(why) && said.contains("choose another"), "{arguments:?}: {said}");
    }
}

#[test]
fn several_strategies_require_the_strategy_option() {
    let (_guard, folder) = site();
    made(&folder, &["strategy", "aoba"]);
    assert!(refused(&folder, &["policy"], 2).contains("name one with --strategy: aoba, mihon"));
    assert!(refused(&folder, &["policy", "--strategy", "kita"], 2).contains("no strategy `kita`"));
    assert!(refused(&folder, &["edition", "2025"], 2).contains("name one with --strategy"));
}

/// The strategies in `content/`, each with the id of its next edition.
const NEXT: [(&str, &str); 5] = [
    ("kitakami", "2020"),
    ("kaminoyama/shinko", "2022"),
    ("hokuto", "2024"),
    ("memuro", "2025"),
    ("ueda", "2018-interim"),
];

#[test]
fn new_edition_is_a_draft_and_valid_when_filled_in() {
    let (_guard, folder) = temporary();
    let content = folder.join("content");
    copy(&root().join("content"), &content);
    let (before, site) = (stamps(&content), built(&folder));
    for (strategy, id) in NEXT {
        made(&folder, &["edition", id, "--strategy", strategy]);
    }

    // Existing files are unchanged, and nothing is published.
    let after = stamps(&content);
    assert!(before.iter().all(|(path, stamp)| after.get(path) == Some(stamp)));
    assert!(check(&folder).contains("values that are not written yet"));
    assert!(built(&folder) == site, "a draft changed a page");

    // Fill in the value in the comment of each line, and publish.
    let new = after.into_iter().filter(|(path, _)| !before.contains_key(path));
    let mut figures = 0;
    let mut sheets = BTreeMap::new();
    for (path, (bytes, _)) in new {
        let text = String::from_utf8(bytes).unwrap();
        let (text, values) = filled(&text);
        write(&content.join(&path), text.as_bytes());
        figures += values.len();
        sheets.insert(path, values);
    }
    assert!(figures > 300, "{figures}");
    let checked = check(&folder);
    assert!(!checked.contains("not written yet"));
    assert!(!checked.contains("unused-acknowledgement"), "earlier acknowledgements are still used: {checked}");
    let site = built(&folder);
    for (path, values) in sheets.iter().filter(|(path, _)| path.ends_with(".md")) {
        let page = support::page(&site[&path.replace(".md", ".html")]);
        let text: String = page.root_element().text().collect();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        for value in values {
            assert!(squeezed(&text).contains(&squeezed(value)), "{path}: {value} is not on the page");
        }
    }
}

/// A new file without `draft`, with every empty value replaced by the one in its comment; and these values. Empty values
/// without such a comment are deleted.
fn filled(text: &str) -> (String, Vec<String>) {
    let (mut filled, mut values) = (String::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with("draft = true")) {
        let Some((key, beside)) = line.split_once(" = \"\"").filter(|_| !line.starts_with('#')) else {
            filled += &format!("{line}\n");
            continue;
        };
        let Some((_, value)) = beside.split_once('"') else { continue };
        let (value, _) = value.split_once('"').unwrap();
        // Text instead of a number, and printed placeholders of missing values, have another syntax.
        let is_plain = Value::parse(value, Span::default()).is_some();
        let is_mark = !key.contains('.') || beside.contains('［');
        if is_plain || is_mark {
            filled += &format!("{key} = \"{value}\"\n");
            values.push(value.to_owned());
        }
    }
    (filled, values)
}

#[test]
fn empty_values_are_errors_once_published() {
    let (_guard, folder) = site();
    made(&folder, &["edition", "2025"]);
    let declaration = folder.join("content/mihon/editions/2025.toml");
    let text = std::fs::read_to_string(&declaration).unwrap();
    write(&declaration, text.replace("draft = true", "").as_bytes());
    let done = run_build(&folder.join("content"), &folder.join("output"));
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains("policies/1-1/2025.md:7:13: error[empty-text]"), "{said}");
}

#[test]
fn cells_are_those_of_the_last_edition_one_year_later() {
    let (_guard, folder) = site();
    made(&folder, &["edition", "2025"]);
    let read = |path: &str| std::fs::read_to_string(folder.join("content/mihon").join(path)).unwrap();
    let declaration = read("editions/2025.toml");
    assert!(declaration.contains("label = \"令和7年度 検証\"") && declaration.contains("year = \"R7\""));
    let sheet = read("policies/1-1/2025.md");
    let cells: Vec<&str> = sheet.lines().filter(|line| line.contains(" = \"\"")).collect();
    let expected = [
        // A series from the baseline on grows by one year; the target of the plan is kept.
        "actual.R4 = \"\"    # \"4.8\"",
        "actual.R5 = \"\"    # \"5.0\"",
        "actual.R6 = \"\"    # \"5.3\"",
        "actual.R7 = \"\"    # R6: \"5.3\"",
        "target.R9 = \"\"    # \"6.0\"",
        "grade = \"\"    # \"B\"　［A・B・C］",
    ];
    assert_eq!(cells, expected);
    assert!(sheet.ends_with("+++\n## 成果と課題\n\n"), "{sheet}");
    // Money moves by one year.
    assert!(read("programs/kaiho/2025.md").contains("budget.R7 = \"\"    # R6: \"1,200\""));
}

#[test]
fn programs_without_a_row_in_the_year_get_no_sheet() {
    let (_guard, folder) = site();
    let policy = folder.join("content/mihon/policies/1-1/policy.md");
    let text = std::fs::read_to_string(&policy).unwrap();
    let years = |years: &str| {
        write(&policy, text.replace("id = \"kaiho\"", &format!("id = \"kaiho\"\nyears = {years}")).as_bytes())
    };
    years("[\"R6\"]");
    let said = made(&folder, &["edition", "2025"]);
    assert!(!said.contains("programs/kaiho/2025.md"), "{said}");
    assert!(said.contains("programs without rows in the tables of R7: 1;"), "{said}");
    years("[\"R6\", \"R7\"]");
    assert!(made(&folder, &["edition", "2025"]).contains("programs/kaiho/2025.md"));
}

#[test]
fn adds_missing_sheets_to_a_draft() {
    let (_guard, folder) = site();
    made(&folder, &["edition", "2025", "--year", "R7", "--label", "七年度", "--stage", "interim"]);
    assert!(refused(&folder, &["edition", "2025"], 2).contains("no sheet is missing"));
    made(&folder, &["program", "bus"]);
    let before = stamps(&folder);
    let said = made(&folder, &["edition", "2025"]);
    assert!(said.contains("programs/bus/2025.md") && said.contains("new files: 1\n"), "{said}");
    let after = stamps(&folder);
    assert!(before.iter().all(|(path, stamp)| after.get(path) == Some(stamp)));
    check(&folder);
}

#[test]
fn reports_what_to_declare_for_sheets_without_cells() {
    let (_guard, folder) = site();
    made(&folder, &["strategy", "aoba"]);
    made(&folder, &["policy", "1", "--strategy", "aoba"]);
    let edition = ["edition", "2025", "--strategy", "aoba"];
    let said = made(&folder, &edition);
    assert!(said.contains("nothing is declared yet") && !said.contains("write the values"), "{said}");
    let declared = folder.join("content/aoba/strategy.toml");
    let text = std::fs::read_to_string(&declared).unwrap() + "[[section]]\nof = [\"policy\"]\ntitle = \"成果\"\n";
    write(&declared, text.as_bytes());
    std::fs::remove_file(folder.join("content/aoba/policies/1/2025.md")).unwrap();
    assert!(!made(&folder, &edition).contains("nothing is declared yet"));
    let sheet = std::fs::read_to_string(folder.join("content/aoba/policies/1/2025.md")).unwrap();
    assert!(sheet.contains("## 成果"), "{sheet}");
}

#[test]
fn rejects_published_editions_and_invalid_edition_ids() {
    let (_guard, folder) = site();
    assert!(refused(&folder, &["edition", "2024"], 2).contains("already published"));
    assert!(refused(&folder, &["edition", "policy"], 2).contains("`policy.md` cannot be the file name of a sheet"));
    assert!(refused(&folder, &["edition", "令和7年度中間"], 2).contains("as in 2024 or 2024-interim"));
    made(&folder, &["edition", "r8"]);
    let declared = std::fs::read_to_string(folder.join("content/mihon/editions/r8.toml")).unwrap();
    assert!(declared.contains("year = \"R8\""), "{declared}");
    for year in ["R7", "令和7年度", "２０２５"] {
        assert!(refused(&folder, &["edition", year], 2).contains("write `2025` for 令和7年度"), "{year}");
    }
    assert!(refused(&folder, &["edition", "2025", "--year", "いつか"], 2).contains("--year"));
    write(&folder.join("content/mihon/policies/1-1/2025.md"), b"");
    assert!(refused(&folder, &["edition", "2025"], 1).contains("the content has mistakes"));
}
