//! The floor: the files that a build wrote, written again from memory by two threads with
//! nothing to think about. No generator that writes these files can be faster.

use super::measure::Run;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use walkdir::WalkDir;

const THREADS: usize = 2;

/// The name of the command line under which this program is the plain writer.
pub const COMMAND: &str = "floor";

/// Runs the plain writer in a process of its own, so that it starts as cold as a build.
/// Only its writing is counted, without what it needs to take the files into memory.
pub fn run(site: &Path, into: &Path) -> io::Result<Run> {
    Command::new("sync").status()?;
    let output = Command::new(std::env::current_exe()?).arg(COMMAND).args([site, into]).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let micros = said.trim().parse().map_err(|_| io::Error::other(format!("the floor failed: {output:?}")))?;
    Ok(Run { wall: Duration::from_micros(micros), cpu: Duration::ZERO, peak: 0 })
}

/// Takes the site into memory, writes it to `into`, and prints for how many microseconds it wrote.
pub fn write(site: &Path, into: &Path) -> io::Result<()> {
    let mut folders = Vec::new();
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for entry in WalkDir::new(site).sort_by_file_name() {
        let entry = entry?;
        let target = into.join(entry.path().strip_prefix(site).map_err(io::Error::other)?);
        if entry.file_type().is_dir() {
            folders.push(target);
        } else {
            files.push((target, fs::read(entry.path())?));
        }
    }
    let start = Instant::now();
    folders.iter().try_for_each(fs::create_dir_all)?;
    let half = files.len().div_ceil(THREADS);
    let put = |files: &[(PathBuf, Vec<u8>)]| files.iter().try_for_each(|(path, bytes)| fs::write(path, bytes));
    thread::scope(|scope| {
        let writers: Vec<_> = files.chunks(half).map(|files| scope.spawn(move || put(files))).collect();
        writers.into_iter().try_for_each(|writer| writer.join().map_err(|_| io::Error::other("a writer panicked"))?)
    })?;
    println!("{}", start.elapsed().as_micros());
    Ok(())
}
