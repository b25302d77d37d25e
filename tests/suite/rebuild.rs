//! A site that is built again is the site that would be built anew, whatever has changed; and what
//! has not changed is left alone.

use crate::support::{self, build, copy, root, run_build, temporary, tree, write};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// The golden site, with its one unit twice: 青葉市 in `aoba`, 緑市 in `midori`.
pub(crate) fn two_units(folder: &Path) {
    copy(&root().join("tests/golden"), folder);
    copy(&folder.join("content/aoba"), &folder.join("content/midori"));
    edit(folder, "content/midori/strategy.toml", "青葉市", "緑市");
}

/// Replaces the first `from` in a file by `to`.
pub(crate) fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "{file} holds {from}");
    fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
}

/// The published files that were written since `before`.
fn written(output: &Path, before: SystemTime) -> BTreeSet<String> {
    let paths = tree(output).into_keys();
    paths.filter(|path| fs::metadata(output.join(path)).unwrap().modified().unwrap() >= before).collect()
}

const SEAL: &str = ".shirube/seal";

/// Puts `note` in place of what the seal of a site notes on each part; returns what it was.
fn note_all(output: &Path, note: &str) -> String {
    let seal = output.join(SEAL);
    let text = fs::read_to_string(&seal).unwrap();
    let noted = |line: &str| match line.split('\t').collect::<Vec<_>>().as_slice() {
        [inputs, _, part] => format!("{inputs}\t{note}\t{part}\n"),
        _ => format!("{line}\n"),
    };
    fs::write(&seal, text.lines().map(noted).collect::<String>()).unwrap();
    text
}

/// A change to the site, and of which folders files must be written again, at most.
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
    ("a picture comes", |site| write(&site.join("content/midori/policies/1/map.png"), b"png"), &["midori"]),
    ("and changes", |site| write(&site.join("content/midori/policies/1/map.png"), b"other"), &["midori"]),
    ("a sheet goes", |site| fs::remove_file(site.join("content/midori/policies/2/2023.md")).unwrap(), &["midori", ""]),
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
        "the search goes",
        |site| edit(site, "content/site.toml", "title", "search = false\ntitle"),
        &["aoba", "midori", ""],
    ),
    (
        "and comes back",
        |site| edit(site, "content/site.toml", "search = false", "search = true"),
        &["aoba", "midori", "", "assets"],
    ),
    ("a unit comes", |site| copy(&site.join("content/aoba"), &site.join("content/wakaba")), &["wakaba", ""]),
    ("another goes", |site| fs::remove_dir_all(site.join("content/aoba")).unwrap(), &[""]),
    (
        "a unit like the theme's folder",
        |site| copy(&site.join("content/midori"), &site.join("content/assets/plan")),
        &["assets", ""],
    ),
    (
        "which changes",
        |site| edit(site, "content/assets/plan/policies/1/policy.md", "バスの充実", "足の充実"),
        &["assets"],
    ),
];

#[test]
fn a_site_built_again_is_the_site_built_anew() {
    let (_guard, folder) = temporary();
    two_units(&folder);
    let output = folder.join("output");
    build(&folder.join("content"), &output);
    for (place, (change, make, parts)) in CHANGES.iter().enumerate() {
        make(&folder);
        // The clock of a file system may be behind by one of its ticks.
        std::thread::sleep(std::time::Duration::from_millis(30));
        let before = SystemTime::now() - std::time::Duration::from_millis(15);
        build(&folder.join("content"), &output);
        let wrote = written(&output, before);
        let part = |path: &str| path.split_once('/').map_or("", |(part, _)| part).to_owned();
        let strange: Vec<_> = wrote.iter().filter(|path| !parts.contains(&part(path).as_str())).collect();
        assert!(strange.is_empty(), "{change}: {strange:?}");

        let anew = folder.join(format!("anew-{place}"));
        build(&folder.join("content"), &anew);
        let (again, anew) = (tree(&output), tree(&anew));
        let paths: BTreeSet<_> = again.keys().chain(anew.keys()).collect();
        let differ: Vec<_> = paths.into_iter().filter(|path| again.get(*path) != anew.get(*path)).collect();
        assert!(differ.is_empty(), "{change}: {differ:?}");
    }
}

#[test]
fn a_page_that_someone_changed_is_made_again() {
    let (_guard, folder) = temporary();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    let before = tree(&output);
    for page in ["aoba/policies/1.html", "aoba/report.json", "index.html", "assets/style.css"] {
        fs::write(output.join(page), "changed").unwrap();
        build(&content, &output);
        assert!(tree(&output) == before, "{page}");
        fs::remove_file(output.join(page)).unwrap();
        build(&content, &output);
        assert!(tree(&output) == before, "{page}");
    }
}

