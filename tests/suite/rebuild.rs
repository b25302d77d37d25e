//! Incremental builds: the result equals that of a clean build, and unchanged files are not written.

use crate::support::{self, build, copy, root, run_build, temp_dir, tree, write};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Copies the golden site to `folder`, with its unit twice: as 青葉市 in `aoba` and as 緑市 in `midori`.
pub(crate) fn two_units(folder: &Path) {
    copy(&root().join("tests/golden"), folder);
    copy(&folder.join("content/aoba"), &folder.join("content/midori"));
    edit(folder, "content/midori/strategy.toml", "青葉市", "緑市");
}

/// Replaces the first occurrence of `from` in a file by `to`.
pub(crate) fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "{file} does not contain {from}");
    fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
}

/// The published files that were modified since `time`.
fn modified_since(output: &Path, time: SystemTime) -> BTreeSet<String> {
    let paths = tree(output).into_keys();
    paths.filter(|path| fs::metadata(output.join(path)).unwrap().modified().unwrap() >= time).collect()
}

const CACHE: &str = ".shirube/cache.json";

/// Sets distinctive statistics for all units in the cache; a build reports them only for units that it does not render.
fn mark_cache(output: &Path) {
    let mut cache: serde_json::Value = serde_json::from_slice(&fs::read(output.join(CACHE)).unwrap()).unwrap();
    for unit in cache["units"].as_object_mut().unwrap().values_mut() {
        unit["stats"] = serde_json::json!({ "pages": 700, "charts": 7, "warnings": 0 });
    }
    fs::write(output.join(CACHE), cache.to_string()).unwrap();
}

/// A title, a change to the site, and the top-level folders whose files it may rewrite (`""` for the root).
type Change = (&'static str, fn(&Path), &'static [&'static str]);

const CHANGES: &[Change] = &[
    ("nothing", |_| (), &[]),
    (
        "a figure",
        |site| edit(site, "content/midori/policies/1/2023.md", "actual.R5", "# 資料のまま\nactual.R5"),
        &["midori"],
    ),
    ("a name", |site| edit(site, "content/midori/policies/1/policy.md", "公共交通の充実", "バスの充実"), &["midori"]),
    (
        "the title of a strategy",
        |site| edit(site, "content/midori/strategy.toml", "title = \"", "title = \"新・"),
        &["midori", ""],
    ),
    ("a new image", |site| write(&site.join("content/midori/policies/1/map.png"), b"png"), &["midori"]),
    ("a changed image", |site| write(&site.join("content/midori/policies/1/map.png"), b"other"), &["midori"]),
    (
        "a removed sheet",
        |site| fs::remove_file(site.join("content/midori/policies/2/2023.md")).unwrap(),
        &["midori", ""],
    ),
    (
        "a glossary",
        |site| {
            write(&site.join("content/glossary.toml"), "[[term]]\nterm = \"バス\"\nmeaning = \"乗り物\"\n".as_bytes())
        },
        &["aoba", "midori", ""],
    ),
    ("the style", |site| edit(site, "theme/assets/style.css", "", "/* */"), &["assets"]),
    (
        "the title of the site",
        |site| edit(site, "content/site.toml", "青葉市の計画", "二つの市の計画"),
        &["aoba", "midori", ""],
    ),
    (
        "the search is switched off",
        |site| edit(site, "content/site.toml", "title", "search = false\ntitle"),
        &["aoba", "midori", ""],
    ),
    (
        "the search is switched on",
        |site| edit(site, "content/site.toml", "search = false", "search = true"),
        &["aoba", "midori", "", "assets"],
    ),
    ("a new unit", |site| copy(&site.join("content/aoba"), &site.join("content/wakaba")), &["wakaba", ""]),
    ("a removed unit", |site| fs::remove_dir_all(site.join("content/aoba")).unwrap(), &[""]),
];

#[test]
fn incremental_build_equals_clean_build() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    let output = folder.join("output");
    build(&folder.join("content"), &output);
    for (index, (title, apply, allowed_folders)) in CHANGES.iter().enumerate() {
        apply(&folder);
        // The clock of the file system may lag by one tick.
        std::thread::sleep(std::time::Duration::from_millis(30));
        let before = SystemTime::now() - std::time::Duration::from_millis(15);
        build(&folder.join("content"), &output);
        let written = modified_since(&output, before);
        let top_folder = |path: &str| path.split_once('/').map_or("", |(folder, _)| folder).to_owned();
        let is_allowed = |path: &str| allowed_folders.contains(&top_folder(path).as_str());
        let unexpected: Vec<_> = written.iter().filter(|path| !is_allowed(path)).collect();
        assert!(unexpected.is_empty(), "{title}: {unexpected:?}");

        let clean_output = folder.join(format!("clean-{index}"));
        build(&folder.join("content"), &clean_output);
        let (incremental, clean) = (tree(&output), tree(&clean_output));
        let paths: BTreeSet<_> = incremental.keys().chain(clean.keys()).collect();
        let differing: Vec<_> = paths.into_iter().filter(|path| incremental.get(*path) != clean.get(*path)).collect();
        assert!(differing.is_empty(), "{title}: {differing:?}");
    }
}

#[test]
fn restores_published_files_changed_by_others() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    let before = tree(&output);
    for path in ["aoba/policies/1.html", "aoba/report.json", "index.html", "assets/style.css"] {
        fs::write(output.join(path), "changed").unwrap();
        build(&content, &output);
        assert!(tree(&output) == before, "{path}");
        fs::remove_file(output.join(path)).unwrap();
        build(&content, &output);
        assert!(tree(&output) == before, "{path}");
    }
}

