//! Everything of which a part of the site is made, as one number: the program, and all files
//! that it was made from, byte for byte.

use super::{Failure, Ground};
use crate::content::{ContentFiles, files};
use crate::diagnostic::Sources;
use crate::publish::Sealed;
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// The hash of what all units are made with: the program, what they share, and the theme. `None`
/// where the program cannot read itself.
pub(super) fn of_ground(ground: &Ground<'_>) -> Option<u128> {
    let program = std::env::current_exe().and_then(std::fs::read).ok()?;
    let mut hash = Hash(Xxh3::new());
    hash.add(&program);
    hash.texts(&ground.sources);
    hash.list(ground.own.len());
    for file in &ground.own {
        hash.add(file.path.as_bytes());
        hash.add(&file.bytes);
    }
    Some(hash.0.digest128())
}

/// The hash of a unit, whose files were `read` from the folder `content`.
///
/// # Errors
/// When a file beside the words of a node cannot be read.
pub(super) fn of_unit(ground: u128, content: &Path, read: &ContentFiles, sources: &Sources) -> Result<u128, Failure> {
    let mut hash = Hash(Xxh3::new());
    hash.0.update(&ground.to_le_bytes());
    hash.texts(sources);
    for strategy in &read.strategies {
        for node in &strategy.nodes {
            hash.list(node.assets.len());
            for name in &node.assets {
                let path = files::asset_path(Path::new(""), &strategy.id, node.kind, &node.id, name);
                hash.add(path.as_os_str().as_encoded_bytes());
                hash.add(&files::load(&content.join(path))?);
            }
        }
    }
    Ok(hash.0.digest128())
}

/// The hash of what stands around these units.
pub(super) fn of_around(ground: u128, units: &[Sealed]) -> u128 {
    let mut hash = Hash(Xxh3::new());
    hash.0.update(&ground.to_le_bytes());
    for unit in units {
        hash.add(unit.part.name().as_bytes());
        hash.0.update(&unit.inputs.to_le_bytes());
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

    /// Adds all texts with their paths.
    fn texts(&mut self, sources: &Sources) {
        self.list(sources.count());
        for (_, source) in sources.iter() {
            self.add(source.path.as_bytes());
            self.add(source.text.as_bytes());
        }
    }
}