#[test]
fn a_seal_with_a_note_that_nobody_wrote_proves_nothing() {
    let (_guard, folder) = temporary();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    let before = tree(&output);
    let text = note_all(&output, "many");
    build(&content, &output);
    assert!(tree(&output) == before);
    assert_eq!(fs::read_to_string(output.join(SEAL)).unwrap(), text);
}

#[test]
fn what_is_as_it_was_is_not_made_again() {
    let (_guard, folder) = temporary();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    // Only for a part that is kept a build says what was noted of it.
    note_all(&output, "700 7 0");
    let say = || String::from_utf8(build(&content, &output).stdout).unwrap();
    let said = say();
    assert!(said.contains("wrote 2,100 pages and 21 charts"), "{said}");

    edit(&folder, "content/midori/policies/1/policy.md", "公共交通の充実", "バスの充実");
    let said = say();
    let pages: usize = said.split("wrote ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((701..800).contains(&pages), "one of three parts is kept: {said}");
}

#[test]
fn what_looks_wrong_in_a_unit_is_said_every_time() {
    let (_guard, folder) = temporary();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    let said = || String::from_utf8(build(&content, &output).stderr).unwrap();
    let first = said();
    assert!(first.contains("/aoba/") && first.contains("/midori/") && first.contains("warning["), "{first}");
    assert_eq!(said(), first);
    edit(&folder, "content/midori/policies/1/policy.md", "公共交通の充実", "バスの充実");
    assert_eq!(said(), first);
}

#[test]
fn a_mistake_in_one_unit_keeps_all_others_from_being_published() {
    let (_guard, folder) = temporary();
    two_units(&folder);
    let (content, output) = (folder.join("content"), folder.join("output"));
    build(&content, &output);
    let before = tree(&output);
    edit(&folder, "content/aoba/strategy.toml", "title = \"", "title = \"新・");
    edit(&folder, "content/midori/policies/1/2023.md", "actual.R5", "actual.H99");
    edit(&folder, "content/site.toml", "description", "descripton");
    let done = run_build(&content, &output);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("content/midori/policies/1/2023.md:") && said.contains("not-a-year"), "{said}");
    assert!(said.contains("content/site.toml:") && said.contains("2 errors, 0 warnings"), "{said}");
    assert_eq!(done.status.code(), Some(1));
    assert!(tree(&output) == before);

    let new = folder.join("new");
    assert_eq!(run_build(&content, &new).status.code(), Some(1));
    assert!(!new.exists(), "nothing is made of what cannot be published");
}

#[test]
fn a_mistake_that_shows_only_on_pages_waits_for_those_in_the_content() {
    let (_guard, folder) = temporary();
    two_units(&folder);
    edit(&folder, "content/midori/policies/1/2023.md", "actual.R5", "actual.H99");
    edit(&folder, "theme/templates/strategy.html", "<h1>", "<h1>{{ titel.foo }}");
    // One thread draws all of 青葉市 before it comes to the mistake in 緑市; more draw what they may.
    for threads in ["1", "2"] {
        let mut command = support::shirube(&["build", "--format", "short"]);
        command.env("RAYON_NUM_THREADS", threads).arg("--content").arg(folder.join("content"));
        let done = command.arg("--output").arg(folder.join("output")).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(said.contains("not-a-year") && said.contains("1 error"), "{threads}: {said}");
    }
}

#[test]
fn a_link_to_another_unit_is_told_from_one_that_leads_nowhere() {
    let (_guard, folder) = temporary();
    two_units(&folder);
    let link = "content/midori/policies/1/2023.md";
    for (to, rule) in
        [("aoba/policy:1", "other-unit"), ("aoba/policy:99", "other-unit"), ("akane/policy:1", "unresolved-link")]
    {
        let text = fs::read_to_string(folder.join(link)).unwrap();
        edit(&folder, link, "(program:bus)", &format!("({to})"));
        for only in [&[][..], &["--strategy", "midori"]] {
            let mut command = support::shirube(&["build", "--format", "short"]);
            command.args(only).arg("--content").arg(folder.join("content")).arg("--output").arg(folder.join("output"));
            let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
            let rule = if only.is_empty() { rule } else { "unresolved-link" };
            assert!(said.contains(&format!("error[{rule}]")) && said.contains("1 error"), "{to} {only:?}: {said}");
        }
        fs::write(folder.join(link), text).unwrap();
    }
}
