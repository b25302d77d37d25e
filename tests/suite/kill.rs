//! Builds killed at random moments, while a reader follows all links.

use crate::campaign::{Reader, Versions, build_command, must_build};
use crate::oracle::random::Rng;
use crate::rebuild::{edit, two_units};
use crate::support::crawl::Crawl;
use crate::support::sites::Site;
use crate::support::{seeds, temp_dir, tree, write};
use std::fs;
use std::io::Write as _;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Content states between which builds are killed, each as a change to [`two_units`].
pub(crate) const CHANGES: [fn(&Path); 5] = [
    |_| (),
    |site| {
        edit(site, "content/midori/policies/1/policy.md", "公共交通の充実", "バスの充実");
        edit(site, "content/aoba/strategy.toml", "title = \"", "title = \"新・");
    },
    |site| {
        let edition = "[[edition]]\nid = \"2030\"\nyear = \"R12\"\nlabel = \"令和12年度\"\n";
        fs::OpenOptions::new()
            .append(true)
            .open(site.join("content/aoba/strategy.toml"))
            .and_then(|mut file| file.write_all(edition.as_bytes()))
            .unwrap();
        write(&site.join("content/aoba/policies/1/2030.md"), b"+++\n+++\n");
    },
    |site| fs::remove_file(site.join("content/midori/policies/2/2023.md")).unwrap(),
    |site| fs::rename(site.join("content/midori"), site.join("content/wakaba")).unwrap(),
];

/// The content folder of the state `index`, which is written to `folder`.
pub(crate) fn state(index: usize, folder: &Path) -> PathBuf {
    let state = folder.join(index.to_string());
    two_units(&state);
    CHANGES[index](&state);
    state.join("content")
}

#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn killed_build_leaves_a_consistent_site_and_is_completed() {
    let (_guard, folder) = temp_dir();
    let output = folder.join("output");
    let states: Vec<_> = (0..CHANGES.len())
        .map(|index| {
            let (content, site) = (state(index, &folder), folder.join(index.to_string()).join("site"));
            let start = Instant::now();
            must_build(&content, &site);
            (tree(&site), content, start.elapsed())
        })
        .collect();
    let versions = Versions::of(states.iter().map(|(site, ..)| site));
    must_build(&states[0].1, &output);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| Reader::new(&output, &versions).read_until(&done));
        let killed = std::panic::catch_unwind(AssertUnwindSafe(|| kill_builds(&states, &output)));
        done.store(true, Ordering::Relaxed);
        let (files, faults) = reader.join().unwrap();
        if let Err(panic) = killed {
            std::panic::resume_unwind(panic);
        }
        println!("the reader read {files} files");
        assert_eq!(faults, Vec::<String>::new());
    });
}

/// Kills a build of a random state for each seed, and completes it.
fn kill_builds(states: &[(Site, PathBuf, Duration)], output: &Path) {
    let mut current = 0;
    for seed in seeds(20) {
        let mut rng = Rng::from_seed(seed);
        let next = (current + 1 + rng.below(states.len() - 1)) % states.len();
        let (old, ..) = &states[current];
        let (new, content, time) = &states[next];
        let mut process = build_command(content, output).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let limit = usize::try_from(time.as_micros()).unwrap();
        std::thread::sleep(Duration::from_micros(rng.below(limit) as u64));
        process.kill().unwrap();
        process.wait().unwrap();

        let interrupted: Site = tree(output);
        for (path, bytes) in &interrupted {
            let whole = [old, new].iter().any(|site| site.get(path) == Some(bytes));
            assert!(whole, "seed {seed}: {path} is neither the old nor the new version");
        }
        assert_eq!(Crawl::new(&interrupted).reachable_broken_links(), Vec::<String>::new(), "seed {seed}");
        must_build(content, output);
        assert!(tree(output) == *new, "seed {seed}: the next build produces another site");
        current = next;
    }
}
