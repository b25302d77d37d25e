//! Tests of the incremental cache: units that are reused, and units that must be rendered again.

use super::*;

/// Records of the units of a site.
fn units() -> [UnitRecord; 3] {
    [(ROOT_UNIT, 7), ("a", 8), ("b", 9)].map(|(unit, fingerprint)| record(unit, fingerprint))
}

fn record(unit: &str, fingerprint: u128) -> UnitRecord {
    let pages = usize::try_from(fingerprint).unwrap() * 10;
    UnitRecord { unit: unit.to_owned(), fingerprint, stats: UnitStats { pages, charts: 2, warnings: 1 } }
}

/// Publishes a site of three units.
fn publish_units(output: &Path) -> PublishSummary {
    let publisher = Publisher::open(output).unwrap();
    for (path, text) in [("index.html", "home"), ("a/1.html", "one"), ("a/c/2.html", "two"), ("b/1.html", "eins")] {
        publisher.put(path, text.as_bytes()).unwrap();
    }
    publisher.finish(&units()).unwrap()
}

/// Units of the site in `output` that are reused.
fn reused(output: &Path) -> Vec<String> {
    let publisher = Publisher::open(output).unwrap();
    let reused = units().into_iter().filter_map(|UnitRecord { unit, fingerprint, stats }| {
        assert_eq!(publisher.reuse(&unit, fingerprint + 100), None, "a unit with other inputs is not reused");
        assert_eq!(publisher.reuse(&unit, fingerprint)?, stats);
        Some(unit)
    });
    reused.collect()
}

/// Publishes the site of three units, applies `change` to its folder, and returns the units reused then.
fn reused_after(change: impl Fn(&Path)) -> Vec<String> {
    let output = output();
    publish_units(output.path());
    change(output.path());
    reused(output.path())
}

/// Publishes a site without writing the cache, as a run without fingerprints does.
fn publish_without_cache(root: &Path, site: &[(&str, &str)]) {
    let publisher = Publisher::open(root).unwrap();
    site.iter().try_for_each(|(path, text)| publisher.put(path, text.as_bytes())).unwrap();
    publisher.finish(&[]).unwrap();
}

fn edit_cache(root: &Path, change: &dyn Fn(&str) -> String) {
    let cache = OutputDir::new(root).record_path(CACHE);
    let text = fs::read_to_string(&cache).unwrap();
    assert_ne!(change(&text), text);
    fs::write(&cache, change(&text)).unwrap();
}

fn set_modified(path: &Path, time: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn reuses_an_unchanged_site() {
    assert_eq!(reused_after(|_| ()), ["", "a", "b"]);
    assert_eq!(reused_after(|root| fs::write(root.join("a/theirs.pdf"), "theirs").unwrap()), ["", "a", "b"]);
    let output = output();
    assert!(Publisher::open_existing(&output.path().join("new")).is_none());
    assert!(!output.path().join("new").exists(), "opening creates no folder");
}

#[test]
fn reuses_a_copy_and_records_its_times() {
    let (output, elsewhere) = (output(), output());
    publish_units(output.path());
    std::thread::sleep(std::time::Duration::from_millis(30));
    let copy = elsewhere.path().join("site");
    for entry in walkdir::WalkDir::new(output.path()).into_iter().map(|entry| entry.unwrap()) {
        let target = copy.join(entry.path().strip_prefix(output.path()).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(target).unwrap();
        } else {
            // Not `fs::copy`, which keeps the times on some systems.
            fs::write(target, fs::read(entry.path()).unwrap()).unwrap();
        }
    }
    let cache_bytes = |root: &Path| fs::read(OutputDir::new(root).record_path(CACHE)).unwrap();
    assert_eq!(cache_bytes(&copy), cache_bytes(output.path()));
    let pages =
        |root: &Path| times(root).into_iter().filter(|(path, _)| !path.contains(".shirube")).collect::<Vec<_>>();
    let (before, original_cache) = (pages(&copy), cache_bytes(output.path()));
    let finish = || {
        let publisher = Publisher::open(&copy).unwrap();
        for UnitRecord { unit, fingerprint, stats } in units() {
            assert_eq!(publisher.reuse(&unit, fingerprint), Some(stats));
        }
        assert_eq!(publisher.finish(&units()).unwrap(), summary(0, 4, 0));
        assert_eq!(pages(&copy), before);
    };
    finish();
    assert_ne!(cache_bytes(&copy), original_cache);
    let recorded = times(&copy);
    finish();
    assert!(times(&copy) == recorded, "the second run writes nothing");
}

#[test]
fn keeps_reused_units_and_rewrites_the_rest() {
    let output = output();
    publish_units(output.path());
    let publisher = Publisher::open(output.path()).unwrap();
    assert!(publisher.reuse("a", 8).is_some());
    publisher.put("index.html", b"other").unwrap();
    publisher.put("b/2.html", b"zwei").unwrap();
    let units = [record(ROOT_UNIT, 70), record("a", 8), record("b", 90)];
    let summary = publisher.finish(&units).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.deleted), (2, 2, 1));
    let published = read(output.path());
    assert_eq!(published.keys().collect::<Vec<_>>(), ["a/1.html", "a/c/2.html", "b/2.html", "index.html"]);

    let publisher = Publisher::open(output.path()).unwrap();
    for UnitRecord { unit, fingerprint, stats } in units {
        assert_eq!(publisher.reuse(&unit, fingerprint), Some(stats), "{unit}");
    }
}

