//! Tests of file classification, file names and listings.

use super::{load, load_clean, node, rules};
use crate::content::{ContentListing, DiskSource, Overlay, Source, natural_cmp};
use std::cmp::Ordering;

const STRATEGY: &str = "title = \"x\"\npublisher = \"x\"\n";
const NODE: &str = "+++\nname = \"x\"\n+++\n";

#[test]
fn natural_order_compares_digits_by_value() {
    let ordered = ["1", "1-2", "1-10", "2", "2-1", "10", "a", "a2", "a10", "b"];
    for (index, earlier) in ordered.iter().enumerate() {
        assert_eq!(natural_cmp(earlier, earlier), Ordering::Equal);
        for later in ordered.iter().skip(index + 1) {
            assert_eq!(natural_cmp(earlier, later), Ordering::Less, "{earlier} before {later}");
            assert_eq!(natural_cmp(later, earlier), Ordering::Greater, "{later} after {earlier}");
        }
    }
    assert_ne!(natural_cmp("02", "2"), Ordering::Equal, "different ids are never equal");
}

#[test]
fn sorts_nodes_by_kind_then_in_natural_order() {
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
fn allows_several_strategies_in_subfolders_of_a_unit() {
    let loaded = load_clean(&[
        ("city/new/strategy.toml", STRATEGY),
        ("city/old/strategy.toml", STRATEGY),
        ("town/strategy.toml", STRATEGY),
        ("town/strategy.md", "町の言葉\n"),
    ]);
    let ids: Vec<(&str, &str)> = loaded.report.strategies.iter().map(|s| (s.id.as_str(), s.municipality())).collect();
    assert_eq!(ids, [("city/new", "city"), ("city/old", "city"), ("town", "town")]);
    assert_eq!(loaded.report.strategies[2].body.markdown, "町の言葉\n");
}

#[test]
fn lists_other_files_of_a_node_folder_as_assets() {
    let files = [("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", NODE)];
    let images = ["s/policies/1/b.jpg", "s/policies/1/a.jpg"].map(|path| (path, ""));
    let loaded = load(&[files.as_slice(), &images].concat());
    let names: Vec<&str> = node(&loaded, "1").assets.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(names, ["a.jpg", "b.jpg"]);
}

/// Diagnostics of a policy with links to these files of its folder.
fn diagnose_links_to(files: &[&str]) -> Vec<String> {
    let body: String = files.iter().map(|name| format!("[x](<{name}>)\n")).collect();
    let paths: Vec<String> = files.iter().map(|name| format!("s/policies/1/{name}")).collect();
    let policy = format!("{NODE}{body}");
    let mut all = vec![("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", policy.as_str())];
    all.extend(paths.iter().map(|path| (path.as_str(), "")));
    rules(&load(&all))
}

#[test]
fn reports_impossible_file_names_at_their_references() {
    for name in ["con.png", "Com1.pdf", "a:b.png", "a?b.pdf", "a*.csv", "a|b.xlsx", &format!("{}.png", "橋".repeat(84))]
    {
        assert_eq!(diagnose_links_to(&["a.png", name]), ["s/policies/1/policy.md:5:1 impossible-name"], "{name}");
    }
    assert_eq!(diagnose_links_to(&["con.png", "nul.png"]).len(), 2, "reports all at once");
    assert_eq!(diagnose_links_to(&["写真 1.JPG", ".a.png", "a.b.png"]), [""; 0]);
    // Files without a reference are not published.
    let files = [("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", NODE), ("s/policies/1/con.png", "")];
    assert_eq!(rules(&load(&files)), [""; 0]);
}

#[test]
fn reports_file_names_that_collide_on_some_systems() {
    assert_eq!(diagnose_links_to(&["A.png", "a.png"]).len(), 1);
    let (composed, decomposed) = ("写真\u{30ac}.png", "写真\u{30ab}\u{3099}.png");
    assert_eq!(diagnose_links_to(&[composed, decomposed]).len(), 1);
    assert_eq!(diagnose_links_to(&["a.png", "b.png", "a.pdf"]), [""; 0]);
}

#[test]
fn matches_either_unicode_form_and_publishes_composed_names() {
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
        assert!(node(&loaded, "1").assets[0].linked);
    }
}

#[test]
fn matches_the_logo_in_either_form_and_checks_its_name() {
    let site = |file: &str| format!("title = \"x\"\n[logo]\nfile = \"{file}\"\nalt = \"x\"\n");
    let (composed, decomposed) = ("\u{30ac}.png", "\u{30ab}\u{3099}.png");
    let loaded = load_clean(&[("site.toml", &site(composed)), (decomposed, "")]);
    let logo = loaded.report.site.logo.as_ref().unwrap();
    assert_eq!((logo.file.as_str(), &*logo.name()), (decomposed, composed));
    assert_eq!(rules(&load(&[("site.toml", &site("con.png")), ("con.png", "")])), ["site.toml:3:8 impossible-name"]);
}