/// The modification times of the published files and of the manifest.
fn times(output: &Path) -> Vec<(String, SystemTime)> {
    let paths = tree(output).into_keys().chain([".shirube/manifest".to_owned()]);
    paths.map(|path| (path.clone(), fs::metadata(output.join(path)).unwrap().modified().unwrap())).collect()
}

#[test]
fn unchanged_units_are_not_rendered() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    mark_cache(&output);
    let build_again = || String::from_utf8(build(&content, &output).stdout).unwrap();
    let stdout = build_again();
    assert!(stdout.contains("wrote 2,100 pages and 21 charts"), "{stdout}");

    edit(&folder, "content/midori/policies/1/policy.md", "公共交通の充実", "バスの充実");
    let stdout = build_again();
    let pages: usize = stdout.split("wrote ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((701..800).contains(&pages), "one of three units is reused: {stdout}");
}

#[test]
fn moved_or_copied_output_folder_is_up_to_date() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    let content = folder.join("content");
    let build_part = |output: &Path| {
        let mut command = support::shirube(&["build", "--strategy", "aoba"]);
        let done = command.arg("--content").arg(&content).arg("--output").arg(output).output().unwrap();
        assert!(done.status.success());
        String::from_utf8(done.stdout).unwrap()
    };
    build_part(&folder.join("part"));
    mark_cache(&folder.join("part"));
    fs::rename(folder.join("part"), folder.join("moved")).unwrap();
    let before = times(&folder.join("moved"));
    let stdout = build_part(&folder.join("moved"));
    assert!(stdout.contains("wrote 1,400 pages and 14 charts") && stdout.contains("(0 changed,"), "{stdout}");
    assert_eq!(times(&folder.join("moved")), before);

    // A copy as from another machine or a CI cache: new files with new modification times.
    std::thread::sleep(std::time::Duration::from_millis(30));
    for entry in walkdir::WalkDir::new(folder.join("moved")).into_iter().map(|entry| entry.unwrap()) {
        if entry.file_type().is_file() {
            let relative = entry.path().strip_prefix(folder.join("moved")).unwrap();
            write(&folder.join("copied").join(relative), &fs::read(entry.path()).unwrap());
        }
    }
    let before = times(&folder.join("copied"));
    let stdout = build_part(&folder.join("copied"));
    assert!(stdout.contains("wrote 1,400 pages and 14 charts") && stdout.contains("(0 changed,"), "{stdout}");
    assert_eq!(times(&folder.join("copied")), before);
    assert_ne!(
        fs::read(folder.join("copied").join(CACHE)).unwrap(),
        fs::read(folder.join("moved").join(CACHE)).unwrap()
    );
}

/// A seal file, which earlier versions wrote instead of the cache (ADR 37).
const SEAL: &str = "shirube seal 2\n9a8ee4b2c8be54cf90a8d0a3ec1bbb39\nf7b7c0f6-0e9a-4f5e-8d75-4a8d5b4c6f0e\n\
                    0123456789abcdef0123456789abcdef\t15 9 0\taoba\n0123456789abcdef0123456789abcdef\t3 0 0\t\n";

