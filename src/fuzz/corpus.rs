//! Kept inputs: `tests/fuzz/TARGET/`, one file each.

use std::fs;
use std::path::{Path, PathBuf};

fn folder(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(target)
}

/// The inputs of a target, in the order of their names.
pub(super) fn read(target: &str) -> Vec<Vec<u8>> {
    paths(target).iter().map(|path| fs::read(path).unwrap()).collect()
}

fn paths(target: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(target)).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Removes the inputs, named by their content, for which `is_needed` returns false. Short inputs come first. Those that were
/// written by hand, or for a fault, have other names and are kept.
pub(super) fn prune(target: &str, mut is_needed: impl FnMut(&[u8]) -> bool) {
    let mut inputs: Vec<(PathBuf, Vec<u8>)> =
        paths(target).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    inputs.sort_by_key(|(path, input)| (is_generated(path), input.len()));
    for (path, input) in inputs {
        if !is_needed(&input) && is_generated(&path) {
            fs::remove_file(path).unwrap();
        }
    }
}

fn is_generated(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Adds an input, named after its content.
pub(super) fn add(target: &str, input: &[u8]) {
    let name = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(input));
    fs::create_dir_all(folder(target)).unwrap();
    fs::write(folder(target).join(name), input).unwrap();
}
