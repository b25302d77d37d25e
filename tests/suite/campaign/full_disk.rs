//! Output folders on a full or read-only disk: the site stays as it was, and the next build with space completes it.
//!
//! They need a file system of their own. Where it cannot be mounted, because the user is not root, the test says so and ends.

use super::{Reader, Versions, build_command, must_build, run_bounded};
use crate::kill::{CHANGES, state};
use crate::oracle::random::Rng;
use crate::support::{seeds, temp_dir, tree};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system in memory, unmounted when dropped.
struct Disk(PathBuf);

impl Disk {
    /// Mounts it with a size in kilobytes; `None` if that is not permitted.
    fn mount(folder: &Path, size: usize) -> Option<Self> {
        std::fs::create_dir_all(folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}k"), "tmpfs"]).arg(folder);
        let done = cfg!(target_os = "linux") && mount.output().is_ok_and(|done| done.status.success());
        done.then(|| Self(folder.to_owned()))
    }

    fn remount(&self, options: &str) {
        let mut mount = Command::new("mount");
        assert!(mount.args(["-o", &format!("remount,{options}")]).arg(&self.0).status().unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[test]
#[ignore = "needs root, takes minutes: cargo xtask campaign"]
fn a_full_or_read_only_disk_leaves_the_site_as_it_was() {
    let (_guard, folder) = temp_dir();
    let contents: Vec<PathBuf> = (0..CHANGES.len()).map(|index| state(index, &folder)).collect();
    let sites: Vec<_> = contents
        .iter()
        .enumerate()
        .map(|(index, content)| {
            let output = folder.join(format!("site-{index}"));
            must_build(content, &output);
            tree(&output)
        })
        .collect();
    let versions = Versions::of(&sites);
    let (mut full, mut cases) = (0, 0);
    for seed in seeds(10) {
        let mut rng = Rng::from_seed(seed);
        let (old, new) = (rng.below(sites.len()), rng.below(sites.len()));
        let Some(disk) = Disk::mount(&folder.join("disk"), 64_000) else {
            println!("skipped: no file system can be mounted");
            return;
        };
        let output = disk.0.join("site");
        let is_read_only = seed.is_multiple_of(5);
        must_build(&contents[old], &output);
        if is_read_only {
            disk.remount("ro");
        } else {
            // Between no space at all and enough for the staged files.
            let used = used_kilobytes(&disk.0);
            disk.remount(&format!("size={}k", used + rng.below(2_600)));
        }
        let done = run_bounded(&mut build_command(&contents[new], &output)).expect("the build ends");
        let context = format!("seed {seed}: {old} to {new}, read-only {is_read_only}: {}{}", done.stdout, done.stderr);
        assert!(matches!(done.status.code(), Some(0 | 1)) && !done.stderr.contains("panicked"), "{context}");
        let expected = if done.status.success() { new } else { old };
        assert!(tree(&output) == sites[expected], "{context}: the site was changed");
        let mut reader = Reader::new(&output, &versions);
        reader.crawl();
        assert_eq!(reader.faults, Vec::<String>::new(), "{context}");
        if !done.status.success() {
            let message: serde_json::Value =
                serde_json::from_str(done.stdout.lines().next().unwrap_or_default()).expect(&context);
            assert!(
                message["message"].as_str().is_some_and(|text| text.contains(output.to_str().unwrap())),
                "{context}"
            );
            full += 1;
        }
        disk.remount("rw,size=64000k");
        must_build(&contents[new], &output);
        assert!(tree(&output) == sites[new], "{context}: the next build produces another site");
        cases += 1;
    }
    println!("{cases} disks, {full} too small or read-only");
}

fn used_kilobytes(disk: &Path) -> usize {
    let done = Command::new("df").args(["--output=used", "-k"]).arg(disk).output().unwrap();
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    text.lines().nth(1).and_then(|line| line.trim().parse().ok()).expect("df prints the used kilobytes")
}
