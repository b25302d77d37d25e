//! `shirube build`: deterministic output, no unnecessary writes, and an unchanged site after errors.

use crate::support::sites::REPORTS;
use crate::support::{self, build, copy, root, run_build, shirube, temp_dir, tree};
use std::path::Path;
use std::time::SystemTime;

/// The content of the golden site, which is small and uses most features.
fn golden() -> std::path::PathBuf {
    root().join("tests/golden/content")
}

/// The modification time of each file in a folder, including `.shirube/`.
fn times(folder: &Path) -> Vec<(std::path::PathBuf, SystemTime)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("can be read"));
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|e| (e.path().to_owned(), e.metadata().expect("can be read").modified().expect("is supported"))).collect()
}

#[test]
fn output_is_independent_of_folder_threads_and_locale() {
    let (_guard, folder) = temp_dir();
    let mut command = shirube(&["build", "--output", "b"]);
    command.current_dir(&folder).arg("--content").arg(root().join("content")).env("RAYON_NUM_THREADS", "1");
    assert!(command.output().expect("the binary runs").status.success());
    copy(&root().join("content"), &folder.join("copied"));
    let mut command = shirube(&["build", "--content", "copied", "--output", "c"]);
    command.current_dir(&folder).env("RAYON_NUM_THREADS", "7").env("LC_ALL", "ja_JP.UTF-8").env("TZ", "Asia/Tokyo");
    assert!(command.output().expect("the binary runs").status.success());

    assert!(*REPORTS == tree(&folder.join("b")), "the output differs with one thread");
    assert!(*REPORTS == tree(&folder.join("c")), "the output differs with seven threads");
}

#[test]
fn second_build_writes_nothing() {
    let (_guard, output) = temp_dir();
    build(&golden(), &output);
    let before = times(&output);
    let done = build(&golden(), &output);
    assert_eq!(before, times(&output));
    let stdout = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(stdout.contains("(0 changed,") && stdout.contains("0 deleted,"), "{stdout}");
}

#[test]
fn deletes_pages_of_removed_content_only() {
    let (_guard, folder) = temp_dir();
    let (content, output) = (folder.join("golden/content"), folder.join("output"));
    copy(&root().join("tests/golden"), &folder.join("golden"));
    build(&content, &output);
    support::write(&output.join("of-others.txt"), b"kept");
    std::fs::remove_file(content.join("aoba/policies/1/2022.md")).expect("can be removed");
    build(&content, &output);
    let after = tree(&output);
    assert!(!after.contains_key("aoba/policies/1/2022.html"));
    assert!(after.contains_key("aoba/policies/1/2023.html"));
    assert_eq!(after["of-others.txt"], b"kept");
}

/// A change to one file of the golden content, and a part of the expected diagnostic.
struct InvalidEdit {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    expected: &'static str,
}

const fn edit(file: &'static str, from: &'static str, to: &'static str, expected: &'static str) -> InvalidEdit {
    InvalidEdit { file, from, to, expected }
}

