//! The rules of `docs/statements.md` once more, naively, and compared with the pages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod generate;
mod model;
mod random;
mod value;
mod write;

#[path = "../support/mod.rs"]
mod support;

#[test]
fn writes() {
    let cities: Vec<_> = (0..300).map(generate::city).collect();
    let path = std::path::Path::new("/tmp/oracle-try");
    let _ = std::fs::remove_dir_all(path);
    write::write(&cities, &path.join("content"));
    let output = support::run_build(&path.join("content"), &path.join("output"));
    println!("{}", String::from_utf8_lossy(&output.stderr));
}
