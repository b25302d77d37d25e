//! Agreement of `shirube check` and `shirube build`: `check` reports every error that prevents a build, with the same
//! record.

use crate::support::content::{Change, Files, fixture};
use crate::support::{shirube, temp_dir, tree, write, write_tree};
use serde_json::Value;
use std::path::Path;

/// A change to the fixture `lint-free`, and the sorted rules of the errors that both commands report; `-` for an error
/// without a rule.
struct Case {
    title: &'static str,
    changes: &'static [(&'static str, &'static str)],
    errors: &'static [&'static str],
}

const SITE: &str = "title = \"藍町\"\ntheme = \"look\"\n";

const CASES: &[Case] = &[
    Case { title: "no change", changes: &[], errors: &[] },
    Case { title: "a theme", changes: &[("site.toml", SITE), ("look/templates/404.html", "無い")], errors: &[] },
    Case {
        title: "an error in the template of the 404 page",
        changes: &[("site.toml", SITE), ("look/templates/404.html", "{{ nmae }}")],
        errors: &["theme"],
    },
    Case {
        title: "an error in the template of the search page",
        changes: &[("site.toml", SITE), ("look/templates/search.html", "{{ site.title }}{{ site.titel }}")],
        errors: &["theme"],
    },
    Case {
        title: "an error on one of the pages of a template",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/node.html", "{% if title is containing(\"空き家\") %}{{ nmae }}{% endif %}"),
        ],
        errors: &["theme"],
    },
    Case {
        title: "errors in two templates",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/404.html", "{{ nmae }}"),
            ("look/templates/programs.html", "{{ layout.hoem }}"),
        ],
        errors: &["theme", "theme"],
    },
    Case {
        title: "templates that include each other",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/404.html", "{% include \"a.html\" %}"),
            ("look/templates/a.html", "{% include \"404.html\" %}"),
        ],
        errors: &["theme"],
    },
    Case {
        title: "a component that includes itself",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/404.html", "{{ <Endless /> }}"),
            ("look/templates/own.html", "{% component Endless() %}{{ <Endless /> }}{% endcomponent Endless %}"),
        ],
        errors: &["theme"],
    },
    Case { title: "a missing theme folder", changes: &[("site.toml", SITE)], errors: &["theme"] },
    Case {
        title: "an unexpected file in a theme",
        changes: &[("site.toml", SITE), ("look/layout.html", "")],
        errors: &["theme"],
    },
    Case {
        title: "a missing logo",
        changes: &[("site.toml", "title = \"藍町\"\n[logo]\nfile = \"logo.png\"\nalt = \"藍\"\n")],
        errors: &["no-such-file"],
    },
    Case {
        title: "a logo that is not an image",
        changes: &[
            ("site.toml", "title = \"藍町\"\n[logo]\nfile = \"logo.png\"\nalt = \"藍\"\n"),
            ("logo.png", "a picture"),
        ],
        errors: &["not-a-picture"],
    },
    Case {
        title: "a missing image",
        changes: &[("aoi/plan/goals/machi/2023.md", "## 現状\n![地図](map.png)\n")],
        errors: &["unresolved-link"],
    },
    Case {
        title: "two scales with one id",
        changes: &[(
            "b/plan/strategy.toml",
            "title = \"b\"\npublisher = \"b\"\n[[scale]]\nid = \"x\"\ntitle = \"x\"\nof = [\"policy\"]\nmarks = [{ mark = \"A\" }]\n[[scale]]\nid = \"x\"\ntitle = \"y\"\nof = [\"policy\"]\nmarks = [{ mark = \"A\" }]\n",
        )],
        errors: &["duplicate-id"],
    },
    Case {
        title: "a file that is not read",
        changes: &[("aoi/plan/programs/akiya/2022.md.txt", "")],
        errors: &["misnamed-file"],
    },
    Case {
        title: "errors in the content, and in a theme when it is loaded and when it is rendered",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/404.html", "{{ nmae }}"),
            ("look/layout.html", ""),
            ("aoi/plan/programs/akiya/2022.md.txt", ""),
            ("b/strategy.toml", "title = 1\n"),
        ],
        errors: &["misnamed-file", "missing-key", "theme", "wrong-type"],
    },
];

