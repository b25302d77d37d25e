//! Test harness: a running preview, and a client for it.

use serde_json::Value;
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Timeout of each wait, sufficient for a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

/// The content of the small site, by path relative to `content/`.
const FILES: [(&str, &str); 6] = [
    ("site.toml", "title = \"見本\"\n"),
    (
        "mura/strategy.toml",
        "title = \"計画\"\npublisher = \"村\"\n\
         [[edition]]\nid = \"2023\"\nyear = \"R5\"\nlabel = \"令和5年度\"\n\
         [[edition]]\nid = \"2024\"\nyear = \"R6\"\nlabel = \"令和6年度\"\ndraft = true\n",
    ),
    (
        "mura/policies/1/policy.md",
        "+++\nname = \"橋の点検\"\n[[indicator]]\nid = \"hashi\"\nname = \"点検した橋\"\nunit = \"橋\"\n\
         [[program]]\nid = \"tenken\"\n+++\n![地図](map.svg)\n",
    ),
    ("mura/policies/1/2023.md", "+++\nindicator.hashi.actual.R5 = 12\n+++\n"),
    ("mura/policies/1/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("mura/programs/tenken/program.md", "+++\nname = \"点検事業\"\n+++\n"),
];

/// The pages of the policy, and of the program below it.
pub(crate) const POLICY: &str = "/mura/policies/1.html";
pub(crate) const PROGRAM: &str = "/mura/programs/tenken.html";

/// The request with which an open page subscribes to events.
pub(crate) const LISTEN: &str = "GET /.shirube/events HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// A running preview of a temporary content folder.
pub(crate) struct Preview {
    folder: TempDir,
    process: Child,
    lines: Receiver<String>,
    /// Received output lines that have not been awaited yet.
    pending_output: RefCell<Vec<String>>,
    pub(crate) port: u16,
}

/// An HTTP response.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// A folder with the small site in `content/`.
pub(crate) fn small_site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        write(&folder.path().join("content").join(path), text);
    }
    folder
}

pub(crate) fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

impl Preview {
    /// Starts the preview of the small site.
    pub(crate) fn start() -> Self {
        Self::start_in(small_site(), &[])
    }

    /// Starts the preview of `content/` in `folder`, on a free port unless `arguments` contain `--port`.
    pub(crate) fn start_in(folder: TempDir, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
        command.current_dir(folder.path()).args(["serve", "--lang", "ja"]).args(arguments);
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (line_tx, lines) = channel();
        let (out, err) = (process.stdout.take().unwrap(), process.stderr.take().unwrap());
        let streams: [Box<dyn Read + Send>; 2] = [Box::new(out), Box::new(err)];
        for stream in streams {
            let line_tx = line_tx.clone();
            std::thread::spawn(move || {
                BufReader::new(stream).lines().map_while(Result::ok).all(|line| line_tx.send(line).is_ok())
            });
        }
        let mut preview = Self { folder, process, lines, pending_output: RefCell::default(), port: 0 };
        let line = preview.wait_for_output("http://");
        let (_, after) = line.split_once("http://").unwrap();
        preview.port = after.split('/').next().unwrap().rsplit(':').next().unwrap().parse().unwrap();
        preview
    }

    /// Waits for a line of output with `text`, unless one was received earlier; returns it.
    pub(crate) fn wait_for_output(&self, text: &str) -> String {
        let mut pending_output = self.pending_output.borrow_mut();
        if let Some(index) = pending_output.iter().position(|line| line.contains(text)) {
            return pending_output.remove(index);
        }
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let line = self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now()));
            let line = line.unwrap_or_else(|error| panic!("no output with {text}: {error}"));
            if line.contains(text) {
                return line;
            }
            pending_output.push(line);
        }
    }

    /// Returns true if no line of output so far contains `text`.
    pub(crate) fn has_no_output_with(&self, text: &str) -> bool {
        let mut pending_output = self.pending_output.borrow_mut();
        pending_output.extend(self.lines.try_iter());
        pending_output.iter().all(|line| !line.contains(text))
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.sibling("content").join(path)
    }

    /// The path of a sibling of the content folder, or of that folder itself.
    pub(crate) fn sibling(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn save(&self, path: &str, text: &str) {
        write(&self.path(path), text);
    }

    /// Saves the file with `from` replaced by `to`.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not contain {from}");
        self.save(path, &text.replace(from, to));
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.request(&format!("GET {path} HTTP/1.0\r\nHost: localhost:{}\r\n\r\n", self.port))
    }

    pub(crate) fn page(&self, path: &str) -> String {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{path}");
        reply.text().to_owned()
    }

    pub(crate) fn request(&self, request: &str) -> Reply {
        let mut stream = self.send(request);
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        let end = reply.windows(4).position(|part| part == b"\r\n\r\n").expect("the response has a head");
        let head = String::from_utf8(reply[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head, body: reply[end + 4..].to_vec() }
    }

    /// Polls `page` until it contains `text`.
    pub(crate) fn wait_for(&self, page: &str, text: &str) {
        let deadline = Instant::now() + TIMEOUT;
        while !self.get(page).text().contains(text) {
            assert!(Instant::now() < deadline, "{page} does not show {text}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Connects, and sends a complete or partial request.
    pub(crate) fn send(&self, request: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream
    }

    /// Subscribes to events after loading a page; reads the first state.
    pub(crate) fn subscribe(&self) -> Events {
        self.get("/");
        let mut events = self.subscribe_unread();
        events.first = events.next()["revision"].as_u64().unwrap();
        events
    }

    /// Subscribes to events without reading any state.
    pub(crate) fn subscribe_unread(&self) -> Events {
        Events { lines: BufReader::new(self.send(LISTEN)), first: 0 }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Sends a signal (`INT` as Ctrl-C does), and asserts that the process exits successfully within five seconds.
    #[cfg(unix)]
    pub(crate) fn assert_ends_on(&mut self, signal: &str) {
        let pid = self.pid().to_string();
        assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            if let Some(status) = self.process.try_wait().unwrap() {
                assert!(status.success(), "{status}");
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the preview does not end on {signal}");
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The event stream of an open page.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
    /// The revision that was current when the page was opened.
    pub(crate) first: u64,
}

impl Events {
    /// Waits for the next state.
    pub(crate) fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the preview has ended");
            if let Some(state) = line.strip_prefix("data: ") {
                return serde_json::from_str(state).unwrap();
            }
        }
    }

    /// Waits for the next state without errors; returns its revision.
    pub(crate) fn next_revision(&mut self) -> u64 {
        loop {
            let state = self.next();
            if state["errors"].is_null() {
                return state["revision"].as_u64().unwrap();
            }
        }
    }

    /// Waits for the next state with errors; returns them.
    pub(crate) fn next_errors(&mut self) -> Value {
        loop {
            let mut state = self.next();
            if !state["errors"].is_null() {
                return state["errors"].take();
            }
        }
    }

    /// Waits until `page` contains `text`, requesting it after each state as an open page does.
    pub(crate) fn wait_for(&mut self, preview: &Preview, page: &str, text: &str) {
        while !preview.get(page).text().contains(text) {
            self.next();
        }
    }

    /// The states received until none arrives for one second.
    pub(crate) fn states_within_a_second(mut self) -> Vec<Value> {
        self.lines.get_ref().set_read_timeout(Some(Duration::from_secs(1))).unwrap();
        let mut states = Vec::new();
        let mut line = String::new();
        while self.lines.read_line(&mut line).is_ok_and(|length| length > 0) {
            states.extend(line.strip_prefix("data: ").map(|state| serde_json::from_str(state).unwrap()));
            line.clear();
        }
        states
    }
}
