//! Metamorphic tests: changes of the content, and what they must not change on the site.
//!
//! The oracle computes what a page must state. These tests need no expectation of a page; they build random strategies
//! before and after a change, and compare the sites byte for byte:
//!
//! | change | what stays the same |
//! |---|---|
//! | files are created in another order | the whole site |
//! | an id is renamed, with `formerly` | all pages except for the id; its own pages list the former id, and the former addresses redirect. The data page states the sizes of files that contain ids |
//! | units are built separately and joined by a portal | the whole site |
//! | an edition is published | permalink pages of earlier editions, except for the link to the new page in their lists |
//! | that edition is withdrawn again, in the same output folder | the whole site |
//! | an unpublished edition is removed | the whole site |
//! | a unit is added, or a node of another unit | all files of the other units |
//!
//! `SHIRUBE_SEED=42 SHIRUBE_CASES=1` runs only the strategy of seed 42; `cargo xtask campaign metamorphic` runs many.

use crate::oracle::generate;
use crate::oracle::model::{Judged, Kind, Place, Strategy};
use crate::oracle::write::files;
use crate::support::content::Files;
use crate::support::sites::{Site, pages};
use crate::support::{build, page_text, seeds, shirube, temp_dir, tree, write, write_tree};
use std::path::Path;

/// Number of strategies in a regular test run.
const CASES: u64 = 3;

/// Id of a renamed node; ids of generated nodes consist of a letter and a number.
const SUFFIX: &str = "-renamed";

const SITE_TOML: &str = "title = \"試験\"\nprint = false\n";

/// Content with each strategy in a unit of its own.
fn content<'s>(strategies: impl IntoIterator<Item = &'s Strategy>) -> Files {
    let mut content: Files = strategies.into_iter().flat_map(files).collect();
    content.insert("site.toml".to_owned(), SITE_TOML.into());
    content
}

/// The site of this content.
fn site(content: &Files) -> Site {
    let (_guard, folder) = temp_dir();
    rebuild(content, &folder)
}

/// The site of this content, built over the previous one in `folder`.
fn rebuild(content: &Files, folder: &Path) -> Site {
    let _ = std::fs::remove_dir_all(folder.join("content"));
    write_tree(content, &folder.join("content"));
    build(&folder.join("content"), &folder.join("output"));
    tree(&folder.join("output"))
}

/// Calls `test` with the strategy of each seed, all editions published.
fn for_each_strategy(mut test: impl FnMut(Strategy)) {
    for seed in seeds(CASES) {
        println!("seed {seed}");
        let mut strategy = generate::strategy(seed);
        strategy.editions.iter_mut().for_each(|edition| edition.draft = false);
        test(strategy);
    }
}

/// Asserts that two sites are equal; prints the paths and the first different lines of files that differ.
fn assert_same(actual: &Site, expected: &Site) {
    let paths: std::collections::BTreeSet<_> = actual.keys().chain(expected.keys()).collect();
    let differing: Vec<_> = paths.into_iter().filter(|path| actual.get(*path) != expected.get(*path)).collect();
    let Some(first) = differing.first() else { return };
    let text =
        |site: &Site| site.get(*first).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let (actual, expected) = (text(actual), text(expected));
    let line = actual.lines().zip(expected.lines()).find(|(actual, expected)| actual != expected);
    panic!("{differing:#?}\nfirst difference: {line:#?}");
}

