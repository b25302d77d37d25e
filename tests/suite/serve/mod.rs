//! `shirube serve`: responses and events of the preview.

mod endurance;
mod file_operations;
mod harness;
mod hostile_clients;
mod security;
mod stalled_clients;

use crate::support::root;
use crate::support::sites::REPORTS;
use harness::{POLICY, PROGRAM, Preview, small_site, write};

/// A page without the script of the preview and the `connect-src` directive that it needs.
fn without_script(html: &[u8]) -> Vec<u8> {
    let html = std::str::from_utf8(html).unwrap();
    let (before, script) = html.split_once("<script src=\"/.shirube/preview.js?revision=").expect("a script");
    let (number, after) = script.split_once("\"></script>").unwrap();
    assert!(number.bytes().all(|byte| byte.is_ascii_digit()));
    // Only the preview needs connections, for its events.
    [before, after].concat().replace("; connect-src 'self'", "").into_bytes()
}

#[test]
fn every_file_equals_that_of_a_build() {
    let content = root().join("content");
    let preview = Preview::start_in(tempfile::tempdir().unwrap(), &["--content", content.to_str().unwrap()]);
    let mut pages = 0;
    for (path, bytes) in &*REPORTS {
        let reply = preview.get(&format!("/{path}"));
        let page = path.ends_with(".html");
        let body = if page { without_script(&reply.body) } else { reply.body };
        assert!(body == *bytes, "{path} differs");
        pages += usize::from(page);
    }
    assert!(pages > 300, "{pages}");
}

#[test]
fn a_save_is_shown_on_every_affected_page() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    assert!(preview.page(POLICY).contains(&format!("revision={}\"", events.first)));
    preview.replace("mura/policies/1/policy.md", "橋の点検", "橋とトンネルの点検");
    let revision = events.next_revision();
    assert!(revision > events.first);
    for page in [POLICY, PROGRAM, "/mura/", "/mura/policies/1/2023.html"] {
        let html = preview.page(page);
        assert!(html.contains("橋とトンネルの点検"), "{page}");
        assert!(html.contains(&format!("revision={revision}\"")), "{page}");
    }
}

#[test]
fn saving_unchanged_content_creates_no_revision() {
    let preview = Preview::start();
    let events = preview.subscribe();
    preview.replace("mura/policies/1/policy.md", "橋", "橋");
    assert!(events.states_within_a_second().is_empty());
}

#[test]
fn errors_are_shown_over_the_last_good_page_until_corrected() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    preview.replace("mura/policies/1/2023.md", "actual", "actaul");
    let errors = events.next_errors();
    assert_eq!(errors["title"], "原稿に誤りが 1 件あります");
    let error = &errors["list"][0];
    assert_eq!(error["message"], "`actaul` というキーはここにはありません");
    assert_eq!(error["help"], "もしかして: actual");
    assert_eq!(error["location"]["path"], "mura/policies/1/2023.md");
    assert_eq!(error["location"]["line"]["number"], 2);
    assert_eq!(error["location"]["line"]["text"], serde_json::json!(["indicator.hashi.", "actaul", ".R5 = 12"]));
    assert!(preview.page(POLICY).contains("12"), "the last good page is not shown");
    assert!(preview.page(POLICY).contains(&format!("revision={}\"", events.first)));
    preview.replace("mura/policies/1/2023.md", "actaul.R5 = 12", "actual.R5 = 34");
    events.next_revision();
    assert!(preview.page(POLICY).contains("34"));
}

#[test]
fn pages_opened_after_an_error_receive_it() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    preview.save("mura/policies/1/2023.md", "+++\nx\n+++\n");
    events.next_errors();
    assert_eq!(preview.subscribe_unread().next_errors()["list"][0]["location"]["line"]["number"], 2);
}

#[test]
fn initial_errors_are_shown_until_corrected() {
    let folder = small_site();
    write(&folder.path().join("content/mura/policies/1/2023.md"), "+++\nx\n+++\n");
    let preview = Preview::start_in(folder, &[]);
    let reply = preview.get(POLICY);
    assert_eq!(reply.status, 503);
    assert!(reply.text().contains("まだ表示できるページがありません"));
    assert!(reply.text().contains("/.shirube/preview.js"));
    let mut events = preview.subscribe();
    preview.save("mura/policies/1/2023.md", "");
    events.next_revision();
    assert_eq!(preview.get(POLICY).status, 200);
}

#[test]
fn search_follows_site_toml() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    let status = || ["/search.html", "/mura/search.js", "/assets/search.js"].map(|path| preview.get(path).status);
    assert_eq!(status(), [200; 3]);
    preview.replace("site.toml", "title", "search = false\ntitle");
    events.next_revision();
    assert_eq!(status(), [404; 3]);
    for page in [POLICY, "/", "/mura/"] {
        assert!(!preview.page(page).contains("search.html"), "{page}");
    }
    preview.replace("site.toml", "search = false\n", "");
    events.next_revision();
    assert_eq!(status(), [200; 3]);
    assert!(preview.page(POLICY).contains("search.html"));
}

#[test]
fn drafts_are_shown_and_marked() {
    let preview = Preview::start();
    assert!(!preview.page(POLICY).contains("下書き"));
    let mut events = preview.subscribe();
    preview.save("mura/policies/1/2024.md", "+++\nindicator.hashi.actual.R6 = 98\n+++\n");
    events.next_revision();
    for page in [POLICY, "/mura/policies/1/2024.html", "/mura/", "/mura/editions/2024.html"] {
        let html = preview.page(page);
        assert!(html.contains("<strong>下書き</strong> 令和6年度は"), "{page}");
    }
    assert!(preview.page(POLICY).contains("98"));
    assert!(!preview.page("/mura/policies/1/2023.html").contains("下書き"));
}

