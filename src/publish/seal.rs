//! The proof that a site is as it was made, and of what it was made.
//!
//! The seal is set when all files are in place. It names the inputs by their hash, and the
//! manifest. A site is unchanged if its inputs are the same ones, byte for byte, and each file
//! of the manifest has its length and was last touched before the seal was set; whatever was
//! touched in the same tick of the clock or later is read and held against its hash. Touched
//! means written, renamed, or copied here with an old date, for systems note these apart from
//! the date of a file; where they do not (outside Unix), every file is read.
//!
//! A first site does not wait for the disk, so a seal holds only until the machine starts anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::disk::Disk;
use super::manifest::{Entry, Manifest};
use super::name::parents;

/// The first line. A later version that says more writes another number.
const HEAD: &str = "shirube seal 1";

/// The text of the seal of a site made of `inputs`; `None` where none can be given.
pub(super) fn text(inputs: u128, manifest: &Manifest, note: &str) -> Option<String> {
    let manifest = xxh3_128(manifest.to_string().as_bytes());
    Some(format!("{HEAD}\n{inputs:032x}\n{manifest:032x}\n{}\n{note}\n", start_of_machine()?))
}

/// The note of the seal, if the site is still as it was made of `inputs`.
pub(super) fn proof(disk: &Disk, inputs: u128, manifest: &Manifest) -> Option<String> {
    let sealed = touched(&disk.seal())?;
    let text_there = fs::read_to_string(disk.seal()).ok()?;
    let note = text_there.lines().nth(4)?;
    if text(inputs, manifest, note)? != text_there {
        return None;
    }
    let entries: Vec<&Entry> = manifest.iter().collect();
    let folders: BTreeSet<&str> = entries.iter().flat_map(|entry| parents(&entry.path)).collect();
    let stands = |entry: &&Entry| {
        let path = disk.site(&entry.path);
        let length = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file).map(|there| there.len());
        let untouched = || touched(&path).is_some_and(|touched| touched < sealed);
        length == Some(entry.length) && (untouched() || fs::read(&path).is_ok_and(|bytes| entry.is(&bytes)))
    };
    let whole = !folders.into_iter().any(|folder| disk.bars(folder)) && entries.par_iter().all(stands);
    whole.then(|| note.to_owned())
}

/// When the file was last written, renamed or otherwise touched.
#[cfg(unix)]
fn touched(path: &Path) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    use std::time::Duration;
    let there = fs::symlink_metadata(path).ok()?;
    let seconds = Duration::from_secs(u64::try_from(there.ctime()).ok()?);
    let noted = SystemTime::UNIX_EPOCH + seconds + Duration::from_nanos(u64::try_from(there.ctime_nsec()).ok()?);
    Some(noted.max(there.modified().ok()?))
}

/// Only the date of a file is known, which copying can set: nothing counts as untouched.
#[cfg(not(unix))]
fn touched(_: &Path) -> Option<SystemTime> {
    Some(SystemTime::UNIX_EPOCH)
}

/// What tells one run of the machine from the next.
#[cfg(target_os = "linux")]
fn start_of_machine() -> Option<String> {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned())
}

/// Elsewhere every site waits for the disk.
#[cfg(not(target_os = "linux"))]
fn start_of_machine() -> Option<String> {
    Some("any".to_owned())
}
