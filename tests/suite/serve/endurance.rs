//! A long day at the desk.

use super::preview::{POLICY, Preview};
use std::time::{Duration, Instant};

const SAVES: usize = 500;

#[test]
#[ignore = "measures time and memory: cargo xtask campaign"]
fn after_500_saves_the_last_is_shown_and_memory_has_not_grown() {
    let preview = Preview::start();
    let mut open = preview.listen();
    let text = preview.read("mura/policies/1/policy.md");
    let begun = Instant::now();
    let mut early = 0;
    for save in 1..=SAVES {
        preview.save("mura/policies/1/policy.md", &text.replace("橋の点検", &format!("保存{save}回目")));
        open.wait_for(&preview, POLICY, &format!("保存{save}回目"));
        if save == SAVES / 10 {
            early = memory(&preview);
        }
    }
    let late = memory(&preview);
    assert!(begun.elapsed() < Duration::from_secs(150), "{:?}", begun.elapsed());
    // What the allocator keeps for later is not always the same.
    assert!(late < early + 4_096, "{early} kB after {} saves, {late} kB after {SAVES}", SAVES / 10);
}

#[test]
fn of_500_saves_without_a_pause_the_last_is_shown() {
    let preview = Preview::start();
    let mut open = preview.listen();
    let text = preview.read("mura/policies/1/policy.md");
    for save in 1..=SAVES {
        preview.save("mura/policies/1/policy.md", &text.replace("橋の点検", &format!("保存{save}回目")));
    }
    open.wait_for(&preview, POLICY, &format!("保存{SAVES}回目"));
}

/// The memory in use, in kB; 0 where the system does not say.
fn memory(preview: &Preview) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", preview.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
