//! Independent, straightforward implementation of `docs/statements.md`, compared with the built pages of randomly
//! generated strategies.
//!
//! Each disagreement is printed with the seed of its strategy. `SHIRUBE_SEED=42 SHIRUBE_CASES=1` runs only that
//! strategy, `ORACLE_KEEP=folder` keeps its content and pages, and `cargo xtask seeds oracle` runs many.

mod expect;
mod figures;
mod generate;
mod indicator;
mod method;
mod model;
mod pages;
pub(crate) mod random;
mod statement;
mod strategy;
mod value;
mod write;

use crate::support;
use model::City;
use rayon::prelude::*;
use statement::{Expected, Statement};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Number of strategies in a regular test run.
const CASES: u64 = 100;
/// Maximum number of strategies in one content folder.
const STRATEGIES_PER_BUILD: usize = 100;
/// Maximum number of printed disagreements.
const PRINTED: usize = 40;

#[test]
fn pages_agree_with_the_specification() {
    let seeds: Vec<u64> = support::seeds(CASES).collect();
    let mut count = 0;
    for seeds in seeds.chunks(STRATEGIES_PER_BUILD) {
        for disagreement in disagreements(seeds) {
            if count < PRINTED {
                println!("{disagreement}");
            }
            count += 1;
        }
    }
    assert!(count == 0, "{count} disagreements over {} strategies", seeds.len());
}

/// Builds the strategies of `seeds` and compares all their pages.
fn disagreements(seeds: &[u64]) -> Vec<String> {
    let cities: Vec<City> = seeds.iter().map(|seed| generate::city(*seed)).collect();
    let (_folder, path) = match std::env::var_os("ORACLE_KEEP") {
        Some(kept) => {
            let kept = PathBuf::from(kept);
            for folder in ["content", "output"] {
                let _ = std::fs::remove_dir_all(kept.join(folder));
            }
            (None, kept)
        }
        None => {
            let (folder, path) = support::temporary();
            (Some(folder), path)
        }
    };
    write::write(&cities, &path.join("content"));
    support::build(&path.join("content"), &path.join("output"));
    cities.par_iter().flat_map_iter(|city| disagreements_of(city, &path.join("output").join(&city.id))).collect()
}

fn disagreements_of(city: &City, folder: &std::path::Path) -> Vec<String> {
    let mut expected = expect::pages(city);
    let mut found = Vec::new();
    for (page, statements) in pages::read(folder) {
        let expected = expected.remove(&page).unwrap_or_default();
        found.extend(compare(city, &page, &expected, &statements));
    }
    for (page, expected) in expected {
        found.extend(compare(city, &page, &expected, &BTreeSet::new()));
    }
    found
}

fn compare(city: &City, page: &str, expected: &[Expected], statements: &BTreeSet<Statement>) -> Option<String> {
    let missing = expected.iter().filter(|expected| expected.required && !expected.is_in(statements.iter()));
    let unexpected = statements.iter().filter(|found| !expected.iter().any(|expected| expected.is(found)));
    let mut text = String::new();
    for expected in missing.collect::<BTreeSet<_>>() {
        writeln!(text, "  missing:    {expected}").expect("writing to a string cannot fail");
    }
    for found in unexpected {
        writeln!(text, "  unexpected: {found}").expect("writing to a string cannot fail");
    }
    (!text.is_empty()).then(|| format!("seed {}, strategy {}, page {page}\n{text}", city.seed, city.id))
}