const INVALID_EDITS: [InvalidEdit; 22] = [
    edit("site.toml", "title =", "titel =", "site.toml:1:1: error[unknown-key]"),
    edit("site.toml", "theme = \"../theme\"", "theme = 3", "site.toml:3:9: error[wrong-type]"),
    edit("aoba/strategy.toml", "period = \"R3/R6\"", "period = \"昭和99\"", "strategy.toml:3:10: error[not-a-year]"),
    edit("aoba/strategy.toml", "year = \"R4\"", "year = \"R4", "strategy.toml:9:11: error[toml-syntax]"),
    edit("aoba/strategy.toml", "tone = \"good\"", "tone = \"great\"", "strategy.toml:38:32: error[unknown-word]"),
    edit("aoba/strategy.toml", "id = \"2022\"", "id = \"2023\"", "error[duplicate-id]"),
    edit("aoba/strategy.toml", "id = \"2022\"", "id = \"2021\"", "2022.md:1:1: error[unknown-edition]"),
    edit("aoba/policies/1/policy.md", "goal = \"1\"", "goal = \"11\"", "policy.md:4:8: error[unresolved-link]"),
    edit("aoba/policies/1/policy.md", "id = \"bus\"", "id = \"buss\"", "policy.md:32:6: error[unresolved-link]"),
    edit("aoba/policies/1/policy.md", "repeat = true", "repeat = \"yes\"", "policy.md:35:10: error[wrong-type]"),
    edit("aoba/policies/1/policy.md", "\"policy:9\"", "\"policy:8\"", "policy.md:6:22: error[unresolved-link]"),
    edit(
        "aoba/policies/1/policy.md",
        "better = \"higher\"",
        "better = \"more\"",
        "policy.md:13:10: error[unknown-word]",
    ),
    edit("aoba/programs/bus/program.md", "name = \"路線バスの再編\"\n", "", "program.md:2:1: error[missing-key]"),
    edit("aoba/policies/1/2022.md", "\"1,180\"", "\"1,18\"", "2022.md:4:13: error[not-a-value]"),
    edit("aoba/policies/1/2022.md", "actual.R4", "actual.H99", "2022.md:5:8: error[not-a-year]"),
    edit(
        "aoba/policies/1/2022.md",
        "[indicator.riyosha]",
        "[indicator.riyousha]",
        "2022.md:2:12: error[unknown-indicator]",
    ),
    edit("aoba/policies/1/2022.md", "grade = \"B\"\n+++", "grade = \"E\"\n+++", "2022.md:10:9: error[unknown-mark]"),
    edit("aoba/policies/1/2022.md", "## 成果と課題", "## 成果", "2022.md:12:4: error[unknown-heading]"),
    edit("aoba/policies/1/2023.md", "(program:bus)", "(program:bass)", "2023.md:45:9: error[unresolved-link]"),
    edit("aoba/policies/2/policy.md", "+++\n", "name\n", "error"),
    edit("aoba/programs/bus/program.md", "H18/", "H18から", "program.md:4:10: error[not-a-year]"),
    edit(
        "aoba/programs/bus/2023.md",
        "budget.R5 = 12500",
        "budget.R5 = 12500\nbudget.R05 = 1",
        "2023.md:4:8: error[same-year-twice]",
    ),
];

