//! The proof that a site is unchanged, and what it does not prove.

use super::*;

/// Publishes and seals; returns what the seal proves afterwards, once `meddle` has had its way.
fn proof_after(inputs: u128, meddle: impl Fn(&Path)) -> Option<Unchanged> {
    let output = output();
    let publisher = Publisher::open(output.path()).unwrap();
    for (path, text) in [("index.html", "home"), ("a/1.html", "one"), ("a/2.html", "two")] {
        publisher.put(path, Class::Page, text.as_bytes()).unwrap();
    }
    publisher.finish_and_seal(7, "a note").unwrap();
    meddle(output.path());
    Publisher::proof(output.path(), inputs).unwrap()
}

#[test]
fn a_sealed_site_needs_nothing() {
    assert_eq!(proof_after(7, |_| ()), Some(Unchanged { note: "a note".to_owned(), files: 3 }));
    assert_eq!(proof_after(7, |root| fs::write(root.join("theirs.pdf"), "theirs").unwrap()).unwrap().files, 3);
    let output = output();
    assert_eq!(Publisher::proof(&output.path().join("new"), 7).unwrap(), None);
    assert!(!output.path().join("new").exists(), "asking makes nothing");
}

#[test]
fn a_seal_proves_nothing_of_other_inputs_or_of_what_was_touched() {
    assert_eq!(proof_after(8, |_| ()), None);
    assert_eq!(proof_after(7, |root| fs::remove_file(root.join("a/1.html")).unwrap()), None);
    assert_eq!(proof_after(7, |root| fs::write(root.join("a/1.html"), "longer").unwrap()), None);
    assert_eq!(proof_after(7, |root| fs::write(Disk::new(root).seal(), "").unwrap()), None);
    // As long as before and with its old date; at once, and long after.
    for wait in [0, 30] {
        let meddled = proof_after(7, |root| {
            std::thread::sleep(std::time::Duration::from_millis(wait));
            let page = root.join("a/1.html");
            let date = fs::metadata(&page).unwrap().modified().unwrap();
            fs::write(&page, "uno").unwrap();
            let written = fs::File::options().write(true).open(&page).unwrap();
            written.set_modified(date - std::time::Duration::from_secs(9)).unwrap();
        });
        assert_eq!(meddled, None);
    }
    // Another build in between.
    assert_eq!(proof_after(7, |root| drop(publish(root, &files(&[("a/1.html", "one")])).unwrap())), None);
}

#[cfg(unix)]
#[test]
fn a_seal_proves_nothing_of_what_lies_behind_a_link() {
    let elsewhere = output();
    for (name, text) in [("1.html", "uno"), ("2.html", "due")] {
        fs::write(elsewhere.path().join(name), text).unwrap();
    }
    std::thread::sleep(std::time::Duration::from_millis(30));
    let meddled = proof_after(7, |root| {
        fs::remove_dir_all(root.join("a")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.join("a")).unwrap();
    });
    assert_eq!(meddled, None);
}
