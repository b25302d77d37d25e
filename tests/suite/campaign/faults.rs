//! Builds killed, or refused by the system, at each of their operations on files, while a reader follows all links.
//!
//! `strace` injects the faults into the real program, also into operations within libraries. Where it is missing or not
//! permitted, the test says so and ends; `publish/tests` injects faults at the operations of publishing on every system.

use super::{Reader, Versions, build_command, must_build, program, run_bounded};
use crate::kill::{CHANGES, state};
use crate::support::crawl::Crawl;
use crate::support::sites::Site;
use crate::support::{copy, seeds, temp_dir, tree};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

/// Operations that change files or write to them. `openat` is not among them: it also loads the program itself.
const OPERATIONS: [&str; 7] = [
    "write,writev,pwrite64",
    "rename,renameat,renameat2",
    "mkdir,mkdirat",
    "unlink,unlinkat,rmdir",
    "fsync,fdatasync,syncfs",
    "flock",
    "ftruncate,fallocate",
];

/// Distance of the operations that follow each other, a prime, so that all come up.
const STRIDE: usize = 2_411;

/// What happens at an operation: an end of the program, or an error, once or from then on.
const FAULTS: [(&str, bool); 7] = [
    ("signal=KILL", false),
    ("error=ENOSPC", false),
    ("error=ENOSPC", true),
    ("error=EIO", false),
    ("error=EIO", true),
    ("error=EACCES", false),
    ("error=EACCES", true),
];

/// Contents, their complete sites, and their folders.
struct States {
    contents: Vec<PathBuf>,
    sites: Vec<Site>,
    outputs: Vec<PathBuf>,
}

impl States {
    fn new(folder: &Path) -> Self {
        let mut states = Self { contents: Vec::new(), sites: Vec::new(), outputs: Vec::new() };
        for index in 0..CHANGES.len() {
            let content = state(index, folder);
            let output = folder.join(format!("site-{index}"));
            must_build(&content, &output);
            states.sites.push(tree(&output));
            states.contents.push(content);
            states.outputs.push(output);
        }
        states
    }
}

#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn a_fault_at_any_file_operation_leaves_a_complete_site() {
    if !can_inject() {
        println!("skipped: strace is missing or not permitted");
        return;
    }
    let (_guard, folder) = temp_dir();
    let states = States::new(&folder);
    let versions = Versions::of(&states.sites);
    let transitions: Vec<(usize, usize)> = (0..CHANGES.len())
        .flat_map(|old| (0..CHANGES.len()).map(move |new| (old, new)))
        .filter(|(old, new)| old != new)
        .collect();
    let (mut operations, mut files, mut applied) = (BTreeMap::new(), 0, 0);
    for seed in seeds(20) {
        // Consecutive seeds go through all faults, then all transitions, then operations far from each other.
        let number = usize::try_from(seed).unwrap();
        let (fault, lasting) = FAULTS[number % FAULTS.len()];
        let (old, new) = transitions[number / FAULTS.len() % transitions.len()];
        let output = folder.join("output");
        let operations = operations.entry((old, new)).or_insert_with(|| {
            renew(&states.outputs[old], &output);
            find_operations(&states.contents[new], &output)
        });
        let round = number / FAULTS.len() / transitions.len();
        let (group, nth) = operations[(round * STRIDE + number * 17) % operations.len()];
        renew(&states.outputs[old], &output);
        let when = if lasting { format!("{nth}+") } else { nth.to_string() };
        let injection = format!("inject={group}:{fault}:when={when}");
        let context = format!("seed {seed}: {old} to {new}, {injection}");

        let done = AtomicBool::new(false);
        let (read, faults, finished) = std::thread::scope(|scope| {
            let reader = scope.spawn(|| Reader::new(&output, &versions).read_until(&done));
            let finished = run_bounded(&mut traced(&["-e", &injection], &states.contents[new], &output));
            done.store(true, Ordering::Relaxed);
            let (read, faults) = reader.join().unwrap();
            (read, faults, finished)
        });
        let finished = finished.unwrap_or_else(|| panic!("{context}: does not end"));
        files += read;
        assert_eq!(faults, Vec::<String>::new(), "{context}");
        assert!(!finished.stderr.contains("panicked"), "{context}: {}", finished.stderr);
        let site = tree(&output);
        for (path, bytes) in &site {
            let is_whole = [old, new].iter().any(|state| states.sites[*state].get(path) == Some(bytes));
            assert!(is_whole, "{context}: {path} is neither the old nor the new version");
        }
        assert_eq!(Crawl::new(&site).reachable_broken_links(), Vec::<String>::new(), "{context}");
        if finished.status.success() {
            assert!(site == states.sites[new], "{context}: reports success without publishing");
        } else {
            applied += 1;
        }
        must_build(&states.contents[new], &output);
        assert!(tree(&output) == states.sites[new], "{context}: the next build produces another site");
    }
    let (count, transitions) = (operations.values().map(Vec::len).sum::<usize>(), operations.len());
    println!(
        "{applied} faults had an effect; {count} operations of {transitions} transitions; the reader read {files} files"
    );
}

/// Replaces the output folder by a copy of a finished one, with its records.
fn renew(from: &Path, output: &Path) {
    if output.exists() {
        std::fs::remove_dir_all(output).unwrap();
    }
    copy(from, output);
    copy(&from.join(".shirube"), &output.join(".shirube"));
}

/// The operations of a build on files, as a group of operations and a number within the group, counted in the thread with
/// the most of them, as `strace` counts.
fn find_operations(content: &Path, output: &Path) -> Vec<(&'static str, usize)> {
    let (log, copied) = (output.with_extension("log"), output.with_extension("copy"));
    renew(output, &copied);
    let count = |group: &str| {
        renew(&copied, output);
        let mut command = traced(&["-o", log.to_str().unwrap(), "-e", &format!("trace={group}")], content, output);
        assert!(run_bounded(&mut command).expect("the build ends").status.success());
        let mut threads: BTreeMap<String, usize> = BTreeMap::new();
        for line in std::fs::read_to_string(&log).unwrap().lines().filter(|line| line.contains('(')) {
            *threads.entry(line.split(' ').next().unwrap_or_default().to_owned()).or_default() += 1;
        }
        threads.into_values().max().unwrap_or_default()
    };
    OPERATIONS.into_iter().flat_map(|group| (1..=count(group)).map(move |nth| (group, nth))).collect()
}

/// A build under `strace`.
fn traced(options: &[&str], content: &Path, output: &Path) -> Command {
    let build = build_command(content, output);
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(options);
    if !options.contains(&"-o") {
        command.args(["-o", "/dev/null"]);
    }
    // With one thread, the order of operations is the same in each run.
    command.arg(program()).args(build.get_args()).env("RAYON_NUM_THREADS", "1");
    command
}

fn can_inject() -> bool {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", "inject=mkdir:error=ENOSPC:when=99", "true"]);
    cfg!(target_os = "linux") && command.stdin(Stdio::null()).output().is_ok_and(|done| done.status.success())
}
