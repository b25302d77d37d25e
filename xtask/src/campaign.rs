//! Reliability campaigns: long randomized tests, in rounds with new seeds until the time is up.

use crate::browser::{self, BrowserSetup};
use crate::campaign_tests::{Needs, TESTS, Test};
use crate::coverage::{self, Coverage};
use crate::{cargo, command_line, run, target};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Minutes of a campaign unless given.
const MINUTES: u64 = 10;

/// The parsed arguments.
struct Options {
    minutes: u64,
    seed: u64,
    cases: u64,
    only: Vec<String>,
    short: bool,
    optimized: bool,
}

/// The result of a test.
#[derive(Default)]
struct TestResult {
    cases: u64,
    failed: Vec<u64>,
    /// True if the test does not exist.
    missing: bool,
    time: Duration,
    /// Notes that the test printed: what it counted, and what it skipped. Those of the last round.
    notes: Vec<String>,
    /// Inputs and features of each target of fuzzing.
    targets: BTreeMap<String, Fuzzed>,
    coverage: Vec<Coverage>,
}

/// Inputs and features of a target of fuzzing, over all rounds.
#[derive(Default)]
struct Fuzzed {
    inputs: u64,
    features: u64,
    new: u64,
}

/// Where the tests run.
struct Place {
    browser: Option<BrowserSetup>,
    /// Optimized program, which tests of whole runs use; `None` for that of the tests.
    program: Option<PathBuf>,
    /// Folder for coverage; `None` if it is not measured.
    profiles: Option<PathBuf>,
}

/// Runs the campaign with the options `arguments` and prints a summary.
///
/// # Errors
/// If an argument is invalid or a test failed.
pub(crate) fn run_campaign(arguments: &[String]) -> Result<(), String> {
    let options = options(arguments)?;
    let chosen: Vec<&Test> = TESTS.iter().filter(|test| is_chosen(test, &options)).collect();
    let shares: u32 = chosen.iter().map(|test| test.share).sum();
    let share = |test: &Test| Duration::from_secs(options.minutes * 60) * test.share / shares.max(1);
    match options.short {
        true => println!("Short campaign from seed {}", options.seed),
        false => println!("Campaign of about {} minutes from seed {}", options.minutes, options.seed),
    }
    let needs = |need| chosen.iter().any(|test| test.needs == need);
    let fuzzes = chosen.iter().any(|test| test.name == "fuzz");
    let place = Place {
        browser: needs(Needs::Browser).then(browser::install).transpose()?,
        program: (options.optimized || needs(Needs::OptimizedProgram)).then(optimized_program).transpose()?,
        profiles: (fuzzes && !options.short).then(coverage::prepare).flatten(),
    };
    let results: Vec<TestResult> = chosen.iter().map(|test| run_rounds(test, &place, &options, share(test))).collect();
    print_summary(&chosen, &results, &options);
    let failed: Vec<String> =
        chosen.iter().zip(&results).flat_map(|(test, result)| rerun_commands(test, result, &options)).collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("\nRounds that failed:\n  {}", failed.join("\n  "))) }
}

/// Returns true if a test belongs to the campaign: if it is named, or without names, if it is part of the form.
fn is_chosen(test: &Test, options: &Options) -> bool {
    match options.only.as_slice() {
        [] if options.short => test.short_cases > 0,
        [] => test.share > 0,
        only => only.iter().any(|name| name == test.name),
    }
}

fn print_summary(chosen: &[&Test], results: &[TestResult], options: &Options) {
    println!("\n{:<12} {:>7} {:>6} {:>6}  {:<22} about", "test", "cases", "failed", "time", "seeds");
    for (test, result) in chosen.iter().zip(results) {
        let time = format!("{}:{:02}", result.time.as_secs() / 60, result.time.as_secs() % 60);
        let last = result.cases.checked_sub(1).map(|cases| options.seed + cases);
        let seeds = last.map_or_else(String::new, |last| format!("{} to {last}", options.seed));
        println!(
            "{:<12} {:>7} {:>6} {time:>6}  {seeds:<22} {}",
            test.name,
            result.cases,
            result.failed.len(),
            test.about
        );
        result.notes.iter().for_each(|note| println!("             {note}"));
        for (name, fuzzed) in &result.targets {
            let Fuzzed { inputs, features, new } = fuzzed;
            print!("             {name}: {inputs} inputs, {features} features, {new} of them not in the corpus");
            match result.coverage.iter().find(|coverage| coverage.target == *name) {
                Some(coverage) => println!(", {}", coverage.described()),
                None => println!(),
            }
        }
    }
}

/// Commands that repeat the failed rounds.
fn rerun_commands(test: &Test, result: &TestResult, options: &Options) -> Vec<String> {
    let cases = if options.short { test.short_cases } else { test.cases_per_round }.min(options.cases);
    let optimized = if options.optimized { " --optimized" } else { "" };
    let command = |seed| format!("cargo xtask campaign {} --seed {seed} --cases {cases}{optimized}", test.name);
    result.failed.iter().map(command).collect()
}

