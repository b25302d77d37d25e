//! File operations of editors, tools and users on watched files.

use super::harness::{POLICY, PROGRAM, Preview, small_site, write};
use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

const FILE: &str = "mura/policies/1/policy.md";

#[test]
fn file_replaced_by_rename() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    for name in ["一", "二", "三"] {
        let text = preview.read(FILE);
        let (start, end) = (text.find("name = ").unwrap(), text.find("\n[[").unwrap());
        let text = format!("{}name = \"{name}\"{}", &text[..start], &text[end..]);
        write(&preview.path("mura/policies/1/.policy.md.swp"), &text);
        fs::rename(preview.path("mura/policies/1/.policy.md.swp"), preview.path(FILE)).unwrap();
        events.wait_for(&preview, POLICY, &format!(">{name}</h1>"));
    }
}

#[test]
fn file_deleted_and_created_again() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    let text = preview.read(FILE);
    fs::remove_file(preview.path(FILE)).unwrap();
    let errors = events.next_errors();
    assert!(errors["list"][0]["message"].as_str().unwrap().contains("policy.md"));
    preview.save(FILE, &text.replace("橋の点検", "橋の修繕"));
    events.wait_for(&preview, POLICY, "橋の修繕");
}

#[test]
fn half_written_file_causes_no_error() {
    let preview = Preview::start();
    let text = preview.read(FILE).replace("橋の点検", "橋の補修");
    let half = text.find("[[program]]").unwrap() + 4;
    let events = preview.subscribe();
    preview.save(FILE, &text[..half]);
    sleep(Duration::from_millis(20));
    preview.save(FILE, &text);
    let states = events.states_within_a_second();
    assert_eq!(states.len(), 1, "{states:?}");
    assert!(states[0]["errors"].is_null());
    assert!(preview.page(POLICY).contains("橋の補修"));
}

#[test]
fn folder_removed_and_another_created() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    fs::remove_dir_all(preview.path("mura/programs/tenken")).unwrap();
    let errors = events.next_errors();
    assert_eq!(errors["list"][0]["place"]["path"], FILE);
    preview.save("mura/programs/shuzen/program.md", "+++\nname = \"修繕事業\"\n+++\n");
    preview.replace(FILE, "tenken", "shuzen");
    events.wait_for(&preview, "/mura/programs/shuzen.html", "修繕事業");
    assert_eq!(preview.get(PROGRAM).status, 404);
    preview.save("mura/programs/shuzen/2023.md", "+++\n[money]\nbudget.R5 = 777\n+++\n");
    events.wait_for(&preview, "/mura/programs/shuzen.html", "777");
}

#[test]
fn folder_with_many_files_moved_in() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    let elsewhere = preview.sibling("machi");
    write(&elsewhere.join("strategy.toml"), "title = \"町の計画\"\npublisher = \"町\"\n");
    for n in 0..50 {
        let text = format!("+++\nname = \"施策その{n}\"\n+++\n");
        write(&elsewhere.join(format!("policies/{n}/policy.md")), &text);
    }
    fs::rename(&elsewhere, preview.path("machi")).unwrap();
    events.wait_for(&preview, "/machi/policies/49.html", "施策その49");
    preview.save("machi/policies/49/policy.md", "+++\nname = \"最後の施策\"\n+++\n");
    events.wait_for(&preview, "/machi/policies/49.html", "最後の施策");
}

#[test]
fn files_created_one_by_one_in_new_folders() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    for n in 0..20 {
        preview.save(&format!("mura/policies/new-{n}/policy.md"), &format!("+++\nname = \"新しい{n}\"\n+++\n"));
        preview.save(&format!("mura/policies/new-{n}/2023.md"), "## 結果\n良い\n");
    }
    for n in 0..20 {
        events.wait_for(&preview, &format!("/mura/policies/new-{n}.html"), &format!("新しい{n}"));
        events.wait_for(&preview, &format!("/mura/policies/new-{n}/2023.html"), "良い");
    }
}

#[test]
fn content_folder_moved_away_and_back() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    let (here, away) = (preview.sibling("content"), preview.sibling("away"));
    fs::rename(&here, &away).unwrap();
    let errors = events.next_errors();
    assert!(errors["list"][0]["message"].as_str().unwrap().ends_with("が見つかりません"));
    assert!(preview.page(POLICY).contains("橋の点検"), "the last good page is not shown");
    sleep(Duration::from_millis(600));
    fs::rename(&away, &here).unwrap();
    events.next_revision();
    preview.replace(FILE, "橋の点検", "帰ってきた橋");
    events.wait_for(&preview, POLICY, "帰ってきた橋");
}

/// Copies the content to the sibling folder `name`, with `name` as the name of the policy.
fn copy_with_name(preview: &Preview, name: &str) -> PathBuf {
    let copy = preview.sibling(name);
    crate::support::copy(&preview.sibling("content"), &copy);
    let text = fs::read_to_string(copy.join(FILE)).unwrap();
    let (start, end) = (text.find("name = ").unwrap(), text.find("\n[[").unwrap());
    write(&copy.join(FILE), &format!("{}name = \"{name}\"{}", &text[..start], &text[end..]));
    copy
}

/// Asserts that a change within the content is shown.
fn assert_is_watched(preview: &Preview, name: &str) {
    preview.replace(FILE, name, &format!("書き直した{name}"));
    preview.wait_for(POLICY, &format!("書き直した{name}"));
}

