//! The site of the five reports in a real browser: the suite in `tests/browser/` looks at every page of it.
//!
//! What the suite needs is installed where that can be done, as root on Debian or Ubuntu; elsewhere the test
//! says what is missing, and fails. `node tests/browser/run.mjs` runs the suite over any site by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot be set up should fail")]

#[path = "support/hostile.rs"]
mod hostile;
mod support;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

/// Where the packages from npm are kept from one run to the next.
const PACKAGES: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/browser");
const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");
/// The first is Chromium without windows, which takes half the time of the others.
const CHROMIUM: [&str; 5] =
    ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

#[test]
fn every_page_in_a_real_browser() {
    let site = tempfile::tempdir().unwrap();
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let mut build = Command::new(env!("CARGO_BIN_EXE_shirube"));
    run(build.args(["build", "--lang", "en", "--content", content, "--output"]).arg(site.path()));

    let english = tempfile::tempdir().unwrap();
    let mut build = Command::new(env!("CARGO_BIN_EXE_shirube"));
    let frame = english_frame(english.path());
    run(build.args(["build", "--lang", "en", "--content"]).arg(frame).arg("--output").arg(english.path().join("site")));

    let mut suite = suite(site.path());
    run(suite.env("SHIRUBE_ENGLISH", english.path().join("site")));
}

#[test]
fn no_payload_runs_in_a_real_browser() {
    let sites = tempfile::tempdir().unwrap();
    hostile_sites(sites.path());
    let mut suite = suite(&sites.path().join("markup"));
    run(suite.arg("hostile").env("SHIRUBE_HOSTILE", sites.path()));
}

/// The suite over a site, with all that it needs.
fn suite(site: &Path) -> Command {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        install_programs();
        install_packages();
    });
    let mut suite = Command::new("node");
    suite.arg(format!("--test-reporter={SUITE}/support/reporter.mjs")).arg(format!("{SUITE}/run.mjs")).arg(site);
    suite.env("SHIRUBE_BROWSER_PACKAGES", PACKAGES).env("PLAYWRIGHT_BROWSERS_PATH", PACKAGES);
    suite.env("SHIRUBE_CHROMIUM", chromium());
    suite
}

/// Sites whose content tries to run scripts; of those called `-without`, the pages name no policy.
fn hostile_sites(folder: &Path) {
    let (markup, _) = hostile::with_markup();
    let (addresses, _) = hostile::with_addresses();
    let golden = support::root().join("tests/golden/theme");
    let broken = Path::new(SUITE).join("broken-theme");
    for (name, files, theme) in [
        ("markup", &markup, None),
        ("markup-without", &markup, None),
        ("addresses-without", &addresses, None),
        ("theme-without", &markup, Some(&golden)),
        ("broken", &markup, Some(&broken)),
        ("broken-without", &markup, Some(&broken)),
    ] {
        let content = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            support::write(&content.path().join(path), bytes);
        }
        let site = fs::read_to_string(content.path().join("site.toml")).unwrap();
        let policy = site.lines().find(|line| line.starts_with("csp = ")).expect("the fixture names the policy");
        let mut site = if name.ends_with("-without") { site.replace(policy, "csp = false") } else { site.clone() };
        if let Some(theme) = theme {
            support::copy(theme, &content.path().join("theme"));
            site.insert_str(0, "theme = \"theme\"\n");
        }
        fs::write(content.path().join("site.toml"), site).unwrap();
        support::build(content.path(), &folder.join(name));
    }
}

/// A copy of the content, for a site whose own words are English.
fn english_frame(folder: &Path) -> PathBuf {
    let copied = folder.join("content");
    support::copy(&support::root().join("content"), &copied);
    let site = fs::read_to_string(copied.join("site.toml")).unwrap();
    assert!(site.contains("lang = \"ja\""));
    fs::write(copied.join("site.toml"), site.replace("lang = \"ja\"", "lang = \"en\"")).unwrap();
    copied
}

/// Makes sure of Node, npm, fonts and a Chromium.
fn install_programs() {
    let mut wanted = missing_programs();
    if !chromium_is_a_snap() && on_path(CHROMIUM[0]).is_none() {
        wanted.push(CHROMIUM[0]);
    }
    if can_install() && !wanted.is_empty() {
        // Whether this worked is seen below: a slower Chromium will do.
        let _ = Command::new("apt-get").args(["update", "--quiet"]).status();
        let mut install = Command::new("apt-get");
        install.args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(&wanted);
        let _ = install.env("DEBIAN_FRONTEND", "noninteractive").status();
    }
    let missing = missing_programs().join(" ");
    assert!(
        missing.is_empty(),
        "the browser tests need {missing}; on Debian: apt-get install {missing}. As root there, the test does so"
    );
}

/// The packages of Debian that hold what is not here.
fn missing_programs() -> Vec<&'static str> {
    let mut missing = Vec::new();
    for (program, package) in [("node", "nodejs"), ("npm", "npm")] {
        if on_path(program).is_none() {
            missing.push(package);
        }
    }
    if CHROMIUM.into_iter().find_map(on_path).is_none() && !chromium_is_a_snap() {
        missing.push("chromium");
    }
    if cfg!(target_os = "linux") && !has_japanese_font() {
        missing.extend(["fontconfig", "fonts-noto-cjk"]);
    }
    missing
}

/// Installs the two packages of the suite, unless they stand as the lock file says.
fn install_packages() {
    let read = |folder: &str, name: &str| fs::read(Path::new(folder).join(name)).ok();
    let current = read(PACKAGES, "package-lock.json") == read(SUITE, "package-lock.json");
    if !current || read(PACKAGES, "node_modules/.package-lock.json").is_none() {
        fs::create_dir_all(PACKAGES).unwrap();
        for name in ["package.json", ".npmrc", "package-lock.json"] {
            fs::copy(Path::new(SUITE).join(name), Path::new(PACKAGES).join(name)).unwrap();
        }
        run(Command::new("npm").arg("ci").current_dir(PACKAGES));
    }
    if chromium().as_os_str().is_empty() {
        let mut install = Command::new("node");
        install.args(["node_modules/playwright-core/cli.js", "install", "--with-deps", "--only-shell", "chromium"]);
        run(install.current_dir(PACKAGES).env("PLAYWRIGHT_BROWSERS_PATH", PACKAGES));
    }
}

/// The Chromium of the system; nothing where playwright-core has one of its own.
fn chromium() -> PathBuf {
    CHROMIUM.into_iter().find_map(on_path).unwrap_or_default()
}

/// Ubuntu's package of Chromium is a snap, which runs in no container; there, playwright-core installs one.
fn chromium_is_a_snap() -> bool {
    can_install() && fs::read_to_string("/etc/os-release").is_ok_and(|release| release.contains("\nID=ubuntu\n"))
}

fn can_install() -> bool {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    root && Path::new("/etc/debian_version").exists()
}

fn has_japanese_font() -> bool {
    Command::new("fc-list").arg(":lang=ja").output().is_ok_and(|fonts| !fonts.stdout.is_empty())
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Runs a command with its output passed through; it has to succeed.
fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}: {status}");
}
