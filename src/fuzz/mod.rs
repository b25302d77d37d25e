//! Fuzzing of everything that reads input: random changes to a kept corpus, guided by observed behaviour.
//!
//! A [`Target`] reads an input, asserts what is promised of every input, and returns the features of its behaviour: the
//! rules of its diagnostics, the elements of its output, the kinds of its errors. An input with a new feature joins the
//! pool of inputs that are changed further. The corpus in `tests/fuzz` holds inputs found in this way, one folder per
//! target; `SHIRUBE_FUZZ_KEEP=1` adds those of the current run, shortened, and
//! removes those that add no feature.
//!
//! Counters of a compiler would guide it more finely, but reading them needs unsafe code or a nightly compiler. The lines
//! that a run executes are measured from outside: `cargo xtask campaign fuzz`.

mod corpus;
mod mutate;
mod targets;

use crate::random::for_each_seed;
use mutate::Random;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Features of the behaviour for an input.
pub(crate) type Features = BTreeSet<String>;

/// A reader of input.
struct Target {
    /// Name, also of the folder of its corpus.
    name: &'static str,
    /// Fragments with a meaning in the input.
    pieces: &'static [&'static str],
    /// Inputs per seed, fewer for slow targets.
    inputs: usize,
    /// Reads an input, and asserts what is promised of every input.
    run: fn(&[u8]) -> Features,
}

/// Greatest length of an input in bytes; shared by all targets, so that each run is fast.
const LONGEST: usize = 16_384;

/// Time after which an input counts as a hang. An input takes milliseconds, in debug builds and on a busy machine too.
const HANG: Duration = Duration::from_secs(60);

/// The current input and its start, if any; also read by the thread that detects hangs.
type Current = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// Runs of inputs, which are shown if they fail.
struct Runner {
    target: &'static Target,
    current: Current,
}

impl Runner {
    fn new(target: &'static Target) -> Self {
        let current = Current::default();
        let watched = Arc::downgrade(&current);
        std::thread::spawn(move || {
            while let Some(watched) = watched.upgrade() {
                let hanging = watched.lock().ok().and_then(|current| current.clone());
                if let Some((start, input)) = hanging.filter(|(start, _)| start.elapsed() > HANG) {
                    eprintln!("{}: no result after {:?} for {}", target.name, start.elapsed(), input.escape_ascii());
                    std::process::abort();
                }
                drop(watched);
                std::thread::sleep(Duration::from_millis(500));
            }
        });
        Self { target, current }
    }

    fn run(&self, input: &[u8]) -> Features {
        *self.current.lock().unwrap() = Some((Instant::now(), input.to_vec()));
        let features = catch_unwind(AssertUnwindSafe(|| (self.target.run)(input)));
        *self.current.lock().unwrap() = None;
        features.unwrap_or_else(|panic| {
            eprintln!("{}: failed for b\"{}\"", self.target.name, input.escape_ascii());
            resume_unwind(panic)
        })
    }

    /// Shortens an input as long as it keeps the features `wanted`, with a limited number of attempts.
    fn shorten(&self, mut input: Vec<u8>, wanted: &Features) -> Vec<u8> {
        let mut part = input.len() / 2;
        let mut attempts = 300;
        while part > 0 {
            let mut start = 0;
            while start < input.len() && attempts > 0 {
                let mut shorter = input.clone();
                shorter.drain(start..(start + part).min(input.len()));
                attempts -= 1;
                if wanted.is_subset(&self.run(&shorter)) { input = shorter } else { start += part }
            }
            part /= 2;
        }
        input
    }
}

/// Runs the kept inputs of a target; returns all their features.
fn run_corpus(runner: &Runner, inputs: &[Vec<u8>]) -> Features {
    inputs.iter().flat_map(|input| runner.run(input)).collect()
}

/// Fuzzes a target with each seed; prints the number of inputs and of features, which `cargo xtask campaign` reads.
fn fuzz(target: &'static Target) {
    let runner = Runner::new(target);
    let keeps = std::env::var_os("SHIRUBE_FUZZ_KEEP").is_some();
    if keeps {
        let mut reached = Features::new();
        corpus::prune(target.name, |input| {
            let before = reached.len();
            reached.extend(runner.run(input));
            reached.len() > before
        });
    }
    let corpus = corpus::read(target.name);
    let known = run_corpus(&runner, &corpus);
    let (mut all, mut inputs) = (known.clone(), 0);
    for_each_seed(|random| {
        let mut random = Random(random);
        // Each seed starts from the corpus alone, so that it can be repeated alone.
        let (mut pool, mut seen) = (corpus.clone(), known.clone());
        for _ in 0..target.inputs {
            let input = mutate::changed(&mut random, &pool, target.pieces, LONGEST);
            let features = runner.run(&input);
            inputs += 1;
            let new: Features = features.difference(&seen).cloned().collect();
            if !new.is_empty() {
                if keeps && !new.is_subset(&all) {
                    corpus::add(target.name, &runner.shorten(input.clone(), &new));
                }
                all.extend(new.iter().cloned());
                seen.extend(new);
                pool.push(input);
            }
        }
    });
    let (features, new) = (all.len(), all.len() - known.len());
    println!("\nfuzz {}: {inputs} inputs, {features} features, {new} new", target.name);
}

/// Declares the tests of all targets: the kept inputs, in every run of the tests, and random ones, in campaigns.
macro_rules! targets {
    ($($name:ident),+ $(,)?) => {
        mod kept {
            $(#[test] fn $name() {
                let target = &super::targets::$name::TARGET;
                let inputs = super::corpus::read(target.name);
                assert!(inputs.len() > 2, "tests/fuzz/{} has {} inputs", target.name, inputs.len());
                let features = super::run_corpus(&super::Runner::new(target), &inputs);
                assert!(features.len() > 4, "the inputs of {} reach only {features:?}", target.name);
            })+
        }
        mod random {
            $(#[test]
            #[ignore = "takes minutes: cargo xtask campaign"]
            fn $name() {
                super::fuzz(&super::targets::$name::TARGET);
            })+
        }
    };
}

targets![accounts, csv, front_matter, journal, manifest, markdown, report_json, theme, values, xlsx];
