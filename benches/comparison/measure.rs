//! Measurement of time and memory of a process.

use std::io::{self, Seek as _};
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// Resource usage of one run.
#[derive(Clone, Copy)]
pub struct Run {
    /// Elapsed time in seconds.
    pub wall: f64,
    /// User and system time of all threads in seconds.
    pub cpu: f64,
    /// Peak memory in MB.
    pub peak: f64,
}

/// Runs `command` to its end.
///
/// Data written by earlier runs is flushed to the disk first, so that it does not count towards this run.
pub fn run(command: &mut Command) -> io::Result<Run> {
    Command::new("sync").status()?;
    // A file instead of a pipe: messages are read after the process ends, and a full pipe would block it.
    let mut stderr = tempfile::tempfile()?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr.try_clone()?);
    let start = Instant::now();
    let child = command.spawn()?;
    let used = child.wait4()?;
    let wall = start.elapsed().as_secs_f64();
    if !used.status.success() {
        stderr.rewind()?;
        let message = io::read_to_string(stderr)?;
        return Err(io::Error::other(format!("{command:?} failed: {message}")));
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Run { wall, cpu, peak: used.rusage.maxrss as f64 / 1e6 })
}

/// The median of each measure over several rounds.
pub fn median(runs: &[Run]) -> Run {
    let of = |value: fn(&Run) -> f64| {
        let mut values: Vec<f64> = runs.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Run { wall: of(|run| run.wall), cpu: of(|run| run.cpu), peak: of(|run| run.peak) }
}
