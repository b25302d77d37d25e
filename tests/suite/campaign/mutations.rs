//! Content changed at random, as by slips of an editor, broken tools and merges: `build` and `check` report errors with
//! their place or succeed, agree with each other, and leave the published site as it was after an error.

use super::{Finished, build_command, must_build, program, run_bounded};
use crate::oracle::random::Rng;
use crate::support::content::Files;
use crate::support::crawl::Crawl;
use crate::support::{root, seeds, temp_dir, tree, write_tree};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// Content folders, relative to the root, and the unit that is kept of those with several large ones.
const CONTENTS: [(&str, Option<&str>); 16] = [
    ("content", Some("hokuto")),
    ("content", Some("kaminoyama")),
    ("content", Some("kitakami")),
    ("content", Some("memuro")),
    ("content", Some("ueda")),
    ("tests/golden/content", None),
    ("tests/golden/years/content", None),
    ("tests/fixtures/error-free", None),
    ("tests/fixtures/lint-free", None),
    ("tests/fixtures/keys", None),
    ("tests/fixtures/cities/a/content", None),
    ("tests/fixtures/cities/b/content", None),
    ("tests/fixtures/cities/c/content", None),
    ("tests/fixtures/cities/d/content", None),
    ("tests/fixtures/cities/e/content", None),
    ("tests/fixtures/cities/f/content", None),
];

/// Rules about a file or folder as a whole, whose errors have a path and no line.
const ABOUT_FILES: [&str; 6] =
    ["misnamed-file", "no-strategy", "unpublishable-file", "unreadable", "linked-file", "not-utf8"];

#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn changed_content_is_published_or_refused_as_a_whole() {
    let (_guard, folder) = temp_dir();
    let seeds: Vec<u64> = seeds(20).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = seeds.len().div_ceil(threads).max(1);
    let outcomes: Vec<Outcome> = seeds
        .par_chunks(share)
        .enumerate()
        .flat_map_iter(|(thread, seeds)| {
            let folder = folder.join(thread.to_string());
            seeds.iter().map(move |seed| mutated(*seed, &folder)).collect::<Vec<_>>()
        })
        .collect();
    let refused = outcomes.iter().filter(|outcome| !outcome.published).count();
    let rules: BTreeSet<&String> = outcomes.iter().flat_map(|outcome| &outcome.rules).collect();
    println!("{} changes, {refused} refused, {} rules of errors", outcomes.len(), rules.len());
    let failures: Vec<&String> = outcomes.iter().flat_map(|outcome| &outcome.failures).collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[derive(Default)]
struct Outcome {
    published: bool,
    rules: BTreeSet<String>,
    failures: Vec<String>,
}

/// Changes content, builds and checks it. The output folder keeps the site of the last successful build.
fn mutated(seed: u64, folder: &Path) -> Outcome {
    let mut rng = Rng::from_seed(seed);
    let index = rng.below(CONTENTS.len());
    let (output, content) = (folder.join(format!("output-{index}")), folder.join("content"));
    let mut files = files(index);
    if !output.exists() {
        write_content(&files, &content);
        must_build(&content, &output);
    }
    let changes: Vec<String> = (0..=rng.below(2)).map(|_| change(&mut rng, &mut files)).collect();
    write_content(&files, &content);
    let context = format!("seed {seed}, {} {:?}: {}", CONTENTS[index].0, CONTENTS[index].1, changes.join(", "));
    let mut outcome = Outcome::default();
    let mut fail = |what: String| outcome.failures.push(format!("{context}: {what}"));

    let before = states(&output);
    let mut check = Command::new(program());
    check.args(["check", "--lang", "en", "--format", "json", "--content"]).arg(&content);
    let mut records = Vec::new();
    for (name, mut command) in [("check", check), ("build", build_command(&content, &output))] {
        let Some(done) = run_bounded(command.current_dir(folder)) else {
            fail(format!("{name} does not end"));
            continue;
        };
        match errors(&done) {
            Ok(errors) => {
                let succeeded = done.status.code() == Some(0);
                if succeeded != errors.is_empty() {
                    fail(format!("{name} ends with {} and {} errors: {}", done.status, errors.len(), done.stderr));
                }
                records.push((succeeded, errors));
            }
            Err(what) => fail(format!("{name}: {what}")),
        }
    }
    if let [(check_ok, check_errors), (build_ok, build_errors)] = records.as_slice() {
        // Only `check` examines drafts, which a change may declare.
        let has_drafts = files.values().any(|bytes| bytes.windows(5).any(|part| part == b"draft"));
        let missing: Vec<&Value> = build_errors.iter().filter(|error| !check_errors.contains(error)).collect();
        if !has_drafts && (check_ok != build_ok || !missing.is_empty()) {
            fail(format!("check and build disagree: {check_ok} {build_ok}, only build: {missing:?}"));
        }
        if !build_ok && states(&output) != before {
            fail("the output was changed in spite of errors".to_owned());
        }
        if *build_ok && seed.is_multiple_of(16) {
            let mut broken = Crawl::new(&tree(&output)).broken();
            // Links of the not-found page begin with the path of `base`.
            broken.retain(|link| !link.starts_with("404.html: "));
            if !broken.is_empty() {
                fail(format!("broken links: {broken:?}"));
            }
        }
        outcome.published = *build_ok;
        outcome.rules = build_errors.iter().filter_map(|error| Some(error["rule"].as_str()?.to_owned())).collect();
    }
    outcome
}

