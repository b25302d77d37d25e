//! A nation: 1,741 municipalities, built at once, again without changes, and after one change.

use super::build_command;
use crate::support::{root, tree, write};
use std::path::Path;
use std::time::{Duration, Instant};
use wait4::Wait4 as _;

/// Number of municipalities of Japan; `SHIRUBE_UNITS` sets another.
const UNITS: usize = 1_741;

#[test]
#[ignore = "takes minutes and gigabytes: cargo xtask campaign nation"]
fn a_nation_is_built_in_bounded_memory() {
    let units = std::env::var("SHIRUBE_UNITS").map_or(UNITS, |text| text.parse().unwrap());
    // On the disk: the temporary folder of the system may be in memory, which is measured.
    let guard = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (content, output) = (guard.path().join("content"), guard.path().join("output"));
    let golden = tree(&root().join("tests/golden/content"));
    // With the default theme.
    write(&content.join("site.toml"), "title = \"国の計画\"\nbase = \"https://www.example.jp/\"\n".as_bytes());
    for unit in 0..units {
        for (path, bytes) in golden.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("aoba/")?, bytes))) {
            let text = String::from_utf8_lossy(bytes).replace("青葉市", &format!("第{unit}市"));
            let bytes =
                if path.ends_with(".toml") || path.ends_with(".md") { text.into_bytes() } else { bytes.clone() };
            write(&content.join(format!("unit-{unit:04}/{path}")), &bytes);
        }
    }
    let clean = measure("clean build", &content, &output);
    let sizes: Vec<u64> = walkdir::WalkDir::new(&output)
        .into_iter()
        .filter_map(|entry| entry.ok()?.metadata().ok().filter(|it| it.is_file()).map(|it| it.len()))
        .collect();
    let (files, bytes) = (sizes.len(), sizes.iter().sum::<u64>());
    println!("nation: {units} units, {files} files, {} MB", bytes / 1_000_000);
    let unchanged = measure("no change", &content, &output);
    let sheet = content.join("unit-0000/policies/1/2023.md");
    let text = std::fs::read_to_string(&sheet).unwrap();
    std::fs::write(&sheet, format!("{text}\n一行。\n")).unwrap();
    let changed = measure("one change", &content, &output);
    let page = std::fs::read_to_string(output.join("unit-0000/policies/1.html")).unwrap();
    assert!(page.contains("一行。"), "the change is not published");
    assert!(files > units * 40, "{files}");
    assert!(clean.1 < 1_000_000_000, "{} bytes of memory", clean.1);
    assert!(unchanged.0 < clean.0 && changed.0 < clean.0, "an incremental build takes longer than a clean one");
}

/// Time and greatest memory in bytes of a build.
fn measure(name: &str, content: &Path, output: &Path) -> (Duration, u64) {
    let start = Instant::now();
    let child = build_command(content, output)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let used = child.wait4().unwrap();
    let time = start.elapsed();
    assert!(used.status.success(), "{name}: {}", used.status);
    let memory = used.rusage.maxrss;
    println!("nation: {name}: {:.1} s, {} MB", time.as_secs_f64(), memory / 1_000_000);
    (time, memory)
}
