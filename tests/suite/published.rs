//! Publication of files: those that published texts reference, and nothing else from the content folder.

use crate::support::{build, run_build, shirube, temp_dir, tree, write};
use std::path::{Path, PathBuf};

const POLICY: &str = "mura/policies/1";

/// A strategy with a published edition and a draft, in a temporary folder.
fn small_content() -> (tempfile::TempDir, PathBuf) {
    let (guard, folder) = temp_dir();
    let content = folder.join("content");
    for (path, text) in [
        ("site.toml", "title = \"見本\"\n"),
        (
            "mura/strategy.toml",
            "title = \"計画\"\npublisher = \"村\"\n[[edition]]\nid = \"2023\"\nyear = \"R5\"\nlabel = \"令和5年度\"\n\
             [[edition]]\nid = \"2024\"\nyear = \"R6\"\nlabel = \"令和6年度\"\ndraft = true\n",
        ),
        ("mura/policies/1/policy.md", "+++\nname = \"橋の点検\"\n+++\n![地図](map.svg)\n"),
        ("mura/policies/1/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("mura/policies/1/2023.md", "+++\n+++\n## 成果\n![橋](<写真 1.JPG>)、[一覧](表.xlsx)\n"),
        ("mura/policies/1/写真 1.JPG", "picture"),
        ("mura/policies/1/表.xlsx", "table"),
        ("mura/policies/1/2024.md", "+++\n+++\n## 成果\n![橋](secret.png)\n"),
        ("mura/policies/1/secret.png", "SECRET"),
    ] {
        write(&content.join(path), text.as_bytes());
    }
    (guard, folder)
}

/// The files of the site except pages, data and theme.
fn other_files(output: &Path) -> Vec<String> {
    let is_other = |path: &String| !path.ends_with(".html") && !path.ends_with(".js") && !path.ends_with(".json");
    tree(output)
        .into_keys()
        .filter(|path| is_other(path) && !path.starts_with("assets/") && !path.contains("/data/"))
        .collect()
}

#[test]
fn publishes_only_referenced_files_and_reports_others() {
    let (_guard, folder) = small_content();
    let (content, output) = (folder.join("content"), folder.join("output"));
    let unreferenced = [
        "内部メモ.xlsx",
        "id_rsa",
        "notes.txt",
        "page.html",
        "old.svg",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$表.xlsx",
    ];
    for name in unreferenced {
        write(&content.join(POLICY).join(name), b"<svg onload='alert(1)'>SECRET</svg>");
    }
    let done = build(&content, &output);
    assert_eq!(
        other_files(&output),
        ["mura/policies/1/map.svg", "mura/policies/1/写真 1.JPG", "mura/policies/1/表.xlsx"]
    );
    assert!(!String::from_utf8_lossy(&tree(&output)["mura/policies/1.html"]).contains("secret.png"));
    let page = String::from_utf8(tree(&output)["mura/policies/1/2023.html"].clone()).unwrap();
    assert!(page.contains("src=\"%E5%86%99%E7%9C%9F%201.JPG\""), "{page}");

    let printed = String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout);
    for name in ["内部メモ.xlsx", "id_rsa", "notes.txt", "page.html", "old.svg"] {
        assert!(printed.contains(&format!("mura/policies/1/{name} is not published")), "{name}: {printed}");
    }
    for name in ["secret.png", ".DS_Store", "Thumbs.db", "desktop.ini", "~$"] {
        assert!(!printed.contains(name), "{name}: {printed}");
    }
}

#[test]
fn images_of_a_draft_are_published_with_it() {
    let (_guard, folder) = small_content();
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    assert!(!output.join(POLICY).join("secret.png").exists());
    let strategy = content.join("mura/strategy.toml");
    let text = std::fs::read_to_string(&strategy).unwrap();
    write(&strategy, text.replace("draft = true\n", "").as_bytes());
    build(&content, &output);
    assert!(output.join(POLICY).join("secret.png").exists());
    write(&strategy, text.as_bytes());
    build(&content, &output);
    assert!(!output.join(POLICY).join("secret.png").exists(), "the withdrawn image is still published");
}

