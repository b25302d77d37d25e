//! A site that is not written: only whether its files could stand beside each other.

use super::name::PathRegistry;
use super::{Class, PublishError, Sink};
use std::sync::{Mutex, PoisonError};

/// Takes the paths of files as a publisher does, and discards what they hold.
#[derive(Debug, Default)]
pub struct DryRun(Mutex<PathRegistry>);

impl Sink for DryRun {
    fn put(&self, path: &str, _: Class, _: &[u8]) -> Result<(), PublishError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).claim(path)
    }
}
