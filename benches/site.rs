//! The race: whole builds of a made-up nation, against Hugo, Zola and the disk.
//!
//! ```text
//! cargo bench --bench site -- --cities 100 --cities 400 --rounds 5 --hugo PATH --zola PATH
//! ```
//! Every round measures, each into a folder of its own: Hugo and Zola on equivalent sites; a
//! clean build with pages like theirs (`race/plain`) and with the default theme; a plain writer
//! of the same files (the floor); a build that changes nothing; one after a changed figure; one
//! city alone, and the pages around all cities.
//! Medians and ratios are printed as Markdown.
//!
//! After the first round the pages of the contestants are compared (`race/same.rs`); there is no
//! race between pages that are not equal. What Shirube writes beside them counts against it, and
//! is named: `report.json`, `summary.json`, `404.html`, the scripts of the theme, and the search of the default one.

#![allow(clippy::indexing_slicing, reason = "a benchmark fails by panicking")]
#![allow(unreachable_pub, reason = "a benchmark is a program: nothing of it is public")]

mod corpus;
mod race;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// Builds a corpus of made-up cities again and again, and prints medians and ratios
#[derive(Parser)]
struct Arguments {
    /// How many cities; several sizes are measured one after the other
    #[arg(long, default_value = "100")]
    cities: Vec<usize>,

    /// How often everything is measured
    #[arg(long, default_value_t = 5)]
    rounds: usize,

    /// The folder to work in, which must not exist; it is deleted at the end
    #[arg(long, default_value = "target/race")]
    folder: PathBuf,

    /// Hugo's own binary, not a script that calls it
    #[arg(long)]
    hugo: Option<PathBuf>,

    /// Zola
    #[arg(long)]
    zola: Option<PathBuf>,

    /// Leave everything that was written
    #[arg(long)]
    keep: bool,

    /// What `cargo bench` gives to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, race::floor::COMMAND, site, into] => race::floor::write(site.as_ref(), into.as_ref()),
        _ => race(Arguments::parse()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn race(Arguments { cities, rounds, folder, hugo, zola, keep, .. }: Arguments) -> std::io::Result<()> {
    std::fs::create_dir(&folder)?;
    let folder = folder.canonicalize()?;
    race::race(&race::Settings { cities, rounds, folder: folder.clone(), peers: race::peers(hugo, zola) })?;
    if keep { Ok(()) } else { std::fs::remove_dir_all(folder) }
}
