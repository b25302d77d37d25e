//! Sites built unit by unit (parts) and joined by a portal, compared with sites built as a whole.

use crate::support::crawl::Crawl;
use crate::support::sites::{REPORTS, Site};
use crate::support::{self, build, root, shirube, temp_dir, tree};
use std::path::{Path, PathBuf};

const UNITS: [&str; 5] = ["hokuto", "kaminoyama", "kitakami", "memuro", "ueda"];

fn content() -> PathBuf {
    root().join("content")
}

fn run(arguments: &[&str], folders: &[(&str, &Path)]) -> std::process::Output {
    let mut command = shirube(arguments);
    for (name, folder) in folders {
        command.arg(name).arg(folder);
    }
    command.output().expect("the binary runs")
}

fn build_portal(content: &Path, parts: &Path, output: &Path) -> std::process::Output {
    run(&["build"], &[("--content", content), ("--portal", parts), ("--output", output)])
}

/// Asserts that two sites are equal; prints only the paths of files that differ.
fn assert_same(actual: &Site, expected: &Site) {
    let paths: std::collections::BTreeSet<_> = actual.keys().chain(expected.keys()).collect();
    let differing: Vec<_> = paths.into_iter().filter(|path| actual.get(*path) != expected.get(*path)).collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

/// Builds a site unit by unit in `folder`, and returns it. Asserts that each part is self-contained and that parts and
/// portal together equal `whole`.
fn assert_parts_equal_whole(content: &Path, units: &[&str], whole: &Site, folder: &Path) -> Site {
    let mut actual = Site::new();
    for unit in units {
        let part = folder.join("parts").join(unit);
        let done = run(&["build", "--strategy", unit], &[("--content", content), ("--output", &part)]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let part = tree(&part);
        assert_eq!(Crawl::new(&part).broken(), Vec::<String>::new(), "{unit}");
        let (unit_files, others): (Site, Site) =
            part.into_iter().partition(|(path, _)| path.starts_with(&format!("{unit}/")));
        let foreign = others
            .into_keys()
            .find(|path| path.contains('/') && !["assets/", ".well-known/"].iter().any(|own| path.starts_with(own)));
        assert_eq!(foreign, None, "the part of {unit} contains files of other units");
        actual.extend(unit_files);
    }
    let done = build_portal(content, &folder.join("parts"), &folder.join("site"));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    actual.extend(tree(&folder.join("site")));
    assert_same(&actual, whole);
    actual
}

#[test]
fn parts_and_portal_equal_the_whole_site() {
    let (_guard, folder) = temp_dir();
    assert_parts_equal_whole(&content(), &UNITS, &REPORTS, &folder);
}

#[test]
fn parts_and_portal_equal_the_whole_site_without_search() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    support::write(&content.join("site.toml"), "title = \"見本\"\nsearch = false\n".as_bytes());
    let glossary = "[[term]]\nterm = \"バス\"\nmeaning = \"乗り物\"\n";
    support::write(&content.join("glossary.toml"), glossary.as_bytes());
    let units = ["aoba", "midori"];
    for unit in units {
        support::copy(&root().join("tests/golden/content/aoba"), &content.join(unit));
    }
    build(&content, &folder.join("whole"));
    let site = assert_parts_equal_whole(&content, &units, &tree(&folder.join("whole")), &folder);
    let scripts: Vec<_> = site.keys().filter(|path| path.ends_with(".js")).collect();
    assert_eq!(
        scripts,
        ["assets/choose.js", "assets/languages.js", "assets/lists.js", "assets/save-menu.js", "assets/save.js",]
    );
    assert!(!site.contains_key("search.html") && site.contains_key("glossary.html"));
}

#[test]
fn portal_lists_strategies_in_the_order_of_the_whole_site() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    support::write(&content.join("site.toml"), "title = \"見本\"\n".as_bytes());
    // These names sort differently as paths and as ids.
    let units = ["a", "a1", "a-b"];
    for unit in units {
        support::copy(&root().join("tests/golden/content/aoba"), &content.join(unit).join("plan"));
    }
    build(&content, &folder.join("whole"));
    for unit in units {
        let part = folder.join("parts").join(unit);
        assert!(run(&["build", "--strategy", unit], &[("--content", &content), ("--output", &part)]).status.success());
    }
    let (parts, site) = (folder.join("parts"), folder.join("site"));
    assert!(run(&["build"], &[("--content", &content), ("--portal", &parts), ("--output", &site)]).status.success());
    let mut whole = tree(&folder.join("whole"));
    whole.retain(|path, _| !path.contains("/plan/"));
    assert_same(&tree(&site), &whole);
}

