//! Dependencies of the browser tests: Node with npm, a browser, a Japanese font, and two npm packages.

use crate::{cargo, root, run, target};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Headless Chromium, which takes half the time of the others.
const HEADLESS: &str = "chromium-headless-shell";

/// Names of browser executables, the fastest first.
const PROGRAMS: [&str; 9] = [
    HEADLESS,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome",
    "msedge",
];

/// Paths of browsers outside of the search path: on macOS, and on Windows below the folders in [`WINDOWS_FOLDERS`].
const MACOS: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const WINDOWS: [&str; 3] = [
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
];
const WINDOWS_FOLDERS: [&str; 3] = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];

/// The installed dependencies.
pub(crate) struct BrowserSetup {
    /// `None` for the browser that playwright-core installed in `packages`.
    program: Option<PathBuf>,
    packages: PathBuf,
}

impl BrowserSetup {
    /// The command that runs the browser tests of `areas`, or of all areas if empty.
    pub(crate) fn test_command(&self, areas: &[String]) -> Command {
        let mut test = self.suite("browser::");
        test.env("SHIRUBE_BROWSER_AREAS", areas.join(" "));
        test
    }

    /// The command that runs the tests of served sites, one server after the other.
    pub(crate) fn serving_command(&self) -> Command {
        let mut test = self.suite("servers::");
        test.arg("--test-threads=1");
        test
    }

    /// The command that runs the ignored tests of one module of the suite.
    fn suite(&self, module: &str) -> Command {
        let mut test = cargo(&["test", "--test", "suite", "--", "--ignored", "--nocapture", module]);
        test.env("SHIRUBE_BROWSER_PACKAGES", &self.packages);
        let program = self.program.as_deref().unwrap_or(Path::new(""));
        test.env("PLAYWRIGHT_BROWSERS_PATH", &self.packages).env("CHROME", program);
        test
    }
}

/// Finds the dependencies, and installs missing ones where possible.
///
/// # Errors
/// Instructions, if a missing dependency cannot be installed.
pub(crate) fn install() -> Result<BrowserSetup, String> {
    install_programs()?;
    let packages = target().join("browser");
    let (suite, lock) = (root().join("tests/browser"), "package-lock.json");
    let is_current = fs::read(packages.join(lock)).ok() == fs::read(suite.join(lock)).ok();
    if !is_current || !packages.join("node_modules/.package-lock.json").exists() {
        println!("Installing playwright-core and axe-core from npm in {}", packages.display());
        let copied = ["package.json", ".npmrc", lock].into_iter().try_for_each(|name| {
            fs::create_dir_all(&packages)?;
            fs::copy(suite.join(name), packages.join(name)).map(drop)
        });
        copied.map_err(|error| format!("cannot write {}: {error}", packages.display()))?;
        let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        npm.arg("ci").current_dir(&packages);
        run(npm)?;
    }
    let program = browser()?;
    if program.is_none() {
        println!("Installing the Chromium of playwright-core in {}", packages.display());
        let mut install = Command::new("node");
        install.args(["node_modules/playwright-core/cli.js", "install", "--with-deps", "--only-shell", "chromium"]);
        install.current_dir(&packages).env("PLAYWRIGHT_BROWSERS_PATH", &packages);
        run(install)?;
    }
    Ok(BrowserSetup { program, packages })
}

/// Installs Node, npm, a font and a browser with apt-get if they are missing.
fn install_programs() -> Result<(), String> {
    let missing = missing_programs()?;
    if missing.is_empty() {
        return Ok(());
    }
    if !can_install() {
        let missing = missing.join(" ");
        return Err(format!(
            "The browser tests need {missing}.\nOn Debian or Ubuntu: apt-get install {missing} (as root, this command does so).\n\
             Elsewhere: Node from https://nodejs.org, any Chromium, Chrome or Edge (set CHROME to the path of one installed\n\
             elsewhere), and a font with Japanese. `cargo test` runs all other tests."
        ));
    }
    println!("Installing with apt-get: {}", missing.join(" "));
    let apt = |arguments: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run(apt)
    };
    let arguments = [&["install", "--yes", "--quiet", "--no-install-recommends"][..], &missing].concat();
    let installed = apt(&["update", "--quiet"]).and_then(|()| apt(&arguments));
    // The tests run with another browser, too.
    match installed {
        Err(error) if missing == [HEADLESS] && browser()?.is_some() => println!("{error}; using another browser"),
        installed => installed?,
    }
    Ok(())
}

/// The Debian packages of missing programs and fonts.
fn missing_programs() -> Result<Vec<&'static str>, String> {
    let mut missing = Vec::new();
    for (program, package) in [("node", "nodejs"), ("npm", "npm")] {
        if on_path(program).is_none() {
            missing.push(package);
        }
    }
    let browser = browser()?;
    if can_install() {
        let is_chosen = env::var_os("CHROME").is_some_and(|named| !named.is_empty());
        if !is_chosen && on_path(HEADLESS).is_none() && !chromium_is_a_snap() {
            missing.push(HEADLESS);
        }
    } else if browser.is_none() {
        missing.push("chromium");
    }
    if cfg!(target_os = "linux") && !has_japanese_font() {
        missing.extend(["fontconfig", "fonts-noto-cjk"]);
    }
    Ok(missing)
}

/// The path of an installed browser; `None` if there is none.
///
/// # Errors
/// If the variable `CHROME` does not name a file.
fn browser() -> Result<Option<PathBuf>, String> {
    if let Some(named) = env::var_os("CHROME").filter(|named| !named.is_empty()).map(PathBuf::from) {
        return if named.is_file() {
            Ok(Some(named))
        } else {
            Err(format!("CHROME is set to {}, which is not a file", named.display()))
        };
    }
    let installed = WINDOWS_FOLDERS
        .into_iter()
        .filter_map(env::var_os)
        .flat_map(|folder| WINDOWS.map(|path| Path::new(&folder).join(path)));
    let elsewhere = MACOS.into_iter().map(PathBuf::from).chain(installed).find(|file| file.is_file());
    Ok(PROGRAMS.into_iter().find_map(on_path).or(elsewhere))
}

/// Returns true if the Chromium package is a snap (Ubuntu), which cannot run in containers; playwright-core installs
/// Chromium instead.
fn chromium_is_a_snap() -> bool {
    can_install() && fs::read_to_string("/etc/os-release").is_ok_and(|release| release.contains("\nID=ubuntu\n"))
}

/// Returns true if the process is root on Debian or Ubuntu, and may use apt-get.
fn can_install() -> bool {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    root && Path::new("/etc/debian_version").exists()
}

fn has_japanese_font() -> bool {
    Command::new("fc-list").arg(":lang=ja").output().is_ok_and(|fonts| !fonts.stdout.is_empty())
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let files = |folder: PathBuf| ["", ".exe", ".cmd"].map(|ending| folder.join(format!("{program}{ending}")));
    env::split_paths(&folders).flat_map(files).find(|file| file.is_file())
}
