//! Validators of open data formats, which are written in Python and installed in a virtual environment.

use crate::{cargo, root, run, target};
use std::path::Path;
use std::process::Command;

/// Installs the validators, builds the sites, and validates them.
///
/// # Errors
/// If the validators cannot be installed, or find something.
pub(crate) fn run_validators() -> Result<(), String> {
    let environment = target().join("validate");
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python3" });
    if !python.is_file() {
        run(command(Path::new(if cfg!(windows) { "python" } else { "python3" }), &["-m", "venv"], &environment))?;
    }
    let requirements = root().join("tests/validate/requirements.txt");
    run(command(&python, &["-m", "pip", "install", "--quiet", "--requirement"], &requirements))?;
    let mut test = cargo(&["test", "--test", "suite", "--", "--ignored", "--nocapture", "validators::"]);
    test.env("SHIRUBE_PYTHON", &python);
    run(test)
}

fn command(program: &Path, arguments: &[&str], path: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).arg(path);
    command
}
