//! `shirube new`: new content builds without changes, overwrites no file, and is complete once its cells are filled in.

use crate::support::{self, copy, root, run_build, shirube, temp_dir, tree, write};
use shirube::internals::{Span, Value};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;
use std::time::SystemTime;

/// Runs `shirube new` in `folder`.
fn new(folder: &Path, arguments: &[&str]) -> Output {
    shirube(&["new"]).args(arguments).current_dir(folder).output().unwrap()
}

/// Runs `shirube new`, asserts success, and returns its standard output.
fn create(folder: &Path, arguments: &[&str]) -> String {
    let output = new(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs `shirube new`, asserts that it fails with `code` and writes nothing, and returns its standard error.
fn refuse(folder: &Path, arguments: &[&str], code: i32) -> String {
    let before = contents_and_times(folder);
    let output = new(folder, arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    assert_eq!(contents_and_times(folder), before, "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Content and modification time of all files below a folder, by path.
fn contents_and_times(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let content_and_time = |(path, bytes): (String, Vec<u8>)| {
        let modified = folder.join(&path).metadata().unwrap().modified().unwrap();
        (path, (bytes, modified))
    };
    tree(folder).into_iter().map(content_and_time).collect()
}

/// Output of a successful `shirube check` of `content/` in `folder`.
fn check(folder: &Path) -> String {
    let output = shirube(&["check", "--format", "short"]).current_dir(folder).output().unwrap();
    let printed = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}");
    printed
}

/// Site built from `content/` in `folder`.
fn build_site(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (_guard, output) = temp_dir();
    support::build(&folder.join("content"), &output);
    tree(&output)
}

#[test]
fn new_site_builds_without_findings() {
    let (_guard, folder) = temp_dir();
    create(&folder, &["site", "machi"]);
    let site = folder.join("machi");
    assert!(check(&site).contains("no errors, 0 warnings"), "{}", check(&site));
    let pages = build_site(&site);
    let policy = String::from_utf8_lossy(&pages["mihon/policies/1-1.html"]).into_owned();
    assert!(policy.contains("5.3") && policy.contains("<svg"), "the page must show the values and their chart");
}

#[test]
fn refuses_a_site_in_a_folder_that_is_not_empty() {
    let (_guard, folder) = temp_dir();
    write(&folder.join("old/notes.txt"), b"x");
    assert!(refuse(&folder, &["site", "old"], 2).contains("is not empty"));
    std::fs::create_dir(folder.join("empty")).unwrap();
    create(&folder, &["site", "empty"]);
}

/// New site in a temporary folder.
fn site() -> (tempfile::TempDir, std::path::PathBuf) {
    let (guard, folder) = temp_dir();
    create(&folder, &["site", "."]);
    (guard, folder)
}

#[test]
fn new_content_builds_and_names_the_next_steps() {
    let (_guard, folder) = site();
    let strategy = ["--strategy", "aoba/sogo"];
    let before = contents_and_times(&folder);
    for (arguments, page) in [
        (&["strategy", "aoba/sogo", "--title", "青葉\"計画\"", "--publisher", "青葉市"][..], "aoba/sogo/index.html"),
        (&["goal", "--name", "学び"], "aoba/sogo/goals/1.html"),
        (&["policy", "--number", "５－１－１", "--goal", "1"], "aoba/sogo/policies/5-1-1.html"),
        (&["program", "kaigo-yosei", "--name", "介護予防"], "aoba/sogo/programs/kaigo-yosei.html"),
    ] {
        let option = if arguments[0] == "strategy" { &[][..] } else { &strategy };
        let printed = create(&folder, &[arguments, option].concat());
        assert!(printed.contains("next steps:"), "{printed}");
        assert!(build_site(&folder).contains_key(page), "{page}");
    }
    let after = contents_and_times(&folder);
    assert!(before.iter().all(|(path, file)| after.get(path) == Some(file)), "existing files must not change");
    let policy = String::from_utf8_lossy(&after["content/aoba/sogo/policies/5-1-1/policy.md"].0).into_owned();
    assert!(policy.contains("number = \"５－１－１\""), "the number must be kept as printed");
}

#[test]
fn derives_ids_from_numbers_only() {
    let (_guard, folder) = site();
    let printed = create(&folder, &["policy"]);
    assert!(printed.contains("content/mihon/policies/1-2/policy.md"), "{printed}");
    assert!(printed.contains("chose the id `1-2`, the next free number"), "{printed}");
    let printed = create(&folder, &["goal", "--number", "(2)"]);
    assert!(printed.contains("chose the id `2`, derived from the number `(2)`"), "{printed}");
    // Ids of programs are words, which have no successor.
    assert!(refuse(&folder, &["program"], 2).contains("`shirube new program ID`"));
    assert!(refuse(&folder, &["program", "--number", "第2"], 2).contains("cannot derive an id"));
    assert!(refuse(&folder, &["program", "介護予防"], 2).contains("lower-case letters"));
    assert!(refuse(&folder, &["program", "Kaigo"], 2).contains("lower-case letters"));
    assert!(refuse(&folder, &["program", "../out"], 2).contains("lower-case letters"));
    assert!(refuse(&folder, &["strategy", "../out"], 2).contains("lower-case letters"));
    assert!(refuse(&folder, &["policy", "1-1"], 2).contains("the id `1-1` is taken; `1-3` is free"));
    assert!(refuse(&folder, &["policy", "--goal", "9"], 2).contains("no goal `9`"));
    assert!(refuse(&folder, &["strategy", "mihon"], 1).contains("already exists"));
}

#[test]
fn refuses_names_that_cannot_be_published() {
    let (_guard, folder) = site();
    let long = "a".repeat(255);
    for (arguments, reason) in [
        (["program", "con"], "Windows reserves the name `con`"),
        (["policy", "lpt9"], "Windows reserves the name `lpt9`"),
        (["goal", &long], "limited to 255 bytes"),
        (["strategy", "nul"], "Windows reserves the name `nul`"),
        (["strategy", "aoba/aux"], "Windows reserves the name `aux`"),
        (["strategy", &long], "limited to 255 bytes"),
        (["strategy", "assets"], "`assets` is the name of a page or folder of the site"),
        (["strategy", "search/sogo"], "`search` is the name of a page or folder of the site"),
        (["edition", "con"], "Windows reserves the name `con`"),
        (["edition", &long], "limited to 255 bytes"),
    ] {
        let printed = refuse(&folder, &arguments, 2);
        assert!(printed.contains(reason) && printed.contains("choose another"), "{arguments:?}: {printed}");
    }
}

#[test]
fn requires_a_strategy_if_there_are_several() {
    let (_guard, folder) = site();
    std::fs::rename(folder.join("content/mihon"), folder.join("mihon")).unwrap();
    assert!(refuse(&folder, &["policy", "--strategy", "mihon"], 2).contains("the content has no strategy yet"));
    std::fs::rename(folder.join("mihon"), folder.join("content/mihon")).unwrap();
    create(&folder, &["strategy", "aoba"]);
    assert!(refuse(&folder, &["policy"], 2).contains("specify one with --strategy: aoba, mihon"));
    assert!(refuse(&folder, &["policy", "--strategy", "kita"], 2).contains("unknown strategy `kita`"));
    assert!(refuse(&folder, &["edition", "2025"], 2).contains("specify one with --strategy"));
}

/// Reports of the repository, each with the id of its next edition.
const NEXT: [(&str, &str); 5] = [
    ("kitakami", "2020"),
    ("kaminoyama/shinko", "2022"),
    ("hokuto", "2024"),
    ("memuro", "2025"),
    ("ueda", "2018-interim"),
];

#[test]
fn new_edition_of_each_report_is_a_complete_draft() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    copy(&root().join("content"), &content);
    let (before, site) = (contents_and_times(&content), build_site(&folder));
    for (strategy, id) in NEXT {
        create(&folder, &["edition", id, "--strategy", strategy]);
    }

    // Existing files are unchanged, and the draft is not published.
    let after = contents_and_times(&content);
    assert!(before.iter().all(|(path, file)| after.get(path) == Some(file)));
    assert!(check(&folder).contains("values not filled in yet"));
    assert!(build_site(&folder) == site, "a draft must not change any page");

    // Fill in the value in the comment of each cell, and publish.
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
    assert!(!checked.contains("values not filled in yet"));
    assert!(!checked.contains("unused-acknowledgement"), "acknowledgements must remain in use: {checked}");
    let site = build_site(&folder);
    for (path, values) in sheets.iter().filter(|(path, _)| path.ends_with(".md")) {
        let page = support::page(&site[&path.replace(".md", ".html")]);
        let text: String = page.root_element().text().collect();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        for value in values {
            assert!(squeezed(&text).contains(&squeezed(value)), "{path}: {value} is not on the page");
        }
    }
}

/// The file with every empty value replaced by the one in its comment, and without `draft = true`; and those values.
/// Lines without a value in the comment are deleted.
fn filled(text: &str) -> (String, Vec<String>) {
    let (mut filled, mut values) = (String::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with("draft = true")) {
        let Some((key, comment)) = line.split_once(" = \"\"").filter(|_| !line.starts_with('#')) else {
            filled += &format!("{line}\n");
            continue;
        };
        let Some((_, value)) = comment.split_once('"') else { continue };
        let (value, _) = value.split_once('"').unwrap();
        // Text printed instead of a number needs another syntax.
        let is_plain = Value::parse(value, Span::default()).is_some();
        let is_mark = !key.contains('.') || comment.contains('［');
        if is_plain || is_mark {
            filled += &format!("{key} = \"{value}\"\n");
            values.push(value.to_owned());
        }
    }
    (filled, values)
}

#[test]
fn empty_values_of_a_published_edition_are_errors() {
    let (_guard, folder) = site();
    create(&folder, &["edition", "2025"]);
    let declaration = folder.join("content/mihon/editions/2025.toml");
    let text = std::fs::read_to_string(&declaration).unwrap();
    write(&declaration, text.replace("draft = true", "").as_bytes());
    let output = run_build(&folder.join("content"), &folder.join("output"));
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stderr).unwrap();
    assert!(printed.contains("policies/1-1/2025.md:7:13: error[empty-text]"), "{printed}");
}

#[test]
fn ids_keep_their_distance_from_the_year() {
    let (_guard, folder) = site();
    let strategy = folder.join("content/mihon/strategy.toml");
    let text = std::fs::read_to_string(&strategy).unwrap();
    assert!(text.contains("id = \"2024\"") && text.contains("year = \"R6\""), "{text}");
    write(&strategy, text.replace("year = \"R6\"", "year = \"R5\"").as_bytes());
    create(&folder, &["edition", "2025"]);
    let declaration = std::fs::read_to_string(folder.join("content/mihon/editions/2025.toml")).unwrap();
    assert!(declaration.contains("year = \"R6\""), "{declaration}");
}

#[test]
fn cells_are_those_of_the_last_edition_one_year_later() {
    let (_guard, folder) = site();
    create(&folder, &["edition", "2025"]);
    let read = |path: &str| std::fs::read_to_string(folder.join("content/mihon").join(path)).unwrap();
    let declaration = read("editions/2025.toml");
    assert!(declaration.contains("label = \"令和7年度 検証\"") && declaration.contains("year = \"R7\""));
    let sheet = read("policies/1-1/2025.md");
    let cells: Vec<&str> = sheet.lines().filter(|line| line.contains(" = \"\"")).collect();
    let expected = [
        // A series that starts with the baseline gains a year; the target of the plan keeps its year.
        "actual.R4 = \"\"    # \"4.8\"",
        "actual.R5 = \"\"    # \"5.0\"",
        "actual.R6 = \"\"    # \"5.3\"",
        "actual.R7 = \"\"    # R6: \"5.3\"",
        "target.R9 = \"\"    # \"6.0\"",
        "grade = \"\"    # \"B\"　［A・B・C］",
    ];
    assert_eq!(cells, expected);
    assert!(sheet.ends_with("+++\n## 成果と課題\n\n"), "{sheet}");
    // Years of amounts advance by one.
    assert!(read("programs/kaiho/2025.md").contains("budget.R7 = \"\"    # R6: \"1,200\""));
}

#[test]
fn carries_the_values_of_past_years_as_written() {
    let (_guard, folder) = site();
    let last = folder.join("content/mihon/policies/1-1/2024.md");
    let text = std::fs::read_to_string(&last).unwrap();
    let noted = text.replace("actual.R5 = \"5.0\"", "actual.R5 = { value = \"5.0\", note = \"修正\" }");
    assert_ne!(text, noted);
    write(&last, noted.as_bytes());
    create(&folder, &["edition", "2025", "--carry"]);
    let sheet = std::fs::read_to_string(folder.join("content/mihon/policies/1-1/2025.md")).unwrap();
    let cells: Vec<&str> = sheet.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).collect();
    let expected = [
        "actual.R4 = \"4.8\"",
        "actual.R5 = { value = \"5.0\", note = \"修正\" }",
        "actual.R6 = \"5.3\"",
        "actual.R7 = \"\"    # R6: \"5.3\"",
        "target.R9 = \"\"    # \"6.0\"",
        "grade = \"\"    # \"B\"　［A・B・C］",
    ];
    assert_eq!(cells, expected);
    check(&folder);
}

#[test]
fn first_edition_asks_for_everything_that_is_declared() {
    let (_guard, folder) = site();
    create(&folder, &["strategy", "aoba"]);
    create(&folder, &["policy", "1", "--strategy", "aoba"]);
    create(&folder, &["program", "bus", "--strategy", "aoba"]);
    let append = |path: &str, more: &str| {
        let path = folder.join("content/aoba").join(path);
        write(&path, (std::fs::read_to_string(&path).unwrap() + more).as_bytes());
    };
    append(
        "strategy.toml",
        "[[money]]\nid = \"labour\"\ntitle = \"人件費\"\n[[staff]]\nid = \"hours\"\ntitle = \"時間\"\n\
         [[funding]]\nid = \"kuni\"\ntitle = \"国\"\n",
    );
    let policy = "+++\nname = \"施策\"\n[[indicator]]\nid = \"i\"\nname = \"指標\"\nbaseline = \"R2\"\n\
        [[indicator.comparison]]\nid = \"pref\"\nname = \"県平均\"\n+++\n";
    write(&folder.join("content/aoba/policies/1/policy.md"), policy.as_bytes());
    create(&folder, &["edition", "2024", "--strategy", "aoba"]);
    let cells = |path: &str| {
        let text = std::fs::read_to_string(folder.join("content/aoba").join(path)).unwrap();
        let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase() || c == '['));
        lines.map(|line| line.split("    #").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let policy =
        ["[indicator.i]", "actual.R2 = \"\"", "actual.R6 = \"\"", "target.R6 = \"\"", "comparison.pref.R6 = \"\""];
    assert_eq!(cells("policies/1/2024.md"), policy);
    let program = [
        "[money]",
        "budget.R6 = { value = \"\", funding = { kuni = \"\" } }",
        "settlement.R6 = { value = \"\", funding = { kuni = \"\" } }",
        "labour.budget.R6 = \"\"",
        "labour.settlement.R6 = \"\"",
        "[staff]",
        "budget.R6 = \"\"",
        "actual.R6 = \"\"",
        "hours.budget.R6 = \"\"",
        "hours.actual.R6 = \"\"",
    ];
    assert_eq!(cells("programs/bus/2024.md"), program);
    let declaration = std::fs::read_to_string(folder.join("content/aoba/editions/2024.toml")).unwrap();
    assert!(declaration.contains("label = \"令和6年度 評価\""), "{declaration}");
    check(&folder);
}

#[test]
fn edition_asks_for_places_in_surveys_without_results() {
    let (_guard, folder) = site();
    create(&folder, &["strategy", "aoba"]);
    create(&folder, &["policy", "1", "--strategy", "aoba"]);
    let strategy = folder.join("content/aoba/strategy.toml");
    let declare = |id: &str, more: &str| {
        let survey = format!(
            "[[survey]]\nid = \"{id}\"\ntitle = \"調査\"\nx = {{ title = \"満足度\" }}\ny = {{ title = \"重要度\" }}\n{more}"
        );
        write(&strategy, (std::fs::read_to_string(&strategy).unwrap() + &survey).as_bytes());
    };
    let sheet = |edition: &str| {
        create(&folder, &["edition", edition, "--strategy", "aoba"]);
        std::fs::read_to_string(folder.join(format!("content/aoba/policies/1/{edition}.md"))).unwrap()
    };
    declare("r5", "quadrants = [\"重点改善\", \"重点維持\", \"改善\", \"維持\"]\n");
    let first = sheet("2023");
    let asked = "[survey.r5]    # 調査\nx = \"\"    # 満足度\ny = \"\"    # 重要度\n# quadrant = \"\"    # 領域の記載がある場合［重点改善・重点維持・改善・維持］\n";
    assert!(first.contains(asked), "{first}");
    check(&folder);

    write(&folder.join("content/aoba/policies/1/2023.md"), first.replace("x = \"\"", "x = \"3.05\"").as_bytes());
    let without_a_new_survey = sheet("2024");
    assert!(!without_a_new_survey.contains("survey"), "{without_a_new_survey}");
    declare("r7", "");
    let next = sheet("2025");
    assert!(next.contains("[survey.r7]    # 調査\nx = \"\"    # 満足度　\"3.05\"\ny = \"\"    # 重要度\n"), "{next}");
    check(&folder);
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
    let printed = create(&folder, &["edition", "2025"]);
    assert!(!printed.contains("programs/kaiho/2025.md"), "{printed}");
    assert!(printed.contains("no sheets were created for 1 programs without rows in the tables of R7"), "{printed}");
    years("[\"R6\", \"R7\"]");
    assert!(create(&folder, &["edition", "2025"]).contains("programs/kaiho/2025.md"));
}

#[test]
fn ended_programs_get_no_sheet() {
    let (_guard, folder) = site();
    let strategy = folder.join("content/mihon/strategy.toml");
    let scale = "\n[[scale]]\nid = \"direction\"\ntitle = \"方向性\"\nof = [\"program\"]\nmarks = [{ mark = \"終了\", ends = true }]\n";
    write(&strategy, (std::fs::read_to_string(&strategy).unwrap() + scale).as_bytes());
    let sheet = folder.join("content/mihon/programs/kaiho/2024.md");
    let text = std::fs::read_to_string(&sheet).unwrap();
    let (_, body) = text.split_once("+++\n").unwrap();
    let (front_matter, body) = body.split_once("+++\n").unwrap();
    let ended = format!("+++\n{front_matter}\n[judgement]\ndirection = \"終了\"\n+++\n{body}");
    write(&sheet, ended.as_bytes());
    let printed = create(&folder, &["edition", "2025"]);
    assert!(!printed.contains("programs/kaiho/2025.md"), "{printed}");
    assert!(printed.contains("1 goals, policies and programs that a mark with `ends = true` ended"), "{printed}");
}

#[test]
fn adds_missing_sheets_to_a_draft_edition() {
    let (_guard, folder) = site();
    create(&folder, &["edition", "2025", "--year", "R7", "--label", "七年度", "--stage", "interim"]);
    assert!(refuse(&folder, &["edition", "2025"], 2).contains("no sheet is missing"));
    create(&folder, &["program", "bus"]);
    let before = contents_and_times(&folder);
    let printed = create(&folder, &["edition", "2025"]);
    assert!(printed.contains("programs/bus/2025.md") && printed.contains("created 1 file:\n"), "{printed}");
    let after = contents_and_times(&folder);
    assert!(before.iter().all(|(path, file)| after.get(path) == Some(file)));
    check(&folder);
}

#[test]
fn edition_without_cells_names_what_to_declare() {
    let (_guard, folder) = site();
    create(&folder, &["strategy", "aoba"]);
    create(&folder, &["policy", "1", "--strategy", "aoba"]);
    let edition = ["edition", "2025", "--strategy", "aoba"];
    let printed = create(&folder, &edition);
    assert!(printed.contains("nothing is declared yet") && !printed.contains("fill in the values"), "{printed}");
    let declared = folder.join("content/aoba/strategy.toml");
    let text = std::fs::read_to_string(&declared).unwrap() + "[[section]]\nof = [\"policy\"]\ntitle = \"成果\"\n";
    write(&declared, text.as_bytes());
    std::fs::remove_file(folder.join("content/aoba/policies/1/2025.md")).unwrap();
    assert!(!create(&folder, &edition).contains("nothing is declared yet"));
    let sheet = std::fs::read_to_string(folder.join("content/aoba/policies/1/2025.md")).unwrap();
    assert!(sheet.contains("## 成果"), "{sheet}");
}

#[test]
fn refuses_published_editions_and_invalid_ids() {
    let (_guard, folder) = site();
    assert!(refuse(&folder, &["edition", "2024"], 2).contains("already published"));
    assert!(refuse(&folder, &["edition", "policy"], 2).contains("`policy.md` cannot be the file name of a sheet"));
    assert!(refuse(&folder, &["edition", "令和7年度中間"], 2).contains("as in 2024 or 2024-interim"));
    create(&folder, &["edition", "r8"]);
    let declared = std::fs::read_to_string(folder.join("content/mihon/editions/r8.toml")).unwrap();
    assert!(declared.contains("year = \"R8\""), "{declared}");
    for year in ["R7", "令和7年度", "２０２５"] {
        assert!(refuse(&folder, &["edition", year], 2).contains("write `2025` for 令和7年度"), "{year}");
    }
    assert!(refuse(&folder, &["edition", "2025", "--year", "いつか"], 2).contains("--year"));
    write(&folder.join("content/mihon/policies/1-1/2025.md"), b"");
    assert!(refuse(&folder, &["edition", "2025"], 1).contains("the content has errors"));
}