#[test]
fn references_to_unpublishable_files_are_errors() {
    let (_guard, folder) = small_content();
    let content = folder.join("content");
    write(&content.join(POLICY).join("page.html"), b"<script>alert(1)</script>");
    write(&content.join(POLICY).join("2023.md"), "+++\n+++\n## 成果\n[頁](page.html)\n![表](表.xlsx)\n".as_bytes());
    let done = run_build(&content, &folder.join("output"));
    let printed = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success(), "{printed}");
    assert!(printed.contains("mura/policies/1/2023.md:4:1: error[unpublishable-file]"), "{printed}");
    assert!(printed.contains("mura/policies/1/2023.md:5:1: error[unpublishable-file]"), "{printed}");
    assert!(!folder.join("output").exists());
}

/// The output of `build` for invalid content. Asserts that `check` fails as well and that the site stays unchanged.
#[cfg(unix)]
fn refused_build_output(folder: &Path) -> String {
    let (content, output) = (folder.join("content"), folder.join("output"));
    let before = output.exists().then(|| tree(&output));
    let done = run_build(&content, &output);
    let printed = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success(), "{printed}");
    assert_eq!(output.exists().then(|| tree(&output)), before, "the site has changed");
    let checked = shirube(&["check", "--format", "short"]).arg("--content").arg(&content).output().unwrap();
    assert!(!checked.status.success(), "check reports no error: {}", String::from_utf8_lossy(&checked.stdout));
    printed
}