#[test]
fn reports_duplicate_addresses_within_a_unit() {
    let edition = |id: &str| format!("{STRATEGY}[[edition]]\nid = \"{id}\"\nlabel = \"x\"\n");
    let old = "+++\nname = \"x\"\nformerly = [\"old\", \"old\"]\n+++\n";
    let loaded = load(&[("s/strategy.toml", STRATEGY), ("s/policies/1/policy.md", old)]);
    assert_eq!(rules(&loaded), ["s/policies/1/policy.md:3:20 same-address"]);
    let message = &loaded.diagnostics[0].message.en;
    assert!(message.contains("s/policies/old.html") && message.contains("s/policies/1/policy.md:3:13"), "{message}");

    // The search index of an edition collides with that of a nested strategy.
    let (outer, sheet) = (edition("search"), ("s/policies/1/search.md", "+++\n+++\n"));
    let inner = [("s/search/strategy.toml", STRATEGY), ("s/strategy.toml", outer.as_str())];
    let loaded = load(&[inner.as_slice(), &[("s/policies/1/policy.md", NODE), sheet]].concat());
    assert_eq!(rules(&loaded), ["s/search/strategy.toml:1:1 same-address"]);
}

#[test]
fn ignores_the_theme_folder() {
    let theme = "title = \"x\"\ntheme = \"theme\"\n";
    load_clean(&[("site.toml", theme), ("theme/texts/ja.toml", "home = \"x\"\n")]);
    let loaded = load(&[("site.toml", "title = \"x\"\n"), ("theme/texts/ja.toml", "home = \"x\"\n")]);
    assert_eq!(rules(&loaded), ["theme/texts/ja.toml:1:1 out-of-place"]);
}

#[test]
fn uses_default_settings_without_files() {
    let loaded = load_clean(&[]);
    let site = &loaded.report.site;
    assert_eq!((site.lang.as_str(), site.permalinks, site.print, site.search), ("ja", true, true, true));
    assert!(!site.embed);
    assert!(loaded.report.strategies.is_empty());
}

#[test]
fn disables_parts_of_the_site_with_false() {
    let switches = |keys: &str| {
        let site = load_clean(&[("site.toml", &format!("title = \"x\"\n{keys}"))]).report.site;
        (site.permalinks, site.print, site.search)
    };
    assert_eq!(switches("permanent = false"), (false, true, true));
    assert_eq!(switches("print = false"), (true, false, true));
    assert_eq!(switches("search = false"), (true, true, false));
    assert_eq!(switches("search = true"), (true, true, true));
    assert!(load_clean(&[("site.toml", "title = \"x\"\nembed = true")]).report.site.embed);
}

/// Creates a content folder on disk with these files.
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
fn selects_a_strategy_with_its_whole_unit() {
    let folder = folder(&["site.toml", "city/new/strategy.toml", "city/old/strategy.toml", "town/strategy.toml"]);
    let check = |only: &[&str], expected: &[&str]| {
        let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        let listed = ContentListing::list(&DiskSource::new(folder.path()), &only).unwrap();
        assert_eq!(listed.strategies(), expected, "{only:?}");
        assert_eq!(listed.root().paths, ["site.toml"]);
    };
    check(&[], &["city/new", "city/old", "town"]);
    check(&["town"], &["town"]);
    check(&["city"], &["city/new", "city/old"]);
    check(&["city/old"], &["city/new", "city/old"]);
    check(&["city/old/", "town"], &["city/new", "city/old", "town"]);
    assert!(ContentListing::list(&DiskSource::new(folder.path()), &["village".to_owned()]).is_err());
}

#[test]
fn ignores_hidden_temporary_and_backup_files() {
    let ignored = [
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
    let folder = folder(&[&["s/strategy.toml"], &ignored[..]].concat());
    assert_eq!(DiskSource::new(folder.path()).list_folder(".").unwrap().paths, ["s/strategy.toml"]);
}

#[test]
fn fails_for_a_missing_folder() {
    let folder = folder(&[]);
    assert!(ContentListing::list(&DiskSource::new(&folder.path().join("none")), &[]).is_err());
}

#[test]
fn files_outside_of_units_are_sorted_by_path() {
    let files = ["site.toml", "a/x.png", "a-b/x.png", "s/strategy.toml"];
    let source = Overlay::memory(files.map(|path| (path.to_owned(), String::new())));
    let root = ContentListing::list(&source, &[]).unwrap().root();
    assert_eq!(root.paths, ["a-b/x.png", "a/x.png", "site.toml"]);
}