#[cfg(unix)]
#[test]
fn make_builds_parts_in_parallel() {
    let (_guard, folder) = temp_dir();
    let mut make = std::process::Command::new("make");
    make.args(["-j2", "-f", "docs/parts.mk"]).current_dir(root());
    make.arg(format!("SHIRUBE={}", env!("CARGO_BIN_EXE_shirube"))).arg("CONTENT=content");
    for (name, path) in [("PARTS", "parts"), ("SITE", "site")] {
        make.arg(format!("{name}={}", folder.join(path).display()));
    }
    let done = make.output().expect("make is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

    let site = walkdir::WalkDir::new(folder.join("site")).follow_links(true).into_iter();
    let files = site.map(|entry| entry.expect("can be read")).filter(|entry| entry.file_type().is_file());
    let actual = files.map(|entry| {
        let path = entry.path().strip_prefix(folder.join("site")).expect("is inside the folder").display().to_string();
        (path, std::fs::read(entry.path()).expect("can be read"))
    });
    assert_same(&actual.filter(|(path, _)| !path.starts_with(".shirube/")).collect(), &REPORTS);
}

#[test]
fn portal_refuses_the_folder_of_its_parts_as_output() {
    let (_guard, folder) = temp_dir();
    let (content, site) = (root().join("tests/golden/content"), folder.join("site"));
    build(&content, &site);
    let before = tree(&site);
    let done = run(&["build"], &[("--content", &content), ("--portal", &site), ("--output", &site.join("../site"))]);
    assert_eq!(done.status.code(), Some(2));
    assert!(tree(&site) == before);
}

#[test]
fn part_and_portal_refuse_the_folder_of_the_whole_site() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    support::write(&content.join("site.toml"), "title = \"見本\"\n".as_bytes());
    for unit in ["aoba", "midori"] {
        support::copy(&root().join("tests/golden/content/aoba"), &content.join(unit));
    }
    let (site, parts) = (folder.join("site"), folder.join("parts"));
    build(&content, &site);
    let before = tree(&site);
    let file_count = |unit: &str| before.keys().filter(|path| path.starts_with(&format!("{unit}/"))).count();
    let part = |unit: &str, output: &Path| {
        run(&["build", "--strategy", unit], &[("--content", content.as_path()), ("--output", output)])
    };
    for unit in ["aoba", "midori"] {
        assert!(part(unit, &parts.join(unit)).status.success());
    }
    let assert_refused = |done: std::process::Output, others: usize| {
        let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{stderr}");
        let expected = format!("contains {others} files of municipalities that are not part of this build");
        assert!(stderr.contains(&expected), "{stderr}");
        assert!(tree(&site) == before);
    };
    assert_refused(part("aoba", &site), file_count("midori"));
    assert_refused(build_portal(&content, &parts, &site), file_count("aoba") + file_count("midori"));
    // Also without a cache.
    std::fs::remove_file(site.join(".shirube/cache.json")).unwrap();
    assert_refused(part("midori", &site), file_count("aoba"));

    // A part and the portal may replace their own earlier output, with or without changes.
    for title in ["見本", "新しい見本"] {
        support::write(&content.join("site.toml"), format!("title = \"{title}\"\n").as_bytes());
        assert!(part("aoba", &parts.join("aoba")).status.success());
        assert!(build_portal(&content, &parts, &folder.join("portal")).status.success());
    }
    std::fs::remove_file(parts.join("aoba/.shirube/cache.json")).unwrap();
    assert!(part("aoba", &parts.join("aoba")).status.success());
}

