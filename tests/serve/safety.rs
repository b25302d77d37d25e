//! Who is answered, and what nobody gets.

use crate::preview::{Preview, small_site, write};
#[cfg(unix)]
use std::time::{Duration, Instant};

#[test]
fn nothing_outside_the_site_is_served() {
    let folder = small_site();
    write(&folder.path().join("secret.txt"), "秘密");
    write(&folder.path().join("content/.env"), "秘密");
    write(&folder.path().join("content/mura/policies/1/.git/config"), "秘密");
    let preview = Preview::of(folder, &[]);
    let paths = [
        "/../secret.txt",
        "/../../../../../../etc/passwd",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/mura/policies/1/../../../../secret.txt",
        "/mura/policies/1/..%5c..%5c..%5c..%5csecret.txt",
        "//etc/passwd",
        "/.env",
        "/mura/policies/1/.git/config",
        "/site.toml",
        "/mura/strategy.toml",
        "/mura/policies/1/policy.md",
        "/mura/policies/1/map.svg%00.html",
        "/./mura/",
        "/mura/./index.html",
    ];
    for path in paths {
        let reply = preview.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("秘密") && !reply.text().contains("root:"), "{path}");
    }
    for path in ["/%ff", "http://localhost/", "*"] {
        assert_eq!(preview.get(path).status, 400, "{path}");
    }
}

#[test]
fn only_those_who_name_this_machine_are_answered() {
    let preview = Preview::start();
    let status = |host: &str| preview.request(&format!("GET / HTTP/1.0\r\n{host}\r\n")).status;
    assert_eq!(status("Host: localhost\r\n"), 200);
    assert_eq!(status("Host: 127.0.0.1:4600\r\n"), 200);
    assert_eq!(status("Host: evil.example\r\n"), 403);
    assert_eq!(status("Host: localhost\r\nHost: evil.example\r\n"), 403);
    assert_eq!(status(""), 403);
    let events = preview.request("GET /.shirube/events HTTP/1.0\r\nHost: evil.example\r\n\r\n");
    assert_eq!(events.status, 403);
}

#[test]
fn nothing_can_be_sent() {
    let preview = Preview::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let request = format!("{method} / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(preview.request(&request).status, 405, "{method}");
    }
    let head = preview.request("HEAD / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn pages_are_never_kept_by_the_browser() {
    let preview = Preview::start();
    assert!(preview.get("/").head.contains("Cache-Control: no-store"));
}

#[test]
fn a_port_in_use_gives_way_to_the_next_and_that_is_said() {
    let first = Preview::start();
    let second = Preview::of(small_site(), &["--port", &first.port.to_string()]);
    assert_ne!(second.port, first.port);
    second.says(&format!("ポート {} はほかで使われているため、{} を使います", first.port, second.port));
    assert_eq!(second.get("/").status, 200);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once_with_pages_open() {
    let mut preview = Preview::start();
    let _open = preview.listen();
    let begun = Instant::now();
    assert!(preview.interrupt().success());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn a_page_that_is_closed_disturbs_nobody() {
    let preview = Preview::start();
    for _ in 0..20 {
        drop(preview.listen());
    }
    let mut open = preview.listen();
    preview.replace("mura/policies/1/policy.md", "橋の点検", "橋の架け替え");
    open.next_issue();
}
