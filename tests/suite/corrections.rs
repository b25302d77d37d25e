//! Corrections of published figures: their pages, `shirube diff`, and builds that compare with the published site.

use crate::support::{copy, page, root, selector, snapshot, temp_dir, tree, write};
use std::path::PathBuf;
use std::process::{Command, Output};

/// The golden city over the years, in a folder of its own, with its site in `output`.
struct City {
    _guard: tempfile::TempDir,
    folder: PathBuf,
}

/// Sheet of a policy, and the line of its figure of R4.
const SHEET: &str = "policies/kanko/2022.md";

impl City {
    fn new() -> Self {
        let (guard, folder) = temp_dir();
        copy(&root().join("tests/golden/years/content"), &folder.join("content"));
        Self { _guard: guard, folder }
    }

    /// Runs the program in the folder of the city.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
        command.current_dir(&self.folder).args(arguments).output().unwrap()
    }

    /// Builds the site, and returns the exit code and the messages about corrections, in the short format.
    fn build(&self, arguments: &[&str]) -> (i32, String) {
        let arguments = [&["build", "--lang", "en", "--format", "short"], arguments].concat();
        let output = self.run(&arguments);
        let messages = String::from_utf8(output.stderr).unwrap();
        let about_corrections = ["silent-correction", "published data", "content folder", "format"];
        let lines = messages.lines().filter(|line| about_corrections.iter().any(|words| line.contains(words)));
        (output.status.code().unwrap(), lines.collect::<Vec<_>>().join("\n"))
    }

    /// Exit code and result of `shirube diff`.
    fn diff(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(&[&["diff", "--lang", "ja"], arguments].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.folder.join("content/shiranami").join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        write(&path, text.replacen(from, to, 1).as_bytes());
    }

    /// Changes a published figure.
    fn change_figure(&self) {
        self.edit(SHEET, "actual.R4 = \"1,530\"", "actual.R4 = \"1,350\"");
    }

    fn declare(&self) {
        self.edit(
            SHEET,
            "progress = \"概ね順調\"\n",
            "progress = \"概ね順調\"\n[[correction]]\ndate = 2026-12-01\nabout = \"indicator.irikomi.actual.R4\"\n\
             was = \"1,530\"\nkind = \"transcription\"\nreason = \"転記の誤り\"\n",
        );
    }

    /// Moves the content aside as `before`, with a copy left to change.
    fn keep_content(&self) {
        copy(&self.folder.join("content"), &self.folder.join("before"));
    }

    fn output(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        tree(&self.folder.join("output"))
    }
}

#[test]
fn a_silent_change_of_a_published_figure_is_a_warning_until_it_is_published() {
    let city = City::new();
    assert_eq!(city.build(&[]), (0, String::new()));
    city.change_figure();
    let (code, messages) = city.build(&[]);
    assert_eq!(code, 0);
    let line = "content/shiranami/policies/kanko/2022.md:5:13: warning[silent-correction]: the published \
                `indicator.irikomi.actual.R4` changed from 1,530 to 1,350";
    assert!(messages.contains(line), "{messages}");
    // The published site is the new baseline.
    assert_eq!(city.build(&[]), (0, String::new()));
}

#[test]
fn a_declared_change_is_no_warning() {
    let city = City::new();
    city.build(&[]);
    city.change_figure();
    city.declare();
    assert_eq!(city.build(&["--strict"]), (0, String::new()));
    let html = String::from_utf8(city.output().remove("shiranami/corrections.html").unwrap()).unwrap();
    assert!(html.contains("<del>1,530</del>"), "{html}");
}

#[test]
fn a_strict_build_refuses_a_silent_change_and_leaves_the_site() {
    let city = City::new();
    city.build(&[]);
    let before = city.output();
    city.change_figure();
    let (code, messages) = city.build(&["--strict"]);
    assert_eq!(code, 1);
    assert!(messages.contains("2022.md:5:13: error[silent-correction]"), "{messages}");
    assert!(city.output() == before, "the site is unchanged");
    city.declare();
    assert_eq!(city.build(&["--strict"]), (0, String::new()));
}

#[test]
fn another_published_state_can_be_named() {
    let city = City::new();
    city.build(&["--output", "published"]);
    city.change_figure();
    city.build(&[]);
    // The unit is up to date in the output folder, and compared all the same.
    for against in ["published", "published/shiranami/report.json"] {
        let (code, messages) = city.build(&["--against", against]);
        assert_eq!((code, messages.matches("silent-correction").count()), (0, 1), "{messages}");
        let (code, messages) = city.build(&["--against", against, "--strict"]);
        assert_eq!((code, messages.matches("silent-correction").count()), (1, 1), "{messages}");
    }
    let (code, messages) = city.build(&["--against", "nowhere"]);
    assert_eq!(code, 2, "{messages}");
    assert!(messages.contains("nowhere is not a content folder"), "{messages}");
}

#[test]
fn a_first_build_says_that_nothing_was_compared_only_if_asked() {
    let city = City::new();
    assert_eq!(city.build(&["--output", "first"]), (0, String::new()));
    let (code, messages) = city.build(&["--strict"]);
    assert_eq!(code, 0);
    assert!(messages.contains("`shiranami` has no published data"), "{messages}");
}

