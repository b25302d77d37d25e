//! A running preview, and a browser that asks it.

use serde_json::Value;
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than anything takes on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(30);

/// The small site that all of these tests begin with.
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

/// The page of the policy, and of the program below it.
pub(crate) const POLICY: &str = "/mura/policies/1.html";
pub(crate) const PROGRAM: &str = "/mura/programs/tenken.html";

/// The request of a page that listens.
pub(crate) const LISTEN: &str = "GET /.shirube/events HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// A content folder of its own, and the preview of it.
pub(crate) struct Preview {
    folder: TempDir,
    process: Child,
    said: Receiver<String>,
    /// Lines that nobody has waited for yet.
    heard: RefCell<Vec<String>>,
    pub(crate) port: u16,
}

/// What came back.
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
    /// The preview of the small site.
    pub(crate) fn start() -> Self {
        Self::of(small_site(), &[])
    }

    /// The preview of `content/` in `folder`, at any free port unless `arguments` name one.
    pub(crate) fn of(folder: TempDir, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
        command.current_dir(folder.path()).args(["serve", "--lang", "ja"]).args(arguments);
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (says, said) = channel();
        let (out, err) = (process.stdout.take().unwrap(), process.stderr.take().unwrap());
        let streams: [Box<dyn Read + Send>; 2] = [Box::new(out), Box::new(err)];
        for stream in streams {
            let says = says.clone();
            std::thread::spawn(move || {
                BufReader::new(stream).lines().map_while(Result::ok).all(|line| says.send(line).is_ok())
            });
        }
        let mut preview = Self { folder, process, said, heard: RefCell::default(), port: 0 };
        let line = preview.says("http://");
        let (_, after) = line.split_once("http://").unwrap();
        preview.port = after.split('/').next().unwrap().rsplit(':').next().unwrap().parse().unwrap();
        preview
    }

    /// The next line with `words` that it says, or has said already.
    pub(crate) fn says(&self, words: &str) -> String {
        let mut heard = self.heard.borrow_mut();
        if let Some(at) = heard.iter().position(|line| line.contains(words)) {
            return heard.remove(at);
        }
        let end = Instant::now() + LONG;
        loop {
            let line = self.said.recv_timeout(end.saturating_duration_since(Instant::now()));
            let line = line.unwrap_or_else(|error| panic!("does not say {words}: {error}"));
            if line.contains(words) {
                return line;
            }
            heard.push(line);
        }
    }

    /// Whether it has said no line with `words` so far.
    pub(crate) fn has_not_said(&self, words: &str) -> bool {
        let mut heard = self.heard.borrow_mut();
        heard.extend(self.said.try_iter());
        heard.iter().all(|line| !line.contains(words))
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.beside("content").join(path)
    }

    /// What lies beside the content folder, or the folder itself.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
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
        assert!(text.contains(from), "{path} holds no {from}");
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
        let end = reply.windows(4).position(|part| part == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(reply[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head, body: reply[end + 4..].to_vec() }
    }

    /// Waits until `page` holds `words`, without listening.
    pub(crate) fn wait_for(&self, page: &str, words: &str) {
        let end = Instant::now() + LONG;
        while !self.get(page).text().contains(words) {
            assert!(Instant::now() < end, "{page} does not show {words}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Connects, and sends `request`, or a part of one.
    pub(crate) fn send(&self, request: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    /// Listens as an open page does, which was loaded before.
    pub(crate) fn listen(&self) -> Events {
        self.get("/");
        let mut events = self.open();
        events.first = events.next()["revision"].as_u64().unwrap();
        events
    }

    /// Opens a page that was told nothing yet.
    pub(crate) fn open(&self) -> Events {
        Events { lines: BufReader::new(self.send(LISTEN)), first: 0 }
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Sends it a signal, as Ctrl-C does with `INT`, and asserts that it ends well and soon.
    #[cfg(unix)]
    pub(crate) fn assert_ends_on(&mut self, signal: &str) {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        let end = Instant::now() + Duration::from_secs(5);
        while Instant::now() < end {
            if let Some(status) = self.process.try_wait().unwrap() {
                assert!(status.success(), "{status}");
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it does not end on {signal}");
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What an open page is told.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
    /// The number of the revision that was shown when the page was opened.
    pub(crate) first: u64,
}

impl Events {
    /// The next state.
    pub(crate) fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the preview has ended");
            if let Some(state) = line.strip_prefix("data: ") {
                return serde_json::from_str(state).unwrap();
            }
        }
    }

    /// Waits for the next state without errors.
    pub(crate) fn next_revision(&mut self) -> u64 {
        loop {
            let state = self.next();
            if state["errors"].is_null() {
                return state["revision"].as_u64().unwrap();
            }
        }
    }

    /// Waits for the next state with errors.
    pub(crate) fn next_errors(&mut self) -> Value {
        loop {
            let mut state = self.next();
            if !state["errors"].is_null() {
                return state["errors"].take();
            }
        }
    }

    /// Waits until `page` holds `words`; it is asked for after each state, as an open page does.
    pub(crate) fn wait_for(&mut self, preview: &Preview, page: &str, words: &str) {
        while !preview.get(page).text().contains(words) {
            self.next();
        }
    }

    /// The next states, as far as they come within a second.
    pub(crate) fn soon(mut self) -> Vec<Value> {
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
