//! The output folder: its layout and all access to the disk, with the path in every error.
//!
//! ```text
//! output/index.html …         the site
//! output/.shirube/manifest    published files
//! output/.shirube/cache.json  fingerprint and files of each unit
//! output/.shirube/lock        always empty; locked by the running process
//! output/.shirube/stage/      staging folder: new files, during a run
//! output/.shirube/journal     changes that a run has begun, until it is finished
//! ```

use std::fs::{self, File, FileType, Metadata, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::{IoOperation, PublishError};
use super::manifest::ManifestEntry;
use crate::file_name::{STATE_DIR, parents};

/// Maximum number of files that are synced one by one; for more, the whole file system is synced at once.
#[cfg(target_os = "linux")]
const MAX_SINGLE_SYNCS: usize = 64;

/// Record of published files.
pub(super) const MANIFEST: &str = "manifest";
/// Record of changes that a run has begun.
pub(super) const JOURNAL: &str = "journal";
/// Record of the fingerprint and the files of each unit.
pub(super) const CACHE: &str = "cache.json";
/// Record that earlier versions of the program wrote; the cache has replaced it.
pub(super) const SEAL: &str = "seal";

/// Time of last modification in nanoseconds since 1970; `None` if unknown.
pub(super) type Modified = Option<u64>;

/// State of a path in the output folder, compared with the bytes to publish there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnDisk {
    Nothing,
    /// A file with these bytes, and its modification time.
    Same(Modified),
    /// A file with other bytes, or a link.
    Other,
    Folder,
}

/// The output folder.
#[derive(Debug, Clone)]
pub(super) struct OutputDir {
    root: PathBuf,
    #[cfg(test)]
    pub(super) faults: super::fault::FaultInjector,
}

