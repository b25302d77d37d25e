//! Build of a single large city: time, memory, and the largest pages and files.

use super::build;
use super::measure::{median, run};
use crate::corpus::large;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Builds the city `rounds` times in the new folder `folder`, and prints the medians and the sizes of its files.
pub fn measure(rounds: u32, folder: &Path) -> io::Result<()> {
    let source = folder.join("content");
    large::write(&source, large::PROGRAMS)?;
    let site = |round: u32| folder.join(format!("round-{round}"));
    let runs: Vec<_> = (1..=rounds).map(|round| run(&mut build(&source, &site(round)))).collect::<io::Result<_>>()?;
    let median = median(&runs);
    println!("\n## A city with {} programs in {} accounts", large::PROGRAMS, large::ACCOUNTS.len());
    println!("\nclean build: {:.2} s, {:.2} s of CPU time, {:.0} MB of memory", median.wall, median.cpu, median.peak);
    println!("\n| kB | largest pages and index files, except print documents |\n|--:|---|");
    let mut files = Vec::new();
    sizes(&site(1), &mut files)?;
    let is_page = |path: &Path| path.extension().is_some_and(|ending| ending == "html" || ending == "js");
    let is_print = |path: &Path| path.components().any(|part| part.as_os_str() == "print");
    files.retain(|(_, path)| is_page(path) && !is_print(path));
    files.sort_by(|a, b| b.cmp(a));
    for (size, path) in files.iter().take(12) {
        println!("| {} | {} |", size / 1000, path.strip_prefix(site(1)).unwrap_or(path).display());
    }
    Ok(())
}

fn sizes(folder: &Path, files: &mut Vec<(u64, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let (entry, kind) = entry.and_then(|entry| entry.file_type().map(|kind| (entry, kind)))?;
        if kind.is_dir() {
            sizes(&entry.path(), files)?;
        } else {
            files.push((entry.metadata()?.len(), entry.path()));
        }
    }
    Ok(())
}
