//! The proof that a site is unchanged, and what it does not prove.

use super::*;

/// The parts of a site, and of what each is made.
fn parts() -> [(Part, u128); 3] {
    [(Part::Around, 7), (Part::Folder("a".to_owned()), 8), (Part::Folder("b".to_owned()), 9)]
}

/// Publishes and seals a site of three parts.
fn seal(output: &Path) {
    let publisher = Publisher::open(output).unwrap();
    for (path, text) in [("index.html", "home"), ("a/1.html", "one"), ("a/c/2.html", "two"), ("b/1.html", "eins")] {
        publisher.put(path, Class::Page, text.as_bytes()).unwrap();
    }
    let sealed = parts().map(|(part, inputs)| Sealed { note: format!("made of {inputs}"), part, inputs });
    publisher.finish_and_seal(&sealed).unwrap();
}

/// Any note is understood.
fn noted(note: &str) -> Option<String> {
    Some(note.to_owned())
}

/// What can be kept of that site, once `meddle` has had its way.
fn kept_after(meddle: impl Fn(&Path)) -> Vec<String> {
    let output = output();
    seal(output.path());
    meddle(output.path());
    let publisher = Publisher::open(output.path()).unwrap();
    let kept = parts().into_iter().filter_map(|(part, inputs)| {
        assert_eq!(publisher.keep(&part, inputs + 100, noted).unwrap(), None, "of other inputs nothing is proved");
        let note = publisher.keep(&part, inputs, noted).unwrap()?;
        assert_eq!(note, format!("made of {inputs}"));
        Some(part.name().to_owned())
    });
    kept.collect()
}

#[test]
fn a_sealed_site_needs_nothing() {
    assert_eq!(kept_after(|_| ()), ["", "a", "b"]);
    assert_eq!(kept_after(|root| fs::write(root.join("a/theirs.pdf"), "theirs").unwrap()), ["", "a", "b"]);
    let output = output();
    assert!(!Publisher::is_published(&output.path().join("new")));
    assert!(!output.path().join("new").exists(), "asking makes nothing");
}

#[test]
fn what_is_kept_stays_and_the_rest_is_made_again() {
    let output = output();
    seal(output.path());
    let publisher = Publisher::open(output.path()).unwrap();
    let [around, (a, of_a), (b, _)] = parts();
    assert!(publisher.keep(&a, of_a, noted).unwrap().is_some());
    publisher.put("index.html", Class::Index, b"other").unwrap();
    publisher.put("b/2.html", Class::Page, b"zwei").unwrap();
    let sealed = [(around.0, 70), (a.clone(), of_a), (b, 90)];
    let sealed = sealed.map(|(part, inputs)| Sealed { part, inputs, note: String::new() });
    let summary = publisher.finish_and_seal(&sealed).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.deleted), (2, 2, 1));
    let there = read(output.path());
    assert_eq!(there.keys().collect::<Vec<_>>(), ["a/1.html", "a/c/2.html", "b/2.html", "index.html"]);

    let publisher = Publisher::open(output.path()).unwrap();
    for Sealed { part, inputs, .. } in sealed {
        assert_eq!(publisher.keep(&part, inputs, noted).unwrap().as_deref(), Some(""), "{part:?}");
    }
}

#[test]
fn a_part_that_is_gone_is_deleted_though_all_others_are_kept() {
    let output = output();
    seal(output.path());
    let publisher = Publisher::open(output.path()).unwrap();
    let left = parts().into_iter().take(2).map(|(part, inputs)| Sealed { part, inputs, note: String::new() });
    let left: Vec<Sealed> = left.collect();
    assert!(left.iter().all(|Sealed { part, inputs, .. }| publisher.keep(part, *inputs, noted).unwrap().is_some()));
    // As many as before, and yet not the same ones.
    fs::write(output.path().join("same.css"), "same").unwrap();
    publisher.put("same.css", Class::Asset, b"same").unwrap();
    let summary = publisher.finish_and_seal(&left).unwrap();
    assert_eq!((summary.unchanged, summary.deleted), (4, 1));
    assert_eq!(read(output.path()).keys().collect::<Vec<_>>(), ["a/1.html", "a/c/2.html", "index.html", "same.css"]);
}

