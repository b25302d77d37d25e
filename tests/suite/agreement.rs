//! `shirube check` and `shirube build` agree: what keeps a site from being built, a check reports in the same words.

use crate::support::content::{Change, Files, fixture};
use crate::support::{shirube, temporary, tree, write, write_tree};
use serde_json::Value;
use std::path::Path;

/// A change to spotless content, and the rules of the errors that both commands then report. Where the error is of no
/// rule, `-`.
struct Case {
    title: &'static str,
    changes: &'static [(&'static str, &'static str)],
    errors: &'static [&'static str],
}

const SITE: &str = "title = \"藍町\"\ntheme = \"look\"\n";

const CASES: &[Case] = &[
    Case { title: "nothing", changes: &[], errors: &[] },
    Case { title: "a theme", changes: &[("site.toml", SITE), ("look/templates/404.html", "無い")], errors: &[] },
    Case {
        title: "an error of the page for addresses that do not exist",
        changes: &[("site.toml", SITE), ("look/templates/404.html", "{{ nmae }}")],
        errors: &["theme"],
    },
    Case {
        title: "an error of the search page",
        changes: &[("site.toml", SITE), ("look/templates/search.html", "{{ site.title }}{{ site.titel }}")],
        errors: &["theme"],
    },
    Case {
        title: "an error of one page among those of a template",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/node.html", "{% if title is containing(\"空き家\") %}{{ nmae }}{% endif %}"),
        ],
        errors: &["theme"],
    },
    Case {
        title: "an error of one template and one of another",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/404.html", "{{ nmae }}"),
            ("look/templates/programs.html", "{{ layout.hoem }}"),
        ],
        errors: &["theme", "theme"],
    },
    Case {
        title: "templates in a circle",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/404.html", "{% include \"a.html\" %}"),
            ("look/templates/a.html", "{% include \"404.html\" %}"),
        ],
        errors: &["theme"],
    },
    Case {
        title: "a component without an end",
        changes: &[
            ("site.toml", SITE),
            ("look/templates/404.html", "{{ <Endless /> }}"),
            ("look/templates/own.html", "{% component Endless() %}{{ <Endless /> }}{% endcomponent Endless %}"),
        ],
        errors: &["theme"],
    },
    Case { title: "a theme that is not there", changes: &[("site.toml", SITE)], errors: &["theme"] },
    Case {
        title: "a file of no use in a theme",
        changes: &[("site.toml", SITE), ("look/layout.html", "")],
        errors: &["theme"],
    },
    Case {
        title: "a logo that is not there",
        changes: &[("site.toml", "title = \"藍町\"\n[logo]\nfile = \"logo.png\"\nalt = \"藍\"\n")],
        errors: &["no-such-file"],
    },
    Case {
        title: "a logo that is no picture",
        changes: &[
            ("site.toml", "title = \"藍町\"\n[logo]\nfile = \"logo.png\"\nalt = \"藍\"\n"),
            ("logo.png", "a picture"),
        ],
        errors: &["not-a-picture"],
    },
    Case {
        title: "a picture that is not there",
        changes: &[("aoi/plan/goals/machi/2023.md", "## 現状\n![地図](map.png)\n")],
        errors: &["unresolved-link"],
    },
    Case {
        title: "two indicators of one id",
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
        title: "errors of the content, and of a theme before and while pages are rendered",
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

/// Names that not every system has beside each other, or at all.
#[cfg(target_os = "linux")]
const NAMES: &[Case] = &[
    Case {
        title: "two files of a theme at one address",
        changes: &[("site.toml", SITE), ("look/assets/a.css", ""), ("look/assets/A.css", "")],
        errors: &["theme"],
    },
    Case {
        title: "a file of a theme with a name that cannot be published",
        changes: &[("site.toml", SITE), ("look/assets/con.css", "")],
        errors: &["theme"],
    },
];

/// What a command says in JSON, with its exit code.
fn said(command: &[&str], content: &Path) -> (Option<i32>, Vec<Value>) {
    let mut command = shirube(command);
    let done = command.args(["--format", "json", "--content"]).arg(content).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    (done.status.code(), said.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn rules(said: &[Value]) -> Vec<&str> {
    let mut rules: Vec<&str> = said.iter().map(|record| record["rule"].as_str().unwrap_or("-")).collect();
    rules.sort_unstable();
    rules
}

/// Asserts that both commands say the same of a content folder; returns it.
fn agreed(title: &str, content: &Path, output: &Path, arguments: &[&str]) -> Vec<Value> {
    let before = tree(content);
    let checked = said(&[&["check"], arguments].concat(), content);
    assert_eq!(tree(content), before, "{title}: check writes nothing");
    let built = said(&[&["build", "--output", output.to_str().unwrap()], arguments].concat(), content);
    assert_eq!(checked, built, "{title}");
    let (code, said) = checked;
    assert_eq!(code == Some(0), said.is_empty(), "{title}");
    said
}

/// Asserts that both commands report what each case expects.
fn agree(cases: &[Case]) {
    for case in cases {
        let (_guard, folder) = temporary();
        let content = folder.join("content");
        let mut files: Files = fixture("spotless");
        for (file, text) in case.changes {
            Change::Write { file, bytes: text.as_bytes() }.apply("", &mut files);
        }
        write_tree(&files, &content);
        assert_eq!(rules(&agreed(case.title, &content, &folder.join("output"), &[])), case.errors, "{}", case.title);
    }
}

#[test]
fn what_keeps_a_site_from_being_built_a_check_reports() {
    agree(CASES);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_cannot_be_published_a_check_reports() {
    agree(NAMES);
}

#[test]
fn a_check_of_nothing_and_of_what_is_not_there_fails_like_a_build() {
    let (_guard, folder) = temporary();
    let (content, output) = (folder.join("content"), folder.join("output"));
    std::fs::create_dir(&content).unwrap();
    assert_eq!(rules(&agreed("an empty folder", &content, &output, &[])), ["no-strategy"]);
    write_tree(&fixture("spotless"), &content);
    assert_eq!(rules(&agreed("another strategy", &content, &output, &["--strategy", "aka"])), ["-"]);
    assert_eq!(rules(&agreed("one strategy", &content, &output, &["--strategy", "aoi"])), [""; 0]);
}

#[cfg(unix)]
#[test]
fn links_on_the_disk_are_reported_with_all_that_is_wrong() {
    use std::os::unix::fs::symlink;
    let (_guard, folder) = temporary();
    let content = folder.join("content");
    write_tree(&fixture("spotless"), &content);
    let akiya = content.join("aoi/plan/programs/akiya");
    symlink("nowhere.png", akiya.join("dangling.png")).unwrap();
    symlink("loop.png", akiya.join("loop.png")).unwrap();
    symlink(".", akiya.join("self")).unwrap();
    write(&akiya.join("2022.md.txt"), b"");
    let said = agreed("links", &content, &folder.join("output"), &[]);
    assert_eq!(rules(&said), ["linked-file", "linked-file", "linked-file", "misnamed-file"]);
    let names = ["2022.md.txt", "dangling.png", "loop.png", "self"];
    for (record, name) in said.iter().zip(names) {
        let path = record["path"].as_str().unwrap();
        assert!(path.ends_with(&format!("aoi/plan/programs/akiya/{name}")), "{path}");
        assert_eq!(record["line"], Value::Null);
    }
}

#[test]
fn a_theme_that_goes_is_noticed_by_the_next_build_even_if_it_was_empty() {
    let (_guard, folder) = temporary();
    let (content, output) = (folder.join("content"), folder.join("output"));
    write_tree(&fixture("spotless"), &content);
    write(&content.join("site.toml"), SITE.as_bytes());
    std::fs::create_dir(content.join("look")).unwrap();
    assert!(agreed("an empty theme", &content, &output, &[]).is_empty());
    std::fs::remove_dir(content.join("look")).unwrap();
    assert_eq!(rules(&agreed("no theme", &content, &output, &[])), ["theme"]);
}

/// Spotless content, the newest edition of which is a draft, with a theme that has this page for programs.
fn with_draft(template: &str, folder: &Path) -> std::path::PathBuf {
    let mut files = fixture("spotless");
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
fn drafts_are_checked_before_they_are_published() {
    let (_guard, folder) = temporary();
    let (content, output) = (with_draft("fine", &folder), folder.join("output"));
    assert!(agreed("a draft", &content, &output, &[]).is_empty());
    let sheet = content.join("aoi/plan/programs/akiya/2024.md");
    let text = std::fs::read_to_string(&sheet).unwrap();
    write(&sheet, format!("{text}\n[住まい](program:sumai)\n").as_bytes());
    let build = ["build", "--output", output.to_str().unwrap()];
    assert_eq!(said(&build, &content).0, Some(0), "a build leaves the draft out");
    let (code, found) = said(&["check"], &content);
    assert_eq!((code, rules(&found)), (Some(1), vec!["unresolved-link"]));
}

#[test]
fn pages_of_drafts_are_rendered_as_the_preview_shows_them() {
    let (_guard, folder) = temporary();
    let (content, output) = (with_draft("{% if layout.drafts %}{{ nmae }}{% endif %}", &folder), folder.join("output"));
    let build = ["build", "--output", output.to_str().unwrap()];
    assert_eq!(said(&build, &content).0, Some(0), "a build leaves the draft out");
    let (code, found) = said(&["check"], &content);
    assert_eq!((code, rules(&found)), (Some(1), vec!["theme"]));
}

#[test]
fn an_error_of_a_draft_hides_none_of_what_is_published() {
    let (_guard, folder) = temporary();
    let content = with_draft("{{ nmae }}", &folder);
    let sheet = content.join("aoi/plan/programs/akiya/2024.md");
    let text = std::fs::read_to_string(&sheet).unwrap();
    write(&sheet, format!("{text}\n[住まい](program:sumai)\n").as_bytes());
    let output = folder.join("output");
    let (_, built) = said(&["build", "--output", output.to_str().unwrap()], &content);
    assert_eq!(rules(&built), ["theme"]);
    let (_, checked) = said(&["check"], &content);
    assert_eq!(rules(&checked), ["theme", "unresolved-link"]);
    assert!(checked.contains(&built[0]));
}
