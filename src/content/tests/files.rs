//! Which file belongs where, and which are read at all.

use super::{load, load_clean, node, rules};
use crate::content::{DiskSource, Folder, Source, natural};
use std::cmp::Ordering;

const STRATEGY: &str = "title = \"x\"\npublisher = \"x\"\n";
const NODE: &str = "+++\nname = \"x\"\n+++\n";

#[test]
fn ids_stand_in_the_order_in_which_people_count() {
    let ordered = ["1", "1-2", "1-10", "2", "2-1", "10", "a", "a2", "a10", "b"];
    for (place, earlier) in ordered.iter().enumerate() {
        assert_eq!(natural(earlier, earlier), Ordering::Equal);
        for later in ordered.iter().skip(place + 1) {
            assert_eq!(natural(earlier, later), Ordering::Less, "{earlier} before {later}");
            assert_eq!(natural(later, earlier), Ordering::Greater, "{later} after {earlier}");
        }
    }
    assert_ne!(natural("02", "2"), Ordering::Equal, "two ids are never one");
}

#[test]
fn nodes_stand_by_kind_then_in_natural_order_however_the_disk_lists_them() {
    let loaded = load_clean(&[
        ("s/policies/10/policy.md", NODE),
        ("s/policies/2/policy.md", NODE),
        ("s/goals/b/goal.md", NODE),
        ("s/strategy.toml", STRATEGY),
        ("s/goals/a/goal.md", NODE),
    ]);
    let ids: Vec<&str> = loaded.report.strategies[0].nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "2", "10"]);
}

#[test]
fn a_strategy_may_lie_deeper_and_beside_others_of_its_unit() {
    let loaded = load_clean(&[
        ("city/new/strategy.toml", STRATEGY),
        ("city/old/strategy.toml", STRATEGY),
        ("town/strategy.toml", STRATEGY),
        ("town/strategy.md", "町の言葉\n"),
    ]);
    let ids: Vec<(&str, &str)> = loaded.report.strategies.iter().map(|s| (s.id.as_str(), s.unit())).collect();
    assert_eq!(ids, [("city/new", "city"), ("city/old", "city"), ("town", "town")]);
    assert_eq!(loaded.report.strategies[2].body.markdown, "町の言葉\n");
}

#[test]
fn other_files_of_a_folder_are_its_assets() {
    let files = [("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", NODE)];
    let pictures = ["s/policies/1/b.jpg", "s/policies/1/a.jpg"].map(|path| (path, ""));
    let loaded = load(&[files.as_slice(), &pictures].concat());
    let names: Vec<&str> = node(&loaded, "1").assets.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(names, ["a.jpg", "b.jpg"]);
}

/// What is found in a policy whose words name these files, which lie beside it.
fn naming(files: &[&str]) -> Vec<String> {
    let words: String = files.iter().map(|name| format!("[x](<{name}>)\n")).collect();
    let paths: Vec<String> = files.iter().map(|name| format!("s/policies/1/{name}")).collect();
    let policy = format!("{NODE}{words}");
    let mut all = vec![("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", policy.as_str())];
    all.extend(paths.iter().map(|path| (path.as_str(), "")));
    rules(&load(&all))
}

#[test]
fn files_with_names_that_no_published_file_can_have_are_found_where_they_are_named() {
    for name in ["con.png", "Com1.pdf", "a:b.png", "a?b.pdf", "a*.csv", "a|b.xlsx", &format!("{}.png", "橋".repeat(84))]
    {
        assert_eq!(naming(&["a.png", name]), ["s/policies/1/policy.md:5:1 impossible-name"], "{name}");
    }
    assert_eq!(naming(&["con.png", "nul.png"]).len(), 2, "all are found at once");
    assert_eq!(naming(&["写真 1.JPG", ".a.png", "a.b.png"]), [""; 0]);
    // What no words name is not published.
    let files = [("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", NODE), ("s/policies/1/con.png", "")];
    assert_eq!(rules(&load(&files)), [""; 0]);
}

#[test]
fn files_whose_names_are_one_name_on_some_system_are_found() {
    assert_eq!(naming(&["A.png", "a.png"]).len(), 1);
    let (composed, decomposed) = ("写真\u{30ac}.png", "写真\u{30ab}\u{3099}.png");
    assert_eq!(naming(&[composed, decomposed]).len(), 1);
    assert_eq!(naming(&["a.png", "b.png", "a.pdf"]), [""; 0]);
}

#[test]
fn a_file_is_named_in_either_spelling_and_published_in_composed_characters() {
    let (composed, decomposed) = ("写真\u{30ac}.png", "写真\u{30ab}\u{3099}.png");
    for (file, written) in [(composed, decomposed), (decomposed, composed), (decomposed, decomposed)] {
        let (path, policy) = (format!("s/policies/1/{file}"), format!("{NODE}![x]({written})\n"));
        let loaded =
            load_clean(&[("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", &policy), (path.as_str(), "")]);
        let [published] = crate::site::files(&loaded.report).try_into().unwrap();
        assert_eq!(
            (published.url.path(), published.name.as_str()),
            (format!("s/policies/1/{composed}").as_str(), file)
        );
        assert!(node(&loaded, "1").assets[0].named);
    }
}

