//! Opening of an output folder with a damaged or forged record, for `crate::fuzz`.

use super::*;

pub(crate) const RECORD_PIECES: &[&str] = &[
    "shirube manifest 1\n",
    "shirube journal 1\n",
    "shirube journal 2\n",
    "place ",
    "remove ",
    "place index.html\n",
    "place a\n",
    "place a/1.html\n",
    "place ../secret\n",
    "place theirs.pdf\n",
    "place .shirube/lock\n",
    "place C:\\x\n",
    "place con\n",
    "place a/b/c\n",
    "remove 00000000000000000000000000000000 0 a.html\n",
    "99aa06d3014798d86001c324468d497f 0 ",
    " ",
    "\n",
    "/",
    "..",
    "../",
    "./",
    "\\",
    "a/",
    "A/1.html",
    "theirs.pdf",
    "index.html",
    "a/1.html",
    "../secret",
    "\0",
    "a/theirs/x",
];

/// The site with `record` as its manifest, opened and published again.
pub(crate) fn open_with_manifest(record: &[u8]) -> BTreeSet<String> {
    open_with(record, MANIFEST, |_| ())
}

/// The site with `record` as the journal of an interrupted run, and staged files, opened and published again.
pub(crate) fn open_with_journal(record: &[u8]) -> BTreeSet<String> {
    open_with(record, JOURNAL, |disk| {
        for (path, text) in [("index.html", "new"), ("a/2.html", "new"), ("b/3.html", "new"), ("theirs.pdf", "new")] {
            disk.stage_file(path, text.as_bytes()).unwrap();
        }
        let staged: Manifest =
            [ManifestEntry::new("index.html", b"new"), ManifestEntry::new("b/3.html", b"new")].into_iter().collect();
        disk.write(&disk.staging_folder().join(MANIFEST), staged.to_string().as_bytes()).unwrap();
    })
}

fn open_with(record: &[u8], name: &str, prepare: impl Fn(&OutputDir)) -> BTreeSet<String> {
    let folder = output();
    let root = folder.path().join("output");
    fs::write(folder.path().join("secret"), "theirs").unwrap();
    publish(&root, &files(&[("index.html", "old"), ("a/1.html", "old")])).unwrap();
    let theirs = ["theirs.pdf", "a/theirs.pdf"];
    theirs.iter().for_each(|path| fs::write(root.join(path), "theirs").unwrap());
    let disk = OutputDir::new(&root);
    prepare(&disk);
    fs::write(disk.record_path(name), record).unwrap();

    let mut features = BTreeSet::new();
    let variant =
        |error: &PublishError| format!("{error:?}").chars().take_while(|c| c.is_alphanumeric()).collect::<String>();
    match Publisher::open(&root) {
        Ok(publisher) => features.insert(format!("opened {:?}", publisher.recovery())),
        Err(error) => {
            assert!(!error.message().ja.is_empty());
            features.insert(format!("refused: {}", variant(&error)))
        }
    };
    let new = files(&[("index.html", "newer"), ("c/4.html", "newer")]);
    match publish(&root, &new) {
        Ok(summary) => {
            let read = read(&root);
            assert!(new.iter().all(|(path, text)| read.get(path) == Some(text)), "{read:?}");
            features.insert(format!("published, {} deleted, {} kept", summary.deleted, summary.kept.len()));
        }
        Err(error) => drop(features.insert(format!("not published: {}", variant(&error)))),
    }
    assert_eq!(fs::read_to_string(folder.path().join("secret")).unwrap(), "theirs");
    for path in theirs {
        assert_eq!(fs::read_to_string(root.join(path)).unwrap(), "theirs", "{path}");
    }
    assert!(fs::read_dir(folder.path()).unwrap().count() == 2, "a file was written beside the output folder");
    features
}
