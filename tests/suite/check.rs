//! `shirube check` on the fixture `lint-free`, on copies of it with one fault each, and on the five reports.
//!
//! `tests/fixtures/lint-free/` is a small, complete strategy: two policies, four programs, one of them repeated, money,
//! marks by a declared method, two editions.

use crate::support;
use crate::support::content::{Change, Files, fixture, load};
use shirube::internals::{
    Analysis, AnalysisOptions, Diagnostic, DiskSource, Drafts, LINTS, Sources, analyze, open_work,
};
use std::collections::BTreeSet;

/// The folder of the strategy in the fixture.
const ROOT: &str = "aoi/plan/";

/// One change to the fixture `lint-free`, and the only expected diagnostic in the form of [`summary`].
struct Fault {
    title: &'static str,
    change: Change,
    expected: &'static str,
}

impl Fault {
    fn files(&self) -> Files {
        let mut files = fixture("lint-free");
        self.change.apply(ROOT, &mut files);
        files
    }
}

/// A diagnostic as `file:line:column rule`, with the path relative to the strategy.
fn summary(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let location = sources.format_location(&diagnostic.location);
    format!("{} {}", location.strip_prefix(ROOT).unwrap_or(&location), diagnostic.rule)
}

fn summaries(loaded: &Analysis) -> Vec<String> {
    loaded.diagnostics.iter().map(|diagnostic| summary(diagnostic, &loaded.sources)).collect()
}

#[test]
fn lint_free_content_has_no_findings() {
    let loaded = load(fixture("lint-free"), Drafts::Shown);
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(loaded.review.acknowledged, []);
    assert_eq!(open_work(&loaded.report, &loaded.review), []);
}