impl OutputDir {
    pub(super) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            #[cfg(test)]
            faults: Default::default(),
        }
    }

    /// Path of the published file `path`.
    pub(super) fn site_path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Path of a record of the program.
    pub(super) fn record_path(&self, name: &str) -> PathBuf {
        self.root.join(STATE_DIR).join(name)
    }

    /// Path of the staging folder.
    pub(super) fn staging_folder(&self) -> PathBuf {
        self.record_path("stage")
    }

    /// Staging path of `path`. The staging folder mirrors the tree of the site, so that whole folders can be moved.
    pub(super) fn staged_path(&self, path: &str) -> PathBuf {
        self.staging_folder().join("tree").join(path)
    }

    /// Returns true if the folder holds nothing but the records of the program.
    pub(super) fn is_empty(&self) -> Result<bool, PublishError> {
        Ok(self.names(&self.root)?.iter().all(|name| name == STATE_DIR))
    }

    /// Names of the entries of a folder.
    pub(super) fn names(&self, folder: &Path) -> Result<Vec<String>, PublishError> {
        let entries = fs::read_dir(folder).map_err(io_error(IoOperation::Read, folder))?;
        let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
        names.collect::<io::Result<_>>().map_err(io_error(IoOperation::Read, folder))
    }

    /// Creates the folder and locks it until the returned file is dropped.
    pub(super) fn lock(&self) -> Result<File, PublishError> {
        self.make_folder(&self.root.join(STATE_DIR))?;
        let path = self.record_path("lock");
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = lock.map_err(io_error(IoOperation::Write, &path))?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(TryLockError::WouldBlock) => Err(PublishError::Busy { output: self.root.clone() }),
            Err(TryLockError::Error(reason)) => Err(io_error(IoOperation::Lock, &path)(reason)),
        }
    }

    /// Text of a record; `None` if it does not exist. A record that is not UTF-8 is damaged, and is read as an empty
    /// text, which is never valid.
    pub(super) fn read_record(&self, path: &Path) -> Result<Option<String>, PublishError> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(String::from_utf8(bytes).unwrap_or_default())),
            Err(reason) if is_absent(&reason) => Ok(None),
            Err(reason) => Err(io_error(IoOperation::Read, path)(reason)),
        }
    }

    /// Compares the file at `path` with `bytes`.
    pub(super) fn compare(&self, path: &str, bytes: &[u8]) -> Result<OnDisk, PublishError> {
        let path = self.site_path(path);
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(reason) if is_absent(&reason) => return Ok(OnDisk::Nothing),
            Err(reason) => return Err(io_error(IoOperation::Read, &path)(reason)),
        };
        if metadata.is_dir() {
            return Ok(OnDisk::Folder);
        }
        if !metadata.is_file() || metadata.len() != bytes.len() as u64 {
            return Ok(OnDisk::Other);
        }
        let is_same = fs::read(&path).map_err(io_error(IoOperation::Read, &path))? == bytes;
        Ok(if is_same { OnDisk::Same(modified(&metadata)) } else { OnDisk::Other })
    }

    /// Returns true if the file at `path` has the bytes of `entry`. A file behind a link never matches.
    pub(super) fn matches(&self, path: &str, entry: &ManifestEntry) -> bool {
        let metadata = |path: &str| fs::symlink_metadata(self.site_path(path));
        parents(path).all(|folder| metadata(folder).is_ok_and(|metadata| metadata.is_dir()))
            && metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == entry.length)
            && fs::read(self.site_path(path)).is_ok_and(|bytes| entry.matches(&bytes))
    }

    /// Returns true if a file or link occupies the path of `folder`.
    pub(super) fn is_blocked_by_file(&self, folder: &str) -> bool {
        fs::symlink_metadata(self.site_path(folder)).is_ok_and(|metadata| !metadata.is_dir())
    }

    /// Path of an entry that remains in `folder` after the files for which `is_removed` returns true have been deleted;
    /// `None` if the folder is deleted with them.
    pub(super) fn first_foreign_entry(
        &self,
        folder: &str,
        is_removed: &dyn Fn(&str) -> bool,
    ) -> Result<Option<String>, PublishError> {
        let folder_path = self.site_path(folder);
        let mut is_empty = true;
        for child in fs::read_dir(&folder_path).map_err(io_error(IoOperation::Read, &folder_path))? {
            let child = child.map_err(io_error(IoOperation::Read, &folder_path))?;
            is_empty = false;
            let path = format!("{folder}/{}", child.file_name().to_string_lossy());
            let is_folder = child.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder {
                if let Some(foreign) = self.first_foreign_entry(&path, is_removed)? {
                    return Ok(Some(foreign));
                }
            } else if !is_removed(&path) {
                return Ok(Some(path));
            }
        }
        // A folder is deleted together with the last of our files in it, so one that is already empty remains.
        Ok(is_empty.then(|| folder.to_owned()))
    }

    pub(super) fn make_folder(&self, path: &Path) -> Result<(), PublishError> {
        self.mutate(IoOperation::Write, path, || fs::create_dir_all(path))
    }

    /// Writes a file and returns its modification time.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> Result<Modified, PublishError> {
        #[cfg(test)]
        self.faults.tear_write(path, bytes);
        self.mutate(IoOperation::Write, path, || {
            let mut file = File::create(path)?;
            file.write_all(bytes)?;
            Ok(modified(&file.metadata()?))
        })
    }

    /// Stages `bytes` for `path` and creates missing folders.
    pub(super) fn stage_file(&self, path: &str, bytes: &[u8]) -> Result<Modified, PublishError> {
        let staged = self.staged_path(path);
        match self.write(&staged, bytes) {
            Err(PublishError::Io { reason, .. }) if reason.kind() == io::ErrorKind::NotFound => {
                if let Some(folder) = staged.parent() {
                    self.make_folder(folder)?;
                }
                self.write(&staged, bytes)
            }
            result => result,
        }
    }

    /// Returns true if `path` exists. Links are not followed.
    pub(super) fn exists(&self, path: &Path) -> bool {
        self.kind(path).is_some()
    }

    /// Type of the file at `path`; `None` if it does not exist. Links are not followed.
    pub(super) fn kind(&self, path: &Path) -> Option<FileType> {
        Some(fs::symlink_metadata(path).ok()?.file_type())
    }

    /// Mount of the file or folder at `path`; `None` if it does not exist or the system does not report mounts.
    pub(super) fn mount(&self, path: &Path) -> Option<Mount> {
        #[cfg(test)]
        if let Some(mount) = self.faults.mount(path) {
            return Some(mount);
        }
        mount(path)
    }

    /// Renames a file, replacing any file at `to`.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), PublishError> {
        self.mutate(IoOperation::Write, to, || fs::rename(from, to))
    }

    /// Deletes a file if it exists.
    pub(super) fn delete(&self, path: &Path) -> Result<(), PublishError> {
        self.mutate(IoOperation::Delete, path, || unless_absent(fs::remove_file(path)))
    }

    /// Deletes the empty folders above `path`. An interrupted run may have deleted some of them already.
    pub(super) fn prune_above(&self, path: &str) {
        for folder in parents(path) {
            // Usually the folder is not empty; an empty one that another process keeps open is no reason to fail.
            let deleted = self.before_mutation().and_then(|()| unless_absent(fs::remove_dir(self.site_path(folder))));
            if deleted.is_err() {
                break;
            }
        }
    }

    /// Deletes the staging folder.
    pub(super) fn clear_staging_folder(&self) -> Result<(), PublishError> {
        let folder = self.staging_folder();
        self.mutate(IoOperation::Delete, &folder, || unless_absent(fs::remove_dir_all(&folder)))
    }

    /// Flushes `files` to the disk.
    pub(super) fn sync(&self, files: &[PathBuf]) -> Result<(), PublishError> {
        let folder = self.staging_folder();
        self.mutate(IoOperation::Write, &folder, || Ok(()))?;
        #[cfg(target_os = "linux")]
        if files.len() > MAX_SINGLE_SYNCS {
            let sync = |folder: File| rustix::fs::syncfs(folder).map_err(io::Error::from);
            return File::open(&folder).and_then(sync).map_err(io_error(IoOperation::Write, &folder));
        }
        files.iter().try_for_each(|file| {
            let opened = OpenOptions::new().write(true).open(file);
            opened.and_then(|opened| opened.sync_all()).map_err(io_error(IoOperation::Write, file))
        })
    }

    /// Flushes the directory entries of the records to the disk.
    pub(super) fn sync_state_dir(&self) -> Result<(), PublishError> {
        let folder = self.root.join(STATE_DIR);
        self.mutate(IoOperation::Write, &folder, || {
            // Windows cannot open a folder as a file; its file systems flush the entries themselves.
            #[cfg(unix)]
            File::open(&folder)?.sync_all()?;
            Ok(())
        })
    }

    /// Performs one change to the disk, and adds the operation and the path to its error.
    fn mutate<T>(
        &self,
        operation: IoOperation,
        path: &Path,
        change: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, PublishError> {
        self.before_mutation().and_then(|()| change()).map_err(io_error(operation, path))
    }

    /// Called before every change to the disk, so that tests can make any of them fail.
    fn before_mutation(&self) -> io::Result<()> {
        #[cfg(test)]
        self.faults.before_mutation()?;
        Ok(())
    }
}

