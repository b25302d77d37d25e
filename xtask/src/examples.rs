//! Worked examples of `CONTRIBUTING.md`, applied to a copy of the repository and tested there.

use crate::{cargo, root, run, target};
use std::path::Path;
use std::process::{self, Command};
use std::{env, fs};

const GUIDE: &str = "CONTRIBUTING.md";

/// Copies the repository to a temporary folder, applies the diffs of all examples, accepts the snapshots, which
/// the diffs leave out, and runs the tests of the copy. The diffs are also written to `target/examples`, for updating
/// them.
///
/// # Errors
/// If a diff does not apply, or if the tests of the copy fail.
pub(crate) fn test() -> Result<(), String> {
    let folder = target().join("examples");
    // Not below the repository, so that nothing in the copy finds the files of the repository around it.
    let copy = env::temp_dir().join(format!("shirube-examples-{}", process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("cannot write {}: {error}", folder.display()))?;
    copy_repository(&copy)?;
    let guide = fs::read_to_string(root().join(GUIDE)).map_err(|error| format!("cannot read {GUIDE}: {error}"))?;
    let mut files = Vec::new();
    for (number, diff) in (1..).zip(diffs(&guide)) {
        let file = folder.join(format!("{number}.diff"));
        fs::write(&file, diff).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        files.push(file);
    }
    for (number, file) in (1..).zip(&files) {
        let mut apply = git(&copy);
        // In a repository around the copy, git would skip all files of the copy, and succeed.
        apply.args(["apply", "--whitespace=nowarn"]).arg(file).env("GIT_CEILING_DIRECTORIES", env::temp_dir());
        run(apply).map_err(|error| format!("{error}\nThe diff of example {number} in {GUIDE} does not apply."))?;
    }
    let tests = |arguments: &[&str]| {
        let mut tests = cargo(&["test"]);
        // The dependencies are compiled already.
        tests.args(arguments).current_dir(&copy).env("CARGO_TARGET_DIR", target());
        tests
    };
    let mut accept = tests(&["--test", "suite", "--", "golden::", "mistakes::", "reference::", "years::"]);
    accept.env("SNAPSHOTS", "overwrite");
    // A test that reads snapshots while another one writes them may fail. The next run decides.
    if let Err(error) = run(accept) {
        println!("{error}");
    }
    // The diffs apply only once.
    run(tests(&["--lib", "--test", "suite", "--", "--skip", "contributing::"]))?;
    fs::remove_dir_all(&copy).map_err(|error| format!("cannot remove {}: {error}", copy.display()))
}

/// All diffs of the guide, in order.
fn diffs(guide: &str) -> Vec<String> {
    let (mut diffs, mut lines) = (Vec::new(), guide.lines());
    while lines.any(|line| line == "```diff") {
        diffs.push(lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect());
    }
    diffs
}

/// Copies all files that git tracks or would add, as they are in the working tree.
fn copy_repository(to: &Path) -> Result<(), String> {
    let mut list = git(root());
    list.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = list.output().map_err(|error| format!("git: {error}"))?;
    if !listed.status.success() {
        return Err(format!("git ls-files: {}", String::from_utf8_lossy(&listed.stderr)));
    }
    let paths = String::from_utf8(listed.stdout).map_err(|error| format!("git ls-files: {error}"))?;
    let copied = || -> std::io::Result<()> {
        if to.exists() {
            fs::remove_dir_all(to)?;
        }
        for path in paths.split_terminator('\0') {
            let (from, to) = (root().join(path), to.join(path));
            // A file that was deleted but not yet removed from the index.
            if !from.exists() {
                continue;
            }
            fs::create_dir_all(to.parent().unwrap_or(&to))?;
            fs::copy(from, to)?;
        }
        Ok(())
    };
    copied().map_err(|error| format!("cannot copy the repository to {}: {error}", to.display()))
}

/// A git command in `folder`, independent of the variables that git sets in hooks.
fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "core.autocrlf=false"]);
    git.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").env_remove("GIT_INDEX_FILE");
    git
}
