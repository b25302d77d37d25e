//! Fingerprints of units: one hash of the program and of every input file, byte for byte.
//!
//! [`Hash`] delimits each field by its length or a terminator, so that different inputs never concatenate to the same
//! bytes.

use crate::content::source::{FileBody, Files, Source};
use crate::publish::UnitRecord;
use crate::workspace::Workspace;
use std::fs::File;
use std::hash::Hash;
use std::io;
use xxhash_rust::xxh3::Xxh3;

/// Fingerprint of the inputs shared by all units: the program, the site, the glossary and the theme.
pub(super) fn shared_fingerprint(program: u128, workspace: &Workspace) -> u128 {
    let mut hash = Xxh3::new();
    let texts = workspace.root.sources.iter().map(|(_, source)| (&source.path, &source.text));
    let theme_files = workspace.root.theme_files.as_ref().ok();
    let theme = theme_files.map(|files| files.iter().map(|file| (&file.path, &file.bytes)).collect::<Vec<_>>());
    (program, texts.collect::<Vec<_>>(), theme).hash(&mut hash);
    hash.digest128()
}

/// Hash of the program, read as a stream. `None` if the executable cannot be read.
pub(super) fn program_hash() -> Option<u128> {
    let mut program = std::env::current_exe().and_then(File::open).ok()?;
    let mut hash = Xxh3::new();
    io::copy(&mut program, &mut hash).ok()?;
    Some(hash.digest128())
}

/// Fingerprint of a unit with these files.
pub(super) fn unit_fingerprint(shared_fingerprint: u128, source: &dyn Source, unit: &Files) -> u128 {
    let mut hash = Xxh3::new();
    (shared_fingerprint, &unit.symlinks, &unit.unreadable).hash(&mut hash);
    for (path, body) in &unit.files {
        path.hash(&mut hash);
        match body {
            FileBody::Text(text) => text.hash(&mut hash),
            FileBody::Unreadable(reason) => reason.hash(&mut hash),
            // An unreadable file is an error only if a page references it.
            FileBody::Image(..) | FileBody::Other(_) => source.read(path).ok().hash(&mut hash),
        }
    }
    hash.digest128()
}

/// Fingerprint of the files outside the units, which depend on all units and on the files of `static/`.
pub(super) fn root_fingerprint(shared_fingerprint: u128, units: &[UnitRecord], workspace: &Workspace) -> u128 {
    let mut hash = Xxh3::new();
    let units: Vec<_> = units.iter().map(|unit| (&unit.unit, unit.fingerprint)).collect();
    (shared_fingerprint, units).hash(&mut hash);
    for file in &workspace.root.static_files {
        // An unreadable file is an error when it is published.
        (&file.path, workspace.source.read_no_follow(&file.source_path()).ok()).hash(&mut hash);
    }
    hash.digest128()
}