#[test]
fn a_changed_image_is_served() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    preview.save("mura/policies/1/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path/></svg>");
    events.next_revision();
    let picture = preview.get("/mura/policies/1/map.svg");
    assert!(picture.text().contains("<path/>"));
    assert!(picture.head.contains("content-type: image/svg+xml"));
}

#[test]
fn static_files_are_served_and_watched() {
    let preview = Preview::start();
    assert_eq!(preview.get("/.well-known/security.txt").status, 404);
    for (path, text) in [
        (".well-known/security.txt", "Contact: x"),
        ("kouhou/news.html", "<p>1</p>"),
        (".htaccess", "Options -Indexes"),
    ] {
        let mut events = preview.subscribe();
        preview.save(&format!("static/{path}"), text);
        events.wait_for(&preview, &format!("/{path}"), text);
        assert_eq!(preview.get(&format!("/{path}")).status, 200);
    }
    let mut events = preview.subscribe();
    preview.save("static/kouhou/news.html", "<p>2</p>");
    events.wait_for(&preview, "/kouhou/news.html", "<p>2</p>");
    assert_eq!(preview.get("/kouhou/news.html").text(), "<p>2</p>", "unchanged, without the script of the preview");
}

/// The preview of the small site with a theme; `theme` is its path relative to `content/`.
fn with_theme(theme: &str) -> Preview {
    let folder = small_site();
    let content = folder.path().join("content");
    write(&content.join("site.toml"), &format!("title = \"見本\"\ntheme = \"{theme}\"\n"));
    write(&content.join(theme).join("assets/style.css"), "body { color: black }\n");
    write(&content.join(theme).join("templates/404.html"), "<body>迷子</body>\n");
    Preview::start_in(folder, &[])
}

#[test]
fn changed_theme_files_are_reloaded() {
    for theme in ["theme", "../theme"] {
        let preview = with_theme(theme);
        let mut events = preview.subscribe();
        preview.save(&format!("{theme}/assets/style.css"), "body { color: navy }\n");
        events.next_revision();
        assert_eq!(preview.get("/assets/style.css").text(), "body { color: navy }\n");

        preview.save(&format!("{theme}/templates/404.html"), "<body>行き止まり</body>\n");
        events.wait_for(&preview, "/nowhere", "行き止まり");
        assert_eq!(preview.get("/nowhere").status, 404);

        let texts = root().join("themes/default/texts/ja.toml");
        let texts = std::fs::read_to_string(texts).unwrap();
        preview.save(&format!("{theme}/texts/ja.toml"), &texts.replace("home = \"ホーム\"", "home = \"玄関\""));
        events.wait_for(&preview, POLICY, "玄関");
    }
}

#[test]
fn template_errors_have_a_path_and_line() {
    let preview = with_theme("theme");
    let mut events = preview.subscribe();
    preview.save("theme/templates/404.html", "<body>\n{{ nowhere | unknown }}\n</body>\n");
    let errors = events.next_errors();
    assert_eq!(errors["list"][0]["location"]["path"], "theme/templates/404.html");
    assert_eq!(errors["list"][0]["location"]["line"]["number"], 2);
}

#[test]
fn a_removed_theme_is_an_error() {
    let preview = with_theme("theme");
    let mut events = preview.subscribe();
    std::fs::remove_dir_all(preview.path("theme")).unwrap();
    let errors = events.next_errors();
    assert_eq!(errors["list"][0]["message"], "テーマのフォルダー「theme」がありません");
    assert_eq!(errors["list"][0]["location"]["path"], "site.toml");
}

#[test]
fn rendering_errors_are_shown_over_the_last_good_page() {
    let preview = with_theme("theme");
    assert!(preview.get("/nowhere").text().contains("迷子"));
    let mut events = preview.subscribe();
    preview.save("theme/templates/404.html", "<body>\n{{ layout.nothing.at_all }}\n</body>\n");
    events.next_revision();
    assert!(preview.get("/nowhere").text().contains("迷子"));
    assert_eq!(events.next_errors()["list"][0]["location"]["path"], "theme/templates/404.html");
    preview.save("theme/templates/404.html", "<body>別の迷子</body>\n");
    events.wait_for(&preview, "/nowhere", "別の迷子");
}

#[test]
fn strategy_option_limits_the_shown_strategies() {
    let folder = small_site();
    let content = folder.path().join("content");
    write(&content.join("machi/strategy.toml"), "title = \"町の計画\"\npublisher = \"町\"\n");
    let preview = Preview::start_in(folder, &["--strategy", "mura"]);
    let events = preview.subscribe();
    assert_eq!(preview.get("/machi/").status, 404);
    preview.save("machi/strategy.toml", "x");
    assert!(events.states_within_a_second().is_empty());
}

#[test]
fn a_folder_without_its_slash_is_redirected() {
    let preview = Preview::start();
    for (path, location) in [("/mura", "/mura/"), ("/mura?q=%E6%A9%8B", "/mura/?q=%E6%A9%8B")] {
        let reply = preview.get(path);
        assert_eq!(reply.status, 302, "{path}");
        assert!(
            reply.head.to_lowercase().contains(&format!("location: {}\r\n", location.to_lowercase())),
            "{}",
            reply.head
        );
    }
    assert_eq!(preview.get("/mura/").status, 200);
    assert_eq!(preview.get("/none").status, 404);
}