#[test]
fn each_fault_has_exactly_one_diagnostic_at_its_location() {
    let mut wrong = Vec::new();
    for fault in faults() {
        let actual = summaries(&load(fault.files(), Drafts::Shown));
        if actual != [fault.expected] {
            wrong.push(format!(
                "{}\n  expected {}\n  found    {}",
                fault.title,
                fault.expected,
                actual.join("\n           ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_lint_has_a_case() {
    let covered: BTreeSet<&str> = lint_faults().iter().filter_map(|fault| fault.expected.split(' ').nth(1)).collect();
    // `unwritten` applies to drafts only, and the fixture contains none.
    let rules: BTreeSet<&str> = LINTS.iter().map(|lint| lint.rule.code()).filter(|rule| *rule != "unwritten").collect();
    assert_eq!(covered, rules);
}

#[test]
fn each_finding_can_be_acknowledged() {
    for fault in lint_faults() {
        let (location, rule) = fault.expected.split_once(' ').unwrap();
        if rule == "unknown-rule" || rule == "unused-acknowledgement" {
            continue;
        }
        let mut files = fault.files();
        let path = format!("{ROOT}{}", location.split(':').next().unwrap());
        let text = String::from_utf8(files[&path].clone()).unwrap();
        files.insert(path, with_acknowledgement(&text, rule).into_bytes());
        let loaded = load(files, Drafts::Shown);
        assert_eq!(summaries(&loaded), [""; 0], "{}", fault.title);
        let [(finding, reason)] = loaded.review.acknowledged.as_slice() else {
            panic!("{}: expected exactly one acknowledged finding", fault.title)
        };
        assert_eq!((finding.diagnostic.rule.code(), reason.as_str()), (rule, "資料のとおり"), "{}", fault.title);
    }
}

/// Adds an acknowledgement of `rule` at the end of the TOML of a file.
fn with_acknowledgement(text: &str, rule: &str) -> String {
    let block = format!("\n[[acknowledge]]\nrule = \"{rule}\"\nreason = \"資料のとおり\"\n");
    match text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")) {
        Some((toml, body)) => format!("+++\n{toml}\n{block}+++\n{body}"),
        None if text.starts_with("## ") => format!("+++\n{block}+++\n{text}"),
        None => format!("{text}{block}"),
    }
}

/// The findings are caused by the printed documents, not by the transcription.
#[test]
fn the_five_reports_have_only_acknowledged_findings() {
    let loaded = analyze(&DiskSource::new(&support::root().join("content")), &[], &AnalysisOptions::default()).unwrap();
    assert_eq!(summaries(&loaded), [""; 0]);
    let acknowledged = loaded.review.acknowledged.iter();
    let actual: BTreeSet<String> = acknowledged
        .map(|(finding, _)| {
            let summary = summary(&finding.diagnostic, &loaded.sources);
            format!("{} {} {}", summary.split(':').next().unwrap_or_default(), finding.diagnostic.rule, finding.about)
        })
        .collect();
    let expected = [
        "hokuto/programs/chiiki-kyodo/2023@35-2.md repeat-figures 事業実績",
        "hokuto/programs/chonai-kaikan/2023.md part-sum money.settlement.R5",
        "hokuto/programs/community-shisetsu/2023.md missing-mark judgement.funding.R6",
        "hokuto/strategy.toml missing-document-url edition.2023.document.url",
        "hokuto/strategy.toml missing-license license",
        "hokuto/strategy.toml missing-publication-date edition.2023.document.published",
        "kaminoyama/shinko/policies/5-3-2/policy.md bare-policy program",
        "kaminoyama/shinko/programs/somu-ippan-kanri/2021.md missing-reason indicator.shingikai.actual.R3",
        "kaminoyama/shinko/strategy.toml missing-document-url edition.2021.document.url",
        "kaminoyama/shinko/strategy.toml missing-license license",
        "kaminoyama/shinko/strategy.toml missing-publication-date edition.2021.document.published",
        "kaminoyama/sosei/strategy.toml number-and-name goal.hataraite.number",
        "kitakami/policies/4/2019.md easy-target indicator.sumitsuzuketai.target.end",
        "kitakami/strategy.toml missing-document-url edition.2019.document.url",
        "kitakami/strategy.toml missing-license license",
        "kitakami/strategy.toml missing-publication-date edition.2019.document.published",
        "memuro/strategy.toml missing-document-url edition.progress.document.url",
        "memuro/strategy.toml missing-license license",
        "memuro/strategy.toml missing-publication-date edition.progress.document.published",
        "ueda/strategy.toml missing-document-url edition.2017-interim.document.url",
        "ueda/strategy.toml missing-license license",
        "ueda/strategy.toml missing-publication-date edition.2017-interim.document.published",
    ];
    assert_eq!(actual.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn counts_findings_by_rule_and_department() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = fixture("lint-free");
    files.remove("aoi/plan/policies/kosodate/2024.md").unwrap();
    let sheet = "aoi/plan/programs/akiya/2023.md";
    let text = String::from_utf8(files[sheet].clone()).unwrap();
    files.insert(sheet.to_owned(), text.replace("\"2,800\"", "\"2,900\"").into_bytes());
    support::write_tree(&files, folder.path());
    let done = support::shirube(&["check", "--format", "github"]).arg("--content").arg(folder.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let stdout = String::from_utf8(done.stdout).unwrap();
    let stdout = stdout.replace(&folder.path().display().to_string().replace('\\', "/"), "content");
    snapbox::assert_data_eq!(
        stdout,
        snapbox::str![[r#"
::warning file=content/aoi/plan/policies/kosodate/policy.md,line=3,endLine=3,col=8,endColumn=16,title=missing-sheet::`子育ての支援` has no sheet (2024.md) in the edition `令和6年度 検証シート`; 1 of 2 nodes of its level have one (likely)%0Aadd the sheet; if the program did not exist in that year, add `years` to its row
::warning file=content/aoi/plan/programs/akiya/2023.md,line=4,endLine=4,col=17,endColumn=116,title=part-sum::the parts (2) add up to 3,400, not to `3,300` (a difference of 100) (certain)%0Acompare the value and its parts with the source
0 errors, 2 warnings
part-sum 1: parts that do not add up to their whole
missing-sheet 1: a sheet that is missing according to its level, adjacent editions or a total
if the printed document really says this, acknowledge the finding in its file: `[[acknowledge]]` with `rule` and `reason`
藍町総合戦略, こども課: 1 finding, 0 missing sheets
藍町総合戦略, 企画課: 1 finding, 0 missing sheets
checked 25 files and 33 pages: no errors, 2 warnings

"#]]
    );
}

/// A copy of the fixture `lint-free` with findings for both departments.
fn with_findings() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut files = fixture("lint-free");
    let changes = [
        Change::Edit { file: AKIYA_2023, from: "\"2,800\"", to: "\"2,900\"" },
        Change::Edit { file: KOSODATE_2024, from: "target.R7 = 2", to: "target.R7 = 4" },
    ];
    changes.into_iter().for_each(|change| change.apply(ROOT, &mut files));
    support::write_tree(&files, folder.path());
    folder
}

fn check(arguments: &[&str], content: &std::path::Path) -> std::process::Output {
    support::shirube(&[&["check"], arguments].concat()).arg("--content").arg(content).output().unwrap()
}

#[test]
fn findings_have_a_confidence_and_a_department_in_json() {
    let content = with_findings();
    let done = check(&["--format", "json"], content.path());
    assert!(done.status.success());
    let stdout = String::from_utf8(done.stdout).unwrap();
    let found: Vec<[String; 4]> = stdout
        .lines()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            ["rule", "confidence", "strategy", "department"].map(|key| record[key].as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(
        found,
        [
            ["unraised-target", "possible", "aoi/plan", "こども課"].map(str::to_owned),
            ["part-sum", "certain", "aoi/plan", "企画課"].map(str::to_owned),
        ]
    );
}

#[test]
fn only_findings_of_the_level_remain_and_decide_the_exit_code() {
    let content = with_findings();
    let rules = |only: &str| {
        let done = check(&["--format", "json", "--only", only], content.path());
        let stdout = String::from_utf8(done.stdout).unwrap();
        (done.status.code(), ["part-sum", "unraised-target"].map(|rule| stdout.contains(rule)))
    };
    assert_eq!(rules("possible"), (Some(1), [true, true]));
    assert_eq!(rules("certain"), (Some(1), [true, false]));
    let clean = tempfile::tempdir().unwrap();
    support::write_tree(&fixture("lint-free"), clean.path());
    assert_eq!(check(&["--only", "certain"], clean.path()).status.code(), Some(0));
    assert_eq!(check(&["--only", "sure"], clean.path()).status.code(), Some(2));
}

#[test]
fn writes_a_list_for_each_department() {
    let (content, folder) = (with_findings(), tempfile::tempdir().unwrap());
    let lists = folder.path().join("lists");
    let arguments = ["--by-department", lists.to_str().unwrap()];
    assert!(check(&arguments, content.path()).status.success());
    let list = lists.join("aoi-plan_企画課.md");
    snapbox::assert_data_eq!(
        std::fs::read_to_string(&list).unwrap(),
        snapbox::str![[r#"
<!-- shirube check --by-department -->

# Findings for 企画課

Please compare these findings (1) in 藍町総合戦略 with the source. If the source really says so, please tell us.

- [ ] **aoi/plan/programs/akiya/2023.md:4** (certain) the parts (2) add up to 3,400, not to `3,300` (a difference of 100)  
  compare the value and its parts with the source

"#]]
    );
    assert!(lists.join("aoi-plan_こども課.md").is_file());

    // Lists without findings are removed, files of others kept.
    std::fs::write(lists.join("notes.md"), "own").unwrap();
    let only_certain = [&arguments[..], &["--only", "certain"]].concat();
    assert_eq!(check(&only_certain, content.path()).status.code(), Some(1));
    assert!(list.is_file() && lists.join("notes.md").is_file());
    assert!(!lists.join("aoi-plan_こども課.md").exists());

    // A file that the program did not write is never replaced.
    std::fs::write(&list, "own").unwrap();
    assert_eq!(check(&arguments, content.path()).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&list).unwrap(), "own");
}

/// The last lines of `shirube check` for the fixture `lint-free` with the editions `drafts` as drafts.
fn last_lines(drafts: &[&str], language: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut files = fixture("lint-free");
    for id in drafts {
        let path = "aoi/plan/strategy.toml";
        let (text, declared) = (String::from_utf8(files[path].clone()).unwrap(), format!("id = \"{id}\""));
        assert!(text.contains(&declared));
        files.insert(path.to_owned(), text.replace(&declared, &format!("{declared}\ndraft = true")).into_bytes());
    }
    support::write_tree(&files, folder.path());
    let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_shirube"));
    let done = check.args(["check", "--lang", language, "--content"]).arg(folder.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let stdout = String::from_utf8(done.stdout).unwrap();
    assert!(!stdout.contains("公開できます") && !stdout.contains("ready to publish"), "{stdout}");
    let start =
        stdout.find(if language == "ja" { "26ファイル" } else { "checked 26" }).unwrap_or_else(|| panic!("{stdout}"));
    stdout[start..].to_owned()
}

#[test]
fn reports_checked_files_and_unpublished_drafts() {
    snapbox::assert_data_eq!(
        last_lines(&[], "ja"),
        snapbox::str![[r#"
26ファイル、34ページを点検しました。エラーはありません（警告0件）

"#]]
    );
    snapbox::assert_data_eq!(
        last_lines(&["2024"], "ja"),
        snapbox::str![[r#"
26ファイル、26ページを点検しました。エラーはありません（警告0件）
藍町総合戦略: 次の版は下書きのため、公開されません: 「令和6年度 検証シート」 (2024)

"#]]
    );
    snapbox::assert_data_eq!(
        last_lines(&["2023", "2024"], "ja"),
        snapbox::str![[r#"
26ファイル、17ページを点検しました。エラーはありません（警告0件）
藍町総合戦略: 次の版はすべて下書きのため、公開される版はありません: 「令和5年度 検証シート」 (2023)、「令和6年度 検証シート」 (2024)

"#]]
    );
    snapbox::assert_data_eq!(
        last_lines(&["2024"], "en"),
        snapbox::str![[r#"
checked 26 files and 26 pages: no errors, 0 warnings
藍町総合戦略: drafts that will not be published: `令和6年度 検証シート` (2024)

"#]]
    );
    snapbox::assert_data_eq!(
        last_lines(&["2023", "2024"], "en"),
        snapbox::str![[r#"
checked 26 files and 17 pages: no errors, 0 warnings
藍町総合戦略: all editions are drafts and will not be published: `令和5年度 検証シート` (2023), `令和6年度 検証シート` (2024)

"#]]
    );
}

#[test]
fn lists_acknowledged_findings_with_reasons_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = fixture("lint-free");
    let sheet = "aoi/plan/programs/akiya/2023.md";
    let text = String::from_utf8(files[sheet].clone()).unwrap().replace("\"2,800\"", "\"2,900\"");
    files.insert(sheet.to_owned(), with_acknowledgement(&text, "part-sum").into_bytes());
    support::write_tree(&files, folder.path());
    let run = |arguments: &[&str]| {
        let done = support::shirube(arguments).arg("--content").arg(folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let output = String::from_utf8([done.stderr, done.stdout].concat()).unwrap();
        output.replace(&folder.path().display().to_string().replace('\\', "/"), "content")
    };
    let reason = "(reason: 資料のとおり)";
    let listed = run(&["check", "--acknowledged", "--format", "short"]);
    let expected =
        "content/aoi/plan/programs/akiya/2023.md:4:17: acknowledged[part-sum]: the parts (2) add up to 3,400";
    assert!(listed.starts_with(expected) && listed.contains(reason), "{listed}");
    assert!(listed.contains("\n1 finding acknowledged with a reason"), "{listed}");
    let unlisted = run(&["check", "--format", "short"]);
    assert!(!unlisted.contains(reason) && unlisted.contains("1 finding acknowledged with a reason"), "{unlisted}");
    let json: serde_json::Value = serde_json::from_str(&run(&["check", "--acknowledged", "--format", "json"])).unwrap();
    assert_eq!(
        (&json["severity"], &json["line"], &json["reason"]),
        (&"acknowledged".into(), &4.into(), &"資料のとおり".into())
    );
}

const STRATEGY: &str = "strategy.toml";
const IJU: &str = "policies/iju/policy.md";
const IJU_2023: &str = "policies/iju/2023.md";
const IJU_2024: &str = "policies/iju/2024.md";
const KOSODATE: &str = "policies/kosodate/policy.md";
const KOSODATE_2023: &str = "policies/kosodate/2023.md";
const KOSODATE_2024: &str = "policies/kosodate/2024.md";
const KANKYO: &str = "policies/kankyo/policy.md";
const HOIKU: &str = "programs/hoiku/program.md";
const HOIKU_2024: &str = "programs/hoiku/2024.md";
const AKIYA: &str = "programs/akiya/program.md";
const AKIYA_2023: &str = "programs/akiya/2023.md";
const AKIYA_2024: &str = "programs/akiya/2024.md";
const AKIYA_AT_KOSODATE: &str = "programs/akiya/2023@kosodate.md";
const MADOGUCHI_2023: &str = "programs/madoguchi/2023.md";
const MADOGUCHI_2024: &str = "programs/madoguchi/2024.md";
const HOIKU_2023: &str = "programs/hoiku/2023.md";
const YUIEN: &str = "programs/yuien/program.md";
const YUIEN_2023: &str = "programs/yuien/2023.md";
const KURABU_2024: &str = "programs/kurabu/2024.md";
const YUIEN_2024: &str = "programs/yuien/2024.md";

fn edit(
    title: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    expected: &'static str,
) -> Fault {
    Fault { title, change: Change::Edit { file, from, to }, expected }
}

fn edits(
    title: &'static str,
    edits: &'static [(&'static str, &'static str, &'static str)],
    expected: &'static str,
) -> Fault {
    Fault { title, change: Change::Edits(edits), expected }
}

fn write(title: &'static str, file: &'static str, text: &'static str, expected: &'static str) -> Fault {
    Fault { title, change: Change::Write { file, bytes: text.as_bytes() }, expected }
}

fn large_svg() -> &'static str {
    let path = "M0 0".repeat(130_000);
    Box::leak(format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"{path}\"/></svg>\n").into_boxed_str())
}

fn remove(title: &'static str, file: &'static str, expected: &'static str) -> Fault {
    Fault { title, change: Change::Remove { file }, expected }
}

fn faults() -> Vec<Fault> {
    error_faults().into_iter().chain(lint_faults()).collect()
}

/// Faults that are errors; the module `mistakes` has a case for each of their rules.
fn error_faults() -> Vec<Fault> {
    vec![
        edit("a misspelt key", STRATEGY, "publisher = ", "publishr = ", "strategy.toml:2:1 unknown-key"),
        edit(
            "an unknown mark",
            AKIYA_2023,
            r#"funding.R5 = "補助事業""#,
            r#"funding.R5 = "補助金""#,
            "programs/akiya/2023.md:12:14 unknown-mark",
        ),
        edit(
            "a number spelled out in kanji",
            IJU_2023,
            "actual.R5 = 27",
            r#"actual.R5 = "二十七""#,
            "policies/iju/2023.md:5:13 not-a-value",
        ),
        edit(
            "an undeclared indicator",
            KOSODATE_2023,
            "[indicator.sankasha]",
            "[indicator.sankasya]",
            "policies/kosodate/2023.md:9:12 unknown-indicator",
        ),
        edit("an undeclared heading", AKIYA_2024, "## 実績", "## 実積", "programs/akiya/2024.md:16:4 unknown-heading"),
        edit(
            "one year written in two ways",
            IJU_2024,
            "target.R7 = 38",
            "target.R7 = 38\ntarget.2025 = 38",
            "policies/iju/2024.md:6:8 same-year-twice",
        ),
        edit(
            "an invalid year",
            KOSODATE_2024,
            "target.R7 = 2",
            "target.R100 = 2",
            "policies/kosodate/2024.md:5:8 not-a-year",
        ),
        edit(
            "a row of an unknown program",
            IJU,
            r#"id = "madoguchi""#,
            r#"id = "madoguti""#,
            "policies/iju/policy.md:26:6 unresolved-link",
        ),
        edit(
            "a missing quotation mark",
            KOSODATE,
            r#"name = "子育ての支援""#,
            r#"name = "子育ての支援"#,
            "policies/kosodate/policy.md:3:15 toml-syntax",
        ),
        edit(
            "a duplicate indicator",
            KOSODATE,
            r#"id = "sankasha""#,
            r#"id = "taiki""#,
            "policies/kosodate/policy.md:15:6 duplicate-id",
        ),
        edit(
            "an unknown goal",
            IJU,
            r#"goal = "machi""#,
            r#"goal = "mati""#,
            "policies/iju/policy.md:4:8 unresolved-link",
        ),
        edit(
            "a second home",
            KOSODATE,
            "repeat = true",
            "repeat = false",
            "policies/kosodate/policy.md:30:6 two-homes",
        ),
        edit(
            "an unresolved link",
            IJU_2024,
            "住まいの登録",
            "[住まい](program:sumai)の登録",
            "policies/iju/2024.md:20:1 unresolved-link",
        ),
        edit(
            "an undeclared method",
            IJU,
            r#"baseline = "R3""#,
            "baseline = \"R3\"\nmethod = \"raito\"",
            "policies/iju/policy.md:13:10 unknown-method",
        ),
        remove("a folder without a node file", IJU, "policies/iju/2023.md:1:1 no-node-file"),
    ]
}

/// Faults that lints find in content without errors.
fn lint_faults() -> Vec<Fault> {
    vec![
        write(
            "a long sentence in easy Japanese",
            "policies/iju/policy.easy.md",
            "## まち\nあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ。\n",
            "policies/iju/policy.easy.md:2:1 easy-text-sentence",
        ),
        write(
            "kanji without a reading in easy Japanese",
            "goals/machi/goal.easy.md",
            "## まち\nこの{町|まち}の 人が ふえます。\n",
            "goals/machi/goal.easy.md:2:11 easy-text-reading",
        ),
        write(
            "a figure that only the text in easy Japanese has",
            "strategy.easy.md",
            "## まち\nもう98,765{人|にん}が います。\n",
            "strategy.easy.md:2:3 easy-text-figure",
        ),
        edit(
            "a mistyped total",
            IJU_2023,
            r#"settlement.R5 = "4,300""#,
            r#"settlement.R5 = "4,200""#,
            "policies/iju/2023.md:18:17 total-sum",
        ),
        edit(
            "a mistyped budget total",
            KOSODATE_2024,
            r#"budget.R7 = "22,200""#,
            r#"budget.R7 = "22,020""#,
            "policies/kosodate/2024.md:16:13 total-sum",
        ),
        edit(
            "a mistyped amount of a row",
            MADOGUCHI_2023,
            r#"settlement.R5 = "1,000""#,
            r#"settlement.R5 = "1,100""#,
            "policies/iju/2023.md:18:17 total-sum",
        ),
        edit(
            "a mistyped part",
            AKIYA_2023,
            r#"value = "2,800""#,
            r#"value = "2,900""#,
            "programs/akiya/2023.md:4:17 part-sum",
        ),
        edit(
            "a missing part",
            AKIYA_2023,
            r#", { name = "家財の片付け", value = 500 }"#,
            "",
            "programs/akiya/2023.md:4:17 part-sum",
        ),
        edit(
            "a budget that its sources do not add up to",
            AKIYA_2023,
            r#"budget.R5 = "3,500""#,
            r#"budget.R5 = { value = "3,500", funding = { kuni = "1,750", ippan = "1,570" } }"#,
            "programs/akiya/2023.md:3:13 money-sum",
        ),
        edits(
            "sub-items that do not add up",
            &[
                (
                    AKIYA,
                    "06企画費\"\n",
                    "06企画費\"\n[[item]]\nid = \"a\"\nname = \"改修\"\n[[item]]\nid = \"b\"\nname = \"片付け\"\n",
                ),
                (
                    AKIYA_2024,
                    "[judgement]\n",
                    "[item.a.money]\nbudget.R6 = 3000\nsettlement.R6 = 3000\nbudget.R7 = 3000\n\
                     [item.b.money]\nbudget.R6 = 1000\nsettlement.R6 = 900\nbudget.R7 = 1200\n[judgement]\n",
                ),
            ],
            "programs/akiya/2024.md:5:13 item-sum",
        ),
        edit(
            "a settlement above its budget",
            AKIYA_2024,
            r#"budget.R6 = "4,000""#,
            r#"budget.R6 = "3,000""#,
            "programs/akiya/2024.md:4:17 settlement-budget",
        ),
        edits(
            "carry-over of another year",
            &[
                (
                    STRATEGY,
                    "[[funding]]\nid = \"kuni\"",
                    "[[phase]]\nid = \"in\"\ntitle = \"前年度から繰越\"\nlike = \"budget\"\n\
                     [[phase]]\nid = \"out\"\ntitle = \"翌年度へ繰越\"\nlike = \"budget\"\n[[funding]]\nid = \"kuni\"",
                ),
                (
                    AKIYA_2024,
                    "budget.R7 = \"4,100\"\n",
                    "budget.R7 = \"4,100\"\nout.R2 = 10\nout.R3 = 20\nout.R4 = 30\nout.R5 = 40\n\
                     in.R3 = 10\nin.R4 = 20\nin.R5 = 30\nin.R6 = 30\n",
                ),
            ],
            "programs/akiya/2024.md:13:9 carry-over",
        ),
        edits(
            "an execution rate of other amounts",
            &[
                (
                    STRATEGY,
                    "[[funding]]\nid = \"kuni\"",
                    "[[money]]\nid = \"rate\"\ntitle = \"執行率\"\nunit = \"%\"\nadditive = false\n[[funding]]\nid = \"kuni\"",
                ),
                (
                    AKIYA_2024,
                    "budget.R7 = \"4,100\"\n",
                    "budget.R7 = \"4,100\"\nbudget.R2 = 4000\nsettlement.R2 = 3600\nbudget.R3 = 4000\nsettlement.R3 = 3700\n\
                     budget.R4 = 4000\nsettlement.R4 = 3800\n[money.rate]\nsettlement.R2 = 80.0\nsettlement.R3 = 92.5\n\
                     settlement.R4 = 95.0\nsettlement.R6 = 97.5\n",
                ),
            ],
            "programs/akiya/2024.md:13:17 execution-rate",
        ),
        edit(
            "a lost zero",
            KOSODATE_2023,
            r#"actual.R4 = "1,150""#,
            r#"actual.R4 = 115"#,
            "policies/kosodate/2023.md:10:13 far-off-value",
        ),
        edit(
            "a minus sign",
            KOSODATE_2024,
            "target.R7 = 2\n",
            "target.R7 = -2\n",
            "policies/kosodate/2024.md:5:13 negative-value",
        ),
        edit(
            "a share above 100%",
            IJU_2024,
            r#"target.end = "85%以上""#,
            r#"target.end = { value = "105%以上", note = "見直し" }"#,
            "policies/iju/2024.md:12:14 share-range",
        ),
        edit(
            "a rank of zero",
            IJU_2024,
            "target.R7 = 38\n",
            "target.R7 = 38\nrank.R6 = 0\n",
            "policies/iju/2024.md:6:11 rank-range",
        ),
        edits(
            "a share outside those of men and women",
            &[
                (
                    IJU,
                    "interval = 2\n",
                    "interval = 2\n[[indicator.breakdown]]\nid = \"men\"\nname = \"男性\"\n\
                     [[indicator.breakdown]]\nid = \"women\"\nname = \"女性\"\n",
                ),
                (
                    IJU_2024,
                    "actual.R6 = \"82.0%\"\n",
                    "actual.R6 = \"82.0%\"\nbreakdown.men.R6 = \"70.0%\"\nbreakdown.women.R6 = \"75.0%\"\n",
                ),
            ],
            "policies/iju/2024.md:10:13 whole-and-groups",
        ),
        edit(
            "a rank of a later year",
            IJU_2024,
            "target.R7 = 38\n",
            "target.R7 = 38\nrank.R8 = 3\n",
            "policies/iju/2024.md:6:11 impossible-year",
        ),
        edit(
            "the year of another edition in a label",
            STRATEGY,
            "令和6年度 検証シート",
            "令和7年度 検証シート",
            "strategy.toml:15:8 edition-date",
        ),
        edit(
            "a day that does not exist",
            AKIYA_2024,
            "空き家14件を改修した。",
            "4月31日に空き家14件を改修した。",
            "programs/akiya/2024.md:17:1 impossible-date",
        ),
        edit(
            "one value in all years",
            KOSODATE_2023,
            "actual.R4 = \"1,150\"\n",
            "actual.H30 = \"1,150\"\nactual.R1 = \"1,150\"\nactual.R2 = \"1,150\"\nactual.R3 = \"1,150\"\nactual.R4 = \"1,150\"\n",
            "policies/kosodate/2023.md:11:13 repeated-value",
        ),
        edits(
            "the figures of another indicator",
            &[
                (
                    KOSODATE_2023,
                    "actual.R4 = \"1,150\"\nactual.R5 = \"1,200\"\ntarget.R5 = \"1,200\"\n",
                    "actual.R4 = 24\nactual.R5 = 27\ntarget.R5 = 27\n",
                ),
                (
                    KOSODATE_2024,
                    "actual.R6 = \"1,250\"\ntarget.R6 = \"1,250\"\ntarget.R7 = \"1,300\"\n",
                    "actual.R6 = 35\ntarget.R6 = 35\ntarget.R7 = 38\n",
                ),
            ],
            "policies/kosodate/2024.md:9:13 copied-figures",
        ),
        edit(
            "the name of another program",
            YUIEN,
            "子育てひろば事業",
            "保育所運営事業",
            "programs/yuien/program.md:2:8 same-name",
        ),
        edit(
            "a year left out of a yearly series",
            KOSODATE_2023,
            "actual.R3 = 12\nactual.R4 = 9\nactual.R5 = 5\n",
            "actual.R1 = 15\nactual.R2 = 13\nactual.R3 = 12\nactual.R5 = 5\n",
            "policies/kosodate/2023.md:5:13 missing-cell",
        ),
        edits(
            "an amount of staff that all other programs have",
            &[
                (MADOGUCHI_2024, "[judgement]\n", "[staff]\nbudget.R6 = 1\nactual.R6 = 1\n[judgement]\n"),
                (HOIKU_2024, "[judgement]\n", "[staff]\nbudget.R6 = 1\nactual.R6 = 1\n[judgement]\n"),
                (KURABU_2024, "[judgement]\n", "[staff]\nbudget.R6 = 1\nactual.R6 = 1\n[judgement]\n"),
                (YUIEN_2024, "[judgement]\n", "[staff]\nbudget.R6 = 1\n[judgement]\n"),
            ],
            "programs/yuien/2024.md:7:13 missing-amount",
        ),
        edit(
            "a value in another unit of thousands",
            KOSODATE_2023,
            r#"actual.R4 = "1,150""#,
            r#"actual.R4 = "1,150,000""#,
            "policies/kosodate/2023.md:10:13 far-off-value",
        ),
        edit(
            "working hours instead of persons",
            AKIYA_2024,
            "budget.R6 = 0.5",
            "budget.R6 = 50",
            "programs/akiya/2024.md:8:13 far-off-value",
        ),
        edit(
            "points above the maximum",
            AKIYA_2024,
            "direction = \"拡充\"\n",
            "direction = \"拡充\"\nneed = 21\n",
            "programs/akiya/2024.md:15:8 points-sum",
        ),
        edit(
            "the unit of another indicator",
            IJU_2023,
            r#"actual.R4 = "80.5%""#,
            r#"actual.R4 = "80.5人""#,
            "policies/iju/2023.md:11:13 unit-differs",
        ),
        edit(
            "a repeat with another figure",
            AKIYA_AT_KOSODATE,
            "2件",
            "3件",
            "programs/akiya/2023@kosodate.md:2:15 repeat-figures",
        ),
        edit(
            "a target below the baseline",
            IJU_2024,
            r#"target.end = "85%以上""#,
            r#"target.end = { value = "75%以上", note = "見直し後の目標" }"#,
            "policies/iju/2024.md:12:14 easy-target",
        ),
        edit(
            "a target above the baseline where lower is better",
            KOSODATE_2023,
            "target.R5 = 6",
            "target.R5 = 15",
            "policies/kosodate/2023.md:6:13 easy-target",
        ),
        edit(
            "a target that was reached and not raised",
            KOSODATE_2024,
            "target.R7 = 2",
            "target.R7 = 4",
            "policies/kosodate/2024.md:5:13 unraised-target",
        ),
        edit(
            "a missing value of the year",
            IJU_2024,
            "actual.R6 = 35\n",
            "",
            "policies/iju/2024.md:3:13 missing-value",
        ),
        edit(
            "a value of the year marked as missing",
            KOSODATE_2024,
            r#"actual.R6 = "1,250""#,
            r#"actual.R6 = "-""#,
            "policies/kosodate/2024.md:9:13 missing-value",
        ),
        edit(
            "a missing indicator",
            IJU_2024,
            "[indicator.manzoku]\nactual.R6 = \"82.0%\"\ntarget.R6 = \"82.0%\"\ntarget.end = \"85%以上\"\ngrade = \"A\"\n\n",
            "",
            "policies/iju/2024.md:1:1 missing-value",
        ),
        edit(
            "a value kept beyond the next survey",
            IJU_2024,
            r#"actual.R6 = "82.0%""#,
            r#"actual.R6 = "82.0% (R4)""#,
            "policies/iju/2024.md:10:13 stale-value",
        ),
        edit(
            "a baseline in a year without a value",
            IJU,
            r#"baseline = "R3""#,
            r#"baseline = "R2""#,
            "policies/iju/policy.md:7:1 baseline-without-value",
        ),
        edit(
            "a mark better than its figures",
            IJU_2023,
            r#"grade = "B""#,
            r#"grade = "A""#,
            "policies/iju/2023.md:8:9 mark-method",
        ),
        edit(
            "a mark worse than its figures",
            KOSODATE_2024,
            r#"grade = "A""#,
            r#"grade = "B""#,
            "policies/kosodate/2024.md:12:9 mark-method",
        ),
        edit(
            "a rate that differs from its figures",
            IJU_2024,
            "target.R6 = 35\n",
            "target.R6 = 35\nrate.R6 = \"76.7%\"\n",
            "policies/iju/2024.md:5:11 rate-method",
        ),
        edit(
            "a scale with the name of a series",
            "strategy.toml",
            "[[scale]]\nid = \"funding\"",
            "[[scale]]\nid = \"forecast\"\ntitle = \"見通し\"\nof = [\"indicator\"]\nmarks = [{ mark = \"明るい\" }]\n\n[[scale]]\nid = \"funding\"",
            "strategy.toml:31:1 hidden-series",
        ),
        edit(
            "a missing section",
            IJU_2024,
            "## 現状と課題\n住まいの登録が進んだ。\n",
            "",
            "policies/iju/2024.md:1:1 missing-section",
        ),
        edit(
            "an empty section",
            YUIEN_2024,
            "ひろばを50回開いた。\n",
            "",
            "programs/yuien/2024.md:11:6 missing-section",
        ),
        edit(
            "a missing reason for an unmet target",
            IJU_2023,
            "\n## 理由\n空き家の改修が遅れ、移住者数が目標に届かなかった。\n",
            "",
            "policies/iju/2023.md:5:13 missing-reason",
        ),
        edit(
            "an empty reason",
            IJU_2023,
            "空き家の改修が遅れ、移住者数が目標に届かなかった。\n",
            "",
            "policies/iju/2023.md:24:6 missing-reason",
        ),
        remove("a missing sheet below a total", YUIEN_2023, "policies/kosodate/policy.md:24:6 missing-sheet"),
        edit(
            "a missing required field",
            STRATEGY,
            "[[scale]]\nid = \"grade\"",
            "[[field]]\nid = \"means\"\ntitle = \"実施方法\"\nof = [\"goal\"]\nrequired = \"always\"\n\n[[scale]]\nid = \"grade\"",
            "goals/machi/goal.md:3:8 missing-field",
        ),
        edit(
            "a missing mark of a row with money",
            YUIEN_2024,
            "funding.R7 = \"単独事業\"\n",
            "",
            "programs/yuien/2024.md:7:14 missing-mark",
        ),
        edit(
            "a missing direction",
            HOIKU_2023,
            "direction = \"継続\"\n",
            "",
            "programs/hoiku/2023.md:8:14 missing-mark",
        ),
        edit(
            "a missing grade",
            KOSODATE_2024,
            "target.R7 = \"1,300\"\ngrade = \"A\"",
            r#"target.R7 = "1,300""#,
            "policies/kosodate/2024.md:11:13 missing-mark",
        ),
        edit(
            "money after completion",
            MADOGUCHI_2024,
            r#"direction = "継続""#,
            r#"direction = "完了""#,
            "programs/madoguchi/2024.md:4:13 money-after-end",
        ),
        write(
            "a policy without programs",
            KANKYO,
            "+++\nnumber = \"1-3\"\nname = \"環境の保全\"\ngoal = \"machi\"\n\n[[indicator]]\nid = \"gomi\"\nname = \"ごみの量\"\n+++\n",
            "policies/kankyo/policy.md:3:8 bare-policy",
        ),
        write(
            "a policy without indicators",
            KANKYO,
            "+++\nnumber = \"1-3\"\nname = \"環境の保全\"\ngoal = \"machi\"\n\n[[program]]\nid = \"yuien\"\nrepeat = true\n+++\n",
            "policies/kankyo/policy.md:3:8 bare-policy",
        ),
        edit(
            "a duplicate number",
            KOSODATE,
            r#"number = "1-2""#,
            r#"number = "1-1""#,
            "policies/kosodate/policy.md:2:10 number-and-name",
        ),
        edit(
            "a number that breaks a sequence",
            STRATEGY,
            "[[scale]]\nid = \"grade\"",
            concat!(
                "[[goal]]\nid = \"a\"\nnumber = \"①\"\nname = \"甲\"\nparent = \"machi\"\n",
                "[[goal]]\nid = \"b\"\nnumber = \"②\"\nname = \"乙\"\nparent = \"machi\"\n",
                "[[goal]]\nid = \"c\"\nnumber = \"⑧\"\nname = \"丙\"\nparent = \"machi\"\n",
                "[[goal]]\nid = \"d\"\nnumber = \"④\"\nname = \"丁\"\nparent = \"machi\"\n",
                "[[scale]]\nid = \"grade\"",
            ),
            "strategy.toml:30:10 number-position",
        ),
        edit(
            "an office of another kind",
            STRATEGY,
            "[[scale]]\nid = \"grade\"",
            concat!(
                "[[goal]]\nid = \"a\"\nname = \"甲\"\ndepartment = \"産業政策課\"\n",
                "[[goal]]\nid = \"b\"\nname = \"乙\"\ndepartment = \"産業政策課\"\n",
                "[[goal]]\nid = \"c\"\nname = \"丙\"\ndepartment = \"産業政策室\"\n",
                "[[scale]]\nid = \"grade\"",
            ),
            "strategy.toml:29:14 similar-name",
        ),
        edit(
            "a code with its digits in another order",
            HOIKU,
            "03民生費",
            "30民生費",
            "programs/hoiku/program.md:3:11 account-code",
        ),
        edit(
            "a past value that a later edition changed",
            IJU_2024,
            "actual.R6 = 35",
            "actual.R3 = 21\nactual.R6 = 35",
            "policies/iju/2024.md:3:13 revised-value",
        ),
        edit(
            "a program that is extended although it ends",
            AKIYA_2024,
            "空き家14件を改修した。",
            "空き家14件を改修した。令和6年度で終了する。",
            "programs/akiya/2024.md:14:13 direction-after-end",
        ),
        edit(
            "a target in the other direction",
            KOSODATE_2024,
            "target.R7 = 2",
            "target.R7 = \"2人以上\"",
            "policies/kosodate/policy.md:11:10 bound-direction",
        ),
        edits(
            "points outside the range of the mark",
            &[
                (
                    STRATEGY,
                    "[[scale]]\nid = \"grade\"",
                    "[[scale]]\nid = \"result\"\ntitle = \"総合評価\"\nof = [\"program\"]\n\
                     marks = [{ mark = \"A\", meaning = \"15点以上\" }, { mark = \"B\" }]\n\n[[scale]]\nid = \"grade\"",
                ),
                (AKIYA_2024, "direction = \"拡充\"\n", "direction = \"拡充\"\nneed = 12\nresult = \"A\"\n"),
            ],
            "programs/akiya/2024.md:16:10 points-mark",
        ),
        edits(
            "a quadrant on the other side of the mean",
            &[
                (
                    STRATEGY,
                    "[[scale]]\nid = \"grade\"",
                    "[[survey]]\nid = \"r6\"\ntitle = \"調査\"\nx = { title = \"満足度\", mean = \"0.27\" }\n\
                     y = { title = \"重要度\", mean = \"1.15\" }\n\
                     quadrants = [\"改善\", \"維持\", \"検討\", \"現状\"]\n\n[[scale]]\nid = \"grade\"",
                ),
                (IJU_2024, "[total]", "[survey.r6]\nx = \"0.22\"\ny = \"1.40\"\nquadrant = \"維持\"\n\n[total]"),
            ],
            "policies/iju/2024.md:18:12 survey-quadrant",
        ),
        edit(
            "a note of the authors",
            AKIYA_2024,
            "空き家14件を改修した。",
            "空き家14件を改修した（要確認）。",
            "programs/akiya/2024.md:17:13 placeholder",
        ),
        edits(
            "the text of another program",
            &[
                (AKIYA_2024, "空き家14件を改修した。", "空き家14件を改修し、町の外から移り住む世帯の相談に応じた。"),
                (HOIKU_2024, "保育所を4か所運営した。", "空き家14件を改修し、町の外から移り住む世帯の相談に応じた。"),
            ],
            "programs/hoiku/2024.md:12:1 copied-text",
        ),
        edits(
            "the texts of the previous edition",
            &[
                (IJU_2023, "空き家の改修が遅れ、移住者数が目標に届かなかった。", "空き家の改修が遅れた。"),
                (
                    IJU_2024,
                    "住まいの登録が進んだ。",
                    "相談は増えたが、住まいが足りない。\n\n## 理由\n空き家の改修が遅れた。",
                ),
            ],
            "policies/iju/2024.md:20:1 unchanged-text",
        ),
        edit(
            "a number that is not the value of the indicator",
            KOSODATE_2024,
            "待機児童は減り続けている。",
            "待機児童は減り続け、ひろばには子育てをする1,520人が参加した。",
            "policies/kosodate/2024.md:19:22 text-figure",
        ),
        edit(
            "a number of all things that the texts give differently",
            KOSODATE_2024,
            "待機児童は減り続けている。",
            "全12地区に広げた。全12地区で開いた。全21地区から集まった。",
            "policies/kosodate/2024.md:19:22 contradictory-text",
        ),
        edit(
            "a duplicate name",
            KOSODATE,
            r#"name = "子育ての支援""#,
            r#"name = "移住の促進""#,
            "policies/kosodate/policy.md:2:10 number-and-name",
        ),
        edit(
            "a compatibility character in an account",
            AKIYA,
            "06企画費",
            "06企画㌔費",
            "programs/akiya/program.md:3:11 odd-character",
        ),
        edit(
            "bullets of Word instead of a list",
            IJU_2024,
            "住まいの登録が進んだ。",
            "次のことが進んだ。\n・住まいの登録\n・仕事の紹介",
            "policies/iju/2024.md:21:1 run-together",
        ),
        edits(
            "a program that is widened with less money",
            &[
                (AKIYA_2024, "budget.R7 = \"4,100\"", "budget.R7 = \"1,900\""),
                (IJU_2024, "budget.R7 = \"5,200\"", "budget.R7 = \"3,000\""),
                (KOSODATE_2024, "budget.R7 = \"22,200\"", "budget.R7 = \"20,000\""),
            ],
            "programs/akiya/2024.md:14:13 direction-money",
        ),
        edit(
            "a printed amount that differs from its value",
            AKIYA_2024,
            "settlement.R6 = \"3,900\"",
            "settlement.R6 = { value = 3900, printed = \"約490万円\" }",
            "programs/akiya/2024.md:4:17 printed-value",
        ),
        edit(
            "a bullet of Word instead of a heading",
            IJU_2024,
            "住まいの登録が進んだ。",
            "■成果\n住まいの登録が進んだ。",
            "policies/iju/2024.md:20:1 run-together",
        ),
        edit(
            "a row pasted from Excel below a table",
            IJU_2024,
            "住まいの登録が進んだ。",
            "| 年度 | 件数 |\n|---|---|\n| R5 | 12 |\nR6\t13",
            "policies/iju/2024.md:23:1 run-together",
        ),
        edit(
            "an HTML tag",
            IJU_2024,
            "住まいの登録が進んだ。",
            "住まいの登録が<br>進んだ。",
            "policies/iju/2024.md:20:8 raw-html",
        ),
        edit(
            "an image without alternative text",
            AKIYA,
            "![空き家の分布]",
            "![]",
            "programs/akiya/program.md:5:1 wordless-picture",
        ),
        write(
            "an image of more than 500 kB",
            "programs/akiya/map.svg",
            large_svg(),
            "programs/akiya/program.md:5:1 large-image",
        ),
        write("a private key in a folder", "programs/akiya/id_rsa", "x", "programs/akiya/program.md:2:8 unused-file"),
        edit(
            "an unused acknowledgement",
            IJU_2024,
            "[total]",
            "[[acknowledge]]\nrule = \"total-sum\"\nreason = \"資料のとおり\"\n\n[total]",
            "policies/iju/2024.md:16:8 unused-acknowledgement",
        ),
        edit(
            "an acknowledgement of an unknown rule",
            IJU_2024,
            "[total]",
            "[[acknowledge]]\nrule = \"total-sums\"\nreason = \"資料のとおり\"\n\n[total]",
            "policies/iju/2024.md:16:8 unknown-rule",
        ),
        edit(
            "a compatibility character in the unit of money",
            STRATEGY,
            "money_unit = \"千円\"",
            "money_unit = \"㌦\"",
            "strategy.toml:5:14 odd-character",
        ),
        edit(
            "a strategy without terms of use",
            STRATEGY,
            "license = { name = \"CC BY 4.0\", url = \"https://creativecommons.org/licenses/by/4.0/\" }\n",
            "",
            "strategy.toml:1:1 missing-license",
        ),
        edit(
            "a strategy without the code of its local government",
            STRATEGY,
            "region_code = \"042994\"\n",
            "",
            "strategy.toml:1:1 missing-region-code",
        ),
        edit(
            "a document with its month of publication only",
            STRATEGY,
            "[[edition]]\nid = \"2024\"",
            "[edition.document]\ntitle = \"資料\"\nurl = \"https://www.town.ai.example/\"\npublished = \"令和6年9月\"\n[[edition]]\nid = \"2024\"",
            "strategy.toml:8:1 missing-publication-date",
        ),
        edit(
            "a document without its address",
            STRATEGY,
            "[[edition]]\nid = \"2024\"",
            "[edition.document]\ntitle = \"資料\"\npublished = \"令和6年9月30日\"\n[[edition]]\nid = \"2024\"",
            "strategy.toml:8:1 missing-document-url",
        ),
        edit("amounts without a unit", STRATEGY, "money_unit = \"千円\"\n", "", "strategy.toml:1:1 unsaid-unit"),
    ]
}