#[test]
fn content_errors_are_reported_and_leave_the_site_unchanged() {
    let (_guard, folder) = temp_dir();
    copy(&root().join("tests/golden/theme"), &folder.join("theme"));
    let output = folder.join("output");
    copy(&golden(), &folder.join("content"));
    build(&folder.join("content"), &output);
    let (before, mut wrong) = (times(&output), Vec::new());
    for InvalidEdit { file, from, to, expected } in INVALID_EDITS {
        let content = folder.join("content");
        let path = content.join(file);
        let text = std::fs::read_to_string(&path).expect("can be read");
        assert!(text.contains(from), "{file} does not contain {from}");
        std::fs::write(&path, text.replacen(from, to, 1)).expect("can be written");
        let done = run_build(&content, &output);
        std::fs::write(&path, text).expect("can be written");

        let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.code() != Some(1) || !stderr.contains(expected) || !stderr.contains("1 error, 0 warnings") {
            wrong.push(format!("{file}: {to}\nexpected: {expected}\nfound: {stderr}"));
        }
        assert_eq!(before, times(&output), "{file}: {to} changed the site");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn content_without_a_strategy_is_an_error() {
    let (_guard, folder) = temp_dir();
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&golden(), &output);
    let before = times(&output);
    // An unmounted network share, and incomplete content folders.
    for files in
        [&[][..], &["site.toml"], &["site.toml", "aoba/policies/1/policy.md"], &["site.toml", "aoba/notes.txt"]]
    {
        std::fs::create_dir_all(&content).expect("can be created");
        for file in files {
            support::write(&content.join(file), &std::fs::read(golden().join(file)).unwrap_or_default());
        }
        copy(&root().join("tests/golden/theme"), &folder.join("theme"));
        for only in [&[][..], &["--strategy", "aoba"]] {
            let mut command = shirube(&["build", "--format", "short"]);
            command.args(only).arg("--content").arg(&content).arg("--output").arg(&output);
            let mut check = shirube(&["check", "--format", "short"]);
            check.args(only).arg("--content").arg(&content);
            for command in [&mut command, &mut check] {
                let done = command.output().expect("the binary runs");
                let stderr = String::from_utf8_lossy(&done.stderr);
                assert!(done.status.code() == Some(1) && stderr.contains("error[no-strategy]"), "{files:?}: {stderr}");
            }
        }
        assert_eq!(before, times(&output), "{files:?} changed the site");
        std::fs::remove_dir_all(&content).expect("can be removed");
    }
}

#[test]
fn suggests_the_content_folder_for_a_child_or_parent_of_it() {
    let stdout_of = |content: &Path| {
        let (_guard, output) = temp_dir();
        let mut command = shirube(&["build", "--format", "json"]);
        let done = command.arg("--content").arg(content).arg("--output").arg(output.join("site")).output();
        let done = done.expect("the binary runs");
        assert_eq!(done.status.code(), Some(1));
        assert!(!output.join("site").exists());
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let stdout = stdout_of(&golden().join("aoba"));
    assert!(stdout.contains(&format!("`--content {} --strategy aoba`", golden().display())), "{stdout}");
    assert_eq!(stdout.lines().count(), 1, "{stdout}");

    let (_guard, folder) = temp_dir();
    copy(&golden(), &folder.join("content"));
    let stdout = stdout_of(&folder);
    assert!(stdout.contains("if content is the content folder, specify it with --content"), "{stdout}");
}

#[test]
fn completes_and_reports_an_interrupted_build() {
    let (_guard, output) = temp_dir();
    build(&golden(), &output);
    let stage = output.join(".shirube/stage");
    std::fs::create_dir_all(stage.join("tree")).expect("can be created");
    let stderr_of = |done: std::process::Output| String::from_utf8_lossy(&done.stderr).into_owned();
    let stderr = stderr_of(build(&golden(), &output));
    assert!(stderr.contains("was interrupted before publishing"), "{stderr}");

    std::fs::create_dir_all(stage.join("tree")).expect("can be created");
    std::fs::rename(output.join("index.html"), stage.join("tree/index.html")).expect("can be moved");
    let journal = "shirube journal 1\nplace index.html\n";
    std::fs::write(output.join(".shirube/journal"), journal).expect("can be written");
    let stderr = stderr_of(build(&golden(), &output));
    assert!(stderr.contains("completed an earlier build"), "{stderr}");
    assert!(stderr.contains("(1 remaining change)"), "{stderr}");
    assert!(output.join("index.html").exists());

    std::fs::write(output.join(".shirube/manifest"), "").expect("can be written");
    let stderr = stderr_of(build(&golden(), &output));
    assert!(stderr.contains("repaired a damaged record"), "{stderr}");
    assert_eq!(stderr_of(build(&golden(), &output)).matches("interrupted").count(), 0);
}

#[test]
fn rejects_content_inside_the_output_folder() {
    let (_guard, folder) = temp_dir();
    copy(&root().join("tests/golden"), &folder);
    let before = tree(&folder);
    for output in [".", "content", "content/site"] {
        let mut command = shirube(&["build", "--content", "content", "--output", output]);
        let done = command.current_dir(&folder).output().expect("the binary runs");
        assert_eq!(done.status.code(), Some(2), "{output}");
    }
    let done = shirube(&["build", "--content", "content/aoba/..", "--output", "content/.."])
        .current_dir(&folder)
        .output()
        .expect("the binary runs");
    let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(stderr.contains("is inside the output folder"), "{stderr}");
    assert_eq!(before, tree(&folder));
    assert!(!folder.join(".shirube").exists());
}

/// The program runs with one thread if the system provides no others.
#[cfg(target_os = "linux")]
#[test]
fn builds_without_additional_threads() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_guard, folder) = temp_dir();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    let program = folder.join("shirube");
    std::fs::copy(env!("CARGO_BIN_EXE_shirube"), &program).unwrap();
    support::copy(&root().join("tests/fixtures/error-free"), &folder.join("content"));
    let script = "ulimit -u 1; exec ./shirube build --lang en 2>&1";
    // The limit does not apply to root.
    let is_root = std::process::Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = std::process::Command::new(if is_root { "setpriv" } else { "bash" });
    if is_root {
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "bash"]);
    }
    let done = command.args(["-c", script]).current_dir(&folder).output().unwrap();
    let text = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && text.contains("wrote"), "{text}");
}

#[test]
fn bounds_the_number_of_threads() {
    let (_guard, folder) = temp_dir();
    let mut command = shirube(&["build", "--content", "tests/fixtures/error-free"]);
    let start = std::time::Instant::now();
    let done = command.arg("--output").arg(&folder).env("RAYON_NUM_THREADS", "100000").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(start.elapsed().as_secs() < 60, "100,000 threads were started");
}
