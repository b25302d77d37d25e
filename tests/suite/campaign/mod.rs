//! Reliability tests that need minutes and whose cases depend on seeds; `cargo xtask campaign` runs them.

mod environment;
mod faults;
mod full_disk;
mod mutations;
mod nation;
mod reader;

pub(crate) use reader::{Reader, Versions};

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// Time after which a run counts as a hang; debug builds on a busy machine take seconds.
const HANG: Duration = Duration::from_secs(120);

/// The tested program: that of this build, or the one named by `SHIRUBE_PROGRAM`, such as an optimized one.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("SHIRUBE_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_shirube").into(), PathBuf::from)
}

/// `shirube build` of `content` into `output`.
pub(crate) fn build_command(content: &Path, output: &Path) -> Command {
    let mut command = Command::new(program());
    command.args(["build", "--lang", "en", "--format", "json", "--content"]).arg(content).arg("--output").arg(output);
    command
}

/// A finished run.
struct Finished {
    status: ExitStatus,
    stdout: String,
    stderr: String,
}

/// Runs a command to its end; `None` if it did not end and was killed.
fn run_bounded(command: &mut Command) -> Option<Finished> {
    let (mut stdout, mut stderr) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
    let mut child = command.stdout(stdout.try_clone().unwrap()).stderr(stderr.try_clone().unwrap()).spawn().unwrap();
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > HANG {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let [stdout, stderr] = [&mut stdout, &mut stderr].map(|file| {
        use std::io::{Read as _, Seek as _};
        let mut bytes = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    });
    Some(Finished { status, stdout, stderr })
}

/// Runs a build that must succeed.
pub(crate) fn must_build(content: &Path, output: &Path) {
    let done = run_bounded(&mut build_command(content, output)).expect("the build ends");
    assert!(done.status.success(), "{}{}", done.stdout, done.stderr);
}