#[test]
fn a_new_name_may_not_collide_with_what_is_kept() {
    let output = output();
    seal(output.path());
    let publisher = Publisher::open(output.path()).unwrap();
    let [_, (a, of_a), _] = parts();
    assert!(publisher.keep(&a, of_a, noted).unwrap().is_some());
    publisher.put("A/3.html", Class::Page, b"three").unwrap();
    let before = read(output.path());
    assert!(matches!(publisher.finish(), Err(PublishError::Collision { .. })));
    assert_eq!(read(output.path()), before);
}

#[test]
fn a_seal_proves_nothing_of_a_part_that_was_touched() {
    assert_eq!(kept_after(|root| fs::remove_file(root.join("a/1.html")).unwrap()), ["", "b"]);
    assert_eq!(kept_after(|root| fs::write(root.join("b/1.html"), "longer").unwrap()), ["", "a"]);
    assert_eq!(kept_after(|root| fs::write(root.join("index.html"), "longer").unwrap()), ["a", "b"]);
    // As long as before and with its old date; at once, and long after.
    for wait in [0, 30] {
        let meddled = kept_after(|root| {
            std::thread::sleep(std::time::Duration::from_millis(wait));
            let page = root.join("a/1.html");
            let date = fs::metadata(&page).unwrap().modified().unwrap();
            fs::write(&page, "uno").unwrap();
            let written = fs::File::options().write(true).open(&page).unwrap();
            written.set_modified(date - std::time::Duration::from_secs(9)).unwrap();
        });
        assert_eq!(meddled, ["", "b"]);
    }
}

#[test]
fn a_seal_proves_nothing_of_a_folder_that_took_the_place_of_another() {
    for (folder, page, text, kept) in [("a/c", "2.html", "TWO", ["", "b"]), ("b", "1.html", "EINS", ["", "a"])] {
        // As long as the page that is there, and older than the seal.
        let elsewhere = output();
        let other = elsewhere.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join(page), text).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(30));
        let meddled = kept_after(|root| {
            fs::rename(root.join(folder), elsewhere.path().join("old")).unwrap();
            fs::rename(&other, root.join(folder)).unwrap();
        });
        assert_eq!(meddled, kept);
    }
}

#[test]
fn a_seal_that_does_not_fit_proves_nothing() {
    assert_eq!(kept_after(|root| fs::write(Disk::new(root).seal(), "").unwrap()), [""; 0]);
    assert_eq!(kept_after(|root| fs::write(Disk::new(root).seal(), b"\xff").unwrap()), [""; 0]);
    let lines = |root: &Path, change: &dyn Fn(&str) -> String| {
        let seal = Disk::new(root).seal();
        let text = fs::read_to_string(&seal).unwrap();
        fs::write(&seal, change(&text)).unwrap();
    };
    assert_eq!(kept_after(|root| lines(root, &|text| text.replace("seal 2", "seal 3"))), [""; 0]);
    assert_eq!(kept_after(|root| lines(root, &|text| text.replace('\t', " "))), [""; 0]);
    // Another build in between.
    assert_eq!(kept_after(|root| drop(publish(root, &files(&[("a/1.html", "one")])).unwrap())), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_seal_proves_nothing_of_what_lies_behind_a_link() {
    let elsewhere = output();
    fs::write(elsewhere.path().join("1.html"), "uno").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(30));
    let meddled = kept_after(|root| {
        fs::remove_dir_all(root.join("b")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.join("b")).unwrap();
    });
    assert_eq!(meddled, ["", "a"]);
}
