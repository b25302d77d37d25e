//! Security of the preview: refused requests, files that are never served, and drafts.

use super::harness::{Preview, small_site, write};

#[test]
fn nothing_outside_the_site_is_served() {
    let folder = small_site();
    write(&folder.path().join("secret.txt"), "秘密");
    write(&folder.path().join("content/.env"), "秘密");
    write(&folder.path().join("content/mura/policies/1/.git/config"), "秘密");
    let preview = Preview::start_in(folder, &[]);
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
fn requests_for_other_hosts_are_refused() {
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
fn only_get_and_head_are_allowed() {
    let preview = Preview::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let request = format!("{method} / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(preview.request(&request).status, 405, "{method}");
    }
    let head = preview.request("HEAD / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn responses_are_not_cached() {
    let preview = Preview::start();
    assert!(preview.get("/").head.contains("cache-control: no-store"));
}

#[test]
fn port_in_use_is_replaced_with_a_message() {
    let first = Preview::start();
    let second = Preview::start_in(small_site(), &["--port", &first.port.to_string()]);
    assert_ne!(second.port, first.port);
    second.wait_for_output(&format!("ポート {} は使用中のため、{} を使います", first.port, second.port));
    assert_eq!(second.get("/").status, 200);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_preview_with_open_pages() {
    let mut preview = Preview::start();
    let _events = preview.subscribe();
    preview.assert_ends_on("INT");
}

#[test]
fn closed_pages_do_not_affect_others() {
    let preview = Preview::start();
    for _ in 0..20 {
        drop(preview.subscribe());
    }
    let mut events = preview.subscribe();
    preview.replace("mura/policies/1/policy.md", "橋の点検", "橋の架け替え");
    events.next_revision();
}

/// The small site with a confidential draft.
fn with_draft() -> tempfile::TempDir {
    let folder = small_site();
    let sheet = "+++\nindicator.hashi.actual.R6 = 98\n+++\n## 成果\n未公表の内容。\n![橋](secret.png)\n";
    write(&folder.path().join("content/mura/policies/1/2024.md"), sheet);
    write(&folder.path().join("content/mura/policies/1/secret.png"), "picture");
    folder
}

#[test]
fn cross_site_requests_are_refused() {
    let preview = Preview::start_in(with_draft(), &[]);
    let status = |path: &str, fetch: [&str; 3]| {
        let [site, mode, dest] = fetch;
        let head = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n");
        preview.request(&format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n{head}\r\n")).status
    };
    let paths = ["/", "/mura/search.js", "/mura/report.json", "/mura/policies/1/secret.png", "/.shirube/preview.js"];
    for path in paths {
        for site in ["cross-site", "same-site"] {
            assert_eq!(status(path, [site, "no-cors", "script"]), 403, "{path}");
            assert_eq!(status(path, [site, "no-cors", "image"]), 403, "{path}");
            assert_eq!(status(path, [site, "cors", "empty"]), 403, "{path}");
            assert_eq!(status(path, [site, "navigate", "iframe"]), 403, "{path}");
            assert_eq!(status(path, [site, "navigate", "object"]), 403, "{path}");
        }
        assert_eq!(status(path, ["none", "navigate", "document"]), 200, "{path}");
        assert_eq!(status(path, ["same-origin", "no-cors", "script"]), 200, "{path}");
        let head = preview.get(path).head;
        assert!(head.contains("cross-origin-resource-policy: same-origin"), "{head}");
        assert!(head.contains("x-content-type-options: nosniff"), "{head}");
    }
    assert_eq!(status("/.shirube/events", ["cross-site", "cors", "empty"]), 403);
    assert_eq!(status("/", ["cross-site", "navigate", "document"]), 200, "navigation from another site is allowed");
}

#[test]
fn no_drafts_option_hides_drafts() {
    let preview = Preview::start_in(with_draft(), &["--no-drafts"]);
    assert_eq!(preview.get("/mura/policies/1/2024.html").status, 404);
    assert_eq!(preview.get("/mura/policies/1/secret.png").status, 404);
    for path in ["/mura/policies/1.html", "/mura/search.js", "/mura/report.json", "/mura/editions/2023.html"] {
        let reply = preview.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert!(!reply.text().contains("未公表") && !reply.text().contains("下書き"), "{path}");
    }
    let shown = Preview::start_in(with_draft(), &[]);
    assert!(shown.page("/mura/policies/1/2024.html").contains("未公表"));
    assert_eq!(shown.get("/mura/policies/1/secret.png").status, 200);
}

#[test]
fn warns_that_drafts_are_visible_on_the_network() {
    let exposed = Preview::start_in(with_draft(), &["--host", "0.0.0.0"]);
    exposed.wait_for_output("ほかのパソコンから、公表前の下書きと原稿の誤りも閲覧できます");
    exposed.wait_for_output(&format!("http://127.0.0.1:{}/ で表示しています", exposed.port));
    let exposed_without_drafts = Preview::start_in(with_draft(), &["--host", "0.0.0.0", "--no-drafts"]);
    exposed_without_drafts.wait_for_output("読み込みました");
    assert!(exposed_without_drafts.has_no_output_with("ほかのパソコン"));
    let local = Preview::start_in(with_draft(), &[]);
    local.wait_for_output("読み込みました");
    assert!(local.has_no_output_with("ほかのパソコン"));
}

#[test]
fn errors_in_hidden_drafts_are_not_quoted_on_the_network() {
    let preview = Preview::start_in(with_draft(), &["--host", "0.0.0.0", "--no-drafts"]);
    let mut events = preview.subscribe();
    preview.save("mura/policies/1/2024.md", "+++\nindicator.hashi.actual.R6 = 未公表\n+++\n");
    let errors = events.next_errors();
    assert_eq!(errors["title"], "原稿に誤りが 1 件あります");
    assert_eq!(errors["list"], serde_json::json!([]));
    assert!(!errors.to_string().contains("未公表"));
}

#[cfg(unix)]
#[test]
fn targets_of_symbolic_links_are_not_served() {
    use std::os::unix::fs::symlink;
    let folder = small_site();
    write(&folder.path().join("secret.png"), "秘密");
    let preview = Preview::start_in(folder, &[]);
    let mut events = preview.subscribe();
    let picture = preview.path("mura/policies/1/map.svg");
    std::fs::remove_file(&picture).unwrap();
    symlink(preview.sibling("secret.png"), &picture).unwrap();
    let errors = events.next_errors();
    let message = errors["list"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("シンボリックリンク"), "{message}");
    assert_eq!(errors["list"][0]["location"]["path"], "mura/policies/1/map.svg");
    assert!(!preview.get("/mura/policies/1/map.svg").text().contains("秘密"));

    // A symbolic link to a folder, and a file saved in it.
    std::fs::create_dir_all(preview.sibling("outside")).unwrap();
    write(&preview.sibling("outside/policy.md"), "+++\nname = \"秘密\"\n+++\n");
    symlink(preview.sibling("outside"), preview.path("mura/policies/2")).unwrap();
    events.next_errors();
    write(&preview.sibling("outside/2023.md"), "+++\n+++\n");
    std::fs::remove_file(&picture).unwrap();
    preview.save("mura/policies/1/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    std::fs::remove_file(preview.path("mura/policies/2")).unwrap();
    events.next_revision();
    assert!(!preview.page("/mura/").contains("秘密"));
}

#[test]
fn content_security_policy_allows_the_preview_script() {
    let preview = Preview::start();
    assert!(preview.page("/").contains("; connect-src 'self'\">"));
    let mut events = preview.subscribe();
    preview.save("site.toml", "title = \"見本\"\ncsp = \"default-src https:\"\n");
    events.next_revision();
    let page = preview.page("/");
    assert!(page.contains("default-src https:; script-src https: 'self'; connect-src https: 'self'\""), "{page}");
    preview.save("site.toml", "title = \"見本\"\ncsp = false\n");
    events.next_revision();
    assert!(!preview.page("/").contains("Content-Security-Policy"));
}
