//! Whole builds of a made-up nation, against Hugo and Zola.
//!
//! ```text
//! cargo bench --bench site -- --cities 100 --cities 400 --rounds 5 --hugo PATH --zola PATH
//! ```
//! Every round measures, each into a folder of its own: Hugo and Zola on equivalent sites; a
//! clean build with the minimal theme, whose pages are like theirs, and with the default theme; with each
//! of the two a build that changes nothing, one after a changed figure, one city alone, and the pages around
//! all cities. Medians and ratios are printed as Markdown.
//!
//! In the first round the pages of the contestants are compared (`competitive/equivalence.rs`); nothing is
//! measured between pages that are not equal. What Shirube writes beside them counts against it:
//! `report.json`, `summary.json`, `404.html`, the scripts of the theme, and the search of the default one.

#![allow(clippy::indexing_slicing, reason = "a benchmark fails by panicking")]
#![allow(unreachable_pub, reason = "a benchmark is a program: nothing of it is public")]

mod competitive;
mod competitor;
mod corpus;

use clap::Parser;
use competitor::{Competitor, hugo, zola};
use std::path::PathBuf;
use std::process::ExitCode;

/// Builds a corpus of made-up cities again and again, and prints medians and ratios
#[derive(Parser)]
struct Arguments {
    /// How many cities; several sizes are measured one after the other
    #[arg(long, default_value = "100")]
    cities: Vec<usize>,

    /// How often everything is measured
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,

    /// Hugo's own binary, not a script that calls it
    #[arg(long)]
    hugo: Option<PathBuf>,

    /// Zola
    #[arg(long)]
    zola: Option<PathBuf>,

    /// What `cargo bench` gives to every benchmark
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

fn measure(Arguments { cities, rounds, hugo, zola, .. }: Arguments) -> std::io::Result<()> {
    // On the disk of the target directory: a temporary directory of the system may lie in memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let hugo = hugo.map(|program| Competitor { name: "Hugo", program, write: hugo::write, build: hugo::build });
    let zola = zola.map(|program| Competitor { name: "Zola", program, write: zola::write, build: zola::build });
    let competitors: Vec<Competitor> = hugo.into_iter().chain(zola).collect();
    let names: Vec<&str> = competitors.iter().map(|competitor| competitor.name).collect();
    let mut tables = Vec::new();
    for &cities in &cities {
        tables.push(competitive::measure(cities, rounds, &folder.path().join(cities.to_string()), &competitors)?);
    }
    for (cities, table) in cities.iter().zip(&tables) {
        println!("\n## {cities} cities");
        table.print(&names);
    }
    if let ([few, .., many], [less, .., more]) = (cities.as_slice(), tables.as_slice()) {
        println!("\n## {many} cities against {few}");
        less.print_growth(more);
    }
    Ok(())
}
