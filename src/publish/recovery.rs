//! Recovery of the output folder when it is opened: the manifest of the site, and the remains of an interrupted run.
//!
//! A damaged record does not lose the site. The staged files that a journal lists are rendered again anyway, so a
//! damaged journal is discarded, and the files of both manifests, old and staged, are treated as ours. A damaged
//! manifest is replaced by the files in the cache.

use super::cache::LoadedCache;
use super::disk::{JOURNAL, MANIFEST, OutputDir};
use super::error::PublishError;
use super::journal::Journal;
use super::manifest::{Manifest, ManifestEntry, RecordError};

/// Outcome of an interrupted run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// The run had begun to change the site. The remaining renames and deletions were carried out.
    Completed {
        /// Number of these renames and deletions.
        changes: usize,
    },
    /// The run had not begun to change the site. Its staged files were deleted.
    Discarded,
    /// A damaged record in the folder was replaced.
    Repaired,
}

/// Finishes or undoes an interrupted run. Returns the manifest of the resulting site.
pub(super) fn recover(disk: &OutputDir) -> Result<(Manifest, Option<Recovery>), PublishError> {
    let (mut old, mut recovery) = read_or_repair_manifest(disk)?;
    if disk.exists(&disk.staging_folder()) {
        recovery = recovery.or(Some(Recovery::Discarded));
    }
    let path = disk.record_path(JOURNAL);
    match disk.read_record(&path)?.map(|text| Journal::parse(&text)) {
        None => {}
        Some(Ok(journal)) => {
            let changes = journal.carry_out(disk, &old)?.changes;
            recovery = Some(Recovery::Completed { changes });
            old = read_or_repair_manifest(disk)?.0;
        }
        Some(Err(RecordError::Newer)) => return Err(PublishError::Newer { path }),
        Some(Err(RecordError::Damaged)) => {
            old = merge(disk, &old, &staged_manifest(disk)?);
            write_manifest(disk, &old)?;
            disk.delete(&path)?;
            recovery = Some(Recovery::Repaired);
        }
    }
    disk.clear_staging_folder()?;
    Ok((old, recovery))
}

/// Reads the manifest of the site. A damaged one is replaced by a manifest of the files in the cache.
fn read_or_repair_manifest(disk: &OutputDir) -> Result<(Manifest, Option<Recovery>), PublishError> {
    let path = disk.record_path(MANIFEST);
    match disk.read_record(&path)?.map(|text| Manifest::parse(&text)) {
        None => Ok((Manifest::default(), None)),
        Some(Ok(manifest)) => Ok((manifest, None)),
        Some(Err(RecordError::Newer)) => Err(PublishError::Newer { path }),
        Some(Err(RecordError::Damaged)) => {
            let cached: Manifest = LoadedCache::read(disk).entries().cloned().collect();
            if cached.len() == 0 {
                return Err(PublishError::Damaged { path });
            }
            write_manifest(disk, &cached)?;
            Ok((cached, Some(Recovery::Repaired)))
        }
    }
}

/// Reads the manifest that an interrupted run has staged; empty if it is missing or damaged.
fn staged_manifest(disk: &OutputDir) -> Result<Manifest, PublishError> {
    let text = disk.read_record(&disk.staging_folder().join(MANIFEST))?;
    Ok(text.and_then(|text| Manifest::parse(&text).ok()).unwrap_or_default())
}

/// Merges two manifests. For a file in both, keeps the old entry if it matches the file on the disk, otherwise the new
/// one.
fn merge(disk: &OutputDir, old: &Manifest, new: &Manifest) -> Manifest {
    let is_needed = |entry: &&ManifestEntry| match old.get(&entry.path) {
        Some(older) => !disk.matches(&older.path, older),
        None => true,
    };
    old.iter().chain(new.iter().filter(is_needed)).cloned().collect()
}

/// Replaces the manifest on the disk atomically.
fn write_manifest(disk: &OutputDir, manifest: &Manifest) -> Result<(), PublishError> {
    let new = disk.record_path("manifest.new");
    disk.write(&new, manifest.to_string().as_bytes())?;
    disk.sync(std::slice::from_ref(&new))?;
    disk.rename(&new, &disk.record_path(MANIFEST))
}