#[test]
fn portal_reports_missing_and_invalid_summaries() {
    let (_guard, folder) = temp_dir();
    let stderr_for = |parts: &str| {
        let done = build_portal(&content(), &folder.join(parts), &folder.join("site"));
        assert_eq!(done.status.code(), Some(1));
        assert!(!folder.join("site").exists());
        String::from_utf8_lossy(&done.stderr).replace(&folder.display().to_string(), "…")
    };
    assert!(stderr_for("gone").starts_with("error: cannot read …/gone: "));
    std::fs::create_dir(folder.join("none")).unwrap();
    assert_eq!(stderr_for("none").trim_end(), "error: …/none contains no site of a municipality");
    let summary = |text: &str| {
        support::write(&folder.join("torn/ueda/report.json"), b"{}");
        support::write(&folder.join("torn/ueda/summary.json"), text.as_bytes());
        stderr_for("torn")
    };
    let stderr = summary("{\"format\":");
    assert!(
        stderr.starts_with("error: …/torn/ueda/summary.json is not a summary.json written by this program: "),
        "{stderr}"
    );
    let stderr = summary("{\"format\": \"shirube-summary/9\"}");
    assert!(stderr.contains("is in the format of another version of the program (`shirube-summary/9`)"), "{stderr}");
    let whole = String::from_utf8(REPORTS["ueda/summary.json"].clone()).unwrap();
    for id in ["//evil.example/x", "../ueda", "javascript:x", "ueda/", "", "con"] {
        let stderr = summary(&whole.replace("\"id\": \"ueda\"", &format!("\"id\": \"{id}\"")));
        assert!(
            stderr.starts_with("error: `") && stderr.contains("` in …/torn/ueda/summary.json is not a valid id"),
            "{id}: {stderr}"
        );
    }
    std::fs::remove_file(folder.join("torn/ueda/summary.json")).unwrap();
    assert!(
        stderr_for("torn").starts_with("error: …/torn/ueda/summary.json does not exist because an earlier version")
    );
}

/// The command in docs/performance.md by which each completion of a Kubernetes Job selects its unit.
#[cfg(unix)]
#[test]
fn documented_job_counts_only_units() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    for strategy in ["aoba", "midori/plan", "midori/vision"] {
        support::write(&content.join(strategy).join("strategy.toml"), b"");
    }
    support::write(&content.join("theme/texts/ja.toml"), b"");
    let guide = std::fs::read_to_string(root().join("docs/performance.md")).expect("the guide is readable");
    let mut lines = guide.lines().map(str::trim);
    let mut line = |start: &str| lines.find(|line| line.starts_with(start)).expect("the guide contains the command");
    let script = format!("{}; {}; echo \"$unit\"", line("units()"), line("unit="));
    let unit = |index: &str| {
        let mut shell = std::process::Command::new("sh");
        let output = shell.args(["-c", &script]).current_dir(&content).env("JOB_COMPLETION_INDEX", index).output();
        String::from_utf8(output.expect("sh runs").stdout).expect("UTF-8").trim().to_owned()
    };
    assert_eq!(["0", "1", "2"].map(unit), ["aoba", "midori", ""]);
}

#[test]
fn parts_and_portal_of_a_site_with_a_base_address_equal_the_whole() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    let site = "title = \"見本\"\nbase = \"https://x.example/\"\n";
    support::write(&content.join("site.toml"), site.as_bytes());
    support::write(&content.join("static/.well-known/security.txt"), b"x");
    for unit in ["aoba", "midori"] {
        support::copy(&root().join("tests/golden/content/aoba"), &content.join(unit));
    }
    build(&content, &folder.join("whole"));
    let whole = tree(&folder.join("whole"));
    for path in ["sitemap.xml", "feed.xml", "robots.txt", "midori/sitemap.xml", "midori/feed.xml"] {
        assert!(whole.contains_key(path), "{path}");
    }
    assert_parts_equal_whole(&content, &["aoba", "midori"], &whole, &folder);
}
