//! Development tasks. They use only the standard library, so that they compile fast.

mod browser;
mod campaign;
mod campaign_tests;
mod coverage;
mod examples;
mod validate;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const USAGE: &str = "\
Usage: cargo xtask <TASK>

Tasks:
  test                  Install dependencies of the browser tests where possible, and run all tests
  browser [AREA]...     Run only the browser tests, or some areas of tests/browser/areas
  serving               Serve the site of content/ with nginx and Apache, which must be installed, and
                          the configuration of `shirube new server`; open every page in the browser
  validate              Validate the data packages, feeds and sitemaps of the reports and fixtures with
                          frictionless, feedparser and ultimate-sitemap-parser (needs Python)
  campaign [OPTION]...  Run long randomized tests, and print a summary
      --minutes N         stop after about N minutes (default: 10)
      --seed N            start with this seed (default: from the clock)
      --cases N           run at most N cases of each test (default: no limit)
      --short             run few cases of the most important tests, in one to three minutes
      --optimized         run whole builds with a program compiled for release
      NAME                run only this test: oracle, metamorphic, diff, crash, kill, faults, disk, mutations,
                          environment, clients, preview, fuzz, spreadsheet, payloads, or one of those that
                          run only if named: xss, browser (all pages), nation
  examples              Apply the worked examples of CONTRIBUTING.md to a copy and run its tests";

fn main() -> ExitCode {
    if let Some(exit) = coverage::compile_if_wrapper() {
        return exit;
    }
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((task, [])) if task == "test" => test(),
        Some((task, areas)) if task == "browser" => {
            browser::install().and_then(|browser| run(browser.test_command(areas)))
        }
        Some((task, [])) if task == "serving" => browser::install().and_then(|browser| run(browser.serving_command())),
        Some((task, [])) if task == "validate" => validate::run_validators(),
        Some((task, options)) if task == "campaign" => campaign::run_campaign(options),
        Some((task, [])) if task == "examples" => examples::test(),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all tests. Missing dependencies of the browser tests are reported first, not after minutes.
fn test() -> Result<(), String> {
    let browser = browser::install()?;
    run(cargo(&["test", "--workspace"]))?;
    run(browser.test_command(&[]))
}

/// A cargo command in the root of the workspace.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// The root of the workspace.
fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The target directory of cargo.
fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Runs a command with inherited output; fails unless it succeeds.
fn run(mut command: Command) -> Result<(), String> {
    let command_line = command_line(&command);
    println!("$ {command_line}");
    let status = command.status().map_err(|error| format!("{command_line}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command_line}: {status}")) }
}

/// A command as typed in a shell.
fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
