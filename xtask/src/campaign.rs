//! Long-running randomized tests: rounds with new seeds until the time is up.

use crate::browser::{self, BrowserSetup};
use crate::{cargo, command_line};
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A test that runs in rounds, with the seed and number of cases of each in the environment.
struct Test {
    name: &'static str,
    about: &'static str,
    cases_per_round: u64,
    arguments: &'static [&'static str],
}

const TESTS: [Test; 8] = [
    Test {
        name: "oracle",
        about: "statements on pages of random strategies",
        cases_per_round: 500,
        arguments: &["--test", "suite", "--", "--nocapture", "oracle::"],
    },
    Test {
        name: "metamorphic",
        about: "changes of random strategies, and what they must not change",
        cases_per_round: 20,
        arguments: &["--test", "suite", "--", "--nocapture", "metamorphic::"],
    },
    Test {
        name: "diff",
        about: "200 single changes of reports, each found once and classified",
        cases_per_round: 10,
        arguments: &["--lib", "--", "--nocapture", "diff::"],
    },
    Test {
        name: "crash",
        about: "a crash at every operation of publishing",
        cases_per_round: 5,
        arguments: &["--lib", "--", "--ignored", "--nocapture", "publish::"],
    },
    Test {
        name: "kill",
        about: "builds killed at random moments",
        cases_per_round: 50,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "kill::"],
    },
    Test {
        name: "preview",
        about: "thousands of saves, stalled clients, replaced folders",
        cases_per_round: 1,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "serve::"],
    },
    Test {
        name: "spreadsheet",
        about: "random changes to workbooks and CSV files; questionnaires of random strategies; LibreOffice",
        cases_per_round: 20,
        arguments: &[
            "--lib",
            "--test",
            "suite",
            "--",
            "--include-ignored",
            "--nocapture",
            "spreadsheet::",
            "excel::law::generated",
            "excel::libreoffice",
        ],
    },
    Test { name: BROWSER, about: "all browser tests on every page", cases_per_round: 1, arguments: &[] },
];

/// Runs only if named, because it takes longer than its share of the time.
const BROWSER: &str = "browser";

/// The parsed arguments.
struct Options {
    minutes: u64,
    seed: u64,
    cases: u64,
    only: Vec<String>,
}

/// The result of a test.
#[derive(Default)]
struct TestResult {
    cases: u64,
    failed: Vec<u64>,
    time: Duration,
}

/// Runs the campaign with the options `arguments` and prints a summary.
///
/// # Errors
/// If an argument is invalid or a test failed.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let options = options(arguments)?;
    let chosen = |test: &&Test| {
        if options.only.is_empty() { test.name != BROWSER } else { options.only.iter().any(|name| name == test.name) }
    };
    let chosen: Vec<&Test> = TESTS.iter().filter(chosen).collect();
    let share = Duration::from_secs(options.minutes * 60) / u32::try_from(chosen.len()).unwrap_or(1);
    println!("Campaign of about {} minutes from seed {}", options.minutes, options.seed);
    let browser = chosen.iter().any(|test| test.name == BROWSER).then(browser::install).transpose()?;
    let results: Vec<TestResult> =
        chosen.iter().map(|test| run_rounds(test, browser.as_ref(), &options, share)).collect();

    println!("\n{:<11} {:>7} {:>7} {:>7}  seeds", "test", "cases", "failed", "time");
    for (test, result) in chosen.iter().zip(&results) {
        let time = format!("{}:{:02}", result.time.as_secs() / 60, result.time.as_secs() % 60);
        let seeds = format!("{} to {}", options.seed, options.seed + result.cases.saturating_sub(1));
        println!("{:<11} {:>7} {:>7} {time:>7}  {seeds}  {}", test.name, result.cases, result.failed.len(), test.about);
    }
    let failed: Vec<String> = chosen
        .iter()
        .zip(&results)
        .flat_map(|(test, result)| {
            let rerun_command =
                |seed| format!("cargo xtask campaign {} --seed {seed} --cases {}", test.name, test.cases_per_round);
            result.failed.iter().map(move |seed| rerun_command(*seed))
        })
        .collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("\nRounds that failed:\n  {}", failed.join("\n  "))) }
}

/// Runs rounds of a test until its share of the time is used up or all cases have run.
fn run_rounds(test: &Test, browser: Option<&BrowserSetup>, options: &Options, share: Duration) -> TestResult {
    let (start, mut result) = (Instant::now(), TestResult::default());
    while result.cases < options.cases && (start.elapsed() < share || result.cases == 0) {
        let (seed, cases) = (options.seed + result.cases, test.cases_per_round.min(options.cases - result.cases));
        print!("{} from seed {seed}: {cases} cases … ", test.name);
        let _ = std::io::stdout().flush();
        let mut command = match browser {
            Some(browser) if test.name == BROWSER => browser.test_command(&[]),
            _ => cargo(&[&["test", "--quiet"], test.arguments].concat()),
        };
        command.env("SHIRUBE_SEED", seed.to_string()).env("SHIRUBE_CASES", cases.to_string());
        command.env("SHIRUBE_ALL_PAGES", "1");
        match command.stdin(Stdio::null()).output() {
            Ok(done) if done.status.success() => println!("ok"),
            Ok(done) => {
                println!("FAILED\n{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
                result.failed.push(seed);
            }
            Err(error) => {
                println!("{}: {error}", command_line(&command));
                result.failed.push(seed);
            }
        }
        result.cases += cases;
    }
    result.time = start.elapsed();
    result
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut options = Options { minutes: 10, seed: clock, cases: u64::MAX, only: Vec::new() };
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
            name if TESTS.iter().any(|test| test.name == name) => options.only.push(name.to_owned()),
            _ => return Err(format!("unknown test or option {argument}\n\n{}", crate::USAGE)),
        }
    }
    Ok(options)
}