#[test]
fn the_logo_is_named_in_either_spelling_and_may_not_have_an_impossible_name() {
    let site = |file: &str| format!("title = \"x\"\n[logo]\nfile = \"{file}\"\nalt = \"x\"\n");
    let (composed, decomposed) = ("\u{30ac}.png", "\u{30ab}\u{3099}.png");
    let loaded = load_clean(&[("site.toml", &site(composed)), (decomposed, "")]);
    let logo = loaded.report.site.logo.as_ref().unwrap();
    assert_eq!((logo.file.as_str(), &*logo.name()), (decomposed, composed));
    assert_eq!(rules(&load(&[("site.toml", &site("con.png")), ("con.png", "")])), ["site.toml:3:8 impossible-name"]);
}

#[test]
fn no_address_is_claimed_twice_within_a_unit() {
    let edition = |id: &str| format!("{STRATEGY}[[edition]]\nid = \"{id}\"\nlabel = \"x\"\n");
    let old = "+++\nname = \"x\"\nformerly = [\"old\", \"old\"]\n+++\n";
    let loaded = load(&[("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", old)]);
    assert_eq!(rules(&loaded), ["s/policies/1/policy.md:3:20 same-address"]);
    let message = &loaded.diagnostics[0].message.en;
    assert!(message.contains("s/policies/old.html") && message.contains("s/policies/1/policy.md:3:13"), "{message}");

    // The search index of an edition, and of a strategy within the other.
    let (outer, sheet) = (edition("search"), ("s/policies/1/search.md", "+++\n+++\n"));
    let inner = [("s/search/strategy.toml", STRATEGY), ("s/strategy.toml", outer.as_str())];
    let loaded = load(&[inner.as_slice(), &[("s/policies/1/policy.md", NODE), sheet]].concat());
    assert_eq!(rules(&loaded), ["s/search/strategy.toml:1:1 same-address"]);
}

#[test]
fn the_folder_of_the_theme_is_not_content() {
    let theme = "title = \"x\"\ntheme = \"theme\"\n";
    load_clean(&[("site.toml", theme), ("theme/texts/ja.toml", "home = \"x\"\n")]);
    let loaded = load(&[("site.toml", "title = \"x\"\n"), ("theme/texts/ja.toml", "home = \"x\"\n")]);
    assert_eq!(rules(&loaded), ["theme/texts/ja.toml:1:1 out-of-place"]);
}

#[test]
fn without_files_there_is_a_plain_site() {
    let loaded = load_clean(&[]);
    let site = &loaded.report.site;
    assert_eq!((site.lang.as_str(), site.permanent, site.print, site.search), ("ja", true, true, true));
    assert!(loaded.report.strategies.is_empty());
}

#[test]
fn parts_of_the_site_are_switched_off_by_false() {
    let switches = |keys: &str| {
        let site = load_clean(&[("site.toml", &format!("title = \"x\"\n{keys}"))]).report.site;
        (site.permanent, site.print, site.search)
    };
    assert_eq!(switches("permanent = false"), (false, true, true));
    assert_eq!(switches("print = false"), (true, false, true));
    assert_eq!(switches("search = false"), (true, true, false));
    assert_eq!(switches("search = true"), (true, true, true));
}

/// A content folder on the disk with these files.
fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, STRATEGY).unwrap();
    }
    folder
}

#[test]
fn a_strategy_is_selected_with_all_of_its_unit() {
    let folder = folder(&["site.toml", "city/new/strategy.toml", "city/old/strategy.toml", "town/strategy.toml"]);
    let check = |only: &[&str], expect: &[&str]| {
        let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        let listed = Folder::list(&DiskSource::new(folder.path()), &only).unwrap();
        assert_eq!(listed.strategies(), expect, "{only:?}");
        assert_eq!(listed.root().paths, ["site.toml"]);
    };
    check(&[], &["city/new", "city/old", "town"]);
    check(&["town"], &["town"]);
    check(&["city"], &["city/new", "city/old"]);
    check(&["city/old"], &["city/new", "city/old"]);
    check(&["city/old/", "town"], &["city/new", "city/old", "town"]);
    assert!(Folder::list(&DiskSource::new(folder.path()), &["village".to_owned()]).is_err());
}

#[test]
fn files_that_editors_and_offices_leave_behind_are_passed_over() {
    let left = [
        ".git/x.toml",
        "~$x.toml",
        "s/#x.md#",
        "s/x.md~",
        "s/old~/x.md",
        "s/.x.md",
        "Thumbs.db",
        "s/thumbs.DB",
        "s/desktop.ini",
        "s/.DS_Store",
        "s/~$表.xlsx",
    ];
    let folder = folder(&[&["s/strategy.toml"], &left[..]].concat());
    assert_eq!(DiskSource::new(folder.path()).list_folder(".").unwrap().paths, ["s/strategy.toml"]);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let folder = folder(&[]);
    assert!(Folder::list(&DiskSource::new(&folder.path().join("none")), &[]).is_err());
}
