//! Stalled clients, which send or read nothing, and their effect on other clients.

use super::harness::{LISTEN, POLICY, Preview, small_site, write};
use std::io::Read;
use std::net::TcpStream;
#[cfg(unix)]
use std::thread::sleep;
#[cfg(unix)]
use std::time::Duration;
use std::time::Instant;

/// Size of a file in bytes, larger than socket buffers.
const LARGE: usize = 8 << 20;

const LARGE_FILE: &str = "/mura/policies/1/large.png";

/// The preview of the small site with a large file.
fn with_large_file() -> Preview {
    let folder = small_site();
    let policy = folder.path().join("content/mura/policies/1");
    write(&policy.join("large.png"), &"x".repeat(LARGE));
    let text = std::fs::read_to_string(policy.join("policy.md")).unwrap();
    write(&policy.join("policy.md"), &format!("{text}\n![大きな図](large.png)\n"));
    Preview::start_in(folder, &[])
}

/// A client that requests the large file `requests` times without reading the responses.
fn pipeline(preview: &Preview, requests: usize) -> TcpStream {
    preview.send(&format!("GET {LARGE_FILE} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(requests))
}

/// Saves an error in a line of several megabytes, which is sent to open pages, and corrects it.
fn make_and_correct_large_error(preview: &Preview, name: &str) {
    let file = "mura/policies/1/policy.md";
    let text = preview.read(file).replace("橋の点検", name);
    preview.save(file, &format!("{text}\n{}[x](nowhere)\n", "あ".repeat(LARGE / 16)));
    preview.wait_for_output("nowhere");
    preview.save(file, &text);
    preview.wait_for(POLICY, name);
}

#[test]
fn event_clients_that_do_not_read_block_no_others() {
    let preview = Preview::start();
    let _stalled: Vec<TcpStream> = (0..10).map(|_| preview.send(LISTEN)).collect();
    make_and_correct_large_error(&preview, "止まらない橋");
}

#[test]
fn unread_responses_block_no_others() {
    let preview = with_large_file();
    let mut stalled: Vec<TcpStream> = (0..6).map(|_| pipeline(&preview, 8)).collect();
    make_and_correct_large_error(&preview, "止まらない橋");
    assert_eq!(preview.get(LARGE_FILE).body.len(), LARGE);

    // A client that finally reads receives all responses.
    let mut all = vec![0; 8 * LARGE];
    stalled[0].read_exact(&mut all).unwrap();
    assert_eq!(
        all.iter().filter(|byte| **byte == b'x').count() / LARGE,
        7,
        "the bytes of eight bodies minus those of the response heads"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn idle_connections_use_few_resources_and_block_no_others() {
    let preview = with_large_file();
    let mut idle: Vec<TcpStream> = Vec::new();
    for _ in 0..100 {
        idle.extend(["", "GET / HT", LISTEN].map(|request| preview.send(request)));
        idle.push(pipeline(&preview, 2));
    }
    make_and_correct_large_error(&preview, "止まらない橋");
    let process = format!("/proc/{}", preview.pid());
    let files = std::fs::read_dir(format!("{process}/fd")).unwrap().count();
    let threads = std::fs::read_dir(format!("{process}/task")).unwrap().count();
    let cores = std::thread::available_parallelism().unwrap().get();
    assert!(files < 200, "{files} files are open");
    assert!(threads < 20 + cores, "{threads} threads");
}

#[cfg(unix)]
#[test]
fn signals_end_the_preview_with_stalled_clients() {
    for signal in ["INT", "TERM"] {
        let mut preview = with_large_file();
        let _stalled = [preview.send(LISTEN), preview.send("GET /"), pipeline(&preview, 8), pipeline(&preview, 8)];
        preview.save("mura/policies/1/2023.md", &format!("{}[x](nowhere)\n", "あ".repeat(LARGE / 16)));
        preview.wait_for_output("nowhere");
        preview.assert_ends_on(signal);
    }
}

/// The preview of the small site with a 404 page of three nested loops with `rounds` iterations each.
fn with_slow_page(rounds: usize) -> Preview {
    let folder = small_site();
    let content = folder.path().join("content");
    write(&content.join("site.toml"), "title = \"見本\"\ntheme = \"theme\"\n");
    let inner = "{% if false %}x{% endif %}".to_owned();
    let loops = ["a", "b", "c"]
        .iter()
        .fold(inner, |inner, name| format!("{{% for {name} in range(end={rounds}) %}}{inner}{{% endfor %}}"));
    write(&content.join("theme/templates/404.html"), &loops);
    Preview::start_in(folder, &[])
}

const SLOW: &str = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[test]
fn many_requests_for_a_slow_page_do_not_delay_others() {
    let preview = with_slow_page(80);
    preview.page(POLICY);
    let start = Instant::now();
    assert_eq!(preview.get("/nowhere").status, 404);
    let slow = start.elapsed();
    let _crowd: Vec<TcpStream> = (0..100).map(|_| preview.send(SLOW)).collect();
    let start = Instant::now();
    preview.page(POLICY);
    assert!(start.elapsed() < 30 * slow, "{:?}, the slow page {slow:?}", start.elapsed());
}

#[cfg(unix)]
#[test]
fn signals_end_the_preview_during_endless_rendering() {
    for signal in ["INT", "TERM"] {
        let mut preview = with_slow_page(99_999);
        let _waiting = preview.send(SLOW);
        sleep(Duration::from_millis(500));
        preview.assert_ends_on(signal);
    }
}
