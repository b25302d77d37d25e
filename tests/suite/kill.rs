//! The real binary, killed at some moment of a build.

use crate::oracle::random::Chance;
use crate::rebuild::{edit, two_units};
use crate::support::crawl::Crawl;
use crate::support::sites::Site;
use crate::support::{build, campaign, copy, shirube, temporary, tree};
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
#[ignore = "takes minutes: cargo xtask campaign"]
fn a_killed_build_leaves_whole_files_and_links_and_the_next_completes_it() {
    let (_guard, folder) = temporary();
    let (before, after, output) = (folder.join("before"), folder.join("after"), folder.join("output"));
    two_units(&before);
    two_units(&after);
    edit(&after, "content/midori/policies/1/policy.md", "公共交通の充実", "バスの充実");
    edit(&after, "content/aoba/strategy.toml", "title = \"", "title = \"新・");
    fs::remove_file(after.join("content/midori/policies/2/2023.md")).unwrap();
    copy(&after.join("content/aoba"), &after.join("content/wakaba"));
    let states = [before, after].map(|state| {
        let begun = Instant::now();
        build(&state.join("content"), &state.join("site"));
        (tree(&state.join("site")), state.join("content"), begun.elapsed())
    });
    build(&states[0].1, &output);

    for (case, seed) in campaign(20).enumerate() {
        let [(old, ..), (new, content, time)] = [&states[case % 2], &states[(case + 1) % 2]];
        let mut command = shirube(&["build"]);
        command.arg("--content").arg(content).arg("--output").arg(&output);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let limit = usize::try_from(time.as_micros()).unwrap();
        std::thread::sleep(Duration::from_micros(Chance::of(seed).below(limit) as u64));
        process.kill().unwrap();
        process.wait().unwrap();

        let left: Site = tree(&output);
        for (path, bytes) in &left {
            let whole = [old, new].iter().any(|site| site.get(path) == Some(bytes));
            assert!(whole, "seed {seed}: {path} is neither the old nor the new one");
        }
        // The theme of this site has no places to which some of its links lead, on whole sites either.
        let known: Vec<String> = [old, new].iter().flat_map(|site| Crawl::of(site).broken()).collect();
        let broken: Vec<_> = Crawl::of(&left).broken().into_iter().filter(|link| !known.contains(link)).collect();
        assert_eq!(broken, Vec::<String>::new(), "seed {seed}");
        build(content, &output);
        assert!(tree(&output) == *new, "seed {seed}: the next build makes another site");
    }
}
