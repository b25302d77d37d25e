//! Endurance: thousands of saves, replaced folders, and stalled clients.

use super::harness::{LISTEN, POLICY, Preview};
use crate::support::{self, build, root, temp_dir, tree};
use std::collections::VecDeque;
use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// Number of saves; every fiftieth replaces the whole content.
const SAVES: usize = 3000;

/// Number of open stalled clients: above the limit of the preview, below the limit of open files of a process.
const STALLED: usize = 600;

/// The saved file, and pages that show its content.
const FILE: &str = "hokuto/strategy.toml";
const PAGES: [&str; 2] = ["/hokuto/", "/"];
const LARGE_PAGE: &str = "/hokuto/print.html";

#[cfg(unix)]
#[test]
#[ignore = "takes minutes, measures memory: cargo xtask campaign"]
fn thousands_of_saves_leave_pages_correct_and_memory_stable() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(&root().join("content"), &folder.path().join("0"));
    std::os::unix::fs::symlink("0", folder.path().join("content")).unwrap();
    let preview = Preview::start_in(folder, &[]);
    let text = preview.read(FILE);
    let title = text.lines().find(|line| line.starts_with("title = ")).unwrap().to_owned();

    let mut clients = Stalled::default();
    let (mut memory, mut slowest, mut replaced) = (Vec::new(), Duration::ZERO, 0);
    for save in 1..=SAVES {
        let new_title = format!("保存{save}回目");
        clients.connect(&preview, ["", "GET / HT", LISTEN]);
        if save % 50 == 0 {
            replace_content(&preview, replaced);
            replaced += 1;
        }
        if save % 20 == 0 {
            let request = format!("GET {LARGE_PAGE} HTTP/1.1\r\nHost: localhost\r\n\r\n");
            clients.connect(&preview, [&*request, &*request.repeat(8)]);
            preview.save(FILE, &format!("{text}\nmistake = \"{}\"\n", "誤り".repeat(1000)));
        }
        preview.save(FILE, &text.replace(&title, &format!("title = \"{new_title}\"")));
        if save % 10 == 0 {
            preview.wait_for(PAGES[0], &new_title);
            let requested_at = Instant::now();
            assert!(preview.page(PAGES[1]).contains(&new_title));
            slowest = slowest.max(requested_at.elapsed());
        }
        if cfg!(target_os = "linux") && save % (SAVES / 100) == 0 {
            memory.push(resident(&preview));
        }
    }
    let connected = clients.connected;
    eprintln!("{SAVES} saves, {replaced} replaced folders, {connected} stalled clients, slowest response {slowest:?}");
    assert_is_as_built(&preview, &preview.sibling("content"));
    if cfg!(target_os = "linux") {
        // A single measurement depends on the responses that are pending at that moment.
        let quarters: Vec<usize> =
            memory.chunks(25).map(|samples| samples.iter().sum::<usize>() / samples.len()).collect();
        eprintln!("resident memory in kB: first {}, mean of each quarter {quarters:?}, all {memory:?}", memory[0]);
        assert!(quarters[3] <= quarters[2] + quarters[2] / 20, "memory grows: {quarters:?} kB");
    }
}

/// Clients that send a complete or partial request and read nothing.
#[derive(Default)]
struct Stalled {
    connections: VecDeque<TcpStream>,
    connected: usize,
}

impl Stalled {
    fn connect<const N: usize>(&mut self, preview: &Preview, requests: [&str; N]) {
        for request in requests {
            self.connections.push_back(preview.send(request));
            self.connected += 1;
        }
        let excess = self.connections.len().saturating_sub(STALLED);
        self.connections.drain(..excess);
    }
}

/// Replaces the content folder by an equal one, in one of three ways that depends on `number`.
#[cfg(unix)]
fn replace_content(preview: &Preview, number: usize) {
    let (link, next) = (preview.sibling("content"), preview.sibling("next"));
    let current = link.canonicalize().unwrap();
    match number % 3 {
        0 => {
            let files = tree(&current);
            fs::remove_dir_all(&current).unwrap();
            support::write_tree(&files, &current);
        }
        1 => {
            support::copy(&current, &next);
            fs::rename(&current, preview.sibling("old")).unwrap();
            fs::rename(&next, &current).unwrap();
            fs::remove_dir_all(preview.sibling("old")).unwrap();
        }
        _ => {
            let name = (number + 1).to_string();
            support::copy(&current, &preview.sibling(&name));
            std::os::unix::fs::symlink(name, &next).unwrap();
            fs::rename(&next, &link).unwrap();
            fs::remove_dir_all(&current).unwrap();
        }
    }
}

/// Asserts that every file of the preview equals that of a clean build, except for the script in pages.
fn assert_is_as_built(preview: &Preview, content: &Path) {
    let (_guard, output) = temp_dir();
    build(content, &output);
    let built = tree(&output);
    assert!(built.len() > 300, "{}", built.len());
    for (path, bytes) in built {
        let shown = preview.get(&format!("/{path}")).body;
        let shown = if path.ends_with(".html") { super::without_script(&shown) } else { shown };
        assert!(shown == bytes, "{path} differs");
    }
}

#[test]
fn shows_the_last_of_500_saves_without_pause() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    let text = preview.read("mura/policies/1/policy.md");
    for save in 1..=500 {
        preview.save("mura/policies/1/policy.md", &text.replace("橋の点検", &format!("保存{save}回目")));
    }
    events.wait_for(&preview, POLICY, "保存500回目");
}

/// The resident memory in kB, on Linux.
fn resident(preview: &Preview) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", preview.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}