/// Runs rounds of a test until its share of the time is used up or all cases have run; a single one in the short form.
fn run_rounds(test: &Test, place: &Place, options: &Options, share: Duration) -> TestResult {
    let (start, mut result) = (Instant::now(), TestResult::default());
    let per_round = if options.short { test.short_cases.max(1) } else { test.cases_per_round };
    let limit = if options.short { per_round.min(options.cases) } else { options.cases };
    while result.cases < limit && (start.elapsed() < share || result.cases == 0) {
        let (seed, cases) = (options.seed + result.cases, per_round.min(limit - result.cases));
        print!("{} from seed {seed}: {cases} cases … ", test.name);
        let _ = std::io::stdout().flush();
        if !run_round(test, place, seed, cases, &mut result) {
            result.failed.push(seed);
        }
        result.cases += cases;
        if result.missing {
            return TestResult { notes: vec!["no such test".to_owned()], ..TestResult::default() };
        }
    }
    if let Some(profiles) = place.profiles.as_deref().filter(|_| test.name == "fuzz") {
        result.coverage = coverage::measure(profiles);
    }
    result.time = start.elapsed();
    result
}

/// Runs a round, and prints its result; returns true if it succeeded.
fn run_round(test: &Test, place: &Place, seed: u64, cases: u64, result: &mut TestResult) -> bool {
    let mut command = command(test, place);
    command.env("SHIRUBE_SEED", seed.to_string()).env("SHIRUBE_CASES", cases.to_string());
    if let Some(program) = place.program.as_deref() {
        command.env("SHIRUBE_PROGRAM", program);
    }
    // Tests that sync thousands of small files take ten times as long on a disk.
    if test.name == "fuzz" && Path::new("/dev/shm").is_dir() {
        command.env("TMPDIR", "/dev/shm");
    }
    match command.stdin(Stdio::null()).output() {
        Ok(done) => {
            let (stdout, stderr) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
            let exists = !test.is_optional || !stdout.contains("\ntest result: ok. 0 passed");
            match done.status.success() {
                true if exists => println!("ok"),
                true => println!("no such test"),
                false => println!("FAILED\n{stdout}{stderr}"),
            }
            result.missing = !exists;
            collect(&stdout, result);
            done.status.success()
        }
        Err(error) => {
            println!("{}: {error}", command_line(&command));
            false
        }
    }
}

fn command(test: &Test, place: &Place) -> Command {
    match (&place.browser, test.needs) {
        (Some(browser), Needs::Browser) => {
            let areas: Vec<String> = test.arguments.iter().map(|area| (*area).to_owned()).collect();
            let mut command = browser.test_command(&areas);
            if areas.is_empty() {
                command.env("SHIRUBE_ALL_PAGES", "1");
            }
            command
        }
        _ => {
            let mut command = cargo(&[&["test", "--quiet", "--package", "shirube"], test.arguments].concat());
            if let Some(profiles) = place.profiles.as_deref().filter(|_| test.name == "fuzz") {
                coverage::instrument(&mut command, profiles);
            }
            command
        }
    }
}

/// Collects the lines that tests print about their cases.
fn collect(stdout: &str, result: &mut TestResult) {
    let words =
        ["skipped: ", "nation: ", " faults had an effect", " disks, ", " changes, ", "the reader read ", " requests, "];
    let notes: Vec<String> =
        stdout.lines().filter(|line| words.iter().any(|word| line.contains(word))).map(str::to_owned).collect();
    if !notes.is_empty() {
        result.notes = notes;
    }
    for line in stdout.lines().filter_map(|line| line.strip_prefix("fuzz ")) {
        let Some((name, numbers)) = line.split_once(": ") else { continue };
        let mut numbers =
            numbers.split(", ").map(|part| part.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0));
        let fuzzed = result.targets.entry(name.to_owned()).or_default();
        fuzzed.inputs += numbers.next().unwrap_or(0);
        fuzzed.features = fuzzed.features.max(numbers.next().unwrap_or(0));
        fuzzed.new = fuzzed.new.max(numbers.next().unwrap_or(0));
    }
}

/// Compiles the optimized program.
fn optimized_program() -> Result<PathBuf, String> {
    run(cargo(&["build", "--release", "--package", "shirube"]))?;
    Ok(target().join("release").join(if cfg!(windows) { "shirube.exe" } else { "shirube" }))
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut options =
        Options { minutes: MINUTES, seed: clock, cases: u64::MAX, only: Vec::new(), short: false, optimized: false };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let number = arguments.next().and_then(|number| number.parse().ok());
            number.ok_or_else(|| format!("{argument} needs a number\n\n{}", crate::USAGE))
        };
        match argument.as_str() {
            "--minutes" => options.minutes = number()?,
            "--seed" => options.seed = number()?,
            "--cases" => options.cases = number()?,
            "--short" => options.short = true,
            "--optimized" => options.optimized = true,
            name if TESTS.iter().any(|test| test.name == name) => options.only.push(name.to_owned()),
            _ => return Err(format!("unknown test or option {argument}\n\n{}", crate::USAGE)),
        }
    }
    Ok(options)
}
