//! Fingerprints: all that a unit is made from, as one hash: the program, and every file, byte for byte.

use crate::content::source::{FileBody, Files, ReadError, Source};
use crate::publish::UnitRecord;
use crate::workspace::Workspace;
use std::io::Read;
use xxhash_rust::xxh3::Xxh3;

/// The fingerprint of what all units share: the program, the site, the glossary and the theme.
pub(super) fn of_shared(program: u128, workspace: &Workspace) -> u128 {
    let mut hash = Hash(Xxh3::new());
    hash.0.update(&program.to_le_bytes());
    let sources = &workspace.root.sources;
    hash.list(sources.count());
    for (_, source) in sources.iter() {
        hash.add(source.path.as_bytes());
        hash.add(source.text.as_bytes());
    }
    hash.list(workspace.theme_files.len());
    for file in &workspace.theme_files {
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

/// The fingerprint of a unit with these files.
///
/// # Errors
/// When a file that is no text cannot be read.
pub(super) fn of_unit(shared: u128, source: &dyn Source, unit: &Files) -> Result<u128, ReadError> {
    let mut hash = Hash(Xxh3::new());
    hash.0.update(&shared.to_le_bytes());
    hash.list(unit.linked.len());
    unit.linked.iter().for_each(|path| hash.add(path.as_bytes()));
    for (path, body) in &unit.files {
        hash.add(path.as_bytes());
        match body {
            FileBody::Text(text) => hash.add(text),
            FileBody::Other(_) => hash.add(&source.read(path)?),
        }
    }
    Ok(hash.0.digest128())
}

/// The fingerprint of what lies outside these units.
pub(super) fn of_root(shared: u128, units: &[UnitRecord]) -> u128 {
    let mut hash = Hash(Xxh3::new());
    hash.0.update(&shared.to_le_bytes());
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
