//! Tests of publishing on real folders, with failures injected at every step.

mod cache;
pub(crate) mod fuzz;
mod links;
mod recovery;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use snapbox::{assert_data_eq, str};
use tempfile::TempDir;

use super::fault::{Fault, FaultInjector};
use super::*;
use crate::random::for_each_seed;

/// An output folder in which changes fail according to `fault`.
fn faulty(root: &Path, fault: Fault) -> (OutputDir, FaultInjector) {
    let disk = OutputDir::new(root);
    let faults = disk.faults.clone();
    faults.set(fault);
    (disk, faults)
}

/// A site: contents by path.
type Files = BTreeMap<String, String>;

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

/// Reads all files in the folder except the program's records.
fn read(root: &Path) -> Files {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap());
    let published = entries.filter(|entry| entry.file_type().is_file()).filter_map(|entry| {
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        (!path.starts_with(".shirube/")).then(|| (path, fs::read_to_string(entry.path()).unwrap()))
    });
    published.collect()
}

/// Folders below the output folder, except the program's own.
fn folders(root: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.file_type().is_dir());
    let names = folders.map(|entry| entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
    names.filter(|name| !name.starts_with(".shirube")).collect()
}

/// Modification times of all files, including the program's records.
fn times(root: &Path) -> BTreeMap<String, SystemTime> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap());
    entries.map(|e| (e.path().display().to_string(), e.metadata().unwrap().modified().unwrap())).collect()
}

fn publish_on(disk: OutputDir, site: &Files) -> Result<PublishSummary, PublishError> {
    let publisher = Publisher::open_on(disk)?;
    for (path, text) in site {
        publisher.put(path, text.as_bytes())?;
    }
    let stats = UnitStats::default();
    publisher.finish(&[UnitRecord { unit: ROOT_UNIT.to_owned(), fingerprint: 0, stats }])
}

fn publish(root: &Path, site: &Files) -> Result<PublishSummary, PublishError> {
    publish_on(OutputDir::new(root), site)
}

fn summary(written: usize, unchanged: usize, deleted: usize) -> PublishSummary {
    PublishSummary { written, unchanged, deleted, kept: Vec::new() }
}

fn output() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn writes_changed_files_and_deletes_removed_ones() {
    let output = output();
    let first = files(&[("index.html", "home"), ("a/1.html", "one"), ("a/b/2.html", "two"), ("site.css", "css")]);
    let second = files(&[("index.html", "HOME"), ("a/1.html", "one"), ("a/3.html", "three"), ("site.css", "css")]);

    assert_eq!(publish(output.path(), &first).unwrap(), summary(4, 0, 0));
    assert_eq!(read(output.path()), first);
    assert_eq!(publish(output.path(), &second).unwrap(), summary(2, 2, 1));
    assert_eq!(read(output.path()), second);
    assert_eq!(folders(output.path()), ["a"], "an emptied folder is deleted, one in use is kept");
}

#[test]
fn touches_nothing_if_the_site_is_unchanged() {
    let output = output();
    let site = files(&[("index.html", "home"), ("a/1.html", "one")]);
    publish(output.path(), &site).unwrap();
    let before = times(output.path());

    assert_eq!(publish(output.path(), &site).unwrap(), summary(0, 2, 0));
    assert_eq!(times(output.path()), before);
}

#[test]
fn manifest_depends_only_on_the_site() {
    let (once, twice) = (output(), output());
    let site = files(&[("index.html", "home"), ("a/1.html", "one")]);
    publish(once.path(), &site).unwrap();
    publish(twice.path(), &files(&[("a/1.html", "uno"), ("z.html", "z")])).unwrap();
    publish(twice.path(), &site).unwrap();

    let manifest = |root: &TempDir| fs::read_to_string(OutputDir::new(root.path()).record_path(MANIFEST)).unwrap();
    assert_eq!(manifest(&once), manifest(&twice));
}

