//! The same content in other environments gives the same bytes: threads, locale, time zone, folder, `umask`, order and
//! times of the files, missing variables.

use super::{program, run_bounded};
use crate::oracle::random::Rng;
use crate::rebuild::two_units;
use crate::support::{seeds, temp_dir, tree, write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn output_is_independent_of_the_environment() {
    let (_guard, folder) = temp_dir();
    two_units(&folder.join("original"));
    let expected = build_in(&folder.join("original"), &folder.join("expected"), Command::new(program()));
    let (site, package) = (tree(&folder.join("original")), records(&folder.join("expected")));
    for seed in seeds(10) {
        let mut rng = Rng::from_seed(seed);
        let name =
            rng.choose(&["x", "日本 語", "a b", "%41", "very-long-name-very-long-name-very-long-name-very-long-name"]);
        let copy = folder.join(seed.to_string()).join(name);
        write_in_random_order(&mut rng, &site, &copy);
        let (command, environment) = command(&mut rng);
        let output = folder.join(format!("output-{seed}"));
        let actual = build_in(&copy, &output, command);
        let differing: Vec<&String> =
            expected.keys().chain(actual.keys()).filter(|path| expected.get(*path) != actual.get(*path)).collect();
        assert!(differing.is_empty(), "seed {seed}: {differing:?} differ with {environment}");
        assert_eq!(records(&output), package, "seed {seed}: the manifest differs with {environment}");
        std::fs::remove_dir_all(&output).unwrap();
    }
}

/// The manifest, which lists the hash of each file.
fn records(output: &Path) -> String {
    std::fs::read_to_string(output.join(".shirube/manifest")).unwrap()
}

/// Builds the content of `site` with paths relative to a random working directory.
fn build_in(site: &Path, output: &Path, mut command: Command) -> std::collections::BTreeMap<String, Vec<u8>> {
    command.args(["build", "--content"]).arg(site.join("content")).arg("--output").arg(output);
    let done = run_bounded(&mut command).expect("the build ends");
    assert!(done.status.success(), "{}{}", done.stdout, done.stderr);
    tree(output)
}

/// The program in a random environment, and its description.
fn command(rng: &mut Rng) -> (Command, String) {
    let umask = rng.choose(&["000", "022", "027", "077"]);
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")]).arg(program());
        shell
    } else {
        Command::new(program())
    };
    let threads = rng.choose(&["1", "2", "3", "7", "16"]);
    let locale = rng.choose(&["C", "POSIX", "ja_JP.UTF-8", "tr_TR.UTF-8", "de_DE", "xx", ""]);
    let zone = rng.choose(&["UTC", "Asia/Tokyo", "America/St_Johns", "Pacific/Kiritimati", "nowhere", ""]);
    let folder = rng.choose(&["/", "/usr", "/tmp"]);
    if rng.percent(40) {
        command.env_clear();
    }
    if rng.percent(50) {
        command.env_remove("HOME").env_remove("USER").env_remove("XDG_CACHE_HOME");
    }
    for (name, value) in [("RAYON_NUM_THREADS", threads), ("LC_ALL", locale), ("LANG", locale), ("TZ", zone)] {
        command.env(name, value);
    }
    for (name, value) in
        [("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "20"), ("SOURCE_DATE_EPOCH", "0"), ("CI", "true")]
    {
        if rng.percent(30) {
            command.env(name, value);
        }
    }
    if cfg!(unix) {
        command.current_dir(folder);
    }
    let described = format!("{threads} threads, locale {locale:?}, time zone {zone:?}, umask {umask}, in {folder}");
    (command, described)
}

/// Writes files in a random order, with random times.
fn write_in_random_order(rng: &mut Rng, files: &std::collections::BTreeMap<String, Vec<u8>>, folder: &Path) {
    let mut paths: Vec<&String> = files.keys().collect();
    while !paths.is_empty() {
        let path = paths.swap_remove(rng.below(paths.len()));
        write(&folder.join(path), &files[path]);
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(rng.below(4_000_000_000) as u64);
        std::fs::File::options().write(true).open(folder.join(path)).unwrap().set_modified(time).unwrap();
    }
}
