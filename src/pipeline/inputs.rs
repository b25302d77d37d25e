//! Everything of which a part of the site is made, as one number: the program, and all files
//! that it was made from, byte for byte.

use super::{Failure, Ground};
use crate::content::{Files, folder};
use crate::publish::UnitRecord;
use std::io::Read;
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// The hash of what all units are made with: the program, what they share, and the theme.
pub(super) fn of_ground(program: u128, ground: &Ground<'_>) -> u128 {
    let mut hash = Hash(Xxh3::new());
    hash.0.update(&program.to_le_bytes());
    hash.list(ground.sources.count());
    for (_, source) in ground.sources.iter() {
        hash.add(source.path.as_bytes());
        hash.add(source.text.as_bytes());
    }
    hash.list(ground.own.len());
    for file in &ground.own {
        hash.add(file.path.as_bytes());
        hash.add(&file.bytes);
    }
    hash.0.digest128()
}

/// The hash of the program, which need not be in memory all at once. `None` where it cannot read itself.
pub(super) fn of_program() -> Option<u128> {
    let mut program = std::env::current_exe().and_then(std::fs::File::open).ok()?;
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match program.read(&mut buffer).ok()? {
            0 => return Some(hash.digest128()),
            length => hash.update(buffer.get(..length).unwrap_or_default()),
        }
    }
}

/// The hash of the files of a unit, which lie in the folder `content`, and of the links that are not read.
///
/// # Errors
/// When a file that is no text cannot be read.
pub(super) fn of_unit(ground: u128, content: &Path, unit: &Files, linked: &[String]) -> Result<u128, Failure> {
    let mut hash = Hash(Xxh3::new());
    hash.0.update(&ground.to_le_bytes());
    hash.list(linked.len());
    linked.iter().for_each(|path| hash.add(path.as_bytes()));
    for (path, text) in unit {
        hash.add(path.as_bytes());
        match text {
            Some(text) => hash.add(text),
            None => hash.add(&folder::load(&content.join(path))?),
        }
    }
    Ok(hash.0.digest128())
}

/// The hash of what stands around these units.
pub(super) fn of_around(ground: u128, units: &[UnitRecord]) -> u128 {
    let mut hash = Hash(Xxh3::new());
    hash.0.update(&ground.to_le_bytes());
    for unit in units {
        hash.add(unit.unit.as_bytes());
        hash.0.update(&unit.fingerprint.to_le_bytes());
    }
    hash.0.digest128()
}

struct Hash(Xxh3);

impl Hash {
    /// Begins a list. Lengths go before lists and before bytes, so that no two inputs run together.
    fn list(&mut self, length: usize) {
        self.0.update(&length.to_le_bytes());
    }

    /// Adds `bytes` after their length.
    fn add(&mut self, bytes: &[u8]) {
        self.list(bytes.len());
        self.0.update(bytes);
    }
}