/// Cases with file names that only case-sensitive file systems without reserved names allow.
#[cfg(target_os = "linux")]
const FILE_NAME_CASES: &[Case] = &[
    Case {
        title: "two theme files with the same address",
        changes: &[("site.toml", SITE), ("look/assets/a.css", ""), ("look/assets/A.css", "")],
        errors: &["theme"],
    },
    Case {
        title: "a theme file with a name that cannot be published",
        changes: &[("site.toml", SITE), ("look/assets/con.css", "")],
        errors: &["theme"],
    },
];

/// Runs a command with `--format json`; returns its exit code and records.
fn run_json(command: &[&str], content: &Path) -> (Option<i32>, Vec<Value>) {
    let mut command = shirube(command);
    let done = command.args(["--format", "json", "--content"]).arg(content).output().unwrap();
    let stdout = String::from_utf8(done.stdout).unwrap();
    (done.status.code(), stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn rules(records: &[Value]) -> Vec<&str> {
    let mut rules: Vec<&str> = records.iter().map(|record| record["rule"].as_str().unwrap_or("-")).collect();
    rules.sort_unstable();
    rules
}

/// Asserts that `check` and `build` report the same for a content folder and that `check` writes nothing; returns the
/// records.
fn assert_agreement(title: &str, content: &Path, output: &Path, arguments: &[&str]) -> Vec<Value> {
    let before = tree(content);
    let checked = run_json(&[&["check"], arguments].concat(), content);
    assert_eq!(tree(content), before, "{title}: check changed the content folder");
    let built = run_json(&[&["build", "--output", output.to_str().unwrap()], arguments].concat(), content);
    assert_eq!(checked, built, "{title}");
    let (code, records) = checked;
    assert_eq!(code == Some(0), records.is_empty(), "{title}");
    records
}

/// Asserts that both commands report what each case expects.
fn assert_cases(cases: &[Case]) {
    for case in cases {
        let (_guard, folder) = temp_dir();
        let content = folder.join("content");
        let mut files: Files = fixture("lint-free");
        for (file, text) in case.changes {
            Change::Write { file, bytes: text.as_bytes() }.apply("", &mut files);
        }
        write_tree(&files, &content);
        assert_eq!(
            rules(&assert_agreement(case.title, &content, &folder.join("output"), &[])),
            case.errors,
            "{}",
            case.title
        );
    }
}

#[test]
fn check_reports_what_prevents_a_build() {
    assert_cases(CASES);
}

#[cfg(target_os = "linux")]
#[test]
fn check_reports_names_that_cannot_be_published() {
    assert_cases(FILE_NAME_CASES);
}

#[test]
fn check_and_build_fail_without_content_or_strategy() {
    let (_guard, folder) = temp_dir();
    let (content, output) = (folder.join("content"), folder.join("output"));
    std::fs::create_dir(&content).unwrap();
    assert_eq!(rules(&assert_agreement("an empty content folder", &content, &output, &[])), ["no-strategy"]);
    write_tree(&fixture("lint-free"), &content);
    assert_eq!(rules(&assert_agreement("an unknown strategy", &content, &output, &["--strategy", "aka"])), ["-"]);
    assert_eq!(rules(&assert_agreement("one strategy", &content, &output, &["--strategy", "aoi"])), [""; 0]);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_reported_with_other_errors() {
    use std::os::unix::fs::symlink;
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    write_tree(&fixture("lint-free"), &content);
    let akiya = content.join("aoi/plan/programs/akiya");
    symlink("nowhere.png", akiya.join("dangling.png")).unwrap();
    symlink("loop.png", akiya.join("loop.png")).unwrap();
    symlink(".", akiya.join("self")).unwrap();
    write(&akiya.join("2022.md.txt"), b"");
    let records = assert_agreement("symbolic links", &content, &folder.join("output"), &[]);
    assert_eq!(rules(&records), ["linked-file", "linked-file", "linked-file", "misnamed-file"]);
    let names = ["2022.md.txt", "dangling.png", "loop.png", "self"];
    for (record, name) in records.iter().zip(names) {
        let path = record["path"].as_str().unwrap();
        assert!(path.ends_with(&format!("aoi/plan/programs/akiya/{name}")), "{path}");
        assert_eq!(record["line"], Value::Null);
    }
}

#[test]
fn detects_removal_of_an_empty_theme_folder() {
    let (_guard, folder) = temp_dir();
    let (content, output) = (folder.join("content"), folder.join("output"));
    write_tree(&fixture("lint-free"), &content);
    write(&content.join("site.toml"), SITE.as_bytes());
    std::fs::create_dir(content.join("look")).unwrap();
    assert!(assert_agreement("an empty theme folder", &content, &output, &[]).is_empty());
    std::fs::remove_dir(content.join("look")).unwrap();
    assert_eq!(rules(&assert_agreement("a removed theme folder", &content, &output, &[])), ["theme"]);
}

/// The fixture `lint-free` with its newest edition as a draft and a theme whose `programs.html` is `template`.
fn with_draft(template: &str, folder: &Path) -> std::path::PathBuf {
    let mut files = fixture("lint-free");
    for change in [
        Change::Edit { file: "aoi/plan/strategy.toml", from: "id = \"2024\"", to: "id = \"2024\"\ndraft = true" },
        Change::Write { file: "site.toml", bytes: SITE.as_bytes() },
    ] {
        change.apply("", &mut files);
    }
    files.insert("look/templates/programs.html".to_owned(), template.as_bytes().to_vec());
    write_tree(&files, &folder.join("content"));
    folder.join("content")
}

#[test]
fn check_reports_errors_in_drafts() {
    let (_guard, folder) = temp_dir();
    let (content, output) = (with_draft("fine", &folder), folder.join("output"));
    assert!(assert_agreement("a draft", &content, &output, &[]).is_empty());
    let sheet = content.join("aoi/plan/programs/akiya/2024.md");
    let text = std::fs::read_to_string(&sheet).unwrap();
    write(&sheet, format!("{text}\n[住まい](program:sumai)\n").as_bytes());
    let build = ["build", "--output", output.to_str().unwrap()];
    assert_eq!(run_json(&build, &content).0, Some(0), "build skips the draft");
    let (code, records) = run_json(&["check"], &content);
    assert_eq!((code, rules(&records)), (Some(1), vec!["unresolved-link"]));
}

#[test]
fn check_renders_pages_with_drafts() {
    let (_guard, folder) = temp_dir();
    let (content, output) = (with_draft("{% if layout.drafts %}{{ nmae }}{% endif %}", &folder), folder.join("output"));
    let build = ["build", "--output", output.to_str().unwrap()];
    assert_eq!(run_json(&build, &content).0, Some(0), "build skips the draft");
    let (code, records) = run_json(&["check"], &content);
    assert_eq!((code, rules(&records)), (Some(1), vec!["theme"]));
}

#[test]
fn errors_in_drafts_hide_no_errors_in_published_editions() {
    let (_guard, folder) = temp_dir();
    let content = with_draft("{{ nmae }}", &folder);
    let sheet = content.join("aoi/plan/programs/akiya/2024.md");
    let text = std::fs::read_to_string(&sheet).unwrap();
    write(&sheet, format!("{text}\n[住まい](program:sumai)\n").as_bytes());
    let output = folder.join("output");
    let (_, built) = run_json(&["build", "--output", output.to_str().unwrap()], &content);
    assert_eq!(rules(&built), ["theme"]);
    let (_, checked) = run_json(&["check"], &content);
    assert_eq!(rules(&checked), ["theme", "unresolved-link"]);
    assert!(checked.contains(&built[0]));
}
