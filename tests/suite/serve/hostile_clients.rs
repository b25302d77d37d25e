//! The preview under load, with clients that attack it: each seed is a crowd of random clients, beside which an ordinary
//! reader gets every page.

use super::harness::{POLICY, PROGRAM, Preview, small_site, write};
use crate::oracle::random::Rng;
use crate::support::seeds;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Clients at the same time, and requests of each.
const CLIENTS: usize = 24;
const REQUESTS: usize = 40;

/// A text that is outside of the content, and one that is in it and never served.
const SECRET: &str = "kept-outside-of-the-site";

/// Greatest time for a page, for a reader on a busy machine.
const SLOWEST: Duration = Duration::from_secs(20);

#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn hostile_clients_get_nothing_and_block_no_others() {
    let folder = small_site();
    write(&folder.path().join("secret.txt"), SECRET);
    write(&folder.path().join("content/.env"), SECRET);
    write(&folder.path().join("content/mura/.git/config"), SECRET);
    let mut preview = Preview::start_in(folder, &[]);
    let expected: Vec<(&str, String)> =
        ["/", "/mura/", POLICY, PROGRAM, "/mura/search.js"].map(|page| (page, preview.page(page))).into();
    let (requests, answered, mut slowest) = (AtomicUsize::new(0), AtomicUsize::new(0), Duration::ZERO);
    let seeds: Vec<u64> = seeds(2).collect();
    for seed in &seeds {
        std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS as u64)
                .map(|client| {
                    let (requests, answered, port) = (&requests, &answered, preview.port);
                    scope.spawn(move || {
                        let mut rng = Rng::from_seed(seed * 1_000 + client);
                        let mut open = Vec::new();
                        for _ in 0..REQUESTS {
                            requests.fetch_add(1, Ordering::Relaxed);
                            answered.fetch_add(usize::from(attack(&mut rng, port, &mut open)), Ordering::Relaxed);
                        }
                    })
                })
                .collect();
            while clients.iter().any(|client| !client.is_finished()) {
                for (page, html) in &expected {
                    let start = Instant::now();
                    assert!(preview.page(page) == *html, "seed {seed}: {page} differs");
                    slowest = slowest.max(start.elapsed());
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            clients.into_iter().for_each(|client| client.join().unwrap());
        });
    }
    println!("{requests:?} requests, {answered:?} answered, slowest page {slowest:?}");
    assert!(slowest < SLOWEST, "{slowest:?}");
    assert!(answered.into_inner() > 0);
    preview.replace("mura/policies/1/policy.md", "橋の点検", "橋の架け替え");
    preview.wait_for(POLICY, "橋の架け替え");
    #[cfg(unix)]
    preview.assert_ends_on("TERM");
}

/// One attack; returns true if there was a response. Connections in `open` stay open.
fn attack(rng: &mut Rng, port: u16, open: &mut Vec<TcpStream>) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    stream.set_write_timeout(Some(Duration::from_millis(300))).unwrap();
    let kind = rng.below(10);
    let request = match kind {
        0 => String::new(),
        1 => "GET / HT".to_owned(),
        // Many requests at once, whose responses may not be read.
        2 => "GET /mura/print.html HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1 + rng.below(30)),
        3 => "GET /.shirube/events HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(),
        4 => {
            let host = rng.choose(&[
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "localhost@evil.example",
                "",
                "localhost, evil.example",
            ]);
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        }
        5 => {
            let method = rng.choose(&["POST", "PUT", "DELETE", "TRACE", "CONNECT", "get", "GET GET", "\0"]);
            format!(
                "{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n"
            )
        }
        6 => format!(
            "GET / HTTP/1.1\r\nHost: localhost\r\n{}: {}\r\n\r\n",
            "x".repeat(1 + rng.below(9_000)),
            "y".repeat(rng.below(90_000))
        ),
        7 => (0..rng.below(300)).map(|_| char::from(u8::try_from(rng.below(128)).unwrap_or_default())).collect(),
        _ => format!("GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", traversal(rng)),
    };
    let written = stream.write_all(request.as_bytes()).is_ok();
    if written && rng.percent(20) {
        let _ = stream.shutdown(Shutdown::Write);
    }
    // Stalled clients read nothing; a bounded number of them stays.
    if kind < 4 && rng.percent(70) {
        open.push(stream);
        if open.len() > 8 {
            open.remove(0);
        }
        return false;
    }
    let mut reply = Vec::new();
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut part) {
        reply.extend_from_slice(&part[..length]);
        if reply.len() > 1_000_000 {
            break;
        }
    }
    let reply = String::from_utf8_lossy(&reply);
    assert!(!reply.contains(SECRET) && !reply.contains("root:"), "{request:?} is answered by {reply}");
    if kind == 4 {
        assert!(!reply.starts_with("HTTP/1.1 200"), "{request:?} is answered by {reply}");
    }
    !reply.is_empty()
}

/// An address that leads out of the site if it is resolved wrongly.
fn traversal(rng: &mut Rng) -> String {
    let up = rng.choose(&["..", "%2e%2e", ".%2e", "..%00", "%252e%252e", "..;", "．．", "%c0%ae%c0%ae", ".", ""]);
    let slash = rng.choose(&["/", "%2f", "\\", "%5c", "//", "%252f", "/./"]);
    let start =
        rng.choose(&["/", "/mura/", "/mura/policies/1/", "/assets/", "//", "/C:", "http://localhost/", "/.shirube/"]);
    let target = rng.choose(&[
        "secret.txt",
        "etc/passwd",
        "content/.env",
        ".env",
        ".git/config",
        "site.toml",
        "windows/win.ini",
        "proc/self/environ",
    ]);
    format!("{start}{}{target}", format!("{up}{slash}").repeat(rng.below(9)))
}
