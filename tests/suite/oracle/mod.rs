//! Independent, straightforward implementation of `docs/statements.md`, compared with the built pages of randomly
//! generated strategies.
//!
//! Each disagreement is printed with the seed of its strategy. `SHIRUBE_SEED=42 SHIRUBE_CASES=1` runs only that
//! strategy, `ORACLE_KEEP=folder` keeps its content and pages, and `cargo xtask campaign oracle` runs many.

mod amount;
mod beside;
mod correction;
mod declare;
mod department;
mod expect;
mod figures;
mod findings;
pub(crate) mod generate;
mod indicator;
mod marks;
mod method;
pub(crate) mod model;
mod pages;
mod plausible;
pub(crate) mod random;
mod share;
mod sheet;
mod statement;
mod strategy;
mod value;
pub(crate) mod write;

use crate::support;
use model::Strategy;
use rayon::prelude::*;
use statement::{Expected, Statement};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Number of strategies in a regular test run.
const CASES: u64 = 60;
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
    let strategies: Vec<Strategy> = seeds.iter().map(|seed| generate::strategy(*seed)).collect();
    let (_guard, path) = match std::env::var_os("ORACLE_KEEP") {
        Some(path) => {
            let path = PathBuf::from(path);
            for folder in ["content", "output"] {
                let _ = std::fs::remove_dir_all(path.join(folder));
            }
            (None, path)
        }
        None => {
            let (guard, path) = support::temp_dir();
            (Some(guard), path)
        }
    };
    write::write(&strategies, &path.join("content"));
    support::build(&path.join("content"), &path.join("output"));
    let cards = pages::on_home_page(&path.join("output/index.html"));
    strategies
        .par_iter()
        .flat_map_iter(|strategy| {
            let folder = path.join("output").join(&strategy.id);
            let card = cards.get(&strategy.id).cloned().unwrap_or_default();
            let card = compare(strategy, "the home page", &expect::card(strategy), &card);
            disagreements_of(strategy, &folder).into_iter().chain(card).chain(findings::disagreements(strategy))
        })
        .collect()
}

fn disagreements_of(strategy: &Strategy, folder: &std::path::Path) -> Vec<String> {
    let mut expected = expect::pages(strategy);
    let mut disagreements = Vec::new();
    for (page, statements) in pages::read(folder) {
        let expected = expected.remove(&page).unwrap_or_default();
        disagreements.extend(compare(strategy, &page, &expected, &statements));
    }
    for (page, expected) in expected {
        disagreements.extend(compare(strategy, &page, &expected, &BTreeSet::new()));
    }
    disagreements
}

fn compare(strategy: &Strategy, page: &str, expected: &[Expected], statements: &BTreeSet<Statement>) -> Option<String> {
    let missing = expected.iter().filter(|expected| expected.required && !expected.matches_any(statements.iter()));
    let unexpected = statements.iter().filter(|statement| !expected.iter().any(|expected| expected.matches(statement)));
    let mut text = String::new();
    for expected in missing.collect::<BTreeSet<_>>() {
        writeln!(text, "  missing:    {expected}").expect("writing to a string cannot fail");
    }
    for statement in unexpected {
        writeln!(text, "  unexpected: {statement}").expect("writing to a string cannot fail");
    }
    (!text.is_empty()).then(|| format!("seed {}, strategy {}, page {page}\n{text}", strategy.seed, strategy.id))
}