#[test]
fn deletes_a_removed_unit_although_all_others_are_reused() {
    let output = output();
    publish_units(output.path());
    let publisher = Publisher::open(output.path()).unwrap();
    let remaining = [record(ROOT_UNIT, 7), record("a", 8)];
    assert!(remaining.iter().all(|unit| publisher.reuse(&unit.unit, unit.fingerprint).is_some()));
    // The number of files stays the same.
    fs::write(output.path().join("same.css"), "same").unwrap();
    publisher.put("same.css", b"same").unwrap();
    let summary = publisher.finish(&remaining).unwrap();
    assert_eq!((summary.unchanged, summary.deleted), (4, 1));
    assert_eq!(read(output.path()).keys().collect::<Vec<_>>(), ["a/1.html", "a/c/2.html", "index.html", "same.css"]);
}

#[test]
fn rejects_a_name_that_collides_with_a_reused_file() {
    let output = output();
    publish_units(output.path());
    let publisher = Publisher::open(output.path()).unwrap();
    assert!(publisher.reuse("a", 8).is_some());
    publisher.put("A/3.html", b"three").unwrap();
    let before = read(output.path());
    assert!(matches!(publisher.finish(&[]), Err(PublishError::Collision { .. })));
    assert_eq!(read(output.path()), before);
}

#[test]
fn does_not_reuse_a_changed_unit() {
    assert_eq!(reused_after(|root| fs::remove_file(root.join("a/1.html")).unwrap()), ["", "b"]);
    assert_eq!(reused_after(|root| fs::write(root.join("b/1.html"), "longer").unwrap()), ["", "a"]);
    assert_eq!(reused_after(|root| fs::write(root.join("index.html"), "longer").unwrap()), ["a", "b"]);
    // A file of the same length with an older time, changed at once and after a delay.
    for wait in [0, 30] {
        let reused = reused_after(|root| {
            std::thread::sleep(std::time::Duration::from_millis(wait));
            let page = root.join("a/1.html");
            let modified = fs::metadata(&page).unwrap().modified().unwrap();
            fs::write(&page, "uno").unwrap();
            set_modified(&page, modified - std::time::Duration::from_secs(9));
        });
        assert_eq!(reused, ["", "b"]);
    }
}

#[test]
fn does_not_reuse_a_replaced_folder() {
    for (folder, page, text, remaining) in [("a/c", "2.html", "TWO", ["", "b"]), ("b", "1.html", "EINS", ["", "a"])] {
        // A file of the same length as the published page, and older than the cache.
        let elsewhere = output();
        let other = elsewhere.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join(page), text).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(30));
        let reused = reused_after(|root| {
            fs::rename(root.join(folder), elsewhere.path().join("old")).unwrap();
            fs::rename(&other, root.join(folder)).unwrap();
        });
        assert_eq!(reused, remaining);
    }
}

#[test]
fn detects_a_change_in_the_tick_of_the_cache() {
    let reused = reused_after(|root| {
        let page = root.join("a/1.html");
        let modified = fs::metadata(&page).unwrap().modified().unwrap();
        fs::write(&page, "uno").unwrap();
        set_modified(&page, modified);
        set_modified(&OutputDir::new(root).record_path(CACHE), modified);
    });
    assert_eq!(reused, ["", "b"]);
}

#[test]
fn ignores_a_cache_in_another_format() {
    for bytes in [&b""[..], b"\xff", b"{}"] {
        assert_eq!(reused_after(|root| fs::write(OutputDir::new(root).record_path(CACHE), bytes).unwrap()), [""; 0]);
    }
    for (from, to) in [("cache/1", "cache/2"), ("\"files\"", "\"pages\"")] {
        assert_eq!(reused_after(|root| edit_cache(root, &|text| text.replace(from, to))), [""; 0], "{from}");
    }
}

#[test]
fn does_not_reuse_files_that_are_missing_in_the_manifest() {
    assert_eq!(reused_after(|root| edit_cache(root, &|text| text.replace("\"a/1.html", "\"../1.html"))), ["", "b"]);
}

#[test]
fn ignores_the_cache_after_a_run_that_did_not_write_it() {
    assert_eq!(reused_after(|root| publish_without_cache(root, &[("a/1.html", "one")])), [""; 0]);
}

#[test]
fn detects_an_outdated_cache_after_a_run_that_did_not_write_it() {
    let output = output();
    publish_units(output.path());
    // The number of files stays the same, but one of them is not in the cache.
    let site = [("index.html", "home"), ("a/1.html", "one"), ("a/c/2.html", "two"), ("z.html", "z")];
    publish_without_cache(output.path(), &site);
    fs::create_dir(output.path().join("b")).unwrap();
    fs::write(output.path().join("b/1.html"), "eins").unwrap();

    let publisher = Publisher::open(output.path()).unwrap();
    let reused = units().into_iter().filter(|unit| publisher.reuse(&unit.unit, unit.fingerprint).is_some());
    assert_eq!(reused.map(|unit| unit.unit).collect::<Vec<_>>(), ["", "a"]);
    publisher.put("b/1.html", b"eins").unwrap();
    assert_eq!(publisher.finish(&units()).unwrap(), summary(0, 4, 1));
    assert_eq!(read(output.path()).keys().collect::<Vec<_>>(), ["a/1.html", "a/c/2.html", "b/1.html", "index.html"]);
    assert_eq!(publish(output.path(), &files(&[])).unwrap(), summary(0, 0, 4));
}

#[cfg(unix)]
#[test]
fn does_not_reuse_files_behind_a_link() {
    let elsewhere = output();
    fs::write(elsewhere.path().join("1.html"), "uno").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(30));
    let reused = reused_after(|root| {
        fs::remove_dir_all(root.join("b")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.join("b")).unwrap();
    });
    assert_eq!(reused, ["", "a"]);
}
