//! Fingerprints: all that a unit is made from, as one hash: the program, and every file, byte for byte.
//!
//! Each field is delimited by its length or a terminator, as [`Hash`] writes it, so that no two inputs hash alike by
//! concatenation.

use crate::content::source::{FileBody, Files, Source};
use crate::publish::UnitRecord;
use crate::workspace::Workspace;
use std::fs::File;
use std::hash::Hash;
use std::io;
use xxhash_rust::xxh3::Xxh3;

/// The fingerprint of what all units share: the program, the site, the glossary and the theme.
pub(super) fn of_shared(program: u128, workspace: &Workspace) -> u128 {
    let mut hash = Xxh3::new();
    let texts = workspace.root.sources.iter().map(|(_, source)| (&source.path, &source.text));
    let theme_files = workspace.root.theme_files.as_ref().ok();
    let theme = theme_files.map(|files| files.iter().map(|file| (&file.path, &file.bytes)).collect::<Vec<_>>());
    (program, texts.collect::<Vec<_>>(), theme).hash(&mut hash);
    hash.digest128()
}

/// The hash of the program, which need not be in memory all at once. `None` where it cannot read itself.
pub(super) fn of_program() -> Option<u128> {
    let mut program = std::env::current_exe().and_then(File::open).ok()?;
    let mut hash = Xxh3::new();
    io::copy(&mut program, &mut hash).ok()?;
    Some(hash.digest128())
}

/// The fingerprint of a unit with these files.
pub(super) fn of_unit(shared: u128, source: &dyn Source, unit: &Files) -> u128 {
    let mut hash = Xxh3::new();
    (shared, &unit.linked, &unit.unreadable).hash(&mut hash);
    for (path, body) in &unit.files {
        path.hash(&mut hash);
        match body {
            FileBody::Text(text) => text.hash(&mut hash),
            FileBody::Unreadable(reason) => reason.hash(&mut hash),
            // One that cannot be read is an error only where a page names it.
            FileBody::Other(_) => source.read(path).ok().hash(&mut hash),
        }
    }
    hash.digest128()
}

/// The fingerprint of what lies outside these units.
pub(super) fn of_root(shared: u128, units: &[UnitRecord]) -> u128 {
    let mut hash = Xxh3::new();
    let units: Vec<_> = units.iter().map(|unit| (&unit.unit, unit.fingerprint)).collect();
    (shared, units).hash(&mut hash);
    hash.digest128()
}
