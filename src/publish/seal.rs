//! The proof that a part of a site is as it was made, and of what it was made.
//!
//! A part is a folder of the site, or all that lies in none of these folders. The seal is set
//! when all files are in place. It names the manifest, and the inputs of each part by their
//! hash. A part is unchanged if its inputs are the same ones, byte for byte, and each of its
//! files has the length of the manifest and was last touched before the seal was set, and so were
//! its folders; whatever was touched in the same tick of the clock or later, or lies in a folder
//! that was, is read and held against its hash.
//! Touched means written, renamed, or copied here with an old date, for systems note these
//! apart from the date of a file; where they do not (outside Unix), every file is read.
//!
//! A first site does not wait for the disk, so a seal holds only until the machine starts anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::Part;
use super::disk::Disk;
use super::manifest::{Entry, Manifest};
use super::name::{folders, parents};

/// The first line. A later version that says more writes another number.
const HEAD: &str = "shirube seal 2";

/// What a seal says of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The part.
    pub part: Part,
    /// The hash of all of which it was made.
    pub inputs: u128,
    /// A note of one line, for those who made it.
    pub note: String,
}

/// A seal that fits to the manifest beside it.
#[derive(Debug)]
pub(super) struct Seal {
    set: SystemTime,
    parts: BTreeMap<Part, Sealed>,
}

/// The text of the seal of a site of these parts, whose manifest has the text `manifest`; `None` where
/// none can be given.
pub(super) fn text(manifest: &str, parts: &[Sealed]) -> Option<String> {
    let manifest = xxh3_128(manifest.as_bytes());
    let mut text = format!("{HEAD}\n{manifest:032x}\n{}\n", start_of_machine()?);
    for Sealed { part, inputs, note } in parts {
        let line = format!("{inputs:032x}\t{note}\t{}", part.name());
        if line.chars().filter(|c| c.is_control()).count() > 2 {
            return None;
        }
        text.push_str(&line);
        text.push('\n');
    }
    Some(text)
}

impl Seal {
    /// The seal in `disk`, if it is one of the text `manifest` and of this run of the machine.
    pub(super) fn read(disk: &Disk, manifest: &str) -> Option<Self> {
        let set = touched(&fs::symlink_metadata(disk.seal()).ok()?)?;
        let there = fs::read_to_string(disk.seal()).ok()?;
        let parts = there.lines().skip(3).map(sealed).collect::<Option<Vec<_>>>()?;
        if text(manifest, &parts)? != there {
            return None;
        }
        Some(Self { set, parts: parts.into_iter().map(|sealed| (sealed.part.clone(), sealed)).collect() })
    }

    /// The note on `part`, if it was made of `inputs`.
    pub(super) fn note(&self, part: &Part, inputs: u128) -> Option<&str> {
        self.parts.get(part).filter(|sealed| sealed.inputs == inputs).map(|sealed| sealed.note.as_str())
    }

    /// The files of `part`.
    pub(super) fn files<'m>(&self, part: &Part, manifest: &'m Manifest) -> Vec<&'m Entry> {
        match part {
            Part::Folder(name) => manifest.below(name).collect(),
            Part::Around => {
                let folders: BTreeSet<&str> = self.parts.keys().map(Part::name).collect();
                let rest = |entry: &&Entry| {
                    let folder = entry.path.split_once('/').map(|(folder, _)| folder);
                    folder.is_none_or(|folder| !folders.contains(folder))
                };
                manifest.iter().filter(rest).collect()
            }
        }
    }

    /// Whether `entries` stand as they were when the seal was set.
    pub(super) fn holds(&self, disk: &Disk, entries: &[&Entry]) -> bool {
        let untouched = |there: &Metadata| touched(there).is_some_and(|touched| touched < self.set);
        let folders = folders(entries.iter().map(|entry| entry.path.as_str()));
        if folders.iter().any(|folder| disk.bars(folder)) {
            return false;
        }
        // A folder that was put in the place of another brings files that nobody touched.
        let is_changed = |folder: &&str| !fs::symlink_metadata(disk.site(folder)).is_ok_and(|there| untouched(&there));
        let changed: BTreeSet<&str> = folders.into_iter().filter(is_changed).collect();
        let is_in_changed = |path: &str| !changed.is_empty() && parents(path).any(|folder| changed.contains(folder));
        let stands = |entry: &&Entry| {
            let path = disk.site(&entry.path);
            let Ok(there) = fs::symlink_metadata(&path) else { return false };
            let as_it_was = || untouched(&there) && !is_in_changed(&entry.path);
            let bytes_are = || fs::read(&path).is_ok_and(|bytes| entry.is(&bytes));
            there.is_file() && there.len() == entry.length && (as_it_was() || bytes_are())
        };
        entries.par_iter().all(stands)
    }
}

/// Reads a line of [`text`].
fn sealed(line: &str) -> Option<Sealed> {
    let mut words = line.splitn(3, '\t');
    let inputs = u128::from_str_radix(words.next()?, 16).ok()?;
    let (note, part) = (words.next()?.to_owned(), Part::named(words.next()?));
    Some(Sealed { part, inputs, note })
}

/// When the file was last written, renamed or otherwise touched.
#[cfg(unix)]
fn touched(there: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    use std::time::Duration;
    let seconds = Duration::from_secs(u64::try_from(there.ctime()).ok()?);
    let noted = SystemTime::UNIX_EPOCH + seconds + Duration::from_nanos(u64::try_from(there.ctime_nsec()).ok()?);
    Some(noted.max(there.modified().ok()?))
}

/// Only the date of a file is known, which copying can set: nothing counts as untouched.
#[cfg(not(unix))]
fn touched(_: &Metadata) -> Option<SystemTime> {
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