#[test]
fn keeps_foreign_files() {
    let output = output();
    fs::create_dir(output.path().join("a")).unwrap();
    fs::write(output.path().join("a/theirs.pdf"), "pdf").unwrap();
    publish(output.path(), &files(&[("a/1.html", "one")])).unwrap();
    publish(output.path(), &files(&[])).unwrap();

    assert_eq!(read(output.path()), files(&[("a/theirs.pdf", "pdf")]));
}

#[test]
fn never_overwrites_a_foreign_file_at_the_path_of_a_page() {
    let output = output();
    publish(output.path(), &files(&[("old.html", "old")])).unwrap();
    fs::write(output.path().join("new.html"), "theirs").unwrap();

    let error = publish(output.path(), &files(&[("a.html", "a"), ("new.html", "ours")])).unwrap_err();
    assert!(matches!(&error, PublishError::Foreign { path } if path.ends_with("new.html")), "{error:?}");
    assert_eq!(read(output.path()), files(&[("old.html", "old"), ("new.html", "theirs")]));
    assert!(!OutputDir::new(output.path()).staging_folder().exists());
}

#[test]
fn adopts_an_equal_foreign_file() {
    let output = output();
    fs::write(output.path().join("a.html"), "a").unwrap();
    assert_eq!(publish(output.path(), &files(&[("a.html", "a")])).unwrap(), summary(0, 1, 0));
    assert_eq!(publish(output.path(), &files(&[])).unwrap(), summary(0, 0, 1));
}

#[test]
fn rewrites_but_never_deletes_a_page_changed_by_hand() {
    let output = output();
    let site = files(&[("a.html", "a"), ("b.html", "b")]);
    publish(output.path(), &site).unwrap();
    fs::write(output.path().join("a.html"), "by hand").unwrap();
    assert_eq!(publish(output.path(), &site).unwrap(), summary(1, 1, 0));

    fs::write(output.path().join("a.html"), "by hand").unwrap();
    let done = publish(output.path(), &files(&[("b.html", "b")])).unwrap();
    assert_eq!(done, PublishSummary { kept: vec!["a.html".to_owned()], ..summary(0, 1, 0) });
    assert_eq!(read(output.path()), files(&[("a.html", "by hand"), ("b.html", "b")]));
}

#[test]
fn replaces_a_file_by_a_folder_and_back() {
    let output = output();
    for site in [files(&[("a", "file")]), files(&[("a/b/c", "deep")]), files(&[("a", "file again")])] {
        publish(output.path(), &site).unwrap();
        assert_eq!(read(output.path()), site);
    }
}

#[test]
fn keeps_a_foreign_folder_at_the_path_of_a_page() {
    for theirs in ["a/b/theirs.pdf", "a/theirs"] {
        let output = output();
        publish(output.path(), &files(&[("a/b/1.html", "one")])).unwrap();
        fs::write(output.path().join(theirs), "theirs").unwrap();
        let before = read(output.path());

        let error = publish(output.path(), &files(&[("a", "ours")])).unwrap_err();
        assert!(matches!(&error, PublishError::Foreign { path } if path.ends_with(theirs)), "{error:?}");
        assert_eq!(read(output.path()), before);
    }
    let output = output();
    fs::create_dir_all(output.path().join("a/empty")).unwrap();
    assert!(matches!(publish(output.path(), &files(&[("a", "ours")])), Err(PublishError::Foreign { .. })));
    let output = self::output();
    fs::write(output.path().join("a"), "theirs").unwrap();
    for ours in ["a/b", "a/b/c"] {
        assert!(matches!(publish(output.path(), &files(&[(ours, "ours")])), Err(PublishError::Foreign { .. })));
    }
}

#[cfg(unix)]
#[test]
fn does_not_follow_links_out_of_the_folder() {
    let (output, elsewhere) = (output(), output());
    std::os::unix::fs::symlink(elsewhere.path(), output.path().join("a")).unwrap();
    assert!(matches!(publish(output.path(), &files(&[("a/b", "ours")])), Err(PublishError::Foreign { .. })));
    assert_eq!(read(elsewhere.path()), files(&[]));
}

