//! Files of `static/`, which are published unchanged.

use crate::support::{build, root, run_build, shirube, temp_dir, tree, write};
use std::path::Path;

/// Copies the golden content into `folder/content`, with these files in `static/`.
fn content_with(folder: &Path, files: &[(&str, &str)]) -> std::path::PathBuf {
    let content = folder.join("content");
    crate::support::copy(&root().join("tests/golden/content/aoba"), &content.join("aoba"));
    write(&content.join("site.toml"), "title = \"青葉市\"\n".as_bytes());
    for (path, text) in files {
        write(&content.join("static").join(path), text.as_bytes());
    }
    content
}

/// Errors of a build with these files in `static/`, as `location: error[rule]: message`.
fn errors(files: &[(&str, &str)]) -> Vec<String> {
    let (_guard, folder) = temp_dir();
    let content = content_with(&folder, files);
    let done = run_build(&content, &folder.join("output"));
    let stderr = String::from_utf8(done.stderr).unwrap();
    let errors = stderr.lines().filter(|line| line.contains(": error["));
    let content = format!("{}/", content.display());
    errors.map(|line| line.replace(&content, "")).collect()
}

#[test]
fn publishes_files_unchanged_at_the_root() {
    let (_guard, folder) = temp_dir();
    let html = "<script>alert(1)</script>";
    let files = [
        (".htaccess", "Options -Indexes\n"),
        (".nojekyll", ""),
        (".well-known/security.txt", "Contact: mailto:joho@city.example.jp\n"),
        ("favicon.ico", "icon"),
        ("web.config", "<configuration/>"),
        ("map.html", html),
        ("map.js", "alert(1)"),
        ("shiryo/読む.md", "# 読む"),
        ("shiryo/title.toml", "title = 1"),
    ];
    let left_behind =
        [(".DS_Store", ""), (".git/config", ""), ("._map.html", ""), ("Thumbs.db", ""), (".map.html.swp", "")];
    let content = content_with(&folder, &[&files[..], &left_behind].concat());
    let output = folder.join("output");
    build(&content, &output);
    let published = tree(&output);
    for (path, text) in files {
        assert_eq!(published.get(path).map(Vec::as_slice), Some(text.as_bytes()), "{path}");
    }
    for (path, _) in left_behind {
        assert!(!published.contains_key(path), "{path}");
    }

    // A file that is removed from `static/` is deleted; one that someone else put there is not.
    std::fs::remove_file(content.join("static/map.js")).unwrap();
    write(&output.join("other.txt"), b"x");
    let done = build(&content, &output);
    assert!(String::from_utf8_lossy(&done.stdout).contains("1 deleted"), "{done:?}");
    let published = tree(&output);
    assert!(!published.contains_key("map.js") && published.contains_key("other.txt"));
}

#[test]
fn a_changed_file_is_published_without_the_units() {
    let (_guard, folder) = temp_dir();
    let content = content_with(&folder, &[("news.html", "1")]);
    let output = folder.join("output");
    build(&content, &output);
    write(&content.join("static/news.html"), b"2");
    // A page of a unit that is rendered again would be restored.
    let page = output.join("aoba/policies/1.html");
    let before = std::fs::metadata(&page).unwrap().modified().unwrap();
    let done = build(&content, &output);
    assert!(String::from_utf8_lossy(&done.stdout).contains("(1 changed"), "{done:?}");
    assert_eq!(std::fs::metadata(&page).unwrap().modified().unwrap(), before);
    assert_eq!(tree(&output)["news.html"], b"2");
}

#[test]
fn rejects_addresses_of_the_site_itself() {
    let check = |path: &str, expect: &str| assert_eq!(errors(&[(path, "x")]), [format!("static/{path}: {expect}")]);
    let used = |address: &str| {
        format!("error[same-address]: the address {address} is already used by another file of the site")
    };
    check("index.html", &used("index.html"));
    check("404.html", &used("404.html"));
    check("Search.html", &used("search.html"));
    let unit = "error[same-address]: `aoba` is the folder of the pages of a municipality, so no file of `static` can be \
                published in it";
    check("aoba/x.pdf", unit);
    check("aoba", unit);
    let folder = |name: &str| {
        format!("error[same-address]: the folder name `{name}` collides with a page or folder of the site itself")
    };
    check("assets/x.css", &folder("assets"));
    check("search/x.css", &folder("search"));
    let strategy = "error[same-address]: the folder `static` holds files that are published unchanged, so it cannot \
                    contain a strategy";
    check("machi/strategy.toml", strategy);
    check("strategy.toml", strategy);
}

// Windows cannot create files of these names.
#[cfg(not(windows))]
#[test]
fn rejects_names_that_cannot_be_published() {
    let errors = errors(&[("con.html", ""), (".shirube/manifest", ""), ("a?.html", ""), ("b.html", "")]);
    let locations: Vec<&str> = errors.iter().map(|error| error.split("]:").next().unwrap()).collect();
    let expected = ["static/.shirube/manifest", "static/a?.html", "static/con.html"];
    assert_eq!(locations, expected.map(|path| format!("{path}: error[impossible-name")));
}

#[cfg(unix)]
#[test]
fn rejects_symbolic_links() {
    use std::os::unix::fs::symlink;
    let (_guard, folder) = temp_dir();
    let content = content_with(&folder, &[("a.html", "")]);
    let refused = |expect: &str| {
        let done = run_build(&content, &folder.join("output"));
        let stderr = String::from_utf8(done.stderr).unwrap();
        assert!(stderr.contains(&format!("{expect}: error[linked-file]")), "{stderr}");
    };
    symlink("/etc/passwd", content.join("static/list.txt")).unwrap();
    symlink("/etc", content.join("static/etc")).unwrap();
    refused("static/list.txt");
    refused("static/etc");
    std::fs::remove_dir_all(content.join("static")).unwrap();
    symlink("/etc", content.join("static")).unwrap();
    refused("static");
}

#[test]
fn portal_publishes_them_and_detects_units_in_the_way() {
    let (_guard, folder) = temp_dir();
    let content = content_with(&folder, &[("shiryo/x.pdf", "x")]);
    let part = folder.join("parts/aoba");
    let run = |arguments: &[&str], folders: [(&str, &Path); 3]| {
        let mut command = shirube(arguments);
        for (name, folder) in folders.iter().filter(|(name, _)| !name.is_empty()) {
            command.arg(name).arg(folder);
        }
        command.output().unwrap()
    };
    let build_part =
        || run(&["build", "--strategy", "aoba"], [("--content", &content), ("--output", &part), ("", &part)]);
    // A part is a complete small site, and may replace its own earlier output.
    for _ in 0..2 {
        assert!(build_part().status.success());
        assert_eq!(tree(&part)["shiryo/x.pdf"], b"x");
    }
    let (parts, output) = (folder.join("parts"), folder.join("output"));
    let portal = || run(&["build"], [("--content", &content), ("--portal", &parts), ("--output", &output)]);
    for _ in 0..2 {
        let done = portal();
        assert!(done.status.success(), "{done:?}");
        assert_eq!(tree(&output)["shiryo/x.pdf"], b"x");
    }
    write(&content.join("static/aoba/x.pdf"), b"x");
    let done = portal();
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("`aoba` is the folder of the pages of a municipality"));
}
