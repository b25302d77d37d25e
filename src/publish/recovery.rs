//! What opening a folder finds of an earlier run: its manifest, and what is left of a run that was interrupted.
//!
//! A damaged record does not cost the site. The journal of a run names what was staged, which is rendered again anyway;
//! so a damaged one is given up, and the files of both manifests, the old and the staged one, are ours. A damaged
//! manifest is replaced by the files in the cache.

use super::cache::ReadCache;
use super::disk::{JOURNAL, MANIFEST, OutputDir};
use super::error::PublishError;
use super::journal::Journal;
use super::manifest::{Manifest, ManifestEntry, RecordError};

/// How a run that was interrupted ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// It had begun to change the site. The remaining renames and deletions were carried out.
    Completed {
        /// Their number.
        changes: usize,
    },
    /// It had not begun to change the site, which is as it was before. Its staged files were deleted.
    Discarded,
    /// A damaged record in the folder was replaced.
    Repaired,
}

/// Finishes or undoes an interrupted run. Returns the manifest of the site that results.
pub(super) fn recover(disk: &OutputDir) -> Result<(Manifest, Option<Recovery>), PublishError> {
    let (mut old, mut recovery) = manifest(disk)?;
    if disk.is_there(&disk.stage()) {
        recovery = recovery.or(Some(Recovery::Discarded));
    }
    let path = disk.state(JOURNAL);
    match disk.read_record(&path)?.map(|text| Journal::parse(&text)) {
        None => {}
        Some(Ok(journal)) => {
            let changes = journal.carry_out(disk, &old)?.changes;
            recovery = Some(Recovery::Completed { changes });
            old = manifest(disk)?.0;
        }
        Some(Err(RecordError::Newer)) => return Err(PublishError::Newer { path }),
        Some(Err(RecordError::Damaged)) => {
            old = merge(disk, &old, &staged_manifest(disk)?);
            write_manifest(disk, &old)?;
            disk.delete(&path)?;
            recovery = Some(Recovery::Repaired);
        }
    }
    disk.clear_stage()?;
    Ok((old, recovery))
}

/// The manifest of the site; if it is damaged, one of the files in the cache, which takes its place.
fn manifest(disk: &OutputDir) -> Result<(Manifest, Option<Recovery>), PublishError> {
    let path = disk.state(MANIFEST);
    match disk.read_record(&path)?.map(|text| Manifest::parse(&text)) {
        None => Ok((Manifest::default(), None)),
        Some(Ok(manifest)) => Ok((manifest, None)),
        Some(Err(RecordError::Newer)) => Err(PublishError::Newer { path }),
        Some(Err(RecordError::Damaged)) => {
            let cached: Manifest = ReadCache::read(disk).entries().cloned().collect();
            if cached.len() == 0 {
                return Err(PublishError::Damaged { path });
            }
            write_manifest(disk, &cached)?;
            Ok((cached, Some(Recovery::Repaired)))
        }
    }
}

/// The manifest that an interrupted run has staged; an empty one if it is missing or damaged.
fn staged_manifest(disk: &OutputDir) -> Result<Manifest, PublishError> {
    let text = disk.read_record(&disk.stage().join(MANIFEST))?;
    Ok(text.and_then(|text| Manifest::parse(&text).ok()).unwrap_or_default())
}

/// The files of both manifests. Of a file in both, the entry that the file on the disk matches.
fn merge(disk: &OutputDir, old: &Manifest, new: &Manifest) -> Manifest {
    let is_current = |entry: &&ManifestEntry| match old.get(&entry.path) {
        Some(older) => !disk.matches(&older.path, older),
        None => true,
    };
    old.iter().chain(new.iter().filter(is_current)).cloned().collect()
}

/// Replaces the manifest on the disk as a whole.
fn write_manifest(disk: &OutputDir, manifest: &Manifest) -> Result<(), PublishError> {
    let new = disk.state("manifest.new");
    disk.write(&new, manifest.to_string().as_bytes())?;
    disk.sync(std::slice::from_ref(&new))?;
    disk.rename(&new, &disk.state(MANIFEST))
}