#[test]
fn differences_are_printed_in_four_formats() {
    let city = City::new();
    city.keep_content();
    assert_eq!(city.diff(&["before", "content"]), (0, "変更はありません\n".to_owned()));
    city.change_figure();
    city.edit(SHEET, "progress = \"概ね順調\"", "progress = \"順調\"");
    city.edit("policies/kanko/policy.md", "unit = \"", "note = \"数え方の注記\"\nunit = \"");
    for (format, extension) in [("text", "txt"), ("toml", "toml"), ("markdown", "md"), ("json", "json")] {
        let (code, text) = city.diff(&["before", "content", "--format", format]);
        assert_eq!(code, 1, "{text}");
        let expected = root().join("tests/golden/years/diff").with_extension(extension);
        snapbox::assert_data_eq!(text, snapshot(&expected).raw());
    }
}

#[test]
fn sites_and_reports_are_compared_like_content() {
    let city = City::new();
    city.build(&["--output", "site"]);
    city.keep_content();
    city.change_figure();
    let (code, expected) = city.diff(&["before", "content"]);
    assert_eq!(code, 1);
    for old in ["site", "site/shiranami/report.json"] {
        assert_eq!(city.diff(&[old, "content"]), (1, expected.clone()), "{old}");
        assert_eq!(city.diff(&[old, "before"]).0, 0, "{old}");
    }
}

#[test]
fn wrong_arguments_of_diff_are_refused() {
    let city = City::new();
    for arguments in [
        &["content"][..],
        &["content", "nowhere"],
        &["content", "content/site.toml"],
        &["content/shiranami/policies", "content"],
    ] {
        let (code, text) = city.diff(arguments);
        assert_eq!((code, text.as_str()), (2, ""), "{arguments:?}");
    }
    let (code, messages) = city.build(&["--format", "toml"]);
    assert_eq!(code, 2, "{messages}");
}

#[test]
fn corrections_are_shown_where_they_are_looked_for() {
    let city = City::new();
    city.build(&[]);
    let site = city.output();
    let html = |path: &str| page(&site[path]);
    let count = |path: &str, css: &str| html(path).select(&selector(css)).count();
    // All of them on one page, newest first, with a heading for each column and a link to each cell.
    let list = html("shiranami/corrections.html");
    let rows = selector("tbody tr");
    let dates: Vec<&str> = list.select(&rows).map(|row| row.value().attr("data-date").unwrap()).collect();
    assert_eq!(dates, ["2024-01-15", "2022-12-05", "2022-12-05"]);
    assert_eq!(list.select(&selector("thead th[scope=col]")).count(), 6);
    assert_eq!(list.select(&selector("tbody th[scope=row] a[href]")).count(), 6);
    // A notice on the page of the node and of the corrected sheet, not on those of other sheets.
    let notice = ".cite.corrections li";
    assert_eq!(count("shiranami/policies/iju.html", notice), 2);
    assert_eq!(count("shiranami/policies/iju/2021.html", notice), 2);
    assert_eq!(count("shiranami/policies/iju/2022.html", notice), 0);
    // A mark at the value, with words for those who do not see the line through the text.
    let mark = "table.values del .visually-hidden";
    assert_eq!(count("shiranami/policies/iju/2021.html", mark), 1);
    assert_eq!(count("shiranami/programs/akiya/2022.html", ".amounts del .visually-hidden"), 1);
    assert_eq!(count("shiranami/policies/iju/2021.html", ".judgements del .visually-hidden"), 1);
    for path in ["shiranami/index.html", "shiranami/editions/2021.html", "shiranami/editions/2022.html"] {
        assert_eq!(count(path, "main a[href$='corrections.html']"), 1, "{path}");
    }
    assert_eq!(count("shiranami/editions/2023.html", "main a[href$='corrections.html']"), 0);
}

#[test]
fn corrections_and_data_lead_to_each_other() {
    let city = City::new();
    city.build(&[]);
    let site = city.output();
    let links = |path: &str, css: &str| page(&site[path]).select(&selector(css)).count();
    assert_eq!(links("shiranami/data.html", ".page-head a[href='corrections.html']"), 1);
    assert_eq!(links("shiranami/corrections.html", "main a[href='data/corrections.csv'][download]"), 1);
    let data = page(&site["shiranami/data.html"]);
    let head: String = data.select(&selector(".page-head")).flat_map(|head| head.text()).collect();
    assert!(head.contains("公表後の訂正が3件あり、データは訂正後のものです。"), "{head}");

    let no_data = "title = \"白波市 行政評価\"\ndata = false";
    city.edit("../site.toml", "title = \"白波市 行政評価\"", no_data);
    city.build(&[]);
    let corrections = city.output().remove("shiranami/corrections.html").unwrap();
    assert_eq!(page(&corrections).select(&selector("main a[download]")).count(), 0);
}

#[test]
fn a_site_without_corrections_has_no_page_of_them() {
    let (_guard, folder) = temp_dir();
    crate::support::build(&root().join("tests/golden/content"), &folder.join("output"));
    let site = tree(&folder.join("output"));
    assert!(site.keys().all(|path| !path.ends_with("corrections.html")));
    let mentions = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("corrections.html");
    assert!(!site.iter().any(|(path, bytes)| path.ends_with(".html") && mentions(bytes)));
}