#[test]
fn renames_a_file_that_differs_only_in_case() {
    let output = output();
    publish(output.path(), &files(&[("A/Photo.jpg", "photo")])).unwrap();
    publish(output.path(), &files(&[("a/photo.jpg", "photo")])).unwrap();
    assert_eq!(read(output.path()), files(&[("a/photo.jpg", "photo")]));
}

#[test]
fn rejects_invalid_and_colliding_names() {
    let output = output();
    let publisher = Publisher::open(output.path()).unwrap();
    publisher.put("a.html", b"a").unwrap();
    assert!(matches!(publisher.put("../b.html", b"b"), Err(PublishError::Name { .. })));
    assert!(matches!(publisher.put("/b.html", b"b"), Err(PublishError::Name { .. })));
    assert!(matches!(publisher.put("a.html", b"a"), Err(PublishError::Collision { .. })));
    assert!(matches!(publisher.put("A.html", b"a"), Err(PublishError::Collision { .. })));
}

#[test]
fn locks_the_folder_against_a_second_run() {
    let output = output();
    let first = Publisher::open(output.path()).unwrap();
    assert!(matches!(Publisher::open(output.path()), Err(PublishError::Busy { .. })));
    drop(first);
    Publisher::open(output.path()).unwrap();
}

#[test]
fn changes_nothing_if_dropped_without_finishing() {
    let output = output();
    let site = files(&[("a.html", "a")]);
    publish(output.path(), &site).unwrap();
    let before = times(output.path());
    let publisher = Publisher::open(output.path()).unwrap();
    publisher.put("a.html", b"A").unwrap();
    publisher.put("b.html", b"b").unwrap();
    drop(publisher);

    assert_eq!(read(output.path()), site);
    assert!(!OutputDir::new(output.path()).staging_folder().exists());
    let after = times(output.path());
    assert!(before.iter().all(|(path, time)| after.get(path) == Some(time) || path.ends_with(".shirube")));
}

#[test]
fn deletes_the_staging_folder_of_a_killed_run() {
    let output = output();
    let staging_folder = OutputDir::new(output.path()).staging_folder();
    fs::create_dir_all(&staging_folder).unwrap();
    fs::write(staging_folder.join("7"), "half a pa").unwrap();
    let publisher = Publisher::open(output.path()).unwrap();
    assert!(!staging_folder.exists());
    assert_eq!(publisher.finish(&[]).unwrap(), summary(0, 0, 0));
}

#[test]
fn accepts_files_from_many_threads() {
    use rayon::prelude::*;
    let output = output();
    let site: Files = (0..300).map(|n| (format!("p/{n}/index.html"), format!("page {n}"))).collect();
    let publisher = Publisher::open(output.path()).unwrap();
    site.par_iter().try_for_each(|(path, text)| publisher.put(path, text.as_bytes())).unwrap();
    assert_eq!(publisher.finish(&[]).unwrap(), summary(300, 0, 0));
    assert_eq!(read(output.path()), site);
}

#[cfg(unix)]
#[test]
fn errors_contain_the_path_and_the_reason_in_both_languages() {
    let output = output();
    let occupied = output.path().join("file");
    fs::write(&occupied, "").unwrap();
    let message = Publisher::open(&occupied.join("site")).unwrap_err().message();
    let shown = |text: &str| text.replace(&output.path().display().to_string(), "…").replace('\\', "/");
    assert_data_eq!(
        shown(&message.ja),
        str!["…/file/site/.shirube に書き込めません: フォルダーがあるはずの場所に別のものがあります"]
    );
    assert_data_eq!(shown(&message.en), str!["cannot write …/file/site/.shirube: Not a directory (os error 20)"]);
}

