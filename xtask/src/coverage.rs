//! Coverage of fuzzing: the lines of each reader that its target executes.
//!
//! The unit tests are compiled with the counters of the compiler (`-C instrument-coverage`), the dependencies without
//! them, and the counters are read with the LLVM tools of the same compiler (`rustup component add llvm-tools`).

use crate::{command_line, root, target};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Variable that marks the process as the wrapper of the compiler.
const WRAPPER: &str = "XTASK_INSTRUMENTS";

/// The targets of fuzzing, and the files or folders that contain their readers.
const READERS: [(&str, &[&str]); 10] = [
    ("accounts", &["src/model/node.rs"]),
    ("csv", &["src/spreadsheet/csv.rs", "src/spreadsheet/text.rs"]),
    ("front_matter", &["src/content"]),
    ("journal", &["src/publish/journal.rs", "src/publish/recovery.rs"]),
    ("manifest", &["src/publish/manifest.rs", "src/publish/recovery.rs"]),
    ("markdown", &["src/markdown"]),
    ("report_json", &["src/diff"]),
    ("theme", &["src/theme"]),
    ("values", &["src/model/value.rs", "src/model/digits.rs", "src/content/value.rs", "src/content/figures.rs"]),
    ("xlsx", &["src/spreadsheet"]),
];

/// Executed lines of the readers of a target.
pub(crate) struct Coverage {
    pub(crate) target: &'static str,
    lines: usize,
    executed: usize,
}

impl Coverage {
    /// The coverage in words.
    pub(crate) fn described(&self) -> String {
        let percent = self.executed * 100 / self.lines.max(1);
        format!("{percent} % of {} lines", self.lines)
    }
}

/// Runs the compiler with counters if cargo has called this process in its place; returns its exit code.
pub(crate) fn compile_if_wrapper() -> Option<ExitCode> {
    std::env::var_os(WRAPPER)?;
    let mut arguments = std::env::args_os().skip(1);
    let mut compiler = Command::new(arguments.next()?);
    let arguments: Vec<OsString> = arguments.collect();
    let status = compiler.args(&arguments).args(["-C", "instrument-coverage"]).status().ok()?;
    Some(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The emptied folder for the counters; `None`, with a message, if the LLVM tools are missing.
pub(crate) fn prepare() -> Option<PathBuf> {
    if tool("llvm-profdata").is_none() || tool("llvm-cov").is_none() {
        println!("Coverage of fuzzing is not measured: `rustup component add llvm-tools` installs the tools for it.");
        return None;
    }
    let folder = target().join("coverage");
    if folder.exists() {
        fs::remove_dir_all(&folder).ok()?;
    }
    fs::create_dir_all(&folder).ok()?;
    Some(folder)
}

/// Makes cargo compile the package with counters, beside its ordinary form, and the tests write them to `folder`.
pub(crate) fn instrument(command: &mut Command, folder: &Path) {
    let Ok(this) = std::env::current_exe() else { return };
    command.env("RUSTC_WORKSPACE_WRAPPER", this).env(WRAPPER, "1");
    command.env("LLVM_PROFILE_FILE", folder.join("%p-%m.profraw"));
}

/// Coverage of each target, from the counters of all rounds.
///
/// All targets run in one process, so a line counts for a target if any of them has executed it.
pub(crate) fn measure(folder: &Path) -> Vec<Coverage> {
    match executed_lines(folder) {
        Ok(files) => READERS.iter().map(|(target, readers)| coverage_of(target, readers, &files)).collect(),
        Err(message) => {
            println!("Coverage of fuzzing is not measured: {message}");
            Vec::new()
        }
    }
}

fn coverage_of(target: &'static str, readers: &[&str], files: &BTreeMap<String, BTreeMap<usize, bool>>) -> Coverage {
    let belongs = |path: &str| readers.iter().any(|reader| path == *reader || path.starts_with(&format!("{reader}/")));
    let lines = files
        .iter()
        .filter(|(path, _)| belongs(path) && !path.contains("/tests"))
        .flat_map(|(_, lines)| lines.values());
    let (mut count, mut executed) = (0, 0);
    for is_executed in lines {
        count += 1;
        executed += usize::from(*is_executed);
    }
    Coverage { target, lines: count, executed }
}

/// The lines of each file outside of its tests, and whether they were executed.
fn executed_lines(folder: &Path) -> Result<BTreeMap<String, BTreeMap<usize, bool>>, String> {
    let list = fs::read_dir(folder).map_err(|error| error.to_string())?;
    let profiles: Vec<PathBuf> = list
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "profraw"))
        .collect();
    let merged = folder.join("merged.profdata");
    let mut merge = Command::new(tool("llvm-profdata").ok_or("llvm-profdata is missing")?);
    output(merge.args(["merge", "--sparse", "-o"]).arg(&merged).args(profiles))?;
    let mut export = Command::new(tool("llvm-cov").ok_or("llvm-cov is missing")?);
    export.args(["export", "--format=lcov", "--skip-functions", "--instr-profile"]).arg(&merged);
    let text = output(export.arg(tested_program()?))?;

    let mut files = BTreeMap::new();
    let (mut path, mut end) = (String::new(), usize::MAX);
    for line in text.lines() {
        if let Some(file) = line.strip_prefix("SF:") {
            let file = Path::new(file);
            path = file.strip_prefix(root()).unwrap_or(file).to_string_lossy().replace('\\', "/");
            end = first_line_of_tests(file);
        } else if let Some((number, count)) = line.strip_prefix("DA:").and_then(|data| data.split_once(',')) {
            let (number, count) = (number.parse().unwrap_or(usize::MAX), count.parse().unwrap_or(0_u64));
            if number < end {
                *files.entry(path.clone()).or_insert_with(BTreeMap::new).entry(number).or_insert(false) |= count > 0;
            }
        }
    }
    Ok(files)
}

/// Number of the line with which the tests within a file begin.
fn first_line_of_tests(file: &Path) -> usize {
    let text = fs::read_to_string(file).unwrap_or_default();
    let tests = text.lines().position(|line| line == "mod tests {");
    tests.map_or(usize::MAX, |index| index + 1)
}

/// The unit tests compiled with counters: of the programs with that name, the newest with a section for counters.
fn tested_program() -> Result<PathBuf, String> {
    let mut command = crate::cargo(&["test", "--lib", "--no-run", "--package", "shirube"]);
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    command.env("RUSTC_WORKSPACE_WRAPPER", this).env(WRAPPER, "1");
    let done = command.output().map_err(|error| error.to_string())?;
    let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
    let line =
        stderr.lines().find_map(|line| line.trim().strip_prefix("Executable ")).ok_or("cargo names no program")?;
    let path = line.rsplit_once('(').map_or(line, |(_, path)| path).trim_end_matches(')');
    Ok(root().join(path))
}

/// A tool of LLVM that belongs to the compiler.
fn tool(name: &str) -> Option<PathBuf> {
    let mut sysroot = Command::new("rustc");
    let libraries = output(sysroot.current_dir(root()).args(["--print", "target-libdir"])).ok()?;
    let path =
        Path::new(libraries.trim()).parent()?.join("bin").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    path.is_file().then_some(path)
}

/// Standard output of a command that must succeed.
fn output(command: &mut Command) -> Result<String, String> {
    let done = command.output().map_err(|error| format!("{}: {error}", command_line(command)))?;
    let stderr = String::from_utf8_lossy(&done.stderr);
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    } else {
        Err(stderr.into_owned())
    }
}
