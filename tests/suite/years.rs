//! A made-up city over the years: three final editions, an interim report, a draft.
//!
//! `golden/years/content` holds all of them; each state in which the site once stood is the same folder
//! without what came later. Between the years everything changes that can: definitions, targets, figures,
//! names, departments, scales, judges, programs.
//!
//! - `golden/years/statements.txt`: what the pages of each state say, and what they must not say;
//! - `golden/years/site`: the words of the pages of the last published state.

use crate::support::{assert_golden, build, copy, root, temporary, tree, words, write};
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
    // The draft is published after all.
    State { letter: "f", editions: &["2021", "2022", "2023", "2024-interim", "2024"], draft: false },
];

/// The files of the site in every state.
static SITES: LazyLock<BTreeMap<&str, BTreeMap<String, Vec<u8>>>> =
    LazyLock::new(|| STATES.iter().map(|state| (state.letter, site(state))).collect());

fn site(state: &State) -> BTreeMap<String, Vec<u8>> {
    let (_guard, folder) = temporary();
    let content = folder.join("content");
    copy(&root().join("tests/golden/years/content"), &content);
    state.leave(&content.join("shiranami"));
    build(&content, &folder.join("output"));
    tree(&folder.join("output"))
}

impl State {
    /// Takes away what is of no edition of this state.
    fn leave(&self, strategy: &Path) {
        let change = |file: &Path, to: &dyn Fn(&str) -> String| {
            let text = std::fs::read_to_string(file).unwrap();
            write(file, to(&text).as_bytes());
        };
        let files: Vec<String> = tree(strategy).into_keys().collect();
        let stem = |file: &str| file.rsplit_once('/').unwrap_or(("", file)).1.split('.').next().unwrap().to_owned();
        let of_node = |file: &str| ["goal", "policy", "program", "strategy"].contains(&stem(file).as_str());
        for file in files.iter().filter(|file| !of_node(file) && !self.editions.contains(&stem(file).as_str())) {
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
        // A program that no edition had told of was not there yet, nor was its row.
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

/// Each line names a state, a page and what it says, blanks apart; with `!` before it, what it must not
/// say. `SAID=1` prints the lines with what was found, as a table.
#[test]
fn each_state_says_what_its_editions_say() {
    let lines = std::fs::read_to_string(root().join("tests/golden/years/statements.txt")).unwrap();
    let mut wrong = Vec::new();
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut parts = line.splitn(3, ' ');
        let (Some(state), Some(path), Some(said)) = (parts.next(), parts.next(), parts.next()) else {
            panic!("{line}: state, page, statement");
        };
        let page = SITES[state].get(&format!("{path}.html")).unwrap_or_else(|| panic!("{line}: no such page"));
        let text = squeezed(&words(page));
        let (said, meant) = said.strip_prefix('!').map_or((said, true), |said| (said, false));
        let found = text.contains(&squeezed(said));
        if std::env::var_os("SAID").is_some() {
            let not = if meant { "" } else { "not: " };
            println!("| {state} {path} | {not}{said} | {} |", if found { said } else { "(not said)" });
        }
        if found != meant {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_words_of_the_last_published_state() {
    let pages = SITES["d"].iter().filter_map(|(path, bytes)| {
        // The page for paper holds the words of all others once more.
        let name = path.strip_suffix(".html").filter(|name| !name.ends_with("/print"))?;
        Some((format!("{name}.txt"), words(bytes).into_bytes()))
    });
    assert_golden(&root().join("tests/golden/years/site"), &pages.collect());
}

#[test]
fn a_draft_changes_no_byte() {
    let (without, with) = (&SITES["d"], &SITES["e"]);
    assert_eq!(without.keys().collect::<Vec<_>>(), with.keys().collect::<Vec<_>>());
    for (path, bytes) in with {
        assert!(without[path] == *bytes, "{path}");
    }
    // They would be found: the same edition, published.
    let told = |site: &BTreeMap<String, Vec<u8>>, words: &str| {
        site.values().any(|bytes| String::from_utf8_lossy(bytes).contains(words))
    };
    for words in ["77,772", "97,777", "未公表"] {
        assert!(!told(with, words) && told(&SITES["f"], words), "{words}");
    }
}