/// Scope within which a file can be renamed: the device and, on Linux, the mount, because a bind mount has the device
/// of its source.
pub(super) type Mount = (u64, u64);

#[cfg(target_os = "linux")]
fn mount(path: &Path) -> Option<Mount> {
    use rustix::fs::{AtFlags, CWD, StatxFlags, makedev, statx};
    let status = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS | StatxFlags::MNT_ID).ok()?;
    let has_mount_id = status.stx_mask & StatxFlags::MNT_ID.bits() != 0;
    Some((makedev(status.stx_dev_major, status.stx_dev_minor), if has_mount_id { status.stx_mnt_id } else { 0 }))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn mount(path: &Path) -> Option<Mount> {
    use std::os::unix::fs::MetadataExt;
    Some((fs::symlink_metadata(path).ok()?.dev(), 0))
}

#[cfg(not(unix))]
fn mount(_: &Path) -> Option<Mount> {
    None
}

/// Returns true if an error means that the file does not exist.
fn is_absent(reason: &io::Error) -> bool {
    matches!(reason.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Treats the error that a file does not exist as success.
fn unless_absent(result: io::Result<()>) -> io::Result<()> {
    result.or_else(|reason| if is_absent(&reason) { Ok(()) } else { Err(reason) })
}

/// Returns a function that adds the operation and the path to a system error.
pub(super) fn io_error(operation: IoOperation, path: &Path) -> impl FnOnce(io::Error) -> PublishError {
    move |reason| PublishError::Io { operation, path: path.to_owned(), reason: reason.into() }
}

/// Modification time of a file.
pub(super) fn modified(metadata: &Metadata) -> Modified {
    let since = metadata.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}
