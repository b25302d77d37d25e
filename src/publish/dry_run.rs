//! Sink for a check: nothing is written.

use super::{PublishError, Sink, reserve_path};
use crate::file_name::PathRegistry;
use std::sync::{Mutex, PoisonError};

/// Checks the paths of files as [`Publisher`](super::Publisher) does, and discards their bytes.
#[derive(Debug, Default)]
pub struct DryRun(Mutex<PathRegistry>);

impl Sink for DryRun {
    fn put(&self, path: &str, _: &[u8]) -> Result<(), PublishError> {
        reserve_path(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), path)
    }
}
