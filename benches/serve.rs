//! Latency of the preview: from start to first page, and from each save to the updated page; optionally compared with
//! Hugo's server on an equivalent site.
//!
//! ```text
//! cargo bench --bench serve -- --cities 100 --cities 400 --saves 20 --hugo PATH
//! ```
//! A save changes the name of a policy. The latency ends when the page of the policy contains the new name; the latency
//! "everywhere" ends when the page of one of its programs contains it too. Both servers are polled every millisecond.

#![allow(clippy::indexing_slicing, reason = "a benchmark fails by panicking")]
#![allow(unreachable_pub, dead_code, reason = "a benchmark is a program, and uses only parts of the corpus")]

mod competitor;
mod corpus;

use clap::Parser;
use competitor::hugo;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Timeout for responses.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Saves a file repeatedly, and prints the latency until the page is updated
#[derive(Parser)]
struct Arguments {
    /// Number of cities of 129 pages each; can be repeated to measure several sizes
    #[arg(long, default_value = "100")]
    cities: Vec<usize>,

    /// Number of saves
    #[arg(long, default_value_t = 20)]
    saves: usize,

    /// Path of the Hugo binary
    #[arg(long)]
    hugo: Option<PathBuf>,

    /// Argument that `cargo bench` passes to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match measure(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &Arguments) -> io::Result<()> {
    println!("| cities | server | first page | page, median | worst | everywhere, median | worst | memory |");
    println!("|---|---|---|---|---|---|---|---|");
    for cities in &arguments.cities {
        // In the target directory, because the temporary directory of the system may be in memory.
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let content = folder.path().join("content");
        corpus::content::write(&content, *cities)?;
        let city = corpus::city(1);
        let (policy, program) = (&city.policies[0], &city.programs[0]);
        let page = format!("/{}/policies/{}.html", city.id, policy.id);
        let below = format!("/{}/programs/{}.html", city.id, program.id);
        let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
        command.args(["serve", "--lang", "en", "--content"]).arg(&content);
        let file = content.join(format!("{}/policies/{}/policy.md", city.id, policy.id));
        let ours = Server { name: "shirube", file, command, also: Some(below) };
        ours.run(*cities, arguments.saves, &page, &policy.name)?;
        if let Some(hugo) = &arguments.hugo {
            let site = folder.path().join("hugo");
            hugo::write(&site, *cities)?;
            let mut command = Command::new(hugo);
            command.args(["server", "--renderToMemory", "--noHTTPCache", "--noBuildLock", "--source"]).arg(&site);
            let file = site.join(format!("content/{}/policies/{}.md", city.id, policy.id));
            // Other pages have copies of the name in their own data, so only the page itself changes.
            let theirs = Server { name: "hugo server", file, command, also: None };
            theirs.run(*cities, arguments.saves, &page, &policy.name)?;
        }
    }
    Ok(())
}

/// A server under test, and the file that is saved.
struct Server {
    name: &'static str,
    file: PathBuf,
    command: Command,
    /// Another page that shows the saved name.
    also: Option<String>,
}

impl Server {
    fn run(mut self, cities: usize, saves: usize, page: &str, name: &str) -> io::Result<()> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let begun = Instant::now();
        self.command.args(["--port", &port.to_string()]).stdin(Stdio::null());
        let mut process = Process(self.command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?);
        let stdout = process.0.stdout.take();
        std::thread::spawn(move || stdout.map(|stdout| BufReader::new(stdout).lines().count()));
        wait_for(port, page, name)?;
        let first = begun.elapsed();
        let text = fs::read_to_string(&self.file)?;
        let (mut own, mut all) = (Vec::new(), Vec::new());
        for save in 1..=saves {
            // A pause between saves as in editing, so that the machine is idle.
            sleep(Duration::from_millis(1500));
            let new = format!("{save}番目の名前");
            fs::write(&self.file, text.replace(name, &new))?;
            let saved = Instant::now();
            wait_for(port, page, &new)?;
            own.push(saved.elapsed());
            if let Some(also) = &self.also {
                wait_for(port, also, &new)?;
                all.push(saved.elapsed());
            }
        }
        fs::write(&self.file, text)?;
        let (own, all) = (median_and_maximum(own), median_and_maximum(all));
        let memory = memory(process.0.id());
        let first = first.as_secs_f64();
        println!("| {cities} | {} | {first:.2} s | {own} | {all} | {memory} |", self.name);
        Ok(())
    }
}

/// A child process that is killed on drop.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Polls a page until it contains `text`.
fn wait_for(port: u16, page: &str, text: &str) -> io::Result<()> {
    let end = Instant::now() + TIMEOUT;
    while Instant::now() < end {
        if get(port, page).is_ok_and(|html| html.contains(text)) {
            return Ok(());
        }
        sleep(Duration::from_millis(1));
    }
    Err(io::Error::other(format!("timeout: {page} does not show {text}")))
}

fn get(port: u16, page: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET {page} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n")?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply)?;
    Ok(String::from_utf8_lossy(&reply).into_owned())
}

/// The median and the maximum, as two cells of a table row.
fn median_and_maximum(mut times: Vec<Duration>) -> String {
    times.sort();
    let cell = |time: Option<&Duration>| match time {
        Some(time) => format!("{:.0} ms", time.as_secs_f64() * 1000.0),
        None => "—".to_owned(),
    };
    format!("{} | {}", cell(times.get(times.len() / 2)), cell(times.last()))
}

/// The resident memory of a process; `—` on systems without `/proc`.
fn memory(process: u32) -> String {
    let status = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "—".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1024))
}