#[cfg(unix)]
#[test]
fn symbolic_links_in_the_content_are_errors() {
    use std::os::unix::fs::symlink;
    let link = |target: &str, path: &str| {
        let (guard, folder) = small_content();
        write(&folder.join("outside/secret.png"), b"SECRET");
        write(&folder.join("outside/2023.md"), b"+++\n+++\nSECRET\n");
        write(&folder.join("outside/strategy.toml"), b"title = \"SECRET\"\npublisher = \"x\"\n");
        // An existing up-to-date site must not hide the error.
        build(&folder.join("content"), &folder.join("output"));
        let path = folder.join("content").join(path);
        let _ = std::fs::remove_file(&path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(target.replace("FOLDER", folder.to_str().unwrap()), path).unwrap();
        (guard, folder)
    };
    for (target, path) in [
        ("/etc/passwd", "mura/policies/1/list.txt"),
        ("FOLDER/outside/secret.png", "mura/policies/1/写真 1.JPG"),
        ("secret.png", "mura/policies/1/写真 1.JPG"),
        ("FOLDER/outside/2023.md", "mura/policies/1/2023.md"),
        ("FOLDER/outside", "mura/policies/2"),
        ("../../../outside", "mura/policies/2"),
        ("FOLDER/outside", "machi"),
        ("FOLDER/outside/none", "mura/policies/1/none.png"),
        ("loop.png", "mura/policies/1/loop.png"),
        (".", "mura/policies/1/self"),
        ("/etc/passwd", "logo.png"),
    ] {
        let (_guard, folder) = link(target, path);
        let printed = refused_build_output(&folder);
        assert!(
            printed.contains(&format!("{path}: error[linked-file]: this is a symbolic link")),
            "{target} at {path}: {printed}"
        );
        assert!(!printed.contains("SECRET"), "{printed}");
    }
}

#[cfg(unix)]
#[test]
fn the_content_folder_may_be_a_symbolic_link() {
    use std::os::unix::fs::symlink;
    let (_guard, folder) = small_content();
    build(&folder.join("content"), &folder.join("a"));
    std::fs::rename(folder.join("content"), folder.join("elsewhere")).unwrap();
    symlink(folder.join("elsewhere"), folder.join("content")).unwrap();
    build(&folder.join("content"), &folder.join("b"));
    assert_eq!(tree(&folder.join("a")), tree(&folder.join("b")));
}

#[cfg(unix)]
#[test]
fn symbolic_links_in_a_theme_are_errors() {
    use std::os::unix::fs::symlink;
    let (_guard, folder) = small_content();
    let content = folder.join("content");
    write(&content.join("site.toml"), "title = \"見本\"\ntheme = \"../theme\"\n".as_bytes());
    write(&folder.join("theme/assets/site.css"), b"body {}\n");
    build(&content, &folder.join("output"));
    symlink("/etc/passwd", folder.join("theme/assets/list.txt")).unwrap();
    let printed = refused_build_output(&folder);
    assert!(printed.contains("../theme/assets/list.txt: error[linked-file]: this is a symbolic link"), "{printed}");
}

// Windows cannot create files of these names.
#[cfg(not(windows))]
#[test]
fn check_and_build_report_all_unpublishable_names() {
    let (_guard, folder) = small_content();
    let content = folder.join("content");
    let node = "+++\nname = \"x\"\nformerly = [\"a\", \"/etc/x\", \"a?b\", \".\"]\n+++\n![x](A.png)\n![x](a.png)\n";
    for (path, text) in [
        ("mura/policies/con/policy.md", "+++\nname = \"x\"\n+++\n"),
        ("mura/policies/2/policy.md", node),
        ("mura/policies/2/A.png", "A"),
        ("mura/policies/2/a.png", "a"),
        ("mura/editions/aux.toml", "label = \"x\"\nyear = \"R6\"\n"),
        ("assets/strategy.toml", "title = \"計画\"\npublisher = \"市\"\n"),
    ] {
        write(&content.join(path), text.as_bytes());
    }
    let errors_of = |command: &str| {
        let mut command = shirube(&[command, "--format", "short"]);
        command.current_dir(&folder);
        let done = command.output().unwrap();
        assert_eq!(done.status.code(), Some(1));
        let stderr = String::from_utf8(done.stderr).unwrap();
        stderr.lines().filter(|line| line.contains(": error[")).map(str::to_owned).collect::<Vec<_>>()
    };
    let errors = errors_of("check");
    let locations_and_rules: Vec<&str> = errors.iter().map(|line| line.split("]: ").next().unwrap()).collect();
    let expected = [
        "content/assets/strategy.toml:1:1: error[same-address",
        "content/mura/editions/aux.toml:1:1: error[impossible-name",
        "content/mura/policies/2/policy.md:3:18: error[not-an-id",
        "content/mura/policies/2/policy.md:3:28: error[not-an-id",
        "content/mura/policies/2/policy.md:3:35: error[not-an-id",
        "content/mura/policies/con/policy.md:1:1: error[impossible-name",
    ];
    assert_eq!(locations_and_rules, expected);
    assert_eq!(errors_of("build"), errors);

    // Conflicts between names are reported only if all names are valid.
    for path in ["mura/policies/con", "assets"] {
        std::fs::remove_dir_all(content.join(path)).unwrap();
    }
    std::fs::remove_file(content.join("mura/editions/aux.toml")).unwrap();
    write(&content.join("mura/policies/2/policy.md"), node.replace(", \"/etc/x\", \"a?b\", \".\"", "").as_bytes());
    let errors = errors_of("check");
    // A case-insensitive file system has only one of the two files.
    if content.join("mura/policies/2").read_dir().unwrap().count() == 3 {
        assert!(errors[0].starts_with("content/mura/policies/2/policy.md:6:1: error[same-address]"), "{errors:?}");
    }
    assert_eq!((errors_of("build"), errors.len()), (errors, 1));
}

#[test]
fn file_addresses_are_in_normalization_form_c() {
    let (_guard, folder) = small_content();
    let (content, output) = (folder.join("content"), folder.join("output"));
    write(&content.join(POLICY).join("橋ハ\u{3099}.png"), b"bridge");
    write(&content.join(POLICY).join("2023.md"), "+++\n+++\n## 成果\n![橋](橋バ.png)\n".as_bytes());
    build(&content, &output);
    assert!(tree(&output).contains_key("mura/policies/1/橋バ.png"));
    let page = String::from_utf8(tree(&output)["mura/policies/1/2023.html"].clone()).unwrap();
    assert!(page.contains("src=\"%E6%A9%8B%E3%83%90.png\""), "{page}");
}
