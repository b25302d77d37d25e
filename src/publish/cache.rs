//! Incremental cache: for each unit, the fingerprint of its inputs and its published files.
//!
//! The manifest, not the cache, decides which files may be deleted. Without a cache, or with one in another format,
//! every page is rendered and compared.
//!
//! A file with the recorded length and modification time is up to date. If only the time differs, as after a copy or
//! with a restored CI cache, the hash decides, and the new time is recorded. The hash also decides for a file that was
//! modified in the same tick of the file system's clock as the cache, or later: a change within that tick leaves no
//! other trace.
//!
//! The first build of a site does not sync its files. After a power failure, file systems that record the length of a
//! file after its bytes (ext4, XFS, Btrfs and others with their default settings) leave a shorter file, which is
//! detected by its length.

use std::collections::BTreeMap;
use std::fs;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::disk::{CACHE, Modified, OutputDir, modified};
use super::manifest::{Hash, Manifest, ManifestEntry};
use crate::file_name::folders;

/// Name and version of the format. A cache in any other format is ignored.
const FORMAT: &str = "shirube-cache/1";

/// Name of the pseudo-unit for the files outside all units.
pub const ROOT_UNIT: &str = "";

/// Content of the cache file: the units of a published site.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cache {
    format: String,
    /// Units by name.
    pub(super) units: BTreeMap<String, CachedUnit>,
}

/// A published unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CachedUnit {
    fingerprint: Hash,
    stats: UnitStats,
    files: Vec<CachedFile>,
}

/// Statistics of a unit, which a build reports whether the unit is rendered or reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnitStats {
    /// Number of pages.
    pub pages: usize,
    /// Number of charts on the pages.
    pub charts: usize,
    /// Number of warnings about the content.
    pub warnings: usize,
}

impl std::ops::Add for UnitStats {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            pages: self.pages + other.pages,
            charts: self.charts + other.charts,
            warnings: self.warnings + other.warnings,
        }
    }
}

/// Result of building a unit, as input of the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRecord {
    /// Folder of the unit, or [`ROOT_UNIT`].
    pub unit: String,
    /// Hash of the program and of all inputs.
    pub fingerprint: u128,
    /// Statistics.
    pub stats: UnitStats,
}

/// A published file and its modification time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CachedFile(pub(super) ManifestEntry, pub(super) Modified);

/// A cache read from the disk, with the modification time of its file.
#[derive(Debug, Default)]
pub(super) struct LoadedCache {
    pub(super) content: Cache,
    modified: Modified,
}

impl Cache {
    /// Builds the cache of a site with these files and units.
    pub(super) fn new(files: impl Iterator<Item = CachedFile>, records: &[UnitRecord]) -> Self {
        let record = |record: &UnitRecord| {
            let UnitRecord { unit, fingerprint, stats } = record;
            let cached = CachedUnit { fingerprint: Hash(*fingerprint), stats: *stats, files: Vec::new() };
            (unit.clone(), cached)
        };
        let mut units: BTreeMap<String, CachedUnit> = records.iter().map(record).collect();
        for file in files {
            let folder = file.0.path.split_once('/').map_or(ROOT_UNIT, |(folder, _)| folder);
            let unit = if units.contains_key(folder) { folder } else { ROOT_UNIT };
            if let Some(unit) = units.get_mut(unit) {
                unit.files.push(file);
            }
        }
        for unit in units.values_mut() {
            unit.files.sort_unstable_by(|a, b| a.0.path.cmp(&b.0.path));
        }
        Self { format: FORMAT.to_owned(), units }
    }
}

impl LoadedCache {
    /// Reads the cache; empty if it is missing, damaged or in another format.
    pub(super) fn read(disk: &OutputDir) -> Self {
        let read = || {
            let modified = fs::symlink_metadata(disk.record_path(CACHE)).ok().and_then(|metadata| modified(&metadata));
            let cache: Cache = serde_json::from_slice(&fs::read(disk.record_path(CACHE)).ok()?).ok()?;
            (cache.format == FORMAT).then_some(Self { content: cache, modified })
        };
        read().unwrap_or_default()
    }

    /// Entries of all cached files.
    pub(super) fn entries(&self) -> impl Iterator<Item = &ManifestEntry> {
        self.content.units.values().flat_map(|unit| unit.files.iter().map(|file| &file.0))
    }

    /// Statistics and files of `unit`; `None` unless its fingerprint equals the cached one, and its files are listed in
    /// the manifest and unchanged on the disk.
    pub(super) fn up_to_date(
        &self,
        disk: &OutputDir,
        manifest: &Manifest,
        unit: &str,
        fingerprint: u128,
    ) -> Option<(UnitStats, Vec<CachedFile>)> {
        let unit = self.content.units.get(unit).filter(|unit| unit.fingerprint == Hash(fingerprint))?;
        if !unit.files.iter().all(|CachedFile(entry, _)| manifest.get(&entry.path) == Some(entry)) {
            return None;
        }
        let folders = folders(unit.files.iter().map(|file| file.0.path.as_str()));
        if folders.iter().any(|folder| disk.is_blocked_by_file(folder)) {
            return None;
        }
        let files = unit.files.par_iter().map(|file| self.if_unchanged(disk, file));
        Some((unit.stats, files.collect::<Option<_>>()?))
    }

    /// The file with its current modification time; `None` if it was changed.
    fn if_unchanged(&self, disk: &OutputDir, file: &CachedFile) -> Option<CachedFile> {
        let path = disk.site_path(&file.0.path);
        let metadata = fs::symlink_metadata(&path).ok()?;
        if !metadata.is_file() || metadata.len() != file.0.length {
            return None;
        }
        let modified = modified(&metadata);
        let is_untouched = modified.is_some() && modified == file.1 && modified < self.modified;
        let is_same = || fs::read(&path).is_ok_and(|bytes| file.0.matches(&bytes));
        (is_untouched || is_same()).then(|| CachedFile(file.0.clone(), modified))
    }
}
