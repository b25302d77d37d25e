//! Tests of the recovery after an interrupted run, also with foreign files in conflict with the site.

use super::*;

fn old() -> Files {
    files(&[("index.html", "old home"), ("a/1.html", "old page"), ("a/gone.html", "gone page")])
}

fn new() -> Files {
    files(&[("index.html", "new home"), ("a/1.html", "new page"), ("a/2.html", "page"), ("b/3.html", "page")])
}

/// A site with an interrupted run: the journal is written, followed by `changes` further changes to the disk.
fn interrupted(changes: usize) -> TempDir {
    let output = output();
    publish(output.path(), &old()).unwrap();
    let journal = OutputDir::new(output.path()).record_path(JOURNAL);
    let mut runs_with_journal = 0;
    for n in 0.. {
        drop(Publisher::open(output.path()).unwrap());
        publish(output.path(), &old()).unwrap();
        let _ = publish_on(faulty(output.path(), Fault::Crash(n)).0, &new());
        runs_with_journal += usize::from(journal.exists());
        if runs_with_journal > changes {
            return output;
        }
    }
    unreachable!()
}

fn recovery(output: &TempDir) -> Option<Recovery> {
    Publisher::open(output.path()).unwrap().recovery()
}

#[test]
fn reports_the_outcome_of_an_interrupted_run() {
    let output = interrupted(0);
    assert_eq!(recovery(&output), Some(Recovery::Completed { changes: 5 }));
    assert_eq!(recovery(&output), None);
    let output = interrupted(2);
    assert_eq!(recovery(&output), Some(Recovery::Completed { changes: 4 }));
    assert_eq!(read(output.path()), new());
    fs::create_dir(OutputDir::new(output.path()).staging_folder()).unwrap();
    assert_eq!(recovery(&output), Some(Recovery::Discarded));
    assert_eq!(recovery(&output), None);
}

#[test]
fn never_overwrites_a_foreign_file() {
    for path in ["a/2.html", "b", "b/3.html"] {
        let output = interrupted(0);
        let theirs = output.path().join(path);
        fs::create_dir_all(theirs.parent().unwrap()).unwrap();
        fs::write(&theirs, "theirs").unwrap();
        for _ in 0..2 {
            let error = Publisher::open(output.path()).unwrap_err();
            assert!(matches!(&error, PublishError::Foreign { path } if *path == theirs), "{error:?}");
            assert_eq!(fs::read_to_string(&theirs).unwrap(), "theirs");
        }
        fs::remove_file(&theirs).unwrap();
        drop(Publisher::open(output.path()).unwrap());
        assert_eq!(read(output.path()), new());
    }
}

#[cfg(unix)]
#[test]
fn never_writes_through_a_link() {
    use std::os::unix::fs::symlink;
    let elsewhere = output();
    for path in ["a", "b"] {
        let output = interrupted(0);
        let link = output.path().join(path);
        if link.exists() {
            fs::rename(&link, output.path().join("moved")).unwrap();
        }
        symlink(elsewhere.path(), &link).unwrap();
        let error = Publisher::open(output.path()).unwrap_err();
        assert!(matches!(&error, PublishError::Foreign { path } if *path == link), "{error:?}");
        assert_eq!(read(elsewhere.path()), files(&[]));
    }
}

#[test]
fn repairs_a_damaged_journal() {
    for changes in 0..4 {
        for damage in ["", "shirube journal 1\nplace ../x\n", "half a jour"] {
            let output = interrupted(changes);
            fs::write(output.path().join("theirs.pdf"), "theirs").unwrap();
            fs::write(OutputDir::new(output.path()).record_path(JOURNAL), damage).unwrap();
            assert_eq!(recovery(&output), Some(Recovery::Repaired), "{changes} {damage}");
            assert_eq!(recovery(&output), None);
            // All files, old and new, are recorded as ours: they can be replaced and deleted.
            publish(output.path(), &files(&[("index.html", "other")])).unwrap();
            assert_eq!(read(output.path()), files(&[("index.html", "other"), ("theirs.pdf", "theirs")]));
        }
    }
}

#[test]
fn replaces_a_damaged_manifest_by_the_cache() {
    let output = output();
    publish(output.path(), &old()).unwrap();
    fs::write(output.path().join("theirs.pdf"), "theirs").unwrap();
    let manifest = OutputDir::new(output.path()).record_path(MANIFEST);
    let whole = fs::read(&manifest).unwrap();
    for damage in [&b""[..], b"\xff\xfe", &whole[..whole.len() / 2]] {
        fs::write(&manifest, damage).unwrap();
        assert_eq!(recovery(&output), Some(Recovery::Repaired));
        assert_eq!(fs::read(&manifest).unwrap(), whole);
    }
    fs::write(&manifest, "").unwrap();
    publish(output.path(), &new()).unwrap();
    let mut expected = new();
    expected.extend(files(&[("theirs.pdf", "theirs")]));
    assert_eq!(read(output.path()), expected);
}

#[test]
fn fails_if_a_damaged_record_cannot_be_replaced() {
    let output = output();
    publish(output.path(), &old()).unwrap();
    let disk = OutputDir::new(output.path());
    fs::remove_file(disk.record_path(CACHE)).unwrap();
    fs::write(disk.record_path(MANIFEST), "").unwrap();
    assert!(matches!(publish(output.path(), &new()), Err(PublishError::Damaged { .. })));
    assert_eq!(read(output.path()), old());
}

#[test]
fn fails_on_records_of_a_later_version() {
    for record in [MANIFEST, JOURNAL] {
        let output = output();
        publish(output.path(), &old()).unwrap();
        let path = OutputDir::new(output.path()).record_path(record);
        let text = format!("shirube {record} 9\nsomething else\n");
        fs::write(&path, &text).unwrap();
        assert!(matches!(publish(output.path(), &new()), Err(PublishError::Newer { .. })), "{record}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(read(output.path()), old());
    }
}

#[test]
fn ignores_another_file_system_at_a_path_without_files_of_the_site() {
    let output = output();
    publish(output.path(), &old()).unwrap();
    let (disk, faults) = faulty(output.path(), Fault::Never);
    faults.mount_at(&output.path().join("a/unused"));
    assert_eq!(publish_on(disk, &new()).unwrap(), summary(4, 0, 1));
}

#[test]
fn detects_another_file_system_before_any_change() {
    for (path, mounted) in [("a", "a"), ("a/1.html", "a/1.html"), ("", ".shirube")] {
        let output = output();
        publish(output.path(), &old()).unwrap();
        let (disk, faults) = faulty(output.path(), Fault::Never);
        faults.mount_at(&output.path().join(mounted));
        let expected = output.path().join(path);
        let error = publish_on(disk, &new()).unwrap_err();
        assert!(matches!(&error, PublishError::OtherFileSystem { path } if *path == expected), "{error:?}");
        assert_eq!(read(output.path()), old());
        assert_eq!(recovery(&output), None);
        publish(output.path(), &new()).unwrap();
    }
}
