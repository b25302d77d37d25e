//! Fault injection for tests: failing changes to the disk, observed changes, and mount points.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::disk::Mount;

/// Injects failures into changes to the disk.
#[derive(Default, Clone)]
pub(super) struct FaultInjector {
    fault: Arc<Mutex<Fault>>,
    /// Folder that is reported as a mount point.
    mounted: Arc<Mutex<Option<PathBuf>>>,
    /// Called before each change.
    observer: Arc<Mutex<Option<Observer>>>,
}

type Observer = Box<dyn FnMut() + Send>;

impl fmt::Debug for FaultInjector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FaultInjector")
    }
}

/// Choice of the changes that fail.
#[derive(Debug, Default, Clone, Copy)]
pub(super) enum Fault {
    #[default]
    Never,
    /// All changes after this many fail, as if the program were killed.
    Crash(usize),
    /// The change after this many fails, as on a full disk; the following ones succeed.
    Once(usize),
}

impl FaultInjector {
    /// Sets the fault for the following changes.
    pub(super) fn set(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }

    /// Calls `observer` before each change.
    pub(super) fn observe(&self, observer: impl FnMut() + Send + 'static) {
        *self.observer.lock().unwrap() = Some(Box::new(observer));
    }

    /// Reports `folder` as a different file system from the rest.
    pub(super) fn mount_at(&self, folder: &Path) {
        *self.mounted.lock().unwrap() = Some(folder.to_owned());
    }

    /// Mount of `path` if it is on the other file system.
    pub(super) fn mount(&self, path: &Path) -> Option<Mount> {
        let mounted = self.mounted.lock().unwrap();
        mounted.as_ref().is_some_and(|folder| path.starts_with(folder)).then_some((u64::MAX, u64::MAX))
    }

    /// Returns true if no fault is pending: it has struck, all further changes fail, or none was set.
    pub(super) fn has_struck(&self) -> bool {
        matches!(*self.fault.lock().unwrap(), Fault::Never | Fault::Crash(0))
    }

    /// Called before each change to the disk.
    pub(super) fn before_mutation(&self) -> io::Result<()> {
        if let Some(observer) = &mut *self.observer.lock().unwrap() {
            observer();
        }
        let mut fault = self.fault.lock().unwrap();
        let fails = match *fault {
            Fault::Never => false,
            Fault::Crash(0) => true,
            Fault::Crash(remaining) => {
                *fault = Fault::Crash(remaining - 1);
                false
            }
            Fault::Once(0) => {
                *fault = Fault::Never;
                true
            }
            Fault::Once(remaining) => {
                *fault = Fault::Once(remaining - 1);
                false
            }
        };
        if fails { Err(io::Error::new(io::ErrorKind::StorageFull, "an injected fault")) } else { Ok(()) }
    }

    /// Writes half of the file if the next write fails.
    pub(super) fn tear_write(&self, path: &Path, bytes: &[u8]) {
        if matches!(*self.fault.lock().unwrap(), Fault::Crash(0) | Fault::Once(0)) {
            let _ = fs::write(path, &bytes[..bytes.len() / 2]);
        }
    }
}