#[test]
fn upgrades_a_site_published_by_an_earlier_version() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    // The earlier version wrote one page differently, one page that no longer exists, and no cache.
    let mut manifest = fs::read_to_string(output.join(".shirube/manifest")).unwrap();
    assert!(manifest.starts_with("shirube manifest 1\n"));
    let clean = tree(&output);
    manifest =
        manifest.lines().filter(|line| !line.contains(" aoba/index.html")).map(|line| line.to_owned() + "\n").collect();
    // The hash of an empty file.
    for page in ["aoba/index.html", "aoba/retired.html"] {
        write(&output.join(page), b"");
        manifest.push_str(&format!("99aa06d3014798d86001c324468d497f 0 {page}\n"));
    }
    write(&output.join(".shirube/manifest"), manifest.as_bytes());
    write(&output.join(".shirube/seal"), SEAL.as_bytes());
    fs::remove_file(output.join(CACHE)).unwrap();
    write(&output.join("of-others.txt"), b"kept");
    write(&output.join("aoba/of-others.txt"), b"kept");

    let stdout = String::from_utf8(build(&content, &output).stdout).unwrap();
    assert!(stdout.contains("(1 changed,") && stdout.contains("1 deleted,"), "{stdout}");
    let mut upgraded = tree(&output);
    for path in ["of-others.txt", "aoba/of-others.txt"] {
        assert_eq!(upgraded.remove(path).unwrap(), b"kept");
    }
    assert!(upgraded == clean);
    assert!(output.join(CACHE).exists() && !output.join(".shirube/seal").exists());
    let before = times(&output);
    build(&content, &output);
    assert_eq!(times(&output), before);
}

#[test]
fn warnings_of_unchanged_units_are_repeated() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    let stderr = || String::from_utf8(build(&content, &output).stderr).unwrap();
    let first = stderr();
    assert!(first.contains("/aoba/") && first.contains("/midori/") && first.contains("warning["), "{first}");
    assert_eq!(stderr(), first);
    edit(&folder, "content/midori/policies/1/policy.md", "バスを走らせる", "バスを増やす");
    assert_eq!(stderr(), first);
}

#[test]
fn error_in_one_unit_blocks_publication_of_all() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    let before = tree(&output);
    edit(&folder, "content/aoba/strategy.toml", "title = \"", "title = \"新・");
    edit(&folder, "content/midori/policies/1/2023.md", "actual.R5", "actual.H99");
    edit(&folder, "content/site.toml", "description", "descripton");
    let done = run_build(&content, &output);
    let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(stderr.contains("content/midori/policies/1/2023.md:") && stderr.contains("not-a-year"), "{stderr}");
    assert!(stderr.contains("content/site.toml:") && stderr.contains("2 errors, 0 warnings"), "{stderr}");
    assert_eq!(done.status.code(), Some(1));
    assert!(tree(&output) == before);

    let new = folder.join("new");
    assert_eq!(run_build(&content, &new).status.code(), Some(1));
    assert!(!new.exists(), "an output folder was created in spite of errors");
}

#[test]
fn content_errors_take_precedence_over_rendering_errors() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    edit(&folder, "content/midori/policies/1/2023.md", "actual.R5", "actual.H99");
    edit(&folder, "theme/templates/strategy.html", "<h1>", "<h1>{{ titel.foo }}");
    // One thread renders all of 青葉市 before it reaches the error in 緑市; with two threads the order varies.
    for threads in ["1", "2"] {
        let mut command = support::shirube(&["build", "--format", "short"]);
        command.env("RAYON_NUM_THREADS", threads).arg("--content").arg(folder.join("content"));
        let done = command.arg("--output").arg(folder.join("output")).output().unwrap();
        let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(stderr.contains("not-a-year") && stderr.contains("1 error"), "{threads}: {stderr}");
    }
}

#[test]
fn links_to_other_units_differ_from_unresolved_links() {
    let (_guard, folder) = temp_dir();
    two_units(&folder);
    let sheet = "content/midori/policies/1/2023.md";
    for (to, rule) in
        [("aoba/policy:1", "other-unit"), ("aoba/policy:99", "other-unit"), ("akane/policy:1", "unresolved-link")]
    {
        let text = fs::read_to_string(folder.join(sheet)).unwrap();
        edit(&folder, sheet, "(program:bus)", &format!("({to})"));
        for only in [&[][..], &["--strategy", "midori"]] {
            let mut command = support::shirube(&["build", "--format", "short"]);
            command.args(only).arg("--content").arg(folder.join("content")).arg("--output").arg(folder.join("output"));
            let stderr = String::from_utf8(command.output().unwrap().stderr).unwrap();
            let rule = if only.is_empty() { rule } else { "unresolved-link" };
            assert!(
                stderr.contains(&format!("error[{rule}]")) && stderr.contains("1 error"),
                "{to} {only:?}: {stderr}"
            );
        }
        fs::write(folder.join(sheet), text).unwrap();
    }
}
