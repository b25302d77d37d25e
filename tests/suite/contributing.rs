//! Worked examples of `CONTRIBUTING.md`: their diffs apply to the current files, each alone and all in order.
//!
//! `cargo xtask examples` also compiles and tests the result.

use crate::support::{root, temp_dir, write};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const GUIDE: &str = "CONTRIBUTING.md";

/// A worked example: the heading of its section, and its diff.
struct Example {
    heading: String,
    diff: String,
}

/// All examples of the guide, in order.
fn examples() -> Vec<Example> {
    let guide = std::fs::read_to_string(root().join(GUIDE)).expect("can be read");
    let (mut heading, mut examples, mut lines) = ("", Vec::new(), guide.lines());
    while let Some(line) = lines.next() {
        if line == "```diff" {
            let diff = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            examples.push(Example { heading: heading.to_owned(), diff });
        } else if let Some(title) = line.strip_prefix("### ") {
            heading = title;
        }
    }
    assert_eq!(examples.len(), 4, "{GUIDE} has four diffs");
    examples
}

impl Example {
    /// Paths of all files that the diff changes or creates.
    fn paths(&self) -> BTreeSet<&str> {
        self.diff.lines().filter_map(|line| line.strip_prefix("+++ b/")).collect()
    }

    /// Copies the files that the diff touches to `folder`, except those that exist there.
    fn copy_touched_files(&self, folder: &Path) {
        for path in self.paths() {
            let (from, to) = (root().join(path), folder.join(path));
            if from.exists() && !to.exists() {
                write(&to, &std::fs::read(from).expect("can be read"));
            }
        }
    }

    /// Applies the diff to the files below `folder`, and panics if it does not apply or leaves a file unchanged.
    fn apply(&self, folder: &Path) {
        self.copy_touched_files(folder);
        let before = crate::support::tree(folder);
        self.git_apply(folder, &["--check"]);
        self.git_apply(folder, &[]);
        let after = crate::support::tree(folder);
        for path in self.paths() {
            assert_ne!(before.get(path), after.get(path), "{}: {path} is unchanged", self.heading);
        }
    }

    fn git_apply(&self, folder: &Path, options: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"]).args(options).arg("-");
        // Within a repository, git would skip files outside of it, and succeed.
        git.current_dir(folder).env("GIT_CEILING_DIRECTORIES", folder.parent().expect("is a subfolder"));
        git.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").env_remove("GIT_INDEX_FILE");
        git.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut running = git.spawn().expect("git is installed");
        running.stdin.take().expect("is piped").write_all(self.diff.as_bytes()).expect("git reads the diff");
        let done = running.wait_with_output().expect("git ends");
        assert!(
            done.status.success(),
            "The diff of \"{}\" in {GUIDE} no longer applies:\n\n{}\n\
             To update the diff, follow \"Updating the examples\" at the end of {GUIDE}.",
            self.heading,
            String::from_utf8_lossy(&done.stderr)
        );
    }
}

#[test]
fn each_example_applies_alone() {
    for example in examples() {
        let (_guard, folder) = temp_dir();
        example.apply(&folder);
    }
}

#[test]
fn all_examples_apply_in_order() {
    let (_guard, folder) = temp_dir();
    for example in examples() {
        example.apply(&folder);
    }
}
