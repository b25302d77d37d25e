//! Builds killed at random moments.

use crate::oracle::random::Rng;
use crate::rebuild::{edit, two_units};
use crate::support::crawl::Crawl;
use crate::support::sites::Site;
use crate::support::{build, seeds, shirube, temp_dir, tree, write};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Content states between which builds are killed, each as a change to [`two_units`].
const CHANGES: [fn(&Path); 5] = [
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

#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn killed_build_leaves_a_consistent_site_and_is_completed() {
    let (_guard, folder) = temp_dir();
    let output = folder.join("output");
    let states: Vec<_> = CHANGES
        .iter()
        .enumerate()
        .map(|(n, change)| {
            let state = folder.join(n.to_string());
            two_units(&state);
            change(&state);
            let start = Instant::now();
            build(&state.join("content"), &state.join("site"));
            (tree(&state.join("site")), state.join("content"), start.elapsed())
        })
        .collect();
    build(&states[0].1, &output);

    let mut current = 0;
    for seed in seeds(20) {
        let mut rng = Rng::from_seed(seed);
        let next = (current + 1 + rng.below(states.len() - 1)) % states.len();
        let (old, ..) = &states[current];
        let (new, content, time) = &states[next];
        let mut command = shirube(&["build"]);
        command.arg("--content").arg(content).arg("--output").arg(&output);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let limit = usize::try_from(time.as_micros()).unwrap();
        std::thread::sleep(Duration::from_micros(rng.below(limit) as u64));
        process.kill().unwrap();
        process.wait().unwrap();

        let interrupted: Site = tree(&output);
        for (path, bytes) in &interrupted {
            let whole = [old, new].iter().any(|site| site.get(path) == Some(bytes));
            assert!(whole, "seed {seed}: {path} is neither the old nor the new version");
        }
        assert_eq!(Crawl::new(&interrupted).reachable_broken_links(), Vec::<String>::new(), "seed {seed}");
        build(content, &output);
        assert!(tree(&output) == *new, "seed {seed}: the next build produces another site");
        current = next;
    }
}