#[test]
fn moves_a_new_folder_as_a_whole() {
    let output = output();
    publish(output.path(), &files(&[("a/1.html", "one"), ("index.html", "home")])).unwrap();
    let publisher = Publisher::open(output.path()).unwrap();
    for path in ["a/1.html", "a/2.html", "b/c/1.html", "b/c/2.html", "d/1.html", "d/site.css", "index.html"] {
        publisher.put(path, b"new").unwrap();
    }
    let placements = order::placements(&publisher.pending().staged);
    assert_eq!(placements, ["a/2.html", "b", "d", "a/1.html", "index.html"]);

    publisher.finish(&[]).unwrap();
    let publisher = Publisher::open(output.path()).unwrap();
    for (path, bytes) in [("a/1.html", "newer"), ("a/2.html", "newer"), ("b/c/1.html", "new")] {
        publisher.put(path, bytes.as_bytes()).unwrap();
    }
    let placements = order::placements(&publisher.pending().staged);
    assert_eq!(placements, ["a/1.html", "a/2.html"], "changed files are moved one by one");
    fs::write(output.path().join("a/theirs.pdf"), "theirs").unwrap();
    publisher.finish(&[]).unwrap();
    let site = [("a/1.html", "newer"), ("a/2.html", "newer"), ("a/theirs.pdf", "theirs"), ("b/c/1.html", "new")];
    assert_eq!(read(output.path()), files(&site));
}

/// Two sites that differ in every way: changed, new and deleted pages, assets, indexes, a file that becomes a folder
/// and the reverse.
fn before_and_after() -> (Files, Files) {
    let before = [("index.html", "old home"), ("site.css", "old css"), ("same.html", "same"), ("p/1.html", "old page")];
    let after = [("index.html", "new home"), ("site.css", "new css"), ("same.html", "same"), ("p/1.html", "new page")];
    let (mut before, mut after) = (files(&before), files(&after));
    before.extend(files(&[("gone/2.html", "gone page"), ("file", "was a file"), ("folder/x", "was in a folder")]));
    after.extend(files(&[("q/3.html", "brand new page"), ("file/y", "is in a folder"), ("folder", "is a file")]));
    (before, after)
}

/// Publishes one site over another with a fault at every possible change, and checks the folder after the failed run
/// and after the next run has opened it.
fn fail_everywhere(old: &Files, new: &Files, fault: impl Fn(usize) -> Fault) {
    for n in 0.. {
        let output = output();
        fs::write(output.path().join("theirs.pdf"), "theirs").unwrap();
        let with_theirs =
            |site: &Files| -> Files { site.clone().into_iter().chain(files(&[("theirs.pdf", "theirs")])).collect() };
        publish(output.path(), old).unwrap();
        let (disk, faults) = faulty(output.path(), fault(n));
        let outcome = publish_on(disk, new);

        for (path, text) in read(output.path()) {
            let is_complete = [old, new].iter().any(|site| with_theirs(site).get(&path) == Some(&text));
            assert!(is_complete, "{n}: {path} is incomplete: {text}");
        }
        // The next runs are themselves interrupted at their first steps, before one completes.
        for m in 0..3 {
            let _ = Publisher::open_on(faulty(output.path(), Fault::Crash(m * 2)).0);
        }
        drop(Publisher::open(output.path()).unwrap());
        assert!(!OutputDir::new(output.path()).record_path(JOURNAL).exists());
        let remaining = read(output.path());
        let is_new = remaining == with_theirs(new);
        assert!(is_new || remaining == with_theirs(old), "{n}: neither the old nor the new site: {remaining:#?}");
        assert!(is_new || outcome.is_err(), "{n}: reported success without publishing");

        // All remaining files are recorded as ours: they can be changed and deleted again.
        for site in [old, new] {
            publish(output.path(), site).unwrap();
            assert_eq!(read(output.path()), with_theirs(site), "{n}");
        }
        if !faults.has_struck() {
            assert!(outcome.is_ok());
            let parents = new.keys().flat_map(|path| Path::new(path).ancestors().skip(1));
            let parents = parents.filter(|path| *path != Path::new(""));
            let parents: BTreeSet<String> = parents.map(|path| path.to_str().unwrap().to_owned()).collect();
            assert_eq!(folders(output.path()), parents.into_iter().collect::<Vec<_>>());
            return;
        }
    }
}

