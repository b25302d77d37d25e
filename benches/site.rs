//! Complete builds of a corpus of fictitious cities, compared with Hugo and Zola.
//!
//! ```text
//! cargo bench --bench site -- --cities 100 --cities 400 --rounds 5 --hugo PATH --zola PATH
//! ```
//! `--large` measures a single city with 2,535 programs instead.
//!
//! Every round measures Hugo and Zola on equivalent sites; clean builds with the minimal theme, whose pages correspond
//! to theirs, and with the default theme; and with each of these themes a build without changes, a build after a
//! changed figure, a build of one city only, and a build of the portal. Medians and ratios are printed as Markdown.
//!
//! The first round compares the pages of all generators (`comparison/equivalence.rs`), and the benchmark stops if they
//! differ. Files that only Shirube writes are included in its results: `report.json`, `summary.json`, `404.html`, the
//! scripts of the theme, and the search and data packages of the default theme.

#![allow(clippy::indexing_slicing, reason = "a benchmark fails by panicking")]
#![allow(unreachable_pub, reason = "a benchmark is a program: nothing of it is public")]

mod comparison;
mod competitor;
mod corpus;

use clap::Parser;
use competitor::{Competitor, hugo, zola};
use std::path::PathBuf;
use std::process::ExitCode;

/// Builds a corpus of fictitious cities repeatedly, and prints medians and ratios
#[derive(Parser)]
struct Arguments {
    /// Number of cities; can be repeated to measure several sizes
    #[arg(long, default_value = "100")]
    cities: Vec<usize>,

    /// Number of rounds
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,

    /// Path of the Hugo binary, not of a wrapper script
    #[arg(long)]
    hugo: Option<PathBuf>,

    /// Path of the Zola binary
    #[arg(long)]
    zola: Option<PathBuf>,

    /// Build one city with 2,535 programs instead, and report time, memory and the largest pages
    #[arg(long)]
    large: bool,

    /// Argument that `cargo bench` passes to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match measure(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(Arguments { cities, rounds, hugo, zola, large, .. }: Arguments) -> std::io::Result<()> {
    // In the target directory, because the temporary directory of the system may be in memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    if large {
        return comparison::large::measure(rounds, folder.path());
    }
    let hugo = hugo.map(|program| Competitor { name: "Hugo", program, write: hugo::write, build: hugo::build });
    let zola = zola.map(|program| Competitor { name: "Zola", program, write: zola::write, build: zola::build });
    let competitors: Vec<Competitor> = hugo.into_iter().chain(zola).collect();
    let names: Vec<&str> = competitors.iter().map(|competitor| competitor.name).collect();
    let mut tables = Vec::new();
    for &cities in &cities {
        tables.push(comparison::measure(cities, rounds, &folder.path().join(cities.to_string()), &competitors)?);
    }
    for (cities, table) in cities.iter().zip(&tables) {
        println!("\n## {cities} cities");
        table.print(&names);
    }
    if let ([few, .., many], [less, .., more]) = (cities.as_slice(), tables.as_slice()) {
        println!("\n## {many} cities compared with {few}");
        less.print_growth(more);
    }
    Ok(())
}