/// The errors that a run reported as JSON.
fn errors(done: &Finished) -> Result<Vec<Value>, String> {
    if !matches!(done.status.code(), Some(0 | 1)) || done.stderr.contains("panicked") {
        return Err(format!("ends with {}: {}", done.status, done.stderr));
    }
    let records =
        done.stdout.lines().map(|line| serde_json::from_str::<Value>(line).map_err(|error| format!("{error}: {line}")));
    let mut errors = records.collect::<Result<Vec<_>, _>>()?;
    errors.retain(|record| record["severity"] == "error");
    for error in &errors {
        let is_about_file = error["rule"].as_str().is_some_and(|rule| ABOUT_FILES.contains(&rule));
        if error["path"].is_null() || error["line"].is_null() && !is_about_file {
            return Err(format!("an error without a place: {error}"));
        }
    }
    Ok(errors)
}

/// Length and time of every file, except those of the program that a refused build may touch.
fn states(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = files.filter(|entry| entry.file_type().is_file() && !entry.path().ends_with(".shirube/lock"));
    files
        .map(|entry| (entry.path().to_owned(), entry.metadata().map(|it| (it.len(), it.modified().unwrap())).unwrap()))
        .collect()
}

fn files(index: usize) -> Files {
    let (folder, unit) = CONTENTS[index];
    let mut files = tree(&root().join(folder));
    files.retain(|path, _| unit.is_none_or(|unit| path.split_once('/').is_none_or(|(top, _)| top == unit)));
    // The golden site shares a theme outside of its content, which the default theme replaces here.
    if let Some(site) = files.get_mut("site.toml") {
        *site = String::from_utf8_lossy(site).replace("theme = \"../theme\"\n", "").into_bytes();
    }
    files
}

fn write_content(files: &Files, content: &Path) {
    if content.exists() {
        std::fs::remove_dir_all(content).unwrap();
    }
    write_tree(files, content);
}