#[test]
fn crash_at_any_change_leaves_the_old_or_the_new_site() {
    let (old, new) = before_and_after();
    fail_everywhere(&old, &new, Fault::Crash);
}

#[test]
fn failure_at_any_change_leaves_the_old_or_the_new_site() {
    let (old, new) = before_and_after();
    fail_everywhere(&old, &new, Fault::Once);
}

/// Repeats the tests above with random sites: `SHIRUBE_CASES` pairs, with seeds from `SHIRUBE_SEED`.
#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn crash_or_failure_between_random_sites() {
    for_each_seed(|runner| {
        let (old, new) = (any_site(), any_site()).new_tree(runner).unwrap().current();
        fail_everywhere(&old, &new, Fault::Crash);
        fail_everywhere(&old, &new, Fault::Once);
    });
}

#[test]
fn places_pages_before_the_pages_that_link_to_them() {
    let output = output();
    let old = files(&[("index.html", "0"), ("changed.html", "0"), ("old.html", "0")]);
    let new = files(&[("index.html", "1"), ("changed.html", "1"), ("new.html", "1"), ("z.css", "1")]);
    publish(output.path(), &old).unwrap();
    let mut seen = Vec::new();
    for n in 0..40 {
        let copy = self::output();
        publish(copy.path(), &old).unwrap();
        let _ = publish_on(faulty(copy.path(), Fault::Crash(n)).0, &new);
        let state = read(copy.path());
        let shown = state.iter().map(|(path, text)| format!("{path}={text}")).collect::<Vec<_>>().join(" ");
        if seen.last() != Some(&shown) {
            seen.push(shown);
        }
    }
    assert_data_eq!(
        seen.join("\n"),
        str![[r#"
changed.html=0 index.html=0 old.html=0
changed.html=0 index.html=0 new.html=1 old.html=0
changed.html=0 index.html=0 new.html=1 old.html=0 z.css=1
changed.html=1 index.html=0 new.html=1 old.html=0 z.css=1
changed.html=1 index.html=1 new.html=1 old.html=0 z.css=1
changed.html=1 index.html=1 new.html=1 z.css=1
"#]]
    );
}

/// Random sites of a few names that often conflict.
fn any_site() -> impl Strategy<Value = Files> {
    let part = prop::sample::select(vec!["a", "b", "A", "c.html", "index.html", "s.css"]);
    let path = prop::collection::vec(part, 1..4).prop_map(|parts| parts.join("/"));
    prop::collection::btree_map(path, "[xyz]{0,2}", 0..8).prop_map(|site| {
        // Colliding names are an error, which is tested elsewhere.
        let mut reserved = PathRegistry::default();
        site.into_iter().filter(|(path, _)| reserved.reserve(path).is_ok()).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn publishes_random_sites_in_sequence(sites in prop::collection::vec(any_site(), 1..6)) {
        let output = output();
        let theirs = [("b.theirs", "1"), ("theirs/a", "2")];
        fs::create_dir(output.path().join("theirs")).unwrap();
        for (path, text) in theirs {
            fs::write(output.path().join(path), text).unwrap();
        }
        for site in sites {
            publish(output.path(), &site).unwrap();
            let mut expected = site.clone();
            expected.extend(files(&theirs));
            prop_assert_eq!(read(output.path()), expected);
            let before = times(output.path());
            prop_assert_eq!(publish(output.path(), &site).unwrap(), summary(0, site.len(), 0));
            prop_assert_eq!(times(output.path()), before);
        }
    }
}

#[test]
fn completes_a_partly_deleted_folder_that_becomes_a_file() {
    fail_everywhere(&files(&[("a/b/c/d", "deep")]), &files(&[("a", "file")]), Fault::Crash);
}
