//! Kept inputs: `tests/fuzz/TARGET/`, one file each.

use std::fs;
use std::path::PathBuf;

fn folder(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(target)
}

/// The inputs of a target, in the order of their names.
pub(super) fn read(target: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder(target)).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Adds an input, named after its content.
pub(super) fn add(target: &str, input: &[u8]) {
    let name = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(input));
    fs::create_dir_all(folder(target)).unwrap();
    fs::write(folder(target).join(name), input).unwrap();
}