/// Changes one text file; returns what was changed.
fn change(rng: &mut Rng, files: &mut Files) -> String {
    let texts: Vec<String> =
        files.keys().filter(|path| path.ends_with(".md") || path.ends_with(".toml")).cloned().collect();
    let (path, other) = (rng.choose(&texts), rng.choose(&texts));
    let Ok(text) = String::from_utf8(files[&path].clone()) else { return format!("{path} is not text") };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = rng.below(lines.len());
    let with = |index: usize, replacement: &str| {
        let mut lines = lines.clone();
        if let Some(line) = lines.get_mut(index) {
            *line = replacement;
        }
        lines.concat()
    };
    let here = lines.get(line).copied().unwrap_or_default();
    let at = here.floor_char_boundary(rng.below(here.len() + 1));
    let in_line = |replaced: String| with(line, &replaced);
    let (kind, new): (&str, String) = match rng.below(30) {
        0 => ("line removed", with(line, "")),
        1 => ("line repeated", in_line(here.repeat(2))),
        2 => ("line moved", with(line, "") + here),
        3 => ("line repeated many times", in_line(here.repeat(2 + rng.below(3_000)))),
        4 => (
            "character removed",
            in_line(here[..at].to_owned() + here[at..].strip_prefix(|_: char| true).unwrap_or_default()),
        ),
        5 => {
            let inserted = rng.choose(&[
                "\"", "'", "=", "[", "]", "{", "}", "#", "+++", "\\", "　", "０", "\u{0}", "\u{feff}", "|", "`", "<",
                "・", "(",
            ]);
            ("character inserted", in_line(format!("{}{inserted}{}", &here[..at], &here[at..])))
        }
        6 => ("digit changed", in_line(here.replacen(|c: char| c.is_ascii_digit(), &rng.below(10).to_string(), 1))),
        7 => ("digits made full-width", in_line(here.chars().map(full_width).collect())),
        8 => ("year changed", in_line(here.replacen("R", rng.choose(&["H", "S", "R9", "Q", "令和"]), 1))),
        9 => ("truncated", text[..text.floor_char_boundary(rng.below(text.len() + 1))].to_owned()),
        10 => ("emptied", String::new()),
        11 => ("doubled", text.repeat(2)),
        12 => ("another file appended", text.clone() + &String::from_utf8_lossy(&files[&other])),
        13 => ("replaced by another file", String::from_utf8_lossy(&files[&other]).into_owned()),
        14 => ("carriage returns only", text.replace('\n', "\r")),
        15 => ("line ends of Windows", text.replace('\n', "\r\n")),
        16 => ("byte order mark", format!("\u{feff}{text}")),
        17 => ("front matter not closed", text.replacen("\n+++\n", "\n", 1)),
        18 => ("conflict markers", in_line(format!("<<<<<<< HEAD\n{here}=======\nx\n>>>>>>> branch\n"))),
        19 => ("quotes removed", in_line(here.replace('"', ""))),
        20 => ("key changed", in_line(here.replacen(|c: char| c.is_ascii_lowercase(), "z", 1))),
        21 => (
            "value replaced",
            match here.split_once('=') {
                Some((key, _)) => {
                    let value = rng.choose(&[
                        "\"\"",
                        "0",
                        "-1",
                        "true",
                        "[]",
                        "{}",
                        "1e400",
                        "\"../x\"",
                        "\"<b>\"",
                        "1979-05-27",
                        "\"R99\"",
                        "nan",
                        "[1, \"a\"]",
                    ]);
                    in_line(format!("{key}= {value}\n"))
                }
                None => in_line(format!("{here}[x](policy:none) ![y](z.png)\n")),
            },
        ),
        22 => ("a draft or an unknown key added", format!("draft = true\n{text}")),
        23 => {
            files.remove(&path);
            return format!("{path} removed");
        }
        24..=26 => {
            let bytes = files.remove(&path).unwrap_or_default();
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
            let moved = match rng.below(7) {
                0 => format!("{folder}/x{name}"),
                1 => format!("{folder}/{}", name.replace("20", "19")),
                2 => format!("{path}.bak"),
                3 => format!("{folder}/日本/{name}"),
                4 => format!("{folder}/con/{name}"),
                5 => format!("assets/{name}"),
                _ => other.replacen(".md", "-2.md", 1),
            };
            files.insert(moved.trim_start_matches('/').to_owned(), bytes);
            return format!("{path} moved to {moved}");
        }
        27 => {
            let byte = rng.below(text.len());
            if let Some(byte) = files.get_mut(&path).and_then(|bytes| bytes.get_mut(byte)) {
                *byte = 0xff;
            }
            return format!("{path}: not UTF-8");
        }
        28 => {
            ("deep nesting", in_line(format!("{here}{}\n", rng.choose(&["> ", "- ", "*", "[", "(", "{"]).repeat(400))))
        }
        _ => ("long line", in_line(format!("{}{}", "長い".repeat(20_000), here))),
    };
    files.insert(path.clone(), new.into_bytes());
    format!("{path}:{}: {kind}", line + 1)
}

fn full_width(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_u32(0xff10 + digit)).unwrap_or(c)
}