#[test]
fn content_folder_deleted_and_copied_repeatedly() {
    let preview = Preview::start();
    for name in ["一", "二", "三", "四", "五"] {
        let copy = copy_with_name(&preview, name);
        fs::remove_dir_all(preview.sibling("content")).unwrap();
        crate::support::copy(&copy, &preview.sibling("content"));
        preview.wait_for(POLICY, &format!(">{name}</h1>"));
        assert_is_watched(&preview, name);
    }
}

#[test]
fn content_folder_replaced_by_rename_repeatedly() {
    let preview = Preview::start();
    for name in ["一", "二", "三", "四", "五"] {
        let copy = copy_with_name(&preview, name);
        fs::rename(preview.sibling("content"), preview.sibling(&format!("{name}の前"))).unwrap();
        fs::rename(copy, preview.sibling("content")).unwrap();
        preview.wait_for(POLICY, &format!(">{name}</h1>"));
        assert_is_watched(&preview, name);
    }
}

#[cfg(unix)]
#[test]
fn content_folder_link_retargeted_repeatedly() {
    let folder = small_site();
    fs::rename(folder.path().join("content"), folder.path().join("零")).unwrap();
    std::os::unix::fs::symlink("零", folder.path().join("content")).unwrap();
    let preview = Preview::start_in(folder, &[]);
    for name in ["一", "二", "三", "四", "五"] {
        copy_with_name(&preview, name);
        std::os::unix::fs::symlink(name, preview.sibling("link")).unwrap();
        fs::rename(preview.sibling("link"), preview.sibling("content")).unwrap();
        preview.wait_for(POLICY, &format!(">{name}</h1>"));
        assert_is_watched(&preview, name);
    }
    // Images are read from the new target, even if no text differs.
    crate::support::copy(&preview.sibling("五"), &preview.sibling("六"));
    write(&preview.sibling("六/mura/policies/1/map.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
    fs::remove_file(preview.sibling("content")).unwrap();
    std::os::unix::fs::symlink("六", preview.sibling("content")).unwrap();
    preview.wait_for("/mura/policies/1/map.svg", "<g/>");
}

#[test]
fn theme_outside_the_content_replaced() {
    let folder = small_site();
    let page = "theme/templates/404.html";
    write(&folder.path().join("content/site.toml"), "title = \"見本\"\ntheme = \"../theme\"\n");
    write(&folder.path().join(page), "<body>迷子</body>\n");
    let preview = Preview::start_in(folder, &[]);
    preview.wait_for("/nowhere", "迷子");
    for name in ["一", "二", "三"] {
        fs::rename(preview.sibling("theme"), preview.sibling(name)).unwrap();
        write(&preview.sibling(page), &format!("<body>{name}</body>\n"));
        preview.wait_for("/nowhere", name);
        write(&preview.sibling(page), &format!("<body>書き直した{name}</body>\n"));
        preview.wait_for("/nowhere", &format!("書き直した{name}"));
    }
}

#[cfg(unix)]
#[test]
fn lock_and_backup_files_of_editors_are_ignored() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    std::os::unix::fs::symlink("someone@somewhere.1234", preview.path("mura/policies/1/.#policy.md")).unwrap();
    preview.save("mura/policies/1/#policy.md#", "x");
    preview.save("mura/policies/1/policy.md~", "x");
    preview.replace(FILE, "橋の点検", "鍵のある橋");
    events.wait_for(&preview, POLICY, "鍵のある橋");
    fs::remove_dir_all(preview.path("mura/programs/tenken")).unwrap();
    events.next_errors();
}

#[cfg(unix)]
#[test]
fn unreadable_file_moved_away_and_back_with_its_folder() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    let file = "machi/policies/1/2023.md";
    write(&preview.path("machi/strategy.toml"), &preview.read("mura/strategy.toml"));
    write(&preview.path("machi/policies/1/policy.md"), "+++\nname = \"道\"\n+++\n");
    events.wait_for(&preview, "/machi/policies/1.html", "道");
    std::os::unix::fs::symlink("2023.md", preview.path(file)).unwrap();
    let errors = events.next_errors();
    assert_eq!(errors["list"][0]["place"]["path"], file);
    fs::rename(preview.path("machi"), preview.sibling("machi")).unwrap();
    events.next_revision();
    assert_eq!(preview.get("/machi/").status, 404);

    // The folder is not shown while it contains the unreadable file, and is shown once that is removed.
    fs::rename(preview.sibling("machi"), preview.path("machi")).unwrap();
    let errors = events.next_errors();
    assert_eq!(errors["list"][0]["place"]["path"], file);
    fs::remove_file(preview.path(file)).unwrap();
    events.wait_for(&preview, "/machi/policies/1.html", "道");
}

#[test]
fn text_that_is_not_utf8_is_an_error_until_corrected() {
    let preview = Preview::start();
    let mut events = preview.subscribe();
    let text = preview.read(FILE);
    fs::write(preview.path(FILE), b"+++\nname = \"\x8b\xb4\"\n+++\n").unwrap();
    assert_eq!(events.next_errors()["list"][0]["message"], "文字コードが UTF-8 ではありません");
    preview.save(FILE, &text);
    events.next_revision();
}

#[test]
fn content_without_a_strategy_is_an_error_until_one_is_added() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("content/site.toml"), "title = \"見本\"\n");
    let preview = Preview::start_in(folder, &[]);
    let mut events = preview.subscribe_unread();
    assert!(events.next_errors()["list"][0]["message"].as_str().unwrap().contains("strategy.toml"));
    preview.save("mura/strategy.toml", "title = \"計画\"\npublisher = \"村\"\n");
    events.wait_for(&preview, "/mura/index.html", "計画");
}