/// Files of a site below a folder.
fn below(site: &Site, folder: &str) -> Site {
    let below = site.iter().filter(|(path, _)| path.starts_with(folder));
    below.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

#[test]
fn order_in_which_files_are_created_has_no_effect() {
    for_each_strategy(|strategy| {
        let content = content([&strategy]);
        let (_guard, folder) = temp_dir();
        for (path, bytes) in content.iter().rev() {
            write(&folder.join("content").join(path), bytes);
        }
        build(&folder.join("content"), &folder.join("output"));
        assert_same(&tree(&folder.join("output")), &site(&content));
    });
}

/// Renames a node wherever the strategy refers to it.
fn rename(strategy: &mut Strategy, index: usize) {
    let from = strategy.nodes[index].id.clone();
    let to = format!("{from}{SUFFIX}");
    let rename = |id: &mut String| {
        if *id == from {
            id.clone_from(&to);
        }
    };
    for node in &mut strategy.nodes {
        rename(&mut node.id);
        node.parent.iter_mut().for_each(rename);
        node.succeeds.iter_mut().for_each(rename);
        node.rows.iter_mut().for_each(|row| rename(&mut row.program));
        for sheet in node.sheets.values_mut() {
            if let Some(judgements) = sheet.row_judgements.remove(&from) {
                sheet.row_judgements.insert(to.clone(), judgements);
            }
            for correction in &mut sheet.corrections {
                if let Place::Mark { of: Judged::Row(program), .. } = &mut correction.place {
                    rename(program);
                }
            }
        }
    }
    strategy.rows.iter_mut().for_each(|row| rename(&mut row.program));
}

#[test]
fn renamed_ids_change_only_addresses_and_the_former_addresses_redirect() {
    for_each_strategy(|strategy| {
        let before = site(&content([&strategy]));
        for kind in [Kind::Goal, Kind::Policy, Kind::Program] {
            let Some(index) = strategy.nodes.iter().position(|node| node.kind == kind && !node.lost) else { continue };
            let mut renamed = strategy.clone();
            rename(&mut renamed, index);
            let (from, to) = (&strategy.nodes[index].id, &renamed.nodes[index].id);
            let folder = format!("{}/{}", strategy.id, kind.folder());
            let mut content = content([&renamed]);
            let node = content.get_mut(&format!("{folder}/{to}/{}.md", kind.key())).unwrap();
            let text = String::from_utf8(std::mem::take(node)).unwrap();
            *node = text.replacen("+++\n", &format!("+++\nformerly = [\"{from}\"]\n"), 1).into_bytes();
            assert_renamed(&site(&content), &before, &folder, from, to);
        }
    });
}

/// Asserts that the node `from` in `folder` of the site `before` has the id `to` in the site `after`.
fn assert_renamed(after: &Site, before: &Site, folder: &str, from: &str, to: &str) {
    let is_own = |path: &str| path == format!("{folder}/{from}.html") || path.starts_with(&format!("{folder}/{from}/"));
    let mut seen = 0;
    for (path, old) in pages(before) {
        if path.ends_with("/data.html") {
            seen += 1;
            continue;
        }
        let new_path = if is_own(path) { path.replacen(from, to, 1) } else { path.to_owned() };
        let new = after.get(&new_path).unwrap_or_else(|| panic!("{new_path} is missing"));
        let new = String::from_utf8_lossy(new).replace(to, from);
        if is_own(path) {
            assert_eq!(without_former_id(&page_text(new.as_bytes()), from), page_text(old), "{path}");
            let redirect = String::from_utf8_lossy(&after[path]);
            let target = new_path.rsplit('/').next().unwrap();
            assert!(redirect.contains("http-equiv=\"refresh\"") && redirect.contains(target), "{path}");
        } else if new.as_bytes() != old {
            let old = String::from_utf8_lossy(old);
            let line = new.lines().zip(old.lines()).find(|(new, old)| new != old);
            panic!("{path} differs: {line:#?}");
        }
        seen += 1;
    }
    let redirects = pages(before).filter(|(path, _)| is_own(path)).count();
    assert_eq!(pages(after).count(), seen + redirects, "no other pages");
}

/// The text of a page without the line with the former id and its label.
fn without_former_id(text: &str, id: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let at = lines.windows(2).position(|pair| pair == ["以前のID", id]).expect("the former id is listed");
    lines.drain(at..at + 2);
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn parts_and_portal_equal_the_whole() {
    let strategies: Vec<Strategy> = seeds(CASES).map(generate::strategy).collect();
    assert_parts_equal_whole(&content(&strategies), &strategies.iter().map(|it| it.id.clone()).collect::<Vec<_>>(), 1);
}

#[test]
fn parts_and_portal_of_many_units_equal_the_whole_with_the_first_level_of_the_search() {
    let ids: Vec<String> = (0..51).map(|number| format!("unit-{number}")).collect();
    let mut content = content([]);
    for (number, id) in ids.iter().enumerate() {
        let text = format!(
            "title = \"第{number}次計画\"\npublisher = \"試験{number}市\"\n[[edition]]\nid = \"2024\"\nlabel = \"版\"\n"
        );
        content.insert(format!("{id}/strategy.toml"), text.into_bytes());
        let text = format!("+++\nname = \"施策{number}\"\n+++\n橋{}の点検\n", "あいうえお".repeat(number % 3));
        content.insert(format!("{id}/policies/1/policy.md"), text.into_bytes());
        content.insert(format!("{id}/policies/1/2024.md"), format!("## 実績\n{}人\n", 1000 + number).into_bytes());
    }
    let whole = assert_parts_equal_whole(&content, &ids, 26);
    assert_eq!(below(&whole, "assets/search/").len(), 256);
}

/// Builds `units` in parts of this size and joins them; asserts that the result equals the whole site, and returns it.
fn assert_parts_equal_whole(content: &Files, units: &[String], size: usize) -> Site {
    let (_guard, folder) = temp_dir();
    let whole = rebuild(content, &folder);
    let run = |command: &mut std::process::Command| {
        let done = command.output().expect("the binary runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let mut joined = Site::new();
    for (number, units) in units.chunks(size).enumerate() {
        let output = folder.join("parts").join(number.to_string());
        let mut command = shirube(&["build"]);
        command.arg("--content").arg(folder.join("content")).arg("--output").arg(&output);
        for unit in units {
            command.arg("--strategy").arg(unit);
        }
        run(&mut command);
        let part = tree(&output);
        joined.extend(units.iter().flat_map(|unit| below(&part, &format!("{unit}/"))));
    }
    let mut portal = shirube(&["build"]);
    portal.arg("--content").arg(folder.join("content")).arg("--portal").arg(folder.join("parts"));
    run(portal.arg("--output").arg(folder.join("portal")));
    joined.extend(tree(&folder.join("portal")));
    assert_same(&joined, &whole);
    whole
}

#[test]
fn permalink_pages_stay_when_an_edition_is_published_and_withdrawn() {
    for_each_strategy(|published| {
        if published.editions.len() < 2 {
            return;
        }
        let mut withdrawn = published.clone();
        let newest = withdrawn.editions.last_mut().unwrap();
        newest.draft = true;
        let newest = format!("{}.html", newest.id);
        let (_guard, folder) = temp_dir();
        let before = rebuild(&content([&withdrawn]), &folder);
        let after = rebuild(&content([&published]), &folder);
        for (path, old) in pages(&before).filter(|(path, _)| is_permalink(path, &withdrawn)) {
            let new = String::from_utf8_lossy(&after[path]).into_owned();
            let link = format!("<li><a href=\"{newest}\">");
            let new: String = new.split_inclusive('\n').filter(|line| !line.starts_with(&link)).collect();
            let old = String::from_utf8_lossy(old);
            let line = new.lines().zip(old.lines()).find(|(new, old)| new != old);
            assert!(new == old, "{path} differs: {line:#?}");
        }
        assert_same(&rebuild(&content([&withdrawn]), &folder), &before);

        let mut removed = withdrawn.clone();
        removed.editions.pop();
        let last = removed.editions.len();
        removed.nodes.iter_mut().for_each(|node| drop(node.sheets.remove(&last)));
        assert_same(&site(&content([&removed])), &before);
    });
}

/// Returns true if `path` is the page of a sheet.
fn is_permalink(path: &str, strategy: &Strategy) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let is_edition = |name: &str| strategy.editions.iter().any(|edition| name == format!("{}.html", edition.id));
    matches!(parts[..], [_, "goals" | "policies" | "programs", _, name] if is_edition(name))
}

#[test]
fn other_units_stay_when_a_unit_or_a_node_is_added() {
    let strategies: Vec<Strategy> = seeds(CASES).map(generate::strategy).collect();
    let [first, others @ ..] = &strategies[..] else { panic!("SHIRUBE_CASES is 0") };
    let all = site(&content(&strategies));
    for other in others {
        let folder = format!("{}/", other.id);
        assert_same(&below(&site(&content([other])), &folder), &below(&all, &folder));
    }
    let mut larger = content(&strategies);
    larger
        .insert(format!("{}/programs/added/program.md", first.id), "+++\nname = \"追加\"\n+++\n追加した事業\n".into());
    let larger = site(&larger);
    let mut changed: Vec<&String> = larger.keys().filter(|path| larger.get(*path) != all.get(*path)).collect();
    assert!(changed.iter().any(|path| path.ends_with("programs/added.html")));
    changed.retain(|path| path.contains('/') && !path.starts_with(&format!("{}/", first.id)));
    assert_eq!(changed, Vec::<&String>::new());
}
