//! What a run of a program took, and what it came to over several rounds.

use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What one run took.
#[derive(Clone, Copy)]
pub struct Run {
    pub wall: Duration,
    /// User and system time of all its threads.
    pub cpu: Duration,
    /// The most memory that it held, in bytes.
    pub peak: u64,
}

/// Runs `command` to its end.
///
/// Everything that earlier runs wrote is brought to the disk first: its way there must not
/// be counted here.
pub fn run(command: &mut Command) -> io::Result<Run> {
    Command::new("sync").status()?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn()?;
    let stderr = child.stderr.take();
    let used = child.wait4()?;
    let wall = start.elapsed();
    if !used.status.success() {
        let said = stderr.map(io::read_to_string).transpose()?.unwrap_or_default();
        return Err(io::Error::other(format!("{command:?} failed: {said}")));
    }
    Ok(Run { wall, cpu: used.rusage.utime + used.rusage.stime, peak: used.rusage.maxrss })
}

/// The median of each of the three, over several rounds.
pub fn median(runs: &[Run]) -> Run {
    Run { wall: middle(runs, |run| run.wall), cpu: middle(runs, |run| run.cpu), peak: middle(runs, |run| run.peak) }
}

fn middle<T: Ord + Copy + Default>(runs: &[Run], of: impl Fn(&Run) -> T) -> T {
    let mut values: Vec<T> = runs.iter().map(of).collect();
    values.sort();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
