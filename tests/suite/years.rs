//! A fictitious city over several years: three final editions, an interim report, a draft.
//!
//! `golden/years/content` contains all of them; each state of the site is the same folder without later editions. From
//! year to year definitions, targets, figures, names, departments, scales, evaluators and programs change.
//!
//! - `golden/years/statements.txt`: texts that the pages of each state must or must not contain;
//! - `golden/years/site`: the text of the pages of the last state without the draft.

use crate::support::{assert_golden, build, copy, page_text, root, temp_dir, tree, write};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// A state of the site: its letter in `statements.txt`, and its editions.
struct State {
    letter: &'static str,
    editions: &'static [&'static str],
    draft: bool,
}

const STATES: [State; 6] = [
    State { letter: "a", editions: &["2021"], draft: false },
    State { letter: "b", editions: &["2021", "2022"], draft: false },
    State { letter: "c", editions: &["2021", "2022", "2023"], draft: false },
    State { letter: "d", editions: &["2021", "2022", "2023", "2024-interim"], draft: false },
    State { letter: "e", editions: &["2021", "2022", "2023", "2024-interim", "2024"], draft: true },
    // As the previous state, with the draft published.
    State { letter: "f", editions: &["2021", "2022", "2023", "2024-interim", "2024"], draft: false },
];

/// The files of the site in every state, by letter.
static SITES: LazyLock<BTreeMap<&str, BTreeMap<String, Vec<u8>>>> =
    LazyLock::new(|| STATES.iter().map(|state| (state.letter, site(state))).collect());

fn site(state: &State) -> BTreeMap<String, Vec<u8>> {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    copy(&root().join("tests/golden/years/content"), &content);
    state.remove_later_content(&content.join("shiranami"));
    build(&content, &folder.join("output"));
    tree(&folder.join("output"))
}

impl State {
    /// Removes content that belongs to no edition of this state.
    fn remove_later_content(&self, strategy: &Path) {
        let change = |file: &Path, edit: &dyn Fn(&str) -> String| {
            let text = std::fs::read_to_string(file).unwrap();
            write(file, edit(&text).as_bytes());
        };
        let files: Vec<String> = tree(strategy).into_keys().collect();
        let stem = |file: &str| file.rsplit_once('/').unwrap_or(("", file)).1.split('.').next().unwrap().to_owned();
        let is_node_file = |file: &str| ["goal", "policy", "program", "strategy"].contains(&stem(file).as_str());
        for file in files.iter().filter(|file| !is_node_file(file) && !self.editions.contains(&stem(file).as_str())) {
            std::fs::remove_file(strategy.join(file)).unwrap();
        }
        change(&strategy.join("strategy.toml"), &|text| {
            let mut blocks = text.split("[[edition]]\n");
            let first = blocks.next().unwrap().to_owned();
            let kept =
                blocks.filter(|block| self.editions.iter().any(|id| block.starts_with(&format!("id = \"{id}\""))));
            kept.fold(first, |text, block| text + "[[edition]]\n" + block)
        });
        if !self.draft && strategy.join("editions/2024.toml").exists() {
            change(&strategy.join("editions/2024.toml"), &|text| text.replace("draft = true\n", ""));
        }
        // Programs without sheets did not exist yet in this state; their rows are removed as well.
        for folder in files.iter().filter_map(|file| file.strip_suffix("/program.md")) {
            if std::fs::read_dir(strategy.join(folder)).unwrap().count() == 1 {
                std::fs::remove_dir_all(strategy.join(folder)).unwrap();
            }
        }
        for policy in files.iter().filter(|file| file.ends_with("/policy.md")) {
            change(&strategy.join(policy), &|text| {
                let mut rows = text.split("[[program]]\n");
                let first = rows.next().unwrap().to_owned();
                let id = |row: &str| row.split('"').nth(1).unwrap().to_owned();
                let kept = rows.filter(|row| strategy.join("programs").join(id(row)).exists());
                kept.fold(first, |text, row| text + "[[program]]\n" + row)
            });
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Each line of `statements.txt` contains a state, a page and a text that the page must contain (ignoring whitespace),
/// or with `!` must not contain. `SHOW_STATEMENTS=1` prints the lines with their results as a table.
#[test]
fn pages_of_each_state_contain_the_listed_statements() {
    let lines = std::fs::read_to_string(root().join("tests/golden/years/statements.txt")).unwrap();
    let mut wrong = Vec::new();
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut parts = line.splitn(3, ' ');
        let (Some(state), Some(path), Some(expected)) = (parts.next(), parts.next(), parts.next()) else {
            panic!("{line}: not of the form `state page statement`");
        };
        let page = SITES[state].get(&format!("{path}.html")).unwrap_or_else(|| panic!("{line}: no such page"));
        let text = squeezed(&page_text(page));
        let (expected, required) = expected.strip_prefix('!').map_or((expected, true), |expected| (expected, false));
        let is_found = text.contains(&squeezed(expected));
        if std::env::var_os("SHOW_STATEMENTS").is_some() {
            let not = if required { "" } else { "not: " };
            println!("| {state} {path} | {not}{expected} | {} |", if is_found { expected } else { "(not found)" });
        }
        if is_found != required {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn last_state_without_the_draft_matches_the_golden_text() {
    let pages = SITES["d"].iter().filter_map(|(path, bytes)| {
        // The print document repeats the text of all other pages.
        let name = path.strip_suffix(".html").filter(|name| !name.ends_with("/print"))?;
        Some((format!("{name}.txt"), page_text(bytes).into_bytes()))
    });
    assert_golden(&root().join("tests/golden/years/site"), &pages.collect());
}

#[test]
fn draft_changes_no_byte_of_the_site() {
    let (without_draft, with_draft) = (&SITES["d"], &SITES["e"]);
    assert_eq!(without_draft.keys().collect::<Vec<_>>(), with_draft.keys().collect::<Vec<_>>());
    for (path, bytes) in with_draft {
        assert!(without_draft[path] == *bytes, "{path}");
    }
    // The texts below occur once the draft is published.
    let contains_text = |site: &BTreeMap<String, Vec<u8>>, text: &str| {
        site.values().any(|bytes| String::from_utf8_lossy(bytes).contains(text))
    };
    for text in ["77,772", "97,777", "未公表"] {
        assert!(!contains_text(with_draft, text) && contains_text(&SITES["f"], text), "{text}");
    }
}
