//! Faults for tests: changes of the disk that fail when they are told to.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Lets a change of the disk fail.
#[derive(Debug, Default, Clone)]
pub(super) struct FaultInjector(Arc<Mutex<Fault>>);

/// When changes of the disk fail.
#[derive(Debug, Default, Clone, Copy)]
pub(super) enum Fault {
    #[default]
    Never,
    /// After this many changes the program is dead: nothing more reaches the disk.
    Crash(usize),
    /// The change after this many fails, as on a full disk; the following ones succeed.
    Once(usize),
}

impl FaultInjector {
    /// Lets changes fail from now on as `fault` says.
    pub(super) fn set(&self, fault: Fault) {
        *self.0.lock().unwrap() = fault;
    }

    pub(super) fn is_spent(&self) -> bool {
        matches!(*self.0.lock().unwrap(), Fault::Never | Fault::Crash(0))
    }

    /// Passed before each change.
    pub(super) fn before_mutation(&self) -> io::Result<()> {
        let mut fault = self.0.lock().unwrap();
        let fails = match *fault {
            Fault::Never => false,
            Fault::Crash(0) => true,
            Fault::Crash(left) => {
                *fault = Fault::Crash(left - 1);
                false
            }
            Fault::Once(0) => {
                *fault = Fault::Never;
                true
            }
            Fault::Once(left) => {
                *fault = Fault::Once(left - 1);
                false
            }
        };
        if fails { Err(io::Error::new(io::ErrorKind::StorageFull, "an injected fault")) } else { Ok(()) }
    }

    /// A write that is about to fail leaves half a file.
    pub(super) fn tear_write(&self, path: &Path, bytes: &[u8]) {
        if matches!(*self.0.lock().unwrap(), Fault::Crash(0) | Fault::Once(0)) {
            let _ = fs::write(path, &bytes[..bytes.len() / 2]);
        }
    }
}
